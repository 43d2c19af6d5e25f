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

/// Appends one mark of half-width `r` px centred at (`x`, `y`) to SVG path data.
pub fn push_path(path: &mut String, group: KotlerGroup, x: f64, y: f64, r: f64) {
    for (i, (dx, dy)) in outline(group).iter().enumerate() {
        // Writing into a String cannot fail.
        let _ = write!(path, "{}{:.1} {:.1}", if i == 0 { 'M' } else { 'L' }, x + dx * r, y + dy * r);
    }
    path.push('Z');
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
        assert_eq!(path, "M6.0 16.6L10.0 19.4L14.0 16.6L14.0 23.4L10.0 20.6L6.0 23.4Z");
    }
}
