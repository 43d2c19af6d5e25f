//! Quantiles by selection.

/// Quantiles of `values` at the ascending probabilities `probs` (0–1): linear interpolation between order
/// statistics, “type 7” of Hyndman & Fan, *Sample Quantiles in Statistical Packages* (The American Statistician 50,
/// 1996), the default of R and of spreadsheets.
///
/// Reorders `values`. Selection instead of a full sort: O(n · log(probs)). Empty input gives an empty answer.
#[must_use]
pub fn quantiles(values: &mut [f64], probs: &[f64]) -> Vec<f64> {
    if values.is_empty() {
        return Vec::new();
    }
    let last = values.len() - 1;
    let mut found = Vec::with_capacity(probs.len());
    // Everything before `start` is already no larger than everything after it.
    let mut start = 0;
    for &p in probs {
        let h = p.clamp(0.0, 1.0) * last as f64;
        let low = (h.floor() as usize).clamp(start, last);
        let (_, &mut at_low, above) = values[start..].select_nth_unstable_by(low - start, f64::total_cmp);
        let fraction = h - low as f64;
        let next = above.iter().copied().reduce(f64::min);
        let value = match next {
            Some(next) if fraction > 0.0 => at_low + fraction * (next - at_low),
            _ => at_low,
        };
        found.push(value);
        start = low;
    }
    found
}

/// The median: the quantile at one half. `None` without values.
#[must_use]
pub fn median(values: &mut [f64]) -> Option<f64> {
    quantiles(values, &[0.5]).first().copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn agrees_with_r() {
        // R: quantile(c(1, 3, 4, 10, 20), c(0, .25, .5, .75, .9, 1)), by hand: h = (n − 1)p, x[h] + (h − ⌊h⌋)(x[h+1] − x[h]).
        let mut values = [10.0, 1.0, 20.0, 4.0, 3.0];
        assert_eq!(quantiles(&mut values, &[0.0, 0.25, 0.5, 0.75, 0.9, 1.0]), [1.0, 3.0, 4.0, 10.0, 16.0, 20.0]);
        assert_eq!(median(&mut [4.0, 1.0]), Some(2.5));
        assert_eq!(median(&mut [7.0]), Some(7.0));
        assert_eq!(median(&mut []), None);
    }

    proptest! {
        #[test]
        fn selection_equals_sorting(
            values in prop::collection::vec(-1000i32..1000, 1..200),
            mut probs in prop::collection::vec(0.0f64..=1.0, 1..9),
        ) {
            probs.sort_by(f64::total_cmp);
            let mut scratch: Vec<f64> = values.iter().map(|&v| f64::from(v)).collect();
            let mut sorted = scratch.clone();
            sorted.sort_by(f64::total_cmp);
            let got = quantiles(&mut scratch, &probs);
            for (&p, &g) in probs.iter().zip(&got) {
                let h = p * (sorted.len() - 1) as f64;
                let low = h.floor() as usize;
                let high = (low + 1).min(sorted.len() - 1);
                let want = sorted[low] + (h - low as f64) * (sorted[high] - sorted[low]);
                prop_assert!((g - want).abs() < 1e-9, "{p}: {g} ≠ {want}");
            }
        }
    }
}
