//! Civil dates and times: what the clock on the shop's wall said, without a time zone. Order files carry no zone, and a
//! sale belongs to the shop's day wherever the reader sits. (Stamps, by contrast, are UTC: see `Stamp`.)

use chrono::{DateTime, Datelike, Months, NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

pub const MS_PER_DAY: i64 = 86_400_000;

/// A calendar day: days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Day(pub i32);

/// A wall-clock moment: milliseconds since 1970-01-01 00:00 on that same wall.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CivilTime(pub i64);

impl Day {
    #[must_use]
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, day).map(|d| Self(d.num_days_from_ce() - UNIX_DAY_FROM_CE))
    }

    /// Year, month 1–12, day 1–31.
    #[must_use]
    pub fn ymd(self) -> (i32, u32, u32) {
        let date = NaiveDate::from_num_days_from_ce_opt(self.0.saturating_add(UNIX_DAY_FROM_CE)).unwrap_or_default();
        (date.year(), date.month(), date.day())
    }

    /// Reads `2011-12-09`.
    #[must_use]
    pub fn parse_iso(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let mut number = |digits: usize| {
            let part = parts.next().filter(|p| p.len() == digits && p.bytes().all(|b| b.is_ascii_digit()))?;
            part.parse::<u32>().ok()
        };
        let (year, month, day) = (number(4)?, number(2)?, number(2)?);
        if parts.next().is_some() {
            return None;
        }
        Self::from_ymd(i32::try_from(year).ok()?, month, day)
    }

    /// The same day of an earlier month, or that month's last one.
    #[must_use]
    pub fn months_before(self, months: u32) -> Self {
        let date = NaiveDate::from_num_days_from_ce_opt(self.0.saturating_add(UNIX_DAY_FROM_CE));
        let before = date.and_then(|date| date.checked_sub_months(Months::new(months)));
        before.map_or(self, |date| Self(date.num_days_from_ce() - UNIX_DAY_FROM_CE))
    }

    /// This day and the ends of the months before it, newest first, as far as the calendar goes.
    pub fn ends_of_months(self) -> impl Iterator<Item = Self> {
        let end_before = |day: &Self| {
            let (year, month, _) = day.ymd();
            Self::from_ymd(year, month, 1).map(|first| Self(first.0.saturating_sub(1))).filter(|end| end < day)
        };
        std::iter::successors(Some(self), end_before)
    }

    #[must_use]
    pub fn start(self) -> CivilTime {
        CivilTime(i64::from(self.0) * MS_PER_DAY)
    }
}

/// 1970-01-01 counted in chrono's days from the common era.
const UNIX_DAY_FROM_CE: i32 = 719_163;

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (y, m, d) = self.ymd();
        write!(f, "{y:04}-{m:02}-{d:02}")
    }
}

impl CivilTime {
    #[must_use]
    pub fn from_naive(at: NaiveDateTime) -> Self {
        Self(at.and_utc().timestamp_millis())
    }

    #[must_use]
    pub fn naive(self) -> NaiveDateTime {
        DateTime::from_timestamp_millis(self.0).unwrap_or_default().naive_utc()
    }

    #[must_use]
    pub fn day(self) -> Day {
        Day(i32::try_from(self.0.div_euclid(MS_PER_DAY)).unwrap_or(i32::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_round_trip_over_leap_years() {
        assert_eq!(Day::from_ymd(1970, 1, 1), Some(Day(0)));
        assert_eq!(Day::from_ymd(2011, 2, 30), None);
        for text in ["2000-02-29", "2012-02-29", "2026-11-21", "1969-12-31"] {
            assert_eq!(Day::parse_iso(text).unwrap().to_string(), text);
        }
        for text in ["", "2011-2-3", "02011-02-03", "2011-02-30", "2011-02-03-", "+011-02-03", "2011-0２-03"] {
            assert_eq!(Day::parse_iso(text), None, "{text}");
        }
        assert_eq!(CivilTime(-1).day(), Day(-1));
    }

    #[test]
    fn months_go_back_to_a_day_that_exists() {
        let day = |text| Day::parse_iso(text).unwrap();
        for (from, months, to) in
            [("2024-05-31", 3, "2024-02-29"), ("2024-02-29", 12, "2023-02-28"), ("2024-01-15", 1, "2023-12-15")]
        {
            assert_eq!(day(from).months_before(months), day(to), "{from} − {months}");
        }
        assert_eq!(Day(i32::MIN).months_before(12), Day(i32::MIN));
        assert_eq!(Day(i32::MAX).months_before(12), Day(i32::MAX));
    }
}
