//! Rules against what they mean, customer by customer.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::analytics::median_interval_days;
use crate::domain::{CivilTime, OrderKind, Value, interaction, order, product};
use crate::engine::api::{
    Answer, Bought, ButNot, Calendar, Condition, Contact, Figure, Filter, Moved, MovedBy, Query, Rank, Since, Sort,
    SortKey, Stand, Test, There,
};
use crate::engine::column::{NONE, NULL_INT};
use crate::engine::metrics::tests::{Book, TODAY, customer_id, day, order as order_of, product_id, set, steps};
use crate::engine::query::columns::{Held, Reader};
use crate::engine::query::habits::churn_rule;
use crate::engine::search::SearchIndex;
use crate::engine::segment::tests::rule_of;
use crate::engine::segment::{MAX_CHAIN, read_rule, write_rule};

fn segment_id(n: u32) -> Id {
    Id(u128::from(n) + (9 << 64))
}

fn ask(book: &mut Book, rule: &Rule) -> RuleView {
    match book.ask(&Query::Rule { as_of: None, rule: rule.clone(), limit: 10_000 }, day(TODAY)) {
        Answer::Rule(view) => *view,
        other => panic!("{other:?}"),
    }
}

/// Who is meant, by id.
fn meant(book: &mut Book, rule: &Rule) -> Vec<Id> {
    let view = ask(book, rule);
    let mut ids: Vec<Id> = view.rows.iter().map(|row| row.id).collect();
    ids.sort_unstable();
    assert_eq!(ids.len() as u64, view.customers);
    ids
}

fn save(book: &mut Book, n: u32, rule: &Rule) {
    let id = segment_id(n);
    book.apply(vec![set(Kind::Segment, id, "name", format!("S{n}")), set(Kind::Segment, id, "rule", write_rule(rule))]);
}

/// Whether a rule holds of one customer, with nothing shared, kept or put together: `None` where it cannot be told.
struct Naive<'a> {
    reader: Reader<'a>,
    rules: BTreeMap<Id, Rule>,
    told: Vec<Id>,
    /// Who made each movement, by comparing two lists of where all stand.
    moved: Vec<(Moved, Vec<u32>)>,
}

impl Naive<'_> {
    fn holds(&self, rule: &Rule, row: u32) -> Option<bool> {
        let each: Vec<Option<bool>> = rule.parts().iter().map(|part| self.holds(part, row)).collect();
        let any = if each.contains(&Some(true)) {
            Some(true)
        } else if each.contains(&None) {
            None
        } else {
            Some(false)
        };
        match rule {
            Rule::All(_) if each.contains(&Some(false)) => Some(false),
            Rule::All(_) if each.contains(&None) => None,
            Rule::All(_) => Some(true),
            Rule::Any(_) => any,
            Rule::None(_) => any.map(|any| !any),
            Rule::Leaf(leaf) => self.leaf(leaf, row),
        }
    }

    fn leaf(&self, leaf: &Leaf, row: u32) -> Option<bool> {
        let tier = |id: &String| self.reader.data.settings().tiers.iter().any(|tier| tier.id == *id);
        let no_more = |stand: &Option<Stand>| matches!(stand, Some(Stand::Tier(id)) if !tier(id));
        match leaf {
            Leaf::Column(Condition { column, test: Test::AnyOf(all) | Test::NoneOf(all) })
                if *column == Column::Figure(Figure::Tier) && !all.iter().any(tier) =>
            {
                None
            }
            Leaf::Moved(moved) if no_more(&moved.from) || no_more(&moved.to) => None,
            Leaf::Column(condition) => Some(self.reader.fits(&self.reader.ready(condition), row)),
            Leaf::Newer(_) => None,
            Leaf::Segment { id, inside } if self.told.contains(id) => {
                Some(self.holds(self.rules.get(id)?, row)? == *inside)
            }
            Leaf::Segment { .. } => None,
            Leaf::Rank(Rank { by, top, share_bp }) => {
                let number = |row| match self.reader.held(*by, row) {
                    Held::Number(n) if self.reader.snapshot.buyer(row).is_some() => Some(n),
                    _ => None,
                };
                let all: Vec<i64> = self.reader.data.customers().live().filter_map(number).collect();
                let Some(own) = number(row) else { return Some(false) };
                // So many stand before this one; the share is theirs only if it leaves a place.
                let before = all.iter().filter(|n| if *top { **n > own } else { **n < own }).count() as u128;
                Some(before * 10_000 < all.len() as u128 * u128::from(*share_bp))
            }
            Leaf::Moved(moved) => Some(self.moved.iter().any(|(of, who)| of == moved && who.contains(&row))),
            Leaf::Search(text) => {
                let found = SearchIndex::new(self.reader.data).find(text);
                Some(found.is_none_or(|found| found[row as usize] > 0))
            }
            Leaf::Contact(contact) => {
                let (table, as_of) = (self.reader.data.interactions(), self.reader.snapshot.as_of());
                let is = |at: &u32| {
                    let Some(ms) = table.int(*at, interaction::AT) else { return false };
                    let this = CivilTime(ms).day();
                    let late = contact.days.is_none_or(|days| i64::from(this.0) > i64::from(as_of.0) - i64::from(days));
                    let way = |field, want: &str| want.is_empty() || table.text(*at, field) == want;
                    table.reference(*at, interaction::CUSTOMER) == Some(row)
                        && this <= as_of
                        && late
                        && way(interaction::CHANNEL, &contact.channel)
                        && way(interaction::DIRECTION, &contact.direction)
                };
                let n = u32::try_from(table.live().filter(is).count()).unwrap();
                Some((n >= contact.times.max(1)) == contact.had)
            }
            Leaf::There(there) => {
                // Day by day, by what could be known then.
                let gone = |on: i32| {
                    let mut days = self.purchase_days(row);
                    days.retain(|day| *day <= on);
                    let Some(&last) = days.last() else { return true };
                    let median = median_interval_days(days.iter().copied(), &mut Vec::new());
                    let rule = churn_rule(self.reader.snapshot.settings());
                    rule.left_on(last, u32::try_from(days.len()).unwrap(), median) <= on
                };
                let as_of = self.reader.snapshot.as_of().0;
                let left = |by: i32| (there.on + 1..=by.min(as_of)).any(gone);
                Some(there.on <= as_of && !gone(there.on) && there.left_by.is_none_or(left))
            }
            Leaf::Bought(bought) => {
                let known = |goods: &Goods| match goods {
                    Goods::Product(id) => self.reader.data.products().row(*id).is_some(),
                    _ => true,
                };
                if !known(&bought.goods) || bought.but_not.as_ref().is_some_and(|not| !known(&not.goods)) {
                    return None;
                }
                let bought_not = |not: &ButNot| self.purchases(row, &not.goods, not.days) == 0;
                let enough = self.purchases(row, &bought.goods, bought.days) >= bought.times.max(1);
                Some(enough && bought.but_not.as_ref().is_none_or(bought_not))
            }
        }
    }

    fn purchase_days(&self, customer: u32) -> Vec<i32> {
        let (orders, as_of) = (self.reader.data.orders(), self.reader.snapshot.as_of());
        let is = |row: &u32| {
            orders.customer()[*row as usize] == customer
                && orders.at()[*row as usize] != NULL_INT
                && orders.kind_of(*row) == OrderKind::Purchase
        };
        let mut days: Vec<i32> =
            orders.live().filter(is).map(|row| CivilTime(orders.at()[row as usize]).day().0).collect();
        days.sort_unstable();
        days.dedup();
        days.retain(|day| *day <= as_of.0);
        days
    }

    fn purchases(&self, customer: u32, goods: &Goods, days: Option<u32>) -> u32 {
        let (data, as_of) = (self.reader.data, self.reader.snapshot.as_of());
        let orders = data.orders();
        let product = |row: u32| match goods {
            Goods::Product(id) => data.products().id(row) == Some(*id),
            Goods::Category(name) => data.products().text(row, product::CATEGORY) == name,
            Goods::Role(name) => data.products().text(row, product::ROLE) == name,
            _ => false,
        };
        let counts = |row: u32| match goods {
            Goods::Anything => true,
            Goods::Days { from, to } => {
                let this = CivilTime(orders.at()[row as usize]).day().0;
                from.is_none_or(|from| this >= from) && to.is_none_or(|to| this <= to)
            }
            Goods::Channel(name) => orders.text(row, order::CHANNEL) == name,
            _ => {
                let lines = orders.lines_of(row);
                lines.products.iter().zip(lines.quantities).any(|(p, q)| *p != NONE && *q >= 0 && product(*p))
            }
        };
        let is = |row: &u32| {
            let at = orders.at()[*row as usize];
            let this = CivilTime(at).day();
            let late = days.is_none_or(|days| i64::from(this.0) > i64::from(as_of.0) - i64::from(days));
            orders.customer()[*row as usize] == customer
                && at != NULL_INT
                && this <= as_of
                && late
                && orders.kind_of(*row) == OrderKind::Purchase
                && counts(*row)
        };
        u32::try_from(orders.live().filter(is).count()).unwrap()
    }
}

fn naive(book: &mut Book, rule: &Rule) -> Vec<Id> {
    let as_of = book.cache.default_as_of(&book.data, day(TODAY));
    let segments = Segments::read(&book.data);
    let moved = segments.reached(rule).into_iter().chain(segments.rules.values()).flat_map(Rule::leaves);
    let moved = moved.filter_map(|leaf| if let Leaf::Moved(moved) = leaf { Some(moved.clone()) } else { None });
    let moved: Vec<_> = moved.map(|moved| (moved.clone(), movers(book, as_of, &moved))).collect();
    let RuleParts { ledger, snapshot, moods, worth, .. } = book.cache.rule_parts(&book.data, as_of, true);
    let reader = Reader::new(&book.data, (ledger, snapshot), moods, worth, Column::all());
    let naive = Naive { reader, rules: segments.rules.clone(), told: segments.order.clone(), moved };
    let table = book.data.customers();
    let mut ids: Vec<Id> =
        table.live().filter(|&row| naive.holds(rule, row) == Some(true)).filter_map(|row| table.id(row)).collect();
    ids.sort_unstable();
    ids
}

/// Where a customer stands at a day: the place of group, tier and step.
fn places(book: &mut Book, as_of: Day) -> BTreeMap<u32, [usize; 3]> {
    let (_, snapshot) = book.cache.snapshot(&book.data, as_of);
    snapshot.buyers().map(|(row, _, m)| (row, [m.kotler as usize, usize::from(m.tier), m.dormancy as usize])).collect()
}

fn movers(book: &mut Book, as_of: Day, moved: &Moved) -> Vec<u32> {
    let (then, now) = (places(book, moved.since.before(as_of)), places(book, as_of));
    let tiers = book.data.settings().tiers.clone();
    let at = |stand: &Stand, places: Option<&[usize; 3]>| match (stand, places) {
        (Stand::NotYet, places) => places.is_none(),
        (_, None) => false,
        (Stand::Kotler(group), Some(p)) => p[0] == *group as usize,
        (Stand::Tier(id), Some(p)) => tiers.get(p[1]).is_some_and(|tier| tier.id == *id),
        (Stand::Dormancy(step), Some(p)) => p[2] == *step as usize,
        _ => false,
    };
    let step = |by: &MovedBy, row: &u32| {
        let (a, b) = (then.get(row)?[*by as usize], now.get(row)?[*by as usize]);
        Some(b.cmp(&a))
    };
    let made = |row: &u32| {
        let from = moved.from.as_ref().map(|stand| at(stand, then.get(row)));
        let to = match &moved.to {
            Some(Stand::Other(by)) => return from != Some(false) && step(by, row).is_some_and(|o| o.is_ne()),
            Some(Stand::Better(by)) => return from != Some(false) && step(by, row).is_some_and(|o| o.is_lt()),
            Some(Stand::Worse(by)) => return from != Some(false) && step(by, row).is_some_and(|o| o.is_gt()),
            to => to.as_ref().map(|stand| at(stand, now.get(row))),
        };
        let stays = |stand: &Option<Stand>, places| stand.as_ref().is_some_and(|stand| at(stand, places));
        from.unwrap_or_else(|| !stays(&moved.to, then.get(row)))
            && to.unwrap_or_else(|| !stays(&moved.from, now.get(row)))
    };
    now.keys().copied().filter(made).collect()
}

fn leaves() -> impl Strategy<Value = Leaf> {
    let days = || prop::option::of(0u32..400);
    let goods = || {
        prop_oneof![
            Just(Goods::Anything),
            (0u32..5).prop_map(|n| Goods::Product(product_id(n))),
            prop::sample::select(vec!["tea", "", "none"]).prop_map(|c| Goods::Category(c.into())),
            prop::sample::select(vec!["lead", "profit"]).prop_map(|c| Goods::Role(c.into())),
            prop::sample::select(vec!["shop", "wechat"]).prop_map(|c| Goods::Channel(c.into())),
            (0i32..600, 0i32..200)
                .prop_map(|(ago, n)| Goods::Days { from: Some(day(TODAY).0 - ago), to: Some(day(TODAY).0 - ago + n) }),
        ]
    };
    let but_not = (goods(), days()).prop_map(|(goods, days)| ButNot { goods, days });
    let bought = (goods(), days(), 0u32..4, prop::option::of(but_not));
    let column = || prop::sample::select(Column::all());
    let test = prop_oneof![
        Just(Test::Empty),
        Just(Test::Filled),
        "[a-c王]{1,2}".prop_map(Test::Holds),
        prop::sample::select(vec!["France", "gold", "butterfly", "asleep"]).prop_map(|t| Test::AnyOf(vec![t.into()])),
        prop::sample::select(vec!["France", "silver", "awake"]).prop_map(|t| Test::NoneOf(vec![t.into()])),
        (0i64..2_000).prop_map(|n| Test::Between { from: Some(n), to: Some(n * 20) }),
        (0i32..700).prop_map(|days| Test::Within { days }),
        (0i32..700).prop_map(|days| Test::Before { days }),
        prop::sample::select(Calendar::ALL.to_vec()).prop_map(Test::This),
    ];
    let channel = prop::sample::select(vec!["", "phone", "shop"]);
    let direction = prop::sample::select(vec!["", "in", "out"]);
    let contact =
        (any::<bool>(), channel, direction, days(), 0u32..3).prop_map(|(had, channel, direction, days, times)| {
            Leaf::Contact(Contact { had, channel: channel.into(), direction: direction.into(), days, times })
        });
    prop_oneof![
        4 => (column(), test).prop_map(|(column, test)| Leaf::Column(Condition { column, test })),
        2 => (column(), any::<bool>(), prop::sample::select(vec![0u16, 1, 1_000, 2_000, 5_000, 10_000]))
            .prop_map(|(by, top, share_bp)| Leaf::Rank(Rank { by, top, share_bp })),
        3 => bought.prop_map(|(goods, days, times, but_not)| Leaf::Bought(Bought { goods, days, times, but_not })),
        2 => (0u32..6, any::<bool>()).prop_map(|(n, inside)| Leaf::Segment { id: segment_id(n), inside }),
        1 => crate::engine::segment::tests::moved().prop_map(Leaf::Moved),
        1 => "[a-c王]{0,2}".prop_map(Leaf::Search),
        1 => contact,
        2 => (0i32..600, prop::option::of(1i32..300)).prop_map(|(ago, n)| {
            let on = day(TODAY).0 - ago;
            Leaf::There(There { on, left_by: n.map(|n| on + n) })
        }),
        1 => Just(Leaf::Newer("{\"moon\":1}".into())),
    ]
}

/// Products have categories and roles, orders channels.
fn shop(steps: &[crate::engine::metrics::tests::Step]) -> Book {
    let mut book = Book::default();
    steps.iter().for_each(|step| step.apply(&mut book));
    let mut changes = Vec::new();
    for n in 0..4 {
        changes.push(set(Kind::Product, product_id(n), "category", if n % 2 == 0 { "tea" } else { "cups" }));
        changes.push(set(Kind::Product, product_id(n), "role", if n == 0 { "lead" } else { "profit" }));
    }
    for row in 0..book.data.orders().len() {
        let id = book.data.orders().id(row).unwrap();
        changes.push(set(Kind::Order, id, "channel", ["shop", "wechat", ""][row as usize % 3]));
    }
    for n in 0..12u32 {
        let id = Id(u128::from(n) + (11 << 64));
        let at = day(TODAY).start().0 - i64::from(n * n) * 86_400_000;
        changes.push(set(Kind::Interaction, id, "customer", Value::Ref(customer_id(n % 5))));
        changes.push(set(Kind::Interaction, id, "at", at));
        changes.push(set(Kind::Interaction, id, "channel", ["phone", "shop", "visit"][n as usize % 3]));
        changes.push(set(Kind::Interaction, id, "direction", ["in", "out"][n as usize % 2]));
    }
    book.apply(changes);
    book
}

fn not(rule: Rule) -> Rule {
    Rule::None(vec![rule])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_rule_means_whom_it_says(
        steps in steps(80),
        rules in prop::collection::vec(rule_of(leaves()), 1..6),
        saved in prop::collection::vec(rule_of(leaves()), 0..5),
    ) {
        let mut book = shop(&steps);
        for (n, rule) in (0..).zip(&saved) {
            save(&mut book, n, rule);
        }
        for rule in &rules {
            let want = naive(&mut book, rule);
            prop_assert_eq!(&meant(&mut book, rule), &want, "{:?}", rule);
            let view = ask(&mut book, rule);
            prop_assert_eq!(view.counts.len(), rule.size());
            prop_assert_eq!(view.counts[0], view.customers);
            // The list says the same.
            let filter = Filter { conditions: vec![rule.clone()], ..Filter::default() };
            let sort = Sort { by: SortKey::Name, descending: false };
            let query = Query::CustomerIds { as_of: None, filter, sort, offset: 0, limit: 10_000 };
            let Answer::Ids(mut ids) = book.ask(&query, day(TODAY)) else { panic!() };
            ids.sort_unstable();
            prop_assert_eq!(&ids, &want);
        }
        // The saved ones too, and nobody is in one that leads back to itself.
        let Answer::Segments(list) = book.ask(&Query::Segments { as_of: None }, day(TODAY)) else { panic!() };
        prop_assert_eq!(list.segments.len(), saved.len());
        for row in list.segments {
            let inside = naive(&mut book, &Rule::segment(row.id));
            prop_assert_eq!(row.customers, inside.len() as u64);
            prop_assert_eq!(meant(&mut book, &Rule::segment(row.id)), inside);
        }
    }

    #[test]
    fn groups_keep_the_laws_of_logic(
        steps in steps(60),
        parts in prop::collection::vec(rule_of(leaves()), 0..4),
        turned in any::<prop::sample::Index>(),
    ) {
        let mut book = shop(&steps);
        let not_each: Vec<Rule> = parts.iter().cloned().map(not).collect();
        let mut other = parts.clone();
        if !other.is_empty() {
            let by = turned.index(other.len());
            other.rotate_left(by);
            other.reverse();
        }
        for (a, b) in [
            (Rule::None(parts.clone()), not(Rule::Any(parts.clone()))),
            (Rule::None(parts.clone()), Rule::All(not_each.clone())),
            (not(Rule::All(parts.clone())), Rule::Any(not_each)),
            (not(Rule::None(parts.clone())), Rule::Any(parts.clone())),
            (Rule::All(parts.clone()), Rule::All(other.clone())),
            (Rule::Any(parts.clone()), Rule::Any(other.clone())),
            (Rule::None(parts.clone()), Rule::None(other)),
        ] {
            prop_assert_eq!(meant(&mut book, &a), meant(&mut book, &b), "{:?} and {:?}", a, b);
        }
    }
}

#[test]
fn what_narrows_the_list_is_a_rule() {
    use crate::engine::api::{Activity, Dormancy, KotlerGroup, Mood, RfmGroup};
    let mut book = crate::engine::metrics::tests::reference_book();
    book.apply(vec![
        set(Kind::Customer, customer_id(3), "country", "France"),
        set(Kind::Customer, customer_id(4), "tags", Value::Json(serde_json::json!(["VIP"]))),
    ]);
    let blank = Filter::default;
    let moved = Moved { since: Since::Year, from: Some(Stand::NotYet), to: None };
    let filters = [
        Filter { kotler: Some(KotlerGroup::Barnacle), ..blank() },
        Filter { rfm_group: Some(RfmGroup::Lost), ..blank() },
        Filter { rfm_cell: Some((5, 5)), ..blank() },
        Filter { tier: Some("gold".into()), prospects: Some(false), ..blank() },
        Filter { dormancy: Some(Dormancy::Asleep), ..blank() },
        Filter { country: Some("France".into()), ..blank() },
        Filter { country: Some("ＦRANCE".into()), ..blank() },
        Filter { country: Some(String::new()), ..blank() },
        Filter { tag: Some("VIP".into()), ..blank() },
        Filter { prospects: Some(true), ..blank() },
        Filter { activity: Some(Activity::Active), ..blank() },
        Filter { activity: Some(Activity::Dormant), ..blank() },
        Filter { activity: Some(Activity::FellAsleep), ..blank() },
        Filter { search: "customer 1".into(), ..blank() },
        Filter { moved: Some(moved), ..blank() },
        Filter { mood: Some(Mood::NoAnswer), ..blank() },
        Filter { conditions: vec![Rule::column(Column::NAME, Test::Empty)], ..blank() },
    ];
    for filter in filters {
        let rule = filter.as_rule();
        assert!(!rule.parts().is_empty());
        let sort = Sort { by: SortKey::Name, descending: false };
        let query = Query::CustomerIds { as_of: None, filter: filter.clone(), sort, offset: 0, limit: 1_000 };
        let Answer::Ids(mut ids) = book.ask(&query, day(TODAY)) else { panic!() };
        ids.sort_unstable();
        assert_eq!(meant(&mut book, &rule), ids, "{filter:?}");
    }
}

/// Three customers: tea and cups in shop, tea long ago, nothing.
fn three() -> Book {
    let mut book = Book::default();
    let bought = |n, customer, at: &str, product| {
        let line = crate::domain::Line {
            product: Some(product_id(product)),
            quantity_milli: 1_000,
            unit_price_e4: 0,
            total_minor: 100,
        };
        let mut changes = order_of(n, customer, day(at), "purchase", 100);
        changes.push(set(Kind::Order, crate::engine::metrics::tests::order_id(n), "lines", vec![line]));
        changes
    };
    let mut changes =
        [bought(1, 1, "2024-06-01", 0), bought(2, 1, "2024-06-20", 1), bought(3, 2, "2023-01-05", 0)].concat();
    for n in 1..=3 {
        changes.push(set(Kind::Customer, customer_id(n), "name", format!("C{n}")));
    }
    for (n, role) in [(0, "lead"), (1, "profit")] {
        changes.push(set(Kind::Product, product_id(n), "role", role));
        changes.push(set(Kind::Product, product_id(n), "category", ["Tea", "ｔｅａ"][n as usize]));
    }
    changes.push(set(Kind::Customer, customer_id(1), "birthday", "1988-06-03"));
    changes.push(set(Kind::Customer, customer_id(2), "birthday", "--07-01"));
    changes.push(set(Kind::Customer, customer_id(3), "wedding", "2024-07-20"));
    book.apply(changes);
    book
}

#[test]
fn conditions_by_hand() {
    let mut book = three();
    let lead_no_profit = |days| Bought {
        goods: Goods::Role("lead".into()),
        days: None,
        times: 1,
        but_not: Some(ButNot { goods: Goods::Role("profit".into()), days }),
    };
    let any = |days, times| Bought { goods: Goods::Anything, days, times, but_not: None };
    let bought = |bought| Rule::Leaf(Leaf::Bought(bought));
    let field = |name: &str, test| Rule::column(Column::parse(name).unwrap(), test);
    let rank = |by, top, share_bp| Rule::Leaf(Leaf::Rank(Rank { by: Column::Figure(by), top, share_bp }));
    for (rule, want) in [
        (bought(lead_no_profit(Some(90))), vec![2]),
        (bought(lead_no_profit(Some(10))), vec![1, 2]),
        (bought(Bought { goods: Goods::Category("TEA ".into()), days: None, times: 2, but_not: None }), vec![1]),
        (bought(any(Some(11), 1)), vec![1]),
        (bought(any(Some(10), 1)), vec![]),
        (bought(any(None, 2)), vec![1]),
        (bought(any(None, 0)), vec![1, 2]),
        (field("birthday", Test::This(Calendar::Month)), vec![1]),
        (field("birthday", Test::This(Calendar::Quarter)), vec![1]),
        (field("birthday", Test::Within { days: 1 }), vec![2]),
        (field("birthday", Test::Before { days: 0 }), vec![1]),
        (field("wedding", Test::Ahead { days: 20 }), vec![3]),
        (field("wedding", Test::Ahead { days: 19 }), vec![]),
        (field("last", Test::This(Calendar::Month)), vec![1]),
        (field("last", Test::This(Calendar::Year)), vec![1]),
        (rank(Figure::Purchases, true, 5_000), vec![1]),
        (rank(Figure::Purchases, false, 5_000), vec![2]),
        (rank(Figure::Refunds, true, 1), vec![1, 2]),
        (rank(Figure::Revenue, true, 0), vec![]),
        (Rule::everybody(), vec![1, 2, 3]),
        (Rule::Any(vec![]), vec![]),
    ] {
        let want: Vec<Id> = want.into_iter().map(customer_id).collect();
        assert_eq!(meant(&mut book, &rule), want, "{rule:?}");
    }
}

#[test]
fn what_cannot_be_told_chooses_nobody_and_is_said() {
    let mut book = three();
    let newer = read_rule(r#"{"moon":"full"}"#);
    let everybody = Rule::everybody();
    for rule in [newer.clone(), not(newer.clone()), Rule::All(vec![everybody.clone(), newer.clone()])] {
        let view = ask(&mut book, &rule);
        assert_eq!((view.customers, view.flaws.as_slice()), (0, [RuleFlaw::Newer].as_slice()), "{rule:?}");
    }
    assert_eq!(ask(&mut book, &Rule::Any(vec![everybody.clone(), newer])).customers, 3);
    // Two devices, each with a segment that names the other's.
    save(&mut book, 1, &Rule::Any(vec![everybody.clone(), Rule::segment(segment_id(2))]));
    save(&mut book, 2, &Rule::None(vec![Rule::segment(segment_id(1))]));
    save(&mut book, 3, &Rule::Leaf(Leaf::Segment { id: segment_id(1), inside: false }));
    let Answer::Segments(list) = book.ask(&Query::Segments { as_of: None }, day(TODAY)) else { panic!() };
    for row in &list.segments {
        assert_eq!((row.customers, row.flaws.as_slice()), (0, [RuleFlaw::Loop].as_slice()), "{row:?}");
    }
    assert_eq!(list.names.len(), 2);
    // Taken apart, both are told again; in the trash, who names it is not.
    save(&mut book, 2, &everybody);
    let told = |book: &mut Book, n| ask(book, &Rule::segment(segment_id(n)));
    assert_eq!((told(&mut book, 1).customers, told(&mut book, 3).customers), (3, 0));
    assert!(told(&mut book, 3).flaws.is_empty());
    book.apply(vec![set(Kind::Segment, segment_id(1), "deleted", true)]);
    assert_eq!((told(&mut book, 3).customers, told(&mut book, 3).flaws), (0, vec![RuleFlaw::Missing]));
    // A field of one's own in the trash, and a product that this book never had: neither they nor their absence choose.
    let field = Id(21 << 64);
    let size = Rule::column(Column::Own(field), Test::Empty);
    let goods = Goods::Product(Id(22 << 64));
    let never = Rule::Leaf(Leaf::Bought(Bought { goods, days: None, times: 1, but_not: None }));
    for rule in [&size, &never] {
        let both = [ask(&mut book, rule), ask(&mut book, &not(rule.clone()))];
        assert!(both.iter().all(|view| view.customers == 0 && view.flaws == [RuleFlaw::Missing]), "{both:?}");
    }
    book.apply(vec![
        set(Kind::CustomField, field, "name", "Size"),
        set(Kind::CustomField, field, "of", "customer"),
        set(Kind::CustomField, field, "input", "text"),
    ]);
    assert_eq!(ask(&mut book, &size).customers, 3);
    book.apply(vec![set(Kind::CustomField, field, "deleted", true)]);
    assert_eq!(ask(&mut book, &size).customers, 0);
    let no_tier = Rule::column(Column::Figure(Figure::Tier), Test::NoneOf(vec!["platinum".into()]));
    assert_eq!(ask(&mut book, &no_tier).flaws, [RuleFlaw::Missing], "a tier that is no more");
    // A long chain is told as far as it is short.
    let chain = |n: u32| 100 + n;
    for n in 0..40 {
        save(&mut book, chain(n), &Rule::Any(vec![everybody.clone(), Rule::segment(segment_id(chain(n + 1)))]));
    }
    assert_eq!(told(&mut book, chain(40 - u32::try_from(MAX_CHAIN).unwrap())).customers, 3);
    assert_eq!(told(&mut book, chain(0)).flaws, [RuleFlaw::Loop]);
    assert_eq!(book.data.table(Kind::Segment).live().count(), 42);
    assert_eq!(book.data.value(Kind::Segment, 0, crate::domain::segment::NOTE), Value::Null);
}

#[test]
fn a_thousand_conditions_are_told() {
    let mut book = three();
    let away = |n| Rule::column(Column::Figure(Figure::Away), Test::Between { from: Some(n), to: Some(n) });
    let rule = Rule::Any((0..1_000).map(away).collect());
    let view = ask(&mut book, &read_rule(&write_rule(&rule)));
    assert_eq!((view.counts.len(), view.flaws.len()), (1_001, 0));
    assert_eq!(view.customers, naive(&mut book, &rule).len() as u64);
}

/// Two buyers bring 1,000 of profit, a gold one 600 of it; a gift of 200 to a prospect takes nothing from their whole.
#[test]
fn the_profit_that_segments_are_parts_of_is_that_of_customers_with_a_purchase() {
    let mut book = Book::default();
    book.setting("default_margin_bp", 10_000.into());
    for (n, minor) in [(1, 60_000), (2, 40_000)] {
        book.apply(order_of(n, n, day("2024-05-01"), "purchase", minor));
        book.apply(vec![set(Kind::Customer, customer_id(n), "key", format!("c{n}"))]);
    }
    let gift = Id(1 + (8 << 64));
    book.apply(vec![
        set(Kind::Customer, customer_id(3), "key", "c3"),
        set(Kind::Interaction, gift, "customer", customer_id(3)),
        set(Kind::Interaction, gift, "at", day("2024-05-01").start().0),
        set(Kind::Interaction, gift, "care_e4", 2_000_000i64),
    ]);
    save(
        &mut book,
        1,
        &Rule::column(Column::Figure(Figure::Revenue), Test::Between { from: Some(6_000_000), to: None }),
    );
    let Answer::Segments(list) = book.ask(&Query::Segments { as_of: None }, day(TODAY)) else { panic!() };
    let Answer::Tiers(tiers) = book.ask(&Query::Tiers { as_of: None }, day(TODAY)) else { panic!() };
    assert_eq!((list.profit_minor, tiers.profit_minor), (100_000, 100_000));
    assert_eq!((list.segments[0].customers, list.segments[0].profit_minor, list.total), (1, 60_000, 3));
}
