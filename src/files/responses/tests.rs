//! Files of answers: columns in both languages, what is left out, nothing doubled.

use super::*;
use crate::domain::Currency;
use crate::files::encoding::Encoding;
use crate::files::orders::{Inspection, Look, OrdersReader, guess_for, inspect};

fn look(text: &str) -> Inspection {
    let look = Look { encoding: Encoding::Utf8, whole: true, delimiter: None, currency: Currency::CNY, source: "shop" };
    inspect(text, &look).unwrap()
}

fn read(text: &str) -> ParsedOrders {
    let inspection = look(text);
    let mut reader = OrdersReader::new(&inspection, &inspection.guess).unwrap();
    reader.push(text.as_bytes()).unwrap();
    reader.finish().unwrap()
}

#[test]
fn columns_are_known_in_both_languages() {
    use Role::*;
    let cases: [(&str, &[Role]); 3] = [
        (
            "Customer ID,Date,Expectation,Experience,NPS,CSAT,Comment,Order No\n1,2024-01-02,8,6,7,3,bitter,A1\n",
            &[CustomerKey, OrderDate, Expectation, Experience, Recommend, Satisfied, Comment, OrderNumber],
        ),
        (
            "客户编号,评价时间,期望,体验,推荐意愿,满意度,备注,订单号,员工\n1,2024-01-02,8,6,7,3,苦,A1,小李\n",
            &[CustomerKey, OrderDate, Expectation, Experience, Recommend, Satisfied, Comment, OrderNumber, Staff],
        ),
        ("手机,日期,期望,评分\n13800138000,2024-01-02,8 分,6/10\n", &[Phone, OrderDate, Expectation, Experience]),
    ];
    for (text, want) in cases {
        let inspection = look(text);
        assert_eq!((inspection.guess.target, inspection.guess.roles.as_slice()), (Target::Responses, want), "{text}");
        assert_eq!(read(text).responses.len(), 1, "{text}");
    }
    let orders = look("order,date,customer,qty,price,rating\n1,2024-01-02,Ann,1,2,5\n");
    assert_eq!(orders.guess.target, Target::Orders);
    let asked = guess_for(&orders, Target::Responses);
    assert!(asked.roles.contains(&Experience) && !asked.roles.contains(&UnitPrice), "{:?}", asked.roles);
}

#[test]
fn a_running_number_of_rows_is_no_number_of_an_answer() {
    // Each file counts from 1 again: as the answer's number it would make February overwrite January.
    let month = |date: &str| read(&format!("序号,手机,日期,评分\n1,13800138000,{date},6\n")).responses[0].key.clone();
    assert_ne!(month("2024-01-02"), month("2024-02-02"));
}

#[test]
fn what_cannot_be_is_listed_by_row() {
    let parsed = read(concat!(
        "customer id,date,expectation,experience,nps,csat,comment\n",
        "1,2024-01-02,8,6,0,5,\n",
        "1,2024-01-02,8,11,,,\n",
        "1,2024-01-02,-1,6,,,\n",
        "1,2024-01-02,8,6.5,,,\n",
        "1,2024-01-02,8,good,,,\n",
        "1,2024-01-02,8,6,,0,\n",
        "1,2024-01-02,8,6,,6,\n",
        "1,2024-01-02,,,,,\n",
        ",2024-01-02,8,6,,,\n",
        "1,2024-02-30,8,6,,,\n",
        "1,2024-01-02,8,6,0,5,\n",
        "1,2024-01-02,8,7,0,5,\n",
    ));
    let reasons: Vec<(u64, RowReason)> = parsed.report.errors.iter().map(|e| (e.row, e.reason)).collect();
    use RowReason::*;
    assert_eq!(
        reasons,
        [
            (3, ScoreOutOfRange),
            (4, ScoreOutOfRange),
            (5, ScoreOutOfRange),
            (6, NotANumber),
            (7, ScoreOutOfRange),
            (8, ScoreOutOfRange),
            (9, NothingSaid),
            (10, Missing),
            (11, NoSuchDate),
            (12, Duplicate),
        ]
    );
    assert_eq!((parsed.report.rows, parsed.report.rows_taken, parsed.report.responses), (12, 2, 2));
    assert_eq!(parsed.responses[0].nps, Some(0));
    let keys: std::collections::BTreeSet<&str> = parsed.responses.iter().map(|r| r.key.as_str()).collect();
    assert_eq!(keys.len(), 2, "told apart");
}

#[test]
fn an_answer_with_a_number_is_known_by_it() {
    let parsed = read("response id,customer id,date,score\nr1,1,2024-01-02,6\nr1,1,2024-01-03,7\nr2,1,2024-01-02,6\n");
    assert_eq!(parsed.responses.iter().map(|r| r.key.as_str()).collect::<Vec<_>>(), ["r1", "r2"]);
    assert_eq!(parsed.report.errors.len(), 1);
}
