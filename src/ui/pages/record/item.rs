//! How a record looks in timelines and lists.

use crate::ui::prelude::*;

use super::{Opened, label, use_forms};
use crate::domain::{Asked, CivilTime, Currency, Day, Id, Input, Kind, OrderKind, OwnField, Part, PartialDate, Value, asked, show_decimal};
use crate::engine::api::{Command, RecordRow};
use crate::locale::{Locale, fill};
use crate::ui::app::{use_app, use_currency};
use crate::ui::components::{Button, ButtonKind, Icon, IconButton, icon};
use crate::ui::format::Format;
use crate::web::device;

/// A value in words.
fn value_words(locale: Locale, row: &RecordRow, field: &Asked, value: &Value, currency: Currency) -> String {
    words_of(locale, row.kind, &row.names, (&field.name, Some(field.input)), value, currency)
}

/// A value of a field in words, whether or not a form has it; `names` are the titles of the records that it may refer to.
pub fn words_of(
    locale: Locale,
    kind: Kind,
    names: &[(Id, String)],
    (name, input): (&str, Option<Input>),
    value: &Value,
    currency: Currency,
) -> String {
    let title = |id: Id| names.iter().find(|(known, _)| *known == id).map(|(_, title)| title.clone());
    match (input, value) {
        (Some(Input::Money), Value::Int(n)) => locale.money(*n, currency),
        (Some(Input::Price | Input::Amount), Value::Int(n)) => locale.price(*n, currency),
        (Some(Input::Decimal), Value::Int(n)) if n % 10 == 0 => locale.quantity(n / 10),
        (Some(Input::Decimal), Value::Int(n)) => show_decimal(*n, 4),
        (Some(Input::Time), Value::Int(n)) => locale.date_time(CivilTime(*n)),
        // Of an order, whose form is one of its own.
        (None, Value::Int(n)) if name == "at" => locale.date_time(CivilTime(*n)),
        (Some(Input::Day), Value::Int(n)) => i32::try_from(*n).map(|n| locale.date(Day(n))).unwrap_or_default(),
        (Some(Input::Date), Value::Text(text)) => {
            PartialDate::parse(text).map_or_else(|| text.clone(), |date| locale.partial_date(date))
        }
        (Some(Input::Choice(_)), Value::Text(choice)) => locale.choice(kind, name, choice),
        (None, Value::Text(text)) if (kind, name) == (Kind::Order, "kind") => {
            OrderKind::from_name(text).map_or_else(|| text.clone(), |kind| locale.order_kind(kind).to_owned())
        }
        (_, Value::Lines(lines)) => {
            let total = lines.iter().map(|l| l.total_minor).fold(0i64, i64::saturating_add);
            locale.money(total, currency)
        }
        (_, Value::Ref(id)) => title(*id).unwrap_or_else(|| locale.word("form_erased").to_owned()),
        (_, Value::Bool(b)) => locale.word(if *b { "form_yes" } else { "form_no" }).to_owned(),
        (Some(Input::Number { least: 0.., most: ..=9 }), Value::Int(n)) => locale.choice(kind, name, &n.to_string()),
        (_, Value::Int(n)) => locale.int(*n),
        (_, Value::Text(text)) => text.clone(),
        (_, Value::Json(json)) => {
            let words = json.as_array().into_iter().flatten().filter_map(|w| w.as_str());
            words.collect::<Vec<_>>().join(locale.comma())
        }
        (_, Value::Null) => String::new(),
    }
}

/// A field of a record that holds something, in words.
#[derive(Clone, PartialEq)]
pub struct Fact {
    pub name: String,
    pub label: String,
    pub words: String,
    pub input: Input,
    pub part: Part,
    /// A plain no.
    pub is_no: bool,
    /// Not of the field's type: it was entered when that was another.
    pub is_odd: bool,
}

/// Each field that holds something but those in `but`. `own`: the fields that the user made.
pub fn facts(locale: Locale, row: &RecordRow, own: &[OwnField], currency: Currency, but: &[&str]) -> Vec<Fact> {
    let fact = |field: Asked| {
        let (_, value) = row.values.iter().find(|(n, _)| *n == field.name)?;
        Some(Fact {
            label: label(locale, row.kind, &field),
            words: value_words(locale, row, &field, value, currency),
            input: field.input,
            part: field.part,
            is_no: *value == Value::Bool(false),
            is_odd: field.own.as_ref().is_some_and(|own| !own.fits(value)),
            name: field.name,
        })
    };
    let fields = asked(row.kind, own).into_iter().filter(|field| !but.contains(&field.name.as_str()));
    fields.filter_map(fact).collect()
}

/// A phone number or address that can be pressed.
pub fn reach(name: &str, text: String) -> AnyView {
    let href = match name {
        _ if text.is_empty() => return ().into_any(),
        "phone" => format!("tel:{}", text.replace(char::is_whitespace, "")),
        "email" => format!("mailto:{text}"),
        _ => return text.into_any(),
    };
    view! { <a href=href>{text}</a> }.into_any()
}

/// What the head of an entry says besides its kind: the choices first, then dates and names.
fn head(locale: Locale, row: &RecordRow, currency: Currency) -> String {
    let all = facts(locale, row, &[], currency, &["customer", "at", "what", "title", "note", "result", "reason"]);
    let words = all.into_iter().filter(|fact| fact.input != Input::Long).map(|fact| {
        let is_plain =
            matches!(fact.input, Input::Choice(_) | Input::Number { .. } | Input::Lines | Input::Link(_) | Input::Person);
        if is_plain { fact.words } else { format!("{} {}", fact.label, fact.words) }
    });
    let version = row.values.iter().find_map(|(name, value)| match value {
        Value::Int(n) if name == "version" => Some(fill(locale.word("quote_version"), &[("n", &locale.int(*n))])),
        _ => None,
    });
    version.into_iter().chain(words).collect::<Vec<_>>().join(" · ")
}

fn mark(kind: Kind) -> Icon {
    match kind {
        Kind::Promise => Icon::Check,
        Kind::Case => Icon::Warning,
        Kind::Need => Icon::Target,
        Kind::Quote => Icon::Table,
        _ => Icon::Note,
    }
}

/// One entry of a timeline; a press opens its form.
#[component]
pub fn RecordItem(row: RecordRow) -> impl IntoView {
    let app = use_app();
    let forms = use_forms();
    let currency = use_currency();
    let kind = row.kind;
    let at = row.at;
    let row = StoredValue::new(row);
    let about = move || row.with_value(|row| head(app.locale.get(), row, currency.get()));
    let long = move || {
        let locale = app.locale.get();
        let parts = row.with_value(|row| {
            let all = facts(locale, row, &[], currency.get(), &[]);
            let title = (!row.title.is_empty()).then(|| row.title.clone());
            // The title of an interaction is its note: said once.
            let rest = all
                .into_iter()
                .filter(|fact| ["note", "reason", "result"].contains(&fact.name.as_str()) && fact.words != row.title);
            title.into_iter().chain(rest.map(|fact| format!("{}{}{}", fact.label, locale.colon(), fact.words))).collect::<Vec<_>>()
        });
        parts.into_iter().map(|p| view! { <p class="event-note">{p}</p> }).collect_view()
    };
    let label = Signal::derive(move || app.locale.get().form_title(kind, false));
    let holds = move |name: &str, wanted: &str| {
        row.with_value(|row| row.values.iter().any(|(n, value)| n == name && *value == Value::from(wanted)))
    };
    // Won by hand it may still be without its order.
    let waits = |outcome: &&str| holds("outcome", outcome);
    let is_ordered = row.with_value(|row| row.values.iter().any(|(name, _)| name == RecordRow::ORDERED));
    let won = (kind == Kind::Quote && !is_ordered && ["open", "expired", "won"].iter().any(waits)).then(|| {
        let order = move || {
            let said = fill(app.locale.get_untracked().t().shell.done_added, &[("what", app.locale.get_untracked().t().customer.this_order)]);
            let quote = row.with_value(|row| row.id);
            app.run_command(Command::OrderOfQuote { quote, at: device::civil_now() }, said);
        };
        view! { <Button kind=ButtonKind::Quiet icon=Icon::Check on_click=order>{move || app.locale.get().word("quote_order")}</Button> }
    });
    view! {
        <li class=format!("event contact {}", kind.name())>
            <span class="event-mark">{icon(mark(kind))}</span>
            <div class="event-body">
                <p class="event-head">
                    <b>{move || app.locale.get().kind(kind)}</b>
                    <span class="quiet-text">{shared(about)}</span>
                </p>
                {dynamic(long)}
                {won}
            </div>
            <time class="quiet-text">{move || at.map(|at| app.locale.get().date_time(at))}</time>
            <IconButton icon=Icon::Edit label on_click=move || forms.open(Opened::edit(row.get_value())) />
        </li>
    }
}
