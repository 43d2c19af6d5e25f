//! A staged file, before it comes in: views.

use serde::{Deserialize, Serialize};

use super::{ImportTwin, Shown};

/// What a staged file would do to the book.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct StagedImport {
    pub file: String,
    pub customers: Tally,
    pub products: Tally,
    pub orders: Tally,
    pub responses: Tally,
    pub interactions: Tally,
    /// Fields in which the file says something new of what a person typed meanwhile: the first [`MAX_CONFLICTS`], and how many
    /// in all.
    pub conflicts: Vec<ImportConflict>,
    pub conflicts_total: u64,
    /// Rows that could not be read.
    pub errors: u64,
    /// Answers that belong to nobody in the book: left out, the first 10,000 by row; and how many in all.
    pub left_out: Vec<crate::files::orders::RowError>,
    pub left_out_total: u64,
    /// Answers about an order or product that the book does not know: kept without it; the first 10,000, and how many in all.
    pub unlinked: Vec<crate::files::orders::RowError>,
    pub unlinked_total: u64,
    /// New customers who may be known already under another number, the first 20; and how many in all.
    #[serde(default)]
    pub twins: Vec<ImportTwin>,
    #[serde(default)]
    pub twins_total: u64,
    /// The numbers seem to be those of another system.
    #[serde(default)]
    pub clash: Option<ImportClash>,
}

/// Numbers of a file that the book has from the same source, and that mean other orders there, of quite other days, or other
/// customers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportClash {
    /// The system that the file was said to come from.
    pub source: String,
    pub known: u64,
    pub different: u64,
    /// One of them, and what it means.
    pub number: String,
    pub meant: Meant,
}

/// What a number means here and in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Meant {
    Nothing,
    /// When the order was.
    Days(crate::domain::Day, crate::domain::Day),
    /// What the customer is called.
    Names(String, String),
}

/// One field that a file and a person have different words for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportConflict {
    pub kind: crate::domain::Kind,
    /// The record's name.
    pub name: String,
    /// Name of the field in the schema.
    pub field: String,
    /// What the user calls it, if it is of their own.
    pub label: String,
    /// What stands there.
    pub typed: Shown,
    /// What the file says.
    pub file: Shown,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    pub new: u64,
    pub updated: u64,
    pub unchanged: u64,
}
