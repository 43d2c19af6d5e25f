//! Gamma-gamma: how much customers spend a purchase (Fader & Hardie 2013, The Gamma-Gamma Model of Monetary Value). Each
//! purchase is gamma with shape `p` and a scale of the customer's own, which is gamma with `q`, `v`.

use serde::{Deserialize, Serialize};
use statrs::function::gamma::{digamma, ln_gamma};

use super::Convergence;
use super::descent::{Slope, covariance, minimise_from, standard_errors};

/// What a customer spent on repeat purchases.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spend {
    /// Purchases that the mean is of, `x`.
    pub purchases: u32,
    /// Mean amount, `z̄`, any unit of money.
    pub mean: f64,
}

/// The three parameters; `v` in the unit of the amounts.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct GammaGamma {
    pub p: f64,
    pub q: f64,
    pub v: f64,
}

/// A fit with what it rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GammaGammaFit {
    pub model: GammaGamma,
    /// Of `p`, `q`, `v`.
    pub standard_errors: Option<[f64; 3]>,
    /// Of the logarithms of the parameters.
    pub covariance: Option<[[f64; 3]; 3]>,
    pub log_likelihood: f64,
    pub convergence: Convergence,
    /// Customers with a repeat purchase above zero.
    pub customers: u64,
}

const RANGE: [(f64, f64); 3] = [(-4.0, 8.0), (-4.0, 8.0), (-8.0, 12.0)];
const STARTS: [[f64; 2]; 3] = [[2.0, 3.0], [6.0, 2.0], [1.0, 8.0]];
const ROUGH_CUSTOMERS: usize = 1_500;
/// What is missing to a finite variance of the customer's mean is taken as this.
const LEAST_FREEDOM: f64 = 0.25;

/// Customers with equally many purchases: `x`, and per customer `z̄` and `ln z̄`.
struct SameCount {
    x: f64,
    means: Vec<(f64, f64)>,
}

impl GammaGamma {
    fn from_logs(logs: &[f64; 3]) -> Self {
        let [p, q, v] = logs.map(f64::exp);
        Self { p, q, v }
    }

    #[must_use]
    pub fn parameters(&self) -> [f64; 3] {
        [self.p, self.q, self.v]
    }

    pub(super) fn shifted(&self, which: usize, by: f64) -> Self {
        let mut logs = self.parameters().map(f64::ln);
        if let Some(log) = logs.get_mut(which) {
            *log += by;
        }
        Self::from_logs(&logs)
    }

    /// The fit by maximum likelihood over customers with a repeat purchase above zero; `None` without any. The
    /// amounts are measured in their mean while fitting, so that the unit does not matter.
    #[must_use]
    pub fn fit(spends: impl Iterator<Item = Spend>) -> Option<GammaGammaFit> {
        let mut spends: Vec<Spend> = spends.filter(|s| s.purchases > 0 && s.mean.is_finite() && s.mean > 0.0).collect();
        let n = spends.len() as f64;
        let unit = spends.iter().map(|s| s.mean / n).sum::<f64>();
        if spends.is_empty() || !unit.is_normal() {
            return None;
        }
        spends.sort_unstable_by(|a, b| a.purchases.cmp(&b.purchases).then(a.mean.total_cmp(&b.mean)));
        let group = |of_one: &[Spend]| SameCount {
            x: of_one.first().map_or(1.0, |s| f64::from(s.purchases)),
            means: of_one.iter().map(|s| (s.mean / unit, (s.mean / unit).ln())).collect(),
        };
        let groups = |spends: &[Spend]| -> Vec<SameCount> {
            spends.chunk_by(|a, b| a.purchases == b.purchases).map(group).collect()
        };
        let all = groups(&spends);
        let few: Vec<Spend> = spends.iter().step_by(spends.len().div_ceil(ROUGH_CUSTOMERS)).copied().collect();
        let few_groups = groups(&few);
        let rough = |logs: &[f64; 3]| mean_loss(&few_groups, few.len() as f64, logs);
        let exact = |logs: &[f64; 3]| mean_loss(&all, n, logs);
        // v with the mean amount, p·v ÷ (q − 1), at one.
        let starts = STARTS.map(|[p, q]| [p, q, (q - 1.0) / p].map(f64::ln));
        let found = minimise_from(&rough, &exact, &RANGE, &starts)?;
        let scaled = Self::from_logs(&found.at);
        let model = Self { v: scaled.v * unit, ..scaled };
        let covariance = covariance(&exact, &RANGE, &found.at, n);
        let bounded = covariance.filter(|_| found.convergence == Convergence::Converged);
        Some(GammaGammaFit {
            model,
            standard_errors: bounded.map(|c| standard_errors(&c, &model.parameters())),
            covariance,
            log_likelihood: -(exact(&found.at).0 + unit.ln()) * n,
            convergence: found.convergence,
            customers: spends.len() as u64,
        })
    }

    /// The mean amount over all customers; `None` where a few very large ones leave it without bound.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        (self.q > 1.0).then(|| self.p * self.v / (self.q - 1.0))
    }

    /// The amount expected of a purchase of this customer: the own mean drawn to that of all, the more the fewer purchases
    /// there were (equation 5 of the paper). Nothing bought again: the mean of all. Meaningful where there is a [`Self::mean`].
    #[must_use]
    pub fn expected_spend(&self, of: &Spend) -> f64 {
        let (x, scale) = self.posterior(of);
        self.p * scale / (self.p * x + self.q - 1.0)
    }

    /// Expected squares of one amount, and of the customer's mean amount.
    pub(super) fn squares(&self, of: &Spend) -> (f64, f64) {
        let (x, scale) = self.posterior(of);
        let shape = self.p * x + self.q;
        let common = scale * scale / ((shape - 1.0) * (shape - 2.0).max(LEAST_FREEDOM));
        (self.p * (self.p + 1.0) * common, self.p * self.p * common)
    }

    fn posterior(&self, of: &Spend) -> (f64, f64) {
        let known = of.mean.is_finite() && of.mean > 0.0;
        let x = if known { f64::from(of.purchases) } else { 0.0 };
        (x, self.v + if known { x * of.mean } else { 0.0 })
    }
}

/// Minus the mean log likelihood (equation 1a of the paper) and its gradient by the log parameters.
fn mean_loss(groups: &[SameCount], n: f64, logs: &[f64; 3]) -> Slope<3> {
    let GammaGamma { p, q, v } = GammaGamma::from_logs(logs);
    let (mut value, mut slope) = (0.0, [0.0; 3]);
    for SameCount { x, means } in groups {
        let (x, size) = (*x, means.len() as f64);
        let k = p * x + q;
        let (ln_x, psi_k) = (x.ln(), digamma(k));
        value += size * (ln_gamma(k) - ln_gamma(p * x) - ln_gamma(q) + q * v.ln() + p * x * ln_x);
        let [dp, dq, dv] = &mut slope;
        *dp += size * x * (psi_k - digamma(p * x) + ln_x);
        *dq += size * (psi_k - digamma(q) + v.ln());
        *dv += size * q / v;
        for (z, ln_z) in means {
            let sum = x * z + v;
            let ln_sum = sum.ln();
            value += (p * x - 1.0) * ln_z - k * ln_sum;
            *dp += x * (ln_z - ln_sum);
            *dq -= ln_sum;
            *dv -= k / sum;
        }
    }
    let scale = -1.0 / n;
    let [dp, dq, dv] = slope;
    (value * scale, [dp * p, dq * q, dv * v].map(|d| d * scale))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gradient_is_that_of_the_value() {
        let means = |all: &[f64]| all.iter().map(|z: &f64| (*z, z.ln())).collect();
        let groups = [SameCount { x: 1.0, means: means(&[0.4, 2.0]) }, SameCount { x: 7.0, means: means(&[1.1]) }];
        let at = [6.0f64, 3.0, 0.4].map(f64::ln);
        let slope = mean_loss(&groups, 3.0, &at).1;
        for i in 0..3 {
            let shifted = |by: f64| {
                let mut there = at;
                there[i] += by;
                mean_loss(&groups, 3.0, &there).0
            };
            let numeric = (shifted(1e-5) - shifted(-1e-5)) / 2e-5;
            assert!((numeric - slope[i]).abs() < 1e-8, "{i}: {numeric} ≠ {}", slope[i]);
        }
    }
}
