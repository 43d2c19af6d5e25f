//! Order files as they come: encodings, separators, bad rows, hostile bytes. Fixtures are our own.

#![allow(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use kith::domain::{Currency, OrderKind};
use kith::files::encoding::{Encoding, Misfit, Watch, sniff, utf8_prefix};
use kith::files::orders::{
    DateOrder, DecimalSign, FileError, FileWarning, Inspection, Look, Mapping, OrdersReader, ParsedOrders, Role,
    RowReason, inspect,
};
use kith::files::{MAX_COLUMNS, MAX_FIELD_BYTES};

fn decode(bytes: &[u8], encoding: Encoding) -> String {
    let codec = encoding_rs::Encoding::for_label(encoding.label().as_bytes()).unwrap();
    codec.decode(bytes).0.into_owned()
}

/// The whole way, as the page goes it, with the text in slices of `slice` bytes.
fn read(bytes: &[u8], slice: usize) -> Result<(Inspection, ParsedOrders), FileError> {
    let mut encoding = sniff(bytes, true)?;
    let mut watch = Watch::new(encoding);
    let mut seen = Ok(());
    for part in bytes.chunks(slice) {
        seen = seen.and_then(|()| watch.push(part));
    }
    match seen.and_then(|()| watch.finish()) {
        Ok(()) => {}
        Err(Misfit::Retry(other)) => encoding = other,
        Err(Misfit::Broken(error)) => return Err(error),
    }
    let text = decode(bytes, encoding);
    let look = Look { encoding, whole: true, delimiter: None, currency: Currency::CNY, source: "test" };
    let inspection = inspect(&text, &look)?;
    let parsed = read_as(&inspection, &inspection.guess, &text, slice)?;
    Ok((inspection, parsed))
}

fn read_as(inspection: &Inspection, mapping: &Mapping, text: &str, slice: usize) -> Result<ParsedOrders, FileError> {
    let mut reader = OrdersReader::new(inspection, mapping)?;
    for part in text.as_bytes().chunks(slice) {
        reader.push(part)?;
    }
    reader.finish()
}

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// One line per order: key, customer, time, kind, total, lines.
fn shown(parsed: &ParsedOrders) -> Vec<String> {
    let order = |o: &kith::files::orders::ParsedOrder| {
        let start = o.first_line as usize;
        let lines = &parsed.lines[start..start + o.line_count as usize];
        let customer = o.customer.map_or("-", |c| &parsed.customers[c as usize].key);
        let total: i64 = lines.iter().map(|l| l.total_minor).sum();
        let at = o.at.naive().format("%m-%d %H:%M");
        format!("{} {customer} {at} {} {}{total} {}", o.key, o.kind.name(), o.currency.code(), o.line_count)
    };
    parsed.orders.iter().map(order).collect()
}

#[test]
fn an_english_file() {
    for slice in [1, 7, 1 << 20] {
        let (inspection, parsed) = read(&fixture("orders_en.csv"), slice).unwrap();
        assert_eq!((inspection.delimiter, inspection.encoding.as_str()), (',', "utf-8"));
        assert_eq!(inspection.guess.currency, Currency::GBP);
        let want = [
            "1001 C-1 03-01 09:15 purchase GBP1625 2",
            "1002 C-2 03-02 10:00 purchase GBP2175 1",
            "1003 - 03-02 11:30 purchase GBP450 1",
            "C1001 C-1 03-05 12:00 refund GBP-725 1",
            "1004 C-3 03-06 08:00 purchase GBP102400 1",
            "1004-refund C-3 03-06 08:00 refund GBP-102400 1",
        ];
        assert_eq!(shown(&parsed), want);
        assert_eq!(parsed.customers[1].name, "Noor \"N\" Khan");
        assert_eq!(
            parsed.products.iter().map(|p| p.name.as_str()).collect::<Vec<_>>(),
            ["Tea, green", "Mug", "Tea pot\n(large)"]
        );
        // The cancelled one is named with its row as a spreadsheet shows it: the cell with two lines is one row.
        let errors: Vec<_> = parsed.report.errors.iter().map(|e| (e.row, e.reason, e.value.as_str())).collect();
        assert_eq!(errors, [(8, RowReason::NotASale, "cancelled")]);
        assert_eq!((parsed.never_sold.as_slice(), parsed.report.never_sold), (["1005".to_owned()].as_slice(), 1));
        assert_eq!((parsed.report.anonymous_lines, parsed.report.anonymous_minor), (1, 450));
    }
}

#[test]
fn a_chinese_file_in_gbk_and_utf16() {
    for (name, encoding, delimiter) in
        [("orders_zh_gbk.csv", "gb18030", ','), ("orders_zh_utf16le.csv", "utf-16le", '\t')]
    {
        let (inspection, parsed) = read(&fixture(name), 5).unwrap();
        assert_eq!((inspection.encoding.as_str(), inspection.delimiter), (encoding, delimiter));
        assert!(!inspection.guess.roles.contains(&Role::Ignore), "{:?}", inspection.guess.roles);
        let want = [
            "D20240301001 H001 03-01 09:15 purchase CNY31850 2",
            "D20240302001 H002 03-02 15:20 purchase CNY27400 1",
            "D20240302002 - 03-02 16:00 purchase CNY1200000 1",
            "T20240305001 H002 03-05 10:00 refund CNY-6850 1",
        ];
        assert_eq!(shown(&parsed), want, "{name}");
        assert_eq!(parsed.customers[0].name, "王小明");
        assert_eq!(parsed.orders[0].channel, "微信小店");
        assert_eq!(parsed.report.errors[0].reason, RowReason::NotASale);
    }
}

#[test]
fn decimal_commas_after_semicolons_in_windows_1252() {
    let (inspection, parsed) = read(&fixture("orders_de_windows1252.csv"), 1).unwrap();
    assert_eq!((inspection.encoding.as_str(), inspection.delimiter), ("windows-1252", ';'));
    assert_eq!(inspection.guess.decimal_sign, DecimalSign::Comma);
    assert_eq!(inspection.date_orders, [DateOrder::DayMonthYear]);
    assert_eq!(
        shown(&parsed),
        ["B-1 Jörg Müller 12-09 08:26 purchase EUR3625 2", "B-2 Anaïs Weiß 12-31 17:05 purchase EUR10199000 1"]
    );
    assert_eq!(parsed.lines[0].quantity_milli, 1_500);
}

#[test]
fn bad_rows_are_named_by_row_and_column() {
    use RowReason::*;
    let (inspection, parsed) = read(&fixture("orders_bad_rows.csv"), 64).unwrap();
    assert!(inspection.warnings.contains(&FileWarning::DuplicateHeader { name: "qty".into() }));
    let errors: Vec<_> = parsed
        .report
        .errors
        .iter()
        .map(|e| (e.row, e.column.as_deref().unwrap_or("-"), e.value.as_str(), e.reason))
        .collect();
    assert_eq!(
        errors,
        [
            (3, "date", "2011-02-30", NoSuchDate),
            (4, "date", "someday", NotADate),
            (5, "qty", "one", NotANumber),
            (6, "price", "1e400", TooLarge),
            (7, "-", "5", Ragged),
            (9, "-", "8", Ragged),
            (10, "customer", "A␀", ControlCharacter),
            (11, "customer", "B", OtherCustomer),
            (12, "order", "", Missing),
            (13, "date", "", Missing),
            (14, "date", "3024-01-02", YearOutOfRange),
            (15, "qty", "", Missing),
            (16, "price", "", Missing),
            (18, "date", "", Missing),
        ]
    );
    assert_eq!(shown(&parsed), ["1 A 01-02 00:00 purchase CNY200 1", "🧾13 🙂 01-03 00:00 purchase CNY200 1"]);
    let report = &parsed.report;
    assert_eq!((report.rows, report.rows_taken, report.rows_failed), (16, 2, 14));
    assert_eq!((report.customers, report.products), (2, 1), "a row left out leaves no trace");
}

#[test]
fn files_that_cannot_be_read_say_what_they_are() {
    let not_text = |what: &str| FileError::NotText { what: what.into() };
    let header = "order,date,price\n";
    let wide = vec!["c"; MAX_COLUMNS + 7].join(",");
    let long = format!("{header}1,2024-01-02,{}\n", "9".repeat(MAX_FIELD_BYTES + 1));
    let swallowed = format!("{header}1,2024-01-02,2\n2,\"2024-01-02,3\n{}", "3,2024-01-02,3\n".repeat(5_000));
    let cases: Vec<(Vec<u8>, FileError)> = vec![
        (vec![], FileError::Empty),
        (b"\xEF\xBB\xBF".to_vec(), FileError::Empty),
        (b"\n\r\n  \n".to_vec(), FileError::Empty),
        (header.into(), FileError::NoRows),
        (b"PK\x03\x04........[Content_Types].xml".to_vec(), not_text("xlsx")),
        (b"PK\x03\x04........readme.txt".to_vec(), not_text("zip")),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1rest".to_vec(), not_text("xls")),
        (b"%PDF-1.7".to_vec(), not_text("pdf")),
        (b"\x89PNG\r\n".to_vec(), not_text("image")),
        (b"\xFF\xD8\xFF\xE0".to_vec(), not_text("image")),
        (b"\x1F\x8B\x08".to_vec(), not_text("gzip")),
        (b"  <html><table>".to_vec(), not_text("html")),
        ([b"a,b\n".as_slice(), &[0; 64]].concat(), not_text("binary")),
        (format!("{header}1,2024-01-02,\"2\n3,2024-01-02,4\n").into(), FileError::UnclosedQuote { row: 2 }),
        (swallowed.into(), FileError::UnclosedQuote { row: 3 }),
        (
            format!("{header}1,\"2024-01-02,5\n2,2024-01-02,5\n3,\"2024-01-02\",5\n").into(),
            FileError::UnclosedQuote { row: 2 },
        ),
        (long.into(), FileError::FieldTooLong { row: 2, limit: MAX_FIELD_BYTES as u64 }),
        (
            format!("{wide}\n{wide}\n").into(),
            FileError::TooManyColumns { columns: MAX_COLUMNS as u64 + 7, limit: MAX_COLUMNS as u64 },
        ),
        ("order,city\nx,y\n".into(), FileError::MissingRole { role: Role::OrderDate }),
        ("order,date\n1,2024-01-02\n".into(), FileError::MissingRole { role: Role::UnitPrice }),
    ];
    for (bytes, want) in cases {
        for slice in [3, 1 << 20] {
            let got = read(&bytes, slice).map(|(_, parsed)| shown(&parsed));
            assert_eq!(got, Err(want.clone()), "{}", String::from_utf8_lossy(&bytes[..bytes.len().min(60)]));
        }
    }
}

#[test]
fn a_file_that_changes_its_encoding_is_refused_at_the_byte() {
    let chinese = "订单号,日期,金额,客户\n1,2024-01-02,5,王小明\n";
    let mut mixed = chinese.as_bytes().to_vec();
    let at = mixed.len() as u64 + 15;
    mixed.extend(encoding_rs::GBK.encode("2,2024-01-02,6,李娜\n").0.iter());
    assert_eq!(read(&mixed, 4).map(|_| ()), Err(FileError::Encoding { byte: at, line: 3 }));

    // The other way about: what UTF-8 leaves behind is no GBK.
    let mut mixed = encoding_rs::GBK.encode(chinese).0.into_owned();
    let good = mixed.len() as u64;
    mixed.extend("2,2024-01-02,6,李小娜\n".as_bytes());
    match read(&mixed, 4).map(|_| ()) {
        Err(FileError::Encoding { byte, line: 3 | 4 }) => assert!(byte >= good),
        other => panic!("{other:?}"),
    }
}

#[test]
fn ascii_for_long_then_gbk_starts_again_in_gbk() {
    let ascii = "order,date,price,customer\n1,2024-01-02,5,Ann\n".repeat(10);
    let gbk = encoding_rs::GBK.encode("2,2024-01-02,6,李娜\n").0.into_owned();
    assert_eq!(sniff(ascii.as_bytes(), false), Ok(Encoding::Utf8));
    let mut watch = Watch::new(Encoding::Utf8);
    watch.push(ascii.as_bytes()).unwrap();
    assert_eq!(watch.push(&gbk), Err(Misfit::Retry(Encoding::Gb18030)));
}

#[test]
fn the_head_of_a_file_may_be_cut_anywhere() {
    let text = "订单号,日期,金额\n1,2024-01-02,5\n2,2024-01-03,6\n";
    for cut in 12..text.len() {
        let head = utf8_prefix(&text.as_bytes()[..cut]);
        let look =
            Look { encoding: Encoding::Utf8, whole: false, delimiter: None, currency: Currency::CNY, source: "" };
        if let Ok(inspection) = inspect(head, &look) {
            assert_eq!(inspection.header.len(), 3, "{head}");
            assert!(inspection.sample.iter().all(|r| r.len() == 3));
        }
    }
}

#[test]
fn an_ambiguous_date_asks_and_the_answer_counts() {
    let text = "order,date,price\n1,3/4/2024,5\n2,5/6/2024,6\n";
    let (inspection, _) = read(text.as_bytes(), 9).unwrap();
    assert_eq!(inspection.date_orders, [DateOrder::DayMonthYear, DateOrder::MonthDayYear]);
    for (date_order, want) in [(DateOrder::DayMonthYear, "04-03"), (DateOrder::MonthDayYear, "03-04")] {
        let mapping = Mapping { date_order, ..inspection.guess.clone() };
        let parsed = read_as(&inspection, &mapping, text, 9).unwrap();
        assert_eq!(parsed.orders[0].at.naive().format("%m-%d").to_string(), want);
    }
}

#[test]
fn the_separator_is_guessed_or_chosen() {
    for (text, chosen, want) in [
        ("order,date,price\n1,2024-01-02,5\n", None, ','),
        ("order;date;price\n1;2024-01-02;5,50\n2;2024-01-02;6,50\n", None, ';'),
        ("order\tdate\tnote\n1\t2024-01-02\ta,b;c\n", None, '\t'),
        ("\"a,b\"|c\n\"1,2\"|3\n", None, '|'),
        ("sep=;\norder;date\n1;2024-01-02\n", None, ';'),
        ("order,date;price\n1,2024-01-02;5\n", Some(';'), ';'),
        ("order,date,price\n1,2024-01-02,5\n", Some('"'), ','),
        ("order,date,price\n1,2024-01-02,5\n", Some('、'), ','),
        ("订单号，日期，价格\n1，2024-01-02，5\n", None, '，'),
        ("one\n2\n", None, ','),
    ] {
        let look =
            Look { encoding: Encoding::Utf8, whole: true, delimiter: chosen, currency: Currency::CNY, source: "" };
        let inspection = inspect(text, &look).unwrap();
        assert_eq!(inspection.delimiter, want, "{text}");
        assert_eq!(inspection.warnings.contains(&FileWarning::OneColumn), text.starts_with("one"));
    }
}

#[test]
fn a_row_without_a_number_continues_the_order_above_where_the_mapping_says_so() {
    let text = "订单号，下单时间，客户编号，商品名称，数量，单价\nA1，2024-01-02，C1，茶，1，5\n，，，杯，2，3\nA2，2024-01-03，C2，茶，1，5\n";
    let (inspection, parsed) = read(text.as_bytes(), 7).unwrap();
    assert!(inspection.guess.fill_down, "blank number and date: guessed");
    let want = ["A1 C1 01-02 00:00 purchase CNY1100 2", "A2 C2 01-03 00:00 purchase CNY500 1"];
    assert_eq!(shown(&parsed), want);
    let apart = Mapping { fill_down: false, ..inspection.guess.clone() };
    let parsed = read_as(&inspection, &apart, text, 7).unwrap();
    assert_eq!(parsed.report.errors.iter().map(|e| (e.row, e.reason)).collect::<Vec<_>>(), [(3, RowReason::Missing)]);
    // Rows with a date of their own may be orders that lost their number: not guessed.
    let (inspection, _) = read("order,date,price\n1,2024-01-02,5\n,2024-01-03,6\n".as_bytes(), 9).unwrap();
    assert!(!inspection.guess.fill_down);
}

#[test]
fn line_ends_of_every_kind_count_alike() {
    let rows = ["order,date,price", "1,2024-01-02,5", "", "2,2024-01-02,oops", "3,2024-01-02,7"];
    for end in ["\n", "\r\n", "\r"] {
        for tail in ["", end] {
            let text = format!("\u{feff}{}{tail}", rows.join(end));
            for slice in [1, 2, 1000] {
                let (_, parsed) = read(text.as_bytes(), slice).unwrap();
                let errors: Vec<u64> = parsed.report.errors.iter().map(|e| e.row).collect();
                assert_eq!((errors, parsed.report.rows_taken), (vec![4], 2), "{end:?}");
            }
        }
    }
}

#[test]
fn files_without_a_header_or_order_numbers() {
    let text = "2024-01-02 10:00,13800138000,tea,5.00\n2024-01-02 10:00,+86 138 0013 8000,mug,7.50\n2024-01-02 10:00,,tea,5.00\n\
                2024-01-02 10:00,,tea,5.00\n2024-01-03 11:00,13800138000,mug,-7.50\n";
    let (inspection, parsed) = read(text.as_bytes(), 1000).unwrap();
    assert!(!inspection.has_header && inspection.warnings.contains(&FileWarning::NoHeader));
    assert_eq!(inspection.header, ["A", "B", "C", "D"]);
    assert_eq!(
        shown(&parsed),
        [
            "13800138000@2024-01-02T10:00:00 CNY 13800138000 01-02 10:00 purchase CNY1250 2",
            "@2024-01-02T10:00:00#1 - 01-02 10:00 purchase CNY500 1",
            "@2024-01-02T10:00:00#2 - 01-02 10:00 purchase CNY500 1",
            "13800138000@2024-01-03T11:00:00- CNY 13800138000 01-03 11:00 refund CNY-750 1",
        ]
    );
    assert_eq!(parsed.report.rows, 5);
}

#[test]
fn kinds_of_orders() {
    use OrderKind::{Adjustment, Purchase, Refund};
    let file = |rows: &str| format!("order,date,customer,item,qty,price,status\n{rows}");
    let plain: String = (1..40).map(|i| format!("{i},2024-01-02,A,tea,1,2,\n")).collect();
    let cases = [
        ("C9,2024-01-02,A,tea,-1,2,\n", true, Refund),
        // A C that is no cancellation: its amounts are above zero.
        ("C9,2024-01-02,A,tea,1,2,\n", true, Purchase),
        ("90,2024-01-02,A,tea,-1,2,\n", true, Refund),
        ("90,2024-01-02,,tea,-1,0,\n", true, Adjustment),
        ("A90,2024-01-02,,bad debt,1,99,\n", true, Adjustment),
        ("A90,2024-01-02,B,tea,1,99,\n", true, Purchase),
        // A shop whose numbers all begin with A sells like any other.
        ("A90,2024-01-02,,tea,1,99,\n", false, Purchase),
        ("90,2024-01-02,A,tea,1,2,Return\n", true, Refund),
        ("90,2024-01-02,A,tea,1,2,退款\n", true, Refund),
        ("90,2024-01-02,A,tea,-1,2,cancelled\n", true, Refund),
        ("90,2024-01-02,A,tea,1,2,partially_refunded\n", true, Purchase),
        ("90,2024-01-02,A,tea,1,0,\n", true, Purchase),
    ];
    for (row, among_plain, want) in cases {
        let text = file(&format!("{}{row}", if among_plain { plain.as_str() } else { "" }));
        let (_, parsed) = read(text.as_bytes(), 1000).unwrap();
        assert_eq!(parsed.orders.last().unwrap().kind, want, "{row}");
    }
}

#[test]
fn an_order_given_back_gets_a_second_one_of_a_free_name() {
    let text = "order,date,customer,qty,price,status\n1,2024-01-05,A,2,3,refunded\n1-refund,2024-01-05,A,1,1,\n";
    let (_, parsed) = read(text.as_bytes(), 1000).unwrap();
    assert_eq!(
        shown(&parsed),
        [
            "1 A 01-05 00:00 purchase CNY600 1",
            "1-refund A 01-05 00:00 purchase CNY100 1",
            "1-refund-refund A 01-05 00:00 refund CNY-600 1"
        ]
    );
}

#[test]
fn rows_of_an_order_complete_each_other() {
    let text = "order,date,customer,email,item,qty,price\n1,2024-01-05,A,,tea,1,2\n2,2024-01-04,B,,tea,1,2\n\
                1,2024-01-03,,,TEA,1,2\n1,,A,a@b.co,TEA,1,2\n";
    let (inspection, _) = read(text.as_bytes(), 1000).unwrap();
    let mut mapping = inspection.guess.clone();
    mapping.roles[2] = Role::CustomerKey;
    let parsed = read_as(&inspection, &mapping, text, 1000).unwrap();
    assert_eq!(shown(&parsed), ["1 A 01-03 00:00 purchase CNY600 3", "2 B 01-04 00:00 purchase CNY200 1"]);
    assert_eq!(parsed.customers[0].email, "a@b.co");
    assert_eq!(parsed.report.anonymous_lines, 0);
}

#[test]
fn currencies_by_row() {
    let text = "order,date,price,currency\n1,2024-01-02,5,USD\n1,2024-01-02,5,EUR\n2,2024-01-02,500,JPY\n3,2024-01-02,5,moon\n";
    let (_, parsed) = read(text.as_bytes(), 1000).unwrap();
    let errors: Vec<_> = parsed.report.errors.iter().map(|e| (e.row, e.reason)).collect();
    assert_eq!(errors, [(3, RowReason::OtherCurrency), (5, RowReason::UnknownCurrency)]);
    assert_eq!(parsed.report.total_minor, [("JPY".to_owned(), 500), ("USD".to_owned(), 500)]);
}
