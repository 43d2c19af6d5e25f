//! Quick entry of what a customer thinks of a purchase or of the shop.

use leptos::html;
use crate::ui::prelude::*;
use leptos::task::spawn_local;

use crate::domain::{Id, ResponseDraft};
use crate::engine::api::{Command, CommandError};
use crate::locale::{SatisfactionTexts, fill};
use crate::ui::app::use_app;
use crate::ui::components::{Button, ButtonKind, Chip, Icon, icon};
use crate::ui::format::Format;
use crate::web::device;

/// The order that an answer is about.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct About {
    pub order: Id,
    pub number: String,
}

/// What the entry was opened for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Asked {
    /// An answer about this order.
    About(About),
    /// An answer that is there, to be corrected.
    Known { id: Id, draft: Box<ResponseDraft> },
}

impl Asked {
    fn known(&self) -> Option<(Id, &ResponseDraft)> {
        match self {
            Self::Known { id, draft } => Some((*id, draft)),
            Self::About(_) => None,
        }
    }
}

/// What stands in the entry.
#[derive(Clone, Debug, Default, PartialEq)]
struct Entry {
    hoped: Option<u8>,
    got: Option<u8>,
    nps: Option<u8>,
    csat: Option<u8>,
    comment: String,
}

impl Entry {
    fn of(draft: &ResponseDraft) -> Self {
        let ResponseDraft { expectation, experience, nps, csat, comment, .. } = draft;
        Self { hoped: *expectation, got: *experience, nps: *nps, csat: *csat, comment: comment.clone() }
    }
}

/// Opens the entry for one order.
#[component]
pub(super) fn AskButton(about: About) -> impl IntoView {
    let app = use_app();
    let asked = use_context::<RwSignal<Option<Asked>>>();
    asked.map(|asked| {
        view! {
            <Button kind=ButtonKind::Quiet icon=Icon::Smile on_click=move || asked.set(Some(Asked::About(about.clone())))>
                {move || app.t().satisfaction.ask_order}
            </Button>
        }
    })
}

#[component]
pub(super) fn QuickAnswer(customer: Id, asked: RwSignal<Option<Asked>>) -> impl IntoView {
    let app = use_app();
    let node = NodeRef::<html::Details>::new();
    Effect::new(move |_| {
        if asked.with(Option::is_some)
            && let Some(details) = node.get()
        {
            details.set_open(true);
            details.scroll_into_view_with_bool(false);
            if let Ok(Some(first)) = details.query_selector("input") {
                focus(&first);
            }
        }
    });
    view! {
        <details class="say" node_ref=node>
            <summary>{icon(Icon::Smile)} <span>{move || app.t().satisfaction.ask}</span></summary>
            <Form customer asked />
        </details>
    }
}

fn focus(element: &web_sys::Element) {
    use wasm_bindgen::JsCast;
    if let Some(element) = element.dyn_ref::<web_sys::HtmlElement>() {
        // Nothing is lost where the browser declines.
        let _focused = element.focus();
    }
}

#[component]
fn Form(customer: Id, asked: RwSignal<Option<Asked>>) -> impl IntoView {
    let app = use_app();
    let entry = RwSignal::new(Entry::default());
    Effect::new(move |_| asked.with(|a| a.as_ref().and_then(Asked::known).map(|(_, d)| Entry::of(d))).map(|e| entry.set(e)));
    let leave = move || {
        if asked.with_untracked(|a| a.as_ref().and_then(Asked::known).is_some()) {
            entry.set(Entry::default());
        }
        asked.set(None);
    };
    let busy = RwSignal::new(false);
    let complaint = RwSignal::new(false);
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Entry { hoped, got, nps, csat, comment } = entry.get_untracked();
        let empty = [hoped, got, nps, csat].iter().all(Option::is_none) && comment.trim().is_empty();
        complaint.set(empty);
        if busy.get_untracked() || empty {
            return;
        }
        let known = asked.with_untracked(|a| a.as_ref().and_then(Asked::known).map(|(id, draft)| (id, draft.clone())));
        let order = asked.with_untracked(|a| match a {
            Some(Asked::About(about)) => Some(about.order),
            _ => None,
        });
        let before = known.clone().map(|(_, draft)| draft).unwrap_or(ResponseDraft {
            customer,
            order,
            product: None,
            at: device::civil_now(),
            expectation: None,
            experience: None,
            nps: None,
            csat: None,
            comment: String::new(),
            staff: String::new(),
        });
        let comment = comment.trim().to_owned();
        let response = ResponseDraft { expectation: hoped, experience: got, nps, csat, comment, ..before };
        let t = app.locale.get_untracked().t();
        let pattern = if known.is_some() { t.shell.done_saved } else { t.shell.done_added };
        let said = fill(pattern, &[("what", t.satisfaction.response_label)]);
        let (id, seen) = known.map(|(id, draft)| (id, Box::new(draft))).unzip();
        busy.set(true);
        spawn_local(async move {
            let result = app.run(Command::SaveResponse { id, seen, response }, said).await;
            busy.try_set(false);
            match result {
                Ok(_) => {
                    entry.try_set(Entry::default());
                    asked.try_set(None);
                }
                Err(error @ CommandError::Invalid { .. }) => app.fail(&error),
                Err(_) => {}
            }
        });
    };
    let scale = move |name: &'static str, label: fn(&SatisfactionTexts) -> &'static str, from: u8, to: u8, slot: Score| {
        view! { <ScaleField name label from to entry field=slot /> }
    };
    let order = move || {
        asked.get().map(|asked| {
            let words = move || {
                let locale = app.locale.get();
                let t = &locale.t().satisfaction;
                match &asked {
                    Asked::About(about) => fill(t.ask_about, &[("number", &about.number)]),
                    Asked::Known { draft, .. } => fill(t.ask_again, &[("date", &locale.date_time(draft.at))]),
                }
            };
            view! {
                <Chip
                    label=Signal::derive(words)
                    remove=Signal::derive(move || app.t().customers.remove_filter.to_owned())
                    on_remove=move |()| leave()
                />
            }
        })
    };
    view! {
        <form class="say-form" on:submit=save aria-label=move || app.t().satisfaction.ask>
            {dynamic(order)}
            {scale("hoped", |t| t.hoped, 0, 10, |e| &mut e.hoped)}
            {scale("got", |t| t.got, 0, 10, |e| &mut e.got)}
            {scale("nps", |t| t.would_recommend, 0, 10, |e| &mut e.nps)}
            {scale("csat", |t| t.how_satisfied, 1, 5, |e| &mut e.csat)}
            <textarea
                rows="2"
                aria-label=move || app.t().satisfaction.comment
                placeholder=move || app.t().satisfaction.comment
                prop:value=move || entry.with(|e| e.comment.clone())
                on:input=move |e| entry.update(|entry| entry.comment = event_target_value(&e))
            ></textarea>
            <div class="log-row">
                <span class="field-note" role="alert">
                    {dynamic(move || complaint.get().then(|| app.t().satisfaction.nothing_typed))}
                </span>
                <span class="push"></span>
                <Button kind=ButtonKind::Primary submit=true busy>{move || app.t().satisfaction.save}</Button>
            </div>
        </form>
    }
}

/// Which score of the entry a scale sets.
type Score = fn(&mut Entry) -> &mut Option<u8>;

/// One row of numbers to choose from; the arrow keys move on it, the dash takes the choice back.
#[component]
fn ScaleField(
    name: &'static str,
    label: fn(&SatisfactionTexts) -> &'static str,
    from: u8,
    to: u8,
    entry: RwSignal<Entry>,
    field: Score,
) -> impl IntoView {
    let app = use_app();
    let now = Memo::new(move |_| {
        let mut entry = entry.get();
        *field(&mut entry)
    });
    let choice = move |score: Option<u8>| {
        let words = move || score.map_or_else(|| "–".to_owned(), |s| s.to_string());
        let spoken = move || score.is_none().then(|| app.t().satisfaction.not_given);
        view! {
            <label class:none=score.is_none()>
                <input
                    type="radio"
                    name=name
                    aria-label=spoken
                    prop:checked=move || now.get() == score
                    on:change=move |_| entry.update(|entry| *field(entry) = score)
                />
                <span>{shared(words)}</span>
            </label>
        }
    };
    view! {
        <fieldset class="scale">
            <legend>{move || label(&app.t().satisfaction)}</legend>
            <div class="scale-row">{choice(None)} {(from..=to).map(|score| choice(Some(score))).collect_view()}</div>
        </fieldset>
    }
}
