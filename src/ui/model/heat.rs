//! The R × F grid: which shade each cell gets, in reading order, and how the arrow keys walk it.

use crate::engine::api::{RfmCell, RfmView};

/// What the shades stand for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HeatOf {
    #[default]
    Customers,
    MeanRevenue,
}

/// One cell ready to draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeatCell {
    /// Scores, from 1.
    pub recency: u8,
    pub frequency: u8,
    pub customers: u64,
    pub mean_revenue_minor: i64,
    /// 0 (nobody) to [`SHADES`].
    pub shade: u8,
}

pub const SHADES: u8 = 5;

/// Rows from the best recency score down, each from the lowest frequency score up: the best customers stand top right.
#[must_use]
pub fn grid(view: &RfmView, of: HeatOf) -> Vec<Vec<HeatCell>> {
    let value = |cell: &RfmCell| match of {
        HeatOf::Customers => i64::try_from(cell.customers).unwrap_or(i64::MAX),
        HeatOf::MeanRevenue => cell.mean_revenue_minor.max(0),
    };
    let max = view.cells.iter().flatten().filter(|c| c.customers > 0).map(value).max().unwrap_or(0);
    let mut rows: Vec<Vec<HeatCell>> = Vec::with_capacity(view.cells.len());
    for (r, cells) in (1u8..).zip(&view.cells) {
        let row = (1u8..).zip(cells).map(|(f, cell)| HeatCell {
            recency: r,
            frequency: f,
            customers: cell.customers,
            mean_revenue_minor: cell.mean_revenue_minor,
            shade: if cell.customers == 0 { 0 } else { shade(value(cell), max) },
        });
        rows.push(row.collect());
    }
    rows.reverse();
    rows
}

/// Square-root steps: one huge cell must not make all others look alike.
#[must_use]
pub fn shade(value: i64, max: i64) -> u8 {
    if max <= 0 || value <= 0 {
        return 1;
    }
    #[allow(clippy::cast_precision_loss)]
    let share = (value as f64 / max as f64).sqrt();
    (1..=SHADES).find(|s| share <= f64::from(*s) / f64::from(SHADES) + 1e-9).unwrap_or(SHADES)
}

/// Where an arrow key leads from cell (`row`, `column`) of a grid of `bins` × `bins`.
#[must_use]
pub fn walk((row, column): (usize, usize), key: &str, bins: usize) -> (usize, usize) {
    let last = bins.saturating_sub(1);
    match key {
        "ArrowUp" => (row.saturating_sub(1), column),
        "ArrowDown" => ((row + 1).min(last), column),
        "ArrowLeft" => (row, column.saturating_sub(1)),
        "ArrowRight" => (row, (column + 1).min(last)),
        "Home" => (row, 0),
        "End" => (row, last),
        _ => (row, column),
    }
}

/// Where an arrow key leads from cell (`row`, `column`) of rows that are `lens` long; rows without a cell are passed over.
#[must_use]
pub fn walk_rows(lens: &[usize], (row, column): (usize, usize), key: &str) -> (usize, usize) {
    let len = |row: usize| lens.get(row).copied().unwrap_or(0);
    let to = |row: usize| (row, column.min(len(row).saturating_sub(1)));
    let filled = |row: &usize| len(*row) > 0;
    match key {
        "ArrowUp" => (0..row).rev().find(filled).map_or((row, column), to),
        "ArrowDown" => (row + 1..lens.len()).find(filled).map_or((row, column), to),
        "ArrowLeft" => (row, column.saturating_sub(1)),
        "ArrowRight" => (row, (column + 1).min(len(row).saturating_sub(1))),
        "Home" => (row, 0),
        "End" => (row, len(row).saturating_sub(1)),
        _ => (row, column),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_stay_inside_a_staircase() {
        let lens = [3, 0, 2, 1, 0];
        for (from, key, want) in [
            ((0, 2), "ArrowDown", (2, 1)),
            ((2, 1), "ArrowUp", (0, 1)),
            ((3, 0), "ArrowDown", (3, 0)),
            ((2, 1), "ArrowRight", (2, 1)),
            ((0, 0), "End", (0, 2)),
            ((9, 9), "ArrowRight", (9, 0)),
        ] {
            assert_eq!(walk_rows(&lens, from, key), want, "{from:?} {key}");
        }
        assert_eq!(walk_rows(&[], (0, 0), "ArrowDown"), (0, 0));
    }

    fn view() -> RfmView {
        let cell = |customers, mean_revenue_minor| RfmCell { customers, mean_revenue_minor };
        RfmView {
            n: 111,
            bins: 2,
            cells: vec![vec![cell(100, 1), cell(0, 0)], vec![cell(1, 400), cell(10, 90)]],
            groups: Vec::new(),
            bounds: [Vec::new(), Vec::new(), Vec::new()],
        }
    }

    #[test]
    fn the_best_stand_top_right() {
        let rows = grid(&view(), HeatOf::Customers);
        assert_eq!((rows[0][1].recency, rows[0][1].frequency, rows[0][1].customers), (2, 2, 10));
        assert_eq!((rows[1][0].recency, rows[1][0].frequency, rows[1][0].customers), (1, 1, 100));
    }

    #[test]
    fn shades_follow_the_measure_and_empty_cells_have_none() {
        let by_count = grid(&view(), HeatOf::Customers);
        assert_eq!(by_count.iter().flatten().map(|c| c.shade).collect::<Vec<_>>(), [1, 2, 5, 0]);
        let by_money = grid(&view(), HeatOf::MeanRevenue);
        assert_eq!(by_money.iter().flatten().map(|c| c.shade).collect::<Vec<_>>(), [5, 3, 1, 0]);
    }

    #[test]
    fn arrows_stay_inside() {
        for (from, key, want) in [
            ((0, 0), "ArrowUp", (0, 0)),
            ((0, 0), "ArrowDown", (1, 0)),
            ((1, 1), "ArrowRight", (1, 1)),
            ((1, 1), "Home", (1, 0)),
            ((1, 1), "x", (1, 1)),
        ] {
            assert_eq!(walk(from, key, 2), want, "{key}");
        }
    }
}
