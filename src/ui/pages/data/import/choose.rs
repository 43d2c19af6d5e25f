//! The first step: drop a file or choose one; after a failure, another way of reading it.

use crate::ui::prelude::*;
use crate::ui::app::use_app;

use super::super::drop::DropZone;
use super::flow::use_flow;
use super::mapping_more::ReadAs;

#[component]
pub fn Choose() -> impl IntoView {
    let app = use_app();
    let flow = use_flow();
    let failed = Memo::new(move |_| flow.wizard.with(|w| w.trouble.is_some()));
    view! {
        <DropZone words=|app| (app.t().data.drop_here, app.t().data.drop_hint) />
        <p class="quiet-text">{move || app.t().data.drop_paste}</p>
        <Show when=move || failed.get()>
            <ReadAs />
        </Show>
    }
}
