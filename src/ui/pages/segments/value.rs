//! Who is worth what: Kotler's map and its four quarters.

use std::sync::Arc;

use crate::ui::prelude::*;

use super::cuts::{CutFields, CutState};
use super::loyalty_by::LoyaltyNote;
use super::parts::{Question, Slot, assumed_note, common_facts, customers, sentence, share, use_as_of};
use super::value_groups::QuarterCards;
use super::value_tools::{AreaFields, MapTools, ToolBar};
use crate::engine::api::{Activity, Filter, Drift, KotlerGroup, KotlerView, Query};
use crate::locale::{Locale, fill, form, plural};
use crate::ui::app::{FIGURES, use_app, use_currency, use_settings};
use crate::ui::charts::{ChartFrame, How, KotlerMap};
use crate::ui::format::Format;
use crate::ui::model::scatter::{Points, Quarter};
use crate::ui::model::table::{ChartTable, Unit};
use crate::ui::query::use_query;
use crate::ui::route::SettingGroup;


#[component]
pub fn ValueTab() -> impl IntoView {
    let app = use_app();
    let state = use_query::<KotlerView>(move || Query::Kotler { as_of: app.as_of.get() }, FIGURES);
    let title = Signal::derive(move || app.t().segments.tab_value.to_owned());
    view! { <Question title state n=|v: &KotlerView| v.n view=|view| view! { <Value view /> }.into_any() /> }
}

#[component]
fn Value(view: Memo<KotlerView>) -> impl IntoView {
    let app = use_app();
    let currency = use_currency();
    let points = Memo::new(move |_| {
        // An answer that does not unpack draws no marks; the figures beside it still stand.
        Arc::new(view.with(|v| Points::decode(v.n as usize, &v.points)).unwrap_or_default())
    });
    let cuts = CutState::new(view);
    let quarters = cuts.quarters(points);
    let tools = MapTools::new();
    let answer = move || {
        let (locale, currency) = (app.locale.get(), currency.get());
        view.with(|v| answer(locale, v, |minor| locale.money_round(minor, currency)))
    };
    let title = Signal::derive(move || app.t().segments.chart_value.to_owned());
    view! {
        <p class="answer">{shared(answer)}</p>
        <div class="segment-layout">
            <ChartFrame title table=use_table(quarters, tools.drifts) how=use_how(view)>
                <KotlerMap
                    points
                    cuts=cuts.cuts
                    quarters
                    currency
                    on_move=Callback::new(move |to| cuts.move_to(to))
                    on_settle=Callback::new(move |line| cuts.settle(line))
                    drifts=tools.drifts
                    selecting=tools.selecting
                    area=tools.area
                />
                <ToolBar tools />
                <p class="plot-hint">{move || app.t().segments.cut_help}</p>
            </ChartFrame>
            <div class="segment-side">
                {dynamic(move || tools.selecting.get().then(|| view! { <AreaFields tools points /> }))}
                <QuarterCards quarters currency />
                <CutFields cuts view />
            </div>
        </div>
        <LoyaltyNote />
        {move || assumed_note(app.locale.get(), view.with(|v| v.assumed_bp))}
    }
}

fn answer(locale: Locale, view: &KotlerView, money: impl Fn(i64) -> String) -> AnyView {
    let t = &locale.t().segments;
    let friends = view.groups.iter().find(|g| g.group == KotlerGroup::TrueFriend);
    let (n, profit) = friends.map_or((0, 0), |g| (g.customers, g.profit_minor));
    let total = view.groups.iter().fold(0i64, |sum, g| sum.saturating_add(g.profit_minor));
    let filter = Filter { kotler: Some(KotlerGroup::TrueFriend), ..Filter::default() };
    let friends = Slot::customers("friends", plural(t.n_true_friends, n, &[("n", &locale.int(n))]), filter.clone());
    if total <= 0 {
        let all = Slot::plain("customers", customers(locale, view.n));
        return sentence(t.value_answer_no_profit, vec![friends, all]);
    }
    let part = Slot::plain("share", locale.percent(share(profit, total), 0));
    let drifting = view.drifting.customers;
    if drifting == 0 {
        return sentence(form(t.value_answer_no_drift, n), vec![friends, part]);
    }
    let away = Filter { activity: Some(Activity::Dormant), ..filter };
    let words = plural(t.n_people, drifting, &[("n", &locale.int(drifting))]);
    let drifting = Slot::customers("drifting", words, away);
    let worth = Slot::plain("money", money(view.drifting.profit_minor));
    sentence(form(t.value_answer, n), vec![friends, part, drifting, worth])
}

/// The four groups; the arrows while there are some.
fn use_table(quarters: Memo<[Quarter; 4]>, drifts: Memo<Vec<Drift>>) -> Signal<ChartTable> {
    let app = use_app();
    Signal::derive(move || {
        let locale = app.locale.get();
        let t = locale.t();
        if drifts.with(|d| !d.is_empty()) {
            return drifts.with(|d| drift_table(locale, d));
        }
        let heads = [
            (t.segments.group, Unit::Words),
            (t.common.customers, Unit::Count),
            (t.common.revenue, Unit::Money),
            (t.common.profit, Unit::Money),
        ];
        let row = |q: &Quarter| {
            vec![locale.kotler_plural(q.group).into(), q.customers.into(), q.revenue_minor.into(), q.profit_minor.into()]
        };
        ChartTable::new(&heads, quarters.with(|q| q.iter().map(row).collect()))
    })
}

fn drift_table(locale: Locale, drifts: &[Drift]) -> ChartTable {
    let t = locale.t();
    let heads = [
        (t.common.customer, Unit::Words),
        (t.moved.loyalty_before, Unit::Share(0)),
        (t.moved.loyalty_now, Unit::Share(0)),
        (t.moved.profit_before, Unit::Money),
        (t.moved.profit_now, Unit::Money),
    ];
    let row = |d: &Drift| {
        vec![
            d.name.as_str().into(),
            d.loyalty_before.into(),
            d.loyalty.into(),
            d.profit_before_minor.into(),
            d.profit_minor.into(),
        ]
    };
    ChartTable::new(&heads, drifts.iter().map(row).collect())
}

fn use_how(view: Memo<KotlerView>) -> Signal<How> {
    let app = use_app();
    let (settings, as_of, currency) = (use_settings(), use_as_of(), use_currency());
    Signal::derive(move || {
        let locale = app.locale.get();
        let t = &locale.t().segments;
        let (settings, as_of) = (settings.get(), as_of.get());
        let intervals = locale.decimal(settings.loyalty.half_after_intervals_bp as f64 / 10_000.0, 2);
        let w = &locale.t().worth;
        let mut facts = vec![(t.how_margin.to_owned(), locale.percent_bp(settings.default_margin_bp))];
        match &settings.loyalty.model {
            Some(model) => facts.extend([
                (w.how_fitted.to_owned(), locale.date(model.fitted)),
                (w.how_customers.to_owned(), locale.int(model.customers)),
            ]),
            None => {
                let fixed = |value: &str| fill(t.how_fixed, &[("value", value)]);
                let days = locale.decimal(settings.loyalty.half_at_purchases_bp as f64 / 10_000.0, 2);
                facts.extend([
                    (t.how_half_after.to_owned(), fixed(&fill(t.how_half_after_value, &[("x", &intervals)]))),
                    (t.how_half_at.to_owned(), fixed(&days)),
                ]);
            }
        }
        view.with(|v| {
            let profit = locale.money_round(v.profit_cut_minor, currency.get());
            let profit = if v.profit_cut_is_default { format!("{profit} · {}", t.cut_profit_mean) } else { profit };
            facts.push((t.cut_profit.to_owned(), profit));
            facts.push((t.cut_loyalty.to_owned(), locale.percent_bp(v.loyalty_cut_bp)));
            facts.push((t.how_care.to_owned(), locale.money_round(v.care_minor, currency.get())));
            facts.extend(common_facts(locale, v.n, as_of));
        });
        let rule = if settings.loyalty.model.is_some() { w.how_loyalty } else { t.how_value };
        How { rule: rule.to_owned(), facts, setting: Some(SettingGroup::Kotler) }
    })
}
