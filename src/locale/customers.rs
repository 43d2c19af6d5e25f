//! Texts of the customers page.

super::texts! {
    /// Texts of the customers page.
    CustomersTexts {
        title: "Customers", "客户";
    }
}
