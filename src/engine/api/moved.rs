//! What moved since an earlier day: the same records, asked for two days.

use serde::{Deserialize, Serialize};

use super::{Dormancy, KotlerGroup};
use crate::domain::{Day, TierRule};

/// How far back the earlier day lies, in calendar months.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Since {
    Month,
    #[default]
    Quarter,
    Year,
}

impl Since {
    pub const ALL: [Self; 3] = [Self::Month, Self::Quarter, Self::Year];

    #[must_use]
    pub fn months(self) -> u32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Year => 12,
        }
    }

    /// The earlier day.
    #[must_use]
    pub fn before(self, as_of: Day) -> Day {
        as_of.months_before(self.months())
    }
}

/// What customers moved between.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MovedBy {
    #[default]
    Kotler,
    Tier,
    Dormancy,
}

impl MovedBy {
    pub const ALL: [Self; 3] = [Self::Kotler, Self::Tier, Self::Dormancy];
}

/// Where a customer stands on one day.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stand {
    Kotler(KotlerGroup),
    Tier(String),
    Dormancy(Dormancy),
    /// Had not bought yet.
    NotYet,
    /// Of where one stands now: elsewhere than before, whatever it is.
    Other(MovedBy),
    /// A better place than before.
    Better(MovedBy),
    /// A worse place than before.
    Worse(MovedBy),
}

impl Stand {
    /// Not a place of its own: it is told by the earlier one.
    #[must_use]
    pub fn compares(&self) -> bool {
        matches!(self, Self::Other(_) | Self::Better(_) | Self::Worse(_))
    }

    /// Of what it is a place; `None`: of none.
    #[must_use]
    pub fn by(&self) -> Option<MovedBy> {
        match self {
            Self::Kotler(_) => Some(MovedBy::Kotler),
            Self::Tier(_) => Some(MovedBy::Tier),
            Self::Dormancy(_) => Some(MovedBy::Dormancy),
            Self::NotYet => None,
            Self::Other(by) | Self::Better(by) | Self::Worse(by) => Some(*by),
        }
    }

    /// All places that there are, best first; tiers by their ids.
    #[must_use]
    pub fn all(by: MovedBy, tiers: &[TierRule]) -> Vec<Self> {
        match by {
            MovedBy::Kotler => KotlerGroup::ALL.map(Self::Kotler).into(),
            MovedBy::Tier => tiers.iter().map(|rule| Self::Tier(rule.id.clone())).collect(),
            MovedBy::Dormancy => Dormancy::ALL.map(Self::Dormancy).into(),
        }
    }
}

/// Customers by their movement.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Moved {
    pub since: Since,
    /// `None`: anywhere but at `to`.
    pub from: Option<Stand>,
    /// `None`: anywhere but at `from`.
    pub to: Option<Stand>,
}

/// Customers who stood at `from` then and stand at `to` now, perhaps the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flow {
    pub from: Stand,
    pub to: Stand,
    pub customers: u64,
    /// Up to the as-of day.
    pub profit_minor: i64,
    /// Potential a year, then and now.
    pub potential_before_minor: i64,
    pub potential_minor: i64,
}

/// All customers with a purchase by where they stood then and stand now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovedView {
    pub n: u64,
    pub since: Since,
    pub by: MovedBy,
    /// The two days compared.
    pub before: Day,
    pub as_of: Day,
    /// Best first, without [`Stand::NotYet`].
    pub stands: Vec<Stand>,
    /// Those with customers, in the order of the stands; who is new comes last.
    pub flows: Vec<Flow>,
    /// Asleep now and not then, whatever `by`; with their profit.
    pub fell_asleep: u64,
    pub fell_asleep_minor: i64,
}

/// Asks how many stood where at the end of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MixOf {
    pub as_of: Option<Day>,
    /// Months back: 0 is the as-of day itself, 1 the end of the month before it.
    pub back: u32,
}

/// All customers who had bought by a day, by where they stood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MixView {
    pub day: Day,
    /// Customers with a purchase.
    pub n: u64,
    /// By each kind of place, in the order of [`MovedBy::ALL`], best first: who stood there, and their profit up to that day.
    pub stands: Vec<Vec<(Stand, u64, i64)>>,
}

impl MixView {
    /// Those of one kind.
    #[must_use]
    pub fn of(&self, by: MovedBy) -> &[(Stand, u64, i64)] {
        let at = MovedBy::ALL.iter().position(|one| *one == by);
        at.and_then(|at| self.stands.get(at)).map_or(&[], Vec::as_slice)
    }
}

/// Where a customer stood on Kotler's map, and stands now.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Drift {
    /// Place in [`super::KotlerView::points`].
    pub index: u32,
    pub name: String,
    pub loyalty_before: f64,
    pub loyalty: f64,
    pub profit_before_minor: i64,
    pub profit_minor: i64,
}
