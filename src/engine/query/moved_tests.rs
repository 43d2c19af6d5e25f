//! What moved: counted flows open as many customers, both days are what the views of those days say, and figures kept are those made
//! anew.

use proptest::prelude::*;

use super::*;
use crate::analytics::{Dormancy, KotlerGroup};
use crate::engine::api::{CustomerList, Filter, Moved, MovedBy, MovedView, Since, Sort, SortKey, Stand};
use crate::engine::metrics::tests::{Book, TODAY, customer_id, day, order, reference_book, steps};

fn moved(book: &mut Book, since: Since, by: MovedBy) -> MovedView {
    match book.ask(&Query::Moved { as_of: None, since, by }, day(TODAY)) {
        Answer::Moved(view) => *view,
        other => panic!("{other:?}"),
    }
}

fn list(book: &mut Book, moved: Moved) -> CustomerList {
    let filter = Filter { moved: Some(moved), ..Filter::default() };
    let sort = Sort { by: SortKey::Name, descending: false };
    match book
        .ask(&Query::Customers { as_of: None, filter, sort, columns: Vec::new(), offset: 0, limit: 10_000 }, day(TODAY))
    {
        Answer::Customers(list) => list,
        other => panic!("{other:?}"),
    }
}

/// How many stand at each of the view's places on one day, by the views of that day alone.
fn counts(book: &mut Book, as_of: Day, by: MovedBy) -> Vec<u64> {
    let as_of = Some(as_of);
    match by {
        MovedBy::Kotler => match book.ask(&Query::Kotler { as_of }, day(TODAY)) {
            Answer::Kotler(view) => view.groups.iter().map(|g| g.customers).collect(),
            other => panic!("{other:?}"),
        },
        MovedBy::Tier => match book.ask(&Query::Tiers { as_of }, day(TODAY)) {
            Answer::Tiers(view) => view.tiers.iter().map(|t| t.customers).collect(),
            other => panic!("{other:?}"),
        },
        MovedBy::Dormancy => match book.ask(&Query::Dormancy { as_of }, day(TODAY)) {
            Answer::Dormancy(view) => view.steps.iter().map(|s| s.customers).collect(),
            other => panic!("{other:?}"),
        },
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn flows_are_two_days_that_agree_with_their_own_views(
        steps in steps(80),
        later in steps(20),
        since in prop::sample::select(Since::ALL.to_vec()),
        by in prop::sample::select(MovedBy::ALL.to_vec()),
    ) {
        let mut book = Book::default();
        steps.iter().for_each(|step| step.apply(&mut book));
        moved(&mut book, since, by);
        // What is kept is brought up to date, not made anew.
        later.iter().for_each(|step| step.apply(&mut book));
        let view = moved(&mut book, since, by);
        let mut fresh = Book { data: book.data.clone(), ..Book::default() };
        prop_assert_eq!(&view, &moved(&mut fresh, since, by));

        prop_assert_eq!(view.flows.iter().map(|f| f.customers).sum::<u64>(), view.n);
        let (now, then) = (counts(&mut book, view.as_of, by), counts(&mut book, view.before, by));
        for (at, stand) in view.stands.iter().enumerate() {
            let of = |side: fn(&crate::engine::api::Flow) -> &Stand| {
                view.flows.iter().filter(|f| side(f) == stand).map(|f| f.customers).sum::<u64>()
            };
            prop_assert_eq!(of(|f| &f.to), now[at], "{:?} now", stand);
            prop_assert_eq!(of(|f| &f.from), then[at], "{:?} then", stand);
        }
        for flow in &view.flows {
            let filter = Moved { since, from: Some(flow.from.clone()), to: Some(flow.to.clone()) };
            let list = list(&mut book, filter);
            prop_assert_eq!(list.total, flow.customers);
            let profit: i64 = list.rows.iter().map(|row| row.metrics.profit_minor).sum();
            prop_assert_eq!(profit, flow.profit_minor);
        }
        let asleep = Moved { since, from: None, to: Some(Stand::Dormancy(Dormancy::Asleep)) };
        prop_assert_eq!(list(&mut book, asleep).total, view.fell_asleep);
        let went = view.flows.iter().filter(|f| f.from != f.to && f.from != Stand::NotYet).map(|f| f.customers).sum::<u64>();
        prop_assert_eq!(list(&mut book, Moved { since, from: None, to: Some(Stand::Other(by)) }).total, went);
        // The ladder of sleep counts the same movements.
        let Answer::Dormancy(ladder) = book.ask(&Query::Dormancy { as_of: None }, day(TODAY)) else { panic!() };
        for (way, down) in [(Stand::Worse as fn(MovedBy) -> Stand, true), (Stand::Better, false)] {
            let cells = (0..4).flat_map(|to| (0..4).map(move |from| (to, from)));
            let n: u64 = cells.filter(|(to, from)| if down { from < to } else { from > to }).map(|(to, from)| ladder.from[to][from]).sum();
            let moved = Moved { since: Since::Month, from: None, to: Some(way(MovedBy::Dormancy)) };
            prop_assert_eq!(list(&mut book, moved).total, n);
        }
        let new = view.flows.iter().filter(|f| f.from == Stand::NotYet).map(|f| f.customers).sum::<u64>();
        prop_assert_eq!(list(&mut book, Moved { since, from: Some(Stand::NotYet), to: None }).total, new);
    }
}

#[test]
fn who_bought_late_and_who_stayed_away() {
    let mut book = Book::default();
    // Ann (1) bought every twenty days and stopped; Bob (2) is new; Cas (3) goes on as before.
    let mut changes = Vec::new();
    for n in 0..6 {
        changes.extend(order(n, 1, Day(day("2023-12-02").0 + 20 * n.cast_signed()), "purchase", 9_000));
        changes.extend(order(100 + n, 3, Day(day("2024-02-01").0 + 30 * n.cast_signed()), "purchase", 100));
    }
    changes.extend(order(200, 2, day("2024-06-29"), "purchase", 1_000));
    for n in 1..=3 {
        changes.push(crate::engine::metrics::tests::set(
            crate::domain::Kind::Customer,
            customer_id(n),
            "key",
            n.to_string(),
        ));
    }
    book.apply(changes);
    let view = moved(&mut book, Since::Quarter, MovedBy::Dormancy);
    assert_eq!((view.before, view.as_of), (day("2024-03-30"), day("2024-06-30")));
    let flows: Vec<(Stand, Stand, u64)> =
        view.flows.iter().map(|f| (f.from.clone(), f.to.clone(), f.customers)).collect();
    let step = Stand::Dormancy;
    // On 30 March Ann was away for 19 days, less than one of her intervals.
    let want = [
        (step(Dormancy::Awake), step(Dormancy::Awake), 1),
        (step(Dormancy::Awake), step(Dormancy::Asleep), 1),
        (Stand::NotYet, step(Dormancy::Awake), 1),
    ];
    assert_eq!(flows, want);
    assert_eq!((view.fell_asleep, view.fell_asleep_minor), (1, 16_200));
    let by_group = moved(&mut book, Since::Quarter, MovedBy::Kotler);
    let fell = by_group.flows.iter().find(|f| f.potential_minor < f.potential_before_minor && f.from != f.to);
    assert!(
        fell.is_some_and(|f| f.from == Stand::Kotler(KotlerGroup::TrueFriend)
            && f.to == Stand::Kotler(KotlerGroup::Butterfly)
            && f.profit_minor == 16_200),
        "{by_group:?}"
    );
}

#[test]
fn arrows_begin_where_the_map_of_that_day_has_them() {
    let mut book = reference_book();
    let ask = |book: &mut Book, as_of: Day| match book.ask(&Query::Kotler { as_of: Some(as_of) }, as_of) {
        Answer::Kotler(view) => view,
        other => panic!("{other:?}"),
    };
    let as_of = day(TODAY);
    let drift = |book: &mut Book, group, limit| match book
        .ask(&Query::Drift { as_of: Some(as_of), since: Since::Quarter, group, limit }, as_of)
    {
        Answer::Drift(drifts) => drifts,
        other => panic!("{other:?}"),
    };
    let all = drift(&mut book, None, 1_000);
    assert!(all.len() > 10 && all.windows(2).all(|pair| pair[0].index < pair[1].index), "{}", all.len());
    assert_eq!(drift(&mut book, None, 5).len(), 5);
    let then = ask(&mut book, Since::Quarter.before(as_of));
    let number = |view: &crate::engine::api::KotlerView, at: usize| {
        f64::from_le_bytes(view.points[8 * at..8 * at + 8].try_into().unwrap())
    };
    let (n, now) = (then.n as usize, ask(&mut book, as_of));
    for one in &all {
        // They end where the map of today has the same customer.
        let (at, all_now) = (one.index as usize, now.n as usize);
        let here = (number(&now, at), number(&now, all_now + at));
        assert_eq!(here, (one.loyalty, one.profit_minor as f64), "{one:?}");
        match book.ask(&Query::KotlerPoint { as_of: Some(as_of), index: one.index }, as_of) {
            Answer::KotlerPoint(Some(point)) => assert_eq!(point.name, one.name),
            other => panic!("{other:?}"),
        }
        let place = (0..n).find(|&at| {
            number(&then, at) == one.loyalty_before && number(&then, n + at) == one.profit_before_minor as f64
        });
        assert!(place.is_some(), "{one:?}");
    }
    let of_groups: usize = KotlerGroup::ALL.iter().map(|g| drift(&mut book, Some(*g), 1_000).len()).sum();
    assert_eq!(of_groups, all.len());
}

#[test]
fn nothing_moves_in_an_empty_book_and_tiers_may_be_none() {
    for by in MovedBy::ALL {
        let view = moved(&mut Book::default(), Since::Month, by);
        assert_eq!((view.n, view.flows.len(), view.fell_asleep), (0, 0, 0));
    }
    let mut book = reference_book();
    book.setting("tiers", serde_json::json!([]));
    let view = moved(&mut book, Since::Year, MovedBy::Tier);
    assert!(view.n > 0 && view.flows.is_empty() && view.stands.is_empty());
}

/// Everybody who had bought stands somewhere; the last month is what the page of today says, an earlier one what it said then.
#[test]
fn the_mix_of_a_month_is_what_its_own_day_shows() {
    let mut book = reference_book();
    let today = day(TODAY);
    let mut ask = |as_of: Option<Day>, back| match book.ask(&Query::Mix(MixOf { as_of, back }), today) {
        Answer::Mix(view) => view,
        other => panic!("{other:?}"),
    };
    let days = ["2024-06-30", "2024-05-31", "2024-04-30"].map(day);
    for (back, end) in (0u32..).zip(days) {
        let view = ask(Some(today), back);
        assert_eq!(view.day, end);
        assert_eq!(view, ask(Some(end), 0), "{back}");
        for by in MovedBy::ALL {
            assert_eq!(view.of(by).iter().map(|s| s.1).sum::<u64>(), view.n, "{by:?}");
            assert!(view.of(by).iter().all(|s| s.0.by() == Some(by)));
        }
    }
    // Before the first purchase, and before all calendars.
    assert_eq!((ask(Some(today), 600).n, ask(Some(today), u32::MAX).n), (0, 0));
    let month = ask(Some(today), 1);
    let Answer::Kotler(kotler) = book.ask(&Query::Kotler { as_of: Some(days[1]) }, today) else { panic!() };
    for (stand, customers, profit_minor) in month.of(MovedBy::Kotler).iter().cloned() {
        let group = kotler.groups.iter().find(|g| Stand::Kotler(g.group) == stand).unwrap();
        assert_eq!((customers, profit_minor), (group.customers, group.profit_minor));
    }
}
