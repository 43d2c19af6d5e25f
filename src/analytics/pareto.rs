//! Where the money comes from: the concentration of profit over customers (SPEC V4).

use super::tiers::share_of;

/// Most points a curve has.
pub const PARETO_POINTS: usize = 201;

/// Concentration of profit. Shares are 0–1; see [`pareto`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pareto {
    pub total_minor: i64,
    /// (share of customers, share of profit) from (0, 0) to (1, 1), the best customers first.
    pub curve: Vec<(f64, f64)>,
    /// Of the profit, by the best 20 % of customers.
    pub top20_share: Option<f64>,
    /// Of customers: the fewest who bring 80 % of the profit.
    pub share_for_80: Option<f64>,
}

/// The concentration curve of ascending `sorted_minor` profits.
///
/// Between customers the curve is straight; the two shares count whole customers, rounded up as lists of the best are
/// ([`share_of`]). Customers with losses come last and count: the curve may rise above 1 before they bring it down to 1, and the best 20 % may
/// bring more than all of the profit. Equal profits need no rule, their order does not change the curve. Where
/// the total is not above zero shares of it mean nothing: no curve, no shares.
#[must_use]
pub fn pareto(sorted_minor: &[i64]) -> Pareto {
    let n = sorted_minor.len();
    let total = exact_sum(sorted_minor);
    let total_minor = i64::try_from(total).unwrap_or(if total > 0 { i64::MAX } else { i64::MIN });
    if total <= 0 {
        return Pareto { total_minor, ..Pareto::default() };
    }
    let whole = total as f64;
    let points = (n + 1).min(PARETO_POINTS);
    let at = |point: usize| point * n / (points - 1).max(1);

    let mut curve = Vec::with_capacity(points);
    let mut sum: i128 = 0;
    // The least whole amount that is 80 %.
    let most = (4 * total + 4) / 5;
    let mut next = 0;
    let mut share_for_80 = None;
    let (best, mut top20_share) = (share_of(n, 2_000), None);
    for (i, &profit) in sorted_minor.iter().rev().enumerate() {
        if next == i {
            curve.push((i as f64 / n as f64, sum as f64 / whole));
            next = at(curve.len());
        }
        sum += i128::from(profit);
        if i + 1 == best {
            top20_share = Some(sum as f64 / whole);
        }
        if share_for_80.is_none() && sum >= most {
            share_for_80 = Some((i + 1) as f64 / n as f64);
        }
    }
    curve.push((1.0, 1.0));
    Pareto { total_minor, curve, top20_share, share_for_80 }
}

/// The sum, in 64 bits as long as it fits: 128 take their time in WebAssembly.
#[must_use]
pub(super) fn exact_sum(values: &[i64]) -> i128 {
    let (mut whole, mut part) = (0i128, 0i64);
    for &value in values {
        part = part.checked_add(value).unwrap_or_else(|| {
            whole += i128::from(part);
            value
        });
    }
    whole + i128::from(part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn close(a: Option<f64>, b: f64) -> bool {
        a.is_some_and(|a| (a - b).abs() < 1e-12)
    }

    #[test]
    fn worked_by_hand() {
        // Ten customers, total 200: the best two bring 150; 80 % = 160 is reached with the third (10).
        let p = pareto(&[0, 5, 5, 5, 5, 10, 10, 10, 50, 100]);
        assert_eq!(p.total_minor, 200);
        assert!(close(p.top20_share, 0.75), "{p:?}");
        assert!(close(p.share_for_80, 0.3), "{p:?}");
        assert_eq!(p.curve.len(), 11);
        assert_eq!(p.curve[1], (0.1, 0.5));
        // A loss: 60 + 40 + 20 − 20 = 100. The best 20 % are one of four: 60. 80 % takes two.
        let p = pareto(&[-20, 20, 40, 60]);
        assert_eq!(p.curve, [(0.0, 0.0), (0.25, 0.6), (0.5, 1.0), (0.75, 1.2), (1.0, 1.0)]);
        assert!(close(p.top20_share, 0.6) && close(p.share_for_80, 0.5), "{p:?}");
        // One of three brings all: the list of the best 20 % holds that one.
        let p = pareto(&[0, 0, 100]);
        assert!(close(p.top20_share, 1.0) && close(p.share_for_80, 1.0 / 3.0), "{p:?}");
    }

    #[test]
    fn thin_and_odd_data() {
        assert_eq!(pareto(&[]), Pareto::default());
        assert_eq!(pareto(&[0, 0]), Pareto::default());
        let loss = pareto(&[-5, 3]);
        assert_eq!((loss.total_minor, loss.top20_share, loss.curve.len()), (-2, None, 0));
        let one = pareto(&[7]);
        assert_eq!(one.curve, [(0.0, 0.0), (1.0, 1.0)]);
        assert!(close(one.top20_share, 1.0) && close(one.share_for_80, 1.0));
        assert_eq!(pareto(&[i64::MAX, i64::MAX]).total_minor, i64::MAX);
    }

    proptest! {
        #[test]
        fn laws(mut profits in prop::collection::vec(-500i64..5000, 1..700)) {
            profits.sort_unstable();
            let p = pareto(&profits);
            prop_assert!(p.curve.len() <= PARETO_POINTS);
            if p.total_minor > 0 {
                prop_assert_eq!(p.curve.first(), Some(&(0.0, 0.0)));
                prop_assert_eq!(p.curve.last(), Some(&(1.0, 1.0)));
                prop_assert!(p.curve.windows(2).all(|w| w[0].0 < w[1].0));
                prop_assert!(p.curve.iter().all(|&(x, y)| y >= x - 1e-9), "above the diagonal");
                let (top, need) = (p.top20_share.unwrap(), p.share_for_80.unwrap());
                let part = |bp| share_of(profits.len(), bp) as f64 / profits.len() as f64 + 1e-9;
                prop_assert!(top >= 0.2 - 1e-9 && need <= part(8_000));
                // The same curve read both ways.
                prop_assert!((top >= 0.8) == (need <= part(2_000)) || (top - 0.8).abs() < 1e-9);
            }
        }
    }
}
