//! Where does the money come from: the Pareto curve and the tiers.

use crate::ui::prelude::*;

use super::groups::{GroupRow, GroupTable, Head};
use super::parts::{Question, Slot, common_facts, money_cells, sentence, share, use_as_of};
use crate::domain::TierRule;
use crate::engine::api::{Filter, Query, TierSummary, TiersView};
use crate::locale::{Locale, fill};
use crate::ui::app::{FIGURES, use_app, use_currency, use_tiers};
use crate::ui::charts::{ChartFrame, How, ParetoCurve};
use crate::ui::format::Format;
use crate::ui::model::pareto::share_at;
use crate::ui::model::table::{ChartTable, Unit};
use crate::ui::query::use_query;
use crate::ui::route::{Route, SettingGroup};


#[component]
pub fn TiersTab() -> impl IntoView {
    let app = use_app();
    let state = use_query::<TiersView>(move || Query::Tiers { as_of: app.as_of.get() }, FIGURES);
    let title = Signal::derive(move || app.t().segments.tab_tiers.to_owned());
    view! { <Question title state n=|v: &TiersView| v.n view=|view| view! { <Tiers view /> }.into_any() /> }
}

#[component]
fn Tiers(view: Memo<TiersView>) -> impl IntoView {
    let app = use_app();
    let title = Signal::derive(move || app.t().segments.chart_tiers.to_owned());
    let has_curve = Memo::new(move |_| view.with(|v| !v.pareto.is_empty()));
    view! {
        <p class="answer">{move || view.with(|v| answer(app.locale.get(), v))}</p>
        <div class="segment-layout stacked">
            <Show when=move || has_curve.get()>
                <ChartFrame title table=use_table(view) how=use_how(view)>
                    <ParetoCurve view />
                </ChartFrame>
            </Show>
            <div class="segment-side">
                <TierTable view />
            </div>
        </div>
    }
}

fn answer(locale: Locale, view: &TiersView) -> AnyView {
    let t = &locale.t().segments;
    let top = |bp| Filter { top_bp: Some(bp), ..Filter::default() };
    let Some(share) = view.top20_share else { return t.tiers_answer_no_profit.into_any() };
    let share = Slot::customers("share", locale.percent(share, 0), top(2_000));
    match view.share_for_80.zip(view.best_for_80_bp()) {
        Some((few, few_bp)) => {
            let words = locale.percent(few, if few < 0.1 { 1 } else { 0 });
            let few = Slot::customers("few", words, top(few_bp));
            sentence(t.tiers_answer, vec![share, few])
        }
        None => sentence(t.tiers_answer_short, vec![share]),
    }
}

#[component]
fn TierTable(view: Memo<TiersView>) -> impl IntoView {
    let app = use_app();
    let (currency, tiers) = (use_currency(), use_tiers());
    let heads = Signal::derive(move || {
        let t = app.t();
        vec![
            Head::always(t.common.customers),
            Head::wide(t.common.revenue),
            Head::always(t.common.profit),
            Head::wide(t.segments.potential),
        ]
    });
    let rows = Signal::derive(move || {
        let (locale, currency, tiers) = (app.locale.get(), currency.get(), tiers.get());
        let total = view.with(|v| v.profit_minor);
        let row = |tier: &TierSummary| {
            let [revenue, profit] = money_cells(locale, currency, tier.revenue_minor, tier.profit_minor);
            let part = locale.percent(share(tier.profit_minor, total), 0);
            GroupRow {
                name: locale.tier(&tier.id, &tiers),
                route: Route::customers(Filter { tier: Some(tier.id.clone()), ..Filter::default() }),
                links: Vec::new(),
figures: vec![
                    locale.int(tier.customers),
                    revenue,
                    profit,
                    locale.money_round(tier.potential_minor, currency),
                ],
                note: if total > 0 { fill(locale.t().segments.tier_share, &[("share", &part)]) } else { String::new() },
            }
        };
        view.with(|v| v.tiers.iter().map(row).collect())
    });
    view! {
        <div class="voice-head">
            <h2>{move || app.t().common.tier}</h2>
            <a href=Route::Settings(Some(SettingGroup::Tiers)).href()>{move || app.t().settings.tiers_change}</a>
        </div>
        <GroupTable label=Signal::derive(move || app.t().common.tier.to_owned()) heads rows />
    }
}

/// The curve at every twentieth part.
fn use_table(view: Memo<TiersView>) -> Signal<ChartTable> {
    let app = use_app();
    Signal::derive(move || {
        let t = &app.t().segments;
        let heads = [(t.share_of_customers, Unit::Share(0)), (t.share_of_profit, Unit::Share(1))];
        let rows = view.with(|v| {
            (0..=20)
                .filter_map(|i| {
                    let at = f64::from(i) / 20.0;
                    Some(vec![at.into(), share_at(&v.pareto, at)?.into()])
                })
                .collect()
        });
        ChartTable::new(&heads, rows)
    })
}

fn use_how(view: Memo<TiersView>) -> Signal<How> {
    let app = use_app();
    let (tiers, as_of) = (use_tiers(), use_as_of());
    Signal::derive(move || {
        let locale = app.locale.get();
        let t = &locale.t().segments;
        let tiers = tiers.get();
        let last = tiers.len().saturating_sub(1);
        let rule = |(i, tier): (usize, &TierRule)| {
            let words = if i == last {
                t.how_tier_rest.to_owned()
            } else {
                let values = [
                    ("present", locale.percent_bp(tier.top_by_present_bp)),
                    ("potential", locale.percent_bp(tier.top_by_potential_bp)),
                ];
                fill(t.how_tier_rule, &values.each_ref().map(|(name, value)| (*name, value.as_str())))
            };
            (locale.tier(&tier.id, &tiers), words)
        };
        let mut facts: Vec<_> = tiers.iter().enumerate().map(rule).collect();
        facts.extend(common_facts(locale, view.with(|v| v.n), as_of.get()));
        How { rule: t.how_tiers.to_owned(), facts, setting: Some(SettingGroup::Tiers) }
    })
}
