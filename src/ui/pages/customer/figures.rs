//! The strip of five figures, with the trend of the last year.

use crate::ui::prelude::*;

use crate::engine::api::{CustomerView, Filter};
use crate::locale::{fill, plural};
use crate::ui::app::{use_app, use_currency};
use crate::ui::components::Stat;
use crate::ui::format::Format;
use crate::ui::model::spark;
use crate::ui::route::Route;

#[component]
pub(super) fn Figures(customer: Memo<CustomerView>) -> impl IntoView {
    let app = use_app();
    let currency = use_currency();
    let metrics = Memo::new(move |_| customer.with(|c| c.metrics.clone()));
    let name = move |pick: fn(&'static crate::locale::Texts) -> &'static str| Signal::derive(move || pick(app.t()).to_owned());
    let dash = || "–".to_owned();
    let worth = Signal::derive(move || app.locale.get().money_round(metrics.get().profit_minor, currency.get()));
    let worth_note = Signal::derive(move || {
        let (locale, m) = (app.locale.get(), metrics.get());
        let money = locale.money_round(m.revenue_minor, currency.get());
        let note = fill(locale.t().customer.worth_note, &[("money", &money)]);
        if m.assumed_bp == 0 {
            return note;
        }
        let assumed = fill(locale.t().customer.worth_assumed, &[("percent", &locale.percent_bp(m.assumed_bp / 100 * 100))]);
        format!("{note}{}{assumed}", locale.comma())
    });
    let rhythm = Signal::derive(move || {
        let locale = app.locale.get();
        let days = metrics.get().median_interval_days.map(f64::round);
        days.map_or_else(dash, |d| plural(locale.t().customer.rhythm_value, d as u64, &[("n", &locale.decimal(d, 0))]))
    });
    let rhythm_note = Signal::derive(move || {
        if metrics.get().thin { app.t().customer.rhythm_thin.to_owned() } else { String::new() }
    });
    let since = Signal::derive(move || {
        let locale = app.locale.get();
        let days = metrics.get().days_since_last_purchase;
        days.map_or_else(dash, |d| {
            plural(locale.t().common.n_days, u64::try_from(d).unwrap_or(0), &[("n", &locale.int(d))])
        })
    });
    let since_note = Signal::derive(move || {
        metrics.get().dormancy.map(|d| app.locale.get().dormancy(d).to_owned()).unwrap_or_default()
    });
    let loyalty = Signal::derive(move || metrics.get().loyalty.map_or_else(dash, |l| app.locale.get().percent(l, 0)));
    let count = Signal::derive(move || app.locale.get().int(metrics.get().purchases));
    let count_note = Signal::derive(move || {
        let (locale, m) = (app.locale.get(), metrics.get());
        let refunds = (m.refunds > 0)
            .then(|| plural(locale.t().customer.refunds_note, u64::from(m.refunds), &[("n", &locale.int(m.refunds))]));
        let rfm = m.rfm.map(|s| format!("RFM {}", s.map(|n| n.to_string()).join("-")));
        [rfm, refunds].into_iter().flatten().collect::<Vec<_>>().join(locale.comma())
    });
    let group_href = Signal::derive(move || {
        let kotler = metrics.get().kotler;
        Route::customers(Filter { kotler, ..Filter::default() }).href()
    });
    view! {
        <div class="stats">
            <Stat label=name(|t| t.customer.worth) value=worth note=worth_note>
                <Trend customer />
            </Stat>
            <Stat label=name(|t| t.customer.frequency) value=count note=count_note />
            <Stat label=name(|t| t.customer.rhythm) value=rhythm note=rhythm_note />
            <Stat label=name(|t| t.customer.since) value=since note=since_note />
            <Stat
                label=name(|t| t.common.loyalty)
                value=loyalty
                note=name(|t| t.customer.loyalty_note)
                href=group_href
            />
        </div>
    }
}

/// Twelve small bars: the revenue of the last twelve months.
#[component]
fn Trend(customer: Memo<CustomerView>) -> impl IntoView {
    let app = use_app();
    let path = Memo::new(move |_| customer.with(|c| spark::bars(&c.monthly_minor, 120.0, 24.0)));
    view! {
        <svg class="trend" viewBox="0 0 120 24" width="120" height="24" role="img" aria-label=move || app.t().customer.trend>
            <title>{move || app.t().customer.trend}</title>
            <path d=move || path.get() />
        </svg>
    }
}
