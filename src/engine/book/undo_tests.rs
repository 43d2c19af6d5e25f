//! Changes of one thing taken back one after the other, and an order that two devices make of one quote.

use super::merges::{book, merge, whole};
use super::records_tests::{add, save};
use super::tests::*;
use super::*;
use crate::domain::{CivilTime, Line, Value};
use crate::engine::api::{BulkChange, Chosen};
use crate::engine::testing::MemoryStore;

fn undo(book: &Tab, n: u64, seq: Option<Seq>) -> Result<Done, CommandError> {
    run(book, n, &Command::Undo { seq: seq.unwrap() })
}

fn value(book: &Tab, kind: Kind, id: Id, name: &str) -> Value {
    let data = book.data();
    let row = data.table(kind).row(id).unwrap();
    data.table(kind).field(name).map_or(Value::Null, |field| data.value(kind, row, field))
}

#[test]
fn edits_of_one_field_are_taken_back_and_made_again_one_after_the_other() {
    let book = open(&MemoryStore::default());
    let id = run(&book, 1, &named("Ann")).unwrap().id.unwrap();
    let names = ["Bea", "Cleo", "Dora"];
    let edits: Vec<_> = (2..).zip(names).map(|(n, name)| run(&book, n, &rename(id, name)).unwrap().seq).collect();
    let now = || value(&book, Kind::Customer, id, "name");
    let mut undone = Vec::new();
    for (n, (edit, left)) in (10..).zip([(edits[2], "Cleo"), (edits[1], "Bea"), (edits[0], "Ann")]) {
        undone.push(undo(&book, n, edit).unwrap().seq);
        assert_eq!(now(), left.into());
    }
    for (n, (undone, left)) in (20..).zip(undone.into_iter().rev().zip(names)) {
        undo(&book, n, undone).unwrap();
        assert_eq!(now(), left.into());
    }
    // A later word of a person stays.
    run(&book, 30, &rename(id, "Eve")).unwrap();
    assert_eq!(undo(&book, 31, edits[2]), Err(CommandError::NothingToUndo));
    assert_eq!(now(), "Eve".into());
    assert_reopens(&book);
}

#[test]
fn changes_to_many_are_taken_back_one_after_the_other() {
    let book = open(&MemoryStore::default());
    let ids = [1, 2].map(|n| add(&book, n, Kind::Customer, &[("name", "A".into())]));
    let tag = |n, tag: &str| {
        let change = BulkChange::Tags { add: vec![tag.to_owned()], remove: Vec::new() };
        run(&book, n, &Command::EditCustomers { chosen: Chosen::These(ids.to_vec()), change }).unwrap().seq
    };
    let (spring, vip) = (tag(10, "spring"), tag(11, "vip"));
    assert_eq!(undo(&book, 12, spring), Err(CommandError::NothingToUndo), "the tags were changed since");
    run(&book, 13, &save(Kind::Customer, Some(ids[0]), &[("tags", Value::Json(serde_json::json!(["own"])))])).unwrap();
    let done = undo(&book, 14, vip).unwrap();
    assert_eq!((done.records, done.kept), (1, 1));
    let done = undo(&book, 15, spring).unwrap();
    assert_eq!((done.records, done.kept), (1, 1));
    assert_eq!(value(&book, Kind::Customer, ids[0], "tags"), Value::Json(serde_json::json!(["own"])));
    assert_eq!(value(&book, Kind::Customer, ids[1], "tags"), Value::Null);
}

#[test]
fn a_merge_is_taken_back_after_an_edit_of_what_it_brought_was() {
    let (a, b) = (book(1), book(2));
    let id = run(&a, 1, &named("Ann")).unwrap().id.unwrap();
    merge(&b, 2, &whole(&a));
    run(&b, 3, &rename(id, "Anna")).unwrap();
    let merged = merge(&a, 4, &whole(&b)).seq;
    let edit = run(&a, 5, &rename(id, "Anne")).unwrap().seq;
    undo(&a, 6, edit).unwrap();
    assert_eq!(undo(&a, 7, merged).unwrap().kept, 0);
    assert_eq!(value(&a, Kind::Customer, id, "name"), "Ann".into());
}

#[test]
fn two_devices_that_take_different_versions_of_a_quote_make_one_order() {
    let (a, b) = (book(1), book(2));
    let ann = add(&a, 1, Kind::Customer, &[("name", "Ann".into())]);
    let offer = |total_minor| {
        let line = Line { product: None, quantity_milli: 1_000, unit_price_e4: total_minor * 100, total_minor };
        vec![("customer", ann.into()), ("at", Value::Int(1_690_000_000_000)), ("lines", vec![line].into())]
    };
    let first = add(&a, 2, Kind::Quote, &offer(500));
    merge(&b, 3, &whole(&a));
    let order = |book: &Tab, n, quote| {
        run(book, n, &Command::OrderOfQuote { quote, at: CivilTime(1_690_000_000_000) }).map(|done| done.id)
    };
    let mut cheaper = offer(400);
    cheaper.push(("first", first.into()));
    let second = add(&b, 4, Kind::Quote, &cheaper);
    let made = order(&a, 5, first).unwrap();
    assert_eq!(order(&b, 6, second).unwrap(), made);
    merge(&a, 7, &whole(&b));
    merge(&b, 8, &whole(&a));
    for book in [&a, &b] {
        assert_eq!(book.data().orders().live().count(), 1);
        assert_eq!(order(book, 9, first), Err(CommandError::OrderThere));
    }
}
