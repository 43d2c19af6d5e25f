//! Tiers by present and potential value (SPEC V4).

use crate::domain::TierRule;

/// Least values that reach each tier, in the order of the rules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TierCuts(Vec<Cut>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Cut {
    present_minor: i64,
    potential_minor: i64,
}

impl TierCuts {
    /// The cuts for these customers; both slices ascend and hold one entry per customer.
    ///
    /// A share takes its part of the customers, rounded up, so that a handful of customers still has a best one. Customers of equal
    /// value stay together: where not all of them fit, none is taken. Only values above zero reach a tier; the last tier
    /// takes all others.
    #[must_use]
    pub fn new(rules: &[TierRule], present_minor: &[i64], potential_minor: &[i64]) -> Self {
        let cut = |rule: &TierRule| Cut {
            present_minor: least_of_top(present_minor, rule.top_by_present_bp),
            potential_minor: least_of_top(potential_minor, rule.top_by_potential_bp),
        };
        Self(rules.iter().map(cut).collect())
    }

    /// The places of `n` ascending values that [`Self::new`] reads for these shares in basis points, ascending.
    #[must_use]
    pub fn places(n: usize, shares_bp: impl Iterator<Item = i64>) -> Vec<usize> {
        let mut places: Vec<usize> = shares_bp.filter_map(|bp| first_out(n, bp)).collect();
        places.sort_unstable();
        places
    }

    /// The place in the list of rules of a customer with these values; `None` only without rules.
    #[must_use]
    pub fn tier(&self, present_minor: i64, potential_minor: i64) -> Option<usize> {
        let last = self.0.len().checked_sub(1)?;
        let reached = |c: &Cut| present_minor >= c.present_minor || potential_minor >= c.potential_minor;
        Some(self.0.iter().position(reached).unwrap_or(last))
    }
}

/// How many of `n` customers a share in basis points is, rounded up.
#[must_use]
pub fn share_of(n: usize, share_bp: i64) -> usize {
    let share = share_bp.clamp(0, 10_000) as u128;
    (n as u128 * share).div_ceil(10_000) as usize
}

/// The place, among `n` ascending values, of the greatest that is not among the top share.
fn first_out(n: usize, share_bp: i64) -> Option<usize> {
    n.checked_sub(share_of(n, share_bp) + 1)
}

/// The least value that belongs to the top share: above zero and above every value that does not fit.
fn least_of_top(sorted: &[i64], share_bp: i64) -> i64 {
    let value = first_out(sorted.len(), share_bp).and_then(|at| sorted.get(at));
    value.map_or(1, |value| value.saturating_add(1).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analytics::select_places;
    use crate::domain::Settings;
    use proptest::prelude::*;

    fn tiers(values: &[(i64, i64)]) -> Vec<usize> {
        let rules = Settings::default().tiers;
        let mut present: Vec<i64> = values.iter().map(|v| v.0).collect();
        let mut potential: Vec<i64> = values.iter().map(|v| v.1).collect();
        present.sort_unstable();
        potential.sort_unstable();
        let cuts = TierCuts::new(&rules, &present, &potential);
        // The same without sorting all.
        let (mut present, mut potential): (Vec<i64>, Vec<i64>) = values.iter().copied().unzip();
        let n = values.len();
        select_places(&mut present, &TierCuts::places(n, rules.iter().map(|r| r.top_by_present_bp)));
        select_places(&mut potential, &TierCuts::places(n, rules.iter().map(|r| r.top_by_potential_bp)));
        assert_eq!(TierCuts::new(&rules, &present, &potential), cuts);
        values.iter().map(|v| cuts.tier(v.0, v.1).unwrap()).collect()
    }

    #[test]
    fn by_present_or_potential() {
        // Ten customers. Gold: the best one by present value (10 %) or by potential (5 %, rounded up to one). Silver: three by
        // present (30 %) or two by potential (20 %).
        let values: Vec<(i64, i64)> =
            [(100, 0), (90, 0), (80, 0), (70, 0), (60, 0), (50, 0), (40, 5), (30, 9), (20, 0), (10, 0)].into();
        assert_eq!(tiers(&values), [0, 1, 1, 2, 2, 2, 1, 0, 2, 2]);
    }

    #[test]
    fn ties_losses_and_thin_data() {
        assert_eq!(tiers(&[]), [] as [usize; 0]);
        assert_eq!(tiers(&[(5, 5)]), [0]);
        assert_eq!(tiers(&[(-5, -5)]), [2]);
        assert_eq!(tiers(&[(5, 5); 20]), [2; 20], "where all are equal nobody is better");
        assert_eq!(tiers(&[(9, 0), (9, 0), (1, 0)]), [2, 2, 2], "two share the only place");
        assert_eq!(TierCuts::new(&[], &[1], &[1]).tier(1, 1), None);
    }

    proptest! {
        #[test]
        fn more_is_never_worse_and_shares_hold(values in prop::collection::vec((-50i64..50, -50i64..50), 1..120)) {
            let got = tiers(&values);
            for (a, x) in values.iter().zip(&got) {
                for (b, y) in values.iter().zip(&got) {
                    prop_assert!(!(a.0 >= b.0 && a.1 >= b.1) || x <= y, "{a:?} {b:?}");
                }
            }
            let gold = got.iter().filter(|&&t| t == 0).count();
            prop_assert!(gold <= share_of(values.len(), 1_000) + share_of(values.len(), 500));
        }
    }
}
