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

/// The places of `n` sorted values that [`median`] reads.
#[must_use]
pub fn median_places(n: usize) -> Vec<usize> {
    n.checked_sub(1).map(|last| vec![last / 2, n / 2]).unwrap_or_default()
}

/// Reorders values so that those at these places, which ascend, are what they would be if all were sorted.
pub fn select_places(values: &mut [i64], places: &[usize]) {
    let (mut rest, mut from) = (values, 0);
    for &place in places {
        let Some(at) = place.checked_sub(from).filter(|at| *at < rest.len()) else { continue };
        rest = rest.select_nth_unstable(at).2;
        from = place + 1;
    }
}

/// The median number of days; reorders what it is given, so that a pass over many customers neither sorts nor allocates.
#[must_use]
pub fn median_days(days: &mut [i32]) -> Option<f64> {
    if days.is_empty() {
        return None;
    }
    let (middle, even) = (days.len() / 2, days.len().is_multiple_of(2));
    let (below, &mut upper, _) = days.select_nth_unstable(middle);
    match below.iter().max() {
        Some(&lower) if even => Some((f64::from(lower) + f64::from(upper)) / 2.0),
        _ => Some(f64::from(upper)),
    }
}

/// As [`median_days`], of days that ascend.
#[must_use]
pub fn median_of_sorted_days(sorted: &[i32]) -> Option<f64> {
    let upper = f64::from(*sorted.get(sorted.len() / 2)?);
    let lower = sorted.len().checked_sub(1).and_then(|n| sorted.get(n / 2)).map_or(upper, |n| f64::from(*n));
    Some((lower + upper) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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

    proptest! {
        #[test]
        fn selected_places_are_those_of_the_sorted(mut values in prop::collection::vec(any::<i64>(), 0..60), mut places in prop::collection::vec(0usize..70, 0..5)) {
            let mut sorted = values.clone();
            sorted.sort_unstable();
            places.sort_unstable();
            select_places(&mut values, &places);
            for &place in &places {
                prop_assert_eq!(values.get(place), sorted.get(place));
            }
            select_places(&mut values, &median_places(sorted.len()));
            prop_assert_eq!(median(&values), median(&sorted));
            values.sort_unstable();
            prop_assert_eq!(values, sorted);
        }

        #[test]
        fn medians_agree(mut days in prop::collection::vec(any::<i32>(), 0..40)) {
            let unsorted = median_days(&mut days.clone());
            days.sort_unstable();
            prop_assert_eq!(median_of_sorted_days(&days), unsorted);
            let wide: Vec<i64> = days.iter().map(|&d| i64::from(d)).collect();
            prop_assert_eq!(median(&wide), unsorted);
        }
    }
}
