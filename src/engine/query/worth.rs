//! What customers will be worth (SPEC V3).

use super::customer_row;
use crate::domain::{Day, Id};
use crate::engine::api::{CustomerOutlook, CustomerRow, WorthView};
use crate::engine::dataset::Dataset;
use crate::engine::metrics::{Entry, MetricsCache, Parts, Worth};

/// The whole, with the `limit` customers worth most.
pub fn worth(data: &Dataset, cache: &mut MetricsCache, as_of: Day, limit: u32) -> WorthView {
    let (Parts { snapshot, moods, .. }, worth) = cache.worth_parts(data, as_of);
    let settings = &data.settings().worth;
    let best = |row: u32, profit_minor: i64| worth.of(row).map_or(profit_minor, |o| o.clv_minor);
    let mut rows: Vec<(std::cmp::Reverse<i64>, Option<Id>, u32)> = snapshot
        .buyers()
        .map(|(row, facts, _)| (std::cmp::Reverse(best(row, facts.profit_minor)), data.customers().id(row), row))
        .collect();
    let limit = limit as usize;
    if limit < rows.len() {
        rows.select_nth_unstable(limit);
        rows.truncate(limit);
    }
    rows.sort_unstable();
    let row = |&(_, _, row): &(_, _, u32)| with_outlook(customer_row(data, snapshot, moods, row), worth, row);
    WorthView {
        as_of,
        n: snapshot.buyer_count() as u64,
        one_off: worth.one_off,
        without_amount: worth.without_amount,
        refunded: worth.refunded,
        foreign: worth.foreign,
        horizon_months: settings.horizon_months,
        monthly_discount_bp: settings.monthly_discount_bp,
        at_risk_below_bp: settings.at_risk_below_bp,
        misfit: worth.misfit,
        fit: worth.fit.clone(),
        amounts: worth.amounts.clone(),
        related: worth.related,
        hold_out: worth.hold_out.clone(),
        season_known: worth.season_known,
        historical_minor: worth.historical_minor,
        margin: worth.margin,
        equity: worth.equity_view(snapshot),
        rows: rows.iter().map(row).collect(),
    }
}

/// `None` for a customer who is not there or in the trash.
pub fn outlook(data: &Dataset, cache: &mut MetricsCache, id: Id, as_of: Day) -> Option<CustomerOutlook> {
    let row = data.customers().row(id).filter(|&row| data.customers().is_live(row))?;
    let (ledger, snapshot, worth, former) = cache.outlook_parts(data, as_of);
    let buyer = snapshot.buyer(row);
    let foreign = |e: &Entry| e.foreign || e.refund || e.day > as_of.0;
    let outlook = if former { worth.afresh(ledger, snapshot, row) } else { worth.of(row) };
    Some(CustomerOutlook {
        horizon_months: data.settings().worth.horizon_months,
        outlook,
        foreign: buyer.is_some() && ledger.entries(row).iter().all(foreign),
        misfit: worth.misfit.filter(|_| buyer.is_some()),
        historical_minor: buyer.map_or(0, |(facts, _)| facts.profit_minor),
        biased: worth.related.is_some_and(|r| r.is_strong()),
    })
}

/// The row with what the customer will be worth.
pub(super) fn with_outlook(mut of: CustomerRow, worth: &Worth, row: u32) -> CustomerRow {
    of.metrics.outlook = worth.of(row);
    of
}
