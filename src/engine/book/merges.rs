//! Whole books that exchange files.

use proptest::prelude::*;

use super::tests::*;
use super::*;
use crate::domain::{
    CivilTime, Currency, CustomerProfile, InteractionChannel, InteractionDraft, Settings, Stamp, Value, customer,
};
use crate::engine::api::{MergeError, MergePreview, Shown, Side};
use crate::engine::merge::incoming::Incoming;
use crate::engine::testing::{MemoryStore, block_on, saved};
use crate::sync::clock::MAX_AHEAD_MS;
use crate::sync::file::{Scope, SyncError};

pub(super) const NOW: u64 = 1_700_000_000_000;

/// A book of its own device.
pub(super) fn book(n: u64) -> Tab {
    block_on(Book::open(MemoryStore::default(), &ctx(1_000 + n))).unwrap()
}

fn export(book: &Tab, scope: Scope) -> Vec<u8> {
    let mut exporter = book.export(scope, NOW);
    let mut bytes = Vec::new();
    while let Some(part) = exporter.part(&book.data()) {
        bytes.extend(part);
    }
    bytes
}

pub(super) fn whole(book: &Tab) -> Vec<u8> {
    export(book, Scope::Whole)
}

/// What must be equal in equal books.
pub(super) fn body(book: &Tab) -> String {
    let text = String::from_utf8(whole(book)).unwrap();
    text.split_once('\n').unwrap().1.to_owned()
}

pub(super) fn offer(book: &Tab, bytes: &[u8]) -> Result<MergePreview, MergeError> {
    let incoming = Incoming::read("colleague.kith.json".into(), bytes).map_err(MergeError::File)?;
    let again = Incoming::from_bytes(&incoming.to_bytes()).unwrap();
    assert_eq!(again, incoming);
    book.stage_merge(incoming, NOW)
}

pub(super) fn merge(book: &Tab, n: u64, bytes: &[u8]) -> Done {
    offer(book, bytes).unwrap();
    let done = run(book, n, &Command::CommitMerge).unwrap();
    assert_eq!(book.staged_merge(NOW), Ok(None));
    done
}

pub(super) fn import(book: &Tab, n: u64, customers: u32, orders: u32) {
    book.stage(file(customers, orders), "shop".into(), "orders.csv".into());
    run(book, n, &Command::CommitImport { keep: false }).unwrap();
}

pub(super) fn customer_id(n: u32) -> Id {
    Id::from_key(Kind::Customer, "shop", &format!("c{n}"))
}

fn edit(book: &Tab, n: u64, id: Id, change: impl FnOnce(&mut CustomerProfile)) {
    let row = book.data().customers().row(id).unwrap();
    let mut profile = crate::engine::query::customer_profile(&book.data(), row);
    change(&mut profile);
    run(book, n, &saved(Some(id), None, &profile)).unwrap();
}

fn phone(book: &Tab, id: Id) -> String {
    let data = book.data();
    data.customers().text(data.customers().row(id).unwrap(), customer::PHONE).to_owned()
}

#[test]
fn two_books_with_the_same_order_file_make_no_twins_and_end_equal() {
    let (a, b) = (book(1), book(2));
    import(&a, 1, 3, 5);
    import(&b, 2, 3, 5);
    edit(&a, 3, customer_id(1), |c| c.phone = "1380000".into());
    edit(&b, 4, customer_id(1), |c| c.city = "Paris".into());
    run(&b, 5, &Command::Delete { ids: vec![customer_id(2)] }).unwrap();
    let (from_a, from_b) = (whole(&a), whole(&b));
    let preview = offer(&a, &from_b).unwrap();
    let customers = preview.kinds.iter().find(|(kind, _)| *kind == Kind::Customer).unwrap().1;
    assert_eq!((customers.new, customers.updated, customers.deleted, customers.unchanged), (0, 1, 1, 1));
    assert_eq!((preview.conflicts, preview.nothing_new, preview.clock_ahead_ms), (0, false, None));
    merge(&a, 6, &from_b);
    merge(&b, 7, &from_a);
    assert_eq!(body(&a), body(&b));
    assert_eq!(a.data().customers().live().count(), 2);
    assert_eq!(a.data().orders().live().count(), 5);
    for (book, bytes) in [(&a, &from_b), (&b, &from_a), (&a, &whole(&a))] {
        assert!(offer(book, bytes).unwrap().nothing_new);
        assert_eq!(merge(book, 8, bytes).seq, None, "the same file again changes nothing");
    }
    assert_reopens(&a);
    compact(&b, 9);
    assert_reopens(&b);
    assert_eq!(body(&open(b.store())), body(&a));
    // A third who reads only one of them has it all.
    let c = book(3);
    merge(&c, 10, &whole(&a));
    assert_eq!(body(&c), body(&a));
    // And the order file once more finds nothing to do anywhere, the correction included.
    for book in [&a, &b, &c] {
        let staged = book.stage(file(3, 5), "shop".into(), "orders.csv".into());
        assert_eq!((staged.customers.new, staged.customers.updated), (0, 0));
    }
    assert_eq!(phone(&c, customer_id(1)), "1380000");
}

/// Two who gave the same customer different phone numbers, the second later.
fn in_conflict() -> (Tab, Tab, Id) {
    let (a, b) = (book(1), book(2));
    import(&a, 1, 2, 2);
    merge(&b, 2, &whole(&a));
    let id = customer_id(0);
    edit(&a, 3, id, |c| c.phone = "1111111".into());
    edit(&b, 4, id, |c| c.phone = "2222222".into());
    (a, b, id)
}

#[test]
fn a_conflict_keeps_both_values_and_can_be_settled_otherwise() {
    let (a, b, id) = in_conflict();
    let (from_a, from_b) = (whole(&a), whole(&b));
    for (book, bytes, theirs_won) in [(&a, &from_b, true), (&b, &from_a, false)] {
        assert_eq!(offer(book, bytes).unwrap().conflicts, 1);
        let seq = merge(book, 5, bytes).seq.unwrap();
        assert_eq!(phone(book, id), "2222222");
        let report = block_on(book.merge_report(seq)).unwrap().unwrap();
        let conflict = &report.first_conflicts[0];
        assert_eq!((report.conflicts, conflict.theirs_won, conflict.field.as_str()), (1, theirs_won, "phone"));
        assert_eq!(conflict.name, "c0");
        let texts = [&conflict.ours, &conflict.theirs];
        let other = Shown::Text("1111111".into());
        assert!(texts.contains(&&other) && texts.contains(&&Shown::Text("2222222".into())));
        assert_eq!(conflict.stands, Some(if theirs_won { Side::Theirs } else { Side::Ours }));
    }
    assert_eq!(body(&a), body(&b));
    // A chooses what lost.
    let seq = a.head().seq;
    let choose = Command::ChooseValue { seq, kind: Kind::Customer, id, field: "phone".into(), side: Side::Ours };
    assert!(run(&a, 6, &choose).unwrap().seq.is_some());
    assert_eq!(run(&a, 7, &choose).unwrap().seq, None, "chosen already");
    assert_eq!(offer(&b, &whole(&a)).unwrap().conflicts, 0, "A knew both values");
    merge(&b, 8, &whole(&a));
    assert_eq!((phone(&b, id), body(&b)), ("1111111".to_owned(), body(&a)));
    let elsewhere = Command::ChooseValue { seq: 1, kind: Kind::Customer, id, field: "phone".into(), side: Side::Ours };
    assert_eq!(run(&a, 9, &elsewhere), Err(CommandError::NotFound));
}

#[test]
fn a_merge_is_taken_back_except_what_was_edited_since() {
    let (a, b, id) = in_conflict();
    let added = run(&b, 5, &named("New")).unwrap().id.unwrap();
    let kept = run(&b, 6, &named("Kept")).unwrap().id.unwrap();
    edit(&b, 7, customer_id(1), |c| c.city = "Lyon".into());
    let before = body(&a);
    let seq = merge(&a, 8, &whole(&b)).seq.unwrap();
    edit(&a, 9, kept, |c| c.city = "Nice".into());
    edit(&a, 10, customer_id(1), |c| c.city = "Metz".into());
    assert_ne!(body(&a), before);
    let undone = run(&a, 11, &Command::Undo { seq }).unwrap();
    assert_eq!((undone.records, undone.kept), (2, 2));
    assert_eq!(phone(&a, id), "1111111");
    assert!(a.data().find(added).is_some_and(|(kind, row)| a.data().table(kind).is_deleted(row)));
    assert!(a.data().find(kept).is_some_and(|(kind, row)| a.data().table(kind).is_live(row)));
    assert!(block_on(a.merge_report(seq)).unwrap().unwrap().undone);
    assert_eq!(run(&a, 12, &Command::Undo { seq }), Err(CommandError::NothingToUndo));
    assert_eq!(merge(&a, 13, &whole(&b)).seq, None, "what was taken back does not come again");
    assert_reopens(&a);
    // The undo is taken back, and the merge once more.
    let redo = run(&a, 14, &Command::Undo { seq: undone.seq.unwrap() }).unwrap();
    assert_eq!((phone(&a, id), redo.kept), ("2222222".to_owned(), 0));
    compact(&a, 15);
    let a = open(a.store());
    assert_eq!(run(&a, 16, &Command::Undo { seq }).unwrap().records, 2);
    // Colleagues receive the undoing.
    merge(&b, 17, &whole(&a));
    assert_eq!((phone(&b, id), body(&b)), ("1111111".to_owned(), body(&a)));
    assert!(b.data().find(added).is_some_and(|(kind, row)| b.data().table(kind).is_deleted(row)));
}

#[test]
fn a_part_is_taken_by_who_has_the_rest_and_refused_by_others() {
    let (a, b, c) = (book(1), book(2), book(3));
    import(&a, 1, 20, 40);
    let first = whole(&a);
    merge(&b, 2, &first);
    let base = a.data().vector().clone();
    edit(&a, 3, customer_id(4), |c| c.phone = "5550000".into());
    run(&a, 4, &Command::Delete { ids: vec![customer_id(5)] }).unwrap();
    let part = export(&a, Scope::Since(base));
    assert!(part.len() * 5 < first.len(), "{} of {}", part.len(), first.len());
    let refused = offer(&c, &part).unwrap_err();
    assert!(matches!(refused, MergeError::File(SyncError::BaseMissing { has_ms: None, .. })), "{refused:?}");
    assert_eq!((run(&c, 5, &Command::CommitMerge), c.head().seq), (Err(CommandError::NothingStaged), 0));
    let preview = offer(&b, &part).unwrap();
    assert_eq!(preview.kinds.len(), 1);
    assert_eq!((preview.kinds[0].1.updated, preview.kinds[0].1.deleted, preview.whole), (1, 1, false));
    merge(&b, 6, &part);
    assert_eq!(body(&b), body(&a));
    merge(&c, 7, &first);
    merge(&c, 8, &part);
    assert_eq!(body(&c), body(&a));
}

#[test]
fn a_copied_profile_takes_an_id_of_its_own() {
    let a = book(1);
    import(&a, 1, 2, 2);
    let disk = a.store().disk.borrow().clone();
    let copy = MemoryStore { disk: std::rc::Rc::new(disk.into()), ..MemoryStore::default() };
    let twin = open(&copy);
    assert_eq!(twin.head().device, a.head().device);
    edit(&a, 2, customer_id(0), |c| c.phone = "1111111".into());
    edit(&twin, 3, customer_id(0), |c| c.phone = "2222222".into());
    merge(&twin, 4, &whole(&a));
    // The file holds nothing of ours that is later than ours: only when the other writes on does it show.
    edit(&a, 5, customer_id(1), |c| c.phone = "3333333".into());
    merge(&twin, 6, &whole(&a));
    assert_ne!(twin.head().device, a.head().device);
    assert_eq!(twin.head().device.0 & 1, 0);
    merge(&a, 7, &whole(&twin));
    assert_eq!(body(&a), body(&twin));
    assert_reopens(&twin);
}

#[test]
fn a_clock_a_year_ahead_is_told_of_and_can_be_overruled() {
    let (a, b) = (book(1), book(2));
    import(&a, 1, 2, 2);
    merge(&b, 2, &whole(&a));
    let year = 365 * MAX_AHEAD_MS;
    let id = customer_id(0);
    let ahead =
        saved(Some(id), None, &CustomerProfile { key: "c0".into(), phone: "1111111".into(), ..Default::default() });
    let late = Ctx { now_ms: NOW + year, random: 5 };
    block_on(b.run(&ahead, &late, &|_, _| true)).unwrap();
    let preview = offer(&a, &whole(&b)).unwrap();
    assert_eq!(preview.clock_ahead_ms, Some(year));
    merge(&a, 3, &whole(&b));
    assert!(a.head().clock >> 16 < NOW + MAX_AHEAD_MS, "our clock stays");
    for (n, number) in [(4, "2222222"), (5, "3333333"), (6, "4444444")] {
        edit(&a, n, id, |c| c.phone = number.into());
    }
    run(&a, 7, &named("Near")).unwrap();
    let stamps: Vec<Stamp> = a.data().commits().iter().map(|c| c.stamp).collect();
    let mut sorted = stamps.clone();
    sorted.sort();
    sorted.dedup();
    assert_eq!(sorted.len(), stamps.len(), "no stamp twice");
    assert!(stamps.iter().all(|s| a.data().vector().covers(*s)));
    merge(&b, 8, &whole(&a));
    assert_eq!((phone(&b, id), body(&b)), ("4444444".to_owned(), body(&a)));
}

#[test]
fn a_file_that_is_refused_changes_nothing() {
    let (a, b) = (book(1), book(2));
    import(&a, 1, 3, 3);
    let bytes = whole(&a);
    let before = (b.store().disk.borrow().clone(), picture(&b.data()));
    for twentieth in 0..20 {
        let end = bytes.len() * twentieth / 20;
        assert!(matches!(offer(&b, &bytes[..end]), Err(MergeError::File(_))), "{end}");
    }
    let newer = String::from_utf8(bytes).unwrap().replacen("\"major\":1", "\"major\":2", 1);
    assert_eq!(offer(&b, newer.as_bytes()), Err(MergeError::File(SyncError::Newer { major: 2, known: 1 })));
    assert_eq!(run(&b, 2, &Command::CommitMerge), Err(CommandError::NothingStaged));
    assert_eq!((b.store().disk.borrow().clone(), picture(&b.data())), before);
}

#[test]
fn unknown_fields_and_references_to_nobody_travel_on() {
    let (a, b) = (book(1), book(2));
    import(&a, 1, 2, 2);
    let text = String::from_utf8(whole(&a)).unwrap();
    let stranger = format!("\"f\":{{\"__proto__\":{{\"x\":[1.25,null]}},\"referrer\":\"{}\",\"shoe_size\":42,", Id(77));
    let newer = text.replacen("\"f\":{", &stranger, 1);
    merge(&b, 2, newer.as_bytes());
    compact(&b, 3);
    let b = open(b.store());
    assert!(body(&b).contains("\"__proto__\":{\"x\":[1.25,null]}"));
    assert!(body(&b).contains("\"shoe_size\":42"));
    assert!(body(&b).contains(&Id(77).to_string()));
    assert_eq!(b.data().customers().live().count(), 2, "who is only referred to is nobody yet");
    let c = book(3);
    merge(&c, 4, &whole(&b));
    assert_eq!(body(&c), body(&b));
}

#[derive(Clone, Debug)]
enum Act {
    Add(u8),
    Edit(u8, u8),
    Delete(u8),
    Restore(u8),
    Erase(u8),
    Import(u32, u32),
    Undo(u8),
    Contact(u8),
    /// An order becomes another customer's, with a note.
    Move(u8, u8),
    Setting(i64),
    Compact,
    Send,
    SendPart,
    Receive(usize),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        2 => any::<u8>().prop_map(Act::Add),
        5 => (any::<u8>(), 0..4u8).prop_map(|(who, what)| Act::Edit(who, what)),
        2 => any::<u8>().prop_map(Act::Delete),
        1 => any::<u8>().prop_map(Act::Restore),
        2 => (1..4u32, 1..6u32).prop_map(|(c, o)| Act::Import(c, o)),
        3 => (0..6u8).prop_map(Act::Undo),
        1 => any::<u8>().prop_map(Act::Contact),
        1 => (any::<u8>(), any::<u8>()).prop_map(|(order, who)| Act::Move(order, who)),
        1 => (0..3i64).prop_map(Act::Setting),
        1 => Just(Act::Compact),
        3 => Just(Act::Send),
        2 => Just(Act::SendPart),
        6 => (0..50usize).prop_map(Act::Receive),
    ]
}

/// Runs what makes sense; what the book refuses is no matter here.
fn perform(book: &Tab, n: u64, act: &Act, files: &mut Vec<Vec<u8>>, sent: &mut crate::sync::vector::Vector) {
    let pick = |who: u8| {
        let data = book.data();
        let ids = data.customers().ids();
        ids.get(usize::from(who).checked_rem(ids.len())?).copied()
    };
    let command = match act {
        Act::Add(who) => Some(named(&format!("N{who}"))),
        Act::Edit(who, what) => pick(*who).map(|id| {
            let row = book.data().customers().row(id).unwrap_or(0);
            let mut profile = crate::engine::query::customer_profile(&book.data(), row);
            match what {
                0 => profile.phone = format!("138{n:05}"),
                1 => profile.city = ["Paris", "Lyon", ""][(n % 3) as usize].into(),
                2 => profile.country = ["France", "Spain"][(n % 2) as usize].into(),
                _ => profile.tags = vec![format!("t{}", n % 2)],
            }
            saved(Some(id), None, &profile)
        }),
        Act::Delete(who) => pick(*who).map(|id| Command::Delete { ids: vec![id] }),
        Act::Restore(who) => pick(*who).map(|id| Command::Restore { ids: vec![id] }),
        Act::Erase(who) => pick(*who).map(|id| Command::Erase { ids: vec![id], orders: who.is_multiple_of(3) }),
        Act::Import(customers, orders) => {
            book.stage(file(*customers, *orders), "shop".into(), "orders.csv".into());
            Some(Command::CommitImport { keep: false })
        }
        Act::Undo(back) => book.head().seq.checked_sub(u64::from(*back)).map(|seq| Command::Undo { seq }),
        Act::Contact(who) => pick(*who).map(|customer| Command::LogInteraction {
            id: None,
            seen: None,
            interaction: InteractionDraft {
                customer,
                at: CivilTime(1_600_000_000_000),
                channel: InteractionChannel::Other,
                inbound: n.is_multiple_of(2),
                note: format!("note {n}"),
                mood: Some(3),
                staff: String::new(),
            },
        }),
        Act::Move(order, who) => {
            let data = book.data();
            let row = u32::from(*order).checked_rem(data.orders().len());
            row.filter(|&row| data.orders().exists(row)).and_then(|row| {
                let mut draft = crate::engine::query::order_draft(&data, row);
                draft.customer = pick(*who);
                draft.note = format!("for {n}");
                Some(Command::SaveOrder {
                    id: Some(data.orders().id(row)?),
                    seen: None,
                    order: draft,
                    products: Vec::new(),
                    fields: Vec::new(),
                })
            })
        }
        Act::Setting(n) => Some(Command::SaveSettings {
            seen: None,
            settings: Box::new(Settings { default_margin_bp: 1_000 * n, ..book.data().settings().clone() }),
        }),
        Act::Compact => {
            compact(book, n);
            None
        }
        Act::Send | Act::SendPart => {
            let scope = if matches!(act, Act::Send) { Scope::Whole } else { Scope::Since(sent.clone()) };
            files.push(export(book, scope));
            *sent = book.data().vector().clone();
            None
        }
        Act::Receive(which) => {
            let taken = which.checked_rem(files.len()).map(|at| offer(book, &files[at]));
            taken.is_some_and(|taken| taken.is_ok()).then_some(Command::CommitMerge)
        }
    };
    if let Some(command) = command {
        let _ = run(book, n, &command);
    }
}

/// As [`act`], with erasures among them, which no undo takes back.
fn act_or_erasure() -> impl Strategy<Value = Act> {
    prop_oneof![12 => act(), 1 => any::<u8>().prop_map(Act::Erase)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, max_shrink_iters: 4_000, ..ProptestConfig::default() })]

    /// Edits, deletions, undos, imports of one order file, files whole and in part, late, twice and in any order: whoever has
    /// read everything ends with the same bytes, on disk too.
    #[test]
    fn books_that_exchange_files_end_equal(acts in proptest::collection::vec((0..3usize, act_or_erasure()), 1..40)) {
        let books = [book(1), book(2), book(3)];
        let mut sent = [(); 3].map(|()| crate::sync::vector::Vector::default());
        let mut files = Vec::new();
        for (n, (who, act)) in (1..).zip(&acts) {
            perform(&books[*who], n, act, &mut files, &mut sent[*who]);
        }
        for round in 0..2 {
            for (n, from) in (100..).zip([0, 1, 2]) {
                let bytes = whole(&books[from]);
                for to in (0..3).filter(|to| *to != from) {
                    merge(&books[to], n + 10 * round, &bytes);
                }
            }
        }
        for book in &books {
            prop_assert_eq!(body(book), body(&books[0]));
            prop_assert!(offer(book, &whole(&books[0])).unwrap().nothing_new);
        }
        for book in books {
            let again = open(&book.store().other_tab());
            prop_assert_eq!(body(&again), body(&book));
            prop_assert!(again.data().vector() == book.data().vector());
            compact(&book, 200);
            let again = open(&book.store().other_tab());
            prop_assert_eq!(body(&again), body(&book));
            prop_assert!(again.data().vector() == book.data().vector());
        }
    }

    /// An undo of a merge brings back what was there, in every visible respect.
    #[test]
    fn an_undone_merge_leaves_what_was_there(acts in proptest::collection::vec((0..2usize, act()), 1..25)) {
        let books = [book(1), book(2)];
        let mut sent = [(); 2].map(|()| crate::sync::vector::Vector::default());
        let mut files = Vec::new();
        for (n, (who, act)) in (1..).zip(&acts) {
            perform(&books[*who], n, act, &mut files, &mut sent[*who]);
        }
        let visible = |book: &Tab| {
            let data = book.data();
            let mut seen = vec![format!("{:?}", data.settings())];
            for &kind in Kind::ALL.iter().filter(|kind| **kind != Kind::Setting) {
                for row in data.table(kind).live() {
                    let fields = data.table(kind).fields().map(|(f, name)| (name, data.value(kind, row, f)));
                    let fields: Vec<_> = fields.filter(|(name, v)| *v != Value::Null && *name != "deleted").collect();
                    seen.push(format!("{:?} {fields:?}", data.table(kind).id(row)));
                }
            }
            seen.sort();
            seen
        };
        let before = visible(&books[0]);
        let done = merge(&books[0], 100, &whole(&books[1]));
        if let Some(seq) = done.seq {
            match run(&books[0], 101, &Command::Undo { seq }) {
                Ok(done) => prop_assert_eq!(done.kept, 0),
                Err(error) => prop_assert_eq!(error, CommandError::NothingToUndo),
            }
        }
        prop_assert_eq!(visible(&books[0]), before);
    }
}

/// One turns the book to yen while the other notes amounts in it: both are what was typed, for both.
#[test]
fn amounts_noted_while_a_colleague_changes_the_currency_are_not_scaled() {
    let (a, b) = (book(1), book(2));
    let wallet = |book: &Tab| book.data().customers().int(0, customer::WALLET_E4);
    records_tests::add(&a, 1, Kind::Customer, &[("name", "Ann".into()), ("wallet_e4", 5_000_000i64.into())]);
    merge(&b, 2, &whole(&a));
    let id = a.data().customers().id(0).unwrap();
    records_tests::add(
        &b,
        3,
        Kind::Interaction,
        &[("customer", id.into()), ("at", 0i64.into()), ("care_e4", 120_000i64.into())],
    );
    let settings = Settings { currency: Currency::parse("JPY").unwrap(), ..a.data().settings().clone() };
    run(&a, 4, &Command::SaveSettings { seen: None, settings: Box::new(settings) }).unwrap();
    let (from_a, from_b) = (whole(&a), whole(&b));
    merge(&a, 5, &from_b);
    merge(&b, 6, &from_a);
    assert_eq!(body(&a), body(&b));
    for book in [&a, &b] {
        let data = book.data();
        let care = data.table(Kind::Interaction).int(0, crate::domain::interaction::CARE_E4);
        assert_eq!((wallet(book), care, data.settings().currency.code()), (Some(5_000_000), Some(120_000), "JPY"));
    }
}
