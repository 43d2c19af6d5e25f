//! The control of one field, by how it is typed.

use crate::ui::prelude::*;

use crate::domain::{FormField, Input, Kind, PartialDate};
use crate::engine::api::{Query, RecordList, Topic};
use crate::ui::app::{use_app, use_tiers};
use crate::ui::components::{SelectField, TextArea, TextField};
use crate::ui::format::Format;
use crate::ui::model::record_form::RecordForm;
use crate::ui::query::use_query_if;

/// Suggestions under a link.
const SUGGESTIONS: u32 = 12;

#[component]
pub fn Control(
    kind: Kind,
    field: FormField,
    form: RwSignal<RecordForm>,
    text: Signal<String>,
    error: Signal<Option<String>>,
    on_input: Callback<String>,
    autofocus: bool,
) -> impl IntoView {
    let app = use_app();
    let name = field.name(kind);
    let label = Signal::derive(move || {
        let label = app.locale.get().label(kind, name);
        if field.required { format!("{label} *") } else { label.to_owned() }
    });
    let options = move |all: Vec<&'static str>| {
        Signal::derive(move || {
            let locale = app.locale.get();
            let none = (!field.required || text.with(String::is_empty)).then(|| (String::new(), locale.word("form_none").to_owned()));
            let words = |choice: &&'static str| match (field.input, *choice) {
                (Input::YesNo, "yes") => locale.word("form_yes").to_owned(),
                (Input::YesNo, _) => locale.word("form_no").to_owned(),
                (_, choice) => locale.choice(kind, name, choice),
            };
            none.into_iter().chain(all.iter().map(|c| ((*c).to_owned(), words(c)))).collect::<Vec<_>>()
        })
    };
    let hint = Signal::derive(move || {
        let locale = app.locale.get();
        match field.input {
            Input::Words => locale.word("form_tags").to_owned(),
            Input::Date => date_hint(locale, &text.get()),
            Input::Link(_) => locale.word("form_pick").to_owned(),
            _ => String::new(),
        }
    });
    let plain = move |input_kind: &'static str| {
        view! { <TextField label value=text on_input kind=input_kind hint error autofocus /> }.into_any()
    };
    match field.input {
        Input::Long => {
            view! { <div class="form-wide"><TextArea label value=text on_input error /></div> }.into_any()
        }
        Input::Choice(all) => {
            view! { <SelectField label value=text options=options(all.to_vec()) on_change=on_input error /> }.into_any()
        }
        Input::YesNo => {
            view! { <SelectField label value=text options=options(vec!["yes", "no"]) on_change=on_input error /> }.into_any()
        }
        // A scale is chosen, not typed.
        Input::Number { least: 1, most: 5 } => {
            view! { <SelectField label value=text options=options(vec!["1", "2", "3", "4", "5"]) on_change=on_input error /> }.into_any()
        }
        Input::Many(all) => {
            let choices = Signal::derive(move || {
                all.iter().map(|c| ((*c).to_owned(), app.locale.get().choice(kind, name, c))).collect::<Vec<_>>()
            });
            view! { <Several label name choices form /> }.into_any()
        }
        Input::Tiers => {
            let tiers = use_tiers();
            let choices = Signal::derive(move || {
                let tiers = tiers.get();
                tiers.iter().map(|t| (t.id.clone(), app.locale.get().tier(&t.id, &tiers))).collect::<Vec<_>>()
            });
            view! { <Several label name choices form /> }.into_any()
        }
        // Names of the team are offered, any other may be typed.
        Input::Person => view! { <Link to=Kind::Member form label text error hint on_input autofocus /> }.into_any(),
        Input::Link(to) => view! { <Link to form label text error hint on_input autofocus /> }.into_any(),
        Input::Phone => plain("tel"),
        Input::Email => plain("email"),
        Input::Money | Input::Price | Input::Number { .. } => plain("number"),
        Input::Time => plain("datetime-local"),
        Input::Day => plain("date"),
        _ => plain("text"),
    }
}

/// How a date is typed; once one is, how it is read.
fn date_hint(locale: crate::locale::Locale, text: &str) -> String {
    match PartialDate::parse(text) {
        Some(date) => crate::locale::fill(locale.word("form_understood"), &[("date", &locale.partial_date(date))]),
        None => locale.word("form_date").to_owned(),
    }
}

/// Some of a list.
#[component]
fn Several(
    label: Signal<String>,
    name: &'static str,
    choices: Signal<Vec<(String, String)>>,
    form: RwSignal<RecordForm>,
) -> impl IntoView {
    let choice = move |(id, words): (String, String)| {
        let held = {
            let id = id.clone();
            move || form.with(|f| f.holds(name, &id))
        };
        view! {
            <label class="check">
                <input type="checkbox" prop:checked=held on:change=move |_| form.update(|f| f.toggle(name, &id)) />
                <span>{words}</span>
            </label>
        }
    };
    view! {
        <fieldset class="several form-wide">
            <legend>{move || label.get()}</legend>
            {dynamic(move || choices.get().into_iter().map(choice).collect_view())}
        </fieldset>
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
