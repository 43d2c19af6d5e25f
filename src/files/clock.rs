//! Times of day as people have them in their files.

use super::dates::{DateError, Shape, fold, fraction_ms, number, split_date};
use super::numbers::clean;
use crate::domain::MS_PER_DAY;

/// Milliseconds since midnight, from a column of its own (`8:26`, `8:26:00 PM`, `下午3点05分`, Excel's fraction of a day).
///
/// # Errors
/// [`DateError::NotADate`].
pub fn parse_time(text: &str) -> Result<i64, DateError> {
    let folded = fold(text);
    let text = folded.as_deref().unwrap_or_else(|| clean(text));
    if let Some(fraction) = text.strip_prefix("0.").filter(|f| f.bytes().all(|b| b.is_ascii_digit())) {
        return Ok(fraction_ms(fraction).min(MS_PER_DAY - 1000));
    }
    // A full date and time in the time column: its time counts.
    let rest = match split_date(text) {
        Some((Shape::YearFirst(..) | Shape::Parts(..) | Shape::Named(..), rest)) if !rest.is_empty() => rest,
        _ => text,
    };
    time_of_day(rest).ok_or(DateError::NotADate)
}

/// Milliseconds since midnight of `8:26`, `08:26:00.123Z`, `8:26 AM`, `8时26分`, `下午 3:05`, `082600`.
pub(super) fn time_of_day(text: &str) -> Option<i64> {
    const WEEKDAYS: [&str; 2] = ["星期", "周"];
    let mut text = text.trim();
    for word in WEEKDAYS {
        if let Some(rest) = text.strip_prefix(word) {
            let mut rest = rest.chars();
            rest.next();
            text = rest.as_str().trim_start();
        }
    }
    if text.is_empty() {
        return Some(0);
    }
    let (mut half, mut rest) = (None, text);
    for (word, h) in [
        ("上午", Half::Am),
        ("凌晨", Half::Am),
        ("早上", Half::Am),
        ("下午", Half::Pm),
        ("晚上", Half::Pm),
        ("中午", Half::Noon),
    ] {
        if let Some(after) = rest.strip_prefix(word) {
            (half, rest) = (Some(h), after.trim_start());
        }
    }
    let (mut hour, digits, after) = number(rest)?;
    let (mut minute, mut second, mut ms) = (0, 0, 0);
    let mut tail = after;
    if digits == 6 || digits == 4 {
        let all = if digits == 4 { hour * 100 } else { hour };
        (hour, minute, second) = (all / 10_000, all / 100 % 100, all % 100);
    } else if digits > 2 {
        return None;
    } else if let Some(after) = tail.strip_prefix([':', '时', '点']) {
        let after = after.trim_start();
        if let Some((m, n, after)) = number(after) {
            (minute, tail) = (m, after.strip_prefix('分').unwrap_or(after));
            if n > 2 {
                return None;
            }
            if let Some((s, n, after)) =
                number(tail.strip_prefix(':').unwrap_or(tail).trim_start()).filter(|(_, n, _)| *n <= 2)
            {
                (second, tail) = (s, after.strip_prefix('秒').unwrap_or(after));
                if n > 2 {
                    return None;
                }
            }
            if let Some((_, n, after)) = tail.strip_prefix(['.', ',']).and_then(number) {
                let digits = tail.get(1..=n.min(3))?;
                ms = digits.parse::<i64>().ok()? * 10i64.pow(3 - n.min(3) as u32);
                tail = after;
            }
        } else if after.is_empty() {
            tail = after;
        } else {
            return None;
        }
    } else if half.is_none() && !has_half(tail) {
        return None;
    }
    let tail = tail.trim();
    let (half_after, tail) = take_half(tail);
    if half.is_some() && half_after.is_some() || !is_zone(tail.trim()) {
        return None;
    }
    hour = match half.or(half_after) {
        None => hour,
        Some(Half::Am) if hour == 12 => 0,
        Some(Half::Pm) if hour < 12 => hour + 12,
        Some(Half::Noon) if hour < 11 => hour + 12,
        Some(_) => hour,
    };
    // A leap second, or midnight as the end of the day, is not worth refusing an order for.
    (hour < 24 && minute < 60 && second <= 60)
        .then(|| i64::from(hour * 3600 + minute * 60 + second.min(59)) * 1000 + ms)
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Half {
    Am,
    Pm,
    Noon,
}

fn has_half(text: &str) -> bool {
    take_half(text.trim()).0.is_some()
}

fn take_half(text: &str) -> (Option<Half>, &str) {
    let lower = text.get(..4).or(text.get(..2)).unwrap_or_default().to_ascii_lowercase();
    for (word, half) in [("a.m.", Half::Am), ("p.m.", Half::Pm), ("am", Half::Am), ("pm", Half::Pm)] {
        if lower.starts_with(word) {
            return (Some(half), text.get(word.len()..).unwrap_or_default());
        }
    }
    (None, text)
}

/// Nothing, or a time zone: `Z`, `+0800`, `UTC+8`, `GMT`, `CST`.
fn is_zone(text: &str) -> bool {
    let offset = |t: &str| {
        t.is_empty()
            || t.strip_prefix(['+', '-'])
                .is_some_and(|d| !d.is_empty() && d.len() <= 5 && d.bytes().all(|b| b.is_ascii_digit() || b == b':'))
    };
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (name, rest) = text.split_at_checked(letters).unwrap_or((text, ""));
    matches!(name, "" | "Z" | "z" | "UTC" | "GMT" | "CST" | "BST" | "EST" | "EDT" | "PST" | "PDT" | "CET" | "CEST")
        && offset(rest.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day() {
        for (text, want) in [
            ("8:26", Some(30_360_000)),
            ("08:26:05", Some(30_365_000)),
            ("8 PM", Some(72_000_000)),
            ("8pm", Some(72_000_000)),
            ("下午3:05", Some(54_300_000)),
            ("0.5", Some(43_200_000)),
            ("1899-12-30 08:26:00", Some(30_360_000)),
            ("082600", Some(30_360_000)),
            ("25:00", None),
            ("noonish", None),
        ] {
            assert_eq!(parse_time(text).ok(), want, "{text}");
        }
    }
}
