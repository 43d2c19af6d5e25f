//! The published figures of CDNOW's 2,357 customers. `tests/reference/cdnow.csv` counts them by repeats, age at the last
//! purchase and age (days), and mean repeat amount; derived from the sample that Fader and Hardie publish with their papers.

use super::*;

const CUSTOMERS: &str = include_str!("../../../tests/reference/cdnow.csv");

pub(super) fn customers() -> Vec<(Purchases, Spend)> {
    let mut all = Vec::new();
    for line in CUSTOMERS.lines().skip(1) {
        let cells: Vec<u32> = line.split(',').map(|cell| cell.parse().unwrap()).collect();
        let purchases = Purchases { repeats: cells[0], last_days: cells[1], age_days: cells[2] };
        let spend = Spend { purchases: cells[0], mean: f64::from(cells[3]) / 100.0 };
        all.extend(std::iter::repeat_n((purchases, spend), cells[4] as usize));
    }
    all
}

fn fit() -> BgNbdFit {
    BgNbd::fit(customers().into_iter().map(|(p, _)| p)).unwrap()
}

fn close(got: f64, want: f64, within: f64) {
    assert!((got - want).abs() <= within, "{got} ≠ {want}");
}

/// Fader, Hardie & Lee (2005), table 2.
#[test]
fn table_2_bg_nbd() {
    let fit = fit();
    assert_eq!((fit.customers, fit.convergence), (2_357, Convergence::Converged));
    let BgNbd { r, alpha, a, b } = fit.model;
    close(r, 0.243, 5e-4);
    close(alpha, 4.414, 5e-4);
    close(a, 0.793, 5e-4);
    close(b, 2.426, 5e-4);
    close(fit.log_likelihood, -9_582.4, 0.05);
    // As the Python package lifetimes prints them.
    let errors = fit.standard_errors.unwrap();
    for (got, want) in errors.into_iter().zip([0.01, 0.38, 0.19, 0.71]) {
        close(got, want, 0.005);
    }
}

/// The worked examples of Fader, Hardie & Lee's note on BG/NBD in a spreadsheet.
#[test]
fn expectations_as_published() {
    let model = fit().model;
    for (weeks, want) in [(1.0, 0.0532), (3.0, 0.1506), (78.0, 1.8576)] {
        close(model.purchases_of_anyone(weeks), want, 5e-4);
    }
    let of = Purchases { repeats: 2, last_days: 213, age_days: 272 };
    close(model.expected_purchases(&of, 39.0), 1.226, 5e-4);
    // By hand: 1 ÷ (1 + .793 ÷ 3.426 · (43.271 ÷ 34.843)^2.243) = .7266.
    close(model.p_alive(&of), 0.7266, 5e-4);
}

/// Fader & Hardie (2013), on the 946 customers who came back; the paper prints 6.25, 3.74, 15.44.
#[test]
fn gamma_gamma_of_the_repeaters() {
    let fit = GammaGamma::fit(customers().into_iter().map(|(_, s)| s)).unwrap();
    assert_eq!((fit.customers, fit.convergence), (946, Convergence::Converged));
    let GammaGamma { p, q, v } = fit.model;
    close(p, 6.249, 1e-3);
    close(q, 3.745, 1e-3);
    close(v, 15.448, 2e-3);
    close(fit.log_likelihood, -4_055.92, 0.01);
    // Nothing bought again: p·v ÷ (q − 1).
    close(fit.model.expected_spend(&Spend { purchases: 0, mean: 0.0 }), p * v / (q - 1.0), 1e-9);
}

/// As plain Python gives it for the 946: `statistics.correlation` over the same file, .113884; without the one customer whose
/// purchases were of $299.63 on average .056953.
#[test]
fn amounts_hardly_go_with_how_often_customers_buy() {
    let found = Related::of(customers().into_iter().map(|(_, s)| s)).unwrap();
    assert_eq!(found.customers, 946);
    close(found.r, 0.113_883_910_486_005, 1e-12);
    assert!(!found.is_strong() && !found.may_be_chance(), "{found:?}");
    let usual = customers().into_iter().map(|(_, s)| s).filter(|s| s.mean < 250.0);
    close(Related::of(usual).unwrap().r, 0.056_953_339_849_575, 1e-12);
}

#[test]
fn the_unit_of_money_does_not_matter() {
    let fit = |unit: f64| {
        let spends = customers().into_iter().map(|(_, s)| Spend { mean: s.mean * unit, ..s });
        GammaGamma::fit(spends).unwrap().model
    };
    let (dollars, cents) = (fit(1.0), fit(100.0));
    close(cents.p / dollars.p, 1.0, 1e-6);
    close(cents.q / dollars.q, 1.0, 1e-6);
    close(cents.v / dollars.v, 100.0, 1e-4);
}
