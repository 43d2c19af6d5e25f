//! A file as the standard library reads one, in a worker: fetched in slices, so that its size costs no memory.

use std::io::{self, Read, Seek, SeekFrom};

use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use web_sys::{File, FileReaderSync};

use super::js;

pub(super) struct Slices {
    file: File,
    reader: FileReaderSync,
    slice_bytes: u64,
    total: u64,
    /// Where the slice begins in the file.
    from: u64,
    slice: Vec<u8>,
    /// The place to read next.
    at: u64,
    /// Told the end of each slice that was fetched.
    on_fetch: Box<dyn Fn(u64)>,
}

impl Slices {
    pub fn open(file: File, slice_bytes: u64, on_fetch: impl Fn(u64) + 'static) -> Result<Self, JsValue> {
        let total = file.size() as u64;
        let reader = FileReaderSync::new()?;
        Ok(Self { file, reader, slice_bytes, total, from: 0, slice: Vec::new(), at: 0, on_fetch: Box::new(on_fetch) })
    }

    fn fetch(&mut self) -> Result<(), JsValue> {
        let end = (self.at + self.slice_bytes).min(self.total);
        let blob = self.file.slice_with_f64_and_f64(self.at as f64, end as f64)?;
        let bytes = Uint8Array::new(&self.reader.read_as_array_buffer(&blob)?.into());
        self.slice.resize(bytes.length() as usize, 0);
        bytes.copy_to(&mut self.slice);
        self.from = self.at;
        (self.on_fetch)(end);
        Ok(())
    }
}

impl Read for Slices {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let here =
            |s: &Self| s.at.checked_sub(s.from).and_then(|o| usize::try_from(o).ok()).filter(|o| *o < s.slice.len());
        if here(self).is_none() && self.at < self.total {
            self.fetch().map_err(|e| io::Error::other(js::describe(&e)))?;
        }
        let rest = here(self).and_then(|offset| self.slice.get(offset..)).unwrap_or_default();
        let n = rest.len().min(out.len());
        if let (Some(to), Some(from)) = (out.get_mut(..n), rest.get(..n)) {
            to.copy_from_slice(from);
        }
        self.at += n as u64;
        Ok(n)
    }
}

impl Seek for Slices {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let place = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.total.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = place.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.at)
    }
}
