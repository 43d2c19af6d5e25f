//! What customers will be worth: views.

use serde::{Deserialize, Serialize};

use super::CustomerRow;
pub use crate::analytics::{BgNbdFit, Convergence, GammaGammaFit, HoldOut, Misfit, Related, TrackStep};
use crate::domain::Day;

/// One customer's outlook over the horizon, in the book's currency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Outlook {
    /// Chance that the customer is still there, 0–1. `None` for who bought once: the model lets customers leave only after a later
    /// purchase, so its 1 says nothing.
    pub p_alive: Option<f64>,
    /// Expected purchases (days with one).
    pub purchases: f64,
    /// Expected amount of each.
    pub spend_minor: i64,
    /// Discounted profit.
    pub clv_minor: i64,
}

/// The whole business.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WorthView {
    pub as_of: Day,
    /// Customers with a purchase.
    pub n: u64,
    /// Of them: bought on one day only; came back but never for an amount above zero; had a refund.
    pub one_off: u64,
    pub without_amount: u64,
    pub refunded: u64,
    /// Bought in other currencies than the book's only; no other figure of this counts what was bought in them.
    pub foreign: u64,
    pub horizon_months: u32,
    pub monthly_discount_bp: i64,
    pub at_risk_below_bp: i64,
    /// Why the model is not used; the fields from `equity` on are empty then.
    pub misfit: Option<Misfit>,
    pub fit: Option<BgNbdFit>,
    /// In major units. `None`: amounts are foreseen by means.
    pub amounts: Option<GammaGammaFit>,
    /// Whether amounts go with how often customers buy, which the forecast takes to be unrelated.
    pub related: Option<Related>,
    /// `None`: the forecast was not tested, because no time is set aside for it or its first part could not be fitted.
    pub hold_out: Option<HoldOut>,
    /// Whether there are the two whole years in which a season shows.
    pub season_known: bool,
    /// Profit so far of the same customers: historical CLV.
    pub historical_minor: i64,
    /// Profit as a share of what was charged, refunds taken off.
    pub margin: Option<f64>,
    pub equity: Option<EquityView>,
    /// Customers worth most; by profit so far where the model is not used.
    pub rows: Vec<CustomerRow>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct EquityView {
    pub total_minor: i64,
    /// 95 %.
    pub low_minor: i64,
    pub high_minor: i64,
    /// Half of the interval's width by each of its two sources alone.
    pub parameters_minor: i64,
    pub chance_minor: i64,
    /// Of those who came back: less likely to be there than the limit, and their part of the total.
    pub at_risk: u64,
    pub at_risk_minor: i64,
    /// Bought once and asleep: nobody knows their chance of being there.
    pub asleep_once: u64,
    /// Expected purchases of all.
    pub purchases: f64,
}

/// Customer equity over time, as it would have been told on each day: by the orders up to then and today's settings and costs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TrendView {
    /// What is worked out so far, oldest first; days before the first purchase are left out.
    pub points: Vec<TrendPoint>,
    /// How far it is, 0–1; 1: nothing is left to do.
    pub share: f64,
    /// Quick enough to be worked out unasked.
    pub quick: bool,
}

impl TrendView {
    /// Whether the last day, which is the as-of day, has a forecast: otherwise an older one is not that of today.
    #[must_use]
    pub fn foresees_now(&self) -> bool {
        self.points.last().is_some_and(|p| p.equity.is_some())
    }
}

/// Customer equity on one day.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrendPoint {
    pub day: Day,
    /// Customers with a purchase.
    pub n: u64,
    /// Profit so far of the same customers.
    pub historical_minor: i64,
    /// Why the model was not used then; `equity` is empty with it.
    pub misfit: Option<Misfit>,
    pub equity: Option<EquityView>,
}

/// One customer's page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CustomerOutlook {
    pub horizon_months: u32,
    /// `None` where the model is not used, or without a purchase.
    pub outlook: Option<Outlook>,
    pub misfit: Option<Misfit>,
    /// Profit so far.
    pub historical_minor: i64,
    /// Bought in other currencies than the book's only.
    pub foreign: bool,
    /// Amounts go with how often customers buy, so the outlook may be biased.
    pub biased: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_forecast_is_not_that_of_today() {
        let equity = EquityView {
            total_minor: 1,
            low_minor: 0,
            high_minor: 2,
            parameters_minor: 1,
            chance_minor: 1,
            at_risk: 0,
            at_risk_minor: 0,
            asleep_once: 0,
            purchases: 1.0,
        };
        let point = |day, equity| TrendPoint { day: Day(day), n: 1, historical_minor: 0, misfit: None, equity };
        let of = |points| TrendView { points, ..TrendView::default() }.foresees_now();
        assert!(of(vec![point(0, None), point(30, Some(equity))]));
        assert!(!of(vec![point(0, Some(equity)), point(30, None)]) && !of(Vec::new()));
    }
}
