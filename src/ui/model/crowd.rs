//! The marks of Kotler's map where they are too many to draw one by one: how many cover each pixel, counted once; a cut
//! line that moves only recolours them.

/// What a mark covers in each quarter, in the order of `GROUPS`: left, top, width and height from its point, px. A square,
/// two wings, a low bar, a point.
const STAMPS: [&[[f64; 4]]; 4] = [
    &[[-2.0, -2.0, 4.0, 4.0]],
    &[[-2.5, -2.0, 2.0, 4.0], [0.5, -2.0, 2.0, 4.0]],
    &[[-2.5, -1.0, 5.0, 2.0]],
    &[[-1.0, -1.0, 2.0, 2.0]],
];

/// Half of the widest mark, px. Who stands on a line belongs above or right of it with the whole mark.
const HALF: f64 = 2.5;

/// Marks per pixel, as if all were of the one quarter, of the next….
#[derive(Clone, Debug, PartialEq)]
pub struct Crowd {
    columns: usize,
    rows: usize,
    /// Pixels of the canvas per pixel of the page.
    scale: f64,
    planes: [Vec<u8>; 4],
}

impl Crowd {
    /// Of the points `at`, px of a picture of `width` × `height` px.
    #[must_use]
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a float becomes the nearest whole number or an end"
    )]
    pub fn new(at: &[(f32, f32)], (width, height): (f64, f64), scale: f64) -> Self {
        let (columns, rows) = ((width * scale) as usize, (height * scale) as usize);
        let planes = STAMPS.map(|stamp| {
            let mut plane = vec![0u8; columns * rows];
            for [left, top, wide, high] in stamp {
                let (wide, high) = ((wide * scale).round() as usize, (high * scale).round() as usize);
                for (x, y) in at {
                    let x = (((f64::from(*x) + left) * scale).round().max(0.0) as usize).min(columns);
                    let y = (((f64::from(*y) + top) * scale).round().max(0.0) as usize).min(rows);
                    let end = (x + wide).min(columns);
                    for row in y..(y + high).min(rows) {
                        for count in plane.get_mut(row * columns + x..row * columns + end).unwrap_or_default() {
                            *count = count.saturating_add(1);
                        }
                    }
                }
            }
            plane
        });
        Self { columns, rows, scale, planes }
    }

    #[must_use]
    pub const fn size(&self) -> (usize, usize) {
        (self.columns, self.rows)
    }

    /// The picture, four bytes a pixel (red, green, blue, how opaque), under lines at `cut` px. `alpha` is how opaque one
    /// mark is; where many lie, they add up.
    #[must_use]
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a float becomes the nearest whole number or an end"
    )]
    pub fn pixels(&self, cut: (f64, f64), colours: [[u8; 3]; 4], alpha: f64) -> Vec<u8> {
        let opacity: Vec<u8> = (0..=255).map(|n| (255.0 * (1.0 - (1.0 - alpha).powi(n))).round() as u8).collect();
        let column = (((cut.0 - HALF) * self.scale).max(0.0) as usize).min(self.columns);
        let row = (((cut.1 + HALF) * self.scale).max(0.0) as usize).min(self.rows);
        let mut out = vec![0u8; self.columns * self.rows * 4];
        let [friends, butterflies, barnacles, strangers] = &self.planes;
        let mut paint = |rows: std::ops::Range<usize>, columns: std::ops::Range<usize>, plane: &[u8], group: usize| {
            let [r, g, b] = colours.get(group).copied().unwrap_or_default();
            for start in rows.map(|row| row * self.columns) {
                let range = start + columns.start..start + columns.end;
                let to = out.get_mut(range.start * 4..range.end * 4).unwrap_or_default();
                for (count, to) in plane.get(range).unwrap_or_default().iter().zip(to.chunks_exact_mut(4)) {
                    if *count > 0 {
                        let a = opacity.get(usize::from(*count)).copied().unwrap_or(u8::MAX);
                        to.copy_from_slice(&[r, g, b, a]);
                    }
                }
            }
        };
        paint(0..row, column..self.columns, friends, 0);
        paint(0..row, 0..column, butterflies, 1);
        paint(row..self.rows, column..self.columns, barnacles, 2);
        paint(row..self.rows, 0..column, strangers, 3);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const COLOURS: [[u8; 3]; 4] = [[1, 0, 0], [2, 0, 0], [3, 0, 0], [4, 0, 0]];

    fn at(crowd: &Crowd, pixels: &[u8], x: usize, y: usize) -> [u8; 4] {
        let i = (y * crowd.size().0 + x) * 4;
        pixels[i..i + 4].try_into().unwrap()
    }

    #[test]
    fn marks_have_the_look_of_their_quarter_and_add_up() {
        let crowd =
            Crowd::new(&[(30.0, 10.0), (30.0, 10.0), (10.0, 10.0), (30.0, 30.0), (10.0, 30.0)], (40.0, 40.0), 1.0);
        let pixels = crowd.pixels((20.0, 20.0), COLOURS, 0.5);
        assert_eq!(at(&crowd, &pixels, 30, 10), [1, 0, 0, 191], "two friends on each other");
        assert_eq!(at(&crowd, &pixels, 10, 10), [0; 4], "between the wings");
        assert_eq!(at(&crowd, &pixels, 8, 9), [2, 0, 0, 128]);
        assert_eq!(at(&crowd, &pixels, 32, 30), [3, 0, 0, 128]);
        assert_eq!(at(&crowd, &pixels, 10, 30), [4, 0, 0, 128]);
        assert_eq!(at(&crowd, &pixels, 12, 30), [0; 4]);
        let covered = pixels.chunks_exact(4).filter(|p| p[3] > 0).count();
        assert_eq!(covered, 16 + 16 + 10 + 4);
    }

    #[test]
    fn who_stands_on_a_line_is_above_it() {
        let crowd = Crowd::new(&[(20.0, 20.0)], (40.0, 40.0), 1.0);
        let pixels = crowd.pixels((20.0, 20.0), COLOURS, 1.0);
        assert_eq!(pixels.chunks_exact(4).filter(|p| p[..] == [1, 0, 0, 255]).count(), 16);
        assert_eq!(pixels.chunks_exact(4).filter(|p| p[3] > 0).count(), 16);
    }

    proptest! {
        #[test]
        fn any_points_and_lines_fit_the_picture(
            points in prop::collection::vec((any::<f32>(), any::<f32>()), 0..20), near in prop::collection::vec((-9f32..60.0, -9f32..60.0), 0..20),
            cut in (any::<f64>(), any::<f64>()), scale in 0.5f64..3.0, size in (0f64..50.0, 0f64..50.0),
        ) {
            let all: Vec<_> = points.into_iter().chain(near).collect();
            let crowd = Crowd::new(&all, size, scale);
            let (columns, rows) = crowd.size();
            prop_assert_eq!(crowd.pixels(cut, COLOURS, 0.3).len(), columns * rows * 4);
        }
    }
}
