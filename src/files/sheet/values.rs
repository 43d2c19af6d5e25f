//! What a cell's number means: the formats of a workbook tell dates from amounts.

use crate::domain::{Day, MS_PER_DAY};
use crate::files::orders::DecimalSign;

/// Whether numbers in a style are shown as dates or times of day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Look {
    #[default]
    Number,
    Moment,
}

/// The formats that every workbook has without naming them (ECMA-376 part 1, 18.8.30, the East Asian ones too).
pub(super) fn built_in(id: u32) -> Look {
    match id {
        14..=22 | 27..=36 | 45..=47 | 50..=58 => Look::Moment,
        _ => Look::Number,
    }
}

/// A format shows dates if, quotes, escapes and brackets aside, its first section has a letter of date or time.
pub(super) fn of_code(code: &str) -> Look {
    // `General`, in Chinese `G/通用格式`.
    if code.starts_with("General") || code.starts_with("G/") {
        return Look::Number;
    }
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                let _quoted = chars.by_ref().find(|c| *c == '"');
            }
            '\\' | '_' | '*' => {
                let _escaped = chars.next();
            }
            '[' => {
                // `[h]:mm` is a length of time, `[Red]` a colour, `[$-804]` a language.
                let inner: String = chars.by_ref().take_while(|c| *c != ']').collect();
                if !inner.is_empty() && inner.chars().all(|c| matches!(c.to_ascii_lowercase(), 'h' | 'm' | 's')) {
                    return Look::Moment;
                }
            }
            ';' => return Look::Number,
            'd' | 'D' | 'y' | 'Y' | 'h' | 'H' | 's' | 'S' | 'm' | 'M' => return Look::Moment,
            _ => {}
        }
    }
    Look::Number
}

/// Days between 1899-12-30 and the first day of the other epoch, 1904-01-01.
const DAYS_1904: f64 = 1462.0;
/// The last day that a spreadsheet knows: 9999-12-31.
const LAST_SERIAL: f64 = 2_958_466.0;

/// A date as `2011-12-09`, with its time unless that is midnight, or a time of day alone, from days and their fraction;
/// `None` when no calendar has it.
pub(super) fn moment(serial: f64, from_1904: bool) -> Option<String> {
    // Less than a day is a time of day in either.
    let serial = if from_1904 && serial >= 1.0 { serial + DAYS_1904 } else { serial };
    if !(0.0..LAST_SERIAL).contains(&serial) {
        return None;
    }
    // To the second: fractions of a day have no exact binary form.
    #[allow(clippy::cast_possible_truncation)]
    let seconds = (serial * 86_400.0).round() as i64;
    let (day, time) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let clock = format!("{:02}:{:02}:{:02}", time / 3600, time / 60 % 60, time % 60);
    if day == 0 {
        return Some(clock);
    }
    // Spreadsheets hold 1900 for a leap year: up to its 29 February they count from a day later.
    let first = Day::from_ymd(1899, 12, if day < 60 { 31 } else { 30 })?;
    let date = crate::domain::CivilTime(first.start().0 + day * MS_PER_DAY).naive().date();
    Some(if time == 0 { date.to_string() } else { format!("{date} {clock}") })
}

/// A number as its digits, to the fifteen that spreadsheets keep, with the sign that the reader expects.
pub(super) fn number(text: &str, sign: DecimalSign) -> Option<String> {
    let value: f64 = text.trim().parse().ok()?;
    if !value.is_finite() {
        return None;
    }
    let rounded: f64 = format!("{value:.14e}").parse().ok()?;
    // Minus nought is nought.
    let plain = if rounded == 0.0 { "0".to_owned() } else { rounded.to_string() };
    Some(if sign == DecimalSign::Comma { plain.replace('.', ",") } else { plain })
}

/// `_x000D_` and its kind: how workbooks write characters that XML has not.
pub(super) fn unescape(text: &str) -> Option<String> {
    if !text.contains("_x") {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let code = from.get(2..6).filter(|_| from.as_bytes().get(6) == Some(&b'_'));
        let decoded = code.and_then(|hex| u32::from_str_radix(hex, 16).ok()).and_then(char::from_u32);
        let taken = match decoded {
            Some(c) => {
                out.push(c);
                7
            }
            None => {
                out.push_str("_x");
                2
            }
        };
        rest = from.get(taken..).unwrap_or_default();
    }
    out.push_str(rest);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_tell_dates_from_numbers() {
        for code in [
            "yyyy-mm-dd",
            "m/d/yy h:mm",
            "[$-804]yyyy\"年\"m\"月\"d\"日\"",
            "[h]:mm:ss",
            "mmm d",
            "h:mm AM/PM",
            "ggge\"年\"m",
        ] {
            assert_eq!(of_code(code), Look::Moment, "{code}");
        }
        for code in [
            "General",
            "0.00",
            "#,##0.00_);[Red](#,##0.00)",
            "\"days\" 0",
            "0\\d",
            "¥#,##0",
            "@",
            "[Red]0;d",
            "G/通用格式",
            "",
        ] {
            assert_eq!(of_code(code), Look::Number, "{code}");
        }
    }

    #[test]
    fn serials_are_days() {
        for (serial, epoch, want) in [
            (40_513.0, false, Some("2010-12-01")),
            (40_513.351_388_888_9, false, Some("2010-12-01 08:26:00")),
            (39_051.0, true, Some("2010-12-01")),
            (0.5, false, Some("12:00:00")),
            (0.5, true, Some("12:00:00")),
            (1.0, false, Some("1900-01-01")),
            (59.0, false, Some("1900-02-28")),
            (61.0, false, Some("1900-03-01")),
            (44_561.999_999_9, false, Some("2022-01-01")),
            (-1.0, false, None),
            (3e9, false, None),
            (f64::NAN, false, None),
        ] {
            assert_eq!(moment(serial, epoch).as_deref(), want, "{serial}");
        }
    }

    #[test]
    fn numbers_are_what_the_cell_shows() {
        for (text, want) in [
            ("2.5499999999999998", Some("2.55")),
            ("0.30000000000000004", Some("0.3")),
            ("13800138000", Some("13800138000")),
            ("1E+2", Some("100")),
            ("-0", Some("0")),
            ("-7.5", Some("-7.5")),
            ("x", None),
            ("inf", None),
        ] {
            assert_eq!(number(text, DecimalSign::Point).as_deref(), want, "{text}");
        }
        assert_eq!(number("1.5", DecimalSign::Comma).as_deref(), Some("1,5"));
    }

    #[test]
    fn escapes_of_workbooks_are_taken_out() {
        assert_eq!(unescape("a_x000D__x4E2D_b").as_deref(), Some("a\r中b"));
        assert_eq!(unescape("_xZZZZ_ _x1").as_deref(), Some("_xZZZZ_ _x1"));
        assert_eq!(unescape("_x汉字的事_").as_deref(), Some("_x汉字的事_"));
        assert_eq!(unescape("plain"), None);
    }
}
