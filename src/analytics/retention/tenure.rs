//! How long members and contracts will stay: the shifted-beta-geometric curve of one cohort, how well it fits, and what it
//! says of those who are still there (SPEC V3; Fader & Hardie 2007).

use serde::{Deserialize, Serialize};

use crate::analytics::{NoCurve, RetentionFit, ShiftedBetaGeometric};

/// Renewals ahead that “in the long run” looks at.
const FAR: u32 = 60;

/// The curve of one cohort.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tenure {
    pub fit: RetentionFit,
    /// Share still there at the start and after each renewal, as fitted: as far as seen and `ahead` further.
    pub fitted: Vec<f64>,
    /// Mean distance between fitted and seen shares.
    pub mean_off: f64,
    /// The last share as it comes out without having seen it; `None` where too few are left without it.
    pub last_foretold: Option<f64>,
    /// Renewals to come of one who is still there, over the `ahead` next ones.
    pub next_renewals: f64,
    /// Standard error of it, because the parameters are estimates; `None` where it is not known.
    pub next_error: Option<f64>,
    /// After how many more renewals half of those still there will have left; `None`: not within sixty.
    pub half_left_after: Option<u32>,
}

/// Fits the survivors of one cohort: how many were there at the start and after each renewal.
///
/// # Errors
/// Why no curve can be fitted.
pub fn tenure(survivors: &[f64], ahead: u32) -> Result<Tenure, NoCurve> {
    let fit = ShiftedBetaGeometric::fit(survivors)?;
    let model = fit.model;
    let start = survivors.first().copied().unwrap_or(1.0);
    let seen = u32::try_from(survivors.len().saturating_sub(1)).unwrap_or(u32::MAX);
    let curve = curve(&model, seen.saturating_add(ahead.max(1)));
    let off = |(fitted, seen): (&f64, &f64)| (fitted - seen / start).abs();
    let mean_off = curve.iter().zip(survivors).skip(1).map(off).sum::<f64>() / f64::from(seen.max(1));
    let before = survivors.split_last().map(|(_, before)| before).unwrap_or_default();
    let foretold = ShiftedBetaGeometric::fit(before).ok();
    let mut there = 1.0;
    let half_left_after = (1..=FAR).find(|k| {
        there *= model.retention(seen.saturating_add(*k));
        there <= 0.5
    });
    // S(seen + k) ÷ S(seen), added up.
    let next = |model: &ShiftedBetaGeometric| {
        let kept = (1..=ahead).map(|t| model.retention(seen.saturating_add(t)));
        let still = kept.scan(1.0, |there, kept| {
            *there *= kept;
            Some(*there)
        });
        still.sum::<f64>()
    };
    Ok(Tenure {
        fit,
        mean_off,
        last_foretold: foretold.map(|fit| fit.model.survival(seen)),
        next_renewals: next(&model),
        next_error: fit.error_of(next),
        half_left_after,
        fitted: curve,
    })
}

fn curve(model: &ShiftedBetaGeometric, renewals: u32) -> Vec<f64> {
    let mut there = 1.0;
    let step = |t: u32| {
        there *= model.retention(t);
        there
    };
    std::iter::once(1.0).chain((1..=renewals).map(step)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The “high end” cohort of the paper, table 1: α .668, β 3.806.
    #[test]
    fn high_end() {
        let survivors = [1000.0, 869.0, 743.0, 653.0, 593.0, 551.0, 517.0, 491.0];
        let tenure = tenure(&survivors, 5).unwrap();
        assert!((tenure.fit.model.alpha - 0.668).abs() < 5e-4 && (tenure.fit.model.beta - 3.806).abs() < 5e-4);
        assert_eq!(tenure.fitted.len(), 13);
        // By hand from equation 7: 3.806 ÷ 4.474 = .8507.
        assert!((tenure.fitted[1] - 0.8507).abs() < 1e-3, "{}", tenure.fitted[1]);
        assert!((tenure.fitted[7] - tenure.fit.model.survival(7)).abs() < 1e-12);
        assert!(tenure.mean_off < 0.015, "{}", tenure.mean_off);
        assert!((tenure.last_foretold.unwrap() - 0.491).abs() < 0.02);
        // (β + 7) ÷ (α + β + 7) = 10.806 ÷ 11.474 = .9418, then 11.806 ÷ 12.474 …
        let by_hand = 0.9418 + 0.9418 * 0.9464 + 0.9418 * 0.9464 * 0.9504;
        let three = super::tenure(&survivors, 3).unwrap().next_renewals;
        assert!((three - by_hand).abs() < 2e-3, "{three} {by_hand}");
        // Errors grow with how far one looks ahead.
        let errors = [1, 5, 20].map(|ahead| super::tenure(&survivors, ahead).unwrap().next_error.unwrap());
        assert!(errors[0] > 0.0 && errors[0] < 0.05 && errors.is_sorted() && errors[2] < 2.0, "{errors:?}");
        // The later, the more loyal: half of them stay longer than half of the beginners did.
        assert!(tenure.half_left_after.unwrap() > 7, "{:?}", tenure.half_left_after);
    }

    #[test]
    fn says_why_there_is_none() {
        assert_eq!(tenure(&[], 12), Err(NoCurve::TooShort));
        assert_eq!(tenure(&[50.0, 50.0, 50.0], 12), Err(NoCurve::NoSpread));
        // Three points fit, two of them do not.
        assert_eq!(tenure(&[100.0, 60.0, 45.0], 12).unwrap().last_foretold, None);
    }
}
