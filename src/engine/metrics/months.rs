//! How many stood where at the ends of months, kept until something changes that counted by then.

use crate::domain::{Day, Settings};
use crate::engine::api::MixView;

/// More than the months that a page shows, for several as-of days.
const MOST: usize = 64;

/// Months that were asked about, the latest question last.
#[derive(Clone, Debug, Default)]
pub struct Months {
    /// All were counted by these.
    settings: Option<Settings>,
    known: Vec<MixView>,
}

impl Months {
    /// What stands for the end of this month by these settings, counted by `count` unless it is known.
    pub fn at(&mut self, end: Day, settings: &Settings, count: impl FnOnce() -> MixView) -> MixView {
        if self.settings.as_ref() != Some(settings) {
            (self.settings, self.known) = (Some(settings.clone()), Vec::new());
        }
        let place = self.known.iter().position(|month| month.day == end);
        let month = place.map_or_else(count, |place| self.known.remove(place));
        if self.known.len() == MOST {
            self.known.remove(0);
        }
        self.known.push(month.clone());
        month
    }

    /// Orders of this day or later changed: what ended before stands.
    pub fn changed_from(&mut self, day: Day) {
        self.known.retain(|month| month.day < day);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ended_before_a_change_is_not_counted_again() {
        let (mut months, settings) = (Months::default(), Settings::default());
        let asked = |months: &mut Months, end: i32, settings: &Settings| {
            let mut counted = false;
            let count = || {
                counted = true;
                MixView { day: Day(end), n: 1, stands: Vec::new() }
            };
            assert_eq!(months.at(Day(end), settings, count).day, Day(end));
            counted
        };
        assert!(asked(&mut months, 31, &settings) && asked(&mut months, 59, &settings));
        assert!(!asked(&mut months, 31, &settings));
        months.changed_from(Day(60));
        assert!(!asked(&mut months, 59, &settings));
        // An order of the last day counts at its end.
        months.changed_from(Day(59));
        assert!(asked(&mut months, 59, &settings) && !asked(&mut months, 31, &settings));
        let others = Settings { default_margin_bp: 1, ..settings.clone() };
        assert!(asked(&mut months, 31, &others) && asked(&mut months, 59, &others));
        // The one asked for longest ago is forgotten.
        for end in 0..MOST as i32 - 1 {
            asked(&mut months, 100 + end, &others);
        }
        assert!(!asked(&mut months, 59, &others) && asked(&mut months, 31, &others));
    }
}
