//! Delimited text in slices to rows of cells. Quoting is csv-core's; this adds row numbers as a spreadsheet counts
//! them (blank lines count, line ends inside a cell do not), limits, and the place of a quote that never closes.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::orders::{FileError, restored};
use super::wide::Wide;
use super::{MAX_COLUMNS, MAX_FIELD_BYTES};

/// Reads rows out of slices of UTF-8 text.
pub struct Rows {
    core: Reader,
    /// Only for a separator of more than one byte.
    wide: Option<Wide>,
    /// Text of the current row, its cells one after the other.
    text: Vec<u8>,
    filled: usize,
    /// End of each cell in `text`.
    ends: Vec<usize>,
    cells: usize,
    /// Cells beyond [`MAX_COLUMNS`], counted but not kept.
    extra_cells: usize,
    /// Number of the current row, from 1.
    number: u64,
    in_row: bool,
    after_cr: bool,
    /// Bytes of a byte order mark seen at the very beginning; 3 = no longer looking.
    mark: usize,
    /// Bytes taken before the current row.
    row_starts_at: u64,
    taken: u64,
}

/// One row. Cells are UTF-8.
pub struct Row<'a> {
    /// As a spreadsheet counts: the first row of the file is 1.
    pub number: u64,
    text: &'a str,
    ends: &'a [usize],
    /// Cells beyond the limit of columns, not kept.
    pub extra_cells: usize,
    /// Of a spreadsheet: columns whose cell is an error (#N/A), and those that repeat what a merged cell above says.
    errors: &'a [usize],
    spanned: &'a [usize],
    /// Of delimited text, where a quote can go wrong and every row has all its cells.
    pub delimited: bool,
}

impl<'a> Row<'a> {
    /// The cell holds an error of a formula.
    #[must_use]
    pub fn is_error(&self, column: usize) -> bool {
        self.errors.contains(&column)
    }

    /// The cell was merged with one above and repeats it.
    #[must_use]
    pub fn is_spanned(&self, column: usize) -> bool {
        self.spanned.contains(&column)
    }

    /// Cells of the row, those not kept included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len() + self.extra_cells
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The cell as it is meant: in delimited text, without the apostrophe that keeps spreadsheets from running it. Empty when
    /// there is none.
    #[must_use]
    pub fn cell(&self, column: usize) -> &'a str {
        let start = column.checked_sub(1).and_then(|c| self.ends.get(c)).copied().unwrap_or(0);
        let cell = self.ends.get(column).and_then(|end| self.text.get(start..*end)).unwrap_or_default();
        if self.delimited { restored(cell) } else { cell }
    }

    pub fn cells(&self) -> impl Iterator<Item = &'a str> + '_ {
        (0..self.ends.len()).map(|c| self.cell(c))
    }

    /// Nothing but white space in every cell.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// A quote was opened in this row and swallowed rows after it: a cell with a line end holds as many separators as lie from one
    /// row to the next, and the quote that closed it, which was to open another cell, left a further one in it or in the cell
    /// after it. In a row short of `width` cells either of the two will do.
    #[must_use]
    pub fn swallows_rows(&self, width: usize, delimiter: u8) -> bool {
        if !self.delimited || !self.text.contains('\n') {
            return false;
        }
        let rows_in = |cell: &str| {
            let separators = cell.bytes().filter(|b| *b == delimiter).count();
            cell.contains('\n') && separators + 1 >= width.max(2)
        };
        if self.len() < width {
            return self.text.contains('"') || self.cells().any(rows_in);
        }
        let mut cells = self.cells().peekable();
        while let Some(cell) = cells.next() {
            let further = cell.contains('"') || cells.peek().is_some_and(|next| next.contains('"'));
            if further && rows_in(cell) {
                return true;
            }
        }
        false
    }

    /// A copy that outlives the reading of the next row.
    #[must_use]
    pub fn kept(&self) -> KeptRow {
        KeptRow { number: self.number, text: self.text.to_owned(), ends: self.ends.to_vec() }
    }

    /// All cells without separators.
    #[must_use]
    pub fn text(&self) -> &'a str {
        self.text
    }
}

/// A row of delimited text, kept while the next ones are read.
pub struct KeptRow {
    number: u64,
    text: String,
    ends: Vec<usize>,
}

impl KeptRow {
    #[must_use]
    pub fn row(&self) -> Row<'_> {
        Row {
            number: self.number,
            text: &self.text,
            ends: &self.ends,
            extra_cells: 0,
            errors: &[],
            spanned: &[],
            delimited: true,
        }
    }
}

/// A row put together cell by cell, from a spreadsheet or a card.
#[derive(Default)]
pub struct RowBuffer {
    /// The cells; beyond `width` they are left over from longer rows.
    cells: Vec<String>,
    width: usize,
    extra_cells: usize,
    errors: Vec<usize>,
    spanned: Vec<usize>,
    text: String,
    ends: Vec<usize>,
}

impl RowBuffer {
    pub fn clear(&mut self) {
        self.cells.iter_mut().take(self.width).for_each(String::clear);
        (self.width, self.extra_cells) = (0, 0);
        self.errors.clear();
        self.spanned.clear();
    }

    /// Writes a cell. Blank ones beyond the last filled one do not count; filled ones beyond [`MAX_COLUMNS`] are only counted.
    pub fn set(&mut self, column: usize, text: &str) {
        if text.is_empty() {
            return;
        }
        if column >= MAX_COLUMNS {
            self.extra_cells += 1;
            return;
        }
        if column >= self.cells.len() {
            self.cells.resize_with(column + 1, String::new);
        }
        self.width = self.width.max(column + 1);
        if let Some(cell) = self.cells.get_mut(column) {
            text.clone_into(cell);
        }
    }

    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(..self.width).and_then(|cells| cells.get(column)).map_or("", String::as_str)
    }

    pub fn mark_error(&mut self, column: usize) {
        self.errors.push(column);
    }

    pub fn mark_spanned(&mut self, column: usize) {
        self.spanned.push(column);
    }

    /// The row as the readers of files take it.
    pub fn row(&mut self, number: u64) -> Row<'_> {
        self.text.clear();
        self.ends.clear();
        for cell in self.cells.iter().take(self.width) {
            self.text.push_str(cell);
            self.ends.push(self.text.len());
        }
        Row {
            number,
            text: &self.text,
            ends: &self.ends,
            extra_cells: self.extra_cells,
            errors: &self.errors,
            spanned: &self.spanned,
            delimited: false,
        }
    }
}

const BYTE_ORDER_MARK: [u8; 3] = [0xEF, 0xBB, 0xBF];

impl Rows {
    #[must_use]
    pub fn new(delimiter: u8) -> Self {
        Self {
            core: ReaderBuilder::new().delimiter(delimiter).build(),
            wide: Wide::new(delimiter),
            text: vec![0; 4096],
            filled: 0,
            ends: vec![0; 64],
            cells: 0,
            extra_cells: 0,
            number: 1,
            in_row: false,
            after_cr: false,
            mark: 0,
            row_starts_at: 0,
            taken: 0,
        }
    }

    /// Takes the next slice and hands on each row that it completes.
    ///
    /// # Errors
    /// A limit exceeded, text that is not UTF-8, or the error of `each`.
    pub fn push<E: From<FileError>>(
        &mut self,
        input: &[u8],
        mut each: impl FnMut(Row) -> Result<(), E>,
    ) -> Result<(), E> {
        match self.wide.as_mut().map(|wide| wide.translate(input)) {
            Some(translated) => self.take(&translated, &mut each),
            None => self.take(input, &mut each),
        }
    }

    fn take<E: From<FileError>>(&mut self, input: &[u8], mut each: impl FnMut(Row) -> Result<(), E>) -> Result<(), E> {
        let mut rest = self.skip_mark(input);
        while !rest.is_empty() {
            if !self.in_row {
                let before = rest.len();
                rest = self.skip_line_ends(rest);
                self.taken += (before - rest.len()) as u64;
                if rest.is_empty() {
                    break;
                }
                self.in_row = true;
                self.row_starts_at = self.taken;
            }
            rest = self.step(rest, &mut each)?;
        }
        Ok(())
    }

    /// After the last slice: hands on a last row without a line end.
    ///
    /// # Errors
    /// [`FileError::UnclosedQuote`], or as [`Rows::push`].
    pub fn finish<E: From<FileError>>(&mut self, mut each: impl FnMut(Row) -> Result<(), E>) -> Result<(), E> {
        if let Some(rest) = self.wide.as_mut().map(Wide::rest).filter(|rest| !rest.is_empty()) {
            self.take(&rest, &mut each)?;
        }
        if !self.in_row {
            return Ok(());
        }
        // A line end closes any row, unless a quote is open: then it becomes text.
        let mut rest: &[u8] = b"\n";
        while !rest.is_empty() {
            rest = self.step(rest, &mut each)?;
        }
        if self.in_row { Err(FileError::UnclosedQuote { row: self.number }.into()) } else { Ok(()) }
    }

    fn skip_mark<'a>(&mut self, input: &'a [u8]) -> &'a [u8] {
        let mut rest = input;
        while let (Some(want), Some((b, after))) = (BYTE_ORDER_MARK.get(self.mark), rest.split_first()) {
            if b == want {
                self.mark += 1;
                self.taken += 1;
                rest = after;
            } else {
                self.mark = BYTE_ORDER_MARK.len();
            }
        }
        rest
    }

    fn skip_line_ends<'a>(&mut self, mut rest: &'a [u8]) -> &'a [u8] {
        while let Some((b @ (b'\r' | b'\n'), after)) = rest.split_first() {
            let second_half = *b == b'\n' && self.after_cr;
            self.number += u64::from(!second_half);
            self.after_cr = *b == b'\r';
            rest = after;
        }
        if !rest.is_empty() {
            self.after_cr = false;
        }
        rest
    }

    fn step<'a, E: From<FileError>>(
        &mut self,
        input: &'a [u8],
        each: &mut impl FnMut(Row) -> Result<(), E>,
    ) -> Result<&'a [u8], E> {
        let text = self.text.get_mut(self.filled..).unwrap_or_default();
        let ends = self.ends.get_mut(self.cells..).unwrap_or_default();
        let (result, read, written, ended) = self.core.read_record(input, text, ends);
        self.taken += read as u64;
        self.filled += written;
        self.cells += ended;
        if self.cells > MAX_COLUMNS {
            self.drop_extra_cells();
        }
        self.check_open_cell()?;
        let (used, rest) = input.split_at_checked(read).unwrap_or((input, &[]));
        match result {
            ReadRecordResult::OutputFull => {
                let longer = (self.text.len() * 2).min(MAX_COLUMNS * MAX_FIELD_BYTES * 2);
                self.text.resize(longer, 0);
            }
            ReadRecordResult::OutputEndsFull => self.ends.resize((self.ends.len() * 2).min(MAX_COLUMNS * 2), 0),
            ReadRecordResult::Record => {
                self.after_cr = used.last() == Some(&b'\r');
                self.hand_on(each)?;
            }
            ReadRecordResult::InputEmpty | ReadRecordResult::End => {}
        }
        Ok(rest)
    }

    fn kept_end(&self) -> usize {
        self.cells.checked_sub(1).and_then(|c| self.ends.get(c)).copied().unwrap_or(0)
    }

    /// Forgets cells beyond the limit, so that a row of a million cells needs no memory.
    fn drop_extra_cells(&mut self) {
        self.extra_cells += self.cells - MAX_COLUMNS;
        self.cells = MAX_COLUMNS;
        self.filled = self.kept_end();
    }

    /// The cell being read may not grow without bound. With a line end in it, a quote was opened and not closed.
    fn check_open_cell(&self) -> Result<(), FileError> {
        let open = self.text.get(self.kept_end()..self.filled).unwrap_or_default();
        if open.len() <= MAX_FIELD_BYTES {
            return Ok(());
        }
        let row = self.number;
        Err(if open.contains(&b'\n') || open.contains(&b'\r') {
            FileError::UnclosedQuote { row }
        } else {
            FileError::FieldTooLong { row, limit: MAX_FIELD_BYTES as u64 }
        })
    }

    fn hand_on<E: From<FileError>>(&mut self, each: &mut impl FnMut(Row) -> Result<(), E>) -> Result<(), E> {
        let number = self.number;
        let ends = self.ends.get(..self.cells).unwrap_or_default();
        let text = self.text.get(..self.kept_end()).unwrap_or_default();
        if text.len() > MAX_FIELD_BYTES {
            let mut start = 0;
            for end in ends {
                if end - start > MAX_FIELD_BYTES {
                    return Err(FileError::FieldTooLong { row: number, limit: MAX_FIELD_BYTES as u64 }.into());
                }
                start = *end;
            }
        }
        let text = std::str::from_utf8(text).map_err(|_| FileError::Encoding {
            byte: self.row_starts_at,
            line: self.core.line().saturating_sub(1).max(1),
        })?;
        each(Row { number, text, ends, extra_cells: self.extra_cells, errors: &[], spanned: &[], delimited: true })?;
        self.number += 1;
        self.in_row = false;
        self.filled = 0;
        self.cells = 0;
        self.extra_cells = 0;
        Ok(())
    }
}
