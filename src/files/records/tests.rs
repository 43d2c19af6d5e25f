use proptest::prelude::*;

use super::*;
use crate::domain::Currency;
use crate::files::encoding::Encoding;
use crate::files::orders::{Inspection, Look, OrdersReader, ParsedOrders, guess_for, inspect};

fn look_at(text: &str) -> Inspection {
    let look = Look { encoding: Encoding::Utf8, whole: true, delimiter: None, currency: Currency::CNY, source: "shop" };
    inspect(text, &look).expect("inspected")
}

fn read(text: &str) -> ParsedOrders {
    let found = look_at(text);
    let mut reader = OrdersReader::new(&found, &found.guess).expect("a mapping");
    reader.push(text.as_bytes()).expect("rows");
    reader.finish().expect("read")
}

fn said(parsed: &ParsedOrders, at: usize) -> Vec<(&str, String)> {
    let text = |value: &Value| match value {
        Value::Text(text) => text.clone(),
        Value::Int(n) => n.to_string(),
        other => format!("{other:?}"),
    };
    parsed.records.records[at].fields.iter().map(|(name, value)| (name.as_str(), text(value))).collect()
}

#[test]
fn the_columns_tell_what_the_rows_are() {
    for (header, want) in [
        ("Invoice,Date,Customer,Product,Quantity,Price\n1,2011-01-01,A,B,1,2\n", Target::Orders),
        ("订单号,下单时间,客户姓名,实付金额\n1,2011-01-01,王,2\n", Target::Orders),
        ("姓名,手机,生日,标签,备注\n王小明,13800138000,05-20,贵宾,\n", Target::Customers),
        ("Customer ID,Name,Email,Company,City\n1,A,a@b.cn,C,D\n", Target::Customers),
        ("SKU,Name,Category,Price,Cost\nP1,Tea,Drinks,2,1\n", Target::Products),
        ("产品名称,分类,售价,成本价\n茶,饮品,2,1\n", Target::Products),
        (
            "Product code,Product name,Unit price,Edition,Shipped date,Quantity,Total\nP1,Tea,,,,3,4.50\n",
            Target::Products,
        ),
        ("Date,Customer ID,Channel,Direction,Note\n2011-01-01,1,phone,in,hello\n", Target::Interactions),
        ("客户编号,联系时间,沟通方式,沟通内容,心情\n1,2011-01-01,电话,好,5\n", Target::Interactions),
        ("Customer ID,Date,Expectation,Experience\n1,2011-01-01,5,6\n", Target::Responses),
    ] {
        assert_eq!(look_at(header).guess.target, want, "{header}");
    }
}

#[test]
fn customers_of_a_file() {
    let parsed = read(
        "客户编号,姓名,手机,邮箱,生日,标签,负责人,备注\n\
         17850.0,王小明,+86 138-0013-8000,A@b.cn,1988/5/20,贵宾、茶;贵宾,小李,=1+1\n\
         ,李四,13900139000,,5月20日,,,\n\
         C-3,赵六,,,2011-02-30,,,\n\
         ,,,,,,,只有备注\n\
         17850,王小明,,,,,,\n",
    );
    assert_eq!(parsed.records.kind, Some(Kind::Customer));
    let keys: Vec<_> = parsed.records.records.iter().map(|r| (r.row, r.key.as_str(), r.numbered)).collect();
    assert_eq!(keys, [(2, "17850", true), (3, "13900139000", false)]);
    let json = |tags: &[&str]| format!("{:?}", Value::Json(tags.into()));
    let want = [
        ("name", "王小明".to_owned()),
        ("phone", "+86 138-0013-8000".to_owned()),
        ("email", "A@b.cn".to_owned()),
        ("birthday", "1988-05-20".to_owned()),
        ("tags", json(&["贵宾", "茶"])),
        ("owner", "小李".to_owned()),
        ("note", "=1+1".to_owned()),
        ("key", "17850".to_owned()),
    ];
    assert_eq!(said(&parsed, 0), want);
    assert_eq!(said(&parsed, 1).last(), Some(&("birthday", "--05-20".to_owned())));
    let errors: Vec<_> = parsed.report.errors.iter().map(|e| (e.row, e.reason)).collect();
    assert_eq!(errors, [(4, RowReason::NoSuchDate), (5, RowReason::NothingSaid), (6, RowReason::Duplicate)]);
    assert_eq!((parsed.report.records, parsed.report.rows), (2, 5));
}

#[test]
fn a_number_that_a_spreadsheet_shortened_is_refused() {
    let parsed = read("Name,Phone,Customer ID\nAnn,1.38E+10,C-1\nBob,13900139000,1.2E+05\nCy,1,5E10\nDi,2,1.5E+\n");
    let errors: Vec<_> = parsed.report.errors.iter().map(|e| (e.row, e.value.as_str(), e.reason)).collect();
    assert_eq!(errors, [(2, "1.38E+10", RowReason::DigitsLost), (3, "1.2E+05", RowReason::DigitsLost)]);
    assert_eq!(parsed.records.records.iter().map(|r| r.key.as_str()).collect::<Vec<_>>(), ["5E10", "1.5E+"]);
}

#[test]
fn who_shares_a_phone_is_not_the_same() {
    let parsed = read("Name,Phone\nAnn,13800138000\nBob,138-0013-8000\nAnn Lee,13800138000\nBob,13800138000\n");
    let names: Vec<_> = parsed.records.records.iter().map(|r| (r.row, r.name())).collect();
    assert_eq!(names, [(2, "Ann"), (3, "Bob")]);
    let errors: Vec<_> = parsed.report.errors.iter().map(|e| (e.row, e.reason)).collect();
    assert_eq!(errors, [(4, RowReason::Duplicate), (5, RowReason::Duplicate)]);
}

#[test]
fn products_and_interactions_of_a_file() {
    let parsed = read("SKU;Name;Price;Cost\nP1;Tea;2,50;1\nP2;Cup;-1;\n;Spoon;x;\n;Fork;;\n");
    assert_eq!(
        said(&parsed, 0),
        [("name", "Tea".into()), ("price_e4", "25000".into()), ("cost_e4", "10000".into()), ("key", "P1".into())]
    );
    let errors: Vec<_> = parsed.report.errors.iter().map(|e| (e.row, e.reason)).collect();
    assert_eq!(errors, [(3, RowReason::ScoreOutOfRange), (4, RowReason::NotANumber)]);
    assert_eq!(parsed.records.records.last().map(|r| (r.key.as_str(), r.numbered)), Some(("Fork", false)));

    let parsed = read(
        "客户编号,联系时间,方式,方向,心情,内容\n1,2011-01-01 10:00,来电,呼入,5,好\n1,2011-01-01 10:00,微信,去,,又好\n\
         1,2011-01-01 10:00,微信,去,,又好\n,2011-01-01,电话,,,\n1,,电话,,,\n1,2011-01-02,传真,,6,\n",
    );
    assert_eq!(parsed.records.kind, Some(Kind::Interaction));
    assert_eq!(
        said(&parsed, 0),
        [
            ("channel", "phone".into()),
            ("direction", "in".into()),
            ("mood", "5".into()),
            ("note", "好".into()),
            ("at", "1293876000000".into()),
        ]
    );
    let keys: Vec<_> = parsed.records.records.iter().map(|r| (r.row, r.customer.as_str(), r.key.as_str())).collect();
    assert_eq!(keys, [(2, "1", "1\u{1f}1293876000000"), (3, "1", "1\u{1f}1293876000000\u{1f}2")]);
    let errors: Vec<_> = parsed.report.errors.iter().map(|e| (e.row, e.reason)).collect();
    use RowReason::*;
    assert_eq!(errors, [(4, Duplicate), (5, Missing), (6, Missing), (7, ScoreOutOfRange)]);
}

#[test]
fn birthdays_in_any_habit() {
    let ymd = DateOrder::YearMonthDay;
    for (text, order, want) in [
        ("1988-05-20", ymd, Ok("1988-05-20")),
        ("1988年5月20日", ymd, Ok("1988-05-20")),
        ("20/5/1988", DateOrder::DayMonthYear, Ok("1988-05-20")),
        ("--05-20", DateOrder::DayMonthYear, Ok("--05-20")),
        ("--0229", ymd, Ok("--02-29")),
        ("5/20", ymd, Ok("--05-20")),
        ("20/5", DateOrder::DayMonthYear, Ok("--05-20")),
        ("5月20日", DateOrder::DayMonthYear, Ok("--05-20")),
        ("13-40", ymd, Err(RowReason::NoSuchDate)),
        ("soon", ymd, Err(RowReason::NotADate)),
        ("0001-01-01", ymd, Err(RowReason::YearOutOfRange)),
    ] {
        assert_eq!(birthday(text, order), want.map(str::to_owned), "{text}");
    }
}

proptest! {
    #[test]
    fn any_cell_is_read_or_refused(text: String, kind in 0usize..3) {
        let target = [Target::Customers, Target::Products, Target::Interactions][kind];
        let found = look_at("姓名,手机\n王,13800138000\n");
        let mapping = guess_for(&found, target);
        for field in fields(target) {
            if let Some(read) = field.read {
                let _ = read_cell(read, &text, &mapping);
            }
        }
    }
}
