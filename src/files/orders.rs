//! What a file of orders becomes, and what the person decides about it on the way.

pub(super) mod cells;
mod columns;
mod gather;
mod inspect;
mod reader;
mod short;
mod synonyms;

pub use cells::{phone_key, restored};
pub(super) use columns::{are_numbers, normalise};
pub use gather::REFUND_SUFFIX;
pub use inspect::{
    Look, date_column, date_orders_of, guess_fields, guess_for, has_blank_numbers, inspect, inspect_sheet, signature,
};
pub use reader::OrdersReader;

use serde::{Deserialize, Serialize};

pub use super::records::{FileField, ParsedRecord, ParsedRecords};
pub use super::responses::{ParsedResponse, parse_score};
use crate::domain::{CivilTime, Currency, OrderKind, Value};

/// What a column of the file means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Ignore,
    OrderNumber,
    OrderDate,
    /// Time of day in a column of its own.
    OrderTime,
    CustomerKey,
    CustomerName,
    Phone,
    Email,
    Company,
    Country,
    City,
    Address,
    ProductKey,
    ProductName,
    Category,
    Quantity,
    UnitPrice,
    /// What was charged for the line; used instead of quantity × price where given.
    LineTotal,
    UnitCost,
    Channel,
    /// Says “refund”, “cancelled”, 退款…
    Status,
    CurrencyCode,
    Note,
    /// The number of an answer.
    ResponseKey,
    Expectation,
    Experience,
    /// “Would you recommend us?”, 0–10.
    Recommend,
    /// Satisfied, 1–5.
    Satisfied,
    Comment,
    Staff,
    Birthday,
    Tags,
    /// Who looks after the customer.
    Owner,
    /// The number of a contact with a customer.
    InteractionKey,
    /// Who made contact.
    Direction,
    /// 1 angry to 5 delighted.
    Mood,
}

/// What the rows of a file are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    #[default]
    Orders,
    /// What customers said (see [`crate::files::responses`]).
    Responses,
    /// One record a row (see [`crate::files::records`]).
    Customers,
    Products,
    Interactions,
}

impl Target {
    pub const ALL: [Self; 5] = [Self::Orders, Self::Customers, Self::Products, Self::Interactions, Self::Responses];
}

impl Role {
    pub const ALL: [Self; 36] = [
        Self::Ignore,
        Self::OrderNumber,
        Self::OrderDate,
        Self::OrderTime,
        Self::CustomerKey,
        Self::CustomerName,
        Self::Phone,
        Self::Email,
        Self::Company,
        Self::Country,
        Self::City,
        Self::Address,
        Self::ProductKey,
        Self::ProductName,
        Self::Category,
        Self::Quantity,
        Self::UnitPrice,
        Self::LineTotal,
        Self::UnitCost,
        Self::Channel,
        Self::Status,
        Self::CurrencyCode,
        Self::Note,
        Self::ResponseKey,
        Self::Expectation,
        Self::Experience,
        Self::Recommend,
        Self::Satisfied,
        Self::Comment,
        Self::Staff,
        Self::Birthday,
        Self::Tags,
        Self::Owner,
        Self::InteractionKey,
        Self::Direction,
        Self::Mood,
    ];

    /// What a customer gave points for.
    pub const SCORES: [Self; 4] = [Self::Expectation, Self::Experience, Self::Recommend, Self::Satisfied];

    /// By which a customer can be found.
    pub const WHO: [Self; 4] = [Self::CustomerKey, Self::Phone, Self::Email, Self::CustomerName];

    /// Whether a file of this kind has such columns.
    #[must_use]
    pub fn is_of(self, target: Target) -> bool {
        let of_responses =
            Self::SCORES.contains(&self) || matches!(self, Self::ResponseKey | Self::Comment | Self::Staff);
        let of_both = Self::WHO.contains(&self)
            || matches!(
                self,
                Self::OrderNumber | Self::OrderDate | Self::OrderTime | Self::ProductKey | Self::ProductName
            );
        let of_records = matches!(
            self,
            Self::Birthday | Self::Tags | Self::Owner | Self::InteractionKey | Self::Direction | Self::Mood
        );
        match target {
            _ if self == Self::Ignore => true,
            Target::Orders => of_both || !of_responses && !of_records,
            Target::Responses => of_both || of_responses,
            _ => super::records::fields(target).iter().any(|f| f.role == self),
        }
    }
}

/// Order of day, month and year in a date column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    YearMonthDay,
    DayMonthYear,
    MonthDayYear,
    /// Days since 1899-12-30, with a fraction for the time.
    ExcelSerial,
}

/// Which sign divides the decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecimalSign {
    Point,
    Comma,
}

/// Everything the person can decide about a file; what Kith guessed until they do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    #[serde(default)]
    pub target: Target,
    /// One role per column.
    pub roles: Vec<Role>,
    pub date_order: DateOrder,
    pub decimal_sign: DecimalSign,
    pub currency: Currency,
    /// Which system the numbers come from; ids derive from it.
    pub source: String,
    /// A row without an order number belongs to the order above it.
    #[serde(default)]
    pub fill_down: bool,
    /// The columns that hold a field without a role; their role is [`Role::Ignore`].
    #[serde(default)]
    pub fields: Vec<FieldColumn>,
}

/// A column whose cells go to a field of the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldColumn {
    pub column: u32,
    pub field: FileField,
}

/// What sort of file it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    #[default]
    Text,
    /// Names of its sheets, the hidden ones last, and which one is looked at.
    Workbook { sheets: Vec<String>, sheet: u32 },
    /// An address book (vCard): a card a row.
    Cards,
}

/// What a first look at the file found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inspection {
    #[serde(default)]
    pub form: Form,
    /// Of text, a WHATWG label: `utf-8`, `utf-16le`, `utf-16be`, `gb18030`.
    pub encoding: String,
    pub delimiter: char,
    /// False when the first row already is data; `header` then holds spreadsheet letters (A, B, …).
    pub has_header: bool,
    /// Row of the header, 0 where titles above it cannot be told.
    #[serde(default)]
    pub header_row: u64,
    pub header: Vec<String>,
    /// The first rows, at most 50, as text.
    pub sample: Vec<Vec<String>>,
    pub guess: Mapping,
    /// Date orders that fit every sampled date. More than one: the person must choose.
    pub date_orders: Vec<DateOrder>,
    pub warnings: Vec<FileWarning>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileWarning {
    /// Two columns carry this name.
    DuplicateHeader { name: String },
    /// The same role was guessed from more than one column; the first was taken.
    ManyCandidates { role: Role, columns: Vec<String> },
    /// The first row looks like data, so the columns are named by letters.
    NoHeader,
    /// No column separator was found: everything is one column.
    OneColumn,
    /// The workbook has macros: they are not run, only values are read.
    MacrosIgnored,
}

/// Why a whole file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileError {
    Empty,
    /// Only a header.
    NoRows,
    TooLarge {
        bytes: u64,
        limit: u64,
    },
    TooManyRows {
        limit: u64,
    },
    TooManyColumns {
        columns: u64,
        limit: u64,
    },
    /// A workbook with a password.
    Password,
    /// A workbook that does not read as one.
    Broken {
        detail: String,
    },
    /// Small as it lies there, but larger than any workbook once inflated: bytes.
    Inflates {
        limit: u64,
    },
    /// Not text: looks like `what` (“xlsx”, “xls”, “zip”, “pdf”, “image”, “binary”).
    NotText {
        what: String,
    },
    /// The bytes fit no encoding throughout (or the file changes its encoding halfway): the first offending byte,
    /// counted from 0, and the line of text it stands in, counted from 1.
    Encoding {
        byte: u64,
        line: u64,
    },
    /// A quote opened in this row (1 is the header) and never closed.
    UnclosedQuote {
        row: u64,
    },
    /// A field longer than the limit, in this row.
    FieldTooLong {
        row: u64,
        limit: u64,
    },
    /// No column has this role, and the import needs it.
    MissingRole {
        role: Role,
    },
    /// The role was given to two columns.
    RoleTwice {
        role: Role,
    },
    /// The file could not be read from disk.
    Unreadable {
        detail: String,
    },
    /// Reading stopped before its end, most likely for want of memory.
    Stopped,
    Cancelled,
}

/// Why one row was left out. `row` counts like a spreadsheet: the header is row 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowError {
    pub row: u64,
    /// Header of the column at fault, if one is.
    pub column: Option<String>,
    /// The cell as it stands in the file, shortened to 80 characters; of a ragged row, how many cells it has.
    pub value: String,
    pub reason: RowReason,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowReason {
    /// Looks like a date that no calendar has.
    NoSuchDate,
    NotADate,
    /// A date before 1900 or after 2200.
    YearOutOfRange,
    NotANumber,
    /// Beyond what money may be.
    TooLarge,
    /// A cell that the order needs is empty.
    Missing,
    /// More cells than the header, or fewer where not only blanks are missing.
    Ragged,
    /// A line break in a cell without quotes made two rows of one: this is a part of it.
    Cut,
    /// The order number already belongs to another customer.
    OtherCustomer,
    /// The order number already came in another currency.
    OtherCurrency,
    UnknownCurrency,
    /// A NUL or other control character.
    ControlCharacter,
    /// The status says that nothing was sold: cancelled before payment, closed, payment failed.
    NotASale,
    /// Not a whole number of the scale (0–10; satisfied 1–5).
    ScoreOutOfRange,
    /// An answer without any score or comment.
    NothingSaid,
    /// The book knows no such customer.
    UnknownCustomer,
    /// The book knows no such order of the customer's; the answer is kept without it.
    UnknownOrder,
    /// As [`RowReason::UnknownOrder`].
    UnknownProduct,
    /// A link to a record that the book does not know, or of which it knows several; the row is kept without it.
    UnknownLink,
    /// The same answer stood in the file before.
    Duplicate,
    /// The cell of the spreadsheet holds an error: #N/A, #REF!.
    FormulaError,
    /// A spreadsheet wrote a long number as 1.38E+10: its last digits are lost.
    DigitsLost,
    /// More text than the field holds.
    TooLong,
    /// None of the words that the field can hold.
    NotAChoice,
}

/// A file read and grouped: plain columns that point at each other by index.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ParsedOrders {
    pub customers: Vec<ParsedCustomer>,
    pub products: Vec<ParsedProduct>,
    pub orders: Vec<ParsedOrder>,
    /// Lines of all orders, each order's lines together and in file order.
    pub lines: Vec<ParsedLine>,
    /// Of a file of answers; such a file has nothing else.
    #[serde(default)]
    pub responses: Vec<ParsedResponse>,
    /// Of a file of records; such a file has nothing else.
    #[serde(default)]
    pub records: ParsedRecords,
    /// Numbers of orders of which the file says nothing but that they were never a sale (see [`RowReason::NotASale`]), sorted.
    #[serde(default)]
    pub never_sold: Vec<String>,
    pub report: ParseReport,
}

/// Counts that must agree with the file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ParseReport {
    /// WHATWG label of the encoding that the whole file turned out to be in.
    #[serde(default)]
    pub encoding: String,
    /// Rows below the header, wholly blank ones aside.
    pub rows: u64,
    pub rows_taken: u64,
    /// Rows left out with a reason.
    pub rows_failed: u64,
    /// Rows taken that end before the header does: what is missing counts as blank.
    #[serde(default)]
    pub rows_short: u64,
    /// The first 10,000 of them.
    pub errors: Vec<RowError>,
    pub orders: u64,
    pub purchases: u64,
    pub refunds: u64,
    pub adjustments: u64,
    pub customers: u64,
    pub products: u64,
    #[serde(default)]
    pub responses: u64,
    /// Of a file of records.
    #[serde(default)]
    pub records: u64,
    /// Lines, orders and money without a customer.
    pub anonymous_lines: u64,
    pub anonymous_orders: u64,
    pub anonymous_minor: i64,
    /// As in [`ParsedOrders::never_sold`].
    #[serde(default)]
    pub never_sold: u64,
    /// Sum of all line totals taken, per currency code.
    pub total_minor: Vec<(String, i64)>,
    pub first: Option<CivilTime>,
    pub last: Option<CivilTime>,
}

impl ParseReport {
    /// There is something to bring in, or to ask about.
    #[must_use]
    pub fn says_something(&self) -> bool {
        self.rows_taken > 0 || self.never_sold > 0
    }
}

/// `key` identifies the customer within the source: its number, or else its phone, email or name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParsedCustomer {
    pub key: String,
    pub name: String,
    pub phone: String,
    pub email: String,
    pub company: String,
    pub country: String,
    pub city: String,
    pub address: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParsedProduct {
    pub key: String,
    pub name: String,
    pub category: String,
    pub cost_e4: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ParsedOrder {
    /// The order number; where the file has none, one made from customer and time.
    pub key: String,
    pub customer: Option<u32>,
    pub at: CivilTime,
    pub kind: OrderKind,
    pub channel: String,
    pub currency: Currency,
    pub note: String,
    /// Further fields by name, those that a row says something about.
    pub fields: Vec<(String, Value)>,
    /// Its lines: `lines[first_line..first_line + line_count]`.
    pub first_line: u32,
    pub line_count: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParsedLine {
    pub product: Option<u32>,
    pub quantity_milli: i64,
    pub unit_price_e4: i64,
    pub total_minor: i64,
}
