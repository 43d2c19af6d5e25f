//! What the calculator of keeping reckons with (SPEC V9).

use crate::domain::{Settings, minor_of_e4};
use crate::engine::api::{Keeping, YearView};

/// Wished where nothing was typed: so much more than now, in basis points.
const LIFT_BP: i64 = 500;

/// Typed, or else what the orders say. `None`: they say nothing of how many stay, or rest on too few customers, and nothing is typed.
#[must_use]
pub fn inputs(settings: &Settings, year: &YearView) -> Option<Keeping> {
    let minor = |e4: i64| minor_of_e4(e4, settings.currency) as f64;
    let keeping = &settings.keeping;
    let seen = year.kept_share().map(|share| (share * 10_000.0).round() as i64);
    let now_bp = keeping.kept_now_bp.or(seen)?;
    let then_bp = keeping.kept_then_bp.unwrap_or_else(|| now_bp.saturating_add(LIFT_BP).min(10_000));
    let share = |bp: i64| bp as f64 / 10_000.0;
    let each = year.profit_minor as f64 / year.there_now.max(1) as f64;
    Some(Keeping {
        customers: keeping.customers.map_or(year.there_now as f64, f64::from),
        profit_minor: keeping.profit_e4.map_or(each, minor),
        kept_now: share(now_bp),
        kept_then: share(then_bp),
        years: keeping.years,
        brought: f64::from(keeping.brought_per_100) / 100.0,
        win_minor: keeping.win_e4.map(minor),
        ratio: share(keeping.ratio_bp),
        monthly_discount: share(settings.worth.monthly_discount_bp),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Day;

    #[test]
    fn one_of_two_is_no_share_to_reckon_with() {
        let mut settings = Settings::default();
        let year =
            |there_then, still| YearView { then: Day(0), there_then, still, there_now: 200, profit_minor: 10_000 };
        for (few, still) in [(0, 0), (1, 1), (2, 1), (9, 9)] {
            assert_eq!(inputs(&settings, &year(few, still)), None, "{few}");
        }
        let seen = inputs(&settings, &year(10, 6)).unwrap();
        assert_eq!((seen.kept_now, seen.kept_then, seen.profit_minor, seen.customers), (0.6, 0.65, 50.0, 200.0));
        // What is typed counts, on however few.
        settings.keeping.kept_now_bp = Some(9_800);
        let typed = inputs(&settings, &year(2, 1)).unwrap();
        assert_eq!((typed.kept_now, typed.kept_then), (0.98, 1.0));
        settings.keeping.kept_then_bp = Some(9_900);
        assert_eq!(inputs(&settings, &year(0, 0)).unwrap().kept_then, 0.99);
    }

    #[test]
    fn keeping_who_brings_a_loss_brings_a_loss() {
        let year = YearView { then: Day(0), there_then: 20, still: 12, there_now: 10, profit_minor: -100_000 };
        let seen = inputs(&Settings::default(), &year).unwrap();
        assert_eq!(seen.profit_minor, -10_000.0);
        let kept = seen.reckon();
        assert!(kept.more > 0.0 && kept.net_minor < 0.0, "{kept:?}");
    }
}
