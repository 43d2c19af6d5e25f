//! Phone numbers as they are compared: whatever the notation, +86, 0086, leading 0, blanks, brackets, extension.

use super::text::folded;

/// Fewer digits are a short code that many share (110, a hotline).
const FEWEST_DIGITS: usize = 7;
/// More are no number (ITU-T E.164), but a few with a way of dialling out before them are.
const MOST_DIGITS: usize = 17;
/// Digits by which numbers are looked up; country and area codes stand before them.
const TAIL: usize = 8;

/// One number.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Phone {
    /// Without the leading 0 and without +86; of other countries with the country code where it was written.
    pub digits: String,
    /// Begins with a country code.
    pub international: bool,
    pub extension: String,
}

impl Phone {
    /// The numbers of a field, which may hold several. What is too short to be one, or plainly made up (one digit over and
    /// over), is left out.
    #[must_use]
    pub fn all(text: &str) -> Vec<Self> {
        let text = folded(text);
        let parts = text.split(['/', ';', '、', '|', '\n']).flat_map(at_commas).flat_map(at_blanks);
        let mut all: Vec<Self> = parts.filter_map(Self::one).collect();
        all.dedup();
        all
    }

    /// Reads one number, already folded.
    fn one(text: &str) -> Option<Self> {
        // What follows a letter, a # or the Chinese words for it is the extension.
        let begin = text.find(|c: char| c.is_ascii_digit() || c == '+')?;
        let text = text.get(begin..)?;
        let end = text.find(|c: char| c.is_alphabetic() || c == '#' || c == ',').unwrap_or(text.len());
        let (main, rest) = (text.get(..end)?, text.get(end..)?);
        let extension: String = rest.chars().filter(char::is_ascii_digit).collect();
        let bare = main.trim().replace("(0)", "");
        let digits: String = bare.chars().filter(char::is_ascii_digit).collect();
        let abroad = if bare.starts_with('+') { Some(digits.as_str()) } else { digits.strip_prefix("00") };
        let (digits, international) = match abroad {
            Some(abroad) => match abroad.strip_prefix("86") {
                Some(national) => (national, false),
                None => (abroad, true),
            },
            None => (without_86(&digits), false),
        };
        let digits = digits.trim_start_matches('0');
        let made_up = digits.bytes().skip(1).all(|b| Some(&b) == digits.as_bytes().first());
        (digits.len() >= FEWEST_DIGITS && !made_up).then(|| Self {
            digits: digits.to_owned(),
            international,
            extension,
        })
    }

    /// Numbers that may be the same have the same tail.
    #[must_use]
    pub fn tail(&self) -> &str {
        self.digits.get(self.digits.len().saturating_sub(TAIL)..).unwrap_or_default()
    }

    /// Whether both are one line. A number without its country is the same as one with it; other extensions of one line
    /// are not.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        let ends = |long: &Self, short: &Self| {
            long.international
                && !short.international
                && long.digits.strip_suffix(&short.digits).is_some_and(|country| (1..=3).contains(&country.len()))
        };
        let line = self.digits == other.digits || ends(self, other) || ends(other, self);
        line && (self.extension == other.extension || self.extension.is_empty() || other.extension.is_empty())
    }
}

fn digits_in(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}

/// What stands between commas, each if it is long enough for a number; else a comma comes before an extension.
fn at_commas(text: &str) -> Vec<&str> {
    let parts: Vec<&str> = text.split(',').collect();
    let numbers = parts.iter().filter(|part| digits_in(part) >= FEWEST_DIGITS).count();
    if numbers > 1 { parts } else { vec![text] }
}

/// Numbers with nothing but a blank between them: more digits than a number has, and each word long enough for one.
fn at_blanks(text: &str) -> Vec<&str> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_several = digits_in(text) > MOST_DIGITS && words.iter().all(|word| digits_in(word) >= FEWEST_DIGITS);
    if is_several { words } else { vec![text] }
}

/// A mobile number of China may be written with 86 and no +.
fn without_86(digits: &str) -> &str {
    match digits.strip_prefix("86") {
        Some(rest) if rest.len() == 11 && rest.starts_with('1') => rest,
        _ => digits,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(a: &str, b: &str) -> bool {
        Phone::all(a).iter().any(|a| Phone::all(b).iter().any(|b| a.is_same(b) && a.tail() == b.tail()))
    }

    #[test]
    fn notations_of_one_number() {
        let groups: [&[&str]; 5] = [
            &[
                "13800138001",
                "138 0013 8001",
                "138-0013-8001",
                "+86 138 0013 8001",
                "+8613800138001",
                "0086-13800138001",
                "8613800138001",
                "(+86) 138.0013.8001",
                "１３８００１３８００１",
                "电话：13800138001",
                "013800138001",
            ],
            &["010-65529988", "(010) 6552 9988", "+86 10 6552 9988", "01065529988 转 12", "+86 (0)10 65529988"],
            &["020 7946 0958", "+44 20 7946 0958", "+44 (0)20 7946 0958", "0044 20 79460958", "(020) 7946-0958"],
            &["(212) 555-0143", "+1 212 555 0143", "2125550143"],
            &["+33 1 99 00 12 34", "01 99 00 12 34"],
        ];
        for group in groups {
            for a in group {
                for b in group {
                    assert!(same(a, b), "{a} {b}: {:?} {:?}", Phone::all(a), Phone::all(b));
                }
            }
        }
        for (at, a) in groups.iter().enumerate() {
            for b in groups.iter().skip(at + 1) {
                assert!(!same(a[0], b[0]), "{} {}", a[0], b[0]);
            }
        }
    }

    #[test]
    fn others_and_none() {
        assert!(!same("010-65529988 转 12", "010-65529988 转 13"));
        assert!(!same("13800138001", "13800138002"));
        assert!(!same("+44 20 7946 0958", "+49 20 7946 0958"));
        assert!(same("020 7946 0958 / 13800138001", "13900139000; 138-0013-8001"));
        assert!(same("0571-82068815 17992187480", "+86 179 9218 7480"));
        assert!(same("0571-82068815,17992187480", "17992187480"));
        assert!(same("13800138001，13900139000", "13900139000"));
        assert!(same("010-65529988,12", "010-65529988"));
        assert!(!same("010-65529988,12", "010-65529988,13"));
        for none in ["", "110", "call me", "00000000", "11111111111", "+", "0086", "12-34"] {
            assert!(Phone::all(none).is_empty(), "{none}");
        }
    }
}
