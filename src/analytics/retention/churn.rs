//! Churn where nobody gives notice: who has not bought for longer than their own limit has left on the day on which it
//! passed (SPEC V8). As it could be known then: later purchases do not change the limit of an earlier silence.

use serde::{Deserialize, Serialize};

use super::CohortStep;
use crate::analytics::{asleep_after_days, median_of_sorted_days};
use crate::domain::{Day, DormancySettings};

/// When silence counts as having left.
#[derive(Clone, Copy, Debug)]
pub enum ChurnRule<'a> {
    /// After so many days, for everybody.
    Days(i64),
    /// From the last rung of the ladder of sleep on.
    Asleep(&'a DormancySettings),
}

/// A customer who left, and came back perhaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loss {
    /// Since when the customer had been there: the first purchase, or the one that brought them back.
    pub since: i32,
    /// The day on which the silence became too long.
    pub on: i32,
    /// The first purchase after it, up to the as-of day.
    pub back: Option<i32>,
}

impl Loss {
    /// Whether the customer was gone at the end of this day.
    #[must_use]
    pub fn gone_on(self, day: i32) -> bool {
        self.on <= day && self.back.is_none_or(|back| back > day)
    }
}

impl ChurnRule<'_> {
    /// Days after the last purchase from which the customer has left; at least one.
    #[must_use]
    pub fn limit_days(self, purchase_days: u32, median_interval_days: Option<f64>) -> i64 {
        match self {
            Self::Days(days) => days.max(1),
            Self::Asleep(settings) => asleep_after_days(purchase_days, median_interval_days, settings),
        }
    }

    /// The day on which who bought last on `last` has left.
    #[must_use]
    pub fn left_on(self, last: i32, purchase_days: u32, median_interval_days: Option<f64>) -> i32 {
        let day = i64::from(last).saturating_add(self.limit_days(purchase_days, median_interval_days));
        i32::try_from(day).unwrap_or(i32::MAX)
    }
}

/// Tells `each` loss of one customer, in order. `days` are those with a purchase, ascending, and may repeat; none lies after
/// `as_of`. `scratch` is reused between calls.
pub fn losses(
    days: impl IntoIterator<Item = i32>,
    as_of: i32,
    rule: ChurnRule<'_>,
    scratch: &mut Vec<i32>,
    mut each: impl FnMut(Loss),
) {
    scratch.clear();
    let mut days = days.into_iter();
    let Some(first) = days.next() else { return };
    let (mut since, mut last, mut count) = (first, first, 1u32);
    let mut next = days.find(|day| *day > first);
    loop {
        let on = rule.left_on(last, count, median_of_sorted_days(scratch));
        // Who buys on the very day has not left.
        if next.map_or(on <= as_of, |next| on < next) {
            each(Loss { since, on, back: next });
            since = next.unwrap_or(since);
        }
        let Some(day) = next else { return };
        let gap = day.saturating_sub(last);
        let at = scratch.partition_point(|known| *known < gap);
        scratch.insert(at, gap);
        (last, count) = (day, count.saturating_add(1));
        next = days.find(|day| *day > last);
    }
}

/// One period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChurnStep {
    /// Cut off at the as-of day.
    pub from: Day,
    pub to: Day,
    /// Who was there when it began.
    pub at_start: u64,
    /// Who of them left in it.
    pub lost: u64,
    /// Who of those lost came back since.
    pub lost_back: u64,
    /// Who left in it, also among those who came in it.
    pub left: u64,
    /// Who of these came back since.
    pub back: u64,
}

/// Counts who came, left and came back by periods; the last `most` are told apart.
#[derive(Clone, Debug)]
pub struct ChurnSteps {
    step: CohortStep,
    first: i32,
    as_of: Day,
    /// Who came or came back before the first period, less who left.
    before: i64,
    /// Who came or came back in each period, less who left.
    change: Vec<i64>,
    steps: Vec<ChurnStep>,
}

impl ChurnSteps {
    #[must_use]
    pub fn new(step: CohortStep, first: Day, as_of: Day, most: i32) -> Self {
        let last = step.of(as_of);
        let first = step.of(first).clamp(last.saturating_sub(most.max(1) - 1), last);
        let blank = |period: i32| ChurnStep {
            from: step.start(period),
            to: step.end(period).min(as_of),
            at_start: 0,
            lost: 0,
            lost_back: 0,
            left: 0,
            back: 0,
        };
        let steps: Vec<ChurnStep> = (first..=last).map(blank).collect();
        Self { step, first, as_of, before: 0, change: vec![0; steps.len()], steps }
    }

    /// A customer came on this day.
    pub fn came(&mut self, day: i32) {
        self.moved(day, 1);
    }

    pub fn lost(&mut self, loss: Loss) {
        self.moved(loss.on, -1);
        if let Some(back) = loss.back {
            self.moved(back, 1);
        }
        let at = self.step.of(Day(loss.on)) - self.first;
        if let Some(step) = usize::try_from(at).ok().and_then(|at| self.steps.get_mut(at)) {
            step.left += 1;
            let (was_there, back) = (loss.since < step.from.0, loss.back.is_some());
            step.lost += u64::from(was_there);
            step.lost_back += u64::from(was_there && back);
            step.back += u64::from(back);
        }
    }

    fn moved(&mut self, day: i32, by: i64) {
        if day > self.as_of.0 {
            return;
        }
        match usize::try_from(self.step.of(Day(day)) - self.first) {
            Ok(at) => self.change.get_mut(at).into_iter().for_each(|n| *n += by),
            Err(_) => self.before += by,
        }
    }

    /// The periods, oldest first.
    #[must_use]
    pub fn finish(mut self) -> Vec<ChurnStep> {
        let mut there = self.before;
        for (step, change) in self.steps.iter_mut().zip(&self.change) {
            step.at_start = u64::try_from(there).unwrap_or(0);
            there += change;
        }
        self.steps
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analytics::{Dormancy, dormancy, median_interval_days};
    use proptest::prelude::*;

    fn all(days: &[i32], as_of: i32, rule: ChurnRule<'_>) -> Vec<Loss> {
        let mut out = Vec::new();
        losses(days.iter().copied(), as_of, rule, &mut Vec::new(), |loss| out.push(loss));
        out
    }

    #[test]
    fn worked_by_hand() {
        let fixed = ChurnRule::Days(100);
        let loss = |since, on, back| Loss { since, on, back };
        let cases: [(&[i32], i32, Vec<Loss>); 8] = [
            (&[], 500, vec![]),
            (&[0], 99, vec![]),
            (&[0], 100, vec![loss(0, 100, None)]),
            (&[0, 0, 0], 100, vec![loss(0, 100, None)]),
            (&[0, 99], 150, vec![]),
            // Bought on the very day: never gone.
            (&[0, 100], 150, vec![]),
            (&[0, 150], 200, vec![loss(0, 100, Some(150))]),
            (&[0, 150, 160], 400, vec![loss(0, 100, Some(150)), loss(150, 260, None)]),
        ];
        for (days, as_of, want) in cases {
            assert_eq!(all(days, as_of, fixed), want, "{days:?} {as_of}");
        }
        // Own rhythm of 20 days from the fourth purchase on: 4 × 20. With three it was 240.
        let settings = DormancySettings::default();
        let own = ChurnRule::Asleep(&settings);
        assert_eq!(all(&[0, 20, 40, 60], 200, own), vec![loss(0, 140, None)]);
        assert_eq!(all(&[0, 20, 40, 200], 210, own), vec![]);
    }

    /// a: days 10, 20 (gone on 120). b: 10, 400 (gone on 110, back on 400). c: 410. Years of 1970 and 1971, as of day 500.
    #[test]
    fn by_period() {
        let mut steps = ChurnSteps::new(CohortStep::Year, Day(10), Day(500), 10);
        for days in [&[10, 20][..], &[10, 400], &[410]] {
            steps.came(days[0]);
            losses(days.iter().copied(), 500, ChurnRule::Days(100), &mut Vec::new(), |loss| steps.lost(loss));
        }
        let steps = steps.finish();
        let numbers: Vec<_> = steps.iter().map(|s| (s.at_start, s.lost, s.left, s.back)).collect();
        // b left for good on day 500 again: after the start of 1971, so not of those there at its start.
        assert_eq!(numbers, [(0, 0, 2, 1), (0, 0, 1, 0)]);
        assert_eq!(steps[1].to, Day(500));
    }

    proptest! {
        #[test]
        fn agrees_with_the_ladder(mut days in prop::collection::vec(0i32..900, 1..15), as_of in 0i32..1_500) {
            days.sort_unstable();
            days.retain(|day| *day <= as_of);
            let settings = DormancySettings::default();
            let found = all(&days, as_of, ChurnRule::Asleep(&settings));
            let Some(&last) = days.last() else { return Ok(()) };
            let median = median_interval_days(days.iter().copied(), &mut Vec::new());
            days.dedup();
            let verdict = dormancy(i64::from(as_of) - i64::from(last), days.len() as u32, median, &settings);
            let gone = found.last().is_some_and(|loss| loss.back.is_none());
            prop_assert_eq!(gone, verdict.step == Dormancy::Asleep);
            for pair in found.windows(2) {
                prop_assert!(pair[0].on < pair[1].since && pair[0].back == Some(pair[1].since));
            }
        }

        #[test]
        fn who_is_there_at_the_end_is_who_has_not_left(
            all_days in prop::collection::vec(prop::collection::vec(0i32..900, 1..8), 0..20), as_of in 900i32..1_200,
        ) {
            let mut steps = ChurnSteps::new(CohortStep::Quarter, Day(0), Day(as_of), 100);
            let mut there = 0u64;
            for mut days in all_days {
                days.sort_unstable();
                steps.came(days[0]);
                let mut gone = false;
                losses(days, as_of, ChurnRule::Days(60), &mut Vec::new(), |loss| {
                    gone = loss.back.is_none();
                    steps.lost(loss);
                });
                there += u64::from(!gone);
            }
            let end: i64 = steps.before + steps.change.iter().sum::<i64>();
            prop_assert_eq!(u64::try_from(end).ok(), Some(there));
            for step in steps.finish() {
                prop_assert!(step.lost <= step.at_start && step.lost <= step.left && step.back <= step.left);
            }
        }
    }
}
