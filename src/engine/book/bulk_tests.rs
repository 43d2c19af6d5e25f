//! One change to many customers: one commit, taken back as one.

use super::records_tests::{add, save};
use super::tests::*;
use super::*;
use crate::domain::{Day, InvalidReason, Value};
use crate::engine::api::{BulkChange, Chosen, Filter, Invalid, SavedView};
use crate::engine::metrics::MetricsCache;
use crate::engine::query::name_chosen;
use crate::engine::testing::MemoryStore;
use crate::engine::update::views;

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|w| (*w).to_owned()).collect()
}

fn tag(ids: &[Id], add: &[&str], remove: &[&str]) -> Command {
    let change = BulkChange::Tags { add: words(add), remove: words(remove) };
    Command::EditCustomers { chosen: Chosen::These(ids.to_vec()), change }
}

fn set(ids: &[Id], field: &str, value: impl Into<Value>) -> Command {
    let change = BulkChange::Set { field: field.into(), value: value.into() };
    Command::EditCustomers { chosen: Chosen::These(ids.to_vec()), change }
}

fn value(book: &Tab, id: Id, name: &str) -> Value {
    let data = book.data();
    let row = data.customers().row(id).unwrap();
    data.value(Kind::Customer, row, data.customers().field(name).unwrap())
}

fn tags(book: &Tab, id: Id) -> Vec<String> {
    match value(book, id, "tags") {
        Value::Json(json) => serde_json::from_value(json).unwrap(),
        _ => Vec::new(),
    }
}

fn people(book: &Tab, names: &[&str]) -> Vec<Id> {
    (0..).zip(names).map(|(n, name)| add(book, n, Kind::Customer, &[("name", (*name).into())])).collect()
}

#[test]
fn tags_go_on_and_off_and_come_back_as_one() {
    let book = open(&MemoryStore::default());
    let ids = people(&book, &["Ann", "Bob", "Cy"]);
    run(&book, 10, &tag(&ids[..1], &["vip", " tea ", "vip"], &[])).unwrap();
    assert_eq!(tags(&book, ids[0]), ["vip", "tea"]);
    let before = picture(&book.data()).len();
    let done = run(&book, 11, &tag(&ids, &["spring", "vip"], &["tea", "none"])).unwrap();
    assert_eq!(done.records, 3);
    assert_eq!(
        ids.iter().map(|&id| tags(&book, id).join(" ")).collect::<Vec<_>>(),
        ["vip spring", "spring vip", "spring vip"]
    );
    let history = block_on_journal(&book);
    assert_eq!((history[0].records, history[0].subject.as_str()), (3, ""), "many have no name");
    assert_eq!(history[1].subject, "Ann");
    assert_reopens(&book);
    run(&book, 12, &Command::Undo { seq: done.seq.unwrap() }).unwrap();
    assert_eq!(ids.iter().map(|&id| tags(&book, id).join(" ")).collect::<Vec<_>>(), ["vip tea", "", ""]);
    assert!(picture(&book.data()).len() >= before);
    assert_eq!(run(&book, 13, &tag(&ids, &[], &["none"])).unwrap().seq, None, "nothing to change");
}

fn block_on_journal(book: &Tab) -> Vec<JournalRow> {
    crate::engine::testing::block_on(book.journal(0, 10)).unwrap()
}

#[test]
fn fields_are_judged_as_in_the_form() {
    let book = open(&MemoryStore::default());
    let ids = people(&book, &["Ann", "Bob"]);
    let phone = add(&book, 5, Kind::Customer, &[("phone", "13800138000".into())]);
    let refused = |command: &Command| match run(&book, 20, command) {
        Err(CommandError::Invalid { problems }) => problems.first().map(|Invalid { reason, .. }| *reason),
        other => unreachable!("{other:?}"),
    };
    let everyone = [ids[0], ids[1], phone];
    let cases = [
        (set(&ids, "stage", "growing"), None),
        (set(&ids, "stage", "asleep"), Some(InvalidReason::Unknown)),
        (set(&ids, "birthday", "31/02/1990"), Some(InvalidReason::NotADate)),
        (set(&ids, "name", "Same"), Some(InvalidReason::Unknown)),
        (set(&ids, "key", "K"), Some(InvalidReason::Unknown)),
        (set(&ids, "nonsense", "K"), Some(InvalidReason::Unknown)),
        (set(&ids, "referrer", Id(77)), Some(InvalidReason::Unknown)),
        (set(&ids, "consent_email", false), None),
        (set(&everyone, "phone", Value::Null), Some(InvalidReason::Required)),
        (set(&ids, "email", Value::Null), None),
        (tag(&ids, &[], &[]), Some(InvalidReason::Required)),
        (tag(&ids, &[&"x".repeat(500)], &[]), Some(InvalidReason::TooLong)),
    ];
    for (command, want) in cases {
        match want {
            None => drop(run(&book, 20, &command).unwrap()),
            Some(_) => assert_eq!(refused(&command), want, "{command:?}"),
        }
    }
    assert_eq!(value(&book, ids[1], "stage"), "growing".into());
    run(&book, 21, &set(&ids, "referrer", ids[0])).unwrap();
    assert_eq!(value(&book, ids[0], "referrer"), Value::Null, "nobody was brought by themselves");
    assert_eq!(value(&book, ids[1], "referrer"), ids[0].into());
}

#[test]
fn ten_thousand_are_one_entry_that_names_a_block() {
    let store = MemoryStore::default();
    let book = open(&store);
    let ids = people(&book, &["Ann"]);
    let more: Vec<Id> = (0..1_500u64).map(|n| add(&book, 100 + n, Kind::Customer, &[("name", "Bob".into())])).collect();
    let all: Vec<Id> = ids.iter().chain(&more).copied().collect();
    let owner = run(&book, 9_000, &set(&all, "owner", "李雷")).unwrap();
    assert_eq!(owner.records, 1_501);
    assert!(store.disk.borrow().journal.last().unwrap().len() < 1_000, "the changes lie in a block");
    assert_reopens(&book);
    run(&book, 9_001, &save(Kind::Customer, Some(ids[0]), &[("owner", "Ann’s own".into())])).unwrap();
    let back = run(&book, 9_002, &Command::Undo { seq: owner.seq.unwrap() }).unwrap();
    assert_eq!((back.records, back.kept), (1_500, 1));
    assert_eq!(value(&book, more[7], "owner"), Value::Null);
    let trash = Command::EditCustomers { chosen: Chosen::These(all.clone()), change: BulkChange::Trash };
    let gone = run(&book, 9_003, &trash).unwrap();
    assert_eq!(book.data().customers().live().count(), 0);
    assert_eq!(run(&book, 9_004, &set(&all, "owner", "x")).unwrap().seq, None, "who is in the trash is passed over");
    run(&book, 9_005, &Command::Undo { seq: gone.seq.unwrap() }).unwrap();
    assert_eq!(book.data().customers().live().count(), 1_501);
    assert_reopens(&book);
}

#[test]
fn all_that_match_are_told_by_the_filter() {
    let book = open(&MemoryStore::default());
    let ids = people(&book, &["Ann Lee", "Bob Lee", "Cy Dee"]);
    let filter = Box::new(Filter { search: "lee".into(), ..Filter::default() });
    let chosen = Chosen::Match { as_of: None, filter, except: vec![ids[1]] };
    let command = Command::EditCustomers { chosen, change: BulkChange::Tags { add: words(&["kin"]), remove: vec![] } };
    let named = name_chosen(&book.data(), &mut MetricsCache::default(), command.clone(), Day(19_700));
    assert_eq!(named, tag(&ids[..1], &["kin"], &[]));
    assert_eq!(run(&book, 30, &command), Err(CommandError::NotFound), "only the host knows who matches");
}

#[test]
fn views_are_saved_renamed_dropped_and_come_back() {
    let book = open(&MemoryStore::default());
    let view = |name: &str| SavedView {
        name: name.into(),
        address: "#/customers?tier=gold".into(),
        columns: words(&["name 150", "owner 90"]),
    };
    let names = |book: &Tab| views(&book.data()).into_iter().map(|(_, view)| view.name).collect::<Vec<_>>();
    let saved = run(&book, 1, &Command::SaveView { id: None, view: view(" Gold ") }).unwrap();
    let id = saved.id.unwrap();
    run(&book, 2, &Command::SaveView { id: None, view: view("Asleep") }).unwrap();
    assert_eq!(names(&book), ["Asleep", "Gold"]);
    assert_eq!(views(&book.data())[1], (id, view("Gold")));
    assert_eq!(block_on_journal(&book)[1].subject, "Gold");
    run(&book, 3, &Command::SaveView { id: Some(id), view: view("Best") }).unwrap();
    let dropped = run(&book, 4, &Command::DropView { id }).unwrap();
    assert_eq!(names(&book), ["Asleep"]);
    assert_eq!(run(&book, 5, &Command::SaveView { id: Some(id), view: view("x") }), Err(CommandError::NotFound));
    assert_eq!(run(&book, 5, &Command::DropView { id }), Err(CommandError::NotFound));
    run(&book, 6, &Command::Undo { seq: dropped.seq.unwrap() }).unwrap();
    assert_eq!(names(&book), ["Asleep", "Best"]);
    let refused = run(&book, 7, &Command::SaveView { id: None, view: view("  ") });
    assert!(matches!(refused, Err(CommandError::Invalid { .. })));
    assert_reopens(&book);
}
