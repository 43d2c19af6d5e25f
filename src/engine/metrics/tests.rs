//! The figures through the data set: against the independent reference, and brought up to date against from scratch.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::domain::{Action, Change, ChangeSet, Currency, DeviceId, Id, Line, Origin, Settings, Stamp, Value};
use crate::engine::api::{
    Answer, Filter, MixOf, Mood, MovedBy, Period, Query, ResponseFilter, Since, Sort, SortKey, VoiceBy,
};
use crate::engine::query::answer;

/// A data set under test with a cache that hears of every change.
#[derive(Default)]
pub struct Book {
    pub data: Dataset,
    pub cache: MetricsCache,
}

pub fn customer_id(n: u32) -> Id {
    Id(u128::from(n) + (1 << 64))
}

pub fn product_id(n: u32) -> Id {
    Id(u128::from(n) + (2 << 64))
}

pub fn order_id(n: u32) -> Id {
    Id(u128::from(n) + (3 << 64))
}

pub fn set(kind: Kind, id: Id, field: &str, value: impl Into<Value>) -> Change {
    Change { kind, id, field: field.into(), value: value.into(), was: Value::Null }
}

/// An order of one line.
pub fn order(n: u32, customer: u32, day: Day, kind: &str, total_minor: i64) -> Vec<Change> {
    let id = order_id(n);
    let line = Line { product: None, quantity_milli: 1_000, unit_price_e4: total_minor * 100, total_minor };
    vec![
        set(Kind::Order, id, "customer", customer_id(customer)),
        set(Kind::Order, id, "at", day.start().0 + 36_000_000),
        set(Kind::Order, id, "kind", kind),
        set(Kind::Order, id, "currency", "CNY"),
        set(Kind::Order, id, "lines", vec![line]),
    ]
}

impl Book {
    pub fn apply(&mut self, changes: Vec<Change>) {
        let seq = self.data.seq() + 1;
        let stamp = Stamp { time: seq << 16, device: DeviceId(1) };
        let origin = Origin::Hand { what: Action::Edit(Kind::Customer) };
        let touched = self.data.apply(&ChangeSet { stamp, origin, changes, blocks: vec![] }, seq, &[]).unwrap();
        self.cache.touched(&touched);
    }

    pub fn setting(&mut self, name: &str, value: serde_json::Value) {
        let id = Id::from_key(Kind::Setting, "", name);
        self.apply(vec![set(Kind::Setting, id, "key", name), set(Kind::Setting, id, "value", Value::Json(value))]);
    }

    pub fn ask(&mut self, query: &Query, today: Day) -> Answer {
        answer(&self.data, &mut self.cache, query, today).unwrap()
    }
}

pub fn day(text: &str) -> Day {
    Day::parse_iso(text).unwrap()
}

/// The 42 customers of `tests/reference/segments.py`.
pub fn reference_book() -> Book {
    let mut book = Book::default();
    let mut changes = Vec::new();
    let rows = include_str!("../../../tests/reference/segments_orders.csv").lines().skip(1);
    for (n, line) in (0..).zip(rows) {
        let cells: Vec<&str> = line.split(',').collect();
        let customer = cells[0].parse().unwrap();
        changes.push(set(Kind::Customer, customer_id(customer), "key", cells[0]));
        changes.extend(order(n, customer, day(cells[1]), cells[2], cells[3].parse().unwrap()));
    }
    book.apply(changes);
    book
}

#[test]
fn the_reference_customers_come_out_of_the_data_set() {
    let mut lines = include_str!("../../../tests/reference/segments_expected.csv").lines();
    let head = lines.next().unwrap();
    let mut want: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for line in lines.skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        want.insert(cells[0], cells);
    }
    let mut book = reference_book();
    let sort = Sort { by: SortKey::Name, descending: false };
    let query = |prospects| Query::Customers {
        as_of: Some(day("2024-06-30")),
        filter: Filter { prospects: Some(prospects), ..Filter::default() },
        sort,
        columns: Vec::new(),
        offset: 0,
        limit: 100,
    };
    let Answer::Customers(list) = book.ask(&query(false), day("2026-01-01")) else { panic!() };
    assert_eq!(list.total as usize, want.len());
    assert!(head.contains(&format!("n={}", list.total)), "{head}");
    let snake = |v: serde_json::Value| v.as_str().unwrap().to_owned();
    for row in &list.rows {
        let m = &row.metrics;
        let w = &want[row.key.as_str()];
        let got = [
            row.key.clone(),
            m.purchases.to_string(),
            w[2].to_owned(),
            m.days_since_last_purchase.unwrap().to_string(),
            m.revenue_minor.to_string(),
            m.profit_minor.to_string(),
            m.median_interval_days.map(|d| format!("{d:.1}")).unwrap_or_default(),
            m.rfm.unwrap().map(|s| s.to_string()).concat(),
            snake(serde_json::to_value(m.rfm_group).unwrap()),
            snake(serde_json::to_value(m.dormancy).unwrap()),
            format!("{:.12}", m.loyalty.unwrap()),
            snake(serde_json::to_value(m.kotler).unwrap()),
            w[12].to_owned(),
            m.tier.clone().unwrap(),
        ];
        assert_eq!(got.as_slice(), w.as_slice());
        assert_eq!(m.assumed_bp, 10_000);
    }
    // Refunds only, and purchases after the as-of day: no buyers.
    let Answer::Customers(list) = book.ask(&query(true), day("2026-01-01")) else { panic!() };
    let keys: Vec<&str> = list.rows.iter().map(|r| r.key.as_str()).collect();
    assert_eq!(keys, ["38", "42"]);
    assert_eq!((list.rows[0].metrics.refunds, list.rows[0].metrics.refunded_minor), (1, 5_000));
}

#[test]
fn money_is_the_books_currency_and_profit_knows_costs() {
    let mut book = Book::default();
    let tea = product_id(1);
    let line = |product, total_minor| Line { product, quantity_milli: 2_500, unit_price_e4: 0, total_minor };
    let mut changes = order(1, 1, day("2024-01-05"), "purchase", 0);
    changes.extend(order(2, 1, day("2024-01-06"), "purchase", 700));
    changes.extend(order(3, 1, day("2024-01-07"), "adjustment", -9_999));
    changes.extend(order(4, 1, day("2024-01-08"), "refund", -100));
    changes.push(set(Kind::Order, order_id(1), "lines", vec![line(Some(tea), 1_000), line(None, 500)]));
    changes.push(set(Kind::Order, order_id(2), "currency", "USD"));
    changes.push(set(Kind::Customer, customer_id(1), "name", "Ann"));
    changes.push(set(Kind::Product, tea, "cost_e4", 10_000i64));
    book.apply(changes);
    let facts = |book: &mut Book| *book.cache.snapshot(&book.data, day("2024-02-01")).1.facts(0).unwrap();
    let got = facts(&mut book);
    // Known: 1,000 − 2.5 × 1.00 = 750. Assumed: 30 % of 500 − 100 = 120. Dollars count as a purchase, not as money.
    assert_eq!((got.purchases, got.refunds, got.revenue_minor, got.refunded_minor), (2, 1, 1_400, 100));
    assert_eq!((got.profit_minor, got.assumed_minor, got.assumed_bp()), (870, 120, 1_379));

    // A dearer product, a product priced in other money, a trashed order, another margin, another currency.
    book.apply(vec![set(Kind::Product, tea, "cost_e4", 20_000i64)]);
    assert_eq!(facts(&mut book).profit_minor, 620);
    book.apply(vec![set(Kind::Product, tea, "currency", "USD")]);
    assert_eq!(facts(&mut book).profit_minor, 420);
    book.apply(vec![set(Kind::Order, order_id(4), "deleted", true)]);
    assert_eq!(facts(&mut book).profit_minor, 450);
    book.setting("default_margin_bp", 1_000.into());
    assert_eq!(facts(&mut book).profit_minor, 150);
    book.setting("currency", "USD".into());
    assert_eq!(facts(&mut book).revenue_minor, 700);

    let totals = book.cache.totals(&book.data).clone();
    assert_eq!((totals.orders(), totals.lines, totals.total_minor), (3, 4, 700));
    assert_eq!(totals.other_currencies, [("CNY".to_owned(), 2, 1_500 - 9_999)]);
    assert_eq!(totals.by_product[0], ProductTotal { lines: 1, quantity_milli: 2_500, total_minor: 0 });

    // In the trash a customer has no figures, but the goods did leave the shop.
    book.apply(vec![set(Kind::Customer, customer_id(1), "deleted", true)]);
    assert!(!facts(&mut book).is_buyer());
    let totals = book.cache.totals(&book.data).clone();
    assert_eq!((totals.customers, totals.lines, totals.anonymous_orders), (0, 4, 0));
}

#[test]
fn an_old_book_is_seen_from_its_own_time() {
    let mut book = Book::default();
    let today = day("2026-03-01");
    assert_eq!(book.cache.default_as_of(&book.data, today), today, "empty");
    book.apply(order(1, 1, day("2011-12-09"), "purchase", 100));
    assert_eq!(book.cache.default_as_of(&book.data, today), day("2011-12-10"));
    book.apply(order(2, 1, day("2099-01-01"), "purchase", 100));
    assert_eq!(book.cache.default_as_of(&book.data, today), day("2011-12-10"), "a slip of the pen is not news");
    book.apply(order(3, 1, day("2025-12-31"), "purchase", 100));
    assert_eq!(book.cache.default_as_of(&book.data, today), today, "60 days");
    assert_eq!(book.cache.default_as_of(&book.data, Day(today.0 + 1)), day("2026-01-01"), "61 days");
    let mut nobody = Book::default();
    nobody.apply(vec![set(Kind::Order, order_id(1), "note", "no date")]);
    assert_eq!(nobody.cache.default_as_of(&nobody.data, today), today);
}

/// A step in the life of a book.
#[derive(Clone, Debug)]
pub enum Step {
    Order {
        n: u32,
        customer: u32,
        days: i32,
        kind: &'static str,
        total_minor: i64,
        product: Option<u32>,
        usd: bool,
    },
    Anonymous {
        n: u32,
    },
    DeleteOrder {
        n: u32,
        deleted: bool,
    },
    DeleteCustomer {
        n: u32,
        deleted: bool,
    },
    Profile {
        n: u32,
        name: String,
        country: &'static str,
    },
    Cost {
        n: u32,
        cost_e4: i64,
    },
    Margin(i64),
    Bins(u8),
    LoyaltyCut(i64),
    Said {
        n: u32,
        customer: u32,
        days: i32,
        scores: [Option<i64>; 4],
        about: Option<u32>,
        staff: &'static str,
    },
    DeleteSaid {
        n: u32,
        deleted: bool,
    },
    HalfLife(i64),
    /// What a gift or a repair cost.
    Spent {
        n: u32,
        customer: u32,
        days: i32,
        minor: Option<i64>,
        case: bool,
    },
    /// One field of many customers, as a change in the list writes it.
    Many {
        from: u32,
        to: u32,
        field: &'static str,
        value: Value,
    },
    Merge {
        n: u32,
        into: Option<u32>,
    },
    Person {
        n: u32,
        customer: Option<u32>,
        name: String,
    },
    Erase {
        n: u32,
    },
    /// Loyalty by a forecast with this `r`, or by the score again.
    Forecast(Option<i64>),
}

pub fn response_id(n: u32) -> Id {
    Id(u128::from(n) + (4 << 64))
}

/// What a customer said, with expectation, experience, NPS and CSAT.
pub fn said(n: u32, customer: u32, at: Day, scores: [Option<i64>; 4]) -> Vec<Change> {
    let id = response_id(n);
    let names = ["expectation", "experience", "nps", "csat"];
    let scores = names.into_iter().zip(scores).map(|(name, score)| set(Kind::Response, id, name, score));
    let about = [("customer", customer_id(customer).into()), ("at", Value::Int(at.start().0 + 36_000_000))];
    about.map(|(name, value): (&str, Value)| set(Kind::Response, id, name, value)).into_iter().chain(scores).collect()
}

pub const TODAY: &str = "2024-06-30";

impl Step {
    pub fn apply(&self, book: &mut Book) {
        match self.clone() {
            Self::Order { n, customer, days, kind, total_minor, product, usd } => {
                let at = Day(day(TODAY).0 - days);
                let mut changes =
                    order(n, customer, at, kind, if kind == "refund" { -total_minor } else { total_minor });
                let line =
                    Line { product: product.map(product_id), quantity_milli: 1_000, unit_price_e4: 0, total_minor };
                changes.push(set(Kind::Order, order_id(n), "lines", vec![line, line]));
                changes.push(set(Kind::Order, order_id(n), "currency", if usd { "USD" } else { "CNY" }));
                changes.push(set(Kind::Customer, customer_id(customer), "key", customer.to_string()));
                book.apply(changes);
            }
            Self::Anonymous { n } => book.apply(vec![set(Kind::Order, order_id(n), "customer", Value::Null)]),
            Self::DeleteOrder { n, deleted } => book.apply(vec![set(Kind::Order, order_id(n), "deleted", deleted)]),
            Self::DeleteCustomer { n, deleted } => {
                book.apply(vec![set(Kind::Customer, customer_id(n), "deleted", deleted)]);
            }
            Self::Profile { n, name, country } => book.apply(vec![
                set(Kind::Customer, customer_id(n), "name", name),
                set(Kind::Customer, customer_id(n), "country", country),
            ]),
            Self::Cost { n, cost_e4 } => book.apply(vec![set(Kind::Product, product_id(n), "cost_e4", cost_e4)]),
            Self::Margin(bp) => book.setting("default_margin_bp", bp.into()),
            Self::Bins(bins) => book.setting("rfm", serde_json::json!({ "bins": bins })),
            Self::Said { n, customer, days, scores, about, staff } => {
                let mut changes = said(n, customer, Day(day(TODAY).0 - days), scores);
                changes.push(set(Kind::Customer, customer_id(customer), "key", customer.to_string()));
                changes.push(set(Kind::Response, response_id(n), "staff", staff));
                // Every other answer names its product, the rest an order.
                let (field, id) = if n % 2 == 0 { ("product", product_id(0)) } else { ("order", order_id(0)) };
                changes.extend(about.map(|at| set(Kind::Response, response_id(n), field, Id(id.0 + u128::from(at)))));
                book.apply(changes);
            }
            Self::DeleteSaid { n, deleted } => {
                book.apply(vec![set(Kind::Response, response_id(n), "deleted", deleted)])
            }
            Self::HalfLife(days) => {
                book.setting("satisfaction", serde_json::json!({ "half_life_days": days, "min_answers": 2 }))
            }
            Self::Many { from, to, field, value } => {
                book.apply((from..to).map(|n| set(Kind::Customer, customer_id(n), field, value.clone())).collect());
            }
            Self::Merge { n, into } => {
                let into = into.map_or(Value::Null, |into| customer_id(into).into());
                book.apply(vec![set(Kind::Customer, customer_id(n), "merged_into", into)]);
            }
            Self::Person { n, customer, name } => {
                let id = Id(u128::from(n) + (5 << 64));
                let of = customer.map_or(Value::Null, |c| customer_id(c).into());
                let key = customer.map(|c| set(Kind::Customer, customer_id(c), "key", c.to_string()));
                let person = [set(Kind::Contact, id, "customer", of), set(Kind::Contact, id, "name", name)];
                book.apply(person.into_iter().chain(key).collect());
            }
            Self::Erase { n } => book.apply(vec![set(Kind::Customer, customer_id(n), "erased", true)]),
            Self::Forecast(r_e9) => {
                let model = r_e9.map(|r_e9| {
                    serde_json::json!({ "r_e9": r_e9, "alpha_e9": 4_414_000_000i64, "a_e9": 793_000_000, "b_e9": 2_426_000_000i64,
                        "fitted": 19_000, "customers": 2_357, "off_bp": 400 })
                });
                book.setting("loyalty", serde_json::json!({ "model": model }));
            }
            Self::Spent { n, customer, days, minor, case } => {
                let kind = if case { Kind::Case } else { Kind::Interaction };
                let id = Id(u128::from(n) + (if case { 6 } else { 7 } << 64));
                let at = Day(day(TODAY).0 - days).start().0;
                book.apply(vec![
                    set(kind, id, "customer", customer_id(customer)),
                    set(kind, id, "at", at),
                    set(kind, id, "care_e4", minor.map(|minor| 100 * minor)),
                    set(Kind::Customer, customer_id(customer), "key", customer.to_string()),
                ]);
            }
            Self::LoyaltyCut(bp) => book.setting("kotler", serde_json::json!({ "loyalty_cut_bp": bp })),
        }
    }
}

pub fn steps(most: usize) -> impl Strategy<Value = Vec<Step>> {
    let customer = || 0u32..25;
    let order = (
        (0u32..150, customer(), -40i32..700),
        prop::sample::select(vec!["purchase", "purchase", "purchase", "refund", "adjustment"]),
        (1i64..50_000, prop::option::of(0u32..4), prop::bool::weighted(0.1)),
    );
    let order = order.prop_map(|((n, customer, days), kind, (total_minor, product, usd))| Step::Order {
        n,
        customer,
        days,
        kind,
        total_minor,
        product,
        usd,
    });
    let score = |range: std::ops::Range<i64>| prop::option::weighted(0.8, range);
    let scores = (score(0..11), score(0..11), score(0..12), score(0..6)).prop_map(|(a, b, c, d)| [a, b, c, d]);
    let staff = prop::sample::select(vec!["", "Li", "Ann"]);
    let said = ((0u32..60, customer(), -40i32..700), scores, (prop::option::of(0u32..4), staff)).prop_map(
        |((n, customer, days), scores, (about, staff))| Step::Said { n, customer, days, scores, about, staff },
    );
    let words = |words: &'static str| prop::sample::select(words.split(' ').collect::<Vec<_>>());
    let many = prop_oneof![
        words("Ann Bench 王芳").prop_map(|tag| ("tags", Value::Json(vec![tag].into()))),
        Just(("tags", Value::Null)),
        words("Li Ann").prop_map(|owner| ("owner", owner.into())),
        words("prospect ended").prop_map(|stage| ("stage", stage.into())),
        words("aa bench 张伟").prop_map(|note| ("note", note.into())),
        words("Lyon 上海").prop_map(|city| ("city", city.into())),
        words("France 中国").prop_map(|country| ("country", country.into())),
    ];
    let many = (customer(), 1u32..25, many).prop_map(|(from, len, (field, value))| Step::Many {
        from,
        to: from + len,
        field,
        value,
    });
    let step = prop_oneof![
        3 => many,
        1 => (customer(), prop::option::of(customer())).prop_map(|(n, into)| Step::Merge { n, into }),
        1 => (0u32..9, prop::option::of(customer()), words("Mary 张伟")).prop_map(|(n, customer, name)| {
            Step::Person { n, customer, name: name.into() }
        }),
        1 => customer().prop_map(|n| Step::Erase { n }),
        8 => said,
        1 => (0u32..60, any::<bool>()).prop_map(|(n, deleted)| Step::DeleteSaid { n, deleted }),
        1 => (1i64..400).prop_map(Step::HalfLife),
        12 => order,
        1 => (0u32..150).prop_map(|n| Step::Anonymous { n }),
        2 => (0u32..150, any::<bool>()).prop_map(|(n, deleted)| Step::DeleteOrder { n, deleted }),
        1 => (customer(), any::<bool>()).prop_map(|(n, deleted)| Step::DeleteCustomer { n, deleted }),
        2 => (customer(), "[a-cA-C王芳 ]{0,3}", prop::sample::select(vec!["", "France", "中国"]))
            .prop_map(|(n, name, country)| Step::Profile { n, name, country }),
        1 => (0u32..4, 0i64..300_000).prop_map(|(n, cost_e4)| Step::Cost { n, cost_e4 }),
        1 => (0i64..10_000).prop_map(Step::Margin),
        1 => (0u8..12).prop_map(Step::Bins),
        1 => (0i64..10_000).prop_map(Step::LoyaltyCut),
        1 => prop::option::of(1i64..3_000_000_000).prop_map(Step::Forecast),
        3 => (0u32..20, customer(), -40i32..700, prop::option::of(0i64..50_000), any::<bool>())
            .prop_map(|(n, customer, days, minor, case)| Step::Spent { n, customer, days, minor, case }),
    ];
    prop::collection::vec(step, 1..most)
}

/// Every query whose answer rests on figures.
pub fn all_queries() -> Vec<Query> {
    let sort = |by, descending| Sort { by, descending };
    let list =
        |filter, sort| Query::Customers { as_of: None, filter, sort, columns: Vec::new(), offset: 0, limit: 1_000 };
    let search = |words: &str| Filter { search: words.into(), ..Filter::default() };
    let top = Filter { top_bp: Some(2_000), ..Filter::default() };
    // The first list finds the one that the last list left behind.
    let buyers = Filter { prospects: Some(false), ..Filter::default() };
    vec![
        list(buyers, sort(SortKey::Added, false)),
        Query::Overview { as_of: None },
        Query::Rfm { as_of: None },
        Query::Kotler { as_of: None },
        Query::Tiers { as_of: None },
        Query::Dormancy { as_of: None },
        Query::Today { as_of: None },
        Query::Breaks { as_of: None, limit: 20 },
        Query::Moved { as_of: None, since: Since::Quarter, by: MovedBy::Kotler },
        Query::Moved { as_of: None, since: Since::Quarter, by: MovedBy::Tier },
        Query::Mix(MixOf { as_of: None, back: 0 }),
        Query::Mix(MixOf { as_of: None, back: 1 }),
        Query::Mix(MixOf { as_of: None, back: 2 }),
        Query::Mix(MixOf { as_of: None, back: 7 }),
        Query::Drift { as_of: None, since: Since::Quarter, group: None, limit: 10 },
        list(Filter::default(), sort(SortKey::Name, true)),
        list(search("a"), sort(SortKey::Loyalty, true)),
        list(search("zhangwei"), sort(SortKey::Match, true)),
        list(search("becnh"), sort(SortKey::Match, true)),
        list(Filter { tag: Some("Bench".into()), ..Filter::default() }, sort(SortKey::LastPurchase, true)),
        list(Filter::default(), sort(SortKey::LastPurchase, true)),
        Query::Worth { as_of: None, limit: 10 },
        list(top, sort(SortKey::Added, false)),
        list(Filter { mood: Some(Mood::Unhappy), ..Filter::default() }, sort(SortKey::Satisfaction, false)),
        Query::Satisfaction { as_of: None, period: Period::All, by: VoiceBy::Product, offset: 0, limit: 100 },
        Query::Satisfaction { as_of: None, period: Period::Year, by: VoiceBy::Staff, offset: 0, limit: 100 },
        Query::Responses { as_of: None, filter: ResponseFilter::default(), offset: 0, limit: 1_000 },
        Query::Products { search: String::new(), offset: 0, limit: 100 },
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn brought_up_to_date_equals_from_scratch(before in steps(60), after in steps(12)) {
        let mut book = Book::default();
        before.iter().for_each(|step| step.apply(&mut book));
        for query in all_queries() {
            book.ask(&query, day(TODAY));
        }
        for step in &after {
            step.apply(&mut book);
            for query in all_queries() {
                let kept = book.ask(&query, day(TODAY));
                let fresh = answer(&book.data, &mut MetricsCache::new(), &query, day(TODAY)).unwrap();
                prop_assert_eq!(kept, fresh, "{:?} after {:?}", query, step);
            }
            let as_of = book.cache.default_as_of(&book.data, day(TODAY));
            let mut fresh = MetricsCache::new();
            let (ledger, from_scratch) = fresh.snapshot(&book.data, as_of);
            from_scratch.look_back(ledger);
            let (ledger, kept) = book.cache.snapshot(&book.data, as_of);
            kept.look_back(ledger);
            prop_assert_eq!(&*kept, &*from_scratch);
        }
    }
}

#[test]
fn a_cache_that_was_not_told_starts_over() {
    let mut book = reference_book();
    let before = book.ask(&Query::Kotler { as_of: None }, day(TODAY));
    let kept = book.cache.clone();
    book.apply(order(9_999, 1, day("2024-06-01"), "purchase", 5_000_000));
    book.cache = kept;
    assert_ne!(book.ask(&Query::Kotler { as_of: None }, day(TODAY)), before);
}

#[test]
fn orders_after_a_merge_into_nobody_was_taken_back_count() {
    let mut book = Book::default();
    book.apply(vec![set(Kind::Customer, customer_id(1), "key", "1")]);
    // A colleague's file may name who is not here.
    Step::Merge { n: 1, into: Some(99) }.apply(&mut book);
    book.apply(order(1, 1, day("2024-06-01"), "purchase", 100));
    Step::Merge { n: 1, into: None }.apply(&mut book);
    book.apply(order(2, 1, day("2024-06-02"), "purchase", 100));
    let row = book.data.customers().row(customer_id(1)).unwrap();
    let facts = *book.cache.snapshot(&book.data, day(TODAY)).1.facts(row).unwrap();
    assert_eq!((facts.purchases, facts.revenue_minor), (2, 200));
}

#[test]
fn settings_of_any_size_are_survived() {
    let mut book = reference_book();
    for (name, value) in [
        ("rfm", serde_json::json!({ "bins": 255 })),
        ("tiers", serde_json::json!([])),
        (
            "dormancy",
            serde_json::json!({ "multiples_bp": [0, -5, i64::MAX], "min_purchases": 0, "floor_days": i64::MAX }),
        ),
        ("loyalty", serde_json::json!({ "half_after_intervals_bp": i64::MIN, "prior_weight_bp": i64::MAX })),
        (
            "loyalty",
            serde_json::json!({ "model": { "r_e9": i64::MIN, "alpha_e9": 0, "a_e9": i64::MAX, "b_e9": -1, "fitted": i32::MAX,
                "customers": 0, "off_bp": i64::MIN } }),
        ),
        ("default_margin_bp", serde_json::json!(i64::MIN)),
        ("kotler", serde_json::json!({ "profit_cut_e4": i64::MIN, "loyalty_cut_bp": -1 })),
    ] {
        book.setting(name, value);
        for query in all_queries() {
            book.ask(&query, day(TODAY));
        }
    }
    assert_ne!(book.data.settings(), &Settings::default());
    assert_eq!(book.data.settings().currency, Currency::CNY);
}
