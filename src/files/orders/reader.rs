//! Slices of text to orders: each row is read whole before anything is kept of it, so a row left out leaves no trace.

mod held;
mod other;

use rustc_hash::FxHashMap;

use super::cells::{Money, OrderText, is_nobody, phone_key, strip_decimal_zero};
use super::gather::{Gather, Who};
use super::inspect::is_separator_hint;
use super::short::{Short, is_cuttable};
use super::synonyms::{StatusClass, classify_status, is_kind_of_order};
use super::{
    FileError, Form, Inspection, Mapping, ParseReport, ParsedLine, ParsedOrders, Role, RowError, RowReason, Target,
};
use crate::domain::{CivilTime, Currency, MS_PER_DAY, Value};
use crate::files::clock::parse_time;
use crate::files::dates::{DateError, parse_date_time};
use crate::files::numbers::{NumberError, clean, parse_currency};
use crate::files::records::{self, Gathered};
use crate::files::responses::{Said, parse_score};
use crate::files::rows::{Row, Rows};
use crate::files::wide::byte_of;
use crate::files::{MAX_ERRORS, MAX_ROWS};

/// Reads an order file slice by slice. Memory is what was read out of it, never the text.
///
/// What the rows mean:
/// - Rows with the same order number are one order, dated by its earliest row. A row that repeats the number without a
///   date or customer takes those of the order. Where the mapping says so, a row without a number continues the order above.
/// - Without a column of order numbers, rows of the same customer at the same time are one order; each row without a
///   customer is one.
/// - An order is a refund if its number is C and digits and nothing in it is above zero, if its status calls it a return, or
///   if it comes to less than zero. A status that says the sale *was* given back later (“refunded”, 已退款) on amounts
///   above zero makes the sale and a second order, number + `-refund`, that takes it back.
/// - A row that was never a sale (cancelled, unpaid, closed) is left out as [`RowReason::NotASale`], unless its amounts
///   are below zero: then it is a refund.
/// - An order is an adjustment if all its quantities are below zero at price 0 (a write-off), or if its number is A and
///   digits, it has no customer and nine orders in ten have plain numbers (as in UCI's Online Retail).
pub struct OrdersReader {
    rows: Rows,
    body: Body,
}

struct Body {
    columns: Columns,
    mapping: Mapping,
    header: Vec<String>,
    delimiter: u8,
    /// The next row is the header.
    header_ahead: bool,
    /// Rows above it are titles.
    header_row: u64,
    /// Cards of an address book, which have a name.
    cards: bool,
    gather: Gather,
    said: Said,
    records: Gathered,
    statuses: FxHashMap<Box<str>, StatusClass>,
    /// The date last read and its text: neighbours mostly share it.
    last_date: (String, CivilTime),
    /// The order number that a row without one continues.
    above: String,
    rows: u64,
    failed: u64,
    /// Rows shorter than the header: those taken, and those that wait for what follows them.
    rows_short: u64,
    short: Short,
    errors: Vec<RowError>,
}

/// Column of each role.
struct Columns([Option<usize>; Role::ALL.len()]);

impl Columns {
    fn of(&self, role: Role) -> Option<usize> {
        self.0.get(role as usize).copied().flatten()
    }

    /// The columns that have a role.
    fn used(&self) -> impl Iterator<Item = usize> {
        self.0.iter().flatten().copied()
    }
}

/// Why a row is left out, and the column at fault.
struct Fault {
    column: Option<usize>,
    reason: RowReason,
}

impl OrdersReader {
    /// # Errors
    /// [`FileError::RoleTwice`]; [`FileError::MissingRole`] for the date, or for the unit price where there is no line
    /// total either.
    pub fn new(inspection: &Inspection, mapping: &Mapping) -> Result<Self, FileError> {
        let mut columns = Columns([None; Role::ALL.len()]);
        for (column, role) in mapping.roles.iter().enumerate().filter(|(_, r)| **r != Role::Ignore) {
            if let Some(slot) = columns.0.get_mut(*role as usize)
                && slot.replace(column).is_some()
            {
                return Err(FileError::RoleTwice { role: *role });
            }
        }
        for group in records::needs(mapping.target) {
            if let ([first, ..], false) = (group, group.iter().any(|role| columns.of(*role).is_some())) {
                return Err(FileError::MissingRole { role: *first });
            }
        }
        let delimiter = byte_of(inspection.delimiter).unwrap_or(b',');
        Ok(Self {
            rows: Rows::new(delimiter),
            body: Body {
                columns,
                mapping: mapping.clone(),
                header: inspection.header.clone(),
                delimiter,
                header_ahead: inspection.has_header,
                header_row: inspection.header_row,
                cards: inspection.form == Form::Cards,
                gather: Gather::default(),
                said: Said::default(),
                records: Gathered::default(),
                statuses: FxHashMap::default(),
                last_date: (String::new(), CivilTime(0)),
                above: String::new(),
                rows: 0,
                failed: 0,
                rows_short: 0,
                short: Short::new(inspection.header.len()),
                errors: Vec::new(),
            },
        })
    }

    /// Takes the next slice of UTF-8 text; it may end anywhere, also inside a character.
    ///
    /// # Errors
    /// A limit of the file is exceeded, or a quote never closes. Nothing more can be read then.
    pub fn push(&mut self, text: &[u8]) -> Result<(), FileError> {
        let body = &mut self.body;
        self.rows.push(text, |row| body.row(&row))
    }

    /// Takes a row that is none of text.
    ///
    /// # Errors
    /// As [`OrdersReader::push`].
    pub fn row(&mut self, row: &Row) -> Result<(), FileError> {
        self.body.row(row)
    }

    /// Rows below the header read so far.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.body.rows
    }

    /// Rows left out so far.
    #[must_use]
    pub fn rows_failed(&self) -> u64 {
        self.body.failed
    }

    /// After the last slice.
    ///
    /// # Errors
    /// As [`OrdersReader::push`]; [`FileError::Empty`] and [`FileError::NoRows`].
    pub fn finish(mut self) -> Result<ParsedOrders, FileError> {
        let body = &mut self.body;
        self.rows.finish(|row| body.row(&row))?;
        body.settle();
        if body.header_ahead {
            return Err(FileError::Empty);
        }
        if body.rows == 0 {
            return Err(FileError::NoRows);
        }
        let target = self.body.mapping.target;
        let mut parsed = match target {
            Target::Orders => self.body.gather.finish(),
            Target::Responses => self.body.said.finish(),
            _ => {
                let records = self.body.records.finish(target);
                let report = ParseReport { records: records.records.len() as u64, ..ParseReport::default() };
                ParsedOrders { records, report, ..ParsedOrders::default() }
            }
        };
        parsed.report.rows = self.body.rows;
        parsed.report.rows_failed = self.body.failed;
        parsed.report.rows_short = self.body.rows_short;
        parsed.report.rows_taken = self.body.rows - self.body.failed;
        parsed.report.errors = self.body.errors;
        Ok(parsed)
    }
}

impl Body {
    fn row(&mut self, row: &Row) -> Result<(), FileError> {
        if row.number < self.header_row || row.is_blank() || is_separator_hint(row.number, row.text()) {
            return Ok(());
        }
        if self.header_ahead {
            self.header_ahead = false;
            return Ok(());
        }
        self.rows += 1;
        if self.rows > MAX_ROWS {
            return Err(FileError::TooManyRows { limit: MAX_ROWS });
        }
        if row.swallows_rows(self.header.len(), self.delimiter) {
            return Err(FileError::UnclosedQuote { row: row.number });
        }
        if row.delimited && row.len() < self.header.len() {
            self.hold(row);
            return Ok(());
        }
        self.settle();
        self.fill_down(row);
        let taken = self.check(row).and_then(|()| self.take(row));
        self.note(row, taken);
        self.short.passed(row.delimited && is_cuttable(row, self.header.len(), &self.mapping));
        Ok(())
    }

    fn note(&mut self, row: &Row, taken: Result<(), Fault>) {
        let Err(fault) = taken else { return };
        self.failed += 1;
        if fault.reason != RowReason::NotASale && self.mapping.target == Target::Orders {
            self.gather.said_otherwise(clean(cell_of(&self.columns, row, Role::OrderNumber)));
        }
        if self.errors.len() < MAX_ERRORS {
            self.errors.push(RowError {
                row: row.number,
                column: fault.column.and_then(|c| self.header.get(c)).cloned(),
                value: match (fault.column, fault.reason) {
                    (Some(c), _) => shortened(row.cell(c)),
                    (None, RowReason::Ragged) => row.len().to_string(),
                    (None, _) => String::new(),
                },
                reason: fault.reason,
            });
        }
    }

    /// Shape of the row, before any meaning.
    fn check(&self, row: &Row) -> Result<(), Fault> {
        let columns = self.header.len();
        let fields = self.mapping.fields.iter().map(|field| field.column as usize);
        if let Some(column) = self.columns.used().chain(fields).find(|column| row.is_error(*column)) {
            return Err(Fault { column: Some(column), reason: RowReason::FormulaError });
        }
        let mut named = NUMBERS.into_iter().filter_map(|role| self.columns.of(role));
        if let Some(column) = named.find(|column| has_lost_digits(clean(row.cell(*column)))) {
            return Err(Fault { column: Some(column), reason: RowReason::DigitsLost });
        }
        // Blank cells beyond the header come from a separator at the end of each line.
        let ragged =
            row.extra_cells > 0 || row.len() > columns && (columns..row.len()).any(|c| !row.cell(c).trim().is_empty());
        if ragged {
            return Err(Fault { column: None, reason: RowReason::Ragged });
        }
        let control = |b: u8| (b < b' ' && !matches!(b, b'\t' | b'\n' | b'\r')) || b == 0x7F;
        if row.text().bytes().any(control) {
            let column = (0..columns).find(|c| row.cell(*c).bytes().any(control));
            return Err(Fault { column, reason: RowReason::ControlCharacter });
        }
        Ok(())
    }

    /// The number that blank ones below go by: also of a row that is refused, or what follows would be of the order before.
    fn fill_down(&mut self, row: &Row) {
        if self.mapping.fill_down && self.mapping.target == Target::Orders {
            let typed = clean(cell_of(&self.columns, row, Role::OrderNumber));
            if !typed.is_empty() && typed != self.above {
                typed.clone_into(&mut self.above);
            }
        }
    }

    fn take(&mut self, row: &Row) -> Result<(), Fault> {
        match self.mapping.target {
            Target::Orders => {}
            Target::Responses => return self.take_response(row),
            target => return self.take_record(row, target),
        }
        let above;
        let number = if self.mapping.fill_down {
            above = self.above.clone();
            above.as_str()
        } else {
            clean(self.cell(row, Role::OrderNumber))
        };
        let status = self.status(row)?;
        let currency = self.currency(row)?;
        let line =
            if self.is_without_lines(row, number) { Ok(None) } else { self.money(row, status, currency).map(Some) };
        let negative = |line: &ParsedLine| line.quantity_milli < 0 || line.total_minor < 0;
        let is_negative = matches!(&line, Ok(Some(line)) if negative(line));
        // Some programs blank the amounts of what was cancelled.
        let is_readable = line.as_ref().err().is_none_or(|fault| fault.reason == RowReason::Missing);
        if status == StatusClass::NotASale && !is_negative && is_readable {
            self.gather.never_sold(number);
            return Err(Fault { column: self.columns.of(Role::Status), reason: RowReason::NotASale });
        }
        let line = line?;
        let fields = self.fields(row, currency)?;
        let at = self.date(row)?;
        let cost = self.number(row, Role::UnitCost, 4)?;
        let who = self.who(row);
        // Lists of Kith's own hold orders that never had a number.
        let numbered = self.columns.of(Role::OrderNumber).is_some()
            && !(number.is_empty() && is_kind_of_order(self.cell(row, Role::Status)));
        let order = if numbered {
            if number.is_empty() {
                return Err(self.fault(Role::OrderNumber, RowReason::Missing));
            }
            self.gather.find_order(number)
        } else {
            None
        };
        if let Some(order) = order {
            if self.gather.belongs_to_other(order, &who) {
                return Err(self.fault(who.role, RowReason::OtherCustomer));
            }
            if self.gather.currency_of(order) != Some(currency) {
                return Err(self.fault(Role::CurrencyCode, RowReason::OtherCurrency));
            }
        }
        let at = match at.or_else(|| order.and_then(|o| self.gather.time_of(o))) {
            Some(at) => at,
            None => return Err(self.fault(Role::OrderDate, RowReason::Missing)),
        };
        let customer = self.gather.customer(&who, |role| clean(cell_of(&self.columns, row, role)));
        let order = match order {
            Some(order) => order,
            None if numbered => self.gather.new_order(number, at, currency),
            None => self.gather.order_without_number(customer, at, currency, is_negative),
        };
        let cell = |role| clean(cell_of(&self.columns, row, role));
        let text = OrderText { channel: cell(Role::Channel), note: cell(Role::Note), fields };
        self.gather.row(order, customer, at, status, text);
        if let Some(line) = line {
            let product =
                self.gather.product(cell(Role::ProductKey), cell(Role::ProductName), cell(Role::Category), cost);
            self.gather.line(order, ParsedLine { product, ..line });
        }
        Ok(())
    }

    /// An order that says what it is and has no lines, as lists of orders go out.
    fn is_without_lines(&self, row: &Row, number: &str) -> bool {
        const OF_LINES: [Role; 5] =
            [Role::ProductKey, Role::ProductName, Role::Quantity, Role::UnitPrice, Role::LineTotal];
        !number.is_empty()
            && is_kind_of_order(self.cell(row, Role::Status))
            && OF_LINES.iter().all(|role| clean(self.cell(row, *role)).is_empty())
    }

    /// What the row says of fields without a role.
    fn fields(&self, row: &Row, currency: Currency) -> Result<Vec<(String, Value)>, Fault> {
        let kind = records::form_kind(self.mapping.target);
        let mut found = Vec::new();
        for of in self.mapping.fields.iter().filter(|of| Some(of.field.of) == kind) {
            let column = of.column as usize;
            let value = records::read_field(&of.field, row.cell(column), &self.mapping, currency)
                .map_err(|reason| Fault { column: Some(column), reason })?;
            if value != Value::Null {
                found.push((of.field.name.clone(), value));
            }
        }
        Ok(found)
    }

    fn score(&self, row: &Row, role: Role) -> Result<Option<u8>, Fault> {
        parse_score(role, self.cell(row, role), self.mapping.decimal_sign).map_err(|reason| self.fault(role, reason))
    }

    fn cell<'a>(&self, row: &Row<'a>, role: Role) -> &'a str {
        cell_of(&self.columns, row, role)
    }

    fn fault(&self, role: Role, reason: RowReason) -> Fault {
        Fault { column: self.columns.of(role), reason }
    }

    fn status(&mut self, row: &Row) -> Result<StatusClass, Fault> {
        let text = self.cell(row, Role::Status);
        if text.is_empty() {
            return Ok(StatusClass::Sale);
        }
        if let Some(known) = self.statuses.get(text) {
            return Ok(*known);
        }
        let class = classify_status(text);
        // A status column has few words; if it is something else, do not collect it.
        if self.statuses.len() < 1_000 {
            self.statuses.insert(text.into(), class);
        }
        Ok(class)
    }

    fn currency(&self, row: &Row) -> Result<Currency, Fault> {
        match clean(self.cell(row, Role::CurrencyCode)) {
            "" => Ok(self.mapping.currency),
            text => parse_currency(text, self.mapping.currency)
                .ok_or_else(|| self.fault(Role::CurrencyCode, RowReason::UnknownCurrency)),
        }
    }

    fn money(&self, row: &Row, status: StatusClass, currency: Currency) -> Result<ParsedLine, Fault> {
        let quantity = self.number(row, Role::Quantity, 3)?;
        if self.columns.of(Role::Quantity).is_some() && quantity.is_none() {
            return Err(self.fault(Role::Quantity, RowReason::Missing));
        }
        let price = self.number(row, Role::UnitPrice, 4)?;
        let mut total = self.number(row, Role::LineTotal, currency.decimals())?;
        if self.columns.of(Role::LineTotal).is_some_and(|column| row.is_spanned(column)) {
            // One amount merged over the lines of an order is that of them all: it counts once.
            total = price.is_none().then_some(0);
        }
        let asked = if self.columns.of(Role::UnitPrice).is_some() { Role::UnitPrice } else { Role::LineTotal };
        if price.is_none() && total.is_none() {
            return Err(self.fault(asked, RowReason::Missing));
        }
        let mut money = Money { quantity, price, total, currency };
        if status == StatusClass::Refund {
            money.turn_negative();
        }
        money.line().ok_or_else(|| {
            self.fault(if total.is_some() { Role::LineTotal } else { Role::UnitPrice }, RowReason::TooLarge)
        })
    }

    /// A number of a column, scaled; `None` for a blank cell or no such column.
    fn number(&self, row: &Row, role: Role, scale: u32) -> Result<Option<i64>, Fault> {
        let text = self.cell(row, role);
        if text.is_empty() || clean(text).is_empty() {
            return Ok(None);
        }
        crate::files::numbers::parse_decimal(text, self.mapping.decimal_sign, scale).map(Some).map_err(|e| {
            let reason = match e {
                NumberError::NotANumber => RowReason::NotANumber,
                NumberError::TooLarge => RowReason::TooLarge,
            };
            self.fault(role, reason)
        })
    }

    fn date(&mut self, row: &Row) -> Result<Option<CivilTime>, Fault> {
        let text = self.cell(row, Role::OrderDate);
        if text.is_empty() || clean(text).is_empty() {
            return Ok(None);
        }
        if self.last_date.0 != text {
            let at = parse_date_time(text, self.mapping.date_order).map_err(|e| {
                let reason = match e {
                    DateError::NotADate => RowReason::NotADate,
                    DateError::NoSuchDate => RowReason::NoSuchDate,
                    DateError::YearOutOfRange => RowReason::YearOutOfRange,
                };
                self.fault(Role::OrderDate, reason)
            })?;
            self.last_date.0.clear();
            self.last_date.0.push_str(text);
            self.last_date.1 = at;
        }
        let mut at = self.last_date.1;
        let time = clean(self.cell(row, Role::OrderTime));
        if !time.is_empty() {
            let ms = parse_time(time).map_err(|_| self.fault(Role::OrderTime, RowReason::NotADate))?;
            at = CivilTime(at.0.div_euclid(MS_PER_DAY) * MS_PER_DAY + ms);
        }
        Ok(Some(at))
    }

    /// Who bought: number, else phone, else email, else name, else company.
    fn who<'a>(&self, row: &Row<'a>) -> Who<'a> {
        let number = strip_decimal_zero(clean(self.cell(row, Role::CustomerKey)));
        if !is_nobody(number) {
            return Who { key: number.into(), role: Role::CustomerKey };
        }
        if let Some(phone) = phone_key(self.cell(row, Role::Phone)) {
            return Who { key: phone.into(), role: Role::Phone };
        }
        let email = clean(self.cell(row, Role::Email));
        if email.contains('@') {
            return Who { key: email.to_lowercase().into(), role: Role::Email };
        }
        for role in [Role::CustomerName, Role::Company] {
            let name = clean(self.cell(row, role));
            if !is_nobody(name) {
                return Who { key: name.into(), role };
            }
        }
        Who { key: "".into(), role: Role::CustomerKey }
    }
}

/// What records are told apart by.
const NUMBERS: [Role; 6] =
    [Role::OrderNumber, Role::CustomerKey, Role::Phone, Role::ProductKey, Role::ResponseKey, Role::InteractionKey];

/// `1.38E+10`: how spreadsheets write a number that is too long for its column. Many would be called alike.
fn has_lost_digits(cell: &str) -> bool {
    let Some((head, power)) = cell.split_once("E+") else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    head.len() > 1
        && digits(power)
        && head.split_once('.').is_some_and(|(one, rest)| one.len() == 1 && digits(one) && digits(rest))
}

fn cell_of<'a>(columns: &Columns, row: &Row<'a>, role: Role) -> &'a str {
    columns.of(role).map_or("", |c| row.cell(c))
}

/// At most 80 characters, with signs in place of control characters.
fn shortened(cell: &str) -> String {
    let visible = |c: char| match c {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + c as u32).unwrap_or(c),
        '\u{7f}' => '\u{2421}',
        _ => c,
    };
    cell.chars().take(80).map(visible).collect()
}
