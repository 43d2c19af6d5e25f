//! How do they buy: the RFM grid, its named groups and the bounds of the scores.

use crate::ui::prelude::*;

use super::bounds::Bounds;
use super::groups::{GroupRow, GroupTable, Head};
use super::parts::{Question, Slot, common_facts, customers, money_cells, sentence, use_as_of};
use crate::engine::api::{Filter, GroupSummary, Query, RfmGroup, RfmView};
use crate::locale::{Locale, fill};
use crate::ui::app::{FIGURES, use_app, use_currency};
use crate::ui::charts::{ChartFrame, How, RfmGrid};
use crate::ui::components::Segmented;
use crate::ui::format::Format;
use crate::ui::model::heat::HeatOf;
use crate::ui::model::table::{ChartTable, Unit};
use crate::ui::query::use_query;
use crate::ui::route::{Route, SettingGroup};


#[component]
pub fn RfmTab() -> impl IntoView {
    let app = use_app();
    let state = use_query::<RfmView>(move || Query::Rfm { as_of: app.as_of.get() }, FIGURES);
    let title = Signal::derive(move || app.t().segments.tab_rfm.to_owned());
    view! { <Question title state n=|v: &RfmView| v.n view=|view| view! { <Rfm view /> }.into_any() /> }
}

#[component]
fn Rfm(view: Memo<RfmView>) -> impl IntoView {
    let app = use_app();
    let currency = use_currency();
    let of = RwSignal::new(HeatOf::default());
    let answer = move || {
        let (locale, currency) = (app.locale.get(), currency.get());
        view.with(|v| answer(locale, v, |minor| locale.money_round(minor, currency)))
    };
    let title = Signal::derive(move || app.t().segments.chart_rfm.to_owned());
    let measures = Signal::derive(move || {
        let t = &app.t().segments;
        vec![("n".to_owned(), t.rfm_of_customers.to_owned()), ("money".to_owned(), t.rfm_of_revenue.to_owned())]
    });
    let chosen = Signal::derive(move || if of.get() == HeatOf::Customers { "n" } else { "money" }.to_owned());
    view! {
        <p class="answer">{shared(answer)}</p>
        <div class="segment-layout">
            <ChartFrame title table=use_table(view) how=use_how(view)>
                <Segmented
                    label=Signal::derive(move || app.t().segments.rfm_of.to_owned())
                    options=measures
                    value=chosen
                    on_change=Callback::new(move |to: String| {
                        of.set(if to == "money" { HeatOf::MeanRevenue } else { HeatOf::Customers });
                    })
                />
                <RfmGrid view of=of.into() currency />
            </ChartFrame>
            <div class="segment-side">
                <Groups view />
            </div>
        </div>
        <Bounds view currency />
    }
}

fn answer(locale: Locale, view: &RfmView, money: impl Fn(i64) -> String) -> AnyView {
    let t = &locale.t().segments;
    let champions = view.groups.iter().find(|g| g.group == RfmGroup::Champions).map_or(0, |g| g.customers);
    let (stopped, revenue_minor, rule) = view.stopped();
    let best = Filter { rfm_group: Some(RfmGroup::Champions), ..Filter::default() };
    let rest = Filter { conditions: vec![rule], ..Filter::default() };
    sentence(
        t.rfm_answer,
        vec![
            Slot::customers("champions", customers(locale, champions), best),
            Slot::customers("risk", customers(locale, stopped), rest),
            Slot::plain("money", money(revenue_minor)),
        ],
    )
}

#[component]
fn Groups(view: Memo<RfmView>) -> impl IntoView {
    let app = use_app();
    let currency = use_currency();
    let heads = Signal::derive(move || {
        let t = &app.t().common;
        vec![Head::always(t.customers), Head::always(t.revenue), Head::wide(t.profit)]
    });
    let rows = Signal::derive(move || {
        let (locale, currency) = (app.locale.get(), currency.get());
        let row = |g: &GroupSummary<RfmGroup>| {
            let [revenue, profit] = money_cells(locale, currency, g.revenue_minor, g.profit_minor);
            GroupRow {
                name: locale.rfm_group(g.group).to_owned(),
                route: Route::customers(Filter { rfm_group: Some(g.group), ..Filter::default() }),
                links: Vec::new(),
figures: vec![locale.int(g.customers), revenue, profit],
                note: String::new(),
            }
        };
        view.with(|v| v.groups.iter().map(row).collect())
    });
    view! {
        <h2>{move || app.t().segments.rfm_groups}</h2>
        <GroupTable label=Signal::derive(move || app.t().segments.rfm_groups.to_owned()) heads rows />
    }
}

fn use_table(view: Memo<RfmView>) -> Signal<ChartTable> {
    let app = use_app();
    Signal::derive(move || {
        let t = app.t();
        let heads = [
            (t.segments.rfm_recency, Unit::Count),
            (t.segments.rfm_frequency, Unit::Count),
            (t.common.customers, Unit::Count),
            (t.segments.rfm_of_revenue, Unit::Money),
        ];
        let mut rows = Vec::new();
        view.with(|v| {
            for (r, row) in v.cells.iter().enumerate().rev() {
                for (f, cell) in row.iter().enumerate() {
                    rows.push(vec![
                        (r as i64 + 1).into(),
                        (f as i64 + 1).into(),
                        cell.customers.into(),
                        cell.mean_revenue_minor.into(),
                    ]);
                }
            }
        });
        ChartTable::new(&heads, rows)
    })
}

fn use_how(view: Memo<RfmView>) -> Signal<How> {
    let app = use_app();
    let as_of = use_as_of();
    Signal::derive(move || {
        let locale = app.locale.get();
        let t = &locale.t().segments;
        let (n, bins) = view.with(|v| (v.n, v.bins));
        let bins = locale.int(bins);
        let mut facts = vec![(locale.t().settings.rfm_bins.to_owned(), bins.clone())];
        facts.extend(common_facts(locale, n, as_of.get()));
        How { rule: fill(t.how_rfm, &[("bins", &bins)]), facts, setting: Some(SettingGroup::Rfm) }
    })
}
