//! Who brings whom: the answer, the best advocates as bars, and below each whom they brought, level by level.

use crate::ui::prelude::*;

use super::super::segments::parts::{Question, Slot, customers, facts_of, sentence, use_as_of};
use super::words::{at_least, list_of};
use crate::domain::{Currency, customer};
use crate::engine::api::{
    BroughtView, Column, Figure, Query, ReferralOrder, ReferralRow, ReferralsView, Test,
};
use crate::locale::{Locale, fill, plural};
use crate::ui::app::{FIGURES, use_app, use_currency};
use crate::ui::charts::{Bar, Bars, ChartFrame, How};
use crate::ui::components::{Button, Icon, Segmented, icon};
use crate::ui::format::Format;
use crate::ui::model::table::{ChartTable, Unit};
use crate::ui::query::{use_query, use_query_if};
use crate::ui::route::Route;

/// Advocates in the picture, in the list at first, and below one of them at first and more at a time.
const BARS: usize = 10;
const PAGE: u32 = 25;
const BELOW: u32 = 100;

/// What the page looks at.
#[derive(Clone, Copy)]
struct Look {
    by: RwSignal<ReferralOrder>,
    limit: RwSignal<u32>,
}

#[component]
pub fn ReferralsTab() -> impl IntoView {
    let app = use_app();
    let look = Look { by: RwSignal::new(ReferralOrder::default()), limit: RwSignal::new(PAGE) };
    provide_context(look);
    let query =
        move || Query::Referrals { as_of: app.as_of.get(), by: look.by.get(), offset: 0, limit: look.limit.get() };
    let state = use_query::<ReferralsView>(query, FIGURES);
    let title = Signal::derive(move || app.t().retention.tab_referrals.to_owned());
    view! { <Question title state n=people view=|view| view! { <Referrals view /> }.into_any() /> }
}

/// Nobody is too few to be shown: who brought whom is no estimate.
fn people(view: &ReferralsView) -> u64 {
    if view.customers == 0 { 0 } else { u64::MAX }
}

#[component]
fn Referrals(view: Memo<ReferralsView>) -> impl IntoView {
    let app = use_app();
    let currency = use_currency();
    let some = Memo::new(move |_| view.with(|v| v.brought > 0));
    view! {
        <p class="answer">{dynamic(move || view.with(|v| answer(app.locale.get(), currency.get(), v)))}</p>
        <Circles view />
        <Show when=move || some.get() fallback=move || view! { <p class="remark">{move || app.t().retention.ref_how_to}</p> }>
            <Advocates view />
        </Show>
    }
}

fn answer(locale: Locale, currency: Currency, view: &ReferralsView) -> AnyView {
    let t = &locale.t().retention;
    if view.brought == 0 {
        return sentence(t.ref_none, vec![Slot::plain("people", customers(locale, view.customers))]);
    }
    let brought = list_of([(Column::Field(customer::REFERRER), Test::Filled)]);
    let slots = vec![
        Slot { name: "brought", text: locale.int(view.brought), route: Some(brought) },
        Slot::plain("all", customers(locale, view.customers)),
        Slot::plain("money", locale.money_round(view.revenue_minor, currency)),
        Slot::plain("profit", locale.money_round(view.profit_minor, currency)),
        Slot {
            name: "advocates",
            text: customers(locale, view.advocates),
            route: Some(at_least(Figure::Brought, 1)),
        },
    ];
    sentence(t.ref_answer, slots)
}

/// Who name each other in a circle: harmless, but somebody should look.
#[component]
fn Circles(view: Memo<ReferralsView>) -> impl IntoView {
    let app = use_app();
    let shown = move || {
        let locale = app.locale.get();
        view.with(|v| {
            let n = v.circles_total;
            if n == 0 {
                return ().into_any();
            }
            let said = plural(locale.t().retention.ref_circles, n, &[("n", &locale.int(n))]);
            let circle = |circle: &Vec<(crate::domain::Id, String)>| {
                let person = |(id, name): &(crate::domain::Id, String)| {
                    view! { <a href=Route::Customer(*id).href()>{name.clone()}</a> " → " }
                };
                let first = circle.first().map(|(_, name)| name.clone());
                view! { <li>{circle.iter().map(person).collect_view()} {first}</li> }
            };
            view! {
                <div class="remark warn">
                    <p>{said}</p>
                    <ul>{v.circles.iter().map(circle).collect_view()}</ul>
                </div>
            }
            .into_any()
        })
    };
    dynamic(shown)
}

fn order_name(by: ReferralOrder) -> &'static str {
    match by {
        ReferralOrder::Reach => "reach",
        ReferralOrder::Revenue => "revenue",
        ReferralOrder::Profit => "profit",
    }
}

const ORDERS: [ReferralOrder; 3] = [ReferralOrder::Reach, ReferralOrder::Revenue, ReferralOrder::Profit];

/// “3, 5 in all · ¥1,200”.
fn words(locale: Locale, currency: Currency, row: &ReferralRow) -> String {
    let t = &locale.t().retention;
    let money = locale.money_round(row.revenue_minor, currency);
    let values = [("direct", locale.int(row.direct)), ("reach", locale.int(row.reach)), ("money", money)];
    let pattern = if row.reach > row.direct { t.ref_words } else { t.ref_words_direct };
    fill(pattern, &values.each_ref().map(|(name, value)| (*name, value.as_str())))
}

#[component]
fn Advocates(view: Memo<ReferralsView>) -> impl IntoView {
    let app = use_app();
    let currency = use_currency();
    let look = use_context::<Look>();
    let by = Memo::new(move |_| look.map_or(ReferralOrder::Reach, |look| look.by.get()));
    let bars = Signal::derive(move || {
        let (locale, currency, by) = (app.locale.get(), currency.get(), by.get());
        let bar = |row: &ReferralRow| {
            let (value, part) = match by {
                ReferralOrder::Reach => (f64::from(row.reach), f64::from(row.direct)),
                ReferralOrder::Revenue => (row.revenue_minor.max(0) as f64, 0.0),
                ReferralOrder::Profit => (row.profit_minor.max(0) as f64, 0.0),
            };
            let words = match by {
                ReferralOrder::Reach => locale.int(row.reach),
                ReferralOrder::Revenue => locale.money_round(row.revenue_minor, currency),
                ReferralOrder::Profit => locale.money_round(row.profit_minor, currency),
            };
            Bar { label: row.name.clone(), value, part, words, href: Some(Route::Customer(row.id).href()), interval: None, faint: false }
        };
        view.with(|v| v.rows.iter().take(BARS).map(bar).collect())
    });
    let table = Signal::derive(move || {
        let t = app.t();
        let r = &t.retention;
        let heads = [
            (t.common.customer, Unit::Words),
            (r.ref_direct, Unit::Count),
            (r.ref_reach, Unit::Count),
            (r.ref_revenue, Unit::Money),
            (r.ref_profit, Unit::Money),
        ];
        let row = |row: &ReferralRow| {
            vec![
                row.name.as_str().into(),
                u64::from(row.direct).into(),
                u64::from(row.reach).into(),
                row.revenue_minor.into(),
                row.profit_minor.into(),
            ]
        };
        ChartTable::new(&heads, view.with(|v| v.rows.iter().map(row).collect()))
    });
    let as_of = use_as_of();
    let how = Signal::derive(move || {
        let locale = app.locale.get();
        How {
            rule: locale.t().retention.how_referrals.to_owned(),
            facts: facts_of(locale, locale.t().common.customers, view.with(|v| v.customers), as_of.get()),
            setting: None,
        }
    });
    let options = Signal::derive(move || {
        let t = &app.t().retention;
        let names = [t.ref_reach, t.ref_revenue, t.ref_profit];
        ORDERS.iter().zip(names).map(|(by, name)| (order_name(*by).to_owned(), name.to_owned())).collect()
    });
    let choose = Callback::new(move |name: String| {
        if let (Some(look), Some(by)) = (look, ORDERS.into_iter().find(|by| order_name(*by) == name)) {
            look.by.set(by);
        }
    });
    let title = Signal::derive(move || app.t().retention.ref_advocates.to_owned());
    view! {
        <ChartFrame title table how>
            <Segmented
                label=Signal::derive(move || app.t().retention.ref_by.to_owned())
                options
                value=Signal::derive(move || order_name(by.get()).to_owned())
                on_change=choose
            />
            <Bars label=title bars />
        </ChartFrame>
        <Tree view />
    }
}

/// Everybody who brought somebody; each opens those below.
#[component]
fn Tree(view: Memo<ReferralsView>) -> impl IntoView {
    let app = use_app();
    let look = use_context::<Look>();
    let rows = move || view.with(|v| v.rows.iter().cloned().map(node).collect_view());
    let more = move || view.with(|v| v.in_tree > v.rows.len() as u64);
    view! {
        <section class="card insight-card" aria-labelledby="brought-tree">
            <h2 id="brought-tree">{move || app.t().retention.ref_tree}</h2>
            <p class="remark">{move || app.t().retention.ref_tree_hint}</p>
            <ul class="brought-tree">{dynamic(rows)}</ul>
            <Show when=more>
                <p>
                    <Button on_click=move || {
                        if let Some(look) = look {
                            look.limit.update(|n| *n += PAGE * 4);
                        }
                    }>{move || app.t().common.more}</Button>
                </p>
            </Show>
        </section>
    }
}

/// One customer and, once opened, whom they brought.
fn node(row: ReferralRow) -> AnyView {
    let app = use_app();
    let currency = use_currency();
    let (open, limit) = (RwSignal::new(false), RwSignal::new(BELOW));
    let (id, name, brings) = (row.id, row.name.clone(), row.direct > 0);
    let below = use_query_if::<Option<Box<BroughtView>>>(
        move || open.get().then(|| Query::Brought { id, as_of: app.as_of.get(), limit: limit.get() }),
        FIGURES,
    );
    let own = row.own_revenue_minor;
    let said = move || {
        let (locale, currency) = (app.locale.get(), currency.get());
        if brings {
            words(locale, currency, &row)
        } else {
            fill(locale.t().retention.ref_own, &[("money", &locale.money_round(own, currency))])
        }
    };
    let label = {
        let name = name.clone();
        move || fill(app.t().retention.ref_open, &[("name", &name)])
    };
    let children = move || {
        let rows = below.with(|s| s.data.as_ref().and_then(Option::as_ref).map(|v| v.rows.clone()));
        let shown = if open.get() { rows } else { None };
        shown.map(|rows| view! { <ul>{rows.into_iter().map(node).collect_view()}</ul> })
    };
    let left = Memo::new(move |_| below.with(|s| s.data.as_ref().and_then(Option::as_ref).map_or(0, |v| v.more())));
    let more = move || {
        let locale = app.locale.get();
        fill(locale.t().retention.ref_more, &[("n", &locale.int(left.get().min(BELOW.into())))])
    };
    let toggle = brings.then(|| {
        view! {
            <button
                type="button"
                class="tree-toggle"
                aria-expanded=move || open.get().to_string()
                aria-label=label
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {icon(Icon::Right)}
            </button>
        }
    });
    view! {
        <li class:leaf=!brings>
            <div class="tree-row">
                {toggle}
                <a href=Route::Customer(id).href()>{name}</a>
                <span class="quiet-text">{shared(said)}</span>
            </div>
            {dynamic(children)}
            <Show when=move || open.get() && left.get() != 0>
                <Button on_click=move || limit.update(|n| *n = n.saturating_add(BELOW))>{shared(more)}</Button>
            </Show>
        </li>
    }
    .into_any()
}
