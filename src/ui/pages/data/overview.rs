//! What is in the book.

use crate::ui::prelude::*;

use super::aside::BooksAside;
use super::storage::Storage;
use super::{failed, waiting};
use crate::engine::api::Overview;
use crate::locale::{Locale, fill, plural};
use crate::ui::app::{use_app, use_overview};
use crate::ui::components::{ButtonKind, EmptyState, Icon, LinkButton, Loaded};
use crate::ui::format::Format;
use crate::ui::pages::export::BookExport;
use crate::ui::route::{DataTab, Route};

#[component]
pub fn OverviewTab() -> impl IntoView {
    let app = use_app();
    let show = move |overview: Memo<Overview>| view! { <Book overview /> }.into_any();
    view! {
        <h1 tabindex="-1">{move || app.t().data.title}</h1>
        <Loaded state=use_overview() loading=move || waiting(app) failed=failed(app) view=show />
        <Storage />
        <BooksAside />
    }
}

#[component]
fn Book(overview: Memo<Overview>) -> impl IntoView {
    let app = use_app();
    let empty = Memo::new(move |_| overview.with(|o| o.orders == 0 && o.customers == 0));
    let answer = move || {
        let locale = app.locale.get();
        overview.with(|o| answer(locale, o))
    };
    let facts = move || {
        let locale = app.locale.get();
        let fact = |(name, value, hint): (String, String, &'static str)| {
            view! {
                <div class="data-fact">
                    <dt>{name}</dt>
                    <dd>
                        {value} {(!hint.is_empty()).then(|| view! { <small>{hint}</small> })}
                    </dd>
                </div>
            }
        };
        overview.with(|o| facts(locale, o)).into_iter().map(fact).collect_view()
    };
    shared(move || {
        if empty.get() {
            view! {
                <EmptyState
                    title=Signal::derive(move || app.t().data.overview_empty_title.to_owned())
                    body=Signal::derive(move || app.t().data.overview_empty_body.to_owned())
                >
                    <LinkButton kind=ButtonKind::Primary icon=Icon::Upload href=Route::Data(DataTab::Import).href()>
                        {move || app.t().shell.import_orders}
                    </LinkButton>
                </EmptyState>
            }
            .into_any()
        } else {
            view! {
                <p class="answer">{shared(answer)}</p>
                <section class="card">
                    <header class="card-head">
                        <h2>{move || app.t().data.in_the_book}</h2>
                        <div class="page-actions">
                            <LinkButton icon=Icon::Upload href=Route::Data(DataTab::Import).href()>
                                {move || app.t().shell.import_orders}
                            </LinkButton>
                            <BookExport />
                        </div>
                    </header>
                    <dl class="data-facts">{dynamic(facts)}</dl>
                </section>
            }
            .into_any()
        }
    })
}

fn answer(locale: Locale, o: &Overview) -> String {
    let t = locale.t();
    let day = |at: Option<crate::domain::CivilTime>| at.map_or_else(|| "–".to_owned(), |at| locale.date(at.day()));
    fill(
        t.data.overview_answer,
        &[
            ("customers", &plural(t.common.n_customers, o.customers, &[("n", &locale.int(o.customers))])),
            ("orders", &plural(t.common.n_orders, o.orders, &[("n", &locale.int(o.orders))])),
            ("first", &day(o.first_order)),
            ("last", &day(o.last_order)),
        ],
    )
}

/// Name, value, hint.
fn facts(locale: Locale, o: &Overview) -> Vec<(String, String, &'static str)> {
    let t = locale.t();
    let count = |name: &str, n: u64| (name.to_owned(), locale.int(n), "");
    let mut out = vec![
        count(t.common.customers, o.customers),
        count(t.common.products, o.products),
        count(t.common.orders, o.orders),
        count(t.data.fact_purchases, o.purchases),
        count(t.common.refunds, o.refunds),
    ];
    if o.adjustments > 0 {
        out.push(count(t.data.fact_adjustments, o.adjustments));
    }
    out.push(count(t.data.fact_lines, o.lines));
    out.push((t.data.fact_total.to_owned(), locale.money(o.total_minor, o.currency), ""));
    if o.anonymous_lines > 0 {
        let value =
            format!("{} · {}", locale.int(o.anonymous_lines), locale.money(o.anonymous_minor, o.currency));
        out.push((t.data.fact_anonymous.to_owned(), value, t.data.fact_anonymous_hint));
    }
    for (code, orders, minor) in &o.other_currencies {
        let money = crate::domain::Currency::parse(code).map(|c| locale.money(*minor, c)).unwrap_or_default();
        let name = fill(t.data.fact_other_currency, &[("code", code)]);
        out.push((name, format!("{} · {money}", locale.int(*orders)), ""));
    }
    out
}
