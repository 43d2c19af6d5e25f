//! Saved segments in the book: their rules as text, and which of them can be told.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use super::api::{Leaf, MAX_READ_PARTS, MAX_RULE_DEPTH, Rule};
use super::dataset::Dataset;
use crate::domain::{Id, Kind, segment};

/// A segment may build upon others that build upon others, so often at most.
pub const MAX_CHAIN: usize = 32;

const GROUPS: [&str; 3] = ["all", "any", "none"];

/// The rule as text for the record.
#[must_use]
pub fn write_rule(rule: &Rule) -> String {
    to_json(rule).to_string()
}

fn to_json(rule: &Rule) -> Json {
    let group = |name: &str, parts: &[Rule]| json!({ name: parts.iter().map(to_json).collect::<Vec<_>>() });
    match rule {
        Rule::All(parts) => group(GROUPS[0], parts),
        Rule::Any(parts) => group(GROUPS[1], parts),
        Rule::None(parts) => group(GROUPS[2], parts),
        Rule::Leaf(Leaf::Newer(text)) => serde_json::from_str(text).unwrap_or_else(|_| Json::String(text.clone())),
        // A leaf is plain data: this cannot fail.
        Rule::Leaf(leaf) => serde_json::to_value(leaf).unwrap_or_default(),
    }
}

/// Reads any text: what is not known is kept as [`Leaf::Newer`]. Nothing at all is a rule for nobody.
#[must_use]
pub fn read_rule(text: &str) -> Rule {
    if text.trim().is_empty() {
        return Rule::Any(Vec::new());
    }
    match serde_json::from_str::<Json>(text) {
        Ok(json) => {
            let whole = json.to_string();
            let rule = from_json(json, 0);
            if rule.size() > MAX_READ_PARTS { Rule::Leaf(Leaf::Newer(whole)) } else { rule }
        }
        Err(_) => newer(&Json::String(text.to_owned())),
    }
}

fn newer(json: &Json) -> Rule {
    Rule::Leaf(Leaf::Newer(json.to_string()))
}

fn from_json(json: Json, depth: usize) -> Rule {
    let Json::Object(mut object) = json else { return newer(&json) };
    let only = |object: &Map<String, Json>| if object.len() == 1 { object.keys().next().cloned() } else { None };
    let name = only(&object);
    let group = name.as_deref().and_then(|name| GROUPS.iter().position(|g| *g == name));
    if let (Some(group), Some(name)) = (group, &name)
        && depth < MAX_RULE_DEPTH
        && object.get(name).is_some_and(Json::is_array)
    {
        let Some(Json::Array(parts)) = object.remove(name) else { return newer(&Json::Object(object)) };
        let parts = parts.into_iter().map(|part| from_json(part, depth + 1)).collect();
        return [Rule::All, Rule::Any, Rule::None].get(group).map_or(Rule::Any(Vec::new()), |make| make(parts));
    }
    let json = Json::Object(object);
    match Leaf::deserialize_known(&json) {
        // What it would be written as is what it was: nothing that stands beside is lost.
        Some(leaf) if to_json(&Rule::Leaf(leaf.clone())) == json => Rule::Leaf(leaf),
        _ => newer(&json),
    }
}

impl Leaf {
    fn deserialize_known(json: &Json) -> Option<Self> {
        let leaf = serde_json::from_value(json.clone()).ok()?;
        // Only this version writes that name, never into a record.
        if let Self::Newer(_) = leaf { None } else { Some(leaf) }
    }
}

/// The rules of all live segments, and in which order to tell them.
#[derive(Clone, Debug, Default)]
pub struct Segments {
    pub rules: BTreeMap<Id, Rule>,
    /// Every segment after those that it names. Who is missing here leads back to itself, or through too many others.
    pub order: Vec<Id>,
}

impl Segments {
    #[must_use]
    pub fn read(data: &Dataset) -> Self {
        let table = data.table(Kind::Segment);
        let rules = table.live().filter_map(|row| Some((table.id(row)?, read_rule(table.text(row, segment::RULE)))));
        Self::of(rules.collect())
    }

    /// What depends on what goes by rounds: in each, those whose every segment is told already.
    #[must_use]
    pub fn of(rules: BTreeMap<Id, Rule>) -> Self {
        let mut waiting: Vec<(Id, Vec<Id>)> = rules.iter().map(|(id, rule)| (*id, rule.segments())).collect();
        let mut told = std::collections::BTreeSet::new();
        let mut order = Vec::new();
        for _ in 0..MAX_CHAIN {
            // A segment that is gone holds nobody up.
            let ready =
                |(_, needs): &(Id, Vec<Id>)| needs.iter().all(|id| told.contains(id) || !rules.contains_key(id));
            let (now, later): (Vec<_>, Vec<_>) = waiting.into_iter().partition(ready);
            if now.is_empty() {
                break;
            }
            let now = now.into_iter().map(|(id, _)| id);
            order.extend(now.clone());
            told.extend(now);
            waiting = later;
        }
        Self { rules, order }
    }

    /// Whether the segment `id` could be told with this rule.
    #[must_use]
    pub fn could_be(&self, id: Id, rule: &Rule) -> bool {
        let mut rules = self.rules.clone();
        rules.insert(id, rule.clone());
        Self::of(rules).order.contains(&id)
    }

    /// `rule` with all the rules that it leads to.
    #[must_use]
    pub fn reached<'a>(&'a self, rule: &'a Rule) -> Vec<&'a Rule> {
        let (mut reached, mut seen) = (vec![rule], std::collections::BTreeSet::new());
        let mut at = 0;
        while let Some(rule) = reached.get(at) {
            let new: Vec<Id> = rule.segments().into_iter().filter(|id| seen.insert(*id)).collect();
            reached.extend(new.iter().filter_map(|id| self.rules.get(id)));
            at += 1;
        }
        reached
    }
}

#[cfg(test)]
pub mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::engine::api::{
        Bought, ButNot, Calendar, Column, Condition, Contact, Dormancy, Goods, KotlerGroup, Moved, MovedBy, Rank,
        Since, Stand, Test, There,
    };

    pub fn test() -> impl Strategy<Value = Test> {
        let texts = || proptest::collection::vec(".{0,6}", 1..4);
        let end = || proptest::option::of(any::<i64>());
        prop_oneof![
            Just(Test::Empty),
            Just(Test::Filled),
            ".{0,8}".prop_map(Test::Holds),
            ".{0,8}".prop_map(Test::Lacks),
            texts().prop_map(Test::AnyOf),
            texts().prop_map(Test::NoneOf),
            (end(), end()).prop_map(|(from, to)| Test::Between { from, to }),
            any::<i32>().prop_map(|days| Test::Within { days }),
            any::<i32>().prop_map(|days| Test::Before { days }),
            any::<i32>().prop_map(|days| Test::Ahead { days }),
            proptest::sample::select(Calendar::ALL.to_vec()).prop_map(Test::This),
        ]
    }

    pub fn column() -> impl Strategy<Value = Column> {
        let own = any::<u128>().prop_map(|id| Column::Own(Id(id)));
        prop_oneof![4 => proptest::sample::select(Column::all()), 1 => own]
    }

    fn goods() -> impl Strategy<Value = Goods> {
        prop_oneof![
            Just(Goods::Anything),
            any::<u128>().prop_map(|id| Goods::Product(Id(id))),
            ".{0,6}".prop_map(Goods::Category),
            ".{0,6}".prop_map(Goods::Role),
            ".{0,6}".prop_map(Goods::Channel),
            proptest::option::of((any::<i32>(), any::<i32>()))
                .prop_map(|days| Goods::Days { from: days.map(|d| d.0), to: days.map(|d| d.1) }),
        ]
    }

    pub fn moved() -> impl Strategy<Value = Moved> {
        let by = || proptest::sample::select(MovedBy::ALL.to_vec());
        let stand = || {
            proptest::option::of(prop_oneof![
                proptest::sample::select(KotlerGroup::ALL.to_vec()).prop_map(Stand::Kotler),
                proptest::sample::select(Dormancy::ALL.to_vec()).prop_map(Stand::Dormancy),
                ".{0,8}".prop_map(Stand::Tier),
                Just(Stand::NotYet),
                by().prop_map(Stand::Other),
                by().prop_map(Stand::Better),
                by().prop_map(Stand::Worse),
            ])
        };
        let since = proptest::sample::select(Since::ALL.to_vec());
        (since, stand(), stand()).prop_map(|(since, from, to)| Moved { since, from, to })
    }

    fn contact() -> impl Strategy<Value = Contact> {
        let days = proptest::option::of(any::<u32>());
        (any::<bool>(), ".{0,6}", ".{0,6}", days, any::<u32>())
            .prop_map(|(had, channel, direction, days, times)| Contact { had, channel, direction, days, times })
    }

    pub fn leaf() -> impl Strategy<Value = Leaf> {
        let days = || proptest::option::of(any::<u32>());
        let but_not = (goods(), days()).prop_map(|(goods, days)| ButNot { goods, days });
        let bought = (goods(), days(), any::<u32>(), proptest::option::of(but_not));
        let newer =
            proptest::sample::select(vec![r#"{"moon":"full"}"#, r#"{"rank":{"by":"x","top":true}}"#, "7", "[]"]);
        prop_oneof![
            4 => (column(), test()).prop_map(|(column, test)| Leaf::Column(Condition { column, test })),
            1 => (column(), any::<bool>(), 0u16..=10_000).prop_map(|(by, top, share_bp)| Leaf::Rank(Rank { by, top, share_bp })),
            2 => bought.prop_map(|(goods, days, times, but_not)| Leaf::Bought(Bought { goods, days, times, but_not })),
            1 => moved().prop_map(Leaf::Moved),
            1 => contact().prop_map(Leaf::Contact),
            1 => (any::<i32>(), proptest::option::of(any::<i32>())).prop_map(|(on, left_by)| Leaf::There(There { on, left_by })),
            1 => ".{0,8}".prop_map(Leaf::Search),
            1 => (any::<u128>(), any::<bool>()).prop_map(|(id, inside)| Leaf::Segment { id: Id(id), inside }),
            1 => newer.prop_map(|text| Leaf::Newer(text.to_owned())),
        ]
    }

    /// Rules of these leaves, nested.
    pub fn rule_of(leaf: impl Strategy<Value = Leaf> + 'static) -> impl Strategy<Value = Rule> {
        leaf.prop_map(Rule::Leaf).prop_recursive(4, 24, 4, |inner| {
            let parts = || proptest::collection::vec(inner.clone(), 0..4);
            prop_oneof![parts().prop_map(Rule::All), parts().prop_map(Rule::Any), parts().prop_map(Rule::None)]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(rule in rule_of(leaf())) {
            prop_assert_eq!(read_rule(&write_rule(&rule)), rule);
        }

        #[test]
        fn any_text_is_read(text in ".{0,60}") {
            let rule = read_rule(&text);
            prop_assert_eq!(read_rule(&write_rule(&rule)), rule);
        }
    }

    #[test]
    fn what_a_later_version_wrote_is_kept_to_the_letter() {
        for (text, known) in [
            (r#"{"any":[{"moon":"full"},{"column":{"column":"name","test":"filled"}}]}"#, 1),
            (r#"{"all":[{"column":{"column":"shoe_size","test":"filled"}}]}"#, 0),
            (r#"{"all":[{"column":{"column":"name","test":"filled","unless":3}}]}"#, 0),
            (r#"{"bought":{"goods":"anything","days":null,"times":1,"but_not":null,"at_night":true}}"#, 0),
            (r#"{"most":[{"moon":"full"}]}"#, 0),
            (r#"{"all":[],"weight":2}"#, 0),
            (r#"{"newer":"x"}"#, 0),
        ] {
            let rule = read_rule(text);
            let is_known = |leaf: &&Leaf| !matches!(leaf, Leaf::Newer(_));
            assert_eq!(rule.leaves().into_iter().filter(is_known).count(), known, "{text}");
            assert!(rule.leaves().len() > known, "{text}");
            let same: Json = serde_json::from_str(&write_rule(&rule)).unwrap();
            assert_eq!(same, serde_json::from_str::<Json>(text).unwrap());
        }
        let deep = (0..200).fold(r#"{"moon":1}"#.to_owned(), |inner, _| format!(r#"{{"all":[{inner}]}}"#));
        assert_eq!(read_rule(&deep).leaves().len(), 1, "as text that is not JSON");
        let deep = (0..20).fold(r#"{"moon":1}"#.to_owned(), |inner, _| format!(r#"{{"all":[{inner}]}}"#));
        assert_eq!((read_rule(&deep).depth(), write_rule(&read_rule(&deep))), (MAX_RULE_DEPTH, deep));
    }

    #[test]
    fn what_is_too_large_is_kept_and_not_read() {
        let of = |n: usize| write_rule(&Rule::Any(vec![Rule::column(Column::NAME, Test::Filled); n]));
        assert_eq!(read_rule(&of(1_000)).size(), 1_001);
        let whole = of(MAX_READ_PARTS);
        let rule = read_rule(&whole);
        assert!(matches!(rule, Rule::Leaf(Leaf::Newer(_))) && write_rule(&rule) == whole);
    }

    #[test]
    fn segments_come_after_those_that_they_name() {
        let names = |ids: &[u128]| Rule::Any(ids.iter().map(|id| Rule::segment(Id(*id))).collect());
        let book = [
            (1, names(&[2, 3])),
            (2, names(&[3])),
            (3, names(&[])),
            (4, names(&[5])),
            (5, names(&[4])),
            (6, names(&[4, 3])),
            (7, names(&[99])),
        ];
        let segments = Segments::of(book.into_iter().map(|(id, rule)| (Id(id), rule)).collect());
        assert_eq!(segments.order, [3, 7, 2, 1].map(Id), "4 and 5 go round, 6 leads there");
        assert!(segments.could_be(Id(4), &names(&[3])) && !segments.could_be(Id(3), &names(&[1])));
        assert!(!segments.could_be(Id(8), &names(&[8])) && !segments.could_be(Id(8), &names(&[6])));
        let chain = (0..40).map(|n| (Id(n), names(&[n + 1])));
        assert_eq!(Segments::of(chain.collect()).order.len(), MAX_CHAIN);
    }
}
