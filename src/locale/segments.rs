//! Texts of the segments page.

super::texts! {
    /// Texts of the segments page.
    SegmentsTexts {
        title: "Segments", "分群";
    }
}
