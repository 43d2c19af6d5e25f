//! What the lists show, and that a counted group and its list agree.

use proptest::prelude::*;

use super::*;
use crate::domain::{Kind, Value};
use crate::engine::api::{
    Activity, CustomerList, Dormancy, Filter, KotlerGroup, RfmGroup, Sort, SortKey, TimelineItem,
};
use crate::engine::metrics::tests::{
    Book, TODAY, customer_id, day, order, order_id, product_id, reference_book, set, steps,
};

const BY_NAME: Sort = Sort { by: SortKey::Name, descending: false };

fn list(book: &mut Book, filter: Filter, sort: Sort) -> CustomerList {
    let query = Query::Customers { as_of: None, filter, sort, columns: Vec::new(), offset: 0, limit: 10_000 };
    match book.ask(&query, day(TODAY)) {
        Answer::Customers(list) => list,
        other => panic!("{other:?}"),
    }
}

fn count(book: &mut Book, filter: Filter) -> u64 {
    list(book, filter, BY_NAME).total
}

macro_rules! ask {
    ($book:expr, $view:ident) => {
        match $book.ask(&Query::$view { as_of: None }, day(TODAY)) {
            Answer::$view(view) => view,
            other => panic!("{other:?}"),
        }
    };
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_number_opens_as_many_customers(steps in steps(120)) {
        let mut book = Book::default();
        steps.iter().for_each(|step| step.apply(&mut book));
        let any = Filter::default;
        let overview = ask!(book, Overview);
        prop_assert_eq!(count(&mut book, any()), overview.customers);
        prop_assert_eq!(count(&mut book, Filter { prospects: Some(false), ..any() }), overview.buyers);
        for (country, n) in overview.countries {
            prop_assert_eq!(count(&mut book, Filter { country: Some(country), ..any() }), n);
        }
        let rfm = ask!(book, Rfm);
        prop_assert_eq!(rfm.groups.iter().map(|g| g.customers).sum::<u64>(), overview.buyers);
        for group in RfmGroup::ALL {
            let n = rfm.groups.iter().find(|g| g.group == group).map(|g| g.customers);
            prop_assert_eq!(Some(count(&mut book, Filter { rfm_group: Some(group), ..any() })), n);
        }
        for (r, row) in (1..).zip(&rfm.cells) {
            for (f, cell) in (1..).zip(row) {
                prop_assert_eq!(count(&mut book, Filter { rfm_cell: Some((r, f)), ..any() }), cell.customers);
            }
        }
        let kotler = ask!(book, Kotler);
        for group in KotlerGroup::ALL {
            let n = kotler.groups.iter().find(|g| g.group == group).map(|g| g.customers);
            prop_assert_eq!(Some(count(&mut book, Filter { kotler: Some(group), ..any() })), n);
        }
        prop_assert_eq!(kotler.points.len() as u64, 17 * kotler.n);
        let drifting = Filter { kotler: Some(KotlerGroup::TrueFriend), activity: Some(Activity::Dormant), ..any() };
        prop_assert_eq!(count(&mut book, drifting), kotler.drifting.customers);
        let tiers = ask!(book, Tiers);
        for tier in tiers.tiers {
            prop_assert_eq!(count(&mut book, Filter { tier: Some(tier.id), ..any() }), tier.customers);
        }
        let best = count(&mut book, Filter { top_bp: Some(2_000), ..any() });
        prop_assert_eq!(best, overview.buyers.div_ceil(5));
        let dormancy = ask!(book, Dormancy);
        for (step, from) in dormancy.steps.iter().zip(&dormancy.from) {
            prop_assert_eq!(from.iter().sum::<u64>(), step.customers);
            prop_assert_eq!(count(&mut book, Filter { dormancy: Some(step.group), ..any() }), step.customers);
        }
        let today = ask!(book, Today);
        let active = Filter { activity: Some(Activity::Active), ..any() };
        prop_assert_eq!(count(&mut book, active), today.active_customers);
        let asleep = Filter { activity: Some(Activity::FellAsleep), ..any() };
        prop_assert_eq!(count(&mut book, asleep), today.new_sleepers_total);
        prop_assert_eq!(today.drifting_total, kotler.drifting);
    }

    #[test]
    fn windows_make_up_the_list_in_every_order(steps in steps(60), size in 1u32..9) {
        let mut book = Book::default();
        steps.iter().for_each(|step| step.apply(&mut book));
        use SortKey::*;
        for by in [Name, LastPurchase, Purchases, Revenue, Profit, Loyalty, Tier, Satisfaction, Added] {
            for descending in [false, true] {
                let sort = Sort { by, descending };
                let whole = list(&mut book, Filter::default(), sort);
                let mut parts = Vec::new();
                for offset in (0..u32::try_from(whole.total).unwrap()).step_by(size as usize) {
                    let query = Query::Customers { as_of: None, filter: Filter::default(), sort, columns: Vec::new(), offset, limit: size };
                    match book.ask(&query, day(TODAY)) {
                        Answer::Customers(list) => parts.extend(list.rows),
                        other => panic!("{other:?}"),
                    }
                }
                prop_assert_eq!(&parts, &whole.rows);
                let sorted = whole.rows.windows(2).all(|w| {
                    let (a, b) = (&w[0], &w[1]);
                    let (key_a, key_b) = (sort_value(a, by), sort_value(b, by));
                    let (key_a, key_b) = if descending { (key_b, key_a) } else { (key_a, key_b) };
                    key_a < key_b || (key_a == key_b && a.id < b.id) || no_value(b, by) || by == Added
                });
                prop_assert!(sorted, "{sort:?}");
            }
        }
    }
}

fn sort_value(row: &CustomerRow, by: SortKey) -> (String, i64) {
    let m = &row.metrics;
    let number = match by {
        SortKey::Name => return (row.name.to_lowercase(), 0),
        SortKey::LastPurchase | SortKey::Match => i64::from(m.last.map_or(0, |day| day.0)),
        SortKey::Purchases => i64::from(m.purchases),
        SortKey::Revenue => m.revenue_minor,
        SortKey::Profit => m.profit_minor,
        SortKey::Loyalty => (m.loyalty.unwrap_or(0.0) * 1e15) as i64,
        SortKey::Of(_) => 0,
        SortKey::Tier => {
            ["gold", "silver", "ordinary"].iter().position(|t| m.tier.as_deref() == Some(t)).unwrap_or(9) as i64
        }
        SortKey::Satisfaction => (m.weighted_gap.unwrap_or(0.0) * 1e9).round() as i64,
        SortKey::Clv => m.outlook.map_or(m.profit_minor, |o| o.clv_minor),
        SortKey::Alive => m.outlook.and_then(|o| o.p_alive).map_or(0, |chance| (chance * 1e15) as i64),
        SortKey::Added => 0,
    };
    (String::new(), number)
}

fn no_value(row: &CustomerRow, by: SortKey) -> bool {
    let never_bought = row.metrics.last.is_none();
    matches!(by, SortKey::LastPurchase | SortKey::Match | SortKey::Loyalty | SortKey::Tier | SortKey::Clv)
        && never_bought
        || by == SortKey::Alive && row.metrics.outlook.is_none_or(|o| o.p_alive.is_none())
        || by == SortKey::Satisfaction && row.metrics.weighted_gap.is_none()
}

fn people() -> Book {
    let mut book = Book::default();
    let person = |n: u32, fields: &[(&str, &str)]| -> Vec<_> {
        fields.iter().map(|(field, value)| set(Kind::Customer, customer_id(n), field, *value)).collect()
    };
    book.apply(
        [
            person(1, &[("name", "Zhang Wei"), ("phone", "+86 138-0013-8000"), ("note", "likes OOLONG")]),
            person(2, &[("name", "王芳"), ("email", "Fang@Example.com"), ("company", "Éclair SARL")]),
            person(3, &[("key", "12346"), ("phone", "13800138001")]),
            person(4, &[("name", "ΣΊΣΥΦΟΣ"), ("company", "İstanbul")]),
        ]
        .concat(),
    );
    book.apply(vec![set(Kind::Customer, customer_id(2), "tags", Value::Json(serde_json::json!(["vip", "新客"])))]);
    book
}

fn found(book: &mut Book, search: &str) -> Vec<String> {
    list(book, Filter { search: search.into(), ..Filter::default() }, BY_NAME)
        .rows
        .into_iter()
        .map(|r| r.name)
        .collect()
}

#[test]
fn any_part_of_any_field_finds() {
    let mut book = people();
    for (search, want) in [
        ("", vec!["12346", "Zhang Wei", "ΣΊΣΥΦΟΣ", "王芳"]),
        ("  ", vec!["12346", "Zhang Wei", "ΣΊΣΥΦΟΣ", "王芳"]),
        // The other has a mail address one letter away.
        ("hang", vec!["Zhang Wei", "王芳"]),
        ("zhagn", vec!["Zhang Wei"]),
        ("wangf", vec!["王芳"]),
        ("wei zhang", vec!["Zhang Wei"]),
        ("wei fang", vec![]),
        ("芳", vec!["王芳"]),
        ("oolong", vec!["Zhang Wei"]),
        ("fang@EX", vec!["王芳"]),
        ("éclair", vec!["王芳"]),
        ("σίσυφοσ", vec!["ΣΊΣΥΦΟΣ"]),
        ("İSTAN", vec!["ΣΊΣΥΦΟΣ"]),
        ("1380013800", vec!["12346", "Zhang Wei"]),
        ("138-0013-8000", vec!["Zhang Wei"]),
        ("+86(138)00138000", vec!["Zhang Wei"]),
        ("2346", vec!["12346"]),
        ("\u{1f}", vec!["12346", "Zhang Wei", "ΣΊΣΥΦΟΣ", "王芳"]),
        ("wei\u{1f}", vec!["Zhang Wei"]),
    ] {
        assert_eq!(found(&mut book, search), want, "{search:?}");
    }
    book.apply(vec![set(Kind::Customer, customer_id(1), "name", "Wang Wei")]);
    assert_eq!(found(&mut book, "zhang"), [] as [&str; 0]);
    assert_eq!(found(&mut book, "wei"), ["Wang Wei"]);
    book.apply(vec![set(Kind::Customer, customer_id(1), "deleted", true)]);
    assert_eq!(found(&mut book, "wei"), [] as [&str; 0]);
    let tagged = Filter { tag: Some("vip".into()), ..Filter::default() };
    assert_eq!(count(&mut book, tagged), 1);
    assert_eq!(count(&mut book, Filter { country: Some("Nowhere".into()), ..Filter::default() }), 0);
    assert_eq!(count(&mut book, Filter { tier: Some("no such".into()), ..Filter::default() }), 0);
}

#[test]
fn a_customer_shows_everything_newest_first() {
    let mut book = people();
    let tea = product_id(7);
    let mut changes = order(1, 1, day("2024-01-05"), "purchase", 1_000);
    changes.extend(order(2, 1, day("2024-06-29"), "refund", -200));
    changes.extend(order(3, 1, day("2024-08-01"), "purchase", 700));
    changes.push(set(Kind::Order, order_id(1), "key", "A-1"));
    changes.push(set(Kind::Product, tea, "name", "Tea"));
    let line = crate::domain::Line { product: Some(tea), quantity_milli: 1_000, unit_price_e4: 0, total_minor: 700 };
    changes.push(set(Kind::Order, order_id(3), "lines", vec![line]));
    let talk = Id(99);
    changes.push(set(Kind::Interaction, talk, "customer", customer_id(1)));
    changes.push(set(Kind::Interaction, talk, "at", day("2024-06-29").start().0));
    changes.push(set(Kind::Interaction, talk, "channel", "visit"));
    changes.push(set(Kind::Interaction, talk, "direction", "in"));
    changes.push(set(Kind::Interaction, talk, "mood", 9i64));
    book.apply(changes);
    let view = |book: &mut Book, offset| {
        let query = Query::Customer {
            id: customer_id(1),
            as_of: Some(day(TODAY)),
            timeline_offset: offset,
            timeline_limit: 3,
            kinds: Vec::new(),
        };
        match book.ask(&query, day(TODAY)) {
            Answer::Customer(view) => view,
            other => panic!("{other:?}"),
        }
    };
    let first = view(&mut book, 0).unwrap();
    assert_eq!((first.timeline_total, first.timeline.len()), (4, 3));
    assert_eq!((first.metrics.purchases, first.metrics.revenue_minor), (1, 800), "the order of August is not seen");
    assert_eq!(first.monthly_minor, [0, 0, 0, 0, 0, 0, 1_000, 0, 0, 0, 0, -200]);
    let what: Vec<String> = first
        .timeline
        .iter()
        .chain(&view(&mut book, 3).unwrap().timeline)
        .map(|item| match item {
            TimelineItem::Order { at, total_minor, first_product, number, .. } => {
                format!("{} {total_minor} {first_product}{number}", at.day())
            }
            TimelineItem::Response { draft, .. } => format!("{} {:?}", draft.at.day(), draft.experience),
            TimelineItem::Record(row) => {
                let value = |name: &str| row.values.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone());
                let mood = match value("mood") {
                    Some(crate::domain::Value::Int(n)) => Some(n),
                    _ => None,
                };
                let inbound = value("direction") == Some("in".into());
                format!("{} {mood:?} {inbound}", row.at.unwrap().day())
            }
        })
        .collect();
    assert_eq!(what, ["2024-08-01 700 Tea", "2024-06-29 -200 ", "2024-06-29 Some(9) true", "2024-01-05 1000 A-1"]);

    let order = match book.ask(&Query::Order { id: order_id(3) }, day(TODAY)) {
        Answer::Order(order) => order.unwrap(),
        other => panic!("{other:?}"),
    };
    assert_eq!((order.customer_name.as_str(), order.total_minor), ("Zhang Wei", 700));
    assert_eq!(order.names, ["Tea"]);

    book.apply(vec![set(Kind::Customer, customer_id(1), "deleted", true)]);
    assert_eq!(view(&mut book, 0), None);
    book.apply(vec![set(Kind::Order, order_id(3), "deleted", true)]);
    assert_eq!(book.ask(&Query::Order { id: order_id(3) }, day(TODAY)), Answer::Order(None));
    let trash = book.ask(&Query::Trash { offset: 0, limit: 9 }, day(TODAY));
    let Answer::Trash(trash) = trash else { panic!() };
    assert_eq!(trash.iter().map(|t| t.kind).collect::<Vec<_>>(), [Kind::Order, Kind::Customer]);
    assert_eq!(trash[1].name, "Zhang Wei");
}

#[test]
fn todays_lists_show_who_is_worth_most() {
    let mut book = reference_book();
    book.apply(vec![
        set(Kind::Customer, customer_id(3), "birthday", "--07-14"),
        set(Kind::Customer, customer_id(4), "birthday", "1990-06-30"),
        set(Kind::Customer, customer_id(5), "birthday", "1990-07-15"),
        set(Kind::Contact, Id(70), "name", "Cy"),
        set(Kind::Contact, Id(70), "phone", "138"),
        set(Kind::Contact, Id(70), "birthday", "--07-01"),
        set(Kind::Contact, Id(70), "customer", customer_id(5)),
    ]);
    let today = ask!(book, Today);
    let days: Vec<String> = today.birthdays.iter().map(|b| format!("{} {}", b.day, b.who.key)).collect();
    assert_eq!(days, ["2024-06-30 4", "2024-07-01 5", "2024-07-14 3"]);
    assert_eq!(today.birthdays_total, 3);
    let there = &today.birthdays[1];
    assert_eq!((there.who.name.as_str(), there.who.phone.as_str(), there.at.is_some()), ("Cy", "138", true));
    let profits: Vec<i64> = today.drifting.iter().map(|r| r.metrics.profit_minor).collect();
    assert!(!profits.is_empty() && profits.is_sorted_by(|a, b| a >= b), "{profits:?}");
    assert!(today.drifting.iter().all(|r| r.metrics.dormancy > Some(Dormancy::Awake)));
}

/// Countries and tags are told apart as their filters do.
#[test]
fn names_are_counted_as_they_are_filtered() {
    let mut book = Book::default();
    let mut changes = Vec::new();
    for (n, country, tags) in [(1, "France", r#"["VIP","vip "]"#), (2, "FRANCE", r#"["ＶＩＰ"]"#), (3, "France", "[]")]
    {
        changes.push(set(Kind::Customer, customer_id(n), "name", format!("No {n}")));
        changes.push(set(Kind::Customer, customer_id(n), "country", country));
        changes.push(set(Kind::Customer, customer_id(n), "tags", Value::Json(serde_json::from_str(tags).unwrap())));
    }
    book.apply(changes);
    let overview = ask!(book, Overview);
    assert_eq!(overview.countries, [("France".to_owned(), 3)]);
    assert_eq!(overview.tags, [("VIP".to_owned(), 2)]);
    let of = |country: Option<&str>, tag: Option<&str>| Filter {
        country: country.map(str::to_owned),
        tag: tag.map(str::to_owned),
        ..Filter::default()
    };
    assert_eq!((count(&mut book, of(Some("France"), None)), count(&mut book, of(None, Some("VIP")))), (3, 2));
}

#[test]
fn products_by_what_they_brought() {
    let mut book = Book::default();
    let line = |n, total_minor| crate::domain::Line {
        product: Some(product_id(n)),
        quantity_milli: 500,
        unit_price_e4: 0,
        total_minor,
    };
    let mut changes = order(1, 1, day("2024-01-05"), "purchase", 0);
    changes.push(set(Kind::Order, order_id(1), "lines", vec![line(1, 100), line(2, 900), line(1, 50)]));
    changes.extend(
        [(1, "Green tea"), (2, "Cup"), (3, "TEA pot")].map(|(n, name)| set(Kind::Product, product_id(n), "name", name)),
    );
    book.apply(changes);
    let mut names = |search: &str| {
        let query = Query::Products { search: search.into(), offset: 0, limit: 9 };
        let Answer::Products(list) = book.ask(&query, day(TODAY)) else { panic!() };
        list.rows
            .iter()
            .map(|r| format!("{} {} {} {}", r.profile.name, r.lines, r.quantity_milli, r.total_minor))
            .collect::<Vec<_>>()
    };
    assert_eq!(names(""), ["Cup 1 500 900", "Green tea 2 1000 150", "TEA pot 0 0 0"]);
    assert_eq!(names("tea"), ["Green tea 2 1000 150", "TEA pot 0 0 0"]);
    assert_eq!(names("gren tea"), ["Green tea 2 1000 150"]);
    book.apply(vec![set(Kind::Product, product_id(2), "name", "龙井茶")]);
    let Answer::Products(list) =
        book.ask(&Query::Products { search: "longjing".into(), offset: 0, limit: 9 }, day(TODAY))
    else {
        panic!()
    };
    assert_eq!(list.rows.iter().map(|r| r.profile.name.as_str()).collect::<Vec<_>>(), ["龙井茶"]);
}

#[test]
fn products_by_what_a_person_calls_them() {
    let mut book = Book::default();
    // More that sell better and hold the same word than a list of suggestions has.
    let named = (1u32..=30)
        .map(|n| set(Kind::Product, product_id(n), "name", if n == 30 { "Tea".into() } else { format!("Tea No {n}") }));
    let mut changes: Vec<_> = named.collect();
    changes.push(set(Kind::Product, product_id(31), "name", "tea"));
    changes.push(set(Kind::Product, product_id(31), "key", "T-31"));
    // Called as another is numbered.
    changes.push(set(Kind::Product, product_id(1), "key", "N-1"));
    changes.push(set(Kind::Product, product_id(32), "name", "N-1"));
    book.apply(changes);
    let names = ["Tea", "tea", "TEA", "Ｔ-31", "n-1", "Te", ""].map(str::to_owned).to_vec();
    let Answer::ProductsNamed(found) = book.ask(&Query::ProductsNamed { names }, day(TODAY)) else { panic!() };
    let mut either = [30, 31].map(product_id);
    either.sort_unstable();
    assert_eq!(
        found,
        [
            Some(product_id(30)),
            Some(product_id(31)),
            Some(either[0]),
            Some(product_id(31)),
            Some(product_id(32)),
            None,
            None
        ]
    );
}

#[test]
fn questions_about_the_store_are_not_answered_here() {
    let mut book = Book::default();
    for query in [Query::Journal { offset: 0, limit: 1 }, Query::StagedImport, Query::Storage] {
        assert_eq!(answer(&book.data, &mut book.cache, &query, day(TODAY)), None);
    }
    assert_eq!(book.ask(&Query::Settings, day(TODAY)), Answer::Settings(Box::default()));
}

#[test]
fn customers_are_found_by_the_people_there() {
    let mut book = Book::default();
    let contact = |n: u128| crate::domain::Id(n + (9 << 64));
    let names = [(1, "Acme"), (2, "Bolt")].map(|(n, name)| set(Kind::Customer, customer_id(n), "name", name));
    book.apply(names.to_vec());
    let search = |book: &mut Book, search: &str| {
        let rows = list(book, Filter { search: search.into(), ..Filter::default() }, BY_NAME).rows;
        rows.into_iter().map(|r| (r.name, r.found.and_then(|f| f.detail).map(|d| d.text))).collect::<Vec<_>>()
    };
    assert_eq!(search(&mut book, "zhangwei"), []);
    book.apply(vec![
        set(Kind::Contact, contact(1), "customer", customer_id(2)),
        set(Kind::Contact, contact(1), "name", "张伟"),
        set(Kind::Contact, contact(1), "phone", "+86 138-0013-8001"),
    ]);
    let bolt = |detail: &str| vec![("Bolt".to_owned(), Some(detail.to_owned()))];
    for word in ["zhangwei", "zw", "张伟", "bolt zhang"] {
        assert_eq!(search(&mut book, word), bolt("张伟"), "{word}");
    }
    assert_eq!(search(&mut book, "13800138001"), bolt("+86 138-0013-8001"));
    book.apply(vec![set(Kind::Contact, contact(1), "deleted", true)]);
    assert_eq!(search(&mut book, "zhangwei"), []);
}
