//! What will they be worth: the answer with its interval, the test of the forecast, and who is worth most.

use crate::ui::prelude::*;

use super::equity::EquityTrend;
use super::loyalty_by::LoyaltyChoice;
use super::parts::{Question, Slot, customers, sentence};
use super::tracking::Tracking;
use super::worth_words::{months, why};
use crate::domain::Currency;
use crate::engine::api::{
    Column, CustomerRow, Dormancy, Figure, Filter, Query, Rule, Sort, SortKey, Test, WorthView,
};
use crate::locale::{Locale, fill};
use crate::ui::app::{FIGURES, use_app, use_currency};
use crate::ui::components::Popover;
use crate::ui::format::Format;
use crate::ui::query::use_query;
use crate::ui::route::Route;

/// Customers shown; the list has all.
const BEST: u32 = 15;

#[component]
pub fn WorthTab() -> impl IntoView {
    let app = use_app();
    let state = use_query::<Box<WorthView>>(move || Query::Worth { as_of: app.as_of.get(), limit: BEST }, FIGURES);
    let title = Signal::derive(move || app.t().worth.tab.to_owned());
    view! { <Question title state n=people view=|view| view! { <Worth view /> }.into_any() /> }
}

#[expect(clippy::borrowed_box, reason = "the answer comes in a box")]
fn people(view: &Box<WorthView>) -> u64 {
    view.n
}

#[component]
fn Worth(view: Memo<Box<WorthView>>) -> impl IntoView {
    let app = use_app();
    let currency = use_currency();
    let tracked = Memo::new(move |_| view.with(|v| v.hold_out.is_some()));
    view! {
        <p class="answer">{move || view.with(|v| answer(app.locale.get(), currency.get(), v))}</p>
        {move || view.with(|v| doubts(app.locale.get(), v))}
        {move || view.with(|v| others(app.locale.get(), v))}
        <div class="segment-layout stacked">
            <Show when=move || tracked.get()>
                <Tracking view />
            </Show>
            <EquityTrend worth=view />
            <section class="segment-side" aria-labelledby="worth-most">
                <div class="voice-head">
                    <h2 id="worth-most">{move || app.t().worth.list}</h2>
                    <Popover label=Signal::derive(move || app.t().common.how_computed.to_owned())>
                        {dynamic(move || figures_said(app.locale.get(), view.with(|v| v.equity.is_some())))}
                    </Popover>
                    <a href=by_value(Filter::default()).href()>{move || app.t().worth.list_all}</a>
                </div>
                {move || view.with(|v| best(app.locale.get(), currency.get(), v))}
                {move || view.with(|v| notes(app.locale.get(), currency.get(), v))}
                <LoyaltyChoice view />
            </section>
        </div>
    }
}

pub(super) fn by_value(filter: Filter) -> Route {
    let sort = Some(Sort { by: SortKey::Clv, descending: true });
    Route::Customers { filter: Box::new(filter), sort }
}

fn answer(locale: Locale, currency: Currency, view: &WorthView) -> AnyView {
    let t = &locale.t().worth;
    let money = |minor| locale.money_round(minor, currency);
    let Some(equity) = view.equity else {
        return sentence(t.answer_none, vec![Slot::plain("money", money(view.historical_minor))]);
    };
    let risky = by_value(Filter { at_risk: Some(true), ..Filter::default() });
    let figure = |figure, test| Rule::column(Column::Figure(figure), test);
    let once = Filter {
        conditions: vec![figure(Figure::There, Test::Empty), figure(Figure::Worth, Test::Filled)],
        ..Filter::default()
    };
    let asleep = by_value(Filter { dormancy: Some(Dormancy::Asleep), ..once.clone() });
    let slots = vec![
        Slot::plain("months", months(locale, view.horizon_months)),
        Slot { name: "total", text: money(equity.total_minor), route: Some(by_value(Filter::default())) },
        Slot::plain("low", money(equity.low_minor)),
        Slot::plain("high", money(equity.high_minor)),
        Slot::plain("money", money(equity.at_risk_minor)),
        Slot { name: "people", text: customers(locale, equity.at_risk), route: Some(risky) },
        Slot { name: "once", text: customers(locale, view.one_off), route: Some(by_value(once)) },
        Slot { name: "asleep", text: customers(locale, equity.asleep_once), route: Some(asleep).filter(|_| equity.asleep_once > 0) },
    ];
    let gain = equity.total_minor >= 0;
    let risk = match equity.at_risk {
        0 => t.answer_safe,
        // A part of a profit; a loss, or a part that is one, hangs on nobody.
        _ if gain && equity.at_risk_minor > 0 => t.answer_risk,
        _ => t.answer_gone,
    };
    let once = if view.one_off > 0 { [locale.gap(), t.answer_once].concat() } else { String::new() };
    sentence(&[if gain { t.answer } else { t.answer_loss }, locale.gap(), risk, &once].concat(), slots)
}

/// What is bought in other currencies is neither summed nor guessed at.
fn others(locale: Locale, view: &WorthView) -> Option<AnyView> {
    let words = || fill(locale.t().worth.foreign, &[("people", &customers(locale, view.foreign))]);
    (view.foreign > 0).then(|| view! { <p class="remark">{words()}</p> }.into_any())
}

/// Why there is no outlook, or how the test of it went.
fn doubts(locale: Locale, view: &WorthView) -> AnyView {
    let t = &locale.t().worth;
    if let Some(misfit) = &view.misfit {
        return view! { <p class="remark warn">{why(locale, misfit)} {locale.gap()} {t.why_instead}</p> }.into_any();
    }
    view! { {tested(locale, view)} {related(locale, view)} }.into_any()
}

fn tested(locale: Locale, view: &WorthView) -> Option<AnyView> {
    let t = &locale.t().worth;
    view.equity?;
    let season = (!view.season_known).then_some(t.season_unknown);
    let Some(test) = &view.hold_out else {
        return Some(view! { <p class="remark warn">{t.check_none} {locale.gap()} {season}</p> }.into_any());
    };
    let day = locale.date(crate::domain::Day(test.split));
    let words = match test.off {
        Some(off) => {
            let values = [
                ("day", day),
                ("expected", locale.int(test.expected.round() as i64)),
                ("actual", locale.int(test.actual)),
                ("off", locale.percent(off.abs(), 0)),
            ];
            fill(t.check_off, &values.each_ref().map(|(name, value)| (*name, value.as_str())))
        }
        None => fill(t.check_few, &[("day", &day)]),
    };
    Some(view! { <p class="remark">{words} {locale.gap()} {season}</p> }.into_any())
}

/// Whether amounts go with how often customers buy, which the forecast takes to be unrelated.
fn related(locale: Locale, view: &WorthView) -> Option<AnyView> {
    let t = &locale.t().worth;
    let found = view.related.filter(|_| view.equity.is_some())?;
    let text = match (found.is_strong(), found.is_little(), found.r > 0.0) {
        (true, _, true) => t.related_more,
        (true, _, false) => t.related_less,
        (false, true, _) => t.related_little,
        (false, false, _) => t.related_unclear,
    };
    let people = customers(locale, found.customers);
    let words = fill(text, &[("r", &locale.decimal(found.r, 2)), ("people", &people)]);
    Some(view! { <p class="remark" class:warn=found.is_strong()>{words}</p> }.into_any())
}

/// A chance 0–1 of still being there as a bar with its number; nobody knows it of who bought once.
pub fn chance_bar(locale: Locale, chance: Option<f64>) -> AnyView {
    let Some(chance) = chance else {
        let why = locale.t().worth.there_once;
        return view! {
            <span title=why>
                <i aria-hidden="true">"–"</i>
                <span class="visually-hidden">{why}</span>
            </span>
        }
        .into_any();
    };
    view! {
        <span class="chance">
            <i aria-hidden="true">
                <b style:width=format!("{:.0}%", chance * 100.0)></b>
            </i>
            {locale.percent(chance, 0)}
        </span>
    }
    .into_any()
}

/// What the figures of a customer's outlook are.
pub fn figures_said(locale: Locale, foreseen: bool) -> AnyView {
    let t = &locale.t().worth;
    let outlook = [
        (t.value, t.value_hint),
        (t.there, t.there_hint),
        (t.purchases, t.purchases_hint),
        (t.spend, t.spend_hint),
        (t.how_related, t.related_hint),
    ];
    let all = outlook.into_iter().filter(|_| foreseen).chain([(t.so_far, t.so_far_hint)]);
    let one = |(name, hint)| view! { <dt>{name}</dt><dd>{hint}</dd> };
    view! { <dl class="how-said">{all.map(one).collect_view()}</dl> }.into_any()
}

fn best(locale: Locale, currency: Currency, view: &WorthView) -> AnyView {
    let t = &locale.t().worth;
    let foreseen = view.equity.is_some();
    let head = |words: &'static str, wide: bool| view! { <th scope="col" class="num" class:wide-only=wide>{words}</th> };
    let heads = foreseen.then(|| {
        view! {
            {head(t.value, false)} {head(t.there, false)} {head(t.purchases, true)} {head(t.spend, true)}
        }
    });
    let row = |row: &CustomerRow| {
        let money = |minor| locale.money_round(minor, currency);
        let cells = foreseen.then(|| {
            let o = row.metrics.outlook.unwrap_or_default();
            view! {
                <td class="num">{money(o.clv_minor)}</td>
                <td class="num">{chance_bar(locale, o.p_alive)}</td>
                <td class="num wide-only">{locale.decimal(o.purchases, 1)}</td>
                <td class="num wide-only">{money(o.spend_minor)}</td>
            }
        });
        view! {
            <tr>
                <th scope="row">
                    <a href=Route::Customer(row.id).href()>{row.name.clone()}</a>
                </th>
                {cells}
                <td class="num" class:wide-only=foreseen>{money(row.metrics.profit_minor)}</td>
            </tr>
        }
    };
    view! {
        <table class="plain-table group-table" aria-labelledby="worth-most">
            <thead>
                <tr>
                    <th scope="col">{locale.t().common.customer}</th>
                    {heads}
                    {head(t.so_far, foreseen)}
                </tr>
            </thead>
            <tbody>{view.rows.iter().map(row).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

/// What the figures leave out, and what the interval is made of.
fn notes(locale: Locale, currency: Currency, view: &WorthView) -> Option<AnyView> {
    let t = &locale.t().worth;
    let equity = view.equity?;
    let margin = view.margin.map_or_else(String::new, |m| locale.percent(m, 0));
    let values = [
        ("refunded", customers(locale, view.refunded)),
        ("free", customers(locale, view.without_amount)),
        ("margin", margin),
        ("parameters", locale.money_round(equity.parameters_minor, currency)),
        ("chance", locale.money_round(equity.chance_minor, currency)),
    ];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    Some(view! { <p class="remark">{fill(t.interval, &values)} {locale.gap()} {fill(t.notes, &values)}</p> }.into_any())
}
