//! Where a file is dropped or chosen. A colleague's file goes to the merge and anything else to the import, whichever
//! of the two pages it was dropped on.

use leptos::task::spawn_local;
use crate::ui::prelude::*;
use leptos::{ev, html};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, FileList};

use super::import::flow::ImportFlow;
use super::share::flow::ShareFlow;
use crate::locale::fill;
use crate::ui::app::{App, use_app};
use crate::ui::components::{Button, ButtonKind, Icon, icon};
use crate::ui::route::{DataTab, Route};
use crate::ui::toasts::Tone;

/// What a drop zone says: where to drop, and what fits.
pub type Words = fn(App) -> (&'static str, &'static str);

#[component]
pub fn DropZone(words: Words) -> impl IntoView {
    let app = use_app();
    let flows = (expect_context::<ImportFlow>(), expect_context::<ShareFlow>());
    let over = RwSignal::new(false);
    let input = NodeRef::<html::Input>::new();
    let take = move |files: Option<FileList>| {
        let Some(files) = files else { return };
        let Some(file) = files.get(0) else { return };
        if files.length() > 1 {
            let words = fill(app.locale.get_untracked().t().data.drop_many, &[("name", &file.name())]);
            app.toasts.show(words, Tone::Failed, None);
        }
        spawn_local(open(app, flows, file));
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
            <strong>{move || if over.get() { app.t().data.drop_now } else { words(app).0 }}</strong>
            <span class="quiet-text">{move || app.t().data.drop_or}</span>
            <Button kind=ButtonKind::Primary on_click=browse>
                {move || app.t().data.drop_pick}
            </Button>
            <input
                node_ref=input
                class="visually-hidden"
                type="file"
                tabindex="-1"
                accept=".csv,.tsv,.txt,.json,.xlsx,.xlsm,.vcf,text/vcard,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,text/csv,text/plain,text/tab-separated-values,application/json"
                aria-label=move || app.t().data.drop_pick
                on:change=pick
            />
            <p class="quiet-text">{move || words(app).1}</p>
            <p class="privacy">{icon(Icon::Shield)} {move || app.t().data.drop_private}</p>
        </div>
    }
}

/// Gives the file to the flow that it is for, and shows that one's page.
async fn open(app: App, (import, share): (ImportFlow, ShareFlow), file: File) {
    let tab = if is_json(&file).await {
        share.choose(file);
        DataTab::Share
    } else {
        import.choose(file);
        DataTab::Import
    };
    if app.route.try_get_untracked() != Some(Route::Data(tab)) {
        app.go(&Route::Data(tab));
    }
}

/// By its name or by how it begins: chats like to rename what they carry.
async fn is_json(file: &File) -> bool {
    if file.name().to_ascii_lowercase().ends_with(".json") {
        return true;
    }
    let Ok(head) = file.slice_with_i32_and_i32(0, 64) else { return false };
    // What cannot be read is told by the flow that gets it.
    let text = JsFuture::from(head.text()).await.ok().and_then(|text| text.as_string());
    text.is_some_and(|text| text.trim_start().starts_with('{'))
}
