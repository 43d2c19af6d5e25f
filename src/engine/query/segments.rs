//! The four views of who is worth what (SPEC V1 V2 V4 V5).

use crate::analytics::pareto;
use crate::domain::KotlerSettings;
use crate::engine::api::{DormancyView, KotlerPoint, KotlerView, RfmCell, RfmView, TiersView};
use crate::engine::dataset::Dataset;
use crate::engine::metrics::{Snapshot, Sum};

pub fn rfm(snapshot: &Snapshot) -> RfmView {
    let (scale, sums) = (snapshot.scale(), snapshot.sums());
    let cell = |sum: &Sum| RfmCell { customers: sum.count(), mean_revenue_minor: sum.mean_revenue_minor() };
    RfmView {
        n: snapshot.buyer_count() as u64,
        bins: scale.bins,
        cells: sums.rfm_cells.iter().map(|row| row.iter().map(cell).collect()).collect(),
        groups: sums.rfm_groups(),
        bounds: [&scale.recency_days, &scale.purchases, &scale.revenue_minor].map(|b| b.upper().to_vec()),
    }
}

pub fn kotler(snapshot: &Snapshot) -> KotlerView {
    let (n, sums) = (snapshot.buyer_count(), snapshot.sums());
    let mut points = vec![0; 17 * n];
    let (loyalty, rest) = points.split_at_mut(8 * n);
    let (profit, group_of) = rest.split_at_mut(8 * n);
    let (loyalty, profit) = (loyalty.chunks_exact_mut(8), profit.chunks_exact_mut(8));
    for ((((_, facts, marks), loyalty), profit), group_of) in snapshot.buyers().zip(loyalty).zip(profit).zip(group_of) {
        loyalty.copy_from_slice(&marks.loyalty.to_le_bytes());
        profit.copy_from_slice(&(facts.profit_minor as f64).to_le_bytes());
        *group_of = marks.kotler as u8;
    }
    let KotlerSettings { profit_cut_e4, .. } = &snapshot.settings().kotler;
    KotlerView {
        n: n as u64,
        profit_cut_minor: snapshot.cuts().profit_minor,
        profit_cut_is_default: profit_cut_e4.is_none(),
        loyalty_cut_bp: snapshot.cuts().loyalty_bp,
        groups: sums.kotler_groups(),
        drifting: sums.drifting(),
        points,
        care_minor: sums.care_minor(),
        assumed_bp: sums.assumed_bp(),
    }
}

/// The customer at this place of [`KotlerView::points`].
pub fn kotler_point(data: &Dataset, snapshot: &Snapshot, index: u32) -> Option<KotlerPoint> {
    let (row, ..) = snapshot.buyers().nth(index as usize)?;
    Some(KotlerPoint { index, id: data.customers().id(row)?, name: data.customer_name(row).to_owned() })
}

pub fn tiers(snapshot: &Snapshot) -> TiersView {
    let pareto = pareto(snapshot.profits_minor());
    TiersView {
        n: snapshot.buyer_count() as u64,
        tiers: snapshot.sums().tiers(&snapshot.settings().tiers),
        pareto: pareto.curve,
        top20_share: pareto.top20_share,
        share_for_80: pareto.share_for_80,
        profit_minor: pareto.total_minor,
    }
}

/// After [`Snapshot::look_back`].
pub fn dormancy(snapshot: &Snapshot) -> DormancyView {
    let sums = snapshot.sums();
    DormancyView {
        n: snapshot.buyer_count() as u64,
        steps: sums.dormancy(),
        thin: sums.thin(),
        from: snapshot.flows().to_vec(),
    }
}
