//! Files of customers, products and interactions, brought in twice and against what a person typed.

use super::tests::{assert_reopens, import, open, run};
use crate::domain::{CustomerProfile, Kind, Value, customer, interaction};
use crate::engine::api::{Command, Meant, Shown, Tally};
use crate::engine::testing::{MemoryStore, saved};
use crate::files::orders::{ParseReport, ParsedOrders, ParsedRecord, ParsedRecords, RowReason};

/// Row, key (in capitals: a number of its own), fields.
type Row<'a> = (u64, &'a str, &'a [(&'a str, &'a str)]);

fn file(kind: Kind, rows: &[Row]) -> ParsedOrders {
    let record = |(row, key, fields): &Row| {
        let numbered = key.starts_with(|c: char| c.is_ascii_uppercase());
        let mut fields: Vec<(String, Value)> =
            fields.iter().map(|(name, value)| ((*name).to_owned(), Value::from(*value))).collect();
        if numbered {
            fields.push(("key".into(), Value::from(*key)));
        }
        ParsedRecord { row: *row, key: (*key).into(), numbered, fields, ..Default::default() }
    };
    ParsedOrders {
        records: ParsedRecords { kind: Some(kind), records: rows.iter().map(record).collect() },
        report: ParseReport { rows_failed: 7, ..Default::default() },
        ..Default::default()
    }
}

fn tally(new: u64, updated: u64, unchanged: u64) -> Tally {
    Tally { new, updated, unchanged }
}

#[test]
fn a_dry_run_says_what_is_new_changed_and_contradicted_and_corrections_survive() {
    let book = open(&MemoryStore::default());
    let typed = CustomerProfile { key: "C-9".into(), name: "Ninth".into(), ..Default::default() };
    run(&book, 1, &saved(None, None, &typed)).unwrap();
    let first = file(
        Kind::Customer,
        &[
            (2, "C-1", &[("name", "Ann"), ("city", "Wuhan")]),
            (3, "C-2", &[("name", "Bob"), ("phone", "1")]),
            (4, "C-9", &[("city", "Xi’an")]),
        ],
    );
    let (staged, _) = import(&book, 2, first.clone());
    assert_eq!((staged.customers, staged.conflicts_total, staged.errors), (tally(2, 1, 0), 0, 7));
    assert_eq!(import(&book, 3, first.clone()).0.customers, tally(0, 0, 3), "the same file again changes nothing");

    // A person corrects a name; the file repeats itself, and the correction stays.
    let ann = crate::domain::Id::from_key(Kind::Customer, "shop", "C-1");
    let corrected =
        CustomerProfile { key: "C-1".into(), name: "Anne".into(), city: "Wuhan".into(), ..Default::default() };
    run(&book, 4, &saved(Some(ann), None, &corrected)).unwrap();
    assert_eq!(import(&book, 5, first).1.seq, None);

    // Then the file says something new of it: a conflict, the rest is updated.
    let second = file(
        Kind::Customer,
        &[
            (2, "C-1", &[("name", "Anna"), ("city", "Beijing")]),
            (3, "C-2", &[("name", "Bob"), ("phone", "2")]),
            (4, "C-3", &[("name", "Cy")]),
        ],
    );
    let name = |n, keep| {
        let staged = book.stage(second.clone(), "shop".into(), "a.csv".into());
        let done = run(&book, n, &Command::CommitImport { keep }).unwrap();
        let data = book.data();
        let row = data.customers().row(ann).unwrap();
        (staged, done, [customer::NAME, customer::CITY].map(|field| data.customers().text(row, field).to_owned()))
    };
    let (staged, done, now) = name(6, true);
    assert_eq!((staged.customers, staged.conflicts_total), (tally(1, 2, 0), 1));
    let conflict = &staged.conflicts[0];
    assert_eq!((conflict.name.as_str(), conflict.field.as_str()), ("Anne", "name"));
    assert_eq!((&conflict.typed, &conflict.file), (&Shown::Text("Anne".into()), &Shown::Text("Anna".into())));
    assert_eq!(now, ["Anne", "Beijing"], "what was typed stays");
    run(&book, 7, &Command::Undo { seq: done.seq.unwrap() }).unwrap();
    let (_, _, now) = name(8, false);
    assert_eq!(now, ["Anna", "Beijing"], "or the file's word is taken");
    assert_reopens(&book);
}

#[test]
fn a_customer_without_a_number_is_found_by_phone_unless_the_names_differ() {
    let book = open(&MemoryStore::default());
    for (n, name, phone) in [(1, "Ann", "+86 138-0013-8000"), (2, "Bob", "13900139000")] {
        let typed = CustomerProfile { name: name.into(), phone: phone.into(), ..Default::default() };
        run(&book, n, &saved(None, None, &typed)).unwrap();
    }
    let cards = file(
        Kind::Customer,
        &[
            (1, "13800138000", &[("name", "Ann"), ("email", "a@b.cn")]),
            (2, "13900139000", &[("name", "Bob’s mother"), ("email", "m@b.cn")]),
        ],
    );
    let (staged, _) = import(&book, 3, cards);
    assert_eq!((staged.customers, staged.conflicts_total), (tally(1, 1, 0), 0));
}

#[test]
fn what_a_file_says_of_who_was_merged_goes_for_who_stands_for_them() {
    let book = open(&MemoryStore::default());
    let id = |key: &str| crate::domain::Id::from_key(Kind::Customer, "shop", key);
    let ann: &[(&str, &str)] = &[("name", "Ann"), ("city", "Wuhan"), ("phone", "13800138001")];
    let twin = |more: &[(&'static str, &'static str)]| {
        let fields: Vec<(&str, &str)> =
            [("name", "Ann Lee"), ("note", "tea")].into_iter().chain(more.iter().copied()).collect();
        file(Kind::Customer, &[(2, "C-1", ann), (3, "C-2", &fields)])
    };
    import(&book, 1, twin(&[]));
    let merge = Command::MergeCustomers { winner: id("C-1"), losers: vec![id("C-2")], picks: Vec::new() };
    let merged = run(&book, 2, &merge).unwrap().seq.unwrap();
    let text = |name: &str| {
        let data = book.data();
        let table = data.customers();
        table.text(table.row(id("C-1")).unwrap(), Kind::Customer.field(name).unwrap()).to_owned()
    };
    assert_eq!(import(&book, 3, twin(&[])).1.seq, None);
    // Nothing was known of it, or what stands came from them: it follows.
    let (staged, _) = import(&book, 4, twin(&[("company", "Acme"), ("phone", "+86 138-0013-8001")]));
    assert_eq!((staged.customers, staged.conflicts_total), (tally(0, 1, 1), 0));
    assert_eq!((text("company"), text("phone")), ("Acme".into(), "13800138001".into()));
    assert_eq!(import(&book, 5, twin(&[("company", "Acme"), ("phone", "+86 138-0013-8001")])).1.seq, None);
    // Another word is asked about, and not lost from sight.
    let lyon = || twin(&[("company", "Acme"), ("phone", "+86 138-0013-8001"), ("city", "Lyon")]);
    let staged = book.stage(lyon(), "shop".into(), "a.csv".into());
    let conflict = &staged.conflicts[0];
    assert_eq!((staged.conflicts_total, conflict.name.as_str(), conflict.field.as_str()), (1, "Ann", "city"));
    assert_eq!((&conflict.typed, &conflict.file), (&Shown::Text("Wuhan".into()), &Shown::Text("Lyon".into())));
    run(&book, 6, &Command::CommitImport { keep: true }).unwrap();
    assert_eq!(text("city"), "Wuhan");
    let done = import(&book, 7, lyon()).1;
    assert_eq!(text("city"), "Lyon");
    run(&book, 8, &Command::Undo { seq: done.seq.unwrap() }).unwrap();
    assert_eq!(text("city"), "Wuhan");
    // In the trash they wait, as anybody does there: what the file says is news again once they are back.
    run(&book, 9, &Command::Delete { ids: vec![id("C-1")] }).unwrap();
    let news = || twin(&[("company", "Zeta")]);
    assert_eq!(import(&book, 10, news()).0.customers, tally(0, 0, 2));
    run(&book, 11, &Command::Restore { ids: vec![id("C-1")] }).unwrap();
    import(&book, 12, news());
    assert_eq!(text("company"), "Zeta");
    run(&book, 13, &Command::Undo { seq: merged }).unwrap();
    assert_reopens(&book);
}

/// What is passed on to who stands for them is an edit there: the file's own word about that one stays what it was.
#[test]
fn the_same_file_again_takes_nothing_back_from_who_stands_for_others() {
    let book = open(&MemoryStore::default());
    let id = |key: &str| crate::domain::Id::from_key(Kind::Customer, "shop", key);
    let tagged = |mine: &[&str], second: &[&str], third: &[&str], city: &'static str| {
        let mut parsed = file(
            Kind::Customer,
            &[
                (2, "C-1", &[("name", "Ann"), ("city", "Wuhan")]),
                (3, "C-2", &[("name", "Ann"), ("city", city)]),
                (4, "C-3", &[("name", "Ann")]),
            ],
        );
        for (record, tags) in parsed.records.records.iter_mut().zip([mine, second, third]) {
            if !tags.is_empty() {
                record.fields.push(("tags".into(), Value::Json(tags.to_vec().into())));
            }
        }
        parsed
    };
    import(&book, 1, tagged(&["a"], &[], &[], "Wuhan"));
    let tags = |book: &super::Book<MemoryStore>| {
        let data = book.data();
        let table = data.customers();
        let row = table.row(id("C-1")).unwrap();
        let tags: Vec<String> = table.json_texts(row, customer::TAGS).map(str::to_owned).collect();
        (tags.join(" "), table.text(row, customer::CITY).to_owned())
    };
    let ann = CustomerProfile {
        key: "C-1".into(),
        name: "Ann".into(),
        city: "Wuhan".into(),
        tags: vec!["a".into(), "gold".into()],
        ..Default::default()
    };
    run(&book, 2, &saved(Some(id("C-1")), None, &ann)).unwrap();
    let merge = Command::MergeCustomers { winner: id("C-1"), losers: vec![id("C-2"), id("C-3")], picks: Vec::new() };
    run(&book, 3, &merge).unwrap();
    let news = || tagged(&["a"], &["tea"], &["vip"], "Lyon");
    import(&book, 4, news());
    assert_eq!(tags(&book), ("a gold tea vip".into(), "Lyon".into()));
    assert_eq!(import(&book, 5, news()).1.seq, None, "the same file again changes nothing");
    assert_eq!(tags(&book), ("a gold tea vip".into(), "Lyon".into()));
    assert_reopens(&book);
}

#[test]
fn an_order_that_was_cancelled_since_is_asked_about() {
    let book = open(&MemoryStore::default());
    import(&book, 1, super::tests::file(3, 6));
    let mut cancelled = super::tests::file(3, 6);
    cancelled.orders.remove(0);
    cancelled.never_sold = vec!["nobody’s".into(), "o0".into()];
    let live = || book.data().orders().live().count();
    let bring = |n, keep| {
        let staged = book.stage(cancelled.clone(), "shop".into(), "a.csv".into());
        (staged.conflicts, run(&book, n, &Command::CommitImport { keep }).unwrap().seq)
    };
    let (conflicts, seq) = bring(2, true);
    let asked: Vec<_> = conflicts.iter().map(|c| (c.name.as_str(), c.field.as_str(), &c.file)).collect();
    assert_eq!((asked, seq), (vec![("o0", "never_sold", &Shown::Bool(true))], None));
    assert_eq!(live(), 6);
    let (_, seq) = bring(3, false);
    assert_eq!(live(), 5);
    assert_eq!(bring(4, false), (Vec::new(), None), "it is in the trash");
    run(&book, 5, &Command::Undo { seq: seq.unwrap() }).unwrap();
    assert_eq!(live(), 6);
    bring(6, false);
    // A sale after all.
    assert_eq!(import(&book, 7, super::tests::file(3, 6)).0.orders.new, 1);
    assert_eq!(live(), 6);
    assert_reopens(&book);
}

#[test]
fn a_number_in_another_notation_is_no_other_word() {
    let book = open(&MemoryStore::default());
    let typed = CustomerProfile {
        key: "C-1".into(),
        name: "Ann".into(),
        phone: "+86 138 0013 8000".into(),
        email: "Ann@Example.com".into(),
        ..Default::default()
    };
    run(&book, 1, &saved(None, None, &typed)).unwrap();
    let said = |phone: &'static str| {
        file(Kind::Customer, &[(2, "C-1", &[("name", "Ann"), ("phone", phone), ("email", "ann@example.com")])])
    };
    let staged = |phone| {
        let staged = book.stage(said(phone), "shop".into(), "a.csv".into());
        (staged.customers, staged.conflicts_total)
    };
    assert_eq!(staged("13800138000"), (tally(0, 0, 1), 0));
    assert_eq!(staged("13800138001"), (tally(0, 0, 1), 1));
    assert_eq!(staged("13800138000, 13800138001").1, 1, "a second number is news");
    // Where nobody typed another, the file's notation is taken.
    let book = open(&MemoryStore::default());
    import(&book, 1, said("010-65521234"));
    assert_eq!(import(&book, 2, said("010-65521234 ext. 22")).0.customers, tally(0, 1, 0));
}

#[test]
fn a_customer_with_nothing_but_a_name_is_found_by_it_unless_more_differs() {
    let book = open(&MemoryStore::default());
    for (n, name, city) in [(1, "Ann", "Wuhan"), (2, "Bob", ""), (3, "Bob", "")] {
        let typed = CustomerProfile { name: name.into(), city: city.into(), ..Default::default() };
        run(&book, n, &saved(None, None, &typed)).unwrap();
    }
    let known = |rows: &[(&str, &str)]| {
        let fields: Vec<_> = rows.iter().map(|(f, v)| ((*f).to_owned(), Value::from(*v))).collect();
        let record = ParsedRecord { row: 2, key: rows[0].1.into(), fields, ..Default::default() };
        let mut parsed = file(Kind::Customer, &[]);
        parsed.records.records = vec![record];
        book.stage(parsed, "shop".into(), "a.csv".into())
    };
    assert_eq!(known(&[("name", "Ann"), ("city", "Wuhan")]).customers, tally(0, 0, 1));
    assert_eq!(known(&[("name", "Ann"), ("country", "China")]).customers, tally(0, 1, 0));
    assert_eq!(known(&[("name", "Ann"), ("city", "Xi’an")]).customers, tally(1, 0, 0));
    assert_eq!(known(&[("name", "Bob")]).customers, tally(1, 0, 0), "two are called so");
}

#[test]
fn new_customers_of_a_file_of_customers_are_told_if_they_may_be_known() {
    let book = open(&MemoryStore::default());
    let typed =
        CustomerProfile { name: "Bartholomew Featherstone".into(), phone: "13800138000".into(), ..Default::default() };
    run(&book, 1, &saved(None, None, &typed)).unwrap();
    let rows: &[Row] = &[
        (2, "C-1", &[("name", "Bartholomew Fetherstone"), ("phone", "+86 138 0013 8000")]),
        (3, "C-2", &[("name", "Ann")]),
    ];
    let staged = book.stage(file(Kind::Customer, rows), "shop".into(), "a.csv".into());
    assert_eq!((staged.customers, staged.twins_total), (tally(2, 0, 0), 1));
    assert_eq!(
        (staged.twins[0].name.as_str(), staged.twins[0].other.as_str()),
        ("Bartholomew Fetherstone", "Bartholomew Featherstone")
    );
}

#[test]
fn interactions_find_their_customers_and_products_their_numbers() {
    let book = open(&MemoryStore::default());
    import(&book, 1, file(Kind::Customer, &[(2, "C-1", &[("name", "Ann")])]));
    let mut talks = file(Kind::Interaction, &[(2, "T-1", &[("note", "hello")]), (3, "T-2", &[("note", "lost")])]);
    for (record, customer) in talks.records.records.iter_mut().zip(["C-1", "nobody"]) {
        record.customer = customer.into();
        record.fields.push(("at".into(), Value::Int(1_300_000_000_000)));
    }
    let (staged, done) = import(&book, 2, talks);
    assert_eq!((staged.interactions, done.records), (tally(1, 0, 0), 1));
    let left_out: Vec<_> = staged.left_out.iter().map(|e| (e.row, e.value.as_str(), e.reason)).collect();
    assert_eq!(left_out, [(3, "nobody", RowReason::UnknownCustomer)]);
    {
        let data = book.data();
        let table = data.table(Kind::Interaction);
        assert_eq!(table.text(0, interaction::NOTE), "hello");
        assert!(table.reference(0, interaction::CUSTOMER).is_some());
    }
    let (staged, _) = import(&book, 3, file(Kind::Product, &[(2, "P-1", &[("name", "Tea")])]));
    assert_eq!(staged.products, tally(1, 0, 0));
    assert_reopens(&book);
}

#[test]
fn two_systems_that_count_alike_do_not_overwrite_each_other() {
    const DAY_MS: i64 = 86_400_000;
    let moved = |days: i64, only: usize| {
        let mut file = super::tests::file(3, 6);
        file.orders.iter_mut().take(only).for_each(|o| o.at.0 += days * DAY_MS);
        file
    };
    let book = open(&MemoryStore::default());
    import(&book, 1, moved(0, 0));
    let clash = |file| book.stage(file, "shop".into(), "b.csv".into()).clash;
    for (days, only) in [(0, 6), (1, 6), (40, 2), (40, 3)] {
        assert_eq!(clash(moved(days, only)), None, "{only} orders moved by {days} days");
    }
    let found = clash(moved(40, 6)).unwrap();
    assert_eq!((found.source.as_str(), found.known, found.different), ("shop", 6, 6));
    let Meant::Days(here, there) = found.meant else { unreachable!() };
    assert_eq!((found.number.as_str(), there.0 - here.0), ("o0", 40));

    let done = run(&book, 2, &Command::RenameImport { source: "market".into() }).unwrap();
    let staged = book.staged().unwrap();
    assert_eq!((done.seq, staged.clash, staged.orders.new), (None, None, 6));
    run(&book, 3, &Command::CommitImport { keep: true }).unwrap();
    assert_eq!(book.data().orders().live().count(), 12, "both systems' orders are there");
    assert_eq!(clash(moved(0, 0)), None);
    assert_reopens(&book);
    // Nothing waits any more.
    book.stage(moved(0, 0), "shop".into(), "b.csv".into());
    run(&book, 4, &Command::DropImport).unwrap();
    let rename = run(&book, 5, &Command::RenameImport { source: "x".into() });
    assert_eq!(rename, Err(crate::engine::api::CommandError::NothingStaged));
}

#[test]
fn another_system_is_told_by_one_order_or_by_customers_where_nothing_agrees() {
    let book = open(&MemoryStore::default());
    import(&book, 1, super::tests::file(3, 6));
    let mut one = super::tests::file(3, 6);
    one.orders.truncate(1);
    one.orders[0].at.0 += 40 * 86_400_000;
    let clash = |file| book.stage(file, "shop".into(), "b.csv".into()).clash;
    assert_eq!(clash(one.clone()), None, "a day alone may be corrected");
    one.orders[0].customer = one.orders[0].customer.map(|at| (at + 1) % 3);
    assert_eq!(clash(one).map(|found| (found.known, found.different)), Some((1, 1)));

    let people = |rows: &[(&str, &str, &str)]| {
        let fields: Vec<_> = rows.iter().map(|(_, name, phone)| [("name", *name), ("phone", *phone)]).collect();
        let rows: Vec<Row> = (2..).zip(rows).zip(&fields).map(|((at, row), fields)| (at, row.0, &fields[..])).collect();
        file(Kind::Customer, &rows)
    };
    let here = [("C-1", "Ann Lee", "13800138001"), ("C-2", "Bob", "13800138002"), ("C-3", "Wang Fang", "")];
    import(&book, 2, people(&here));
    let same = [("C-1", "Ann", ""), ("C-2", "Robert", "138 0013 8002"), ("C-3", "Wang Fangfang", "1")];
    assert_eq!(clash(people(&same)), None);
    assert_eq!(clash(people(&[("C-3", "Li Lei", "1")])), None, "one name alone may be corrected");
    let found = clash(people(&[("C-1", "Zoe", "13900139001")])).unwrap();
    assert_eq!(found.meant, Meant::Names("Ann Lee".into(), "Zoe".into()));
    assert!(clash(people(&[("C-1", "Zoe", ""), ("C-2", "Yan", ""), ("C-3", "Li Lei", "")])).is_some());
}

#[test]
fn whoever_shares_a_phone_does_not_take_the_name_of_who_was_there() {
    let book = open(&MemoryStore::default());
    let person = |name: &'static str, city: &'static str| {
        file(Kind::Customer, &[(2, "13800138000", &[("name", name), ("phone", "13800138000"), ("city", city)])])
    };
    import(&book, 1, person("Ann", "Wuhan"));
    let tallied = |n, name, city| import(&book, n, person(name, city)).0.customers;
    assert_eq!(tallied(2, "Bob", "Wuhan"), tally(1, 0, 0), "somebody else of the family");
    assert_eq!(tallied(3, "Ann", "Lyon"), tally(0, 1, 0));
    assert_eq!(tallied(4, "Bob", "Wuhan"), tally(0, 0, 1));
    assert_eq!(tallied(5, "Ann Lee", "Lyon"), tally(0, 1, 0), "a longer name is the same person");
    let data = book.data();
    let mut names: Vec<_> = data.customers().live().map(|row| data.customer_name(row)).collect();
    names.sort_unstable();
    assert_eq!(names, ["Ann Lee", "Bob"]);
}
