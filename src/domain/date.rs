//! Dates as people know them: the year may be missing, and a lunar date stays lunar.

use super::check::is_digit;
use super::{Day, LunarDay};

/// A birthday, an anniversary. Written `1988-05-20`, `--05-20`, lunar `L1988-05-20`, in a doubled month `L2020-04R-10`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartialDate {
    pub lunar: bool,
    pub year: Option<i32>,
    /// 1–12.
    pub month: u32,
    /// The doubled month of the Chinese calendar.
    pub leap: bool,
    pub day: u32,
}

impl std::fmt::Display for PartialDate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.lunar { "L" } else { "" })?;
        match self.year {
            Some(year) => write!(f, "{year:04}")?,
            None => f.write_str("-")?,
        }
        write!(f, "-{:02}{}-{:02}", self.month, if self.leap { "R" } else { "" }, self.day)
    }
}

/// One piece of what was typed.
#[derive(Clone, Debug, PartialEq)]
enum Token {
    Number { value: u32, digits: usize },
    Month(u32),
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const LUNAR: [&str; 5] = ["农历", "阴历", "旧历", "農曆", "lunar"];

impl PartialDate {
    /// Reads a date in the habits of both languages: `1988-05-20`, `1988/5/20`, `1988年5月20日`, `5月20日`, `20 May 1988`, `May 20`,
    /// `20.5.1988`, `19880520`, `农历八月十五`, `农历2020年闰四月初十`. Of two numbers the month comes first; of three with the year
    /// last, the day, unless only the other way makes a date.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let lower: String = text.trim().to_lowercase().chars().map(half_width).collect();
        let (mut lunar, mut rest) = (false, lower);
        if let Some(plain) = rest.strip_prefix('l').filter(|r| r.starts_with(|c: char| c == '-' || c.is_ascii_digit()))
        {
            (lunar, rest) = (true, plain.to_owned());
        }
        for word in LUNAR {
            if rest.contains(word) {
                (lunar, rest) = (true, rest.replace(word, " "));
            }
        }
        let leap = rest.contains('闰') || rest.contains('閏') || rest.contains("r-") || rest.contains("leap");
        let rest = rest.replace(['闰', '閏'], "").replace("r-", "-").replace("leap", " ");
        let chinese = rest.contains('月');
        let (year, month, day) = if chinese { in_chinese(&rest)? } else { in_numbers(&rest)? };
        // A traditional name of a day or month says that the date is lunar, too.
        let lunar = lunar || leap || (chinese && rest.contains(['初', '廿', '正', '腊', '冬']));
        let date = Self { lunar, year, month, leap, day };
        date.exists().then_some(date)
    }

    fn exists(self) -> bool {
        match (self.lunar, self.year) {
            (false, Some(year)) => (1850..=2200).contains(&year) && Day::from_ymd(year, self.month, self.day).is_some(),
            // 2000 was a leap year.
            (false, None) => Day::from_ymd(2000, self.month, self.day).is_some(),
            (true, Some(year)) => self.lunar_day(year).gregorian().is_some(),
            (true, None) => (1..=12).contains(&self.month) && (1..=30).contains(&self.day),
        }
    }

    fn lunar_day(self, year: i32) -> LunarDay {
        LunarDay { year, month: self.month, leap: self.leap, day: self.day }
    }

    /// The day on which it is kept in a year (of its own calendar): 29 February on the 28th where there is none.
    #[must_use]
    pub fn kept_in(self, year: i32) -> Option<Day> {
        if self.lunar {
            return self.lunar_day(year).kept_in(year);
        }
        Day::from_ymd(year, self.month, self.day).or_else(|| Day::from_ymd(year, self.month, self.day.checked_sub(1)?))
    }

    /// The day itself; `None` without a year.
    #[must_use]
    pub fn with_year(self) -> Option<Day> {
        self.year.and_then(|year| self.kept_in(year))
    }

    /// The next day on or after `from` on which it is kept.
    #[must_use]
    pub fn next(self, from: Day) -> Option<Day> {
        // A Chinese year ends in the Gregorian one after it.
        let (year, ..) = from.ymd();
        (year - 1..=year + 1).filter_map(|year| self.kept_in(year)).find(|day| *day >= from)
    }
}

fn half_width(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c),
        '－' | '—' | '–' | '−' => '-',
        '／' => '/',
        '．' | '。' => '.',
        '　' => ' ',
        other => other,
    }
}

type Parts = (Option<i32>, u32, u32);

/// `1988年5月20日`, `八月十五`, `正月初一`.
fn in_chinese(text: &str) -> Option<Parts> {
    let (before, day) = text.split_once('月')?;
    let (year, month) = match before.split_once('年') {
        Some((year, month)) => (Some(year), month),
        None => (None, before),
    };
    let year = match year.map(str::trim) {
        None | Some("") => None,
        Some(year) => Some(year.parse().ok().filter(|_| year.len() == 4)?),
    };
    let month = match month.trim() {
        "正" => 1,
        "冬" => 11,
        "腊" | "臘" => 12,
        other => numeral(other)?,
    };
    Some((year, month, numeral(day.trim().trim_end_matches(['日', '号', '號']))?))
}

/// 1–39 in digits or Chinese numerals: `5`, `十五`, `二十`, `廿三`, `初五`, `卅`.
fn numeral(text: &str) -> Option<u32> {
    let text = text.trim();
    if !text.is_empty() && text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit()) {
        return text.parse().ok();
    }
    let digit = |c: char| "〇一二三四五六七八九".chars().position(|d| d == c).and_then(|n| u32::try_from(n).ok());
    let (tens, rest) = match text.strip_prefix('初') {
        Some(rest) => return if rest == "十" { Some(10) } else { single(rest, digit) },
        None => (0, text),
    };
    let (tens, rest) = if let Some(rest) = rest.strip_prefix('廿') {
        (20, rest)
    } else if let Some(rest) = rest.strip_prefix('卅') {
        (30, rest)
    } else if let Some((before, rest)) = rest.split_once('十') {
        (10 * if before.is_empty() { 1 } else { single(before, digit)? }, rest)
    } else {
        (tens, rest)
    };
    let ones = if rest.is_empty() && tens > 0 { 0 } else { single(rest, digit)? };
    Some(tens + ones)
}

fn single(text: &str, digit: impl Fn(char) -> Option<u32>) -> Option<u32> {
    let mut chars = text.chars();
    let one = digit(chars.next()?)?;
    chars.next().is_none().then_some(one)
}

/// Numbers and names of months between any signs.
fn in_numbers(text: &str) -> Option<Parts> {
    let mut tokens = Vec::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        let digits = word.chars().take_while(|c| is_digit(*c)).count();
        let (number, letters) = word.split_at(digits);
        if digits > 0 {
            if digits > 8 || !matches!(letters, "" | "st" | "nd" | "rd" | "th") {
                return None;
            }
            tokens.push(Token::Number { value: number.parse().ok()?, digits });
        } else {
            let month = MONTHS.iter().position(|m| letters.starts_with(m) && letters.len() <= 9)?;
            tokens.push(Token::Month(u32::try_from(month).ok()? + 1));
        }
        if tokens.len() > 3 {
            return None;
        }
    }
    let number = |token: &Token| match token {
        Token::Number { value, digits: 1 | 2 } => Some(*value),
        _ => None,
    };
    let year = |token: &Token| match token {
        Token::Number { value, digits: 4 } => i32::try_from(*value).ok(),
        _ => None,
    };
    match tokens.as_slice() {
        [Token::Number { value, digits: 8 }] => {
            Some((i32::try_from(value / 10_000).ok(), value / 100 % 100, value % 100))
        }
        [Token::Month(month), day] | [day, Token::Month(month)] => Some((None, *month, number(day)?)),
        [Token::Month(month), day, last] | [day, Token::Month(month), last] if year(last).is_some() => {
            Some((year(last), *month, number(day)?))
        }
        [first, Token::Month(month), day] if year(first).is_some() => Some((year(first), *month, number(day)?)),
        [first, second] => {
            let (a, b) = (number(first)?, number(second)?);
            Some(if a > 12 { (None, b, a) } else { (None, a, b) })
        }
        [first, month, day] if year(first).is_some() => Some((year(first), number(month)?, number(day)?)),
        [first, second, last] if year(last).is_some() => {
            let (a, b) = (number(first)?, number(second)?);
            Some(if b > 12 { (year(last), a, b) } else { (year(last), b, a) })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn dates_as_people_type_them() {
        let cases = [
            ("1988-05-20", "1988-05-20"),
            ("1988/5/20", "1988-05-20"),
            ("1988.5.20", "1988-05-20"),
            ("１９８８年５月２０日", "1988-05-20"),
            ("1988年5月20号", "1988-05-20"),
            ("19880520", "1988-05-20"),
            ("20 May 1988", "1988-05-20"),
            ("May 20, 1988", "1988-05-20"),
            ("20th september 1988", "1988-09-20"),
            ("1988 may 20", "1988-05-20"),
            ("20.5.1988", "1988-05-20"),
            ("5/20/1988", "1988-05-20"),
            ("3/4/1988", "1988-04-03"),
            ("--05-20", "--05-20"),
            ("5-20", "--05-20"),
            ("20/5", "--05-20"),
            ("5月20日", "--05-20"),
            ("五月二十", "--05-20"),
            ("May 20", "--05-20"),
            ("--02-29", "--02-29"),
            ("2000-02-29", "2000-02-29"),
            ("农历八月十五", "L--08-15"),
            ("阴历 8月15", "L--08-15"),
            ("正月初一", "L--01-01"),
            ("腊月廿三", "L--12-23"),
            ("农历2020年闰四月初十", "L2020-04R-10"),
            ("L2020-04R-10", "L2020-04R-10"),
            ("lunar 1988-05-20", "L1988-05-20"),
            ("l1988-5-20", "L1988-05-20"),
            ("L--06-30", "L--06-30"),
            ("三十", ""),
            ("1988-02-30", ""),
            ("2001-02-29", ""),
            ("88-5-20", ""),
            ("1988-13-01", ""),
            ("0001-01-01", ""),
            ("L2021-04R-10", ""),
            ("L1899-01-01", ""),
            ("L2024-01-31", ""),
            ("1988-05-20-01", ""),
            ("soon", ""),
            ("1988-05-20x", ""),
            ("", ""),
            ("月", ""),
        ];
        for (text, want) in cases {
            let date = PartialDate::parse(text);
            assert_eq!(date.map(|d| d.to_string()).unwrap_or_default(), want, "{text}");
        }
    }

    #[test]
    fn the_next_time_it_is_kept() {
        let cases = [
            ("--02-29", "2027-01-01", "2027-02-28"),
            ("1988-02-29", "2028-02-01", "2028-02-29"),
            ("1988-05-20", "2026-05-21", "2027-05-20"),
            ("L--01-01", "2026-01-01", "2026-02-17"),
            ("L--12-30", "2026-02-17", "2027-02-05"),
            ("L2020-04R-10", "2026-01-01", "2026-05-26"),
        ];
        for (date, from, want) in cases {
            let next = PartialDate::parse(date).unwrap().next(Day::parse_iso(from).unwrap());
            assert_eq!(next.map(|d| d.to_string()).unwrap_or_default(), want, "{date} from {from}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(text in "(L)?(19[0-9]{2}|-)-[01][0-9]R?-[0-3][0-9]") {
            if let Some(date) = PartialDate::parse(&text) {
                prop_assert_eq!(PartialDate::parse(&date.to_string()), Some(date));
            }
        }

        #[test]
        fn nothing_typed_panics(text in "[0-9年月日初廿闰L十/. a-z-]{0,16}|.{0,16}") {
            let _any = PartialDate::parse(&text);
        }
    }
}
