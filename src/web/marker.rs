//! The second note of the book, in a small database of its own: strictly durable with the first commit, where local
//! storage is written seconds late. So a book that vanishes is missed by either note, and one of them may be lost too.

use super::idb::{Access, Db, Held};
use super::known::KnownBook;
use crate::engine::api::StoreError;

const NOTE: &str = "note";
const STORES: &[&str] = &[NOTE];
const KEY: &str = "book";

/// Not of the form that names books (`kith:` and the path).
fn name(app_path: &str) -> String {
    format!("kith-known:{app_path}")
}

/// What was noted for the app at this path. `None` where nothing was, or it does not read: then local storage alone tells.
pub(super) async fn read(app_path: &str) -> Option<KnownBook> {
    let db = Db::open(name(app_path), STORES, false, || {}).await.ok()?;
    let held = Held::default();
    let read = async {
        let tx = db.begin(&held, Access::Read).await.ok()?;
        let text = tx.get::<String>(NOTE, KEY).ok()?.await.ok()??;
        serde_json::from_str(&text).ok()
    };
    let note = read.await;
    db.forget();
    note
}

/// Replaces the note; `strict`: it is on the disk when this returns.
pub(super) async fn write(app_path: &str, note: &KnownBook, strict: bool) -> Result<(), StoreError> {
    let text = serde_json::to_string(note).map_err(|e| StoreError::Other { detail: e.to_string() })?;
    let db = Db::open(name(app_path), STORES, true, || {}).await?;
    let held = Held::default();
    let tx = db.begin(&held, Access::Write { strict }).await?;
    tx.put(NOTE, KEY, text.as_str())?;
    let written = tx.complete().await;
    db.forget();
    Ok(written?)
}
