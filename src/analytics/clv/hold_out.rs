//! Whether BG/NBD fits this business: fitted on the first part of the time, held against the rest.

use serde::{Deserialize, Serialize};

use super::{BgNbd, BgNbdFit, Convergence, Fitting, PurchaseDays, Purchases, WEEK_DAYS};
use crate::domain::WorthSettings;

/// Points of the tracking plot at most, and of the table of `E[X(t)]` behind it.
const MOST_STEPS: i64 = 60;
const TABLE_STEPS: i64 = 160;
/// With fewer expected and actual purchases than this nothing is said about the hold-out.
const LEAST_HELD_OUT: f64 = 20.0;
/// Purchase days of a customer from which the intervals are compared with each other.
const LEAST_DAYS_FOR_RHYTHM: usize = 4;
const LEAST_RHYTHMS: usize = 20;
/// Different histories of purchases from which four parameters can be told.
const LEAST_KINDS: usize = 5;
/// Whole years that must agree before the business counts as seasonal.
const SEASON_YEARS: i32 = 2;
/// How far the months of two years must move together.
const SEASON_CORRELATION: f64 = 0.7;

/// Why the model is not used.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Misfit {
    TooFewCustomers {
        n: u64,
        least: u64,
    },
    TooFewRepeaters {
        n: u64,
        least: u64,
    },
    TooShort {
        weeks: u64,
        least: u64,
    },
    /// All that was bought was free.
    NothingCharged,
    /// Customers whose purchases are alike tell nothing of how they differ.
    Alike {
        kinds: u64,
        least: u64,
    },
    /// Intervals are so even that purchases follow a contract rather than chance. In basis points of the mean interval.
    Regular {
        spread_bp: i64,
        least_bp: i64,
    },
    /// The best month of the year stands this far above the mean, in basis points, year after year.
    Seasonal {
        month: u8,
        above_bp: i64,
    },
    NotConverged,
    /// Expected against actual in the hold-out, in basis points above or below.
    HoldOut {
        off_bp: i64,
        most_bp: i64,
    },
}

/// Cumulative repeat purchases up to a day, of customers who first bought before the hold-out.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrackStep {
    pub day: i32,
    pub expected: f64,
    pub actual: u64,
}

/// Expected and actual repeat purchases in the part of the time that the model had not seen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HoldOut {
    /// Last day that the fit saw.
    pub split: i32,
    pub customers: u64,
    /// In the hold-out.
    pub expected: f64,
    pub actual: u64,
    /// Expected over actual less one; `None` where both are too few.
    pub off: Option<f64>,
    /// Mean absolute error of the cumulative purchases over the steps of the hold-out, as a share of the actual ones.
    pub mape: Option<f64>,
    /// Over the whole time.
    pub steps: Vec<TrackStep>,
}

/// The model of all the time, what the hold-out said, and why it is not used.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    pub fit: Option<BgNbdFit>,
    pub hold_out: Option<HoldOut>,
    pub misfit: Option<Misfit>,
}

/// Fits the purchases up to `until` and judges the fit: the steps below in one.
#[must_use]
pub fn judge(days: &PurchaseDays, until: i32, settings: &WorthSettings) -> Judged {
    let refuse = |misfit| Judged { fit: None, hold_out: None, misfit: Some(misfit) };
    if let Some(misfit) = too_little(days, until, settings) {
        return refuse(misfit);
    }
    let fit = BgNbd::fit(days.iter().filter_map(|d| Purchases::new(d, until)));
    let Some(fit) = fit.filter(|f| f.convergence != Convergence::Failed) else { return refuse(Misfit::NotConverged) };
    let hold_out = hold_out(days, until, settings, &fit.model);
    let misfit = verdict(days, until, hold_out.as_ref(), settings);
    Judged { fit: Some(fit), hold_out, misfit }
}

/// Why there is nothing to fit.
#[must_use]
pub fn too_little(days: &PurchaseDays, until: i32, settings: &WorthSettings) -> Option<Misfit> {
    let records = days.iter().filter_map(|d| Purchases::new(d, until));
    let (n, repeaters) = records.fold((0, 0), |(n, r), p| (n + 1, r + u64::from(p.repeats > 0)));
    let span = i64::from(until) - i64::from(days.first().unwrap_or(until));
    let weeks = u64::try_from(span / 7).unwrap_or(0);
    let least = [settings.min_customers, settings.min_repeaters, settings.min_weeks].map(u64::from);
    match least {
        [least, _, _] if n < least => Some(Misfit::TooFewCustomers { n, least }),
        [_, least, _] if repeaters < least => Some(Misfit::TooFewRepeaters { n: repeaters, least }),
        [_, _, least] if weeks < least => Some(Misfit::TooShort { weeks, least }),
        _ => alike(days, until).or_else(|| regular(days, until, settings.min_spread_bp)),
    }
}

fn alike(days: &PurchaseDays, until: i32) -> Option<Misfit> {
    let mut kinds: Vec<Purchases> = Vec::new();
    for purchases in days.iter().filter_map(|d| Purchases::new(d, until)) {
        if !kinds.contains(&purchases) {
            kinds.push(purchases);
        }
        if kinds.len() == LEAST_KINDS {
            return None;
        }
    }
    Some(Misfit::Alike { kinds: kinds.len() as u64, least: LEAST_KINDS as u64 })
}

/// Why a fit is not believed.
#[must_use]
pub fn verdict(
    days: &PurchaseDays,
    until: i32,
    hold_out: Option<&HoldOut>,
    settings: &WorthSettings,
) -> Option<Misfit> {
    let off_bp = hold_out.and_then(|h| h.off).map(|off| (off * 10_000.0).round() as i64);
    let too_far = off_bp.filter(|off| off.saturating_abs() > settings.most_off_bp);
    seasonal(days, until, settings.most_seasonal_bp)
        .or(too_far.map(|off_bp| Misfit::HoldOut { off_bp, most_bp: settings.most_off_bp }))
}

/// Holds a fit on the first part of the time against the rest; it is looked for beginning at that of the `whole`. `None` where the
/// first part cannot be fitted.
#[must_use]
pub fn hold_out(days: &PurchaseDays, until: i32, settings: &WorthSettings, whole: &BgNbd) -> Option<HoldOut> {
    let mut testing = Testing::new(days, until, settings, whole)?;
    while testing.step() {}
    testing.end(days)
}

/// The test under way: the fit on the first part of the time, in steps.
#[derive(Clone, Debug)]
pub struct Testing {
    /// Last day that the fit sees, and last of all.
    split: i32,
    until: i32,
    fitting: Fitting,
}

impl Testing {
    /// As [`hold_out`]. `None` where the first part is empty.
    #[must_use]
    pub fn new(days: &PurchaseDays, until: i32, settings: &WorthSettings, whole: &BgNbd) -> Option<Self> {
        let share = settings.hold_out_bp as f64 / 10_000.0;
        let first = days.first()?;
        let span = i64::from(until) - i64::from(first);
        let held = (span as f64 * share.clamp(0.0, 0.9)).round() as i64;
        let split = i32::try_from(i64::from(until) - held).ok()?;
        if held < 1 || i64::from(split) <= i64::from(first) {
            return None;
        }
        let fitting = Fitting::near(days.iter().filter_map(|d| Purchases::new(d, split)), whole)?;
        Some(Self { split, until, fitting })
    }

    /// As [`Fitting::step`].
    pub fn step(&mut self) -> bool {
        self.fitting.step()
    }

    /// What came of it, over the same days; `None` where the fit failed.
    #[must_use]
    pub fn end(&self, days: &PurchaseDays) -> Option<HoldOut> {
        let Self { split, until, .. } = *self;
        let model = self.fitting.model()?;
        let known: Vec<(&[i32], Purchases)> =
            days.iter().filter_map(|d| Some((d, Purchases::new(d, split)?))).collect();
        let first = days.first()?;
        let mut expected = Expected::new(model, f64::from(until.saturating_sub(split)) / WEEK_DAYS);
        let (mut foreseen, mut actual) = (0.0, 0u64);
        for (days, purchases) in &known {
            foreseen += expected.of(purchases);
            let (from, to) = (days.partition_point(|&d| d <= split), days.partition_point(|&d| d <= until));
            actual += to.saturating_sub(from) as u64;
        }
        let steps = track(&model, &known, first, until);
        let enough = foreseen.max(actual as f64) >= LEAST_HELD_OUT;
        Some(HoldOut {
            split,
            customers: known.len() as u64,
            expected: foreseen,
            actual,
            off: enough.then(|| foreseen / (actual as f64).max(1.0) - 1.0),
            mape: mape(&steps, split),
            steps,
        })
    }
}

/// Expected purchases over one horizon, worked out once for customers alike.
pub(super) struct Expected {
    model: BgNbd,
    weeks: f64,
    known: rustc_hash::FxHashMap<(u32, u32), f64>,
}

impl Expected {
    pub fn new(model: BgNbd, weeks: f64) -> Self {
        Self { model, weeks, known: rustc_hash::FxHashMap::default() }
    }

    pub fn of(&mut self, p: &Purchases) -> f64 {
        let (model, weeks) = (self.model, self.weeks);
        let make = || model.purchases_if_alive(p.repeats, f64::from(p.age_days) / WEEK_DAYS, weeks).mean;
        self.model.p_alive(p) * *self.known.entry((p.repeats, p.age_days)).or_insert_with(make)
    }
}

/// Cumulative repeat purchases by steps of whole weeks, expected as `Σ E[X(t − t₀)]` over the first purchases `t₀`.
fn track(model: &BgNbd, known: &[(&[i32], Purchases)], first: i32, until: i32) -> Vec<TrackStep> {
    let span = i64::from(until) - i64::from(first);
    let step = (span.div_euclid(7 * MOST_STEPS) + 1) * 7;
    let mut starts: Vec<i32> = known.iter().filter_map(|(days, _)| days.first().copied()).collect();
    starts.sort_unstable();
    let starts: Vec<(i32, f64)> =
        starts.chunk_by(|a, b| a == b).filter_map(|same| Some((*same.first()?, same.len() as f64))).collect();
    let mut repeats: Vec<i32> = known.iter().flat_map(|(days, _)| days.iter().skip(1).copied()).collect();
    repeats.sort_unstable();
    // E[X(t)] is smooth: a table with straight lines between is exact enough for a picture.
    let width = (span as f64 / TABLE_STEPS as f64).max(1.0);
    let places = (span as f64 / width).ceil() as u32;
    let table: Vec<f64> = (0..=places).map(|i| model.purchases_of_anyone(f64::from(i) * width / WEEK_DAYS)).collect();
    let of_age = |age: f64| {
        let at = age / width;
        let below = table.get(at.floor() as usize).copied().unwrap_or(0.0);
        let above = table.get(at.ceil() as usize).copied().unwrap_or(below);
        below + (above - below) * at.fract()
    };
    let ends = (1..).map(|i| i64::from(first) + i * step).take_while(|&day| day < i64::from(until));
    ends.filter_map(|day| i32::try_from(day).ok())
        .chain([until])
        .map(|day| TrackStep {
            day,
            expected: starts.iter().take_while(|s| s.0 < day).map(|&(t, n)| n * of_age(f64::from(day - t))).sum(),
            actual: repeats.partition_point(|&d| d <= day) as u64,
        })
        .collect()
}

fn mape(steps: &[TrackStep], split: i32) -> Option<f64> {
    let errors = steps.iter().filter(|s| s.day > split && s.actual > 0);
    let errors: Vec<f64> = errors.map(|s| (s.expected / s.actual as f64 - 1.0).abs()).collect();
    (!errors.is_empty()).then(|| errors.iter().sum::<f64>() / errors.len() as f64)
}

/// Purchases as even as those of a contract: the median over customers of the spread of their intervals.
fn regular(days: &PurchaseDays, until: i32, least_bp: i64) -> Option<Misfit> {
    let spread = |days: &[i32]| {
        let days = days.get(..days.partition_point(|&d| d <= until)).unwrap_or_default();
        if days.len() < LEAST_DAYS_FOR_RHYTHM {
            return None;
        }
        let gaps: Vec<f64> =
            days.windows(2).filter_map(|w| Some(f64::from(*w.last()?) - f64::from(*w.first()?))).collect();
        let n = gaps.len() as f64;
        let mean = gaps.iter().sum::<f64>() / n;
        let variance = gaps.iter().map(|g| (g - mean).powi(2)).sum::<f64>() / (n - 1.0);
        Some((variance.sqrt() / mean * 10_000.0).round() as i64)
    };
    let mut spreads: Vec<i64> = days.iter().filter_map(spread).collect();
    spreads.sort_unstable();
    let middle = spreads.get(spreads.len() / 2).copied()?;
    (spreads.len() >= LEAST_RHYTHMS && middle < least_bp).then_some(Misfit::Regular { spread_bp: middle, least_bp })
}

fn month_number(day: i32) -> i32 {
    let (year, month, _) = crate::domain::Day(day).ymd();
    year.saturating_mul(12).saturating_add(i32::try_from(month).unwrap_or(1) - 1)
}

/// The first month of the last whole years, if there are as many: the month of `until` is not over, nor is the one of the first
/// purchase whole.
fn season_start(days: &PurchaseDays, until: i32) -> Option<i32> {
    let start = month_number(until).saturating_sub(12 * SEASON_YEARS);
    (month_number(days.first()?) < start).then_some(start)
}

/// Whether there are the whole years that a season shows in. With fewer a month has nothing to be compared with but growth and
/// chance.
#[must_use]
pub fn season_known(days: &PurchaseDays, until: i32) -> bool {
    season_start(days, until).is_some()
}

/// The same months stand out in each of the last two whole years.
fn seasonal(days: &PurchaseDays, until: i32, most_bp: i64) -> Option<Misfit> {
    let start = season_start(days, until)?;
    let mut years = [[0.0f64; 12]; SEASON_YEARS as usize];
    for day in days.iter().flatten().filter(|&&d| d <= until) {
        let since = month_number(*day) - start;
        let slot = usize::try_from(since).ok().filter(|_| since < 12 * SEASON_YEARS);
        if let Some(n) = slot.and_then(|s| years.get_mut(s / 12)?.get_mut(s % 12)) {
            *n += 1.0;
        }
    }
    // Each month over the mean of its year, less one.
    let shapes = years.map(|year| {
        let mean = year.iter().sum::<f64>() / 12.0;
        year.map(|n| if mean > 0.0 { n / mean - 1.0 } else { 0.0 })
    });
    let [before, last] = shapes;
    let product: f64 = before.iter().zip(&last).map(|(a, b)| a * b).sum();
    let size = |shape: &[f64; 12]| shape.iter().map(|v| v * v).sum::<f64>().sqrt();
    let both = size(&before) * size(&last);
    if both <= 0.0 || product / both < SEASON_CORRELATION {
        return None;
    }
    let mean = before.iter().zip(&last).map(|(a, b)| f64::midpoint(*a, *b));
    let (place, above) = mean.enumerate().max_by(|a, b| a.1.total_cmp(&b.1))?;
    let above_bp = (above * 10_000.0).round() as i64;
    let month = u8::try_from((start.rem_euclid(12) as usize + place) % 12 + 1).unwrap_or(1);
    (above_bp > most_bp).then_some(Misfit::Seasonal { month, above_bp })
}
