//! Facts to verify: customers worth most whose facts nobody has looked at for long.

use crate::ui::prelude::*;

use crate::engine::api::{Query, StaleList, Topic};
use crate::locale::{fill, plural};
use crate::ui::app::{use_app, use_currency};
use crate::ui::format::Format;
use crate::ui::query::use_query;
use crate::ui::route::Route;

/// Customers shown.
const SHOWN: u32 = 8;

/// Nothing where all is fresh.
#[component]
pub(super) fn Stale() -> impl IntoView {
    let app = use_app();
    let currency = use_currency();
    let state = use_query::<StaleList>(|| Query::Stale { limit: SHOWN }, &[Topic::Customers, Topic::Settings]);
    let body = move || {
        let list = state.with(|s| s.data.clone()).filter(|list| list.customers > 0)?;
        let (locale, currency) = (app.locale.get(), currency.get());
        let t = &locale.t().person;
        let note = fill(t.stale_note, &[("facts", &locale.int(list.facts)), ("customers", &locale.int(list.customers))]);
        let row = |row: crate::engine::api::StaleRow| {
            let n = u64::from(row.facts);
            let why = plural(t.stale_why, n, &[("n", &locale.int(n)), ("date", &locale.date(row.oldest))]);
            let worth = locale.money_round(row.customer.metrics.profit_minor, currency);
            view! {
                <li class="entry">
                    <div>
                        <a href=Route::Customer(row.customer.id).href()>{row.customer.name}</a>
                        <span class="quiet-text">{why}</span>
                    </div>
                    <span class="num" title=locale.t().today.worth>{worth}</span>
                </li>
            }
        };
        Some(view! {
            <section class="card" aria-labelledby="stale-title">
                <div class="card-head"><h2 id="stale-title">{t.stale_title}</h2></div>
                <p class="stamps">{note}</p>
                <ol class="journal">{list.rows.into_iter().map(row).collect_view()}</ol>
            </section>
        })
    };
    dynamic(body)
}
