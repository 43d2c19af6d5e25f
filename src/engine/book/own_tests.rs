//! Custom fields: made, filled, searched, sent out and in, deleted while in use, given another type.

use serde_json::json;

use super::merges::{body, merge, whole};
use super::records_tests::{add, save};
use super::tests::*;
use super::*;
use crate::domain::{Day, InvalidReason, OwnField, OwnInput, Value};
use crate::engine::api::{
    Answer, Column, CustomerRow, Filter, Invalid, Query, RecordRow, Rule, Shown, Sort, SortKey, Test,
};
use crate::engine::metrics::MetricsCache;
use crate::engine::query;
use crate::engine::testing::MemoryStore;
use crate::files::orders::{ParsedOrders, ParsedRecord, ParsedRecords};

const EVIL: &str = "<img src=x onerror=alert(1)> \u{202e}王 🍵";

fn ask(book: &Tab, query: &Query) -> Answer {
    query::answer(&book.data(), &mut MetricsCache::default(), query, Day(19_700)).unwrap()
}

fn own(book: &Tab) -> Vec<OwnField> {
    match ask(book, &Query::OwnFields) {
        Answer::OwnFields(fields) => fields,
        other => unreachable!("{other:?}"),
    }
}

fn row(book: &Tab, id: Id) -> RecordRow {
    match ask(book, &Query::Record { id }) {
        Answer::Record(Some(row)) => *row,
        other => unreachable!("{other:?}"),
    }
}

fn value(book: &Tab, id: Id, field: Id) -> Value {
    let name = crate::domain::custom_name(field);
    row(book, id).values.into_iter().find(|(n, _)| *n == name).map_or(Value::Null, |(_, v)| v)
}

fn found(book: &Tab, search: &str) -> Vec<CustomerRow> {
    let filter = Filter { search: search.into(), ..Filter::default() };
    let sort = Sort { by: SortKey::Match, descending: true };
    let columns: Vec<Column> = own(book).iter().map(|field| Column::Own(field.id)).collect();
    match ask(book, &Query::Customers { as_of: None, filter, sort, columns, offset: 0, limit: 9 }) {
        Answer::Customers(list) => list.rows,
        other => unreachable!("{other:?}"),
    }
}

fn define(book: &Tab, n: u64, name: &str, input: &str, more: &[(&str, Value)]) -> Id {
    let mut fields = vec![("of", "customer".into()), ("name", name.into()), ("input", input.into())];
    fields.extend(more.iter().cloned());
    add(book, n, Kind::CustomField, &fields)
}

fn fill(book: &Tab, n: u64, id: Id, field: Id, value: Value) -> Result<Done, CommandError> {
    run(book, n, &save(Kind::Customer, Some(id), &[(&crate::domain::custom_name(field), value)]))
}

fn names(book: &Tab) -> Vec<String> {
    own(book).into_iter().map(|f| f.name).collect()
}

#[test]
fn fields_of_every_type_hold_what_fits_them() {
    let book = open(&MemoryStore::default());
    let (ann, bob) = (
        add(&book, 1, Kind::Customer, &[("name", "Ann".into())]),
        add(&book, 2, Kind::Customer, &[("name", "Bob".into())]),
    );
    let choices = || [("choices", Value::Json(json!(["red", "绿"])))];
    let fields = [
        (define(&book, 10, EVIL, "text", &[]), EVIL.into(), EVIL.into()),
        (define(&book, 11, "Size", "number", &[]), Value::Int(425_000), Value::Int(425_000)),
        (define(&book, 12, "Budget", "money", &[]), Value::Int(-99_900), Value::Int(-99_900)),
        (define(&book, 13, "Since", "date", &[]), "1988/5/20".into(), "1988-05-20".into()),
        (define(&book, 14, "Colour", "choice", &choices()), "绿".into(), "绿".into()),
        (
            define(&book, 15, "Colours", "many", &choices()),
            Value::Json(json!(["绿", "绿"])),
            Value::Json(json!(["绿"])),
        ),
        (define(&book, 16, "Vip", "yes_no", &[]), Value::Bool(true), Value::Bool(true)),
        (define(&book, 17, "Friend", "link", &[("target", "customer".into())]), bob.into(), bob.into()),
    ];
    for (n, (field, typed, want)) in (20..).zip(&fields) {
        let done = fill(&book, n, ann, *field, typed.clone()).unwrap();
        assert_eq!(value(&book, ann, *field), *want);
        run(&book, n + 100, &Command::Undo { seq: done.seq.unwrap() }).unwrap();
        assert_eq!(value(&book, ann, *field), Value::Null);
        fill(&book, n + 200, ann, *field, typed.clone()).unwrap();
    }
    // Links by name; two who link to each other are no trouble.
    fill(&book, 40, bob, fields[7].0, ann.into()).unwrap();
    assert!(row(&book, ann).names.contains(&(bob, "Bob".to_owned())));
    let listed = found(&book, "Ann");
    assert_eq!(listed[0].values.iter().filter(|(_, value)| *value != Value::Null).count(), 8);
    assert!(listed[0].values.contains(&(Column::Own(fields[7].0), "Bob".into())));
    let refuse = |n, field, value| match fill(&book, n, ann, field, value) {
        Err(CommandError::Invalid { problems }) => {
            problems.into_iter().map(|Invalid { reason, .. }| reason).collect::<Vec<_>>()
        }
        other => unreachable!("{other:?}"),
    };
    assert_eq!(refuse(50, fields[4].0, "blue".into()), [InvalidReason::Unknown]);
    assert_eq!(refuse(51, fields[7].0, Id(999).into()), [InvalidReason::Unknown]);
    assert_eq!(refuse(52, fields[0].0, "x".repeat(10_001).into()), [InvalidReason::TooLong]);
    assert_eq!(refuse(53, Id(998), "x".into()), [InvalidReason::Unknown]);
    // A list without choices is none.
    let bare =
        save(Kind::CustomField, None, &[("of", "customer".into()), ("name", "x".into()), ("input", "many".into())]);
    assert!(matches!(run(&book, 54, &bare), Err(CommandError::Invalid { problems }) if problems[0].field == "choices"));
    // Who becomes one takes the values along, and no link to oneself.
    let merge = Command::MergeCustomers { winner: bob, losers: vec![ann], picks: Vec::new() };
    run(&book, 60, &merge).unwrap();
    assert_eq!(value(&book, bob, fields[1].0), Value::Int(425_000));
    assert_eq!(value(&book, bob, fields[7].0), bob.into(), "as written: it led to Ann");
    assert_reopens(&book);
}

#[test]
fn a_field_deleted_while_in_use_hides_its_values_and_brings_them_back() {
    let book = open(&MemoryStore::default());
    let ann = add(&book, 1, Kind::Customer, &[("name", "Ann".into())]);
    let pet = define(&book, 2, "Pet", "text", &[]);
    fill(&book, 3, ann, pet, "a red parrot".into()).unwrap();
    assert_eq!(found(&book, "parrot").len(), 1);
    assert_eq!(found(&book, "parrot")[0].found.as_ref().unwrap().detail.as_ref().unwrap().text, "a red parrot");
    let mut cache = MetricsCache::default();
    let count = |cache: &mut MetricsCache| {
        let filter = Filter { search: "parrot".into(), ..Filter::default() };
        let sort = Sort { by: SortKey::Match, descending: true };
        let query = Query::Customers { as_of: None, filter, sort, columns: Vec::new(), offset: 0, limit: 9 };
        match query::answer(&book.data(), cache, &query, Day(19_700)).unwrap() {
            Answer::Customers(list) => list.total,
            other => unreachable!("{other:?}"),
        }
    };
    assert_eq!(count(&mut cache), 1);
    let gone = run(&book, 4, &Command::Delete { ids: vec![pet] }).unwrap();
    cache.touched(&super::super::dataset::Touched { kinds: vec![Kind::CustomField], ..Default::default() });
    assert_eq!((count(&mut cache), value(&book, ann, pet), names(&book).len()), (0, Value::Null, 0));
    assert!(fill(&book, 5, ann, pet, "a cat".into()).is_err(), "nobody fills a field that is not there");
    run(&book, 6, &Command::Undo { seq: gone.seq.unwrap() }).unwrap();
    cache.touched(&super::super::dataset::Touched { kinds: vec![Kind::CustomField], ..Default::default() });
    assert_eq!((count(&mut cache), value(&book, ann, pet)), (1, "a red parrot".into()));
    assert_reopens(&book);
}

#[test]
fn another_type_keeps_what_does_not_convert() {
    let book = open(&MemoryStore::default());
    let (ann, bob) = (
        add(&book, 1, Kind::Customer, &[("name", "Ann".into())]),
        add(&book, 2, Kind::Customer, &[("name", "Bob".into())]),
    );
    let size = define(&book, 3, "Size", "text", &[]);
    fill(&book, 4, ann, size, "42.5".into()).unwrap();
    fill(&book, 5, bob, size, "about 40".into()).unwrap();
    let change = |n, input: &str, more: &[(&str, Value)]| {
        let mut fields = vec![("input", input.into())];
        fields.extend(more.iter().cloned());
        run(&book, n, &save(Kind::CustomField, Some(size), &fields)).unwrap();
    };
    change(6, "number", &[]);
    let field = own(&book).remove(0);
    assert_eq!((field.input, value(&book, ann, size)), (OwnInput::Number, Value::Int(425_000)));
    let odd = value(&book, bob, size);
    assert_eq!((odd.clone(), field.fits(&odd)), ("about 40".into(), false));
    // Another field of the same customer is saved without touching it.
    run(&book, 7, &save(Kind::Customer, Some(bob), &[("city", "Wuhan".into())])).unwrap();
    fill(&book, 8, ann, size, Value::Int(430_000)).unwrap();
    change(9, "link", &[("target", "customer".into())]);
    assert_eq!([value(&book, ann, size), value(&book, bob, size)], ["43".into(), "about 40".into()]);
    fill(&book, 10, ann, size, bob.into()).unwrap();
    change(11, "text", &[]);
    assert_eq!([value(&book, ann, size), value(&book, bob, size)], ["Bob".into(), "about 40".into()]);
}

#[test]
fn fields_stand_in_their_order_and_travel_with_their_values() {
    let book = open(&MemoryStore::default());
    let ann = add(&book, 1, Kind::Customer, &[("name", "Ann".into())]);
    let [a, b, c] = [(2, "a"), (3, "b"), (4, "c")].map(|(n, name)| define(&book, n, name, "text", &[]));
    assert_eq!(names(&book), ["a", "b", "c"]);
    run(&book, 5, &Command::Arrange { ids: vec![c, a, b] }).unwrap();
    assert_eq!(names(&book), ["c", "a", "b"]);
    assert_eq!(run(&book, 6, &Command::Arrange { ids: vec![ann] }), Err(CommandError::NotFound));
    fill(&book, 7, ann, b, EVIL.into()).unwrap();
    let other = open(&MemoryStore::default());
    merge(&other, 8, &whole(&book));
    assert_eq!((names(&other), value(&other, ann, b)), (names(&book), EVIL.into()));
    assert!(body(&other) == body(&book), "the same bytes");
    assert_reopens(&other);
}

#[test]
fn a_file_fills_own_fields_once() {
    let book = open(&MemoryStore::default());
    let size = define(&book, 1, "Size", "number", &[]);
    let name = crate::domain::custom_name(size);
    let file = |cells: &[(&str, &str)]| {
        let field = own(&book).remove(0);
        let record = |(row, (key, cell)): (u64, &(&str, &str))| ParsedRecord {
            row,
            key: (*key).into(),
            numbered: true,
            fields: vec![("name".into(), (*key).into()), (name.clone(), field.parse(cell).unwrap())],
            ..Default::default()
        };
        let records = (2..).zip(cells).map(record).collect();
        ParsedOrders { records: ParsedRecords { kind: Some(Kind::Customer), records }, ..Default::default() }
    };
    let id = |key: &str| Id::from_key(Kind::Customer, "shop", key);
    let (staged, _) = import(&book, 2, file(&[("A", "1,5"), ("B", "")]));
    assert_eq!(staged.customers.new, 2);
    assert_eq!((value(&book, id("A"), size), value(&book, id("B"), size)), (Value::Int(15_000), Value::Null));
    assert_eq!(import(&book, 3, file(&[("A", "1.5"), ("B", "2")])).0.customers.updated, 1);
    assert_eq!(value(&book, id("B"), size), Value::Int(20_000));
    fill(&book, 4, id("A"), size, Value::Int(70_000)).unwrap();
    let (staged, _) = import(&book, 5, file(&[("A", "8"), ("B", "2")]));
    assert_eq!((staged.conflicts_total, staged.conflicts[0].field.as_str()), (1, name.as_str()));
    let conflict = &staged.conflicts[0];
    assert_eq!(
        (conflict.label.as_str(), &conflict.typed, &conflict.file),
        ("Size", &Shown::Number(7.0), &Shown::Number(8.0))
    );
    assert_eq!(value(&book, id("A"), size), Value::Int(80_000), "the file’s word was asked for");
    assert_reopens(&book);
}

#[test]
fn a_renamed_choice_takes_its_values_along() {
    let book = open(&MemoryStore::default());
    let choices = |words: &[&str]| ("choices", Value::Json(words.to_vec().into()));
    let colour = define(&book, 1, "Colour", "choice", &[choices(&["red", "green"])]);
    let ann = add(&book, 2, Kind::Customer, &[("name", "Ann".into())]);
    fill(&book, 3, ann, colour, "red".into()).unwrap();
    let change = |n, words: &[&str]| run(&book, n, &save(Kind::CustomField, Some(colour), &[choices(words)]));
    change(4, &["crimson", "green"]).unwrap();
    assert_eq!(value(&book, ann, colour), "crimson".into());
    assert_eq!((found(&book, "crimson").len(), found(&book, "red").len()), (1, 0));
    // A saved rule that asked for the old name finds who has it, and so does the new one.
    let of = |word: &str| {
        let test = Test::AnyOf(vec![word.to_owned()]);
        let filter = Filter { conditions: vec![Rule::column(Column::Own(colour), test)], ..Filter::default() };
        let query = Query::Customers {
            as_of: None,
            filter,
            sort: Sort { by: SortKey::Name, descending: false },
            offset: 0,
            limit: 9,
            columns: vec![],
        };
        let Answer::Customers(list) = ask(&book, &query) else { unreachable!() };
        list.total
    };
    assert_eq!((of("red"), of("crimson"), of("green"), of("Crimson")), (1, 1, 0, 0), "a choice is itself alone");
    // A file that has not heard of it says nothing new, and its word is taken for a new record.
    let file = |key: &str, word: &str| {
        let fields = vec![
            ("name".into(), "Ann".into()),
            (crate::domain::custom_name(colour), own(&book).remove(0).parse(word).unwrap()),
        ];
        let record = ParsedRecord { row: 2, key: key.into(), numbered: true, fields, ..Default::default() };
        ParsedOrders {
            records: ParsedRecords { kind: Some(Kind::Customer), records: vec![record] },
            ..Default::default()
        }
    };
    import(&book, 5, file("A", "red"));
    change(6, &["scarlet", "green"]).unwrap();
    assert_eq!(import(&book, 7, file("A", "crimson")).1.seq, None);
    let id = Id::from_key(Kind::Customer, "shop", "A");
    assert_eq!(value(&book, id, colour), "scarlet".into());
    // An old name for another choice would take the values of the one that stays.
    let refused = change(8, &["scarlet", "green", "red"]);
    assert_eq!(refused, super::tests::problem("choices", InvalidReason::EarlierName));
    let back = change(9, &["red", "green"]).unwrap();
    assert_eq!((value(&book, ann, colour), value(&book, id, colour)), ("red".into(), "red".into()));
    run(&book, 10, &Command::Undo { seq: back.seq.unwrap() }).unwrap();
    assert_eq!(value(&book, ann, colour), "scarlet".into());
    assert_reopens(&book);
}
