//! Conditions on anything: a dialog in which it is chosen what one is about, and then how it compares.

use crate::ui::prelude::*;

use super::list::use_look;
use crate::domain::{Id, InvalidReason, Kind};
use crate::engine::api::{Filter, Query, RecordList, Rule, SegmentDraft, Topic};
use crate::ui::app::use_app;
use crate::ui::components::{Button, ButtonKind, Dialog, Icon};
use crate::ui::model::rule::{Row, What};
use crate::ui::pages::rules::{Picker, RowFields, what_words};
use crate::ui::query::use_query;
use crate::ui::route::Route;

/// Saved segments to choose from: more than anybody has.
const MOST_SEGMENTS: u32 = 500;

/// A button, and the dialog behind it.
#[component]
pub(super) fn ConditionButton(filter: Memo<Filter>) -> impl IntoView {
    let app = use_app();
    let open = RwSignal::new(false);
    view! {
        <Button icon=Icon::Plus on_click=move || open.set(true)>{move || app.t().list.condition}</Button>
        <Dialog
            open
            title=Signal::derive(move || app.t().list.condition_title.to_owned())
            close=Signal::derive(move || app.t().common.close.to_owned())
            on_close=move || open.set(false)
        >
            <ConditionForm filter open />
        </Dialog>
    }
}

#[component]
fn ConditionForm(filter: Memo<Filter>, open: RwSignal<bool>) -> impl IntoView {
    let look = use_look();
    let row = RwSignal::new(None::<Row>);
    let pick = Callback::new(move |what: What| row.set(Some(look.with_untracked(|look| Row::new(what, look)))));
    let chosen = Memo::new(move |_| row.with(Option::is_some));
    dynamic(move || {
        if chosen.get() {
            view! { <Compare filter open row /> }.into_any()
        } else {
            view! { <Picker on_pick=pick /> }.into_any()
        }
    })
}

/// How it compares.
#[component]
fn Compare(filter: Memo<Filter>, open: RwSignal<bool>, row: RwSignal<Option<Row>>) -> impl IntoView {
    let app = use_app();
    let look = use_look();
    let problem = RwSignal::new(None::<InvalidReason>);
    let saved = use_query::<RecordList>(
        || Query::Records { kind: Kind::Segment, search: String::new(), of: None, offset: 0, limit: MOST_SEGMENTS },
        &[Topic::Records],
    );
    let segments = Signal::derive(move || {
        let names = |list: &RecordList| list.rows.iter().map(|s| (s.id, s.title.clone())).collect::<Vec<(Id, String)>>();
        saved.with(|s| s.data.as_ref().map(names)).unwrap_or_default()
    });
    let blank = look.with_untracked(|look| Row::new(What::Rank, look));
    let typed = Memo::new(move |_| row.get().unwrap_or_else(|| blank.clone()));
    let change = Callback::new(move |now: Row| {
        problem.set(None);
        row.set(Some(now));
    });
    let name = Signal::derive(move || look.with(|look| typed.with(|row| what_words(look, &row.what))));
    let add = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match look.with_untracked(|look| typed.with_untracked(|row| row.leaf(look))) {
            Err(reason) => problem.set(Some(reason)),
            Ok(leaf) => {
                let mut next = filter.get_untracked();
                let rule = Rule::Leaf(leaf);
                if !next.conditions.contains(&rule) {
                    next.conditions.push(rule);
                }
                open.set(false);
                app.go(&Route::customers(next));
            }
        }
    };
    view! {
        <form class="form" novalidate on:submit=add>
            <div class="rule-row" class:invalid=move || problem.with(Option::is_some)>
                <button type="button" class="rule-what" on:click=move |_| row.set(None)>{name}</button>
                <RowFields row=typed change segments />
                <p class="field-note" aria-live="polite">
                    {move || problem.get().map(|reason| app.locale.get().invalid(reason).to_owned())}
                </p>
            </div>
            <div class="form-actions">
                <Button on_click=move || open.set(false)>{move || app.t().common.cancel}</Button>
                <Button kind=ButtonKind::Primary submit=true>{move || app.t().common.add}</Button>
            </div>
        </form>
    }
    .into_any()
}

/// Opens the builder with what narrows the list.
#[component]
pub(super) fn SaveAsSegment(filter: Memo<Filter>) -> impl IntoView {
    let app = use_app();
    let rule = Memo::new(move |_| filter.with(Filter::as_rule));
    let go = move || {
        let draft = SegmentDraft { name: String::new(), note: String::new(), rule: rule.get_untracked() };
        app.go(&Route::Segment { id: None, draft: Some(Box::new(draft)) });
    };
    view! {
        <Show when=move || rule.with(|rule| !rule.parts().is_empty())>
            <Button kind=ButtonKind::Quiet icon=Icon::Segments on_click=go>{move || app.t().rules.save_as}</Button>
        </Show>
    }
}
