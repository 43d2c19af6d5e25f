//! Workbooks made by another program (`fixtures/make.py`), read as a person's file is.

use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;

use kith::domain::Currency;
use kith::files::encoding::Encoding;
use kith::files::orders::{
    FileError, FileWarning, Form, Inspection, Look, OrdersReader, ParsedOrders, RowReason, inspect_sheet,
};
use kith::files::sheet::{Workbook, refuse_compound};

fn open(name: &str) -> Result<BufReader<File>, FileError> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
    File::open(path).map(BufReader::new).map_err(|e| FileError::Unreadable { detail: e.to_string() })
}

fn read(name: &str, sheet: Option<&str>) -> Result<(Inspection, ParsedOrders), FileError> {
    let look = Look { encoding: Encoding::Utf8, whole: true, delimiter: None, currency: Currency::CNY, source: "shop" };
    let mut book = Workbook::open(open(name)?)?;
    let (found, rows) = inspect_sheet(&mut book, sheet, &look)?;
    let mut reader = OrdersReader::new(&found, &found.guess)?;
    book.rows(&rows, found.guess.decimal_sign, |row| reader.row(row).map(|()| true))?;
    Ok((found, reader.finish()?))
}

#[test]
fn orders_of_a_workbook() {
    let (found, parsed) = read("orders.xlsx", None).expect("read");
    let sheets = ["订单", "Ladder", "hidden"].map(str::to_owned).to_vec();
    assert_eq!(found.form, Form::Workbook { sheets, sheet: 0 });
    assert_eq!(found.header_row, 3);
    assert_eq!(found.header, ["订单号", "下单时间", "客户编号", "客户姓名", "手机", "商品名称", "数量", "单价"]);
    let orders: Vec<_> =
        parsed.orders.iter().map(|o| (o.key.as_str(), o.at.naive().to_string(), o.line_count)).collect();
    assert_eq!(
        orders,
        [("1001", "2011-01-04 10:00:00".to_owned(), 2), ("1003", "2011-02-28 23:59:59".to_owned(), 1)],
        "cells merged downwards hold for every line of the order"
    );
    assert_eq!(parsed.lines.iter().map(|l| l.total_minor).collect::<Vec<_>>(), [8_850, 1_200, 30]);
    let names: Vec<_> = parsed.products.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(names, ["茶 <b>&amp;</b>", "杯", "2"], "a formula gives its stored result");
    assert_eq!(parsed.customers.first().map(|c| c.phone.as_str()), Some("13800138000"));
    let errors: Vec<_> = parsed.report.errors.iter().map(|e| (e.row, e.value.as_str(), e.reason)).collect();
    assert_eq!(errors, [(6, "#N/A", RowReason::FormulaError), (8, "2011-02-30", RowReason::NoSuchDate)]);
}

#[test]
fn another_sheet_by_its_name() {
    let (found, parsed) = read("orders.xlsx", Some("Ladder")).expect("read");
    assert_eq!((found.header_row, parsed.report.total_minor), (1, vec![("CNY".to_owned(), 9_950)]));
    assert_eq!(read("orders.xlsx", Some("hidden")).err(), Some(FileError::Empty));
}

#[test]
fn what_cannot_be_read_says_why() {
    let (found, parsed) = read("macro.xlsm", None).expect("read");
    assert!(found.warnings.contains(&FileWarning::MacrosIgnored));
    assert_eq!(parsed.report.rows_taken, 3);
    assert!(matches!(read("bomb.xlsx", None), Err(FileError::Inflates { .. })));
    assert_eq!(open("locked.xlsx").and_then(refuse_compound), Ok(FileError::Password));
}

/// `KITH_WORKBOOK=<file.xlsx> cargo test --release --test workbooks -- --ignored --nocapture`: time and memory of a large one.
#[test]
#[ignore = "needs a large workbook"]
fn a_large_workbook() {
    let Some(path) = std::env::var_os("KITH_WORKBOOK") else { return };
    let rss = || {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        status.lines().filter(|l| l.starts_with("VmHWM") || l.starts_with("VmRSS")).collect::<Vec<_>>().join(" ")
    };
    let started = std::time::Instant::now();
    println!("before: {}", rss());
    let mut book = Workbook::open(BufReader::new(File::open(path).expect("the workbook"))).expect("opened");
    println!("texts read: {:?} {}", started.elapsed(), rss());
    let look = Look { encoding: Encoding::Utf8, whole: true, delimiter: None, currency: Currency::GBP, source: "shop" };
    let (found, rows) = inspect_sheet(&mut book, None, &look).expect("inspected");
    println!("inspected: {:?} {}", started.elapsed(), rss());
    let mut count = 0u64;
    book.rows(&rows, found.guess.decimal_sign, |_| {
        count += 1;
        Ok(true)
    })
    .expect("rows");
    println!("{count} rows: {:?} {}", started.elapsed(), rss());
    let mut reader = OrdersReader::new(&found, &found.guess).expect("a mapping");
    book.rows(&rows, found.guess.decimal_sign, |row| reader.row(row).map(|()| true)).expect("rows");
    let parsed = reader.finish().expect("orders");
    println!("{} orders, {} lines: {:?} {}", parsed.orders.len(), parsed.lines.len(), started.elapsed(), rss());
}
