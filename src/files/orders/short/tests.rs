use super::super::{FileError, Look, OrdersReader, ParsedOrders, RowReason, inspect};
use proptest::prelude::*;

use crate::domain::Currency;
use crate::files::encoding::Encoding;

fn read(text: &str) -> Result<ParsedOrders, FileError> {
    let look = Look { encoding: Encoding::Utf8, whole: true, delimiter: None, currency: Currency::CNY, source: "shop" };
    let found = inspect(text, &look)?;
    let mut whole = None;
    for slice in [1, 7, text.len()] {
        let mut reader = OrdersReader::new(&found, &found.guess)?;
        text.as_bytes().chunks(slice).try_for_each(|part| reader.push(part))?;
        let read = reader.finish()?;
        assert!(whole.as_ref().is_none_or(|before| *before == read), "slices do not matter");
        whole = Some(read);
    }
    whole.ok_or(FileError::Empty)
}

/// Rows taken for being short, keys of what was read, rows left out with the reason.
fn seen(text: &str) -> (u64, Vec<String>, Vec<(u64, RowReason)>) {
    let parsed = read(text).expect("a file");
    let records = parsed.records.records.iter().map(|r| r.key.clone());
    let keys = records.chain(parsed.orders.iter().map(|o| o.key.clone())).collect();
    (parsed.report.rows_short, keys, parsed.report.errors.iter().map(|e| (e.row, e.reason)).collect())
}

fn taken(short: u64, keys: &[&str]) -> (u64, Vec<String>, Vec<(u64, RowReason)>) {
    (short, keys.iter().map(|k| (*k).to_owned()).collect(), Vec::new())
}

#[test]
fn blanks_left_off_at_the_end_are_blanks() {
    for (text, want) in [
        // One short row between whole ones.
        (
            "Number,Name,Phone,Email,City,Note\n1,Ann,5550101,a@b.cn,Ulm,x\n2,Bo,5550102\n3,Cy,5550103,c@b.cn,Bonn,y\n",
            taken(1, &["1", "2", "3"]),
        ),
        // All rows short, and two of them together as many separators as one whole row.
        (
            "姓名,手机,邮箱,城市,备注\n王一,13800138001,a@b.cn\n王二,13800138002,b@b.cn\n王三,13800138003,c@b.cn\n",
            taken(3, &["13800138001", "13800138002", "13800138003"]),
        ),
        // Numbers tell that a row is one of its own.
        (
            "SKU,Name,Category,Role,Maker\nA-1,Tea,Drinks\nA-2,Cup,Things\nA-10,Pot,Things\n",
            taken(3, &["A-1", "A-2", "A-10"]),
        ),
        // Only a name, below a row that ends in what no line break cuts.
        ("Name,Phone,Email\nAnn,5550101,a@b.cn\nBo\nCy,5550103\n", taken(2, &["5550101", "Bo", "5550103"])),
        // Orders: what is missing is not what they are made of.
        (
            "Order,Date,Customer,Product,Quantity,Price,Status,Note\n1,2024-01-02,A,tea,1,2.00\n2,2024-01-03,B,tea,1,2.00\n3,2024-01-03,B,tea,1,2.00,refunded,late\n",
            taken(2, &["1", "2", "3", "3-refund"]),
        ),
        // As a spreadsheet is pasted.
        ("Name\tPhone\tEmail\tCity\nAnn\t5550101\ta@b.cn\tUlm\nBo\t5550102\n", taken(1, &["5550101", "5550102"])),
        // A cell of two lines, in quotes.
        (
            "Name,Phone,Address,City,Note\nAnn,5550101,\"1 High St\nFlat 2\"\nBo,5550102,x,y,z\n",
            taken(1, &["5550101", "5550102"]),
        ),
        // Longer than the header by blanks.
        ("Name,Phone,Email\nAnn,5550101,a@b.cn,,,\nBo,5550102,b@b.cn, ,\n", taken(0, &["5550101", "5550102"])),
    ] {
        assert_eq!(seen(text), want, "{text}");
    }
}

#[test]
fn a_row_cut_by_a_line_break_is_never_taken_for_a_short_one() {
    use RowReason::{Cut, Ragged};
    let customers = "Number,Name,Phone,Address,City,Note\n";
    for (text, want) in [
        // The address.
        ("1,Ann,5550101,1 High St\nFlat 2,Ulm,x\n2,Bo,5550102,a,b,c\n", &[(2, Cut), (3, Cut)][..]),
        // In three, with a blank line.
        ("1,Ann,5550101,1 High St\n\nFlat 2\nBack door,Ulm,x\n", &[(2, Cut), (4, Cut), (5, Cut)]),
        // The last cell: the row above it is whole.
        ("1,Ann,5550101,1 High St,Ulm,likes\ntea\nand cake\n2,Bo,5550102,a,b,c\n", &[(3, Cut), (4, Cut)]),
        // After a row that is short for itself.
        ("9,Di,5550109\n1,Ann,5550101,1 High St\nFlat 2,Ulm,x\n", &[(3, Cut), (4, Cut)]),
        // At the end of the file, without a line end.
        ("1,Ann,5550101,1 High St\nFlat 2,Ulm,x", &[(2, Cut), (3, Cut)]),
        // Cells that are not what their column holds.
        ("1,Ann,5550101,a,b,c\n2,Bo,no phone\n", &[(3, Ragged)]),
        // More cells than the header, filled.
        ("1,Ann,5550101,a,b,c,d\n", &[(2, Ragged)]),
    ] {
        let parsed = read(&format!("{customers}{text}")).expect("a file");
        let errors: Vec<_> = parsed.report.errors.iter().map(|e| (e.row, e.reason)).collect();
        assert_eq!(errors, want, "{text}");
        assert!(parsed.records.records.iter().all(|r| !["Flat 2", "tea"].contains(&r.key.as_str())), "{text}");
    }
}

#[test]
fn no_amount_comes_from_a_short_row_that_lacks_what_it_is_made_of() {
    use RowReason::{Cut, Ragged};
    let orders = "Order,Date,Customer,Quantity,Price,Note,Status\n";
    for (text, want) in [
        // A cancelled order, its status on the next line.
        ("1,2024-01-02,A,1,9.99,please\nring the bell,cancelled\n", &[(2, Cut), (3, Cut)][..]),
        ("1,2024-01-02,A,1\n", &[(2, Ragged)]),
        ("1,2024-01-02\n", &[(2, Ragged)]),
        ("1\n", &[(2, Ragged)]),
    ] {
        let parsed = read(&format!("{orders}{text}5,2024-01-05,E,1,2.00,,\n")).expect("a file");
        let errors: Vec<_> = parsed.report.errors.iter().map(|e| (e.row, e.reason)).collect();
        assert_eq!(errors, want, "{text}");
        assert_eq!(parsed.orders.len(), 1, "{text}");
    }
    // A total that others have: a cell before it may be missing, and the rest one place too far left.
    let whole: String = (1..9).map(|n| format!("{n},2024-01-02,A,2,9.99,19.98\n")).collect();
    let text = format!("Order,Date,Customer,Quantity,Price,Total\n{whole}9,2024-01-02,B,9.99,19.98\n");
    assert_eq!(seen(&text).2, [(10, Ragged)]);
}

/// What a line break cut in two may lack blanks at its end as well.
#[test]
fn a_cut_row_without_the_blanks_at_its_end_makes_no_sale_and_nobody() {
    use RowReason::Cut;
    let orders = "Order,Date,Customer,Quantity,Price,Note,Status,Channel\n\
                  1,2024-01-02,A,1,9.99,please\nring the bell,cancelled\n2,2024-01-03,B,1,2.00,,,web\n";
    assert_eq!(seen(orders), (0, vec!["2".into()], vec![(2, Cut), (3, Cut)]));
    let people = "Number,Name,Phone,Address,City,Note\n1,Ann,5550101,1 High St\nFlat 2\n2,Bo,5550102,a,b,c\n";
    assert_eq!(seen(people), (0, vec!["2".into()], vec![(2, Cut), (3, Cut)]));
}

/// What stands below a row that is refused is not of the order above it.
#[test]
fn a_refused_row_still_says_which_order_begins() {
    let rows = "6,2024-01-01,A,tea,1,2.00\n,,,cup,1,3.00\n7,2024-01-02,B\n,,,pot,1,4.00\n8,2024-01-03,C,tea,1,2.00\n,,,pot,1,1.00\n";
    let parsed = read(&format!("Order,Date,Customer,Product,Quantity,Price\n{rows}")).unwrap();
    let orders: Vec<(&str, u32)> = parsed.orders.iter().map(|o| (o.key.as_str(), o.line_count)).collect();
    assert_eq!(orders, [("6", 2), ("8", 2)]);
    assert_eq!(parsed.report.errors.len(), 2);
}

#[test]
fn an_order_cancelled_without_amounts_was_never_sold_and_one_with_an_unreadable_row_may_have_been() {
    let never =
        |rows: &str| read(&format!("Order,Date,Customer,Product,Quantity,Price,Status\n{rows}")).unwrap().never_sold;
    assert_eq!(never("4,2024-01-05,A,tea,1,2.00,paid\n5,2024-01-05,A,tea,,,cancelled\n"), ["5"]);
    let torn = "4,2024-01-05,A,tea,1,2.00,paid\n5,2024-01-05,A,tea,1,2.00,cancelled\n5,2024-13-05,A,cup,1,3.00,paid\n";
    assert_eq!(never(torn), [""; 0]);
}

#[test]
fn a_quote_that_swallows_rows_is_still_noticed() {
    for text in [
        "Name,Phone,City,Note\nAnn,\"5550101,Ulm,x\nBo,5550102,Bonn,y\nCy,5550103,\"Ulm\",z\n",
        "Name,Phone,City,Note\nAnn,\"5550101\nBo,\"5550102\"\n",
        "Name,Phone,City,Note\nAnn,\"5550101,Ulm,x\nBo,5550102,Bonn,y\nCy,5550103,\"Ulm, old town\",z\n",
    ] {
        assert_eq!(read(text).map(|p| p.records), Err(FileError::UnclosedQuote { row: 2 }), "{text}");
    }
}

const HEADER: &str = "Number,Name,Phone,Address,City,Note\n";

fn rows(words: &[[String; 4]]) -> Vec<[String; 6]> {
    let row = |(n, words): (usize, &[String; 4])| {
        let [name, address, city, note] = words.clone();
        [format!("C-{n}"), name, format!("555{n:04}"), address, city, note]
    };
    words.iter().enumerate().map(row).collect()
}

proptest! {
    #[test]
    fn rows_say_the_same_without_the_blanks_at_their_end(
        words in prop::collection::vec(prop::array::uniform4("[a-zé王]{0,6}"), 1..12),
    ) {
        let whole: Vec<String> = rows(&words).iter().map(|row| row.join(",")).collect();
        let short: Vec<&str> = whole.iter().map(|row| row.trim_end_matches(',')).collect();
        let ends = short.iter().zip(&whole).filter(|(short, whole)| short.len() < whole.len()).count();
        let [whole, short] = [whole.join("\n"), short.join("\n")].map(|text| read(&format!("{HEADER}{text}\n")).unwrap());
        prop_assert_eq!(whole.records, short.records);
        prop_assert_eq!(short.report.rows_short, ends as u64);
    }

    #[test]
    fn a_line_break_anywhere_makes_nobody(
        words in prop::collection::vec(prop::array::uniform4("[a-zé王]{1,6}"), 2..8),
        (at, cell, cut) in (0usize..8, prop::sample::select(vec![1usize, 3, 4, 5]), 1usize..6),
    ) {
        let mut rows = rows(&words);
        let keys: Vec<String> = rows.iter().map(|row| row[0].clone()).collect();
        let at = at % rows.len();
        let chars: Vec<char> = rows[at][cell].chars().collect();
        let cut = cut.min(chars.len());
        rows[at][cell] = format!("{}\n{}", chars[..cut].iter().collect::<String>(), chars[cut..].iter().collect::<String>());
        let text: String = rows.iter().map(|row| format!("{}\n", row.join(","))).collect();
        let parsed = read(&format!("{HEADER}{text}")).unwrap();
        for record in &parsed.records.records {
            prop_assert!(keys.contains(&record.key), "{} of\n{}", record.key, text);
        }
    }
}
