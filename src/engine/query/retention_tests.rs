//! Who stays and who brings whom: worked by hand, and each number opens its rows.

use super::*;
use crate::domain::{Day, Kind, Value};
use crate::engine::api::{
    Bought, FEW, Goods, Leaf, above_wallet, came_before, left_after_one_day, length_is, lost_in, stated_but_here,
    there_now, wallet_known,
};
use crate::engine::api::{
    BroughtView, CohortStep, Column, Figure, Filter, ReferralOrder, ReferralsView, RetentionView, Rule, Sort, SortKey,
    Test, TileKind,
};
use crate::engine::metrics::tests::{Book, customer_id, day, order, order_id, set};

const AS_OF: &str = "2025-06-15";

fn retention(book: &mut Book, as_of: &str) -> RetentionView {
    match book.ask(&Query::Retention { as_of: Some(day(as_of)), step: None }, day(AS_OF)) {
        Answer::Retention(view) => *view,
        other => panic!("{other:?}"),
    }
}

/// How many the list has where all of this holds of the column.
fn count(book: &mut Book, conditions: Vec<(Figure, Test)>) -> u64 {
    count_of(book, conditions.into_iter().map(|(f, test)| Rule::column(Column::Figure(f), test)).collect())
}

fn count_of(book: &mut Book, conditions: Vec<Rule>) -> u64 {
    let filter = Filter { conditions, ..Filter::default() };
    let sort = Sort { by: SortKey::Name, descending: false };
    let query = Query::Customers { as_of: Some(day(AS_OF)), filter, sort, columns: vec![], offset: 0, limit: 9 };
    match book.ask(&query, day(AS_OF)) {
        Answer::Customers(list) => list.total,
        other => panic!("{other:?}"),
    }
}

fn purchase(n: u32, customer: u32, on: &str, minor: i64) -> Vec<crate::domain::Change> {
    order(n, customer, day(on), "purchase", minor)
}

/// Five customers: 0 buys on and on and complained once; 1 bought once long ago and said why they left; 2 left silently; 3 is new,
/// called before and had a discount; 4 never bought.
fn shop() -> Book {
    let mut book = Book::default();
    let mut changes = Vec::new();
    for n in 0..5 {
        changes.push(set(Kind::Customer, customer_id(n), "key", format!("c{n}").as_str()));
    }
    for (n, on) in ["2024-01-10", "2024-04-10", "2024-07-10", "2025-01-10", "2025-05-10"].into_iter().enumerate() {
        changes.extend(purchase(n as u32, 0, on, 10_000));
    }
    changes.extend(purchase(10, 1, "2024-01-20", 5_000));
    changes.push(set(Kind::Customer, customer_id(1), "churn_reason", "price"));
    changes.extend(purchase(20, 2, "2024-02-01", 5_000));
    changes.extend(purchase(21, 2, "2024-05-01", 5_000));
    changes.extend(order(22, 2, day("2024-05-02"), "refund", -1_000));
    changes.extend(purchase(30, 3, "2025-06-01", 8_000));
    changes.push(set(Kind::Order, order_id(30), "discount_minor", 500));
    changes.push(set(Kind::Customer, customer_id(0), "wallet_e4", 4_000_000));
    changes.push(set(Kind::Customer, customer_id(3), "wallet_e4", 400_000));
    for (n, customer, on, direction) in
        [(0u32, 3u32, "2025-05-20", "in"), (1, 3, "2025-06-10", "out"), (2, 4, "2030-01-01", "in")]
    {
        let id = Id(u128::from(n) + (5 << 64));
        changes.push(set(Kind::Interaction, id, "customer", customer_id(customer)));
        changes.push(set(Kind::Interaction, id, "at", day(on).start().0));
        changes.push(set(Kind::Interaction, id, "direction", direction));
    }
    for (n, customer, on, kind) in
        [(0u32, 0u32, "2025-02-01", "complaint"), (1, 2, "2024-05-01", "complaint"), (2, 1, "2024-05-01", "service")]
    {
        let id = Id(u128::from(n) + (6 << 64));
        changes.push(set(Kind::Case, id, "customer", customer_id(customer)));
        changes.push(set(Kind::Case, id, "at", day(on).start().0));
        changes.push(set(Kind::Case, id, "kind", kind));
    }
    let needs: [(u32, u32, &str, &str, Option<bool>); 5] = [
        (0, 0, "2025-01-01", "must", Some(true)),
        (1, 0, "2025-01-01", "must", None),
        (2, 1, "2025-01-01", "must", Some(false)),
        (3, 1, "2025-01-01", "nice", Some(true)),
        (4, 2, "2030-01-01", "must", Some(true)),
    ];
    for (n, customer, on, level, met) in needs {
        let id = Id(u128::from(n) + (7 << 64));
        changes.push(set(Kind::Need, id, "customer", customer_id(customer)));
        changes.push(set(Kind::Need, id, "at", day(on).start().0));
        changes.push(set(Kind::Need, id, "level", level));
        changes.extend(met.map(|met| set(Kind::Need, id, "met", met)));
    }
    book.apply(changes);
    book
}

#[test]
fn worked_by_hand() {
    let mut book = shop();
    let view = retention(&mut book, AS_OF);
    assert_eq!((view.n, view.step, view.cohorts.len()), (4, CohortStep::Month, 18));
    let january = &view.cohorts[0];
    // 0 came back three, six, twelve and sixteen months later.
    assert_eq!((january.size, &january.again[..4], january.again[15]), (2, &[0, 0, 1, 0][..], 1));
    // Fixed limit of 240 days below four purchases: 1 left on 2024-09-16, 2 on 2024-12-27.
    let left: Vec<_> = view.churn.steps.iter().filter(|s| s.left > 0).map(|s| (s.from, s.lost, s.at_start)).collect();
    assert_eq!(left, [(day("2024-09-01"), 1, 3), (day("2024-12-01"), 1, 2)]);
    assert_eq!((view.churn.gone, view.churn.not_stated, view.churn.stated_but_here), (2, 1, 0));
    assert_eq!(view.churn.causes.iter().find(|(name, _)| name == "price").map(|(_, n)| *n), Some(1));
    // A year ago three were there; 0 still is. Two are there now.
    assert_eq!((view.year.there_then, view.year.still, view.year.there_now), (3, 1, 2));
    // 30 % of 100 + 100 + 100 (0, since July) + 80 (3).
    assert_eq!(view.year.profit_minor, 11_400);
    assert_eq!((view.lengths.median_left, view.lengths.one_day), (Some(45.0), 1));
    // 0 spent 30,000 of 40,000; 3 spent 8,000 and says 4,000.
    let wallet = view.wallet;
    assert_eq!((wallet.n, wallet.revenue_minor, wallet.wallet_minor, wallet.above), (2, 38_000, 44_000, 1));
    assert_eq!(wallet.median_share, Some(1.375));
    let tile = |kind| view.tiles.iter().find(|t| t.kind == kind).map(|t| (t.value, t.part, t.of)).unwrap();
    assert_eq!(tile(TileKind::Repeat), (Some(0.5), 2, 4));
    // Met is what somebody said is met; a need recorded after the day is not seen.
    assert_eq!(tile(TileKind::NeedMet), (Some(1.0 / 3.0), 1, 3));
    assert_eq!(tile(TileKind::Attention), (Some(0.2), 1, 5));
    assert_eq!(tile(TileKind::Choosing), (Some(12.0), 1, 1));
    assert_eq!(tile(TileKind::Discount), (Some(1.0 / 9.0), 1, 9));
    assert_eq!(tile(TileKind::Faults), (Some(0.5), 1, 2));
}

#[test]
fn every_number_opens_its_rows() {
    let mut book = shop();
    let view = retention(&mut book, AS_OF);
    let some = Test::Between { from: Some(1), to: None };
    assert_eq!(count(&mut book, vec![(Figure::Left, Test::Filled)]), view.churn.gone);
    for cohort in &view.cohorts {
        let within = Test::Between { from: Some(cohort.from.0.into()), to: Some(cohort.to.0.into()) };
        assert_eq!(count(&mut book, vec![(Figure::FirstPurchase, within.clone())]), cohort.size, "{cohort:?}");
        for (later, again) in (1..).zip(&cohort.again) {
            let period = view.step.of(cohort.from) + later;
            let goods = Goods::Days { from: Some(view.step.start(period).0), to: Some(view.step.end(period).0) };
            let again_then = Rule::Leaf(Leaf::Bought(Bought { goods, days: None, times: 1, but_not: None }));
            let first = Rule::column(Column::Figure(Figure::FirstPurchase), within.clone());
            assert_eq!(count_of(&mut book, vec![first, again_then]), *again, "{cohort:?} {later}");
        }
    }
    assert_eq!(count(&mut book, vec![(Figure::Inbound, some.clone())]), 1);
    assert_eq!(count(&mut book, vec![(Figure::Choosing, Test::Filled)]), 1);
    assert_eq!(count(&mut book, vec![(Figure::Discounted, some.clone())]), 1);
    assert_eq!(count(&mut book, vec![(Figure::MustHaves, some.clone())]), 2);
    assert_eq!(count(&mut book, vec![(Figure::NeedsMet, some.clone())]), 1);
    assert_eq!(count(&mut book, vec![(Figure::Complaints, some)]), 2);
    assert_eq!(count(&mut book, vec![(Figure::Forgave, Test::AnyOf(vec!["yes".into()]))]), 1);
}

/// What every number of the page opens, at any limit and any length of the periods.
fn opens_its_rows(book: &mut Book, step: CohortStep) -> RetentionView {
    let query = Query::Retention { as_of: Some(day(AS_OF)), step: Some(step) };
    let view = match book.ask(&query, day(AS_OF)) {
        Answer::Retention(view) => *view,
        other => panic!("{other:?}"),
    };
    assert_eq!(count_of(book, view.year.were_there()), view.year.there_then);
    assert_eq!(count_of(book, view.year.still_there()), view.year.still);
    assert_eq!(count_of(book, there_now()), view.year.there_now);
    assert_eq!(count_of(book, left_after_one_day()), view.lengths.one_day);
    assert_eq!(count_of(book, stated_but_here()), view.churn.stated_but_here);
    assert_eq!(count_of(book, came_before(&view.cohorts[0])), view.earlier);
    assert_eq!((count_of(book, wallet_known()), count_of(book, above_wallet())), (view.wallet.n, view.wallet.above));
    for step in &view.churn.steps {
        assert_eq!(count_of(book, lost_in(step)), step.lost, "{step:?}");
        let came_back = [lost_in(step), vec![Rule::column(Column::Figure(Figure::Left), Test::Empty)]].concat();
        assert!(count_of(book, came_back) <= step.lost_back, "{step:?}");
    }
    for (class, [there, left]) in view.lengths.classes.iter().enumerate() {
        let of = |test| [length_is(class), vec![Rule::column(Column::Figure(Figure::Left), test)]].concat();
        assert_eq!(count_of(book, length_is(class)), there + left, "class {class}");
        assert_eq!(
            (count_of(book, of(Test::Empty)), count_of(book, of(Test::Filled))),
            (*there, *left),
            "class {class}"
        );
    }
    view
}

#[test]
fn who_left_and_came_back_stands_behind_the_numbers_too() {
    for after_days in [None, Some(1), Some(30), Some(100), Some(400)] {
        let mut book = shop();
        book.setting("churn", serde_json::json!({ "after_days": after_days }));
        for step in CohortStep::ALL {
            let view = opens_its_rows(&mut book, step);
            if (after_days, step) == (Some(100), CohortStep::Quarter) {
                // 0 was there at the end of September 2024, left on 18 October and came back in January.
                let last = view.churn.steps.iter().find(|s| s.from == day("2024-10-01")).unwrap();
                assert_eq!((last.at_start, last.lost, last.lost_back), (1, 1, 1));
            }
        }
    }
}

proptest::proptest! {
    #[test]
    fn every_count_is_that_of_its_rows(
        all in proptest::collection::vec(proptest::collection::vec(0i32..900, 1..8), 1..9), limit in 1u32..300,
    ) {
        let mut book = Book::default();
        book.setting("churn", serde_json::json!({ "after_days": (limit > 20).then_some(limit) }));
        let (mut changes, mut n) = (Vec::new(), 0);
        for (customer, ago) in (0u32..).zip(&all) {
            changes.push(set(Kind::Customer, customer_id(customer), "key", format!("c{customer}").as_str()));
            // What they say that they spend: nothing, some, exactly or a little less than what one purchase comes to.
            let wallet = [Value::Null, Value::Int(0), Value::Int(10_000), Value::Int(29_900), Value::Int(10_000_000)];
            changes.push(set(Kind::Customer, customer_id(customer), "wallet_e4", wallet[customer as usize % 5].clone()));
            if customer % 2 == 0 {
                changes.push(set(Kind::Customer, customer_id(customer), "churn_reason", "price"));
            }
            for ago in ago {
                changes.extend(order(n, customer, Day(day(AS_OF).0 - ago), "purchase", 100));
                n += 1;
            }
        }
        book.apply(changes);
        for step in CohortStep::ALL {
            opens_its_rows(&mut book, step);
        }
    }
}

#[test]
fn the_limit_can_be_set() {
    let mut book = shop();
    book.setting("churn", serde_json::json!({ "after_days": 30 }));
    let view = retention(&mut book, AS_OF);
    assert_eq!((view.churn.after_days, view.churn.gone), (Some(30), 3));
    assert_eq!(count(&mut book, vec![(Figure::Left, Test::Filled)]), 3);
    // 0 was away for more than 30 days four times and came back each time but the last.
    assert_eq!(view.churn.steps.iter().map(|s| s.back).sum::<u64>(), 4 + 1);
}

#[test]
fn little_is_said_of_little() {
    let mut empty = Book::default();
    let view = retention(&mut empty, AS_OF);
    assert_eq!((view.n, view.cohorts.len(), view.half_days()), (0, 1, None));
    assert!(view.tiles.iter().all(|t| t.value.is_none()));
    // One order; all refunds; one in the future; one in another currency.
    let mut book = Book::default();
    book.apply(purchase(1, 1, AS_OF, 100));
    book.apply(order(2, 2, day(AS_OF), "refund", -100));
    book.apply(purchase(3, 3, "2030-01-01", 100));
    book.apply(purchase(4, 4, AS_OF, 100));
    let names = (1..5).map(|n| set(Kind::Customer, customer_id(n), "key", format!("c{n}").as_str()));
    book.apply(names.collect());
    book.apply(vec![set(Kind::Order, order_id(4), "currency", "EUR")]);
    let view = retention(&mut book, AS_OF);
    assert_eq!((view.n, view.cohorts[0].size, view.churn.gone), (2, 2, 0));
    assert_eq!(view.year.profit_minor, 30, "the book's currency alone");
    assert_eq!((view.year.there_then, view.year.there_now), (0, 2));
}

/// What care cost in the 365 days, of who is there now alone.
#[test]
fn what_care_cost_in_the_year_is_taken_off_its_profit() {
    let mut book = shop();
    let before = retention(&mut book, AS_OF).year.profit_minor;
    let spent: [(Kind, u32, &str, i64); 5] = [
        (Kind::Interaction, 0, "2025-06-15", 700),
        (Kind::Case, 3, "2024-06-16", 50),
        // A year ago, after the day; of who has left.
        (Kind::Case, 0, "2024-06-15", 9_000),
        (Kind::Case, 0, "2025-06-16", 9_000),
        (Kind::Interaction, 1, "2025-03-01", 9_000),
    ];
    for (n, (kind, customer, on, minor)) in (0u128..).zip(spent) {
        let id = Id(n + (9 << 64));
        book.apply(vec![
            set(kind, id, "customer", customer_id(customer)),
            set(kind, id, "at", day(on).start().0),
            set(kind, id, "care_e4", minor * 100),
        ]);
    }
    assert_eq!(retention(&mut book, AS_OF).year.profit_minor, before - 750);
}

/// Who came in the last year says nothing of who stays; one more makes a share of ten.
#[test]
fn few_make_no_share() {
    let mut book = Book::default();
    let young = |n: u32, on| {
        let wallet = set(Kind::Customer, customer_id(n), "wallet_e4", 100_000i64);
        [vec![wallet], purchase(n, n, on, 100)].concat()
    };
    (0..200).for_each(|n| book.apply(purchase(n + 1_000, n + 1_000, "2025-05-01", 100)));
    for n in 0..FEW as u32 {
        let view = retention(&mut book, AS_OF);
        assert_eq!((view.year.there_then, view.wallet.n), (n.into(), n.into()));
        assert_eq!((view.year.kept_share(), view.wallet.share(), view.half_days()), (None, None, None), "{n}");
        // There a year ago; the even ones are gone.
        book.apply(young(n, "2024-06-01"));
        if n % 2 == 1 {
            book.apply(purchase(n + 500, n, "2025-02-01", 100));
        }
    }
    let view = retention(&mut book, AS_OF);
    assert_eq!((view.year.there_then, view.year.kept_share()), (FEW, Some(0.5)));
    // Five spent 100 of 1,000 within the year.
    assert_eq!((view.wallet.n, view.wallet.share()), (FEW, Some(0.05)));
    // Five bought once and are gone: the middle of day 0 and what comes after, if anything did.
    assert_eq!((view.lengths.known, view.half_days()), (FEW, Some(0.0)));
}

fn referrals(book: &mut Book, by: ReferralOrder) -> ReferralsView {
    match book.ask(&Query::Referrals { as_of: Some(day(AS_OF)), by, offset: 0, limit: 20 }, day(AS_OF)) {
        Answer::Referrals(view) => view,
        other => panic!("{other:?}"),
    }
}

fn brought(book: &mut Book, n: u32) -> Option<BroughtView> {
    match book.ask(&Query::Brought { id: customer_id(n), as_of: Some(day(AS_OF)), limit: 20 }, day(AS_OF)) {
        Answer::Brought(view) => view.map(|view| *view),
        other => panic!("{other:?}"),
    }
}

fn referrer(n: u32, by: impl Into<Value>) -> crate::domain::Change {
    set(Kind::Customer, customer_id(n), "referrer", by)
}

/// 0 brought 2 (9,000) and 3 (8,000), 3 brought 1 (5,000).
#[test]
fn who_brought_whom() {
    let mut book = shop();
    assert_eq!((referrals(&mut book, ReferralOrder::Reach).advocates, brought(&mut book, 0).unwrap().by), (0, None));
    book.apply(vec![referrer(2, customer_id(0)), referrer(3, customer_id(0)), referrer(1, customer_id(3))]);
    let view = referrals(&mut book, ReferralOrder::Reach);
    let brought_by = Column::parse("referrer").unwrap();
    let filled = |book: &mut Book| count_of(book, vec![Rule::column(brought_by, Test::Filled)]);
    assert_eq!(filled(&mut book), view.brought);
    // Who brought them is in the trash, or they themselves: nobody did.
    book.apply(vec![set(Kind::Customer, customer_id(3), "deleted", true), referrer(2, customer_id(2))]);
    let left = referrals(&mut book, ReferralOrder::Reach).brought;
    assert_eq!((filled(&mut book), left), (0, 0));
    book.apply(vec![set(Kind::Customer, customer_id(3), "deleted", false), referrer(2, customer_id(0))]);
    assert_eq!((view.customers, view.brought, view.advocates, view.tops), (5, 3, 2, 1));
    assert_eq!((view.revenue_minor, view.profit_minor), (22_000, 6_600));
    let told: Vec<_> = view.rows.iter().map(|r| (r.name.as_str(), r.direct, r.reach, r.revenue_minor)).collect();
    assert_eq!(told, [("c0", 2, 3, 22_000), ("c3", 1, 1, 5_000)]);
    let of = brought(&mut book, 3).unwrap();
    assert_eq!(of.by.unwrap().name, "c0");
    assert_eq!(of.rows.iter().map(|r| r.name.as_str()).collect::<Vec<_>>(), ["c1"]);
    assert_eq!(count(&mut book, vec![(Figure::Brought, Test::Between { from: Some(1), to: None })]), 2);
}

/// One customer brought 130; those beyond the limit are said, and shown when more are asked for.
#[test]
fn nobody_whom_one_customer_brought_is_out_of_reach() {
    let mut book = shop();
    for n in 100..230 {
        book.apply(vec![set(Kind::Customer, customer_id(n), "key", format!("c{n}")), referrer(n, customer_id(0))]);
    }
    for (limit, shown, more) in [(100, 100, 30), (200, 130, 0), (0, 0, 130)] {
        let query = Query::Brought { id: customer_id(0), as_of: Some(day(AS_OF)), limit };
        let Answer::Brought(Some(view)) = book.ask(&query, day(AS_OF)) else { panic!() };
        assert_eq!((view.rows.len(), view.more()), (shown, more), "{limit}");
    }
}

/// A month of which some days are left is no whole one; the last day of a month ends it.
#[test]
fn a_period_that_goes_on_is_told_from_whole_ones() {
    for (as_of, open) in [("2025-06-15", 1), ("2025-06-30", 0), ("2025-06-01", 1)] {
        let query = Query::Retention { as_of: Some(day(as_of)), step: Some(CohortStep::Month) };
        let Answer::Retention(view) = shop().ask(&query, day(as_of)) else { panic!() };
        let found: Vec<_> = view.churn.steps.iter().filter(|step| view.is_open(step)).collect();
        assert_eq!((found.len(), view.churn.steps.len() > 3), (open, true), "{as_of}");
        assert!(found.iter().all(|step| step.to == day(as_of) && step.from == day("2025-06-01")), "{as_of}");
    }
}

#[test]
fn circles_trash_and_merges_are_harmless() {
    let mut book = shop();
    book.apply(vec![
        referrer(0, customer_id(1)),
        referrer(1, customer_id(2)),
        referrer(2, customer_id(0)),
        referrer(3, customer_id(2)),
    ]);
    let view = referrals(&mut book, ReferralOrder::Revenue);
    assert_eq!(view.circles_total, 1);
    let names: Vec<_> = view.circles[0].iter().map(|(_, name)| name.as_str()).collect();
    assert_eq!(names, ["c0", "c1", "c2"]);
    assert_eq!(brought(&mut book, 0).unwrap().by, None);
    // The lists behind the numbers know of no cut.
    let brought_by = Rule::column(Column::parse("referrer").unwrap(), Test::Filled);
    let some = Test::Between { from: Some(1), to: None };
    let lists = (count_of(&mut book, vec![brought_by]), count(&mut book, vec![(Figure::Brought, some)]));
    assert_eq!(((view.brought, view.advocates), view.in_tree), (lists, 2));
    assert_eq!((lists, view.rows.len()), ((4, 3), 2));
    // Cut above 0: it brought 2, who brought 1 and 3.
    assert_eq!(brought(&mut book, 0).unwrap().own.reach, 3);
    // Who is in the trash brought nobody.
    book.apply(vec![set(Kind::Customer, customer_id(2), "deleted", true)]);
    assert_eq!(brought(&mut book, 3).unwrap().by, None);
    assert_eq!((brought(&mut book, 2), referrals(&mut book, ReferralOrder::Reach).circles_total), (None, 0));
    // Who became another is that one.
    let mut merged = shop();
    merged.apply(vec![referrer(1, customer_id(2)), set(Kind::Customer, customer_id(2), "merged_into", customer_id(0))]);
    assert_eq!(brought(&mut merged, 1).unwrap().by.unwrap().name, "c0");
    assert_eq!(brought(&mut merged, 0).unwrap().own.direct, 1);
}
