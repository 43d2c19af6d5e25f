//! The control of one field, by how it is typed.

use crate::ui::prelude::*;

use crate::domain::{Asked, Input, Kind, PartialDate};
use crate::engine::api::{Query, RecordList, Topic};
use crate::locale::Locale;
use crate::ui::app::{use_app, use_currency, use_tiers};
use crate::ui::components::{SelectField, TextArea, TextField};
use crate::ui::format::Format;
use crate::ui::model::lines::LineChange;
use crate::ui::model::record_form::RecordForm;
use crate::ui::pages::lines::LineTable;
use crate::ui::query::use_query_if;

/// Suggestions under a link.
const SUGGESTIONS: u32 = 12;

/// What a field is called.
pub fn label(locale: Locale, kind: Kind, field: &Asked) -> String {
    match &field.own {
        Some(own) => own.name.clone(),
        None => locale.label(kind, &field.name).to_owned(),
    }
}

/// What can be chosen, with words for it. What stands there already is among it, also where it is no choice any more.
fn choices(locale: Locale, kind: Kind, field: &Asked, now: &str) -> Vec<(String, String)> {
    let fixed = |all: &[&str]| {
        all.iter().map(|c| ((*c).to_owned(), locale.choice(kind, &field.name, c))).collect::<Vec<_>>()
    };
    let mut all = match (&field.own, field.input) {
        (_, Input::YesNo) => {
            [("yes", "form_yes"), ("no", "form_no")].map(|(c, word)| (c.to_owned(), locale.word(word).to_owned())).to_vec()
        }
        (Some(own), _) => own.choices.iter().map(|c| (c.clone(), c.clone())).collect(),
        (None, Input::Choice(all) | Input::Many(all)) => fixed(all),
        // A scale is chosen, not typed.
        _ => fixed(&["1", "2", "3", "4", "5"]),
    };
    if !now.is_empty() && all.iter().all(|(c, _)| c != now) && !matches!(field.input, Input::Many(_)) {
        all.push((now.to_owned(), now.to_owned()));
    }
    all
}

#[component]
pub fn Control(
    kind: Kind,
    field: Asked,
    form: RwSignal<RecordForm>,
    text: Signal<String>,
    error: Signal<Option<String>>,
    on_input: Callback<String>,
    autofocus: bool,
) -> impl IntoView {
    let app = use_app();
    let (input, required) = (field.input, field.required);
    let field = StoredValue::new(field);
    let label = Signal::derive(move || {
        let label = field.with_value(|field| label(app.locale.get(), kind, field));
        if required { format!("{label} *") } else { label }
    });
    let options = Signal::derive(move || {
        let (locale, now) = (app.locale.get(), text.get());
        let none = (!required || now.is_empty()).then(|| (String::new(), locale.word("form_none").to_owned()));
        let all = field.with_value(|field| choices(locale, kind, field, &now));
        none.into_iter().chain(all).collect::<Vec<_>>()
    });
    let hint = Signal::derive(move || {
        let locale = app.locale.get();
        let own = field.with_value(|f| f.own.as_ref().map(|own| own.hint.clone())).filter(|hint| !hint.is_empty());
        own.unwrap_or_else(|| match input {
            Input::Words => locale.word("form_tags").to_owned(),
            Input::Date => date_hint(locale, &text.get()),
            Input::Link(_) => locale.word("form_pick").to_owned(),
            _ => field.with_value(|f| locale.word(&format!("hint_{}_{}", kind.name(), f.name))).to_owned(),
        })
    });
    let plain = move |input_kind: &'static str| {
        view! { <TextField label value=text on_input kind=input_kind hint error autofocus /> }.into_any()
    };
    match input {
        Input::Long => {
            view! { <div class="form-wide"><TextArea label value=text on_input error /></div> }.into_any()
        }
        Input::Choice(_) | Input::YesNo | Input::Number { least: 1, most: 5 } => {
            view! { <SelectField label value=text options on_change=on_input hint error /> }.into_any()
        }
        Input::Many(_) => {
            let choices = Signal::derive(move || field.with_value(|field| choices(app.locale.get(), kind, field, "")));
            view! { <Several label field choices form /> }.into_any()
        }
        Input::Tiers => {
            let tiers = use_tiers();
            let choices = Signal::derive(move || {
                let tiers = tiers.get();
                tiers.iter().map(|t| (t.id.clone(), app.locale.get().tier(&t.id, &tiers))).collect::<Vec<_>>()
            });
            view! { <Several label field choices form /> }.into_any()
        }
        // Names of the team are offered, any other may be typed.
        Input::Person => view! { <Link to=Kind::Member form label text error hint on_input autofocus /> }.into_any(),
        Input::Link(to) => view! { <Link to form label text error hint on_input autofocus /> }.into_any(),
        Input::Lines => view! { <Lines form error /> }.into_any(),
        Input::Phone => plain("tel"),
        Input::Email => plain("email"),
        Input::Money | Input::Price | Input::Decimal | Input::Amount | Input::Number { .. } => plain("number"),
        Input::Time => plain("datetime-local"),
        Input::Day => plain("date"),
        _ => plain("text"),
    }
}

/// How a date is typed; once one is, how it is read.
fn date_hint(locale: Locale, text: &str) -> String {
    match PartialDate::parse(text) {
        Some(date) => crate::locale::fill(locale.word("form_understood"), &[("date", &locale.partial_date(date))]),
        None => locale.word("form_date").to_owned(),
    }
}

/// Some of a list. What is held and is no choice any more stands below, to be taken out.
#[component]
fn Several(
    label: Signal<String>,
    field: StoredValue<Asked>,
    choices: Signal<Vec<(String, String)>>,
    form: RwSignal<RecordForm>,
) -> impl IntoView {
    let name = move || field.with_value(|field| field.name.clone());
    let all = Memo::new(move |before: Option<&Vec<(String, String)>>| {
        let mut all = choices.get();
        let held = form.with(|f| crate::ui::model::form::parse_tags(f.text(&name())));
        let kept = before.into_iter().flatten().map(|(id, _)| id.clone());
        for id in held.into_iter().chain(kept) {
            if all.iter().all(|(known, _)| *known != id) {
                all.push((id.clone(), id));
            }
        }
        all
    });
    let choice = move |(id, words): (String, String)| {
        let held = {
            let id = id.clone();
            move || form.with(|f| f.holds(&name(), &id))
        };
        view! {
            <label class="check">
                <input type="checkbox" prop:checked=held on:change=move |_| form.update(|f| f.toggle(&name(), &id)) />
                <span>{words}</span>
            </label>
        }
    };
    view! {
        <fieldset class="several form-wide">
            <legend>{move || label.get()}</legend>
            {dynamic(move || all.get().into_iter().map(choice).collect_view())}
        </fieldset>
    }
}

/// Products, quantities and prices.
#[component]
fn Lines(form: RwSignal<RecordForm>, error: Signal<Option<String>>) -> impl IntoView {
    let app = use_app();
    let currency = RwSignal::new(use_currency().get_untracked());
    let lines = Memo::new(move |_| form.with(|f| f.lines.clone()));
    let change = Callback::new(move |change: LineChange| form.update(|f| change.apply(&mut f.lines)));
    // Nothing is called wrong before the first try to save.
    let problems = Memo::new(move |_| match error.with(Option::is_some) {
        true => lines.with(|l| crate::ui::model::lines::problems(l, currency.get())),
        false => Vec::new(),
    });
    let total = move || {
        let minor = lines.with(|l| crate::ui::model::lines::total_minor(l, currency.get()));
        app.locale.get().money(minor, currency.get())
    };
    view! {
        <div class="form-wide">
            <LineTable lines change problems currency />
            <p class="order-total" aria-live="polite">
                <span>{move || app.t().customer.total}</span> <b class="num">{shared(total)}</b>
            </p>
        </div>
    }
}

/// Another record, found by typing.
#[component]
fn Link(
    to: Kind,
    form: RwSignal<RecordForm>,
    label: Signal<String>,
    text: Signal<String>,
    error: Signal<Option<String>>,
    hint: Signal<String>,
    on_input: Callback<String>,
    autofocus: bool,
) -> impl IntoView {
    let search = RwSignal::new(None::<String>);
    let found = use_query_if::<RecordList>(
        move || Some(Query::Records { kind: to, search: search.get()?, of: None, offset: 0, limit: SUGGESTIONS }),
        &[Topic::Customers, Topic::Products, Topic::Records],
    );
    let rows = Memo::new(move |_| found.with(|f| f.data.as_ref().map(|d| d.rows.clone()).unwrap_or_default()));
    Effect::new(move |_| {
        rows.with(|rows| {
            form.update(|f| rows.iter().for_each(|row| f.link(row.title.clone(), row.id)));
        });
    });
    let list = format!("link-{}-{}", to.name(), label.get_untracked().len());
    let typed = move |text: String| {
        search.set(Some(text.clone()));
        on_input.run(text);
    };
    view! {
        <TextField label value=text on_input=typed error hint list=list.clone() autofocus />
        <datalist id=list>
            {dynamic(move || rows.get().into_iter().map(|row| view! { <option value=row.title></option> }).collect_view())}
        </datalist>
    }
}
