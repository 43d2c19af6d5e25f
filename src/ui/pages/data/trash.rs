//! What was deleted, with the way back.

use crate::ui::prelude::*;

use super::history::kind_word;
use super::{failed, waiting};
use crate::engine::api::{Command, Query, TrashRow};
use crate::ui::app::{ALL_TOPICS, use_app};
use crate::ui::components::{Button, EmptyState, Icon, Loaded};
use crate::ui::format::Format;
use crate::ui::query::use_query;

/// How many rows are asked for at a time.
const PAGE: u32 = 50;

#[component]
pub fn TrashTab() -> impl IntoView {
    let app = use_app();
    let limit = RwSignal::new(PAGE);
    let state = use_query::<Vec<TrashRow>>(move || Query::Trash { offset: 0, limit: limit.get() }, ALL_TOPICS);
    let show = move |rows: Memo<Vec<TrashRow>>| view! { <Trash rows limit /> }.into_any();
    view! {
        <h1 tabindex="-1">{move || app.t().data.tab_trash}</h1>
        <Loaded state loading=move || waiting(app) failed=failed(app) view=show />
    }
}

#[component]
fn Trash(rows: Memo<Vec<TrashRow>>, limit: RwSignal<u32>) -> impl IntoView {
    let app = use_app();
    let empty = Memo::new(move |_| rows.with(Vec::is_empty));
    let more = Memo::new(move |_| rows.with(|r| r.len() as u64 >= u64::from(limit.get())));
    view! {
        <Show
            when=move || !empty.get()
            fallback=move || {
                view! {
                    <EmptyState
                        title=Signal::derive(move || app.t().data.trash_empty.to_owned())
                        body=Signal::derive(move || app.t().data.trash_answer.to_owned())
                    />
                }
            }
        >
            <p class="answer">{move || app.t().data.trash_answer}</p>
            <ol class="journal card">
                <For each=move || rows.get() key=|r| r.id let:row>
                    <Entry row />
                </For>
            </ol>
            <Show when=move || more.get()>
                <Button on_click=Callback::new(move |()| limit.update(|l| *l += PAGE))>{move || app.t().common.more}</Button>
            </Show>
        </Show>
    }
}

#[component]
fn Entry(row: TrashRow) -> impl IntoView {
    let app = use_app();
    let TrashRow { id, kind, name, deleted } = row;
    let named = !name.is_empty();
    let restore = Callback::new(move |()| {
        app.run_command(Command::Restore { ids: vec![id] }, app.locale.get_untracked().t().data.trash_restored);
    });
    view! {
        <li class="entry">
            <div>
                <strong>{move || if named { name.clone() } else { app.t().data.trash_no_name.to_owned() }}</strong>
                <span class="quiet-text">
                    {move || kind_word(app.locale.get(), kind)} " · " {move || app.locale.get().stamp(deleted)}
                </span>
            </div>
            <Button icon=Icon::Undo on_click=restore>
                {move || app.t().data.trash_restore}
            </Button>
        </li>
    }
}
