//! The rows of one sheet.

use std::io::{BufRead, Read, Seek};

use memchr::memmem;
use quick_xml::events::{BytesStart, Event};

use super::guard::{Alarm, Guard};
use super::values::{Look, moment, number, unescape};
use super::workbook::{MAX_SHEET_BYTES, Workbook, broken, open_part, push_text, told};
use crate::files::MAX_COLUMNS;
use crate::files::orders::{DecimalSign, FileError};
use crate::files::rows::{Row, RowBuffer};

/// Cells that were merged downwards: what stands in the first row holds for the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    first_row: u64,
    last_row: u64,
    column: usize,
}

/// Merged ranges looked after.
const MAX_SPANS: usize = 100_000;
/// No spreadsheet has more rows.
const LAST_ROW: u64 = 1_048_576;

/// One sheet, measured and ready to be read.
#[derive(Clone, Debug)]
pub struct SheetRows {
    path: String,
    /// By first row.
    spans: Vec<Span>,
}

impl<R: Read + Seek> Workbook<R> {
    /// Finds the sheet of this name, or the first one, and its merged cells, which stand at its end.
    ///
    /// # Errors
    /// [`FileError::Broken`], [`FileError::Inflates`].
    pub fn sheet(&mut self, name: Option<&str>) -> Result<(usize, SheetRows), FileError> {
        let index = name.and_then(|name| self.sheets.iter().position(|s| s.name == name)).unwrap_or(0);
        let path = self.sheets.get(index).map(|s| s.path.clone()).ok_or_else(|| broken("no sheets"))?;
        let part = self.zip.by_name(&path).map_err(broken)?;
        if part.size() > MAX_SHEET_BYTES {
            return Err(FileError::Inflates { limit: MAX_SHEET_BYTES });
        }
        let alarm = Alarm::default();
        let spans = spans(Guard::new(part, MAX_SHEET_BYTES, alarm.clone()))
            .map_err(|e| if alarm.rang() { FileError::Inflates { limit: MAX_SHEET_BYTES } } else { broken(e) })?;
        Ok((index, SheetRows { path, spans }))
    }

    /// Hands on the rows of a sheet, from the top, until `each` has enough (`false`). Numbers are written with `sign`.
    ///
    /// # Errors
    /// [`FileError::Broken`], [`FileError::Inflates`], or the error of `each`.
    pub fn rows(
        &mut self,
        sheet: &SheetRows,
        sign: DecimalSign,
        mut each: impl FnMut(&Row) -> Result<bool, FileError>,
    ) -> Result<(), FileError> {
        let Self { zip, texts, looks, from_1904, .. } = self;
        let (mut xml, alarm) = open_part(zip, &sheet.path, MAX_SHEET_BYTES)?;
        let mut row = OpenRow::new(&sheet.spans);
        let mut cell = Cell::default();
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            let event = xml.read_event_into(&mut buffer).map_err(|e| told(&alarm, &e, MAX_SHEET_BYTES))?;
            match &event {
                Event::Start(e) => match e.local_name().as_ref() {
                    "v" | "t" => cell.in_value = !cell.in_reading,
                    "rPh" => cell.in_reading = true,
                    "c" => cell.begin(e, row.next_column),
                    "row" => row.begin(e),
                    _ => {}
                },
                Event::Empty(e) => match e.local_name().as_ref() {
                    "c" => {
                        cell.begin(e, row.next_column);
                        row.next_column = cell.column.saturating_add(1);
                    }
                    "row" => row.begin(e),
                    // A sheet without a cell.
                    "sheetData" => return Ok(()),
                    _ => {}
                },
                Event::End(e) => match e.local_name().as_ref() {
                    "v" | "t" => cell.in_value = false,
                    "rPh" => cell.in_reading = false,
                    "c" => {
                        row.next_column = cell.column.saturating_add(1);
                        let shared = |at: usize| texts.get(at);
                        let look = looks.get(cell.style).copied().unwrap_or_default();
                        row.take(&cell, shared, look, sign, *from_1904);
                    }
                    "row" => {
                        let more = row.finish(&mut each)?;
                        if !more {
                            return Ok(());
                        }
                    }
                    "sheetData" => return Ok(()),
                    _ => {}
                },
                Event::Eof => return Err(broken("the sheet ends too early")),
                _ if cell.in_value => push_text(&mut cell.text, &event),
                _ => {}
            }
        }
    }
}

/// What a cell's type says about its value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Type {
    #[default]
    Number,
    Shared,
    Text,
    Bool,
    Error,
}

/// The cell being read.
#[derive(Default)]
struct Cell {
    column: usize,
    style: usize,
    of: Type,
    text: String,
    in_value: bool,
    in_reading: bool,
}

impl Cell {
    fn begin(&mut self, element: &BytesStart, next_column: usize) {
        (self.column, self.style, self.of) = (next_column, 0, Type::Number);
        self.text.clear();
        (self.in_value, self.in_reading) = (false, false);
        for attribute in element.attributes().with_checks(false).flatten() {
            let value = attribute.value.as_ref();
            match attribute.key.as_ref() {
                "r" => self.column = place(value).map_or(next_column, |(_, column)| column),
                "s" => self.style = value.parse().unwrap_or(0),
                "t" => {
                    self.of = match value {
                        "s" => Type::Shared,
                        "str" | "inlineStr" | "d" => Type::Text,
                        "b" => Type::Bool,
                        "e" => Type::Error,
                        _ => Type::Number,
                    }
                }
                _ => {}
            }
        }
    }
}

/// The row being read.
struct OpenRow<'a> {
    cells: RowBuffer,
    number: u64,
    next_column: usize,
    /// Spans that have not begun, by first row.
    ahead: &'a [Span],
    /// Those under way with what stands in them.
    open: Vec<(Span, String)>,
}

impl<'a> OpenRow<'a> {
    fn new(spans: &'a [Span]) -> Self {
        Self { cells: RowBuffer::default(), number: 0, next_column: 0, ahead: spans, open: Vec::new() }
    }

    fn begin(&mut self, element: &BytesStart) {
        let given = element.attributes().with_checks(false).flatten().find(|a| a.key.as_ref() == "r");
        let given =
            given.and_then(|a| a.value.parse::<u64>().ok()).filter(|n| (self.number + 1..=LAST_ROW).contains(n));
        self.number = given.unwrap_or(self.number + 1);
        self.next_column = 0;
        self.cells.clear();
    }

    fn take<'t>(
        &mut self,
        cell: &Cell,
        shared: impl Fn(usize) -> Option<&'t str>,
        look: Look,
        sign: DecimalSign,
        from_1904: bool,
    ) {
        let text = cell.text.as_str();
        let value = match cell.of {
            Type::Shared => shared(text.trim().parse().unwrap_or(usize::MAX)).unwrap_or_default().into(),
            Type::Text => unescape(text).map_or_else(|| text.into(), Into::into),
            Type::Bool => if text.trim() == "1" { "TRUE" } else { "FALSE" }.into(),
            Type::Error => text.into(),
            Type::Number => {
                let date = || text.trim().parse().ok().and_then(|serial| moment(serial, from_1904));
                let date = if look == Look::Moment { date() } else { None };
                // A number that is none stays as it is: the reader of the rows says so with its place.
                date.or_else(|| number(text, sign)).map_or_else(|| text.into(), std::borrow::Cow::<str>::Owned)
            }
        };
        self.cells.set(cell.column, &value);
        if cell.of == Type::Error {
            self.cells.mark_error(cell.column);
        }
    }

    /// Fills in what was merged and hands the row on.
    fn finish(&mut self, each: &mut impl FnMut(&Row) -> Result<bool, FileError>) -> Result<bool, FileError> {
        let number = self.number;
        self.open.retain(|(span, _)| span.last_row >= number);
        for (span, text) in &self.open {
            if self.cells.cell(span.column).is_empty() && !text.is_empty() {
                self.cells.set(span.column, text);
                self.cells.mark_spanned(span.column);
            }
        }
        while let Some((span, rest)) = self.ahead.split_first().filter(|(span, _)| span.first_row <= number) {
            // Merged ranges never overlap: one a column.
            self.open.retain(|(other, _)| other.column != span.column);
            if span.last_row > number {
                self.open.push((*span, self.cells.cell(span.column).to_owned()));
            }
            self.ahead = rest;
        }
        each(&self.cells.row(number))
    }
}

/// `BC12` as row from 1 and column from 0.
fn place(text: &str) -> Option<(u64, usize)> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (name, row) = text.split_at_checked(letters).filter(|(name, _)| (1..=3).contains(&name.len()))?;
    let column = name.bytes().fold(0, |n, b| n * 26 + usize::from(b.to_ascii_uppercase() - b'A') + 1);
    Some((row.parse().ok()?, column - 1))
}

/// Reads only the merged cells, which follow the rows. Passing over the rows costs a tenth of reading them.
fn spans(mut part: impl BufRead) -> std::io::Result<Vec<Span>> {
    let finder = memmem::Finder::new("mergeCell ");
    let mut found = Vec::new();
    // The end of what was read before, in which a match may begin.
    let mut tail: Vec<u8> = Vec::new();
    loop {
        let fresh = part.fill_buf()?;
        if fresh.is_empty() {
            break;
        }
        let used = fresh.len();
        tail.extend_from_slice(fresh);
        part.consume(used);
        let mut at = 0;
        let mut keep = tail.len().saturating_sub(16);
        while let Some(hit) = tail.get(at..).and_then(|rest| finder.find(rest)) {
            let element = tail.get(at + hit..).unwrap_or_default();
            let Some(end) = memchr::memchr(b'>', element) else {
                keep = at + hit;
                break;
            };
            found.extend(std::str::from_utf8(element.get(..end).unwrap_or_default()).ok().and_then(span));
            at += hit + end;
            keep = keep.max(at);
            if found.len() >= MAX_SPANS {
                return Ok(sorted(found));
            }
        }
        // An element that never ends is bounded by the guard.
        tail.drain(..keep.min(tail.len()));
    }
    Ok(sorted(found))
}

fn sorted(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_by_key(|s| (s.first_row, s.column));
    spans
}

/// `mergeCell ref="A2:A4"`; `None` for cells merged sideways only.
fn span(element: &str) -> Option<Span> {
    let range = element.split_once("ref=")?.1;
    let quote = range.chars().next()?;
    let (from, to) = range.get(1..)?.split(quote).next()?.split_once(':')?;
    let ((first_row, column), (last_row, _)) = (place(from)?, place(to)?);
    (last_row > first_row && column < MAX_COLUMNS).then_some(Span { first_row, last_row, column })
}
