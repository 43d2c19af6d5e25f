//! How the fields of each kind of record are typed and judged: one table for forms, commands, lists, import and export.
//! What is not in it (prices of a file, undo marks) nobody types.

use serde::{Deserialize, Serialize};

mod check;
mod own;
mod table;

pub use check::{check_value, lines_fit, shape_of};
pub use own::{OwnField, OwnInput, yes_no};
use table::FORMS;
pub use table::{
    CASE_KINDS, CASE_STATUSES, CHANNELS, CHURN_REASONS, CUSTOM_INPUTS, CUSTOM_OF, CUSTOM_TARGETS, DIRECTIONS,
    NEED_LEVELS, PHASES, PROMISE_STATES, QUOTE_OUTCOMES, ROLES, STAGES, TALK_OUTCOMES,
};

use super::{Field, Kind};

/// Why a field cannot be saved as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvalidReason {
    Required,
    TooLong,
    NotADate,
    NotAnEmail,
    NotAPhone,
    NotANumber,
    OutOfRange,
    /// A choice that stays was called so before.
    EarlierName,
    /// Another record has this key.
    KeyTaken,
    /// Nothing of this name is in the book.
    Unknown,
    /// It would lead back to itself.
    Loop,
}

/// How a field is typed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Input {
    /// One line of at most so many characters.
    Line(usize),
    /// Several lines.
    Long,
    Phone,
    Email,
    /// A number of other systems, one of a kind.
    Key,
    /// Someone on the team, by name.
    Person,
    /// Minor units of the record's currency.
    Money,
    /// Ten-thousandths of a major unit of the record's currency or else the book's, not below zero.
    Price,
    Number {
        least: i64,
        most: i64,
    },
    /// Any number, in ten-thousandths.
    Decimal,
    /// Ten-thousandths of a major unit, also below zero.
    Amount,
    /// Civil milliseconds.
    Time,
    /// Days since 1970.
    Day,
    /// A [`PartialDate`]: a year is not needed, and it may be lunar.
    Date,
    /// One of a list, by name.
    Choice(&'static [&'static str]),
    /// Some of a list, by name.
    Many(&'static [&'static str]),
    /// Some of the tiers, by id.
    Tiers,
    /// Words of the user's own.
    Words,
    YesNo,
    Link(Kind),
    Lines,
}

/// One field of a form.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FormField {
    pub field: Field,
    pub input: Input,
    /// Which part of the form it stands in; the first is always open.
    pub part: Part,
    pub required: bool,
}

/// Parts of a form, each with a heading of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Main,
    /// What seldom matters.
    More,
    /// The fields that the user made.
    Own,
    /// To what the customer agreed.
    Consent,
    /// What moves the customer.
    Factors,
}

impl Part {
    pub const ALL: [Self; 5] = [Self::Main, Self::More, Self::Own, Self::Consent, Self::Factors];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::More => "more",
            Self::Own => "custom",
            Self::Consent => "consent",
            Self::Factors => "factors",
        }
    }
}

/// The form of a kind.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    pub kind: Kind,
    pub fields: &'static [FormField],
    /// At least one of these is filled.
    pub any_of: &'static [Field],
    /// The fields that name a record, the first that is filled counts.
    pub title: &'static [Field],
}

/// A field as a form asks for it: one of the table of forms, or one that the user made.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// Its name in the journal and in files.
    pub name: String,
    pub input: Input,
    pub part: Part,
    pub required: bool,
    pub own: Option<OwnField>,
}

/// All that a form of `kind` asks for. `own` may hold fields of other kinds too.
#[must_use]
pub fn asked(kind: Kind, own: &[OwnField]) -> Vec<Asked> {
    let known = kind.form().map(|form| form.fields).unwrap_or_default().iter().map(|field| Asked {
        name: field.name(kind).to_owned(),
        input: field.input,
        part: field.part,
        required: field.required,
        own: None,
    });
    let own = own.iter().filter(|field| field.of == kind).map(|field| Asked {
        name: field.field(),
        input: field.typed(),
        part: Part::Own,
        required: false,
        own: Some(field.clone()),
    });
    known.chain(own).collect()
}

/// The fields that many records can be given one value of: all but what tells them apart, and lists, which are added to.
#[must_use]
pub fn asked_of_many(kind: Kind, own: &[OwnField]) -> Vec<Asked> {
    let title = kind.form().map(|form| form.title).unwrap_or_default();
    let tells = |name: &str| kind.field(name).is_some_and(|field| title.contains(&field));
    let fits = |field: &Asked| !tells(&field.name) && !matches!(field.input, Input::Lines | Input::Words);
    asked(kind, own).into_iter().filter(fits).collect()
}

impl FormField {
    /// Its name in the journal and in files.
    #[must_use]
    pub fn name(&self, kind: Kind) -> &'static str {
        kind.fields().get(self.field.0 as usize).map_or("", |f| f.name)
    }
}

impl Kind {
    /// Its form; `None` for kinds that have one of their own or none at all.
    #[must_use]
    pub fn form(self) -> Option<&'static Form> {
        FORMS.iter().find(|form| form.kind == self)
    }
}

impl Form {
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&'static FormField> {
        let field = self.kind.field(name)?;
        self.fields.iter().find(|f| f.field == field)
    }
}
