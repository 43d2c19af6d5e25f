//! A tiny bar chart as SVG path data.

use std::fmt::Write;

/// One bar per value on a common zero line, in a box of `width` × `height`. A value of zero shows as a hairline, so that
/// an empty month is seen to be one; negative values hang below the zero line.
#[must_use]
pub fn bars(values: &[i64], width: f64, height: f64) -> String {
    let (low, high) = values.iter().fold((0i64, 0i64), |(low, high), v| (low.min(*v), high.max(*v)));
    let span = (high as f64 - low as f64).max(1.0);
    let step = width / values.len().max(1) as f64;
    let bar = (step * 0.7).max(1.0);
    let zero = height * (high as f64 / span);
    // With nothing to show the zero line lies at the bottom.
    let zero = if low == 0 { height } else { zero };
    let mut path = String::new();
    for (at, value) in values.iter().enumerate() {
        let x = at as f64 * step;
        let size = (*value as f64).abs() / span * height;
        let size = size.max(1.0).min(height);
        let top = if *value < 0 { zero } else { zero - size };
        // Writing into a String cannot fail.
        let _ = write!(path, "M{x:.1} {top:.1}h{bar:.1}v{size:.1}h-{bar:.1}z");
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_stand_on_the_zero_line() {
        assert_eq!(bars(&[0, 10], 20.0, 10.0), "M0.0 9.0h7.0v1.0h-7.0zM10.0 0.0h7.0v10.0h-7.0z");
        assert_eq!(bars(&[10, -10], 20.0, 10.0), "M0.0 0.0h7.0v5.0h-7.0zM10.0 5.0h7.0v5.0h-7.0z");
        assert_eq!(bars(&[], 20.0, 10.0), "");
    }
}
