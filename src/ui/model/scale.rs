//! Axes: from values to pixels and back, and the ticks a person would choose.

/// How values spread along an axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Spread {
    Linear,
    /// Linear near zero, logarithmic beyond ±`constant`: for money that is mostly small, sometimes huge, sometimes negative.
    Symlog {
        constant: f64,
    },
}

/// One axis. `px_from` is where `min` is drawn; it may be the larger one (a vertical axis grows upwards).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    spread: Spread,
    min: f64,
    max: f64,
    px_from: f64,
    px_to: f64,
}

impl Scale {
    /// An axis over `min..=max`. An empty or broken range is widened so that every value has a place.
    #[must_use]
    pub fn new(spread: Spread, (min, max): (f64, f64), (px_from, px_to): (f64, f64)) -> Self {
        let (min, max) = if min.is_finite() && max.is_finite() { (min.min(max), min.max(max)) } else { (0.0, 1.0) };
        let max = if max > min { max } else { min + 1.0 };
        let spread = match spread {
            Spread::Symlog { constant } if constant.is_finite() && constant > 0.0 => spread,
            _ => Spread::Linear,
        };
        Self { spread, min, max, px_from, px_to }
    }

    #[must_use]
    pub fn domain(&self) -> (f64, f64) {
        (self.min, self.max)
    }

    fn forward(&self, value: f64) -> f64 {
        match self.spread {
            Spread::Linear => value,
            Spread::Symlog { constant } => value.signum() * (value.abs() / constant).ln_1p(),
        }
    }

    fn backward(&self, t: f64) -> f64 {
        match self.spread {
            Spread::Linear => t,
            Spread::Symlog { constant } => t.signum() * t.abs().exp_m1() * constant,
        }
    }

    /// Where a value is drawn. Values outside the domain fall outside the range.
    #[must_use]
    pub fn px(&self, value: f64) -> f64 {
        let (from, to) = (self.forward(self.min), self.forward(self.max));
        self.px_from + (self.forward(value) - from) / (to - from) * (self.px_to - self.px_from)
    }

    /// The value drawn at `px`, held inside the domain.
    #[must_use]
    pub fn value(&self, px: f64) -> f64 {
        let span = self.px_to - self.px_from;
        if span == 0.0 {
            return self.min;
        }
        let (from, to) = (self.forward(self.min), self.forward(self.max));
        self.backward(from + (px - self.px_from) / span * (to - from)).clamp(self.min, self.max)
    }

    /// Round values inside the domain, ascending, never closer than `gap_px`.
    #[must_use]
    pub fn ticks(&self, gap_px: f64) -> Vec<f64> {
        let length = (self.px_to - self.px_from).abs();
        match self.spread {
            Spread::Linear => {
                let about = (length / gap_px.max(1.0)).floor().max(1.0);
                nice_ticks(self.min, self.max, about)
            }
            Spread::Symlog { constant } => self.thin_out(&log_candidates(self.min, self.max, constant), gap_px),
        }
    }

    /// Keeps zero first, then the outermost, then whatever still fits.
    fn thin_out(&self, candidates: &[f64], gap_px: f64) -> Vec<f64> {
        let mut by_weight = candidates.to_vec();
        by_weight.sort_by(|a, b| weight(*a).total_cmp(&weight(*b)).then(b.abs().total_cmp(&a.abs())));
        let mut kept: Vec<f64> = Vec::new();
        for value in by_weight {
            let px = self.px(value);
            if kept.iter().all(|k| (self.px(*k) - px).abs() >= gap_px) {
                kept.push(value);
            }
        }
        kept.sort_by(f64::total_cmp);
        kept
    }
}

/// Zero, then powers of ten, then the twos and fives between.
fn weight(value: f64) -> f64 {
    if value == 0.0 {
        0.0
    } else if (value.abs().log10() - value.abs().log10().round()).abs() < 1e-9 {
        1.0
    } else {
        2.0
    }
}

fn log_candidates(min: f64, max: f64, constant: f64) -> Vec<f64> {
    let mut out = Vec::new();
    if min <= 0.0 && max >= 0.0 {
        out.push(0.0);
    }
    let top = min.abs().max(max.abs());
    let mut power = 10f64.powf(constant.log10().floor());
    while power <= top {
        for factor in [1.0, 2.0, 5.0] {
            for sign in [-1.0, 1.0] {
                let value = sign * factor * power;
                if value >= min && value <= max {
                    out.push(value);
                }
            }
        }
        power *= 10.0;
    }
    out
}

/// The smallest of 1, 2, 5 × a power of ten that is at least `rough`.
#[must_use]
pub fn nice_step(rough: f64) -> f64 {
    if !rough.is_finite() || rough <= 0.0 {
        return 1.0;
    }
    let power = 10f64.powf(rough.log10().floor());
    let fraction = rough / power;
    let nice = [1.0, 2.0, 5.0].into_iter().find(|n| fraction <= n * (1.0 + 1e-9)).unwrap_or(10.0);
    nice * power
}

/// About `count` round values inside `min..=max`, ascending.
#[must_use]
pub fn nice_ticks(min: f64, max: f64, count: f64) -> Vec<f64> {
    if !(min.is_finite() && max.is_finite()) || max < min {
        return Vec::new();
    }
    let step = nice_step((max - min) / count.max(1.0));
    let first = (min / step - 1e-9).ceil();
    let mut out = Vec::new();
    let mut i = 0.0;
    while (first + i) * step <= max + step * 1e-9 && i < 100.0 {
        // Adding 0.0 turns −0 into 0.
        out.push((first + i) * step + 0.0);
        i += 1.0;
    }
    out
}

/// The first round value that is at least `value`: where an axis ends.
#[must_use]
pub fn nice_ceiling(value: f64) -> f64 {
    if !value.is_finite() || value <= 0.0 {
        return 1.0;
    }
    let step = nice_step(value / 5.0);
    (value / step - 1e-9).ceil() * step
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn linear_ticks_are_round_and_inside() {
        let cases: [(f64, f64, f64, &[f64]); 6] = [
            (0.0, 1.0, 5.0, &[0.0, 0.2, 0.4, 0.6, 0.8, 1.0]),
            (0.0, 97.0, 5.0, &[0.0, 20.0, 40.0, 60.0, 80.0]),
            (-3.0, 12.0, 3.0, &[0.0, 5.0, 10.0]),
            (-30.0, 12.0, 4.0, &[-20.0, 0.0]),
            (0.0, 0.0, 4.0, &[0.0]),
            (5.0, 1.0, 4.0, &[]),
        ];
        for (min, max, count, want) in cases {
            let got = nice_ticks(min, max, count);
            assert_eq!(got.len(), want.len(), "{min}..{max}: {got:?}");
            for (g, w) in got.iter().zip(want) {
                assert!((g - w).abs() < 1e-9, "{min}..{max}: {got:?}");
            }
        }
        assert!(nice_ticks(f64::NAN, 1.0, 3.0).is_empty());
    }

    #[test]
    fn ceilings_are_round() {
        for (value, want) in [(97.0, 100.0), (101.0, 150.0), (4_372.0, 5_000.0), (0.0, 1.0), (3.0, 3.0)] {
            assert!((nice_ceiling(value) - want).abs() < 1e-9, "{value} → {}", nice_ceiling(value));
        }
    }

    #[test]
    fn symlog_goes_there_and_back_and_orders_values() {
        let scale = Scale::new(Spread::Symlog { constant: 1_000.0 }, (-450_000.0, 28_000_000.0), (400.0, 20.0));
        let mut last = f64::INFINITY;
        for value in [-450_000.0, -1_000.0, 0.0, 1.0, 999.0, 1_000.0, 50_000.0, 28_000_000.0] {
            let px = scale.px(value);
            assert!(px < last, "{value} must lie above the one before");
            assert!((scale.value(px) - value).abs() <= value.abs() * 1e-9 + 1e-6, "{value}");
            last = px;
        }
        assert!((scale.px(-450_000.0) - 400.0).abs() < 1e-9 && (scale.px(28_000_000.0) - 20.0).abs() < 1e-9);
        // Outside the picture the value stays on its edge.
        assert_eq!(scale.value(-50.0), 28_000_000.0);
    }

    #[test]
    fn symlog_ticks_keep_their_distance_and_hold_zero() {
        let scale = Scale::new(Spread::Symlog { constant: 1_000.0 }, (-450_000.0, 28_000_000.0), (400.0, 20.0));
        let ticks = scale.ticks(28.0);
        assert!(ticks.contains(&0.0) && ticks.contains(&10_000_000.0), "{ticks:?}");
        for pair in ticks.windows(2) {
            assert!((scale.px(pair[0]) - scale.px(pair[1])).abs() >= 28.0, "{ticks:?}");
        }
    }

    #[test]
    fn a_flat_or_broken_domain_still_draws() {
        for domain in [(5.0, 5.0), (f64::NAN, 3.0), (0.0, 0.0), (3.0, -3.0)] {
            let scale = Scale::new(Spread::Linear, domain, (0.0, 100.0));
            assert!(scale.px(scale.domain().0).is_finite() && scale.value(50.0).is_finite(), "{domain:?}");
        }
        let no_constant = Scale::new(Spread::Symlog { constant: 0.0 }, (0.0, 10.0), (0.0, 100.0));
        assert!((no_constant.px(5.0) - 50.0).abs() < 1e-9);
    }
}
