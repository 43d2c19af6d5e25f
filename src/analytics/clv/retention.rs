//! Shifted-beta-geometric: how long members or contracts stay (Fader & Hardie 2007, How to Project Customer Retention,
//! Journal of Interactive Marketing 21:1). At each renewal a customer leaves with a probability of their own, beta with `α`, `β`.

use serde::{Deserialize, Serialize};

use super::Convergence;
use super::descent::{Slope, covariance, delta_variance, minimise_from, standard_errors};

/// The two parameters.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShiftedBetaGeometric {
    pub alpha: f64,
    pub beta: f64,
}

/// A fit with what it rests on.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct RetentionFit {
    pub model: ShiftedBetaGeometric,
    /// Of `α`, `β`; `None` where the data do not bound them.
    pub standard_errors: Option<[f64; 2]>,
    /// Of the logarithms of the parameters. `None` at the edge: there the curve bends one way only, so it says too little of the
    /// other.
    pub covariance: Option<[[f64; 2]; 2]>,
    /// At the edge where members do not differ (`α`, `β` without bound), or where each leaves at once or never (both towards 0).
    pub convergence: Convergence,
    /// There at the start.
    pub customers: u64,
}

/// Why a retention curve cannot be fitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NoCurve {
    /// Fewer than two renewals, or nobody at the start.
    TooShort,
    /// More survivors than before, or numbers that are none.
    Rising,
    /// Chance makes the curve.
    TooFew {
        n: u64,
        least: u64,
    },
    /// Nobody left, or everybody at once: nothing bounds the curve.
    NoSpread,
    NotConverged,
}

/// Members at the start of a cohort that is fitted. Of fewer, even a share that is seen says little of the next cohort: it is off by
/// 18 points and more to either side (1.96 · √(½ · ½ ÷ 30)), and two parameters pass through any three such points.
pub const LEAST_COHORT: u64 = 30;

const RANGE: [(f64, f64); 2] = [(-9.0, 9.0); 2];
/// Step in a log parameter, for the error of what follows from both.
const STEP: f64 = 1e-4;
const STARTS: [[f64; 2]; 3] = [[0.0, 0.0], [-0.5, 1.5], [1.5, 3.0]];

impl ShiftedBetaGeometric {
    /// From how many of one cohort were there at the start and after each renewal.
    ///
    /// # Errors
    /// Why there is no fit.
    pub fn fit(survivors: &[f64]) -> Result<RetentionFit, NoCurve> {
        let start = survivors.first().copied().unwrap_or(0.0);
        if survivors.len() < 3 || start.is_nan() || start <= 0.0 {
            return Err(NoCurve::TooShort);
        }
        let falls = survivors.windows(2).all(|w| matches!(w, [a, b] if b <= a));
        if !falls || !survivors.iter().all(|s| s.is_finite() && *s >= 0.0) {
            return Err(NoCurve::Rising);
        }
        let customers = start as u64;
        if customers < LEAST_COHORT {
            return Err(NoCurve::TooFew { n: customers, least: LEAST_COHORT });
        }
        let end = survivors.last().copied().unwrap_or(0.0);
        if end == start || survivors.get(1) == Some(&0.0) {
            return Err(NoCurve::NoSpread);
        }
        let loss = |logs: &[f64; 2]| mean_loss(survivors, logs);
        let found = minimise_from(&loss, &loss, &RANGE, &STARTS).filter(|m| m.convergence != Convergence::Failed);
        let found = found.ok_or(NoCurve::NotConverged)?;
        let model = Self::from_logs(&found.at);
        let inside = found.convergence == Convergence::Converged;
        let covariance = if inside { covariance(&loss, &RANGE, &found.at, start) } else { None };
        Ok(RetentionFit {
            model,
            standard_errors: covariance.map(|c| standard_errors(&c, &[model.alpha, model.beta])),
            covariance,
            convergence: found.convergence,
            customers,
        })
    }

    fn shifted(&self, which: usize, by: f64) -> Self {
        let mut logs = [self.alpha, self.beta].map(f64::ln);
        if let Some(log) = logs.get_mut(which) {
            *log += by;
        }
        Self::from_logs(&logs)
    }

    fn from_logs(logs: &[f64; 2]) -> Self {
        let [alpha, beta] = logs.map(f64::exp);
        Self { alpha, beta }
    }

    /// Share still there after `renewals`, 0–1 (equation 6 of the paper).
    #[must_use]
    pub fn survival(&self, renewals: u32) -> f64 {
        (0..renewals).map(|t| self.retention(t + 1)).product()
    }

    /// Share of those there before the `t`th renewal who renew, `t` from 1 (equation 7).
    #[must_use]
    pub fn retention(&self, renewal: u32) -> f64 {
        let before = f64::from(renewal.saturating_sub(1));
        (self.beta + before) / (self.alpha + self.beta + before)
    }
}

impl RetentionFit {
    /// The standard error of what follows from the model (delta method); `None` where it is not known.
    #[must_use]
    pub fn error_of(&self, what: impl Fn(&ShiftedBetaGeometric) -> f64) -> Option<f64> {
        let at = |which, by| what(&self.model.shifted(which, by));
        let gradient = std::array::from_fn(|i| (at(i, STEP) - at(i, -STEP)) / (2.0 * STEP));
        Some(delta_variance(&self.covariance?, &gradient).sqrt()).filter(|error| error.is_finite())
    }
}

/// Minus the mean log likelihood (equation B3) and its gradient by the log parameters. With `ln S` a sum of logs of retention
/// rates no beta function is needed.
fn mean_loss(survivors: &[f64], logs: &[f64; 2]) -> Slope<2> {
    let [alpha, beta] = logs.map(f64::exp);
    let (mut value, mut slope) = (0.0, [0.0; 2]);
    // ln S(t) and its derivatives by α and β.
    let (mut ln_s, mut ds) = (0.0, [0.0; 2]);
    let mut last = 0.0;
    for (t, pair) in survivors.windows(2).enumerate() {
        let [before, after] = pair else { continue };
        let t = t as f64;
        // Leaving at this renewal: S(t) · α ÷ (α + β + t).
        let all = alpha + beta + t;
        let left = before - after;
        value += left * (ln_s + alpha.ln() - all.ln());
        let [da, db] = &mut slope;
        let [sa, sb] = &mut ds;
        *da += left * (*sa + 1.0 / alpha - 1.0 / all);
        *db += left * (*sb - 1.0 / all);
        ln_s += (beta + t).ln() - all.ln();
        *sa -= 1.0 / all;
        *sb += 1.0 / (beta + t) - 1.0 / all;
        last = *after;
    }
    value += last * ln_s;
    let n = -survivors.first().copied().unwrap_or(1.0).recip();
    let [da, db] = slope;
    let [sa, sb] = ds;
    (value * n, [(da + last * sa) * alpha * n, (db + last * sb) * beta * n])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Table 1 of the paper: 1,000 customers of the “high end” and “regular” segments over seven renewals.
    #[test]
    fn table_1_high_end_and_regular() {
        let cases = [
            ([1000.0, 869.0, 743.0, 653.0, 593.0, 551.0, 517.0, 491.0], 0.668, 3.806),
            ([1000.0, 631.0, 468.0, 382.0, 326.0, 289.0, 262.0, 241.0], 0.704, 1.182),
        ];
        for (survivors, alpha, beta) in cases {
            let found = ShiftedBetaGeometric::fit(&survivors).unwrap();
            let fit = found.model;
            assert!((fit.alpha - alpha).abs() < 5e-4 && (fit.beta - beta).abs() < 5e-4, "{fit:?}");
            assert_eq!((found.convergence, found.customers), (Convergence::Converged, 1000));
            let [of_alpha, of_beta] = found.standard_errors.unwrap();
            assert!(of_alpha < alpha / 4.0 && of_beta < beta / 4.0, "{found:?}");
            assert!((fit.survival(7) * 1000.0 - survivors[7]).abs() < 25.0, "{}", fit.survival(7));
        }
    }

    #[test]
    fn says_why_there_is_no_curve() {
        let few = |n| NoCurve::TooFew { n, least: LEAST_COHORT };
        let cases: [(&[f64], NoCurve); 9] = [
            (&[], NoCurve::TooShort),
            (&[10.0, 5.0], NoCurve::TooShort),
            (&[0.0, 0.0, 0.0], NoCurve::TooShort),
            (&[10.0, 11.0, 5.0], NoCurve::Rising),
            (&[10.0, f64::NAN, 5.0], NoCurve::Rising),
            (&[3.0, 2.0, 1.0], few(3)),
            (&[29.0, 20.0, 15.0], few(29)),
            (&[30.0, 30.0, 30.0], NoCurve::NoSpread),
            (&[30.0, 0.0, 0.0], NoCurve::NoSpread),
        ];
        for (survivors, want) in cases {
            assert_eq!(ShiftedBetaGeometric::fit(survivors), Err(want), "{survivors:?}");
        }
    }

    /// Renewal rates that fall or stay have no best curve inside: members count as alike. Neither have rates that jump to one.
    #[test]
    fn says_where_the_curve_ends_at_its_edge() {
        let cases: [(&[f64], Convergence, bool); 6] = [
            (&[100.0, 80.0, 60.0], Convergence::AtEdge, true),
            (&[1000.0, 900.0, 810.0, 729.0], Convergence::AtEdge, true),
            (&[30.0, 29.0, 28.0], Convergence::AtEdge, true),
            (&[100.0, 60.0, 60.0, 60.0], Convergence::AtEdge, false),
            (&[100.0, 60.0, 45.0, 38.0], Convergence::Converged, true),
            (&[1_000_000.0, 800_000.0, 680_000.0], Convergence::Converged, true),
        ];
        for (survivors, want, many) in cases {
            let fit = ShiftedBetaGeometric::fit(survivors).unwrap();
            assert_eq!((fit.convergence, fit.model.beta > 0.1), (want, many), "{survivors:?} {fit:?}");
            assert_eq!(fit.standard_errors.is_some(), want == Convergence::Converged, "{survivors:?} {fit:?}");
            let error = fit.error_of(|m| m.survival(5));
            assert_eq!(
                error.is_some_and(|e| e > 0.0 && e < 0.3),
                want == Convergence::Converged,
                "{survivors:?} {error:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn retention_rises_and_survival_falls(start in 1u32..100_000, kept in prop::collection::vec(0.0f64..=1.0, 2..12)) {
            let mut survivors = vec![f64::from(start)];
            for k in kept {
                survivors.push((survivors[survivors.len() - 1] * k).floor());
            }
            if let Ok(found) = ShiftedBetaGeometric::fit(&survivors) {
                let fit = found.model;
                prop_assert!(found.error_of(|m| m.survival(3)).is_none_or(f64::is_finite));
                prop_assert!(found.standard_errors.is_none_or(|e| e.iter().all(|e| e.is_finite() && *e > 0.0)), "{:?}", found);
                for t in 1..30 {
                    prop_assert!(fit.retention(t + 1) >= fit.retention(t));
                    let s = fit.survival(t);
                    prop_assert!((0.0..=1.0).contains(&s) && s <= fit.survival(t - 1), "{s}");
                }
            }
        }
    }
}
