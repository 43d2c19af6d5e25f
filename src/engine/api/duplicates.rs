//! Customers who may be one, and what becomes of them.

use serde::{Deserialize, Serialize};

use super::{CustomerRow, Shown};
pub use crate::analytics::duplicates::Reason;
use crate::domain::Id;

/// Customers merged at once, at most.
pub const MOST_MERGED: usize = 6;

/// Customers who may be one another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DuplicateGroup {
    pub customers: Vec<CustomerRow>,
    /// Of the closest two, 0–100.
    pub percent: u8,
    /// What speaks for it, the strongest first.
    pub reasons: Vec<Reason>,
}

/// The state of the scan and what it found, the most likely first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DuplicateList {
    /// Done and total while it runs; `None` when it is done or was not begun.
    pub progress: Option<(u64, u64)>,
    /// Customers that the finished scan saw; `None` before.
    pub scanned: Option<u64>,
    /// Groups in all.
    pub total: u64,
    pub groups: Vec<DuplicateGroup>,
}

/// A customer of the book who may be the one that is being typed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Similar {
    pub customer: CustomerRow,
    pub percent: u8,
    pub reasons: Vec<Reason>,
}

/// Which value a field takes in a merge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pick {
    From(Id),
    /// Tags and notes of all.
    Both,
}

/// Side by side, what several customers say of one field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MergeField {
    pub field: String,
    /// What the user calls it, if it is of their own.
    pub label: String,
    /// One per customer, in the order of [`MergeChoices::customers`].
    pub values: Vec<Shown>,
    /// They do not say the same.
    pub differs: bool,
    /// What it takes unless somebody chooses otherwise; `None`: of all.
    pub usual: Option<Id>,
    /// Whether the values can be put together.
    pub joins: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MergeChoices {
    /// With the one first who should stay: who has bought most, then who was there first.
    pub customers: Vec<CustomerRow>,
    /// Orders, contacts, answers and all else that refers to each.
    pub links: Vec<u64>,
    pub fields: Vec<MergeField>,
}

/// A new customer of a file who may be known already.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportTwin {
    /// As the file calls them.
    pub name: String,
    /// Who they may be.
    pub other: String,
    /// The other one in the book; `None`: that one is in the file too.
    pub known: Option<Id>,
    pub reasons: Vec<Reason>,
}
