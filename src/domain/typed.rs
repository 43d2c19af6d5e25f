//! Numbers and lists of words as people type them.

/// Reads a decimal number as typed in either language into an integer of `10^decimals` parts: `1,234.5`, `1 234,5`,
/// `１２．５`, `¥12`. A single comma followed by other than three digits is a decimal sign. More decimals than fit are
/// refused rather than rounded.
#[must_use]
pub fn parse_decimal(text: &str, decimals: u32) -> Option<i64> {
    let plain: String = text
        .chars()
        .map(|c| match c {
            '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c),
            '．' => '.',
            '，' => ',',
            '－' | '−' => '-',
            other => other,
        })
        .filter(|c| !c.is_whitespace() && !"¥￥$£€%'’".contains(*c))
        .collect();
    let (negative, digits) = plain.strip_prefix('-').map_or((false, plain.as_str()), |rest| (true, rest));
    let (whole, fraction) = split_decimal(digits)?;
    if (whole.is_empty() && fraction.is_empty()) || !whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit()) {
        return None;
    }
    let fraction = fraction.trim_end_matches('0');
    let places = usize::try_from(decimals).ok()?;
    if fraction.len() > places || whole.len() > 15 {
        return None;
    }
    let padded = format!("{whole}{fraction:0<places$}");
    let parts: i64 = if padded.is_empty() { 0 } else { padded.parse().ok()? };
    Some(if negative { -parts } else { parts })
}

/// Whole part without grouping, and decimals.
fn split_decimal(digits: &str) -> Option<(String, String)> {
    let groups_of_three = |text: &str, sign: char| {
        let mut parts = text.split(sign);
        let first = parts.next().unwrap_or_default();
        (1..=3).contains(&first.len()) && parts.all(|p| p.len() == 3)
    };
    let (dots, commas) = (digits.matches('.').count(), digits.matches(',').count());
    let cut = |sign: char| digits.rsplit_once(sign).map(|(w, f)| (w.to_owned(), f.to_owned()));
    match (dots, commas) {
        (0, 0) => Some((digits.to_owned(), String::new())),
        // The later of the two signs is the decimal one.
        (d, c) if d > 0 && c > 0 => {
            let (decimal, group) = if digits.rfind('.') > digits.rfind(',') { ('.', ',') } else { (',', '.') };
            let (whole, fraction) = cut(decimal)?;
            (groups_of_three(&whole, group)).then(|| (whole.replace(group, ""), fraction))
        }
        (1, 0) => cut('.'),
        (0, 1) if !groups_of_three(digits, ',') => cut(','),
        (0, _) => groups_of_three(digits, ',').then(|| (digits.replace(',', ""), String::new())),
        _ => groups_of_three(digits, '.').then(|| (digits.replace('.', ""), String::new())),
    }
}

/// An integer of `10^decimals` parts as it stands in an input: plain digits, a dot, no needless zeros.
#[must_use]
pub fn show_decimal(parts: i64, decimals: u32) -> String {
    let unit = 10i64.saturating_pow(decimals);
    let (whole, rest) = (parts.unsigned_abs() / unit.unsigned_abs(), parts.unsigned_abs() % unit.unsigned_abs());
    let sign = if parts < 0 { "-" } else { "" };
    let width = usize::try_from(decimals).unwrap_or_default();
    let fraction = format!("{rest:0width$}");
    let fraction = if decimals == 0 { "" } else { fraction.trim_end_matches('0') };
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// Words as typed, separated by commas of either width, each once.
#[must_use]
pub fn parse_words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in text.split([',', '，', '、', ';', '；']).map(str::trim).filter(|t| !t.is_empty()) {
        if !words.iter().any(|w| w == word) {
            words.push(word.to_owned());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn decimals_as_people_type_them() {
        let cases = [
            ("12", 2, Some(1_200)),
            ("12.5", 2, Some(1_250)),
            ("12,5", 2, Some(1_250)),
            ("1,234", 2, Some(123_400)),
            ("1,234.56", 2, Some(123_456)),
            ("1.234,56", 2, Some(123_456)),
            ("1,234,567", 0, Some(1_234_567)),
            ("¥ 1 234.50", 2, Some(123_450)),
            ("１２．５", 4, Some(125_000)),
            ("-3", 0, Some(-3)),
            (".5", 2, Some(50)),
            ("30 %", 2, Some(3_000)),
            ("12.500", 1, Some(125)),
            ("12.55", 1, None),
            ("1,23,4", 2, None),
            ("abc", 2, None),
            ("", 2, None),
            ("-", 2, None),
            ("1e400", 2, None),
            ("9999999999999999999", 2, None),
        ];
        for (text, decimals, want) in cases {
            assert_eq!(parse_decimal(text, decimals), want, "{text}");
        }
    }

    proptest! {
        #[test]
        fn shown_numbers_read_back(parts in -1_000_000_000_000i64..1_000_000_000_000, decimals in 0u32..5) {
            prop_assert_eq!(parse_decimal(&show_decimal(parts, decimals), decimals), Some(parts));
        }

        #[test]
        fn nothing_typed_panics(text in ".{0,24}", decimals in 0u32..5) {
            let _any = parse_decimal(&text, decimals);
        }
    }

    #[test]
    fn words_are_split_trimmed_and_unique() {
        assert_eq!(parse_words(" vip，tea、vip; 新 "), ["vip", "tea", "新"]);
        assert!(parse_words(" ， ").is_empty());
    }
}
