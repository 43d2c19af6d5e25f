//! Settings of the whole book, each with its default. Stored as one record per top-level name, so that two colleagues who change
//! different settings do not overwrite each other.

use serde::{Deserialize, Serialize};

use super::Currency;

/// Shares and multiples are in basis points (1/10,000) so that settings stay integers and merge exactly.
pub type BasisPoints = i64;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Name of the business, shown in the header.
    pub business_name: String,
    /// The book's main currency: money metrics count orders in it.
    pub currency: Currency,
    /// Profit as a share of the amount where a product's cost is not known.
    pub default_margin_bp: BasisPoints,
    pub rfm: RfmSettings,
    pub kotler: KotlerSettings,
    pub tiers: Vec<TierRule>,
    pub dormancy: DormancySettings,
    pub loyalty: LoyaltySettings,
    pub satisfaction: SatisfactionSettings,
    pub worth: WorthSettings,
    pub duplicates: DuplicateSettings,
    pub freshness: FreshnessSettings,
    pub cadence: CadenceSettings,
    pub churn: ChurnSettings,
    pub keeping: KeepingSettings,
}

/// What a broken habit may mean (`engine::query::cadence`), as the user wrote it. Nothing, unless the user does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CadenceSettings {
    pub hints: Vec<CategoryHint>,
}

/// What it may mean for a customer's life that they stopped buying of a category. Told only of customers who agreed to guesses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryHint {
    pub category: String,
    pub text: String,
}

/// When silence counts as having left (`analytics::losses`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ChurnSettings {
    /// Days without a purchase; `None`: from asleep on, by each customer's own rhythm.
    pub after_days: Option<u32>,
}

/// What keeping customers is reckoned with (`analytics::Keeping`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeepingSettings {
    /// What it costs to win a new customer, ten-thousandths of a major unit; `None`: not known.
    pub win_e4: Option<i64>,
    /// How many times as much winning costs as keeping for a year.
    pub ratio_bp: BasisPoints,
    /// New customers that a hundred satisfied ones bring.
    pub brought_per_100: u32,
    pub years: u32,
    /// Share of customers that is to be kept in a year; `None`: five points more than now.
    pub kept_then_bp: Option<BasisPoints>,
    /// Typed instead of what the orders say.
    pub customers: Option<u32>,
    /// Ten-thousandths of a major unit.
    pub profit_e4: Option<i64>,
    pub kept_now_bp: Option<BasisPoints>,
}

impl Default for KeepingSettings {
    fn default() -> Self {
        Self {
            win_e4: None,
            ratio_bp: 60_000,
            brought_per_100: 25,
            years: 3,
            kept_then_bp: None,
            customers: None,
            profit_e4: None,
            kept_now_bp: None,
        }
    }
}

/// How long facts are believed (`engine::freshness`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FreshnessSettings {
    /// Days after which a fact that nobody confirmed is to be verified.
    pub stale_days: u32,
}

impl Default for FreshnessSettings {
    fn default() -> Self {
        Self { stale_days: 365 }
    }
}

/// The search for duplicates (`analytics::duplicates`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DuplicateSettings {
    /// Two customers are called the same from this likelihood on, 1–99.
    pub least_percent: u8,
}

impl Default for DuplicateSettings {
    fn default() -> Self {
        Self { least_percent: 50 }
    }
}

/// What customers will be worth, and when the models are not believed (`analytics::clv`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WorthSettings {
    /// How far ahead purchases count.
    pub horizon_months: u32,
    /// What money loses in a month.
    pub monthly_discount_bp: BasisPoints,
    /// Part of the time that the fit does not see and is held against.
    pub hold_out_bp: BasisPoints,
    /// How far the purchases expected in it may be off.
    pub most_off_bp: BasisPoints,
    /// Customers with a purchase, customers who came back, and weeks below which nothing is fitted.
    pub min_customers: u32,
    pub min_repeaters: u32,
    pub min_weeks: u32,
    /// Spread of a customer's intervals, as a share of their mean, below which purchases follow a contract.
    pub min_spread_bp: BasisPoints,
    /// How far the best month of the year may stand above the mean.
    pub most_seasonal_bp: BasisPoints,
    /// The value of customers with less than this chance of still being there is at risk.
    pub at_risk_below_bp: BasisPoints,
    /// Purchases by which a customer's own margin is drawn to the mean margin.
    pub margin_weight_bp: BasisPoints,
}

impl Default for WorthSettings {
    fn default() -> Self {
        Self {
            horizon_months: 12,
            monthly_discount_bp: 100,
            hold_out_bp: 3_300,
            most_off_bp: 3_000,
            min_customers: 100,
            min_repeaters: 30,
            min_weeks: 13,
            min_spread_bp: 2_000,
            most_seasonal_bp: 10_000,
            at_risk_below_bp: 7_000,
            margin_weight_bp: 10_000,
        }
    }
}

/// Parameters of the satisfaction figures (`analytics::satisfaction`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SatisfactionSettings {
    /// Days after which an answer counts half in the weighted score.
    pub half_life_days: i64,
    /// Answers below which a figure is called “not enough data”.
    pub min_answers: u32,
}

impl Default for SatisfactionSettings {
    fn default() -> Self {
        Self { half_life_days: 180, min_answers: 10 }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RfmSettings {
    /// Quantile groups per score, 3–9.
    pub bins: u8,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct KotlerSettings {
    /// Profit that divides high from low, ten-thousandths of a major unit; `None`: the mean profit of customers with a purchase.
    pub profit_cut_e4: Option<i64>,
    /// Projected loyalty (0–10,000) that divides high from low.
    pub loyalty_cut_bp: BasisPoints,
}

/// One tier; the list runs from the best to the last, which takes all others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TierRule {
    /// Stable name: `gold`, `silver`, `ordinary`, or a made one.
    pub id: String,
    pub name_zh: String,
    pub name_en: String,
    /// Share of customers, counted from the top by present value (profit so far).
    pub top_by_present_bp: BasisPoints,
    /// Or from the top by potential value (yearly profit at the customer's own rhythm × projected loyalty).
    pub top_by_potential_bp: BasisPoints,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DormancySettings {
    /// Multiples of the customer's own median purchase interval from which a customer dozes, is half asleep, is asleep.
    pub multiples_bp: [BasisPoints; 3],
    /// Purchases (on different days) from which the own rhythm counts.
    pub min_purchases: u32,
    /// Days used where there is too little history.
    pub fixed_days: [i64; 3],
    /// The own rhythm never makes anyone doze before this many days.
    pub floor_days: i64,
}

/// Parameters of the projected loyalty (`analytics::loyalty`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LoyaltySettings {
    /// Expected intervals of silence after which the recency part has fallen to one half.
    pub half_after_intervals_bp: BasisPoints,
    /// Purchase days at which the frequency part stands at one half.
    pub half_at_purchases_bp: BasisPoints,
    /// How many intervals of one's own weigh as much as the typical interval of all customers.
    pub prior_weight_bp: BasisPoints,
    /// No customer is expected sooner than after this many days.
    pub min_interval_days: i64,
    /// A forecast that loyalty is judged by instead of the score.
    pub model: Option<LoyaltyModel>,
}

/// The parameters of a BG/NBD that somebody chose to judge loyalty by, in billionths (`alpha` of weeks), with what they rest on. Kept with
/// the book: loyalty changes when somebody says so, and is the same on every device and for every day that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoyaltyModel {
    pub r_e9: i64,
    pub alpha_e9: i64,
    pub a_e9: i64,
    pub b_e9: i64,
    /// As of which day, and to how many customers they were fitted.
    pub fitted: super::Day,
    pub customers: u64,
    /// How far the forecast was off in its test; `None` where it could not be tested.
    pub off_bp: Option<BasisPoints>,
}

impl LoyaltyModel {
    #[must_use]
    pub fn parameters_e9(&self) -> [i64; 4] {
        [self.r_e9, self.alpha_e9, self.a_e9, self.b_e9]
    }
}

impl Default for Settings {
    fn default() -> Self {
        let tier = |id: &str, zh: &str, en: &str, present, potential| TierRule {
            id: id.into(),
            name_zh: zh.into(),
            name_en: en.into(),
            top_by_present_bp: present,
            top_by_potential_bp: potential,
        };
        Self {
            business_name: String::new(),
            currency: Currency::CNY,
            default_margin_bp: 3_000,
            rfm: RfmSettings::default(),
            kotler: KotlerSettings::default(),
            tiers: vec![
                tier("gold", "金", "Gold", 1_000, 500),
                tier("silver", "银", "Silver", 3_000, 2_000),
                tier("ordinary", "普通", "Ordinary", 10_000, 10_000),
            ],
            dormancy: DormancySettings::default(),
            loyalty: LoyaltySettings::default(),
            satisfaction: SatisfactionSettings::default(),
            worth: WorthSettings::default(),
            duplicates: DuplicateSettings::default(),
            freshness: FreshnessSettings::default(),
            cadence: CadenceSettings::default(),
            churn: ChurnSettings::default(),
            keeping: KeepingSettings::default(),
        }
    }
}

impl Default for RfmSettings {
    fn default() -> Self {
        Self { bins: 5 }
    }
}

impl Default for KotlerSettings {
    fn default() -> Self {
        Self { profit_cut_e4: None, loyalty_cut_bp: 5_000 }
    }
}

impl Default for DormancySettings {
    fn default() -> Self {
        Self { multiples_bp: [15_000, 25_000, 40_000], min_purchases: 4, fixed_days: [60, 120, 240], floor_days: 14 }
    }
}

impl Default for LoyaltySettings {
    fn default() -> Self {
        Self {
            half_after_intervals_bp: 30_000,
            half_at_purchases_bp: 15_000,
            prior_weight_bp: 20_000,
            min_interval_days: 7,
            model: None,
        }
    }
}
