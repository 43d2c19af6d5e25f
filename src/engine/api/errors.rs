//! Why something was refused or failed.

use serde::{Deserialize, Serialize};

pub use crate::domain::InvalidReason;

/// Why a command was refused or failed. Nothing was changed in every case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CommandError {
    Invalid {
        problems: Vec<Invalid>,
    },
    /// The record is not there, or in the trash.
    NotFound,
    NotEmpty,
    NothingStaged,
    /// It was taken back before, or all that it changed was changed again since.
    NothingToUndo,
    /// There is an order of this quote, or of another version of it.
    OrderThere,
    /// The person stopped it.
    Cancelled,
    Store(StoreError),
    /// A part of the program could not be fetched.
    PartMissing,
    /// The worker stopped before it answered; whether the change was saved shows after the restart.
    WorkerLost,
}

/// One field that cannot be saved as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invalid {
    /// Name of the field in its draft.
    pub field: String,
    pub reason: InvalidReason,
}

/// What can go wrong between memory and disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StoreError {
    /// The browser refuses storage (private window, policy).
    Refused {
        detail: String,
    },
    /// No space left.
    Quota,
    /// The data was written by a newer Kith.
    Newer {
        found: u32,
        known: u32,
    },
    /// A block or entry does not read back.
    Corrupt {
        what: String,
    },
    /// The database was deleted, or is empty although this browser knows it was not.
    Gone,
    /// The journal ends earlier than this browser knows it to.
    Shorter {
        found: u64,
        known: u64,
    },
    Other {
        detail: String,
    },
}
