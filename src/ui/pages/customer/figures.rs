//! What matters first: worth with its trend, mood, rhythm, what is due; then how often and how loyal.

use crate::ui::prelude::*;

use crate::domain::Kind;
use crate::engine::api::{CustomerView, Due, Filter, Mood};
use crate::locale::{fill, plural};
use crate::ui::app::{use_app, use_currency, use_overview};
use crate::ui::components::Stat;
use crate::ui::format::Format;
use crate::ui::model::spark;
use crate::ui::route::Route;
use crate::web::device;

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
    let overview = use_overview();
    let today = Memo::new(move |_| overview.with(|o| o.data.as_ref().map(|o| o.as_of)));
    let rhythm_note = Signal::derive(move || {
        let (locale, m) = (app.locale.get(), metrics.get());
        let when = m.last.map(|last| today.get().map_or_else(|| locale.date(last), |today| locale.day_relative(last, today)));
        let last = when.map(|when| fill(locale.t().person.last_bought, &[("when", &when)]));
        let asleep = m.dormancy.map(|d| locale.dormancy(d).to_owned());
        let thin = m.thin.then(|| locale.t().customer.rhythm_thin.to_owned());
        let why = if thin.is_some() { thin } else { asleep };
        [last, why].into_iter().flatten().collect::<Vec<_>>().join(locale.comma())
    });
    let mood = Signal::derive(move || match metrics.get().mood {
        Mood::NoAnswer => dash(),
        mood => app.locale.get().satisfaction(mood).to_owned(),
    });
    let mood_note = Signal::derive(move || {
        let (locale, m) = (app.locale.get(), metrics.get());
        let t = &locale.t().person;
        let gap = m.last_gap.map_or_else(dash, |gap| locale.int(gap));
        if m.answers == 0 { t.mood_none.to_owned() } else { plural(t.mood_answers, u64::from(m.answers), &[("n", &locale.int(m.answers)), ("gap", &gap)]) }
    });
    let due = Memo::new(move |_| customer.with(|c| (c.due.first().cloned(), c.due.len().saturating_sub(1))));
    let due_day = Signal::derive(move || {
        let locale = app.locale.get();
        match due.get().0 {
            None => dash(),
            // By the calendar, whatever day the figures are for.
            Some(Due { day: Some(day), .. }) => locale.day_relative(day, device::today()),
            Some(_) => locale.t().person.due_no_day.to_owned(),
        }
    });
    let due_note = Signal::derive(move || {
        let locale = app.locale.get();
        let t = &locale.t().person;
        let (Some(first), more) = due.get() else { return t.due_none.to_owned() };
        let over = first.kind != Kind::Case && first.day.is_some_and(|day| day < device::today());
        let over = over.then(|| t.due_over.to_owned());
        let what = [over, Some(format!("{}{}{}", locale.kind(first.kind), locale.colon(), first.title))];
        let what = what.into_iter().flatten().collect::<Vec<_>>().join(locale.comma());
        let n = more as u64;
        if n == 0 { what } else { plural(t.due_more, n, &[("what", &what), ("n", &locale.int(n))]) }
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
            <Stat label=name(|t| t.person.mood) value=mood note=mood_note />
            <Stat label=name(|t| t.customer.rhythm) value=rhythm note=rhythm_note />
            <Stat label=name(|t| t.person.due) value=due_day note=due_note />
            <Stat label=name(|t| t.customer.frequency) value=count note=count_note />
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
