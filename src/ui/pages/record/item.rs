//! How a record looks in timelines and lists.

use crate::ui::prelude::*;

use super::{Opened, use_forms};
use crate::domain::{CivilTime, Currency, Day, Id, Input, Kind, PartialDate, Value};
use crate::engine::api::RecordRow;
use crate::locale::Locale;
use crate::ui::app::{use_app, use_currency};
use crate::ui::components::{Icon, IconButton, icon};
use crate::ui::format::Format;

/// A value in words.
pub fn value_words(locale: Locale, row: &RecordRow, name: &str, value: &Value, currency: Currency) -> String {
    let input = row.kind.form().and_then(|form| form.field(name)).map(|f| f.input);
    let title = |id: Id| row.names.iter().find(|(known, _)| *known == id).map(|(_, title)| title.clone());
    match (input, value) {
        (Some(Input::Money), Value::Int(n)) => locale.money(*n, currency),
        (Some(Input::Price), Value::Int(n)) => locale.price(*n, currency),
        (Some(Input::Time), Value::Int(n)) => locale.date_time(CivilTime(*n)),
        (Some(Input::Day), Value::Int(n)) => i32::try_from(*n).map(|n| locale.date(Day(n))).unwrap_or_default(),
        (Some(Input::Date), Value::Text(text)) => {
            PartialDate::parse(text).map_or_else(|| text.clone(), |date| locale.partial_date(date))
        }
        (Some(Input::Choice(_)), Value::Text(choice)) => locale.choice(row.kind, name, choice),
        (Some(Input::Lines), Value::Lines(lines)) => {
            let total = lines.iter().map(|l| l.total_minor).fold(0i64, i64::saturating_add);
            locale.money(total, currency)
        }
        (_, Value::Ref(id)) => title(*id).unwrap_or_default(),
        (_, Value::Bool(b)) => locale.word(if *b { "form_yes" } else { "form_no" }).to_owned(),
        (Some(Input::Number { least: 0.., most: ..=9 }), Value::Int(n)) => locale.choice(row.kind, name, &n.to_string()),
        (_, Value::Int(n)) => locale.int(*n),
        (_, Value::Text(text)) => text.clone(),
        (_, Value::Json(json)) => {
            let words = json.as_array().into_iter().flatten().filter_map(|w| w.as_str());
            words.collect::<Vec<_>>().join(locale.comma())
        }
        _ => String::new(),
    }
}

/// Name and value of each known field but those in `but`, in words.
pub fn facts(locale: Locale, row: &RecordRow, currency: Currency, but: &[&str]) -> Vec<(&'static str, &'static str, String)> {
    let fact = |field: &crate::domain::FormField| {
        let name = field.name(row.kind);
        let (_, value) = row.values.iter().find(|(n, _)| n == name)?;
        Some((name, locale.label(row.kind, name), value_words(locale, row, name, value, currency)))
    };
    let fields = row.kind.form().map(|form| form.fields).unwrap_or_default();
    fields.iter().filter_map(fact).filter(|(name, ..)| !but.contains(name)).collect()
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
    let is_long = |name: &str| {
        row.kind.form().and_then(|form| form.field(name)).is_some_and(|f| f.input == Input::Long)
    };
    let all = facts(locale, row, currency, &["customer", "at", "what", "title", "note", "result", "reason"]);
    let words = all.into_iter().filter(|(name, ..)| !is_long(name)).map(|(name, label, value)| {
        let is_plain = matches!(
            row.kind.form().and_then(|form| form.field(name)).map(|f| f.input),
            Some(Input::Choice(_) | Input::Number { .. } | Input::Lines | Input::Link(_) | Input::Person)
        );
        if is_plain { value } else { format!("{label} {value}") }
    });
    words.collect::<Vec<_>>().join(" · ")
}

fn mark(kind: Kind) -> Icon {
    match kind {
        Kind::Promise => Icon::Check,
        Kind::Case => Icon::Warning,
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
            let all = facts(locale, row, currency.get(), &[]);
            let title = (!row.title.is_empty()).then(|| row.title.clone());
            let rest = all.into_iter().filter(|(name, ..)| ["note", "reason", "result"].contains(name));
            title.into_iter().chain(rest.map(|(_, label, value)| format!("{label}{}{value}", locale.colon()))).collect::<Vec<_>>()
        });
        parts.into_iter().map(|p| view! { <p class="event-note">{p}</p> }).collect_view()
    };
    let label = Signal::derive(move || app.locale.get().form_title(kind, false));
    view! {
        <li class=format!("event contact {}", kind.name())>
            <span class="event-mark">{icon(mark(kind))}</span>
            <div class="event-body">
                <p class="event-head">
                    <b>{move || app.locale.get().kind(kind)}</b>
                    <span class="quiet-text">{shared(about)}</span>
                </p>
                {dynamic(long)}
            </div>
            <time class="quiet-text">{move || at.map(|at| app.locale.get().date_time(at))}</time>
            <IconButton icon=Icon::Edit label on_click=move || forms.open(Opened::edit(row.get_value())) />
        </li>
    }
}
