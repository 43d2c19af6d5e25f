//! Customer lifetime value: expected purchases × expected amount × margin, discounted by month over a horizon; and the sum
//! of it over all customers with its interval (SPEC V3).

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::descent::delta_variance;
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
    GammaGamma(GammaGamma),
    /// Where that cannot be fitted: the own mean, drawn to this one by the weight of one purchase.
    OwnMean {
        typical: f64,
    },
}

impl SpendModel {
    /// The fit if it can be used, else means; `typical` is the mean amount of a purchase.
    #[must_use]
    pub fn new(fit: Option<&GammaGammaFit>, typical: f64) -> Self {
        let near = |f: &&GammaGammaFit| f.model.mean().is_some_and(|mean| mean <= typical * MOST_ABOVE_TYPICAL);
        let usable = fit.filter(|f| f.convergence != Convergence::Failed).filter(near);
        usable.map_or(Self::OwnMean { typical }, |f| Self::GammaGamma(f.model))
    }

    /// The amount expected of a purchase.
    #[must_use]
    pub fn expected(&self, of: &Spend) -> f64 {
        match self {
            Self::GammaGamma(model) => model.expected_spend(of),
            Self::OwnMean { typical } => {
                let x = f64::from(of.purchases);
                (x * of.mean + typical) / (x + 1.0)
            }
        }
    }

    /// Expected squares of one amount and of the customer's mean amount. Without a model amounts count as exponential.
    fn squares(&self, of: &Spend) -> (f64, f64) {
        match self {
            Self::GammaGamma(model) => model.squares(of),
            Self::OwnMean { .. } => {
                let mean = self.expected(of);
                (2.0 * mean * mean, mean * mean)
            }
        }
    }
}

/// One customer as the models see them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Member {
    pub purchases: Purchases,
    pub spend: Spend,
    /// Profit as a share of the amounts charged, refunds taken off.
    pub margin: f64,
}

/// One customer's outlook over the horizon.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CustomerWorth {
    pub p_alive: f64,
    /// Expected purchases.
    pub purchases: f64,
    /// Expected amount of each, in the unit of the amounts.
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
}

impl Equity {
    /// 95 %, both errors together.
    #[must_use]
    pub fn interval(&self) -> (f64, f64) {
        let half = SIGMAS_95 * self.parameter_error.hypot(self.chance_error);
        (self.total - half, self.total + half)
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
        let spend = self.spend.expected(&of.spend);
        let (purchases, square) = (p_alive * moments.mean, p_alive * moments.mean_square);
        let clv = p_alive * discounted * spend * of.margin;
        // A random number of amounts around a mean that is itself uncertain.
        let (of_one, of_mean) = self.spend.squares(&of.spend);
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
    amounts: Option<&GammaGammaFit>,
    spend: &SpendModel,
    months: u32,
) -> Equity {
    let total = worths.iter().map(|w| w.clv).sum::<f64>();
    let sample: Vec<&Member> = members.iter().step_by(members.len().div_ceil(SENSITIVITY_SAMPLE).max(1)).collect();
    let weeks = f64::from(months) * MONTH_WEEKS;
    let sum = |model: &BgNbd, spend: &SpendModel| -> f64 {
        let one = |m: &&Member| model.expected_purchases(&m.purchases, weeks) * spend.expected(&m.spend) * m.margin;
        sample.iter().map(one).sum()
    };
    let here = sum(&purchases.model, spend);
    // Of the logarithm of the total: discounting changes both sides alike.
    let slope = |up: f64, down: f64| if here == 0.0 { 0.0 } else { (up - down) / (2.0 * SENSITIVITY_STEP * here) };
    let mut variance = 0.0;
    if let Some(covariance) = &purchases.covariance {
        let at = |i, by| sum(&purchases.model.shifted(i, by), spend);
        let gradient = std::array::from_fn(|i| slope(at(i, SENSITIVITY_STEP), at(i, -SENSITIVITY_STEP)));
        variance += delta_variance(covariance, &gradient);
    }
    if let (Some(covariance), SpendModel::GammaGamma(model)) = (amounts.and_then(|a| a.covariance.as_ref()), spend) {
        let at = |i, by| sum(&purchases.model, &SpendModel::GammaGamma(model.shifted(i, by)));
        let gradient = std::array::from_fn(|i| slope(at(i, SENSITIVITY_STEP), at(i, -SENSITIVITY_STEP)));
        variance += delta_variance(covariance, &gradient);
    }
    let chance = worths.iter().map(|w| w.variance).sum::<f64>();
    Equity { total, parameter_error: total.abs() * variance.sqrt(), chance_error: chance.sqrt() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One who bought once is expected to spend the mean of all: a tail too heavy to have one must not make it up.
    #[test]
    fn a_tail_without_bound_is_not_believed() {
        let fit = |q: f64| GammaGammaFit {
            model: GammaGamma { p: 4.0, q, v: 5.0 },
            standard_errors: None,
            covariance: None,
            log_likelihood: 0.0,
            convergence: Convergence::Converged,
            customers: 200,
        };
        for (q, typical, model) in [(3.0, 11.0, true), (1.02, 30.0, false), (0.9, 30.0, false), (3.0, 0.0, false)] {
            let got = SpendModel::new(Some(&fit(q)), typical);
            assert_eq!(matches!(got, SpendModel::GammaGamma(_)), model, "{q}");
            assert!(got.expected(&Spend { purchases: 0, mean: 0.0 }) <= typical * MOST_ABOVE_TYPICAL);
        }
    }

    /// Equation 4 of Fader & Hardie's note on the gamma-gamma model: the discounted sum of expected increments.
    #[test]
    fn clv_is_the_discounted_sum_of_monthly_purchases() {
        let model = BgNbd { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
        let spend = SpendModel::GammaGamma(GammaGamma { p: 6.25, q: 3.74, v: 15.44 });
        let of = Purchases { repeats: 2, last_days: 213, age_days: 272 };
        let member = Member { purchases: of, spend: Spend { purchases: 2, mean: 22.35 }, margin: 0.3 };
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
