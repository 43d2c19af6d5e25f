//! Numbers no finer than what they rest on, and names no longer than their place.

/// To two significant digits, away from zero at a half; what is no number becomes 0.
#[must_use]
pub fn rough(n: f64) -> i64 {
    if !n.is_finite() {
        return 0;
    }
    let mut step = 1.0;
    while n.abs() / step >= 100.0 {
        step *= 10.0;
    }
    ((n / step).round() * step) as i64
}

/// A name cut to about `width` px at 13 px a letter's height; a letter of Latin script takes about half of that, others all of it.
#[must_use]
pub fn shortened(name: &str, width: f64) -> String {
    let wide = |c: char| if c.is_ascii() { 7.2 } else { 13.0 };
    let all: f64 = name.chars().map(wide).sum();
    if all <= width {
        return name.to_owned();
    }
    let mut left = width - 10.0;
    let fits = |c: &char| {
        left -= wide(*c);
        left >= 0.0
    };
    let kept: String = name.chars().take_while(fits).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_where_they_are_too_long() {
        for (name, width, want) in [
            ("Ann", 60.0, "Ann"),
            ("Annabelle Lee", 60.0, "Annabe…"),
            ("欧阳静怡小姐", 60.0, "欧阳静…"),
            ("x", 1.0, "…"),
        ] {
            assert_eq!(shortened(name, width), want, "{name}");
        }
    }

    #[test]
    fn two_digits() {
        let cases = [(0.0, 0), (7.4, 7), (99.4, 99), (123.0, 120), (125.0, 130), (-98_765.0, -99_000), (f64::NAN, 0)];
        for (n, want) in cases {
            assert_eq!(rough(n), want, "{n}");
        }
        assert_eq!(rough(1e300), i64::MAX);
    }
}
