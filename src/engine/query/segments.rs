//! The four views of who is worth what (SPEC V1 V2 V4 V5).

use super::{add, summary};
use crate::analytics::{Dormancy, KotlerGroup, RfmGroup, pareto};
use crate::domain::KotlerSettings;
use crate::engine::api::{
    DormancyView, GroupSummary, KotlerPoint, KotlerView, RfmCell, RfmView, TierSummary, TiersView,
};
use crate::engine::dataset::Dataset;
use crate::engine::metrics::Snapshot;

pub fn rfm(snapshot: &Snapshot) -> RfmView {
    let scale = snapshot.scale();
    let bins = scale.bins as usize;
    let mut groups = RfmGroup::ALL.map(summary);
    let mut cells = vec![vec![(0u64, 0i128); bins]; bins];
    for (_, facts, marks) in snapshot.buyers() {
        if let Some(group) = groups.get_mut(marks.rfm_group as usize) {
            add(group, facts);
        }
        let at = |score: u8| usize::from(score.saturating_sub(1));
        if let Some((n, sum)) = cells.get_mut(at(marks.rfm[0])).and_then(|row| row.get_mut(at(marks.rfm[1]))) {
            *n += 1;
            *sum += i128::from(facts.revenue_minor);
        }
    }
    let mean = |n: u64, sum: i128| i64::try_from(sum / i128::from(n.max(1))).unwrap_or(i64::MAX);
    let cell = |(n, sum): (u64, i128)| RfmCell { customers: n, mean_revenue_minor: mean(n, sum) };
    RfmView {
        n: snapshot.buyer_count() as u64,
        bins: scale.bins,
        cells: cells.into_iter().map(|row| row.into_iter().map(cell).collect()).collect(),
        groups: groups.into(),
        bounds: [&scale.recency_days, &scale.purchases, &scale.revenue_minor].map(|b| b.upper().to_vec()),
    }
}

pub fn kotler(snapshot: &Snapshot) -> KotlerView {
    let n = snapshot.buyer_count();
    let mut groups = KotlerGroup::ALL.map(summary);
    let mut drifting = summary(KotlerGroup::TrueFriend);
    let mut points = vec![0; 17 * n];
    let (loyalty, rest) = points.split_at_mut(8 * n);
    let (profit, group_of) = rest.split_at_mut(8 * n);
    let (loyalty, profit) = (loyalty.chunks_exact_mut(8), profit.chunks_exact_mut(8));
    let (mut assumed, mut known, mut care) = (0u128, 0u128, 0i64);
    for ((((_, facts, marks), loyalty), profit), group_of) in snapshot.buyers().zip(loyalty).zip(profit).zip(group_of) {
        if let Some(group) = groups.get_mut(marks.kotler as usize) {
            add(group, facts);
        }
        if marks.kotler == KotlerGroup::TrueFriend && marks.dormancy > Dormancy::Awake {
            add(&mut drifting, facts);
        }
        loyalty.copy_from_slice(&marks.loyalty.to_le_bytes());
        profit.copy_from_slice(&(facts.profit_minor as f64).to_le_bytes());
        *group_of = marks.kotler as u8;
        assumed += u128::from(facts.assumed_minor.unsigned_abs());
        let margin = facts.profit_minor.saturating_add(facts.care_minor);
        known += u128::from(margin.saturating_sub(facts.assumed_minor).unsigned_abs());
        care = care.saturating_add(facts.care_minor);
    }
    let KotlerSettings { profit_cut_minor, .. } = &snapshot.settings().kotler;
    let all = assumed + known;
    KotlerView {
        n: n as u64,
        profit_cut_minor: snapshot.cuts().profit_minor,
        profit_cut_is_default: profit_cut_minor.is_none(),
        loyalty_cut_bp: snapshot.cuts().loyalty_bp,
        groups: groups.into(),
        drifting,
        points,
        care_minor: care,
        assumed_bp: if all == 0 { 0 } else { (assumed as f64 / all as f64 * 10_000.0).round() as i64 },
    }
}

/// The customer at this place of [`KotlerView::points`].
pub fn kotler_point(data: &Dataset, snapshot: &Snapshot, index: u32) -> Option<KotlerPoint> {
    let (row, ..) = snapshot.buyers().nth(index as usize)?;
    Some(KotlerPoint { index, id: data.customers().id(row)?, name: data.customer_name(row).to_owned() })
}

pub fn tiers(snapshot: &Snapshot) -> TiersView {
    let blank = |rule: &crate::domain::TierRule| TierSummary {
        id: rule.id.clone(),
        customers: 0,
        revenue_minor: 0,
        profit_minor: 0,
        potential_minor: 0,
    };
    let mut tiers: Vec<TierSummary> = snapshot.settings().tiers.iter().map(blank).collect();
    for (_, facts, marks) in snapshot.buyers() {
        if let Some(tier) = tiers.get_mut(marks.tier as usize) {
            tier.customers += 1;
            tier.revenue_minor = tier.revenue_minor.saturating_add(facts.revenue_minor);
            tier.profit_minor = tier.profit_minor.saturating_add(facts.profit_minor);
            tier.potential_minor = tier.potential_minor.saturating_add(marks.potential_minor);
        }
    }
    let pareto = pareto(snapshot.profits_minor());
    TiersView {
        n: snapshot.buyer_count() as u64,
        tiers,
        pareto: pareto.curve,
        top20_share: pareto.top20_share,
        share_for_80: pareto.share_for_80,
        profit_minor: pareto.total_minor,
    }
}

/// After [`Snapshot::look_back`].
pub fn dormancy(snapshot: &Snapshot) -> DormancyView {
    let mut steps: [GroupSummary<Dormancy>; 4] = Dormancy::ALL.map(summary);
    let mut from = vec![[0u64; 5]; steps.len()];
    let mut thin = 0;
    for (row, facts, marks) in snapshot.buyers() {
        let step = marks.dormancy as usize;
        if let Some(summary) = steps.get_mut(step) {
            add(summary, facts);
        }
        if let Some(n) = from.get_mut(step).and_then(|f| f.get_mut(usize::from(snapshot.step_before(row)))) {
            *n += 1;
        }
        thin += u64::from(marks.thin);
    }
    DormancyView { n: snapshot.buyer_count() as u64, steps: steps.into(), thin, from }
}
