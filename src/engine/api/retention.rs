//! Who stays, who brings whom: views.

use serde::{Deserialize, Serialize};

use super::{Column, CustomerRow, Figure, Leaf, Rule, Test, There};
pub use crate::analytics::{
    ChurnStep, CohortRow, CohortStep, Keeping, Kept, LENGTH_EDGES_DAYS, Lengths, NoCurve, RetentionFit, Tenure,
};
use crate::domain::{Day, Id, customer};

/// With fewer customers a share or a median is left out, and nothing is reckoned from it.
pub const FEW: u64 = 10;

/// Who stays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RetentionView {
    pub as_of: Day,
    /// Customers with a purchase.
    pub n: u64,
    pub step: CohortStep,
    /// Oldest first.
    pub cohorts: Vec<CohortRow>,
    /// Customers of older cohorts.
    pub earlier: u64,
    /// Whether the last period is over.
    pub whole: bool,
    pub churn: ChurnView,
    pub lengths: Lengths,
    pub wallet: WalletView,
    pub tiles: Vec<Tile>,
    pub year: YearView,
}

impl RetentionView {
    /// Whether this period of losses goes on: its rate is that of its days so far.
    #[must_use]
    pub fn is_open(&self, step: &ChurnStep) -> bool {
        !self.whole && step.to == self.as_of
    }

    /// After so many days half of all relationships are over; `None` where that rests on too few, or too few are over.
    #[must_use]
    pub fn half_days(&self) -> Option<f64> {
        self.lengths.half_days.filter(|_| self.lengths.known >= FEW)
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChurnView {
    /// `None`: from asleep on, by each customer's own rhythm.
    pub after_days: Option<u32>,
    /// Oldest first.
    pub steps: Vec<ChurnStep>,
    /// Who has left and not come back.
    pub gone: u64,
    /// Of them, by what they said, in the order of the form; who said nothing.
    pub causes: Vec<(String, u64)>,
    pub not_stated: u64,
    /// Who said why they left and has bought since, or not been silent for long enough.
    pub stated_but_here: u64,
}

/// Share of wallet: what customers spent here in 365 days over what they say that they spend in all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct WalletView {
    /// Customers of whom it is known.
    pub n: u64,
    pub revenue_minor: i64,
    pub wallet_minor: i64,
    /// The middle customer's share.
    pub median_share: Option<f64>,
    /// Who spent more here than they say in all.
    pub above: u64,
}

impl WalletView {
    /// `None` on too few customers.
    #[must_use]
    pub fn share(&self) -> Option<f64> {
        (self.n >= FEW).then(|| self.revenue_minor as f64 / self.wallet_minor.max(1) as f64)
    }
}

/// The year up to the as-of day.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct YearView {
    /// The day a year before.
    pub then: Day,
    /// Customers who were there a year ago, and of them who is there now.
    pub there_then: u64,
    pub still: u64,
    /// Customers who are there now.
    pub there_now: u64,
    /// Profit of the year from customers who are there now, less what care for them cost in it.
    pub profit_minor: i64,
}

impl YearView {
    /// The share of those who were there a year ago that is there now; `None` on too few.
    #[must_use]
    pub fn kept_share(&self) -> Option<f64> {
        (self.there_then >= FEW).then(|| self.still as f64 / self.there_then as f64)
    }
}

/// Which customers stand behind a number.
impl YearView {
    #[must_use]
    pub fn were_there(&self) -> Vec<Rule> {
        vec![Rule::Leaf(Leaf::There(There { on: self.then.0, left_by: None }))]
    }

    #[must_use]
    pub fn still_there(&self) -> Vec<Rule> {
        let mut rules = self.were_there();
        rules.push(Rule::column(Column::Figure(Figure::Left), Test::Empty));
        rules
    }
}

/// Who are there now, of all who ever bought.
#[must_use]
pub fn there_now() -> Vec<Rule> {
    let holds = |figure, test| Rule::column(Column::Figure(figure), test);
    vec![holds(Figure::FirstPurchase, Test::Filled), holds(Figure::Left, Test::Empty)]
}

/// Who said why they left and is there: [`ChurnView::stated_but_here`].
#[must_use]
pub fn stated_but_here() -> Vec<Rule> {
    let mut rules = there_now();
    rules.push(Rule::column(Column::Field(customer::CHURN_REASON), Test::Filled));
    rules
}

/// Whose first purchase lies before the cohorts that are told apart: [`RetentionView::earlier`].
#[must_use]
pub fn came_before(first: &CohortRow) -> Vec<Rule> {
    let before = Test::Between { from: None, to: Some(i64::from(first.from.0) - 1) };
    vec![Rule::column(Column::Figure(Figure::FirstPurchase), before)]
}

/// Who was there when the period began and left in it, back since or not: [`ChurnStep::lost`].
#[must_use]
pub fn lost_in(step: &ChurnStep) -> Vec<Rule> {
    let there = There { on: step.from.0.saturating_sub(1), left_by: Some(step.to.0) };
    vec![Rule::Leaf(Leaf::There(there))]
}

/// Whose relationship lasts, or lasted, as long as this class of [`Lengths`] says.
#[must_use]
pub fn length_is(class: usize) -> Vec<Rule> {
    let edge = |class: usize| LENGTH_EDGES_DAYS.get(class).copied().map(i64::from);
    let from = class.checked_sub(1).and_then(edge);
    let test = Test::Between { from: from.or(Some(0)), to: edge(class).map(|to| to - 1) };
    vec![Rule::column(Column::Figure(Figure::Stayed), test)]
}

/// Who say what they spend in all: [`WalletView::n`].
#[must_use]
pub fn wallet_known() -> Vec<Rule> {
    vec![Rule::column(Column::Figure(Figure::WalletShare), Test::Filled)]
}

/// Who spent more here than that: [`WalletView::above`].
#[must_use]
pub fn above_wallet() -> Vec<Rule> {
    vec![Rule::column(Column::Figure(Figure::WalletShare), Test::Between { from: Some(10_001), to: None })]
}

/// Who left and had bought on one day only: [`Lengths::one_day`].
#[must_use]
pub fn left_after_one_day() -> Vec<Rule> {
    let one_day = Test::Between { from: Some(0), to: Some(0) };
    let holds = |figure, test| Rule::column(Column::Figure(figure), test);
    vec![holds(Figure::Left, Test::Filled), holds(Figure::Stayed, one_day)]
}

/// The six metrics of retention (SPEC V8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TileKind {
    Repeat,
    NeedMet,
    Attention,
    Choosing,
    Discount,
    Faults,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tile {
    pub kind: TileKind,
    /// A share 0–1, or days for [`TileKind::Choosing`]; `None`: what it takes is not recorded.
    pub value: Option<f64>,
    /// The share is `part` of `of`; of days: both how many customers they rest on.
    pub part: u64,
    pub of: u64,
}

/// How those who bring others are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReferralOrder {
    #[default]
    Reach,
    Revenue,
    Profit,
}

/// A customer among those who bring others or were brought.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReferralRow {
    pub id: Id,
    pub name: String,
    /// Whom they brought, and whom these brought in turn, and so on.
    pub direct: u32,
    pub reach: u32,
    /// Of all below, in the book's currency.
    pub revenue_minor: i64,
    pub profit_minor: i64,
    /// Their own.
    pub own_revenue_minor: i64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReferralsView {
    pub customers: u64,
    /// Who was brought by somebody, and what they brought in.
    pub brought: u64,
    pub revenue_minor: i64,
    pub profit_minor: i64,
    /// Who brought somebody.
    pub advocates: u64,
    /// Who of them is in [`Self::rows`] when all are asked for: not who brought only the one at whom a circle is cut.
    pub in_tree: u64,
    pub rows: Vec<ReferralRow>,
    /// The top of trees: who brought others and was brought by nobody.
    pub tops: u64,
    /// Those who name each other in a circle, the first few; and how many circles there are.
    pub circles: Vec<Vec<(Id, String)>>,
    pub circles_total: u64,
}

/// One customer's place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BroughtView {
    pub own: ReferralRow,
    pub by: Option<Box<CustomerRow>>,
    /// Whom they brought themselves, who brought most first; the first few.
    pub rows: Vec<ReferralRow>,
}

impl BroughtView {
    /// How many they brought beside those in [`Self::rows`].
    #[must_use]
    pub fn more(&self) -> u64 {
        u64::from(self.own.direct).saturating_sub(self.rows.len() as u64)
    }
}
