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
    /// Records erased for good. What was known of them is taken out of the journal too, so this cannot be taken back.
    Erase,
}

/// Of which kind a commit was; decides what a re-import may overwrite and what an undo or a clearing takes away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Class {
    Hand = 0,
    Import = 1,
    Demo = 2,
    Clear = 3,
    Undo = 4,
    Merge = 5,
}

impl Class {
    pub const ALL: [Self; 6] = [Self::Hand, Self::Import, Self::Demo, Self::Clear, Self::Undo, Self::Merge];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Hand => "hand",
            Self::Import => "import",
            Self::Demo => "demo",
            Self::Clear => "clear",
            Self::Undo => "undo",
            Self::Merge => "merge",
        }
    }

    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.name() == name)
    }

    #[must_use]
    pub fn of(origin: &Origin) -> Self {
        match origin {
            Origin::Hand { .. } | Origin::Erase => Self::Hand,
            Origin::Import { .. } => Self::Import,
            Origin::Demo => Self::Demo,
            Origin::Clear => Self::Clear,
            Origin::Undo { .. } => Self::Undo,
            Origin::Merge { .. } => Self::Merge,
        }
    }
}

/// What a person did, for the undo toast and the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    Add(Kind),
    Edit(Kind),
    Delete(Kind),
    Restore(Kind),
    /// Several records became one.
    Merge(Kind),
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
