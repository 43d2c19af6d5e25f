//! The real file of UCI's “Online Retail” (doi:10.1057/dbm.2012.17), read whole: counts must agree to the line and the money to
//! the penny. Runs where `KITH_ONLINE_RETAIL` holds the path of the unpacked CSV; the figures were worked out by another
//! program (Python's `csv` and `decimal`).

#![allow(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::io::Read;
use std::time::Instant;

use kith::domain::{ChangeSet, Currency, DeviceId, OrderKind, Stamp};
use kith::engine::blocks::{decode, encode};
use kith::engine::column::NONE;
use kith::engine::dataset::Dataset;
use kith::engine::import::Staged;
use kith::engine::rows::DecodedBlock;
use kith::files::encoding::{Watch, sniff, utf8_prefix};
use kith::files::orders::{DateOrder, Look, OrdersReader, ParsedOrders, Role, inspect};

#[test]
fn online_retail_agrees_to_the_line_and_the_penny() {
    let Some(path) = std::env::var_os("KITH_ONLINE_RETAIL") else {
        println!("skipped: KITH_ONLINE_RETAIL does not name the file");
        return;
    };
    let started = Instant::now();
    let mut file = std::fs::File::open(path).unwrap();
    let mut slice = vec![0u8; 256 * 1024];
    let head_length = file.read(&mut slice).unwrap();
    let head = &slice[..head_length];
    let encoding = sniff(head, false).unwrap();
    let look = Look { encoding, whole: false, delimiter: None, currency: Currency::GBP, source: "uci" };
    let inspection = inspect(utf8_prefix(head), &look).unwrap();
    assert_eq!(inspection.date_orders, [DateOrder::YearMonthDay]);
    assert!(!inspection.guess.roles.contains(&Role::Ignore), "{:?}", inspection.guess.roles);

    let mut watch = Watch::new(encoding);
    let mut reader = OrdersReader::new(&inspection, &inspection.guess).unwrap();
    let mut length = head_length;
    while length > 0 {
        watch.push(&slice[..length]).unwrap();
        reader.push(&slice[..length]).unwrap();
        length = file.read(&mut slice).unwrap();
    }
    watch.finish().unwrap();
    let parsed = reader.finish().unwrap();
    println!("read in {:?}", started.elapsed());

    let report = &parsed.report;
    assert_eq!((report.rows, report.rows_taken, report.rows_failed), (541_909, 541_909, 0));
    assert_eq!((report.orders, report.customers, report.products), (25_900, 4_372, 4_070));
    // Adjustments: 3 invoices A… and the 1,336 of negative quantity at price 0.
    assert_eq!((report.purchases, report.refunds, report.adjustments), (20_725, 3_836, 1_339));
    assert_eq!(report.anonymous_lines, 135_080);
    assert_eq!(report.total_minor, [("GBP".to_owned(), 974_774_793)]);
    assert_eq!(report.first.unwrap().naive().to_string(), "2010-12-01 08:26:00");
    assert_eq!(report.last.unwrap().naive().to_string(), "2011-12-09 12:50:00");
    assert_eq!(parsed.lines.len(), 541_909);
    let refunds = parsed.orders.iter().filter(|o| o.key.starts_with('C'));
    assert!(refunds.clone().all(|o| o.kind == OrderKind::Refund));
    assert_eq!(refunds.count(), 3_836);
    check_book(parsed);
}

/// The book made of the file says the same, keeps saying it through its blocks, and finds nothing new in it again.
fn check_book(parsed: ParsedOrders) {
    let mut data = Dataset::new();
    let staged = Staged::new(&data, parsed, "uci".into(), "online_retail.csv".into());
    let plan = staged.plan(&data, false);
    let encoded: Vec<_> = plan.rows.into_iter().map(|rows| encode(&DecodedBlock::Rows(rows))).collect();
    let blocks: Vec<_> = encoded.iter().map(|bytes| decode("block", bytes).unwrap()).collect();
    let stamp = Stamp { time: 1, device: DeviceId(1) };
    let set = ChangeSet { stamp, origin: plan.origin, changes: plan.changes, blocks: Vec::new() };
    data.apply(&set, 1, &blocks).unwrap();

    let orders = data.orders();
    assert_eq!((orders.live().count(), data.customers().live().count()), (25_900, 4_372));
    let lines = |row| orders.lines_of(row);
    assert_eq!(orders.live().map(|row| lines(row).total_minor()).sum::<i64>(), 974_774_793);
    let anonymous = orders.live().filter(|&row| orders.customer()[row as usize] == NONE);
    assert_eq!(anonymous.map(|row| lines(row).len()).sum::<usize>(), 135_080);
    assert_eq!(data.settings().currency, Currency::GBP);
    assert!(staged.plan(&data, false).is_empty());
}
