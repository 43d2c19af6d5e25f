//! Dates and times of day as people have them in their files.

use super::clock::time_of_day;
use super::numbers::clean;
use super::orders::DateOrder;
use crate::domain::{CivilTime, Day, MS_PER_DAY};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateError {
    NotADate,
    /// Has the shape of a date that no calendar has: 2011-02-30.
    NoSuchDate,
    /// Before 1900 or after 2200.
    YearOutOfRange,
}

const YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;

/// Reads a date, with or without a time of day, in the order of the column.
///
/// A year of four digits in front is understood in every order; so are `2011年12月9日` and months by their English names. A
/// time zone (`Z`, `+08:00`, `UTC`) is passed over: the wall clock as written counts.
///
/// # Errors
/// [`DateError`].
pub fn parse_date_time(text: &str, order: DateOrder) -> Result<CivilTime, DateError> {
    if let Some(at) = fast_iso(text.as_bytes()) {
        return Ok(at);
    }
    let folded = fold(text);
    let text = folded.as_deref().unwrap_or_else(|| clean(text));
    let (shape, rest) = split_date(text).ok_or(DateError::NotADate)?;
    if let Shape::Serial(serial) = shape {
        return if order == DateOrder::ExcelSerial && rest.is_empty() {
            from_serial(serial)
        } else {
            Err(DateError::NotADate)
        };
    }
    let time = if rest.is_empty() { 0 } else { time_of_day(rest).ok_or(DateError::NotADate)? };
    let (year, month, day) = shape.in_order(order).ok_or(DateError::NotADate)?;
    if !YEARS.contains(&year) {
        return Err(DateError::YearOutOfRange);
    }
    let day = Day::from_ymd(year, month, day).ok_or(DateError::NoSuchDate)?;
    Ok(CivilTime(day.start().0 + time))
}

/// The orders in which every one of these cells has the shape and range of a date: several if the column is ambiguous. Cells that fit
/// no order at all (text, 30 February) have no say. Empty when none of the cells is a date.
#[must_use]
pub fn fitting_orders<'a>(cells: impl Iterator<Item = &'a str>) -> Vec<DateOrder> {
    use DateOrder::{DayMonthYear, ExcelSerial, MonthDayYear, YearMonthDay};
    let orders = [YearMonthDay, DayMonthYear, MonthDayYear, ExcelSerial];
    let mut votes = [0u32; 4];
    let mut most = 0;
    for cell in cells {
        let folded = fold(cell);
        let text = folded.as_deref().unwrap_or_else(|| clean(cell));
        let Some((shape, _)) = split_date(text) else { continue };
        let mut said = false;
        for (vote, order) in votes.iter_mut().zip(orders) {
            let own = match shape {
                Shape::YearFirst(..) => order == YearMonthDay,
                Shape::Named(..) => order == DayMonthYear,
                Shape::Serial(_) => order == ExcelSerial,
                Shape::Parts(..) => order != ExcelSerial,
            };
            if own && parse_date_time(cell, order).is_ok() {
                *vote += 1;
                said = true;
            }
        }
        most += u32::from(said);
    }
    let best = votes.iter().copied().max().unwrap_or(0);
    // A column that mixes years in front with day-first dates is read by the latter: the former fit anyway.
    if best < most && most > 0 {
        let mixed: Vec<DateOrder> = orders
            .into_iter()
            .zip(votes)
            .filter(|(order, vote)| *vote > 0 && matches!(order, DayMonthYear | MonthDayYear))
            .map(|(order, _)| order)
            .collect();
        if let Some(top) = mixed.iter().map(|o| votes_of(*o, &orders, &votes)).max() {
            return mixed.into_iter().filter(|o| votes_of(*o, &orders, &votes) == top).collect();
        }
    }
    orders.into_iter().zip(votes).filter(|(_, vote)| best > 0 && *vote == best).map(|(order, _)| order).collect()
}

fn votes_of(order: DateOrder, orders: &[DateOrder; 4], votes: &[u32; 4]) -> u32 {
    orders.iter().zip(votes).find(|(o, _)| **o == order).map_or(0, |(_, v)| *v)
}

/// `2011-12-09`, `2011-12-09 08:26`, `2011-12-09T08:26:00`: nearly every cell of a large file.
fn fast_iso(b: &[u8]) -> Option<CivilTime> {
    let two = |i: usize| -> Option<u32> {
        let (tens, ones) = (b.get(i)?, b.get(i + 1)?);
        (tens.is_ascii_digit() && ones.is_ascii_digit()).then(|| u32::from(tens - b'0') * 10 + u32::from(ones - b'0'))
    };
    if !matches!(b.len(), 10 | 16 | 19) || b.get(4) != Some(&b'-') || b.get(7) != Some(&b'-') {
        return None;
    }
    let year = i32::try_from(two(0)? * 100 + two(2)?).ok().filter(|y| YEARS.contains(y))?;
    let day = Day::from_ymd(year, two(5)?, two(8)?)?;
    let mut seconds = 0;
    if b.len() > 10 {
        if !matches!(b.get(10), Some(b' ' | b'T')) || b.get(13) != Some(&b':') {
            return None;
        }
        let (h, m) = (two(11)?, two(14)?);
        let s = if b.len() == 19 && b.get(16) == Some(&b':') { two(17)? } else { 0 };
        if h > 23 || m > 59 || s > 59 || (b.len() == 19 && b.get(16) != Some(&b':')) {
            return None;
        }
        seconds = i64::from(h * 3600 + m * 60 + s);
    }
    Some(CivilTime(day.start().0 + seconds * 1000))
}

/// Full-width digits and punctuation to ASCII; `None` when there is nothing to change.
pub(super) fn fold(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let plain: String = text
        .chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            '\u{3000}' | '\u{a0}' | '\u{202f}' => ' ',
            '−' | '–' | '—' | '‐' | '‑' => '-',
            '。' => '.',
            _ => c,
        })
        .collect();
    Some(clean(&plain).to_owned())
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Shape<'a> {
    /// Year (four digits), month, day.
    YearFirst(i32, u32, u32),
    /// Three numbers whose order the column must tell, and whether the last had four digits.
    Parts([u32; 3], bool),
    /// A month by its name.
    Named(i32, u32, u32),
    /// Days, and the fraction after the point.
    Serial((u32, &'a str)),
}

impl Shape<'_> {
    fn in_order(self, order: DateOrder) -> Option<(i32, u32, u32)> {
        match self {
            Self::YearFirst(y, m, d) | Self::Named(y, m, d) => Some((y, m, d)),
            Self::Serial(_) => None,
            Self::Parts([a, b, c], four) => match order {
                DateOrder::YearMonthDay if !four => Some((full_year(a), b, c)),
                DateOrder::DayMonthYear => Some((if four { c as i32 } else { full_year(c) }, b, a)),
                DateOrder::MonthDayYear => Some((if four { c as i32 } else { full_year(c) }, a, b)),
                _ => None,
            },
        }
    }
}

/// Two digits: 00–69 are 2000–2069, 70–99 are 1970–1999 (as POSIX `strptime` nearly has it).
fn full_year(two_digits: u32) -> i32 {
    let y = two_digits as i32;
    if y < 70 { 2000 + y } else { 1900 + y }
}

/// Takes the date off the front; what follows it is the time. `None` when it does not look like a date.
pub(super) fn split_date(text: &str) -> Option<(Shape<'_>, &str)> {
    if text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return named_month_first(text);
    }
    let (first, digits, rest) = number(text)?;
    let mut chars = rest.chars();
    let mark = chars.next();
    match mark {
        Some('年') => {
            let (month, _, rest) = number(chars.as_str().trim_start())?;
            let (day, _, rest) = number(rest.trim_start().strip_prefix('月')?.trim_start())?;
            let rest = rest.trim_start().strip_prefix(['日', '号']).unwrap_or(rest);
            let year = if digits <= 2 { full_year(first) } else { i32::try_from(first).ok()? };
            Some((Shape::YearFirst(year, month, day), rest.trim_start()))
        }
        Some('.') if (3..=6).contains(&digits) && serial_fraction(chars.as_str()) => {
            Some((Shape::Serial((first, chars.as_str())), ""))
        }
        Some(mark @ ('-' | '/' | '.' | ' ')) if digits <= 4 => {
            let rest = chars.as_str().trim_start();
            if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
                return day_named_month(first, rest);
            }
            let (second, second_digits, rest) = number(rest)?;
            let (third, third_digits, rest) = number(rest.strip_prefix(mark)?.trim_start())?;
            if second_digits > 2 || digits == 3 || third_digits == 3 || third_digits > 4 {
                return None;
            }
            let rest = date_end(rest)?;
            if digits == 4 {
                (third_digits <= 2).then_some((Shape::YearFirst(i32::try_from(first).ok()?, second, third), rest))
            } else {
                Some((Shape::Parts([first, second, third], third_digits == 4), rest))
            }
        }
        None | Some(' ' | 'T') if digits == 8 => {
            let rest = date_end(rest)?;
            Some((Shape::YearFirst((first / 10_000) as i32, first / 100 % 100, first % 100), rest))
        }
        // 20111209082600
        None if digits == 14 || digits == 12 => {
            let (date, time) = text.split_at_checked(8)?;
            let date: u32 = date.parse().ok()?;
            Some((Shape::YearFirst((date / 10_000) as i32, date / 100 % 100, date % 100), time))
        }
        None if (3..=6).contains(&digits) => Some((Shape::Serial((first, "")), "")),
        _ => None,
    }
}

/// What may follow a date: nothing, or a time set off by a blank or `T`.
fn date_end(rest: &str) -> Option<&str> {
    if rest.is_empty() {
        return Some(rest);
    }
    let set_off =
        rest.starts_with([' ', 'T', 't', ',']) || rest.starts_with(['上', '下', '凌', '中', '晚', '早', '星', '周']);
    set_off.then(|| rest.trim_start_matches([' ', 'T', 't', ',']))
}

fn serial_fraction(text: &str) -> bool {
    !text.is_empty() && text.len() < 24 && text.bytes().all(|b| b.is_ascii_digit()) && !text.contains('.')
}

/// Digits off the front: their value (0 when it would not fit), how many, and what follows.
pub(super) fn number(text: &str) -> Option<(u32, usize, &str)> {
    let end = text.bytes().position(|b| !b.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end)?;
    if digits.is_empty() || digits.len() > 14 {
        return None;
    }
    Some((digits.parse().unwrap_or(0), digits.len(), rest))
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

fn month_name(text: &str) -> Option<(u32, &str)> {
    let end = text.bytes().position(|b| !b.is_ascii_alphabetic()).unwrap_or(text.len());
    let (word, rest) = text.split_at_checked(end)?;
    let short = word.get(..3)?.to_ascii_lowercase();
    let month = (1u32..).zip(MONTHS).find(|(_, m)| *m == short)?.0;
    (word.len() <= 9).then_some((month, rest))
}

/// `9 Dec 2011`, `09-Dec-11`, once the day is read.
fn day_named_month(day: u32, rest: &str) -> Option<(Shape<'_>, &str)> {
    let (month, rest) = month_name(rest)?;
    let (year, digits, rest) = number(rest.trim_start_matches([' ', '-', '/', '.', ',']))?;
    named(year, digits, month, day, rest)
}

/// `Dec 9, 2011`, also with a day of the week before it.
fn named_month_first(text: &str) -> Option<(Shape<'_>, &str)> {
    let Some((month, rest)) = month_name(text) else {
        let (word, rest) = text.split_once([' ', ','])?;
        let known = matches!(
            word.get(..3)?.to_ascii_lowercase().as_str(),
            "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun"
        );
        let rest = rest.trim_start_matches([' ', ',']);
        let starts = rest.starts_with(|c: char| c.is_ascii_digit()) || month_name(rest).is_some();
        return if known && starts { split_date(rest) } else { None };
    };
    let (day, _, rest) = number(rest.trim_start_matches([' ', '-', '.']))?;
    let rest = ["st", "nd", "rd", "th"].iter().find_map(|s| rest.strip_prefix(s)).unwrap_or(rest);
    let (year, digits, rest) = number(rest.trim_start_matches([' ', ',', '-']))?;
    named(year, digits, month, day, rest)
}

fn named(year: u32, digits: usize, month: u32, day: u32, rest: &str) -> Option<(Shape<'_>, &str)> {
    let year = match digits {
        2 => full_year(year),
        4 => i32::try_from(year).ok()?,
        _ => return None,
    };
    let rest = date_end(rest)?;
    Some((Shape::Named(year, month, day), rest.strip_prefix("at ").unwrap_or(rest)))
}

/// Excel counts days from 1899-12-31 and believes in 29 February 1900 (day 60).
fn from_serial((days, fraction): (u32, &str)) -> Result<CivilTime, DateError> {
    /// 1970-01-01 as a serial.
    const UNIX_DAY: i64 = 25_569;
    /// 2200-12-31.
    const LAST: u32 = 109_939;
    let day = match days {
        60 => return Err(DateError::NoSuchDate),
        1..60 => i64::from(days) - UNIX_DAY + 1,
        61..=LAST => i64::from(days) - UNIX_DAY,
        _ => return Err(DateError::YearOutOfRange),
    };
    Ok(CivilTime(day * MS_PER_DAY + fraction_ms(fraction)))
}

/// A fraction of a day (the digits after the point) to whole seconds: a spreadsheet's times are rounded in their last digits.
pub(super) fn fraction_ms(digits: &str) -> i64 {
    let (mut value, mut scale) = (0i64, 1i64);
    for b in digits.bytes().take(12) {
        value = value * 10 + i64::from(b - b'0');
        scale *= 10;
    }
    let seconds = (i128::from(value) * 86_400 * 2 + i128::from(scale)) / (i128::from(scale) * 2);
    i64::try_from(seconds).unwrap_or(0) * 1000
}

#[cfg(test)]
mod tests {
    use super::DateOrder::{DayMonthYear, ExcelSerial, MonthDayYear, YearMonthDay};
    use super::*;

    fn shown(result: Result<CivilTime, DateError>) -> String {
        match result {
            Ok(at) => at.naive().format("%Y-%m-%d %H:%M:%S%.f").to_string(),
            Err(e) => format!("{e:?}"),
        }
    }

    #[test]
    fn dates_as_people_have_them() {
        let eight = "2011-12-09 08:26:00";
        let day = "2011-12-09 00:00:00";
        for (text, order, want) in [
            ("2011-12-09", YearMonthDay, day),
            ("2011-12-09 08:26", YearMonthDay, eight),
            ("2011-12-09T08:26:00", YearMonthDay, eight),
            ("2011-12-09T08:26:00Z", YearMonthDay, eight),
            ("2011-12-09T08:26:00.250Z", YearMonthDay, "2011-12-09 08:26:00.250"),
            ("2011-12-09T08:26:00+08:00", YearMonthDay, eight),
            ("2011-12-09 08:26:00 +0800", YearMonthDay, eight),
            ("2011-12-09 08:26:00 UTC", YearMonthDay, eight),
            ("2011/12/9 8:26", YearMonthDay, eight),
            ("2011/12/9 8:26", MonthDayYear, eight),
            ("2011.12.09", YearMonthDay, day),
            ("9.12.2011", DayMonthYear, day),
            ("9.12.2011 8:26", DayMonthYear, eight),
            ("12/9/2011 8:26 AM", MonthDayYear, eight),
            ("12/9/2011 8:26 PM", MonthDayYear, "2011-12-09 20:26:00"),
            ("12/9/2011 12:26 am", MonthDayYear, "2011-12-09 00:26:00"),
            ("12/9/2011 12:26 PM", MonthDayYear, "2011-12-09 12:26:00"),
            ("12/9/2011, 8:26:00 a.m.", MonthDayYear, eight),
            ("9/12/2011", DayMonthYear, day),
            ("9/12/11", DayMonthYear, day),
            ("09-12-99", DayMonthYear, "1999-12-09 00:00:00"),
            ("11-12-09", YearMonthDay, day),
            ("20111209", YearMonthDay, day),
            ("20111209 08:26", YearMonthDay, eight),
            ("20111209082600", YearMonthDay, eight),
            ("2011年12月9日", YearMonthDay, day),
            ("2011年12月9日 8时26分", YearMonthDay, eight),
            ("2011年12月9日8:26", YearMonthDay, eight),
            ("2011年12月9日 上午8:26", YearMonthDay, eight),
            ("2011年12月9日 星期五 下午3点05分20秒", YearMonthDay, "2011-12-09 15:05:20"),
            ("２０１１／１２／９　８：２６", YearMonthDay, eight),
            ("2011/12/9 下午 8:26", YearMonthDay, "2011-12-09 20:26:00"),
            ("9 Dec 2011", DayMonthYear, day),
            ("09-Dec-11 08:26", DayMonthYear, eight),
            ("Dec 9, 2011 at 8:26 AM", MonthDayYear, eight),
            ("Fri, December 9th 2011", MonthDayYear, day),
            ("40886", ExcelSerial, day),
            ("40886.3513888889", ExcelSerial, eight),
            ("40886.35139", ExcelSerial, eight),
            ("1", ExcelSerial, "NotADate"),
            ("100", ExcelSerial, "1900-04-09 00:00:00"),
            ("2011-12-09", ExcelSerial, day),
            ("=\"2011-12-09\"", YearMonthDay, day),
            ("2011-02-30", YearMonthDay, "NoSuchDate"),
            ("2011-02-30 10:00:00", YearMonthDay, "NoSuchDate"),
            ("2011/13/01", YearMonthDay, "NoSuchDate"),
            ("12/25/2011", DayMonthYear, "NoSuchDate"),
            ("1899-12-31", YearMonthDay, "YearOutOfRange"),
            ("2999-01-01", YearMonthDay, "YearOutOfRange"),
            ("0000-00-00", YearMonthDay, "YearOutOfRange"),
            ("500000", ExcelSerial, "YearOutOfRange"),
            ("40886", YearMonthDay, "NotADate"),
            ("soon", YearMonthDay, "NotADate"),
            ("", YearMonthDay, "NotADate"),
            ("2011-12-09 25:00", YearMonthDay, "NotADate"),
            ("2011-12-09 08:26 tomorrow", YearMonthDay, "NotADate"),
            ("2011-12-09x", YearMonthDay, "NotADate"),
            ("2011-12", YearMonthDay, "NotADate"),
            ("13800138000", YearMonthDay, "NotADate"),
        ] {
            assert_eq!(shown(parse_date_time(text, order)), want, "{text} in {order:?}");
        }
    }

    #[test]
    fn excel_believes_in_a_leap_day_in_1900() {
        assert_eq!(from_serial((59, "")), Ok(Day::from_ymd(1900, 2, 28).unwrap().start()));
        assert_eq!(from_serial((60, "")), Err(DateError::NoSuchDate));
        assert_eq!(from_serial((61, "")), Ok(Day::from_ymd(1900, 3, 1).unwrap().start()));
        assert_eq!(from_serial((109_939, "")), Ok(Day::from_ymd(2200, 12, 31).unwrap().start()));
    }

    #[test]
    fn an_ambiguous_column_offers_its_orders() {
        for (cells, want) in [
            (vec!["12/9/2011", "1/2/2011"], vec![DayMonthYear, MonthDayYear]),
            (vec!["12/9/2011", "1/25/2011"], vec![MonthDayYear]),
            (vec!["12/9/2011", "25/1/2011"], vec![DayMonthYear]),
            (vec!["2011-12-09"], vec![YearMonthDay]),
            (vec!["2011-12-09", "2011-02-30", "tbd"], vec![YearMonthDay]),
            (vec!["40886.35", "40887"], vec![ExcelSerial]),
            (vec!["9.12.11"], vec![YearMonthDay, DayMonthYear, MonthDayYear]),
            (vec!["9 Dec 2011"], vec![DayMonthYear]),
            (vec!["2011-12-09", "25/12/2011"], vec![DayMonthYear]),
            (vec!["hello", ""], vec![]),
        ] {
            assert_eq!(fitting_orders(cells.iter().copied()), want, "{cells:?}");
        }
    }
}
