//! What the groups of a snapshot come to. Counted in one pass over the customers; after that, who changes is taken out and put in
//! again. The sums are exact, so what is left is what a new pass would find.

use std::cell::OnceCell;

use super::facts::Facts;
use super::snapshot::{Marks, Snapshot};
use crate::analytics::{Dormancy, KotlerGroup, RfmGroup};
use crate::domain::TierRule;
use crate::engine::api::{GroupSummary, TierSummary};

/// One group, amounts in minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sum {
    pub customers: i64,
    pub revenue: i128,
    pub profit: i128,
    /// Yearly profit expected.
    pub potential: i128,
}

/// Customers, revenue and profit by every way of grouping.
#[derive(Clone, Debug, PartialEq)]
pub struct Sums {
    rfm_groups: [Sum; RfmGroup::ALL.len()],
    /// Per score of recency, then of frequency.
    pub rfm_cells: Vec<Vec<Sum>>,
    kotler_groups: [Sum; KotlerGroup::ALL.len()],
    drifting: Sum,
    tiers: Vec<Sum>,
    dormancy: [Sum; Dormancy::ALL.len()],
    thin: i64,
    /// Profit by an assumed margin and by a known one, both without sign, minor units.
    assumed: i128,
    known: i128,
    care: i128,
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

    /// Takes a customer out as they were; no work if nobody asked.
    pub fn take_out(&mut self, facts: &Facts, marks: &Marks) {
        if let Some(sums) = self.0.get_mut().filter(|_| facts.is_buyer()) {
            sums.change::<false>(facts, marks);
        }
    }

    /// Puts a customer in as they are.
    pub fn put_in(&mut self, facts: &Facts, marks: &Marks) {
        if let Some(sums) = self.0.get_mut().filter(|_| facts.is_buyer()) {
            sums.change::<true>(facts, marks);
        }
    }
}

impl Sum {
    fn change<const IN: bool>(&mut self, facts: &Facts, potential_minor: i64) {
        self.customers += if IN { 1 } else { -1 };
        change::<IN>(&mut self.revenue, facts.revenue_minor.into());
        change::<IN>(&mut self.profit, facts.profit_minor.into());
        change::<IN>(&mut self.potential, potential_minor.into());
    }

    /// Revenue of one customer on average, minor units.
    #[must_use]
    pub fn mean_revenue_minor(&self) -> i64 {
        clamped(self.revenue / i128::from(self.customers.max(1)))
    }

    #[must_use]
    pub fn count(&self) -> u64 {
        self.customers.unsigned_abs()
    }
}

fn change<const IN: bool>(sum: &mut i128, by: i128) {
    if IN { *sum += by } else { *sum -= by }
}

fn clamped(sum: i128) -> i64 {
    i64::try_from(sum).unwrap_or(if sum > 0 { i64::MAX } else { i64::MIN })
}

fn summary<G>(group: G, sum: &Sum) -> GroupSummary<G> {
    GroupSummary {
        group,
        customers: sum.count(),
        revenue_minor: clamped(sum.revenue),
        profit_minor: clamped(sum.profit),
    }
}

fn summaries<G: Copy>(groups: &[G], sums: &[Sum]) -> Vec<GroupSummary<G>> {
    groups.iter().zip(sums).map(|(&group, sum)| summary(group, sum)).collect()
}

impl Sums {
    pub(super) fn of(snapshot: &Snapshot) -> Self {
        let bins = snapshot.scale().bins as usize;
        let mut sums = Self {
            rfm_groups: Default::default(),
            rfm_cells: vec![vec![Sum::default(); bins]; bins],
            kotler_groups: Default::default(),
            drifting: Sum::default(),
            tiers: vec![Sum::default(); snapshot.settings().tiers.len()],
            dormancy: Default::default(),
            thin: 0,
            assumed: 0,
            known: 0,
            care: 0,
        };
        snapshot.buyers().for_each(|(_, facts, marks)| sums.change::<true>(facts, marks));
        sums
    }

    fn change<const IN: bool>(&mut self, facts: &Facts, marks: &Marks) {
        let one = |sum: Option<&mut Sum>| {
            if let Some(sum) = sum {
                sum.change::<IN>(facts, marks.potential_minor);
            }
        };
        let at = |score: u8| usize::from(score.saturating_sub(1));
        one(self.rfm_groups.get_mut(marks.rfm_group as usize));
        one(self.rfm_cells.get_mut(at(marks.rfm[0])).and_then(|row| row.get_mut(at(marks.rfm[1]))));
        one(self.kotler_groups.get_mut(marks.kotler as usize));
        one(Some(&mut self.drifting)
            .filter(|_| marks.kotler == KotlerGroup::TrueFriend && marks.dormancy > Dormancy::Awake));
        one(self.tiers.get_mut(marks.tier as usize));
        one(self.dormancy.get_mut(marks.dormancy as usize));
        self.thin += if IN { i64::from(marks.thin) } else { -i64::from(marks.thin) };
        let margin = facts.profit_minor.saturating_add(facts.care_minor);
        let known = margin.saturating_sub(facts.assumed_minor);
        change::<IN>(&mut self.assumed, facts.assumed_minor.unsigned_abs().into());
        change::<IN>(&mut self.known, known.unsigned_abs().into());
        change::<IN>(&mut self.care, facts.care_minor.into());
    }

    #[must_use]
    pub fn rfm_groups(&self) -> Vec<GroupSummary<RfmGroup>> {
        summaries(&RfmGroup::ALL, &self.rfm_groups)
    }

    #[must_use]
    pub fn kotler_groups(&self) -> Vec<GroupSummary<KotlerGroup>> {
        summaries(&KotlerGroup::ALL, &self.kotler_groups)
    }

    /// True friends who fell behind their rhythm.
    #[must_use]
    pub fn drifting(&self) -> GroupSummary<KotlerGroup> {
        summary(KotlerGroup::TrueFriend, &self.drifting)
    }

    #[must_use]
    pub fn dormancy(&self) -> Vec<GroupSummary<Dormancy>> {
        summaries(&Dormancy::ALL, &self.dormancy)
    }

    #[must_use]
    pub fn tiers(&self, rules: &[TierRule]) -> Vec<TierSummary> {
        let tier = |(rule, sum): (&TierRule, &Sum)| TierSummary {
            id: rule.id.clone(),
            customers: sum.count(),
            revenue_minor: clamped(sum.revenue),
            profit_minor: clamped(sum.profit),
            potential_minor: clamped(sum.potential),
        };
        rules.iter().zip(&self.tiers).map(tier).collect()
    }

    /// How many are judged by fixed days.
    #[must_use]
    pub fn thin(&self) -> u64 {
        self.thin.unsigned_abs()
    }

    /// Part of the profit that rests on an assumed margin.
    #[must_use]
    pub fn assumed_bp(&self) -> i64 {
        match self.assumed + self.known {
            0 => 0,
            all => (self.assumed as f64 / all as f64 * 10_000.0).round() as i64,
        }
    }

    /// What care cost.
    #[must_use]
    pub fn care_minor(&self) -> i64 {
        clamped(self.care)
    }
}
