//! What customers think: which answers are asked for, and what they say.

use serde::{Deserialize, Serialize};

use super::{CustomerRow, Estimate, KotlerGroup, Mood, Nps, NpsClass};
use crate::domain::{Day, Id, ResponseDraft};

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
