use proptest::prelude::*;

use super::*;
use crate::files::orders::{OrdersReader, ParsedOrders, RowReason};

fn decode(label: &str, bytes: &[u8]) -> Option<String> {
    let (text, _, bad) = encoding_rs::Encoding::for_label(label.as_bytes())?.decode(bytes);
    (!bad).then(|| text.into_owned())
}

fn cards(text: &str) -> Vec<Vec<String>> {
    inspect(text, &decode, Currency::CNY, "shop").map(|found| found.sample).unwrap_or_default()
}

fn customers(text: &str) -> ParsedOrders {
    let found = inspect(text, &decode, Currency::CNY, "shop").expect("cards");
    let mut reader = OrdersReader::new(&found, &found.guess).expect("a mapping");
    read(text, &decode, |row| reader.row(row).map(|()| true)).expect("read");
    reader.finish().expect("customers")
}

/// What an old Chinese phone wrote, what a new one writes, and what a mail program writes.
const BOOK: &str = "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=GBK;ENCODING=QUOTED-PRINTABLE:=CD=F5;=D0=A1=\r\n=C3=F7\r\n\
TEL;WORK:010-8888 6666\r\nTEL;CELL;PREF:13800138000\r\nPHOTO;ENCODING=BASE64;TYPE=JPEG:/9j/4AAQSkZJRgABAQ\r\n AAAQABAAD\r\n\r\n\
NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=E8=8C=B6=3B=0A=E5=A5=BD\r\nEND:VCARD\r\n\
BEGIN:VCARD\nVERSION:3.0\nFN:Ann\\, the\n  Great\nitem1.TEL;type=HOME:+44 20 7946 0958\nitem2.EMAIL;type=INTERNET:a@b.cn\n\
EMAIL:b@b.cn\nORG:Firm\\; Ltd;Sales\nADR;type=WORK:;;1 High St;London;Greater London;N1;UK\nBDAY;X-APPLE-OMIT-YEAR=1604:1604-05-20\n\
CATEGORIES:vip,tea\\,green\nTITLE:Boss\nEND:VCARD\n\
begin:vcard\nversion:4.0\nN:Smith;John;Q.;Dr.;Jr.\nTEL;VALUE=uri;TYPE=\"voice,cell\":tel:+8613900139000\nBDAY:--0229\nend:vcard\n\
BEGIN:VCARD\nVERSION:3.0\nTEL:110\nEND:VCARD\nBEGIN:VCARD\nFN:cut off";

#[test]
fn cards_of_every_version() {
    let empty = String::new;
    let row = |cells: [&str; 10]| cells.map(str::to_owned).to_vec();
    let _ = empty;
    assert_eq!(
        cards(BOOK),
        [
            row(["王小明", "13800138000 / 010-8888 6666", "", "", "", "", "", "", "", "茶;\n好"]),
            row([
                "Ann, the Great",
                "+44 20 7946 0958",
                "a@b.cn",
                "Firm; Ltd Sales",
                "UK",
                "London",
                "Greater London 1 High St N1",
                "--05-20",
                "vip, tea,green",
                "Boss\nb@b.cn"
            ]),
            row(["Dr. John Q. Smith Jr.", "+8613900139000", "", "", "", "", "", "--0229", "", ""]),
            row(["", "110", "", "", "", "", "", "", "", ""]),
            row(["cut off", "", "", "", "", "", "", "", "", ""]),
        ]
    );
    // One in another, one without an end.
    let nested = "BEGIN:VCARD\nFN:Boss\nAGENT:\nBEGIN:VCARD\nFN:Agent\nEND:VCARD\nTEL:110\nEND:VCARD\nBEGIN:VCARD\nFN:Lost\nBEGIN:VCARD\nFN:Next\nEND:VCARD\n";
    let names: Vec<_> = cards(nested).into_iter().map(|row| format!("{}{}", row[0], row[1])).collect();
    assert_eq!(names, ["Agent", "Boss110", "Next", "Lost"]);
    assert!(is_cards("\u{feff}\nbegin:vcard\n") && !is_cards("name,phone"));
}

#[test]
fn a_card_without_a_name_is_listed() {
    let parsed = customers(BOOK);
    let keys: Vec<_> = parsed.records.records.iter().map(|r| (r.row, r.key.as_str())).collect();
    assert_eq!(keys, [(1, "13800138000"), (2, "+442079460958"), (3, "13900139000"), (5, "cut off")]);
    let errors: Vec<_> = parsed.report.errors.iter().map(|e| (e.row, e.reason)).collect();
    assert_eq!(errors, [(4, RowReason::Missing)]);
}

proptest! {
    #[test]
    fn any_text_is_read(text in "(BEGIN:VCARD\n|END:VCARD\n|N;|FN:|TEL;CELL:|;CHARSET=GBK|;ENCODING=QUOTED-PRINTABLE:|=[0-9A-F]{0,2}|\n|[ \t]|[\"\\\\:;,.]|\\PC){0,60}") {
        let _ = inspect(&text, &decode, Currency::CNY, "shop");
    }

    #[test]
    fn what_is_written_reads_back(
        name in "[^\\s\\p{C}\u{feff}]([^\\p{C}\\p{Z}\u{feff}]| ){0,60}[^\\s\\p{C}\u{feff}]",
        note in "[a-z;,\\\\]{1,20}(\n[a-z中:]{1,90}){0,2}",
        phone in prop::option::of("1[0-9]{10}"),
        dated: bool,
    ) {
        let profile = CustomerProfile {
            name: name.clone(),
            note: note.clone(),
            phone: phone.clone().unwrap_or_default(),
            birthday: if dated { "1988-05-20" } else { "--02-29" }.into(),
            ..CustomerProfile::default()
        };
        let text = write(&profile);
        prop_assert!(text.lines().all(|line| line.len() <= 75));
        let back = cards(&text);
        prop_assert_eq!(back.len(), 1);
        prop_assert_eq!(&back[0][0], &name);
        prop_assert_eq!(&back[0][1], &phone.unwrap_or_default());
        prop_assert_eq!(&back[0][7], &profile.birthday);
        prop_assert_eq!(&back[0][9], &note);
    }
}
