//! The data pages.

use leptos::prelude::*;

use crate::ui::app::use_app;
use crate::ui::route::DataTab;

#[component]
pub fn DataPage(tab: DataTab) -> impl IntoView {
    let app = use_app();
    // The parts of this page are chosen by tab.
    let _ = tab;
    view! { <div class="page"><h1 tabindex="-1">{move || app.t().data.title}</h1></div> }
}
