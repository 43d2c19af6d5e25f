//! What the page may ask of the data set and what it gets: plain serde types, the only thing the page knows of the engine.
//! Views are windows: rows in sight, never the whole book.

use serde::{Deserialize, Serialize};

mod bulk;
mod cadence;
mod calendar;
mod columns;
mod duplicates;
mod errors;
mod history;
mod merge;
mod moved;
mod panels;
mod retention;
mod rule;
mod staged;
mod tables;
mod views;
mod voice;
mod worth;

pub use crate::analytics::{Dormancy, Estimate, KotlerGroup, Mood, Nps, NpsClass, RfmGroup, earliest_days};
use crate::domain::{
    CustomerProfile, Day, Id, InteractionDraft, OrderDraft, Origin, OwnField, ResponseDraft, Seq, Settings, Stamp,
};
pub use bulk::*;
pub use cadence::*;
pub use calendar::*;
pub use columns::*;
pub use duplicates::*;
pub use errors::*;
pub use history::*;
pub use merge::*;
pub use moved::*;
pub use panels::*;
pub use retention::*;
pub use rule::*;
pub use staged::*;
pub use tables::*;
pub use views::*;
pub use voice::*;
pub use worth::*;

// ---------------------------------------------------------------- commands

/// An intent. `engine::update` turns it into a change set or says why not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Adds (`id: None`) or edits an order: only fields that differ are written.
    /// `seen` is what the form showed when it was opened: what differs from it is written, what another tab saved
    /// meanwhile stays. `None`: the whole draft is meant. `products` are new ones that its lines name by these ids: they come with the order and
    /// go with its undo. The first order of a book brings its currency along. `fields` are others that the form changed, as in
    /// [`Command::SaveRecord`].
    SaveOrder {
        id: Option<Id>,
        seen: Option<Box<OrderDraft>>,
        order: OrderDraft,
        products: Vec<(Id, String)>,
        fields: Vec<(String, crate::domain::Value)>,
    },
    /// As [`Command::SaveOrder`].
    LogInteraction { id: Option<Id>, seen: Option<Box<InteractionDraft>>, interaction: InteractionDraft },
    /// What a customer said of a purchase or of the shop; as [`Command::SaveOrder`].
    SaveResponse { id: Option<Id>, seen: Option<Box<ResponseDraft>>, response: ResponseDraft },
    /// Adds (`id: None`) or edits a record of any kind that has a form: `fields` are those that the form changed, by name.
    /// What it did not touch stays as others left it.
    /// `products` are new ones that its lines name by these ids, as in [`Command::SaveOrder`].
    SaveRecord {
        kind: crate::domain::Kind,
        id: Option<Id>,
        fields: Vec<(String, crate::domain::Value)>,
        products: Vec<(Id, String)>,
    },
    /// The quote was won: an order with its lines, at this time. Once: the order's id comes of the quote's, so two who press at once make
    /// one order.
    OrderOfQuote { quote: Id, at: crate::domain::CivilTime },
    /// One change to many customers, in one commit. Those who are in the trash by now are passed over.
    EditCustomers { chosen: Chosen, change: BulkChange },
    /// Puts custom fields into this order.
    Arrange { ids: Vec<Id> },
    /// To the trash. A customer's orders stay and count as theirs again after a restore.
    Delete { ids: Vec<Id> },
    /// These facts of a customer are still right as of this day; all that are known if no field is named.
    Confirm { id: Id, fields: Vec<String>, day: Day },
    /// Erases these records for good, here and with the next file at colleagues'; nothing brings them back. A customer's interactions,
    /// answers, contacts, quotes, promises and cases go too. Their orders stay as sales to nobody, or go as well if `orders`.
    Erase { ids: Vec<Id>, orders: bool },
    /// Makes one customer of several: `losers` give way to `winner`. A field that `picks` does not name takes the winner's value,
    /// or the first there is; tags and notes are put together. One commit, which can be taken back.
    MergeCustomers { winner: Id, losers: Vec<Id>, picks: Vec<(String, Pick)> },
    /// These are different people: no scan says otherwise again.
    NotDuplicates { ids: Vec<Id> },
    /// Back from the trash: the tombstone is written as false, whoever set it and whatever changed since.
    /// Ids that are not in the trash are passed over.
    Restore { ids: Vec<Id> },
    /// As [`Command::SaveOrder`].
    SaveSettings { seen: Option<Box<Settings>>, settings: Box<Settings> },
    /// Saves a view of the list (`id: None`: a new one).
    SaveView { id: Option<Id>, view: SavedView },
    /// Deletes a saved view.
    DropView { id: Id },
    /// Saves a segment (`id: None`: a new one); as [`Command::SaveOrder`]. Refused if it would lead back to itself.
    SaveSegment { id: Option<Id>, seen: Option<Box<SegmentDraft>>, segment: Box<SegmentDraft> },
    /// Takes back one commit; what was edited since stays as it is.
    Undo { seq: Seq },
    /// Fills the book with the demo shop; refused unless the book is empty.
    FillDemo { language: Language, today: Day, seed: u64 },
    /// Takes away all that the demo brought.
    ClearDemo,
    /// Brings in the staged file (see [`Query::StagedImport`]). `keep`: where it contradicts what a person typed, that stays.
    CommitImport { keep: bool },
    /// The staged file comes from another system than was said: compares it anew, with numbers of its own.
    RenameImport { source: String },
    /// Forgets the staged file.
    DropImport,
    /// Merges the staged file (see [`Query::StagedMerge`]).
    CommitMerge,
    /// Forgets it.
    DropMerge,
    /// Settles a conflict of the merge `seq` otherwise: an ordinary edit with the value of this side.
    ChooseValue { seq: Seq, kind: crate::domain::Kind, id: Id, field: String, side: Side },
    /// Brings back the value of a record's field that the journal entry `seq` replaced (see [`RecordHistory`]).
    RestoreValue { seq: Seq, id: Id, field: String },
    /// Remembers a column mapping for files with this header.
    RememberMapping { signature: String, mapping: crate::files::orders::Mapping },
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
        /// What is shown of each.
        columns: Vec<Column>,
        offset: u32,
        limit: u32,
    },
    /// Who stands in a window of the list, for choosing them and for taking them out.
    CustomerIds {
        as_of: Option<Day>,
        filter: Filter,
        sort: Sort,
        offset: u32,
        limit: u32,
    },
    /// These customers with all that is known of them, in this order; who is gone is left out.
    Profiles {
        as_of: Option<Day>,
        ids: Vec<Id>,
        columns: Vec<Column>,
    },
    Customer {
        id: Id,
        as_of: Option<Day>,
        timeline_offset: u32,
        timeline_limit: u32,
        /// Only these kinds in the timeline; empty: all.
        kinds: Vec<crate::domain::Kind>,
    },
    /// One record of a kind that has a form.
    Record {
        id: Id,
    },
    /// Records of such a kind by title; `of`: those that refer to this record.
    Records {
        kind: crate::domain::Kind,
        search: String,
        of: Option<Id>,
        offset: u32,
        limit: u32,
    },
    /// To which services a customer of this id is entitled.
    Entitled {
        customer: Id,
    },
    /// The fields that the user made, of all kinds, in their order.
    OwnFields,
    /// Customers who may be in the book twice. Each question with `go_on` carries the scan one step further, until
    /// `progress` is `None`; `anew` begins it again.
    Duplicates {
        go_on: bool,
        anew: bool,
        offset: u32,
        limit: u32,
    },
    /// Whom a customer who is being typed may be the same as.
    Similar {
        profile: Box<CustomerProfile>,
        except: Option<Id>,
    },
    /// What there is to choose when these become one.
    MergeChoices {
        ids: Vec<Id>,
    },
    /// Customers with facts that nobody has looked at for long.
    Stale {
        limit: u32,
    },
    /// The seven panels of one customer.
    Panels {
        id: Id,
        as_of: Option<Day>,
    },
    /// Everything about one customer, as the text of a JSON file for them.
    PersonFile {
        id: Id,
    },
    Order {
        id: Id,
    },
    Products {
        search: String,
        offset: u32,
        limit: u32,
    },
    /// Which products these are, by name or number as a person writes it.
    ProductsNamed {
        names: Vec<String>,
    },
    Rfm {
        as_of: Option<Day>,
    },
    Kotler {
        as_of: Option<Day>,
    },
    /// Who the point of this place in [`KotlerView::points`] is.
    KotlerPoint {
        as_of: Option<Day>,
        index: u32,
    },
    Tiers {
        as_of: Option<Day>,
    },
    Dormancy {
        as_of: Option<Day>,
    },
    /// Where customers broke with a habit of buying of some category.
    Breaks {
        as_of: Option<Day>,
        limit: u32,
    },
    /// One customer's habits by category.
    Habits {
        id: Id,
        as_of: Option<Day>,
    },
    /// Who stood elsewhere on an earlier day.
    Moved {
        as_of: Option<Day>,
        since: Since,
        by: MovedBy,
    },
    Mix(MixOf),
    /// Where customers of `group`, or of all, stood on an earlier day's map: the `limit` whose potential changed most.
    Drift {
        as_of: Option<Day>,
        since: Since,
        group: Option<KotlerGroup>,
        limit: u32,
    },
    Today {
        as_of: Option<Day>,
    },
    /// What customers will be worth, with the `limit` worth most.
    Worth {
        as_of: Option<Day>,
        limit: u32,
    },
    /// What customers would have been said to be worth at the end of each month before. Each question with `go_on` works one
    /// more out, until nothing is left.
    Trend {
        as_of: Option<Day>,
        go_on: bool,
    },
    /// What one customer will be worth.
    Outlook {
        id: Id,
        as_of: Option<Day>,
    },
    /// Who stays: cohorts and churn by `step` (`None`: as fits), lengths, the six metrics.
    Retention {
        as_of: Option<Day>,
        step: Option<CohortStep>,
    },
    /// How long members will stay, from how many were there at the start and after each renewal.
    Tenure {
        survivors: Vec<u64>,
        ahead: u32,
    },
    /// Who brings whom: the whole, with a window of those who bring most.
    Referrals {
        as_of: Option<Day>,
        by: ReferralOrder,
        offset: u32,
        limit: u32,
    },
    /// Whom one customer brought, and who brought them.
    Brought {
        id: Id,
        as_of: Option<Day>,
        limit: u32,
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
    /// Days to remember, from `today` on.
    Calendar {
        today: Day,
        offset: u32,
        limit: u32,
    },
    /// Some rows of a list, as cells of a table.
    Table {
        as_of: Option<Day>,
        list: TableList,
        words: TableWords,
        offset: u32,
        limit: u32,
    },
    /// Whom a rule means, with `limit` of them.
    Rule {
        as_of: Option<Day>,
        rule: Rule,
        limit: u32,
    },
    /// By what purchases can be told apart.
    GoodsNames,
    /// Which of these words a search finds, also by pinyin or with a slip; each may hold several.
    Finds {
        search: String,
        words: Vec<String>,
    },
    /// The rule that stands in a record as text.
    ReadRule {
        text: String,
    },
    /// The saved segments.
    Segments {
        as_of: Option<Day>,
    },
    /// What these records are called; those that are not there are left out.
    Names {
        ids: Vec<Id>,
    },
    Settings,
    /// The saved views of the list, by name.
    Views,
    /// The newest commits first.
    Journal {
        offset: u32,
        limit: u32,
    },
    /// What happened to one record, the newest `limit` steps.
    History {
        id: Id,
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
    Ids(Vec<Id>),
    Customer(Option<Box<CustomerView>>),
    Duplicates(DuplicateList),
    Similar(Vec<Similar>),
    MergeChoices(MergeChoices),
    Record(Option<Box<RecordRow>>),
    Records(RecordList),
    OwnFields(Vec<OwnField>),
    Stale(StaleList),
    Panels(Option<Box<Panels>>),
    PersonFile(Option<String>),
    Entitled(Entitled),
    Order(Option<OrderView>),
    Products(ProductList),
    /// One per name that was asked for.
    ProductsNamed(Vec<Option<Id>>),
    Profiles(Vec<(CustomerProfile, CustomerRow)>),
    Rfm(RfmView),
    Kotler(KotlerView),
    KotlerPoint(Option<KotlerPoint>),
    Tiers(TiersView),
    Dormancy(DormancyView),
    Breaks(CadenceView),
    Habits(Vec<CadenceBreak>),
    Moved(Box<MovedView>),
    Drift(Vec<Drift>),
    Mix(MixView),
    Today(TodayView),
    Worth(Box<WorthView>),
    Trend(TrendView),
    Outlook(Option<CustomerOutlook>),
    Retention(Box<RetentionView>),
    Tenure(Result<Tenure, NoCurve>),
    Referrals(ReferralsView),
    Brought(Option<Box<BroughtView>>),
    Satisfaction(Box<SatisfactionView>),
    Responses(ResponseList),
    Calendar(CalendarPage),
    Table(TablePage),
    Rule(Box<RuleView>),
    Segments(SegmentList),
    Names(Vec<(Id, String)>),
    GoodsNames(GoodsNames),
    Finds(Vec<bool>),
    ReadRule(Box<Rule>),
    Settings(Box<Settings>),
    Views(Vec<(Id, SavedView)>),
    Journal(Vec<JournalRow>),
    History(Option<Box<RecordHistory>>),
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
    /// Contacts, quotes, promises, cases, the team and all other kinds with a generic form.
    Records,
}

/// Which customers. All parts must hold; an empty part does not narrow.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// Any part of name, key, phone, email, company, city, tags, note; pinyin; one slip.
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
    /// Less likely to be there than the limit, or not.
    pub at_risk: Option<bool>,
    pub moved: Option<Moved>,
    /// All of these hold.
    pub conditions: Vec<Rule>,
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
    /// What fits the search best; among equals who bought last.
    Match,
    /// Discounted profit over the horizon.
    Clv,
    /// Chance of being there.
    Alive,
    Added,
    /// Any other column; see [`SortKey::of`].
    Of(Column),
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
