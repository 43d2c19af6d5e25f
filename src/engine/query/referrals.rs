//! Who brings whom (SPEC V10).

use std::cmp::Reverse;

use super::{customer_row, window};
use crate::analytics::{Forest, Own};
use crate::domain::{Day, Id, customer};
use crate::engine::api::{BroughtView, ReferralOrder, ReferralRow, ReferralsView};
use crate::engine::column::NONE;
use crate::engine::dataset::Dataset;
use crate::engine::metrics::{MetricsCache, Parts, Snapshot};

/// Circles shown, and people of each.
const MOST_CIRCLES: usize = 5;
const MOST_IN_CIRCLE: usize = 8;

/// What a customer brought in; nothing for who is in the trash.
fn own(snapshot: &Snapshot, row: u32) -> Own {
    let facts = snapshot.facts(row);
    facts.map_or_else(Own::default, |f| Own { revenue_minor: f.revenue_minor, profit_minor: f.profit_minor })
}

/// Everybody who is there, by who brought them. Who is in the trash, merged away or not known brought nobody.
fn forest(data: &Dataset, snapshot: &Snapshot) -> Forest {
    let table = data.customers();
    let refs = table.refs(customer::REFERRER);
    let by = |row: u32| {
        let by = refs.get(row as usize).copied().filter(|&by| by != NONE)?;
        (table.is_live(row) && table.is_live(by)).then_some(by)
    };
    Forest::new((0..table.len()).map(by).collect(), |row| table.id(row), |row| own(snapshot, row))
}

fn row_of(data: &Dataset, snapshot: &Snapshot, forest: &Forest, row: u32) -> ReferralRow {
    let at = row as usize;
    let below = forest.below.get(at).copied().unwrap_or_default();
    ReferralRow {
        id: data.customers().id(row).unwrap_or(Id(0)),
        name: data.customer_name(row).to_owned(),
        direct: forest.direct.get(at).copied().unwrap_or(0),
        reach: forest.reach.get(at).copied().unwrap_or(0),
        revenue_minor: below.revenue_minor,
        profit_minor: below.profit_minor,
        own_revenue_minor: own(snapshot, row).revenue_minor,
    }
}

/// Best first, ties by id.
fn sorted(data: &Dataset, forest: &Forest, by: ReferralOrder, rows: impl Iterator<Item = u32>) -> Vec<u32> {
    let key = |row: u32| {
        let below = forest.below.get(row as usize).copied().unwrap_or_default();
        let reach = i64::from(forest.reach.get(row as usize).copied().unwrap_or(0));
        match by {
            ReferralOrder::Reach => (reach, below.revenue_minor),
            ReferralOrder::Revenue => (below.revenue_minor, reach),
            ReferralOrder::Profit => (below.profit_minor, reach),
        }
    };
    let mut rows: Vec<_> = rows.map(|row| (Reverse(key(row)), data.customers().id(row), row)).collect();
    rows.sort_unstable();
    rows.into_iter().map(|(_, _, row)| row).collect()
}

pub fn referrals(
    data: &Dataset,
    cache: &mut MetricsCache,
    as_of: Day,
    by: ReferralOrder,
    offset: u32,
    limit: u32,
) -> ReferralsView {
    let (_, snapshot) = cache.snapshot(data, as_of);
    let snapshot: &Snapshot = snapshot;
    let forest = forest(data, snapshot);
    let mut view = ReferralsView {
        customers: data.customers().live().count() as u64,
        brought: 0,
        revenue_minor: 0,
        profit_minor: 0,
        advocates: 0,
        in_tree: 0,
        rows: Vec::new(),
        tops: 0,
        circles: Vec::new(),
        circles_total: forest.circles.len() as u64,
    };
    let brings = |row: u32| forest.direct.get(row as usize).is_some_and(|n| *n > 0);
    for (row, link) in (0..).zip(&forest.brought_by) {
        view.in_tree += u64::from(brings(row));
        view.tops += u64::from(brings(row) && link.is_none());
    }
    // Where a circle is cut somebody was brought, too: the lists behind these numbers do not cut.
    view.advocates = view.in_tree + forest.cuts().filter(|(_, by)| !brings(*by)).count() as u64;
    let linked = (0..).zip(&forest.brought_by).filter(|(_, link)| link.is_some()).map(|(row, _)| row);
    for row in linked.chain(forest.cuts().map(|(row, _)| row)) {
        let own = own(snapshot, row);
        view.brought += 1;
        view.revenue_minor = view.revenue_minor.saturating_add(own.revenue_minor);
        view.profit_minor = view.profit_minor.saturating_add(own.profit_minor);
    }
    let advocates = (0..).zip(&forest.direct).filter(|(_, n)| **n > 0).map(|(row, _)| row);
    let rows = sorted(data, &forest, by, advocates);
    view.rows = window(&rows, offset, limit).iter().map(|&row| row_of(data, snapshot, &forest, row)).collect();
    let named = |row: &u32| Some((data.customers().id(*row)?, data.customer_name(*row).to_owned()));
    let circle = |circle: &Vec<u32>| circle.iter().take(MOST_IN_CIRCLE).filter_map(named).collect();
    view.circles = forest.circles.iter().take(MOST_CIRCLES).map(circle).collect();
    view
}

/// `None` for a customer who is not there or in the trash.
pub fn brought(data: &Dataset, cache: &mut MetricsCache, id: Id, as_of: Day, limit: u32) -> Option<BroughtView> {
    let row = data.customers().row(id).filter(|&row| data.customers().is_live(row))?;
    let Parts { snapshot, moods, .. } = cache.parts(data, as_of);
    let snapshot: &Snapshot = snapshot;
    let forest = forest(data, snapshot);
    let below = (0..).zip(&forest.brought_by).filter(|(_, by)| **by == Some(row)).map(|(child, _)| child);
    let rows = sorted(data, &forest, ReferralOrder::Reach, below);
    let by = forest.brought_by.get(row as usize).copied().flatten();
    Some(BroughtView {
        own: row_of(data, snapshot, &forest, row),
        by: by.map(|by| Box::new(customer_row(data, snapshot, moods, by))),
        rows: window(&rows, 0, limit).iter().map(|&row| row_of(data, snapshot, &forest, row)).collect(),
    })
}
