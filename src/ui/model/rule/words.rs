//! A rule as a sentence, in either language.

use crate::domain::{Id, Kind};
use crate::engine::api::{
    Bought, Calendar, Column, Condition, Contact, Content, Figure, Goods, Language, Leaf, Moved, Rank, Rule, RuleFlaw,
    Stand, Test, There,
};
use crate::locale::{Locale, fill, plural};

/// What the words of a rule need of the page.
pub trait Say {
    fn locale(&self) -> Locale;
    fn content(&self, column: Column) -> Content;
    /// What a column is called; empty for one that is no more.
    fn label(&self, column: Column) -> String;
    /// What one of the choices of a column is called.
    fn choice(&self, column: Column, name: &str) -> String;
    /// A number or day of a column, exactly; shares are said by [`Self::percent_bp`].
    fn exact(&self, column: Column, n: i64) -> String;
    /// What can be ticked there; nothing where it is typed.
    fn choices(&self, column: Column) -> Vec<String>;
    fn int(&self, n: i64) -> String;
    fn percent_bp(&self, bp: i64) -> String;
    /// What a record is called, if it is there.
    fn name(&self, id: Id) -> Option<String>;
}

/// The whole rule as one sentence.
#[must_use]
pub fn sentence(say: &dyn Say, rule: &Rule) -> String {
    let t = &say.locale().t().rules;
    match rule {
        Rule::All(parts) | Rule::None(parts) if parts.is_empty() => t.everybody.to_owned(),
        Rule::Any(parts) if parts.is_empty() => t.nobody.to_owned(),
        rule => fill(t.sentence, &[("rule", &rule_words(say, rule))]),
    }
}

/// A rule as part of a sentence.
#[must_use]
pub fn rule_words(say: &dyn Say, rule: &Rule) -> String {
    let t = &say.locale().t().rules;
    let joined = |parts: &[Rule], with: &str, bracket: bool| {
        let one = |part: &Rule| {
            let words = rule_words(say, part);
            // A group of several in a group: brackets say what belongs together.
            let several = bracket && !matches!(part, Rule::None(_)) && part.parts().len() > 1;
            if several { fill(t.bracket, &[("rule", &words)]) } else { words }
        };
        chain(parts.iter().map(one), with)
    };
    match rule {
        Rule::All(parts) | Rule::None(parts) if parts.is_empty() => t.says_everybody.to_owned(),
        Rule::Any(parts) if parts.is_empty() => t.says_nobody.to_owned(),
        Rule::All(parts) => joined(parts, t.and, parts.len() > 1),
        Rule::Any(parts) => joined(parts, t.or, parts.len() > 1),
        Rule::None(parts) => fill(t.none_of, &[("rule", &joined(parts, t.or, parts.len() > 1))]),
        Rule::Leaf(leaf) => leaf_words(say, leaf),
    }
}

/// One after the other, `with` between each two.
fn chain(words: impl Iterator<Item = String>, with: &str) -> String {
    words.reduce(|a, b| fill(with, &[("a", &a), ("b", &b)])).unwrap_or_default()
}

/// A condition in words.
#[must_use]
pub fn leaf_words(say: &dyn Say, leaf: &Leaf) -> String {
    let t = &say.locale().t().rules;
    match leaf {
        Leaf::Column(condition) => condition_words(say, condition),
        Leaf::Rank(Rank { by, top, share_bp }) => {
            let percent = say.percent_bp(i64::from(*share_bp));
            let text = if *top { t.says_top } else { t.says_bottom };
            fill(text, &[("name", &label(say, *by)), ("percent", &percent)])
        }
        Leaf::Bought(bought) => bought_words(say, bought),
        Leaf::Moved(moved) => moved_words(say, moved),
        Leaf::Contact(contact) => contact_words(say, contact),
        Leaf::There(There { on, left_by }) => {
            let day = |day: i32| say.exact(Column::Figure(Figure::FirstPurchase), i64::from(day));
            match left_by {
                None => fill(t.says_there, &[("day", &day(*on))]),
                Some(by) => fill(t.says_there_left, &[("day", &day(*on)), ("by", &day(*by))]),
            }
        }
        Leaf::Search(text) => fill(t.says_search, &[("value", text)]),
        Leaf::Segment { id, inside } => {
            let name = say.name(*id).unwrap_or_else(|| t.says_gone.to_owned());
            fill(if *inside { t.says_in } else { t.says_out }, &[("name", &name)])
        }
        Leaf::Newer(_) => t.says_newer.to_owned(),
    }
}

/// What cannot be told, and what follows.
#[must_use]
pub fn flaw_words(locale: Locale, flaw: RuleFlaw) -> &'static str {
    let t = &locale.t().rules;
    match flaw {
        RuleFlaw::Newer => t.flaw_newer,
        RuleFlaw::Loop => t.flaw_loop,
        RuleFlaw::Missing => t.flaw_missing,
    }
}

/// What a column is called within a sentence: English names begin small there, unless they are the user's own or an abbreviation.
fn label(say: &dyn Say, column: Column) -> String {
    let label = say.label(column);
    if label.is_empty() {
        return begin_small(say.locale().t().rules.what_gone.to_owned(), say.locale());
    }
    if matches!(column, Column::Own(_)) { label } else { begin_small(label, say.locale()) }
}

fn begin_small(label: String, locale: Locale) -> String {
    let mut chars = label.chars();
    match (chars.next(), chars.next()) {
        (Some(first), Some(second)) if locale.language == Language::En && !second.is_uppercase() => {
            let rest = label.get(first.len_utf8()..).unwrap_or_default();
            format!("{}{rest}", first.to_lowercase())
        }
        _ => label,
    }
}

fn condition_words(say: &dyn Say, Condition { column, test }: &Condition) -> String {
    let t = &say.locale().t().rules;
    let name = label(say, *column);
    let said = |pattern: &str, value: &str| fill(pattern, &[("name", &name), ("value", value)]);
    let list = |all: &[String]| chain(all.iter().map(|one| say.choice(*column, one)), t.words_or);
    let days = |text: &str, n: i32| count(say, text, n.max(0).unsigned_abs(), &[("name", &name)]);
    // As it was typed: rounded, a limit would name others than it chooses.
    let number = |n: i64| match say.content(*column) {
        Content::Share => say.percent_bp(n),
        _ => say.exact(*column, n),
    };
    match test {
        Test::Empty => said(t.says_empty, ""),
        Test::Filled | Test::Between { from: None, to: None } => said(t.says_filled, ""),
        Test::Holds(text) => said(t.says_holds, text),
        Test::Lacks(text) => said(t.says_lacks, text),
        Test::AnyOf(all) => said(t.says_is, &list(all)),
        Test::NoneOf(all) => said(t.says_not, &list(all)),
        Test::Between { from: Some(from), to: Some(to) } if from == to => said(t.says_is, &number(*from)),
        Test::Between { from: Some(from), to: Some(to) } => {
            let (from, to) = (number(*from), number(*to));
            fill(t.says_between, &[("name", &name), ("from", &from), ("to", &to)])
        }
        Test::Between { from: Some(from), to: None } => said(t.says_least, &number(*from)),
        Test::Between { from: None, to: Some(to) } => said(t.says_most, &number(*to)),
        Test::Within { days: n } if say.content(*column) == Content::Date => days(t.says_next, *n),
        Test::Within { days: n } => days(t.says_last, *n),
        Test::Before { days: n } => days(t.says_before, *n),
        Test::Ahead { days: n } => days(t.says_ahead, *n),
        Test::This(Calendar::Month) => said(t.says_month, ""),
        Test::This(Calendar::Quarter) => said(t.says_quarter, ""),
        Test::This(Calendar::Year) => said(t.says_year, ""),
    }
}

fn count(say: &dyn Say, text: &str, n: u32, values: &[(&str, &str)]) -> String {
    let shown = say.int(i64::from(n));
    let all: Vec<(&str, &str)> = values.iter().copied().chain([("n", shown.as_str())]).collect();
    plural(text, u64::from(n), &all)
}

fn bought_words(say: &dyn Say, Bought { goods, days, times, but_not }: &Bought) -> String {
    let t = &say.locale().t().rules;
    let (what, many) = (goods_words(say, goods), say.int(i64::from(*times)));
    let values = [("what", what.as_str()), ("times", many.as_str())];
    let rule = match (days, *times) {
        (None, 0 | 1) => fill(t.says_bought, &values),
        (None, _) => fill(t.says_bought_times, &values),
        (Some(n), 0 | 1) => count(say, t.says_bought_days, *n, &values),
        (Some(n), _) => count(say, t.says_bought_times_days, *n, &values),
    };
    let Some(not) = but_not else { return rule };
    let what = goods_words(say, &not.goods);
    let values = [("rule", rule.as_str()), ("what", what.as_str())];
    match not.days {
        None => fill(t.says_but_never, &values),
        Some(n) => count(say, t.says_but_not, n, &values),
    }
}

fn moved_words(say: &dyn Say, Moved { since, from, to }: &Moved) -> String {
    let locale = say.locale();
    let t = locale.t();
    let place = |stand: &Option<Stand>, none: &str| match stand {
        None => none.to_owned(),
        Some(Stand::Tier(id)) => format!("“{}”", say.choice(Column::Figure(Figure::Tier), id)),
        Some(stand) if stand.compares() => locale.stand(stand, &[]),
        Some(stand) => format!("“{}”", locale.stand(stand, &[])),
    };
    let compares = to.as_ref().is_some_and(Stand::compares);
    let from = place(from, if compares { t.moved.anywhere } else { t.moved.elsewhere });
    let since = begin_small(locale.since(*since).to_owned(), locale);
    fill(t.rules.says_moved, &[("from", &from), ("to", &place(to, t.moved.elsewhere)), ("since", &since)])
}

fn contact_words(say: &dyn Say, Contact { had, channel, direction, days, times }: &Contact) -> String {
    let locale = say.locale();
    let t = &locale.t().rules;
    let way = begin_small(locale.choice(Kind::Interaction, "channel", channel), locale);
    let what = if channel.is_empty() { t.says_contact.to_owned() } else { fill(t.says_contact_way, &[("name", &way)]) };
    let what = match direction.as_str() {
        "" => what,
        "in" => fill(t.says_contact_in, &[("what", &what)]),
        _ => fill(t.says_contact_out, &[("what", &what)]),
    };
    let rule = fill(if *had { t.says_had } else { t.says_had_not }, &[("what", &what)]);
    let rule = match days {
        Some(n) => count(say, t.says_had_days, *n, &[("rule", &rule)]),
        None => rule,
    };
    let times = say.int(i64::from(*times));
    if times == "1" || times == "0" { rule } else { fill(t.says_had_times, &[("rule", &rule), ("times", &times)]) }
}

fn goods_words(say: &dyn Say, goods: &Goods) -> String {
    let locale = say.locale();
    let t = &locale.t().rules;
    let named = |text: &str, name: &str| fill(text, &[("name", name)]);
    match goods {
        Goods::Anything => t.goods_anything.to_owned(),
        Goods::Product(id) => {
            say.name(*id).map_or_else(|| t.goods_gone.to_owned(), |name| named(t.goods_product, &name))
        }
        Goods::Category(name) => named(t.goods_category, name),
        Goods::Role(name) => named(t.goods_role, &locale.choice(Kind::Product, "role", name)),
        Goods::Channel(name) => named(t.goods_channel, name),
        Goods::Days { from, to } => {
            let day = |day: &Option<i32>| {
                day.map(|day| say.exact(Column::Figure(Figure::FirstPurchase), i64::from(day))).unwrap_or_default()
            };
            let text = match (from, to) {
                (Some(_), Some(_)) => t.goods_days,
                (Some(_), None) => t.goods_from,
                (None, Some(_)) => t.goods_to,
                (None, None) => t.goods_anything,
            };
            fill(text, &[("from", &day(from)), ("to", &day(to))])
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::engine::api::{ButNot, Figure};
    use crate::engine::segment::tests::{leaf, rule_of};

    /// Numbers as they are, one record that is there.
    pub struct Plain(pub Locale);

    impl Say for Plain {
        fn locale(&self) -> Locale {
            self.0
        }
        fn content(&self, column: Column) -> Content {
            column.content()
        }
        fn label(&self, column: Column) -> String {
            match column {
                Column::Figure(figure) => self.0.figure(figure).to_owned(),
                Column::Field(_) => self.0.label(Kind::Customer, &column.name()).to_owned(),
                Column::Own(_) => "Shoe size".to_owned(),
            }
        }
        fn choice(&self, _: Column, name: &str) -> String {
            name.to_owned()
        }
        fn exact(&self, _: Column, n: i64) -> String {
            n.to_string()
        }
        fn choices(&self, column: Column) -> Vec<String> {
            let Content::Choice(all) = column.content() else { return Vec::new() };
            all.iter().map(|one| (*one).to_owned()).collect()
        }
        fn int(&self, n: i64) -> String {
            n.to_string()
        }
        fn percent_bp(&self, bp: i64) -> String {
            format!("{}%", bp as f64 / 100.0)
        }
        fn name(&self, id: Id) -> Option<String> {
            (id == Id(1)).then(|| "Gold".to_owned())
        }
    }

    const BOTH: [Plain; 2] = [Plain(Locale { language: Language::En }), Plain(Locale { language: Language::Zh })];

    proptest! {
        #[test]
        fn every_rule_has_a_sentence_in_both_languages(rule in rule_of(leaf())) {
            for say in &BOTH {
                let words = sentence(say, &rule);
                prop_assert!(words.chars().count() > 3 && words.ends_with(['.', '。']), "{}", words);
                for leaf in rule.leaves() {
                    let part = leaf_words(say, leaf);
                    prop_assert!(part.chars().any(char::is_alphanumeric) && words.contains(&part), "{} in {}", part, words);
                }
            }
        }
    }

    #[test]
    fn sentences_as_they_are_read() {
        let is = |figure, values: &[&str]| {
            Rule::column(Column::Figure(figure), Test::AnyOf(values.iter().map(|v| (*v).to_owned()).collect()))
        };
        let away = Rule::column(Column::Figure(Figure::Away), Test::Between { from: Some(60), to: None });
        let lead = Rule::Leaf(Leaf::Bought(Bought {
            goods: Goods::Role("lead".into()),
            days: None,
            times: 1,
            but_not: Some(ButNot { goods: Goods::Role("profit".into()), days: Some(90) }),
        }));
        let top = Rule::Leaf(Leaf::Rank(Rank { by: Column::Figure(Figure::Profit), top: true, share_bp: 2_000 }));
        let cases = [
            (
                Rule::All(vec![is(Figure::Tier, &["gold", "silver"]), away.clone()]),
                "Customers where tier is gold or silver and days since last purchase ≥ 60.",
                "符合以下条件的客户：等级是 gold 或 silver，并且距上次购买天数 ≥ 60。",
            ),
            (
                lead,
                "Customers where they bought something of the role “Lead product”, but not something of the role “Profit product” in the last 90 days.",
                "符合以下条件的客户：买过引流产品，但最近 90 天没买利润产品。",
            ),
            (
                Rule::All(vec![Rule::Any(vec![top, Rule::segment(Id(1))]), Rule::None(vec![away])]),
                "Customers where (profit is in the top 20% or they belong to “Gold”) and not (days since last purchase ≥ 60).",
                "符合以下条件的客户：（利润排在前 20%，或者属于“Gold”），并且不符合（距上次购买天数 ≥ 60）。",
            ),
            (
                Rule::column(Column::Figure(Figure::Loyalty), Test::Between { from: Some(50), to: Some(1_250) }),
                "Customers where projected loyalty is 0.5% to 12.5%.",
                "符合以下条件的客户：预期忠诚度为 0.5% 到 12.5%。",
            ),
            (
                Rule::column(Column::Figure(Figure::WalletShare), Test::Between { from: Some(10_001), to: None }),
                "Customers where share of wallet ≥ 100.01%.",
                "符合以下条件的客户：钱包份额 ≥ 100.01%。",
            ),
            (Rule::Any(vec![]), "Nobody.", "没有客户。"),
            (
                Rule::segment(Id(2)),
                "Customers where they belong to “a segment that is gone”.",
                "符合以下条件的客户：属于“已删除的客群”。",
            ),
        ];
        for (rule, en, zh) in cases {
            assert_eq!(sentence(&BOTH[0], &rule), en);
            assert_eq!(sentence(&BOTH[1], &rule), zh);
        }
    }
}
