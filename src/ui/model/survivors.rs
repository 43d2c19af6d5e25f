//! Survivors as they are typed: `1000, 869, 743`.

/// The numbers; `None` where one is none or larger than the one before. Commas of both scripts, semicolons, spaces and line
/// breaks part them.
#[must_use]
pub fn survivors(text: &str) -> Option<Vec<u64>> {
    let parted = |c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、' | ';' | '；');
    let numbers: Option<Vec<u64>> = text.split(parted).filter(|part| !part.is_empty()).map(number).collect();
    numbers.filter(|numbers| numbers.windows(2).all(|w| matches!(w, [a, b] if b <= a)))
}

fn number(part: &str) -> Option<u64> {
    let digits = !part.is_empty() && part.len() <= 12 && part.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| part.bytes().fold(0, |n, b| n * 10 + u64::from(b - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_people_type_them() {
        let cases: [(&str, Option<&[u64]>); 8] = [
            ("", Some(&[])),
            ("1000, 869, 743", Some(&[1000, 869, 743])),
            ("1000，869、743；700", Some(&[1000, 869, 743, 700])),
            (" 5 5\n4 ", Some(&[5, 5, 4])),
            ("5, 6", None),
            ("5, x", None),
            ("-5", None),
            ("99999999999999999999", None),
        ];
        for (text, want) in cases {
            assert_eq!(survivors(text).as_deref(), want, "{text}");
        }
    }
}
