//! Rules typed and built.

use proptest::prelude::*;

use super::words::tests::Plain;
use super::*;
use crate::domain::{Day, InvalidReason};
use crate::engine::api::{Bought, Column, Condition, Content, Figure, Language, Leaf, MAX_RULE_DEPTH, Rule, Test};
use crate::engine::segment::tests::{leaf, rule_of};
use crate::locale::Locale;

const EN: Plain = Plain(Locale { language: Language::En });

/// What a person could have typed: texts without commas and blanks at the ends, numbers that a form takes.
fn typeable(leaf: &Leaf) -> bool {
    let plain = |text: &String| !text.is_empty() && text.trim() == text && !text.contains([',', '，', '、', ';', '；']);
    let small = |days: &Option<u32>| days.is_none_or(|n| n <= 1_000_000);
    match leaf {
        Leaf::Column(Condition { column, test }) => {
            let content = EN.content(*column);
            let ticked = !EN.choices(*column).is_empty();
            let suits = Row::of(leaf, &EN).op;
            let suits = Op::of(content, ticked).contains(&suits);
            let number =
                |n: &Option<i64>| n.is_none_or(|n| n.unsigned_abs() < 1_000_000_000_000 && content != Content::Day);
            suits
                && match test {
                    Test::Holds(text) | Test::Lacks(text) => plain(text),
                    Test::AnyOf(all) | Test::NoneOf(all) => {
                        let mut once = all.clone();
                        once.sort();
                        once.dedup();
                        all.iter().all(plain) && once.len() == all.len()
                    }
                    Test::Between { from, to } => {
                        let turned = matches!((from, to), (Some(from), Some(to)) if from > to);
                        number(from) && number(to) && (from.is_some() || to.is_some()) && !turned
                    }
                    Test::Within { days } | Test::Before { days } | Test::Ahead { days } => {
                        (0..=1_000_000).contains(days)
                    }
                    _ => true,
                }
        }
        Leaf::Bought(Bought { goods, days, times, but_not }) => {
            let named = |goods: &crate::engine::api::Goods| match goods {
                crate::engine::api::Goods::Category(n)
                | crate::engine::api::Goods::Role(n)
                | crate::engine::api::Goods::Channel(n) => plain(n),
                crate::engine::api::Goods::Days { from, to } => {
                    let day =
                        |day: &Option<i32>| day.is_none_or(|d| Day::parse_iso(&Day(d).to_string()) == Some(Day(d)));
                    let turned = matches!((from, to), (Some(from), Some(to)) if from > to);
                    day(from) && day(to) && (from.is_some() || to.is_some()) && !turned
                }
                _ => true,
            };
            let not = but_not.as_ref().is_none_or(|not| named(&not.goods) && small(&not.days));
            named(goods) && small(days) && (1..=1_000_000).contains(times) && not
        }
        Leaf::Contact(contact) => small(&contact.days) && (1..=1_000_000).contains(&contact.times),
        Leaf::There(there) => {
            let day = |d: i32| Day::parse_iso(&Day(d).to_string()) == Some(Day(d));
            day(there.on) && there.left_by.is_none_or(|by| day(by) && by > there.on)
        }
        Leaf::Search(text) => !text.is_empty() && text.trim() == text,
        _ => true,
    }
}

proptest! {
    #[test]
    fn a_condition_goes_into_its_controls_and_back(leaf in leaf()) {
        let row = Row::of(&leaf, &EN);
        if typeable(&leaf) {
            prop_assert_eq!(row.leaf(&EN), Ok(leaf));
        } else {
            drop(row.leaf(&EN));
        }
    }

    #[test]
    fn a_rule_is_opened_and_read_back(rule in rule_of(leaf().prop_filter("typed", typeable))) {
        let draft = Draft::of(&rule, &EN);
        let read = draft.read(&EN);
        let whole = if let Rule::Leaf(_) = rule { Rule::All(vec![rule]) } else { rule };
        prop_assert_eq!(read.keys.len(), whole.size());
        prop_assert!(read.problems.is_empty());
        prop_assert_eq!(read.rule, Some(whole.clone()).filter(|rule| !rule.leaves().is_empty()));
        let mut keys = read.keys;
        keys.sort_unstable();
        keys.dedup();
        prop_assert_eq!(keys.len(), whole.size(), "each key once");
    }
}

#[test]
fn a_draft_grows_and_shrinks() {
    let mut draft = Draft::of(&Rule::everybody(), &EN);
    assert_eq!(draft.read(&EN).rule, None);
    let root = draft.root.key;
    let row = |what| Body::Row(Box::new(Row::new(what, &EN)));
    draft.add(root, row(What::Column(Column::Figure(Figure::Group))));
    draft.add(root, Body::Group(How::None, Vec::new()));
    draft.add(2, row(What::Bought));
    assert_eq!(draft.read(&EN).problems, [(1, InvalidReason::Required)], "no group is ticked");
    let mut group = draft.row(1).unwrap().clone();
    group.chosen = vec!["butterfly".into()];
    draft.set_row(1, group);
    let read = draft.read(&EN);
    assert_eq!((read.problems.len(), read.keys), (0, vec![0, 1, 2, 3]));
    assert_eq!(read.rule.unwrap().leaves().len(), 2);
    draft.set_how(2, How::Any);
    assert_eq!(draft.how(2), Some(How::Any));
    let outline = draft.outline();
    let mut bought = draft.row(3).unwrap().clone();
    bought.days = "30 days".into();
    draft.set_row(3, bought);
    assert_eq!(draft.outline(), outline, "typing leaves the outline");
    assert_eq!(draft.read(&EN).problems, [(3, InvalidReason::NotANumber)]);
    draft.remove(2);
    assert_eq!(draft.outline(), Outline::Group { key: 0, parts: vec![Outline::Row { key: 1 }] });
    // Not deeper than a rule may be.
    let mut group = 0;
    for _ in 1..MAX_RULE_DEPTH {
        assert!(draft.takes_group(group));
        draft.add(group, Body::Group(How::Any, Vec::new()));
        group = draft.read(&EN).keys.into_iter().max().unwrap();
    }
    assert!(!draft.takes_group(group) && draft.takes());
}

#[test]
fn what_is_missing_or_wrong_is_said() {
    type Change = fn(&mut Row);
    let typed = |what, change: Change| {
        let mut row = Row::new(what, &EN);
        change(&mut row);
        row.leaf(&EN)
    };
    let figure = |figure| What::Column(Column::Figure(figure));
    let cases: [(What, Change, InvalidReason); 8] = [
        (figure(Figure::Profit), |_| {}, InvalidReason::Required),
        (figure(Figure::Profit), |r| r.from = "many".into(), InvalidReason::NotANumber),
        (figure(Figure::Profit), |r| (r.from, r.to) = ("9".into(), "8".into()), InvalidReason::OutOfRange),
        (figure(Figure::LastPurchase), |r| r.from = "soon".into(), InvalidReason::NotANumber),
        (What::Rank, |r| r.from = "120".into(), InvalidReason::OutOfRange),
        (What::Segment, |_| {}, InvalidReason::Required),
        (What::Bought, |r| r.goods.kind = GoodsKind::Category, InvalidReason::Required),
        (What::Bought, |r| (r.goods.kind, r.goods.name) = (GoodsKind::Product, "Tee".into()), InvalidReason::Unknown),
    ];
    for (what, change, reason) in cases {
        assert_eq!(typed(what.clone(), change), Err(reason), "{what:?}");
    }
}

#[test]
fn conditions_are_found_by_pinyin_and_other_words() {
    use crate::engine::api::{Answer, Query};
    use crate::locale::aliases;
    let words = vec![format!("销售额 {}", aliases("revenue")), format!("等级 {}", aliases("tier"))];
    for (search, want) in [
        ("ssje", [true, false]),
        ("消费", [true, false]),
        ("xse", [true, false]),
        ("dengji", [false, true]),
        ("VIP", [false, true]),
        (" ", [true, true]),
    ] {
        let query = Query::Finds { search: search.into(), words: words.clone() };
        let (data, mut cache) = (crate::engine::dataset::Dataset::new(), crate::engine::metrics::MetricsCache::new());
        let found = crate::engine::query::answer(&data, &mut cache, &query, crate::domain::Day(0));
        assert_eq!(found, Some(Answer::Finds(want.into())), "{search}");
    }
}
