//! Satisfaction: experience − expectation, the recommendation score and top-two satisfaction, each with its interval
//! (SPEC S1 S2). All figures come from one [`VoiceTally`], filled in one pass.

mod intervals;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use intervals::{Estimate, Nps, mean_estimate, nps, share_estimate};

/// How a customer stands, by experience − expectation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mood {
    /// Below expectation.
    Unhappy,
    /// As expected.
    Satisfied,
    /// Above expectation.
    Delighted,
    /// Never gave both scores.
    #[default]
    NoAnswer,
}

impl Mood {
    pub const ALL: [Self; 4] = [Self::Unhappy, Self::Satisfied, Self::Delighted, Self::NoAnswer];

    /// Three states of the gap between what was met and what was hoped for: the disconfirmation of Oliver, *A Cognitive
    /// Model of the Antecedents and Consequences of Satisfaction Decisions* (Journal of Marketing Research 17, 1980).
    #[must_use]
    pub fn of_gap(gap: i8) -> Self {
        match gap {
            ..0 => Self::Unhappy,
            0 => Self::Satisfied,
            1.. => Self::Delighted,
        }
    }
}

/// The classes of the recommendation question: Reichheld, *The One Number You Need to Grow* (Harvard Business Review
/// 81 (12), 2003): 0–6, 7–8, 9–10.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NpsClass {
    Promoter,
    Passive,
    Detractor,
}

impl NpsClass {
    #[must_use]
    pub fn of(score: u8) -> Self {
        match score {
            0..=6 => Self::Detractor,
            7..=8 => Self::Passive,
            9.. => Self::Promoter,
        }
    }
}

/// The scores of one answer; `None` where the question was not answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scores {
    /// 0–10.
    pub expectation: Option<u8>,
    /// 0–10.
    pub experience: Option<u8>,
    /// 0–10.
    pub nps: Option<u8>,
    /// 1–5.
    pub csat: Option<u8>,
}

impl Scores {
    /// Experience − expectation, −10 to 10.
    #[must_use]
    pub fn gap(self) -> Option<i8> {
        let gap = i16::from(self.experience?) - i16::from(self.expectation?);
        i8::try_from(gap.clamp(-MAX_GAP, MAX_GAP)).ok()
    }

    #[must_use]
    pub fn nps_class(self) -> Option<NpsClass> {
        self.nps.map(NpsClass::of)
    }
}

const MAX_GAP: i16 = 10;
/// From −10 to 10.
pub const GAPS: usize = 21;
/// A month of the trend, days.
const MONTH_DAYS: f64 = 30.0;

/// The weight of an answer that is `age_days` old: one half after each half-life (exponential smoothing in continuous
/// time). What lies in the future weighs as much as today.
#[must_use]
pub fn recency_weight(age_days: i64, half_life_days: i64) -> f64 {
    // Beyond this an answer weighs nothing beside a newer one, and alone it must not vanish.
    const MOST_HALVINGS: f64 = 400.0;
    (-(age_days.max(0) as f64 / half_life_days.max(1) as f64).min(MOST_HALVINGS)).exp2()
}

/// Counts and sums of many answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct VoiceTally {
    /// Answers, whatever they hold.
    pub answers: u64,
    /// `gaps[g + 10]`.
    pub gaps: [u64; GAPS],
    /// Promoters, passives, detractors.
    pub nps: [u64; 3],
    /// `csat[s - 1]`.
    pub csat: [u64; 5],
    /// Of gaps: Σw, Σw², Σwx, Σwx².
    weighted: [f64; 4],
    /// Of gaps against time in months before the as-of day: Σt, Σt², Σtx.
    timed: [f64; 3],
}

impl VoiceTally {
    pub fn add(&mut self, scores: Scores, age_days: i64, half_life_days: i64) {
        self.answers += 1;
        if let Some(gap) = scores.gap() {
            let place = usize::try_from(i16::from(gap) + MAX_GAP).unwrap_or(0);
            if let Some(n) = self.gaps.get_mut(place) {
                *n += 1;
            }
            let (w, x, t) = (recency_weight(age_days, half_life_days), f64::from(gap), -(age_days as f64) / MONTH_DAYS);
            let [sw, sww, swx, swxx] = &mut self.weighted;
            *sw += w;
            *sww += w * w;
            *swx += w * x;
            *swxx += w * x * x;
            let [st, stt, stx] = &mut self.timed;
            *st += t;
            *stt += t * t;
            *stx += t * x;
        }
        if let Some(class) = scores.nps_class()
            && let Some(n) = self.nps.get_mut(class as usize)
        {
            *n += 1;
        }
        if let Some(score) = scores.csat
            && let Some(n) = self.csat.get_mut(usize::from(score).wrapping_sub(1))
        {
            *n += 1;
        }
    }

    /// Answers with both scores.
    #[must_use]
    pub fn with_gap(&self) -> u64 {
        self.gaps.iter().sum()
    }

    /// Answers below, at and above expectation.
    #[must_use]
    pub fn moods(&self) -> [u64; 3] {
        let part = |range: std::ops::Range<usize>| self.gaps.get(range).unwrap_or_default().iter().sum();
        [part(0..10), part(10..11), part(11..GAPS)]
    }

    /// n, Σx and Σx² of the gaps.
    fn gap_sums(&self) -> (u64, f64, f64) {
        let sum = |power: i32| {
            let terms = (-10i32..).zip(&self.gaps).map(|(gap, &n)| f64::from(gap).powi(power) * n as f64);
            terms.sum::<f64>()
        };
        (self.with_gap(), sum(1), sum(2))
    }

    /// The plain mean of experience − expectation.
    #[must_use]
    pub fn gap(&self) -> Option<Estimate> {
        let (n, sum, squares) = self.gap_sums();
        mean_estimate(n, n as f64, sum, squares, n as f64, (-10.0, 10.0))
    }

    /// The mean of experience − expectation in which newer answers count more. Its interval uses the effective number
    /// of answers (Σw)² ÷ Σw² (Kish, *Survey Sampling*, 1965, section 11.7).
    #[must_use]
    pub fn weighted_gap(&self) -> Option<Estimate> {
        let [sw, sww, swx, swxx] = self.weighted;
        if sww <= 0.0 {
            return None;
        }
        mean_estimate(self.with_gap(), sw, swx, swxx, sw * sw / sww, (-10.0, 10.0))
    }

    /// By how much the gap changes in thirty days: the slope of the least-squares line. `None` below three answers
    /// or when all are of one day.
    #[must_use]
    pub fn trend(&self) -> Option<Estimate> {
        let (n, sum, squares) = self.gap_sums();
        intervals::slope_estimate(n, self.timed, sum, squares)
    }

    #[must_use]
    pub fn nps(&self) -> Option<Nps> {
        let [promoters, passives, detractors] = self.nps;
        nps(promoters, passives, detractors)
    }

    /// Share of 4 and 5 among 1–5.
    #[must_use]
    pub fn csat_top2(&self) -> Option<Estimate> {
        let [_, _, _, four, five] = self.csat;
        share_estimate(four + five, self.csat.iter().sum())
    }

    /// The mean of 1–5.
    #[must_use]
    pub fn csat_mean(&self) -> Option<Estimate> {
        let sum = |power: i32| (1i32..).zip(&self.csat).map(|(s, &n)| f64::from(s).powi(power) * n as f64).sum::<f64>();
        let n = self.csat.iter().sum::<u64>();
        mean_estimate(n, n as f64, sum(1), sum(2), n as f64, (1.0, 5.0))
    }
}
