//! Kotler's map: profitability × projected loyalty (SPEC V2).

use serde::{Deserialize, Serialize};

use super::pareto::exact_sum;

/// Kotler's four groups by profitability and projected loyalty (SPEC V2; Reinartz & Kumar, *The Mismanagement of
/// Customer Loyalty*, Harvard Business Review, July 2002).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KotlerGroup {
    /// Profitable and loyal.
    TrueFriend,
    /// Profitable, not loyal.
    Butterfly,
    /// Loyal, not profitable.
    Barnacle,
    /// Neither.
    Stranger,
}

impl KotlerGroup {
    pub const ALL: [Self; 4] = [Self::TrueFriend, Self::Butterfly, Self::Barnacle, Self::Stranger];
}

/// The two cut lines. What lies on a line counts as high.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KotlerCuts {
    pub profit_minor: i64,
    /// 0–10,000.
    pub loyalty_bp: i64,
}

impl KotlerCuts {
    /// The group of a customer with this profit (minor units) and projected loyalty (0–1).
    #[must_use]
    pub fn group(&self, profit_minor: i64, loyalty: f64) -> KotlerGroup {
        let profitable = profit_minor >= self.profit_minor;
        let loyal = loyalty * 10_000.0 >= self.loyalty_bp as f64;
        match (profitable, loyal) {
            (true, true) => KotlerGroup::TrueFriend,
            (true, false) => KotlerGroup::Butterfly,
            (false, true) => KotlerGroup::Barnacle,
            (false, false) => KotlerGroup::Stranger,
        }
    }
}

/// The default profit cut: the mean profit, rounded down; 0 without customers.
#[must_use]
pub fn mean_profit_minor(profits_minor: &[i64]) -> i64 {
    let sum = exact_sum(profits_minor);
    let n = profits_minor.len() as i128;
    if n == 0 { 0 } else { i64::try_from(sum.div_euclid(n)).unwrap_or(i64::MAX) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_four_corners_and_the_lines() {
        let cuts = KotlerCuts { profit_minor: 100, loyalty_bp: 5_000 };
        let cases = [
            (100, 0.5, KotlerGroup::TrueFriend),
            (100, 0.4999, KotlerGroup::Butterfly),
            (99, 0.5, KotlerGroup::Barnacle),
            (-5, 0.0, KotlerGroup::Stranger),
        ];
        for (profit, loyalty, want) in cases {
            assert_eq!(cuts.group(profit, loyalty), want, "{profit} {loyalty}");
        }
    }

    #[test]
    fn the_default_cut_is_the_mean() {
        assert_eq!(mean_profit_minor(&[]), 0);
        assert_eq!(mean_profit_minor(&[10, 20, 31]), 20);
        assert_eq!(mean_profit_minor(&[-10, -11]), -11);
        assert_eq!(mean_profit_minor(&[i64::MAX, i64::MAX]), i64::MAX);
        assert_eq!(mean_profit_minor(&[i64::MIN, i64::MIN, 5, i64::MAX, i64::MAX]), 0);
    }
}
