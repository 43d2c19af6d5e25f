//! Recency, frequency, monetary: quantile scores and named groups (SPEC V1).
//!
//! The same numbers as the R package `rfm` 0.3.0 (rsquaredacademy): inner bounds are the type-7 quantiles plus one
//! unit, a bin takes its lower bound and leaves its upper one, the freshest bin of recency scores highest. Groups are
//! those of the package's own documentation (`?rfm_segment`), where the first that fits wins.

use serde::{Deserialize, Serialize};

use super::quantiles;

/// Named groups of the R package `rfm`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RfmGroup {
    Champions,
    PotentialLoyalist,
    LoyalCustomers,
    Promising,
    NewCustomers,
    CantLose,
    AtRisk,
    NeedAttention,
    AboutToSleep,
    Lost,
    Others,
}

/// Fewest and most quantile groups per score.
pub const RFM_BINS: std::ops::RangeInclusive<u8> = 3..=9;

/// The groups in the package's order, each with its lowest and highest score of recency, frequency and monetary.
const GROUPS: [(RfmGroup, [(u8, u8); 3]); 10] = [
    (RfmGroup::Champions, [(5, 5), (5, 5), (5, 5)]),
    (RfmGroup::PotentialLoyalist, [(3, 5), (3, 5), (2, 5)]),
    (RfmGroup::LoyalCustomers, [(2, 4), (2, 4), (2, 4)]),
    (RfmGroup::Promising, [(3, 4), (1, 3), (3, 5)]),
    (RfmGroup::NewCustomers, [(4, 5), (1, 3), (1, 5)]),
    (RfmGroup::CantLose, [(1, 2), (3, 4), (4, 5)]),
    (RfmGroup::AtRisk, [(1, 2), (2, 5), (4, 5)]),
    (RfmGroup::NeedAttention, [(1, 3), (3, 5), (3, 5)]),
    (RfmGroup::AboutToSleep, [(2, 3), (1, 3), (1, 4)]),
    (RfmGroup::Lost, [(1, 1), (1, 5), (1, 5)]),
];

impl RfmGroup {
    pub const ALL: [Self; 11] = [
        Self::Champions,
        Self::PotentialLoyalist,
        Self::LoyalCustomers,
        Self::Promising,
        Self::NewCustomers,
        Self::CantLose,
        Self::AtRisk,
        Self::NeedAttention,
        Self::AboutToSleep,
        Self::Lost,
        Self::Others,
    ];

    /// The group of these scores out of `bins`. Groups are defined on five; other scales are stretched so that the
    /// ends meet and the steps between are even: `1 + (score − 1) × 4 ÷ (bins − 1)`, halves rounded up.
    #[must_use]
    pub fn of(scores: [u8; 3], bins: u8) -> Self {
        let steps = u16::from(bins.max(2)) - 1;
        let on_five = scores.map(|s| {
            let up = u16::from(s.clamp(1, bins.max(1))) - 1;
            1 + ((8 * up + steps) / (2 * steps)).min(4) as u8
        });
        let fits =
            |bounds: &[(u8, u8); 3]| on_five.iter().zip(bounds).all(|(s, (low, high))| (low..=high).contains(&s));
        GROUPS.iter().find(|(_, bounds)| fits(bounds)).map_or(Self::Others, |&(group, _)| group)
    }
}

/// Upper bounds of the bins of one score, ascending, one per bin, each the first value that no longer belongs to it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RfmBounds(Vec<f64>);

impl RfmBounds {
    /// The bounds of ascending `sorted` values in `bins` (brought into [`RFM_BINS`]). `unit` is what one counts in:
    /// 1 day, 1 purchase, one major unit of money. Without values there are no bounds.
    #[must_use]
    pub fn new(sorted: &[i64], bins: u8, unit: f64) -> Self {
        let bins = bins.clamp(*RFM_BINS.start(), *RFM_BINS.end());
        Self(quantiles(sorted, usize::from(bins)).into_iter().map(|q| q + unit).collect())
    }

    /// The bin of `value` from 1: one more than the inner bounds that it reaches. Ties share a bin, so a bin can stay
    /// empty.
    #[must_use]
    pub fn bin(&self, value: f64) -> u8 {
        let inner = self.0.split_last().map_or(&[][..], |(_, inner)| inner);
        1 + inner.iter().map(|&bound| u8::from(value >= bound)).sum::<u8>()
    }

    #[must_use]
    pub fn upper(&self) -> &[f64] {
        &self.0
    }
}

/// The bounds of all three scores.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RfmScale {
    pub bins: u8,
    pub recency_days: RfmBounds,
    pub purchases: RfmBounds,
    pub revenue_minor: RfmBounds,
}

impl RfmScale {
    /// Recency, frequency and monetary score of a customer, each 1 to the number of bins, the best highest.
    #[must_use]
    pub fn scores(&self, days_since_last_purchase: i64, purchases: u32, revenue_minor: i64) -> [u8; 3] {
        [
            (self.bins + 1).saturating_sub(self.recency_days.bin(days_since_last_purchase as f64)).max(1),
            self.purchases.bin(f64::from(purchases)),
            self.revenue_minor.bin(revenue_minor as f64),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What the package itself published: the result table of its article “RFM Analysis – Transaction Level Data”
    /// (data set `rfm_data_orders`, analysis date 2006-12-31, five bins) with every customer's orders, recency, amount,
    /// scores and group. Names are left out.
    const PUBLISHED: &str = include_str!("../../tests/reference/rfm_package.csv");

    struct Row {
        scores: [u8; 3],
        group: String,
        orders: u32,
        days: i64,
        amount: i64,
    }

    fn published() -> Vec<Row> {
        let lines = PUBLISHED.lines().filter(|l| !l.starts_with('#')).skip(1);
        let row = |line: &str| {
            let cells: Vec<&str> = line.split(',').collect();
            let score = |i: usize| cells[0].as_bytes()[i] - b'0';
            Row {
                scores: [score(0), score(1), score(2)],
                group: cells[1].to_owned(),
                orders: cells[2].parse().unwrap(),
                days: cells[3].parse().unwrap(),
                amount: cells[4].parse().unwrap(),
            }
        };
        lines.map(row).collect()
    }

    fn scale(rows: &[(i64, u32, i64)], bins: u8, unit_minor: f64) -> RfmScale {
        let column = |f: &dyn Fn(&(i64, u32, i64)) -> i64| {
            let mut values: Vec<i64> = rows.iter().map(f).collect();
            values.sort_unstable();
            values
        };
        RfmScale {
            bins,
            recency_days: RfmBounds::new(&column(&|r| r.0), bins, 1.0),
            purchases: RfmBounds::new(&column(&|r| i64::from(r.1)), bins, 1.0),
            revenue_minor: RfmBounds::new(&column(&|r| r.2), bins, unit_minor),
        }
    }

    #[test]
    fn equals_the_r_package_for_every_customer_it_published() {
        let rows = published();
        assert_eq!(rows.len(), 995);
        let facts: Vec<_> = rows.iter().map(|r| (r.days, r.orders, r.amount)).collect();
        let scale = scale(&facts, 5, 1.0);
        // Inner bounds as printed in the example of ?rfm_table_order, rounded to whole numbers there.
        let inner = |b: &RfmBounds| b.upper()[..4].iter().map(|v| v.round() as i64).collect::<Vec<_>>();
        assert_eq!(inner(&scale.recency_days), [115, 181, 297, 482]);
        assert_eq!(inner(&scale.purchases), [4, 5, 6, 8]);
        assert_eq!(inner(&scale.revenue_minor), [256, 382, 506, 666]);
        for r in &rows {
            let scores = scale.scores(r.days, r.orders, r.amount);
            assert_eq!(scores, r.scores, "{} days, {} orders, {}", r.days, r.orders, r.amount);
            assert_eq!(format!("{:?}", RfmGroup::of(scores, 5)), r.group, "{scores:?}");
        }
    }

    #[test]
    fn group_sizes_equal_those_of_the_article() {
        let mut sizes = std::collections::BTreeMap::new();
        for r in published() {
            *sizes.entry(RfmGroup::of(r.scores, 5)).or_insert(0) += 1;
        }
        use RfmGroup::*;
        let article = [
            (PotentialLoyalist, 342),
            (LoyalCustomers, 170),
            (Lost, 148),
            (NewCustomers, 104),
            (AboutToSleep, 102),
            (CantLose, 47),
            (Champions, 35),
            (AtRisk, 28),
            (NeedAttention, 10),
            (Promising, 9),
        ];
        assert_eq!(sizes, article.into_iter().collect());
    }

    #[test]
    fn other_scales_meet_at_both_ends() {
        for bins in RFM_BINS {
            assert_eq!(RfmGroup::of([bins; 3], bins), RfmGroup::Champions, "{bins}");
            assert_eq!(RfmGroup::of([1; 3], bins), RfmGroup::Lost, "{bins}");
        }
        // Three bins stand for 1, 3, 5; nine for 1 2 2 3 3 4 4 5 5.
        assert_eq!(RfmGroup::of([2, 1, 2], 3), RfmGroup::of([3, 1, 3], 5));
        assert_eq!(RfmGroup::of([8, 9, 8], 9), RfmGroup::Champions);
        assert_eq!(RfmGroup::of([7, 9, 8], 9), RfmGroup::PotentialLoyalist);
        assert_eq!(RfmGroup::of([0, 0, 0], 0), RfmGroup::Lost);
    }

    #[test]
    fn thin_data() {
        let empty = scale(&[], 5, 100.0);
        assert!(empty.recency_days.upper().is_empty());
        assert_eq!(empty.scores(3, 1, 5), [5, 1, 1]);
        // One customer, and many alike: all in the lowest bin, which for recency scores highest.
        assert_eq!(scale(&[(10, 2, 500)], 5, 100.0).scores(10, 2, 500), [5, 1, 1]);
        assert_eq!(scale(&[(10, 2, 500); 40], 5, 100.0).scores(10, 2, 500), [5, 1, 1]);
        // Refunds only and dates in the future are just numbers.
        assert_eq!(scale(&[(-3, 1, -500), (4, 1, 900)], 3, 100.0).scores(-3, 1, -500)[0], 3);
    }

    proptest! {
        #[test]
        fn scores_rise_with_the_value(
            rows in prop::collection::vec((-5i64..900, 1u32..40, -5000i64..90_000), 1..80), bins in 3u8..=9,
        ) {
            let scale = scale(&rows, bins, 100.0);
            for a in &rows {
                let s = scale.scores(a.0, a.1, a.2);
                prop_assert!(s.iter().all(|s| (1..=bins).contains(s)));
                for b in &rows {
                    let t = scale.scores(b.0, b.1, b.2);
                    prop_assert!(a.0 < b.0 || s[0] <= t[0]);
                    prop_assert!(a.1 > b.1 || s[1] <= t[1]);
                    prop_assert!(a.2 > b.2 || s[2] <= t[2]);
                }
            }
        }
    }
}
