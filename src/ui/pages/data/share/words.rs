//! Values of fields as people read them.

use serde_json::Value as Json;

use crate::domain::{
    CivilTime, Currency, Day, DeviceId, Input, InteractionChannel, InteractionDraft, Kind, OrderKind, PartialDate, Stamp,
};
use crate::engine::api::{Conflict, Shown};
use crate::locale::{Locale, plural};
use crate::ui::format::Format;

/// A moment of this device's clock, milliseconds since 1970 UTC.
pub fn moment(locale: Locale, ms: u64) -> String {
    locale.stamp(Stamp { time: ms << 16, device: DeviceId(0) })
}

/// The kind, the name of the record and the field, for a heading: “Customer”, “Ann”, “Phone”.
pub fn subject(locale: Locale, of: &Conflict) -> (&'static str, String, String) {
    match of.kind {
        Kind::Setting => (locale.t().shell.settings, locale.setting(&of.name).to_owned(), String::new()),
        kind => (locale.kind(kind), named(locale, &of.name), locale.field_called(kind, &of.field, &of.label)),
    }
}

pub fn named(locale: Locale, name: &str) -> String {
    if name.is_empty() { locale.t().share.no_name.to_owned() } else { name.to_owned() }
}

/// Of which field a value is.
#[derive(Clone, Copy)]
pub struct Of<'a> {
    pub kind: Kind,
    /// The record's, or that of a setting.
    pub name: &'a str,
    pub field: &'a str,
}

/// One of the two values of `of`; `currency` is the book's own.
pub fn value(locale: Locale, of: &Conflict, shown: &Shown, currency: Currency) -> String {
    let field = Of { kind: of.kind, name: &of.name, field: &of.field };
    value_of(locale, field, shown, Currency::parse(&of.currency).unwrap_or(currency))
}

/// A value of a field; `currency` is that of its amounts.
pub fn value_of(locale: Locale, of: Of, shown: &Shown, currency: Currency) -> String {
    let t = &locale.t().share;
    if let Some(words) = as_typed(locale, of, shown) {
        return words;
    }
    match shown {
        // A record that was never deleted is not in the trash.
        Shown::Nothing if of.field == "deleted" => t.no.to_owned(),
        Shown::Nothing => t.nothing.to_owned(),
        Shown::Text(text) => word(locale, of, text).unwrap_or_else(|| text.clone()),
        Shown::Number(n) => number(locale, of.field, *n, currency),
        Shown::Bool(yes) => if *yes { t.yes } else { t.no }.to_owned(),
        Shown::Record { name, .. } => named(locale, name),
        Shown::Lines { lines, total_minor } => {
            let money = locale.money(*total_minor as i64, currency);
            plural(t.n_lines, u64::from(*lines), &[("n", &locale.int(*lines)), ("money", &money)])
        }
        Shown::Json(text) => serde_json::from_str(text).map_or_else(
            |_| text.clone(),
            |json| setting(locale, if of.kind == Kind::Setting { of.name } else { of.field }, &json, currency),
        ),
    }
}

/// Days, times and choices as their form shows them.
fn as_typed(locale: Locale, of: Of, shown: &Shown) -> Option<String> {
    let input = of.kind.form()?.field(of.field)?.input;
    Some(match (input, shown) {
        (Input::Day, Shown::Number(n)) => locale.date(Day(*n as i32)),
        (Input::Time, Shown::Number(n)) => locale.date_time(CivilTime(*n as i64)),
        (Input::Date, Shown::Text(text)) => locale.partial_date(PartialDate::parse(text)?),
        (Input::Choice(_), Shown::Text(choice)) => locale.choice(of.kind, of.field, choice),
        _ => return None,
    })
}

/// Text that stands for one of a few things.
fn word(locale: Locale, of: Of, text: &str) -> Option<String> {
    let t = &locale.t().customer;
    Some(match (of.kind, of.field) {
        (Kind::Order, "kind") => locale.order_kind(OrderKind::from_name(text)?).to_owned(),
        (Kind::Interaction, "channel") => locale.channel(InteractionChannel::from_name(text)?).to_owned(),
        (Kind::Interaction, "direction") if text == InteractionDraft::INBOUND => t.they_contacted.to_owned(),
        (Kind::Interaction, "direction") => t.we_contacted.to_owned(),
        _ => return None,
    })
}

/// A number by the unit that its field's name tells.
fn number(locale: Locale, field: &str, n: f64, currency: Currency) -> String {
    let whole = n as i64;
    match field {
        "at" => locale.date_time(CivilTime(whole)),
        name if name.ends_with("_e4") => locale.price(whole, currency),
        name if name.ends_with("_minor") => locale.money(whole, currency),
        // Multiples of a rhythm, not shares.
        "multiples_bp" | "half_after_intervals_bp" | "half_at_purchases_bp" | "prior_weight_bp" => {
            locale.decimal(n / 10_000.0, 2)
        }
        name if name.ends_with("_bp") => locale.percent_bp(whole),
        _ => locale.decimal(n, 4),
    }
}

/// Free-form content: lists and settings, without their brackets.
fn setting(locale: Locale, field: &str, json: &Json, currency: Currency) -> String {
    let join = |parts: Vec<String>| parts.join(locale.comma());
    match json {
        Json::Null => locale.t().share.nothing.to_owned(),
        Json::Bool(yes) => if *yes { locale.t().share.yes } else { locale.t().share.no }.to_owned(),
        Json::Number(n) => number(locale, field, n.as_f64().unwrap_or_default(), currency),
        Json::String(text) => text.clone(),
        Json::Array(items) => join(items.iter().map(|item| setting(locale, field, item, currency)).collect()),
        Json::Object(fields) if fields.contains_key("name_zh") => {
            let name = if locale.tag() == "en" { "name_en" } else { "name_zh" };
            let part = |name: &str| fields.get(name).map(|v| setting(locale, name, v, currency)).unwrap_or_default();
            format!("{} {}", part(name), part("top_by_present_bp"))
        }
        Json::Object(fields) => {
            let part = |(name, value): (&String, &Json)| {
                format!("{} {}", label(locale, name), setting(locale, name, value, currency))
            };
            join(fields.iter().map(part).collect())
        }
    }
}

/// The name of a part of a setting, as the settings page calls it.
fn label(locale: Locale, name: &str) -> &str {
    let t = &locale.t().settings;
    match name {
        "bins" => t.rfm_bins,
        "profit_cut_e4" => t.profit_cut,
        "loyalty_cut_bp" => t.loyalty_cut,
        "multiples_bp" => t.multiples,
        "fixed_days" => t.fixed_days,
        "min_purchases" => t.min_purchases,
        "floor_days" => t.floor_days,
        "half_life_days" => t.half_life,
        "min_answers" => t.min_answers,
        other => other,
    }
}
