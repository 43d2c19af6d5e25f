//! What the groups of a snapshot come to, all of them in one pass over the customers: the pages of segments are asked one after
//! the other, and each pass over a large book takes milliseconds.

use std::cell::OnceCell;

use super::facts::Facts;
use super::snapshot::{Marks, Snapshot};
use crate::analytics::{Dormancy, KotlerGroup, RfmGroup};
use crate::engine::api::{GroupSummary, TierSummary};

/// Customers, revenue and profit by every way of grouping.
#[derive(Clone, Debug)]
pub struct Sums {
    pub rfm_groups: [GroupSummary<RfmGroup>; RfmGroup::ALL.len()],
    /// Customers and revenue in minor units per score of recency, then of frequency.
    pub rfm_cells: Vec<Vec<(u64, i128)>>,
    pub kotler_groups: [GroupSummary<KotlerGroup>; KotlerGroup::ALL.len()],
    /// True friends who fell behind their rhythm.
    pub drifting: GroupSummary<KotlerGroup>,
    pub tiers: Vec<TierSummary>,
    pub dormancy: [GroupSummary<Dormancy>; Dormancy::ALL.len()],
    /// Judged by fixed days.
    pub thin: u64,
    /// Profit by an assumed margin and by a known one, both without sign, minor units.
    pub assumed_minor: u128,
    pub known_minor: u128,
    /// What care cost.
    pub care_minor: i64,
}

/// The sums of a snapshot, once somebody asked. They follow from the rest of it, so they tell no two snapshots apart.
#[derive(Clone, Debug, Default)]
pub(super) struct Kept(OnceCell<Box<Sums>>);

impl PartialEq for Kept {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Kept {
    pub fn get(&self, make: impl FnOnce() -> Sums) -> &Sums {
        self.0.get_or_init(|| Box::new(make()))
    }
}

impl Sums {
    pub(super) fn of(snapshot: &Snapshot) -> Self {
        let bins = snapshot.scale().bins as usize;
        let tier = |rule: &crate::domain::TierRule| TierSummary {
            id: rule.id.clone(),
            customers: 0,
            revenue_minor: 0,
            profit_minor: 0,
            potential_minor: 0,
        };
        let mut sums = Self {
            rfm_groups: RfmGroup::ALL.map(GroupSummary::empty),
            rfm_cells: vec![vec![(0, 0); bins]; bins],
            kotler_groups: KotlerGroup::ALL.map(GroupSummary::empty),
            drifting: GroupSummary::empty(KotlerGroup::TrueFriend),
            tiers: snapshot.settings().tiers.iter().map(tier).collect(),
            dormancy: Dormancy::ALL.map(GroupSummary::empty),
            thin: 0,
            assumed_minor: 0,
            known_minor: 0,
            care_minor: 0,
        };
        snapshot.buyers().for_each(|(_, facts, marks)| sums.add(facts, marks));
        sums
    }

    fn add(&mut self, facts: &Facts, marks: &Marks) {
        let (revenue, profit) = (facts.revenue_minor, facts.profit_minor);
        if let Some(group) = self.rfm_groups.get_mut(marks.rfm_group as usize) {
            group.add(revenue, profit);
        }
        let at = |score: u8| usize::from(score.saturating_sub(1));
        if let Some((n, sum)) = self.rfm_cells.get_mut(at(marks.rfm[0])).and_then(|row| row.get_mut(at(marks.rfm[1]))) {
            *n += 1;
            *sum += i128::from(revenue);
        }
        if let Some(group) = self.kotler_groups.get_mut(marks.kotler as usize) {
            group.add(revenue, profit);
        }
        if marks.kotler == KotlerGroup::TrueFriend && marks.dormancy > Dormancy::Awake {
            self.drifting.add(revenue, profit);
        }
        if let Some(tier) = self.tiers.get_mut(marks.tier as usize) {
            tier.customers += 1;
            tier.revenue_minor = tier.revenue_minor.saturating_add(revenue);
            tier.profit_minor = tier.profit_minor.saturating_add(profit);
            tier.potential_minor = tier.potential_minor.saturating_add(marks.potential_minor);
        }
        if let Some(step) = self.dormancy.get_mut(marks.dormancy as usize) {
            step.add(revenue, profit);
        }
        self.thin += u64::from(marks.thin);
        self.assumed_minor += u128::from(facts.assumed_minor.unsigned_abs());
        let margin = profit.saturating_add(facts.care_minor);
        self.known_minor += u128::from(margin.saturating_sub(facts.assumed_minor).unsigned_abs());
        self.care_minor = self.care_minor.saturating_add(facts.care_minor);
    }
}
