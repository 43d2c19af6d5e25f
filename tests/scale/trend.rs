//! How customer equity went, in a book whose customers come and leave by chance, so that the models are used on every day.

use std::time::Instant;

use kith::domain::{CivilTime, Day};
use kith::engine::api::{Answer, Query};
use kith::engine::dataset::Dataset;
use kith::engine::metrics::MetricsCache;
use kith::engine::query::{answer, prepare};
use kith::files::orders::ParsedOrders;

use super::bring;
use super::made::{CUSTOMERS, LINES_PER_ORDER, ORDERS, Random, file};

const DAYS: u32 = 730;
const LAST: Day = Day(20_000);

/// The orders of [`file`], to customers with a rhythm of their own who leave one day.
fn by_chance() -> ParsedOrders {
    let mut random = Random(3);
    let mut share = move || f64::from(random.below(1 << 24)) / f64::from(1 << 24);
    let mut bought: Vec<(u32, u32)> = Vec::new();
    for customer in 0..CUSTOMERS {
        let (gap, leaves) = (20.0 + share() * 180.0, share() * share() * 0.5);
        let mut at = share() * 700.0;
        while at < f64::from(DAYS) {
            bought.push((customer, at as u32));
            if share() < leaves {
                break;
            }
            at += 1.0 - (1.0 - share()).ln() * gap;
        }
    }
    // As many orders as the book is built for, evenly out of all that were drawn.
    let mut orders = file();
    let drawn = (0..ORDERS as usize).map(|n| bought[n * bought.len() / ORDERS as usize]);
    for (order, (customer, day)) in orders.orders.iter_mut().zip(drawn) {
        order.customer = Some(customer);
        order.at = CivilTime(Day(LAST.0 - DAYS as i32 + day as i32).start().0 + 36_000_000);
    }
    orders
}

/// Every month is a question of its own, done in steps: none may keep others waiting.
#[test]
#[ignore = "prints figures; run it in a release build"]
fn trend_figures() {
    let orders = by_chance();
    println!("{} customers, {} orders of {LINES_PER_ORDER} lines", orders.customers.len(), orders.orders.len());
    let mut data = Dataset::new();
    assert!(bring(&mut data, 1, orders).is_some());
    let mut cache = MetricsCache::new();
    let today = Day(LAST.0 + 1);
    drop(answer(&data, &mut cache, &Query::Kotler { as_of: Some(today) }, today));
    let query = Query::Trend { as_of: Some(today), go_on: true };
    let (all, mut longest_step, mut steps, mut shares) = (Instant::now(), 0.0f64, 0u32, Vec::new());
    loop {
        let month = Instant::now();
        loop {
            let step = Instant::now();
            let left = prepare(&data, &mut cache, &query, today);
            longest_step = longest_step.max(step.elapsed().as_secs_f64());
            steps += 1;
            if left.is_none() {
                break;
            }
        }
        let Some(Answer::Trend(view)) = answer(&data, &mut cache, &query, today) else { panic!() };
        let last = view.points.first().unwrap();
        let told = last.misfit.map_or("forecast".to_owned(), |misfit| format!("{misfit:?}"));
        println!(
            "{:<14} {:>8} customers {:>8.0} ms  {told}",
            last.day.to_string(),
            last.n,
            month.elapsed().as_secs_f64() * 1e3
        );
        shares.push(view.share);
        if view.share >= 1.0 {
            break;
        }
    }
    assert!(shares.is_sorted() && shares.len() > 10);
    println!(
        "all of it {:.1} s in {steps} steps, the longest {:.0} ms",
        all.elapsed().as_secs_f64(),
        longest_step * 1e3
    );
}
