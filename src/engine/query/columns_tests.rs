//! Sorting and filtering by any column.

use proptest::prelude::*;

use super::*;
use crate::domain::{Kind, Value};
use crate::engine::api::{Column, Content, CustomerList, Figure, Filter, Rule, Sort, SortKey, Test};
use crate::engine::metrics::tests::{Book, TODAY, customer_id, day, reference_book, set, steps};

const BY_NAME: Sort = Sort { by: SortKey::Name, descending: false };

fn list(book: &mut Book, conditions: Vec<Rule>, sort: Sort, columns: &[Column]) -> CustomerList {
    let filter = Filter { conditions, ..Filter::default() };
    let query = Query::Customers { as_of: None, filter, sort, columns: columns.to_vec(), offset: 0, limit: 10_000 };
    match book.ask(&query, day(TODAY)) {
        Answer::Customers(list) => list,
        other => panic!("{other:?}"),
    }
}

fn count(book: &mut Book, column: Column, test: Test) -> u64 {
    list(book, vec![Rule::column(column, test)], BY_NAME, &[]).total
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_column_divides_and_orders_the_list(steps in steps(80)) {
        let mut book = Book::default();
        steps.iter().for_each(|step| step.apply(&mut book));
        let total = list(&mut book, vec![], BY_NAME, &[]).total;
        for column in Column::all() {
            let filled = count(&mut book, column, Test::Filled);
            prop_assert_eq!(count(&mut book, column, Test::Empty) + filled, total, "{:?}", column);
            match column.content() {
                Content::Choice(all) => {
                    let each: Vec<u64> = all.iter().map(|one| count(&mut book, column, Test::AnyOf(vec![(*one).into()]))).collect();
                    prop_assert_eq!(each.iter().sum::<u64>(), filled, "{:?}", column);
                    let none = Test::NoneOf(all.iter().map(|one| (*one).into()).collect());
                    prop_assert_eq!(count(&mut book, column, none), total - filled);
                }
                Content::Money
                | Content::Count
                | Content::Tenths
                | Content::Share
                | Content::Day
                | Content::Scores
                | Content::Decimal
                | Content::Amount => {
                    let below = count(&mut book, column, Test::Between { from: None, to: Some(99) });
                    let above = count(&mut book, column, Test::Between { from: Some(100), to: None });
                    prop_assert_eq!(below + above, filled, "{:?}", column);
                }
                Content::Text | Content::Words | Content::Tier | Content::Date => {}
            }
            for descending in [false, true] {
                let rows = list(&mut book, vec![], Sort { by: SortKey::Of(column), descending }, &[column]).rows;
                prop_assert_eq!(rows.len() as u64, total);
                let numbers: Vec<Option<i64>> = rows.iter().flat_map(|r| &r.values)
                    .map(|(_, v)| if let Value::Int(n) = v { Some(*n) } else { None }).collect();
                let none = numbers.iter().position(Option::is_none).unwrap_or(numbers.len());
                if column.is_extra() && matches!(column, Column::Figure(_)) {
                    prop_assert!(numbers[none..].iter().all(Option::is_none), "who has nothing comes last: {:?}", column);
                    let ordered = numbers[..none].windows(2).all(|w| if descending { w[0] >= w[1] } else { w[0] <= w[1] });
                    prop_assert!(ordered, "{:?}", column);
                }
            }
        }
    }
}

#[test]
fn conditions_hold_together() {
    let mut book = reference_book();
    let column = |name: &str| Column::parse(name).unwrap();
    let texts = |all: &[&str]| all.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>();
    let id = customer_id(1);
    let total = list(&mut book, vec![], BY_NAME, &[]).total;
    for (field, value) in [
        ("owner", Value::from("Li Lei")),
        ("tags", Value::Json(serde_json::json!(["VIP", "tea"]))),
        ("consent_email", Value::Bool(false)),
        ("birthday", Value::from("--01-05")),
    ] {
        book.apply(vec![set(Kind::Customer, id, field, value)]);
    }
    let cases = [
        ("owner", Test::Holds("li LEI ".into()), 1),
        ("owner", Test::Holds("wang".into()), 0),
        ("owner", Test::Lacks("lei".into()), total - 1),
        ("owner", Test::AnyOf(texts(&["Li Lei", "Wang"])), 1),
        ("tags", Test::AnyOf(texts(&["tea"])), 1),
        ("tags", Test::AnyOf(texts(&["te"])), 0),
        ("tags", Test::Holds("te".into()), 1),
        ("tags", Test::NoneOf(texts(&["VIP"])), total - 1),
        // Case, width and blanks around it make no difference, as in the search.
        ("owner", Test::AnyOf(texts(&[" ｌｉ　LEI"])), 1),
        ("owner", Test::NoneOf(texts(&["LI LEI"])), total - 1),
        ("owner", Test::AnyOf(texts(&["Li Le", "Li Lei2"])), 0),
        ("owner", Test::Holds("ＬＥＩ".into()), 1),
        ("tags", Test::AnyOf(texts(&["vip", "none"])), 1),
        ("tags", Test::NoneOf(texts(&["ＶＩＰ"])), total - 1),
        ("tags", Test::Lacks("ＴＥＡ".into()), total - 1),
        ("consent_email", Test::AnyOf(texts(&["no"])), 1),
        ("consent_email", Test::AnyOf(texts(&["yes"])), 0),
        ("birthday", Test::Within { days: 366 }, 1),
        ("birthday", Test::Within { days: -5 }, 0),
        // Of a field that is not there nothing is known.
        ("custom:00000000-0000-0000-0000-000000000001", Test::Empty, 0),
    ];
    for (name, test, want) in cases {
        assert_eq!(count(&mut book, column(name), test.clone()), want, "{name} {test:?}");
    }
    let both = |a: &str, b: &str| {
        let holds = |name: &str, text: &str| Rule::column(column(name), Test::Holds(text.into()));
        vec![holds("owner", a), holds("tags", b)]
    };
    let found = list(
        &mut book,
        both("lei", "vip"),
        BY_NAME,
        &[column("tags"), Column::Figure(Figure::Revenue), column("owner")],
    );
    assert_eq!(found.rows.iter().map(|r| r.id).collect::<Vec<_>>(), [id]);
    let values: Vec<&Value> = found.rows[0].values.iter().map(|(_, value)| value).collect();
    assert_eq!(values, [&Value::Json(serde_json::json!(["VIP", "tea"])), &"Li Lei".into()]);
    assert_eq!(list(&mut book, both("lei", "coffee"), BY_NAME, &[]).total, 0);
    // Days of the last purchase fall into exactly one of two spans.
    let last = column("last");
    let (within, before) =
        (count(&mut book, last, Test::Within { days: 30 }), count(&mut book, last, Test::Before { days: 30 }));
    assert_eq!(within + before, count(&mut book, last, Test::Filled));
}

#[test]
fn the_day_of_a_commit_is_that_of_the_clock_on_the_wall() {
    let mut book = Book::default();
    book.apply(vec![set(Kind::Customer, customer_id(1), "name", "Ann")]);
    let stamp = book.data.added(Kind::Customer, 0).unwrap();
    let into_day = i64::try_from(stamp.unix_ms() / 60_000 % 1_440).unwrap();
    let utc = book.data.day_of(stamp).unwrap();
    for (ahead, days) in [(0, 0), (1_439 - into_day, 0), (1_440 - into_day, 1), (-1 - into_day, -1)] {
        book.data.set_ahead_minutes(i32::try_from(ahead).unwrap());
        let list = list(&mut book, vec![], BY_NAME, &[Column::Figure(Figure::Added)]);
        assert_eq!(list.rows[0].values[0].1, i64::from(utc.0 + days).into(), "{ahead}");
    }
}
