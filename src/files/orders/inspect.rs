//! A first look at a file: separator, header, a sample, and a guess of what it all means.

use std::io::{Read, Seek};

use super::columns::{guess_roles, normalise};
use super::{
    DateOrder, DecimalSign, FieldColumn, FileError, FileField, FileWarning, Form, Inspection, Mapping, Role, Target,
};
use crate::domain::Currency;
use crate::files::dates::fitting_orders;
use crate::files::encoding::Encoding;
use crate::files::numbers::{currency_in, guess_decimal_sign, parse_decimal};
use crate::files::records::read_field;
use crate::files::rows::Rows;
use crate::files::sheet::{SheetRows, Workbook};
use crate::files::wide::{WIDE_COMMA, byte_of, char_of};
use crate::files::{MAX_COLUMNS, MAX_FIELD_BYTES};
use crate::files::{records, responses};

/// Rows shown to the person.
const SAMPLE_ROWS: usize = 50;
/// Rows the guesses rest on.
const GUESS_ROWS: usize = 2_000;
/// Rows that decide about the separator.
const DELIMITER_ROWS: usize = 200;

/// What the caller knows besides the text.
#[derive(Clone, Debug)]
pub struct Look<'a> {
    pub encoding: Encoding,
    /// The text is the entire file.
    pub whole: bool,
    /// The separator that the person chose instead of the guessed one: one ASCII character, else the guess stands.
    pub delimiter: Option<char>,
    /// The book's own currency, for files that name none.
    pub currency: Currency,
    /// Which system the file comes from, for [`Mapping::source`].
    pub source: &'a str,
}

/// Looks at the decoded beginning of a file (256 KB do well).
///
/// # Errors
/// [`FileError::Empty`], [`FileError::NoRows`], [`FileError::TooManyColumns`], [`FileError::UnclosedQuote`],
/// [`FileError::FieldTooLong`].
pub fn inspect(head: &str, look: &Look) -> Result<Inspection, FileError> {
    let head = head.trim_start_matches('\u{feff}');
    if head.trim().is_empty() {
        return Err(FileError::Empty);
    }
    let chosen = look.delimiter.and_then(byte_of).filter(|d| can_separate(*d));
    let delimiter = chosen.unwrap_or_else(|| guess_delimiter(head));
    let table = read_head(head, delimiter, look.whole, GUESS_ROWS + 1)?;
    if table.is_empty() {
        // Not one whole row in so much text.
        return Err(if head.len() > MAX_FIELD_BYTES {
            FileError::FieldTooLong { row: 1, limit: MAX_FIELD_BYTES as u64 }
        } else {
            FileError::Empty
        });
    }
    let seen = Seen { table, header_row: 0, whole: look.whole, form: Form::Text };
    let mut found = make_out(seen, look)?;
    found.encoding = look.encoding.label().to_owned();
    found.delimiter = char_of(delimiter);
    Ok(found)
}

/// Looks at the rows of one sheet of a workbook.
///
/// # Errors
/// As [`inspect`]; [`FileError::Broken`], [`FileError::Inflates`].
pub fn inspect_sheet<R: Read + Seek>(
    book: &mut Workbook<R>,
    sheet: Option<&str>,
    look: &Look,
) -> Result<(Inspection, SheetRows), FileError> {
    let all = book.sheet_names();
    let mut found = inspect_one(book, sheet, look);
    // The first sheet may be a cover without a cell: the person could choose no other one.
    for name in all.iter().skip(1).filter(|_| sheet.is_none()) {
        if !matches!(found, Err(FileError::Empty | FileError::NoRows)) {
            break;
        }
        found = match inspect_one(book, Some(name), look) {
            Err(FileError::Empty | FileError::NoRows) => continue,
            other => other,
        };
    }
    found
}

fn inspect_one<R: Read + Seek>(
    book: &mut Workbook<R>,
    sheet: Option<&str>,
    look: &Look,
) -> Result<(Inspection, SheetRows), FileError> {
    let (index, rows) = book.sheet(sheet)?;
    let mut table: Vec<(u64, Vec<String>)> = Vec::new();
    book.rows(&rows, DecimalSign::Point, |row| {
        if row.extra_cells > 0 {
            return Err(FileError::TooManyColumns { columns: row.len() as u64, limit: MAX_COLUMNS as u64 });
        }
        if !row.is_blank() {
            table.push((row.number, row.cells().map(str::to_owned).collect()));
        }
        Ok(table.len() <= GUESS_ROWS + TITLE_ROWS)
    })?;
    let whole = table.len() <= GUESS_ROWS + TITLE_ROWS;
    let filled = |row: &[String]| row.iter().filter(|c| !c.trim().is_empty()).count();
    let widest = table.iter().map(|(_, row)| filled(row)).max().unwrap_or(0);
    // Titles and remarks above the table fill few of its columns.
    let head = table.iter().take(TITLE_ROWS).position(|(_, row)| filled(row) * 2 > widest).unwrap_or(0);
    let header_row = table.get(head).map_or(0, |(number, _)| *number);
    let form = Form::Workbook { sheets: book.sheet_names(), sheet: u32::try_from(index).unwrap_or(0) };
    let table: Vec<Vec<String>> = table.into_iter().skip(head).map(|(_, row)| row).collect();
    if table.is_empty() {
        return Err(FileError::Empty);
    }
    let width = table.iter().map(Vec::len).max().unwrap_or(0);
    let mut seen = Seen { table, header_row, whole, form };
    seen.table.iter_mut().for_each(|row| row.resize(width, String::new()));
    let mut found = make_out(seen, look)?;
    if book.has_macros() {
        found.warnings.push(FileWarning::MacrosIgnored);
    }
    Ok((found, rows))
}

/// Rows that may stand above the header of a sheet.
const TITLE_ROWS: usize = 10;

/// What a look at the file saw, before any guess.
struct Seen {
    table: Vec<Vec<String>>,
    header_row: u64,
    whole: bool,
    form: Form,
}

fn make_out(seen: Seen, look: &Look) -> Result<Inspection, FileError> {
    let Seen { mut table, header_row, whole, form } = seen;
    let first = table.first().cloned().unwrap_or_default();
    let mut warnings = Vec::new();
    let has_header = looks_like_header(&first);
    let header = if has_header {
        table.remove(0);
        first.iter().map(|h| h.trim().to_owned()).collect()
    } else {
        warnings.push(FileWarning::NoHeader);
        (0..first.len()).map(letters).collect::<Vec<String>>()
    };
    if header.len() > MAX_COLUMNS {
        return Err(FileError::TooManyColumns { columns: header.len() as u64, limit: MAX_COLUMNS as u64 });
    }
    if table.is_empty() && whole {
        return Err(FileError::NoRows);
    }
    if header.len() == 1 {
        warnings.push(FileWarning::OneColumn);
    }
    warnings.extend(duplicates(&header));
    let (mut roles, rivals) = guess_roles(&header, &table);
    let target = match responses::guess_target(&header, &roles) {
        Target::Orders => records::guess_target(&header, &roles).unwrap_or_default(),
        other => other,
    };
    match target {
        Target::Orders => warnings.extend(rivals),
        _ => roles = roles_for(target, &header, &table, &roles),
    }
    let date_orders = date_column(&roles).map(|column| fitting_orders(cells(&table, column))).unwrap_or_default();
    let guess = Mapping {
        date_order: date_orders.first().copied().unwrap_or(DateOrder::YearMonthDay),
        decimal_sign: decimal_sign(&roles, &table),
        currency: currency(&roles, &header, &table, look.currency),
        source: look.source.to_owned(),
        fill_down: target == Target::Orders && continues(&roles, &table),
        target,
        roles,
        fields: Vec::new(),
    };
    table.truncate(SAMPLE_ROWS);
    Ok(Inspection {
        form,
        encoding: String::new(),
        delimiter: ',',
        has_header,
        header_row,
        header,
        sample: table,
        guess,
        date_orders,
        warnings,
    })
}

/// Rows without an order number that have no date either: further lines of the order above.
fn continues(roles: &[Role], table: &[Vec<String>]) -> bool {
    let column = |role| roles.iter().position(|r| *r == role);
    let (Some(number), Some(date)) = (column(Role::OrderNumber), column(Role::OrderDate)) else { return false };
    let blank = |row: &[String], column: usize| row.get(column).is_none_or(|c| c.trim().is_empty());
    let mut blanks = table.iter().skip(1).filter(|row| blank(row, number)).peekable();
    blanks.peek().is_some() && blanks.all(|row| blank(row, date))
}

/// Whether rows without an order number are among the sample.
#[must_use]
pub fn has_blank_numbers(inspection: &Inspection, mapping: &Mapping) -> bool {
    let number = mapping.roles.iter().position(|r| *r == Role::OrderNumber);
    number.is_some_and(|at| inspection.sample.iter().any(|row| row.get(at).is_none_or(|c| c.trim().is_empty())))
}

/// Identifies files of the same make, whatever their rows: a mapping is remembered under it.
#[must_use]
pub fn signature(header: &[String]) -> String {
    let names: Vec<String> = header.iter().map(|h| normalise(h)).collect();
    uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_OID, names.join("\u{1f}").as_bytes()).to_string()
}

fn roles_for(target: Target, header: &[String], table: &[Vec<String>], as_orders: &[Role]) -> Vec<Role> {
    match target {
        Target::Orders => as_orders.to_vec(),
        Target::Responses => responses::guess_roles(header, table, as_orders),
        _ => records::guess_roles(target, header, table, as_orders),
    }
}

/// The column whose dates can be written in more than one order.
#[must_use]
pub fn date_column(roles: &[Role]) -> Option<usize> {
    let of = |role| roles.iter().position(|r| *r == role);
    of(Role::OrderDate).or_else(|| of(Role::Birthday))
}

/// What the columns mean if the file's rows are of this kind, by its header and sample.
#[must_use]
pub fn guess_for(inspection: &Inspection, target: Target) -> Mapping {
    let (header, table) = (&inspection.header, &inspection.sample);
    let orders = guess_roles(header, table).0;
    let roles = roles_for(target, header, table, &orders);
    Mapping { target, decimal_sign: decimal_sign(&roles, table), roles, ..inspection.guess.clone() }
}

/// The columns that are called as one of these fields, among those that nothing else is known of. Where most of the first cells
/// say nothing that the field can hold, the name means something else.
#[must_use]
pub fn guess_fields(inspection: &Inspection, mapping: &Mapping, fields: &[FileField]) -> Vec<FieldColumn> {
    let mut found: Vec<FieldColumn> = Vec::new();
    let free = |at: u32| mapping.roles.get(at as usize) == Some(&Role::Ignore);
    for (column, name) in (0..).zip(&inspection.header).filter(|(at, _)| free(*at)) {
        let name = normalise(name);
        let reads = |field: &FileField| {
            let all = || cells(&inspection.sample, column as usize).filter(|cell| !cell.trim().is_empty());
            let read = |cell: &&str| read_field(field, cell, mapping, mapping.currency).is_ok();
            all().filter(read).count() * 2 >= all().count()
        };
        let is_free = |field: &&FileField| found.iter().all(|f| (f.field.of, &f.field.name) != (field.of, &field.name));
        let called = |field: &&FileField| field.names.iter().any(|n| normalise(n) == name);
        let field = fields.iter().filter(called).filter(is_free).find(|field| reads(field)).cloned();
        found.extend(field.map(|field| FieldColumn { column, field }));
    }
    found
}

/// The date orders that fit a column that the person chose instead of the guessed one.
#[must_use]
pub fn date_orders_of(sample: &[Vec<String>], column: usize) -> Vec<DateOrder> {
    fitting_orders(cells(sample, column))
}

fn cells(table: &[Vec<String>], column: usize) -> impl Iterator<Item = &str> {
    table.iter().filter_map(move |r| r.get(column)).map(String::as_str)
}

/// The first rows of the text. The last one is left off where the text may be cut inside it; so is a line `sep=;`.
fn read_head(head: &str, delimiter: u8, whole: bool, limit: usize) -> Result<Vec<Vec<String>>, FileError> {
    let mut table: Vec<Vec<String>> = Vec::new();
    let mut rows = Rows::new(delimiter);
    let mut take = |row: crate::files::rows::Row| {
        if row.extra_cells > 0 && table.is_empty() {
            return Err(FileError::TooManyColumns { columns: row.len() as u64, limit: MAX_COLUMNS as u64 });
        }
        let width = table.first().map_or(row.len(), Vec::len);
        if row.swallows_rows(width, delimiter) {
            return Err(FileError::UnclosedQuote { row: row.number });
        }
        if table.len() < limit && !row.is_blank() && !is_separator_hint(row.number, row.text()) {
            table.push(row.cells().map(str::to_owned).collect());
        }
        Ok(())
    };
    rows.push(head.as_bytes(), &mut take)?;
    if whole {
        rows.finish(&mut take)?;
    }
    Ok(table)
}

/// One ASCII character that quoting and line ends leave free.
fn can_separate(delimiter: u8) -> bool {
    delimiter.is_ascii() && !matches!(delimiter, b'"' | b'\r' | b'\n' | 0)
}

/// Excel's first line `sep=;`, which names the separator and is no data.
pub(super) fn is_separator_hint(row: u64, text: &str) -> bool {
    row == 1 && text.len() <= 5 && text.get(..4).is_some_and(|t| t.eq_ignore_ascii_case("sep="))
}

/// The separator that cuts the rows into the same number of cells, more than one, most often.
fn guess_delimiter(head: &str) -> u8 {
    if let Some(hint) = head.get(..5).filter(|h| is_separator_hint(1, h))
        && let Some(mark) = hint.as_bytes().last().filter(|b| matches!(b, b',' | b';' | b'\t' | b'|'))
    {
        return *mark;
    }
    let mut best = (0usize, 0usize, b',');
    // The comma comes last: it is the one that also stands inside cells.
    let wide = byte_of(WIDE_COMMA).filter(|_| head.contains(WIDE_COMMA));
    for delimiter in wide.into_iter().chain([b'\t', b';', b'|', b',']) {
        let mut counts: Vec<usize> = Vec::new();
        let mut rows = Rows::new(delimiter);
        let end = head.char_indices().map(|(i, _)| i).nth(64 * 1024).unwrap_or(head.len());
        let seen: Result<(), FileError> = rows.push(head.get(..end).unwrap_or(head).as_bytes(), |row| {
            if counts.len() < DELIMITER_ROWS && !row.is_blank() {
                counts.push(row.len());
            }
            Ok(())
        });
        let last: Result<(), FileError> = if end == head.len() {
            rows.finish(|row| {
                counts.push(row.len());
                Ok(())
            })
        } else {
            Ok(())
        };
        let width = counts.first().copied().unwrap_or(0);
        if width < 2 {
            continue;
        }
        let same = counts.iter().filter(|c| **c == width).count();
        let mut score = same * 1000 / counts.len();
        if seen.is_err() || last.is_err() {
            score /= 2;
        }
        if (score, width) > (best.0, best.1) {
            best = (score, width, delimiter);
        }
    }
    best.2
}

/// A header names things: none of its cells is a number, a date or an address of mail, and not all are blank.
fn looks_like_header(row: &[String]) -> bool {
    let data = |c: &String| {
        let c = c.trim();
        c.contains('@')
            || c.bytes().any(|b| b.is_ascii_digit())
                && (parse_decimal(c, DecimalSign::Point, 4).is_ok()
                    || parse_decimal(c, DecimalSign::Comma, 4).is_ok()
                    || !fitting_orders(std::iter::once(c)).is_empty())
    };
    let known = || super::columns::guess_roles(row, &[]).0.iter().filter(|r| **r != Role::Ignore).count() >= 2;
    !row.iter().any(data) || known()
}

/// A, B, …, Z, AA, AB, … as spreadsheets name columns.
fn letters(mut column: usize) -> String {
    let mut name = Vec::new();
    loop {
        name.push(b'A' + u8::try_from(column % 26).unwrap_or(0));
        match (column / 26).checked_sub(1) {
            Some(next) => column = next,
            None => break,
        }
    }
    name.reverse();
    String::from_utf8_lossy(&name).into_owned()
}

fn duplicates(header: &[String]) -> Vec<FileWarning> {
    let mut seen: Vec<&String> = Vec::new();
    let mut twice: Vec<&String> = Vec::new();
    for name in header.iter().filter(|h| !h.is_empty()) {
        if !seen.contains(&name) {
            seen.push(name);
        } else if !twice.contains(&name) {
            twice.push(name);
        }
    }
    twice.into_iter().map(|name| FileWarning::DuplicateHeader { name: name.clone() }).collect()
}

const MONEY: [Role; 3] = [Role::UnitPrice, Role::LineTotal, Role::UnitCost];

fn columns_with<'a>(roles: &'a [Role], wanted: &'a [Role]) -> impl Iterator<Item = usize> + 'a {
    roles.iter().enumerate().filter(|(_, r)| wanted.contains(r)).map(|(c, _)| c)
}

fn decimal_sign(roles: &[Role], table: &[Vec<String>]) -> DecimalSign {
    let numeric = [Role::UnitPrice, Role::LineTotal, Role::UnitCost, Role::Quantity];
    guess_decimal_sign(columns_with(roles, &numeric).flat_map(|c| cells(table, c)))
}

fn currency(roles: &[Role], header: &[String], table: &[Vec<String>], book: Currency) -> Currency {
    let in_cells = || columns_with(roles, &MONEY).flat_map(|c| cells(table, c)).find_map(|c| currency_in(c, book));
    let in_header = || columns_with(roles, &MONEY).filter_map(|c| header.get(c)).find_map(|h| currency_in(h, book));
    in_cells().or_else(in_header).unwrap_or(book)
}
