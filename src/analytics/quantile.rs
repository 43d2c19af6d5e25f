//! Quantiles of sorted values. The engine keeps its columns sorted, so that after one new order they cost nothing.

/// The quantiles of ascending `sorted` at 1/n, 2/n … n/n for `parts` = n: linear interpolation between order statistics,
/// “type 7” of Hyndman & Fan, *Sample Quantiles in Statistical Packages* (The American Statistician 50, 1996), the
/// default of R and of spreadsheets. Empty input gives an empty answer.
///
/// Probabilities are fractions, not floats, so that a quantile that falls on a value is that value.
#[must_use]
pub fn quantiles(sorted: &[i64], parts: usize) -> Vec<f64> {
    let Some(last) = sorted.len().checked_sub(1) else { return Vec::new() };
    let at = |i: usize| sorted.get(i.min(last)).copied().unwrap_or_default() as f64;
    let quantile = |i: usize| {
        let (low, rest) = (i * last / parts, i * last % parts);
        at(low) + rest as f64 / parts as f64 * (at(low + 1) - at(low))
    };
    (1..=parts).map(quantile).collect()
}

/// The median: the quantile at one half. `None` without values.
#[must_use]
pub fn median(sorted: &[i64]) -> Option<f64> {
    quantiles(sorted, 2).first().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_r() {
        // R: quantile(c(1, 3, 4, 10, 20), 1:4 / 4) and 1:5 / 5, by hand: h = (n − 1)p, x[h] + (h − ⌊h⌋)(x[h+1] − x[h]).
        let sorted = [1, 3, 4, 10, 20];
        assert_eq!(quantiles(&sorted, 4), [3.0, 4.0, 10.0, 20.0]);
        let fifths: Vec<String> = quantiles(&sorted, 5).iter().map(|q| format!("{q:.9}")).collect();
        assert_eq!(fifths, ["2.600000000", "3.600000000", "6.400000000", "12.000000000", "20.000000000"]);
        assert_eq!(median(&[1, 4]), Some(2.5));
        assert_eq!(median(&[7]), Some(7.0));
        assert_eq!(median(&[]), None);
        assert_eq!(quantiles(&[i64::MIN, i64::MAX], 1), [i64::MAX as f64]);
    }

    #[test]
    fn a_quantile_that_falls_on_a_value_is_that_value() {
        // 0.6 × 5 is a little more than 3 in floating point.
        let sorted: Vec<i64> = (0..=5).map(|v| v * 1_000_000_007).collect();
        let want: Vec<f64> = sorted.iter().skip(1).map(|&v| v as f64).collect();
        assert_eq!(quantiles(&sorted, 5), want);
    }
}
