//! The one language in which customers are chosen (SPEC V7): conditions put together by all of, any of, none of. The list, saved
//! segments and whatever asks for customers speak it.

use serde::{Deserialize, Serialize};

use super::{
    Activity, Column, Condition, Content, CustomerRow, Dormancy, Figure, KotlerGroup, Mood, Moved, RfmGroup, Since,
    Stand, Test,
};
use crate::domain::{Id, customer};

/// Groups in groups, at most; deeper ones are kept and not read.
pub const MAX_RULE_DEPTH: usize = 8;
/// Days that count as active.
pub const ACTIVE_DAYS: i32 = 365;
/// Conditions and groups of one rule, at most.
pub const MAX_RULE_PARTS: usize = 200;
/// A rule of more parts, which no page makes, is kept and not read.
pub const MAX_READ_PARTS: usize = 2_000;

/// Which customers.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// All of these hold. Everybody, if there are none.
    All(Vec<Rule>),
    /// At least one holds. Nobody, if there are none.
    Any(Vec<Rule>),
    /// Not one holds. Everybody, if there are none.
    None(Vec<Rule>),
    Leaf(Leaf),
}

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Leaf {
    Column(Condition),
    Rank(Rank),
    Bought(Bought),
    /// Stood elsewhere on an earlier day.
    Moved(Moved),
    Contact(Contact),
    There(There),
    /// Found by this search, as in the list.
    Search(String),
    /// A member of the saved segment, or not.
    Segment {
        id: Id,
        inside: bool,
    },
    /// What a later version wrote, as its compact JSON. Whether it holds of a customer is not known.
    Newer(String),
}

/// Among the first or last of the customers with a purchase and a number there. The share is rounded up to whole customers, and
/// whoever has the same number as the last of them belongs to them too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rank {
    pub by: Column,
    /// The greatest numbers, else the least.
    pub top: bool,
    /// In basis points, 0 to 10,000.
    pub share_bp: u16,
}

/// Made purchases with these goods, and none with those. Refunds and adjustments are no purchases.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bought {
    pub goods: Goods,
    /// In so many days up to the as-of day; `None`: ever.
    #[serde(default)]
    pub days: Option<u32>,
    /// So many purchases at least.
    pub times: u32,
    #[serde(default)]
    pub but_not: Option<ButNot>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ButNot {
    pub goods: Goods,
    /// As [`Bought::days`].
    #[serde(default)]
    pub days: Option<u32>,
}

/// Was in contact, or was not.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Else nothing of this kind is on record.
    pub had: bool,
    /// By this way; empty: by any.
    #[serde(default)]
    pub channel: String,
    /// `in`: the customer began it, `out`: somebody of the shop did; empty: either.
    #[serde(default)]
    pub direction: String,
    /// As [`Bought::days`].
    #[serde(default)]
    pub days: Option<u32>,
    /// So many times at least.
    pub times: u32,
}

/// Was there at the end of a day: had bought by then, and had not left, or had come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct There {
    /// Days since 1970.
    pub on: i32,
    /// And left after it, up to this day, whether or not they have come back since; `None`: does not matter.
    #[serde(default)]
    pub left_by: Option<i32>,
}

/// What makes a purchase count.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Goods {
    Anything,
    Product(Id),
    Category(String),
    /// Products of this role (lead, profit, plain).
    Role(String),
    /// Bought by this way, whatever it was.
    Channel(String),
    /// Bought from this day to that, both counted, whatever it was.
    Days {
        from: Option<i32>,
        to: Option<i32>,
    },
}

impl Rule {
    /// Everybody.
    #[must_use]
    pub fn everybody() -> Self {
        Self::All(Vec::new())
    }

    #[must_use]
    pub fn column(column: Column, test: Test) -> Self {
        Self::Leaf(Leaf::Column(Condition { column, test }))
    }

    #[must_use]
    pub fn segment(id: Id) -> Self {
        Self::Leaf(Leaf::Segment { id, inside: true })
    }

    /// What it is made of; nothing for a condition.
    #[must_use]
    pub fn parts(&self) -> &[Self] {
        match self {
            Self::All(parts) | Self::Any(parts) | Self::None(parts) => parts,
            Self::Leaf(_) => &[],
        }
    }

    /// All conditions in their order.
    #[must_use]
    pub fn leaves(&self) -> Vec<&Leaf> {
        let mut found = Vec::new();
        self.each(&mut |rule| {
            if let Self::Leaf(leaf) = rule {
                found.push(leaf);
            }
        });
        found
    }

    fn each<'a>(&'a self, seen: &mut impl FnMut(&'a Self)) {
        seen(self);
        self.parts().iter().for_each(|part| part.each(seen));
    }

    /// Conditions and groups, itself too.
    #[must_use]
    pub fn size(&self) -> usize {
        let mut n = 0;
        self.each(&mut |_| n += 1);
        n
    }

    /// Groups in groups; 0 for a condition.
    #[must_use]
    pub fn depth(&self) -> usize {
        match self {
            Self::Leaf(_) => 0,
            group => 1 + group.parts().iter().map(Self::depth).max().unwrap_or(0),
        }
    }

    /// The saved segments that it names, each once, in their order.
    #[must_use]
    pub fn segments(&self) -> Vec<Id> {
        let of = |leaf: &Leaf| if let Leaf::Segment { id, .. } = leaf { Some(*id) } else { None };
        once(self.leaves().into_iter().filter_map(of).collect())
    }

    /// The records that it names, each once, in their order.
    #[must_use]
    pub fn mentions(&self) -> Vec<Id> {
        let product = |goods: &Goods| if let Goods::Product(id) = goods { Some(*id) } else { None };
        let of = |leaf: &Leaf| match leaf {
            Leaf::Segment { id, .. } => vec![*id],
            Leaf::Bought(bought) => product(&bought.goods)
                .into_iter()
                .chain(bought.but_not.iter().filter_map(|n| product(&n.goods)))
                .collect(),
            _ => Vec::new(),
        };
        once(self.leaves().into_iter().flat_map(of).collect())
    }

    /// Whether it takes the models of customer value; of the segments that it names only the data set knows.
    #[must_use]
    pub fn needs_worth(&self) -> bool {
        self.leaves().iter().any(|leaf| leaf.column().is_some_and(Column::needs_worth))
    }
}

impl Leaf {
    /// The column that it reads.
    #[must_use]
    pub fn column(&self) -> Option<Column> {
        match self {
            Self::Column(condition) => Some(condition.column),
            Self::Rank(rank) => Some(rank.by),
            _ => None,
        }
    }
}

fn once(mut ids: Vec<Id>) -> Vec<Id> {
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// A saved segment as it is typed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SegmentDraft {
    pub name: String,
    pub note: String,
    pub rule: Rule,
}

/// What purchases can be told apart by, as it is called in the book: most used first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoodsNames {
    /// Categories of products.
    pub categories: Vec<String>,
    /// Channels of orders.
    pub channels: Vec<String>,
}

/// Why a rule, or a part of it, is true of nobody, whatever it says: it cannot be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleFlaw {
    /// A later version wrote a part of it.
    Newer,
    /// A segment that it names leads back to itself (two devices made that), or through too many others.
    Loop,
    /// A segment, field or product that it names is in the trash or gone.
    Missing,
}

/// Whom a rule means.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RuleView {
    /// All customers.
    pub total: u64,
    pub customers: u64,
    /// All that the customers who are meant have brought, in the book's currency.
    pub revenue_minor: i64,
    pub profit_minor: i64,
    /// Of how many every part holds by itself: the rule first, then its parts in their order, each before its own parts.
    pub counts: Vec<u64>,
    /// Those of them with the greatest profit.
    pub rows: Vec<CustomerRow>,
    /// Records that the rule names, as far as they are there.
    pub names: Vec<(Id, String)>,
    pub flaws: Vec<RuleFlaw>,
}

/// The saved segments by name, each with whom it means.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SegmentList {
    /// All customers.
    pub total: u64,
    /// Of customers with a purchase.
    pub profit_minor: i64,
    pub segments: Vec<SegmentRow>,
    /// Records that the rules name, as far as they are there.
    pub names: Vec<(Id, String)>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SegmentRow {
    pub id: Id,
    pub name: String,
    pub note: String,
    pub rule: Rule,
    pub customers: u64,
    pub revenue_minor: i64,
    pub profit_minor: i64,
    pub flaws: Vec<RuleFlaw>,
}

impl super::Filter {
    /// The same customers as a rule.
    #[must_use]
    pub fn as_rule(&self) -> Rule {
        let mut parts = Vec::new();
        let one_of =
            |column, names: &[&str]| Rule::column(column, Test::AnyOf(names.iter().map(|n| (*n).to_owned()).collect()));
        let figure = Column::Figure;
        let mut choice = |of: Figure, at: Option<usize>| {
            if let (Content::Choice(names), Some(at)) = (of.content(), at) {
                parts.extend(names.get(at).map(|name| one_of(figure(of), &[name])));
            }
        };
        choice(Figure::Group, self.kotler.and_then(|g| KotlerGroup::ALL.iter().position(|x| *x == g)));
        choice(Figure::RfmGroup, self.rfm_group.and_then(|g| RfmGroup::ALL.iter().position(|x| *x == g)));
        choice(Figure::Dormancy, self.dormancy.and_then(|d| Dormancy::ALL.iter().position(|x| *x == d)));
        choice(Figure::Mood, self.mood.and_then(|m| Mood::ALL.iter().position(|x| *x == m)));
        if let Some((r, f)) = self.rfm_cell {
            let least = i64::from(r) * 100 + i64::from(f) * 10;
            parts.push(Rule::column(figure(Figure::Rfm), Test::Between { from: Some(least), to: Some(least + 9) }));
        }
        parts.extend(self.at_risk.map(|risk| one_of(figure(Figure::AtRisk), &[if risk { "yes" } else { "no" }])));
        parts.extend(self.tier.as_deref().map(|tier| one_of(figure(Figure::Tier), &[tier])));
        if let Some(share_bp) = self.top_bp.and_then(|bp| u16::try_from(bp).ok()) {
            parts.push(Rule::Leaf(Leaf::Rank(Rank { by: figure(Figure::Profit), top: true, share_bp })));
        }
        parts.extend(self.country.as_deref().map(|country| match country {
            "" => Rule::column(Column::Field(customer::COUNTRY), Test::Empty),
            country => one_of(Column::Field(customer::COUNTRY), &[country]),
        }));
        parts.extend(self.tag.as_deref().map(|tag| one_of(Column::Field(customer::TAGS), &[tag])));
        let bought = |test| Rule::column(figure(Figure::LastPurchase), test);
        parts.extend(self.prospects.map(|none| bought(if none { Test::Empty } else { Test::Filled })));
        let asleep = || Moved { since: Since::Month, from: None, to: Some(Stand::Dormancy(Dormancy::Asleep)) };
        parts.extend(self.activity.map(|activity| match activity {
            Activity::Active => bought(Test::Within { days: ACTIVE_DAYS }),
            Activity::Dormant => one_of(figure(Figure::Dormancy), &["dozing", "half-asleep", "asleep"]),
            Activity::FellAsleep => Rule::Leaf(Leaf::Moved(asleep())),
        }));
        parts.extend(self.moved.iter().cloned().map(Leaf::Moved).map(Rule::Leaf));
        let search = self.search.trim();
        parts.extend((!search.is_empty()).then(|| Rule::Leaf(Leaf::Search(search.to_owned()))));
        parts.extend(self.conditions.iter().cloned());
        Rule::All(parts)
    }
}
