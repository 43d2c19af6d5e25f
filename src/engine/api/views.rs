//! What the answers about customers, products and segments show.

use serde::{Deserialize, Serialize};

use super::{Column, Dormancy, Figure, KotlerGroup, Mood, Outlook, RfmGroup, Rule, Test};
use crate::domain::{
    CivilTime, Currency, CustomerProfile, Day, Id, Kind, OrderDraft, OrderKind, ProductProfile, ResponseDraft, Stamp,
    Value,
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Overview {
    /// The day metrics are computed for: today, unless the newest order is over 60 days old; then the day after it.
    pub as_of: Day,
    pub as_of_is_chosen: bool,
    pub first_order: Option<CivilTime>,
    pub last_order: Option<CivilTime>,
    pub customers: u64,
    /// Customers with a purchase.
    pub buyers: u64,
    pub orders: u64,
    pub purchases: u64,
    pub refunds: u64,
    pub adjustments: u64,
    pub lines: u64,
    pub products: u64,
    pub interactions: u64,
    pub responses: u64,
    /// Without a customer.
    pub anonymous_lines: u64,
    pub anonymous_orders: u64,
    pub anonymous_minor: i64,
    /// All lines, in the book's currency.
    pub total_minor: i64,
    pub currency: Currency,
    /// It was chosen, or amounts stand in it; else it may still become another.
    pub currency_known: bool,
    /// Orders in other currencies, which money metrics leave out: code, orders, minor units.
    pub other_currencies: Vec<(String, u64, i64)>,
    /// The book holds demo data.
    pub demo: bool,
    /// Countries and tags in use, most frequent first, at most 50 each, for filters.
    pub countries: Vec<(String, u64)>,
    pub tags: Vec<(String, u64)>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CustomerList {
    pub total: u64,
    pub offset: u32,
    pub rows: Vec<CustomerRow>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CustomerRow {
    pub id: Id,
    /// Falls back to the key: a file may know customers by number only.
    pub name: String,
    pub key: String,
    pub phone: String,
    pub company: String,
    pub country: String,
    pub metrics: Metrics,
    /// Where a search was found, if one was made.
    #[serde(default)]
    pub found: Option<Found>,
    /// What stands in the columns that were asked for and are no part of the metrics ([`super::Column::is_extra`]).
    #[serde(default)]
    pub values: Vec<(super::Column, Value)>,
}

/// Where in a customer's fields a search was found. Marks are characters (not bytes): the first and the one after the last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Marks in the name as it is shown.
    pub name: Vec<(u32, u32)>,
    /// The field that tells why the customer is here, where the name alone does not.
    pub detail: Option<FoundIn>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundIn {
    /// The field, or what is round the first mark of a long one.
    pub text: String,
    pub marks: Vec<(u32, u32)>,
}

/// A customer's figures at the as-of day, in the book's currency.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Metrics {
    pub purchases: u32,
    pub refunds: u32,
    pub first: Option<Day>,
    pub last: Option<Day>,
    pub days_since_last_purchase: Option<i64>,
    pub revenue_minor: i64,
    pub refunded_minor: i64,
    pub profit_minor: i64,
    /// Part of the profit that rests on the default margin because costs are not known, 0–10,000.
    pub assumed_bp: i64,
    /// Between purchases on different days.
    pub median_interval_days: Option<f64>,
    /// 1 to the number of bins; `None` without a purchase.
    pub rfm: Option<[u8; 3]>,
    pub rfm_group: Option<RfmGroup>,
    /// Projected loyalty 0–1.
    pub loyalty: Option<f64>,
    pub kotler: Option<KotlerGroup>,
    pub tier: Option<String>,
    pub dormancy: Option<Dormancy>,
    /// True when dormancy was judged by fixed days for want of history.
    pub thin: bool,
    /// By the last answer with both scores.
    pub mood: Mood,
    /// Experience − expectation of that answer, −10 to 10.
    pub last_gap: Option<i8>,
    /// Weighted mean of the gaps, the newer the more.
    pub weighted_gap: Option<f64>,
    /// How often they answered.
    pub answers: u32,
    /// What is to come; only where the question needs it, and the model is used.
    pub outlook: Option<Outlook>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CustomerView {
    pub id: Id,
    pub profile: CustomerProfile,
    pub metrics: Metrics,
    pub added: Stamp,
    pub changed: Stamp,
    /// Every field that is known.
    pub record: RecordRow,
    /// The people at an organisation.
    pub contacts: Vec<RecordRow>,
    /// Known facts that may change, by name, with the day since which nobody has looked at them.
    pub seen: Vec<(String, Day)>,
    /// What is open with them, soonest first, what has no day last.
    pub due: Vec<Due>,
    /// What the timeline holds, by kind, before it is narrowed.
    pub kinds: Vec<(Kind, u64)>,
    pub timeline_total: u64,
    /// Newest first.
    pub timeline: Vec<TimelineItem>,
    /// Revenue of the last 12 months up to the as-of day, oldest first, minor units.
    pub monthly_minor: Vec<i64>,
}

/// Customers with facts to verify.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StaleList {
    pub customers: u64,
    /// Facts of all of them.
    pub facts: u64,
    /// The first of them, worth most first.
    pub rows: Vec<StaleRow>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StaleRow {
    pub customer: CustomerRow,
    /// How many of their facts are stale, and since when the oldest.
    pub facts: u32,
    pub oldest: Day,
}

/// An open promise, quote or case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Due {
    pub kind: Kind,
    pub id: Id,
    /// Until when a promise is to be kept or a quote stands; of a case the day on which it was raised.
    pub day: Option<Day>,
    pub title: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimelineItem {
    Order {
        id: Id,
        at: CivilTime,
        number: String,
        kind: OrderKind,
        lines: u32,
        total_minor: i64,
        currency: Currency,
        first_product: String,
    },
    Response {
        id: Id,
        draft: ResponseDraft,
        /// Name of the product, if about one.
        product: String,
        /// Number of the order, if about one.
        order: String,
    },
    /// Any other kind.
    Record(RecordRow),
}

/// A record of a kind that has a form, with all that is known of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecordRow {
    pub kind: Kind,
    pub id: Id,
    /// When it happened, for kinds that happen.
    pub at: Option<CivilTime>,
    /// What a person knows it by.
    pub title: String,
    /// Fields that hold something, by name, in the order of the form.
    pub values: Vec<(String, Value)>,
    /// Titles of the records that it refers to.
    pub names: Vec<(Id, String)>,
    pub added: Stamp,
    pub changed: Stamp,
}

impl RecordRow {
    /// Among the values of a quote that became an order: true. No field has it.
    pub const ORDERED: &str = "ordered";

    /// Whom it is about.
    #[must_use]
    pub fn customer(&self) -> Option<Id> {
        self.values.iter().find_map(|(name, value)| match value {
            Value::Ref(id) if name == "customer" => Some(*id),
            _ => None,
        })
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecordList {
    pub total: u64,
    pub rows: Vec<RecordRow>,
}

/// The after-sales services, as they are for one customer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Entitled {
    /// `None` before the first purchase.
    pub tier: Option<String>,
    /// By name.
    pub services: Vec<(String, Grant)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grant {
    Free,
    /// Ten-thousandths of a major unit, where a price is set.
    Paid(Option<i64>),
    NotOffered,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OrderView {
    pub id: Id,
    pub draft: OrderDraft,
    pub customer_name: String,
    pub total_minor: i64,
    /// Product names, one per line.
    pub names: Vec<String>,
    /// Every field that is known, also those beside the draft.
    pub record: RecordRow,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProductList {
    pub total: u64,
    pub rows: Vec<ProductRow>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProductRow {
    pub id: Id,
    pub profile: ProductProfile,
    pub lines: u64,
    pub quantity_milli: i64,
    /// In the book's currency, anonymous lines included.
    pub total_minor: i64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RfmView {
    /// Customers with a purchase.
    pub n: u64,
    pub bins: u8,
    /// `cells[r - 1][f - 1]`: customers with these recency and frequency scores and their mean revenue.
    pub cells: Vec<Vec<RfmCell>>,
    pub groups: Vec<GroupSummary<RfmGroup>>,
    /// Upper bounds of the bins, ascending, each the first value beyond its bin: days since last purchase (the first bin
    /// scores highest), purchases, revenue (minor units). Empty without customers.
    pub bounds: [Vec<f64>; 3],
}

impl RfmView {
    /// Who used to buy well and stopped coming: how many, their revenue, and what the list tests. The first group takes its customers
    /// before the second, so neither alone is all of them.
    #[must_use]
    pub fn stopped(&self) -> (u64, i64, Rule) {
        let groups = [(RfmGroup::CantLose, "cant-lose"), (RfmGroup::AtRisk, "at-risk")];
        let of = |group: &GroupSummary<RfmGroup>| groups.iter().any(|(stopped, _)| *stopped == group.group);
        let (customers, revenue_minor) = self
            .groups
            .iter()
            .filter(|g| of(g))
            .fold((0, 0i64), |(n, sum), g| (n + g.customers, sum.saturating_add(g.revenue_minor)));
        let test = Test::AnyOf(groups.map(|(_, name)| name.to_owned()).to_vec());
        (customers, revenue_minor, Rule::column(Column::Figure(Figure::RfmGroup), test))
    }
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RfmCell {
    pub customers: u64,
    pub mean_revenue_minor: i64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupSummary<G> {
    pub group: G,
    pub customers: u64,
    pub revenue_minor: i64,
    pub profit_minor: i64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KotlerView {
    pub n: u64,
    pub profit_cut_minor: i64,
    /// True while the cut follows the mean profit.
    pub profit_cut_is_default: bool,
    pub loyalty_cut_bp: i64,
    pub groups: Vec<GroupSummary<KotlerGroup>>,
    /// True friends who doze or sleep: about to be lost.
    pub drifting: GroupSummary<KotlerGroup>,
    /// Customers with a purchase, three little-endian columns of `n`: f64 loyalty, f64 profit (minor units), u8 group
    /// (in the order of [`KotlerGroup`]). Whole: on a cut line a rounded figure would fall to the wrong side.
    #[serde(with = "serde_bytes")]
    pub points: Vec<u8>,
    /// Share of profit that rests on the default margin.
    pub assumed_bp: i64,
    /// What care, gifts and after-sales service cost; taken off the profit.
    pub care_minor: i64,
}

/// The customer behind a point of the map.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KotlerPoint {
    pub index: u32,
    pub id: Id,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TiersView {
    pub n: u64,
    pub tiers: Vec<TierSummary>,
    /// Customers from the best down: (share of customers, share of profit), at most 201 points, from (0, 0) to (1, 1).
    /// Empty where the total is not above zero.
    pub pareto: Vec<(f64, f64)>,
    /// Share of the profit that the best 20 % bring, rounded up to whole customers; `None` when the total is not above zero.
    pub top20_share: Option<f64>,
    /// Share of customers that brings 80 % of the profit: the fewest who do. As a filter takes it: [`Self::best_for_80_bp`].
    pub share_for_80: Option<f64>,
    pub profit_minor: i64,
}

impl TiersView {
    /// The fewest customers who bring 80 % of the profit, as a share that rounds up to them and not beyond. Of more than 10,000
    /// customers, who are more than there are basis points, as the next such share that holds them.
    #[must_use]
    pub fn best_for_80_bp(&self) -> Option<i64> {
        // Apart from what a float is off.
        let (share, off) = (self.share_for_80? * 10_000.0, 1e-6);
        Some(if self.n <= 10_000 { (share + off).floor() } else { (share - off).ceil() } as i64)
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TierSummary {
    pub id: String,
    pub customers: u64,
    pub revenue_minor: i64,
    pub profit_minor: i64,
    /// Yearly profit expected (potential value).
    pub potential_minor: i64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DormancyView {
    pub n: u64,
    pub steps: Vec<GroupSummary<Dormancy>>,
    /// Judged by fixed days for want of history.
    pub thin: u64,
    /// Per step, how many stood on each step a month before (0 Awake … 3 Asleep, 4 not yet a customer).
    pub from: Vec<[u64; 5]>,
}

/// A day to congratulate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Birthday {
    pub day: Day,
    /// Of a contact, the customer where they are, with the contact's name and phone.
    pub who: CustomerRow,
    /// Of a contact, the name of that customer.
    pub at: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TodayView {
    /// Bought in the 12 months up to the as-of day.
    pub active_customers: u64,
    pub active_revenue_minor: i64,
    /// True friends who doze or sleep, worth most first, at most 8; and all of them summed.
    pub drifting: Vec<CustomerRow>,
    pub drifting_total: GroupSummary<KotlerGroup>,
    /// Fell asleep in the last 30 days, worth most first, at most 8; and how many in all.
    pub new_sleepers: Vec<CustomerRow>,
    pub new_sleepers_total: u64,
    /// Got less than they had hoped for, by their last answer, worth most first, at most 8; and how many in all.
    pub unhappy: Vec<CustomerRow>,
    pub unhappy_total: u64,
    /// Birthdays of customers and of people there, from today to 14 days ahead, soonest first, at most 50; and how many in all. 29 February falls on the
    /// 28th in other years.
    pub birthdays: Vec<Birthday>,
    pub birthdays_total: u64,
}
