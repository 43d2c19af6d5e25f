//! Saved segments through the book.

use super::records_tests::add;
use super::tests::*;
use super::*;
use crate::domain::{Currency, Day, InvalidReason, Value, customer, segment};
use crate::engine::api::{Answer, Column, Figure, Query, Rule, RuleFlaw, SegmentDraft, SegmentRow, Test};
use crate::engine::metrics::MetricsCache;
use crate::engine::query;
use crate::engine::testing::MemoryStore;

fn named(name: &str, rule: Rule) -> SegmentDraft {
    SegmentDraft { name: name.into(), note: String::new(), rule }
}

fn save(id: Option<Id>, seen: Option<&SegmentDraft>, draft: &SegmentDraft) -> Command {
    Command::SaveSegment { id, seen: seen.cloned().map(Box::new), segment: Box::new(draft.clone()) }
}

fn list(book: &Tab) -> Vec<SegmentRow> {
    let query = Query::Segments { as_of: None };
    match query::answer(&book.data(), &mut MetricsCache::default(), &query, Day(19_700)) {
        Some(Answer::Segments(list)) => list.segments,
        other => unreachable!("{other:?}"),
    }
}

fn reasons(done: Result<Done, CommandError>) -> Vec<(String, InvalidReason)> {
    match done {
        Err(CommandError::Invalid { problems }) => problems.into_iter().map(|p| (p.field, p.reason)).collect(),
        other => unreachable!("{other:?}"),
    }
}

#[test]
fn segments_are_saved_changed_taken_back_and_build_upon_each_other() {
    let book = open(&MemoryStore::default());
    add(&book, 1, Kind::Customer, &[("name", "Ann".into()), ("city", "Xi'an".into())]);
    add(&book, 2, Kind::Customer, &[("name", "Bob".into())]);
    let city = Rule::column(Column::parse("city").unwrap(), Test::Filled);
    let first = named(" From a city ", city.clone());
    let one = run(&book, 3, &save(None, None, &first)).unwrap().id.unwrap();
    let rows = list(&book);
    assert_eq!((rows[0].name.as_str(), rows[0].customers, &rows[0].rule), ("From a city", 1, &city));
    let two = run(&book, 4, &save(None, None, &named("Others", Rule::None(vec![Rule::segment(one)])))).unwrap();
    let two_id = two.id.unwrap();
    assert_eq!(list(&book).iter().map(|row| row.customers).collect::<Vec<_>>(), [1, 1]);

    // Round and round is refused, nothing at all too.
    let loops = save(Some(one), None, &named("From a city", Rule::Any(vec![city.clone(), Rule::segment(two_id)])));
    assert_eq!(reasons(run(&book, 5, &loops)), [("rule".to_owned(), InvalidReason::Loop)]);
    let nothing = save(None, None, &named(" ", Rule::All(vec![Rule::everybody()])));
    let want = [("name".to_owned(), InvalidReason::Required), ("rule".to_owned(), InvalidReason::Required)];
    assert_eq!(reasons(run(&book, 6, &nothing)), want);
    let deep = (0..9).fold(city.clone(), |inner, _| Rule::Any(vec![inner]));
    assert_eq!(
        reasons(run(&book, 6, &save(None, None, &named("x", deep)))),
        [("rule".to_owned(), InvalidReason::TooLong)]
    );

    // A form that changed the name leaves the rule that another tab saved meanwhile.
    let seen = named("From a city", city.clone());
    let profit = Rule::column(Column::Figure(Figure::Profit), Test::Empty);
    run(&book, 7, &save(Some(one), Some(&seen), &named("From a city", profit.clone()))).unwrap();
    let done = run(&book, 8, &save(Some(one), Some(&seen), &named("Town", city))).unwrap();
    assert_eq!((list(&book)[1].name.as_str(), &list(&book)[1].rule), ("Town", &profit));
    run(&book, 9, &Command::Undo { seq: done.seq.unwrap() }).unwrap();
    assert_eq!(list(&book)[0].name, "From a city");

    // To the trash and back.
    run(&book, 10, &Command::Delete { ids: vec![one] }).unwrap();
    assert_eq!((list(&book).len(), list(&book)[0].flaws.as_slice()), (1, [RuleFlaw::Missing].as_slice()));
    run(&book, 11, &Command::Restore { ids: vec![one] }).unwrap();
    assert_eq!(list(&book).len(), 2);
    assert_reopens(&book);
}

#[test]
fn the_rule_of_a_later_version_outlives_a_new_name() {
    let book = open(&MemoryStore::default());
    add(&book, 1, Kind::Customer, &[("name", "Ann".into())]);
    let done = run(
        &book,
        2,
        &save(None, None, &named("Full moon", Rule::Any(vec![Rule::column(Column::NAME, Test::Filled)]))),
    );
    let id = done.unwrap().id.unwrap();
    let later = r#"{"any": [{"moon": {"phase": "full"}}, {"column": {"column": "name", "test": "filled"}}]}"#;
    let change =
        crate::domain::Change { kind: Kind::Segment, id, field: "rule".into(), value: later.into(), was: Value::Null };
    let mut data = book.data().clone();
    let stamp = crate::domain::Stamp { time: u64::MAX >> 1, device: crate::domain::DeviceId(77) };
    let origin = crate::domain::Origin::Hand { what: crate::domain::Action::Edit(Kind::Segment) };
    let set = crate::domain::ChangeSet { stamp, origin, changes: vec![change], blocks: vec![] };
    data.apply(&set, data.seq() + 1, &[]).unwrap();
    let row = data.table(Kind::Segment).row(id).unwrap();
    let read = crate::engine::segment::read_rule(data.table(Kind::Segment).text(row, segment::RULE));
    assert_eq!(read.leaves().len(), 2);
    let plan = crate::engine::update::plan(
        &data,
        &save(Some(id), None, &SegmentDraft { name: "Moon".into(), note: String::new(), rule: read }),
        &Ctx { now_ms: 5, random: 5 },
    );
    let fields: Vec<String> = plan.unwrap().changes.into_iter().map(|c| c.field).collect();
    assert_eq!(fields, ["name"], "to the letter, blanks too");
}

/// From yuan with two decimals to yen without: a rule, what was noted of customers and a setting mean the same amounts, in one
/// commit that is taken back as one.
#[test]
fn amounts_of_rules_stay_what_they_are_in_another_currency() {
    let book = open(&MemoryStore::default());
    let wallet = Column::parse("wallet_minor").unwrap();
    let between = |column, from: i64, to: Option<i64>| Rule::column(column, Test::Between { from: Some(from), to });
    let rule = |from: i64, to: i64, wallet_from: i64| {
        Rule::All(vec![
            Rule::None(vec![between(Column::Figure(Figure::Profit), from, Some(to))]),
            between(wallet, wallet_from, None),
            between(Column::Figure(Figure::Purchases), 0, Some(100)),
        ])
    };
    add(&book, 1, Kind::Customer, &[("name", "Ann".into()), ("wallet_minor", 50_000.into())]);
    add(&book, 2, Kind::Customer, &[("name", "Bob".into()), ("wallet_minor", 49_900.into())]);
    add(&book, 3, Kind::Customer, &[("name", "Cyd".into())]);
    run(&book, 4, &save(None, None, &named("Rich", rule(100_050, 200_000, 50_000)))).unwrap();
    assert_eq!(list(&book)[0].customers, 1);
    let turn_to = |n: u64, code: &str| {
        let mut settings = book.data().settings().clone();
        settings.currency = Currency::parse(code).unwrap();
        run(&book, n, &Command::SaveSettings { seen: None, settings: Box::new(settings) })
    };
    let mut settings = book.data().settings().clone();
    (settings.keeping.win_minor, settings.kotler.profit_cut_minor) = (Some(6_050), Some(-250));
    run(&book, 5, &Command::SaveSettings { seen: None, settings: Box::new(settings) }).unwrap();
    let done = turn_to(6, "JPY").unwrap();
    let now = |book: &Tab| {
        let wallets = [0, 1].map(|row| book.data().customers().int(row, customer::WALLET_MINOR));
        let settings = book.data().settings().clone();
        (
            list(book)[0].rule.clone(),
            list(book)[0].customers,
            wallets,
            settings.keeping.win_minor,
            settings.kotler.profit_cut_minor,
        )
    };
    assert_eq!(now(&book), (rule(1_001, 2_000, 500), 1, [Some(500), Some(499)], Some(61), Some(-3)));
    // Of the same decimals: nothing but the currency is written.
    let same = turn_to(7, "KRW").unwrap();
    assert_eq!(now(&book).0, rule(1_001, 2_000, 500));
    run(&book, 8, &Command::Undo { seq: same.seq.unwrap() }).unwrap();
    run(&book, 9, &Command::Undo { seq: done.seq.unwrap() }).unwrap();
    assert_eq!(now(&book), (rule(100_050, 200_000, 50_000), 1, [Some(50_000), Some(49_900)], Some(6_050), Some(-250)));
    assert_eq!(book.data().settings().currency.code(), "CNY");
}

/// A bound that cannot be said in whole yen lets in nobody whom it kept out.
#[test]
fn bounds_are_drawn_inwards() {
    let profit = |from, to| Rule::column(Column::Figure(Figure::Profit), Test::Between { from, to });
    for ((from, to), want) in [
        ((Some(1), None), (Some(1), None)),
        ((Some(10_049), Some(10_050)), (Some(101), Some(100))),
        ((Some(-1), Some(-1)), (Some(0), Some(-1))),
        ((Some(10_000), Some(20_000)), (Some(100), Some(200))),
    ] {
        assert_eq!(profit(from, to).in_decimals(2, 0), profit(want.0, want.1));
    }
    assert_eq!(profit(Some(5), Some(7)).in_decimals(0, 2), profit(Some(500), Some(700)));
}
