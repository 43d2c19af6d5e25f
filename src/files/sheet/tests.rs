//! Workbooks put together by hand, with what real ones and hostile ones have in them.

use std::io::{Cursor, Write};

use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;
use crate::domain::Currency;
use crate::files::encoding::Encoding;
use crate::files::orders::{DecimalSign, Form, Inspection, Look, OrdersReader, ParsedOrders, RowReason, inspect_sheet};

/// A container with these parts.
fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(text.as_bytes()).expect("written");
    }
    zip.finish().expect("finished").into_inner()
}

const RELS: &str = r#"<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/>
  <Relationship Id="rId2" Target="/xl/worksheets/sheet2.xml"/></Relationships>"#;
const BOOK: &str = r#"<workbook xmlns:r="r"><workbookPr/><sheets><sheet name="Hidden" state="hidden" r:id="rId2"/>
  <sheet name="订单 &amp; more" r:id="rId1"/></sheets></workbook>"#;
const STYLES: &str = r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd hh:mm"/></numFmts>
  <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
  <cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="14"/></cellXfs></styleSheet>"#;
const TEXTS: &str = r#"<sst uniqueCount="99999999999999999"><si><t>a &lt;b&gt; &#x4E2D;</t></si><si><r><t>bold</t></r><r><t xml:space="preserve"> and plain</t></r></si>
  <si/><si><t>東京</t><rPh sb="0"><t>トウキョウ</t></rPh></si></sst>"#;

/// A workbook with this sheet.
fn workbook(sheet: &str) -> Vec<u8> {
    let sheet = format!("<worksheet>{sheet}</worksheet>");
    zipped(&[
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", RELS),
        ("xl/styles.xml", STYLES),
        ("xl/sharedStrings.xml", TEXTS),
        ("xl/worksheets/sheet1.xml", &sheet),
        ("xl/worksheets/sheet2.xml", "<worksheet><sheetData/></worksheet>"),
    ])
}

type Read = Vec<(u64, Vec<String>)>;

fn rows(bytes: Vec<u8>) -> Result<Read, FileError> {
    let mut book = Workbook::open(Cursor::new(bytes))?;
    let (_, sheet) = book.sheet(None)?;
    let mut out = Vec::new();
    book.rows(&sheet, DecimalSign::Point, |row| {
        out.push((row.number, row.cells().map(str::to_owned).collect()));
        Ok(true)
    })?;
    Ok(out)
}

fn look() -> Look<'static> {
    Look { encoding: Encoding::Utf8, whole: true, delimiter: None, currency: Currency::CNY, source: "shop" }
}

fn read_orders(bytes: Vec<u8>) -> Result<(Inspection, ParsedOrders), FileError> {
    let mut book = Workbook::open(Cursor::new(bytes))?;
    let (found, sheet) = inspect_sheet(&mut book, None, &look())?;
    let mut reader = OrdersReader::new(&found, &found.guess)?;
    book.rows(&sheet, found.guess.decimal_sign, |row| reader.row(row).map(|()| true))?;
    Ok((found, reader.finish()?))
}

#[test]
fn cells_of_every_type() {
    let sheet = r#"<dimension ref="A1:Z9"/><sheetData>
      <row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="D2" t="s"><v>3</v></c><c r="E2" t="s"><v>99</v></c></row>
      <row r="5"><c r="A5" s="1"><v>40513.3513888889</v></c><c r="B5" s="2"><v>40513</v></c><c r="C5"><v>2.5499999999999998</v></c>
        <c r="D5" t="b"><v>1</v></c><c r="E5" t="e"><f>VLOOKUP(1,2,3)</f><v>#N/A</v></c><c r="F5" t="str"><f>A1&amp;"x"</f><v>x_x000D_y</v></c>
        <c r="G5" t="inlineStr"><is><t>in</t><r><t>line</t></r></is></c><c r="H5" s="1"/></row>
      <row><c><v>1</v></c><c/><c><v>3</v></c></row>
    </sheetData>"#;
    let want: &[(u64, &[&str])] = &[
        (2, &["a <b> 中", "bold and plain", "", "東京"]),
        (5, &["2010-12-01 08:26:00", "2010-12-01", "2.55", "TRUE", "#N/A", "x\ry", "inline"]),
        (6, &["1", "", "3"]),
    ];
    let want: Read = want.iter().map(|(n, row)| (*n, row.iter().map(|c| (*c).to_owned()).collect())).collect();
    assert_eq!(rows(workbook(sheet)), Ok(want));
}

#[test]
fn hidden_sheets_come_last_and_a_sheet_is_found_by_name() {
    let mut book = Workbook::open(Cursor::new(workbook("<sheetData/>"))).expect("a workbook");
    assert_eq!(book.sheet_names(), ["订单 & more", "Hidden"]);
    assert_eq!(book.sheet(Some("Hidden")).map(|(i, _)| i), Ok(1));
    assert_eq!(book.sheet(Some("gone")).map(|(i, _)| i), Ok(0));
}

#[test]
fn a_cover_without_a_cell_is_passed_over_and_an_empty_sheet_is_said_to_be_so() {
    let people = "<worksheet><sheetData><row><c t='str'><v>Name</v></c><c t='str'><v>Phone</v></c></row>\
        <row><c t='str'><v>Ann</v></c><c><v>13800138000</v></c></row></sheetData></worksheet>";
    for cover in ["<sheetData/>", "<sheetData></sheetData>", "<sheetData><row r='1'/></sheetData>"] {
        let cover = format!("<worksheet>{cover}</worksheet>");
        let parts = |second| {
            zipped(&[
                ("xl/workbook.xml", BOOK),
                ("xl/_rels/workbook.xml.rels", RELS),
                ("xl/worksheets/sheet1.xml", &cover),
                ("xl/worksheets/sheet2.xml", second),
            ])
        };
        let read = |second, name: Option<&str>| {
            let mut book = Workbook::open(Cursor::new(parts(second)))?;
            inspect_sheet(&mut book, name, &look()).map(|(found, _)| found)
        };
        let found = read(people, None).expect("the second sheet");
        assert!(matches!(found.form, Form::Workbook { sheet: 1, .. }), "{cover}");
        assert_eq!(found.header, ["Name", "Phone"]);
        assert_eq!(read(people, Some("订单 & more")).err(), Some(FileError::Empty));
        assert_eq!(read(&cover, None).err(), Some(FileError::Empty));
    }
}

/// An order as shops keep them in Excel: a title, merged cells, a formula with an error, an amount for the whole order.
const ORDERS: &str = r#"<sheetData>
  <row r="1"><c r="A1" t="inlineStr"><is><t>2011 年订单</t></is></c></row>
  <row r="3"><c r="A3" t="str"><v>订单号</v></c><c r="B3" t="str"><v>下单时间</v></c><c r="C3" t="str"><v>客户姓名</v></c><c r="D3" t="str"><v>商品名称</v></c><c r="E3" t="str"><v>实付金额</v></c></row>
  <row r="4"><c r="A4"><v>1001</v></c><c r="B4" s="1"><v>40513.5</v></c><c r="C4" t="str"><v>王小明</v></c><c r="D4" t="str"><v>茶</v></c><c r="E4"><v>88.5</v></c></row>
  <row r="5"><c r="D5" t="str"><v>杯</v></c></row>
  <row r="6"><c r="A6"><v>1002</v></c><c r="B6" s="1"><v>40514</v></c><c r="C6" t="str"><v>李四</v></c><c r="D6" t="str"><v>茶</v></c><c r="E6" t="e"><v>#REF!</v></c></row>
  <row r="7"><c r="A7"><v>1003</v></c><c r="B7" s="1"><v>40514</v></c><c r="C7" t="str"><v>李四</v></c><c r="D7" t="e"><v>#SPILL!</v></c><c r="E7"><v>5</v></c></row>
  <row r="8"><c r="A8"><v>1004</v></c><c r="B8" s="2"><v>40515</v></c><c r="C8" t="str"><v>李四</v></c><c r="D8" t="str"><v>茶</v></c><c r="E8"><v>10</v></c></row>
  </sheetData><mergeCells count="4"><mergeCell ref="A1:E1"/><mergeCell ref="A4:A5"/><mergeCell ref="B4:B5"/><mergeCell ref="C4:C5"/><mergeCell ref='E4:E5'/></mergeCells>"#;

#[test]
fn orders_with_titles_merged_cells_and_errors() {
    let (found, parsed) = read_orders(workbook(ORDERS)).expect("read");
    assert_eq!((found.header_row, found.header.len(), found.sample.len()), (3, 5, 5));
    let orders: Vec<_> = parsed.orders.iter().map(|o| (o.key.as_str(), o.line_count)).collect();
    assert_eq!((orders, parsed.lines.len()), (vec![("1001", 2), ("1004", 1)], 3));
    assert_eq!(parsed.report.total_minor, [("CNY".to_owned(), 9_850)]);
    assert_eq!(parsed.report.first.map(|t| t.naive().to_string()).as_deref(), Some("2010-12-01 12:00:00"));
    let errors: Vec<_> = parsed.report.errors.iter().map(|e| (e.row, e.value.as_str(), e.reason)).collect();
    assert_eq!(errors, [(6, "#REF!", RowReason::FormulaError), (7, "#SPILL!", RowReason::FormulaError)]);
}

#[test]
fn macros_are_told_and_left_alone() {
    let sheet = format!("<worksheet>{ORDERS}</worksheet>");
    let bytes = zipped(&[
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", RELS),
        ("xl/vbaProject.bin", "Sub Auto_Open()"),
        ("xl/worksheets/sheet1.xml", &sheet),
    ]);
    let (found, _) = read_orders(bytes).expect("read");
    assert!(found.warnings.contains(&crate::files::orders::FileWarning::MacrosIgnored));
}

#[test]
fn what_is_no_workbook_is_refused_with_the_reason() {
    let not_text = |what: &str| FileError::NotText { what: what.into() };
    assert_eq!(rows(zipped(&[("a.txt", "x")])), Err(not_text("zip")));
    assert_eq!(rows(zipped(&[("xl/workbook.bin", "x")])), Err(not_text("xlsb")));
    assert!(matches!(rows(b"PK\x03\x04 cut off".to_vec()), Err(FileError::Broken { .. })));
    assert!(matches!(rows(zipped(&[("xl/workbook.xml", BOOK)])), Err(FileError::Broken { .. })));
    let cut = workbook("<sheetData><row><c><v>1</v></c></row>");
    assert!(matches!(rows(cut), Err(FileError::Broken { .. })));

    let mut compound = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    assert_eq!(container(&compound), Container::Compound);
    compound.extend(std::iter::repeat_n(0, 1024 * 1024 - 20));
    assert_eq!(refuse_compound(Cursor::new(&compound)), Ok(not_text("xls")));
    compound.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(refuse_compound(Cursor::new(&compound)), Ok(FileError::Password));
}

/// Two hundred kilobytes that want to become two hundred megabytes.
#[test]
fn a_text_without_end_is_refused() {
    let bomb = format!("<sheetData><row><c t=\"str\"><v>{}</v></c></row></sheetData>", "a".repeat(20_000_000));
    let bytes = workbook(&bomb);
    assert!(bytes.len() < 100_000);
    assert!(matches!(rows(bytes), Err(FileError::Inflates { .. })));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_damage_is_an_error_and_never_a_panic(at in any::<prop::sample::Index>(), byte: u8, cut in any::<prop::sample::Index>()) {
        let mut bytes = workbook(ORDERS);
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _ = read_orders(bytes.clone());
        bytes.truncate(cut.index(bytes.len()));
        prop_assert!(read_orders(bytes).is_err());
    }

    #[test]
    fn any_sheet_is_read_or_refused(text in r#"(<row( r="[0-9]{1,9}")?>|</row>|<c( r="[A-Z]{0,4}[0-9]{0,9}")?( t="(s|e|b|str|n|d)")?( s="[0-9]")?/?>|</c>|<v>|</v>|[0-9eE.+-]{1,8}|&(lt|#[0-9]{1,8}|x);|中|<mergeCell ref="[A-C][0-9]:[A-C][0-9]"/>){0,60}"#) {
        let _ = read_orders(workbook(&format!("<sheetData>{text}</sheetData>{text}")));
    }
}
