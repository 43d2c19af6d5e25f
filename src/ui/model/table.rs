//! The table beside a chart: the same figures in words and numbers, and the CSV made of it.

use std::borrow::Cow;

use crate::files::export::formula_safe;

/// One column: its heading and whether its cells are numbers (set to the right).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub label: String,
    pub numeric: bool,
}

/// Figures as a person reads them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChartTable {
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<String>>,
}

impl ChartTable {
    /// Labels that begin with `#` head number columns.
    #[must_use]
    pub fn new(labels: &[&str], rows: Vec<Vec<String>>) -> Self {
        let columns = labels
            .iter()
            .map(|label| match label.strip_prefix('#') {
                Some(rest) => Column { label: rest.to_owned(), numeric: true },
                None => Column { label: (*label).to_owned(), numeric: false },
            })
            .collect();
        Self { columns, rows }
    }

    /// RFC 4180 text with a byte-order mark, so that Excel reads it as UTF-8.
    #[must_use]
    pub fn to_csv(&self) -> String {
        let mut out = String::from("\u{feff}");
        push_row(&mut out, self.columns.iter().map(|c| c.label.as_str()));
        for row in &self.rows {
            push_row(&mut out, row.iter().map(String::as_str));
        }
        out
    }
}

fn push_row<'a>(out: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (i, cell) in cells.enumerate() {
        if i > 0 {
            out.push(',');
        }
        push_cell(out, cell);
    }
    out.push_str("\r\n");
}

/// Quotes where needed; a cell that a spreadsheet would run as a formula is neutralised, plain negative numbers aside.
fn push_cell(out: &mut String, cell: &str) {
    let digits = cell.strip_prefix(['-', '+']).unwrap_or(cell);
    let is_number = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || ".,%".contains(c));
    let safe = if is_number { Cow::Borrowed(cell) } else { formula_safe(cell) };
    if safe.contains([',', '"', '\n', '\r', ';', '\t']) {
        out.push('"');
        out.push_str(&safe.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(&safe);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn csv_is_quoted_and_formula_safe() {
        let table = ChartTable::new(
            &["Name", "#Profit"],
            vec![
                vec!["a,\"b\"".into(), "-12.50".into()],
                vec!["=1+1".into(), "+3".into()],
                vec!["-cmd|x".into(), String::new()],
                vec!["金，银".into(), "12%".into()],
            ],
        );
        assert!(table.columns[1].numeric && !table.columns[0].numeric);
        assert_eq!(
            table.to_csv(),
            "\u{feff}Name,Profit\r\n\"a,\"\"b\"\"\",-12.50\r\n'=1+1,+3\r\n'-cmd|x,\r\n金，银,12%\r\n"
        );
    }
}
