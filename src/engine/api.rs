//! What the page may ask of the data set and what it gets: plain serde types, the only thing the page knows of the engine.
//! Views are windows: rows in sight, never the whole book.

use serde::{Deserialize, Serialize};

mod errors;
mod merge;

pub use crate::analytics::{Dormancy, Estimate, KotlerGroup, Mood, Nps, NpsClass, RfmGroup};
use crate::domain::{
    CivilTime, Currency, CustomerProfile, Day, Id, InteractionDraft, OrderDraft, OrderKind, Origin, ProductProfile,
    ResponseDraft, Seq, Settings, Stamp,
};
pub use errors::*;
pub use merge::*;

// ---------------------------------------------------------------- commands

/// An intent. `engine::update` turns it into a change set or says why not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Adds (`id: None`) or edits a customer: only fields that differ are written.
    /// `seen` is what the form showed when it was opened: what differs from it is written, what another tab saved
    /// meanwhile stays. `None`: the whole profile is meant.
    SaveCustomer {
        id: Option<Id>,
        seen: Option<Box<CustomerProfile>>,
        profile: CustomerProfile,
    },
    /// As [`Command::SaveCustomer`].
    SaveProduct {
        id: Option<Id>,
        seen: Option<Box<ProductProfile>>,
        profile: ProductProfile,
    },
    SaveOrder {
        id: Option<Id>,
        order: OrderDraft,
    },
    LogInteraction {
        id: Option<Id>,
        interaction: InteractionDraft,
    },
    /// What a customer said of a purchase or of the shop.
    SaveResponse {
        id: Option<Id>,
        response: ResponseDraft,
    },
    /// To the trash. A customer's orders stay and count as theirs again after a restore.
    Delete {
        ids: Vec<Id>,
    },
    /// Back from the trash: the tombstone is written as false, whoever set it and whatever changed since.
    /// Ids that are not in the trash are passed over.
    Restore {
        ids: Vec<Id>,
    },
    SaveSettings {
        settings: Box<Settings>,
    },
    /// Takes back one commit; what was edited since stays as it is.
    Undo {
        seq: Seq,
    },
    /// Fills the book with the demo shop; refused unless the book is empty.
    FillDemo {
        language: Language,
        today: Day,
        seed: u64,
    },
    /// Takes away all that the demo brought.
    ClearDemo,
    /// Brings in the staged file (see [`Query::StagedImport`]).
    CommitImport,
    /// Forgets the staged file.
    DropImport,
    /// Merges the staged file (see [`Query::StagedMerge`]).
    CommitMerge,
    /// Forgets it.
    DropMerge,
    /// Settles a conflict of the merge `seq` otherwise: an ordinary edit with the value of this side.
    ChooseValue {
        seq: Seq,
        kind: crate::domain::Kind,
        id: Id,
        field: String,
        side: Side,
    },
    /// Remembers a column mapping for files with this header.
    RememberMapping {
        signature: String,
        mapping: crate::files::orders::Mapping,
    },
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    Zh,
    #[default]
    En,
}

/// What a command did. The change is on disk when this arrives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Done {
    /// Journal entry, for undo; `None` when there was nothing to change.
    pub seq: Option<Seq>,
    /// The record added or edited.
    pub id: Option<Id>,
    /// How many records were touched.
    pub records: u64,
    /// Of an undo: how many fields were left as they are because somebody edited them since.
    pub kept: u64,
}

// ----------------------------------------------------------------- queries

/// A question. `as_of: None` lets the engine choose (see [`Overview::as_of`]).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Query {
    Overview {
        as_of: Option<Day>,
    },
    Customers {
        as_of: Option<Day>,
        filter: Filter,
        sort: Sort,
        offset: u32,
        limit: u32,
    },
    Customer {
        id: Id,
        as_of: Option<Day>,
        timeline_offset: u32,
        timeline_limit: u32,
    },
    Order {
        id: Id,
    },
    Products {
        search: String,
        offset: u32,
        limit: u32,
    },
    Rfm {
        as_of: Option<Day>,
    },
    Kotler {
        as_of: Option<Day>,
    },
    Tiers {
        as_of: Option<Day>,
    },
    Dormancy {
        as_of: Option<Day>,
    },
    Today {
        as_of: Option<Day>,
    },
    /// Who is satisfied: the whole, by time, by `by`, and crossed with Kotler's groups.
    Satisfaction {
        as_of: Option<Day>,
        period: Period,
        by: VoiceBy,
        offset: u32,
        limit: u32,
    },
    /// The answers behind a number, newest first.
    Responses {
        as_of: Option<Day>,
        filter: ResponseFilter,
        offset: u32,
        limit: u32,
    },
    Settings,
    /// The newest commits first.
    Journal {
        offset: u32,
        limit: u32,
    },
    Trash {
        offset: u32,
        limit: u32,
    },
    /// What committing the staged file would do.
    StagedImport,
    /// What merging the staged file would do to the book as it is now.
    StagedMerge,
    /// What a merge did; `None` if this entry is none.
    MergeReport {
        seq: Seq,
    },
    /// A remembered mapping.
    Mapping {
        signature: String,
    },
    Storage,
}

/// One answer per question, in the same order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    Overview(Overview),
    Customers(CustomerList),
    Customer(Option<Box<CustomerView>>),
    Order(Option<OrderView>),
    Products(ProductList),
    Rfm(RfmView),
    Kotler(KotlerView),
    Tiers(TiersView),
    Dormancy(DormancyView),
    Today(TodayView),
    Satisfaction(Box<SatisfactionView>),
    Responses(ResponseList),
    Settings(Box<Settings>),
    Journal(Vec<JournalRow>),
    Trash(Vec<TrashRow>),
    StagedImport(Option<StagedImport>),
    StagedMerge(Option<Box<MergePreview>>),
    MergeReport(Option<Box<MergeReport>>),
    Mapping(Option<crate::files::orders::Mapping>),
    Storage(StorageView),
}

/// What a change can touch: a view is asked for again when one of its topics changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    Customers,
    Products,
    Orders,
    Interactions,
    Responses,
    Settings,
}

/// Which customers. All parts must hold; an empty part does not narrow.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// Any part of name, key, phone, email, company, note.
    pub search: String,
    pub kotler: Option<KotlerGroup>,
    pub rfm_group: Option<RfmGroup>,
    /// Recency score and frequency score.
    pub rfm_cell: Option<(u8, u8)>,
    pub tier: Option<String>,
    pub dormancy: Option<Dormancy>,
    /// The best share of customers by profit, in basis points (a click on the Pareto curve).
    pub top_bp: Option<i64>,
    pub country: Option<String>,
    pub tag: Option<String>,
    /// Customers without a purchase.
    pub prospects: Option<bool>,
    pub activity: Option<Activity>,
    /// How they stand by their last answer.
    pub mood: Option<Mood>,
}

/// What the day's figures count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Activity {
    /// Bought in the 365 days up to the as-of day.
    Active,
    /// Dozing, half asleep or asleep.
    Dormant,
    /// Asleep at the as-of day and not 30 days before.
    FellAsleep,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Sort {
    pub by: SortKey,
    pub descending: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SortKey {
    Name,
    LastPurchase,
    Purchases,
    Revenue,
    Profit,
    Loyalty,
    Tier,
    /// The weighted score.
    Satisfaction,
    Added,
}

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
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CustomerView {
    pub id: Id,
    pub profile: CustomerProfile,
    pub metrics: Metrics,
    pub added: Stamp,
    pub changed: Stamp,
    pub timeline_total: u64,
    /// Newest first.
    pub timeline: Vec<TimelineItem>,
    /// Revenue of the last 12 months up to the as-of day, oldest first, minor units.
    pub monthly_minor: Vec<i64>,
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
    Interaction {
        id: Id,
        draft: InteractionDraft,
    },
    Response {
        id: Id,
        draft: ResponseDraft,
        /// Name of the product, if about one.
        product: String,
        /// Number of the order, if about one.
        order: String,
    },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OrderView {
    pub id: Id,
    pub draft: OrderDraft,
    pub customer_name: String,
    pub total_minor: i64,
    /// Product names, one per line.
    pub names: Vec<String>,
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
    /// Customers with a purchase, four little-endian columns of `n`: f32 loyalty, f32 profit (minor units), u8 group
    /// (in the order of [`KotlerGroup`]), f32 revenue (minor units).
    #[serde(with = "serde_bytes")]
    pub points: Vec<u8>,
    /// Ids of the points in the same order, only while `n` ≤ 5,000.
    pub ids: Vec<Id>,
    /// Share of profit that rests on the default margin.
    pub assumed_bp: i64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TiersView {
    pub n: u64,
    pub tiers: Vec<TierSummary>,
    /// Customers from the best down: (share of customers, share of profit), at most 201 points, from (0, 0) to (1, 1).
    /// Empty where the total is not above zero.
    pub pareto: Vec<(f64, f64)>,
    /// Share of the profit that the best 20 % bring; `None` when the total is not above zero.
    pub top20_share: Option<f64>,
    /// Share of customers that brings 80 % of the profit.
    pub share_for_80: Option<f64>,
    pub profit_minor: i64,
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
    /// Per step, how many stood on each step 30 days before (0 Awake … 3 Asleep, 4 not yet a customer).
    pub from: Vec<[u64; 5]>,
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
    /// Birthdays from today to 14 days ahead, soonest first, at most 50; and how many in all. 29 February falls on the
    /// 28th in other years.
    pub birthdays: Vec<(Day, CustomerRow)>,
    pub birthdays_total: u64,
}

/// Which answers a satisfaction page looks at; its trend is drawn month by month, over all time by quarter, or by
/// year where there are many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// The 91 days up to the as-of day.
    Quarter,
    /// The 365 days up to the as-of day.
    #[default]
    Year,
    All,
}

/// What the answers are broken down by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VoiceBy {
    /// The product that the answer names, or else each one of the order that it names.
    #[default]
    Product,
    Staff,
}

/// Which answers. All parts must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct ResponseFilter {
    /// First and last day.
    pub from: Option<Day>,
    pub to: Option<Day>,
    /// Below, at or above expectation; `NoAnswer`: without both scores.
    pub mood: Option<Mood>,
    /// Experience − expectation.
    pub gap: Option<i8>,
    pub nps: Option<NpsClass>,
    /// 1–5.
    pub csat: Option<u8>,
    pub customer: Option<Id>,
    pub product: Option<Id>,
    pub staff: Option<String>,
}

/// Figures of some answers; `None` where none of them gave the score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VoiceFigures {
    pub answers: u64,
    /// Below, at, above expectation.
    pub moods: [u64; 3],
    /// Experience − expectation, −10 to 10.
    pub gap: Option<Estimate>,
    pub nps: Option<Nps>,
    /// Share of 4 and 5.
    pub csat_top2: Option<Estimate>,
    pub csat_mean: Option<Estimate>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SatisfactionView {
    pub as_of: Day,
    /// Answers in the book up to the as-of day, whatever the period.
    pub answers_ever: u64,
    /// First day of the period; `None` over all time.
    pub from: Option<Day>,
    pub all: VoiceFigures,
    /// The newer the more; over the period.
    pub weighted_gap: Option<Estimate>,
    /// Change of the gap in thirty days.
    pub trend: Option<Estimate>,
    /// Answers by gap: `gaps[gap + 10]`.
    pub gaps: Vec<u64>,
    /// Answers by satisfaction 1–5.
    pub csat: [u64; 5],
    /// First and last day of each step of the trend, oldest first, empty steps too.
    pub steps: Vec<(Day, Day, VoiceFigures)>,
    /// By product or member of staff: the most dissatisfied first, those with too few answers last.
    pub groups_total: u64,
    pub groups: Vec<VoiceGroup>,
    /// Customers by Kotler's group (none: without a purchase) and by [`Mood::ALL`].
    pub crossing: Vec<(Option<KotlerGroup>, [u64; 4])>,
    /// Customers who are unhappy, worth most first.
    pub unhappy_total: u64,
    pub unhappy: Vec<CustomerRow>,
    /// Figures of fewer answers are “not enough data”.
    pub min_answers: u32,
    pub half_life_days: i64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VoiceGroup {
    /// Of a product.
    pub id: Option<Id>,
    pub name: String,
    pub figures: VoiceFigures,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResponseList {
    pub total: u64,
    pub offset: u32,
    pub rows: Vec<ResponseRow>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResponseRow {
    pub id: Id,
    pub draft: ResponseDraft,
    pub customer: String,
    pub product: String,
    pub order: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JournalRow {
    pub seq: Seq,
    pub stamp: Stamp,
    pub origin: Origin,
    pub records: u64,
    /// Name of the record, where there is one.
    pub subject: String,
    pub undone: bool,
    pub own_device: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrashRow {
    pub id: Id,
    pub kind: crate::domain::Kind,
    pub name: String,
    pub deleted: Stamp,
}

/// What a staged file would do to the book.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StagedImport {
    pub file: String,
    pub customers: Tally,
    pub products: Tally,
    pub orders: Tally,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    pub new: u64,
    pub updated: u64,
    pub unchanged: u64,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct StorageView {
    /// `None`: the browser does not say.
    pub persisted: Option<bool>,
    pub used_bytes: Option<u64>,
    pub quota_bytes: Option<u64>,
    /// Memory that the worker holds.
    pub memory_bytes: u64,
    pub journal_entries: u64,
    pub blocks: u64,
    /// When the book was last exported here, milliseconds since 1970 UTC.
    pub last_export_ms: Option<u64>,
}
