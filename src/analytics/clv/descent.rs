//! Minimising a smooth function of a few parameters: BFGS with a backtracking line search, from several starts, and the
//! covariance from the curvature at the end.
//!
//! Own code because the task is small (two to four parameters, exact gradients): a general optimiser brings more than it
//! does, and the worker has a budget.

use serde::{Deserialize, Serialize};

/// How a fit ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Convergence {
    /// The gradient vanished inside the allowed range.
    Converged,
    /// A parameter ran to the end of its range: the data do not bound it, the predictions hold all the same.
    AtEdge,
    /// The steps ended elsewhere.
    Failed,
}

/// Largest part of the mean gradient at which a fit counts as converged.
const SMALL_GRADIENT: f64 = 1e-7;
/// Below this the line search may end for want of digits; the fit still counts as converged.
const TOLERABLE_GRADIENT: f64 = 1e-5;
/// Or where so little could be gained: for a mean over 10,000 customers the parameters are within a hundredth of their errors.
const TOLERABLE_GAIN: f64 = 5e-9;
const MOST_STEPS: usize = 300;
const MOST_HALVINGS: usize = 50;
/// A step that lowers the mean by less than this brings nothing.
const LEAST_GAIN: f64 = 1e-12;
/// This close to the end of its range a parameter counts as run there.
const EDGE: f64 = 0.05;
/// Longest step in any log parameter.
const LONGEST_STEP: f64 = 2.0;
/// Armijo's constant.
const SUFFICIENT: f64 = 1e-4;
/// Log parameters beyond their range are drawn back by the square of the excess.
const PULL: f64 = 1.0;
/// Step of the differences that make the curvature.
const CURVATURE_STEP: f64 = 1e-4;

/// Value and gradient.
pub(super) type Slope<const N: usize> = (f64, [f64; N]);

pub(super) struct Minimum<const N: usize> {
    pub at: [f64; N],
    pub value: f64,
    pub convergence: Convergence,
}

/// `f` within `range` (of each log parameter), with a smooth wall outside.
fn walled<const N: usize>(f: &impl Fn(&[f64; N]) -> Slope<N>, range: &[(f64, f64); N], at: &[f64; N]) -> Slope<N> {
    let (mut value, mut gradient) = f(at);
    for ((x, g), (low, high)) in at.iter().zip(&mut gradient).zip(range) {
        let excess = x - x.clamp(*low, *high);
        value += PULL * excess * excess;
        *g += 2.0 * PULL * excess;
    }
    (value, gradient)
}

/// BFGS under way, one step at a time: a large book takes milliseconds for each. A value that is not finite counts as a wall.
#[derive(Clone, Debug)]
pub(super) struct Descent<const N: usize> {
    at: [f64; N],
    value: f64,
    gradient: [f64; N],
    inverse: [[f64; N]; N],
    /// Nothing is learnt of the curvature yet.
    fresh: bool,
    idle: usize,
    steps: usize,
}

/// Where a descent begins, with what is known of the curvature there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Start<const N: usize> {
    pub at: [f64; N],
    pub inverse: Option<[[f64; N]; N]>,
}

impl<const N: usize> Descent<N> {
    pub fn new(f: &impl Fn(&[f64; N]) -> Slope<N>, range: &[(f64, f64); N], start: Start<N>) -> Self {
        let (value, gradient) = walled(f, range, &start.at);
        let inverse = start.inverse.unwrap_or_else(identity);
        Self { at: start.at, value, gradient, inverse, fresh: start.inverse.is_none(), idle: 0, steps: 0 }
    }

    /// Goes one step down; false where it has come to its end.
    pub fn step(&mut self, f: &impl Fn(&[f64; N]) -> Slope<N>, range: &[(f64, f64); N]) -> bool {
        self.steps += 1;
        if self.steps > MOST_STEPS || !self.value.is_finite() || norm(&self.gradient) < SMALL_GRADIENT {
            return false;
        }
        let mut direction = times(&self.inverse, &self.gradient).map(|d| -d);
        let mut slope = dot(&direction, &self.gradient);
        if slope.is_nan() || slope >= 0.0 {
            self.inverse = identity();
            direction = self.gradient.map(|g| -g);
            slope = -dot(&self.gradient, &self.gradient);
        }
        let longest = norm(&direction);
        let mut step = if longest > LONGEST_STEP { LONGEST_STEP / longest } else { 1.0 };
        let found = (0..MOST_HALVINGS).find_map(|_| {
            let next = plus(&self.at, &direction, step);
            let (v, g) = walled(f, range, &next);
            let fine = v.is_finite() && v <= self.value + SUFFICIENT * step * slope;
            step *= 0.5;
            fine.then_some((next, v, g))
        });
        let Some((next, v, g)) = found else {
            // The curvature learnt so far misleads: once more along the gradient.
            self.inverse = identity();
            return !std::mem::replace(&mut self.fresh, true);
        };
        let (moved, turned) = (plus(&next, &self.at, -1.0), plus(&g, &self.gradient, -1.0));
        self.idle = if self.value - v < LEAST_GAIN * v.abs() { self.idle + 1 } else { 0 };
        (self.at, self.value, self.gradient) = (next, v, g);
        if self.idle == 3 {
            return false;
        }
        learn(&mut self.inverse, &moved, &turned, self.fresh);
        self.fresh = false;
        true
    }

    /// Where it stands.
    pub fn end(&self, range: &[(f64, f64); N]) -> Minimum<N> {
        let at = self.at;
        let outside = at.iter().zip(range).any(|(x, (low, high))| *x < low + EDGE || *x > high - EDGE);
        // What a step by the curvature as far as it is learnt would gain: in a narrow valley the digits end before the gradient does.
        let gain = dot(&times(&self.inverse, &self.gradient), &self.gradient) / 2.0;
        let flat = norm(&self.gradient) < TOLERABLE_GRADIENT || (0.0..TOLERABLE_GAIN).contains(&gain);
        let arrived = self.value.is_finite() && flat;
        let convergence = match (arrived, outside) {
            (false, _) => Convergence::Failed,
            (true, true) => Convergence::AtEdge,
            (true, false) => Convergence::Converged,
        };
        Minimum { at, value: self.value, convergence }
    }
}

/// The minimum that BFGS reaches from `start`.
fn minimise<const N: usize>(
    f: &impl Fn(&[f64; N]) -> Slope<N>,
    range: &[(f64, f64); N],
    start: Start<N>,
) -> Minimum<N> {
    let mut descent = Descent::new(f, range, start);
    while descent.step(f, range) {}
    descent.end(range)
}

/// The best that is reached from several starts, and how the surface bends there: a good first guess for one like it.
pub(super) fn best_of<const N: usize>(
    f: &impl Fn(&[f64; N]) -> Slope<N>,
    range: &[(f64, f64); N],
    starts: &[[f64; N]],
) -> Option<Start<N>> {
    let from = |at: &[f64; N]| minimise(f, range, Start { at: *at, inverse: None });
    let tries = starts.iter().map(from).filter(|m| m.value.is_finite());
    let best = tries.min_by(|a, b| a.value.total_cmp(&b.value))?;
    Some(Start { at: best.at, inverse: covariance(f, range, &best.at, 1.0) })
}

/// The best minimum from several starts. `rough` stands for `f` while choosing among the starts, and for its curvature.
pub(super) fn minimise_from<const N: usize>(
    rough: &impl Fn(&[f64; N]) -> Slope<N>,
    f: &impl Fn(&[f64; N]) -> Slope<N>,
    range: &[(f64, f64); N],
    starts: &[[f64; N]],
) -> Option<Minimum<N>> {
    Some(minimise(f, range, best_of(rough, range, starts)?))
}

/// BFGS: the inverse curvature after moving by `s` turned the gradient by `y`.
fn learn<const N: usize>(inverse: &mut [[f64; N]; N], s: &[f64; N], y: &[f64; N], fresh: bool) {
    let sy = dot(s, y);
    if sy.is_nan() || sy <= 1e-14 * norm(s) * norm(y) {
        return;
    }
    if fresh {
        let scale = sy / dot(y, y);
        *inverse = identity().map(|row| row.map(|v: f64| v * scale));
    }
    let hy = times(inverse, y);
    let factor = (1.0 + dot(y, &hy) / sy) / sy;
    for ((row, s_i), hy_i) in inverse.iter_mut().zip(s).zip(&hy) {
        for ((cell, s_j), hy_j) in row.iter_mut().zip(s).zip(&hy) {
            *cell += factor * s_i * s_j - (hy_i * s_j + s_i * hy_j) / sy;
        }
    }
}

/// The inverse of the curvature of `n · f` at `at`: the covariance of the log parameters where `f` is a mean negative log
/// likelihood over `n`. `None` where the surface is not a bowl. A parameter at the edge of its `range` counts as known: the wall
/// holds it.
pub(super) fn covariance<const N: usize>(
    f: &impl Fn(&[f64; N]) -> Slope<N>,
    range: &[(f64, f64); N],
    at: &[f64; N],
    n: f64,
) -> Option<[[f64; N]; N]> {
    let mut curvature = [[0.0; N]; N];
    for (i, row) in curvature.iter_mut().enumerate() {
        let shifted = |by: f64| {
            let mut there = *at;
            if let Some(x) = there.get_mut(i) {
                *x += by;
            }
            walled(f, range, &there).1
        };
        let (up, down) = (shifted(CURVATURE_STEP), shifted(-CURVATURE_STEP));
        *row = plus(&up, &down, -1.0).map(|d| d / (2.0 * CURVATURE_STEP) * n);
    }
    bowl(&curvature).or_else(|| {
        // What the data do not bound is anywhere in its range, all places alike.
        for (i, (row, (low, high))) in curvature.iter_mut().zip(range).enumerate() {
            if let Some(own) = row.get_mut(i) {
                *own += 12.0 / (high - low).powi(2);
            }
        }
        bowl(&curvature)
    })
}

/// The inverse of a curvature; `None` where it does not bend upwards in all directions.
fn bowl<const N: usize>(curvature: &[[f64; N]; N]) -> Option<[[f64; N]; N]> {
    let found = invert(curvature)?;
    let fine = found.iter().enumerate().all(|(i, row)| row.get(i).is_some_and(|v| v.is_finite() && *v > 0.0));
    fine.then_some(found)
}

/// Gauss–Jordan with pivots; for the few rows here.
fn invert<const N: usize>(matrix: &[[f64; N]; N]) -> Option<[[f64; N]; N]> {
    let (mut left, mut right) = (*matrix, identity::<N>());
    for column in 0..N {
        let size = |m: &[[f64; N]; N], row: usize| m.get(row).and_then(|r| r.get(column)).map_or(0.0, |v| v.abs());
        let pivot = (column..N).max_by(|a, b| size(&left, *a).total_cmp(&size(&left, *b)))?;
        left.swap(column, pivot);
        right.swap(column, pivot);
        let (l, r) = (*left.get(column)?, *right.get(column)?);
        let head = *l.get(column)?;
        if !head.is_finite() || head.abs() < 1e-300 {
            return None;
        }
        let (l, r) = (l.map(|v| v / head), r.map(|v| v / head));
        for (row, (a, b)) in left.iter_mut().zip(&mut right).enumerate() {
            let factor = if row == column { 0.0 } else { *a.get(column)? };
            (*a, *b) = if row == column { (l, r) } else { (plus(a, &l, -factor), plus(b, &r, -factor)) };
        }
    }
    Some(right)
}

fn identity<const N: usize>() -> [[f64; N]; N] {
    std::array::from_fn(|i| std::array::from_fn(|j| if i == j { 1.0 } else { 0.0 }))
}

fn dot<const N: usize>(a: &[f64; N], b: &[f64; N]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// Largest part.
fn norm<const N: usize>(a: &[f64; N]) -> f64 {
    a.iter().fold(0.0, |most, x| if x.is_nan() { f64::INFINITY } else { most.max(x.abs()) })
}

/// `a + factor · b`.
fn plus<const N: usize>(a: &[f64; N], b: &[f64; N], factor: f64) -> [f64; N] {
    let mut sum = *a;
    sum.iter_mut().zip(b).for_each(|(x, y)| *x += factor * y);
    sum
}

fn times<const N: usize>(matrix: &[[f64; N]; N], v: &[f64; N]) -> [f64; N] {
    matrix.map(|row| dot(&row, v))
}

/// The variance of a function with this gradient by the log parameters (delta method).
pub(super) fn delta_variance<const N: usize>(covariance: &[[f64; N]; N], gradient: &[f64; N]) -> f64 {
    dot(&times(covariance, gradient), gradient).max(0.0)
}

/// Standard errors of the parameters themselves: those of their logarithms times the parameter.
pub(super) fn standard_errors<const N: usize>(covariance: &[[f64; N]; N], parameters: &[f64; N]) -> [f64; N] {
    std::array::from_fn(|i| {
        let variance = covariance.get(i).and_then(|row| row.get(i)).copied().unwrap_or(0.0);
        parameters.get(i).copied().unwrap_or(0.0) * variance.sqrt()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from<const N: usize>(at: [f64; N]) -> Start<N> {
        Start { at, inverse: None }
    }

    /// Rosenbrock's valley.
    fn valley(x: &[f64; 2]) -> Slope<2> {
        let (a, b) = (1.0 - x[0], x[1] - x[0] * x[0]);
        (a * a + 100.0 * b * b, [-2.0 * a - 400.0 * x[0] * b, 200.0 * b])
    }

    #[test]
    fn finds_the_end_of_a_bent_valley() {
        let wide = [(-10.0, 10.0); 2];
        let found = minimise(&valley, &wide, from([-1.2, 1.0]));
        assert_eq!(found.convergence, Convergence::Converged);
        assert!((found.at[0] - 1.0).abs() < 1e-6 && (found.at[1] - 1.0).abs() < 1e-6, "{:?}", found.at);
    }

    #[test]
    fn says_when_it_stands_at_the_edge_or_nowhere() {
        let slide = |x: &[f64; 1]| ((-x[0]).exp(), [-(-x[0]).exp()]);
        assert_eq!(minimise(&slide, &[(-3.0, 3.0)], from([0.0])).convergence, Convergence::AtEdge);
        let broken = |_: &[f64; 1]| (f64::NAN, [f64::NAN]);
        assert_eq!(minimise(&broken, &[(-3.0, 3.0)], from([0.0])).convergence, Convergence::Failed);
    }

    #[test]
    fn the_covariance_is_the_inverse_curvature() {
        let bowl = |x: &[f64; 2]| {
            let value = 2.0 * x[0] * x[0] + x[0] * x[1] + x[1] * x[1];
            (value, [4.0 * x[0] + x[1], x[0] + 2.0 * x[1]])
        };
        // [[4, 1], [1, 2]] × 5, inverted.
        let wide = [(-10.0, 10.0); 2];
        let got = covariance(&bowl, &wide, &[0.0, 0.0], 5.0).unwrap();
        let want = [[2.0 / 35.0, -1.0 / 35.0], [-1.0 / 35.0, 4.0 / 35.0]];
        for (a, b) in got.iter().flatten().zip(want.iter().flatten()) {
            assert!((a - b).abs() < 1e-9, "{got:?}");
        }
        // Nothing depends on the second: it is anywhere in its range, with a variance of a twelfth of its square.
        let trough = |x: &[f64; 2]| (x[0] * x[0], [2.0 * x[0], 0.0]);
        let got = covariance(&trough, &wide, &[0.0, 0.0], 5.0).unwrap();
        assert!((got[1][1] - 400.0 / 12.0).abs() < 1e-6 && (got[0][0] - 0.1).abs() < 1e-3, "{got:?}");
        let saddle = |x: &[f64; 2]| (x[0] * x[0] - x[1] * x[1], [2.0 * x[0], -2.0 * x[1]]);
        assert_eq!(covariance(&saddle, &wide, &[0.0, 0.0], 5.0), None);
    }
}
