//! A rectangle of Kotler's map: whom it holds, and the conditions under which the list shows the same customers.

use super::scatter::{Layout, Points, round_digits};
use crate::domain::{Currency, e4_of_minor};
use crate::engine::api::{Column, Drift, Figure, Filter, Rule, Test};

/// Bounds of loyalty (0–10,000) and profit (minor units), all counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    pub loyalty_bp: (i64, i64),
    pub profit_minor: (i64, i64),
}

impl Area {
    /// Between two corners, px, on round values.
    #[must_use]
    pub fn between(layout: &Layout, a: (f64, f64), b: (f64, f64)) -> Self {
        let percent = |px: f64| (layout.x.value(px) * 100.0).round() as i64 * 100;
        let money = |px: f64| round_digits(layout.y.value(px), 3) as i64;
        let (l, m) = (percent(a.0), percent(b.0));
        let (p, q) = (money(a.1), money(b.1));
        Self { loyalty_bp: (l.min(m), l.max(m)), profit_minor: (p.min(q), p.max(q)) }
    }

    /// Left, top, width and height, px.
    #[must_use]
    pub fn rect(&self, layout: &Layout) -> (f64, f64, f64, f64) {
        let [left, right] = [self.loyalty_bp.0, self.loyalty_bp.1].map(|bp| layout.x.px(bp as f64 / 10_000.0));
        let (lo, hi) = layout.y.domain();
        let [bottom, top] =
            [self.profit_minor.0, self.profit_minor.1].map(|minor| layout.y.px((minor as f64).clamp(lo, hi)));
        (left, top, (right - left).max(0.0), (bottom - top).max(0.0))
    }

    /// How many stand in it and what profit they brought, rounded as the list rounds.
    #[must_use]
    pub fn count(&self, points: &Points) -> (u64, i64) {
        let mut sum = (0, 0i64);
        for (loyalty, profit) in points.loyalty.iter().zip(&points.profit_minor) {
            let (bp, minor) = ((loyalty * 10_000.0).round() as i64, *profit as i64);
            if holds(self.loyalty_bp, bp) && holds(self.profit_minor, minor) {
                sum = (sum.0 + 1, sum.1.saturating_add(minor));
            }
        }
        sum
    }

    /// The same customers as a list.
    #[must_use]
    pub fn filter(&self, currency: Currency) -> Filter {
        let between = |figure, (from, to): (i64, i64)| {
            Rule::column(Column::Figure(figure), Test::Between { from: Some(from), to: Some(to) })
        };
        let (low, high) = self.profit_minor;
        let profit = (e4_of_minor(low, currency), e4_of_minor(high, currency));
        let conditions = vec![between(Figure::Loyalty, self.loyalty_bp), between(Figure::Profit, profit)];
        Filter { prospects: Some(false), conditions, ..Filter::default() }
    }
}

fn holds((from, to): (i64, i64), value: i64) -> bool {
    (from..=to).contains(&value)
}

/// The arrows as SVG path data: shafts, and heads of 5 px. What has not moved a pixel has no arrow.
#[must_use]
pub fn arrows(layout: &Layout, drifts: &[Drift]) -> (String, String) {
    use std::fmt::Write;
    let (mut shafts, mut heads) = (String::new(), String::new());
    let (lo, hi) = layout.y.domain();
    for drift in drifts {
        let Some(&(x, y)) = layout.at.get(drift.index as usize) else { continue };
        let (x, y) = (f64::from(x), f64::from(y));
        let from = (layout.x.px(drift.loyalty_before), layout.y.px((drift.profit_before_minor as f64).clamp(lo, hi)));
        let length = (x - from.0).hypot(y - from.1);
        if length < 1.0 {
            continue;
        }
        let (ux, uy) = ((x - from.0) / length, (y - from.1) / length);
        let head = length.min(7.0);
        let (bx, by) = (x - ux * head, y - uy * head);
        // Writing into a String cannot fail.
        let _ = write!(shafts, "M{:.1} {:.1}L{bx:.1} {by:.1}", from.0, from.1);
        let (sx, sy) = (-uy * head / 2.0, ux * head / 2.0);
        let _ = write!(heads, "M{x:.1} {y:.1}L{:.1} {:.1}L{:.1} {:.1}z", bx + sx, by + sy, bx - sx, by - sy);
    }
    (shafts, heads)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::scatter::Frame;
    use super::*;

    const FRAME: Frame = Frame { width: 640.0, height: 420.0, left: 72.0, right: 16.0, top: 16.0, bottom: 40.0 };

    fn layout(rows: &[(f64, f64)]) -> (Points, Layout) {
        let points = Points {
            loyalty: rows.iter().map(|r| r.0).collect(),
            profit_minor: rows.iter().map(|r| r.1).collect(),
            group: Vec::new(),
        };
        let layout = Layout::new(&points, FRAME);
        (points, layout)
    }

    proptest! {
        #[test]
        fn dragging_over_everything_holds_everyone(
            rows in prop::collection::vec((0.0f64..=1.0, -1e14f64..1e14), 0..40),
        ) {
            let rows: Vec<_> = rows.into_iter().map(|(l, p)| (l, p.round())).collect();
            let (points, layout) = layout(&rows);
            let all = Area::between(&layout, (-10.0, 900.0), (900.0, -10.0));
            prop_assert_eq!(all.count(&points).0, rows.len() as u64);
            let (x, y, w, h) = all.rect(&layout);
            prop_assert!(x >= 71.0 && y >= 0.0 && x + w <= 625.0 && y + h <= 421.0, "{:?}", (x, y, w, h));
        }

        #[test]
        fn corners_in_any_order_are_the_same_area(a in (0f64..640.0, 0f64..420.0), b in (0f64..640.0, 0f64..420.0)) {
            let (_, layout) = layout(&[(0.3, 4_000.0), (0.9, -200.0)]);
            prop_assert_eq!(Area::between(&layout, a, b), Area::between(&layout, b, a));
        }
    }

    #[test]
    fn bounds_count_in_and_make_two_conditions() {
        let (points, _) = layout(&[(0.5, 100.0), (0.50004, 200.0), (0.5001, 100.0), (0.7, 99.0)]);
        let area = Area { loyalty_bp: (5_000, 5_000), profit_minor: (100, 200) };
        assert_eq!(area.count(&points), (2, 300));
        assert_eq!(area.filter(Currency::CNY).conditions.len(), 2);
    }

    #[test]
    fn arrows_point_to_where_customers_stand() {
        let (_, layout) = layout(&[(0.5, 100.0), (0.2, 50.0)]);
        let drift = |index, loyalty_before, profit_before_minor| Drift {
            index,
            loyalty_before,
            profit_before_minor,
            ..Drift::default()
        };
        let (shafts, heads) = arrows(&layout, &[drift(0, 0.9, 100), drift(1, 0.2, 50), drift(9, 0.1, 0)]);
        assert_eq!((shafts.matches('M').count(), heads.matches('z').count()), (1, 1));
        let (x, y) = layout.at[0];
        assert!(heads.starts_with(&format!("M{x:.1} {y:.1}")), "{heads}");
    }
}
