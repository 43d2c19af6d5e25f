//! Customers who become one, on one device and on several.

use proptest::prelude::*;

use super::merges::{merge, whole};
use super::tests::*;
use super::*;
use crate::domain::{
    CivilTime, CustomerProfile, Day, InteractionChannel, InteractionDraft, OrderDraft, OrderKind, Value, customer,
    order,
};
use crate::engine::api::{Answer, CustomerView, Pick, Query};
use crate::engine::metrics::MetricsCache;
use crate::engine::query::answer;
use crate::engine::testing::{MemoryStore, block_on, saved};

fn book(n: u64) -> Tab {
    block_on(Book::open(MemoryStore::default(), &ctx(1_000 + n))).unwrap()
}

fn profile(name: &str, phone: &str, note: &str, tags: &[&str]) -> CustomerProfile {
    CustomerProfile {
        name: name.into(),
        phone: phone.into(),
        note: note.into(),
        tags: tags.iter().map(|t| (*t).to_owned()).collect(),
        ..CustomerProfile::default()
    }
}

fn add(book: &Tab, n: u64, profile: CustomerProfile) -> Id {
    run(book, n, &saved(None, None, &profile)).unwrap().id.unwrap()
}

fn order_for(book: &Tab, n: u64, customer: Id) -> Id {
    let line = crate::domain::Line { product: None, quantity_milli: 1_000, unit_price_e4: 10_000, total_minor: 100 };
    let order = OrderDraft {
        number: String::new(),
        customer: Some(customer),
        at: CivilTime(1_690_000_000_000),
        kind: OrderKind::Purchase,
        channel: String::new(),
        currency: crate::domain::Currency::CNY,
        lines: vec![line],
        note: String::new(),
    };
    run(book, n, &Command::SaveOrder { id: None, seen: None, order, products: Vec::new(), fields: vec![] })
        .unwrap()
        .id
        .unwrap()
}

fn talk(book: &Tab, n: u64, customer: Id) {
    let interaction = InteractionDraft {
        customer,
        at: CivilTime(1_690_000_000_000),
        channel: InteractionChannel::Phone,
        inbound: true,
        note: "hello".into(),
        mood: None,
        staff: String::new(),
    };
    run(book, n, &Command::LogInteraction { id: None, seen: None, interaction }).unwrap();
}

fn make_one(book: &Tab, n: u64, winner: Id, losers: &[Id]) -> Seq {
    let command = Command::MergeCustomers { winner, losers: losers.to_vec(), picks: Vec::new() };
    run(book, n, &command).unwrap().seq.unwrap()
}

fn view(book: &Tab, id: Id) -> Option<CustomerView> {
    let query = Query::Customer { id, as_of: None, timeline_offset: 0, timeline_limit: 100, kinds: Vec::new() };
    match answer(&book.data(), &mut MetricsCache::new(), &query, Day(20_000)) {
        Some(Answer::Customer(view)) => view.map(|view| *view),
        _ => None,
    }
}

fn owner(book: &Tab, order: Id) -> Option<Id> {
    let data = book.data();
    let row = data.orders().row(order)?;
    data.orders().reference(row, order::CUSTOMER).and_then(|c| data.customers().id(c))
}

#[test]
fn all_links_follow_and_come_back() {
    let a = book(1);
    let (ann, twin) = (
        add(&a, 1, profile("Ann", "", "likes tea", &["vip"])),
        add(&a, 2, profile("Ann Lee", "13800138001", "allergic", &["vip", "new"])),
    );
    let orders = [order_for(&a, 3, ann), order_for(&a, 4, twin)];
    talk(&a, 5, twin);
    let before = whole(&a);
    let picks = vec![("name".to_owned(), Pick::From(twin))];
    let done = run(&a, 6, &Command::MergeCustomers { winner: ann, losers: vec![twin], picks }).unwrap();
    for id in [ann, twin] {
        let view = view(&a, id).unwrap();
        assert_eq!((view.id, view.timeline_total, view.metrics.purchases), (ann, 3, 2));
        assert_eq!((view.profile.name.as_str(), view.profile.phone.as_str()), ("Ann Lee", "13800138001"));
        assert_eq!((view.profile.note.as_str(), view.profile.tags.len()), ("likes tea\nallergic", 2));
    }
    assert_eq!(a.data().customers().live().count(), 1);
    assert!(orders.iter().all(|&order| owner(&a, order) == Some(ann)));
    // A form that was open on the other one still saves, to who stands for them.
    let later = order_for(&a, 7, twin);
    assert_eq!(owner(&a, later), Some(ann));
    assert_reopens(&a);
    compact(&a, 8);
    assert_reopens(&a);
    assert_eq!(owner(&open(a.store()), orders[1]), Some(ann));
    run(&a, 9, &Command::Undo { seq: done.seq.unwrap() }).unwrap();
    assert_eq!((owner(&a, orders[0]), owner(&a, orders[1]), owner(&a, later)), (Some(ann), Some(twin), Some(twin)));
    let again = view(&a, twin).unwrap();
    assert_eq!((again.id, again.timeline_total, view(&a, ann).unwrap().profile.name.as_str()), (twin, 3, "Ann"));
    assert_eq!(view(&a, ann).unwrap().profile.note, "likes tea");
    // Nothing of it was written into the orders themselves.
    assert!(before.len() < whole(&a).len());
}

#[test]
fn a_form_opened_before_a_merge_changes_what_was_typed_alone() {
    let a = book(1);
    let ann = add(&a, 1, profile("Ann", "13800138001", "likes tea", &["vip"]));
    let seen = profile("Anne", "", "", &[]);
    let twin = add(&a, 2, seen.clone());
    let order = order_for(&a, 3, twin);
    make_one(&a, 4, ann, &[twin]);
    let typed = CustomerProfile { city: "Oslo".into(), ..seen.clone() };
    run(&a, 5, &saved(Some(twin), Some(&seen), &typed)).unwrap();
    let want = CustomerProfile { city: "Oslo".into(), ..profile("Ann", "13800138001", "likes tea", &["vip"]) };
    assert_eq!(view(&a, ann).unwrap().profile, want);
    // An answer about an order of theirs, from a form that was open too.
    let said = crate::domain::ResponseDraft {
        customer: twin,
        order: Some(order),
        product: None,
        at: CivilTime(1_690_000_000_000),
        expectation: None,
        experience: None,
        nps: Some(9),
        csat: None,
        comment: String::new(),
        staff: String::new(),
    };
    run(&a, 6, &Command::SaveResponse { id: None, seen: None, response: said }).unwrap();
}

#[test]
fn mending_an_order_of_one_merged_writes_no_link() {
    let a = book(1);
    let (ann, twin) = (add(&a, 1, profile("Ann", "", "", &[])), add(&a, 2, profile("Anne", "", "", &[])));
    let order = order_for(&a, 3, twin);
    let seq = make_one(&a, 4, ann, &[twin]);
    let row = a.data().orders().row(order).unwrap();
    let seen = crate::engine::query::order_draft(&a.data(), row);
    let mended = OrderDraft { note: "mended".into(), ..seen.clone() };
    let save = Command::SaveOrder {
        id: Some(order),
        seen: Some(Box::new(seen)),
        order: mended,
        products: Vec::new(),
        fields: vec![],
    };
    run(&a, 5, &save).unwrap();
    assert_eq!(owner(&a, order), Some(ann));
    run(&a, 6, &Command::Undo { seq }).unwrap();
    assert_eq!(owner(&a, order), Some(twin));
}

#[test]
fn undoing_who_stays_takes_nobody_else_along() {
    let a = book(1);
    let twin = add(&a, 1, profile("Ann", "", "", &[]));
    let made = run(&a, 2, &saved(None, None, &profile("Ann", "1380", "", &[])));
    let made = made.unwrap();
    make_one(&a, 3, made.id.unwrap(), &[twin]);
    assert_eq!(run(&a, 4, &Command::Undo { seq: made.seq.unwrap() }).unwrap_err(), CommandError::NothingToUndo);
    assert!(view(&a, twin).is_some());
}

#[test]
fn figures_kept_between_queries_follow_too() {
    let a = book(1);
    let (ann, twin) = (add(&a, 1, profile("Ann", "", "", &[])), add(&a, 2, profile("Anne", "", "", &[])));
    order_for(&a, 3, ann);
    order_for(&a, 4, twin);
    let mut cache = MetricsCache::new();
    let mut purchases = |id| {
        cache.touched(&a.take_touched());
        let query = Query::Customer { id, as_of: None, timeline_offset: 0, timeline_limit: 9, kinds: Vec::new() };
        match answer(&a.data(), &mut cache, &query, Day(20_000)) {
            Some(Answer::Customer(Some(view))) => view.metrics.purchases,
            _ => 0,
        }
    };
    assert_eq!((purchases(ann), purchases(twin)), (1, 1));
    let seq = make_one(&a, 5, ann, &[twin]);
    assert_eq!((purchases(ann), purchases(twin)), (2, 2));
    order_for(&a, 6, twin);
    assert_eq!(purchases(ann), 3);
    run(&a, 7, &Command::Undo { seq }).unwrap();
    assert_eq!((purchases(ann), purchases(twin)), (1, 2));
}

#[test]
fn what_cannot_be_merged() {
    let a = book(1);
    let ann = add(&a, 1, profile("Ann", "", "", &[]));
    let gone = add(&a, 2, profile("Bob", "", "", &[]));
    run(&a, 3, &Command::Delete { ids: vec![gone] }).unwrap();
    for losers in [vec![], vec![ann], vec![gone], vec![Id(99)]] {
        let command = Command::MergeCustomers { winner: ann, losers, picks: Vec::new() };
        assert_eq!(run(&a, 4, &command), Err(CommandError::NotFound));
    }
}

#[test]
fn an_order_written_elsewhere_for_who_gave_way_arrives_at_who_stays() {
    let (a, b) = (book(1), book(2));
    let (ann, twin) = (add(&a, 1, profile("Ann", "", "", &[])), add(&a, 2, profile("Ann", "", "", &[])));
    merge(&b, 3, &whole(&a));
    let seq = make_one(&a, 4, ann, &[twin]);
    let order = order_for(&b, 5, twin);
    merge(&a, 6, &whole(&b));
    assert_eq!(owner(&a, order), Some(ann));
    merge(&b, 7, &whole(&a));
    assert_eq!((owner(&b, order), b.data().customers().live().count()), (Some(ann), 1));
    run(&a, 8, &Command::Undo { seq }).unwrap();
    merge(&b, 9, &whole(&a));
    assert_eq!((owner(&a, order), owner(&b, order)), (Some(twin), Some(twin)));
    assert_eq!(whole(&a).len(), whole(&b).len());
}

#[test]
fn two_who_merge_the_other_way_round_agree() {
    let (a, b) = (book(1), book(2));
    let (x, y) = (add(&a, 1, profile("Ann", "", "", &[])), add(&a, 2, profile("Anne", "", "", &[])));
    merge(&b, 3, &whole(&a));
    make_one(&a, 4, x, &[y]);
    make_one(&b, 5, y, &[x]);
    let (from_a, from_b) = (whole(&a), whole(&b));
    merge(&a, 6, &from_b);
    merge(&b, 7, &from_a);
    for book in [&a, &b] {
        assert_eq!(book.data().customers().live().count(), 1);
        assert_eq!(book.data().standing_id(x.max(y)), x.min(y));
    }
}

#[test]
fn those_who_are_different_are_remembered_everywhere() {
    let (a, b) = (book(1), book(2));
    let (x, y) = (add(&a, 1, profile("Ann", "1380013800", "", &[])), add(&a, 2, profile("Ann", "1380013800", "", &[])));
    let found = |book: &Tab| {
        let mut cache = MetricsCache::new();
        loop {
            let query = Query::Duplicates { go_on: true, anew: false, offset: 0, limit: 10 };
            match answer(&book.data(), &mut cache, &query, Day(20_000)) {
                Some(Answer::Duplicates(list)) if list.progress.is_none() => return list.total,
                Some(Answer::Duplicates(_)) => {}
                other => panic!("{other:?}"),
            }
        }
    };
    assert_eq!(found(&a), 1);
    let seq = run(&a, 3, &Command::NotDuplicates { ids: vec![y, x] }).unwrap().seq.unwrap();
    assert_eq!(run(&a, 4, &Command::NotDuplicates { ids: vec![x, y] }).unwrap().seq, None);
    merge(&b, 5, &whole(&a));
    assert_eq!((found(&a), found(&b)), (0, 0));
    run(&a, 6, &Command::Undo { seq }).unwrap();
    assert_eq!(found(&a), 1);
}

#[test]
fn customers_who_came_since_are_compared_too() {
    let a = book(1);
    let mut cache = MetricsCache::new();
    let found = |cache: &mut MetricsCache, go_on| {
        cache.touched(&a.take_touched());
        loop {
            let query = Query::Duplicates { go_on, anew: false, offset: 0, limit: 10 };
            match answer(&a.data(), cache, &query, Day(20_000)) {
                Some(Answer::Duplicates(list)) if list.progress.is_none() => return (list.scanned, list.total),
                Some(Answer::Duplicates(_)) => {}
                other => panic!("{other:?}"),
            }
        }
    };
    assert_eq!(found(&mut cache, true), (Some(0), 0));
    add(&a, 1, profile("Ann", "1380013800", "", &[]));
    add(&a, 2, profile("Ann", "1380013800", "", &[]));
    assert_eq!(found(&mut cache, false), (Some(0), 0), "only who asks for it sets a scan going");
    assert_eq!(found(&mut cache, true), (Some(2), 1));
    run(&a, 3, &Command::Undo { seq: 2 }).unwrap();
    assert_eq!(found(&mut cache, true), (Some(1), 0), "who left is not counted");
}

#[test]
fn an_order_file_again_makes_no_twin_of_who_gave_way() {
    let a = book(1);
    super::merges::import(&a, 1, 3, 6);
    let ids: Vec<Id> = a.data().customers().ids().to_vec();
    make_one(&a, 2, ids[0], &[ids[1]]);
    let staged = a.stage(file(3, 6), "shop".into(), "orders.csv".into());
    assert_eq!((staged.customers.new, staged.orders.new, staged.orders.updated), (0, 0, 0));
    if run(&a, 3, &Command::CommitImport { keep: false }).is_ok() {
        assert_eq!(a.data().customers().live().count(), 2);
    }
}

/// A history of several devices: who does what, in which order they hear of each other.
#[derive(Clone, Debug)]
enum Step {
    Merge { device: usize, winner: usize, loser: usize },
    Order { device: usize, customer: usize },
    Undo { device: usize },
    Hear { device: usize, from: usize },
}

fn step() -> impl Strategy<Value = Step> {
    let (device, customer) = (0usize..3, 0usize..5);
    prop_oneof![
        3 => (device.clone(), customer.clone(), customer.clone()).prop_map(|(device, winner, loser)| Step::Merge { device, winner, loser }),
        2 => (device.clone(), customer).prop_map(|(device, customer)| Step::Order { device, customer }),
        1 => device.clone().prop_map(|device| Step::Undo { device }),
        2 => (device.clone(), device).prop_map(|(device, from)| Step::Hear { device, from }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn devices_agree_whatever_the_order(steps in prop::collection::vec(step(), 1..16)) {
        let books = [book(1), book(2), book(3)];
        let ids: Vec<Id> = (0..5).map(|n| add(&books[0], n + 1, profile(&format!("c{n}"), "", "", &[]))).collect();
        let first = whole(&books[0]);
        let mut clock = 10;
        for book in &books[1..] {
            merge(book, clock, &first);
            clock += 1;
        }
        let (mut merged, mut orders) = (Vec::new(), Vec::new());
        for step in steps {
            clock += 1;
            match step {
                Step::Merge { device, winner, loser } => {
                    let command = Command::MergeCustomers { winner: ids[winner], losers: vec![ids[loser]], picks: Vec::new() };
                    // Who was merged away already is refused.
                    if let Ok(done) = run(&books[device], clock, &command) {
                        merged.extend(done.seq.map(|seq| (device, seq)));
                    }
                }
                Step::Order { device, customer } => orders.push(order_for(&books[device], clock, ids[customer])),
                Step::Undo { device } => {
                    if let Some(at) = merged.iter().rposition(|(of, _)| *of == device) {
                        let (_, seq) = merged.remove(at);
                        run(&books[device], clock, &Command::Undo { seq }).ok();
                    }
                }
                Step::Hear { device, from } => {
                    let bytes = whole(&books[from]);
                    merge(&books[device], clock, &bytes);
                }
            }
        }
        for _ in 0..2 {
            for from in 0..3 {
                let bytes = whole(&books[from]);
                for device in (0..3).filter(|device| *device != from) {
                    clock += 1;
                    merge(&books[device], clock, &bytes);
                }
            }
        }
        let live = |book: &Tab| {
            let data = book.data();
            let mut ids: Vec<Id> = data.customers().live().filter_map(|row| data.customers().id(row)).collect();
            ids.sort_unstable();
            ids
        };
        for book in &books {
            prop_assert_eq!(live(book), live(&books[0]));
            prop_assert!(!live(book).is_empty());
            for &order in &orders {
                let owner_here = owner(book, order);
                prop_assert_eq!(owner_here, owner(&books[0], order));
                // Nobody's order is lost with who gave way.
                prop_assert!(owner_here.is_some_and(|id| live(book).contains(&id)));
            }
            assert_reopens(book);
        }
    }
}

#[test]
fn a_pointer_to_who_is_not_here_yet_changes_nothing() {
    let a = book(1);
    let ann = add(&a, 1, profile("Ann", "", "", &[]));
    let mut data = a.data().clone();
    let change = crate::domain::Change {
        kind: Kind::Customer,
        id: ann,
        field: "merged_into".into(),
        value: Value::Ref(Id(77)),
        was: Value::Null,
    };
    let origin = crate::domain::Origin::Hand { what: crate::domain::Action::Merge(Kind::Customer) };
    let stamp = crate::domain::Stamp { time: u64::MAX >> 1, device: crate::domain::DeviceId(9) };
    let set = crate::domain::ChangeSet { stamp, origin, changes: vec![change], blocks: Vec::new() };
    data.apply(&set, 9, &[]).unwrap();
    assert_eq!(data.customers().live().count(), 1);
    assert!(!data.customers().is_null(data.customers().row(ann).unwrap(), customer::MERGED_INTO));
}

#[test]
fn a_file_says_who_may_be_known_already() {
    let a = book(1);
    let ann = add(&a, 1, profile("Annabel Lee", "13800138001", "", &[]));
    let mut parsed = file(2, 2);
    parsed.customers[0].name = "Lee, Annabel".into();
    parsed.customers[0].phone = "+86 138 0013 8001".into();
    let staged = a.stage(parsed, "shop".into(), "orders.csv".into());
    assert_eq!((staged.customers.new, staged.twins_total), (2, 1));
    assert_eq!((staged.twins[0].known, staged.twins[0].other.as_str()), (Some(ann), "Annabel Lee"));
    run(&a, 2, &Command::CommitImport { keep: false }).unwrap();
    assert_eq!(a.stage(file(2, 2), "shop".into(), "orders.csv".into()).twins_total, 0, "known by its number");
}

#[test]
fn a_file_of_answers_may_call_who_stays_by_what_the_other_was_called() {
    let a = book(1);
    let ann = add(&a, 1, profile("Ann", "13800138001", "", &[]));
    let old = |key: &str, name: &str, phone: &str| CustomerProfile { key: key.into(), ..profile(name, phone, "", &[]) };
    let twin = add(&a, 2, old("K-7", "Annie Li", "13800138002"));
    let cleo = add(&a, 3, profile("Cleo", "", "", &[]));
    let other = add(&a, 4, old("K-8", "Annie Li", "13800138003"));
    let dora = add(&a, 5, old("K-9", "Cleo Once", ""));
    make_one(&a, 6, ann, &[twin]);
    make_one(&a, 7, cleo, &[dora]);
    let answer = |row: u64, customer: &str| crate::files::orders::ParsedResponse {
        row,
        key: format!("r{row}"),
        customer: customer.into(),
        at: Day(20_000).start(),
        order: String::new(),
        product: String::new(),
        staff: String::new(),
        expectation: Some(8),
        experience: Some(6),
        nps: None,
        csat: None,
        comment: String::new(),
    };
    let said = ["K-7", "13800138002", "Ann", "Annie Li", "Cleo Once", "K-9"];
    let responses = (2..).zip(said).map(|(row, customer)| answer(row, customer)).collect();
    let parsed = crate::files::orders::ParsedOrders { responses, ..Default::default() };
    let (staged, _) = import(&a, 8, parsed);
    let unknown: Vec<_> = staged.left_out.iter().map(|e| e.value.as_str()).collect();
    assert_eq!((staged.responses.new, unknown), (6, vec![]));
    let data = a.data();
    let of = |id: Id| {
        let row = data.customers().row(id);
        data.responses()
            .live()
            .filter(|&r| data.responses().reference(r, crate::domain::response::CUSTOMER) == row)
            .count()
    };
    // Annie Li is what another is called today.
    assert_eq!((of(ann), of(other), of(cleo)), (3, 1, 2));
}
