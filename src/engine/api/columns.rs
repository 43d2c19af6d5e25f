//! What a list of customers can show, sort and filter by: fields of the record, fields of the user's own, figures.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

use super::{KotlerGroup, RfmGroup, SortKey};
use crate::analytics::{Dormancy, Mood};
use crate::domain::{Day, Field, Id, Input, Kind, OwnField, OwnInput, custom_id, custom_name, customer};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    Field(Field),
    /// The custom field of this id.
    Own(Id),
    Figure(Figure),
}

/// What kind of thing stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    Text,
    /// A list of words.
    Words,
    /// One of these names, in this order.
    Choice(&'static [&'static str]),
    Tier,
    /// Minor units of the book's currency.
    Money,
    Count,
    /// In tenths.
    Tenths,
    /// In basis points.
    Share,
    /// Days since 1970.
    Day,
    /// A date that may lack its year.
    Date,
    /// Three scores as the digits of one number.
    Scores,
    /// In ten-thousandths.
    Decimal,
    /// Ten-thousandths of a major unit.
    Amount,
}

macro_rules! figures {
    ($($(#[$doc:meta])* $figure:ident $name:literal $content:expr;)*) => {
        /// A figure of a customer at the as-of day.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Figure { $($(#[$doc])* $figure),* }

        impl Figure {
            pub const ALL: &'static [Self] = &[$(Self::$figure),*];

            /// Its name in addresses and saved views. Never renamed, and never that of a customer's field.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$figure => $name),* }
            }

            #[must_use]
            pub fn content(self) -> Content {
                match self { $(Self::$figure => $content),* }
            }
        }
    };
}

figures! {
    Tier "tier" Content::Tier;
    Group "group" Content::Choice(GROUPS);
    Rfm "rfm" Content::Scores;
    RfmGroup "rfm_group" Content::Choice(RFM_GROUPS);
    /// The three scores apart: from 1, the worst, to as many as there are groups.
    RecencyScore "recency_score" Content::Count;
    FrequencyScore "frequency_score" Content::Count;
    MonetaryScore "monetary_score" Content::Count;
    Dormancy "dormancy" Content::Choice(STEPS);
    LastPurchase "last" Content::Day;
    FirstPurchase "first" Content::Day;
    /// Days since the last purchase.
    Away "away" Content::Count;
    Purchases "purchases" Content::Count;
    Refunds "refunds" Content::Count;
    Revenue "revenue" Content::Money;
    Refunded "refunded" Content::Money;
    Profit "profit" Content::Money;
    /// What gifts, visits and after-sales service cost; taken off the profit.
    Care "care" Content::Money;
    /// Yearly profit at the own rhythm × projected loyalty.
    Potential "potential" Content::Money;
    Loyalty "loyalty" Content::Share;
    /// Median days between purchases.
    Interval "interval" Content::Tenths;
    /// Categories in which the own rhythm broke.
    BrokenHabits "broken_habits" Content::Count;
    Mood "mood" Content::Choice(MOODS);
    /// The weighted mean of experience − expectation.
    Gap "gap" Content::Tenths;
    Answers "answers" Content::Count;
    Worth "worth" Content::Money;
    There "there" Content::Share;
    /// Whether they may be gone: less likely there than the limit of the settings.
    AtRisk "at_risk" Content::Choice(YES_NO);
    /// Days with a purchase that the forecast expects.
    Expected "expected" Content::Tenths;
    /// Amount that it expects of each.
    ExpectedAmount "expected_amount" Content::Money;
    LastContact "contact" Content::Day;
    /// The day on which the silence of who has left became too long.
    Left "left" Content::Day;
    /// Days from the first purchase to the as-of day, or to the last purchase of who has left.
    Stayed "stayed" Content::Count;
    /// What they spent here in the 365 days up to the as-of day, of what they say that they spend in all. Rounded up, so that more is more.
    WalletShare "wallet_share" Content::Share;
    /// Contacts that the customer made.
    Inbound "inbound" Content::Count;
    /// Days from the first contact to the first purchase.
    Choosing "choosing" Content::Count;
    /// Purchases with a discount.
    Discounted "discounted" Content::Count;
    Complaints "complaints" Content::Count;
    /// Needs recorded without which they do not buy.
    MustHaves "must_haves" Content::Count;
    /// Those of them that are met.
    NeedsMet "needs_met" Content::Count;
    /// Of who complained: whether they bought again.
    Forgave "forgave" Content::Choice(YES_NO);
    /// Customers whom this one brought.
    Brought "brought" Content::Count;
    Added "added" Content::Day;
    Changed "changed" Content::Day;
}

/// Names of the groups, in the order of [`KotlerGroup::ALL`].
const GROUPS: &[&str; KotlerGroup::ALL.len()] = &["true-friend", "butterfly", "barnacle", "stranger"];
/// In the order of [`RfmGroup::ALL`].
const RFM_GROUPS: &[&str; RfmGroup::ALL.len()] = &[
    "champions",
    "potential-loyalist",
    "loyal",
    "promising",
    "new",
    "cant-lose",
    "at-risk",
    "attention",
    "about-to-sleep",
    "lost",
    "others",
];
/// In the order of [`Dormancy::ALL`].
const STEPS: &[&str; Dormancy::ALL.len()] = &["awake", "dozing", "half-asleep", "asleep"];
/// In the order of [`Mood::ALL`].
const MOODS: &[&str; Mood::ALL.len()] = &["unhappy", "satisfied", "delighted", "no-answer"];
/// What stands in a custom field.
#[must_use]
pub fn own_content(field: &OwnField) -> Content {
    match field.input {
        OwnInput::Text | OwnInput::Choice | OwnInput::Link => Content::Text,
        OwnInput::Number => Content::Decimal,
        OwnInput::Money => Content::Amount,
        OwnInput::Date => Content::Date,
        OwnInput::Many => Content::Words,
        OwnInput::YesNo => Content::Choice(YES_NO),
    }
}

const YES_NO: &[&str] = &["yes", "no"];

/// Columns that have an order of their own among the older keys.
const SORTED: [(Column, SortKey); 11] = [
    (Column::Field(customer::NAME), SortKey::Name),
    (Column::Figure(Figure::LastPurchase), SortKey::LastPurchase),
    (Column::Figure(Figure::Purchases), SortKey::Purchases),
    (Column::Figure(Figure::Revenue), SortKey::Revenue),
    (Column::Figure(Figure::Profit), SortKey::Profit),
    (Column::Figure(Figure::Loyalty), SortKey::Loyalty),
    (Column::Figure(Figure::Tier), SortKey::Tier),
    (Column::Figure(Figure::Mood), SortKey::Satisfaction),
    (Column::Figure(Figure::Worth), SortKey::Clv),
    (Column::Figure(Figure::There), SortKey::Alive),
    (Column::Figure(Figure::Added), SortKey::Added),
];

impl SortKey {
    #[must_use]
    pub fn of(column: Column) -> Self {
        SORTED.iter().find(|(of, _)| *of == column).map_or(Self::Of(column), |(_, key)| *key)
    }

    /// The column that the list is in the order of.
    #[must_use]
    pub fn column(self) -> Option<Column> {
        match self {
            Self::Of(column) => Some(column),
            key => SORTED.iter().find(|(_, of)| *of == key).map(|(column, _)| *column),
        }
    }
}

impl Column {
    pub const NAME: Self = Self::Field(customer::NAME);

    /// All but the user's own: the fields of the form in its order, then the figures.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let fields = Kind::Customer.form().map(|form| form.fields).unwrap_or_default();
        let fields = fields.iter().map(|f| Self::Field(f.field));
        fields.chain(Figure::ALL.iter().copied().map(Self::Figure)).collect()
    }

    /// Its name in addresses and saved views.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Field(field) => {
                Kind::Customer.fields().get(field.0 as usize).map(|f| f.name.to_owned()).unwrap_or_default()
            }
            Self::Own(id) => custom_name(id),
            Self::Figure(figure) => figure.name().to_owned(),
        }
    }

    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        if let Some(id) = custom_id(name) {
            return Some(Self::Own(id));
        }
        let figure = Figure::ALL.iter().find(|f| f.name() == name).copied().map(Self::Figure);
        figure.or_else(|| Kind::Customer.form()?.field(name).map(|f| Self::Field(f.field)))
    }

    /// What stands there. What the user's own fields hold only their definitions tell ([`own_content`]): this takes them for text.
    #[must_use]
    pub fn content(self) -> Content {
        match self {
            Self::Figure(figure) => figure.content(),
            Self::Own(_) => Content::Text,
            Self::Field(field) => {
                let form = Kind::Customer.form();
                let input = form.and_then(|form| form.fields.iter().find(|f| f.field == field)).map(|f| f.input);
                match input {
                    Some(Input::Words) => Content::Words,
                    Some(Input::Choice(all)) => Content::Choice(all),
                    Some(Input::YesNo) => Content::Choice(YES_NO),
                    Some(Input::Date) => Content::Date,
                    Some(Input::Price) => Content::Amount,
                    _ => Content::Text,
                }
            }
        }
    }

    /// Whether a row has to bring its value; the others it has among its metrics.
    #[must_use]
    pub fn is_extra(self) -> bool {
        use Figure as F;
        match self {
            Self::Field(field) => field != customer::NAME,
            Self::Own(_) => true,
            Self::Figure(figure) => !matches!(
                figure,
                F::Tier
                    | F::Group
                    | F::Rfm
                    | F::RfmGroup
                    | F::Dormancy
                    | F::LastPurchase
                    | F::Purchases
                    | F::Revenue
                    | F::Profit
                    | F::Mood
                    | F::Worth
                    | F::There
            ),
        }
    }

    /// Whether it takes the models of customer value.
    #[must_use]
    pub fn needs_worth(self) -> bool {
        use Figure as F;
        matches!(self, Self::Figure(F::Worth | F::There | F::AtRisk | F::Expected | F::ExpectedAmount))
    }
}

impl Serialize for Column {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.name())
    }
}

impl<'de> Deserialize<'de> for Column {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let name = String::deserialize(d)?;
        Self::parse(&name).ok_or_else(|| D::Error::custom("no column"))
    }
}

/// One thing that must hold of a customer.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Condition {
    pub column: Column,
    pub test: Test,
}

/// What must hold of what stands in a column. Nothing at all fits [`Test::Empty`], [`Test::Lacks`] and [`Test::NoneOf`] only.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Test {
    Empty,
    Filled,
    /// The text stands somewhere in it, in whatever case.
    Holds(String),
    Lacks(String),
    AnyOf(Vec<String>),
    NoneOf(Vec<String>),
    /// Both ends counted. Bounds of [`Content::Money`] are in ten-thousandths of a major unit, whatever decimals the book's currency has.
    Between {
        from: Option<i64>,
        to: Option<i64>,
    },
    /// In the days up to the as-of day; of a date that comes round every year: in the days from it on.
    Within {
        days: i32,
    },
    /// So many days before the as-of day or earlier. Of a date: of the day itself, with its year.
    Before {
        days: i32,
    },
    /// Of a date: the day itself, with its year, lies in so many days from the as-of day on.
    Ahead {
        days: i32,
    },
    /// In the calendar month, quarter or year of the as-of day; of a date: the day on which it comes round.
    This(Calendar),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Calendar {
    Month,
    Quarter,
    Year,
}

impl Calendar {
    pub const ALL: [Self; 3] = [Self::Month, Self::Quarter, Self::Year];

    /// Its name in addresses. Never renamed.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }

    /// The first and the last day of the one that `day` lies in.
    #[must_use]
    pub fn around(self, day: Day) -> (Day, Day) {
        let (year, month, _) = day.ymd();
        let (first, months) = match self {
            Self::Month => (month, 1),
            Self::Quarter => ((month.max(1) - 1) / 3 * 3 + 1, 3),
            Self::Year => (1, 12),
        };
        let next = first + months;
        let end = if next > 12 { Day::from_ymd(year + 1, next - 12, 1) } else { Day::from_ymd(year, next, 1) };
        let start = Day::from_ymd(year, first, 1).unwrap_or(day);
        (start, end.map_or(day, |end| Day(end.0.saturating_sub(1))))
    }
}

/// A list by a name: filters, order and columns. Kept as a setting of the book.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SavedView {
    pub name: String,
    /// Its address in the app.
    pub address: String,
    /// Columns with their widths; none: the usual ones.
    pub columns: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back_and_no_two_are_alike() {
        let own = Column::Own(Id(77));
        let all: Vec<Column> = Column::all().into_iter().chain([own]).collect();
        for column in &all {
            assert_eq!(Column::parse(&column.name()), Some(*column), "{column:?}");
            assert_eq!(SortKey::of(*column).column(), Some(*column), "{column:?}");
        }
        let mut names: Vec<String> = all.iter().map(|c| c.name()).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), all.len());
        assert_eq!(Column::parse("deleted"), None);
        assert_eq!(SortKey::Match.column(), None);
    }
}
