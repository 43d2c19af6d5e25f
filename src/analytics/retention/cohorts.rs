//! Cohorts: customers by the period of their first purchase, against the periods since (SPEC V8).

use serde::{Deserialize, Serialize};

use crate::domain::Day;

/// How long a period is; periods follow the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CohortStep {
    Month,
    Quarter,
    Year,
}

/// A calendar is finite: days beyond it count as its ends.
const LAST_MONTH: i32 = 12 * 9_999;

impl CohortStep {
    pub const ALL: [Self; 3] = [Self::Month, Self::Quarter, Self::Year];

    fn months(self) -> i32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Year => 12,
        }
    }

    /// The number of the period that `day` lies in, counted from year 0.
    #[must_use]
    pub fn of(self, day: Day) -> i32 {
        let (year, month, _) = day.ymd();
        let month = year.saturating_mul(12).saturating_add(i32::try_from(month).unwrap_or(1) - 1);
        month.clamp(0, LAST_MONTH).div_euclid(self.months())
    }

    /// The first day of a period.
    #[must_use]
    pub fn start(self, period: i32) -> Day {
        let month = period.saturating_mul(self.months()).clamp(0, LAST_MONTH);
        let of_year = u32::try_from(month.rem_euclid(12)).unwrap_or(0) + 1;
        Day::from_ymd(month.div_euclid(12), of_year, 1).unwrap_or(Day(0))
    }

    /// The last day of a period.
    #[must_use]
    pub fn end(self, period: i32) -> Day {
        Day(self.start(period.saturating_add(1)).0.saturating_sub(1))
    }

    /// The shortest step that makes no more than `most` periods of the time between two days.
    #[must_use]
    pub fn fitting(first: Day, last: Day, most: i32) -> Self {
        let fits = |step: &Self| step.of(last).saturating_sub(step.of(first)) < most;
        Self::ALL.into_iter().find(fits).unwrap_or(Self::Year)
    }
}

/// One cohort.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CohortRow {
    pub from: Day,
    pub to: Day,
    pub size: u64,
    /// Who bought again in the first, second … period after that of the first purchase; up to that of the as-of day.
    pub again: Vec<u64>,
    /// Who was still there at the first purchase, and one, two … periods later: bought then or later. The period of the
    /// as-of day counts only when it is over.
    pub there: Vec<u64>,
    /// Periods between a customer's first and last purchase, of all customers together, and those of them without one.
    pub passed: u64,
    pub skipped: u64,
}

/// Customers by cohort. The last `most` periods are told apart, those who came before are counted only.
#[derive(Clone, Debug)]
pub struct Cohorts {
    step: CohortStep,
    first: i32,
    last: i32,
    /// Whether the last period is over.
    whole: bool,
    earlier: u64,
    rows: Vec<CohortRow>,
}

impl Cohorts {
    #[must_use]
    pub fn new(step: CohortStep, first: Day, as_of: Day, most: i32) -> Self {
        let last = step.of(as_of);
        let first = step.of(first).clamp(last.saturating_sub(most.max(1) - 1), last);
        let whole = step.end(last) == as_of;
        let row = |period: i32| {
            let after = usize::try_from(last - period).unwrap_or(0);
            CohortRow {
                from: step.start(period),
                to: step.end(period),
                size: 0,
                again: vec![0; after],
                there: vec![0; after + 1],
                passed: 0,
                skipped: 0,
            }
        };
        Self { step, first, last, whole, earlier: 0, rows: (first..=last).map(row).collect() }
    }

    /// One customer by their days with a purchase, ascending; days may repeat. None lies after the as-of day.
    pub fn add(&mut self, days: impl IntoIterator<Item = i32>) {
        let mut periods = days.into_iter().map(|day| self.step.of(Day(day)));
        let Some(cohort) = periods.next() else { return };
        let Some(row) = usize::try_from(cohort - self.first).ok().and_then(|at| self.rows.get_mut(at)) else {
            self.earlier += 1;
            return;
        };
        let (mut at, mut seen) = (cohort, 0u64);
        for period in periods {
            if period <= at || period > self.last {
                continue;
            }
            at = period;
            seen += 1;
            if let Some(n) = usize::try_from(period - cohort - 1).ok().and_then(|k| row.again.get_mut(k)) {
                *n += 1;
            }
        }
        let passed = at - cohort;
        row.size += 1;
        row.passed += u64::from(passed.unsigned_abs());
        row.skipped += u64::from(passed.unsigned_abs()) - seen;
        if let Some(n) = usize::try_from(passed).ok().and_then(|k| row.there.get_mut(k)) {
            *n += 1;
        }
    }

    /// The cohorts, oldest first, and how many customers came before them.
    #[must_use]
    pub fn finish(mut self) -> (Vec<CohortRow>, u64) {
        for row in &mut self.rows {
            // From “last seen then” to “then or later”.
            let mut later = 0;
            for n in row.there.iter_mut().rev() {
                later += *n;
                *n = later;
            }
            if !self.whole && row.there.len() > 1 {
                row.there.pop();
            }
        }
        (self.rows, self.earlier)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> i32 {
        Day::parse_iso(text).unwrap().0
    }

    #[test]
    fn periods_follow_the_calendar() {
        let cases = [
            (CohortStep::Month, "2024-02-29", "2024-02-01", "2024-02-29"),
            (CohortStep::Quarter, "2023-12-31", "2023-10-01", "2023-12-31"),
            (CohortStep::Year, "2024-07-01", "2024-01-01", "2024-12-31"),
        ];
        for (step, at, from, to) in cases {
            let period = step.of(Day(day(at)));
            assert_eq!((step.start(period).0, step.end(period).0), (day(from), day(to)), "{at}");
        }
        assert_eq!(CohortStep::fitting(Day(day("2024-01-31")), Day(day("2025-06-01")), 18), CohortStep::Month);
        assert_eq!(CohortStep::fitting(Day(day("2024-01-31")), Day(day("2025-07-01")), 18), CohortStep::Quarter);
        assert_eq!(CohortStep::fitting(Day(-25_000), Day(80_000), 18), CohortStep::Year);
    }

    /// Three who came in January (a: January, March and April; b: twice in January; c: January, February, April) and one
    /// in March who never came back; as of 15 April.
    #[test]
    fn worked_by_hand() {
        let mut cohorts = Cohorts::new(CohortStep::Month, Day(day("2024-01-05")), Day(day("2024-04-15")), 24);
        cohorts.add([day("2024-01-05"), day("2024-03-01"), day("2024-03-09"), day("2024-04-01")]);
        cohorts.add([day("2024-01-06"), day("2024-01-31")]);
        cohorts.add([day("2024-01-07"), day("2024-02-07"), day("2024-04-15")]);
        cohorts.add([day("2024-03-20")]);
        cohorts.add([]);
        let (rows, earlier) = cohorts.finish();
        assert_eq!((rows.len(), earlier), (4, 0));
        // April is not over: it says who bought again, not who has left.
        let january = &rows[0];
        assert_eq!((january.size, january.again.as_slice()), (3, &[1, 1, 2][..]));
        // a and c were last seen in April, b in January.
        assert_eq!(january.there, [3, 2, 2]);
        // a passed three months and skipped February, c three and March.
        assert_eq!((january.passed, january.skipped), (6, 2));
        assert_eq!((rows[2].size, rows[2].again.as_slice(), rows[2].there.as_slice()), (1, &[0][..], &[1][..]));
        assert_eq!((rows[3].size, rows[3].again.len(), rows[3].there.as_slice()), (0, 0, &[0][..]));
    }

    #[test]
    fn a_period_that_is_over_counts_and_older_cohorts_are_said() {
        let mut cohorts = Cohorts::new(CohortStep::Month, Day(day("2019-01-01")), Day(day("2024-04-30")), 2);
        cohorts.add([day("2019-01-01"), day("2024-04-02")]);
        cohorts.add([day("2024-03-02"), day("2024-04-02")]);
        let (rows, earlier) = cohorts.finish();
        assert_eq!((rows.len(), earlier), (2, 1));
        assert_eq!((rows[0].again.as_slice(), rows[0].there.as_slice()), (&[1][..], &[1, 1][..]));
    }

    proptest! {
        #[test]
        fn survivors_fall_and_hold_those_who_bought(
            all in prop::collection::vec(prop::collection::vec(0i32..900, 0..12), 0..30), as_of in 0i32..900,
        ) {
            let mut cohorts = Cohorts::new(CohortStep::Month, Day(0), Day(as_of), 12);
            let mut n = 0;
            for mut days in all {
                days.sort_unstable();
                days.retain(|day| *day <= as_of);
                n += u64::from(!days.is_empty());
                cohorts.add(days);
            }
            let (rows, earlier) = cohorts.finish();
            prop_assert_eq!(rows.iter().map(|r| r.size).sum::<u64>() + earlier, n);
            for row in rows {
                prop_assert!(row.there.first() == Some(&row.size) && row.there.windows(2).all(|w| w[1] <= w[0]));
                prop_assert!(row.again.iter().zip(row.there.iter().skip(1)).all(|(a, t)| a <= t));
                prop_assert!(row.skipped <= row.passed);
            }
        }
    }
}
