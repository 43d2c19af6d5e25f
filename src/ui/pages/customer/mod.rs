//! One customer.

use leptos::prelude::*;

use crate::domain::Id;
use crate::ui::app::use_app;

#[component]
pub fn CustomerPage(id: Id) -> impl IntoView {
    let app = use_app();
    let _ = id;
    view! { <div class="page"><h1 tabindex="-1">{move || app.t().customer.title}</h1></div> }
}
