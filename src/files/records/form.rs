//! Columns of files that have no role of their own: every other field of the form, and the fields that the user made. They
//! follow from the table of forms, so a new field can be brought in and taken out at once.

use serde::{Deserialize, Serialize};

use super::targets::{Read, fields, kind_of};
use super::{LONG, MEDIUM, SHORT, number, read_cell};
use crate::domain::{
    Asked, Currency, Input, InvalidReason, Kind, MAX_E4, MAX_MINOR, OwnField, OwnInput, Value, asked, yes_no,
};
use crate::files::dates::{DateError, parse_date_time};
use crate::files::numbers::clean;
use crate::files::orders::{Mapping, RowReason, Target, normalise};

/// A field that a column can hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileField {
    pub of: Kind,
    /// Its name in the journal.
    pub name: String,
    /// Its definition, if the user made it.
    pub own: Option<OwnField>,
    /// What its columns are called; the first in the user's language.
    pub names: Vec<String>,
    /// What its choices are called: name of the choice, word.
    pub words: Vec<(String, String)>,
}

/// Whose form the rows of such a file fill; `None` for kinds without one.
#[must_use]
pub fn form_kind(target: Target) -> Option<Kind> {
    if target == Target::Orders { Some(Kind::Order) } else { kind_of(target) }
}

/// The fields of the form that no role stands for, in the order of the form.
#[must_use]
pub fn beyond_roles(target: Target, own: &[OwnField]) -> Vec<Asked> {
    let has_role = |name: &str| match target {
        Target::Orders => name == "note",
        _ => ["customer", "at"].contains(&name) || fields(target).iter().any(|field| field.field == name),
    };
    let all = form_kind(target).map(|kind| asked(kind, own)).unwrap_or_default();
    all.into_iter().filter(|field| !has_role(&field.name)).collect()
}

/// Reads a cell for such a field; `Null` for an empty one. `currency` is that of amounts. Links stay the text that they are: what it
/// leads to only the book knows.
///
/// # Errors
/// Why it cannot be read so.
pub fn read_field(field: &FileField, cell: &str, mapping: &Mapping, currency: Currency) -> Result<Value, RowReason> {
    let text = clean(cell);
    if text.is_empty() {
        return Ok(Value::Null);
    }
    if let Some(own) = &field.own {
        return read_own(own, text);
    }
    let Some(form) = field.of.form().and_then(|form| form.field(&field.name)) else {
        return Err(RowReason::NotAChoice);
    };
    let line = |limit| read_cell(Read::Text(limit), text, mapping);
    let within = |scale, range| number(text, mapping.decimal_sign, scale, range).map(Value::Int);
    match form.input {
        Input::Line(limit) => line(limit),
        Input::Long => line(LONG),
        Input::Phone | Input::Email | Input::Key | Input::Person => line(SHORT),
        Input::Link(_) => line(MEDIUM),
        Input::Money => within(currency.decimals(), -MAX_MINOR..=MAX_MINOR),
        Input::Price => within(4, 0..=MAX_E4),
        Input::Number { least, most } => within(0, least..=most),
        Input::Decimal | Input::Amount => within(4, -MAX_E4..=MAX_E4),
        Input::Time => moment(text, mapping).map(Value::Int),
        Input::Day => moment(text, mapping).map(|at| Value::Int(crate::domain::CivilTime(at).day().0.into())),
        Input::Date => read_cell(Read::Birthday, text, mapping),
        Input::Words => read_cell(Read::Tags, text, mapping),
        Input::YesNo => yes_no(text).map(Value::Bool).ok_or(RowReason::NotAChoice),
        Input::Choice(names) => {
            let said = normalise(text);
            let word = field.words.iter().find(|(_, word)| normalise(word) == said).map(|(name, _)| name.as_str());
            let name = word.or_else(|| names.iter().copied().find(|name| *name == text));
            name.map(Value::from).ok_or(RowReason::NotAChoice)
        }
        Input::Many(_) | Input::Tiers | Input::Lines => Err(RowReason::NotAChoice),
    }
}

/// Holds any words: a cell does not tell that it belongs there.
#[must_use]
pub fn is_written(field: &FileField) -> bool {
    match &field.own {
        Some(own) => matches!(own.input, OwnInput::Text | OwnInput::Link),
        None => {
            let input = field.of.form().and_then(|form| form.field(&field.name)).map(|form| form.input);
            matches!(
                input,
                Some(Input::Line(_) | Input::Long | Input::Key | Input::Person | Input::Link(_) | Input::Words)
            )
        }
    }
}

fn moment(text: &str, mapping: &Mapping) -> Result<i64, RowReason> {
    parse_date_time(text, mapping.date_order).map(|at| at.0).map_err(|e| match e {
        DateError::NotADate => RowReason::NotADate,
        DateError::NoSuchDate => RowReason::NoSuchDate,
        DateError::YearOutOfRange => RowReason::YearOutOfRange,
    })
}

fn read_own(field: &OwnField, text: &str) -> Result<Value, RowReason> {
    if field.input == OwnInput::Link {
        return Ok(text.into());
    }
    field.parse(text).map_err(|reason| match reason {
        InvalidReason::NotANumber => RowReason::NotANumber,
        InvalidReason::NotADate => RowReason::NotADate,
        InvalidReason::TooLong => RowReason::TooLong,
        InvalidReason::OutOfRange => RowReason::TooLarge,
        _ => RowReason::NotAChoice,
    })
}
