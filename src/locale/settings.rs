//! Texts of the settings page.

super::texts! {
    /// Texts of the settings page.
    SettingsTexts {
        title: "Settings", "设置";
    }
}
