//! Everything that happened with the customer, newest first.

use crate::ui::prelude::*;

use super::Writing;
use super::order::OrderItem;
use super::response::Said;
use crate::domain::{CivilTime, Id};
use crate::engine::api::{CustomerView, TimelineItem};
use crate::locale::{Locale, fill};
use crate::ui::app::use_app;
use crate::ui::components::EmptyState;
use crate::ui::pages::record::RecordItem;
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
        TimelineItem::Response { draft, .. } => {
            (draft.at, joined([locale.t().satisfaction.response_label, &draft.comment]))
        }
        TimelineItem::Record(row) => {
            (row.at.unwrap_or(CivilTime(0)), joined([locale.kind(row.kind), &row.title]))
        }
    }
}

fn id_of(item: &TimelineItem) -> Id {
    match item {
        TimelineItem::Order { id, .. } | TimelineItem::Response { id, .. } => *id,
        TimelineItem::Record(row) => row.id,
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
                    TimelineItem::Record(row) => view! { <RecordItem row /> }.into_any(),
                    TimelineItem::Response { id, draft, product, order } => {
                        view! { <Said id draft product order /> }.into_any()
                    }
                }}
            </For>
        </ol>
    }
}
