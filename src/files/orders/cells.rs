//! Small readings of single cells and of one line's money.

use std::borrow::Cow;

use super::ParsedLine;
use crate::domain::{Currency, MAX_MINOR, PRICE_SCALE, QUANTITY_SCALE, Value, line_total_minor};

/// Texts of a row that go to its order.
pub(super) struct OrderText<'a> {
    pub channel: &'a str,
    pub note: &'a str,
    /// Fields without a role.
    pub fields: Vec<(String, Value)>,
}

/// What a row says about money; at least one of price and total is there.
pub(super) struct Money {
    pub quantity: Option<i64>,
    pub price: Option<i64>,
    pub total: Option<i64>,
    pub currency: Currency,
}

/// A thousand million units of a thing; more is a barcode in the wrong column.
const MAX_QUANTITY_MILLI: i64 = 1_000_000_000_000;

impl Money {
    /// A return that is written with amounts above zero.
    pub fn turn_negative(&mut self) {
        self.quantity = Some(-self.quantity.unwrap_or(QUANTITY_SCALE).abs());
        self.total = self.total.map(|t| -t.abs());
        self.price = self.price.map(i64::abs);
    }

    /// The line; `None` when an amount is beyond what money may be.
    pub fn line(&self) -> Option<ParsedLine> {
        let quantity_milli = self.quantity.unwrap_or(QUANTITY_SCALE);
        let total_minor = match self.total {
            // “−2 pieces, 5.00” means five given back.
            Some(total) if quantity_milli < 0 && total > 0 => -total,
            Some(total) => total,
            None => line_total_minor(quantity_milli, self.price?, self.currency)?,
        };
        if total_minor.abs() > MAX_MINOR || quantity_milli.abs() > MAX_QUANTITY_MILLI {
            return None;
        }
        let unit_price_e4 = match self.price {
            Some(price) => price,
            None => unit_price(total_minor, quantity_milli, self.currency)?,
        };
        Some(ParsedLine { product: None, quantity_milli, unit_price_e4, total_minor })
    }
}

/// Total over quantity, rounded half away from zero.
fn unit_price(total_minor: i64, quantity_milli: i64, currency: Currency) -> Option<i64> {
    let quantity = i128::from(if quantity_milli == 0 { QUANTITY_SCALE } else { quantity_milli });
    let top = i128::from(total_minor) * i128::from(PRICE_SCALE * QUANTITY_SCALE);
    let under = 10i128.pow(currency.decimals()) * quantity;
    let sign = top.signum() * under.signum();
    let (top, under) = (top.abs(), under.abs());
    i64::try_from((top * 2 + under) / (under * 2) * sign).ok()
}

/// Words that stand where a customer should and name nobody.
pub(super) fn is_nobody(text: &str) -> bool {
    const WORDS: [&str; 20] = [
        "-",
        "--",
        "0",
        "n/a",
        "#n/a",
        "na",
        "nan",
        "null",
        "none",
        "nil",
        "guest",
        "anonymous",
        "walk-in",
        "walk in",
        "无",
        "散客",
        "匿名",
        "游客",
        "匿名用户",
        "零售客户",
    ];
    text.is_empty() || text.len() <= 12 && WORDS.iter().any(|w| text.eq_ignore_ascii_case(w))
}

/// `17850.0` is what spreadsheets and data frames make of the customer number 17850.
pub(super) fn strip_decimal_zero(text: &str) -> &str {
    match text.strip_suffix(".0") {
        Some(whole) if !whole.is_empty() && whole.bytes().all(|b| b.is_ascii_digit()) => whole,
        _ => text,
    }
}

/// A phone number as digits, so that `+86 138-0013-8000` and `13800138000` are one person. `None` for numbers too short or
/// masked with asterisks, which many people share.
#[must_use]
pub fn phone_key(text: &str) -> Option<String> {
    if text.is_empty() || text.contains('*') {
        return None;
    }
    let mut digits = String::new();
    for c in text.chars() {
        match c {
            '0'..='9' => digits.push(c),
            '０'..='９' => digits.extend(char::from_u32(c as u32 - 0xFEE0)),
            '+' | '＋' if digits.is_empty() => digits.push('+'),
            // A second number or an extension.
            '/' | ',' | ';' | '、' | '，' | 'x' | '转' if digits.len() >= 5 => break,
            _ => {}
        }
    }
    for prefix in ["+86", "0086", "86"] {
        if let Some(rest) = digits.strip_prefix(prefix).filter(|r| r.len() == 11 && r.starts_with('1')) {
            return Some(rest.to_owned());
        }
    }
    (digits.len() >= 5).then_some(digits)
}

/// Signs with which spreadsheets begin a formula, and those that they pass over before one.
const RUNS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

fn runs_behind_apostrophes(cell: &str) -> bool {
    cell.trim_start_matches('\'')
        .starts_with(|c: char| RUNS.contains(&c) || c.is_ascii_digit() && cell.starts_with('\''))
}

/// Neutralises a cell that a spreadsheet would run as a formula, by an apostrophe in front. [`restored`] takes it off.
#[must_use]
pub fn formula_safe(cell: &str) -> Cow<'_, str> {
    if runs_behind_apostrophes(cell) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// A cell without the apostrophe that keeps spreadsheets from running it.
#[must_use]
pub fn restored(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if runs_behind_apostrophes(cell) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_phone_in_many_spellings() {
        for (text, want) in [
            ("13800138000", Some("13800138000")),
            ("+86 138-0013-8000", Some("13800138000")),
            ("0086 13800138000", Some("13800138000")),
            ("１３８００１３８０００", Some("13800138000")),
            ("010-8888 6666 转 12", Some("01088886666")),
            ("+44 20 7946 0958", Some("+442079460958")),
            ("138****8000", None),
            ("12", None),
            ("", None),
        ] {
            assert_eq!(phone_key(text).as_deref(), want, "{text}");
        }
    }

    #[test]
    fn a_line_from_what_the_row_gives() {
        let money = |quantity, price, total| Money { quantity, price, total, currency: Currency::GBP }.line();
        let line = |quantity_milli, unit_price_e4, total_minor| {
            Some(ParsedLine { product: None, quantity_milli, unit_price_e4, total_minor })
        };
        assert_eq!(money(Some(6_000), Some(25_500), None), line(6_000, 25_500, 1_530));
        assert_eq!(money(Some(3_000), None, Some(1_000)), line(3_000, 33_333, 1_000));
        assert_eq!(money(Some(-3_000), None, Some(1_000)), line(-3_000, 33_333, -1_000));
        assert_eq!(money(None, None, Some(-250)), line(1_000, -25_000, -250));
        assert_eq!(money(Some(2_000), Some(10_000), Some(150)), line(2_000, 10_000, 150));
        assert_eq!(money(Some(0), None, Some(5)), line(0, 500, 5));
        assert_eq!(money(Some(i64::MAX), Some(1), None), None);
        assert_eq!(money(Some(1_000), None, Some(MAX_MINOR + 1)), None);
    }

    #[test]
    fn formulas_are_defused() {
        assert_eq!(formula_safe("=1+1"), "'=1+1");
        assert_eq!(formula_safe("@SUM"), "'@SUM");
        assert_eq!(formula_safe("2011"), "2011");
        assert_eq!(restored("'00123"), "00123");
        assert_eq!(restored("'tis"), "'tis");
    }
}
