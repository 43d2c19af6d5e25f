//! Laws of reading order files: nothing panics, slices do not matter, what is written well comes back equal.

#![allow(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use kith::domain::{CivilTime, Currency, Day, OrderKind, line_total_minor};
use kith::files::clock::parse_time;
use kith::files::dates::{fitting_orders, parse_date_time};
use kith::files::encoding::{Encoding, Misfit, Watch, sniff, utf8_prefix};
use kith::files::export::errors_csv;
use kith::files::numbers::{guess_decimal_sign, parse_currency, parse_decimal};
use kith::files::orders::{
    DateOrder, DecimalSign, FileError, Inspection, Look, OrdersReader, ParsedOrders, Role, RowError, RowReason,
    inspect, restored, signature,
};
use proptest::prelude::*;

fn look(encoding: Encoding) -> Look<'static> {
    Look { encoding, whole: true, delimiter: None, currency: Currency::CNY, source: "test" }
}

fn run(inspection: &Inspection, roles: &[Role], text: &[u8], slice: usize) -> Result<ParsedOrders, FileError> {
    let mut mapping = inspection.guess.clone();
    mapping.roles = roles.to_vec();
    let mut reader = OrdersReader::new(inspection, &mapping)?;
    for part in text.chunks(slice.max(1)) {
        reader.push(part)?;
    }
    reader.finish()
}

/// Every count agrees with every other.
fn check(parsed: &ParsedOrders) {
    let report = &parsed.report;
    assert_eq!(report.rows, report.rows_taken + report.rows_failed);
    assert_eq!(report.rows_failed.min(10_000), report.errors.len() as u64);
    assert_eq!(report.orders, parsed.orders.len() as u64);
    assert_eq!(report.orders, report.purchases + report.refunds + report.adjustments);
    assert_eq!(report.customers, parsed.customers.len() as u64);
    let lines: u64 = parsed.orders.iter().map(|o| u64::from(o.line_count)).sum();
    assert_eq!(lines, parsed.lines.len() as u64);
    // A file of customers, products or contacts has rows and no lines.
    assert!(parsed.orders.is_empty() || lines >= report.rows_taken);
    let mut next = 0;
    for order in &parsed.orders {
        assert_eq!(order.first_line, next);
        next += order.line_count;
        assert!(order.line_count > 0);
        assert!(order.customer.is_none_or(|c| (c as usize) < parsed.customers.len()));
    }
    assert!(parsed.lines.iter().all(|l| l.product.is_none_or(|p| (p as usize) < parsed.products.len())));
    for keys in [
        parsed.customers.iter().map(|c| &c.key).collect::<Vec<_>>(),
        parsed.orders.iter().map(|o| &o.key).collect(),
        parsed.products.iter().map(|p| &p.key).collect(),
    ] {
        let all = keys.len();
        assert_eq!(keys.into_iter().collect::<std::collections::BTreeSet<_>>().len(), all, "keys are unique");
    }
}

/// Bytes that look enough like an order file to get far.
fn nearly_a_file() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        6 => Just(b",".to_vec()),
        3 => Just(b"\n".to_vec()),
        1 => Just(b"\r\n".to_vec()),
        1 => Just(b"\r".to_vec()),
        2 => Just(b"\"".to_vec()),
        1 => Just(b";".to_vec()),
        1 => Just(b"\t".to_vec()),
        2 => Just(b"2024-01-02 03:04".to_vec()),
        1 => Just(b"3/4/24".to_vec()),
        2 => Just(b"1,234.50".to_vec()),
        2 => Just(b"-3".to_vec()),
        1 => Just("￥１２．５".as_bytes().to_vec()),
        1 => Just("退款".as_bytes().to_vec()),
        1 => Just("refunded".as_bytes().to_vec()),
        1 => Just(b"C12".to_vec()),
        1 => Just(b"1e400".to_vec()),
        1 => Just(b"\0".to_vec()),
        1 => "\\PC{0,6}".prop_map(String::into_bytes),
        1 => proptest::collection::vec(any::<u8>(), 0..3),
    ];
    let header = prop_oneof![
        Just(&b"order,date,customer,product,qty,price,status\n"[..]),
        Just("\u{feff}订单号,下单时间,手机,商品名称,数量,实付金额\r\n".as_bytes()),
        Just(&b"date;total\n"[..]),
        Just(&b""[..]),
    ];
    (header, proptest::collection::vec(piece, 0..80)).prop_map(|(h, p)| [h.to_vec(), p.concat()].concat())
}

fn role() -> impl Strategy<Value = Role> {
    proptest::sample::select(Role::ALL.to_vec())
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in prop_oneof![nearly_a_file(), proptest::collection::vec(any::<u8>(), 0..600)],
        roles in proptest::collection::vec(role(), 8), a in 1usize..40, b in 1usize..40) {
        if let Ok(encoding) = sniff(&bytes, true) {
            for part in bytes.chunks(a) {
                let mut watch = Watch::new(encoding);
                if watch.push(part).is_ok() {
                    let _ = watch.finish();
                }
            }
        }
        let text = String::from_utf8_lossy(&bytes);
        let Ok(inspection) = inspect(&text, &look(Encoding::Utf8)) else { return Ok(()) };
        let _ = signature(&inspection.header);
        // Raw bytes too: a caller that forgets to decode gets an error, not a crash.
        let mut mapped: Vec<Role> = roles.into_iter().take(inspection.header.len()).collect();
        for roles in [inspection.guess.roles.clone(), std::mem::take(&mut mapped)] {
            let _ = run(&inspection, &roles, &bytes, a);
            let first = run(&inspection, &roles, text.as_bytes(), a);
            prop_assert_eq!(&first, &run(&inspection, &roles, text.as_bytes(), b), "slices must not matter");
            if let Ok(parsed) = &first {
                check(parsed);
            }
        }
    }

    #[test]
    fn the_watch_agrees_with_the_decoder_whatever_the_slices(text in "\\PC{0,60}", tail in proptest::collection::vec(any::<u8>(), 0..6),
        slice in 1usize..9, encoding in proptest::sample::select(Encoding::ALL.to_vec())) {
        let codec = encoding_rs::Encoding::for_label(encoding.label().as_bytes()).unwrap();
        let mut bytes = match encoding {
            Encoding::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Encoding::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            _ => codec.encode(&text).0.into_owned(),
        };
        bytes.extend(tail);
        let mut watch = Watch::new(encoding);
        let mut seen = Ok(());
        for part in bytes.chunks(slice) {
            seen = seen.and_then(|()| watch.push(part));
        }
        let seen = seen.and_then(|()| watch.finish());
        let wrong = codec.decode_without_bom_handling_and_without_replacement(&bytes).is_none();
        // GB18030 leaves some four-byte codes unused and Windows-1252 none: there the watch may be the milder one.
        if seen.is_err() {
            prop_assert!(wrong);
        } else if encoding != Encoding::Gb18030 {
            prop_assert!(!wrong);
        }
        if let Err(Misfit::Broken(FileError::Encoding { byte, .. })) = seen {
            prop_assert!(byte <= bytes.len() as u64);
        }
    }

    #[test]
    fn cells_never_panic(text in prop_oneof!["\\PC{0,40}", "[-+0-9.,:/ TZ年月日时分上下午eE()¥$元万'%]{0,30}"]) {
        for order in [DateOrder::YearMonthDay, DateOrder::DayMonthYear, DateOrder::MonthDayYear, DateOrder::ExcelSerial] {
            if let Ok(at) = parse_date_time(&text, order) {
                let (year, ..) = at.day().ymd();
                prop_assert!((1900..=2200).contains(&year));
            }
        }
        if let Ok(ms) = parse_time(&text) {
            prop_assert!((0..86_400_000).contains(&ms));
        }
        for sign in [DecimalSign::Point, DecimalSign::Comma] {
            let _ = parse_decimal(&text, sign, 4);
        }
        let _ = parse_currency(&text, Currency::CNY);
        let _ = guess_decimal_sign(std::iter::once(text.as_str()));
        let _ = utf8_prefix(text.as_bytes());
    }

    #[test]
    fn numbers_come_back(value in -1_000_000_000_000_000i64..1_000_000_000_000_000, style in 0usize..6) {
        let (whole, decimals) = (value.unsigned_abs() / 10_000, value.unsigned_abs() % 10_000);
        let digits = whole.to_string();
        let grouped = |mark: &str| {
            let (head, tail) = digits.split_at(digits.len() % 3);
            let groups = tail.as_bytes().chunks(3).map(|c| std::str::from_utf8(c).unwrap());
            std::iter::once(head).filter(|h| !h.is_empty()).chain(groups).collect::<Vec<_>>().join(mark)
        };
        let minus = if value < 0 { "-" } else { "" };
        let (text, sign) = match style {
            0 => (format!("{minus}{digits}.{decimals:04}"), DecimalSign::Point),
            1 => (format!("{minus}{}.{decimals:04}", grouped(",")), DecimalSign::Point),
            2 => (format!("{minus}{},{decimals:04}", grouped(".")), DecimalSign::Comma),
            3 => (format!("{minus}{},{decimals:04} €", grouped("\u{a0}")), DecimalSign::Comma),
            4 if value < 0 => (format!("({}.{decimals:04})", grouped("'")), DecimalSign::Point),
            _ => (format!("￥{digits}.{decimals:04}{minus}"), DecimalSign::Point),
        };
        prop_assert_eq!(parse_decimal(&text, sign, 4), Ok(value), "{}", text);
    }

    #[test]
    fn dates_come_back(day in -25_567i32..84_371, second in 0i64..86_400, style in 0usize..9) {
        use DateOrder::{DayMonthYear, ExcelSerial, MonthDayYear, YearMonthDay};
        let at = CivilTime(Day(day).start().0 + second * 1000);
        let (format, order) = [
            ("%Y-%m-%d %H:%M:%S", YearMonthDay),
            ("%Y-%m-%dT%H:%M:%SZ", YearMonthDay),
            ("%Y/%-m/%-d %-H:%M:%S", YearMonthDay),
            ("%-d.%-m.%Y %H:%M:%S", DayMonthYear),
            ("%-m/%-d/%Y %-I:%M:%S %p", MonthDayYear),
            ("%Y年%-m月%-d日 %-H时%-M分%-S秒", YearMonthDay),
            ("%Y%m%d%H%M%S", YearMonthDay),
            ("%-d %B %Y %H:%M:%S", DayMonthYear),
            ("", ExcelSerial),
        ][style];
        let text = if order == ExcelSerial {
            // Serials of one or two digits are taken for plain numbers.
            prop_assume!(day >= -25_569 + 100);
            format!("{}.{:010}", i64::from(day) + 25_569, (second * 10_000_000_000 + 43_200) / 86_400)
        } else {
            at.naive().format(format).to_string()
        };
        prop_assert_eq!(parse_date_time(&text, order), Ok(at), "{}", text);
        if style < 8 {
            prop_assert!(fitting_orders(std::iter::once(text.as_str())).contains(&order), "{}", text);
        }
    }

    #[test]
    fn downloads_of_errors_hold_every_cell(cells in proptest::collection::vec("\\PC{0,12}", 1..5)) {
        let errors: Vec<RowError> = (2..).zip(&cells)
            .map(|(row, c)| RowError { row, column: Some(c.clone()), value: c.clone(), reason: RowReason::Missing }).collect();
        let text = errors_csv(["a", "b", "c", "d"], &errors, |_| "missing".into());
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        prop_assert_eq!(rows.len(), cells.len());
        for (row, cell) in rows.iter().zip(&cells) {
            let shown = &row[2];
            prop_assert_eq!(restored(shown), cell);
            prop_assert!(!shown.starts_with(['=', '+', '-', '@']));
        }
    }
}

/// An order as it goes into a file.
#[derive(Clone, Debug)]
struct Sale {
    customer: Option<usize>,
    at: CivilTime,
    refund: bool,
    /// Product, quantity in thousandths, price in ten-thousandths.
    lines: Vec<(usize, i64, i64)>,
}

fn sales() -> impl Strategy<Value = Vec<Sale>> {
    let line = (0usize..9, 1i64..50_000, 1i64..5_000_000);
    let sale = (
        proptest::option::of(0usize..6),
        0i32..30_000,
        0i64..1440,
        any::<bool>(),
        proptest::collection::vec(line, 1..4),
    );
    let sale = sale.prop_map(|(customer, day, minute, refund, lines)| Sale {
        customer,
        at: CivilTime(Day(day).start().0 + minute * 60_000),
        refund,
        lines,
    });
    proptest::collection::vec(sale, 1..30)
}

fn decimal(value: i64, scale: u32, mark: char) -> String {
    let unit = 10u64.pow(scale);
    let (sign, size) = (if value < 0 { "-" } else { "" }, value.unsigned_abs());
    format!("{sign}{}{mark}{:0width$}", size / unit, size % unit, width = scale as usize)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn well_formed_orders_come_back_equal(
        sales in sales(),
        names in proptest::collection::vec("[A-Za-z王李茶é \"',;|\n]{1,8}", 9),
        delimiter in proptest::sample::select(vec![b',', b';', b'\t', b'|']),
        encoding in proptest::sample::select(vec![Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be, Encoding::Gb18030]),
        marked in any::<bool>(), crlf in any::<bool>(), quote_all in any::<bool>(), comma in any::<bool>(),
        shuffled in any::<bool>(), slice in 1usize..200,
    ) {
        let mark = if comma { ',' } else { '.' };
        let terminator = if crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
        let style = if quote_all { csv::QuoteStyle::Always } else { csv::QuoteStyle::Necessary };
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).terminator(terminator).quote_style(style).from_writer(vec![]);
        writer.write_record(["订单号", "下单时间", "会员号", "货号", "商品名称", "数量", "单价"]).unwrap();
        let mut rows = Vec::new();
        for (i, sale) in sales.iter().enumerate() {
            for (n, (product, quantity, price)) in sale.lines.iter().enumerate() {
                let quantity = if sale.refund { -quantity } else { *quantity };
                rows.push((n, [
                    format!("{}{}", if sale.refund { "C" } else { "" }, 1000 + i),
                    sale.at.naive().format("%Y-%m-%d %H:%M").to_string(),
                    sale.customer.map(|c| format!("K{c}😀")).unwrap_or_default(),
                    format!("P{product}"),
                    names[*product].clone(),
                    decimal(quantity, 3, mark),
                    decimal(*price, 4, mark),
                ]));
            }
        }
        if shuffled {
            // All first lines, then all second ones: orders interleave, and keep their own order.
            rows.sort_by_key(|(n, _)| *n);
        }
        for (_, row) in &rows {
            writer.write_record(row).unwrap();
        }
        let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        let marked_text = format!("{}{text}", if marked { "\u{feff}" } else { "" });
        let bytes: Vec<u8> = match encoding {
            Encoding::Utf16Le => marked_text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Encoding::Utf16Be => marked_text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            Encoding::Gb18030 => encoding_rs::GB18030.encode(&text).0.into_owned(),
            _ => marked_text.clone().into_bytes(),
        };
        prop_assert_eq!(sniff(&bytes, true), Ok(encoding));

        // Names made of separators and line ends can look like rows; a person would be told so, here they are left out.
        let inspection = match inspect(&text, &look(encoding)) {
            Err(FileError::UnclosedQuote { .. }) => return Ok(()),
            other => other.unwrap(),
        };
        prop_assume!(inspection.delimiter == char::from(delimiter));
        let mut inspection = inspection;
        inspection.guess.decimal_sign = if comma { DecimalSign::Comma } else { DecimalSign::Point };
        let roles = [Role::OrderNumber, Role::OrderDate, Role::CustomerKey, Role::ProductKey, Role::ProductName, Role::Quantity, Role::UnitPrice];
        prop_assert_eq!(&inspection.guess.roles, &roles);
        let parsed = run(&inspection, &roles, marked_text.as_bytes(), slice).unwrap();
        check(&parsed);
        prop_assert_eq!(&parsed.report.errors, &[]);
        prop_assert_eq!(parsed.report.rows, rows.len() as u64);
        prop_assert_eq!(parsed.orders.len(), sales.len());
        for (order, (i, sale)) in parsed.orders.iter().zip(sales.iter().enumerate()) {
            prop_assert!(order.key.ends_with(&(1000 + i).to_string()));
            let customer = order.customer.map(|c| parsed.customers[c as usize].key.clone());
            prop_assert_eq!(customer, sale.customer.map(|c| format!("K{c}😀")));
            prop_assert_eq!(order.at, sale.at);
            prop_assert_eq!(order.kind, if sale.refund { OrderKind::Refund } else { OrderKind::Purchase });
            let lines = &parsed.lines[order.first_line as usize..][..order.line_count as usize];
            prop_assert_eq!(lines.len(), sale.lines.len());
            for (line, (product, quantity, price)) in lines.iter().zip(&sale.lines) {
                let quantity = if sale.refund { -quantity } else { *quantity };
                prop_assert_eq!((line.quantity_milli, line.unit_price_e4), (quantity, *price));
                prop_assert_eq!(Some(line.total_minor), line_total_minor(quantity, *price, Currency::CNY));
                let read = &parsed.products[line.product.unwrap() as usize];
                prop_assert_eq!(&read.key, &format!("P{product}"));
            }
        }
    }
}
