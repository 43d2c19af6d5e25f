//! What is in the book, and how safely it is kept.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{failed, waiting};
use crate::engine::api::{Overview, Query, StorageView, Topic};
use crate::locale::{Locale, fill, plural};
use crate::ui::app::{ALL_TOPICS, use_app, use_overview};
use crate::ui::components::{Button, ButtonKind, EmptyState, Icon, LinkButton, Loaded};
use crate::ui::format::Format;
use crate::ui::query::use_query;
use crate::ui::route::{DataTab, Route};
use crate::web::storage;

const TOPICS: &[Topic] = ALL_TOPICS;

#[component]
pub fn OverviewTab() -> impl IntoView {
    let app = use_app();
    let show = move |overview: Memo<Overview>| view! { <Book overview /> }.into_any();
    view! {
        <h1 tabindex="-1">{move || app.t().data.title}</h1>
        <Loaded state=use_overview() loading=move || waiting(app) failed=failed(app) view=show />
        <Storage />
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
    move || {
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
                <p class="answer">{answer}</p>
                <section class="card">
                    <header class="card-head">
                        <h2>{move || app.t().data.in_the_book}</h2>
                        <LinkButton icon=Icon::Upload href=Route::Data(DataTab::Import).href()>
                            {move || app.t().shell.import_orders}
                        </LinkButton>
                    </header>
                    <dl class="data-facts">{facts}</dl>
                </section>
            }
            .into_any()
        }
    }
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

/// Whether the browser keeps the data, how much room it takes.
#[component]
fn Storage() -> impl IntoView {
    let app = use_app();
    let state = use_query::<StorageView>(|| Query::Storage, TOPICS);
    let page = RwSignal::new((None::<bool>, storage::Estimate::default()));
    let look = move || {
        spawn_local(async move {
            let found = (storage::persisted().await, storage::estimate().await);
            page.try_set(found);
        });
    };
    look();
    let ask = Callback::new(move |()| {
        spawn_local(async move {
            // The answer shows in what is looked up next.
            let _granted = storage::persist().await;
            look();
        });
    });
    let show = move |view: Memo<StorageView>| view! { <StorageFacts view page ask /> }.into_any();
    view! {
        <section class="card">
            <header class="card-head">
                <h2>{move || app.t().data.storage_title}</h2>
            </header>
            <Loaded state loading=move || waiting(app) failed=failed(app) view=show />
        </section>
    }
}

#[component]
fn StorageFacts(
    view: Memo<StorageView>,
    page: RwSignal<(Option<bool>, storage::Estimate)>,
    ask: Callback<()>,
) -> impl IntoView {
    let app = use_app();
    let persisted = Memo::new(move |_| page.get().0.or(view.with(|v| v.persisted)));
    let protection = move || {
        let t = &app.t().data;
        match persisted.get() {
            Some(true) => t.storage_persisted_yes,
            Some(false) => t.storage_persisted_no,
            None => t.storage_persisted_unknown,
        }
    };
    let used = move || {
        let locale = app.locale.get();
        let estimate = page.get().1;
        let used = estimate.used_bytes.or(view.with(|v| v.used_bytes));
        let quota = estimate.quota_bytes.or(view.with(|v| v.quota_bytes));
        match (used, quota) {
            (Some(used), Some(quota)) => {
                let values = [("used", locale.bytes(used)), ("quota", locale.bytes(quota))];
                fill(locale.t().data.storage_used_of, &values.each_ref().map(|(n, v)| (*n, v.as_str())))
            }
            (Some(used), None) => locale.bytes(used),
            _ => locale.t().common.unknown.to_owned(),
        }
    };
    view! {
        <dl class="data-facts">
            <div class="data-fact wide">
                <dt>{move || app.t().data.storage_persisted}</dt>
                <dd>
                    {protection}
                    <Show when=move || persisted.get() == Some(false)>
                        <Button on_click=ask>{move || app.t().data.storage_ask}</Button>
                    </Show>
                </dd>
            </div>
            <div class="data-fact">
                <dt>{move || app.t().data.storage_used}</dt>
                <dd>{used}</dd>
            </div>
            <div class="data-fact">
                <dt>{move || app.t().data.storage_memory}</dt>
                <dd>{move || app.locale.get().bytes(view.with(|v| v.memory_bytes))}</dd>
            </div>
            <div class="data-fact">
                <dt>{move || app.t().data.storage_entries}</dt>
                <dd>{move || app.locale.get().int(view.with(|v| v.journal_entries))}</dd>
            </div>
            <div class="data-fact">
                <dt>{move || app.t().data.storage_blocks}</dt>
                <dd>{move || app.locale.get().int(view.with(|v| v.blocks))}</dd>
            </div>
        </dl>
    }
}
