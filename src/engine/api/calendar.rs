//! Days to remember, on their way into a calendar.

use serde::{Deserialize, Serialize};

use crate::domain::{Day, Id};
use crate::files::calendar::Repeat;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Occasion {
    Birthday,
    Wedding,
    /// A promise that is open is due.
    PromiseDue,
    /// An open quote ends.
    QuoteEnds,
}

impl Occasion {
    /// Its name in the ids of events. Never renamed.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Birthday => "birthday",
            Self::Wedding => "wedding",
            Self::PromiseDue => "due",
            Self::QuoteEnds => "ends",
        }
    }
}

/// One day, or one that comes round every year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarEntry {
    /// The customer, contact, promise or quote.
    pub record: Id,
    pub occasion: Occasion,
    pub day: Day,
    pub repeat: Repeat,
    /// Of a lunar date, whose days have no rule: which of its years.
    pub lunar_year: Option<i32>,
    /// Whose day it is.
    pub name: String,
    /// Of a contact, where they are; of a promise or a quote, what it is about.
    pub what: String,
    pub phone: String,
    /// The date as it is kept in the record, for birthdays and wedding days.
    pub date: String,
}

/// Some of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarPage {
    pub entries: Vec<CalendarEntry>,
    /// Where the next page begins; `None` after the last.
    pub next: Option<u32>,
    /// What the places of pages count up to.
    pub total: u32,
}
