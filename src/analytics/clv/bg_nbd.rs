//! BG/NBD: how often customers buy and when they leave (Fader, Hardie & Lee 2005, “Counting Your Customers” the Easy Way,
//! Marketing Science 24:2). While alive a customer buys at a rate of their own (gamma with `r`, `α`); after each purchase they
//! leave with a probability of their own (beta with `a`, `b`).

use serde::{Deserialize, Serialize};
use statrs::function::gamma::{digamma, ln_gamma};

use super::Convergence;
use super::descent::{Descent, Slope, best_of, covariance, standard_errors};
use super::histories::{Groups, Purchases, SameRepeats, WEEK_DAYS};

/// The four parameters; `alpha` in weeks.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct BgNbd {
    pub r: f64,
    pub alpha: f64,
    pub a: f64,
    pub b: f64,
}

/// A fit with what it rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BgNbdFit {
    pub model: BgNbd,
    /// Of `r`, `α`, `a`, `b`; `None` where the data do not bound them.
    pub standard_errors: Option<[f64; 4]>,
    /// Of the logarithms of the parameters.
    pub covariance: Option<[[f64; 4]; 4]>,
    pub log_likelihood: f64,
    pub convergence: Convergence,
    pub customers: u64,
}

/// Ranges of the log parameters: beyond them nothing changes any more but the digits.
const RANGE: [(f64, f64); 4] = [(-7.0, 7.0), (-4.0, 11.0), (-7.0, 7.0), (-7.0, 8.0)];
/// Starts: `r` with `r ÷ α` at the observed rate, and `a`, `b`.
const STARTS: [[f64; 3]; 4] = [[0.3, 0.8, 2.5], [1.0, 0.3, 3.0], [0.2, 2.0, 2.0], [4.0, 0.1, 1.0]];
/// Kinds of customers that the starts are tried on.
const ROUGH_KINDS: usize = 600;

impl BgNbd {
    fn from_logs(logs: &[f64; 4]) -> Self {
        let [r, alpha, a, b] = logs.map(f64::exp);
        Self { r, alpha, a, b }
    }

    #[must_use]
    pub fn parameters(&self) -> [f64; 4] {
        [self.r, self.alpha, self.a, self.b]
    }

    /// As [`Self::parameters`], for steps of the delta method.
    pub(super) fn shifted(&self, which: usize, by: f64) -> Self {
        let mut logs = self.parameters().map(f64::ln);
        if let Some(log) = logs.get_mut(which) {
            *log += by;
        }
        Self::from_logs(&logs)
    }

    /// The fit by maximum likelihood; `None` without a possible record.
    #[must_use]
    pub fn fit(records: impl Iterator<Item = Purchases>) -> Option<BgNbdFit> {
        let mut fitting = Fitting::new(records)?;
        while fitting.step() {}
        Some(fitting.end())
    }

    /// Probability that the customer has not left, 0–1. The model lets customers leave only at a purchase after the first, so
    /// whoever bought once counts as alive, and their expected purchases shrink with age instead.
    #[must_use]
    pub fn p_alive(&self, of: &Purchases) -> f64 {
        if of.repeats == 0 {
            return 1.0;
        }
        let x = f64::from(of.repeats);
        let (last, age) = (f64::from(of.last_days) / WEEK_DAYS, f64::from(of.age_days) / WEEK_DAYS);
        let silence = ((age - last).max(0.0) / (self.alpha + last)).ln_1p();
        let odds_of_leaving = self.a.ln() - (self.b + x - 1.0).ln() + (self.r + x) * silence;
        1.0 / (1.0 + odds_of_leaving.exp())
    }
}

impl BgNbd {
    /// Probability that the customer is there and buys at least once in the next `days`, 0–1: P(alive) × (1 − ((α + T) ÷ (α + T + t))^(r + x)).
    /// Who is alive buys at a rate that is gamma distributed with r + x and α + T (Fader, Hardie & Lee 2005, appendix), and leaves only
    /// after a purchase. Unlike P(alive) it tells who bought once and long ago from who bought once and just now.
    #[must_use]
    pub fn returns_within(&self, of: &Purchases, days: u32) -> f64 {
        let from = self.alpha + f64::from(of.age_days) / WEEK_DAYS;
        let none = (self.r + f64::from(of.repeats)) * -(f64::from(days) / WEEK_DAYS / from).ln_1p();
        (self.p_alive(of) * -none.exp_m1()).clamp(0.0, 1.0)
    }
}

/// A fit under way, in steps of a few milliseconds also for a large book.
#[derive(Clone, Debug)]
pub struct Fitting {
    groups: Groups,
    descent: Descent<4>,
    /// From the fit of like records alone: should that lead nowhere, the usual starts are left.
    near: bool,
}

impl Fitting {
    /// Chooses where to begin; `None` without a possible record.
    #[must_use]
    pub fn new(records: impl Iterator<Item = Purchases>) -> Option<Self> {
        let groups = Groups::new(records);
        let descent = descent(&groups, &usual_starts(&groups))?;
        Some(Self { groups, descent, near: false })
    }

    /// As [`Self::new`], beginning at the fit of like records.
    #[must_use]
    pub fn near(records: impl Iterator<Item = Purchases>, like: &BgNbd) -> Option<Self> {
        let groups = Groups::new(records);
        let descent = descent(&groups, &[like.parameters().map(f64::ln)])?;
        Some(Self { groups, descent, near: true })
    }

    /// Does the next part; false where only [`Self::end`] is left.
    pub fn step(&mut self) -> bool {
        let groups = &self.groups;
        if self.descent.step(&|logs: &[f64; 4]| mean_loss(groups, logs), &RANGE) {
            return true;
        }
        let failed = self.descent.end(&RANGE).convergence == Convergence::Failed;
        let anew = if failed && std::mem::take(&mut self.near) { descent(groups, &usual_starts(groups)) } else { None };
        anew.map(|anew| self.descent = anew).is_some()
    }

    /// The model alone, without what it rests on; `None` where the fit failed.
    #[must_use]
    pub fn model(&self) -> Option<BgNbd> {
        let found = self.descent.end(&RANGE);
        (found.convergence != Convergence::Failed).then(|| BgNbd::from_logs(&found.at))
    }

    #[must_use]
    pub fn end(&self) -> BgNbdFit {
        let Self { groups, descent, .. } = self;
        let exact = |logs: &[f64; 4]| mean_loss(groups, logs);
        let found = descent.end(&RANGE);
        let model = BgNbd::from_logs(&found.at);
        let covariance = covariance(&exact, &RANGE, &found.at, groups.customers);
        let bounded = covariance.filter(|_| found.convergence == Convergence::Converged);
        BgNbdFit {
            model,
            standard_errors: bounded.map(|c| standard_errors(&c, &model.parameters())),
            covariance,
            log_likelihood: -exact(&found.at).0 * groups.customers,
            convergence: found.convergence,
            customers: groups.customers as u64,
        }
    }
}

fn usual_starts(groups: &Groups) -> [[f64; 4]; STARTS.len()] {
    let (repeats, weeks) = groups.sums();
    // A rate above zero also where nobody came back.
    let rate = (repeats + 0.5) / (weeks + 1.0);
    STARTS.map(|[r, a, b]| [r, r / rate, a, b].map(f64::ln))
}

/// From the best of these starts; `None` without customers.
fn descent(groups: &Groups, starts: &[[f64; 4]]) -> Option<Descent<4>> {
    if groups.customers == 0.0 {
        return None;
    }
    let few = groups.thinned(ROUGH_KINDS);
    let start = best_of(&|logs: &[f64; 4]| mean_loss(&few, logs), &RANGE, starts)?;
    Some(Descent::new(&|logs: &[f64; 4]| mean_loss(groups, logs), &RANGE, start))
}

/// Minus the mean log likelihood (equation 6 of the paper) and its gradient by the log parameters.
fn mean_loss(groups: &Groups, logs: &[f64; 4]) -> Slope<4> {
    let model = BgNbd::from_logs(logs);
    let BgNbd { r, alpha, a, b } = model;
    let logs_of_age: Vec<f64> = groups.weeks.iter().map(|t| (alpha + t).ln()).collect();
    let parts_of_age: Vec<f64> = groups.weeks.iter().map(|t| 1.0 / (alpha + t)).collect();
    let age = |table: &[f64], place: u32| table.get(place as usize).copied().unwrap_or(0.0);
    let (mut value, mut slope) = (0.0, [0.0; 4]);
    let mut add = |v: f64, s: [f64; 4]| {
        value += v;
        slope.iter_mut().zip(s).for_each(|(sum, part)| *sum += part);
    };
    let fixed = Fixed::new(&model);
    for same in &groups.by_repeats {
        let (v, s) = fixed.of_repeats(same);
        add(v, s);
        let x = same.repeats;
        let k = r + x;
        if x == 0.0 {
            for &(_, at, n) in &same.members {
                let l = age(&logs_of_age, at);
                add(-n * k * l, [-n * l, -n * k * age(&parts_of_age, at), 0.0, 0.0]);
            }
            continue;
        }
        let leaving = a.ln() - (b + x - 1.0).ln();
        for &(last, at, n) in &same.members {
            let (late, early) = (age(&logs_of_age, at), age(&logs_of_age, last));
            // ln((α+T)^−k + a ÷ (b+x−1) · (α+t)^−k), the first power taken out.
            let d = leaving + k * (late - early);
            let (soft, w) = softplus(d);
            add(
                n * (soft - k * late),
                [
                    -n * (late + w * (early - late)),
                    -n * k * ((1.0 - w) * age(&parts_of_age, at) + w * age(&parts_of_age, last)),
                    n * w / a,
                    -n * w / (b + x - 1.0),
                ],
            );
        }
    }
    let scale = -1.0 / groups.customers.max(1.0);
    let [gr, galpha, ga, gb] = slope;
    (value * scale, [gr * r, galpha * alpha, ga * a, gb * b].map(|g| g * scale))
}

/// `ln(1 + eᵈ)` and its derivative.
fn softplus(d: f64) -> (f64, f64) {
    let e = (-d.abs()).exp();
    let part = 1.0 / (1.0 + e);
    if d > 0.0 { (d + e.ln_1p(), part) } else { (e.ln_1p(), 1.0 - part) }
}

/// The gamma functions that do not depend on the customer.
struct Fixed {
    model: BgNbd,
    ln_r: f64,
    ln_b: f64,
    ln_ab: f64,
    psi_r: f64,
    psi_b: f64,
    psi_ab: f64,
}

impl Fixed {
    fn new(model: &BgNbd) -> Self {
        let BgNbd { r, a, b, .. } = *model;
        Self {
            model: *model,
            ln_r: ln_gamma(r),
            ln_b: ln_gamma(b),
            ln_ab: ln_gamma(a + b),
            psi_r: digamma(r),
            psi_b: digamma(b),
            psi_ab: digamma(a + b),
        }
    }

    /// What customers with equally many repeats share.
    fn of_repeats(&self, same: &SameRepeats) -> Slope<4> {
        let BgNbd { r, alpha, a, b } = self.model;
        let (n, x) = (same.customers, same.repeats);
        let buying = ln_gamma(r + x) - self.ln_r + r * alpha.ln();
        let staying = self.ln_ab + ln_gamma(b + x) - self.ln_b - ln_gamma(a + b + x);
        let psi_abx = digamma(a + b + x);
        let slope = [
            digamma(r + x) - self.psi_r + alpha.ln(),
            r / alpha,
            self.psi_ab - psi_abx,
            self.psi_ab + digamma(b + x) - self.psi_b - psi_abx,
        ];
        (n * (buying + staying), slope.map(|s| n * s))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gradient_is_that_of_the_value() {
        let record = |repeats, last_days, age_days| Purchases { repeats, last_days, age_days };
        let records = [record(0, 0, 70), record(1, 3, 80), record(5, 60, 61), record(2, 2, 300), record(0, 0, 0)];
        let groups = Groups::new(records.into_iter());
        let at = [0.3f64, 4.0, 0.8, 2.4].map(f64::ln);
        let slope = mean_loss(&groups, &at).1;
        for i in 0..4 {
            let shifted = |by: f64| {
                let mut there = at;
                there[i] += by;
                mean_loss(&groups, &there).0
            };
            let numeric = (shifted(1e-5) - shifted(-1e-5)) / 2e-5;
            assert!((numeric - slope[i]).abs() < 1e-8, "{i}: {numeric} ≠ {}", slope[i]);
        }
    }
}
