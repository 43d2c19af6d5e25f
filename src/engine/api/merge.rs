//! What the page sees of files that merge: the preview before, the report after.

use serde::{Deserialize, Serialize};

use crate::domain::{DeviceId, Id, Kind, Seq, Stamp};
pub use crate::sync::file::SyncError;

/// Conflicts in a preview or report at most; the total is told beside.
pub const MAX_CONFLICTS: usize = 500;
/// New records and changes of one kind shown as examples in a preview.
pub const MAX_EXAMPLES: usize = 5;

/// What committing a staged file would do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MergePreview {
    pub file: String,
    /// Who wrote it, and when by that device's clock (milliseconds since 1970 UTC).
    pub device: DeviceId,
    pub exported_at_ms: u64,
    /// False: only what its writer had not sent before.
    pub whole: bool,
    /// Kinds with records in the file, in the order of [`Kind::ALL`].
    pub kinds: Vec<(Kind, MergeTally)>,
    /// The first [`MAX_EXAMPLES`] new records of each kind, by name as far as the file tells it.
    pub first_new: Vec<(Kind, String)>,
    /// The first [`MAX_EXAMPLES`] fields of each kind that would take the file's value without a conflict.
    pub first_changes: Vec<Conflict>,
    pub conflicts: u64,
    /// The first [`MAX_CONFLICTS`] of them.
    pub first_conflicts: Vec<Conflict>,
    /// The file holds stamps so far ahead (milliseconds) that a clock must be wrong.
    pub clock_ahead_ms: Option<u64>,
    /// Everything in the file is known here: committing it changes nothing.
    pub nothing_new: bool,
}

/// Records of one kind, each counted once. Records that arrive already deleted are counted nowhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergeTally {
    pub new: u64,
    /// Something that shows changes.
    pub updated: u64,
    /// Go to the trash.
    pub deleted: u64,
    /// Come back from the trash.
    pub restored: u64,
    pub unchanged: u64,
}

/// A field where book and file say different things; a true conflict only if both sides wrote it without knowing of
/// each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Conflict {
    pub kind: Kind,
    pub id: Id,
    /// The record's name.
    pub name: String,
    /// Name of the field in the schema.
    pub field: String,
    /// What the user calls it, if it is of their own and known here.
    pub label: String,
    /// Of the record's amounts, where it has a currency of its own; else empty.
    pub currency: String,
    pub ours: Shown,
    /// `None`: nobody had written it.
    pub ours_at: Option<Stamp>,
    /// This device wrote ours.
    pub ours_here: bool,
    pub theirs: Shown,
    pub theirs_at: Stamp,
    /// The file's value won.
    pub theirs_won: bool,
    /// Which of the two stands now; neither when it was written since.
    pub stands: Option<Side>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    Ours,
    Theirs,
}

/// A value of any field, to be shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    Nothing,
    Text(String),
    /// As it is stored: scaled, minor units, days or milliseconds.
    Number(f64),
    Bool(bool),
    Record {
        id: Id,
        name: String,
    },
    /// Lines of an order, and their total in minor units.
    Lines {
        lines: u32,
        total_minor: f64,
    },
    /// Free-form content, as JSON.
    Json(String),
}

/// What a merge did, read from the journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MergeReport {
    pub seq: Seq,
    pub file: String,
    pub device: DeviceId,
    pub exported_at_ms: u64,
    /// New records by kind, in the order of [`Kind::ALL`].
    pub fresh: Vec<(Kind, u64)>,
    /// Fields of known records that took the file's value.
    pub taken: u64,
    pub conflicts: u64,
    /// The first [`MAX_CONFLICTS`] of them.
    pub first_conflicts: Vec<Conflict>,
    pub undone: bool,
}

/// How much of the book goes into a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExportScope {
    #[default]
    Whole,
    /// The whole book too, but for nobody: what colleagues receive “since last time” builds on what was sent to them.
    Backup,
    /// What was written since this book was last exported here: for somebody who has read that file. The whole book
    /// where that is not known.
    SinceLastTime,
}

/// Why a file cannot be merged. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MergeError {
    /// It lies with the file.
    File(SyncError),
    /// It lies with the book.
    Book(super::CommandError),
}

impl From<SyncError> for MergeError {
    fn from(error: SyncError) -> Self {
        Self::File(error)
    }
}
