//! Files that merge, seen from the book: a file as blocks of rows, what it would change, what it changed.
//!
//! The rows of a merge carry the stamps of whoever wrote them; they are never stamped anew. Beside them the journal
//! entry names a block with [`Merged`]: the file's vector, its commits, which records were new, and for every field that
//! took the file's value or lost against it both values. The undo and the report read it, so it stays for ever.

pub mod compare;
mod erased;
pub mod export;
pub mod incoming;
pub mod join;
pub mod report;

use crate::domain::{Class, DeviceId, Id, Kind, Stamp, Value};
use crate::sync::vector::Vector;

/// What a merge did beside the rows that it brought.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    /// Who wrote the file, and when by that device's clock, milliseconds since 1970 UTC.
    pub device: DeviceId,
    pub exported_at_ms: u64,
    /// All that the file's writer had seen.
    pub vector: Vector,
    /// The file's commits, by ascending stamp, each with the commit that it took back.
    pub commits: Vec<(Stamp, Class, Option<Stamp>)>,
    /// Records that were not here before.
    pub fresh: Vec<(Kind, Id)>,
    /// Fields of known records that took the file's value, and all conflicts.
    pub fields: Vec<MergedField>,
}

/// One field where file and book said different things.
#[derive(Clone, Debug, PartialEq)]
pub struct MergedField {
    pub kind: Kind,
    pub id: Id,
    pub field: String,
    pub ours: Value,
    /// `None`: nobody had written it.
    pub ours_at: Option<Stamp>,
    pub theirs: Value,
    pub theirs_at: Stamp,
    /// The file's value won.
    pub taken: bool,
    /// The winner's side did not know the loser's value.
    pub conflict: bool,
}
