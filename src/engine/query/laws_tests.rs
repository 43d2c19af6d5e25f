//! Laws of the segments: they do not depend on the unit that amounts are counted in, nor on the order in which purchases came in, and
//! their shares are parts of one whole.

use proptest::prelude::*;

use super::*;
use crate::analytics::share_of;
use crate::engine::api::{CustomerRow, Filter, RfmGroup, Sort, SortKey, TiersView};
use crate::engine::metrics::tests::{Book, TODAY, customer_id, day, order, order_id, set};

/// Customer, days before today, thousands of minor units.
type Purchase = (u32, i32, i64);

fn purchases() -> impl Strategy<Value = Vec<Purchase>> {
    proptest::collection::vec((0u32..15, 0i32..900, 1i64..200), 1..60)
}

fn book(purchases: &[Purchase], code: &str, unit_minor: i64) -> Book {
    let mut book = Book::default();
    book.setting("currency", code.into());
    let mut changes = Vec::new();
    for (n, &(customer, ago, thousands)) in (0u32..).zip(purchases) {
        let at = Day(day(TODAY).0 - ago);
        changes.extend(order(n, customer, at, "purchase", thousands * unit_minor));
        changes.push(set(Kind::Order, order_id(n), "currency", code));
        changes.push(set(Kind::Customer, customer_id(customer), "key", customer.to_string()));
    }
    book.apply(changes);
    book
}

fn listed(book: &mut Book, filter: Filter) -> Vec<CustomerRow> {
    let sort = Sort { by: SortKey::Name, descending: false };
    let query = Query::Customers { as_of: None, filter, sort, columns: Vec::new(), offset: 0, limit: 1_000 };
    let Answer::Customers(list) = book.ask(&query, day(TODAY)) else { unreachable!() };
    list.rows
}

/// What the segments say of everybody: where each customer stands, and the share of the best fifth.
fn stands(book: &mut Book) -> (Vec<String>, Option<f64>) {
    let mut each: Vec<String> = listed(book, Filter::default())
        .iter()
        .map(|row| {
            let m = &row.metrics;
            format!("{} {:?} {:?} {:?} {:?} {:?}", row.id, m.tier, m.kotler, m.rfm, m.rfm_group, m.dormancy)
        })
        .collect();
    each.sort();
    let Answer::Tiers(tiers) = book.ask(&Query::Tiers { as_of: None }, day(TODAY)) else { unreachable!() };
    (each, tiers.top20_share)
}

fn near(a: Option<f64>, b: Option<f64>) -> bool {
    a.is_some() == b.is_some() && a.zip(b).is_none_or(|(a, b)| (a - b).abs() < 1e-9)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_unit_of_money_moves_nobody(purchases in purchases(), scale in 2i64..50) {
        // Large amounts: the yearly potential is rounded to the smallest unit, and where next to nothing is left of it that decides
        // between two customers.
        let unit = 1_000_000;
        let (each, share) = stands(&mut book(&purchases, "CNY", unit));
        // More of the same money; yen, which have no smaller part; dinars, which have thousandths.
        for (code, unit_minor) in [("CNY", unit * scale), ("JPY", unit), ("KWD", unit * 10)] {
            let (other, other_share) = stands(&mut book(&purchases, code, unit_minor));
            prop_assert_eq!(&each, &other, "{} {}", code, unit_minor);
            prop_assert!(near(share, other_share), "{:?} {:?}", share, other_share);
        }
    }

    #[test]
    fn the_order_of_entry_moves_nobody(purchases in purchases()) {
        let (each, share) = stands(&mut book(&purchases, "CNY", 1_000));
        let mut sorted = purchases.clone();
        sorted.sort_unstable_by_key(|&(customer, ago, _)| (ago, customer));
        let backwards: Vec<Purchase> = purchases.iter().rev().copied().collect();
        for other in [sorted, backwards] {
            let (again, again_share) = stands(&mut book(&other, "CNY", 1_000));
            prop_assert_eq!(&each, &again);
            prop_assert!(near(share, again_share));
        }
    }

    #[test]
    fn shares_are_parts_of_one_whole(purchases in purchases()) {
        let mut book = book(&purchases, "CNY", 1_000);
        let Answer::Tiers(view) = book.ask(&Query::Tiers { as_of: None }, day(TODAY)) else { unreachable!() };
        prop_assert_eq!(view.tiers.iter().map(|t| t.customers).sum::<u64>(), view.n);
        let parts: f64 = view.tiers.iter().map(|t| t.profit_minor as f64 / view.profit_minor as f64).sum();
        prop_assert!((parts - 1.0).abs() < 1e-9, "{}", parts);
        prop_assert_eq!((view.pareto.first(), view.pareto.last()), (Some(&(0.0, 0.0)), Some(&(1.0, 1.0))));
        prop_assert!(view.pareto.windows(2).all(|w| w[0].0 < w[1].0 && w[0].1 <= w[1].1));
        // Best first: the curve is never below the diagonal, and bends one way.
        prop_assert!(view.pareto.iter().all(|(x, y)| *y >= x - 1e-9));
        prop_assert!(view.top20_share.is_some_and(|share| (0.2 - 1e-9..=1.0).contains(&share)));
        // The lists behind both shares hold just those customers.
        let mut best = |top_bp| {
            let rows = listed(&mut book, Filter { top_bp, ..Filter::default() });
            (rows.len() as f64, rows.iter().map(|row| row.metrics.profit_minor).sum::<i64>() as f64)
        };
        prop_assert!(near(Some(best(Some(2_000)).1 / view.profit_minor as f64), view.top20_share));
        let (people, profit) = best(view.best_for_80_bp());
        prop_assert!(near(Some(people / view.n as f64), view.share_for_80) && profit / view.profit_minor as f64 > 0.8 - 1e-9);
    }

    #[test]
    fn who_stopped_coming_is_who_the_list_holds(purchases in purchases()) {
        let mut book = book(&purchases, "CNY", 1_000);
        let Answer::Rfm(view) = book.ask(&Query::Rfm { as_of: None }, day(TODAY)) else { unreachable!() };
        let (customers, revenue_minor, rule) = view.stopped();
        let rows = listed(&mut book, Filter { conditions: vec![rule], ..Filter::default() });
        prop_assert_eq!(customers, rows.len() as u64);
        prop_assert_eq!(revenue_minor, rows.iter().map(|row| row.metrics.revenue_minor).sum::<i64>());
        let named = |row: &CustomerRow| matches!(row.metrics.rfm_group, Some(RfmGroup::CantLose | RfmGroup::AtRisk));
        prop_assert!(rows.iter().all(named));
    }
}

/// Of a book of any size the list behind “80 % of the profit” holds those who bring it: just them as far as basis points tell.
#[test]
fn the_list_of_those_who_bring_most_is_never_short() {
    for n in [1usize, 3, 9_999, 10_000, 12_000, 50_000, 100_000] {
        for few in (1..=n).step_by((n / 900).max(1)) {
            let view = TiersView {
                n: n as u64,
                tiers: Vec::new(),
                pareto: Vec::new(),
                top20_share: None,
                share_for_80: Some(few as f64 / n as f64),
                profit_minor: 1,
            };
            let listed = share_of(n, view.best_for_80_bp().unwrap());
            assert!(
                listed >= few && listed - few <= n / 10_000 && (n > 10_000 || listed == few),
                "{few} of {n}: {listed}"
            );
        }
    }
}
