//! The change set: the only thing that alters the data, the unit of the journal, of undo and of exchange.

use serde::{Deserialize, Serialize};

use super::{Id, Kind, Stamp, Value};

/// Number of a journal entry, counted from 1 without gaps.
pub type Seq = u64;

/// One field of one record set to a value. Fields go by name so that an entry outlives the table layout.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    pub kind: Kind,
    pub id: Id,
    pub field: String,
    pub value: Value,
    /// What stood there before: for undo and history.
    #[serde(default = "null", skip_serializing_if = "is_null")]
    pub was: Value,
}

fn null() -> Value {
    Value::Null
}

fn is_null(value: &Value) -> bool {
    *value == Value::Null
}

/// Why a change set was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// A person edited `what` on this device.
    Hand {
        what: Action,
    },
    /// Rows of a file. `source` names the system it came from, `file` the file.
    Import {
        source: String,
        file: String,
        rows: u32,
    },
    Demo,
    /// Demo data or the whole book cleared.
    Clear,
    /// Takes back the change set with this stamp.
    Undo {
        of: Stamp,
    },
    Merge {
        file: String,
    },
}

/// What a person did, for the undo toast and the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    Add(Kind),
    Edit(Kind),
    Delete(Kind),
    Restore(Kind),
}

/// What one commit does: small changes by name, large ones in blocks (see `engine::blocks`). All carry one stamp.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChangeSet {
    pub stamp: Stamp,
    pub origin: Origin,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    /// Blocks whose rows this commit brings, in the order in which they apply, before `changes`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<String>,
}
