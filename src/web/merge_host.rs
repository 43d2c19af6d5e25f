//! In the worker that owns the book: files that merge, in and out.

use gloo::timers::future::TimeoutFuture;
use js_sys::{Array, Uint8Array};
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag};

use super::aside::Held;
use super::client::{Event, Job, Progress};
use super::data_worker::DataWorker;
use super::merge::Exported;
use super::store::IdbStore;
use super::worker::tell;
use super::{device, js};
use crate::domain::{DeviceId, Kind};
use crate::engine::api::{CommandError, ExportScope, MergeError, MergePreview, StoreError};
use crate::engine::book::salvage;
use crate::engine::dataset::Dataset;
use crate::engine::merge::export::Exporter;
use crate::engine::merge::incoming::Incoming;
use crate::engine::store::Store;
use crate::sync::file::Scope;
use crate::sync::vector::Vector;

/// What this device remembers of its last export.
const LAST_EXPORT: &str = "last_export";

/// When the book was exported last for others, and what was in it.
#[derive(Serialize, Deserialize)]
pub(super) struct LastExport {
    /// Milliseconds since 1970 UTC.
    pub at_ms: u64,
    vector: Vector,
}

pub(super) async fn last_export(store: &impl Store) -> Result<Option<LastExport>, StoreError> {
    // What does not read counts as not there: the next export is a whole one.
    Ok(store.device_value(LAST_EXPORT).await?.and_then(|text| serde_json::from_str(&text).ok()))
}

fn other(e: impl ToString) -> CommandError {
    CommandError::Store(StoreError::Other { detail: e.to_string() })
}

impl DataWorker {
    /// Takes the parcel of the worker that read a file, and compares it with the book.
    pub async fn stage_merge(&self, raw: &JsValue) -> Result<MergePreview, MergeError> {
        let book = self.book().await.map_err(MergeError::Book)?;
        let incoming = {
            let bytes = raw.dyn_ref::<js_sys::ArrayBuffer>().map(|buffer| Uint8Array::new(buffer).to_vec());
            bytes.and_then(|bytes| Incoming::from_bytes(&bytes)).ok_or_else(|| MergeError::Book(other("parcel")))?
        };
        let _turn = self.turn().await;
        let preview = book.stage_merge(incoming, device::now_ms())?;
        if preview.clock_ahead_ms.is_some() {
            tell(Event::ClockAhead);
        }
        Ok(preview)
    }

    /// Writes the book into a blob.
    pub async fn export(&self, scope: ExportScope) -> Result<(Exported, JsValue), CommandError> {
        let exported = self.write(scope).await;
        // Good or bad, the work is at its end.
        let records = exported.as_ref().map_or(0, |(about, _)| about.records) + 1;
        tell(Event::Progress(Progress { job: Job::Export, done: records, total: records }));
        exported
    }

    async fn write(&self, scope: ExportScope) -> Result<(Exported, JsValue), CommandError> {
        let book = self.book().await?;
        let sent = scope != ExportScope::Backup;
        let before = last_export(book.store()).await.map_err(CommandError::Store)?;
        let scope = match (scope, before) {
            (ExportScope::SinceLastTime, Some(last)) => Scope::Since(last.vector),
            _ => Scope::Whole,
        };
        // Nobody writes to this copy of the book while its parts are taken.
        let turn = self.turn().await;
        let whole = scope == Scope::Whole;
        let now_ms = device::now_ms();
        let (vector, mut exporter) = (book.data().vector().clone(), book.export(scope, now_ms));
        let (seq, mut parts) = (book.head().seq, Parts::default());
        let records = exporter.progress().1;
        loop {
            let Some(part) = exporter.part(&book.data()) else { break };
            parts.add(&part)?;
            let (done, total) = exporter.progress();
            tell(Event::Progress(Progress { job: Job::Export, done, total: total + 1 }));
            TimeoutFuture::new(0).await;
            if self.take_export_stop() {
                return Err(CommandError::Cancelled);
            }
        }
        drop(turn);
        let (blob, bytes) = parts.finish()?;
        if sent {
            let last = serde_json::to_string(&LastExport { at_ms: now_ms, vector }).map_err(other)?;
            book.store().put_device_value(LAST_EXPORT, &last).await.map_err(CommandError::Store)?;
        }
        let name = format!("kith-{}{}.json", device::today(), if whole { "" } else { "-part" });
        Ok((Exported { name, bytes, records, whole, seq: Some(seq) }, blob))
    }
}

/// What still reads of the book at `path`.
async fn rest(path: &str) -> Result<Dataset, StoreError> {
    // Known with no entry: not to be made where it is not there, and whatever is there will do.
    salvage(&IdbStore::open(path, Some(0), || {}).await?).await
}

/// What still reads of the book at `path`, counted.
pub(super) async fn peek(path: &str) -> Result<Held, CommandError> {
    let data = rest(path).await.map_err(CommandError::Store)?;
    let count = |kind| data.table(kind).live().count() as u64;
    Ok(Held {
        records: Kind::ALL.iter().map(|kind| count(*kind)).sum(),
        customers: count(Kind::Customer),
        orders: count(Kind::Order),
        last_ms: data.commits().iter().map(|c| c.stamp.unix_ms()).max(),
    })
}

/// What still reads of the book at `path`, as a file.
pub(super) async fn rescue(path: &str) -> Result<(Exported, JsValue), CommandError> {
    let data = rest(path).await.map_err(CommandError::Store)?;
    let mut exporter =
        Exporter::new(&data, Scope::Whole, DeviceId(device::random_u128() as u64 & !1), device::now_ms());
    let records = exporter.progress().1;
    let mut parts = Parts::default();
    while let Some(part) = exporter.part(&data) {
        parts.add(&part)?;
    }
    let (blob, bytes) = parts.finish()?;
    let name = format!("kith-rescue-{}.json", device::today());
    Ok((Exported { name, bytes, records, whole: true, seq: None }, blob))
}

/// A file on its way out.
#[derive(Default)]
struct Parts {
    blobs: Array,
    bytes: u64,
}

impl Parts {
    fn add(&mut self, part: &[u8]) -> Result<(), CommandError> {
        self.bytes += part.len() as u64;
        // Out of this program's memory at once: the browser may keep it on disk.
        let part = Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(part)));
        self.blobs.push(&part.map_err(|e| other(js::describe(&e)))?.into());
        Ok(())
    }

    fn finish(self) -> Result<(JsValue, u64), CommandError> {
        let kind = BlobPropertyBag::new();
        kind.set_type("application/json");
        let blob = Blob::new_with_blob_sequence_and_options(&self.blobs, &kind);
        Ok((blob.map_err(|e| other(js::describe(&e)))?.into(), self.bytes))
    }
}
