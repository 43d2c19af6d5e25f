//! After how long half of something is over, of which some goes on still: the median of the product-limit estimate (Kaplan & Meier
//! 1958, equation 2b).

/// How long something has been seen, days, and whether it was over then; if not, it lasts longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spell {
    pub days: i32,
    pub over: bool,
}

/// Closer to one half than this is one half: shares are products of fractions.
const SAME: f64 = 1e-9;

/// The days after which the share that goes on is at most one half; where it is exactly one half for a while, the middle of that
/// while, so that it is the plain median where everything is over. `None`: it does not come down to one half.
#[must_use]
pub fn half_over_days(spells: &mut [Spell]) -> Option<f64> {
    spells.sort_unstable();
    let (mut left, mut share) = (spells.len() as f64, 1.0);
    let mut half = None;
    for same in spells.chunk_by(|a, b| a.days == b.days) {
        let over = same.iter().filter(|s| s.over).count() as f64;
        let days = same.first().map_or(0.0, |s| f64::from(s.days));
        if over > 0.0 {
            if let Some(from) = half {
                return Some((from + days) / 2.0);
            }
            share *= 1.0 - over / left;
            if share < 0.5 - SAME {
                return Some(days);
            }
            half = (share < 0.5 + SAME).then_some(days);
        }
        left -= same.len() as f64;
    }
    half
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analytics::median_days;
    use proptest::prelude::*;

    fn spells(over: &[i32], going_on: &[i32]) -> Vec<Spell> {
        let all = |days: &[i32], over| days.iter().map(move |&days| Spell { days, over }).collect::<Vec<_>>();
        [all(over, true), all(going_on, false)].concat()
    }

    #[test]
    fn published_examples_and_edges() {
        // Kaplan & Meier 1958, section 2, tenths of a month: 7/8, 7/8 × 4/5 = .7, × 3/4 = .525, × 1/2 = .2625 at 9.2 months.
        let of_paper = (&[8, 31, 54, 92][..], &[10, 27, 70, 121][..]);
        // Freireich et al. 1963, weeks of remission: 23 with the drug, 8 without (10 of 21 go on past 8).
        let drug = (&[6, 6, 6, 7, 10, 13, 16, 22, 23][..], &[6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35][..]);
        let without = (&[1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23][..], &[][..]);
        for ((over, going_on), want) in [
            (of_paper, Some(92.0)),
            (drug, Some(23.0)),
            (without, Some(8.0)),
            ((&[][..], &[][..]), None),
            ((&[][..], &[1, 2, 3][..]), None),
            ((&[5][..], &[9, 9][..]), None),
            // Exactly one half from 5 on: until the next one is over, or from there on where none is.
            ((&[5, 9][..], &[][..]), Some(7.0)),
            ((&[5][..], &[9][..]), Some(5.0)),
            // At the same day what is over comes first: 1/2, not 1.
            ((&[5][..], &[5][..]), Some(5.0)),
        ] {
            assert_eq!(half_over_days(&mut spells(over, going_on)), want, "{over:?} {going_on:?}");
        }
    }

    proptest! {
        #[test]
        fn without_anything_going_on_it_is_the_median(mut days in prop::collection::vec(0i32..60, 0..40)) {
            let found = half_over_days(&mut spells(&days, &[]));
            prop_assert_eq!(found, median_days(&mut days));
        }

        #[test]
        fn the_order_is_nothing_and_who_is_followed_longer_ends_no_half_earlier(
            (mut all, mixed) in prop::collection::vec((0i32..60, any::<bool>()), 1..40)
                .prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())), at in 0usize..40, more in 0i32..30,
        ) {
            let spells = |of: &[(i32, bool)]| of.iter().map(|&(days, over)| Spell { days, over }).collect::<Vec<_>>();
            let before = half_over_days(&mut spells(&all));
            prop_assert_eq!(before, half_over_days(&mut spells(&mixed)));
            let at = at % all.len();
            all[at].0 += if all[at].1 { 0 } else { more };
            let after = half_over_days(&mut spells(&all));
            prop_assert!(after.is_none_or(|after| before.is_some_and(|before| after >= before - 1e-9)), "{:?} {:?}", before, after);
        }
    }
}
