//! In the throwaway worker: reads a file that merges, slice by slice.

use std::io;

use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{File, FileReaderSync};

use super::client::{Event, Job, Progress};
use super::{js, worker};
use crate::engine::merge::incoming::Incoming;
use crate::sync::file::SyncError;

/// Bytes fetched at a time.
const SLICE_BYTES: f64 = 4.0 * 1024.0 * 1024.0;

/// Reads the file whole, into a parcel for the worker that owns the book.
pub(super) fn read(file: JsValue) -> Result<JsValue, SyncError> {
    let unreadable = |e: JsValue| SyncError::Unreadable { detail: js::describe(&e) };
    let file: File = file.dyn_into().map_err(unreadable)?;
    let reader = FileReaderSync::new().map_err(unreadable)?;
    let name = file.name();
    let source = Slices { total: file.size(), file, reader, next: 0.0, slice: Vec::new(), at: 0 };
    let incoming = Incoming::read(name, source)?;
    Ok(Uint8Array::from(incoming.to_bytes().as_slice()).buffer().into())
}

/// A file as the standard library reads one.
struct Slices {
    file: File,
    reader: FileReaderSync,
    total: f64,
    /// Where the next slice begins.
    next: f64,
    slice: Vec<u8>,
    at: usize,
}

impl Slices {
    fn fetch(&mut self) -> Result<(), JsValue> {
        let end = (self.next + SLICE_BYTES).min(self.total);
        let blob = self.file.slice_with_f64_and_f64(self.next, end)?;
        let bytes = Uint8Array::new(&self.reader.read_as_array_buffer(&blob)?.into());
        self.slice.resize(bytes.length() as usize, 0);
        bytes.copy_to(&mut self.slice);
        self.at = 0;
        self.next = end;
        // The whole is only done once it is packed.
        let (done, total) = (self.next as u64, self.total as u64 + 1);
        worker::tell(Event::Progress(Progress { job: Job::Parse, done, total }));
        Ok(())
    }
}

impl io::Read for Slices {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.at >= self.slice.len() && self.next < self.total {
            self.fetch().map_err(|e| io::Error::other(js::describe(&e)))?;
        }
        let rest = self.slice.get(self.at..).unwrap_or_default();
        let n = rest.len().min(out.len());
        if let (Some(to), Some(from)) = (out.get_mut(..n), rest.get(..n)) {
            to.copy_from_slice(from);
        }
        self.at += n;
        Ok(n)
    }
}
