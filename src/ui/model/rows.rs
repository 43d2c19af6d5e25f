//! Which rows of a long table are in sight: the table draws only those. Works for more rows than the tallest element a
//! browser can lay out (about 17 million px in Firefox) by scaling the scroll position.

/// Rows are drawn in steps of so many, so that most scrolling changes nothing in the page.
const STEP: u64 = 8;
/// Rows drawn beyond both edges of the view, so that scrolling shows no gaps before the next step.
const OVERSCAN: u64 = 8;
/// The tallest the scrolled content gets, in px; beyond it the scroll position is scaled.
const TALLEST_PX: f64 = 8_000_000.0;
/// Rows are fetched in multiples of so many.
const CHUNK: u64 = 64;

/// Sizes of the table. `view_px` is what shows of the rows, without the header.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Geometry {
    pub total: u64,
    pub row_px: f64,
    pub view_px: f64,
}

/// Rows `first..end` are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slice {
    pub first: u64,
    pub end: u64,
}

impl Geometry {
    fn full_px(self) -> f64 {
        self.total as f64 * self.row_px
    }

    /// Height of the scrolled content.
    #[must_use]
    pub fn height_px(self) -> f64 {
        self.full_px().min(TALLEST_PX)
    }

    /// Px of rows per px of scrolling: 1 unless there are too many rows.
    fn scale(self) -> f64 {
        let (full, height) = (self.full_px() - self.view_px, self.height_px() - self.view_px);
        if height > 0.0 && full > height { full / height } else { 1.0 }
    }

    /// Where in the rows the view begins, in px, at this scroll position.
    fn rows_top(self, scroll_top: f64) -> f64 {
        let most = (self.full_px() - self.view_px).max(0.0);
        (scroll_top.max(0.0) * self.scale()).min(most)
    }

    /// The rows to draw.
    #[must_use]
    pub fn slice(self, scroll_top: f64) -> Slice {
        if self.row_px <= 0.0 || self.total == 0 {
            return Slice { first: 0, end: 0 };
        }
        let top = self.rows_top(scroll_top);
        let at = (top / self.row_px) as u64;
        let seen = (self.view_px.max(0.0) / self.row_px).ceil() as u64 + 1;
        let first = (at / STEP * STEP).saturating_sub(OVERSCAN);
        let end = (at / STEP * STEP + STEP + seen + OVERSCAN).min(self.total);
        Slice { first: first.min(end), end }
    }

    /// Where the drawn rows begin within the scrolled content, in px.
    #[must_use]
    pub fn offset_px(self, scroll_top: f64, slice: Slice) -> f64 {
        let drawn = slice.first as f64 * self.row_px;
        if self.scale() > 1.0 { drawn - self.rows_top(scroll_top) + scroll_top } else { drawn }
    }

    /// The scroll position that brings row `index` into view; `None` when it is in view.
    #[must_use]
    pub fn reveal(self, index: u64, scroll_top: f64) -> Option<f64> {
        let top = self.rows_top(scroll_top);
        let (from, to) = (index as f64 * self.row_px, (index as f64 + 1.0) * self.row_px);
        let wanted = if from < top {
            from
        } else if to > top + self.view_px {
            to - self.view_px
        } else {
            return None;
        };
        Some(wanted.max(0.0) / self.scale())
    }

    /// Rows that one Page Down moves.
    #[must_use]
    pub fn page(self) -> u64 {
        ((self.view_px / self.row_px) as u64).saturating_sub(1).max(1)
    }
}

/// The window of rows to ask for so that `slice` is covered: offset and limit. It changes seldom while scrolling.
#[must_use]
pub fn fetch_window(slice: Slice) -> (u32, u32) {
    let first = slice.first.saturating_sub(CHUNK / 2) / CHUNK * CHUNK;
    let end = (slice.end + CHUNK / 2).div_ceil(CHUNK) * CHUNK;
    let narrow = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
    (narrow(first), narrow(end - first))
}

/// Rows that have arrived: those from `offset` on.
#[derive(Clone, Debug, PartialEq)]
pub struct Window<R> {
    pub offset: u64,
    pub rows: Vec<R>,
}

impl<R> Default for Window<R> {
    fn default() -> Self {
        Self { offset: 0, rows: Vec::new() }
    }
}

impl<R> Window<R> {
    #[must_use]
    pub fn row(&self, index: u64) -> Option<&R> {
        let at = usize::try_from(index.checked_sub(self.offset)?).ok()?;
        self.rows.get(at)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ROW: f64 = 36.0;

    fn geometry(total: u64) -> Geometry {
        Geometry { total, row_px: ROW, view_px: 800.0 }
    }

    #[test]
    fn a_short_table_is_drawn_whole() {
        assert_eq!(geometry(10).slice(0.0), Slice { first: 0, end: 10 });
        assert_eq!(geometry(0).slice(0.0), Slice { first: 0, end: 0 });
        assert_eq!(geometry(10).height_px(), 360.0);
    }

    #[test]
    fn few_rows_are_drawn_of_many() {
        let slice = geometry(100_000).slice(50_000.0 * ROW);
        assert!(slice.end - slice.first <= 50, "{slice:?}");
        assert!(slice.first <= 50_000 && slice.end >= 50_000 + 23, "{slice:?}");
    }

    proptest! {
        #[test]
        fn what_is_in_view_is_drawn_and_fetched(total in 1u64..20_000_000, share in 0.0..=1.0f64) {
            let g = geometry(total);
            let scroll = share * (g.height_px() - g.view_px).max(0.0);
            let slice = g.slice(scroll);
            let top = g.rows_top(scroll);
            let (from, to) = ((top / ROW) as u64, (((top + g.view_px) / ROW).ceil() as u64).min(total));
            prop_assert!(slice.first <= from && slice.end >= to, "{slice:?} {from}..{to}");
            prop_assert!(slice.end - slice.first <= 56);
            // The first drawn row lies where the eye expects it.
            let on_screen = g.offset_px(scroll, slice) - scroll;
            prop_assert!((on_screen - (slice.first as f64 * ROW - top)).abs() < 0.01);
            let (offset, limit) = fetch_window(slice);
            prop_assert!(u64::from(offset) <= slice.first && u64::from(offset) + u64::from(limit) >= slice.end);
            prop_assert!(limit <= 256);
        }

        #[test]
        fn revealing_a_row_puts_it_into_view(total in 1u64..5_000_000, index in 0u64..5_000_000, share in 0.0..=1.0f64) {
            let g = geometry(total);
            let index = index.min(total - 1);
            let before = share * (g.height_px() - g.view_px).max(0.0);
            let after = g.reveal(index, before).unwrap_or(before);
            let top = g.rows_top(after);
            let row = index as f64 * ROW;
            prop_assert!(row >= top - 0.5 && row + ROW <= top + g.view_px + 0.5, "{row} {top}");
        }
    }

    #[test]
    fn a_window_knows_its_rows() {
        let window = Window { offset: 64, rows: vec!['a', 'b'] };
        assert_eq!(window.row(65), Some(&'b'));
        assert_eq!(window.row(63), None);
        assert_eq!(window.row(66), None);
    }
}
