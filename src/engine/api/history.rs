//! What happened to one record (SPEC R5).

use serde::{Deserialize, Serialize};

use crate::domain::{Id, Kind, Origin, Seq, Stamp, Value};

/// Everything that is known to have happened to one record, newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecordHistory {
    pub kind: Kind,
    pub id: Id,
    /// What a person knows it by.
    pub name: String,
    /// Of the record's amounts, where it has a currency of its own; else empty.
    pub currency: String,
    pub steps: Vec<HistoryStep>,
    /// Titles of the records that the values refer to.
    pub names: Vec<(Id, String)>,
    /// False where older steps were not asked for.
    pub complete: bool,
}

/// One commit, as far as it is about the record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HistoryStep {
    /// The journal entry that brought it here.
    pub seq: Seq,
    /// When and by which device it was written: of a merge the colleague's own stamp.
    pub stamp: Stamp,
    pub origin: Origin,
    /// Records that the commit touched in all.
    pub records: u64,
    pub own_device: bool,
    /// Taken back since.
    pub undone: bool,
    /// It made the record.
    pub made: bool,
    pub fields: Vec<HistoryField>,
}

/// One field that a commit wrote. Free-form content that is no list of words comes as text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HistoryField {
    /// Name of the field in the schema.
    pub field: String,
    pub was: Value,
    pub now: Value,
    /// False for the value of a merged file that lost against ours.
    pub taken: bool,
    /// The value that can be brought back: `was`, or of a value that lost `now`. False where it stands anyway.
    pub back: bool,
}

impl HistoryField {
    /// The value that [`super::Command::RestoreValue`] brings back.
    #[must_use]
    pub fn earlier(&self) -> &Value {
        if self.taken { &self.was } else { &self.now }
    }
}
