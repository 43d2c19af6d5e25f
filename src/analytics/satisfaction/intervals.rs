//! 95 % intervals that stay honest for few and for one-sided answers.

use serde::{Deserialize, Serialize};

/// A figure with its 95 % interval and the number of answers it rests on.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    pub value: f64,
    pub low: f64,
    pub high: f64,
    pub n: u64,
}

/// The recommendation score, −100 to 100.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Nps {
    pub estimate: Estimate,
    /// Of the score: 100 · √((p + d − (p − d)²) ÷ n), divisor n.
    pub standard_error: f64,
    pub promoters: u64,
    pub passives: u64,
    pub detractors: u64,
}

/// Standard normal quantile at 0.975.
const Z: f64 = 1.959_963_984_540_054;
/// Answers are whole numbers; a value rounded to the next one carries at least this variance (Sheppard 1898). It keeps
/// intervals of means open where all gave the same answer.
const ROUNDING_VARIANCE: f64 = 1.0 / 12.0;

/// The recommendation score of so many promoters, passives and detractors. The interval is the adjusted Wald interval of
/// Bonett & Price, *Adjusted Wald Confidence Interval for a Difference of Binomial Proportions Based on Paired Data*
/// (Journal of Educational and Behavioral Statistics 37, 2012): with p̃ = (promoters + 1) ÷ (n + 2) and d̃ likewise,
/// p̃ − d̃ ± z √((p̃ + d̃ − (p̃ − d̃)²) ÷ (n + 2)). The score is the same difference of two classes of one multinomial.
#[must_use]
pub fn nps(promoters: u64, passives: u64, detractors: u64) -> Option<Nps> {
    let count = promoters.checked_add(passives)?.checked_add(detractors).filter(|&n| n > 0)?;
    let n = count as f64;
    let variance = |p: f64, d: f64, n: f64| (p + d - (p - d).powi(2)).max(0.0) / n;
    let (p, d) = (promoters as f64 / n, detractors as f64 / n);
    let (p2, d2) = ((promoters as f64 + 1.0) / (n + 2.0), (detractors as f64 + 1.0) / (n + 2.0));
    let half = Z * variance(p2, d2, n + 2.0).sqrt();
    let value = 100.0 * (p - d);
    let bound = |x: f64| (100.0 * x).clamp(-100.0, 100.0);
    // The adjusted centre lies nearer to zero than the score: with few answers the score may lie outside.
    let (low, high) = (bound(p2 - d2 - half).min(value), bound(p2 - d2 + half).max(value));
    let estimate = Estimate { value, low, high, n: count };
    Some(Nps { estimate, standard_error: 100.0 * variance(p, d, n).sqrt(), promoters, passives, detractors })
}

/// `hits` of `n` as a share 0–1 with the score interval of Wilson, *Probable Inference, the Law of Succession, and
/// Statistical Inference* (Journal of the American Statistical Association 22, 1927).
#[must_use]
pub fn share_estimate(hits: u64, n: u64) -> Option<Estimate> {
    if n == 0 {
        return None;
    }
    let (count, n) = (n, n as f64);
    let value = hits as f64 / n;
    let z2 = Z * Z;
    let centre = (value + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z / (1.0 + z2 / n) * (value * (1.0 - value) / n + z2 / (4.0 * n * n)).max(0.0).sqrt();
    Some(Estimate { value, low: (centre - half).clamp(0.0, value), high: (centre + half).clamp(value, 1.0), n: count })
}

/// A (weighted) mean with Student's interval: Σw, Σwx and Σwx² of whole-numbered answers between `bounds`, and the
/// effective number of answers. The variance is taken with divisor n − 1 and is never under that of rounding. With one answer the
/// interval is the whole scale.
#[must_use]
pub fn mean_estimate(
    n: u64,
    weight: f64,
    sum: f64,
    squares: f64,
    effective_n: f64,
    bounds: (f64, f64),
) -> Option<Estimate> {
    if n == 0 || weight <= 0.0 {
        return None;
    }
    let value = (sum / weight).clamp(bounds.0, bounds.1);
    if n < 2 || effective_n <= 1.0 + 1e-9 {
        return Some(Estimate { value, low: bounds.0, high: bounds.1, n });
    }
    let spread = (squares / weight - value * value).max(0.0) * effective_n / (effective_n - 1.0);
    let half = student(effective_n - 1.0) * (spread.max(ROUNDING_VARIANCE) / effective_n).sqrt();
    Some(Estimate { value, low: (value - half).max(bounds.0), high: (value + half).min(bounds.1), n })
}

/// The slope of the least-squares line of x on t with its interval, from n, [Σt, Σt², Σtx], Σx and Σx².
pub(super) fn slope_estimate(n: u64, [st, stt, stx]: [f64; 3], sx: f64, sxx: f64) -> Option<Estimate> {
    if n < 3 {
        return None;
    }
    let (count, n) = (n, n as f64);
    let (tt, tx, xx) = (stt - st * st / n, stx - st * sx / n, sxx - sx * sx / n);
    // Days count: anything under the square of a day's part of a month is rounding.
    if tt < 1e-4 {
        return None;
    }
    let value = tx / tt;
    let residual = ((xx - value * tx) / (n - 2.0)).max(ROUNDING_VARIANCE);
    let half = student(n - 2.0) * (residual / tt).sqrt();
    Some(Estimate { value, low: value - half, high: value + half, n: count })
}

/// Student's t quantile at 0.975 for `freedom` ≥ 0 degrees: exact for 1 and 2, else the expansion of Abramowitz & Stegun
/// (1964), 26.7.5, which is good to 0.2 % from 3 degrees on. Between 1 and 3 the larger neighbour is taken.
fn student(freedom: f64) -> f64 {
    const ONE: f64 = 12.706_204_736;
    const TWO: f64 = 4.302_652_730;
    if freedom < 2.0 {
        return ONE;
    }
    if freedom < 3.0 {
        return TWO;
    }
    let (z, v) = (Z, freedom);
    let powers = |terms: &[(f64, i32)]| terms.iter().map(|&(factor, power)| factor * z.powi(power)).sum::<f64>();
    z + powers(&[(1.0, 3), (1.0, 1)]) / (4.0 * v)
        + powers(&[(5.0, 5), (16.0, 3), (3.0, 1)]) / (96.0 * v.powi(2))
        + powers(&[(3.0, 7), (19.0, 5), (17.0, 3), (-15.0, 1)]) / (384.0 * v.powi(3))
        + powers(&[(79.0, 9), (776.0, 7), (1_482.0, 5), (-1_920.0, 3), (-945.0, 1)]) / (92_160.0 * v.powi(4))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn students_quantiles_equal_the_printed_table() {
        // Abramowitz & Stegun, table 26.10, A = 0.95.
        for (freedom, want) in [(3.0, 3.182), (4.0, 2.776), (5.0, 2.571), (10.0, 2.228), (30.0, 2.042), (120.0, 1.980)]
        {
            let got = student(freedom);
            assert!((got / want - 1.0).abs() < 2.5e-3, "{freedom}: {got} ≠ {want}");
        }
        assert!(student(0.0) > student(2.0) && student(2.0) > student(3.0));
    }
}
