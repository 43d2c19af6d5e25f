//! A quick look at the selected customer, beside the list.

use crate::ui::prelude::*;

use super::list::marks;
use crate::engine::api::{CustomerRow, CustomerView, Query, Topic};
use crate::locale::plural;
use crate::ui::app::{use_app, use_currency, use_tiers};
use crate::ui::components::{ButtonKind, Icon, IconButton, LinkButton};
use crate::ui::format::Format;
use crate::ui::pages::customer::timeline_words;
use crate::ui::query::use_query_if;
use crate::ui::route::Route;

/// The newest happenings shown.
const RECENT: u32 = 5;

#[component]
pub(super) fn QuickLook(row: Memo<Option<CustomerRow>>, selected: RwSignal<Option<u64>>, total: Memo<u64>) -> impl IntoView {
    let app = use_app();
    let last = move || total.get().saturating_sub(1);
    let step = move |by: i64| selected.update(|s| *s = s.map(|i| i.saturating_add_signed(by).min(last())));
    let words = move |pick: fn(&'static crate::locale::Texts) -> &'static str| Signal::derive(move || pick(app.t()).to_owned());
    view! {
        <div class="quick">
            <div class="quick-bar">
                <IconButton
                    icon=Icon::Up
                    label=words(|t| t.common.previous)
                    disabled=Signal::derive(move || selected.get() == Some(0))
                    on_click=move || step(-1)
                />
                <IconButton
                    icon=Icon::Down
                    label=words(|t| t.common.next)
                    disabled=Signal::derive(move || selected.get() == Some(last()))
                    on_click=move || step(1)
                />
                <span class="push"></span>
                <IconButton icon=Icon::Close label=words(|t| t.common.close) on_click=move || selected.set(None) />
            </div>
            <Facts row />
            <Recent id=Memo::new(move |_| row.with(|r| r.as_ref().map(|r| r.id))) />
        </div>
    }
}

#[component]
fn Facts(row: Memo<Option<CustomerRow>>) -> impl IntoView {
    let app = use_app();
    let (currency, tiers) = (use_currency(), use_tiers());
    dynamic(move || {
        let locale = app.locale.get();
        let row = row.get()?;
    let t = locale.t();
    let m = row.metrics;
    let shown = tiers.with(|tiers| marks(locale, &m, tiers));
    let days = |n: i64| u64::try_from(n).unwrap_or(0);
    let away = m.days_since_last_purchase.map(|n| plural(t.customers.days_ago, days(n), &[("n", &locale.int(n))]));
    let usual = m.median_interval_days.map(|n| {
        plural(t.customers.usual_interval, n.round() as u64, &[("n", &locale.decimal(n, 0))])
    });
    let rhythm = [away, usual].into_iter().flatten().collect::<Vec<_>>().join(locale.comma());
    let figures = [
        (t.common.purchases, locale.int(m.purchases)),
        (t.common.revenue, locale.money(m.revenue_minor, currency.get())),
        (t.common.profit, locale.money(m.profit_minor, currency.get())),
        (t.common.rfm, m.rfm.map(|s| s.map(|n| n.to_string()).join("-")).unwrap_or_else(|| "–".to_owned())),
    ];
    let contact = [row.company, row.phone, row.country].into_iter().filter(|x| !x.is_empty()).collect::<Vec<_>>();
    Some(view! {
        <h2><a href=Route::Customer(row.id).href()>{row.name}</a></h2>
        <p class="quiet-text">{contact.join(" · ")}</p>
        <p class="marks">{shown}</p>
        <dl class="pairs">
            {figures.map(|(name, value)| view! { <div><dt>{name}</dt><dd class="num">{value}</dd></div> })}
        </dl>
        <p class="quiet-text">{rhythm}</p>
        <LinkButton kind=ButtonKind::Primary href=Route::Customer(row.id).href()>{t.customers.open}</LinkButton>
    })
    })
}

#[component]
fn Recent(id: Memo<Option<crate::domain::Id>>) -> impl IntoView {
    let app = use_app();
    let view_of = use_query_if::<Option<Box<CustomerView>>>(
        move || {
            let id = id.get()?;
            Some(Query::Customer { id, as_of: app.as_of.get(), timeline_offset: 0, timeline_limit: RECENT, kinds: Vec::new() })
        },
        &[Topic::Customers, Topic::Orders, Topic::Interactions, Topic::Responses],
    );
    let items = move || {
        let view_of = view_of.get().data.flatten().filter(|v| Some(v.id) == id.get())?;
        if view_of.timeline.is_empty() {
            return Some(view! { <p class="quiet-text">{app.t().customers.nothing_yet}</p> }.into_any());
        }
        let locale = app.locale.get();
        let item = |item| {
            let (at, words) = timeline_words(locale, &item);
            view! { <li><span>{words}</span><small>{locale.date(at.day())}</small></li> }
        };
        Some(view! { <ul class="recent">{view_of.timeline.into_iter().map(item).collect_view()}</ul> }.into_any())
    };
    view! {
        <h3>{move || app.t().customers.recent}</h3>
        {shared(items)}
    }
}
