//! Lists out, as a table that spreadsheets open: CSV with a byte order mark, or an Excel workbook of one sheet. Rows are
//! written as they come; nothing holds them all but the packed file.

use std::io::{Cursor, Write};

use serde::{Deserialize, Serialize};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::export::formula_safe;
use crate::domain::{CivilTime, Day};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    Csv,
    Xlsx,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    Empty,
    Text(String),
    /// A number with so many decimals: `(12345, 2)` is 123.45.
    Number(i64, u32),
    Day(Day),
    Moment(CivilTime),
}

/// Spreadsheets have no more rows.
const MAX_SHEET_ROWS: u32 = 1_048_576;

/// A table on its way out.
pub struct TableWriter(Kind);

enum Kind {
    Csv(Box<csv::Writer<Vec<u8>>>),
    Xlsx { zip: Box<ZipWriter<Cursor<Vec<u8>>>>, rows: u32 },
}

/// What writing to memory can come to: too many rows for the format, or a value that it cannot hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableError(pub String);

fn failed(error: impl ToString) -> TableError {
    TableError(error.to_string())
}

/// Bold header; dates; dates with their time; texts as they are.
const STYLES: &str = r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/><numFmt numFmtId="165" formatCode="yyyy\-mm\-dd\ hh:mm"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" xfId="0"/><xf numFmtId="0" fontId="1" applyFont="1" xfId="0"/><xf numFmtId="164" applyNumberFormat="1" xfId="0"/><xf numFmtId="165" applyNumberFormat="1" xfId="0"/></cellXfs></styleSheet>"#;
const PARTS: [(&str, &str); 4] = [
    (
        "[Content_Types].xml",
        r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>"#,
    ),
    (
        "_rels/.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    ),
    (
        "xl/workbook.xml",
        r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Kith" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
    ),
    (
        "xl/_rels/workbook.xml.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#,
    ),
];
const HEAD: &str = r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>"#;

impl TableWriter {
    /// Begins a table with its header.
    ///
    /// # Errors
    /// [`TableError`].
    pub fn new(format: Format, header: &[String]) -> Result<Self, TableError> {
        match format {
            Format::Csv => {
                let mut writer = Box::new(csv::Writer::from_writer("\u{feff}".as_bytes().to_vec()));
                writer.write_record(header.iter().map(|h| formula_safe(h).into_owned())).map_err(failed)?;
                Ok(Self(Kind::Csv(writer)))
            }
            Format::Xlsx => {
                let mut zip = Box::new(ZipWriter::new(Cursor::new(Vec::new())));
                for (name, text) in PARTS.into_iter().chain([("xl/styles.xml", STYLES)]) {
                    zip.start_file(name, SimpleFileOptions::default()).map_err(failed)?;
                    zip.write_all(text.as_bytes()).map_err(failed)?;
                }
                zip.start_file("xl/worksheets/sheet1.xml", SimpleFileOptions::default().large_file(true))
                    .map_err(failed)?;
                let mut head = HEAD.to_owned();
                for (i, title) in header.iter().enumerate() {
                    // Chinese characters are twice as wide.
                    let width =
                        title.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>().clamp(10, 40) + 4;
                    head.push_str(&format!(r#"<col min="{0}" max="{0}" width="{width}" customWidth="1"/>"#, i + 1));
                }
                head.push_str("</cols><sheetData><row>");
                for title in header {
                    push_text(&mut head, title, 1);
                }
                head.push_str("</row>");
                zip.write_all(head.as_bytes()).map_err(failed)?;
                Ok(Self(Kind::Xlsx { zip, rows: 1 }))
            }
        }
    }

    /// Adds a row.
    ///
    /// # Errors
    /// [`TableError`]: a workbook holds a million rows.
    pub fn row(&mut self, cells: &[Cell]) -> Result<(), TableError> {
        match &mut self.0 {
            Kind::Csv(writer) => writer.write_record(cells.iter().map(csv_cell)).map_err(failed),
            Kind::Xlsx { zip, rows } => {
                *rows += 1;
                if *rows > MAX_SHEET_ROWS {
                    return Err(failed(format!("{MAX_SHEET_ROWS}+")));
                }
                let mut text = String::from("<row>");
                cells.iter().for_each(|cell| push_cell(&mut text, cell));
                text.push_str("</row>");
                zip.write_all(text.as_bytes()).map_err(failed)
            }
        }
    }

    /// The whole file.
    ///
    /// # Errors
    /// [`TableError`].
    pub fn finish(self) -> Result<Vec<u8>, TableError> {
        match self.0 {
            Kind::Csv(writer) => writer.into_inner().map_err(failed),
            Kind::Xlsx { mut zip, .. } => {
                zip.write_all(b"</sheetData></worksheet>").map_err(failed)?;
                Ok(zip.finish().map_err(failed)?.into_inner())
            }
        }
    }
}

/// A scaled number as digits with a point.
fn decimal(value: i64, decimals: u32) -> String {
    if decimals == 0 {
        return value.to_string();
    }
    let scale = 10u64.saturating_pow(decimals);
    let (whole, part) = (value.unsigned_abs() / scale, value.unsigned_abs() % scale);
    let sign = if value < 0 { "-" } else { "" };
    format!("{sign}{whole}.{part:0width$}", width = decimals as usize)
}

fn csv_cell(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => formula_safe(text).into_owned(),
        Cell::Number(value, decimals) => decimal(*value, *decimals),
        Cell::Day(day) => day.start().naive().date().to_string(),
        Cell::Moment(at) => at.naive().format("%Y-%m-%d %H:%M:%S").to_string(),
    }
}

/// Days of a spreadsheet before 1970-01-01.
const EPOCH_SERIAL: f64 = 25_569.0;

#[allow(clippy::cast_precision_loss)]
fn push_cell(out: &mut String, cell: &Cell) {
    match cell {
        Cell::Empty => out.push_str("<c/>"),
        Cell::Text(text) => push_text(out, text, 0),
        Cell::Number(value, decimals) => out.push_str(&format!("<c><v>{}</v></c>", decimal(*value, *decimals))),
        Cell::Day(day) => out.push_str(&format!(r#"<c s="2"><v>{}</v></c>"#, f64::from(day.0) + EPOCH_SERIAL)),
        Cell::Moment(at) => {
            let serial = at.0 as f64 / crate::domain::MS_PER_DAY as f64 + EPOCH_SERIAL;
            out.push_str(&format!(r#"<c s="3"><v>{serial}</v></c>"#));
        }
    }
}

/// A text is a text whatever it begins with: a workbook runs nothing of it.
fn push_text(out: &mut String, text: &str, style: u8) {
    out.push_str(&format!(r#"<c s="{style}" t="inlineStr"><is><t xml:space="preserve">"#));
    for (at, c) in text.char_indices() {
        match c {
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            // What XML has not, and what would be read as such an escape.
            '\u{0}'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {
                out.push_str(&format!("_x{:04X}_", c as u32));
            }
            '_' if text.get(at + 1..).is_some_and(|rest| rest.starts_with('x')) => out.push_str("_x005F_"),
            c => out.push(c),
        }
    }
    out.push_str("</t></is></c>");
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::files::orders::{DecimalSign, FileError};
    use crate::files::rows::Rows;
    use crate::files::sheet::Workbook;

    fn table(format: Format, texts: &[String]) -> Vec<u8> {
        let header = ["=Name", "Day", "At", "Sum", "Count", "Nothing"].map(str::to_owned);
        let mut writer = TableWriter::new(format, &header).expect("a table");
        for text in texts {
            let cells = [
                Cell::Text(text.clone()),
                Cell::Day(Day(14_944)),
                Cell::Moment(CivilTime(1_291_191_960_000)),
                Cell::Number(-12_345, 2),
                Cell::Number(7, 0),
                Cell::Empty,
            ];
            writer.row(&cells).expect("a row");
        }
        writer.finish().expect("a file")
    }

    fn csv_back(bytes: &[u8]) -> Vec<Vec<String>> {
        let mut out = Vec::new();
        let mut rows = Rows::new(b',');
        let mut take = |row: crate::files::rows::Row| -> Result<(), FileError> {
            out.push(row.cells().map(str::to_owned).collect());
            Ok(())
        };
        rows.push(bytes, &mut take).expect("rows");
        rows.finish(&mut take).expect("rows");
        out
    }

    fn xlsx_back(bytes: Vec<u8>) -> Vec<Vec<String>> {
        let mut book = Workbook::open(Cursor::new(bytes)).expect("a workbook");
        let (_, sheet) = book.sheet(None).expect("a sheet");
        let mut out = Vec::new();
        book.rows(&sheet, DecimalSign::Point, |row| {
            out.push(row.cells().map(str::to_owned).collect());
            Ok(true)
        })
        .expect("rows");
        out
    }

    const TYPED: [&str; 4] = ["2010-12-01", "2010-12-01 08:26:00", "-123.45", "7"];

    #[test]
    fn what_excel_opens() {
        let csv = table(Format::Csv, &["=1+1".into(), "-5".into(), "中文".into()]);
        let text = String::from_utf8(csv).expect("UTF-8");
        assert!(
            text.starts_with(
                "\u{feff}'=Name,Day,At,Sum,Count,Nothing\n'=1+1,2010-12-01,2010-12-01 08:26:00,-123.45,7,\n'-5,"
            ),
            "{text}"
        );
        assert_eq!(xlsx_back(table(Format::Xlsx, &["=1+1".into()]))[1][..1], ["=1+1".to_owned()]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn tables_come_back_unchanged(texts in prop::collection::vec(
            prop_oneof!["['=+@\\-\t\r0-9a\"，,]{1,8}", "\\PC{1,20}", "(_x[0-9A-F]{4}_|_|x|<|&|中){1,6}"], 1..6)) {
            for (format, back) in [
                (Format::Csv, csv_back(&table(Format::Csv, &texts))),
                (Format::Xlsx, xlsx_back(table(Format::Xlsx, &texts))),
            ] {
                prop_assert_eq!(back.len(), texts.len() + 1);
                for (row, text) in back.iter().skip(1).zip(&texts) {
                    prop_assert_eq!(&row[0], text, "{:?}", format);
                    prop_assert_eq!(&row[1..5], TYPED);
                }
            }
        }
    }
}
