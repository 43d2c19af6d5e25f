//! When it is time for a backup.

use crate::domain::Seq;

const DAY_MS: u64 = 86_400_000;

/// What is known of the book and its last backup. Times in milliseconds since 1970 UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Journal entries of the book.
    pub seq: Seq,
    /// When something was first seen in it.
    pub since_ms: Option<u64>,
    /// When the last backup was made, and how many entries it covers.
    pub backup: Option<(u64, Seq)>,
    /// There is nothing of the person's own in the book: it is empty or holds the demo.
    pub nothing_own: bool,
}

/// Whether to remind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reminder {
    /// Nothing to say: nothing to lose, nothing new since the backup, too soon, or reminders are off.
    Calm,
    /// Never backed up, and the book is this many days old.
    Never { days: u64 },
    /// The last backup is this many days old and there were changes since.
    Old { days: u64 },
}

/// Whole days from then to now; 0 for what lies ahead (a clock was set back).
#[must_use]
pub fn days_since(then_ms: u64, now_ms: u64) -> u64 {
    now_ms.saturating_sub(then_ms) / DAY_MS
}

/// Whether to remind at `now_ms`, when reminders come after `after_days` (0: never).
#[must_use]
pub fn reminder(facts: &Facts, after_days: u32, now_ms: u64) -> Reminder {
    if facts.nothing_own || after_days == 0 {
        return Reminder::Calm;
    }
    let due = |days: &u64| *days >= u64::from(after_days);
    match facts.backup {
        Some((_, covered)) if facts.seq <= covered => Reminder::Calm,
        Some((at, _)) => Some(days_since(at, now_ms)).filter(due).map_or(Reminder::Calm, |days| Reminder::Old { days }),
        None => {
            let days = facts.since_ms.map(|since| days_since(since, now_ms)).filter(due);
            days.map_or(Reminder::Calm, |days| Reminder::Never { days })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reminder_comes_when_there_is_something_to_lose() {
        let now = 100 * DAY_MS;
        let old = Facts { seq: 9, since_ms: Some(80 * DAY_MS), backup: Some((90 * DAY_MS, 5)), nothing_own: false };
        let never = Facts { backup: None, ..old };
        let cases = [
            (old, 7, Reminder::Old { days: 10 }),
            (old, 10, Reminder::Old { days: 10 }),
            (old, 11, Reminder::Calm),
            (old, 0, Reminder::Calm),
            (Facts { nothing_own: true, ..old }, 7, Reminder::Calm),
            (Facts { backup: Some((50 * DAY_MS, 9)), ..old }, 7, Reminder::Calm),
            (Facts { backup: Some((200 * DAY_MS, 5)), ..old }, 7, Reminder::Calm),
            (never, 7, Reminder::Never { days: 20 }),
            (never, 21, Reminder::Calm),
            (Facts { since_ms: None, ..never }, 7, Reminder::Calm),
        ];
        for (facts, after_days, want) in cases {
            assert_eq!(reminder(&facts, after_days, now), want, "{facts:?} after {after_days}");
        }
    }
}
