//! The throwaway worker that reads one file: slices of bytes in, parsed rows out.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, TextDecodeOptions, TextDecoder, TextDecoderOptions};

use super::client::{Event, Job, Progress};
use super::import::ReadChoice;
use super::wire::Note;
use super::{js, worker};
use crate::domain::Currency;
use crate::files::encoding::{self, Encoding, Misfit, Watch};
use crate::files::orders::{self, FileError, Inspection, Look, Mapping, OrdersReader, ParseReport, ParsedOrders};
use crate::files::{check_size, parcel};

/// Bytes read at a time while parsing: large enough to be quick, small enough to show progress.
const SLICE_BYTES: u64 = 4 * 1024 * 1024;
/// Bytes looked at before parsing.
const HEAD_BYTES: u64 = 512 * 1024;

/// Names the system that a file comes from until the person names it: ids derive from it, so it must not depend on what
/// the file happens to be called.
const DEFAULT_SOURCE: &str = "shop";

#[derive(Clone, Default)]
pub(super) struct ImportWorker(Rc<RefCell<State>>);

#[derive(Default)]
struct State {
    file: Option<File>,
    /// What a look at it found.
    look: Option<(Encoding, Inspection)>,
    parsed: Option<(ParsedOrders, Note)>,
}

impl ImportWorker {
    /// Looks at a file. `currency` is the book's own.
    pub async fn inspect(
        &self,
        file: JsValue,
        choice: ReadChoice,
        currency: Currency,
    ) -> Result<Inspection, FileError> {
        let file: File = file.dyn_into().map_err(|_| FileError::Unreadable { detail: "not a file".into() })?;
        let bytes = file.size() as u64;
        check_size(bytes)?;
        let head = read(&file, 0, HEAD_BYTES).await?;
        let whole = bytes <= HEAD_BYTES;
        let sniffed = encoding::sniff(&head, whole);
        let encoding = match choice.encoding.as_deref().and_then(Encoding::from_label) {
            // A chosen encoding may overrule the guess, but cannot make a picture text.
            Some(chosen) if !matches!(sniffed, Err(FileError::NotText { .. } | FileError::Empty)) => chosen,
            _ => sniffed?,
        };
        let text = Decoder::new(encoding, false)?.push(&head)?;
        let look = Look { encoding, whole, delimiter: choice.delimiter, currency, source: DEFAULT_SOURCE };
        let inspection = orders::inspect(&text, &look)?;
        let mut state = self.0.borrow_mut();
        state.file = Some(file);
        state.look = Some((encoding, inspection.clone()));
        state.parsed = None;
        Ok(inspection)
    }

    pub async fn parse(&self, mapping: Mapping) -> Result<ParseReport, FileError> {
        let (file, look) = {
            let mut state = self.0.borrow_mut();
            state.parsed = None;
            (state.file.clone(), state.look.clone())
        };
        let (Some(file), Some((mut encoding, inspection))) = (file, look) else {
            return Err(FileError::Unreadable { detail: "not inspected".into() });
        };
        let mut parsed = loop {
            match parse_as(&file, encoding, &inspection, &mapping).await {
                Ok(parsed) => break parsed,
                Err(Misfit::Retry(other)) if other != encoding => encoding = other,
                Err(Misfit::Retry(_)) => return Err(FileError::Stopped),
                Err(Misfit::Broken(error)) => return Err(error),
            }
        };
        encoding.label().clone_into(&mut parsed.report.encoding);
        let report = parsed.report.clone();
        let note = Note {
            file: file.name(),
            source: mapping.source,
            report: ParseReport { errors: Vec::new(), ..report.clone() },
        };
        self.0.borrow_mut().parsed = Some((parsed, note));
        Ok(report)
    }

    /// The parsed rows as a buffer to be moved to the data worker.
    pub fn hand_over(&self) -> Result<(Note, JsValue), FileError> {
        let (parsed, note) = self.0.borrow_mut().parsed.take().ok_or(FileError::Empty)?;
        let bytes = parcel::encode(&parsed);
        Ok((note, Uint8Array::from(bytes.as_slice()).buffer().into()))
    }
}

async fn parse_as(
    file: &File,
    encoding: Encoding,
    inspection: &Inspection,
    mapping: &Mapping,
) -> Result<ParsedOrders, Misfit> {
    let total = file.size() as u64;
    let progress = |done| worker::tell(Event::Progress(Progress { job: Job::Parse, done, total }));
    let mut reader = OrdersReader::new(inspection, mapping).map_err(Misfit::Broken)?;
    let mut watch = Watch::new(encoding);
    let mut decoder = Decoder::new(encoding, true).map_err(Misfit::Broken)?;
    let mut at = 0;
    progress(0);
    while at < total {
        let bytes = read(file, at, SLICE_BYTES).await.map_err(Misfit::Broken)?;
        at += bytes.len() as u64;
        watch.push(&bytes)?;
        if encoding == Encoding::Utf8 {
            reader.push(&bytes).map_err(Misfit::Broken)?;
        } else {
            let text = decoder.push(&bytes).map_err(Misfit::Broken)?;
            reader.push(text.as_bytes()).map_err(Misfit::Broken)?;
        }
        // The whole is only done once the rows are grouped.
        progress(at.min(total.saturating_sub(1)));
    }
    watch.finish()?;
    let parsed = reader.finish().map_err(Misfit::Broken)?;
    progress(total);
    Ok(parsed)
}

/// Reads a slice; an empty one means that the file has shrunk since it was chosen.
async fn read(file: &File, from: u64, length: u64) -> Result<Vec<u8>, FileError> {
    let unreadable = |e: JsValue| FileError::Unreadable { detail: js::describe(&e) };
    let slice = file.slice_with_f64_and_f64(from as f64, (from + length) as f64).map_err(unreadable)?;
    let buffer = JsFuture::from(slice.array_buffer()).await.map_err(unreadable)?;
    let bytes = Uint8Array::new(&buffer.unchecked_into::<ArrayBuffer>()).to_vec();
    if bytes.is_empty() {
        return Err(FileError::Unreadable { detail: "the file has become shorter".into() });
    }
    Ok(bytes)
}

/// The browser's decoder, fed in slices. [`Watch`] has the say on what is wrong; `fatal` makes sure.
struct Decoder {
    raw: TextDecoder,
    options: TextDecodeOptions,
}

impl Decoder {
    fn new(encoding: Encoding, fatal: bool) -> Result<Self, FileError> {
        let options = TextDecoderOptions::new();
        options.set_fatal(fatal);
        let raw = TextDecoder::new_with_label_and_options(encoding.label(), &options)
            .map_err(|e| FileError::Unreadable { detail: js::describe(&e) })?;
        let options = TextDecodeOptions::new();
        options.set_stream(true);
        Ok(Self { raw, options })
    }

    fn push(&mut self, bytes: &[u8]) -> Result<String, FileError> {
        self.raw
            .decode_with_u8_array_and_options(bytes, &self.options)
            .map_err(|e| FileError::Unreadable { detail: js::describe(&e) })
    }
}
