//! The first step: drop a file or choose one; after a failure, another way of reading it.

use leptos::{ev, html, prelude::*};
use web_sys::{File, FileList};

use super::flow::use_flow;
use super::mapping_more::ReadAs;
use crate::locale::fill;
use crate::ui::app::use_app;
use crate::ui::components::{Button, ButtonKind, Icon, icon};
use crate::ui::toasts::Tone;

#[component]
pub fn Choose() -> impl IntoView {
    let app = use_app();
    let flow = use_flow();
    let over = RwSignal::new(false);
    let input = NodeRef::<html::Input>::new();
    let take = move |files: Option<FileList>| {
        let Some(files) = files else { return };
        let Some(file) = files.get(0) else { return };
        if files.length() > 1 {
            tell_many(app, &file);
        }
        flow.choose(file);
    };
    let drop = move |event: ev::DragEvent| {
        event.prevent_default();
        over.set(false);
        take(event.data_transfer().and_then(|t| t.files()));
    };
    let pick = move |_| {
        if let Some(input) = input.get_untracked() {
            take(input.files());
            // The same file can be chosen again.
            input.set_value("");
        }
    };
    let browse = Callback::new(move |()| {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    });
    let failed = Memo::new(move |_| flow.wizard.with(|w| w.trouble.is_some()));
    view! {
        <div
            class="drop-zone"
            class:over=move || over.get()
            on:dragover=move |event: ev::DragEvent| {
                event.prevent_default();
                over.set(true);
            }
            on:dragleave=move |_| over.set(false)
            on:drop=drop
        >
            {icon(Icon::Upload)}
            <strong>{move || if over.get() { app.t().data.drop_now } else { app.t().data.drop_here }}</strong>
            <span class="quiet-text">{move || app.t().data.drop_or}</span>
            <Button kind=ButtonKind::Primary on_click=browse>
                {move || app.t().data.drop_pick}
            </Button>
            <input
                node_ref=input
                class="visually-hidden"
                type="file"
                tabindex="-1"
                accept=".csv,.tsv,.txt,.xlsx,.xlsm,.vcf,text/vcard,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,text/csv,text/plain,text/tab-separated-values"
                aria-label=move || app.t().data.drop_pick
                on:change=pick
            />
            <p class="quiet-text">{move || app.t().data.drop_hint}</p>
            <p class="quiet-text">{move || app.t().data.drop_paste}</p>
            <p class="privacy">{icon(Icon::Shield)} {move || app.t().data.drop_private}</p>
        </div>
        <Show when=move || failed.get()>
            <ReadAs />
        </Show>
    }
}

fn tell_many(app: crate::ui::app::App, file: &File) {
    let words = fill(app.locale.get_untracked().t().data.drop_many, &[("name", &file.name())]);
    app.toasts.show(words, Tone::Failed, None);
}
