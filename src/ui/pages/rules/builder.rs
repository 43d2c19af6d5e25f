//! The page that builds a segment. What is being typed stands in its address, so it outlives a reload and goes with the link.

use gloo::timers::callback::Timeout;
use crate::ui::prelude::*;
use leptos::task::spawn_local;

use super::parts::{Building, Target, part};
use super::pick::Picker;
use super::preview::Preview;
use crate::domain::{Id, InvalidReason};
use crate::engine::api::{Command, CommandError, Query, Rule, RuleView, SegmentDraft, SegmentList};
use crate::locale::fill;
use crate::ui::app::{ALL_TOPICS, use_app, use_own_known};
use crate::ui::browser;
use crate::ui::components::{Button, ButtonKind, Dialog, EmptyState, LinkButton, Loaded, Skeleton, TextArea, TextField};
use crate::ui::model::rule::{Body, Draft, Row, What};
use crate::ui::pages::customers::use_look;
use crate::ui::pages::failed;
use crate::ui::pages::record::HistoryButton;
use crate::ui::query::use_query;
use crate::ui::query::use_query_if;
use crate::ui::route::{Route, SegmentTab};

/// Customers shown as examples.
const EXAMPLES: u32 = 5;

#[component]
pub fn SegmentPage(id: Option<Id>) -> impl IntoView {
    let app = use_app();
    let known = use_own_known();
    let state = use_query::<SegmentList>(move || Query::Segments { as_of: app.as_of.get() }, ALL_TOPICS);
    let loading = move || view! { <div class="page"><Skeleton lines=6 label=Signal::derive(move || app.t().common.loading.to_owned()) /></div> };
    let show = move |list: Memo<SegmentList>| {
        let saved = list.with_untracked(|list| list.segments.iter().find(|row| Some(row.id) == id).cloned());
        let saved = saved.map(|row| SegmentDraft { name: row.name, note: row.note, rule: row.rule });
        // What stands in a rule of own fields is read by their types: they must be known first.
        dynamic(move || match (id, saved.clone()) {
            _ if !known.get() => ().into_any(),
            (Some(_), None) => view! { <Gone /> }.into_any(),
            (id, saved) => view! { <Builder id saved list /> }.into_any(),
        })
        .into_any()
    };
    view! { <Loaded state loading failed=failed(app) view=show /> }
}

#[component]
fn Gone() -> impl IntoView {
    let app = use_app();
    view! {
        <div class="page narrow">
            <EmptyState
                title=Signal::derive(move || app.t().rules.gone_title.to_owned())
                body=Signal::derive(move || app.t().rules.gone_body.to_owned())
            >
                <LinkButton href=Route::Segments(SegmentTab::Own).href()>{move || app.t().rules.tab}</LinkButton>
            </EmptyState>
        </div>
    }
}

#[component]
fn Builder(id: Option<Id>, saved: Option<SegmentDraft>, list: Memo<SegmentList>) -> impl IntoView {
    let app = use_app();
    let look = use_look();
    let typed = app.route.with_untracked(|route| match route {
        Route::Segment { draft, .. } => draft.as_deref().cloned(),
        _ => None,
    });
    let blank = || SegmentDraft { name: String::new(), note: String::new(), rule: Rule::everybody() };
    let start = typed.or_else(|| saved.clone()).unwrap_or_else(blank);
    let (name, note) = (RwSignal::new(start.name.clone()), RwSignal::new(start.note.clone()));
    let draft = RwSignal::new(look.with_untracked(|look| Draft::of(&start.rule, look)));
    let read = Memo::new(move |_| look.with(|look| draft.with(|draft| draft.read(look))));
    let rule = Memo::new(move |_| read.with(|read| read.rule.clone()));
    let asked = use_query_if::<Box<RuleView>>(
        move || Some(Query::Rule { as_of: app.as_of.get(), rule: rule.get()?, limit: EXAMPLES }),
        ALL_TOPICS,
    );
    // Where a forecast that the rule needs was stopped, the count of an earlier rule would stand for its own.
    let state = Signal::derive(move || asked.get().unless_stopped());
    let counts = Memo::new(move |_| {
        let keys = read.with(|read| read.keys.clone());
        let counts = state.with(|s| s.data.as_ref().map(|view| view.counts.clone())).unwrap_or_default();
        // An answer to an earlier question has other parts.
        if keys.len() == counts.len() { keys.into_iter().zip(counts).collect() } else { Vec::new() }
    });
    let others = move |list: &SegmentList| {
        list.segments.iter().filter(|row| Some(row.id) != id).map(|row| (row.id, row.name.clone())).collect::<Vec<_>>()
    };
    let building = Building {
        draft,
        counts,
        problems: Memo::new(move |_| read.with(|read| read.problems.clone())),
        tried: RwSignal::new(false),
        target: RwSignal::new(None),
        segments: Memo::new(move |_| list.with(others)),
    };
    let problem = RwSignal::new(None::<(String, InvalidReason)>);
    // The address follows what is typed, and what was refused is being mended.
    Effect::new(move |before: Option<SegmentDraft>| {
        let now = SegmentDraft {
            name: name.get(),
            note: note.get(),
            rule: rule.get().unwrap_or_else(Rule::everybody),
        };
        if before.is_some_and(|before| before != now) {
            problem.set(None);
            app.replace(Route::Segment { id, draft: Some(Box::new(now.clone())) });
        }
        now
    });
    let save = {
        let saved = saved.clone();
        move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            building.tried.set(true);
            let Some(rule) = rule.get_untracked().filter(|_| building.problems.with_untracked(Vec::is_empty)) else {
                return;
            };
            let segment = SegmentDraft { name: name.get_untracked(), note: note.get_untracked(), rule };
            let said = fill(app.locale.get_untracked().t().shell.done_saved, &[("what", segment.name.trim())]);
            let command = Command::SaveSegment { id, seen: saved.clone().map(Box::new), segment: Box::new(segment) };
            spawn_local(async move {
                match app.run(command, said).await {
                    Ok(_) => app.go(&Route::Segments(SegmentTab::Own)),
                    Err(CommandError::Invalid { problems }) => {
                        let _gone = problem.try_update(|p| *p = problems.into_iter().next().map(|p| (p.field, p.reason)));
                    }
                    Err(_) => {}
                }
            });
        }
    };
    let error = move |field: &'static str| {
        Signal::derive(move || {
            problem.with(|p| p.as_ref().filter(|(of, _)| of == field).map(|(_, reason)| app.locale.get().invalid(*reason).to_owned()))
        })
    };
    // What keeps it from being saved is said once somebody tried, as long as it holds.
    let refused = error("rule");
    let fault = Signal::derive(move || {
        let r = &app.t().rules;
        match building.tried.get() {
            true if building.problems.with(|all| !all.is_empty()) => Some(r.fault_rows.to_owned()),
            true if rule.with(Option::is_none) => Some(r.fault_none.to_owned()),
            _ => refused.get(),
        }
    });
    let unfinished = Memo::new(move |_| building.problems.with(Vec::len));
    let outline = Memo::new(move |_| draft.with(Draft::outline));
    let title = Signal::derive(move || {
        let r = &app.t().rules;
        if id.is_some() { r.edit_title } else { r.new_title }
    });
    let cancel = Route::Segments(SegmentTab::Own).href();
    view! {
        <form class="page rule-page" novalidate on:submit=save>
            <header class="page-head">
                <div>
                    <h1 tabindex="-1">{move || title.get()}</h1>
                    <p class="answer">{move || app.t().rules.builder_answer}</p>
                </div>
                {id.map(|id| view! { <HistoryButton id /> })}
            </header>
            <div class="rule-layout">
                <div class="rule-main">
                    <div class="rule-names">
                        <TextField
                            label=Signal::derive(move || app.locale.get().word("segment_name").to_owned())
                            value=name
                            on_input=move |text| name.set(text)
                            error=error("name")
                        />
                        <TextArea
                            label=Signal::derive(move || app.locale.get().word("note").to_owned())
                            value=note
                            on_input=move |text| note.set(text)
                            rows=1
                            error=error("note")
                        />
                    </div>
                    {dynamic(move || part(building, outline.get(), true))}
                    <p class="field-note rule-problem" role="alert">{fault}</p>
                    <div class="form-actions">
                        <LinkButton href=cancel>{move || app.t().common.cancel}</LinkButton>
                        <Button kind=ButtonKind::Primary submit=true>{move || app.t().common.save}</Button>
                    </div>
                </div>
                <Preview rule state unfinished />
            </div>
        </form>
        <Choosing building />
    }
    .into_any()
}

/// The dialog in which it is chosen what a condition is about.
#[component]
fn Choosing(building: Building) -> impl IntoView {
    let app = use_app();
    let look = use_look();
    let pick = Callback::new(move |what: What| {
        let row = look.with_untracked(|look| Row::new(what, look));
        match building.target.get_untracked() {
            Some(Target::Into(group)) => {
                let added = building.draft.try_update(|d| d.add(group, Body::Row(Box::new(row))));
                // The button that opened the dialog is drawn anew with its group.
                let first = added.map(|key| format!("#rule-row-{key} .rule-fields :is(select, input)"));
                Timeout::new(0, move || first.iter().for_each(|first| browser::focus(first))).forget();
            }
            Some(Target::InPlaceOf(key)) => building.draft.update(|d| d.set_row(key, row)),
            None => {}
        }
        building.target.set(None);
    });
    view! {
        <Dialog
            open=Signal::derive(move || building.target.with(Option::is_some))
            title=Signal::derive(move || app.t().rules.pick_title.to_owned())
            close=Signal::derive(move || app.t().common.close.to_owned())
            on_close=move || building.target.set(None)
        >
            <Picker on_pick=pick />
        </Dialog>
    }
}
