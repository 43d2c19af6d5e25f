//! Files whose every row is one record: customers, products, interactions. One table says which columns there are, what
//! they are called, how a cell is read and which field it goes to.

mod form;
mod targets;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::dates::{DateError, parse_date_time};
use super::numbers::{NumberError, clean, parse_decimal};
use super::orders::{DateOrder, DecimalSign, Mapping, Role, RowReason, Target, are_numbers, normalise};
use crate::domain::text::same_name;
use crate::domain::{Kind, MAX_E4, PartialDate, Value};
pub use form::{FileField, beyond_roles, form_kind, is_written, read_field};
pub use targets::{Read, TargetField, fields, kind_of, needs};

/// Records read from a file, each once.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ParsedRecords {
    /// `None`: the file holds something else.
    pub kind: Option<Kind>,
    pub records: Vec<ParsedRecord>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ParsedRecord {
    /// Where it stands in the file, as a spreadsheet counts.
    pub row: u64,
    /// Identifies the record within its source: its number, or else what it is about.
    pub key: String,
    /// The key is a number of its own, and not made from what the record says.
    pub numbered: bool,
    /// Number, phone, email or name of the customer whom it is about, for kinds that are about one.
    pub customer: String,
    /// Fields by name, those that the row says something about.
    pub fields: Vec<(String, Value)>,
}

impl ParsedRecord {
    /// What it is called; empty where it does not say.
    #[must_use]
    pub fn name(&self) -> &str {
        let name = self.fields.iter().find(|(field, _)| field == "name");
        if let Some((_, Value::Text(name))) = name { name } else { "" }
    }

    /// The key of a customer whose own is that of somebody else, with whom they share a phone.
    #[must_use]
    pub fn key_by_name(&self) -> String {
        format!("{}\u{1f}{}", self.key, self.name())
    }
}

/// Longest texts, in characters, as in the forms.
pub const SHORT: usize = 200;
pub const MEDIUM: usize = 500;
pub const LONG: usize = 10_000;

/// Reads a cell for a field; `Null` for an empty one.
///
/// # Errors
/// Why it cannot be read so.
pub fn read_cell(read: Read, cell: &str, mapping: &Mapping) -> Result<Value, RowReason> {
    let text = clean(cell);
    if text.is_empty() {
        return Ok(Value::Null);
    }
    match read {
        Read::Text(limit) => {
            if text.chars().count() > limit {
                return Err(RowReason::TooLong);
            }
            // Line breaks as the forms have them.
            Ok(Value::from(text.replace("\r\n", "\n").replace('\r', "\n")))
        }
        Read::Price => number(text, mapping.decimal_sign, 4, 0..=MAX_E4).map(Value::Int),
        Read::Mood => number(text, mapping.decimal_sign, 0, 1..=5).map(Value::Int),
        Read::Birthday => birthday(text, mapping.date_order).map(Value::from),
        Read::Tags => {
            let mut tags: Vec<&str> = Vec::new();
            for tag in text.split([',', ';', '，', '；', '、', '|', '\n']).map(clean).filter(|t| !t.is_empty()) {
                if !tags.contains(&tag) {
                    tags.push(tag);
                }
            }
            let fits = tags.len() <= 50 && tags.iter().all(|t| t.chars().count() <= SHORT);
            if fits { Ok(Value::Json(tags.into())) } else { Err(RowReason::TooLong) }
        }
        Read::Choice(words) => {
            let said = normalise(text);
            let found = words.iter().find(|(_, names)| names.split_ascii_whitespace().any(|name| name == said));
            Ok(found
                .map_or(Value::from(words.last().map_or("", |(value, _)| *value)), |(value, _)| Value::from(*value)))
        }
    }
}

fn number(text: &str, sign: DecimalSign, scale: u32, range: std::ops::RangeInclusive<i64>) -> Result<i64, RowReason> {
    let value = parse_decimal(text, sign, scale).map_err(|e| match e {
        NumberError::NotANumber => RowReason::NotANumber,
        NumberError::TooLarge => RowReason::TooLarge,
    })?;
    if range.contains(&value) { Ok(value) } else { Err(RowReason::ScoreOutOfRange) }
}

/// `1988-05-20`, or `--05-20` where no year is given, from any habit of writing either; lunar dates as they stay.
///
/// # Errors
/// As dates of orders.
pub fn birthday(text: &str, order: DateOrder) -> Result<String, RowReason> {
    if let Some(date) = PartialDate::parse(text).filter(|date| date.lunar) {
        return Ok(date.to_string());
    }
    if let Some((month, day)) = without_year(text, order) {
        // 29 February stands without a year too: 2000 had one.
        return match crate::domain::Day::from_ymd(2000, month, day) {
            Some(_) => Ok(format!("--{month:02}-{day:02}")),
            None => Err(RowReason::NoSuchDate),
        };
    }
    let at = parse_date_time(text, order).map_err(|e| match e {
        DateError::NotADate => RowReason::NotADate,
        DateError::NoSuchDate => RowReason::NoSuchDate,
        DateError::YearOutOfRange => RowReason::YearOutOfRange,
    })?;
    Ok(at.naive().date().to_string())
}

/// `--05-20`, `--0520`, `05-20`, `5/20`, `5月20日`: month and day.
fn without_year(text: &str, order: DateOrder) -> Option<(u32, u32)> {
    let numbers: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).collect();
    let rest = text.strip_prefix("--");
    match (rest, numbers.as_slice()) {
        (Some(_), [both]) if both.len() == 4 => Some((both.get(..2)?.parse().ok()?, both.get(2..)?.parse().ok()?)),
        (_, [first, second]) if first.len() <= 2 && second.len() <= 2 && !text.contains([':', '年', '.']) => {
            let (first, second): (u32, u32) = (first.parse().ok()?, second.parse().ok()?);
            let ordered = rest.is_none() && !text.contains('月');
            // No month is beyond 12, whatever the order of the column.
            let day_first = ordered && (order == DateOrder::DayMonthYear && second <= 12 || first > 12);
            Some(if day_first { (second, first) } else { (first, second) })
        }
        _ => None,
    }
}

/// Records as they are read, each key once.
#[derive(Clone, Debug, Default)]
pub(super) struct Gathered {
    all: Vec<ParsedRecord>,
    places: FxHashMap<String, usize>,
}

impl Gathered {
    /// Keeps a record. A number stands once in a file; records without one that say different things of the same are told apart
    /// by their order in it, except customers and products, which are one each.
    pub fn take(&mut self, kind: Kind, mut record: ParsedRecord) -> Result<(), RowReason> {
        let stem = record.key.clone();
        let other = |before: &ParsedRecord| !same_name(before.name(), record.name());
        if kind == Kind::Customer && !record.numbered && self.before(&record.key).is_some_and(other) {
            // A family with one phone.
            record.key = record.key_by_name();
        }
        let mut nth = 1u32;
        while let Some(before) = self.before(&record.key) {
            let same = before.fields == record.fields;
            if record.numbered || same || kind != Kind::Interaction {
                return Err(RowReason::Duplicate);
            }
            nth += 1;
            record.key = format!("{stem}\u{1f}{nth}");
        }
        self.places.insert(record.key.clone(), self.all.len());
        self.all.push(record);
        Ok(())
    }

    fn before(&self, key: &str) -> Option<&ParsedRecord> {
        self.places.get(key).and_then(|&at| self.all.get(at))
    }

    pub fn finish(self, target: Target) -> ParsedRecords {
        ParsedRecords { kind: kind_of(target), records: self.all }
    }
}

/// What the rows of a file are, by its columns alone.
pub(super) fn guess_target(header: &[String], as_orders: &[Role]) -> Option<Target> {
    let has = |roles: &[Role]| roles.iter().any(|role| as_orders.contains(role));
    let names: Vec<String> = header.iter().map(|h| normalise(h)).collect();
    let calls = |target: Target, roles: &[Role]| {
        let words =
            fields(target).iter().filter(|f| roles.contains(&f.role)).flat_map(|f| f.names.split_ascii_whitespace());
        words.into_iter().any(|word| names.iter().any(|name| name == word))
    };
    let who = has(&[Role::CustomerKey, Role::CustomerName, Role::Phone, Role::Email, Role::Company]);
    let date = has(&[Role::OrderDate]);
    let sold = has(&[Role::Quantity, Role::LineTotal]) || has(&[Role::UnitPrice]) && date;
    let talk = calls(Target::Interactions, &[Role::Direction, Role::Mood, Role::InteractionKey]);
    let product = has(&[Role::ProductKey, Role::ProductName])
        || calls(Target::Products, &[Role::ProductKey, Role::ProductName]) && has(&[Role::UnitPrice, Role::UnitCost]);
    // A list of products with what was sold or is left of each: orders have a day, a customer or a number.
    let listed = !who && !date && !has(&[Role::OrderNumber]);
    // What a contact cost is a number that may look like a total; it sold nothing.
    let only_talk = talk && !has(&[Role::Quantity, Role::UnitPrice, Role::OrderNumber]);
    if product && listed {
        Some(Target::Products)
    } else if date && who && only_talk {
        Some(Target::Interactions)
    } else if sold {
        None
    } else if date && who && (talk || has(&[Role::Note]) && has(&[Role::Channel])) {
        Some(Target::Interactions)
    } else if product && !has(&[Role::CustomerKey, Role::Phone, Role::Email]) && !date {
        Some(Target::Products)
    } else if who && (!date || calls(Target::Customers, &[Role::Birthday])) {
        Some(Target::Customers)
    } else {
        None
    }
}

/// Roles of the columns of a file of records; what their own names leave open is taken from the guess for orders.
pub(super) fn guess_roles(target: Target, header: &[String], rows: &[Vec<String>], as_orders: &[Role]) -> Vec<Role> {
    let names: Vec<String> = header.iter().map(|h| normalise(h)).collect();
    let mut roles = vec![Role::Ignore; header.len()];
    for field in fields(target) {
        let numeric = matches!(field.read, Some(Read::Price | Read::Mood));
        let fits = |column: usize| !numeric || are_numbers(column, rows);
        let ranked = names.iter().enumerate().filter_map(|(column, name)| {
            let rank = field.names.split_ascii_whitespace().position(|word| word == name)?;
            (roles.get(column) == Some(&Role::Ignore) && fits(column)).then_some((rank, column))
        });
        if let Some(slot) = ranked.min().and_then(|(_, column)| roles.get_mut(column)) {
            *slot = field.role;
        }
    }
    for (column, role) in as_orders.iter().enumerate() {
        if role.is_of(target)
            && !roles.contains(role)
            && let Some(slot) = roles.get_mut(column).filter(|slot| **slot == Role::Ignore)
        {
            *slot = *role;
        }
    }
    roles
}

#[cfg(test)]
mod tests;
