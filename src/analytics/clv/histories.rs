//! Purchase days of customers, condensed to what the models need.

use serde::{Deserialize, Serialize};

/// Days of a week: the models count time in weeks, as their papers do.
pub const WEEK_DAYS: f64 = 7.0;

/// One customer's purchases as BG/NBD sees them: purchases on one day are one. Days count from the first purchase.
///
/// The papers' recency `t_x` is [`Self::last_days`], not the days since the last purchase that RFM calls so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Purchases {
    /// Purchase days after the first, `x`.
    pub repeats: u32,
    /// Age at the last purchase, `t_x`.
    pub last_days: u32,
    /// Age at the as-of day, `T`.
    pub age_days: u32,
}

impl Purchases {
    /// From the purchase days up to `until`, ascending; `None` where there is none. Days may repeat.
    #[must_use]
    pub fn new(days: &[i32], until: i32) -> Option<Self> {
        Self::of(days.iter().copied(), until)
    }

    /// As [`Self::new`], from any days in order.
    #[must_use]
    pub fn of(days: impl Iterator<Item = i32>, until: i32) -> Option<Self> {
        let mut days = days.take_while(|&d| d <= until);
        let first = days.next()?;
        let (mut last, mut repeats) = (first, 0u32);
        for day in days {
            repeats = repeats.saturating_add(u32::from(day != last));
            last = day;
        }
        let since = |day: i32| u32::try_from(i64::from(day) - i64::from(first)).unwrap_or(0);
        Some(Self { repeats, last_days: since(last), age_days: since(until) })
    }

    /// What cannot be: repeats without time, or bought after the as-of day.
    #[must_use]
    pub fn is_possible(&self) -> bool {
        self.last_days <= self.age_days
            && (self.repeats == 0) == (self.last_days == 0)
            && self.repeats <= self.last_days
    }
}

/// Purchase days of many customers, one after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PurchaseDays {
    days: Vec<i32>,
    ends: Vec<usize>,
}

impl PurchaseDays {
    /// Adds a customer with these days, ascending; each day counts once.
    pub fn push(&mut self, days: impl Iterator<Item = i32>) {
        let start = self.days.len();
        for day in days {
            if self.days.len() == start || self.days.last() != Some(&day) {
                self.days.push(day);
            }
        }
        self.ends.push(self.days.len());
    }

    /// The days of each customer, in the order in which they came.
    pub fn iter(&self) -> impl Iterator<Item = &[i32]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| self.days.get(start..end).unwrap_or_default())
    }

    /// The first day of all.
    #[must_use]
    pub fn first(&self) -> Option<i32> {
        self.days.iter().min().copied()
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

/// Equal customers counted once: likelihoods are sums over these.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Groups {
    /// Different ages in weeks, ascending.
    pub weeks: Vec<f64>,
    /// By number of repeats, ascending.
    pub by_repeats: Vec<SameRepeats>,
    pub customers: f64,
}

/// Customers with equally many repeats.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct SameRepeats {
    /// `x`.
    pub repeats: f64,
    pub customers: f64,
    /// Places of `t_x` and `T` in [`Groups::weeks`], and how many customers.
    pub members: Vec<(u32, u32, f64)>,
}

impl Groups {
    /// Impossible records are left out.
    pub fn new(records: impl Iterator<Item = Purchases>) -> Self {
        let mut records: Vec<Purchases> = records.filter(Purchases::is_possible).collect();
        records.sort_unstable();
        let mut days: Vec<u32> = records.iter().flat_map(|r| [r.last_days, r.age_days]).collect();
        days.sort_unstable();
        days.dedup();
        let place = |day: u32| u32::try_from(days.partition_point(|&d| d < day)).unwrap_or(u32::MAX);
        let same = |of_one: &[Purchases]| SameRepeats {
            repeats: of_one.first().map_or(0.0, |r| f64::from(r.repeats)),
            customers: of_one.len() as f64,
            members: of_one
                .chunk_by(|a, b| a == b)
                .filter_map(|alike| {
                    let one = alike.first()?;
                    Some((place(one.last_days), place(one.age_days), alike.len() as f64))
                })
                .collect(),
        };
        Self {
            weeks: days.iter().map(|&d| f64::from(d) / WEEK_DAYS).collect(),
            by_repeats: records.chunk_by(|a, b| a.repeats == b.repeats).map(same).collect(),
            customers: records.len() as f64,
        }
    }

    /// Every `step`th kind of customer, to choose among starts cheaply.
    pub fn thinned(&self, most: usize) -> Self {
        let all: usize = self.by_repeats.iter().map(|s| s.members.len()).sum();
        let step = all.div_ceil(most.max(1)).max(1);
        let mut at = 0usize;
        let mut by_repeats = Vec::new();
        for same in &self.by_repeats {
            let members: Vec<(u32, u32, f64)> = same
                .members
                .iter()
                .filter(|_| {
                    at += 1;
                    (at - 1).is_multiple_of(step)
                })
                .copied()
                .collect();
            if !members.is_empty() {
                let customers = members.iter().map(|m| m.2).sum();
                by_repeats.push(SameRepeats { repeats: same.repeats, customers, members });
            }
        }
        let customers = by_repeats.iter().map(|s| s.customers).sum();
        Self { weeks: self.weeks.clone(), by_repeats, customers }
    }

    /// Repeats and weeks of age of all.
    pub fn sums(&self) -> (f64, f64) {
        let mut sums = (0.0, 0.0);
        for same in &self.by_repeats {
            sums.0 += same.repeats * same.customers;
            let age = |m: &(u32, u32, f64)| self.weeks.get(m.1 as usize).copied().unwrap_or(0.0) * m.2;
            sums.1 += same.members.iter().map(age).sum::<f64>();
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_become_a_record() {
        type Case<'a> = (&'a [i32], i32, Option<(u32, u32, u32)>);
        let cases: [Case; 6] = [
            (&[], 10, None),
            (&[11], 10, None),
            (&[3], 10, Some((0, 0, 7))),
            (&[3, 3, 5, 9], 10, Some((2, 6, 7))),
            (&[3, 5, 20], 10, Some((1, 2, 7))),
            (&[i32::MIN, i32::MAX], i32::MAX, Some((1, u32::MAX, u32::MAX))),
        ];
        for (days, until, want) in cases {
            let got = Purchases::new(days, until).map(|p| (p.repeats, p.last_days, p.age_days));
            assert_eq!(got, want, "{days:?}");
        }
    }

    #[test]
    fn equal_customers_are_counted_once() {
        let record = |repeats, last_days, age_days| Purchases { repeats, last_days, age_days };
        let records = [record(1, 7, 14), record(0, 0, 14), record(1, 7, 14), record(2, 20, 10), record(3, 1, 14)];
        let groups = Groups::new(records.into_iter());
        // The last two cannot be: bought after the as-of day, three repeats within a day.
        assert_eq!(groups.customers, 3.0);
        assert_eq!(groups.weeks, [0.0, 1.0, 2.0]);
        let members: Vec<_> = groups.by_repeats.iter().map(|s| (s.repeats, s.members.clone())).collect();
        assert_eq!(members, [(0.0, vec![(0, 2, 1.0)]), (1.0, vec![(1, 2, 2.0)])]);
        assert_eq!(groups.sums(), (2.0, 6.0));
        assert_eq!(groups.thinned(1).customers, 1.0);
        assert_eq!(groups.thinned(10), groups);
    }
}
