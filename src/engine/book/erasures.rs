//! Erasing for good: nothing is left, nothing comes back, and a crash leaves all or nothing.

use super::merges::{body, book, customer_id, import, merge, offer, whole};
use super::tests::{Tab, assert_reopens, compact, ctx, named, names, open, picture, run};
use super::*;
use crate::domain::{CivilTime, CustomerProfile, InteractionChannel, InteractionDraft, OrderDraft, Value, order};
use crate::engine::api::Pick;
use crate::engine::testing::{Disk, Fault, MemoryStore, block_on};

/// Every word that would tell who it was.
const TRACES: [&str; 7] =
    ["Zaphod", "13800138000", "betelgeuse", "two heads", "heart of gold", "trillian@earth.example", "improbable"];

fn note(book: &Tab, n: u64, customer: Id, text: &str) -> Id {
    let interaction = InteractionDraft {
        customer,
        at: CivilTime(1_600_000_000_000),
        channel: InteractionChannel::Phone,
        inbound: true,
        note: text.into(),
        mood: None,
        staff: String::new(),
    };
    run(book, n, &Command::LogInteraction { id: None, seen: None, interaction }).unwrap().id.unwrap()
}

/// A book in which one customer has left traces everywhere: in what a file brought, in edits, notes, links, orders, a merge of
/// duplicates, things deleted and things taken back; part of it compacted.
fn with_traces() -> (Tab, Id) {
    let book = book(1);
    import(&book, 1, 3, 6);
    let id = customer_id(1);
    let profile = CustomerProfile {
        key: "c1".into(),
        name: "Zaphod".into(),
        phone: "13800138000".into(),
        city: "betelgeuse".into(),
        ..Default::default()
    };
    run(&book, 2, &Command::SaveCustomer { id: Some(id), seen: None, profile: profile.clone() }).unwrap();
    compact(&book, 3);
    note(&book, 4, id, "two heads");
    let gone = note(&book, 5, id, "heart of gold");
    run(&book, 6, &Command::Delete { ids: vec![gone] }).unwrap();
    let email = CustomerProfile { email: "trillian@earth.example".into(), ..profile.clone() };
    let seq = run(&book, 7, &Command::SaveCustomer { id: Some(id), seen: None, profile: email }).unwrap().seq.unwrap();
    run(&book, 8, &Command::Undo { seq }).unwrap();
    let twin = run(&book, 9, &named("Zaphod B.")).unwrap().id.unwrap();
    note(&book, 10, twin, "Zaphod called");
    run(
        &book,
        11,
        &Command::MergeCustomers { winner: id, losers: vec![twin], picks: vec![("name".into(), Pick::From(twin))] },
    )
    .unwrap();
    let theirs = {
        let data = book.data();
        let orders = data.orders();
        let row =
            orders.live().find(|&row| orders.reference(row, order::CUSTOMER) == data.customers().row(id)).unwrap();
        (orders.id(row).unwrap(), crate::engine::query::order_draft(&data, row))
    };
    let order = OrderDraft { note: "improbable".into(), ..theirs.1 };
    run(
        &book,
        12,
        &Command::SaveOrder { id: Some(theirs.0), seen: None, order, fields: Vec::new(), products: Vec::new() },
    )
    .unwrap();
    let brought = vec![("referrer".to_owned(), Value::Ref(id))];
    run(
        &book,
        13,
        &Command::SaveRecord { kind: Kind::Customer, id: Some(customer_id(2)), fields: brought, products: Vec::new() },
    )
    .unwrap();
    (book, id)
}

fn traces(disk: &Disk) -> Vec<&'static str> {
    let manifest = disk.manifest.iter().map(String::as_bytes);
    let all = || disk.journal.iter().chain(disk.blocks.values()).map(Vec::as_slice).chain(manifest.clone());
    let holds = |word: &str| all().any(|bytes| memchr::memmem::find(bytes, word.as_bytes()).is_some());
    TRACES.into_iter().filter(|word| holds(word)).collect()
}

fn erase(id: Id, orders: bool) -> Command {
    Command::Erase { ids: vec![id], orders }
}

#[test]
fn nothing_is_left_but_ids_and_sales_to_nobody() {
    for orders in [false, true] {
        let (book, id) = with_traces();
        assert_eq!(traces(&book.store().disk.borrow()).len(), TRACES.len(), "the test looks for what is there");
        let before = {
            let data = book.data();
            let total: i64 = data.orders().live().map(|row| data.orders().lines_of(row).total_minor()).sum();
            (data.orders().live().count(), total)
        };
        let last = book.head().seq;
        assert_eq!(run(&book, 20, &erase(id, orders)).unwrap().seq, Some(last + 1));
        assert_eq!(traces(&book.store().disk.borrow()), Vec::<&str>::new());
        let left = exported(&book);
        assert!(TRACES.iter().all(|word| !left.contains(word)), "nor in a file for colleagues");
        assert_reopens(&book);
        compact(&book, 21);
        assert_reopens(&book);
        assert_eq!(names(&book.data()), ["c0", "c2"]);
        let data = book.data();
        let total: i64 = data.orders().live().map(|row| data.orders().lines_of(row).total_minor()).sum();
        let after = (data.orders().live().count(), total);
        assert_eq!(after == before, !orders, "{before:?} {after:?}");
        assert_eq!(data.interactions().live().count(), 0);
        let nobodys = |row: &u32| data.orders().reference(*row, order::CUSTOMER).is_none();
        assert_eq!(data.orders().live().filter(nobodys).count(), if orders { 0 } else { 2 });
        drop(data);
        // Nothing brings them back: no undo, no restoring, no edit, no earlier value, no file.
        let others = 22..;
        for (n, seq) in others.zip(1..=book.head().seq) {
            let _ = run(&book, n, &Command::Undo { seq });
        }
        for command in [
            Command::Restore { ids: vec![id] },
            Command::RestoreValue { seq: 2, id, field: "name".into() },
            super::tests::rename(id, "Zaphod"),
            erase(id, true),
        ] {
            let done = run(&book, 90, &command);
            assert!(!matches!(done, Ok(Done { seq: Some(_), .. })), "{command:?} {done:?}");
        }
        import(&book, 91, 3, 7);
        assert!(book.data().customers().row(id).is_some_and(|row| book.data().customers().is_erased(row)));
        assert_eq!(traces(&book.store().disk.borrow()), Vec::<&str>::new());
        assert_reopens(&book);
    }
}

#[test]
fn numbers_that_were_made_of_who_bought_go_too() {
    let book = book(1);
    let by_name = || {
        let mut parsed = super::tests::file(2, 4);
        parsed.customers[1].key = "Zaphod".into();
        for (order, n) in parsed.orders.iter_mut().zip(1..) {
            let who = if order.customer == Some(1) { "Zaphod" } else { "c0" };
            order.key = format!("{who}@2024-05-20T09:3{n}:00 CNY");
        }
        parsed
    };
    let import = |n| {
        let staged = book.stage(by_name(), "shop".into(), "orders.csv".into());
        run(&book, n, &Command::CommitImport { keep: false }).map(|_| staged.orders)
    };
    import(1).unwrap();
    let other = super::merges::book(2);
    let before = whole(&book);
    merge(&other, 2, &before);
    compact(&book, 2);
    let id = Id::from_key(Kind::Customer, "shop", "Zaphod");
    run(&book, 3, &erase(id, false)).unwrap();
    // A colleague follows, and no older file brings anything back, on either side.
    merge(&other, 5, &whole(&book));
    while block_on(other.compact_step(&ctx(6))).unwrap() {}
    assert_eq!(traces(&other.store().disk.borrow()), Vec::<&str>::new());
    for old in [&book, &other] {
        assert!(offer(old, &before).unwrap().nothing_new);
    }
    let third = super::merges::book(3);
    merge(&third, 7, &whole(&book));
    merge(&third, 8, &before);
    assert_eq!(traces(&third.store().disk.borrow()), Vec::<&str>::new());
    assert_eq!(body(&third), body(&book));
    assert_eq!(traces(&book.store().disk.borrow()), Vec::<&str>::new());
    assert!(!exported(&book).contains("Zaphod"));
    let data = book.data();
    let numbers =
        |data: &Dataset| data.orders().live().filter(|&row| !data.orders().text(row, order::KEY).is_empty()).count();
    assert_eq!((data.orders().live().count(), numbers(&data)), (4, 2), "others keep theirs");
    drop(data);
    assert_reopens(&book);
    // The same file again brings nothing of them back.
    assert_eq!(import(4).map(|tally| tally.new), Ok(0));
    assert_eq!(traces(&book.store().disk.borrow()), Vec::<&str>::new());
}

fn exported(book: &Tab) -> String {
    String::from_utf8(whole(book)).unwrap()
}

#[test]
fn a_crash_leaves_all_or_nothing() {
    for fault in [Fault::Before, Fault::After, Fault::Quota] {
        for n in 0.. {
            let (book, id) = with_traces();
            let (before, last) = (picture(&book.data()), book.head().seq);
            book.store().fault.set(Some((n, fault)));
            let done = run(&book, 20, &erase(id, false));
            let finished = book.store().fault.take().is_some_and(|(left, _)| left > 0);
            let again = open(&book.store().other_tab());
            if again.head().seq == last {
                assert!(done.is_err());
                assert_eq!(picture(&again.data()), before, "{fault:?} {n}");
            } else {
                assert_eq!(traces(&again.store().disk.borrow()), Vec::<&str>::new(), "{fault:?} {n}");
                assert_eq!(names(&again.data()), ["c0", "c2"]);
            }
            block_on(again.sweep()).unwrap();
            assert_reopens(&again);
            // Whoever went on in the same tab finds out what is on the disk.
            block_on(book.catch_up()).unwrap();
            assert_eq!(picture(&book.data()), picture(&again.data()));
            if finished && done.is_ok() {
                break;
            }
        }
    }
}

#[test]
fn colleagues_copies_follow_and_their_older_files_bring_nobody_back() {
    let (a, id) = with_traces();
    let b = book(2);
    merge(&b, 30, &whole(&a));
    let older = whole(&b);
    // Written without knowing of the erasure, one later than it.
    note(&b, 31, id, "Zaphod again");
    run(&a, 32, &erase(id, false)).unwrap();
    note(&b, 33, id, "Zaphod once more");
    let (from_a, from_b) = (whole(&a), whole(&b));
    merge(&b, 34, &from_a);
    assert_eq!(names(&b.data()), ["c0", "c2"]);
    merge(&a, 35, &from_b);
    assert_eq!(body(&a), body(&b));
    assert_eq!(traces(&a.store().disk.borrow()), Vec::<&str>::new(), "what the file said of them was not written down");
    // The traces in the journal of who received it go by themselves, at the latest after the next opening.
    let b = block_on(Book::open(b.store().other_tab(), &ctx(36))).unwrap();
    assert!(b.compact_due());
    compact(&b, 37);
    assert_eq!(traces(&b.store().disk.borrow()), Vec::<&str>::new());
    assert_reopens(&b);
    assert!(!b.compact_due());
    for (n, book) in [(40, &a), (41, &b)] {
        assert!(offer(book, &older).unwrap().nothing_new);
        merge(book, n, &older);
        assert_eq!(names(&book.data()), ["c0", "c2"]);
        assert_eq!(traces(&book.store().disk.borrow()), Vec::<&str>::new());
    }
    // Another tab that had the book open follows, and can still take back other things.
    assert_eq!(body(&a), body(&b));
}

#[test]
fn other_tabs_follow_and_go_on() {
    let (a, id) = with_traces();
    let b = open(&a.store().other_tab());
    let other = run(&b, 20, &named("Ford")).unwrap();
    block_on(a.catch_up()).unwrap();
    run(&a, 21, &erase(id, false)).unwrap();
    block_on(b.catch_up()).unwrap();
    assert_eq!(picture(&b.data()), picture(&a.data()));
    run(&b, 22, &Command::Undo { seq: other.seq.unwrap() }).unwrap();
    compact(&b, 23);
    block_on(a.catch_up()).unwrap();
    compact(&a, 24);
    assert_eq!(names(&a.data()), ["c0", "c2"]);
    assert_eq!(traces(&a.store().disk.borrow()), Vec::<&str>::new());
    assert_reopens(&a);
}

#[test]
fn purging_one_record_leaves_the_others() {
    let book = open(&MemoryStore::default());
    let ann = run(&book, 1, &named("Ann")).unwrap().id.unwrap();
    let talk = note(&book, 2, ann, "heart of gold");
    note(&book, 3, ann, "tea");
    run(&book, 4, &Command::Delete { ids: vec![talk] }).unwrap();
    run(&book, 5, &erase(talk, false)).unwrap();
    assert_eq!(traces(&book.store().disk.borrow()), Vec::<&str>::new());
    assert_eq!((names(&book.data()), book.data().interactions().live().count()), (vec!["Ann".to_owned()], 1));
    assert_reopens(&book);
}
