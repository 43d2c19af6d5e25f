//! The third step: reading with progress and a way to stop, then what was read.

use crate::ui::prelude::*;

use super::errors::RowErrors;
use super::flow::use_flow;
use crate::domain::{CivilTime, Currency};
use crate::files::orders::{ParseReport, Target};
use crate::locale::{Locale, fill, plural};
use crate::ui::app::use_app;
use crate::ui::components::{Button, ButtonKind, Stat};
use crate::ui::format::Format;
use crate::ui::model::wizard::Event;

#[component]
pub fn Parsing() -> impl IntoView {
    let app = use_app();
    let flow = use_flow();
    let name = move || fill(app.t().data.parsing, &[("name", &flow.wizard.with(|w| w.name.clone()))]);
    let share = Memo::new(move |_| flow.wizard.with(|w| w.share_read()));
    let words = move || {
        let locale = app.locale.get();
        let (done, total) = flow.wizard.with(|w| w.progress);
        fill(locale.t().data.parsing_share, &[("done", &locale.bytes(done)), ("total", &locale.bytes(total))])
    };
    view! {
        <section class="card import-card parsing">
            <h2>{shared(name)}</h2>
            <progress max="1" prop:value=move || share.get() aria-label=name></progress>
            <p class="quiet-text">{move || app.locale.get().percent(share.get(), 0)} " · " {shared(words)}</p>
            <Button on_click=Callback::new(move |()| flow.send(Event::Back))>{move || app.t().data.parse_stop}</Button>
        </section>
    }
}

#[component]
pub fn Report() -> impl IntoView {
    let app = use_app();
    let flow = use_flow();
    let report = Memo::new(move |_| flow.wizard.with(|w| w.report.clone()).unwrap_or_default());
    let taken = Memo::new(move |_| report.with(ParseReport::says_something));
    let failed = Memo::new(move |_| report.with(|r| r.rows_failed));
    let answer = move || {
        let locale = app.locale.get();
        let target = flow.wizard.with(|w| w.mapping.as_ref().map(|m| m.target));
        report.with(|r| match (r.rows_taken, r.never_sold) {
            (0, 0) => locale.t().data.report_none.to_owned(),
            (0, n) => plural(locale.t().data.report_never_sold, n, &[("n", &locale.int(n))]),
            _ => answer(locale, r, target),
        })
    };
    let go_on = move || {
        let locale = app.locale.get();
        let t = &locale.t().data;
        match failed.get() {
            0 => t.go_on.to_owned(),
            n => plural(t.go_on_without, n, &[("n", &locale.int(n))]),
        }
    };
    view! {
        <section class="card import-card">
            <header class="card-head">
                <h2>{move || app.t().data.report_title}</h2>
            </header>
            <p class="answer">{shared(answer)}</p>
            <ReportStats report />
            {dynamic(move || short(app.locale.get(), report.with(|r| r.rows_short)))}
            <Show when=move || { failed.get() > 0 }>
                <RowErrors report />
            </Show>
        </section>
        <div class="import-actions">
            <Button kind=ButtonKind::Quiet on_click=Callback::new(move |()| flow.send(Event::StartOver))>
                {move || app.t().data.other_file}
            </Button>
            <Button on_click=Callback::new(move |()| flow.send(Event::Back))>{move || app.t().data.back_to_columns}</Button>
            <Show when=move || taken.get()>
                <Button kind=ButtonKind::Primary on_click=Callback::new(move |()| flow.send(Event::GoOn))>
                    {shared(go_on)}
                </Button>
            </Show>
        </div>
    }
}

/// Rows that were taken although cells are missing at their end.
fn short(locale: Locale, n: u64) -> Option<impl IntoView> {
    let words = move || plural(locale.t().data.report_short, n, &[("n", &locale.int(n))]);
    (n > 0).then(|| view! { <p class="quiet-text">{words()}</p> })
}

/// Every currency's sum: “£9,747,747.93”.
fn money(locale: Locale, sums: &[(String, i64)]) -> String {
    let one = |(code, minor): &(String, i64)| Currency::parse(code).map(|c| locale.money(*minor, c));
    sums.iter().filter_map(one).collect::<Vec<_>>().join(locale.comma())
}

fn moment(locale: Locale, at: Option<CivilTime>) -> String {
    at.map_or_else(|| "–".to_owned(), |at| locale.date_time(at))
}

fn answer(locale: Locale, r: &ParseReport, target: Option<Target>) -> String {
    let t = locale.t();
    if let Some(target) = target.filter(|_| r.records > 0) {
        return plural(t.data.report_records, r.records, &[("n", &locale.int(r.records)), ("what", locale.target(target))]);
    }
    let day = |at: Option<CivilTime>| at.map_or_else(|| "–".to_owned(), |at| locale.date(at.day()));
    if r.responses > 0 {
        let answers = plural(t.satisfaction.answers_of, r.responses, &[("n", &locale.int(r.responses))]);
        return fill(
            t.data.report_responses,
            &[("answers", &answers), ("first", &day(r.first)), ("last", &day(r.last))],
        );
    }
    fill(
        t.data.report_answer,
        &[
            ("orders", &plural(t.common.n_orders, r.orders, &[("n", &locale.int(r.orders))])),
            ("customers", &plural(t.common.n_customers, r.customers, &[("n", &locale.int(r.customers))])),
            ("money", &money(locale, &r.total_minor)),
            ("first", &day(r.first)),
            ("last", &day(r.last)),
        ],
    )
}

/// The counts that must agree with the file.
#[component]
fn ReportStats(report: Memo<ParseReport>) -> impl IntoView {
    let app = use_app();
    let count = move |get: fn(&ParseReport) -> u64| Signal::derive(move || app.locale.get().int(report.with(get)));
    let label = move |get: fn(&crate::locale::Texts) -> &'static str| Signal::derive(move || get(app.t()).to_owned());
    let total = Signal::derive(move || report.with(|r| money(app.locale.get(), &r.total_minor)));
    let anonymous_money = Signal::derive(move || {
        let locale = app.locale.get();
        report.with(|r| {
            // Only where the file has one currency is the pile's money a sum.
            let currency = match r.total_minor.as_slice() {
                [(code, _)] => Currency::parse(code),
                _ => None,
            };
            currency.map(|c| locale.money(r.anonymous_minor, c)).unwrap_or_default()
        })
    });
    let span = Signal::derive(move || {
        let locale = app.locale.get();
        report.with(|r| format!("{} – {}", moment(locale, r.first), moment(locale, r.last)))
    });
    let rows_only = Memo::new(move |_| report.with(|r| r.responses > 0 || r.records > 0));
    let of_rows = move || {
        view! {
            <div class="stats">
                <Stat label=label(|t| t.data.report_rows) value=count(|r| r.rows) />
                <Stat label=label(|t| t.data.report_rows_failed) value=count(|r| r.rows_failed) />
                <Stat label=label(|t| t.data.report_rows_taken) value=count(|r| r.rows_taken) />
            </div>
        }
        .into_any()
    };
    let of_orders = move || {
        view! {
        <div class="stats">
            <Stat label=label(|t| t.data.report_rows) value=count(|r| r.rows) />
            <Stat label=label(|t| t.data.report_rows_failed) value=count(|r| r.rows_failed) />
            <Stat label=label(|t| t.common.orders) value=count(|r| r.orders) />
            <Stat label=label(|t| t.data.fact_purchases) value=count(|r| r.purchases) />
            <Stat label=label(|t| t.common.refunds) value=count(|r| r.refunds) />
            <Stat label=label(|t| t.data.fact_adjustments) value=count(|r| r.adjustments) />
            <Stat label=label(|t| t.common.customers) value=count(|r| r.customers) />
            <Stat label=label(|t| t.common.products) value=count(|r| r.products) />
            <Stat label=label(|t| t.data.report_anonymous) value=count(|r| r.anonymous_lines) note=anonymous_money />
            <Stat label=label(|t| t.data.report_money) value=total note=label(|t| t.data.report_money_hint) />
        </div>
        }
        .into_any()
    };
    view! {
        {move || if rows_only.get() { of_rows() } else { of_orders() }}
        <Show when=move || report.with(|r| r.first.is_some())>
            <p class="quiet-text">{label(|t| t.data.report_first_last)} ": " {span}</p>
        </Show>
    }
}
