//! The table beside a chart: its figures, worded by the page, and as plain numbers in the CSV.

use crate::domain::{Currency, Day, show_decimal};
use crate::files::export::formula_safe;
use crate::locale::Locale;

/// What the numbers of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Words,
    Day,
    Count,
    /// Minor units of the book's currency.
    Money,
    /// 0–1, shown with so many decimal places.
    Share(u8),
    /// More or less than nothing, shown with so many decimal places.
    Signed(u8),
    /// A number of customers and what it is a part of; two columns of the CSV.
    Part,
}

/// One column: its heading and what stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub label: String,
    pub unit: Unit,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Not known, or there is none.
    Nothing,
    Words(String),
    Whole(i64),
    Real(f64),
    Part {
        n: u64,
        of: u64,
    },
}

impl From<String> for Cell {
    fn from(words: String) -> Self {
        Self::Words(words)
    }
}

impl From<&str> for Cell {
    fn from(words: &str) -> Self {
        Self::Words(words.to_owned())
    }
}

impl From<i64> for Cell {
    fn from(n: i64) -> Self {
        Self::Whole(n)
    }
}

impl From<u64> for Cell {
    fn from(n: u64) -> Self {
        Self::Whole(i64::try_from(n).unwrap_or(i64::MAX))
    }
}

impl From<Day> for Cell {
    fn from(day: Day) -> Self {
        Self::Whole(day.0.into())
    }
}

impl From<f64> for Cell {
    fn from(n: f64) -> Self {
        if n.is_finite() { Self::Real(n) } else { Self::Nothing }
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(cell: Option<T>) -> Self {
        cell.map_or(Self::Nothing, Into::into)
    }
}

impl Cell {
    /// A part as a share 0–1.
    #[must_use]
    pub fn share(n: u64, of: u64) -> f64 {
        if of == 0 { 0.0 } else { n as f64 / of as f64 }
    }

    /// As a program reads it.
    fn plain(&self, unit: Unit, currency: Currency) -> String {
        match (self, unit) {
            (Self::Words(words), _) => words.clone(),
            (Self::Whole(n), Unit::Money) => show_decimal(*n, currency.decimals()),
            (Self::Whole(n), Unit::Day) => i32::try_from(*n).map(|day| Day(day).to_string()).unwrap_or_default(),
            (Self::Whole(n), _) => n.to_string(),
            (Self::Real(n), Unit::Share(_)) => format!("{:.2}", n * 100.0),
            (Self::Real(n), Unit::Signed(digits)) => format!("{n:.0$}", usize::from(digits)),
            (Self::Real(n), _) => format!("{n:.2}"),
            (Self::Part { n, .. }, _) => n.to_string(),
            (Self::Nothing, _) => String::new(),
        }
    }
}

/// The figures of a chart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChartTable {
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell>>,
}

impl ChartTable {
    #[must_use]
    pub fn new(columns: &[(&str, Unit)], rows: Vec<Vec<Cell>>) -> Self {
        let column = |(label, unit): &(&str, Unit)| Column { label: (*label).to_owned(), unit: *unit };
        Self { columns: columns.iter().map(column).collect(), rows }
    }

    #[must_use]
    pub fn has_money(&self) -> bool {
        self.columns.iter().any(|c| c.unit == Unit::Money)
    }

    /// RFC 4180 text with a byte-order mark, so that Excel reads it as UTF-8. Numbers have a decimal point and no marks; their unit stands
    /// in the header.
    #[must_use]
    pub fn to_csv(&self, locale: Locale, currency: Currency) -> String {
        let mut out = String::from("\u{feff}");
        let with = |label: &str, unit: &str| format!("{label} ({unit})");
        let head = |column: &Column| {
            let label = column.label.as_str();
            match column.unit {
                Unit::Money => vec![with(label, currency.code())],
                Unit::Share(_) => vec![with(label, "%")],
                Unit::Part => vec![with(label, "%"), with(label, locale.t().common.customers)],
                _ => vec![label.to_owned()],
            }
        };
        push_row(&mut out, self.columns.iter().flat_map(head));
        for row in &self.rows {
            let cell = |(cell, column): (&Cell, &Column)| {
                let unit = column.unit;
                let share = match cell {
                    Cell::Part { n, of } => Cell::Real(Cell::share(*n, *of)),
                    _ => Cell::Nothing,
                };
                let share = (unit == Unit::Part).then(|| share.plain(Unit::Share(2), currency));
                share.into_iter().chain([cell.plain(unit, currency)])
            };
            push_row(&mut out, row.iter().zip(&self.columns).flat_map(cell));
        }
        out
    }
}

fn push_row(out: &mut String, cells: impl Iterator<Item = String>) {
    for (i, cell) in cells.enumerate() {
        if i > 0 {
            out.push(',');
        }
        push_cell(out, &cell);
    }
    out.push_str("\r\n");
}

/// Quotes where needed; a cell that a spreadsheet would run as a formula is neutralised, negative numbers aside.
fn push_cell(out: &mut String, cell: &str) {
    let digits = cell.strip_prefix('-').unwrap_or(cell);
    let is_number =
        digits.starts_with(|c: char| c.is_ascii_digit()) && digits.chars().all(|c| c.is_ascii_digit() || c == '.');
    let safe = if is_number { cell.into() } else { formula_safe(cell) };
    if safe.contains([',', '"', '\n', '\r', ';', '\t']) {
        out.push('"');
        out.push_str(&safe.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(&safe);
    }
}

/// What an exported chart is called: its title and the day that it stands for, without what file systems refuse.
#[must_use]
pub fn file_name(title: &str, as_of: Option<Day>, ending: &str) -> String {
    let kept: String = title.chars().filter(|c| !c.is_control() && !r#"/\:*?"<>|"#.contains(*c)).collect();
    let day = as_of.map(|day| format!(" {day}")).unwrap_or_default();
    format!("{}{day}.{ending}", kept.trim())
}

/// Cuts a text where a line may break: after blanks, and beside what is set without blanks. Blanks and full stops stay with what is before them.
#[must_use]
pub fn breaks(text: &str) -> Vec<&str> {
    let wide = |c: char| c >= '\u{2e80}';
    let clings = |c: char| "，。；：？！、）”』」".contains(c);
    let mut out = Vec::new();
    let (mut from, mut before) = (0, None::<char>);
    for (at, c) in text.char_indices() {
        let may = c != ' ' && !clings(c) && before.is_some_and(|b| b == ' ' || wide(b) || wide(c));
        if may && at > from {
            out.extend(text.get(from..at));
            from = at;
        }
        before = Some(c);
    }
    out.extend(text.get(from..).filter(|rest| !rest.is_empty()));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::api::Language;

    fn table() -> ChartTable {
        let columns = [
            ("Name", Unit::Words),
            ("Until", Unit::Day),
            ("Customers", Unit::Count),
            ("Profit", Unit::Money),
            ("Share", Unit::Share(0)),
            ("Gap", Unit::Signed(1)),
            ("1 month", Unit::Part),
        ];
        let full = vec![
            "a,\"b\"".into(),
            Day(0).into(),
            1_234u64.into(),
            (-123_450i64).into(),
            0.125.into(),
            Cell::from(-0.4),
            Cell::Part { n: 3, of: 12 },
        ];
        let empty = vec![
            "=1+1".into(),
            Cell::Nothing,
            0u64.into(),
            None::<i64>.into(),
            f64::NAN.into(),
            Some(2.0).into(),
            Cell::Nothing,
        ];
        let odd = vec![
            "-cmd|x".into(),
            Day(-1).into(),
            7u64.into(),
            5i64.into(),
            1.0.into(),
            0.0.into(),
            Cell::Part { n: 0, of: 0 },
        ];
        ChartTable::new(&columns, vec![full, empty, odd])
    }

    #[test]
    fn numbers_are_plain_and_their_units_in_the_header() {
        let locale = Locale::new(Language::En);
        let currency = |code| Currency::parse(code).unwrap();
        assert_eq!(
            table().to_csv(locale, currency("CNY")),
            "\u{feff}Name,Until,Customers,Profit (CNY),Share (%),Gap,1 month (%),1 month (Customers)\r\n\
             \"a,\"\"b\"\"\",1970-01-01,1234,-1234.5,12.50,-0.4,25.00,3\r\n\
             '=1+1,,0,,,2.0,,\r\n\
             '-cmd|x,1969-12-31,7,0.05,100.00,0.0,0.00,0\r\n"
        );
        // A currency without decimals.
        let yen = table().to_csv(locale, currency("JPY"));
        assert!(yen.contains("Profit (JPY)") && yen.contains(",-123450,"), "{yen}");
        assert!(table().has_money() && !ChartTable::default().has_money());
    }

    #[test]
    fn files_are_called_by_title_and_day() {
        for (title, day, want) in [
            ("Who left, by period", Some(Day(20_000)), "Who left, by period 2024-10-04.csv"),
            ("谁留下来了？", Some(Day(20_000)), "谁留下来了？ 2024-10-04.csv"),
            (" a/b\\c:d*e?\"<>|\n ", None, "abcde.csv"),
        ] {
            assert_eq!(file_name(title, day, "csv"), want);
        }
    }

    #[test]
    fn lines_break_where_they_may() {
        for (text, want) in [
            ("", &[][..]),
            ("As of  3 May", &["As ", "of  ", "3 ", "May"][..]),
            ("截至 5 月，好。", &["截", "至 ", "5 ", "月，", "好。"][..]),
        ] {
            assert_eq!(breaks(text), want);
        }
    }
}
