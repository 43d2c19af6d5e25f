//! Everything that happened with the customer, newest first.

use crate::ui::prelude::*;

use super::Writing;
use super::log::mood_words;
use super::order::OrderItem;
use super::response::Said;
use crate::domain::{CivilTime, Id, InteractionDraft};
use crate::engine::api::{Command, CustomerView, TimelineItem};
use crate::locale::{Locale, fill};
use crate::ui::app::use_app;
use crate::ui::components::{EmptyState, Icon, IconButton, icon};
use crate::ui::format::Format;

/// The first product and how many more; empty for an order without lines.
pub(super) fn products(locale: Locale, first: &str, lines: u32) -> String {
    match (first.is_empty(), lines.saturating_sub(1)) {
        (true, _) => String::new(),
        (false, 0) => first.to_owned(),
        (false, more) => fill(locale.t().customer.and_more, &[("name", first), ("n", &locale.int(more))]),
    }
}

/// When it happened and what it was, in one line.
pub(in crate::ui::pages) fn words(locale: Locale, item: &TimelineItem) -> (CivilTime, String) {
    let joined = |parts: [&str; 2]| parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" · ");
    match item {
        TimelineItem::Order { at, kind, lines, total_minor, currency, first_product, .. } => {
            let what = products(locale, first_product, *lines);
            let what = if what.is_empty() { locale.order_kind(*kind) } else { &what };
            (*at, joined([what, &locale.money(*total_minor, *currency)]))
        }
        TimelineItem::Interaction { draft, .. } => (draft.at, joined([locale.channel(draft.channel), &draft.note])),
        TimelineItem::Response { draft, .. } => {
            (draft.at, joined([locale.t().satisfaction.response_label, &draft.comment]))
        }
    }
}

fn id_of(item: &TimelineItem) -> Id {
    match item {
        TimelineItem::Order { id, .. } | TimelineItem::Interaction { id, .. } | TimelineItem::Response { id, .. } => *id,
    }
}

#[component]
pub(super) fn Timeline(customer: Memo<CustomerView>, writing: RwSignal<Option<Writing>>) -> impl IntoView {
    let app = use_app();
    let items = Memo::new(move |_| customer.with(|c| c.timeline.clone()));
    // Rows hold ids; an edited item is another key, so that it is drawn anew.
    let key = |item: &TimelineItem| (id_of(item), format!("{item:?}"));
    view! {
        <Show when=move || items.with(Vec::is_empty)>
            <EmptyState
                title=Signal::derive(move || app.t().customer.timeline_empty_title.to_owned())
                body=Signal::derive(move || app.t().customer.timeline_empty_body.to_owned())
            />
        </Show>
        <ol class="events">
            <For each=move || items.get() key let:item>
                {match item.clone() {
                    TimelineItem::Order { id, .. } => view! { <OrderItem id item writing /> }.into_any(),
                    TimelineItem::Interaction { id, draft } => view! { <Contact id draft /> }.into_any(),
                    TimelineItem::Response { id, draft, product, order } => {
                        view! { <Said id draft product order /> }.into_any()
                    }
                }}
            </For>
        </ol>
    }
}

#[component]
fn Contact(id: Id, draft: InteractionDraft) -> impl IntoView {
    let app = use_app();
    let InteractionDraft { at, channel, inbound, note, mood, staff, .. } = draft;
    let delete = move || {
        let t = app.locale.get_untracked().t();
        app.run_command(Command::Delete { ids: vec![id] }, fill(t.shell.done_deleted, &[("what", t.customer.logged)]));
    };
    let about = move || {
        let (locale, t) = (app.locale.get(), &app.t().customer);
        let direction = if inbound { t.they_contacted } else { t.we_contacted };
        let mood = mood.map(|m| mood_words(t, m)).unwrap_or_default();
        [direction, mood, &staff].into_iter().filter(|w| !w.is_empty()).collect::<Vec<_>>().join(locale.comma())
    };
    view! {
        <li class="event contact">
            <span class="event-mark">{icon(Icon::Note)}</span>
            <div class="event-body">
                <p class="event-head">
                    <b>{move || app.locale.get().channel(channel)}</b>
                    <span class="quiet-text">{shared(about)}</span>
                </p>
                {(!note.is_empty()).then(|| view! { <p class="event-note">{note.clone()}</p> })}
            </div>
            <time class="quiet-text">{move || app.locale.get().date_time(at)}</time>
            <IconButton
                icon=Icon::Trash
                label=Signal::derive(move || app.t().customer.delete_contact.to_owned())
                on_click=delete
            />
        </li>
    }
}
