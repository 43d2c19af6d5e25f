//! The settings page.

use leptos::prelude::*;

use crate::ui::app::use_app;

#[component]
pub fn SettingsPage() -> impl IntoView {
    let app = use_app();
    view! { <div class="page"><h1 tabindex="-1">{move || app.t().settings.title}</h1></div> }
}
