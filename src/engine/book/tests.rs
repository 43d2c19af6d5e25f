use super::*;
use crate::domain::{
    CivilTime, Currency, CustomerProfile, Day, InteractionChannel, InteractionDraft, Line, OrderDraft, OrderKind,
    Settings, Value,
};
use crate::engine::api::{Invalid, InvalidReason, Language, Tally};
use crate::engine::testing::{MemoryStore, block_on, saved};
use crate::files::orders::{ParseReport, ParsedCustomer, ParsedLine, ParsedOrder, ParsedProduct};

pub(super) type Tab = Book<MemoryStore>;

pub(super) fn ctx(n: u64) -> Ctx {
    // A splitmix step spreads the counter over all bits.
    let spread = |n: u64| {
        let n = (n ^ (n >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        (n ^ (n >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb)
    };
    let random = u128::from(spread(n + 1)) << 64 | u128::from(spread(n + 0x9e37));
    Ctx { now_ms: 1_700_000_000_000 + n, random }
}

pub(super) fn open(store: &MemoryStore) -> Tab {
    block_on(Book::open(store.clone(), &ctx(99))).unwrap()
}

pub(super) fn run(book: &Tab, n: u64, command: &Command) -> Result<Done, CommandError> {
    block_on(book.run(command, &ctx(n), &|_, _| true))
}

pub(super) fn compact(book: &Tab, n: u64) {
    while block_on(book.compact_step(&ctx(n))).unwrap() {}
}

/// Everything that can be seen of a data set, in an order of its own.
pub(super) fn picture(data: &Dataset) -> Vec<String> {
    let mut lines = Vec::new();
    for &kind in Kind::ALL {
        let table = data.table(kind);
        for row in (0..table.len()).filter(|&row| table.exists(row)) {
            for (field, name) in table.fields() {
                let value = data.value(kind, row, field);
                let stamp = data.field_stamp(kind, row, field);
                let shadow = table.exceptions.get(&(row, field)).and_then(|e| e.imported.clone());
                if stamp.is_some() {
                    lines.push(format!("{kind:?} {} {name} {value:?} {stamp:?} {shadow:?}", table.ids()[row as usize]));
                }
            }
        }
    }
    lines.push(format!("{:?}", data.settings()));
    lines.extend(data.commits().iter().map(|c| format!("{} {} {:?} {}", c.stamp, c.seq, c.class, c.undone)));
    lines.sort();
    lines
}

/// The book reads back as it stands in memory, with and without what compaction made of it.
pub(super) fn assert_reopens(book: &Tab) {
    let again = open(&book.store().other_tab());
    assert_eq!(picture(&again.data()), picture(&book.data()));
}

pub(super) fn named(name: &str) -> Command {
    saved(None, None, &CustomerProfile { name: name.into(), ..Default::default() })
}

pub(super) fn rename(id: Id, name: &str) -> Command {
    saved(Some(id), None, &CustomerProfile { name: name.into(), ..Default::default() })
}

pub(super) fn names(data: &Dataset) -> Vec<String> {
    let table = data.customers();
    let mut names: Vec<String> = table.live().map(|row| data.customer_name(row).to_owned()).collect();
    names.sort();
    names
}

/// A file of `orders` orders in pounds by `customers` customers, one line each.
pub(super) fn file(customers: u32, orders: u32) -> ParsedOrders {
    let customer = |n| ParsedCustomer { key: format!("c{n}"), country: "France".into(), ..Default::default() };
    let order = |n: u32| ParsedOrder {
        key: format!("o{n}"),
        customer: (n % 7 != 6).then_some(n % customers),
        at: CivilTime(i64::from(n) * 1_000_000),
        kind: OrderKind::Purchase,
        channel: String::new(),
        currency: Currency::GBP,
        fields: Vec::new(),
        note: String::new(),
        first_line: n,
        line_count: 1,
    };
    let line = |n: u32| ParsedLine {
        product: Some(0),
        quantity_milli: 1_000,
        unit_price_e4: 10_000,
        total_minor: i64::from(n),
    };
    ParsedOrders {
        customers: (0..customers).map(customer).collect(),
        products: vec![ParsedProduct { key: "p".into(), name: "Tea".into(), ..Default::default() }],
        orders: (0..orders).map(order).collect(),
        lines: (0..orders).map(line).collect(),
        report: ParseReport { rows_taken: u64::from(orders), ..Default::default() },
        ..ParsedOrders::default()
    }
}

pub(super) fn import(book: &Tab, n: u64, parsed: ParsedOrders) -> (StagedImport, Done) {
    let staged = book.stage(parsed, "shop".into(), "a.csv".into());
    (staged, run(book, n, &Command::CommitImport { keep: false }).unwrap())
}

pub(super) fn problem(field: &str, reason: InvalidReason) -> Result<Done, CommandError> {
    Err(CommandError::Invalid { problems: vec![Invalid { field: field.into(), reason }] })
}

#[test]
fn a_customer_is_added_edited_deleted_and_undone_back() {
    let store = MemoryStore::default();
    let book = open(&store);
    let id = run(&book, 1, &named("Ann")).unwrap().id.unwrap();
    let same = run(&book, 2, &rename(id, "Ann")).unwrap();
    assert_eq!((same.seq, same.id), (None, Some(id)), "nothing differs, nothing is written");
    assert_eq!(run(&book, 3, &rename(id, "Anna")).unwrap().seq, Some(2));
    assert_eq!(run(&book, 4, &Command::Delete { ids: vec![id] }).unwrap().seq, Some(3));
    assert!(names(&book.data()).is_empty());
    assert_eq!(run(&book, 5, &rename(id, "x")), Err(CommandError::NotFound));
    run(&book, 6, &Command::Undo { seq: 3 }).unwrap();
    run(&book, 7, &Command::Undo { seq: 2 }).unwrap();
    assert_eq!(names(&book.data()), ["Ann"]);
    assert_eq!(run(&book, 8, &Command::Undo { seq: 2 }), Err(CommandError::NothingToUndo));
    run(&book, 9, &Command::Undo { seq: 5 }).unwrap();
    assert_eq!(names(&book.data()), ["Anna"], "the undo of an undo");
    run(&book, 10, &Command::Undo { seq: 2 }).unwrap();
    run(&book, 11, &Command::Undo { seq: 1 }).unwrap();
    assert!(names(&book.data()).is_empty());
    let journal = block_on(book.journal(0, 3)).unwrap();
    let seen: Vec<_> = journal.iter().map(|r| (r.seq, r.records, r.subject.as_str(), r.undone, r.own_device)).collect();
    assert_eq!(seen, [(8, 1, "Ann", false, true), (7, 1, "Ann", false, true), (6, 1, "Ann", false, true)]);
    assert_reopens(&book);
}

#[test]
fn restoring_brings_back_what_is_in_the_trash_and_nothing_else() {
    let book = open(&MemoryStore::default());
    let ids: Vec<Id> =
        ["Ann", "Bob"].iter().zip(1..).map(|(n, i)| run(&book, i, &named(n)).unwrap().id.unwrap()).collect();
    run(&book, 3, &Command::Delete { ids: ids.clone() }).unwrap();
    let restore = |ids: &[Id]| Command::Restore { ids: ids.to_vec() };
    assert_eq!(run(&book, 4, &restore(&[ids[0], ids[0], Id(7)])).unwrap().records, 1);
    assert_eq!(names(&book.data()), ["Ann"]);
    assert_eq!(run(&book, 5, &restore(&ids)).unwrap().records, 1);
    assert_eq!(run(&book, 6, &restore(&ids)).unwrap().seq, None);
    assert_eq!(names(&book.data()), ["Ann", "Bob"]);
    assert_eq!(run(&book, 7, &Command::Delete { ids: vec![] }), Err(CommandError::NotFound));
    assert_reopens(&book);
}

#[test]
fn a_mapping_is_remembered_by_header() {
    use crate::files::orders::{DateOrder, DecimalSign, Mapping, Role};
    let book = open(&MemoryStore::default());
    let mapping = Mapping {
        fields: Vec::new(),
        fill_down: false,
        target: crate::files::orders::Target::Responses,
        roles: vec![Role::OrderNumber, Role::Ignore],
        date_order: DateOrder::DayMonthYear,
        decimal_sign: DecimalSign::Comma,
        currency: Currency::EUR,
        source: "till".into(),
    };
    run(&book, 1, &Command::RememberMapping { signature: "a;b".into(), mapping: mapping.clone() }).unwrap();
    assert_eq!(update::mapping(&book.data(), "a;b"), Some(mapping));
    assert_eq!(update::mapping(&book.data(), "a;c"), None);
}

#[test]
fn drafts_are_checked_where_they_change_something() {
    let book = open(&MemoryStore::default());
    let save = |profile| saved(None, None, &profile);
    let ann = CustomerProfile { name: "Ann".into(), key: "7".into(), ..Default::default() };
    run(&book, 1, &save(ann.clone())).unwrap();
    let cases = [
        (CustomerProfile::default(), "name", InvalidReason::Required),
        (CustomerProfile { email: "a@b".into(), ..ann.clone() }, "email", InvalidReason::NotAnEmail),
        (CustomerProfile { phone: "home".into(), ..ann.clone() }, "phone", InvalidReason::NotAPhone),
        (CustomerProfile { birthday: "2011-02-30".into(), ..ann.clone() }, "birthday", InvalidReason::NotADate),
        (CustomerProfile { name: "x".repeat(201), ..ann.clone() }, "name", InvalidReason::TooLong),
        (CustomerProfile { name: "Bob".into(), ..ann.clone() }, "key", InvalidReason::KeyTaken),
    ];
    for (profile, field, reason) in cases {
        let profile = CustomerProfile { key: if field == "key" { "7".into() } else { String::new() }, ..profile };
        assert_eq!(run(&book, 2, &save(profile)), problem(field, reason));
    }
    let product = |price: i64| Command::SaveRecord {
        kind: Kind::Product,
        id: None,
        fields: vec![("name".into(), "Tea".into()), ("price_e4".into(), price.into())],
        products: vec![],
    };
    assert_eq!(run(&book, 3, &product(-1)), problem("price_e4", InvalidReason::OutOfRange));
    let mut settings = Settings::default();
    settings.rfm.bins = 2;
    assert_eq!(
        run(&book, 4, &Command::SaveSettings { seen: None, settings: Box::new(settings) }),
        problem("rfm", InvalidReason::OutOfRange)
    );
    assert_eq!(book.data().seq(), 1);
}

#[test]
fn orders_and_interactions_by_hand() {
    let book = open(&MemoryStore::default());
    let ann = run(&book, 1, &named("Ann")).unwrap().id.unwrap();
    let line = Line { product: None, quantity_milli: 1_000, unit_price_e4: 10_000, total_minor: 100 };
    let draft = OrderDraft {
        number: "A1".into(),
        customer: Some(ann),
        at: Day(15_000).start(),
        kind: OrderKind::Refund,
        channel: "shop".into(),
        currency: Currency::CNY,
        lines: vec![line],
        note: String::new(),
    };
    let order = |draft: &OrderDraft| Command::SaveOrder {
        id: None,
        seen: None,
        order: draft.clone(),
        products: vec![],
        fields: vec![],
    };
    run(&book, 2, &order(&draft)).unwrap();
    assert_eq!(book.data().orders().lines_of(0).total_minor(), -100, "a refund is stored negative");
    assert_eq!(run(&book, 3, &order(&draft)), problem("number", InvalidReason::KeyTaken));
    let stranger = OrderDraft { customer: Some(Id(5)), number: String::new(), ..draft.clone() };
    assert_eq!(run(&book, 4, &order(&stranger)), problem("customer", InvalidReason::Required));
    let bare = OrderDraft { lines: vec![], number: String::new(), ..draft };
    assert_eq!(run(&book, 5, &order(&bare)), problem("lines", InvalidReason::Required));
    let talk = InteractionDraft {
        customer: ann,
        at: Day(15_000).start(),
        channel: InteractionChannel::Phone,
        inbound: true,
        note: "asked".into(),
        mood: Some(4),
        staff: String::new(),
    };
    book.take_touched();
    run(&book, 6, &Command::LogInteraction { id: None, seen: None, interaction: talk }).unwrap();
    let touched = book.take_touched();
    assert_eq!((touched.topics(), touched.customers), (vec![Topic::Interactions], vec![0]));
    assert_reopens(&book);
}

#[test]
fn settings_are_saved_one_by_one() {
    let book = open(&MemoryStore::default());
    let wanted = Settings { default_margin_bp: 2_500, business_name: "茶馆".into(), ..Default::default() };
    let done = run(&book, 1, &Command::SaveSettings { seen: None, settings: Box::new(wanted.clone()) }).unwrap();
    assert_eq!((done.records, book.data().settings()), (2, &wanted));
    assert_reopens(&book);
    run(&book, 2, &Command::Undo { seq: 1 }).unwrap();
    assert_eq!(book.data().settings(), &Settings::default());
    run(&book, 3, &Command::SaveSettings { seen: None, settings: Box::new(wanted.clone()) }).unwrap();
    assert_eq!(book.data().settings(), &wanted);
}

#[test]
fn the_same_file_again_changes_nothing_and_corrections_by_hand_survive() {
    let book = open(&MemoryStore::default());
    let (staged, done) = import(&book, 1, file(50, 300));
    assert_eq!(staged.customers, Tally { new: 50, updated: 0, unchanged: 0 });
    assert_eq!((staged.orders.new, staged.products.new, done.records), (300, 1, 352));
    assert_eq!(book.data().settings().currency, Currency::GBP, "the first file brings its currency");
    let (staged, done) = import(&book, 2, file(50, 300));
    assert_eq!((staged.orders, done.seq), (Tally { new: 0, updated: 0, unchanged: 300 }, None));

    let id = Id::from_key(Kind::Customer, "shop", "c3");
    let profile =
        CustomerProfile { key: "c3".into(), name: "Ann".into(), country: "Belgium".into(), ..Default::default() };
    run(&book, 3, &saved(Some(id), None, &profile)).unwrap();
    assert_eq!(import(&book, 4, file(50, 300)).1.seq, None);
    compact(&book, 5);
    let book = open(&book.store().other_tab());
    assert_eq!(import(&book, 6, file(50, 300)).1.seq, None, "also after compaction and reopening");
    let mut moved = file(50, 301);
    moved.customers[3].country = "Spain".into();
    let (staged, _) = import(&book, 7, moved);
    assert_eq!((staged.customers.updated, staged.conflicts_total, staged.orders.new), (0, 1, 1));
    let data = book.data();
    let row = data.customers().row(id).unwrap();
    let country = data.customers().text(row, crate::domain::customer::COUNTRY);
    assert_eq!((country, data.customer_name(row)), ("Spain", "Ann"), "a file that says something new wins");
}

#[test]
fn an_import_is_undone_whole_but_for_what_was_edited_since_and_comes_back_with_the_file() {
    let book = open(&MemoryStore::default());
    import(&book, 1, file(50, 3_000));
    let id = Id::from_key(Kind::Customer, "shop", "c3");
    run(&book, 2, &rename(id, "Ann")).unwrap();
    let done = run(&book, 3, &Command::Undo { seq: 1 }).unwrap();
    assert_eq!((done.records, done.kept), (3_051, 1));
    assert_eq!(names(&book.data()), ["Ann"]);
    assert_eq!(book.data().settings(), &Settings::default());
    assert_reopens(&book);
    compact(&book, 4);
    assert_reopens(&book);
    assert_eq!(run(&book, 5, &Command::Undo { seq: 3 }).unwrap().records, 3_051);
    assert_eq!((book.data().orders().live().count(), names(&book.data()).len()), (3_000, 50));
    run(&book, 6, &Command::Undo { seq: 1 }).unwrap();
    assert_eq!(book.data().orders().live().count(), 0, "and once more");
    let (staged, _) = import(&book, 7, file(50, 3_000));
    assert_eq!((staged.orders.new, staged.customers.new, staged.customers.unchanged), (3_000, 49, 1));
    assert_eq!(book.data().orders().live().count(), 3_000);
    run(&book, 8, &Command::Delete { ids: vec![id] }).unwrap();
    let (staged, done) = import(&book, 9, file(50, 3_000));
    assert_eq!((staged.customers.unchanged, done.seq), (50, None), "what a person deleted stays deleted");
    assert_reopens(&book);
}

#[test]
fn undoing_an_import_keeps_customers_that_other_orders_need() {
    let book = open(&MemoryStore::default());
    import(&book, 1, file(5, 5));
    import(&book, 2, file(5, 6));
    let done = run(&book, 3, &Command::Undo { seq: 1 }).unwrap();
    assert_eq!(
        (book.data().orders().live().count(), done.kept),
        (1, 2),
        "the later order keeps its customer and product"
    );
    assert_eq!(names(&book.data()), ["c0"]);
}

#[test]
fn the_demo_fills_an_empty_book_only_and_clears_whole() {
    let book = open(&MemoryStore::default());
    let fill = Command::FillDemo { language: Language::Zh, today: Day(20_000), seed: 1 };
    run(&book, 1, &fill).unwrap();
    let first = book.data().customers().live().count();
    assert!(first > 100 && book.data().has_demo());
    assert_eq!(run(&book, 2, &fill), Err(CommandError::NotEmpty));
    run(&book, 3, &named("Ann")).unwrap();
    assert_reopens(&book);
    run(&book, 4, &Command::ClearDemo).unwrap();
    assert_eq!((names(&book.data()), book.data().has_demo()), (vec!["Ann".to_owned()], false));
    assert_eq!(book.data().settings(), &Settings::default());
    assert_eq!(run(&book, 5, &Command::ClearDemo).unwrap().seq, None);
    run(&book, 6, &Command::Undo { seq: 3 }).unwrap();
    assert_eq!(book.data().customers().live().count(), first + 1, "clearing is undone like anything else");
    run(&book, 7, &Command::ClearDemo).unwrap();
    run(&book, 8, &Command::Undo { seq: 2 }).unwrap();
    run(&book, 9, &Command::FillDemo { language: Language::En, today: Day(20_000), seed: 1 }).unwrap();
    compact(&book, 10);
    assert_reopens(&book);
}

/// Whoever fills the demo sees all six signs of loyalty at work, at values that a shop could have.
#[test]
fn the_demo_shows_all_six_signs_of_loyalty() {
    use crate::engine::api::{Answer, Query, RetentionView, TileKind};
    let days = ["2026-03-15", "2026-11-22", "2028-02-29"].map(|t| [(t, Language::Zh), (t, Language::En)]);
    for (today, language) in days.into_iter().flatten() {
        let book = open(&MemoryStore::default());
        let day = Day::parse_iso(today).unwrap();
        run(&book, 1, &Command::FillDemo { language, today: day, seed: 1 }).unwrap();
        let query = Query::Retention { as_of: None, step: None };
        let mut cache = crate::engine::metrics::MetricsCache::default();
        let view: RetentionView = match crate::engine::query::answer(&book.data(), &mut cache, &query, day) {
            Some(Answer::Retention(view)) => *view,
            other => unreachable!("{other:?}"),
        };
        let bounds = [
            (TileKind::Repeat, 0.5, 0.8),
            (TileKind::NeedMet, 0.4, 0.8),
            (TileKind::Attention, 0.15, 0.6),
            (TileKind::Choosing, 2.0, 30.0),
            (TileKind::Discount, 0.05, 0.35),
            (TileKind::Faults, 0.4, 0.9),
        ];
        for (tile, (kind, low, high)) in view.tiles.iter().zip(bounds) {
            let value = tile.value.unwrap_or(-1.0);
            assert!(tile.kind == kind && (low..=high).contains(&value), "{today} {language:?} {tile:?}");
        }
    }
}

#[test]
fn own_orders_keep_their_currency_when_the_demo_goes() {
    let book = open(&MemoryStore::default());
    run(&book, 1, &Command::FillDemo { language: Language::Zh, today: Day(20_000), seed: 1 }).unwrap();
    import(&book, 2, file(5, 20));
    assert_eq!(book.data().settings().currency, Currency::CNY, "the demo's, while it is there");
    run(&book, 3, &Command::ClearDemo).unwrap();
    let settings = book.data().settings().clone();
    assert_eq!((settings.currency, settings.business_name.as_str()), (Currency::GBP, ""));
    assert!(!book.data().has_demo());
    assert_eq!(run(&book, 4, &Command::ClearDemo).unwrap().seq, None);
    run(&book, 5, &Command::Undo { seq: 3 }).unwrap();
    assert_eq!(book.data().settings().currency, Currency::CNY);
    assert_reopens(&book);
}

#[test]
fn clearing_the_demo_leaves_what_came_beside_it() {
    let book = open(&MemoryStore::default());
    run(&book, 1, &Command::FillDemo { language: Language::Zh, today: Day(20_000), seed: 1 }).unwrap();
    assert_eq!(book.data().settings().currency, Currency::CNY);
    import(&book, 2, file(5, 20));
    let name = Settings { business_name: "茶馆".into(), ..book.data().settings().clone() };
    run(&book, 3, &Command::SaveSettings { seen: None, settings: Box::new(name) }).unwrap();
    run(&book, 4, &Command::ClearDemo).unwrap();
    let data = book.data();
    assert_eq!((data.orders().live().count(), data.customers().live().count()), (20, 5));
    assert_eq!((data.settings().currency, data.settings().business_name.as_str()), (Currency::GBP, "茶馆"));
}

#[test]
fn what_was_noted_of_the_demo_goes_with_it() {
    let book = open(&MemoryStore::default());
    run(&book, 1, &Command::FillDemo { language: Language::Zh, today: Day(20_000), seed: 1 }).unwrap();
    let mut order = crate::engine::query::order_draft(&book.data(), 0);
    order.number = "mine".into();
    order.customer = book.data().customers().id(0);
    run(&book, 2, &Command::SaveOrder { id: None, seen: None, order, products: Vec::new(), fields: vec![] }).unwrap();
    let cleared = run(&book, 3, &Command::ClearDemo).unwrap().seq.unwrap();
    assert!(book.data().is_empty(), "no order is left of a customer whom nobody sees");
    assert_eq!(book.data().settings(), &Settings::default());
    run(&book, 4, &Command::Undo { seq: cleared }).unwrap();
    assert_eq!(
        book.data()
            .orders()
            .live()
            .filter(|&row| book.data().orders().text(row, crate::domain::order::KEY) == "mine")
            .count(),
        1
    );
    assert_reopens(&book);
}

#[test]
fn a_cancelled_import_leaves_nothing() {
    let store = MemoryStore::default();
    let book = open(&store);
    for stop_at in 0..3 {
        book.stage(file(10, 10), "shop".into(), "a.csv".into());
        let stop = |done, _| done < stop_at;
        let result = block_on(book.run(&Command::CommitImport { keep: false }, &ctx(1), &stop));
        assert_eq!(result, Err(CommandError::Cancelled));
        assert!(book.data().is_empty() && store.disk.borrow().blocks.is_empty() && store.disk.borrow().head.is_none());
    }
    assert!(book.staged().is_some(), "it can be tried again");
    run(&book, 2, &Command::DropImport).unwrap();
    assert_eq!(run(&book, 3, &Command::CommitImport { keep: false }), Err(CommandError::NothingStaged));
}

#[test]
fn a_newer_book_is_refused_and_damage_named() {
    let store = MemoryStore::default();
    let book = open(&store);
    import(&book, 1, file(10, 10));
    compact(&book, 2);
    run(&book, 3, &named("Ann")).unwrap();
    let sound = store.disk.borrow().clone();
    type Damage = fn(&mut crate::engine::testing::Disk);
    let newer = StoreError::Newer { found: 2, known: 1 };
    let corrupt = |what: &str| StoreError::Corrupt { what: what.into() };
    let cases: [(Damage, StoreError); 5] = [
        (|d| d.head = d.head.take().map(|h| h.replace("\"format\":1", "\"format\":2")), newer.clone()),
        (|d| d.manifest = Some("{\"format\":2}".into()), newer.clone()),
        (
            |d| d.journal[1] = String::from_utf8(d.journal[1].clone()).unwrap().replace("customer", "visitor").into(),
            newer,
        ),
        (|d| drop(d.journal.pop()), corrupt("entry 2")),
        (|d| d.journal[1].truncate(20), corrupt("entry 2")),
    ];
    for (damage, want) in cases {
        *store.disk.borrow_mut() = sound.clone();
        damage(&mut store.disk.borrow_mut());
        let damaged = store.disk.borrow().clone();
        assert_eq!(block_on(Book::open(store.clone(), &ctx(4))).map(drop).err(), Some(want));
        assert_eq!(*store.disk.borrow(), damaged, "nothing is touched");
    }
    for name in sound.blocks.keys() {
        *store.disk.borrow_mut() = sound.clone();
        store.disk.borrow_mut().blocks.remove(name);
        assert_eq!(block_on(Book::open(store.clone(), &ctx(4))).map(drop).err(), Some(corrupt(name)));
    }
}

#[test]
fn a_tab_that_was_left_behind_reads_the_new_state() {
    let store = MemoryStore::default();
    let (a, b) = (open(&store), open(&store.other_tab()));
    import(&a, 1, file(10, 10));
    compact(&a, 2);
    assert_eq!(run(&b, 3, &named("Bob")).unwrap().seq, Some(2), "the import's own blocks are gone by now");
    assert_eq!(names(&b.data()).len(), 11);
    block_on(a.catch_up()).unwrap();
    assert_eq!(picture(&a.data()), picture(&b.data()));
    compact(&b, 4);
    compact(&a, 5);
    assert_reopens(&a);
    assert_eq!(block_on(a.sweep()), Ok(0), "nothing is left lying about");
}

#[test]
fn unknown_fields_of_a_colleague_survive_compaction() {
    let store = MemoryStore::default();
    let book = open(&store);
    let id = run(&book, 1, &named("Ann")).unwrap().id.unwrap();
    let entry = String::from_utf8(store.disk.borrow().journal[0].clone()).unwrap();
    store.disk.borrow_mut().journal[0] = entry.replace("\"name\"", "\"nick\"").into_bytes();
    let book = open(&store);
    run(&book, 2, &rename(id, "Anna")).unwrap();
    compact(&book, 3);
    assert_reopens(&book);
    let data = open(&store);
    let data = data.data();
    let field = data.customers().field("nick").unwrap();
    assert_eq!(data.value(Kind::Customer, 0, field), Value::Text("Ann".into()));
}
