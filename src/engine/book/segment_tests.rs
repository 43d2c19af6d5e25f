//! Saved segments through the book.

use super::records_tests::add;
use super::tests::*;
use super::*;
use crate::domain::{Currency, Day, InvalidReason, Line, OrderDraft, OrderKind, Settings, Value, minor_of_e4, segment};
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

/// From yuan with two decimals to yen without: what is kept apart from its currency is not written anew, and means the same amounts.
#[test]
fn amounts_without_a_currency_stay_what_they_are_in_another_one() {
    let book = open(&MemoryStore::default());
    let wallet = Column::parse("wallet_e4").unwrap();
    let between = |column, from: i64, to: Option<i64>| Rule::column(column, Test::Between { from: Some(from), to });
    let profit = Column::Figure(Figure::Profit);
    let rule = Rule::All(vec![between(wallet, 5_000_000, None), between(profit, 3_000_000, Some(3_000_000))]);
    add(&book, 1, Kind::Customer, &[("name", "Ann".into()), ("wallet_e4", 20_000_000i64.into())]);
    add(&book, 2, Kind::Customer, &[("name", "Bob".into()), ("wallet_e4", 4_990_000i64.into())]);
    run(&book, 3, &save(None, None, &named("Rich", rule.clone()))).unwrap();
    let mut settings = book.data().settings().clone();
    (settings.keeping.win_e4, settings.kotler.profit_cut_e4) = (Some(605_000), Some(-25_000));
    run(&book, 4, &Command::SaveSettings { seen: None, settings: Box::new(settings) }).unwrap();
    for (n, code) in [(5, "CNY"), (7, "JPY"), (9, "KWD")] {
        let currency = Currency::parse(code).unwrap();
        let settings = Settings { currency, ..book.data().settings().clone() };
        run(&book, n, &Command::SaveSettings { seen: None, settings: Box::new(settings.clone()) }).unwrap();
        // A purchase of 1,000 in it, at the margin of 30 %.
        let total_minor = 1_000 * 10i64.pow(currency.decimals());
        let line = Line { product: None, quantity_milli: 1_000, unit_price_e4: 10_000_000, total_minor };
        let order = OrderDraft {
            number: String::new(),
            customer: book.data().customers().id(0),
            at: Day(19_600).start(),
            kind: OrderKind::Purchase,
            channel: String::new(),
            currency,
            lines: vec![line],
            note: String::new(),
        };
        run(&book, n + 1, &Command::SaveOrder { id: None, seen: None, order, products: vec![], fields: vec![] })
            .unwrap();
        assert_eq!(*book.data().settings(), settings, "{code}");
        assert_eq!((list(&book)[0].rule.clone(), list(&book)[0].customers), (rule.clone(), 1), "{code}");
        let mut cache = MetricsCache::default();
        let mut ask = |query| query::answer(&book.data(), &mut cache, &query, Day(19_700)).unwrap();
        let Answer::Kotler(kotler) = ask(Query::Kotler { as_of: None }) else { unreachable!() };
        assert_eq!(kotler.profit_cut_minor, minor_of_e4(-25_000, settings.currency), "{code}");
        let Answer::Retention(kept) = ask(Query::Retention { as_of: None, step: None }) else { unreachable!() };
        let wallets = [20_000_000, 4_990_000].map(|e4| minor_of_e4(e4, settings.currency));
        let wallet = kept.wallet;
        assert_eq!((wallet.n, wallet.wallet_minor, wallet.revenue_minor), (2, wallets[0] + wallets[1], total_minor));
    }
}
