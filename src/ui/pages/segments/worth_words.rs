//! The outlook in words: why there is none, how it comes about.

use crate::domain::Day;
use crate::engine::api::{BgNbdFit, Convergence, Misfit, WorthView};
use crate::locale::{Locale, fill, plural};
use crate::ui::charts::How;
use crate::ui::format::Format;
use crate::ui::model::number::decimals;
use crate::ui::route::SettingGroup;

fn percent(locale: Locale, bp: i64) -> String {
    locale.percent(bp as f64 / 10_000.0, 0)
}

/// “12 months”.
pub fn months(locale: Locale, n: u32) -> String {
    plural(locale.t().worth.n_months, u64::from(n), &[("n", &locale.int(n))])
}

/// Why the model is not used.
pub fn why(locale: Locale, misfit: &Misfit) -> String {
    let t = &locale.t().worth;
    let counts = |text, n: u64, least: u64| plural(text, n, &[("n", &locale.int(n)), ("least", &locale.int(least))]);
    match *misfit {
        Misfit::TooFewCustomers { n, least } => counts(t.why_customers, n, least),
        Misfit::TooFewRepeaters { n, least } => counts(t.why_repeaters, n, least),
        Misfit::TooShort { weeks, least } => counts(t.why_weeks, weeks, least),
        Misfit::NothingCharged => t.why_free.to_owned(),
        Misfit::Alike { kinds, least } => counts(t.why_alike, kinds, least),
        Misfit::Regular { spread_bp, .. } => fill(t.why_regular, &[("value", &percent(locale, spread_bp))]),
        Misfit::Seasonal { month, above_bp } => {
            let day = Day::from_ymd(2000, u32::from(month), 1).unwrap_or(Day(0));
            fill(t.why_seasonal, &[("month", &locale.month_name(day)), ("value", &percent(locale, above_bp))])
        }
        Misfit::NotConverged => t.why_fit.to_owned(),
        Misfit::HoldOut { off_bp, most_bp } => {
            let values = [("value", percent(locale, off_bp.saturating_abs())), ("limit", percent(locale, most_bp))];
            fill(t.why_off, &values.each_ref().map(|(name, value)| (*name, value.as_str())))
        }
    }
}

/// Parameters, each as exact as its error: “0.243 ± 0.013, 4.41 ± 0.38”; without one by two digits.
pub fn parameters<const N: usize>(locale: Locale, values: [f64; N], errors: Option<[f64; N]>) -> String {
    let one = |i: usize, value: &f64| match errors.and_then(|e| e.get(i).copied()) {
        Some(error) => [*value, error].map(|n| locale.decimal(n, decimals(error))).join(" ± "),
        None => locale.decimal(*value, decimals(*value)),
    };
    values.iter().enumerate().map(|(i, v)| one(i, v)).collect::<Vec<_>>().join(locale.comma())
}

fn of_purchases(locale: Locale, fit: &BgNbdFit) -> Vec<(String, String)> {
    let t = &locale.t().worth;
    let [r, alpha, a, b] = [fit.model.r, fit.model.alpha, fit.model.a, fit.model.b];
    let errors = fit.standard_errors;
    let leave = if fit.convergence == Convergence::AtEdge {
        // How large they are says nothing there.
        t.how_edge.to_owned()
    } else {
        parameters(locale, [a, b], errors.map(|[_, _, a, b]| [a, b]))
    };
    vec![
        (t.how_rate.to_owned(), parameters(locale, [r, alpha], errors.map(|[r, alpha, _, _]| [r, alpha]))),
        (t.how_leave.to_owned(), leave),
    ]
}

/// The rule, the parameters with their standard errors, n.
pub fn how(locale: Locale, view: &WorthView) -> How {
    let t = &locale.t().worth;
    let mut facts: Vec<(String, String)> = view.fit.iter().flat_map(|fit| of_purchases(locale, fit)).collect();
    if view.equity.is_some() {
        let amounts = match &view.amounts {
            Some(fit) => parameters(locale, [fit.model.p, fit.model.q, fit.model.v], fit.standard_errors),
            None => t.how_means.to_owned(),
        };
        facts.push((t.how_amount.to_owned(), amounts));
    }
    let mape = view.hold_out.as_ref().and_then(|h| h.mape);
    facts.extend(mape.map(|mape| (t.how_mape.to_owned(), locale.percent(mape, 1))));
    let related = view.related.filter(|_| view.equity.is_some()).map(|found| {
        let [r, low, high] = [found.r, found.low, found.high].map(|n| locale.decimal(n, 2));
        let people = locale.int(found.customers);
        fill(t.how_related_value, &[("r", &r), ("low", &low), ("high", &high), ("people", &people)])
    });
    facts.extend(related.map(|words| (t.how_related.to_owned(), words)));
    facts.push((t.how_discount.to_owned(), locale.percent_bp(view.monthly_discount_bp)));
    facts.push((locale.t().segments.how_n.to_owned(), locale.int(view.n)));
    facts.push((locale.t().segments.how_as_of.to_owned(), locale.date(view.as_of)));
    How { rule: t.how.to_owned(), facts, setting: Some(SettingGroup::Worth) }
}
