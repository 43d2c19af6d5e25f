//! Projected loyalty: how likely a customer is to go on buying, as a score from 0 to 1.

use crate::domain::{LoyaltyModel, LoyaltySettings};

use super::median;
use super::{BgNbd, Purchases};

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

/// How far ahead a modelled loyalty looks.
const AHEAD_DAYS: u32 = 365;

/// Projected loyalty 0–1 by a forecast that was chosen for it: the chance of being there and buying again within a year
/// ([`BgNbd::returns_within`]). Pure P(alive) would call everyone loyal who bought once, because the model lets nobody leave before the
/// second purchase.
#[must_use]
pub fn modelled_loyalty(model: &LoyaltyModel, of: &Purchases) -> f64 {
    let [r, alpha, a, b] = model.parameters_e9().map(|e9| e9.max(1) as f64 / 1e9);
    BgNbd { r, alpha, a, b }.returns_within(of, AHEAD_DAYS)
}

/// Projected loyalty 0–1 of a customer with a purchase, where no forecast was chosen ([`modelled_loyalty`]).
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

    const MODEL: LoyaltyModel = LoyaltyModel {
        r_e9: 243_000_000,
        alpha_e9: 4_414_000_000,
        a_e9: 793_000_000,
        b_e9: 2_426_000_000,
        fitted: crate::domain::Day(0),
        customers: 2_357,
        off_bp: None,
    };

    proptest! {
        #[test]
        fn modelled_loyalty_is_a_chance_that_falls_with_silence(
            repeats in 0u32..200,
            last_days in 0u32..4_000,
            silence in 0u32..4_000,
            more in 0u32..2_000,
            e9 in prop::array::uniform4(prop_oneof![Just(i64::MIN), Just(i64::MAX), 1i64..100_000_000_000]),
        ) {
            let of = |silence| {
                let last_days = if repeats == 0 { 0 } else { last_days };
                Purchases { repeats, last_days, age_days: last_days + silence }
            };
            let [r_e9, alpha_e9, a_e9, b_e9] = e9;
            for model in [MODEL, LoyaltyModel { r_e9, alpha_e9, a_e9, b_e9, ..MODEL }] {
                let [now, later] = [of(silence), of(silence + more)].map(|p| modelled_loyalty(&model, &p));
                prop_assert!((0.0..=1.0).contains(&now) && (0.0..=1.0).contains(&later), "{now} {later}");
                prop_assert!(later <= now + 1e-12, "{now} then {later}");
            }
        }
    }

    /// By hand with the parameters of CDNOW: the customer of the paper's example (x = 2, t_x = 30.43, T = 38.86 weeks) is alive with
    /// 0.726; 1 − ((4.414 + 38.86) ÷ (4.414 + 38.86 + 52.143))^2.243 = 0.830.
    #[test]
    fn modelled_loyalty_worked_by_hand() {
        let of = Purchases { repeats: 2, last_days: 213, age_days: 272 };
        let loyalty = modelled_loyalty(&MODEL, &of);
        assert!((loyalty - 0.726 * 0.830).abs() < 2e-3, "{loyalty}");
        // Bought once, just now and two years ago: both count as alive.
        let once = |age_days| modelled_loyalty(&MODEL, &Purchases { repeats: 0, last_days: 0, age_days });
        assert!(once(0) > 0.4 && once(730) < 0.1, "{} {}", once(0), once(730));
    }

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
                ..LoyaltySettings::default()
            };
            let s = projected_loyalty(&history(since, days, interval), &TYPICAL, &settings);
            prop_assert!((0.0..=1.0).contains(&s), "{s}");
        }
    }
}
