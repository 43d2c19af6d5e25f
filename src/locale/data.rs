//! Texts of the data page.

super::texts! {
    /// Texts of the data page.
    DataTexts {
        title: "Data", "数据";
    }
}
