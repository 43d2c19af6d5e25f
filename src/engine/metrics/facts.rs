//! What one customer's own orders say at the as-of day, before any comparison with others.

use super::care::{Care, spent_minor};
use super::ledger::Entry;
use crate::analytics::{DormancyVerdict, PurchaseHistory, Purchases, dormancy, median_interval_days};
use crate::domain::{DormancySettings, Settings};

/// A customer's own figures. All zero for a prospect, but for what care cost.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Facts {
    /// Purchases in any currency.
    pub purchases: u32,
    pub refunds: u32,
    /// Different days with a purchase.
    pub purchase_days: u32,
    /// Days of the first and last purchase.
    pub first: i32,
    pub last: i32,
    /// Twice the median interval between purchase days (a median of whole days has halves at most); 0 below two.
    pub half_days: i64,
    /// What follows is in the book's currency. Purchases less refunds.
    pub revenue_minor: i64,
    /// What was given back, above zero.
    pub refunded_minor: i64,
    pub profit_minor: i64,
    /// The profit of what has a known cost, and that by the default margin; care is not taken off.
    pub known_minor: i64,
    pub assumed_minor: i64,
    /// What care cost, above zero; taken off the profit.
    pub care_minor: i64,
}

impl Facts {
    /// From a customer's entries and what was spent on them, oldest first; what lies after the as-of day is not seen.
    #[must_use]
    pub fn new(entries: &[Entry], care: &[Care], as_of: i32, settings: &Settings, scratch: &mut Vec<i32>) -> Self {
        let entries = entries.get(..entries.partition_point(|e| e.day <= as_of)).unwrap_or_default();
        let mut facts = Self::default();
        let (mut known, mut base) = (0i64, 0i64);
        for e in entries {
            facts.revenue_minor = facts.revenue_minor.saturating_add(e.total_minor);
            known = known.saturating_add(e.known_profit_minor);
            base = base.saturating_add(e.base_minor);
            if e.refund {
                facts.refunds += 1;
                facts.refunded_minor = facts.refunded_minor.saturating_sub(e.total_minor);
                continue;
            }
            if facts.purchases == 0 {
                facts.first = e.day;
            }
            if facts.purchases == 0 || e.day > facts.last {
                facts.purchase_days += 1;
            }
            facts.purchases += 1;
            facts.last = e.day;
        }
        if facts.purchase_days > 1 {
            let days = entries.iter().filter(|e| !e.refund).map(|e| e.day);
            facts.half_days = median_interval_days(days, scratch).map_or(0, |days| (days * 2.0) as i64);
        }
        facts.assumed_minor = share_minor(base, settings.default_margin_bp);
        facts.known_minor = known;
        facts.care_minor = spent_minor(care, as_of);
        facts.profit_minor = known.saturating_add(facts.assumed_minor).saturating_sub(facts.care_minor);
        facts
    }

    /// Part of the profit that rests on the default margin.
    #[must_use]
    pub fn assumed_bp(&self) -> i64 {
        let assumed = self.assumed_minor.unsigned_abs();
        match assumed.saturating_add(self.known_minor.unsigned_abs()) {
            0 => 0,
            all => (assumed as f64 / all as f64 * 10_000.0).round() as i64,
        }
    }

    #[must_use]
    pub fn is_buyer(&self) -> bool {
        self.purchases > 0
    }

    #[must_use]
    pub fn median_interval_days(&self) -> Option<f64> {
        (self.half_days > 0).then_some(self.half_days as f64 / 2.0)
    }

    /// Days from the last purchase to the as-of day.
    #[must_use]
    pub fn days_since(&self, as_of: i32) -> i64 {
        i64::from(as_of) - i64::from(self.last)
    }

    #[must_use]
    pub fn history(&self, as_of: i32) -> PurchaseHistory {
        PurchaseHistory {
            days_since_last_purchase: self.days_since(as_of),
            purchase_days: self.purchase_days,
            median_interval_days: self.median_interval_days(),
        }
    }

    /// The record of BG/NBD: purchases on one day are one.
    #[must_use]
    pub fn record(&self, as_of: i32) -> Purchases {
        let since = |day: i32| u32::try_from(i64::from(day) - i64::from(self.first)).unwrap_or(0);
        Purchases { repeats: self.purchase_days.saturating_sub(1), last_days: since(self.last), age_days: since(as_of) }
    }

    #[must_use]
    pub fn dormancy(&self, as_of: i32, settings: &DormancySettings) -> DormancyVerdict {
        dormancy(self.days_since(as_of), self.purchase_days, self.median_interval_days(), settings)
    }
}

/// A share of an amount, rounded half away from zero.
fn share_minor(amount_minor: i64, share_bp: i64) -> i64 {
    let half = if (amount_minor < 0) == (share_bp < 0) { 5_000 } else { -5_000 };
    // Amounts and shares as they are: without the check for overflow, which is slow in wasm.
    if amount_minor.unsigned_abs() < 1 << 48 && share_bp.unsigned_abs() <= 10_000 {
        return (amount_minor * share_bp + half) / 10_000;
    }
    match amount_minor.checked_mul(share_bp).and_then(|exact| exact.checked_add(half)) {
        Some(exact) => exact / 10_000,
        None => {
            let exact = (i128::from(amount_minor) * i128::from(share_bp) + i128::from(half)) / 10_000;
            i64::try_from(exact).unwrap_or(if exact > 0 { i64::MAX } else { i64::MIN })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(day: i32, total_minor: i64, known: Option<i64>) -> Entry {
        Entry {
            day,
            order: 0,
            refund: total_minor < 0,
            total_minor,
            foreign: false,
            known_profit_minor: known.unwrap_or(0),
            base_minor: if known.is_some() { 0 } else { total_minor },
        }
    }

    #[test]
    fn worked_by_hand() {
        let entries = [
            entry(-3, -200, None),
            entry(5, 1_000, Some(400)),
            entry(5, 500, None),
            entry(9, 300, None),
            entry(20, 700, None),
        ];
        let care = [(9, 50), (10, 999)].map(|(day, minor)| Care { customer: 0, day, minor });
        let facts = Facts::new(&entries, &care, 9, &Settings::default(), &mut Vec::new());
        // Known 400; base −200 + 500 + 300 = 600, 30 % of it 180: profit 580, assumed 180 ÷ 580 = 31.03 %. A gift of 50 is taken off, one
        // after the day is not seen.
        let want = Facts {
            purchases: 3,
            refunds: 1,
            purchase_days: 2,
            first: 5,
            last: 9,
            half_days: 8,
            revenue_minor: 1_600,
            refunded_minor: 200,
            profit_minor: 530,
            known_minor: 400,
            assumed_minor: 180,
            care_minor: 50,
        };
        assert_eq!((facts, facts.assumed_bp()), (want, 3_103));
        assert_eq!(Facts::new(&entries, &[], -10, &Settings::default(), &mut Vec::new()), Facts::default());
        assert!(!Facts::new(&entries[..1], &[], 0, &Settings::default(), &mut Vec::new()).is_buyer());
    }

    #[test]
    fn shares_round_half_away_from_zero() {
        for (amount, share, want) in [
            (5, 3_000, 2),
            (-5, 3_000, -2),
            (1, 5_000, 1),
            (i64::MAX, 10_000, i64::MAX),
            ((1 << 48) - 1, 10_000, (1 << 48) - 1),
            (1 << 48, -10_000, -(1 << 48)),
            (10, 15_000, 15),
        ] {
            assert_eq!(share_minor(amount, share), want, "{amount} × {share}");
        }
    }
}
