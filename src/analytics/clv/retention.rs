//! Shifted-beta-geometric: how long members or contracts stay (Fader & Hardie 2007, How to Project Customer Retention,
//! Journal of Interactive Marketing 21:1). At each renewal a customer leaves with a probability of their own, beta with `α`, `β`.

use serde::{Deserialize, Serialize};

use super::Convergence;
use super::descent::{Slope, minimise_from};

/// The two parameters.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShiftedBetaGeometric {
    pub alpha: f64,
    pub beta: f64,
}

/// Why a retention curve cannot be fitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NoCurve {
    /// Fewer than two renewals, or nobody at the start.
    TooShort,
    /// More survivors than before, or numbers that are none.
    Rising,
    /// Nobody left, or everybody at once: nothing bounds the curve.
    NoSpread,
    NotConverged,
}

const RANGE: [(f64, f64); 2] = [(-9.0, 9.0); 2];
const STARTS: [[f64; 2]; 3] = [[0.0, 0.0], [-0.5, 1.5], [1.5, 3.0]];

impl ShiftedBetaGeometric {
    /// From how many of one cohort were there at the start and after each renewal.
    pub fn fit(survivors: &[f64]) -> Result<Self, NoCurve> {
        let start = survivors.first().copied().unwrap_or(0.0);
        if survivors.len() < 3 || start.is_nan() || start <= 0.0 {
            return Err(NoCurve::TooShort);
        }
        let falls = survivors.windows(2).all(|w| matches!(w, [a, b] if b <= a));
        if !falls || !survivors.iter().all(|s| s.is_finite() && *s >= 0.0) {
            return Err(NoCurve::Rising);
        }
        let end = survivors.last().copied().unwrap_or(0.0);
        if end == start || survivors.get(1) == Some(&0.0) {
            return Err(NoCurve::NoSpread);
        }
        let loss = |logs: &[f64; 2]| mean_loss(survivors, logs);
        let found = minimise_from(&loss, &loss, &RANGE, &STARTS).filter(|m| m.convergence != Convergence::Failed);
        let [alpha, beta] = found.ok_or(NoCurve::NotConverged)?.at.map(f64::exp);
        Ok(Self { alpha, beta })
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
            let fit = ShiftedBetaGeometric::fit(&survivors).unwrap();
            assert!((fit.alpha - alpha).abs() < 5e-4 && (fit.beta - beta).abs() < 5e-4, "{fit:?}");
            assert!((fit.survival(7) * 1000.0 - survivors[7]).abs() < 25.0, "{}", fit.survival(7));
        }
    }

    #[test]
    fn says_why_there_is_no_curve() {
        let cases: [(&[f64], NoCurve); 7] = [
            (&[], NoCurve::TooShort),
            (&[10.0, 5.0], NoCurve::TooShort),
            (&[0.0, 0.0, 0.0], NoCurve::TooShort),
            (&[10.0, 11.0, 5.0], NoCurve::Rising),
            (&[10.0, f64::NAN, 5.0], NoCurve::Rising),
            (&[10.0, 10.0, 10.0], NoCurve::NoSpread),
            (&[10.0, 0.0, 0.0], NoCurve::NoSpread),
        ];
        for (survivors, want) in cases {
            assert_eq!(ShiftedBetaGeometric::fit(survivors), Err(want), "{survivors:?}");
        }
    }

    proptest! {
        #[test]
        fn retention_rises_and_survival_falls(start in 1u32..100_000, kept in prop::collection::vec(0.0f64..=1.0, 2..12)) {
            let mut survivors = vec![f64::from(start)];
            for k in kept {
                survivors.push((survivors[survivors.len() - 1] * k).floor());
            }
            if let Ok(fit) = ShiftedBetaGeometric::fit(&survivors) {
                for t in 1..30 {
                    prop_assert!(fit.retention(t + 1) >= fit.retention(t));
                    let s = fit.survival(t);
                    prop_assert!((0.0..=1.0).contains(&s) && s <= fit.survival(t - 1), "{s}");
                }
            }
        }
    }
}
