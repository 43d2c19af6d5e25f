//! The Pareto curve: customers from the best down against the share of profit they bring.

use std::fmt::Write;

use super::scale::Scale;

/// Share of profit that the best `share` of customers bring, between the points of the curve by straight lines.
/// Both are 0–1 (profit may pass 1 where the tail loses money). `None` for an empty curve.
#[must_use]
pub fn share_at(curve: &[(f64, f64)], share: f64) -> Option<f64> {
    let next = curve.partition_point(|p| p.0 < share);
    match (next.checked_sub(1).and_then(|i| curve.get(i)), curve.get(next)) {
        (Some(a), Some(b)) if b.0 > a.0 => Some(a.1 + (share - a.0) / (b.0 - a.0) * (b.1 - a.1)),
        (_, Some(b)) => Some(b.1),
        (Some(a), None) => Some(a.1),
        (None, None) => None,
    }
}

/// SVG path of the curve; closed down to the zero line when `area` is set.
#[must_use]
pub fn path(curve: &[(f64, f64)], x: &Scale, y: &Scale, area: bool) -> String {
    let mut d = String::new();
    for (i, (share, profit)) in curve.iter().enumerate() {
        // Writing into a String cannot fail.
        let _ = write!(d, "{}{:.1} {:.1}", if i == 0 { 'M' } else { 'L' }, x.px(*share), y.px(*profit));
    }
    if let (true, Some(first), Some(last)) = (area, curve.first(), curve.last()) {
        let _ = write!(d, "L{:.1} {:.1}L{:.1} {:.1}Z", x.px(last.0), y.px(0.0), x.px(first.0), y.px(0.0));
    }
    d
}

/// Range of the vertical axis: from zero (or the loss below it) to the top of the curve.
#[must_use]
pub fn y_domain(curve: &[(f64, f64)]) -> (f64, f64) {
    curve.iter().fold((0.0, 1.0), |(lo, hi), (_, p)| (p.min(lo), p.max(hi)))
}

/// Where an arrow key moves the reading line; steps of 1 %, with Shift or Page keys 10 %.
#[must_use]
pub fn walk(share: f64, key: &str, large: bool) -> Option<f64> {
    let step = if large { 0.1 } else { 0.01 };
    let to = match key {
        "ArrowLeft" | "ArrowDown" => share - step,
        "ArrowRight" | "ArrowUp" => share + step,
        "PageDown" => share - 0.1,
        "PageUp" => share + 0.1,
        "Home" => 0.0,
        "End" => 1.0,
        _ => return None,
    };
    Some((to * 100.0).round().clamp(0.0, 100.0) / 100.0)
}

#[cfg(test)]
mod tests {
    use super::super::scale::Spread;
    use super::*;

    #[test]
    fn shares_lie_on_the_curve() {
        let curve = [(0.0, 0.0), (0.2, 0.8), (0.5, 1.1), (1.0, 1.0)];
        for (at, want) in [(0.0, 0.0), (0.1, 0.4), (0.2, 0.8), (0.35, 0.95), (1.0, 1.0), (2.0, 1.0)] {
            assert!((share_at(&curve, at).unwrap() - want).abs() < 1e-9, "{at}");
        }
        assert_eq!(share_at(&[], 0.2), None);
        assert_eq!(y_domain(&curve), (0.0, 1.1));
        assert_eq!(y_domain(&[(0.0, 0.0), (1.0, -0.2)]), (-0.2, 1.0));
    }

    #[test]
    fn an_area_closes_on_zero() {
        let x = Scale::new(Spread::Linear, (0.0, 1.0), (0.0, 100.0));
        let y = Scale::new(Spread::Linear, (0.0, 1.0), (100.0, 0.0));
        let curve = [(0.0, 0.0), (0.5, 0.75), (1.0, 1.0)];
        assert_eq!(path(&curve, &x, &y, false), "M0.0 100.0L50.0 25.0L100.0 0.0");
        assert!(path(&curve, &x, &y, true).ends_with("L100.0 100.0L0.0 100.0Z"));
        assert_eq!(path(&[], &x, &y, true), "");
    }

    #[test]
    fn the_reading_line_moves_by_keys() {
        for (from, key, large, want) in [
            (0.2, "ArrowRight", false, Some(0.21)),
            (0.2, "ArrowLeft", true, Some(0.1)),
            (0.99, "PageUp", false, Some(1.0)),
            (0.5, "Home", false, Some(0.0)),
            (0.5, "a", false, None),
        ] {
            assert_eq!(walk(from, key, large), want, "{key}");
        }
    }
}
