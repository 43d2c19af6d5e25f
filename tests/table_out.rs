//! What goes out as a table comes in again unchanged: products, orders and answers, in both formats and languages.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it did not expect")]

use std::io::Cursor;

use kith::domain::{
    Action, Change, ChangeSet, CivilTime, Currency, Day, DeviceId, Id, Kind, Line, OrderKind, Origin, Stamp, Value,
};
use kith::engine::api::{Answer, Language, Query, ResponseFilter, TableList};
use kith::engine::dataset::Dataset;
use kith::engine::import::Staged;
use kith::engine::metrics::MetricsCache;
use kith::engine::query::answer;
use kith::files::encoding::Encoding;
use kith::files::orders::{Look, OrdersReader, ParsedOrders, Target, inspect, inspect_sheet};
use kith::files::sheet::Workbook;
use kith::files::table::{Cell, Format, TableWriter};
use kith::locale::Locale;
use kith::ui::model::tables::{header, words};

/// Texts that spreadsheets would run or break.
const EVIL: &str = "=HYPERLINK(\"http://x\",\"<b>王</b>\"), “2”";
const NOTE: &str = "two\nlines; '+1'";

fn set(kind: Kind, n: u128, field: &str, value: impl Into<Value>) -> Change {
    Change { kind, id: Id((kind as u128) << 64 | n), field: field.into(), value: value.into(), was: Value::Null }
}

fn id(kind: Kind, n: u128) -> Id {
    Id((kind as u128) << 64 | n)
}

const AT: i64 = 1_700_000_000_000 / 60_000 * 60_000;

fn changes() -> Vec<Change> {
    let line = |n, quantity_milli, unit_price_e4, total_minor| Line {
        product: Some(id(Kind::Product, n)),
        quantity_milli,
        unit_price_e4,
        total_minor,
    };
    let mut changes = vec![
        set(Kind::Customer, 1, "key", "C-1"),
        set(Kind::Customer, 1, "name", "王小明"),
        set(Kind::Customer, 1, "phone", "+86 138 0013 8000"),
        set(Kind::Customer, 2, "name", EVIL),
        set(Kind::Response, 1, "customer", id(Kind::Customer, 1)),
        set(Kind::Response, 1, "key", "R-1"),
        set(Kind::Response, 1, "at", AT),
        set(Kind::Response, 1, "order", id(Kind::Order, 1)),
        set(Kind::Response, 1, "expectation", 7),
        set(Kind::Response, 1, "experience", 9),
        set(Kind::Response, 1, "nps", 10),
        set(Kind::Response, 1, "csat", 4),
        set(Kind::Response, 1, "comment", NOTE),
        set(Kind::Response, 1, "staff", "=小李"),
    ];
    for (n, key, name, cost) in [(1, "0007", "Green tea", Some(123_456)), (2, "P-2", EVIL, None)] {
        changes.push(set(Kind::Product, n, "key", key));
        changes.push(set(Kind::Product, n, "name", name));
        changes.push(set(Kind::Product, n, "category", "@tea"));
        changes.push(set(Kind::Product, n, "price_e4", 189_900));
        changes.extend(cost.map(|cost| set(Kind::Product, n, "cost_e4", cost)));
        changes.push(set(Kind::Product, n, "note", NOTE));
    }
    let orders = [
        (1, "SO-1", 1, "purchase", vec![line(1, 2_500, 189_900, 4_748), line(2, 1_000, 125, 1)]),
        (2, "SO-2", 2, "refund", vec![line(1, -1_000, 189_900, -1_899)]),
    ];
    for (n, key, customer, kind, lines) in orders {
        changes.push(set(Kind::Order, n, "key", key));
        changes.push(set(Kind::Order, n, "customer", id(Kind::Customer, customer)));
        changes.push(set(Kind::Order, n, "at", AT + i64::try_from(n).unwrap() * 60_000));
        changes.push(set(Kind::Order, n, "kind", kind));
        changes.push(set(Kind::Order, n, "channel", "shop"));
        changes.push(set(Kind::Order, n, "currency", "CNY"));
        changes.push(set(Kind::Order, n, "note", NOTE));
        changes.push(set(Kind::Order, n, "lines", lines));
    }
    changes
}

fn book() -> Dataset {
    data_of(changes())
}

fn data_of(changes: Vec<Change>) -> Dataset {
    let mut data = Dataset::new();
    let stamp = Stamp { time: 1 << 16, device: DeviceId(1) };
    let origin = Origin::Hand { what: Action::Edit(Kind::Customer) };
    data.apply(&ChangeSet { stamp, origin, changes, blocks: vec![] }, 1, &[]).unwrap();
    data
}

/// All pages of a list, one row a page.
fn rows(data: &Dataset, list: &TableList, locale: Locale) -> Vec<Vec<Cell>> {
    let words = words(locale, list);
    let (mut cache, mut out, mut from) = (MetricsCache::new(), Vec::new(), Some(0));
    while let Some(offset) = from {
        let as_of = Some(Day::parse_iso("2024-01-01").unwrap());
        let query = Query::Table { as_of, list: list.clone(), words: words.clone(), offset, limit: 1 };
        let Some(Answer::Table(page)) = answer(data, &mut cache, &query, Day(20_000)) else { panic!("{list:?}") };
        assert!(page.next.is_none_or(|next| next > offset && next < page.total));
        out.extend(page.rows);
        from = page.next;
    }
    out
}

fn back(data: &Dataset, list: &TableList, locale: Locale, format: Format) -> (Target, ParsedOrders) {
    let header = header(locale, list, &[]);
    let mut writer = TableWriter::new(format, &header).unwrap();
    for row in rows(data, list, locale) {
        assert_eq!(row.len(), header.len());
        writer.row(&row).unwrap();
    }
    let bytes = writer.finish().unwrap();
    let look = Look { encoding: Encoding::Utf8, whole: true, delimiter: None, currency: Currency::CNY, source: "x" };
    let (inspection, parsed) = match format {
        Format::Csv => {
            let text = String::from_utf8(bytes).unwrap();
            let inspection = inspect(&text, &look).unwrap();
            let mut reader = OrdersReader::new(&inspection, &inspection.guess).unwrap();
            reader.push(text.as_bytes()).unwrap();
            (inspection, reader.finish().unwrap())
        }
        Format::Xlsx => {
            let mut book = Workbook::open(Cursor::new(bytes)).unwrap();
            let (inspection, sheet) = inspect_sheet(&mut book, None, &look).unwrap();
            let mut reader = OrdersReader::new(&inspection, &inspection.guess).unwrap();
            book.rows(&sheet, inspection.guess.decimal_sign, |row| reader.row(row).map(|()| true)).unwrap();
            (inspection, reader.finish().unwrap())
        }
    };
    assert_eq!(parsed.report.errors, [], "{list:?} {format:?} {:?}: {:?}", locale.language, inspection.guess.roles);
    for role in list.columns() {
        assert!(inspection.guess.roles.contains(role), "{role:?} of {list:?} is lost in {:?}", inspection.header);
    }
    (inspection.guess.target, parsed)
}

fn each(check: impl Fn(&Dataset, Locale, Format)) {
    let data = book();
    for language in [Language::En, Language::Zh] {
        for format in [Format::Csv, Format::Xlsx] {
            check(&data, Locale::new(language), format);
        }
    }
}

#[test]
fn what_went_out_changes_nothing_where_it_came_from() {
    each(|_, locale, format| {
        // Typed by a person, without a number.
        let mut changes = changes();
        changes.push(set(Kind::Customer, 3, "name", "Only a name"));
        for (n, customer) in [(3, Some(1)), (4, Some(3)), (5, None)] {
            changes.push(set(Kind::Order, n, "at", AT + 7 * 60_000));
            changes.extend(customer.map(|customer| set(Kind::Order, n, "customer", id(Kind::Customer, customer))));
            changes.push(set(Kind::Order, n, "kind", "purchase"));
            changes.push(set(Kind::Order, n, "currency", "CNY"));
            let line = Line {
                product: Some(id(Kind::Product, 1)),
                quantity_milli: 1_000,
                unit_price_e4: 10_000,
                total_minor: 100,
            };
            changes.push(set(Kind::Order, n, "lines", vec![line]));
        }
        changes.push(set(Kind::Response, 2, "customer", id(Kind::Customer, 3)));
        changes.push(set(Kind::Response, 2, "at", AT));
        changes.push(set(Kind::Response, 2, "nps", 3));
        for (n, customer, note) in [(8, 1, NOTE), (9, 3, "called back"), (10, 3, "called again")] {
            changes.push(set(Kind::Interaction, n, "customer", id(Kind::Customer, customer)));
            changes.push(set(Kind::Interaction, n, "at", AT));
            changes.push(set(Kind::Interaction, n, "channel", "phone"));
            changes.push(set(Kind::Interaction, n, "direction", "in"));
            changes.push(set(Kind::Interaction, n, "note", note));
        }
        let data = data_of(changes);
        for list in [
            TableList::Customers { ids: (1..4).map(|n| id(Kind::Customer, n)).collect() },
            TableList::Interactions,
            TableList::Orders,
            TableList::Products { search: String::new() },
            TableList::Responses(ResponseFilter::default()),
        ] {
            let (_, parsed) = back(&data, &list, locale, format);
            let view = Staged::new(&data, parsed, "elsewhere".into(), "a.csv".into()).view();
            for tally in [view.customers, view.products, view.orders, view.responses, view.interactions] {
                assert_eq!((tally.new, tally.updated), (0, 0), "{list:?} {view:?}");
            }
            assert_eq!((view.conflicts_total, view.twins_total, view.left_out_total), (0, 0, 0), "{list:?} {view:?}");
        }
    });
}

#[test]
fn orders_come_back() {
    each(|data, locale, format| {
        let (target, parsed) = back(data, &TableList::Orders, locale, format);
        assert_eq!(target, Target::Orders);
        let shown: Vec<_> = parsed.orders.iter().map(|o| (o.key.as_str(), o.at, o.kind, o.currency.code())).collect();
        let at = |n: i64| CivilTime(AT + n * 60_000);
        assert_eq!(shown, [("SO-1", at(1), OrderKind::Purchase, "CNY"), ("SO-2", at(2), OrderKind::Refund, "CNY")]);
        assert!(parsed.orders.iter().all(|o| o.channel == "shop" && o.note == NOTE));
        let lines: Vec<_> = parsed.lines.iter().map(|l| (l.quantity_milli, l.unit_price_e4, l.total_minor)).collect();
        assert_eq!(lines, [(2_500, 189_900, 4_748), (1_000, 125, 1), (-1_000, 189_900, -1_899)]);
        let products: Vec<_> = parsed.products.iter().map(|p| (p.key.as_str(), p.name.as_str())).collect();
        assert_eq!(products, [("0007", "Green tea"), ("P-2", EVIL)]);
        let customers: Vec<_> = parsed.customers.iter().map(|c| c.name.as_str()).collect();
        assert_eq!(customers, ["王小明", EVIL]);
        assert_eq!(parsed.customers[0].key, "C-1");
    });
}

#[test]
fn products_come_back() {
    each(|data, locale, format| {
        let list = TableList::Products { search: String::new() };
        let (target, parsed) = back(data, &list, locale, format);
        assert_eq!(target, Target::Products);
        let read: Vec<_> = parsed.records.records.iter().map(|r| (r.key.as_str(), r.fields.clone())).collect();
        let of = |name: &str, cost: Option<i64>| {
            let texts =
                [("name", name), ("category", "@tea"), ("note", NOTE)].map(|(f, v)| (f.to_owned(), Value::from(v)));
            let prices = [Some(189_900), cost].into_iter().zip(["price_e4", "cost_e4"]);
            let prices = prices.filter_map(|(v, f)| Some((f.to_owned(), Value::from(v?))));
            texts.into_iter().chain(prices).collect::<Vec<_>>()
        };
        for (want, (key, fields)) in [of("Green tea", Some(123_456)), of(EVIL, None)].iter().zip(&read) {
            assert!(want.iter().all(|pair| fields.contains(pair)), "{key}: {fields:?}");
        }
        assert_eq!(read.iter().map(|(key, _)| *key).collect::<Vec<_>>(), ["0007", "P-2"]);
    });
}

#[test]
fn answers_come_back() {
    each(|data, locale, format| {
        let (target, parsed) = back(data, &TableList::Responses(ResponseFilter::default()), locale, format);
        assert_eq!(target, Target::Responses);
        let [r] = parsed.responses.as_slice() else { panic!("{:?}", parsed.responses) };
        assert_eq!(
            (r.key.as_str(), r.customer.as_str(), r.at, r.order.as_str()),
            ("R-1", "C-1", CivilTime(AT), "SO-1")
        );
        assert_eq!([r.expectation, r.experience, r.nps, r.csat], [Some(7), Some(9), Some(10), Some(4)]);
        assert_eq!((r.comment.as_str(), r.staff.as_str()), (NOTE, "=小李"));
    });
}
