//! When the demo shop is busy: festivals, weekdays, opening hours.

use super::Language;
use crate::domain::{CivilTime, Day};

/// A festival that people buy gifts for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Season {
    SpringFestival,
    MidAutumn,
    Christmas,
}

const FIRST_YEAR: i32 = 2020;
/// (month, day) of Spring Festival and of Mid-Autumn from [`FIRST_YEAR`] on.
const FESTIVALS: [((u32, u32), (u32, u32)); 21] = [
    ((1, 25), (10, 1)),
    ((2, 12), (9, 21)),
    ((2, 1), (9, 10)),
    ((1, 22), (9, 29)),
    ((2, 10), (9, 17)),
    ((1, 29), (10, 6)),
    ((2, 17), (9, 25)),
    ((2, 6), (9, 15)),
    ((1, 26), (10, 3)),
    ((2, 13), (9, 22)),
    ((2, 3), (9, 12)),
    ((1, 23), (10, 1)),
    ((2, 11), (9, 19)),
    ((1, 31), (9, 8)),
    ((2, 19), (9, 27)),
    ((2, 8), (9, 16)),
    ((1, 28), (10, 4)),
    ((2, 15), (9, 24)),
    ((2, 4), (9, 13)),
    ((1, 24), (10, 2)),
    ((2, 12), (9, 20)),
];
/// For years outside the table: the middle of the range.
const TYPICAL: ((u32, u32), (u32, u32)) = ((2, 5), (9, 22));

/// The festivals of one calendar year, each with the number of days before it in which people buy.
fn festivals(language: Language, year: i32) -> Vec<(Season, Day, i32)> {
    let at = |(month, day)| Day::from_ymd(year, month, day).unwrap_or(Day(0));
    match language {
        Language::Zh => {
            let row = usize::try_from(year - FIRST_YEAR).ok().and_then(|i| FESTIVALS.get(i)).copied();
            let (spring, autumn) = row.unwrap_or(TYPICAL);
            vec![(Season::SpringFestival, at(spring), 21), (Season::MidAutumn, at(autumn), 14)]
        }
        Language::En => vec![(Season::Christmas, at((12, 25)), 30)],
    }
}

/// The festival that people are buying for on `day`, if any.
pub(super) fn season(language: Language, day: Day) -> Option<Season> {
    let (year, ..) = day.ymd();
    festivals(language, year)
        .into_iter()
        .find(|&(_, feast, lead)| (feast.0 - lead..feast.0).contains(&day.0))
        .map(|(season, ..)| season)
}

/// Festival buying windows that lie wholly between two days, as (first day, last day).
pub(super) fn windows(language: Language, first: Day, last: Day) -> Vec<(Day, Day)> {
    let years = first.ymd().0..=last.ymd().0;
    years
        .flat_map(|year| festivals(language, year))
        .map(|(_, feast, lead)| (Day(feast.0 - lead), Day(feast.0 - 1)))
        .filter(|(from, to)| *from >= first && *to <= last)
        .collect()
}

/// How busy the shop is on `day`, from 0 (closed).
pub(super) fn busyness(language: Language, day: Day) -> u32 {
    let (year, month, date) = day.ymd();
    let closed = match language {
        Language::Zh => festivals(language, year)
            .iter()
            .any(|&(s, feast, _)| s == Season::SpringFestival && (0..4).contains(&(day.0 - feast.0))),
        Language::En => matches!((month, date), (12, 25 | 26) | (1, 1)),
    };
    if closed {
        return 0;
    }
    // Monday first. The English shop rests on Mondays and only ships online orders then.
    let week: [u32; 7] = match language {
        Language::Zh => [8, 8, 8, 9, 12, 17, 15],
        Language::En => [3, 8, 9, 10, 13, 19, 12],
    };
    let base = week.get((day.0 + 3).rem_euclid(7) as usize).copied().unwrap_or(8);
    if season(language, day).is_some() { base * 2 } else { base }
}

/// (hour, weight) in opening hours.
pub(super) fn hours(language: Language) -> &'static [(i32, u32)] {
    match language {
        Language::Zh => &[
            (10, 6),
            (11, 8),
            (12, 7),
            (13, 6),
            (14, 8),
            (15, 10),
            (16, 10),
            (17, 8),
            (18, 8),
            (19, 11),
            (20, 9),
            (21, 4),
        ],
        Language::En => &[(9, 6), (10, 10), (11, 12), (12, 11), (13, 9), (14, 9), (15, 10), (16, 9), (17, 7)],
    }
}

pub(super) fn moment(day: Day, hour: i32, minute: i32) -> CivilTime {
    CivilTime(day.start().0 + i64::from(hour * 60 + minute) * 60_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seasons_follow_the_festivals() {
        let day = |text| Day::parse_iso(text).unwrap();
        for (language, text, want) in [
            (Language::Zh, "2026-02-16", Some(Season::SpringFestival)),
            (Language::Zh, "2026-02-17", None),
            (Language::Zh, "2026-09-20", Some(Season::MidAutumn)),
            (Language::Zh, "2060-02-01", Some(Season::SpringFestival)),
            (Language::En, "2026-12-01", Some(Season::Christmas)),
            (Language::En, "2026-02-16", None),
        ] {
            assert_eq!(season(language, day(text)), want, "{text}");
        }
        assert_eq!(busyness(Language::Zh, day("2026-02-18")), 0);
        assert_eq!(busyness(Language::En, day("2025-12-25")), 0);
        assert!(busyness(Language::Zh, day("2026-11-21")) > busyness(Language::Zh, day("2026-11-17")));
    }
}
