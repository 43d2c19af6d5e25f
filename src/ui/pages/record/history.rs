//! The history of one record, of any kind: what, when, by whom, from where, and the way back to any earlier value.

use crate::ui::prelude::*;

use super::{item::words_of, label};
use crate::domain::{Currency, Id, Kind, Origin, OwnField, Value, asked};
use crate::engine::api::{Command, HistoryField, HistoryStep, Query, RecordHistory};
use crate::locale::{Locale, fill, plural};
use crate::ui::app::{ALL_TOPICS, App, use_app, use_currency, use_own_fields};
use crate::ui::components::{Button, ButtonKind, Dialog, Icon, Loaded, Skeleton};
use crate::ui::format::Format;
use crate::ui::pages::rules::RuleText;
use crate::ui::parts::{Piece, later};
use crate::ui::query::use_query;

/// Steps at first, and more at each “show more”.
const PAGE: u32 = 50;

/// The way to the dialog.
#[derive(Clone, Copy)]
pub struct Histories(RwSignal<Option<Id>>);

impl Histories {
    pub fn open(self, id: Id) {
        self.0.set(Some(id));
    }
}

/// Call it while a component is being set up.
pub fn use_histories() -> Histories {
    expect_context::<Histories>()
}

/// Puts the way to the dialog into the context of everything below.
pub fn provide_histories() {
    provide_context(Histories(RwSignal::new(None)));
}

/// Opens the history of a record.
#[component]
pub fn HistoryButton(id: Id) -> impl IntoView {
    let app = use_app();
    let histories = use_histories();
    view! {
        <Button kind=ButtonKind::Quiet icon=Icon::Today on_click=move || histories.open(id)>
            {move || app.t().history.open}
        </Button>
    }
}

/// The one dialog of the app. Belongs beside the pages, once, after the forms that it may lie over.
#[component]
pub fn HistoryDialog() -> impl IntoView {
    let app = use_app();
    let Histories(opened) = use_histories();
    let name = RwSignal::new(String::new());
    let title = Signal::derive(move || {
        let t = &app.t().history;
        name.with(|name| if name.is_empty() { t.title_nameless.to_owned() } else { fill(t.title, &[("name", name)]) })
    });
    view! {
        <Dialog
            open=Signal::derive(move || opened.with(Option::is_some))
            title
            wide=true
            close=Signal::derive(move || app.t().common.close.to_owned())
            on_close=move || opened.set(None)
        >
            {dynamic(move || opened.get().map(|id| later(Piece::History((id, name)))))}
        </Dialog>
    }
}

#[component]
pub fn Steps(id: Id, name: RwSignal<String>) -> impl IntoView {
    let app = use_app();
    let (currency, own) = (use_currency(), use_own_fields());
    let limit = RwSignal::new(PAGE);
    let state = use_query::<Option<Box<RecordHistory>>>(move || Query::History { id, limit: limit.get() }, ALL_TOPICS);
    Effect::new(move |_| name.set(state.with(|s| s.data.as_ref()?.as_ref().map(|h| h.name.clone())).unwrap_or_default()));
    let loading = move || view! { <Skeleton lines=6 label=Signal::derive(move || app.t().common.loading.to_owned()) /> };
    let failed = Callback::new(move |error| view! { <p role="alert">{app.locale.get().command_error(&error)}</p> }.into_any());
    let show = move |found: Memo<Option<Box<RecordHistory>>>| {
        (move || {
            let locale = app.locale.get();
            found.with(|f| match f {
                Some(history) => {
                    let currency = Currency::parse(&history.currency).unwrap_or(currency.get());
                    listed(&Reading { app, locale, currency, own: &own.get(), history }, limit)
                }
                None => view! { <p>{locale.t().history.none}</p> }.into_any(),
            })
        })
        .into_any()
    };
    view! { <Loaded state loading failed view=show /> }
}

/// What it takes to put steps into words.
struct Reading<'a> {
    app: App,
    locale: Locale,
    currency: Currency,
    own: &'a [OwnField],
    history: &'a RecordHistory,
}

fn listed(of: &Reading, limit: RwSignal<u32>) -> AnyView {
    let Reading { locale, history, .. } = *of;
    let t = &locale.t().history;
    let steps = history.steps.iter().map(|step| one(of, step)).collect_view();
    let more = (!history.complete).then(|| view! {
        <Button on_click=Callback::new(move |()| limit.update(|l| *l += PAGE * 4))>{locale.t().common.more}</Button>
    });
    view! { <p class="quiet-text">{t.answer}</p> <ol class="history">{steps}</ol> {more} }.into_any()
}

/// From where a change came.
fn origin(locale: Locale, step: &HistoryStep) -> String {
    let t = &locale.t().history;
    match &step.origin {
        Origin::Hand { .. } if step.records > 1 => {
            let others = step.records - 1;
            plural(t.together, others, &[("n", &locale.int(others))])
        }
        Origin::Hand { .. } => t.by_hand.to_owned(),
        Origin::Import { file, .. } => fill(t.from_file, &[("name", file)]),
        Origin::Merge { file } => fill(t.from_merge, &[("name", file)]),
        Origin::Demo => t.demo.to_owned(),
        Origin::Clear => t.cleared.to_owned(),
        // Of an erased record there is no history.
        Origin::Erase => String::new(),
        Origin::Undo { .. } => t.undo.to_owned(),
    }
}

fn one(of: &Reading, step: &HistoryStep) -> AnyView {
    let locale = of.locale;
    let t = locale.t();
    let device = if step.own_device { t.data.history_here } else { t.data.history_elsewhere };
    let undone = step.undone.then(|| view! { <span class="badge">{t.history.undone}</span> });
    let made = step.made.then(|| format!("{} · ", t.history.made));
    let fields = step.fields.iter().map(|field| change(of, step, field)).collect_view();
    view! {
        <li class="history-step">
            <p class="history-head">
                <b>{made}{origin(locale, step)}</b> {undone}
                <span class="quiet-text">{format!("{} · {device}", locale.stamp(step.stamp))}</span>
            </p>
            <ul>{fields}</ul>
        </li>
    }
    .into_any()
}

fn change(of: &Reading, step: &HistoryStep, field: &HistoryField) -> AnyView {
    let Reading { app, locale, currency, own, history } = *of;
    let t = &locale.t().history;
    let asked = asked(history.kind, own).into_iter().find(|asked| asked.name == field.field);
    let input = asked.as_ref().map(|asked| asked.input);
    let words = |value: &Value| words_of(locale, history.kind, &history.names, (&field.field, input), value, currency);
    let label = asked.map(|asked| label(locale, history.kind, &asked)).filter(|label| !label.is_empty());
    let label = label.unwrap_or_else(|| locale.field(history.kind, &field.field));
    let is_rule = (history.kind, field.field.as_str()) == (Kind::Segment, "rule");
    let side = |value: &Value| match words(value) {
        // A record that was never deleted is not in the trash.
        text if text.is_empty() && field.field == "deleted" => view! { <span>{locale.word("form_no")}</span> }.into_any(),
        text if text.is_empty() => view! { <span class="quiet-text">{t.empty}</span> }.into_any(),
        text if is_rule => view! { <span><RuleText text /></span> }.into_any(),
        text => view! { <span>{text}</span> }.into_any(),
    };
    let (id, seq, name) = (history.id, step.seq, field.field.clone());
    let earlier = words(field.earlier());
    let spoken = match earlier.as_str() {
        "" => fill(t.back_empty, &[("field", &label)]),
        _ if is_rule => format!("{} · {label}", t.back),
        text => fill(t.back_to, &[("value", text), ("field", &label)]),
    };
    let back = field.back.then(|| view! {
        <button
            type="button"
            class="button quiet"
            aria-label=spoken.clone()
            title=spoken
            on:click=move |_| app.run_command(Command::RestoreValue { seq, id, field: name.clone() }, t.brought_back)
        >
            {t.back}
        </button>
    });
    let old = (!step.made).then(|| view! { {side(&field.was)} <span aria-hidden="true">"→"</span> });
    let lost = (!field.taken).then(|| view! { <span class="quiet-text">{t.lost}</span> });
    view! { <li><b>{label}</b> <span class="history-values">{old} {lost} {side(&field.now)}</span> {back}</li> }.into_any()
}
