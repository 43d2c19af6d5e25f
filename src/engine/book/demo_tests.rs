//! The demo beside what is somebody's own.

use super::tests::{assert_reopens, import, open, run};
use crate::domain::{Currency, CustomerProfile, Day, Kind, customer};
use crate::engine::api::{
    Answer, Column, Command, Figure, Filter, KotlerGroup, Language, Query, Rule, Sort, SortKey, Test,
};
use crate::engine::metrics::MetricsCache;
use crate::engine::query::answer;
use crate::engine::testing::{MemoryStore, saved};
use crate::files::orders::{ParsedCustomer, ParsedOrders};

const FILL: Command = Command::FillDemo { language: Language::Zh, today: Day(20_000), seed: 1 };

#[test]
fn somebody_real_of_the_same_name_is_not_of_the_demo() {
    let book = open(&MemoryStore::default());
    run(&book, 1, &FILL).unwrap();
    let name = book.data().customer_name(0).to_owned();
    let real = ParsedCustomer { key: name.clone(), name, ..Default::default() };
    let brought = import(&book, 2, ParsedOrders { customers: vec![real], ..Default::default() });
    assert_eq!(brought.0.customers.new, 1);
    run(&book, 3, &Command::ClearDemo).unwrap();
    assert_eq!(book.data().customers().live().count(), 1);
    assert_reopens(&book);
}

#[test]
fn who_stands_for_somebody_real_stays() {
    let book = open(&MemoryStore::default());
    run(&book, 1, &FILL).unwrap();
    let made_up = book.data().customers().id(0).unwrap();
    let ann = CustomerProfile { name: "Ann".into(), phone: "5550101".into(), ..Default::default() };
    let real = run(&book, 2, &saved(None, None, &ann)).unwrap().id.unwrap();
    let merge = Command::MergeCustomers { winner: made_up, losers: vec![real], picks: Vec::new() };
    let merged = run(&book, 3, &merge).unwrap().seq.unwrap();
    // What they bought since stays with them, and so does a currency to count it in.
    let mut order = crate::engine::query::order_draft(&book.data(), 0);
    order.number = "mine".into();
    order.customer = Some(made_up);
    order.currency = Currency::GBP;
    run(&book, 4, &Command::SaveOrder { id: None, seen: None, order, products: Vec::new(), fields: vec![] }).unwrap();
    run(&book, 5, &Command::ClearDemo).unwrap();
    let live: Vec<u32> = book.data().customers().live().collect();
    assert_eq!(live, [0]);
    assert_eq!((book.data().orders().live().count(), book.data().settings().currency), (1, Currency::GBP));
    run(&book, 6, &Command::Undo { seq: merged }).unwrap();
    let data = book.data();
    let row = data.find(real).filter(|(kind, _)| *kind == Kind::Customer).map(|(_, row)| row).unwrap();
    assert!(data.customers().is_live(row));
    assert_eq!(data.customers().text(row, customer::NAME), "Ann");
}

/// Whatever the day, whoever fills the demo finds somebody awake in each of Kotler's groups, and a forecast that was tested.
#[test]
fn every_day_has_somebody_in_each_group_and_a_forecast() {
    let awake = Rule::column(Column::Figure(Figure::Dormancy), Test::AnyOf(vec!["awake".to_owned()]));
    let sort = Sort { by: SortKey::Name, descending: false };
    let days = (0..12).map(|step| Day::parse_iso("2026-11-23").unwrap().0 + step * 31).map(Day);
    // Ends of quarters, festivals and the days after them, a leap day.
    let edges = [
        "2026-12-25",
        "2026-12-31",
        "2027-01-01",
        "2027-02-05",
        "2027-02-06",
        "2027-02-12",
        "2027-03-31",
        "2028-02-29",
    ];
    for (day, language) in days
        .chain(edges.into_iter().filter_map(Day::parse_iso))
        .flat_map(|day| [(day, Language::Zh), (day, Language::En)])
    {
        let book = open(&MemoryStore::default());
        run(&book, 1, &Command::FillDemo { language, today: day, seed: 20_260_501 }).unwrap();
        let mut cache = MetricsCache::default();
        let mut ask = |query: &Query| answer(&book.data(), &mut cache, query, day).unwrap();
        for group in [KotlerGroup::TrueFriend, KotlerGroup::Butterfly, KotlerGroup::Barnacle, KotlerGroup::Stranger] {
            let filter = Filter { kotler: Some(group), conditions: vec![awake.clone()], ..Filter::default() };
            let found = ask(&Query::CustomerIds { as_of: None, filter, sort, offset: 0, limit: 1 });
            assert!(matches!(found, Answer::Ids(ids) if !ids.is_empty()), "{day} {language:?} {group:?}");
        }
        let Answer::Worth(view) = ask(&Query::Worth { as_of: None, limit: 1 }) else { unreachable!() };
        let there = (view.misfit, view.equity.is_some(), view.hold_out.is_some(), view.related.is_some());
        assert_eq!(there, (None, true, true, true), "{day} {language:?}");
    }
}
