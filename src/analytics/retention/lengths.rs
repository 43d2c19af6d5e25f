//! How long relationships last (SPEC V8): from the first purchase to the as-of day, or to the last purchase of who has left.

use serde::{Deserialize, Serialize};

use super::survival::{Spell, half_over_days};
use crate::analytics::median_days;

/// Where the classes begin after the first, days; the last is open.
pub const LENGTH_EDGES_DAYS: [i32; 7] = [30, 91, 183, 365, 730, 1_095, 1_826];
const CLASSES: usize = LENGTH_EDGES_DAYS.len() + 1;

/// The relationship with one customer, days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relationship {
    pub first: i32,
    pub last: i32,
    /// How long a silence says that this customer has left, and at least as long as it takes to say so of who bought once: were those
    /// who buy often followed up to a later day than the others, they would weigh too much among those who can be followed.
    pub limit_days: i64,
    pub gone: bool,
}

impl Relationship {
    /// To the last purchase of who has left, else to the as-of day.
    fn length_days(self, as_of: i32) -> i32 {
        (if self.gone { self.last } else { as_of }).saturating_sub(self.first)
    }

    /// What is known for certain. Whether somebody bought for the last time shows only after `limit_days`: so who is there was
    /// certainly there that long before the as-of day, and nothing is known yet of who came since. (Taken as there until the as-of
    /// day, who bought once last month would count as having stayed for that month, while leaving takes them back to day 0.) Likewise
    /// who left since is known to have been there up to that day.
    fn spell(self, as_of: i32) -> Option<Spell> {
        let until = i64::from(as_of).saturating_sub(self.limit_days).saturating_sub(self.first.into());
        let until = i32::try_from(until).ok().filter(|days| *days >= 0)?;
        let length = self.length_days(as_of);
        let over = self.gone && length <= until;
        Some(Spell { days: if over { length } else { until }, over })
    }
}

/// The distribution of lengths, apart for those who are there and those who have left.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Lengths {
    /// Per class: still there, left.
    pub classes: [[u64; 2]; CLASSES],
    /// Of those who left: bought on one day only.
    pub one_day: u64,
    /// After so many days half of all relationships are over, those counted that go on ([`half_over_days`]).
    pub half_days: Option<f64>,
    /// Customers whom that rests on.
    pub known: u64,
    /// Median days so far; `None` where there is nobody.
    pub median_there: Option<f64>,
    pub median_left: Option<f64>,
}

impl Lengths {
    #[must_use]
    pub fn new(all: &[Relationship], as_of: i32) -> Self {
        let mut made = Self::default();
        let mut days = [Vec::new(), Vec::new()];
        let mut spells = Vec::new();
        for one in all {
            let (length, kind) = (one.length_days(as_of), usize::from(one.gone));
            let class = LENGTH_EDGES_DAYS.partition_point(|edge| *edge <= length);
            if let Some(n) = made.classes.get_mut(class).and_then(|c| c.get_mut(kind)) {
                *n += 1;
            }
            made.one_day += u64::from(one.gone && length == 0);
            days.get_mut(kind).into_iter().for_each(|days| days.push(length));
            spells.extend(one.spell(as_of));
        }
        made.known = spells.len() as u64;
        made.half_days = half_over_days(&mut spells);
        let [there, left] = &mut days;
        (made.median_there, made.median_left) = (median_days(there), median_days(left));
        made
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gone(length: i32) -> Relationship {
        Relationship { first: 0, last: length, limit_days: 100, gone: true }
    }

    #[test]
    fn worked_by_hand() {
        assert_eq!(Lengths::new(&[], 0), Lengths::default());
        let there = |first| Relationship { first, last: 1_990, limit_days: 100, gone: false };
        let all = [there(1_990), there(1_970), there(0), gone(0), gone(0), gone(400), gone(29)];
        let lengths = Lengths::new(&all, 2_000);
        let want = [[1, 3], [1, 0], [0, 0], [0, 0], [0, 1], [0, 0], [0, 0], [1, 0]];
        assert_eq!((lengths.classes, lengths.one_day), (want, 2));
        // 10 30 2000; 0 0 29 400.
        assert_eq!((lengths.median_there, lengths.median_left), (Some(30.0), Some(14.5)));
        // Of the two who came 10 and 30 days ago nothing is known. The others: 0 0 29 400 over, 1,900 going on: 3/5, 2/5 at 29.
        assert_eq!((lengths.known, lengths.half_days), (5, Some(29.0)));
    }

    /// Lifetimes of a known distribution, joined over years, seen until a day: the median comes back, though most are cut off, and
    /// though who bought once is known to have left later than who buys often.
    #[test]
    fn who_is_still_there_does_not_shift_it() {
        let mut off = Vec::new();
        for seed in 1u64..=40 {
            let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            // Marsaglia's xorshift.
            let mut even = || {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                (state >> 11) as f64 / (1u64 << 53) as f64
            };
            let as_of = 900;
            let (mut all, mut lives) = (Vec::new(), Vec::new());
            for _ in 0..4_000 {
                let first = (even() * f64::from(as_of)) as i32;
                // Every third buys once. Of the others half live longer than 400 days; a purchase every 20.
                let once = even() < 1.0 / 3.0;
                let life = if once { 0 } else { (-400.0 * even().max(1e-9).log2()).min(1e6) as i32 / 20 * 20 };
                lives.push(life);
                let last = first + life.min((as_of - first) / 20 * 20);
                let limit = if last == first { 240 } else { 80 };
                let is_gone = last + limit <= as_of;
                all.push(Relationship { first, last, limit_days: limit.max(240).into(), gone: is_gone });
            }
            let (found, truth) = (Lengths::new(&all, as_of).half_days, median_days(&mut lives));
            off.push(found.unwrap() - truth.unwrap());
        }
        let mean = off.iter().sum::<f64>() / off.len() as f64;
        // One draw is off by two standard errors of 9 days and steps of 20, their mean by a sixth of that.
        assert!(mean.abs() <= 8.0 && off.iter().all(|off| off.abs() <= 80.0), "{mean} {off:?}");
    }
}
