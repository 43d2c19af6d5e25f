//! Numbers as people type and programs export them, to scaled integers: exact, no floating point anywhere.

use super::orders::DecimalSign;
use crate::domain::Currency;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberError {
    NotANumber,
    /// A number, but beyond what fits.
    TooLarge,
}

/// Reads a decimal number as `value × 10^scale`, rounded half away from zero.
///
/// Takes thousands separators in groups of three (or the Indian two): `1,234.56`, `1.234,56`, `1 234,56`, `1'234.56`; full-width
/// digits; currency signs and codes before or after; `万` and `亿`; `-1`, `−1`, `1-`, `(1)`; `1.5E+3`. Separators are
/// taken strictly: with [`DecimalSign::Point`] `1,5` is an error and not fifteen.
///
/// # Errors
/// [`NumberError`].
pub fn parse_decimal(text: &str, sign: DecimalSign, scale: u32) -> Result<i64, NumberError> {
    let text = clean(text);
    if let Some(value) = fast(text.as_bytes(), sign, scale) {
        return Ok(value);
    }
    let plain = Plain::read(text)?;
    plain.value(sign, scale)
}

/// White space and the `="…"` by which exports keep spreadsheets from reading a cell, taken off.
#[must_use]
pub fn clean(text: &str) -> &str {
    let mut text = trim(text);
    if let Some(inner) = text.strip_prefix("=\"").and_then(|t| t.strip_suffix('"')) {
        text = trim(inner);
    }
    text
}

fn trim(text: &str) -> &str {
    let needs = |b: Option<&u8>| b.is_some_and(|b| *b <= b' ' || *b >= 0x80);
    let bytes = text.as_bytes();
    if needs(bytes.first()) || needs(bytes.last()) {
        text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}'))
    } else {
        text
    }
}

/// Plain ASCII like `-12.5`: nearly every cell of a large file.
fn fast(bytes: &[u8], sign: DecimalSign, scale: u32) -> Option<i64> {
    let (negative, digits) = match bytes.split_first() {
        Some((b'-', rest)) => (true, rest),
        _ => (false, bytes),
    };
    if digits.is_empty() || digits.len() > 12 || scale > 6 {
        return None;
    }
    let mark = if sign == DecimalSign::Point { b'.' } else { b',' };
    let mut value = 0i64;
    let mut decimals: Option<u32> = None;
    for b in digits {
        if b.is_ascii_digit() {
            value = value * 10 + i64::from(b - b'0');
            decimals = decimals.map(|d| d + 1);
        } else if *b == mark && decimals.is_none() {
            decimals = Some(0);
        } else {
            return None;
        }
    }
    let missing = scale.checked_sub(decimals.unwrap_or(0))?;
    if digits.len() == 1 && decimals.is_some() {
        return None;
    }
    value *= 10i64.pow(missing);
    Some(if negative { -value } else { value })
}

/// A number without its ornaments: digits and separators only.
struct Plain {
    negative: bool,
    body: Vec<u8>,
    /// Power of ten from an exponent, 万 or 亿.
    shift: i64,
}

/// Longer cells are no numbers.
const MAX_NUMBER_CHARS: usize = 400;

impl Plain {
    fn read(text: &str) -> Result<Self, NumberError> {
        let bad = NumberError::NotANumber;
        if text.len() > MAX_NUMBER_CHARS {
            let digits = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'-'));
            return Err(if digits { NumberError::TooLarge } else { bad });
        }
        let folded: String = text.chars().map(fold).collect();
        let mut rest = folded.as_str();
        let mut negative = false;
        if let Some(inner) = rest.strip_prefix('(').and_then(|t| t.strip_suffix(')')) {
            (negative, rest) = (true, inner);
        }
        let (mut signs, mut shift) = (0, 0);
        // Signs, currency marks and multiples may stand in any order at either end: “-$5”, “$-5”, “5 元-”.
        loop {
            let before = rest.len();
            rest = rest.trim();
            for (strip, minus) in [("-", true), ("+", false)] {
                if let Some(inner) = rest.strip_prefix(strip).or_else(|| rest.strip_suffix(strip)) {
                    rest = inner;
                    signs += 1;
                    negative |= minus;
                }
            }
            for (word, power) in [("万", 4), ("亿", 8)] {
                if let Some(inner) = rest.strip_suffix(word) {
                    rest = inner;
                    shift += power;
                }
            }
            rest = strip_currency(rest);
            if rest.len() == before {
                break;
            }
        }
        if signs > 1 || shift > 8 {
            return Err(bad);
        }
        if let Some((mantissa, exponent)) = rest.split_once(['e', 'E']) {
            let digits = exponent.trim_start_matches(['+', '-']);
            if digits.is_empty() || exponent.len() > digits.len() + 1 || !digits.bytes().all(|b| b.is_ascii_digit()) {
                return Err(bad);
            }
            let power: i64 = digits.parse().unwrap_or(i64::from(u32::MAX)).min(i64::from(u32::MAX));
            shift += if exponent.starts_with('-') { -power } else { power };
            rest = mantissa;
        }
        let allowed = |b: u8| b.is_ascii_digit() || matches!(b, b'.' | b',' | b' ' | b'\'');
        if !rest.bytes().all(allowed) || !rest.bytes().any(|b| b.is_ascii_digit()) {
            return Err(bad);
        }
        Ok(Self { negative, body: rest.as_bytes().to_vec(), shift })
    }

    fn value(&self, sign: DecimalSign, scale: u32) -> Result<i64, NumberError> {
        let bad = NumberError::NotANumber;
        let mark = if sign == DecimalSign::Point { b'.' } else { b',' };
        let mut halves = self.body.split(|b| *b == mark);
        let whole = halves.next().unwrap_or_default();
        let decimals = halves.next().unwrap_or_default();
        if halves.next().is_some() || !decimals.iter().all(u8::is_ascii_digit) {
            return Err(bad);
        }
        let mut digits = ungroup(whole).ok_or(bad)?;
        let point = digits.len() as i64;
        digits.extend_from_slice(decimals);
        let zeros = digits.iter().take_while(|d| **d == b'0').count();
        if zeros == digits.len() {
            return Ok(0);
        }
        // The value is 0.d1d2d3… × 10^(point + shift); we want it × 10^scale, as an integer.
        let keep = point + self.shift + i64::from(scale);
        if keep - zeros as i64 > 19 {
            return Err(NumberError::TooLarge);
        }
        let mut value = 0i128;
        for i in 0..keep.max(0) {
            let digit = usize::try_from(i).ok().and_then(|i| digits.get(i)).map_or(0, |d| i128::from(d - b'0'));
            value = value * 10 + digit;
        }
        let next = usize::try_from(keep).ok().and_then(|k| digits.get(k));
        if next.is_some_and(|d| *d >= b'5') {
            value += 1;
        }
        let value = i64::try_from(value).map_err(|_| NumberError::TooLarge)?;
        Ok(if self.negative { -value } else { value })
    }
}

/// Full-width forms and the many dashes, blanks and apostrophes to their ASCII forms.
fn fold(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '−' | '–' | '—' | '‐' | '‑' => '-',
        '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{3000}' | '\t' => ' ',
        '’' | '‘' | '`' | '´' => '\'',
        '。' => '.',
        '、' => ',',
        _ => c,
    }
}

/// Takes thousands separators out of whole digits, if they stand where they may. `None` if not.
fn ungroup(whole: &[u8]) -> Option<Vec<u8>> {
    let Some(mark) = whole.iter().find(|b| !b.is_ascii_digit()).copied() else {
        return Some(whole.to_vec());
    };
    let groups: Vec<&[u8]> = whole.split(|b| *b == mark).collect();
    let (first, rest) = groups.split_first()?;
    let (last, middle) = rest.split_last()?;
    let width = middle.first().map_or(3, |g| g.len());
    let right = (1..=3).contains(&first.len())
        && last.len() == 3
        && (width == 3 || width == 2 && first.len() <= 2)
        && middle.iter().all(|g| g.len() == width);
    let digits: Vec<u8> = groups.concat();
    (right && digits.iter().all(u8::is_ascii_digit)).then_some(digits)
}

/// Marks of currencies, longest first. `None`: a mark that several currencies use.
const MARKS: [(&str, Option<&str>); 27] = [
    ("HK$", Some("HKD")),
    ("US$", Some("USD")),
    ("NT$", Some("TWD")),
    ("AU$", Some("AUD")),
    ("CA$", Some("CAD")),
    ("NZ$", Some("NZD")),
    ("S$", Some("SGD")),
    ("A$", Some("AUD")),
    ("C$", Some("CAD")),
    ("R$", Some("BRL")),
    ("RMB", Some("CNY")),
    ("人民币", Some("CNY")),
    ("美元", Some("USD")),
    ("欧元", Some("EUR")),
    ("英镑", Some("GBP")),
    ("日元", Some("JPY")),
    ("港元", Some("HKD")),
    ("港币", Some("HKD")),
    ("元", Some("CNY")),
    ("£", Some("GBP")),
    ("€", Some("EUR")),
    ("₹", Some("INR")),
    ("₩", Some("KRW")),
    ("$", None),
    ("¥", None),
    ("￥", None),
    ("円", Some("JPY")),
];

/// Codes of ISO 4217 in use.
const CODES: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF \
CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR \
IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN \
MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN \
SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG";

fn strip_currency(text: &str) -> &str {
    for (mark, _) in MARKS {
        if let Some(rest) = text.strip_prefix(mark).or_else(|| text.strip_suffix(mark)) {
            return rest;
        }
    }
    let letters = |part: Option<&str>| part.is_some_and(|p| iso_code(p).is_some());
    if letters(text.get(..3)) {
        return text.get(3..).unwrap_or_default();
    }
    let cut = text.len().saturating_sub(3);
    if letters(text.get(cut..)) { text.get(..cut).unwrap_or_default() } else { text }
}

fn iso_code(text: &str) -> Option<Currency> {
    let code = text.to_ascii_uppercase();
    (code.len() == 3 && CODES.split_ascii_whitespace().any(|c| c == code)).then(|| Currency::parse(&code)).flatten()
}

/// Reads a cell of a currency column: a code, a sign or a name. A bare `$` or `¥` is `book`'s own currency if that
/// uses the sign, otherwise the US dollar or the yuan.
#[must_use]
pub fn parse_currency(text: &str, book: Currency) -> Option<Currency> {
    let text = clean(text);
    if let Some(code) = iso_code(text) {
        return Some(code);
    }
    let upper = text.to_uppercase();
    MARKS.iter().find(|(mark, _)| upper == *mark).and_then(|(mark, code)| mark_currency(mark, *code, book))
}

/// The currency that a mark in an amount or a header (`¥12`, `Price (GBP)`, `金额（元）`) names, if any.
#[must_use]
pub fn currency_in(text: &str, book: Currency) -> Option<Currency> {
    let words = text.split(|c: char| !c.is_ascii_alphabetic());
    if let Some(code) = words.filter(|w| w.bytes().all(|b| b.is_ascii_uppercase())).find_map(iso_code) {
        return Some(code);
    }
    MARKS.iter().find(|(mark, _)| text.contains(mark)).and_then(|(mark, code)| mark_currency(mark, *code, book))
}

fn mark_currency(mark: &str, code: Option<&str>, book: Currency) -> Option<Currency> {
    match (mark, code) {
        (_, Some(code)) => Currency::parse(code),
        ("$", _) => Some(if matches!(book.code(), "AUD" | "CAD" | "HKD" | "NZD" | "SGD" | "TWD" | "MXN") {
            book
        } else {
            Currency::USD
        }),
        _ => Some(if book.code() == "JPY" { book } else { Currency::CNY }),
    }
}

/// Which decimal sign the numbers of a column speak for: those that leave no choice vote; a tie is the point.
#[must_use]
pub fn guess_decimal_sign<'a>(cells: impl Iterator<Item = &'a str>) -> DecimalSign {
    let (mut point, mut comma) = (0u32, 0u32);
    for cell in cells {
        let text: String =
            clean(cell).chars().map(fold).filter(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).collect();
        let (points, commas) = (text.matches('.').count(), text.matches(',').count());
        let after = |mark| text.rsplit(mark).next().map_or(0, str::len);
        match (points, commas) {
            (0, 0) => {}
            (1, 0) if after('.') != 3 => point += 1,
            (0, 1) if after(',') != 3 => comma += 1,
            (0, 1) | (1, 0) => {}
            (0, _) => point += 1,
            (_, 0) => comma += 1,
            _ if text.rfind('.') > text.rfind(',') => point += 1,
            _ => comma += 1,
        }
    }
    if comma > point { DecimalSign::Comma } else { DecimalSign::Point }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_write_them() {
        use DecimalSign::{Comma, Point};
        let cases = [
            ("2.55", Point, 25_500),
            ("-12", Point, -120_000),
            ("1,234.56", Point, 12_345_600),
            ("12,34,567.5", Point, 12_345_675_000),
            ("1.234,56", Comma, 12_345_600),
            ("1 234,56", Comma, 12_345_600),
            ("1\u{a0}234,5", Comma, 12_345_000),
            ("1'234.56", Point, 12_345_600),
            ("1’234.56", Point, 12_345_600),
            ("１２．５", Point, 125_000),
            ("－５", Point, -50_000),
            ("（1.5）", Point, -15_000),
            ("¥12.50", Point, 125_000),
            ("￥-12.50", Point, -125_000),
            ("-￥12.50", Point, -125_000),
            ("HK$ 3", Point, 30_000),
            ("12.5元", Point, 125_000),
            ("1.2万元", Point, 120_000_000),
            ("RMB 7", Point, 70_000),
            ("CNY7", Point, 70_000),
            ("7 EUR", Comma, 70_000),
            ("−3", Point, -30_000),
            ("(123.45)", Point, -1_234_500),
            ("123.45-", Point, -1_234_500),
            ("+4", Point, 40_000),
            (".5", Point, 5_000),
            ("5.", Point, 50_000),
            ("0.00005", Point, 1),
            ("-0.00005", Point, -1),
            ("0.00004", Point, 0),
            ("0.000049999999999999999999999999999", Point, 0),
            ("2.123456", Point, 21_235),
            ("1.5E+3", Point, 15_000_000),
            ("1e-400", Point, 0),
            ("=\"12\"", Point, 120_000),
            ("00000000000000000000000000000012", Point, 120_000),
        ];
        for (text, sign, want) in cases {
            assert_eq!(parse_decimal(text, sign, 4), Ok(want), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_says_so() {
        use NumberError::{NotANumber, TooLarge};
        let long = "9".repeat(1000);
        let cases = [
            ("", NotANumber),
            ("abc", NotANumber),
            ("NaN", NotANumber),
            ("inf", NotANumber),
            ("1,5", NotANumber),
            ("1,2345", NotANumber),
            ("1.2.3", NotANumber),
            ("--5", NotANumber),
            ("5%", NotANumber),
            ("-", NotANumber),
            (".", NotANumber),
            ("e5", NotANumber),
            ("1e", NotANumber),
            ("0x10", NotANumber),
            ("1 2", NotANumber),
            ("1e400", TooLarge),
            ("1e99999999999999999999", TooLarge),
            ("99999999999999999999", TooLarge),
            (&long, TooLarge),
        ];
        for (text, want) in cases {
            assert_eq!(parse_decimal(text, DecimalSign::Point, 4), Err(want), "{text}");
        }
    }

    #[test]
    fn the_column_tells_its_decimal_sign() {
        use DecimalSign::{Comma, Point};
        for (cells, want) in [
            (vec!["1,234", "2.5"], Point),
            (vec!["1.234", "2,5"], Comma),
            (vec!["1.234.567"], Comma),
            (vec!["1,234,567"], Point),
            (vec!["1.234,5", "€ 2,50"], Comma),
            (vec!["1,234"], Point),
            (vec![], Point),
        ] {
            assert_eq!(guess_decimal_sign(cells.iter().copied()), want, "{cells:?}");
        }
    }

    #[test]
    fn currencies_from_signs_codes_and_names() {
        let hkd = Currency::parse("HKD").unwrap();
        for (text, book, want) in [
            ("gbp", Currency::CNY, Some("GBP")),
            ("人民币", Currency::GBP, Some("CNY")),
            ("$", Currency::CNY, Some("USD")),
            ("$", hkd, Some("HKD")),
            ("¥", Currency::USD, Some("CNY")),
            ("XYZ", Currency::CNY, None),
            ("pounds", Currency::CNY, None),
        ] {
            assert_eq!(parse_currency(text, book).map(|c| c.code().to_owned()).as_deref(), want, "{text}");
        }
        for (text, want) in
            [("£2.50", Some("GBP")), ("金额（元）", Some("CNY")), ("Price (USD)", Some("USD")), ("Top", None)]
        {
            assert_eq!(currency_in(text, Currency::EUR).map(|c| c.code().to_owned()).as_deref(), want, "{text}");
        }
    }
}
