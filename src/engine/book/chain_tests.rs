//! Whatever was done, taken back one after the other and made again one after the other.

use proptest::prelude::*;

use super::records_tests::save;
use super::tests::*;
use super::*;
use crate::domain::{CivilTime, Line, Value};
use crate::engine::api::{BulkChange, Chosen};
use crate::engine::testing::MemoryStore;

#[derive(Clone, Debug)]
enum Step {
    Add,
    Rename(usize),
    Tag(u8),
    City(u8),
    Trash(usize),
    Back(usize),
    Twins(usize, usize),
    Import(u8),
    Quote(usize),
    Order(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let at = || 0usize..6;
    prop_oneof![
        2 => Just(Step::Add),
        3 => at().prop_map(Step::Rename),
        2 => (0..3u8).prop_map(Step::Tag),
        2 => (0..3u8).prop_map(Step::City),
        2 => at().prop_map(Step::Trash),
        1 => at().prop_map(Step::Back),
        2 => (at(), at()).prop_map(|(a, b)| Step::Twins(a, b)),
        2 => (0..3u8).prop_map(Step::Import),
        2 => at().prop_map(Step::Quote),
        2 => at().prop_map(Step::Order),
    ]
}

/// What a person sees: live records with what they hold and refer to.
fn seen(book: &Tab) -> Vec<String> {
    let data = book.data();
    let mut lines = Vec::new();
    for &kind in Kind::ALL {
        let table = data.table(kind);
        for row in table.live() {
            for (field, name) in table.fields().filter(|(field, _)| *field != crate::domain::DELETED) {
                let value = data.value(kind, row, field);
                let meant = table.reference(row, field).and_then(|_| match value {
                    Value::Ref(id) => Some(data.standing_id(id)),
                    _ => None,
                });
                if value != Value::Null {
                    lines.push(format!("{kind:?} {} {name} {value:?} {meant:?}", table.ids()[row as usize]));
                }
            }
        }
    }
    lines.sort();
    lines
}

fn pick(book: &Tab, kind: Kind, at: usize) -> Option<Id> {
    let data = book.data();
    let live: Vec<Id> = data.table(kind).live().filter_map(|row| data.table(kind).id(row)).collect();
    (!live.is_empty()).then(|| live[at % live.len()])
}

fn command(book: &Tab, n: u64, step: &Step) -> Option<Command> {
    let customer = |at| pick(book, Kind::Customer, at);
    let all = || Chosen::These((0..4).filter_map(customer).collect());
    Some(match step {
        Step::Add => named(&format!("New {n}")),
        Step::Rename(at) => rename(customer(*at)?, &format!("Name {n}")),
        Step::Tag(tag) => {
            let change = BulkChange::Tags { add: vec![format!("t{tag}")], remove: vec![format!("t{}", (tag + 1) % 3)] };
            Command::EditCustomers { chosen: all(), change }
        }
        Step::City(city) => Command::EditCustomers {
            chosen: all(),
            change: BulkChange::Set {
                field: "city".into(),
                value: if *city == 0 { Value::Null } else { format!("City {city}").into() },
            },
        },
        Step::Trash(at) => Command::Delete { ids: vec![customer(*at)?] },
        Step::Back(at) => {
            let data = book.data();
            let gone: Vec<Id> = (0..data.customers().len())
                .filter(|row| data.customers().is_deleted(*row))
                .filter_map(|row| data.customers().id(row))
                .collect();
            Command::Restore { ids: vec![*gone.get(at % gone.len().max(1))?] }
        }
        Step::Twins(a, b) => {
            let (winner, loser) = (customer(*a)?, customer(*b)?);
            (winner != loser).then_some(Command::MergeCustomers { winner, losers: vec![loser], picks: Vec::new() })?
        }
        Step::Import(size) => {
            book.stage(file(u32::from(*size) + 2, u32::from(*size) * 2 + 3), "shop".into(), "a.csv".into());
            Command::CommitImport { keep: false }
        }
        Step::Quote(at) => {
            let line = Line { product: None, quantity_milli: 1_000, unit_price_e4: 50_000, total_minor: 500 };
            save(
                Kind::Quote,
                None,
                &[
                    ("customer", customer(*at)?.into()),
                    ("at", Value::Int(1_690_000_000_000)),
                    ("lines", vec![line].into()),
                ],
            )
        }
        Step::Order(at) => {
            Command::OrderOfQuote { quote: pick(book, Kind::Quote, *at)?, at: CivilTime(1_690_000_000_000) }
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn everything_is_taken_back_and_made_again(steps in prop::collection::vec(step(), 1..14)) {
        let book = open(&MemoryStore::default());
        let mut n = 1;
        let mut done: Vec<(Seq, Vec<String>, Step)> = Vec::new();
        let mut now = seen(&book);
        for step in &steps {
            n += 1;
            let Some(command) = command(&book, n, step) else { continue };
            if let Ok(Done { seq: Some(seq), .. }) = run(&book, n, &command) {
                done.push((seq, std::mem::replace(&mut now, seen(&book)), step.clone()));
            }
        }
        let mut again = Vec::new();
        for (seq, before, step) in done.into_iter().rev() {
            n += 1;
            let after = seen(&book);
            let undo = run(&book, n, &Command::Undo { seq });
            prop_assert!(undo.is_ok(), "{step:?} {undo:?}");
            prop_assert_eq!(seen(&book), before, "{:?}", step);
            again.push((undo.unwrap().seq.unwrap(), after, step));
        }
        for (seq, after, step) in again.into_iter().rev() {
            n += 1;
            let redo = run(&book, n, &Command::Undo { seq });
            prop_assert!(redo.is_ok(), "again {step:?} {redo:?}");
            prop_assert_eq!(seen(&book), after, "again {:?}", step);
        }
    }
}
