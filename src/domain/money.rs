//! Money is integer minor units plus a currency; unit prices are scaled decimals.

use serde::{Deserialize, Serialize};

/// An ISO 4217 code, three capital letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

impl Currency {
    pub const CNY: Self = Self(*b"CNY");
    pub const GBP: Self = Self(*b"GBP");
    pub const USD: Self = Self(*b"USD");
    pub const EUR: Self = Self(*b"EUR");

    /// Reads three ASCII letters, in either case.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes: [u8; 3] = text.trim().as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_alphabetic).then(|| Self(bytes.map(|b| b.to_ascii_uppercase())))
    }

    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// Decimal places of the minor unit (ISO 4217): 2 except for the currencies listed.
    #[must_use]
    pub fn decimals(self) -> u32 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG" | b"RWF" | b"UGX"
            | b"UYI" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            _ => 2,
        }
    }
}

impl TryFrom<String> for Currency {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("not a currency code")
    }
}

impl From<Currency> for String {
    fn from(c: Currency) -> Self {
        c.code().to_owned()
    }
}

/// An amount in minor units of its currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    pub minor: i64,
    pub currency: Currency,
}

/// The largest amount Kith takes, in minor units: 10^15, safely inside what a JavaScript number holds exactly.
pub const MAX_MINOR: i64 = 1_000_000_000_000_000;

/// The largest price, and amount without a currency of its own, in ten-thousandths of a major unit: 900,000,000,000 of any currency,
/// as far as a JavaScript number holds them exactly.
pub const MAX_E4: i64 = 9_000_000_000_000_000;

/// Scale of a unit price: 10,000 parts of a major unit.
pub const PRICE_SCALE: i64 = 10_000;
/// Scale of a quantity: 1,000 parts of a unit (grams of a kilogram).
pub const QUANTITY_SCALE: i64 = 1_000;

/// A line's total in minor units: quantity × unit price, rounded half away from zero.
/// `None` when it exceeds [`MAX_MINOR`].
#[must_use]
pub fn line_total_minor(quantity_milli: i64, unit_price_e4: i64, currency: Currency) -> Option<i64> {
    let scaled = i128::from(quantity_milli).checked_mul(i128::from(unit_price_e4))?;
    let exact = scaled.checked_mul(10i128.pow(currency.decimals()))?;
    let unit = i128::from(PRICE_SCALE * QUANTITY_SCALE);
    let rounded = (exact.abs() + unit / 2) / unit * exact.signum();
    i64::try_from(rounded).ok().filter(|m| m.abs() <= MAX_MINOR)
}

/// An amount that is kept apart from its currency, in ten-thousandths of a major unit like a price, in minor units of `currency`:
/// rounded half away from zero. Such amounts stay what they are when the book's currency becomes another one.
#[must_use]
pub fn minor_of_e4(e4: i64, currency: Currency) -> i64 {
    let step = e4_step(currency);
    let rounded = (e4.unsigned_abs() + step.unsigned_abs() / 2) / step.unsigned_abs();
    i64::try_from(rounded).unwrap_or(i64::MAX) * e4.signum()
}

/// The other way round: exact, up to the bounds of an `i64`.
#[must_use]
pub fn e4_of_minor(minor: i64, currency: Currency) -> i64 {
    minor.saturating_mul(e4_step(currency))
}

/// Ten-thousandths of a major unit in a minor one.
fn e4_step(currency: Currency) -> i64 {
    PRICE_SCALE / 10i64.pow(currency.decimals())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_without_a_currency_in_minor_units_and_back() {
        let [yuan, yen, dinar] = ["CNY", "JPY", "KWD"].map(|code| Currency::parse(code).unwrap());
        let cases = [
            ((1_234_500, yuan), 12_345),
            ((1_234_500, yen), 123),
            ((1_235_000, yen), 124),
            ((-1_235_000, yen), -124),
            ((4_900, yen), 0),
            ((1_234_500, dinar), 123_450),
            ((50, yuan), 1),
            ((49, yuan), 0),
            ((i64::MAX, yen), 922_337_203_685_478),
            ((i64::MIN, yen), -922_337_203_685_478),
        ];
        for ((e4, currency), want) in cases {
            assert_eq!(minor_of_e4(e4, currency), want, "{e4} {}", currency.code());
        }
        for currency in [yuan, yen, dinar] {
            assert_eq!(minor_of_e4(e4_of_minor(-12_345, currency), currency), -12_345);
        }
        assert_eq!(
            (e4_of_minor(7, yen), e4_of_minor(i64::MAX, yuan), e4_of_minor(i64::MIN, yuan)),
            (70_000, i64::MAX, i64::MIN)
        );
    }

    #[test]
    fn line_totals_round_half_away_from_zero() {
        let cases = [
            ((1_000, 25_500), Some(255)),
            ((1_000, 12_345_678), Some(123_457)),
            ((1_000, 50), Some(1)),
            ((-1_000, 50), Some(-1)),
            ((1_000, 49), Some(0)),
            ((i64::MAX, i64::MAX), None),
        ];
        for ((q, p), want) in cases {
            assert_eq!(line_total_minor(q, p, Currency::GBP), want, "{q} × {p}");
        }
        assert_eq!(line_total_minor(1_000, 15_000, Currency::parse("JPY").unwrap()), Some(2));
    }
}
