//! How long relationships last (SPEC V8): from the first purchase to the as-of day, or to the last purchase of who has left.

use serde::{Deserialize, Serialize};

use crate::analytics::median_days;

/// Where the classes begin after the first, days; the last is open.
pub const LENGTH_EDGES_DAYS: [i32; 7] = [30, 91, 183, 365, 730, 1_095, 1_826];
const CLASSES: usize = LENGTH_EDGES_DAYS.len() + 1;

/// The distribution of lengths, apart for those who are there and those who have left.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Lengths {
    /// Per class: still there, left.
    pub classes: [[u64; 2]; CLASSES],
    /// Of those who left: bought on one day only.
    pub one_day: u64,
    /// Median days; `None` where there is nobody.
    pub median_all: Option<f64>,
    pub median_there: Option<f64>,
    pub median_left: Option<f64>,
}

impl Lengths {
    /// From the lengths of those who are there and of those who have left, days.
    #[must_use]
    pub fn new(mut there: Vec<i32>, mut left: Vec<i32>) -> Self {
        let mut made = Self::default();
        for (kind, days) in there.iter().map(|d| (0, *d)).chain(left.iter().map(|d| (1, *d))) {
            let class = LENGTH_EDGES_DAYS.partition_point(|edge| *edge <= days);
            if let Some(n) = made.classes.get_mut(class).and_then(|c| c.get_mut(kind)) {
                *n += 1;
            }
        }
        made.one_day = left.iter().filter(|days| **days == 0).count() as u64;
        let mut all: Vec<i32> = there.iter().chain(&left).copied().collect();
        made.median_all = median_days(&mut all);
        made.median_there = median_days(&mut there);
        made.median_left = median_days(&mut left);
        made
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worked_by_hand() {
        assert_eq!(Lengths::new(Vec::new(), Vec::new()), Lengths::default());
        let lengths = Lengths::new(vec![10, 30, 2_000], vec![0, 0, 400, 29]);
        let want = [[1, 3], [1, 0], [0, 0], [0, 0], [0, 1], [0, 0], [0, 0], [1, 0]];
        assert_eq!((lengths.classes, lengths.one_day), (want, 2));
        // 0 0 10 29 30 400 2000; 10 30 2000; 0 0 29 400.
        assert_eq!(lengths.median_all, Some(29.0));
        assert_eq!((lengths.median_there, lengths.median_left), (Some(30.0), Some(14.5)));
    }
}
