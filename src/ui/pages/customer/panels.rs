//! The seven panels (SPEC R8): what the data tell of one customer, opened on demand.

use crate::ui::prelude::*;

use crate::engine::api::{CustomerView, Dormancy, Metrics, Panels, Query};
use crate::locale::{Locale, fill, plural};
use crate::domain::{Currency, Kind};
use crate::ui::app::{ALL_TOPICS, use_app, use_currency};
use crate::ui::format::Format;
use crate::ui::query::use_query_if;

/// Purchases below which a panel is a first impression.
const FEW: u32 = 4;
/// Missing fields that are named.
const NAMED: usize = 4;

#[component]
pub(super) fn SevenPanels(customer: Memo<CustomerView>) -> impl IntoView {
    let app = use_app();
    let currency = use_currency();
    let open = RwSignal::new(false);
    let id = customer.with_untracked(|c| c.id);
    let state = use_query_if::<Option<Box<Panels>>>(
        move || open.get().then(|| Query::Panels { id, as_of: app.as_of.get() }),
        ALL_TOPICS,
    );
    let body = move || {
        let panels = state.with(|s| s.data.clone().flatten())?;
        let metrics = customer.with(|c| c.metrics.clone());
        Some(grid(app.locale.get(), currency.get(), &panels, &metrics))
    };
    view! {
        <details class="card panels" on:toggle=move |e| open.set(event_target::<web_sys::Element>(&e).has_attribute("open"))>
            <summary>
                <h2>{move || app.t().person.panels}</h2>
                <span class="quiet-text">{move || app.t().person.panels_hint}</span>
            </summary>
            {dynamic(body)}
        </details>
    }
}

/// Name and value; a value that is not known is left out.
type Pair = (&'static str, Option<String>);

fn panel(title: &'static str, pairs: Vec<Pair>) -> AnyView {
    let pair = |(name, value): Pair| value.map(|value| view! { <div><dt>{name}</dt><dd>{value}</dd></div> });
    let pairs = pairs.into_iter().filter_map(pair).collect_view();
    view! { <section><h3>{title}</h3><dl class="pairs">{pairs}</dl></section> }.into_any()
}

/// A share of `whole`; `None` where there is nothing to take a share of.
fn share(locale: Locale, part: i64, whole: i64) -> Option<String> {
    (whole > 0).then(|| locale.percent(part as f64 / whole as f64, 0))
}

/// The stage that the purchases suggest, where nobody entered one.
fn stage(metrics: &Metrics, p: &Panels) -> &'static str {
    match metrics.dormancy {
        None => "prospect",
        Some(Dormancy::Asleep) => "ended",
        Some(Dormancy::HalfAsleep) => "declining",
        Some(_) if p.purchases < FEW => "new",
        Some(_) if p.year_minor > p.before_minor => "growing",
        Some(_) => "mature",
    }
}

fn grid(locale: Locale, currency: Currency, p: &Panels, m: &Metrics) -> AnyView {
    let t = &locale.t().person;
    let words = locale.t();
    let money = |minor: i64| locale.money_round(minor, currency);
    let n_of = |n: u32, total: u32| fill(t.p_of, &[("n", &locale.int(n)), ("total", &locale.int(total))]);
    let spent = |minor: i64, n: u32| plural(t.p_money_times, u64::from(n), &[("money", &money(minor)), ("n", &locale.int(n))]);
    let thin = (p.purchases < FEW).then(|| {
        let words = plural(t.panels_thin, u64::from(p.purchases), &[("n", &locale.int(p.purchases))]);
        view! { <p class="stamps">{words}</p> }
    });
    let missing: Vec<&str> = p.missing.iter().take(NAMED).map(|name| locale.label(Kind::Customer, name)).collect();
    let choice = |stage: &str| locale.choice(Kind::Customer, "stage", stage);
    let stage = if p.stage.is_empty() { fill(t.p_stage_by_data, &[("stage", &choice(stage(m, p)))]) } else { choice(&p.stage) };
    let known = p.first.map(|_| plural(words.common.n_days, u64::try_from(p.days).unwrap_or(0), &[("n", &locale.int(p.days))]));
    let rhythm = m.median_interval_days.map(f64::round);
    let rhythm = rhythm.map(|d| plural(words.customer.rhythm_value, d as u64, &[("n", &locale.decimal(d, 0))]));
    let average = (p.year_purchases > 0).then(|| money(p.year_minor / i64::from(p.year_purchases)));
    let brought = || format!("{} · {}", locale.int(p.brought), money(p.brought_minor));
    let products = p.top_products.iter().map(|(name, sum)| format!("{name} {}", money(*sum))).collect::<Vec<_>>();
    let channel = p.channel.as_ref().map(|(name, n)| format!("{name} ({})", n_of(*n, p.purchases)));
    let gross = m.revenue_minor.saturating_add(m.refunded_minor.saturating_abs());
    let panels = [
        panel(t.profiling, vec![
            (t.p_known, Some(n_of(p.known, p.askable))),
            (t.p_missing, (!missing.is_empty()).then(|| missing.join(locale.comma()))),
            (t.p_factors, Some(n_of(p.factors, 4))),
            (t.p_stage, Some(stage)),
        ]),
        panel(t.persistency, vec![
            (t.p_since, known),
            (t.p_days_bought, Some(locale.int(p.purchase_days))),
            (words.customer.rhythm, rhythm),
            (words.common.loyalty, m.loyalty.map(|l| locale.percent(l, 0))),
            (words.common.dormancy, m.dormancy.map(|d| locale.dormancy(d).to_owned())),
        ]),
        panel(t.performance, vec![
            (t.p_year, Some(spent(p.year_minor, p.year_purchases))),
            (t.p_before, Some(spent(p.before_minor, p.before_purchases))),
            (t.p_average, average),
        ]),
        panel(t.profitability, vec![
            (words.common.profit, Some(money(m.profit_minor))),
            (t.p_margin, share(locale, m.profit_minor, m.revenue_minor)),
            (t.p_refunded, share(locale, m.refunded_minor.saturating_abs(), gross)),
            (t.p_assumed, (m.assumed_bp > 0).then(|| locale.percent_bp(m.assumed_bp / 100 * 100))),
        ]),
        panel(t.prospecting, vec![
            (t.p_brought, Some(brought())),
            (t.p_quotes, Some(locale.int(p.open_quotes))),
            (t.p_contacts, Some(locale.int(p.contacts_90_days))),
        ]),
        panel(t.product, vec![
            (t.p_products, Some(locale.int(p.products))),
            (words.common.products, (!products.is_empty()).then(|| products.join(locale.comma()))),
        ]),
        panel(t.promotion, vec![
            (t.p_discounted, share(locale, i64::from(p.discounted), i64::from(p.purchases))),
            (t.p_channel, channel),
            (t.p_consents, Some(fill(t.p_ways, &[("n", &locale.int(p.consents))]))),
        ]),
    ];
    view! { {thin} <div class="panel-grid">{panels}</div> }.into_any()
}
