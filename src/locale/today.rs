//! Texts of the today page.

super::texts! {
    /// Texts of the today page.
    TodayTexts {
        title: "Today", "今日";
    }
}
