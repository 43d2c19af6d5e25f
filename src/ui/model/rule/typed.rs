//! One condition as it is typed: what it is about, how it compares, and texts that may not be finished.

use super::words::Say;
use crate::domain::{Day, Id, InvalidReason, parse_decimal, parse_words, show_decimal};
use crate::engine::api::{
    Bought, ButNot, Calendar, Column, Condition, Contact, Content, Figure, Goods, Leaf, Moved, MovedBy, Rank, Since,
    Stand, Test, There,
};

/// What a condition is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    Column(Column),
    Rank,
    Bought,
    Moved,
    Contact,
    There,
    Search,
    Segment,
    /// Of a later version: shown, kept, not changed.
    Newer(String),
}

/// How it compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    Holds,
    Lacks,
    Is,
    Not,
    Between,
    Within,
    Next,
    Ahead,
    Before,
    Month,
    Quarter,
    Year,
    Empty,
    Filled,
    Top,
    Bottom,
    Inside,
    Outside,
    Had,
    HadNot,
}

/// Which control a test is typed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Control {
    Nothing,
    Text,
    /// Several, separated by commas.
    Words,
    Ticks,
    /// From and to, as the content of the column is typed.
    Span,
    Days,
}

impl Op {
    pub const ALL: [Self; 20] = [
        Self::Holds,
        Self::Lacks,
        Self::Is,
        Self::Not,
        Self::Between,
        Self::Within,
        Self::Next,
        Self::Ahead,
        Self::Before,
        Self::Month,
        Self::Quarter,
        Self::Year,
        Self::Empty,
        Self::Filled,
        Self::Top,
        Self::Bottom,
        Self::Inside,
        Self::Outside,
        Self::Had,
        Self::HadNot,
    ];

    /// What can be asked of a column; `ticked`: its values are chosen, not typed.
    #[must_use]
    pub fn of(content: Content, ticked: bool) -> &'static [Self] {
        match content {
            Content::Text if ticked => &[Self::Is, Self::Not, Self::Empty, Self::Filled],
            Content::Text => &[Self::Holds, Self::Lacks, Self::Is, Self::Not, Self::Empty, Self::Filled],
            Content::Words => &[Self::Is, Self::Not, Self::Holds, Self::Lacks, Self::Empty, Self::Filled],
            Content::Choice(_) | Content::Tier => &[Self::Is, Self::Not, Self::Empty, Self::Filled],
            Content::Day => &[
                Self::Within,
                Self::Before,
                Self::Between,
                Self::Month,
                Self::Quarter,
                Self::Year,
                Self::Empty,
                Self::Filled,
            ],
            Content::Date => &[
                Self::Next,
                Self::Month,
                Self::Quarter,
                Self::Ahead,
                Self::Before,
                Self::Holds,
                Self::Empty,
                Self::Filled,
            ],
            _ => &[Self::Between, Self::Empty, Self::Filled],
        }
    }

    #[must_use]
    pub fn name(self) -> String {
        format!("{self:?}")
    }

    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|op| op.name() == name)
    }

    #[must_use]
    pub fn control(self, ticked: bool) -> Control {
        match self {
            Self::Holds | Self::Lacks => Control::Text,
            Self::Is | Self::Not if ticked => Control::Ticks,
            Self::Is | Self::Not => Control::Words,
            Self::Between => Control::Span,
            Self::Within | Self::Next | Self::Ahead | Self::Before => Control::Days,
            _ => Control::Nothing,
        }
    }
}

/// What makes a purchase count, as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedGoods {
    pub kind: GoodsKind,
    /// Name of the category, role or channel; of a product what was typed to find it; the first of some days.
    pub name: String,
    /// The last of some days.
    pub until: String,
    /// The product that was found.
    pub product: Option<Id>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GoodsKind {
    #[default]
    Anything,
    Product,
    Category,
    Role,
    Channel,
    Days,
}

impl GoodsKind {
    pub const ALL: [Self; 6] = [Self::Anything, Self::Product, Self::Category, Self::Role, Self::Channel, Self::Days];

    #[must_use]
    pub fn name(self) -> String {
        format!("{self:?}")
    }

    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl TypedGoods {
    fn of(goods: &Goods, say: &dyn Say) -> Self {
        let named = |kind, name: &String| Self { kind, name: name.clone(), ..Self::default() };
        let day = |day: &Option<i32>| day.map(|day| Day(day).to_string()).unwrap_or_default();
        match goods {
            Goods::Anything => Self::default(),
            Goods::Product(id) => {
                let name = say.name(*id).unwrap_or_default();
                Self { kind: GoodsKind::Product, name, product: Some(*id), ..Self::default() }
            }
            Goods::Days { from, to } => Self { kind: GoodsKind::Days, name: day(from), until: day(to), product: None },
            Goods::Category(name) => named(GoodsKind::Category, name),
            Goods::Role(name) => named(GoodsKind::Role, name),
            Goods::Channel(name) => named(GoodsKind::Channel, name),
        }
    }

    fn goods(&self) -> Result<Goods, InvalidReason> {
        let name = || needed(&self.name);
        Ok(match self.kind {
            GoodsKind::Anything => Goods::Anything,
            GoodsKind::Product => {
                needed(&self.name).map(drop).or_else(|e| self.product.map(drop).ok_or(e))?;
                Goods::Product(self.product.ok_or(InvalidReason::Unknown)?)
            }
            GoodsKind::Category => Goods::Category(name()?),
            GoodsKind::Role => Goods::Role(name()?),
            GoodsKind::Channel => Goods::Channel(name()?),
            GoodsKind::Days => {
                let day = |text: &str| match text.trim() {
                    "" => Ok(None),
                    text => Day::parse_iso(text).map(|day| Some(day.0)).ok_or(InvalidReason::NotADate),
                };
                match (day(&self.name)?, day(&self.until)?) {
                    (None, None) => return Err(InvalidReason::Required),
                    (Some(from), Some(to)) if from > to => return Err(InvalidReason::OutOfRange),
                    (from, to) => Goods::Days { from, to },
                }
            }
        })
    }
}

/// A condition as it is typed. What another kind of it was typed with stays beside, and comes back with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub what: What,
    pub op: Op,
    /// A text, words, the lower end, days, per cent or who began a contact.
    pub from: String,
    /// The upper end, or the channel of a contact; of who was there: the day by which they left.
    pub to: String,
    /// Ticked choices; the segment's id.
    pub chosen: Vec<String>,
    /// What is ranked by.
    pub by: Column,
    pub goods: TypedGoods,
    /// Purchases at least.
    pub times: String,
    /// In so many days; empty: ever.
    pub days: String,
    pub but_not: Option<(TypedGoods, String)>,
    pub moved: Moved,
}

fn needed(text: &str) -> Result<String, InvalidReason> {
    match text.trim() {
        "" => Err(InvalidReason::Required),
        text => Ok(text.to_owned()),
    }
}

/// Decimals in which a content is typed.
fn decimals(content: Content) -> u32 {
    match content {
        Content::Tenths => 1,
        // Typed as per cent.
        Content::Share => 2,
        Content::Money | Content::Amount | Content::Decimal => 4,
        _ => 0,
    }
}

/// A count of days or purchases as typed; nothing if nothing is.
fn whole(text: &str) -> Result<Option<u32>, InvalidReason> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let n = parse_decimal(text, 0).ok_or(InvalidReason::NotANumber)?;
    u32::try_from(n).ok().filter(|n| *n <= 1_000_000).map(Some).ok_or(InvalidReason::OutOfRange)
}

impl Row {
    #[must_use]
    pub fn new(what: What, say: &dyn Say) -> Self {
        let op = match &what {
            What::Column(column) => {
                Op::of(say.content(*column), !say.choices(*column).is_empty()).first().copied().unwrap_or(Op::Filled)
            }
            What::Rank => Op::Top,
            What::Segment => Op::Inside,
            What::Contact => Op::HadNot,
            What::Search => Op::Holds,
            What::Bought | What::Moved | What::There | What::Newer(_) => Op::Filled,
        };
        Self {
            what,
            op,
            from: String::new(),
            to: String::new(),
            chosen: Vec::new(),
            by: Column::Figure(Figure::Profit),
            goods: TypedGoods::default(),
            times: String::new(),
            days: String::new(),
            but_not: None,
            moved: Moved { since: Since::Quarter, from: None, to: Some(Stand::Other(MovedBy::Kotler)) },
        }
    }

    /// What a movement is between.
    #[must_use]
    pub fn moved_by(&self) -> MovedBy {
        let ends = [&self.moved.from, &self.moved.to];
        ends.into_iter().flatten().find_map(Stand::by).unwrap_or_default()
    }

    /// A condition back in the controls that it was typed with.
    #[must_use]
    pub fn of(leaf: &Leaf, say: &dyn Say) -> Self {
        let days = |days: Option<u32>| days.map(|n| n.to_string()).unwrap_or_default();
        match leaf {
            Leaf::Column(condition) => Self::of_condition(condition, say),
            Leaf::Rank(Rank { by, top, share_bp }) => Self {
                op: if *top { Op::Top } else { Op::Bottom },
                from: show_decimal(i64::from(*share_bp), 2),
                by: *by,
                ..Self::new(What::Rank, say)
            },
            Leaf::Bought(bought) => Self {
                goods: TypedGoods::of(&bought.goods, say),
                times: if bought.times > 1 { bought.times.to_string() } else { String::new() },
                days: days(bought.days),
                but_not: bought.but_not.as_ref().map(|not| (TypedGoods::of(&not.goods, say), days(not.days))),
                ..Self::new(What::Bought, say)
            },
            Leaf::Moved(moved) => Self { moved: moved.clone(), ..Self::new(What::Moved, say) },
            Leaf::Contact(contact) => Self {
                op: if contact.had { Op::Had } else { Op::HadNot },
                from: contact.direction.clone(),
                to: contact.channel.clone(),
                times: if contact.times > 1 { contact.times.to_string() } else { String::new() },
                days: days(contact.days),
                ..Self::new(What::Contact, say)
            },
            Leaf::There(There { on, left_by }) => Self {
                from: Day(*on).to_string(),
                to: left_by.map(|day| Day(day).to_string()).unwrap_or_default(),
                ..Self::new(What::There, say)
            },
            Leaf::Search(text) => Self { from: text.clone(), ..Self::new(What::Search, say) },
            Leaf::Segment { id, inside } => Self {
                op: if *inside { Op::Inside } else { Op::Outside },
                chosen: vec![id.to_string()],
                ..Self::new(What::Segment, say)
            },
            Leaf::Newer(text) => Self::new(What::Newer(text.clone()), say),
        }
    }

    fn of_condition(Condition { column, test }: &Condition, say: &dyn Say) -> Self {
        let content = say.content(*column);
        let end = |n: Option<i64>| match (n, content) {
            (None, _) => String::new(),
            (Some(n), Content::Day) => i32::try_from(n).map(|day| Day(day).to_string()).unwrap_or_default(),
            (Some(n), content) => show_decimal(n, decimals(content)),
        };
        let row = Self::new(What::Column(*column), say);
        let typed = |op, from: String| Self { op, from, ..row.clone() };
        // Both ways: whether they are ticked may be known later.
        let list = |op, all: &[String]| Self { chosen: all.to_vec(), ..typed(op, all.join(", ")) };
        match test {
            Test::Empty => typed(Op::Empty, String::new()),
            Test::Filled => typed(Op::Filled, String::new()),
            Test::Holds(text) => typed(Op::Holds, text.clone()),
            Test::Lacks(text) => typed(Op::Lacks, text.clone()),
            Test::AnyOf(all) => list(Op::Is, all),
            Test::NoneOf(all) => list(Op::Not, all),
            Test::Between { from, to } => Self { to: end(*to), ..typed(Op::Between, end(*from)) },
            Test::Within { days } if content == Content::Date => typed(Op::Next, days.to_string()),
            Test::Within { days } => typed(Op::Within, days.to_string()),
            Test::Before { days } => typed(Op::Before, days.to_string()),
            Test::Ahead { days } => typed(Op::Ahead, days.to_string()),
            Test::This(Calendar::Month) => typed(Op::Month, String::new()),
            Test::This(Calendar::Quarter) => typed(Op::Quarter, String::new()),
            Test::This(Calendar::Year) => typed(Op::Year, String::new()),
        }
    }

    /// The condition, once it is whole.
    ///
    /// # Errors
    /// What is missing or cannot be read.
    pub fn leaf(&self, say: &dyn Say) -> Result<Leaf, InvalidReason> {
        Ok(match &self.what {
            What::Column(column) => Leaf::Column(Condition { column: *column, test: self.test(*column, say)? }),
            What::Rank => {
                let bp = parse_decimal(&needed(&self.from)?, 2).ok_or(InvalidReason::NotANumber)?;
                let share_bp = u16::try_from(bp).ok().filter(|bp| *bp <= 10_000).ok_or(InvalidReason::OutOfRange)?;
                Leaf::Rank(Rank { by: self.by, top: self.op == Op::Top, share_bp })
            }
            What::Bought => {
                let but_not =
                    self.but_not.as_ref().map(|(goods, days)| Ok(ButNot { goods: goods.goods()?, days: whole(days)? }));
                Leaf::Bought(Bought {
                    goods: self.goods.goods()?,
                    days: whole(&self.days)?,
                    times: whole(&self.times)?.unwrap_or(1).max(1),
                    but_not: but_not.transpose()?,
                })
            }
            What::Moved => Leaf::Moved(self.moved.clone()),
            What::Contact => Leaf::Contact(Contact {
                had: self.op == Op::Had,
                channel: self.to.clone(),
                direction: self.from.clone(),
                days: whole(&self.days)?,
                times: whole(&self.times)?.unwrap_or(1).max(1),
            }),
            What::There => {
                let day = |text: &str| Day::parse_iso(text.trim()).map(|day| day.0).ok_or(InvalidReason::NotADate);
                let on = day(&needed(&self.from)?)?;
                let left_by = if self.to.trim().is_empty() { None } else { Some(day(&self.to)?) };
                if left_by.is_some_and(|by| by <= on) {
                    return Err(InvalidReason::OutOfRange);
                }
                Leaf::There(There { on, left_by })
            }
            What::Search => Leaf::Search(needed(&self.from)?),
            What::Segment => {
                let id = self.chosen.first().and_then(|id| Id::parse(id)).ok_or(InvalidReason::Required)?;
                Leaf::Segment { id, inside: self.op == Op::Inside }
            }
            What::Newer(text) => Leaf::Newer(text.clone()),
        })
    }

    fn test(&self, column: Column, say: &dyn Say) -> Result<Test, InvalidReason> {
        let content = say.content(column);
        let number = |text: &str| match (content, text.trim()) {
            (_, "") => Ok(None),
            (Content::Day, text) => {
                Day::parse_iso(text).map(|day| Some(i64::from(day.0))).ok_or(InvalidReason::NotADate)
            }
            (_, text) => parse_decimal(text, decimals(content)).map(Some).ok_or(InvalidReason::NotANumber),
        };
        let days = || {
            let days = whole(&self.from)?.ok_or(InvalidReason::Required)?;
            i32::try_from(days).map_err(|_| InvalidReason::OutOfRange)
        };
        let list = || match self.op.control(!say.choices(column).is_empty()) {
            Control::Ticks if self.chosen.is_empty() => Err(InvalidReason::Required),
            Control::Ticks => Ok(self.chosen.clone()),
            _ => needed(&self.from).map(|text| parse_words(&text)),
        };
        Ok(match self.op {
            Op::Holds => Test::Holds(needed(&self.from)?),
            Op::Lacks => Test::Lacks(needed(&self.from)?),
            Op::Is => Test::AnyOf(list()?),
            Op::Not => Test::NoneOf(list()?),
            Op::Between => match (number(&self.from)?, number(&self.to)?) {
                (None, None) => return Err(InvalidReason::Required),
                (Some(from), Some(to)) if from > to => return Err(InvalidReason::OutOfRange),
                (from, to) => Test::Between { from, to },
            },
            Op::Within | Op::Next => Test::Within { days: days()? },
            Op::Ahead => Test::Ahead { days: days()? },
            Op::Before => Test::Before { days: days()? },
            Op::Month => Test::This(Calendar::Month),
            Op::Quarter => Test::This(Calendar::Quarter),
            Op::Year => Test::This(Calendar::Year),
            Op::Empty => Test::Empty,
            _ => Test::Filled,
        })
    }
}
