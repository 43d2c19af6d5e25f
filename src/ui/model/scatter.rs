//! Kotler's map: every customer a mark at projected loyalty (across) × profit (up), and two cut lines that make four quarters.

use super::glyph;
use super::scale::{Scale, Spread};
use crate::engine::api::KotlerGroup;

/// Reading order of the quarters everywhere.
pub const GROUPS: [KotlerGroup; 4] =
    [KotlerGroup::TrueFriend, KotlerGroup::Butterfly, KotlerGroup::Barnacle, KotlerGroup::Stranger];

/// Above this many marks the picture is drawn on a canvas.
pub const SVG_LIMIT: usize = 5_000;

/// The columns of `KotlerView::points`, unpacked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Points {
    /// Projected loyalty, 0–1.
    pub loyalty: Vec<f64>,
    pub profit_minor: Vec<f64>,
    /// The quarter by the saved cut lines.
    pub group: Vec<KotlerGroup>,
}

/// Where the two lines stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cuts {
    pub profit_minor: f64,
    /// 0–1.
    pub loyalty: f64,
}

/// One of the two lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CutLine {
    Profit,
    Loyalty,
}

/// What lies in one quarter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quarter {
    pub group: KotlerGroup,
    pub customers: u64,
    pub profit_minor: i64,
    /// Not known while the lines move.
    pub revenue_minor: Option<i64>,
}

impl Points {
    /// Unpacks columns for `n` customers; `None` when the bytes are too few.
    #[must_use]
    pub fn decode(n: usize, bytes: &[u8]) -> Option<Self> {
        let (loyalty, rest) = floats(n, bytes)?;
        let (profit_minor, rest) = floats(n, rest)?;
        let groups = rest.get(..n)?;
        let group = groups.iter().map(|g| GROUPS.get(usize::from(*g)).copied()).collect::<Option<Vec<_>>>()?;
        Some(Self { loyalty, profit_minor, group })
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.loyalty.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.loyalty.is_empty()
    }

    /// Customers and money per quarter under these cut lines: one pass, so that it follows a drag.
    #[must_use]
    pub fn count(&self, cuts: Cuts) -> [Quarter; 4] {
        let mut sums = [(0u64, 0i64); 4];
        for (loyalty, profit) in self.loyalty.iter().zip(&self.profit_minor) {
            if let Some(sum) = sums.get_mut(index(group_at(*profit, *loyalty, cuts))) {
                sum.0 += 1;
                #[allow(clippy::cast_possible_truncation)]
                let minor = *profit as i64;
                sum.1 = sum.1.saturating_add(minor);
            }
        }
        let quarter = |group: KotlerGroup| {
            let (customers, profit_minor) = sums.get(index(group)).copied().unwrap_or_default();
            Quarter { group, customers, profit_minor, revenue_minor: None }
        };
        GROUPS.map(quarter)
    }
}

fn floats(n: usize, bytes: &[u8]) -> Option<(Vec<f64>, &[u8])> {
    let (head, rest) = bytes.split_at_checked(n.checked_mul(8)?)?;
    let column = head.chunks_exact(8).map(|c| c.try_into().map_or(0.0, f64::from_le_bytes)).collect();
    Some((column, rest))
}

fn index(group: KotlerGroup) -> usize {
    GROUPS.iter().position(|g| *g == group).unwrap_or(0)
}

/// The quarter of a customer, as the engine counts it: on a line counts as above it, and the loyalty line stands on a whole
/// basis point.
#[must_use]
pub fn group_at(profit_minor: f64, loyalty: f64, cuts: Cuts) -> KotlerGroup {
    match (profit_minor >= cuts.profit_minor, loyalty * 10_000.0 >= (cuts.loyalty * 10_000.0).round()) {
        (true, true) => KotlerGroup::TrueFriend,
        (true, false) => KotlerGroup::Butterfly,
        (false, true) => KotlerGroup::Barnacle,
        (false, false) => KotlerGroup::Stranger,
    }
}

/// The space around the plot, px.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    pub width: f64,
    pub height: f64,
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
}

/// The plot laid out in pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    pub x: Scale,
    pub y: Scale,
    /// Pixel of each point.
    pub at: Vec<(f32, f32)>,
    /// Half-width of a mark, px.
    pub radius: f64,
}

impl Layout {
    #[must_use]
    pub fn new(points: &Points, frame: Frame) -> Self {
        let (lo, hi) = points.profit_minor.iter().fold((0f64, 0f64), |(lo, hi), p| (lo.min(*p), hi.max(*p)));
        let constant = linear_part(&points.profit_minor);
        // Room above and below the outermost marks, in the axis' own spread.
        let y = Scale::new(
            Spread::Symlog { constant },
            (lo * 1.3 - constant * 0.8, hi * 1.3 + constant),
            (frame.height - frame.bottom, frame.top),
        );
        let x = Scale::new(Spread::Linear, (0.0, 1.0), (frame.left, frame.width - frame.right));
        #[allow(clippy::cast_possible_truncation)]
        let at =
            points.loyalty.iter().zip(&points.profit_minor).map(|(l, p)| (x.px(*l) as f32, y.px(*p) as f32)).collect();
        let radius = match points.len() {
            0..=300 => 5.0,
            301..=1_500 => 4.0,
            1_501..=5_000 => 3.0,
            _ => 2.0,
        };
        Self { x, y, at, radius }
    }

    /// One path per quarter, all its marks in it: a handful of elements however many customers there are.
    #[must_use]
    pub fn paths(&self, points: &Points, cuts: Cuts) -> [String; 4] {
        let mut out = [const { String::new() }; 4];
        let stamps = GROUPS.map(|group| glyph::Stamp::new(group, self.radius));
        for ((x, y), (loyalty, profit)) in self.at.iter().zip(points.loyalty.iter().zip(&points.profit_minor)) {
            let at = index(group_at(*profit, *loyalty, cuts));
            if let (Some(path), Some(stamp)) = (out.get_mut(at), stamps.get(at)) {
                stamp.push(path, f64::from(*x), f64::from(*y));
            }
        }
        out
    }

    /// The cut line within `reach` px of the pointer, the nearer one first.
    #[must_use]
    pub fn cut_at(&self, cuts: Cuts, (px, py): (f64, f64), reach: f64) -> Option<CutLine> {
        let to_loyalty = (px - self.x.px(cuts.loyalty)).abs();
        let to_profit = (py - self.y.px(cuts.profit_minor)).abs();
        let (line, distance) =
            if to_loyalty <= to_profit { (CutLine::Loyalty, to_loyalty) } else { (CutLine::Profit, to_profit) };
        (distance <= reach).then_some(line)
    }

    /// The lines after dragging `line` to the pointer, on round values.
    #[must_use]
    pub fn drag(&self, cuts: Cuts, line: CutLine, (px, py): (f64, f64)) -> Cuts {
        match line {
            CutLine::Loyalty => Cuts { loyalty: (self.x.value(px) * 100.0).round() / 100.0, ..cuts },
            CutLine::Profit => Cuts { profit_minor: self.inside(round_digits(self.y.value(py), 3)), ..cuts },
        }
    }

    /// The lines after an arrow key; Shift or Page keys move ten times as far. `None`: not a key that moves a line.
    #[must_use]
    pub fn nudge(&self, cuts: Cuts, line: CutLine, key: &str, large: bool) -> Option<Cuts> {
        let (lo, hi) = self.y.domain();
        let steps = match key {
            "ArrowUp" | "ArrowRight" => 1.0,
            "ArrowDown" | "ArrowLeft" => -1.0,
            "PageUp" => 10.0,
            "PageDown" => -10.0,
            "Home" => {
                return Some(match line {
                    CutLine::Loyalty => Cuts { loyalty: 0.0, ..cuts },
                    CutLine::Profit => Cuts { profit_minor: self.inside(round_digits(lo, 2)), ..cuts },
                });
            }
            "End" => {
                return Some(match line {
                    CutLine::Loyalty => Cuts { loyalty: 1.0, ..cuts },
                    CutLine::Profit => Cuts { profit_minor: self.inside(round_digits(hi, 2)), ..cuts },
                });
            }
            _ => return None,
        };
        let steps = if large && key.starts_with("Arrow") { steps * 10.0 } else { steps };
        Some(match line {
            CutLine::Loyalty => {
                Cuts { loyalty: ((cuts.loyalty * 100.0).round() + steps).clamp(0.0, 100.0) / 100.0, ..cuts }
            }
            CutLine::Profit => Cuts { profit_minor: self.step_profit(cuts.profit_minor, steps), ..cuts },
        })
    }

    /// Three pixels a step, to round money; at least one minor unit, so that every key press moves.
    fn step_profit(&self, from: f64, steps: f64) -> f64 {
        let to = round_digits(self.y.value(self.y.px(from) - 3.0 * steps), 2);
        let moved = if (to - from) * steps > 0.0 { to } else { from.round() + steps.signum() };
        self.inside(moved)
    }

    fn inside(&self, profit_minor: f64) -> f64 {
        let (lo, hi) = self.y.domain();
        profit_minor.clamp(lo, hi).trunc()
    }

    /// The point nearest the pointer within `reach` px.
    #[must_use]
    pub fn nearest(&self, (px, py): (f64, f64), reach: f64) -> Option<usize> {
        let distance = |(x, y): &(f32, f32)| (f64::from(*x) - px).powi(2) + (f64::from(*y) - py).powi(2);
        let nearest = self.at.iter().enumerate().min_by(|a, b| distance(a.1).total_cmp(&distance(b.1)))?;
        (distance(nearest.1) <= reach * reach).then_some(nearest.0)
    }

    /// The next point in an arrow key's direction: the nearest in the quadrant around it. For reading the picture by keyboard.
    #[must_use]
    pub fn walk(&self, from: Option<usize>, key: &str) -> Option<usize> {
        let Some((from, (x, y))) = from.and_then(|i| Some((i, *self.at.get(i)?))) else {
            return (!self.at.is_empty()).then_some(0);
        };
        let (ux, uy) = match key {
            "ArrowLeft" => (-1.0, 0.0),
            "ArrowRight" => (1.0, 0.0),
            "ArrowUp" => (0.0, -1.0),
            "ArrowDown" => (0.0, 1.0),
            _ => return None,
        };
        let best = self.at.iter().enumerate().filter(|(i, _)| *i != from).filter_map(|(i, (px, py))| {
            let (dx, dy) = (px - x, py - y);
            let along = dx * ux + dy * uy;
            let aside = (dx * uy).abs() + (dy * ux).abs();
            (along > 0.0 && along >= aside).then_some((i, along + 2.0 * aside))
        });
        best.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(i, _)| i).or(Some(from))
    }
}

/// Below this the profit axis is linear: the power of ten under the median of all profits' sizes.
fn linear_part(profits: &[f64]) -> f64 {
    let mut sizes: Vec<f64> = profits.iter().map(|p| p.abs()).filter(|p| *p > 0.0).collect();
    if sizes.is_empty() {
        return 100.0;
    }
    let middle = sizes.len() / 2;
    let (_, median, _) = sizes.select_nth_unstable_by(middle, f64::total_cmp);
    10f64.powf(median.log10().floor()).max(1.0)
}

/// Rounded to `digits` significant digits.
#[must_use]
pub fn round_digits(value: f64, digits: i32) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return 0.0;
    }
    #[allow(clippy::cast_possible_truncation)]
    let power = 10f64.powi(digits - 1 - value.abs().log10().floor() as i32);
    (value * power).round() / power
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Frame = Frame { width: 640.0, height: 420.0, left: 72.0, right: 16.0, top: 16.0, bottom: 40.0 };

    fn bytes(rows: &[(f64, f64, u8)]) -> Vec<u8> {
        let mut out = Vec::new();
        rows.iter().for_each(|r| out.extend(r.0.to_le_bytes()));
        rows.iter().for_each(|r| out.extend(r.1.to_le_bytes()));
        rows.iter().for_each(|r| out.push(r.2));
        out
    }

    const ROWS: [(f64, f64, u8); 5] =
        [(0.9, 50_000.0, 0), (0.2, 80_000.0, 1), (0.8, -500.0, 2), (0.1, 100.0, 3), (0.5, 10_000.0, 0)];
    const CUTS: Cuts = Cuts { profit_minor: 10_000.0, loyalty: 0.5 };

    fn points() -> Points {
        Points::decode(5, &bytes(&ROWS)).unwrap()
    }

    #[test]
    fn points_unpack() {
        assert_eq!((points().profit_minor[1], points().group[2]), (80_000.0, KotlerGroup::Barnacle));
        // Too few bytes, an unknown group.
        assert_eq!(Points::decode(6, &bytes(&ROWS)), None);
        assert_eq!(Points::decode(1, &bytes(&[(0.1, 1.0, 9)])), None);
        assert!(Points::decode(0, &[]).unwrap().is_empty());
        assert_eq!(Points::decode(usize::MAX, &[1]), None);
    }

    #[test]
    fn quarters_agree_with_the_engine_and_move_with_the_lines() {
        let points = points();
        let quarters = points.count(CUTS);
        assert_eq!(quarters.map(|q| q.customers), [2, 1, 1, 1]);
        assert_eq!(quarters.map(|q| q.profit_minor), [60_000, 80_000, -500, 100]);
        for (i, group) in points.group.iter().enumerate() {
            assert_eq!(group_at(ROWS[i].1, ROWS[i].0, CUTS), *group);
        }
        // A profit that a float of 32 bits would round across the line, and a loyalty on it.
        let edge = Points::decode(2, &bytes(&[(0.29, 16_777_217.0, 3), (0.28999, 16_777_216.0, 3)])).unwrap();
        let cuts = Cuts { profit_minor: 16_777_217.0, loyalty: 0.29 };
        assert_eq!(edge.count(cuts).map(|q| q.customers), [1, 0, 0, 1]);
        let moved = points.count(Cuts { profit_minor: 60_000.0, loyalty: 0.5 });
        assert_eq!(moved.map(|q| q.customers), [0, 1, 3, 1]);
    }

    #[test]
    fn a_pointer_finds_the_line_and_drags_it() {
        let points = points();
        let layout = Layout::new(&points, FRAME);
        let (cx, cy) = (layout.x.px(0.5), layout.y.px(10_000.0));
        let cases = [
            ((cx + 3.0, cy - 100.0), Some(CutLine::Loyalty)),
            ((cx + 100.0, cy + 4.0), Some(CutLine::Profit)),
            ((cx + 40.0, cy + 40.0), None),
        ];
        for (at, want) in cases {
            assert_eq!(layout.cut_at(CUTS, at, 8.0), want, "{at:?}");
        }
        let dragged = layout.drag(CUTS, CutLine::Loyalty, (layout.x.px(0.333), 0.0));
        assert_eq!(dragged, Cuts { loyalty: 0.33, ..CUTS });
        let dragged = layout.drag(CUTS, CutLine::Profit, (0.0, layout.y.px(23_456.7)));
        assert_eq!(dragged, Cuts { profit_minor: 23_500.0, ..CUTS });
        // Far outside the picture the line stays on its edge.
        assert_eq!(layout.drag(CUTS, CutLine::Loyalty, (-900.0, 0.0)).loyalty, 0.0);
    }

    #[test]
    fn keys_move_the_lines_every_time() {
        let points = points();
        let layout = Layout::new(&points, FRAME);
        assert_eq!(layout.nudge(CUTS, CutLine::Loyalty, "ArrowRight", false).unwrap().loyalty, 0.51);
        assert_eq!(layout.nudge(CUTS, CutLine::Loyalty, "ArrowLeft", true).unwrap().loyalty, 0.4);
        assert_eq!(layout.nudge(CUTS, CutLine::Loyalty, "End", false).unwrap().loyalty, 1.0);
        assert_eq!(layout.nudge(CUTS, CutLine::Loyalty, "a", false), None);
        let (lo, hi) = layout.y.domain();
        let mut cuts = Cuts { profit_minor: 0.0, loyalty: 0.5 };
        for _ in 0..20 {
            let up = layout.nudge(cuts, CutLine::Profit, "ArrowUp", false).unwrap();
            assert!(up.profit_minor > cuts.profit_minor, "{cuts:?}");
            cuts = up;
        }
        for _ in 0..400 {
            cuts = layout.nudge(cuts, CutLine::Profit, "ArrowDown", false).unwrap();
        }
        assert!(cuts.profit_minor >= lo && cuts.profit_minor <= hi && cuts.profit_minor < 0.0, "{cuts:?}");
    }

    #[test]
    fn marks_are_found_by_pointer_and_by_keys() {
        let points = points();
        let layout = Layout::new(&points, FRAME);
        let (x, y) = layout.at[1];
        assert_eq!(layout.nearest((f64::from(x) + 2.0, f64::from(y)), 12.0), Some(1));
        assert_eq!(layout.nearest((f64::from(x) + 30.0, f64::from(y) - 30.0), 12.0), None);
        assert_eq!(layout.walk(None, "ArrowRight"), Some(0));
        let right = layout.walk(Some(1), "ArrowRight").unwrap();
        assert!(layout.at[right].0 > x);
        assert_eq!(layout.walk(Some(0), "Enter"), None);
    }

    #[test]
    fn paths_hold_every_mark_once() {
        let points = points();
        let layout = Layout::new(&points, FRAME);
        let paths = layout.paths(&points, CUTS);
        assert_eq!(paths.map(|p| p.matches('z').count()), [2, 1, 1, 1]);
        // Nobody yet: no marks, and the axes still stand.
        let empty = Layout::new(&Points::default(), FRAME);
        assert!(empty.y.px(0.0).is_finite());
        assert_eq!(empty.nearest((1.0, 1.0), 9.0), None);
    }

    #[test]
    fn rounding_keeps_leading_digits() {
        for (value, digits, want) in [(23_456.7, 3, 23_500.0), (-987.0, 2, -990.0), (0.0, 2, 0.0), (7.0, 2, 7.0)] {
            assert_eq!(round_digits(value, digits), want);
        }
    }
}
