//! The segments pages.

use leptos::prelude::*;

use crate::ui::app::use_app;
use crate::ui::route::SegmentTab;

#[component]
pub fn SegmentsPage(tab: SegmentTab) -> impl IntoView {
    let app = use_app();
    // The parts of this page are chosen by tab.
    let _ = tab;
    view! { <div class="page"><h1 tabindex="-1">{move || app.t().segments.title}</h1></div> }
}
