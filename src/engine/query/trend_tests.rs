//! Customer equity over time: each point is what the page says with the as-of day set to it, whatever the way there.

use proptest::prelude::*;

use super::worth_tests::shop_of;
use super::*;
use crate::engine::api::{TrendPoint, TrendView, WorthView};
use crate::engine::metrics::tests::{Book, TODAY, customer_id, day, order, set};

fn ask(book: &mut Book, as_of: Option<Day>, go_on: bool) -> TrendView {
    let query = Query::Trend { as_of, go_on };
    while prepare(&book.data, &mut book.cache, &query, day(TODAY)).is_some() {}
    match book.ask(&query, day(TODAY)) {
        Answer::Trend(view) => view,
        other => panic!("{other:?}"),
    }
}

fn whole(book: &mut Book, as_of: Option<Day>) -> TrendView {
    (0..20).map(|_| ask(book, as_of, true)).find(|view| view.share == 1.0).unwrap()
}

fn page(book: &mut Book, as_of: Day) -> WorthView {
    match book.ask(&Query::Worth { as_of: Some(as_of), limit: 1 }, day(TODAY)) {
        Answer::Worth(view) => *view,
        other => panic!("{other:?}"),
    }
}

fn as_on_the_page(book: &mut Book, point: &TrendPoint) {
    let view = page(book, point.day);
    let got = (point.n, point.historical_minor, point.misfit, point.equity);
    assert_eq!(got, (view.n, view.historical_minor, view.misfit, view.equity), "{}", point.day);
}

#[test]
fn a_point_is_what_the_page_says_on_that_day() {
    let mut book = shop_of(300);
    assert_eq!(ask(&mut book, None, false), TrendView { points: vec![], share: 0.0, quick: true });
    let first = ask(&mut book, None, true);
    assert_eq!(first.points.len(), 1);
    let view = whole(&mut book, None);
    assert_eq!(view.points.len(), 13);
    assert_eq!(view.points.last(), first.points.last());
    assert!(view.points.is_sorted_by_key(|p| p.day));
    assert!(view.points.iter().filter(|p| p.equity.is_some()).count() > 6);
    for point in &view.points {
        as_on_the_page(&mut book, point);
        as_on_the_page(&mut shop_of(300), point);
    }
    // The as-of day is respected, and days that are known already are not worked out again.
    let before = view.points[10].day;
    let earlier = ask(&mut book, Some(before), false);
    assert_eq!(earlier.points, view.points[..=10]);
    assert!(earlier.share < 1.0);
}

#[test]
fn it_begins_with_the_first_purchase_and_says_where_the_model_does_not_hold() {
    let mut book = Book::default();
    assert_eq!(whole(&mut book, None), TrendView { points: vec![], share: 1.0, quick: true });
    book.apply(vec![set(Kind::Customer, customer_id(1), "key", "one")]);
    book.apply(order(1, 1, Day(day(TODAY).0 - 100), "purchase", 5_000));
    let view = whole(&mut book, Some(day(TODAY)));
    assert!((4..=5).contains(&view.points.len()), "{view:?}");
    assert!(view.points.iter().all(|p| p.equity.is_none() && p.misfit.is_some() && p.historical_minor == 1_500));
}

#[test]
fn a_change_of_orders_or_settings_begins_it_anew() {
    let mut book = shop_of(120);
    let view = whole(&mut book, None);
    book.apply(order(90_000, 3, Day(day(TODAY).0 - 40), "purchase", 77_700));
    assert_eq!(ask(&mut book, None, false).points, []);
    let after = whole(&mut book, None);
    let (changed, same): (Vec<_>, Vec<_>) =
        view.points.iter().zip(&after.points).partition(|(_, now)| now.day.0 >= day(TODAY).0 - 40);
    assert!(same.iter().all(|(a, b)| a == b) && changed.iter().all(|(a, b)| a != b), "{changed:?}");
    book.setting("worth", serde_json::json!({ "horizon_months": 24 }));
    assert_eq!(ask(&mut book, None, false).points, []);
    // What is no order leaves it.
    whole(&mut book, None);
    book.apply(vec![set(Kind::Customer, customer_id(3), "name", "Ann")]);
    assert_eq!(ask(&mut book, None, false).share, 1.0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Questions about other days and changes in between take nothing away.
    #[test]
    fn whatever_is_asked_between_a_point_is_that_of_the_page(
        asked in prop::collection::vec((0i32..500, any::<bool>(), any::<bool>()), 1..8),
    ) {
        let mut book = shop_of(110);
        for (n, (back, change, go_on)) in (0..).zip(asked) {
            let as_of = Day(day(TODAY).0 - back);
            if change {
                book.apply(order(80_000 + n, n, as_of, "purchase", 1_000));
            }
            // A part only: another day may come between.
            prepare(&book.data, &mut book.cache, &Query::Trend { as_of: Some(as_of), go_on: true }, day(TODAY));
            for point in ask(&mut book, Some(as_of), go_on).points {
                prop_assert!(point.day <= as_of);
                as_on_the_page(&mut book, &point);
            }
        }
    }
}
