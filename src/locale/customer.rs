//! Texts of the customer page.

super::texts! {
    /// Texts of the customer page.
    CustomerTexts {
        title: "Customer", "客户";
    }
}
