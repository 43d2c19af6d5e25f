//! The Chinese calendar from 1900 to 2100, by the table that the Hong Kong Observatory publishes and almanacs print.
//! Months near midnight differ between sources in one place: the ninth month of 2057 begins on 29 September here.

use super::Day;

pub const FIRST_YEAR: i32 = 1900;
pub const LAST_YEAR: i32 = 2100;
/// 31 January 1900, the first day of the first year.
const FIRST_DAY: i32 = -25_537;

/// Per year: bit 16 the leap month has 30 days, bits 15 to 4 months 1 to 12 have 30 days, bits 3 to 0 which month is
/// doubled (0: none).
#[rustfmt::skip]
const YEARS: [u32; 201] = [
    0x04bd8, 0x04ae0, 0x0a570, 0x054d5, 0x0d260, 0x0d950, 0x16554, 0x056a0, 0x09ad0, 0x055d2,
    0x04ae0, 0x0a5b6, 0x0a4d0, 0x0d250, 0x1d255, 0x0b540, 0x0d6a0, 0x0ada2, 0x095b0, 0x14977,
    0x04970, 0x0a4b0, 0x0b4b5, 0x06a50, 0x06d40, 0x1ab54, 0x02b60, 0x09570, 0x052f2, 0x04970,
    0x06566, 0x0d4a0, 0x0ea50, 0x16a95, 0x05ad0, 0x02b60, 0x186e3, 0x092e0, 0x1c8d7, 0x0c950,
    0x0d4a0, 0x1d8a6, 0x0b550, 0x056a0, 0x1a5b4, 0x025d0, 0x092d0, 0x0d2b2, 0x0a950, 0x0b557,
    0x06ca0, 0x0b550, 0x15355, 0x04da0, 0x0a5b0, 0x14573, 0x052b0, 0x0a9a8, 0x0e950, 0x06aa0,
    0x0aea6, 0x0ab50, 0x04b60, 0x0aae4, 0x0a570, 0x05260, 0x0f263, 0x0d950, 0x05b57, 0x056a0,
    0x096d0, 0x04dd5, 0x04ad0, 0x0a4d0, 0x0d4d4, 0x0d250, 0x0d558, 0x0b540, 0x0b6a0, 0x195a6,
    0x095b0, 0x049b0, 0x0a974, 0x0a4b0, 0x0b27a, 0x06a50, 0x06d40, 0x0af46, 0x0ab60, 0x09570,
    0x04af5, 0x04970, 0x064b0, 0x074a3, 0x0ea50, 0x06b58, 0x05ac0, 0x0ab60, 0x096d5, 0x092e0,
    0x0c960, 0x0d954, 0x0d4a0, 0x0da50, 0x07552, 0x056a0, 0x0abb7, 0x025d0, 0x092d0, 0x0cab5,
    0x0a950, 0x0b4a0, 0x0baa4, 0x0ad50, 0x055d9, 0x04ba0, 0x0a5b0, 0x15176, 0x052b0, 0x0a930,
    0x07954, 0x06aa0, 0x0ad50, 0x05b52, 0x04b60, 0x0a6e6, 0x0a4e0, 0x0d260, 0x0ea65, 0x0d530,
    0x05aa0, 0x076a3, 0x096d0, 0x04afb, 0x04ad0, 0x0a4d0, 0x1d0b6, 0x0d250, 0x0d520, 0x0dd45,
    0x0b5a0, 0x056d0, 0x055b2, 0x049b0, 0x0a577, 0x0a4b0, 0x0aa50, 0x1b255, 0x06d20, 0x0ada0,
    0x14b63, 0x09370, 0x049f8, 0x04970, 0x064b0, 0x168a6, 0x0ea50, 0x06b20, 0x1a6c4, 0x0aae0,
    0x092e0, 0x0d2e3, 0x0c960, 0x0d557, 0x0d4a0, 0x0da50, 0x05d55, 0x056a0, 0x0a6d0, 0x055d4,
    0x052d0, 0x0a9b8, 0x0a950, 0x0b4a0, 0x0b6a6, 0x0ad50, 0x055a0, 0x0aba4, 0x0a5b0, 0x052b0,
    0x0b273, 0x06930, 0x07337, 0x06aa0, 0x0ad50, 0x14b55, 0x04b60, 0x0a570, 0x054e4, 0x0d160,
    0x0e968, 0x0d520, 0x0daa0, 0x16aa6, 0x056d0, 0x04ae0, 0x0a9d4, 0x0a2d0, 0x0d150, 0x0f252,
    0x0d520,
];

/// A day of the Chinese calendar. The year is the Gregorian one in which it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LunarDay {
    pub year: i32,
    /// 1–12.
    pub month: u32,
    /// The month is the doubled one that follows its namesake.
    pub leap: bool,
    /// 1–30.
    pub day: u32,
}

fn year(year: i32) -> Option<u32> {
    YEARS.get(usize::try_from(year.checked_sub(FIRST_YEAR)?).ok()?).copied()
}

/// Months of a year in order: number, doubled, days.
fn months(bits: u32) -> impl Iterator<Item = (u32, bool, u32)> {
    let leap = bits & 15;
    (1..=12u32).flat_map(move |month| {
        let plain = (month, false, 29 + (bits >> (16 - month) & 1));
        let doubled = (month == leap).then_some((month, true, 29 + (bits >> 16 & 1)));
        std::iter::once(plain).chain(doubled)
    })
}

fn days_of(bits: u32) -> i32 {
    months(bits).map(|(_, _, days)| days).sum::<u32>().cast_signed()
}

impl LunarDay {
    /// `None` outside 1900–2100 in the Chinese count.
    #[must_use]
    pub fn of(day: Day) -> Option<Self> {
        let mut left = day.0.checked_sub(FIRST_DAY).filter(|n| *n >= 0)?;
        for (at, &bits) in (FIRST_YEAR..).zip(&YEARS) {
            let days = days_of(bits);
            if left >= days {
                left -= days;
                continue;
            }
            for (month, leap, days) in months(bits) {
                if left < days.cast_signed() {
                    return Some(Self { year: at, month, leap, day: u32::try_from(left).ok()? + 1 });
                }
                left -= days.cast_signed();
            }
        }
        None
    }

    /// `None` where the calendar has no such day.
    #[must_use]
    pub fn gregorian(self) -> Option<Day> {
        let bits = year(self.year)?;
        let before: i32 = (FIRST_YEAR..self.year).zip(&YEARS).map(|(_, &bits)| days_of(bits)).sum();
        let mut at = FIRST_DAY + before;
        for (month, leap, days) in months(bits) {
            if (month, leap) == (self.month, self.leap) {
                let fits = (1..=days).contains(&self.day);
                return fits.then(|| Day(at + self.day.cast_signed() - 1));
            }
            at += days.cast_signed();
        }
        None
    }

    /// Where the day is kept in `year`: a doubled month that the year lacks falls on its namesake, the 30th of a short month on
    /// the 29th.
    #[must_use]
    pub fn kept_in(self, year: i32) -> Option<Day> {
        let day = Self { year, ..self };
        let plain = Self { leap: false, ..day };
        let short = |d: Self| Self { day: d.day.min(29), ..d }.gregorian();
        day.gregorian().or_else(|| short(day)).or_else(|| plain.gregorian()).or_else(|| short(plain))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lunar(year: i32, month: u32, leap: bool, day: u32) -> LunarDay {
        LunarDay { year, month, leap, day }
    }

    #[test]
    fn the_table_agrees_with_another_source() {
        let reference = include_str!("../../tests/reference/lunar.csv");
        let mut years = 0;
        for line in reference.lines().filter(|line| !line.starts_with('#')) {
            let parts: Vec<&str> = line.split(',').collect();
            let at: i32 = parts[0].parse().unwrap();
            assert_eq!(lunar(at, 1, false, 1).gregorian(), Day::parse_iso(parts[1]), "{at}");
            let bits = year(at).unwrap();
            assert_eq!((bits & 15).to_string(), parts[2], "{at}");
            let lengths: String = months(bits).map(|(_, _, days)| if days == 30 { '1' } else { '0' }).collect();
            // The one month on which the sources differ.
            assert!(lengths == parts[3] || at == 2057, "{at}");
            years += 1;
        }
        assert_eq!(years, 201);
    }

    #[test]
    fn known_days() {
        let cases = [
            (lunar(2024, 1, false, 1), "2024-02-10"),
            (lunar(2025, 1, false, 1), "2025-01-29"),
            (lunar(2026, 1, false, 1), "2026-02-17"),
            (lunar(2025, 6, true, 1), "2025-07-25"),
            (lunar(2023, 2, true, 1), "2023-03-22"),
            (lunar(2020, 4, true, 30), ""),
            (lunar(2020, 4, true, 29), "2020-06-20"),
            (lunar(2033, 11, true, 1), "2033-12-22"),
            (lunar(1954, 1, false, 1), "1954-02-03"),
            (lunar(2026, 8, false, 15), "2026-09-25"),
            (lunar(2024, 4, true, 1), ""),
            (lunar(1899, 12, false, 1), ""),
            (lunar(2101, 1, false, 1), ""),
            (lunar(2024, 13, false, 1), ""),
            (lunar(2024, 1, false, 0), ""),
        ];
        for (day, want) in cases {
            assert_eq!(day.gregorian().map(|d| d.to_string()).unwrap_or_default(), want, "{day:?}");
        }
    }

    #[test]
    fn doubled_months_and_long_ones_are_kept_where_the_year_has_none() {
        let kept = |day: LunarDay, year| day.kept_in(year).map(|d| d.to_string()).unwrap_or_default();
        assert_eq!(kept(lunar(2020, 4, true, 10), 2021), "2021-05-21");
        assert_eq!(kept(lunar(2020, 4, true, 10), 2020), "2020-06-01");
        // The twelfth month of 2024 has 29 days.
        assert_eq!(kept(lunar(2023, 12, false, 30), 2024), "2025-01-28");
        assert_eq!(kept(lunar(2023, 12, false, 30), 2101), "");
    }

    proptest! {
        #[test]
        fn days_go_there_and_back(n in -25_537i32..47_900) {
            let day = LunarDay::of(Day(n));
            if let Some(lunar) = day {
                prop_assert_eq!(lunar.gregorian(), Some(Day(n)));
                prop_assert_eq!(lunar.kept_in(lunar.year), Some(Day(n)));
            }
            prop_assert!(day.is_some() || n > 47_000);
        }
    }
}
