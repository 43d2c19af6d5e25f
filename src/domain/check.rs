//! What typed text must fulfil.

use super::{CivilTime, Day};

/// Characters of a name, key, phone number and the like.
pub const SHORT: usize = 200;
/// Characters of an address.
pub const MEDIUM: usize = 500;
/// Characters of a note.
pub const LONG: usize = 10_000;
/// Tags per customer.
pub const MAX_TAGS: usize = 50;
/// Lines of one order typed by hand.
pub const MAX_LINES: usize = 10_000;
/// Choices of one list.
pub const MAX_CHOICES: usize = 200;

/// As it is stored: without blanks around it and without control characters, but with line breaks.
#[must_use]
pub fn clean(text: &str) -> String {
    let spaced = text.trim().chars().map(|c| if c == '\t' { ' ' } else { c });
    spaced.filter(|c| !c.is_control() || *c == '\n').collect()
}

/// Something before and after one `@`, no blanks, no empty part of the host. Whether it exists only a letter can tell.
#[must_use]
pub fn is_email(text: &str) -> bool {
    let Some((local, host)) = text.split_once('@') else { return false };
    !local.is_empty()
        && !text.chars().any(char::is_whitespace)
        && !host.contains('@')
        && host.contains('.')
        && host.split('.').all(|part| !part.is_empty())
}

/// 3 to 20 digits among the signs that people put between them, and up to four letters for an extension in any language;
/// several numbers are divided by `/`, `,` or `;`.
#[must_use]
pub fn is_phone(text: &str) -> bool {
    let numbers = text.split(['/', ',', ';', '，', '；', '、']);
    numbers.into_iter().all(|number| {
        let digits = number.chars().filter(|c| is_digit(*c)).count();
        let letters = number.chars().filter(|c| c.is_alphabetic()).count();
        let sign = |c: char| is_digit(c) || c.is_alphabetic() || c.is_whitespace() || "+-().#*–—＋－（）".contains(c);
        (3..=20).contains(&digits) && letters <= 4 && number.chars().all(sign)
    })
}

/// Also of full width, as Chinese keyboards type them.
pub fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// `1988-05-20`, or `--05-20` where the year is not known. 29 February needs no leap year then.
#[must_use]
pub fn is_birthday(text: &str) -> bool {
    match text.strip_prefix("--") {
        // 2000 was a leap year.
        Some(rest) => rest.len() == 5 && Day::parse_iso(&format!("2000-{rest}")).is_some(),
        None => text.len() == 10 && Day::parse_iso(text).is_some_and(|d| (1850..=2200).contains(&d.ymd().0)),
    }
}

/// Between 1900 and 2200.
#[must_use]
pub fn is_sane_time(at: CivilTime) -> bool {
    let day = |year| Day::from_ymd(year, 1, 1);
    day(1900) <= Some(at.day()) && Some(at.day()) < day(2200)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emails_phones_and_birthdays() {
        type Case<'a> = (fn(&str) -> bool, &'a [&'a str], &'a [&'a str]);
        let cases: [Case; 3] = [
            (
                is_email,
                &["a@b.cn", "first.last+tag@mail.example.com", "用户@例子.中国"],
                &["a", "@b.cn", "a@b", "a@b..cn", "a b@c.cn", "a@@b.cn"],
            ),
            (
                is_phone,
                &["13800138000", "+86 138-0013-8000", "(010) 6552 9988 ext 12", "020 7946 0958 / 0959", "110"],
                &["12", "call me", "1234567890123456789012", "138001@8000"],
            ),
            (
                is_birthday,
                &["1988-05-20", "--05-20", "--02-29", "2000-02-29"],
                &["1988-5-20", "1988-02-30", "--13-01", "05-20", "0001-01-01", "1988-05-20x"],
            ),
        ];
        for (check, good, bad) in cases {
            for text in good {
                assert!(check(text), "{text}");
            }
            for text in bad {
                assert!(!check(text), "{text}");
            }
        }
    }

    #[test]
    fn cleaning_keeps_line_breaks_only() {
        assert_eq!(clean("  a\u{0}b\tc\nd \r\n"), "ab c\nd");
    }
}
