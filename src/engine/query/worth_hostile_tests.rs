//! Books that no model is for, and books that hold nothing or too much: no figure is broken, none is more certain than it can be,
//! and where there is no forecast there is a reason.

use proptest::prelude::*;

use super::worth_tests::shop_of;
use super::*;
use crate::analytics::Misfit;
use crate::domain::Change;
use crate::engine::api::{Column, EquityView, Figure, Filter, Sort, SortKey, TrendView, WorthView};
use crate::engine::metrics::tests::{Book, TODAY, customer_id, day, order, order_id, set};

fn worth(book: &mut Book, as_of: Option<Day>) -> WorthView {
    match book.ask(&Query::Worth { as_of, limit: 50 }, day(TODAY)) {
        Answer::Worth(view) => *view,
        other => panic!("{other:?}"),
    }
}

fn trend(book: &mut Book) -> TrendView {
    let query = Query::Trend { as_of: None, go_on: true };
    for _ in 0..20 {
        while prepare(&book.data, &mut book.cache, &query, day(TODAY)).is_some() {}
    }
    match book.ask(&query, day(TODAY)) {
        Answer::Trend(view) => view,
        other => panic!("{other:?}"),
    }
}

/// What holds of every book.
fn sound(book: &mut Book, as_of: Option<Day>) -> Result<WorthView, TestCaseError> {
    let view = worth(book, as_of);
    prop_assert_eq!(view.misfit.is_some(), view.equity.is_none(), "a forecast or a reason: {:?}", view);
    prop_assert!(view.margin.is_none_or(f64::is_finite));
    if let Some(e) = view.equity {
        prop_assert!(e.low_minor <= e.total_minor && e.total_minor <= e.high_minor, "{:?}", e);
        // What is less than a cent has no interval in cents.
        prop_assert!(
            e.total_minor == 0 || e.parameters_minor > 0 || e.chance_minor > 0,
            "as if it were certain: {:?}",
            e
        );
        prop_assert!(e.purchases.is_finite() && e.at_risk <= view.n);
    }
    if let Some(fit) = &view.fit {
        prop_assert!(fit.model.parameters().into_iter().chain([fit.log_likelihood]).all(f64::is_finite), "{:?}", fit);
        prop_assert!(fit.standard_errors.is_none_or(|e| e.into_iter().all(|e| e.is_finite() && e > 0.0)), "{:?}", fit);
    }
    if let Some(test) = &view.hold_out {
        let all = [Some(test.expected), test.off, test.mape];
        prop_assert!(all.into_iter().flatten().chain(test.steps.iter().map(|s| s.expected)).all(f64::is_finite));
    }
    let sort = Sort { by: SortKey::Clv, descending: true };
    let columns = vec![Column::Figure(Figure::Worth), Column::Figure(Figure::There)];
    let list = Query::Customers { as_of, filter: Filter::default(), sort, columns, offset: 0, limit: 20 };
    let Answer::Customers(list) = book.ask(&list, day(TODAY)) else { panic!("no list") };
    for row in &list.rows {
        if let Some(o) = row.metrics.outlook {
            prop_assert!(
                o.p_alive.is_none_or(|p| (0.0..=1.0).contains(&p)) && o.purchases.is_finite() && o.purchases >= 0.0,
                "{:?}",
                o
            );
        }
        let Answer::Outlook(Some(one)) = book.ask(&Query::Outlook { id: row.id, as_of }, day(TODAY)) else { panic!() };
        prop_assert_eq!(one.outlook, row.metrics.outlook);
    }
    Ok(view)
}

/// Customers with an order each on these days before today, of this amount.
fn book(customers: u32, days: &dyn Fn(u32) -> Vec<i32>, kind: &str, amount: &dyn Fn(u32, usize) -> i64) -> Book {
    let mut book = Book::default();
    let (mut changes, mut number): (Vec<Change>, u32) = (Vec::new(), 0);
    for n in 0..customers {
        changes.push(set(Kind::Customer, customer_id(n), "key", format!("c{n}").as_str()));
        for (at, back) in days(n).into_iter().enumerate() {
            changes.extend(order(number, n, Day(day(TODAY).0 - back), kind, amount(n, at)));
            number += 1;
        }
    }
    book.apply(changes);
    book
}

/// Days of customers of all sorts: those who come back often, seldom, not at all.
fn mixed(n: u32) -> Vec<i32> {
    let hash = |i: u32| (n * 31 + i).wrapping_mul(2_654_435_761) >> 8;
    (0..1 + hash(0) % 9).map(|i| (hash(i + 1) % 600) as i32).collect()
}

#[test]
fn books_that_no_model_is_for() {
    let tea = |_: u32, _: usize| 2_000i64;
    let huge = |n: u32, at: usize| 100_000_000_000_000 + i64::from(n) * 1_000 + at as i64;
    type Check = fn(&WorthView) -> bool;
    let few = |v: &WorthView| matches!(v.misfit, Some(Misfit::TooFewCustomers { .. }));
    let once = |v: &WorthView| matches!(v.misfit, Some(Misfit::TooFewRepeaters { n: 0, .. }));
    let foreseen = |v: &WorthView| v.equity.is_some_and(|e| e.total_minor > 0);
    let any = |_: &WorthView| true;
    let cases: Vec<(&str, Book, Check)> = vec![
        ("no orders", Book::default(), few),
        ("one order", book(1, &|_| vec![3], "purchase", &tea), few),
        ("all on one day", book(180, &|_| vec![3], "purchase", &tea), once),
        ("everybody once", book(180, &|n| vec![n as i32], "purchase", &tea), once),
        ("refunds only", book(180, &mixed, "refund", &|_, _| -2_000), few),
        ("days to come only", book(180, &|n| vec![-5 - n as i32], "purchase", &tea), few),
        ("all alike", book(180, &|_| vec![500, 490, 450, 200], "purchase", &tea), |v| {
            matches!(v.misfit, Some(Misfit::Alike { kinds: 1, least: 5 }))
        }),
        (
            "like a contract",
            book(180, &|n| (0..12).map(|i| 400 - n as i32 % 30 - i * 30).collect(), "purchase", &tea),
            |v| matches!(v.misfit, Some(Misfit::Regular { .. })),
        ),
        ("equal amounts", book(200, &mixed, "purchase", &tea), any),
        ("nothing charged", book(200, &mixed, "purchase", &|_, _| 0), |v| v.misfit == Some(Misfit::NothingCharged)),
        ("10¹² each", book(200, &mixed, "purchase", &huge), any),
        ("as much as a number holds", book(200, &mixed, "purchase", &|_, _| i64::MAX / 400), any),
        ("a shop", shop_of(300), foreseen),
    ];
    for (name, mut book, check) in cases {
        for as_of in [None, Some(day(TODAY)), Some(Day(day(TODAY).0 - 250)), Some(Day(i32::MIN)), Some(Day(i32::MAX))] {
            let view = sound(&mut book, as_of).unwrap_or_else(|e| panic!("{name}: {e}"));
            assert!(as_of != Some(day(TODAY)) || check(&view), "{name}: {:?} {:?}", view.misfit, view.equity);
        }
        for point in trend(&mut book).points {
            assert_eq!(point.misfit.is_some(), point.equity.is_none(), "{name}");
        }
    }
}

#[test]
fn one_customer_with_very_many_orders() {
    let orders: u32 = 100_000;
    let mut changes: Vec<Change> = vec![set(Kind::Customer, customer_id(9_000), "key", "busy")];
    for n in 0..orders {
        changes.extend(order(
            1_000_000 + n,
            9_000,
            Day(day(TODAY).0 - (n % 700) as i32),
            "purchase",
            1_000_000_000_000,
        ));
    }
    let mut book = shop_of(250);
    let before = worth(&mut book, None);
    book.apply(changes);
    let after = sound(&mut book, None).unwrap();
    assert_eq!(after.n, before.n + 1);
}

/// Purchases in two currencies are neither added up nor taken for each other.
#[test]
fn what_is_bought_in_another_currency_changes_nothing() {
    let mut book = shop_of(250);
    let before = worth(&mut book, None);
    let mut changes = Vec::new();
    for n in 0..330 {
        changes.push(set(Kind::Customer, customer_id(n), "key", format!("c{n}").as_str()));
        for at in 0..3 {
            let number = 700_000 + n * 3 + at;
            changes.extend(order(number, n, Day(day(TODAY).0 - 20 * at as i32 - n as i32 % 9), "purchase", 900_000));
            changes.push(set(Kind::Order, order_id(number), "currency", if at == 0 { "EUR" } else { "USD" }));
        }
    }
    book.apply(changes);
    let after = sound(&mut book, None).unwrap();
    // Who buys is not asleep, in whatever currency.
    let money = |view: &WorthView| view.equity.map(|e| EquityView { asleep_once: 0, ..e });
    assert_eq!((money(&after), after.margin, after.one_off), (money(&before), before.margin, before.one_off));
    assert_eq!((after.n, after.foreign), (330, 80));
    let Answer::Outlook(Some(stranger)) = book.ask(&Query::Outlook { id: customer_id(300), as_of: None }, day(TODAY))
    else {
        panic!("no outlook")
    };
    assert_eq!((stranger.outlook, stranger.foreign), (None, true));
    // The book's currency chooses whose figures are shown.
    book.setting("currency", serde_json::json!("USD"));
    assert_eq!(sound(&mut book, None).unwrap().foreign, 0, "everybody bought in dollars too");
}

/// Orders carry the time on the wall: midnight parts two days, also in a night when clocks are changed.
#[test]
fn midnight_parts_two_days_whatever_the_clocks_do() {
    let mut book = shop_of(250);
    let night = day("2024-03-31");
    let at = |book: &mut Book, number: u32, ms: i64| {
        let mut changes = order(number, 7, night, "purchase", 1_000);
        changes.push(set(Kind::Order, order_id(number), "at", night.start().0 + ms));
        book.apply(changes);
    };
    let as_of = Some(Day(night.0 + 30));
    let purchases = |book: &mut Book| {
        let list = Query::Customers {
            as_of,
            filter: Filter::default(),
            sort: Sort { by: SortKey::Clv, descending: true },
            columns: Vec::new(),
            offset: 0,
            limit: 1_000,
        };
        let Answer::Customers(list) = book.ask(&list, day(TODAY)) else { panic!("no list") };
        list.rows.into_iter().find(|r| r.id == customer_id(7)).unwrap().metrics.outlook
    };
    at(&mut book, 800_000, 86_399_999);
    let one = purchases(&mut book);
    // Half past two, an hour that does not exist in many places: the same day.
    at(&mut book, 800_001, 9_000_000);
    let same_day = purchases(&mut book);
    at(&mut book, 800_002, 86_400_000);
    let next_day = purchases(&mut book);
    assert_eq!(one.map(|o| o.p_alive), same_day.map(|o| o.p_alive));
    assert!(next_day.is_some() && next_day.map(|o| o.purchases) != same_day.map(|o| o.purchases));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_book_is_sound(
        customers in 0u32..160, spread in 1i32..900, most in 1i32..9, scale in 0u32..15, refunds in 0u32..5, lenient in any::<bool>(),
    ) {
        let days = |n: u32| (0..1 + (n as i32 * 5) % most).map(|i| (n as i32 * 131 + i * 47) % spread - 3).collect();
        let amount = |n: u32, at: usize| {
            let sign = if refunds > 0 && (n + at as u32).is_multiple_of(refunds + 1) { -1 } else { 1 };
            sign * 10i64.pow(scale) * i64::from(n % 7)
        };
        let mut book = book(customers, &days, "purchase", &amount);
        if lenient {
            book.setting("worth", serde_json::json!({
                "min_customers": 0, "min_repeaters": 0, "min_weeks": 0, "min_spread_bp": 0, "most_off_bp": 1_000_000,
            }));
        }
        sound(&mut book, Some(day(TODAY)))?;
    }
}
