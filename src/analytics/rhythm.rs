//! A customer's own rhythm: the days between purchases.

use super::median_days;

/// The median interval in days between purchases on different days. `days` ascends and may repeat; several purchases
/// on one day are one. `None` below two different days.
///
/// `scratch` is reused between calls so that a pass over many customers does not allocate.
#[must_use]
pub fn median_interval_days(days: impl Iterator<Item = i32>, scratch: &mut Vec<i32>) -> Option<f64> {
    scratch.clear();
    let mut previous: Option<i32> = None;
    for day in days {
        match previous {
            Some(before) if day > before => scratch.push(day.saturating_sub(before)),
            Some(_) => continue,
            None => {}
        }
        previous = Some(day);
    }
    median_days(scratch)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn counts_different_days_only() {
        let cases: [(&[i32], Option<f64>); 7] = [
            (&[], None),
            (&[5], None),
            (&[5, 5, 5], None),
            (&[5, 8], Some(3.0)),
            (&[5, 5, 8, 8, 18], Some(6.5)),
            (&[0, 1, 11, 41], Some(10.0)),
            (&[i32::MIN, i32::MAX], Some(f64::from(i32::MAX))),
        ];
        for (days, want) in cases {
            assert_eq!(median_interval_days(days.iter().copied(), &mut Vec::new()), want, "{days:?}");
        }
    }

    proptest! {
        #[test]
        fn equals_the_median_of_the_gaps(mut days in prop::collection::vec(0i32..1000, 2..30)) {
            days.sort_unstable();
            let got = median_interval_days(days.iter().copied(), &mut Vec::new());
            days.dedup();
            let mut gaps: Vec<i64> = days.windows(2).map(|w| i64::from(w[1] - w[0])).collect();
            gaps.sort_unstable();
            prop_assert_eq!(got, crate::analytics::median(&gaps));
        }
    }
}
