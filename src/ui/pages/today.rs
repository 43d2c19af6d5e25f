//! Today: what is going on, what to do.

use leptos::prelude::*;

use crate::ui::app::use_app;

#[component]
pub fn TodayPage() -> impl IntoView {
    let app = use_app();
    view! { <div class="page"><h1 tabindex="-1">{move || app.t().today.title}</h1></div> }
}
