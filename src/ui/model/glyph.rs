//! The marks of Kotler's groups, told apart by shape before colour: a heart, two wings, a shell, a hollow ring.

use std::fmt::Write;

use crate::engine::api::KotlerGroup;

/// Corners in a box from −1 to 1, drawn closed; y grows downwards as on the screen.
#[must_use]
pub fn outline(group: KotlerGroup) -> &'static [(f64, f64)] {
    match group {
        KotlerGroup::TrueFriend => &[
            (0.0, 1.0),
            (-0.95, -0.05),
            (-1.0, -0.55),
            (-0.6, -0.95),
            (-0.2, -0.85),
            (0.0, -0.45),
            (0.2, -0.85),
            (0.6, -0.95),
            (1.0, -0.55),
            (0.95, -0.05),
        ],
        KotlerGroup::Butterfly => &[(-1.0, -0.85), (0.0, -0.15), (1.0, -0.85), (1.0, 0.85), (0.0, 0.15), (-1.0, 0.85)],
        KotlerGroup::Barnacle => &[(-1.0, 0.8), (-0.65, -0.35), (-0.25, -0.8), (0.25, -0.8), (0.65, -0.35), (1.0, 0.8)],
        KotlerGroup::Stranger => &[
            (0.0, -0.9),
            (0.64, -0.64),
            (0.9, 0.0),
            (0.64, 0.64),
            (0.0, 0.9),
            (-0.64, 0.64),
            (-0.9, 0.0),
            (-0.64, -0.64),
        ],
    }
}

/// Strangers are outlines, the others are filled.
#[must_use]
pub fn is_hollow(group: KotlerGroup) -> bool {
    group == KotlerGroup::Stranger
}

/// A mark of half-width `r` px as SVG path data relative to its first corner: all marks of a group share it.
#[derive(Clone, Debug, PartialEq)]
pub struct Stamp {
    first: (f64, f64),
    rest: String,
}

impl Stamp {
    #[must_use]
    pub fn new(group: KotlerGroup, r: f64) -> Self {
        let corners = outline(group);
        let mut rest = String::new();
        for pair in corners.windows(2) {
            if let [(ax, ay), (bx, by)] = pair {
                // Writing into a String cannot fail.
                let _ = write!(rest, "l{:.1} {:.1}", (bx - ax) * r, (by - ay) * r);
            }
        }
        rest.push('z');
        let first = corners.first().map_or((0.0, 0.0), |(x, y)| (x * r, y * r));
        Self { first, rest }
    }

    /// Appends one mark centred at (`x`, `y`).
    pub fn push(&self, path: &mut String, x: f64, y: f64) {
        let _ = write!(path, "M{:.1} {:.1}{}", x + self.first.0, y + self.first.1, self.rest);
    }
}

/// Appends one mark of half-width `r` px centred at (`x`, `y`) to SVG path data.
pub fn push_path(path: &mut String, group: KotlerGroup, x: f64, y: f64, r: f64) {
    Stamp::new(group, r).push(path, x, y);
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [KotlerGroup; 4] =
        [KotlerGroup::TrueFriend, KotlerGroup::Butterfly, KotlerGroup::Barnacle, KotlerGroup::Stranger];

    #[test]
    fn shapes_stay_in_their_box_and_differ() {
        for (i, a) in ALL.iter().enumerate() {
            assert!(outline(*a).iter().all(|(x, y)| x.abs() <= 1.0 && y.abs() <= 1.0));
            for b in &ALL[i + 1..] {
                assert_ne!(outline(*a), outline(*b));
            }
        }
    }

    #[test]
    fn a_mark_is_one_closed_path() {
        let mut path = String::new();
        push_path(&mut path, KotlerGroup::Butterfly, 10.0, 20.0, 4.0);
        assert_eq!(path, "M6.0 16.6l4.0 2.8l4.0 -2.8l0.0 6.8l-4.0 -2.8l-4.0 2.8z");
    }
}
