//! Broken habits: evidence worked out by hand, consent, and books of every kind.

use proptest::prelude::*;

use super::*;
use crate::domain::{Change, Line};
use crate::engine::api::{CadenceView, Column, Figure, Filter, Rule, Sort, SortKey, Test};
use crate::engine::metrics::tests::{Book, TODAY, all_queries, customer_id, day, order_id, product_id, set, steps};

fn breaks(book: &mut Book) -> CadenceView {
    match book.ask(&Query::Breaks { as_of: None, limit: 100 }, day(TODAY)) {
        Answer::Breaks(view) => view,
        other => panic!("{other:?}"),
    }
}

/// An order of one line of this product, so many days before today.
fn sale(n: u32, customer: u32, days: i32, product: u32, total_minor: i64) -> Vec<Change> {
    let at = Day(day(TODAY).0 - days);
    let line = Line { product: Some(product_id(product)), quantity_milli: 1_000, unit_price_e4: 0, total_minor };
    let mut changes = crate::engine::metrics::tests::order(n, customer, at, "purchase", total_minor);
    changes.push(set(Kind::Order, order_id(n), "lines", vec![line]));
    changes
}

/// Ann (1) bought nappies every 28 days, last 61 days ago, and tea last week; Bob (2) as Ann, but stopped two years ago.
fn shop() -> Book {
    let mut changes = Vec::new();
    for (product, category) in [(1, "Nappies"), (2, "Tea"), (3, ""), (4, "ｔea")] {
        changes.push(set(Kind::Product, product_id(product), "name", format!("p{product}")));
        changes.push(set(Kind::Product, product_id(product), "category", category));
    }
    for (n, days) in [61, 89, 117, 145, 173].into_iter().enumerate() {
        let n = u32::try_from(n).unwrap();
        changes.extend(sale(n, 1, days, 1, 5_000));
        changes.extend(sale(10 + n, 2, 730 + days, 1, 5_000));
        // No category: no habit of any.
        changes.extend(sale(20 + n, 1, days, 3, 99_000));
    }
    for (n, days) in [7, 14, 21, 28].into_iter().enumerate() {
        // One category, written in two ways.
        let n = u32::try_from(n).unwrap();
        changes.extend(sale(30 + n, 1, days, if n % 2 == 0 { 2 } else { 4 }, 700));
    }
    for (n, name) in [(1, "Ann"), (2, "Bob")] {
        changes.push(set(Kind::Customer, customer_id(n), "name", name));
    }
    let mut book = Book::default();
    book.apply(changes);
    book
}

#[test]
fn usually_every_28_days_now_61() {
    let mut book = shop();
    let view = breaks(&mut book);
    assert_eq!((view.total, view.customers, view.categories), (1, 1, true));
    let row = &view.rows[0];
    assert_eq!((row.name.as_str(), row.category.as_str()), ("Ann", "Nappies"));
    assert_eq!((row.usual_days, row.since_days, row.hint.as_deref()), (28.0, 61, None));
    let today = day(TODAY).0;
    assert_eq!(row.last, [61, 89, 117, 145].map(|days| Day(today - days)));
    // 50 a time × 365.2425 ÷ 28.
    assert_eq!(row.stake_minor, 65_222);
    // The same customers as a list.
    let broken = Rule::column(Column::Figure(Figure::BrokenHabits), Test::Between { from: Some(1), to: None });
    let filter = Filter { conditions: vec![broken], ..Filter::default() };
    let sort = Sort { by: SortKey::Name, descending: false };
    let query = Query::CustomerIds { as_of: None, filter, sort, offset: 0, limit: 100 };
    let Answer::Ids(ids) = book.ask(&query, day(TODAY)) else { panic!() };
    assert_eq!(ids, [customer_id(1)]);
    let Answer::Habits(habits) = book.ask(&Query::Habits { id: customer_id(1), as_of: None }, day(TODAY)) else {
        panic!()
    };
    let told: Vec<(&str, bool)> = habits.iter().map(|h| (h.category.as_str(), h.broken)).collect();
    assert_eq!(told, [("Nappies", true), ("Tea", false)]);
}

#[test]
fn what_it_may_mean_is_told_only_with_consent_and_in_the_users_words() {
    let mut book = shop();
    // In whatever case it is typed.
    let hint = serde_json::json!({ "hints": [{ "category": "nappies", "text": "out of nappies" }] });
    book.setting("cadence", hint);
    assert_eq!(breaks(&mut book).rows[0].hint, None);
    book.apply(vec![set(Kind::Customer, customer_id(1), "consent_inference", false)]);
    assert_eq!(breaks(&mut book).rows[0].hint, None);
    book.apply(vec![set(Kind::Customer, customer_id(1), "consent_inference", true)]);
    assert_eq!(breaks(&mut book).rows[0].hint.as_deref(), Some("out of nappies"));
    book.setting("cadence", serde_json::json!({ "hints": [] }));
    assert_eq!(breaks(&mut book).rows[0].hint, None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_book_gives_habits_that_hold(steps in steps(100)) {
        let mut book = Book::default();
        for n in 0..4 {
            book.apply(vec![set(Kind::Product, product_id(n), "category", if n < 3 { "A" } else { "" })]);
        }
        steps.iter().for_each(|step| step.apply(&mut book));
        let view = breaks(&mut book);
        prop_assert_eq!(view.total as usize, view.rows.len());
        for row in &view.rows {
            prop_assert!(row.usual_days.is_finite() && row.usual_days > 0.0 && row.stake_minor >= 0);
            prop_assert!(row.since_days as f64 > row.usual_days && row.last.len() == 4);
        }
        prop_assert!(view.rows.windows(2).all(|pair| pair[0].stake_minor >= pair[1].stake_minor));
    }
}

/// Amounts of 0 and of 10¹², all on one day, in the future, given back, the same again and again: every question is answered.
#[test]
fn odd_books_are_answered() {
    let amounts = [0, 1, 100_000_000_000_000, i64::MAX / 400];
    for (days, kind) in [(0, "purchase"), (0, "refund"), (-400, "purchase"), (3, "purchase")] {
        for amount in amounts {
            let mut book = Book::default();
            let mut changes = vec![set(Kind::Product, product_id(1), "category", "A")];
            for n in 0..40u32 {
                changes.extend(sale(n, n % 3, days + (n / 20).cast_signed(), 1, amount));
                changes.push(set(Kind::Order, order_id(n), "kind", kind));
                changes.push(set(Kind::Order, order_id(n), "currency", ["CNY", "USD"][n as usize % 2]));
                changes.push(set(Kind::Customer, customer_id(n % 3), "key", (n % 3).to_string()));
            }
            book.apply(changes);
            for query in all_queries() {
                book.ask(&query, day(TODAY));
            }
            let text = serde_json::to_string(&book.ask(&Query::Kotler { as_of: None }, day(TODAY))).unwrap();
            prop_assert_no_nan(&text);
        }
    }
}

fn prop_assert_no_nan(text: &str) {
    // JSON has no NaN: serde writes null where one stands for a number.
    assert!(!text.contains("_minor\":null") && !text.contains("loyalty\":null"), "{text}");
}
