//! Whether how much customers spend a purchase goes with how often they buy. The forecast takes it that it does not: gamma-gamma
//! draws every customer's mean amount to the same one, whatever their number of purchases (Fader & Hardie 2013).

use serde::{Deserialize, Serialize};

use super::Spend;

/// From here on the assumption counts as broken: nearly a tenth of the differences in amount (r²) then goes with how often
/// customers buy, by convention a medium effect (Cohen 1988).
const STRONG: f64 = 0.3;
/// Customers whose correlation has an interval.
const LEAST: usize = 4;
/// Standard deviations to either side of a 95 % interval.
const SIGMAS_95: f64 = 1.959_964;

/// Pearson's correlation between the number of repeat purchases and their mean amount, over customers with one above zero.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Related {
    /// −1 to 1.
    pub r: f64,
    /// 95 %, by Fisher's transformation.
    pub low: f64,
    pub high: f64,
    /// Customers that it rests on.
    pub customers: u64,
}

impl Related {
    /// `None` where customers are too few, or all alike in either.
    #[must_use]
    pub fn of(spends: impl Iterator<Item = Spend>) -> Option<Self> {
        let known = spends.filter(|s| s.purchases > 0 && s.mean.is_finite() && s.mean > 0.0);
        let all: Vec<(f64, f64)> = known.map(|s| (f64::from(s.purchases), s.mean)).collect();
        let n = all.len() as f64;
        // Measured in their mean, amounts of any size stay within the numbers that there are.
        let (mean_x, mean_z) = all.iter().fold((0.0, 0.0), |(a, b), (x, z)| (a + x / n, b + z / n));
        let (mut xx, mut zz, mut xz) = (0.0, 0.0, 0.0);
        for (x, z) in &all {
            let (x, z) = (x / mean_x - 1.0, z / mean_z - 1.0);
            (xx, zz, xz) = (xx + x * x, zz + z * z, xz + x * z);
        }
        // Less spread than rounding makes is none.
        let least = n * 1e-24;
        if all.len() < LEAST || xx.is_nan() || zz.is_nan() || xx <= least || zz <= least {
            return None;
        }
        let r = (xz / (xx.sqrt() * zz.sqrt())).clamp(-1.0, 1.0);
        let half = SIGMAS_95 / (n - 3.0).sqrt();
        Some(Self { r, low: (r.atanh() - half).tanh(), high: (r.atanh() + half).tanh(), customers: all.len() as u64 })
    }

    /// Whether chance may have made it: the interval holds zero.
    #[must_use]
    pub fn may_be_chance(&self) -> bool {
        self.low <= 0.0 && self.high >= 0.0
    }

    /// Too small to matter, as far as the customers tell: so is the whole interval.
    #[must_use]
    pub fn is_little(&self) -> bool {
        self.low > -STRONG && self.high < STRONG
    }

    /// Money per customer may be biased by it.
    #[must_use]
    pub fn is_strong(&self) -> bool {
        self.r.abs() >= STRONG && !self.may_be_chance()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn related(all: &[(u32, f64)]) -> Option<Related> {
        Related::of(all.iter().map(|&(purchases, mean)| Spend { purchases, mean }))
    }

    #[test]
    fn worked_by_hand() {
        // Deviations −1.5 −.5 .5 1.5 and −15 5 −5 15: 40 ÷ (√5 · √500) = .8.
        let found = related(&[(1, 5.0), (2, 25.0), (3, 15.0), (4, 35.0)]).unwrap();
        assert!((found.r - 0.8).abs() < 1e-12, "{found:?}");
        assert!(!found.is_little() && found.may_be_chance() && !found.is_strong());
        // z = atanh .8 = 1.0986, ± 1.96 ÷ √1.
        assert!((found.low - (1.098_612_288_668_11f64 - SIGMAS_95).tanh()).abs() < 1e-9);
        let none: [&[(u32, f64)]; 5] = [
            &[],
            &[(1, 5.0), (2, 6.0), (3, 7.0)],
            &[(2, 5.0), (2, 6.0), (2, 7.0), (2, 9.0)],
            &[(1, 5.0), (2, 5.0), (3, 5.0), (4, 5.0)],
            &[(1, 5.0), (2, 6.0), (3, 7.0), (0, 3.0), (4, 0.0), (5, f64::NAN)],
        ];
        for all in none {
            assert_eq!(related(all), None, "{all:?}");
        }
        let line: Vec<(u32, f64)> = (1..40).map(|n| (n, 100.0 - f64::from(n))).collect();
        let found = related(&line).unwrap();
        assert!(found.r < -0.999_999 && found.is_strong(), "{found:?}");
    }

    proptest! {
        #[test]
        fn the_unit_and_the_order_do_not_matter(all in prop::collection::vec((0u32..50, 0.0f64..1e12), 0..40), unit in 1e-6f64..1e6) {
            let scaled: Vec<_> = all.iter().rev().map(|(x, z)| (*x, z * unit)).collect();
            match (related(&all), related(&scaled)) {
                (Some(a), Some(b)) => {
                    prop_assert!((a.r - b.r).abs() < 1e-6 && a.customers == b.customers);
                    prop_assert!(a.r.abs() <= 1.0 && a.low <= a.r + 1e-9 && a.r <= a.high + 1e-9);
                }
                (a, b) => prop_assert_eq!(a, b),
            }
        }
    }
}
