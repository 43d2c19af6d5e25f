//! Tables out: CSV that spreadsheets open as text and never run.

pub use super::orders::cells::formula_safe;
use super::orders::{RowError, RowReason};

/// The rows that were left out, as CSV with a byte order mark (so that Excel reads it as UTF-8). `header` names the four
/// columns row, column, value and reason; `reason` puts a reason into words.
#[must_use]
pub fn errors_csv(header: [&str; 4], errors: &[RowError], reason: impl Fn(RowReason) -> String) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut written = writer.write_record(header.map(|h| formula_safe(h).into_owned()));
    for error in errors {
        let cells = [
            error.row.to_string(),
            formula_safe(error.column.as_deref().unwrap_or_default()).into_owned(),
            formula_safe(&error.value).into_owned(),
            formula_safe(&reason(error.reason)).into_owned(),
        ];
        written = written.and_then(|()| writer.write_record(cells));
    }
    // Writing to memory cannot fail; were it to, the bytes written so far are still the right ones.
    let bytes = if written.is_ok() { writer.into_inner().unwrap_or_default() } else { Vec::new() };
    format!("\u{feff}{}", String::from_utf8_lossy(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_come_out_as_safe_csv() {
        let errors = [RowError {
            row: 3,
            column: Some("Unit, Price".into()),
            value: "=cmd|'/c calc'!A0".into(),
            reason: RowReason::NotANumber,
        }];
        let text = errors_csv(["row", "column", "value", "reason"], &errors, |r| format!("{r:?}"));
        assert_eq!(text, "\u{feff}row,column,value,reason\n3,\"Unit, Price\",'=cmd|'/c calc'!A0,NotANumber\n");
    }
}
