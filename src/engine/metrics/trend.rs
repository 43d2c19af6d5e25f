//! How customer equity went (SPEC V3): what would have been said at the end of each month, by the orders up to then. Each point
//! is the work of [`Worth`] at that day, the models fitted and tested anew; settings and costs are today's.

use super::ledger::Ledger;
use super::snapshot::Snapshot;
use super::worth::Worth;
use crate::domain::{Day, Settings};
use crate::engine::api::{TrendPoint, TrendView};

/// Ends of months before the as-of day.
const MONTHS: usize = 12;

/// The days that were asked about so far.
#[derive(Clone, Debug, Default)]
pub struct Trend {
    /// In the order in which they were worked out.
    points: Vec<TrendPoint>,
    /// The point under way.
    next: Option<Box<(Snapshot, Worth)>>,
}

/// The as-of day and the ends of the months before it, newest first.
fn days(as_of: Day) -> Vec<Day> {
    as_of.ends_of_months().take(MONTHS + 1).collect()
}

impl Trend {
    fn point(&self, day: Day) -> Option<&TrendPoint> {
        self.points.iter().find(|p| p.day == day)
    }

    /// The points of `as_of` so far, newest first, and the next day to work out. Nothing was bought before a day without buyers.
    fn known(&self, as_of: Day) -> (Vec<TrendPoint>, Option<Day>) {
        let mut known = Vec::new();
        for day in days(as_of) {
            match self.point(day) {
                Some(point) if point.n > 0 => known.push(*point),
                Some(_) => return (known, None),
                None => return (known, Some(day)),
            }
        }
        (known, None)
    }

    /// Does the next part of one more point; how far that is, `None` when it is there or none is left. `known`: the figures of
    /// the as-of day, if they are there already.
    pub fn step(
        &mut self,
        ledger: &Ledger,
        (customers, settings): (u32, &Settings),
        as_of: Day,
        known: Option<(&Snapshot, &Worth)>,
    ) -> Option<f64> {
        let day = self.known(as_of).1?;
        if let Some((snapshot, worth)) = known.filter(|_| day == as_of) {
            self.points.push(point(snapshot, worth));
            return None;
        }
        let Some(mut next) = self.next.take().filter(|next| next.0.as_of() == day) else {
            let snapshot = Snapshot::new(ledger, customers, day, settings);
            let worth = Worth::new(&snapshot);
            self.next = Some(Box::new((snapshot, worth)));
            return Some(0.0);
        };
        let (snapshot, worth) = next.as_mut();
        worth.step(ledger, snapshot);
        if worth.is_done() {
            self.points.push(point(snapshot, worth));
            return None;
        }
        let share = worth.share();
        self.next = Some(next);
        Some(share)
    }

    #[must_use]
    pub fn view(&self, as_of: Day, quick: bool) -> TrendView {
        let (mut points, next) = self.known(as_of);
        points.reverse();
        let share = if next.is_some() { points.len() as f64 / (MONTHS + 1) as f64 } else { 1.0 };
        TrendView { points, share, quick }
    }

    #[must_use]
    pub fn memory_bytes(&self) -> usize {
        self.next.as_ref().map_or(0, |next| next.0.memory_bytes() + next.1.memory_bytes())
    }
}

fn point(snapshot: &Snapshot, worth: &Worth) -> TrendPoint {
    TrendPoint {
        day: snapshot.as_of(),
        n: snapshot.buyer_count() as u64,
        historical_minor: worth.historical_minor,
        misfit: worth.misfit,
        equity: worth.equity_view(snapshot),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_days_are_the_ends_of_the_months_before() {
        let day = |text: &str| Day::parse_iso(text).unwrap();
        let of = |text| days(day(text)).iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(of("2024-03-31")[..4], ["2024-03-31", "2024-02-29", "2024-01-31", "2023-12-31"]);
        assert_eq!(of("2024-03-01")[..2], ["2024-03-01", "2024-02-29"]);
        assert_eq!(of("2024-03-15").len(), MONTHS + 1);
        // Beyond all calendars there is nothing to go back to.
        assert!(days(Day(i32::MIN)).len() <= MONTHS + 1);
    }
}
