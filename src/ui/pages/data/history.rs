//! Every commit, newest first, in words; each can be taken back.

use leptos::prelude::*;

use super::{failed, waiting};
use crate::domain::{Action, Kind, Origin};
use crate::engine::api::{JournalRow, Query};
use crate::locale::{Locale, fill, plural};
use crate::ui::app::{ALL_TOPICS, App, use_app};
use crate::ui::components::{Badge, Button, EmptyState, Icon, Loaded};
use crate::ui::format::Format;
use crate::ui::query::use_query;

/// How many rows are asked for at a time.
const PAGE: u32 = 50;

#[component]
pub fn HistoryTab() -> impl IntoView {
    let app = use_app();
    let limit = RwSignal::new(PAGE);
    let state = use_query::<Vec<JournalRow>>(move || Query::Journal { offset: 0, limit: limit.get() }, ALL_TOPICS);
    let show = move |rows: Memo<Vec<JournalRow>>| view! { <History rows limit /> }.into_any();
    view! {
        <h1 tabindex="-1">{move || app.t().data.tab_history}</h1>
        <p class="answer">{move || app.t().data.history_answer}</p>
        <Loaded state loading=move || waiting(app) failed=failed(app) view=show />
    }
}

#[component]
fn History(rows: Memo<Vec<JournalRow>>, limit: RwSignal<u32>) -> impl IntoView {
    let app = use_app();
    let empty = Memo::new(move |_| rows.with(Vec::is_empty));
    let more = Memo::new(move |_| rows.with(|r| r.len() as u64 >= u64::from(limit.get())));
    view! {
        <Show
            when=move || !empty.get()
            fallback=move || {
                view! {
                    <EmptyState
                        title=Signal::derive(move || app.t().data.history_empty.to_owned())
                        body=Signal::derive(move || app.t().data.history_answer.to_owned())
                    />
                }
            }
        >
            <ol class="journal card">
                <For each=move || rows.get() key=|r| (r.seq, r.undone) let:row>
                    <Entry row />
                </For>
            </ol>
            <Show when=move || more.get()>
                <Button on_click=Callback::new(move |()| limit.update(|l| *l += PAGE))>
                    {move || app.t().data.history_older}
                </Button>
            </Show>
        </Show>
    }
}

#[component]
fn Entry(row: JournalRow) -> impl IntoView {
    let app = use_app();
    let row = StoredValue::new(row);
    let what = move || row.with_value(|r| words(app.locale.get(), r));
    let when = move || row.with_value(|r| app.locale.get().stamp(r.stamp));
    let facts = move || {
        let locale = app.locale.get();
        let t = locale.t();
        row.with_value(|r| {
            let records = plural(t.common.n_records, r.records, &[("n", &locale.int(r.records))]);
            let device = if r.own_device { t.data.history_here } else { t.data.history_elsewhere };
            format!("{records} · {device}")
        })
    };
    let (seq, undone) = row.with_value(|r| (r.seq, r.undone));
    view! {
        <li class="entry" class:undone=undone>
            <div>
                <strong>{what}</strong>
                <span class="quiet-text">{when} " · " {facts}</span>
            </div>
            {if undone {
                view! { <span>{move || view! { <Badge text=app.t().data.history_undone /> }}</span> }.into_any()
            } else {
                view! { <TakeBack app seq /> }.into_any()
            }}
        </li>
    }
}

#[component]
fn TakeBack(app: App, seq: crate::domain::Seq) -> impl IntoView {
    view! {
        <Button icon=Icon::Undo on_click=Callback::new(move |()| app.undo(seq))>
            {move || app.t().common.undo}
        </Button>
    }
}

/// What was done, in words.
fn words(locale: Locale, row: &JournalRow) -> String {
    let t = &locale.t().data;
    let of = |text: &str, kind: Kind| {
        // Settings and some orders have no name of their own.
        if row.subject.is_empty() {
            let bare = text.replace(" “{name}”", "").replace("“{name}”", "");
            return fill(&bare, &[("kind", kind_word(locale, kind))]);
        }
        fill(text, &[("kind", kind_word(locale, kind)), ("name", &row.subject)])
    };
    match &row.origin {
        Origin::Hand { what } => match what {
            Action::Add(kind) => of(t.did_add, *kind),
            Action::Edit(kind) => of(t.did_edit, *kind),
            Action::Delete(kind) => of(t.did_delete, *kind),
            Action::Restore(kind) => of(t.did_restore, *kind),
            Action::Merge(kind) => of(t.did_unite, *kind),
        },
        Origin::Import { file, rows, .. } => {
            let rows = u64::from(*rows);
            let n = plural(locale.t().common.n_rows, rows, &[("n", &locale.int(rows))]);
            fill(t.did_import, &[("name", file), ("rows", &n)])
        }
        Origin::Demo => t.did_demo.to_owned(),
        Origin::Clear => t.did_clear.to_owned(),
        Origin::Undo { .. } => t.did_undo.to_owned(),
        Origin::Merge { file } => fill(t.did_merge, &[("name", file)]),
    }
}

/// The kind of a record inside a sentence.
pub fn kind_word(locale: Locale, kind: Kind) -> &'static str {
    let t = &locale.t().data;
    match kind {
        Kind::Customer => t.kind_customer,
        Kind::Product => t.kind_product,
        Kind::Order => t.kind_order,
        Kind::Interaction => t.kind_interaction,
        Kind::Response => locale.t().satisfaction.response,
        Kind::Setting => t.kind_setting,
    }
}
