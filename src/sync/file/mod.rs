//! The file that merges: JSON, documented by `public/kith-file-1.schema.json`, written in parts and read record by record, so
//! that no string ever holds it all.
//!
//! ```json
//! {"kith":{"format":"kith","major":1,"minor":0,"device":"…","exported_at":"…","scope":"whole","vector":{…},"counts":{…}},
//! "commits":[
//! {"stamp":"…","class":"import"}],
//! "records":{
//! "customer":[
//! {"id":"…","at":0,"f":{"name":"Ann","source":"shop"}}]}}
//! ```
//!
//! The header comes first and says what depends on the device. Everything after it is sorted and written in one way only,
//! so equal books give equal bytes. A reader keeps fields that it does not know, refuses a newer major version
//! before it looks at anything else, and takes the whole file or nothing.

mod guard;
mod meter;
pub mod v1;

use std::collections::BTreeMap;
use std::io;

use serde::{Deserialize, Serialize};

use super::vector::Vector;
use crate::domain::{Class, DeviceId, Id, Kind, Stamp, Value};

pub use v1::read::read;
pub use v1::write::Writer;

/// Name of the format, first thing in every file.
pub const FORMAT: &str = "kith";
/// The major version written today. A reader refuses any later one.
pub const MAJOR: u32 = 1;
/// The minor version written today. A reader takes any later one and keeps the fields that it does not know.
pub const MINOR: u32 = 1;

/// What the file says about itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Header {
    pub minor: u32,
    /// Who wrote the file.
    pub device: DeviceId,
    /// By the clock of that device, milliseconds since 1970 UTC.
    pub exported_at_ms: u64,
    pub scope: Scope,
    /// All commits that its writer had seen.
    pub vector: Vector,
    /// Records in the file, by kind.
    pub counts: BTreeMap<Kind, u64>,
}

/// How much of a book is in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    Whole,
    /// Only what the holder of this vector has not seen.
    Since(Vector),
}

/// A commit that the file's fields refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CommitLine {
    pub stamp: Stamp,
    pub class: Class,
    /// Of an undo: place of the commit that it took back, earlier in the list.
    pub undoes: Option<u32>,
}

/// A record as it travels. Commits by their place in the file's list.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    pub kind: Kind,
    pub id: Id,
    /// The commit that made it.
    pub at: u32,
    pub fields: Vec<FieldLine>,
}

/// One field that somebody wrote at some time.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldLine {
    pub name: String,
    pub value: Value,
    /// The commit that wrote it last.
    pub commit: u32,
    /// What an order file last said here, and in which commit, where something else wrote since.
    pub word: Option<(u32, Value)>,
}

/// Takes in what a file holds, in its order. Nothing may be kept of it if reading fails later.
pub trait Sink {
    /// # Errors
    /// Ends the reading with this error.
    fn header(&mut self, header: Header) -> Result<(), SyncError>;
    /// # Errors
    /// Ends the reading with this error.
    fn commit(&mut self, commit: CommitLine) -> Result<(), SyncError>;
    /// # Errors
    /// Ends the reading with this error.
    fn record(&mut self, record: Record) -> Result<(), SyncError>;
}

/// Why a file is refused. Nothing was changed in any case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SyncError {
    /// Not a file that Kith wrote.
    NotKith,
    /// Written by a newer Kith: a later major version, or a later minor one with kinds of record unheard of (then both
    /// numbers are the same).
    Newer { major: u32, known: u32 },
    /// Part of a book that builds on something not yet read here: the writer's changes up to `needs_ms` (by its clock,
    /// milliseconds since 1970 UTC), of which those up to `has_ms` are here.
    BaseMissing { device: DeviceId, needs_ms: u64, has_ms: Option<u64> },
    /// Damaged or edited by hand: at this byte, or shortly before.
    Corrupt {
        offset: u64,
        /// Id of the record, or what else it was about.
        within: String,
        what: String,
    },
    /// Larger than any book is.
    TooLarge { offset: u64, what: String },
    /// The browser or the disk does not hand out the bytes.
    Unreadable { detail: String },
    /// The person stopped it.
    Cancelled,
    /// The reader was lost.
    Stopped,
}

impl From<io::Error> for SyncError {
    fn from(error: io::Error) -> Self {
        Self::Unreadable { detail: error.to_string() }
    }
}

/// Free-form content as JSON, for fields without a shape of their own.
#[must_use]
pub fn as_json(value: &Value) -> serde_json::Value {
    match value {
        Value::Null => serde_json::Value::Null,
        Value::Text(text) => text.as_str().into(),
        Value::Int(n) => (*n).into(),
        Value::Bool(b) => (*b).into(),
        Value::Ref(id) => id.to_string().into(),
        Value::Lines(lines) => lines.iter().map(v1::line_json).collect(),
        Value::Json(json) => json.clone(),
    }
}
