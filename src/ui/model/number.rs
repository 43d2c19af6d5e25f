//! Numbers in fields: as people type them, and as they are shown for editing.

use crate::files::numbers::parse_decimal;
use crate::files::orders::DecimalSign;

/// A typed number with up to four decimals; thousands separators and currency signs are taken. Both languages write a
/// decimal point.
#[must_use]
pub fn read(text: &str) -> Option<f64> {
    read_e4(text).map(|e4| e4 as f64 / 1e4)
}

/// A typed number in ten-thousandths.
#[must_use]
pub fn read_e4(text: &str) -> Option<i64> {
    parse_decimal(text, DecimalSign::Point, 4).ok()
}

/// A number for a field: no grouping, no trailing zeros, at most `digits` decimals.
#[must_use]
pub fn plain(value: f64, digits: usize) -> String {
    let text = format!("{value:.digits$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// Decimals that leave two digits of a standard error, three at most.
#[must_use]
pub fn decimals(error: f64) -> u8 {
    match error.abs() {
        e if e >= 10.0 => 0,
        e if e >= 1.0 => 1,
        e if e >= 0.1 => 2,
        _ => 3,
    }
}

/// A space between digits and 汉字, which the browser's own words leave out: “3天前” becomes “3 天前”.
#[must_use]
pub fn spaced(text: &str) -> String {
    let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let mut said = String::with_capacity(text.len() + 2);
    let mut last = ' ';
    for c in text.chars() {
        if (last.is_ascii_digit() && is_han(c)) || (is_han(last) && c.is_ascii_digit()) {
            said.push(' ');
        }
        said.push(c);
        last = c;
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_decimals_as_the_error_leaves() {
        for (error, want) in [(557.2, 0), (10.0, 0), (1.5, 1), (0.38, 2), (0.013, 3), (1e-9, 3), (-2.0, 1)] {
            assert_eq!(decimals(error), want, "{error}");
        }
    }

    #[test]
    fn digits_and_han_stand_apart() {
        for (text, want) in [
            ("3天前", "3 天前"),
            ("3 天后", "3 天后"),
            ("昨天", "昨天"),
            ("in 3 days", "in 3 days"),
            ("再过12天", "再过 12 天"),
        ] {
            assert_eq!(spaced(text), want);
        }
    }

    #[test]
    fn numbers_go_into_fields_and_back() {
        for (value, digits, want) in
            [(1234.5, 2, "1234.5"), (10.0, 2, "10"), (0.126, 2, "0.13"), (-0.001, 2, "0"), (100.0, 0, "100")]
        {
            assert_eq!(plain(value, digits), want);
        }
        for (text, want) in
            [("1,234.5", Some(1234.5)), ("¥ 12", Some(12.0)), ("abc", None), ("", None), ("-3", Some(-3.0))]
        {
            assert_eq!(read(text), want, "{text}");
        }
        assert_eq!(read_e4("2.55"), Some(25_500));
    }
}
