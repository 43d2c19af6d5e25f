//! Projected loyalty: how likely a customer is to go on buying, as a score from 0 to 1.

use crate::domain::LoyaltySettings;

use super::median;

/// What is known of a customer's purchases.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PurchaseHistory {
    pub days_since_last_purchase: i64,
    /// Different days with a purchase, at least 1.
    pub purchase_days: u32,
    /// `None` below two purchase days.
    pub median_interval_days: Option<f64>,
}

/// What is typical of all customers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Population {
    /// Median of the customers' median intervals.
    pub typical_interval_days: f64,
}

impl Population {
    /// From the ascending median intervals, in half days, of all customers who have one; `fallback_days` when nobody
    /// has.
    #[must_use]
    pub fn new(sorted_half_days: &[i64], fallback_days: i64) -> Self {
        let typical = median(sorted_half_days).map(|half| half / 2.0);
        Self { typical_interval_days: typical.unwrap_or(fallback_days.max(1) as f64) }
    }
}

/// The interval after which the customer's next purchase is expected, in days: the own median interval `m` of
/// `d` purchase days, drawn towards the population's typical interval `M` as the history is short:
///
/// `(w·M + (d − 1)·m) ÷ (w + d − 1)`, never below `min_interval_days`; a one-timer gets `M`.
#[must_use]
pub fn expected_interval_days(history: &PurchaseHistory, population: &Population, settings: &LoyaltySettings) -> f64 {
    let w = settings.prior_weight_bp.max(0) as f64 / 10_000.0;
    let typical = population.typical_interval_days;
    let own = f64::from(history.purchase_days.saturating_sub(1));
    let interval = match history.median_interval_days {
        Some(m) if own + w > 0.0 => (w * typical + own * m) / (w + own),
        _ => typical,
    };
    interval.max(settings.min_interval_days.max(1) as f64)
}

/// Projected loyalty 0–1 of a customer with a purchase. The one place that says what loyalty is: a statistical model
/// (P(alive) of BG/NBD, SPEC V3) takes its place here.
///
/// Recency × frequency. With `x` the days since the last purchase over the expected interval and `d` the purchase days:
///
/// `1 ÷ (1 + (x ÷ a)²)  ×  d ÷ (d + b)`
///
/// The first factor is the survival function of the log-logistic distribution with shape 2: one half after `a`
/// expected intervals of silence (`half_after_intervals_bp`). The second rises with each purchase day, ever more slowly,
/// and stands at one half at `b` of them (`half_at_purchases_bp`). For the same expected interval more recent is never less
/// loyal and more frequent never less. A customer with a quick rhythm who falls silent is given up sooner than
/// one with a slow rhythm. A last purchase in the future counts as today.
#[must_use]
pub fn projected_loyalty(history: &PurchaseHistory, population: &Population, settings: &LoyaltySettings) -> f64 {
    let expected = expected_interval_days(history, population, settings);
    let a = settings.half_after_intervals_bp.max(1) as f64 / 10_000.0;
    let b = settings.half_at_purchases_bp.max(0) as f64 / 10_000.0;
    let x = history.days_since_last_purchase.max(0) as f64 / expected;
    let d = f64::from(history.purchase_days.max(1));
    let silence = x / a;
    (d / (d + b)) / (1.0 + silence * silence)
}

/// Days of a year, for yearly figures (mean Gregorian year).
const YEAR_DAYS: f64 = 365.2425;

/// Potential value: the profit expected in a year at the customer's own rhythm, minor units:
/// profit per purchase day × purchases a year at the expected interval × projected loyalty.
#[must_use]
pub fn potential_minor(profit_minor: i64, purchase_days: u32, expected_interval_days: f64, loyalty: f64) -> i64 {
    let per_purchase = profit_minor as f64 / f64::from(purchase_days.max(1));
    // A cast from a float saturates and takes NaN to 0.
    (per_purchase * (YEAR_DAYS / expected_interval_days.max(1.0)) * loyalty).round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TYPICAL: Population = Population { typical_interval_days: 50.0 };

    fn history(since: i64, days: u32, interval: Option<f64>) -> PurchaseHistory {
        PurchaseHistory { days_since_last_purchase: since, purchase_days: days, median_interval_days: interval }
    }

    #[test]
    fn worked_by_hand() {
        // One-timer bought today: 1 ÷ 2.5 × 1. After 150 = 3 × 50 days: half of that.
        // Four days, own median 20: expected (2·50 + 3·20) ÷ 5 = 32; 96 days of silence = 3 intervals: 4 ÷ 5.5 ÷ 2.
        let cases = [
            (history(0, 1, None), 0.4),
            (history(150, 1, None), 0.2),
            (history(0, 4, Some(20.0)), 4.0 / 5.5),
            (history(96, 4, Some(20.0)), 2.0 / 5.5),
            (history(-9, 1, None), 0.4),
        ];
        for (h, want) in cases {
            let got = projected_loyalty(&h, &TYPICAL, &LoyaltySettings::default());
            assert!((got - want).abs() < 1e-12, "{h:?}: {got} ≠ {want}");
        }
        // 1,000 a purchase day, every 32 days, loyalty one half: 1,000 × 365.2425 ÷ 32 ÷ 2.
        assert_eq!(potential_minor(4_000, 4, 32.0, 0.5), 5_707);
        assert_eq!(potential_minor(-4_000, 4, 32.0, 0.5), -5_707);
        assert_eq!(potential_minor(0, 0, 0.0, 0.0), 0);
    }

    #[test]
    fn the_population_falls_back_where_nobody_returned() {
        assert_eq!(Population::new(&[], 60).typical_interval_days, 60.0);
        assert_eq!(Population::new(&[20, 60, 160], 60).typical_interval_days, 30.0);
    }

    proptest! {
        #[test]
        fn recent_and_frequent_never_lower_it(
            a in -50i64..5000, b in -50i64..5000, n in 1u32..60, more in 0u32..60, interval in 1.0f64..400.0,
        ) {
            let settings = LoyaltySettings::default();
            let score = |since, days, interval| projected_loyalty(&history(since, days, interval), &TYPICAL, &settings);
            let (late, early) = (a.max(b), a.min(b));
            prop_assert!(score(early, n, Some(interval)) >= score(late, n, Some(interval)));
            // At the population's own interval the expected interval is the same for any number of purchases.
            let typical = Some(TYPICAL.typical_interval_days);
            prop_assert!(score(a, n + more, typical) >= score(a, n, typical) - 1e-12);
            let s = score(a, n, Some(interval));
            prop_assert!((0.0..=1.0).contains(&s), "{s}");
        }

        #[test]
        fn any_settings_give_a_number(
            since: i64, days: u32, interval in prop::option::of(0.0f64..1e9), half: i64, at: i64, weight: i64, least: i64,
        ) {
            let settings = LoyaltySettings {
                half_after_intervals_bp: half, half_at_purchases_bp: at, prior_weight_bp: weight, min_interval_days: least,
            };
            let s = projected_loyalty(&history(since, days, interval), &TYPICAL, &settings);
            prop_assert!((0.0..=1.0).contains(&s), "{s}");
        }
    }
}
