//! One change to many customers.

use serde::{Deserialize, Serialize};

use super::Filter;
use crate::domain::{Day, Id, Value};

/// Whom an action on a list is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Chosen {
    These(Vec<Id>),
    /// All whom the filter leaves, but for a few: told by the question, so that the page needs to know none of them.
    Match {
        as_of: Option<Day>,
        filter: Box<Filter>,
        except: Vec<Id>,
    },
}

/// What is done to each of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BulkChange {
    /// Puts tags on and takes tags off; the others stay.
    Tags {
        add: Vec<String>,
        remove: Vec<String>,
    },
    /// Gives a field of the form this value; [`Value::Null`] empties it.
    Set {
        field: String,
        value: Value,
    },
    Trash,
}
