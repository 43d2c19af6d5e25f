//! The first step: drop a file or choose one; after a failure, another way of reading it.

use crate::ui::prelude::*;

use super::super::drop::DropZone;
use super::flow::use_flow;
use super::mapping_more::ReadAs;

#[component]
pub fn Choose() -> impl IntoView {
    let flow = use_flow();
    let failed = Memo::new(move |_| flow.wizard.with(|w| w.trouble.is_some()));
    view! {
        <DropZone words=|app| (app.t().data.drop_here, app.t().data.drop_hint) />
        <Show when=move || failed.get()>
            <ReadAs />
        </Show>
    }
}
