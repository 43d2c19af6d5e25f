//! Who is falling asleep, by each customer's own rhythm (SPEC V5).

use serde::{Deserialize, Serialize};

use crate::domain::DormancySettings;

/// The dormancy ladder (SPEC V5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dormancy {
    Awake,
    Dozing,
    HalfAsleep,
    Asleep,
}

impl Dormancy {
    pub const ALL: [Self; 4] = [Self::Awake, Self::Dozing, Self::HalfAsleep, Self::Asleep];
}

/// A verdict and what it rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DormancyVerdict {
    pub step: Dormancy,
    /// True when judged by fixed days for want of history.
    pub thin: bool,
}

/// Where a customer stands on the ladder.
///
/// With purchases on at least `min_purchases` different days (never fewer than two), the limits are the customer's
/// own median interval × `multiples_bp`; the interval is first raised so that the first limit is no sooner than
/// `floor_days`, which keeps the proportions between the limits. With less history the limits are `fixed_days`.
/// A limit reached counts as passed. A last purchase in the future is awake.
#[must_use]
pub fn dormancy(
    days_since_last_purchase: i64,
    purchase_days: u32,
    median_interval_days: Option<f64>,
    settings: &DormancySettings,
) -> DormancyVerdict {
    let (limits, thin) = limits_days(purchase_days, median_interval_days, settings);
    let days = days_since_last_purchase as f64;
    let step = if days < 1.0 {
        Dormancy::Awake
    } else if days >= limits[2] {
        Dormancy::Asleep
    } else if days >= limits[1] {
        Dormancy::HalfAsleep
    } else if days >= limits[0] {
        Dormancy::Dozing
    } else {
        Dormancy::Awake
    };
    DormancyVerdict { step, thin }
}

/// Whole days after the last purchase from which a customer is asleep; at least one.
#[must_use]
pub fn asleep_after_days(purchase_days: u32, median_interval_days: Option<f64>, settings: &DormancySettings) -> i64 {
    let (limits, _) = limits_days(purchase_days, median_interval_days, settings);
    (limits[2].ceil() as i64).max(1)
}

/// Whole days after the last purchase before which nobody with a rhythm of their own stands on each step below awake.
#[must_use]
pub fn earliest_days(settings: &DormancySettings) -> [i64; 3] {
    limits_days(u32::MAX, Some(0.0), settings).0.map(|days| (days.ceil() as i64).max(1))
}

/// From how many days on each step below awake begins, and whether these are the fixed days.
fn limits_days(purchase_days: u32, median_interval_days: Option<f64>, settings: &DormancySettings) -> ([f64; 3], bool) {
    let own = median_interval_days.filter(|_| purchase_days >= settings.min_purchases.max(2));
    let limits = match own {
        Some(interval) => {
            let multiples = settings.multiples_bp.map(|m| (m.max(1) as f64) / 10_000.0);
            let interval = interval.max(settings.floor_days as f64 / multiples[0]);
            multiples.map(|m| interval * m)
        }
        None => settings.fixed_days.map(|d| d as f64),
    };
    (limits, own.is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn by_own_rhythm_floor_and_fixed_days() {
        // Limits by hand: interval 20 → 30, 50, 80. Interval 2 is raised to 14 ÷ 1.5 = 9.33 → 14, 23.3, 37.3.
        // Fixed 60, 120, 240 below four purchase days.
        use Dormancy::*;
        let cases = [
            (29, 4, Some(20.0), Awake, false),
            (30, 4, Some(20.0), Dozing, false),
            (50, 4, Some(20.0), HalfAsleep, false),
            (79, 9, Some(20.0), HalfAsleep, false),
            (80, 9, Some(20.0), Asleep, false),
            (13, 40, Some(2.0), Awake, false),
            (14, 40, Some(2.0), Dozing, false),
            (24, 40, Some(2.0), HalfAsleep, false),
            (38, 40, Some(2.0), Asleep, false),
            (59, 3, Some(2.0), Awake, true),
            (60, 1, None, Dozing, true),
            (120, 1, None, HalfAsleep, true),
            (240, 2, Some(1.0), Asleep, true),
            (0, 1, None, Awake, true),
            (-40, 9, Some(2.0), Awake, false),
            (i64::MAX, 9, Some(2.0), Asleep, false),
        ];
        for (since, days, interval, step, thin) in cases {
            let got = dormancy(since, days, interval, &DormancySettings::default());
            assert_eq!(got, DormancyVerdict { step, thin }, "{since} {days} {interval:?}");
        }
    }

    #[test]
    fn the_quickest_rhythm_sleeps_no_earlier_than_is_said() {
        use Dormancy::*;
        let mut settings = DormancySettings::default();
        for (floor_days, want) in [(14, [14, 24, 38]), (30, [30, 50, 80]), (0, [1, 1, 1])] {
            settings.floor_days = floor_days;
            let days = earliest_days(&settings);
            assert_eq!(days, want);
            let step = |since| dormancy(since, 40, Some(0.5), &settings).step;
            if floor_days > 0 {
                assert_eq!(days.map(step), [Dozing, HalfAsleep, Asleep]);
                assert_eq!(days.map(|day| step(day - 1)), [Awake, Dozing, HalfAsleep]);
            }
        }
    }

    proptest! {
        #[test]
        fn silence_only_deepens_sleep(a in -10i64..2000, b in -10i64..2000, days in 1u32..20, interval in 1.0f64..200.0) {
            let settings = DormancySettings::default();
            let at = |since| dormancy(since, days, Some(interval), &settings).step;
            prop_assert!(at(a.min(b)) <= at(a.max(b)));
            if days >= settings.min_purchases && a < settings.floor_days {
                prop_assert_eq!(at(a), Dormancy::Awake);
            }
        }
    }
}
