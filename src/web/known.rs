//! What this browser remembers of the book outside of its database, so that a book that has vanished is not taken for
//! one that never was: how long its journal was, how much it held, when it was backed up. Lies in local storage,
//! which browsers keep and lose apart from databases.

use serde::{Deserialize, Serialize};

use super::device::{self, app_path, local_storage};
use super::js;
use crate::domain::Seq;

/// The book as it was last seen here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct KnownBook {
    /// Which database holds it: 0 the first. A book that cannot be opened is kept aside, and the next number begins.
    pub number: u32,
    /// Journal entries that were on disk.
    pub seq: Seq,
    pub customers: u64,
    pub orders: u64,
    /// When something was first seen in it, milliseconds since 1970 UTC.
    pub since_ms: Option<u64>,
    pub backup: Option<Backup>,
}

/// A file with the whole book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Backup {
    /// Milliseconds since 1970 UTC.
    pub at_ms: u64,
    /// Name of the file.
    pub file: String,
    /// Journal entries that it covers.
    pub seq: Seq,
}

fn key() -> String {
    format!("kith:{}:book", app_path())
}

/// The remembered book; an unknown one where the browser remembers none.
#[must_use]
pub fn load() -> KnownBook {
    let text = local_storage().and_then(|s| s.get_item(&key()).ok().flatten());
    text.and_then(|t| js::from_json(&t)).unwrap_or_default()
}

/// Changes what is remembered. False where the browser keeps nothing: then only this page knows.
pub fn change(change: impl FnOnce(&mut KnownBook)) -> bool {
    let before = load();
    let mut known = before.clone();
    change(&mut known);
    if known == before {
        return true;
    }
    let Some(text) = js::to_json(&known) else { return false };
    local_storage().is_some_and(|s| s.set_item(&key(), &text).is_ok())
}

/// The book `number` has this many entries on disk.
pub(super) fn saw(number: u32, seq: Seq) {
    change(|known| {
        if known.number == number && seq > known.seq {
            known.seq = seq;
            known.since_ms.get_or_insert_with(device::now_ms);
        }
    });
}

/// The database of the book `number` of the app at `path`.
#[must_use]
pub(super) fn path_of(number: u32) -> String {
    let path = app_path();
    if number == 0 { path } else { format!("{path}~{number}") }
}
