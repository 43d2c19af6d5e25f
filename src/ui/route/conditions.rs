//! Rules as they stand in an address: `owner is 李雷|王芳`, `profit in 1000000..`, `top 2000 profit`, `bought 1 90 role:lead not 90 role:profit`,
//! `in <segment>`, and groups of them: `any(tier is gold;none(last within 90))`.

use super::{escape, moved, unescape};
use crate::domain::Id;
use crate::engine::api::{
    Bought, ButNot, Calendar, Column, Condition, Contact, Goods, Leaf, MAX_RULE_DEPTH, Rank, Rule, Test, There,
};

const EVER: &str = "ever";

pub(super) fn print(rule: &Rule) -> String {
    let group = |name: &str, parts: &[Rule]| {
        let inside = |part: &Rule| match part {
            // What divides a group stands in no condition of it.
            Rule::Leaf(leaf) => {
                print_leaf(leaf).replace('%', "%25").replace('(', "%28").replace(')', "%29").replace(';', "%3B")
            }
            group => print(group),
        };
        format!("{name}({})", parts.iter().map(inside).collect::<Vec<_>>().join(";"))
    };
    match rule {
        Rule::All(parts) => group("all", parts),
        Rule::Any(parts) => group("any", parts),
        Rule::None(parts) => group("none", parts),
        Rule::Leaf(leaf) => print_leaf(leaf),
    }
}

fn print_leaf(leaf: &Leaf) -> String {
    let days = |days: Option<u32>| days.map_or_else(|| EVER.to_owned(), |n| n.to_string());
    match leaf {
        Leaf::Column(condition) => print_condition(condition),
        Leaf::Rank(rank) => {
            format!("{} {} {}", if rank.top { "top" } else { "bottom" }, rank.share_bp, rank.by.name())
        }
        Leaf::Bought(Bought { goods, days: span, times, but_not }) => {
            let not = but_not.as_ref().map(|not| format!(" not {} {}", days(not.days), print_goods(&not.goods)));
            format!("bought {times} {} {}{}", days(*span), print_goods(goods), not.unwrap_or_default())
        }
        Leaf::Moved(moved) => format!("moved {}", moved::print(moved)),
        Leaf::Contact(Contact { had, channel, direction, days: span, times }) => {
            let had = if *had { "had" } else { "lacked" };
            format!("{had} {times} {} {}:{}", days(*span), escape(direction), escape(channel))
        }
        Leaf::There(There { on, left_by }) => {
            let left = left_by.map(|by| format!(" {by}")).unwrap_or_default();
            format!("was {on}{left}")
        }
        Leaf::Search(text) => format!("find {text}"),
        Leaf::Segment { id, inside } => format!("{} {id}", if *inside { "in" } else { "out" }),
        Leaf::Newer(text) => format!("newer {text}"),
    }
}

fn print_goods(goods: &Goods) -> String {
    match goods {
        Goods::Anything => "anything".to_owned(),
        Goods::Product(id) => format!("product:{id}"),
        Goods::Category(name) => format!("category:{}", escape(name)),
        Goods::Role(name) => format!("role:{}", escape(name)),
        Goods::Channel(name) => format!("channel:{}", escape(name)),
        Goods::Days { from, to } => {
            let end = |day: &Option<i32>| day.map(|day| day.to_string()).unwrap_or_default();
            format!("days:{}..{}", end(from), end(to))
        }
    }
}

fn print_condition(Condition { column, test }: &Condition) -> String {
    let list = |all: &[String]| all.iter().map(|one| escape(one)).collect::<Vec<_>>().join("|");
    let end = |n: &Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
    let test = match test {
        Test::Empty => "empty".to_owned(),
        Test::Filled => "filled".to_owned(),
        Test::Holds(text) => format!("has {text}"),
        Test::Lacks(text) => format!("lacks {text}"),
        Test::AnyOf(all) => format!("is {}", list(all)),
        Test::NoneOf(all) => format!("not {}", list(all)),
        Test::Between { from, to } => format!("in {}..{}", end(from), end(to)),
        Test::Within { days } => format!("within {days}"),
        Test::Before { days } => format!("before {days}"),
        Test::Ahead { days } => format!("ahead {days}"),
        Test::This(calendar) => format!("this {}", calendar.name()),
    };
    format!("{} {test}", column.name())
}

/// `None` for what it does not know.
pub(super) fn parse(text: &str) -> Option<Rule> {
    parse_at(text, 0)
}

fn parse_at(text: &str, depth: usize) -> Option<Rule> {
    type Make = fn(Vec<Rule>) -> Rule;
    for (open, make) in [("all(", Rule::All as Make), ("any(", Rule::Any), ("none(", Rule::None)] {
        if let Some(inner) = text.strip_prefix(open) {
            let inner = inner.strip_suffix(')').filter(|_| depth < MAX_RULE_DEPTH)?;
            return split(inner)?.into_iter().map(|part| parse_at(part, depth + 1)).collect::<Option<_>>().map(make);
        }
    }
    let leaf = if depth == 0 { parse_leaf(text) } else { parse_leaf(&unescape(text)) };
    leaf.map(Rule::Leaf)
}

/// The parts of a group; `None` where brackets do not match.
fn split(inner: &str) -> Option<Vec<&str>> {
    let (mut parts, mut depth, mut start) = (Vec::new(), 0usize, 0);
    for (at, c) in inner.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.checked_sub(1)?,
            ';' if depth == 0 => {
                parts.push(inner.get(start..at)?);
                start = at + 1;
            }
            _ => {}
        }
    }
    if !inner.is_empty() {
        parts.push(inner.get(start..)?);
    }
    (depth == 0).then_some(parts)
}

fn parse_leaf(text: &str) -> Option<Leaf> {
    let (name, rest) = text.split_once(' ')?;
    Some(match name {
        "top" | "bottom" => {
            let (share, by) = rest.split_once(' ')?;
            let share_bp = share.parse().ok().filter(|bp| *bp <= 10_000)?;
            Leaf::Rank(Rank { by: Column::parse(by)?, top: name == "top", share_bp })
        }
        "bought" => parse_bought(rest)?,
        "moved" => Leaf::Moved(moved::parse(rest)?),
        "had" | "lacked" => parse_contact(name == "had", rest)?,
        "was" => {
            let (on, left_by) = rest.split_once(' ').map_or((rest, None), |(on, by)| (on, Some(by)));
            let left_by = left_by.map(str::parse).transpose().ok()?;
            Leaf::There(There { on: on.parse().ok()?, left_by })
        }
        "find" => Leaf::Search(rest.to_owned()),
        "in" | "out" => Leaf::Segment { id: Id::parse(rest)?, inside: name == "in" },
        "newer" => Leaf::Newer(rest.to_owned()),
        _ => Leaf::Column(parse_condition(text)?),
    })
}

fn parse_bought(text: &str) -> Option<Leaf> {
    let days = |text: &str| if text == EVER { Some(None) } else { text.parse().ok().map(Some) };
    let parts: Vec<&str> = text.split(' ').collect();
    let (first, but_not) = match parts.as_slice() {
        [first @ .., "not", span, goods] => (first, Some(ButNot { goods: parse_goods(goods)?, days: days(span)? })),
        all => (all, None),
    };
    let [times, span, goods] = first else { return None };
    Some(Leaf::Bought(Bought { goods: parse_goods(goods)?, days: days(span)?, times: times.parse().ok()?, but_not }))
}

fn parse_contact(had: bool, text: &str) -> Option<Leaf> {
    let mut parts = text.splitn(3, ' ');
    let (times, span) = (parts.next()?.parse().ok()?, parts.next()?);
    let (direction, channel) = parts.next()?.split_once(':')?;
    let days = if span == EVER { None } else { Some(span.parse().ok()?) };
    Some(Leaf::Contact(Contact { had, channel: unescape(channel), direction: unescape(direction), days, times }))
}

fn parse_goods(text: &str) -> Option<Goods> {
    if text == "anything" {
        return Some(Goods::Anything);
    }
    let (what, name) = text.split_once(':')?;
    Some(match what {
        "product" => Goods::Product(Id::parse(name)?),
        "category" => Goods::Category(unescape(name)),
        "role" => Goods::Role(unescape(name)),
        "channel" => Goods::Channel(unescape(name)),
        "days" => {
            let (from, to) = name.split_once("..")?;
            let end = |text: &str| if text.is_empty() { Some(None) } else { text.parse().ok().map(Some) };
            Goods::Days { from: end(from)?, to: end(to)? }
        }
        _ => return None,
    })
}

fn parse_condition(text: &str) -> Option<Condition> {
    let (column, test) = text.split_once(' ')?;
    let (name, rest) = test.split_once(' ').unwrap_or((test, ""));
    let list = || rest.split('|').map(unescape).collect();
    let end = |text: &str| if text.is_empty() { Some(None) } else { text.parse().ok().map(Some) };
    let test = match name {
        "empty" => Test::Empty,
        "filled" => Test::Filled,
        "has" => Test::Holds(rest.to_owned()),
        "lacks" => Test::Lacks(rest.to_owned()),
        "is" => Test::AnyOf(list()),
        "not" => Test::NoneOf(list()),
        "in" => {
            let (from, to) = rest.split_once("..")?;
            Test::Between { from: end(from)?, to: end(to)? }
        }
        "within" => Test::Within { days: rest.parse().ok()? },
        "before" => Test::Before { days: rest.parse().ok()? },
        "ahead" => Test::Ahead { days: rest.parse().ok()? },
        "this" => Test::This(Calendar::ALL.into_iter().find(|c| c.name() == rest)?),
        _ => return None,
    };
    Some(Condition { column: Column::parse(column)?, test })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::engine::segment::tests::{leaf, rule_of};

    proptest! {
        #[test]
        fn what_is_printed_reads_back(rule in rule_of(leaf())) {
            prop_assert_eq!(parse(&print(&rule)), Some(rule));
        }

        #[test]
        fn any_text_is_read_or_refused(text in "((all|any|none)\\()?.{0,40}\\)?") {
            drop(parse(&text));
        }
    }

    #[test]
    fn no_column_is_called_like_another_kind_of_condition() {
        for name in [
            "top", "bottom", "bought", "moved", "had", "lacked", "was", "find", "in", "out", "newer", "all", "any",
            "none",
        ] {
            assert_eq!(Column::parse(name), None);
        }
        assert_eq!(
            parse("bought 2 ever role:lead not 90 role:profit"),
            Some(Rule::Leaf(Leaf::Bought(Bought {
                goods: Goods::Role("lead".into()),
                days: None,
                times: 2,
                but_not: Some(ButNot { goods: Goods::Role("profit".into()), days: Some(90) }),
            })))
        );
        let deep = |n: usize| format!("{}{}", "any(".repeat(n), ")".repeat(n));
        assert!(parse(&deep(MAX_RULE_DEPTH)).is_some() && parse(&deep(100_000)).is_none());
    }
}
