//! What the fuzzer calls, one function a parser, and the test that runs the kept corpus again (`tests/fuzz_corpus.rs`). Bytes may be
//! refused; what is taken must agree with itself.

use std::collections::BTreeSet;
use std::io::Cursor;

use kith::domain::{Currency, CustomerProfile};
use kith::engine::dataset::Dataset;
use kith::engine::merge::compare::compare;
use kith::engine::merge::incoming::Incoming;
use kith::files::cards;
use kith::files::encoding::{Encoding, Watch, sniff};
use kith::files::orders::{
    FileError, Inspection, Look, Mapping, OrdersReader, ParsedOrders, Target, guess_for, inspect, inspect_sheet,
};
use kith::files::parcel;
use kith::files::sheet::{Workbook, refuse_compound};

pub type Run = fn(&[u8]);

/// Each parser by the name of its corpus.
pub const ALL: [(&str, Run); 4] = [("table", table), ("workbook", workbook), ("cards", contacts), ("book", book)];

const LOOK: Look =
    Look { encoding: Encoding::Utf8, whole: true, delimiter: None, currency: Currency::CNY, source: "fuzz" };

fn agrees(parsed: &ParsedOrders) {
    let report = &parsed.report;
    assert_eq!(report.rows, report.rows_taken + report.rows_failed);
    assert_eq!(report.orders, parsed.orders.len() as u64);
    let lines: u64 = parsed.orders.iter().map(|o| u64::from(o.line_count)).sum();
    assert_eq!(lines, parsed.lines.len() as u64);
    let keys: BTreeSet<&str> = parsed.orders.iter().map(|o| o.key.as_str()).collect();
    assert_eq!(keys.len(), parsed.orders.len(), "an order twice");
    assert!(parsed.orders.iter().all(|o| o.customer.is_none_or(|c| (c as usize) < parsed.customers.len())));
    assert_eq!(
        parcel::decode(&parcel::encode(parsed), report.clone()).as_ref(),
        Some(parsed),
        "on its way to the book"
    );
}

fn mappings(found: &Inspection) -> impl Iterator<Item = Mapping> {
    Target::ALL.into_iter().map(|target| guess_for(found, target))
}

/// CSV and its kin, as orders, customers, products, interactions and answers; in one piece and in slices.
pub fn table(bytes: &[u8]) {
    if let Ok(encoding) = sniff(bytes, true) {
        let mut watch = Watch::new(encoding);
        let _verdict = watch.push(bytes).and_then(|()| watch.finish());
    }
    let text = String::from_utf8_lossy(bytes);
    let Ok(found) = inspect(&text, &LOOK) else { return };
    for mapping in mappings(&found) {
        let read = |slice: usize| -> Result<ParsedOrders, FileError> {
            let mut reader = OrdersReader::new(&found, &mapping)?;
            text.as_bytes().chunks(slice).try_for_each(|part| reader.push(part))?;
            reader.finish()
        };
        let whole = read(text.len().max(1));
        assert_eq!(whole, read(7), "slices must not matter");
        if let Ok(parsed) = &whole {
            agrees(parsed);
        }
    }
}

/// Workbooks, each sheet of the first three.
pub fn workbook(bytes: &[u8]) {
    let _why = refuse_compound(Cursor::new(bytes));
    let Ok(mut book) = Workbook::open(Cursor::new(bytes)) else { return };
    for name in book.sheet_names().iter().take(3) {
        let Ok((found, rows)) = inspect_sheet(&mut book, Some(name), &LOOK) else { continue };
        let mapping = found.guess.clone();
        let Ok(mut reader) = OrdersReader::new(&found, &mapping) else { continue };
        if book.rows(&rows, mapping.decimal_sign, |row| reader.row(row).map(|()| true)).is_ok()
            && let Ok(parsed) = reader.finish()
        {
            agrees(&parsed);
        }
    }
}

/// Address books; what was read is written and read again.
pub fn contacts(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let decode = |_: &str, bytes: &[u8]| Some(String::from_utf8_lossy(bytes).into_owned());
    let Ok(found) = cards::inspect(&text, &decode, Currency::CNY, "fuzz") else { return };
    let read = |text: &str| -> Result<ParsedOrders, FileError> {
        let mut reader = OrdersReader::new(&found, &found.guess)?;
        cards::read(text, &decode, |row| reader.row(row).map(|()| true))?;
        reader.finish()
    };
    if let Ok(parsed) = read(&text) {
        agrees(&parsed);
    }
    let profile = CustomerProfile {
        name: text.chars().take(200).collect(),
        note: text.into_owned(),
        ..CustomerProfile::default()
    };
    let written = cards::write(&profile);
    assert_eq!(written.matches("BEGIN:VCARD").count().min(1), 1);
    let _again = read(&written);
}

/// A colleague's file: read, compared with an empty book, carried from worker to worker.
pub fn book(bytes: &[u8]) {
    let Ok(incoming) = Incoming::read("fuzz".to_owned(), bytes) else { return };
    let again = Incoming::from_bytes(&incoming.to_bytes());
    assert!(again.is_some_and(|again| again.blocks == incoming.blocks && again.about == incoming.about));
    let _comparison = compare(&Dataset::new(), &incoming, true);
}
