//! Quantiles of sorted values. The engine keeps its columns sorted, so that after one new order they cost nothing.

/// Quantiles of ascending `sorted` at the probabilities `probs` (0–1): linear interpolation between order statistics,
/// “type 7” of Hyndman & Fan, *Sample Quantiles in Statistical Packages* (The American Statistician 50, 1996), the
/// default of R and of spreadsheets. Empty input gives an empty answer.
#[must_use]
pub fn quantiles(sorted: &[i64], probs: &[f64]) -> Vec<f64> {
    let Some(last) = sorted.len().checked_sub(1) else { return Vec::new() };
    let at = |i: usize| sorted.get(i.min(last)).copied().unwrap_or_default() as f64;
    let quantile = |p: &f64| {
        let h = p.clamp(0.0, 1.0) * last as f64;
        let low = h.floor();
        let below = at(low as usize);
        below + (h - low) * (at(low as usize + 1) - below)
    };
    probs.iter().map(quantile).collect()
}

/// The median: the quantile at one half. `None` without values.
#[must_use]
pub fn median(sorted: &[i64]) -> Option<f64> {
    quantiles(sorted, &[0.5]).first().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_r() {
        // R: quantile(c(1, 3, 4, 10, 20), c(0, .25, .5, .75, .9, 1)), by hand: h = (n − 1)p, x[h] + (h − ⌊h⌋)(x[h+1] − x[h]).
        let sorted = [1, 3, 4, 10, 20];
        assert_eq!(quantiles(&sorted, &[0.0, 0.25, 0.5, 0.75, 0.9, 1.0]), [1.0, 3.0, 4.0, 10.0, 16.0, 20.0]);
        assert_eq!(median(&[1, 4]), Some(2.5));
        assert_eq!(median(&[7]), Some(7.0));
        assert_eq!(median(&[]), None);
        assert_eq!(quantiles(&[i64::MIN, i64::MAX], &[2.0]), [i64::MAX as f64]);
    }
}
