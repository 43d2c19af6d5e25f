//! In the throwaway worker: reads a file that merges, slice by slice.

use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::File;

use super::client::{Event, Job, Progress};
use super::slices::Slices;
use super::{js, worker};
use crate::engine::merge::incoming::Incoming;
use crate::sync::file::SyncError;

/// Bytes fetched at a time.
const SLICE_BYTES: u64 = 4 * 1024 * 1024;

/// Reads the file whole, into a parcel for the worker that owns the book.
pub(super) fn read(file: JsValue) -> Result<JsValue, SyncError> {
    let unreadable = |e: JsValue| SyncError::Unreadable { detail: js::describe(&e) };
    let file: File = file.dyn_into().map_err(unreadable)?;
    // The whole is only done once it is packed.
    let (name, total) = (file.name(), file.size() as u64 + 1);
    let told = move |done| worker::tell(Event::Progress(Progress { job: Job::Parse, done, total }));
    let source = Slices::open(file, SLICE_BYTES, told).map_err(unreadable)?;
    let incoming = Incoming::read(name, source)?;
    Ok(Uint8Array::from(incoming.to_bytes().as_slice()).buffer().into())
}
