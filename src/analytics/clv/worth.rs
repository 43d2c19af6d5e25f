//! Customer lifetime value: expected purchases × expected amount × margin, discounted by month over a horizon; and the sum
//! of it over all customers with its interval (SPEC V3).

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::descent::delta_variance;
use super::hold_out::Expected;
use super::{BgNbd, BgNbdFit, Convergence, GammaGamma, GammaGammaFit, Moments, Purchases, Spend, WEEK_DAYS};

/// Mean length of a month, Gregorian.
const MONTH_WEEKS: f64 = 365.2425 / 12.0 / WEEK_DAYS;
/// Standard deviations to either side of a 95 % interval.
const SIGMAS_95: f64 = 1.959_964;
/// Customers that the sensitivity of the total is worked out on.
const SENSITIVITY_SAMPLE: usize = 400;
/// Step in a log parameter for it.
const SENSITIVITY_STEP: f64 = 1e-3;

/// A mean amount by the model so many times above the one seen comes from a tail that the data do not bound.
const MOST_ABOVE_TYPICAL: f64 = 3.0;

/// How amounts are foreseen.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpendModel {
    GammaGamma {
        model: GammaGamma,
        /// Of the logarithms of its parameters.
        covariance: [[f64; 3]; 3],
    },
    /// Where that cannot be fitted, or nothing is known of how far it may be off: the own mean, drawn to the mean purchase of all
    /// by the weight of one purchase.
    OwnMean(MeanPurchase),
}

/// The mean amount of a purchase over all customers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MeanPurchase {
    pub mean: f64,
    /// Standard error, with customers as what was drawn: purchases of one are more alike than those of several.
    pub error: f64,
}

impl MeanPurchase {
    /// From what was charged to each customer in how many purchases: a ratio estimate with its linearised error (Cochran 1977,
    /// Sampling Techniques, § 6.4). Of a single customer nothing is known of how others differ: the error is as large as the mean.
    #[must_use]
    pub fn new(of_each: impl Iterator<Item = (f64, f64)> + Clone) -> Self {
        let (n, amounts, purchases) =
            of_each.clone().fold((0.0, 0.0, 0.0), |(n, a, p), (x, y)| (n + 1.0, a + x, p + y));
        if purchases <= 0.0 {
            return Self::default();
        }
        let mean = amounts / purchases;
        let squares: f64 = of_each.map(|(amount, times)| (amount - mean * times).powi(2)).sum();
        let error = if n > 1.0 { (squares * n / (n - 1.0)).sqrt() / purchases } else { mean.abs() };
        Self { mean, error }
    }

    /// Amounts and mean amounts as wide as exponential ones: the shape under which gamma-gamma expects `(x·z̄ + mean) ÷ (x + 1)`.
    fn as_model(&self) -> GammaGamma {
        GammaGamma { p: 1.0, q: 2.0, v: self.mean }
    }
}

impl SpendModel {
    /// The fit if it can be used and says how far it may be off, else means.
    #[must_use]
    pub fn new(fit: Option<&GammaGammaFit>, typical: MeanPurchase) -> Self {
        let near = |f: &&GammaGammaFit| f.model.mean().is_some_and(|mean| mean <= typical.mean * MOST_ABOVE_TYPICAL);
        let usable = fit.filter(|f| f.convergence != Convergence::Failed).filter(near);
        let known = usable.and_then(|f| Some(Self::GammaGamma { model: f.model, covariance: f.covariance? }));
        known.unwrap_or(Self::OwnMean(typical))
    }

    fn model(&self) -> GammaGamma {
        match self {
            Self::GammaGamma { model, .. } => *model,
            Self::OwnMean(typical) => typical.as_model(),
        }
    }

    /// The amount expected of a purchase.
    #[must_use]
    pub fn expected(&self, of: &Spend) -> f64 {
        self.model().expected_spend(of)
    }
}

/// One customer as the models see them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Member {
    pub purchases: Purchases,
    pub spend: Spend,
    /// Profit as a share of the amounts charged, refunds taken off.
    pub margin: f64,
    /// How many of the purchases to come will be charged, 0–1: see [`charged_share`].
    pub charged: f64,
}

/// How many of a customer's purchases are charged, 0–1: the own share drawn to that of `all` by the weight of one purchase. Samples
/// and replacements are visits, so the model of purchases counts them, but no amount is to be expected of their like.
#[must_use]
pub fn charged_share(of: &Spend, repeats: u32, all: f64) -> f64 {
    (f64::from(of.purchases) + all) / (f64::from(repeats) + 1.0)
}

/// One customer's outlook over the horizon.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CustomerWorth {
    pub p_alive: f64,
    /// Expected purchases.
    pub purchases: f64,
    /// Expected amount of each, those at no charge included, in the unit of the amounts.
    pub spend: f64,
    /// Discounted profit, in the same unit.
    pub clv: f64,
    /// Of the discounted profit, for given parameters.
    pub variance: f64,
}

/// The sum of CLV.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Equity {
    pub total: f64,
    /// Standard error from the parameters being estimates (delta method).
    pub parameter_error: f64,
    /// Standard deviation from customers being who they are: they buy by chance.
    pub chance_error: f64,
    /// Somebody brings a loss, or a profit: otherwise the sum of all cannot be one.
    pub may_lose: bool,
    pub may_gain: bool,
}

impl Equity {
    /// 95 %, both errors together, of what can be.
    #[must_use]
    pub fn interval(&self) -> (f64, f64) {
        let half = SIGMAS_95 * self.parameter_error.hypot(self.chance_error);
        let (low, high) = (self.total - half, self.total + half);
        (if self.may_lose { low } else { low.max(0.0) }, if self.may_gain { high } else { high.min(0.0) })
    }
}

/// What a customer who is alive will buy.
#[derive(Clone, Copy, Debug, Default)]
struct Outlook {
    moments: Moments,
    discounted: f64,
}

/// Values customers one at a time; those with as many repeats at the same age share the work.
#[derive(Clone, Debug)]
pub struct Valuer {
    model: BgNbd,
    spend: SpendModel,
    months: u32,
    /// Worth of money after a month.
    factor: f64,
    outlooks: FxHashMap<(u32, u32), Outlook>,
}

impl Valuer {
    /// `monthly_discount` is the rate a month: 0.01 for 1 %.
    #[must_use]
    pub fn new(model: BgNbd, spend: SpendModel, months: u32, monthly_discount: f64) -> Self {
        let factor = 1.0 / (1.0 + monthly_discount.max(0.0));
        Self { model, spend, months, factor, outlooks: FxHashMap::default() }
    }

    #[must_use]
    pub fn spend(&self) -> &SpendModel {
        &self.spend
    }

    /// Frees what was shared between customers.
    pub fn forget(&mut self) {
        self.outlooks = FxHashMap::default();
    }

    fn outlook(&mut self, of: &Purchases) -> Outlook {
        let (model, months, factor) = (self.model, self.months, self.factor);
        let make = || {
            let age_weeks = f64::from(of.age_days) / WEEK_DAYS;
            let (mut outlook, mut worth) = (Outlook::default(), 1.0);
            for month in 1..=months {
                let moments = model.purchases_if_alive(of.repeats, age_weeks, f64::from(month) * MONTH_WEEKS);
                worth *= factor;
                outlook.discounted += worth * (moments.mean - outlook.moments.mean).max(0.0);
                outlook.moments = moments;
            }
            outlook
        };
        *self.outlooks.entry((of.repeats, of.age_days)).or_insert_with(make)
    }

    /// The outlook of one customer.
    pub fn value(&mut self, of: &Member) -> CustomerWorth {
        let Outlook { moments, discounted } = self.outlook(&of.purchases);
        let p_alive = self.model.p_alive(&of.purchases);
        let spend = self.spend.expected(&of.spend) * of.charged;
        let (purchases, square) = (p_alive * moments.mean, p_alive * moments.mean_square);
        let clv = p_alive * discounted * spend * of.margin;
        // A random number of amounts around a mean that is itself uncertain.
        let (of_one, of_mean) = self.spend.model().squares(&of.spend);
        let (of_one, of_mean) = (of_one * of.charged, of_mean * of.charged * of.charged);
        let amount = purchases * (of_one - of_mean).max(0.0) + square * of_mean - (purchases * spend).powi(2);
        let now = if moments.mean > 0.0 { discounted / moments.mean * of.margin } else { 0.0 };
        CustomerWorth { p_alive, purchases, spend, clv, variance: (amount * now * now).max(0.0) }
    }
}

/// The sum of what [`Valuer::value`] gave for `members`, with its errors.
#[must_use]
pub fn equity(
    members: &[Member],
    worths: &[CustomerWorth],
    purchases: &BgNbdFit,
    spend: &SpendModel,
    months: u32,
) -> Equity {
    let total = worths.iter().map(|w| w.clv).sum::<f64>();
    let sample: Vec<&Member> = members.iter().step_by(members.len().div_ceil(SENSITIVITY_SAMPLE).max(1)).collect();
    let weeks = f64::from(months) * MONTH_WEEKS;
    let times = |model: BgNbd| -> Vec<f64> {
        let mut expected = Expected::new(model, weeks);
        sample.iter().map(|m| expected.of(&m.purchases)).collect()
    };
    let profits = |spend: &GammaGamma| -> Vec<f64> {
        sample.iter().map(|m| spend.expected_spend(&m.spend) * m.charged * m.margin).collect()
    };
    let sum = |times: &[f64], profits: &[f64]| times.iter().zip(profits).map(|(n, p)| n * p).sum::<f64>();
    let amount = spend.model();
    let (often, each) = (times(purchases.model), profits(&amount));
    // As shares of what is at stake, profits and losses together: they may cancel out in the total, in the sample not alike; and
    // discounting changes both sides alike.
    let here: f64 = often.iter().zip(&each).map(|(n, p)| (n * p).abs()).sum();
    let at_stake = worths.iter().map(|w| w.clv.abs()).sum::<f64>();
    let slope = |up: f64, down: f64| if here == 0.0 { 0.0 } else { (up - down) / (2.0 * SENSITIVITY_STEP * here) };
    let mut variance = 0.0;
    if let Some(covariance) = &purchases.covariance {
        let at = |i, by| sum(&times(purchases.model.shifted(i, by)), &each);
        let gradient = std::array::from_fn(|i| slope(at(i, SENSITIVITY_STEP), at(i, -SENSITIVITY_STEP)));
        variance += delta_variance(covariance, &gradient);
    }
    let at = |i, by| sum(&often, &profits(&amount.shifted(i, by)));
    let by_amount = |i| slope(at(i, SENSITIVITY_STEP), at(i, -SENSITIVITY_STEP));
    variance += match spend {
        SpendModel::GammaGamma { covariance, .. } => delta_variance(covariance, &std::array::from_fn(by_amount)),
        // Its scale is the mean purchase.
        SpendModel::OwnMean(typical) if typical.mean > 0.0 => (by_amount(2) * typical.error / typical.mean).powi(2),
        SpendModel::OwnMean(_) => 0.0,
    };
    let chance = worths.iter().map(|w| w.variance).sum::<f64>();
    Equity {
        total,
        parameter_error: at_stake * variance.sqrt(),
        chance_error: chance.sqrt(),
        may_lose: worths.iter().any(|w| w.clv < 0.0),
        may_gain: worths.iter().any(|w| w.clv > 0.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNCORRELATED: [[f64; 3]; 3] = [[0.01, 0.0, 0.0], [0.0, 0.01, 0.0], [0.0, 0.0, 0.01]];

    /// One who bought once is expected to spend the mean of all: a tail too heavy to have one must not make it up.
    #[test]
    fn a_tail_without_bound_is_not_believed() {
        let fit = |q: f64, covariance| GammaGammaFit {
            model: GammaGamma { p: 4.0, q, v: 5.0 },
            standard_errors: None,
            covariance,
            log_likelihood: 0.0,
            convergence: Convergence::Converged,
            customers: 200,
        };
        let sure = Some(UNCORRELATED);
        let cases = [
            (3.0, sure, 11.0, true),
            (3.0, None, 11.0, false),
            (1.02, sure, 30.0, false),
            (0.9, sure, 30.0, false),
            (3.0, sure, 0.0, false),
        ];
        for (q, covariance, mean, model) in cases {
            let got = SpendModel::new(Some(&fit(q, covariance)), MeanPurchase { mean, error: 1.0 });
            assert_eq!(matches!(got, SpendModel::GammaGamma { .. }), model, "{q}");
            assert!(got.expected(&Spend { purchases: 0, mean: 0.0 }) <= mean * MOST_ABOVE_TYPICAL);
        }
    }

    /// By hand: 60 in 4 purchases, 15 each; off by 10 − 15, 20 − 15 and 30 − 30, so √(50 · 3 ÷ 2) ÷ 4.
    #[test]
    fn the_mean_purchase_and_its_error() {
        let got = MeanPurchase::new([(10.0, 1.0), (20.0, 1.0), (30.0, 2.0)].into_iter());
        assert!((got.mean - 15.0).abs() < 1e-12 && (got.error - 75f64.sqrt() / 4.0).abs() < 1e-12, "{got:?}");
        assert_eq!(MeanPurchase::new([(8.0, 2.0)].into_iter()), MeanPurchase { mean: 4.0, error: 4.0 });
        assert_eq!(MeanPurchase::new(std::iter::empty()), MeanPurchase::default());
        // (2 · 30 + 15) ÷ 3.
        let own = SpendModel::OwnMean(got).expected(&Spend { purchases: 2, mean: 30.0 });
        assert!((own - 25.0).abs() < 1e-12, "{own}");
    }

    /// What nobody can bring is in no interval; what somebody can is.
    #[test]
    fn the_interval_holds_what_can_be() {
        let cases = [
            (10.0, false, true, (0.0, 49.2)),
            (10.0, true, true, (-29.2, 49.2)),
            (-10.0, true, true, (-49.2, 29.2)),
            (-10.0, true, false, (-49.2, 0.0)),
            (0.0, false, false, (0.0, 0.0)),
        ];
        for (total, may_lose, may_gain, want) in cases {
            let (low, high) =
                Equity { total, parameter_error: 12.0, chance_error: 16.0, may_lose, may_gain }.interval();
            assert!((low - want.0).abs() < 0.01 && (high - want.1).abs() < 0.01, "{low} {high} ≠ {want:?}");
        }
    }

    /// Equation 4 of Fader & Hardie's note on the gamma-gamma model: the discounted sum of expected increments.
    #[test]
    fn clv_is_the_discounted_sum_of_monthly_purchases() {
        let model = BgNbd { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
        let model_of_amounts = GammaGamma { p: 6.25, q: 3.74, v: 15.44 };
        let spend = SpendModel::GammaGamma { model: model_of_amounts, covariance: UNCORRELATED };
        let of = Purchases { repeats: 2, last_days: 213, age_days: 272 };
        let member = Member { purchases: of, spend: Spend { purchases: 2, mean: 22.35 }, margin: 0.3, charged: 1.0 };
        let got = Valuer::new(model, spend, 12, 0.01).value(&member);
        let by = |month: f64| model.expected_purchases(&of, month * MONTH_WEEKS);
        let sum: f64 = (1..=12).map(|m| (by(f64::from(m)) - by(f64::from(m - 1))) / 1.01f64.powi(m)).sum();
        // (6.25 ÷ (6.25·2 + 2.74)) · (15.44 + 2·22.35) = 24.664
        assert!((got.spend - 24.664).abs() < 1e-3, "{}", got.spend);
        assert!((got.clv - sum * got.spend * 0.3).abs() < 1e-9, "{} {sum}", got.clv);
        assert!((got.purchases - by(12.0)).abs() < 1e-12);
        let nothing = Valuer::new(model, spend, 0, 0.01).value(&member);
        assert_eq!((nothing.purchases, nothing.clv, nothing.variance), (0.0, 0.0, 0.0));
    }
}
