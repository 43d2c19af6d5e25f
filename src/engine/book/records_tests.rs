//! Records of every kind by the generic command.

use super::tests::*;
use super::*;
use crate::domain::{Day, Input, InvalidReason, Line, Value};
use crate::engine::api::{Answer, Invalid, Query, RecordRow, TimelineItem};
use crate::engine::metrics::MetricsCache;
use crate::engine::query;
use crate::engine::testing::MemoryStore;

const NOON: i64 = 1_700_000_000_000;

pub(super) fn save(kind: Kind, id: Option<Id>, fields: &[(&str, Value)]) -> Command {
    let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    Command::SaveRecord { kind, id, fields, products: Vec::new() }
}

pub(super) fn add(book: &Tab, n: u64, kind: Kind, fields: &[(&str, Value)]) -> Id {
    run(book, n, &save(kind, None, fields)).unwrap().id.unwrap()
}

fn ask(book: &Tab, query: &Query) -> Answer {
    query::answer(&book.data(), &mut MetricsCache::default(), query, Day(19_700)).unwrap()
}

fn row(book: &Tab, id: Id) -> RecordRow {
    match ask(book, &Query::Record { id }) {
        Answer::Record(Some(row)) => *row,
        other => unreachable!("{other:?}"),
    }
}

fn value(row: &RecordRow, name: &str) -> Value {
    row.values.iter().find(|(n, _)| n == name).map_or(Value::Null, |(_, v)| v.clone())
}

fn refused(book: &Tab, command: &Command) -> Vec<(String, InvalidReason)> {
    match run(book, 900, command) {
        Err(CommandError::Invalid { problems }) => {
            problems.into_iter().map(|Invalid { field, reason }| (field, reason)).collect()
        }
        other => unreachable!("{other:?}"),
    }
}

fn line(product: Option<Id>, total_minor: i64) -> Line {
    Line { product, quantity_milli: 1_000, unit_price_e4: total_minor * 100, total_minor }
}

/// Something that fits the input.
fn sample(input: Input, links: &[(Kind, Id)]) -> Value {
    match input {
        Input::Line(_) | Input::Long | Input::Person => "<b>王</b> & 𝕏 \u{202e}rtl".into(),
        Input::Phone => "+86 138 0013 8000".into(),
        Input::Email => "a@b.cn".into(),
        Input::Key => "K-1".into(),
        Input::Money | Input::Price | Input::Decimal | Input::Amount => 12_345i64.into(),
        Input::Number { least, .. } => least.into(),
        Input::Time => NOON.into(),
        Input::Day => 19_800i64.into(),
        Input::Date => "L2020-04R-10".into(),
        Input::Choice(all) => all[0].into(),
        Input::Many(_) | Input::Tiers | Input::Words => Value::Json(serde_json::json!(["gold", "茶"])),
        Input::YesNo => false.into(),
        Input::Link(kind) => links.iter().find(|(k, _)| *k == kind).map(|(_, id)| *id).into(),
        Input::Lines => vec![line(None, 500)].into(),
    }
}

#[test]
fn every_field_of_every_kind_is_saved_shown_undone_and_reopened() {
    let book = open(&MemoryStore::default());
    let links = [
        (Kind::Customer, add(&book, 1, Kind::Customer, &[("name", "Ann".into())])),
        (Kind::Product, add(&book, 2, Kind::Product, &[("name", "Tea".into())])),
        (Kind::Member, add(&book, 3, Kind::Member, &[("name", "Li".into())])),
    ];
    for (n, form) in (10..).step_by(10).zip(Kind::ALL.iter().filter_map(|kind| kind.form())) {
        if form.kind == Kind::Order {
            continue;
        }
        let fields: Vec<(&str, Value)> =
            form.fields.iter().map(|f| (f.name(form.kind), sample(f.input, &links))).collect();
        let id = add(&book, n, form.kind, &fields);
        let shown = row(&book, id);
        for (name, value) in &fields {
            assert_eq!(self::value(&shown, name), *value, "{:?} {name}", form.kind);
        }
        // The same again is nothing to do; emptied fields are gone, and come back by undo.
        assert_eq!(run(&book, n + 1, &save(form.kind, Some(id), &fields)).unwrap().seq, None);
        let optional = form.fields.iter().filter(|f| !f.required && !form.any_of.contains(&f.field));
        let emptied: Vec<(&str, Value)> = optional.map(|f| (f.name(form.kind), Value::Null)).collect();
        if let Some(seq) = run(&book, n + 2, &save(form.kind, Some(id), &emptied)).unwrap().seq {
            assert!(
                emptied.iter().all(|(name, _)| self::value(&row(&book, id), name) == Value::Null),
                "{:?}",
                form.kind
            );
            run(&book, n + 3, &Command::Undo { seq }).unwrap();
        }
        assert_eq!(row(&book, id).values, shown.values, "{:?}", form.kind);
        run(&book, n + 4, &Command::Delete { ids: vec![id] }).unwrap();
        assert_eq!(ask(&book, &Query::Record { id }), Answer::Record(None));
        run(&book, n + 5, &Command::Restore { ids: vec![id] }).unwrap();
        assert_eq!(row(&book, id).values, shown.values, "{:?}", form.kind);
    }
    assert_reopens(&book);
    compact(&book, 500);
    assert_reopens(&book);
}

#[test]
fn bad_input_is_refused_field_by_field() {
    let book = open(&MemoryStore::default());
    let ann = add(&book, 1, Kind::Customer, &[("name", "Ann".into())]);
    add(&book, 2, Kind::Customer, &[("key", "K1".into())]);
    use InvalidReason::{KeyTaken, NotADate, OutOfRange, Required, TooLong, Unknown};
    let long = "x".repeat(10_001);
    let cases: [(Command, &[(&str, InvalidReason)]); 9] = [
        (save(Kind::Contact, None, &[]), &[("customer", Required), ("name", Required)]),
        (
            save(Kind::Contact, None, &[("customer", Id(9).into()), ("name", " ".into())]),
            &[("customer", Unknown), ("name", Required)],
        ),
        (
            save(
                Kind::Contact,
                None,
                &[
                    ("customer", ann.into()),
                    ("name", "B".into()),
                    ("birthday", "30 Feb".into()),
                    ("note", long.as_str().into()),
                ],
            ),
            &[("birthday", NotADate), ("note", TooLong)],
        ),
        (save(Kind::Customer, None, &[("note", "who?".into())]), &[("name", Required)]),
        (save(Kind::Customer, Some(ann), &[("key", "K1".into())]), &[("key", KeyTaken)]),
        (save(Kind::Customer, Some(ann), &[("shoe_size", Value::Int(42))]), &[("shoe_size", Unknown)]),
        (save(Kind::Customer, Some(ann), &[("deleted", Value::Bool(true))]), &[("deleted", Unknown)]),
        (
            save(
                Kind::Case,
                None,
                &[
                    ("customer", ann.into()),
                    ("kind", "complaint".into()),
                    ("what", "late".into()),
                    ("at", NOON.into()),
                    ("closed", (NOON - 1).into()),
                ],
            ),
            &[("closed", OutOfRange)],
        ),
        (
            save(
                Kind::Quote,
                None,
                &[("customer", ann.into()), ("at", NOON.into()), ("lines", vec![line(Some(Id(77)), 5)].into())],
            ),
            &[("lines", Unknown), ("lines", Required)],
        ),
    ];
    for (command, want) in cases {
        let mut want: Vec<(String, InvalidReason)> = want.iter().map(|(f, r)| ((*f).to_owned(), *r)).collect();
        want.retain(|(field, reason)| field != "lines" || *reason == Unknown);
        assert_eq!(refused(&book, &command), want, "{command:?}");
    }
    assert_eq!(run(&book, 99, &save(Kind::Setting, None, &[])), Err(CommandError::NotFound));
    assert_eq!(run(&book, 99, &save(Kind::Contact, Some(Id(5)), &[])), Err(CommandError::NotFound));
}

#[test]
fn only_what_the_form_changed_is_written() {
    let book = open(&MemoryStore::default());
    let ann = add(&book, 1, Kind::Customer, &[("name", "Ann".into()), ("phone", "110".into())]);
    run(&book, 2, &save(Kind::Customer, Some(ann), &[("phone", "119".into())])).unwrap();
    run(&book, 3, &save(Kind::Customer, Some(ann), &[("name", "Anne".into())])).unwrap();
    let shown = row(&book, ann);
    assert_eq!((value(&shown, "name"), value(&shown, "phone")), ("Anne".into(), "119".into()));
    // What a file brought and nobody touches keeps nobody from mending the rest.
    assert_eq!(
        refused(&book, &save(Kind::Customer, Some(ann), &[("name", Value::Null), ("phone", Value::Null)])),
        [("name".to_owned(), InvalidReason::Required)]
    );
}

#[test]
fn quotes_count_their_versions() {
    let book = open(&MemoryStore::default());
    let ann = add(&book, 1, Kind::Customer, &[("name", "Ann".into())]);
    let tea = add(&book, 2, Kind::Product, &[("name", "Tea".into())]);
    let lines = |minor| ("lines", Value::from(vec![line(Some(tea), minor)]));
    let first = add(&book, 3, Kind::Quote, &[("customer", ann.into()), ("at", NOON.into()), lines(500)]);
    let second = add(&book, 4, Kind::Quote, &[("at", NOON.into()), lines(450), ("first", first.into())]);
    // Taken up from the second one, it is still of the first.
    let third = add(&book, 5, Kind::Quote, &[("at", NOON.into()), lines(400), ("first", second.into())]);
    let picture = |id| {
        let row = row(&book, id);
        (value(&row, "version"), value(&row, "first"), value(&row, "customer"), value(&row, "outcome"))
    };
    assert_eq!(picture(first), (Value::Int(1), Value::Null, ann.into(), "replaced".into()));
    assert_eq!(picture(second), (Value::Int(2), first.into(), ann.into(), "replaced".into()));
    assert_eq!(picture(third), (Value::Int(3), first.into(), ann.into(), "open".into()));
    assert!(row(&book, third).names.contains(&(tea, "Tea".to_owned())));
    let of_nobody = save(Kind::Quote, None, &[("at", NOON.into()), lines(1), ("first", Id(4).into())]);
    assert_eq!(refused(&book, &of_nobody)[0], ("first".to_owned(), InvalidReason::Unknown));
}

#[test]
fn the_timeline_merges_all_kinds_and_can_be_narrowed() {
    let book = open(&MemoryStore::default());
    let ann = add(&book, 1, Kind::Customer, &[("name", "Ann".into()), ("consent_phone", false.into())]);
    let bob = add(&book, 2, Kind::Customer, &[("name", "Bob".into()), ("referrer", ann.into())]);
    let at = |n: i64| ("at", Value::Int(NOON + n));
    let who = ("customer", Value::from(ann));
    add(&book, 3, Kind::Promise, &[who.clone(), at(1), ("what", "call back".into())]);
    add(&book, 4, Kind::Case, &[who.clone(), at(3), ("kind", "unmet".into()), ("what", "green tea".into())]);
    add(&book, 5, Kind::Interaction, &[who.clone(), at(2), ("note", "hello".into())]);
    add(&book, 6, Kind::Contact, &[who, ("name", "Zoe".into())]);
    add(&book, 7, Kind::Promise, &[("customer", bob.into()), at(9), ("what", "not Ann's".into())]);
    let view = |kinds: Vec<Kind>| {
        let query = Query::Customer { id: ann, as_of: None, timeline_offset: 0, timeline_limit: 10, kinds };
        match ask(&book, &query) {
            Answer::Customer(Some(view)) => *view,
            other => unreachable!("{other:?}"),
        }
    };
    let all = view(Vec::new());
    let kinds: Vec<Kind> = all
        .timeline
        .iter()
        .map(|item| match item {
            TimelineItem::Record(row) => row.kind,
            _ => Kind::Interaction,
        })
        .collect();
    assert_eq!(kinds, [Kind::Case, Kind::Interaction, Kind::Promise]);
    assert_eq!(all.kinds, [(Kind::Interaction, 1), (Kind::Promise, 1), (Kind::Case, 1)]);
    assert_eq!(all.contacts.iter().map(|c| c.title.as_str()).collect::<Vec<_>>(), ["Zoe"]);
    assert_eq!(value(&all.record, "consent_phone"), Value::Bool(false));
    let few = view(vec![Kind::Promise]);
    assert_eq!((few.timeline_total, few.kinds.len()), (1, 3));
    // Who brought whom is a link by name; a circle of links is no trouble.
    run(&book, 8, &save(Kind::Customer, Some(ann), &[("referrer", bob.into())])).unwrap();
    assert_eq!(row(&book, ann).names, [(bob, "Bob".to_owned())]);
    let list =
        ask(&book, &Query::Records { kind: Kind::Promise, search: "CALL".into(), of: Some(ann), offset: 0, limit: 5 });
    let Answer::Records(list) = list else { unreachable!() };
    assert_eq!((list.total, list.rows[0].title.as_str()), (1, "call back"));
}

#[test]
fn what_an_older_version_kept_free_form_becomes_the_field_it_is() {
    let book = open(&MemoryStore::default());
    let mut data = book.data().clone();
    let stamp = crate::domain::Stamp { time: 5, device: crate::domain::DeviceId(3) };
    let change = |field: &str, value| crate::domain::Change {
        kind: Kind::Promise,
        id: Id(1),
        field: field.into(),
        value: Value::Json(value),
        was: Value::Null,
    };
    let changes = vec![
        change("what", "call".into()),
        change("due", 19_800.into()),
        change("customer", Id(2).to_string().into()),
        change("state", serde_json::json!({"odd": 1})),
    ];
    let set = crate::domain::ChangeSet { stamp, origin: crate::domain::Origin::Demo, changes, blocks: Vec::new() };
    data.apply(&set, 1, &[]).unwrap();
    let at = |name: &str| data.value(Kind::Promise, 0, Kind::Promise.field(name).unwrap());
    assert_eq!([at("what"), at("due"), at("customer")], ["call".into(), Value::Int(19_800), Id(2).into()]);
    assert_eq!(at("state"), Value::Null);
}

#[test]
fn a_won_quote_becomes_one_order_and_a_new_version_replaces_the_open_one() {
    let book = open(&MemoryStore::default());
    let ann = add(&book, 1, Kind::Customer, &[("name", "Ann".into())]);
    let tea = Id(77);
    let new: [(&str, Value); 3] = [
        ("customer", ann.into()),
        ("at", NOON.into()),
        ("lines", vec![line(Some(tea), 1_000), line(None, 500)].into()),
    ];
    let fields = new.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    let save_new = Command::SaveRecord { kind: Kind::Quote, id: None, fields, products: vec![(tea, "Tea".into())] };
    let first = run(&book, 2, &save_new).unwrap();
    let one = first.id.unwrap();
    assert_eq!(row(&book, tea).title, "Tea", "its new product comes along");
    let cheaper = [
        ("first", one.into()),
        ("at", NOON.into()),
        ("lines", vec![line(Some(tea), 900)].into()),
        ("discount_minor", 100i64.into()),
    ];
    let two = add(&book, 3, Kind::Quote, &cheaper);
    assert_eq!(
        [value(&row(&book, one), "outcome"), value(&row(&book, two), "outcome")],
        ["replaced".into(), "open".into()]
    );
    assert_eq!(value(&row(&book, two), "version"), Value::Int(2));
    let at = crate::domain::CivilTime(NOON);
    let done = run(&book, 4, &Command::OrderOfQuote { quote: two, at }).unwrap();
    let Answer::Order(Some(order)) = ask(&book, &Query::Order { id: done.id.unwrap() }) else { unreachable!() };
    assert_eq!((order.total_minor, order.customer_name.as_str(), order.names), (800, "Ann", vec!["Tea".to_owned()]));
    assert_eq!(value(&row(&book, two), "outcome"), "won".into());
    assert_eq!(run(&book, 5, &Command::OrderOfQuote { quote: two, at }), Err(CommandError::OrderThere), "once");
    assert_eq!(
        run(&book, 5, &Command::OrderOfQuote { quote: one, at }),
        Err(CommandError::OrderThere),
        "of all versions"
    );
    run(&book, 6, &Command::Undo { seq: done.seq.unwrap() }).unwrap();
    assert_eq!(value(&row(&book, two), "outcome"), "open".into());
    let ordered = |quote| row(&book, quote).values.iter().any(|(name, _)| name == RecordRow::ORDERED);
    // Won by hand it has no order yet, and gets one once.
    run(&book, 7, &save(Kind::Quote, Some(two), &[("outcome", "won".into())])).unwrap();
    assert!(!ordered(two));
    let made = run(&book, 8, &Command::OrderOfQuote { quote: two, at }).unwrap();
    assert!(ordered(two) && ordered(one));
    // In the trash it is none, and comes back when made again.
    run(&book, 9, &Command::Delete { ids: vec![made.id.unwrap()] }).unwrap();
    assert!(!ordered(two));
    assert_eq!(run(&book, 10, &Command::OrderOfQuote { quote: two, at }).unwrap().id, made.id);
    assert!(ordered(two));
    assert_reopens(&book);
}

#[test]
fn amounts_settle_the_currency_of_a_book() {
    let known = |fields: &[(Kind, &[(&str, Value)])]| {
        let book = open(&MemoryStore::default());
        for ((kind, fields), n) in fields.iter().zip(1..) {
            add(&book, n, *kind, fields);
        }
        let Answer::Overview(overview) = ask(&book, &Query::Overview { as_of: None }) else { unreachable!() };
        overview.currency_known
    };
    let (tea, ann) = (("name", Value::from("Tea")), ("name", Value::from("Ann")));
    assert!(!known(&[]));
    assert!(!known(&[(Kind::Product, std::slice::from_ref(&tea)), (Kind::Customer, std::slice::from_ref(&ann))]));
    assert!(known(&[(Kind::Product, &[tea, ("price_e4", 15_000_000i64.into())])]));
    assert!(known(&[(Kind::Customer, &[ann, ("wallet_e4", 10_000i64.into())])]));
}

#[test]
fn services_are_free_paid_or_not_offered_by_tier() {
    use crate::engine::api::{Entitled, Grant};
    let book = open(&MemoryStore::default());
    let (ann, bob) = (
        add(&book, 1, Kind::Customer, &[("name", "Ann".into())]),
        add(&book, 2, Kind::Customer, &[("name", "Bob".into())]),
    );
    let tiers = |ids: &[&str]| Value::Json(serde_json::json!(ids));
    let ordinary = book.data().settings().tiers[0].id.clone();
    add(&book, 3, Kind::Entitlement, &[("name", "Repair".into()), ("free", tiers(&[&ordinary]))]);
    add(
        &book,
        4,
        Kind::Entitlement,
        &[("name", "Delivery".into()), ("paid", tiers(&[&ordinary])), ("price_e4", 50_000i64.into())],
    );
    add(&book, 5, Kind::Entitlement, &[("name", "Lessons".into()), ("free", tiers(&["nobody"]))]);
    let quote = [("customer", ann.into()), ("at", NOON.into()), ("lines", vec![line(None, 500)].into())];
    let quote = add(&book, 6, Kind::Quote, &quote);
    run(&book, 7, &Command::OrderOfQuote { quote, at: crate::domain::CivilTime(NOON) }).unwrap();
    let of = |customer| match ask(&book, &Query::Entitled { customer }) {
        Answer::Entitled(entitled) => entitled,
        other => unreachable!("{other:?}"),
    };
    let services =
        |grants: [Grant; 3]| ["Delivery", "Lessons", "Repair"].map(str::to_owned).into_iter().zip(grants).collect();
    let want = services([Grant::Paid(Some(50_000)), Grant::NotOffered, Grant::Free]);
    assert_eq!(of(ann), Entitled { tier: Some(ordinary), services: want });
    assert_eq!(of(bob), Entitled { tier: None, services: services([Grant::NotOffered; 3]) });
}

#[test]
fn a_quote_past_its_last_day_is_expired_and_a_lost_one_says_why() {
    let book = open(&MemoryStore::default());
    let ann = add(&book, 1, Kind::Customer, &[("name", "Ann".into())]);
    let fields = [
        ("customer", ann.into()),
        ("at", NOON.into()),
        ("lines", vec![line(None, 500)].into()),
        ("valid_until", Value::Int(100)),
    ];
    let quote = add(&book, 2, Kind::Quote, &fields);
    let on = |day: i32| {
        let data = book.data();
        let mut cache = MetricsCache::new();
        let mut ask = |query: &Query| query::answer(&data, &mut cache, query, Day(day)).unwrap();
        let Answer::Record(Some(row)) = ask(&Query::Record { id: quote }) else { unreachable!() };
        let kinds = vec![Kind::Quote];
        let query = Query::Customer { id: ann, as_of: None, timeline_offset: 0, timeline_limit: 9, kinds };
        let Answer::Customer(Some(view)) = ask(&query) else { unreachable!() };
        let TimelineItem::Record(item) = &view.timeline[0] else { unreachable!() };
        assert_eq!(value(item, "outcome"), value(&row, "outcome"));
        (value(&row, "outcome"), view.due.len())
    };
    assert_eq!((on(100), on(101)), (("open".into(), 1), ("expired".into(), 0)));
    // Nothing of that was written.
    assert_eq!(book.data().table(Kind::Quote).text(0, crate::domain::quote::OUTCOME), "open");
    let lost = |reason: Value| save(Kind::Quote, Some(quote), &[("outcome", "lost".into()), ("reason", reason)]);
    assert_eq!(refused(&book, &lost(Value::Null)), [("reason".to_owned(), InvalidReason::Required)]);
    run(&book, 3, &lost("price".into())).unwrap();
    assert_eq!(on(101).0, "lost".into());
}
