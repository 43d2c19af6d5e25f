//! The throwaway worker that reads one file: slices of bytes in, parsed rows out.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, TextDecodeOptions, TextDecoder, TextDecoderOptions};

use super::client::{Event, Job, Progress};
use super::import::ReadChoice;
use super::slices::Slices;
use super::table::Writing;
use super::wire::Note;
use super::{js, worker};
use crate::domain::Currency;
use crate::files::encoding::{self, Encoding, Misfit, Watch};
use crate::files::orders::{self, FileError, Inspection, Look, Mapping, OrdersReader, ParseReport, ParsedOrders};
use crate::files::sheet::{self, Container, SheetRows, Workbook};
use crate::files::{cards, check_size, parcel};

/// Bytes read at a time while parsing: large enough to be quick, small enough to show progress.
const SLICE_BYTES: u64 = 4 * 1024 * 1024;
/// Of a workbook, which is read back and forth.
const SHEET_SLICE_BYTES: u64 = 512 * 1024;
/// Bytes looked at before parsing.
const HEAD_BYTES: u64 = 512 * 1024;

/// Names the system that a file comes from until the person names it: ids derive from it, so it must not depend on what
/// the file happens to be called.
const DEFAULT_SOURCE: &str = "shop";

#[derive(Clone, Default)]
pub(super) struct ImportWorker(Rc<RefCell<State>>);

#[derive(Default)]
struct State {
    opened: Option<Opened>,
    parsed: Option<(ParsedOrders, Note)>,
    /// Of a worker that writes a file.
    writing: Rc<Writing>,
}

/// The file, and what a look at it found.
struct Opened {
    name: String,
    inspection: Inspection,
    rows: Source,
}

/// Where its rows come from.
enum Source {
    Text(File, Encoding),
    Sheet(Box<Workbook<Slices>>, SheetRows),
    /// The text of an address book.
    Cards(String),
}

impl ImportWorker {
    pub fn writing(&self) -> Rc<Writing> {
        self.0.borrow().writing.clone()
    }

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
        let (name, mut look) = (file.name(), look(&choice, currency));
        let (inspection, rows) = match sheet::container(&head) {
            Container::Compound => return Err(sheet::refuse_compound(slices(&file)?)?),
            Container::Zip => {
                let mut book = Workbook::open(slices(&file)?)?;
                let (inspection, rows) = orders::inspect_sheet(&mut book, choice.sheet.as_deref(), &look)?;
                (inspection, Source::Sheet(Box::new(book), rows))
            }
            Container::Other => {
                look.whole = bytes <= HEAD_BYTES;
                let sniffed = encoding::sniff(&head, look.whole);
                look.encoding = match choice.encoding.as_deref().and_then(Encoding::from_label) {
                    // A chosen encoding may overrule the guess, but cannot make a picture text.
                    Some(chosen) if !matches!(sniffed, Err(FileError::NotText { .. } | FileError::Empty)) => chosen,
                    _ => sniffed?,
                };
                let text = Decoder::new(look.encoding, false)?.push(&head)?;
                if cards::is_cards(&text) {
                    return self.inspect_cards(file, look.encoding, currency).await;
                }
                (orders::inspect(&text, &look)?, Source::Text(file, look.encoding))
            }
        };
        let mut state = self.0.borrow_mut();
        state.opened = Some(Opened { name, inspection: inspection.clone(), rows });
        state.parsed = None;
        Ok(inspection)
    }

    /// Address books are small: they are read whole.
    async fn inspect_cards(&self, file: File, encoding: Encoding, currency: Currency) -> Result<Inspection, FileError> {
        let bytes = file.size() as u64;
        if bytes > cards::MAX_CARD_BYTES {
            return Err(FileError::TooLarge { bytes, limit: cards::MAX_CARD_BYTES });
        }
        let text = Decoder::new(encoding, false)?.push(&read(&file, 0, bytes).await?)?;
        let inspection = cards::inspect(&text, &decode, currency, DEFAULT_SOURCE)?;
        let rows = Source::Cards(text);
        let mut state = self.0.borrow_mut();
        state.opened = Some(Opened { name: file.name(), inspection: inspection.clone(), rows });
        state.parsed = None;
        Ok(inspection)
    }

    pub async fn parse(&self, mapping: Mapping) -> Result<ParseReport, FileError> {
        let opened = {
            let mut state = self.0.borrow_mut();
            state.parsed = None;
            state.opened.take()
        };
        let Some(mut opened) = opened else {
            return Err(FileError::Unreadable { detail: "not inspected".into() });
        };
        let parsed = parse(&mut opened, &mapping).await;
        let name = opened.name.clone();
        self.0.borrow_mut().opened = Some(opened);
        let parsed = parsed?;
        let report = parsed.report.clone();
        let note =
            Note { file: name, source: mapping.source, report: ParseReport { errors: Vec::new(), ..report.clone() } };
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

/// What is known before the file is.
fn look(choice: &ReadChoice, currency: Currency) -> Look<'static> {
    Look { encoding: Encoding::Utf8, whole: true, delimiter: choice.delimiter, currency, source: DEFAULT_SOURCE }
}

/// Bytes of a value that names an encoding of its own.
fn decode(label: &str, bytes: &[u8]) -> Option<String> {
    TextDecoder::new_with_label(label).ok()?.decode_with_u8_array(bytes).ok()
}

/// The file for readers that go back and forth in it.
fn slices(file: &File) -> Result<Slices, FileError> {
    let total = file.size() as u64;
    // The whole is only done once the rows are grouped.
    let told = move |done: u64| tell(done.min(total.saturating_sub(1)), total);
    Slices::open(file.clone(), SHEET_SLICE_BYTES, told).map_err(|e| FileError::Unreadable { detail: js::describe(&e) })
}

fn tell(done: u64, total: u64) {
    worker::tell(Event::Progress(Progress { job: Job::Parse, done, total }));
}

async fn parse(opened: &mut Opened, mapping: &Mapping) -> Result<ParsedOrders, FileError> {
    match &mut opened.rows {
        Source::Sheet(book, rows) => {
            let mut reader = OrdersReader::new(&opened.inspection, mapping)?;
            book.rows(rows, mapping.decimal_sign, |row| reader.row(row).map(|()| true))?;
            reader.finish()
        }
        Source::Cards(text) => {
            let mut reader = OrdersReader::new(&opened.inspection, mapping)?;
            cards::read(text, &decode, |row| reader.row(row).map(|()| true))?;
            reader.finish()
        }
        Source::Text(file, encoding) => loop {
            match parse_as(file, *encoding, &opened.inspection, mapping).await {
                Ok(mut parsed) => {
                    encoding.label().clone_into(&mut parsed.report.encoding);
                    break Ok(parsed);
                }
                Err(Misfit::Retry(other)) if other != *encoding => *encoding = other,
                Err(Misfit::Retry(_)) => break Err(FileError::Stopped),
                Err(Misfit::Broken(error)) => break Err(error),
            }
        },
    }
}

async fn parse_as(
    file: &File,
    encoding: Encoding,
    inspection: &Inspection,
    mapping: &Mapping,
) -> Result<ParsedOrders, Misfit> {
    let total = file.size() as u64;
    let progress = |done| tell(done, total);
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
