//! What this browser remembers of the book outside of its database, so that a book that has vanished is not taken for
//! one that never was: how long its journal was, how much it held, when it was backed up. Lies in local storage,
//! which browsers keep and lose apart from databases, and again in a database of its own ([`super::marker`]), because
//! local storage is written seconds late.

use js_sys::{Array, Function, Promise, Reflect};
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

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

/// Takes over what the marker knows, where local storage was lost or is behind.
pub(super) fn learn(marked: &KnownBook) {
    change(|known| {
        if known.number < marked.number || (known.number == marked.number && known.seq == 0) {
            *known = marked.clone();
        }
    });
}

/// The book `number` is the current one, which was perhaps not noted: browsers write local storage late.
pub(super) fn found(number: u32) {
    change(|known| {
        if known.number < number {
            *known = KnownBook { number, ..KnownBook::default() };
        }
    });
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

/// Names the book `number` of the app at `path`.
#[must_use]
pub(super) fn path_of(path: &str, number: u32) -> String {
    if number == 0 { path.to_owned() } else { format!("{path}~{number}") }
}

/// Books of the app at `path` that have a database, latest first. None where the browser does not list databases.
pub(super) async fn numbers(path: &str) -> Vec<u32> {
    let listed: Option<Array> = async {
        let factory = Reflect::get(&js_sys::global(), &"indexedDB".into()).ok()?;
        let ask: Function = Reflect::get(&factory, &"databases".into()).ok()?.dyn_into().ok()?;
        let promise: Promise = ask.call0(&factory).ok()?.dyn_into().ok()?;
        JsFuture::from(promise).await.ok()?.dyn_into().ok()
    }
    .await;
    let name = |database: JsValue| Reflect::get(&database, &"name".into()).ok()?.as_string();
    let names = listed.iter().flat_map(Array::iter).filter_map(name);
    let base = format!("kith:{path}");
    let number = |name: String| match name.strip_prefix(&base)? {
        "" => Some(0),
        rest => rest.strip_prefix('~')?.parse().ok(),
    };
    let mut numbers: Vec<u32> = names.filter_map(number).collect();
    numbers.sort_unstable_by(|a, b| b.cmp(a));
    numbers
}
