//! What can be done with Kotler's map beside moving its lines: arrows of drift, and an area to select.

use std::sync::Arc;

use crate::ui::prelude::*;

use super::cuts::{Holds, NumberField};
use super::parts::customers;
use crate::engine::api::{Drift, KotlerGroup, Query, Since};
use crate::locale::{fill, plural};
use crate::ui::app::{FIGURES, use_app, use_currency};
use crate::ui::components::{LinkButton, SelectField};
use crate::ui::format::Format;
use crate::ui::model::area::Area;
use crate::ui::model::number::plain;
use crate::ui::model::scatter::{GROUPS, Points};
use crate::ui::model::query::QueryState;
use crate::ui::pages::failed;
use crate::ui::query::use_query_if;
use crate::ui::route::Route;

/// Arrows drawn: more would cover the picture.
const MOST: u32 = 60;

/// The state of both tools; copy it freely.
#[derive(Clone, Copy)]
pub struct MapTools {
    /// `None`: no arrows; `Some(None)`: of all groups.
    group: RwSignal<Option<Option<KotlerGroup>>>,
    pub drifts: Memo<Vec<Drift>>,
    asked: Signal<QueryState<Vec<Drift>>>,
    pub selecting: RwSignal<bool>,
    pub area: RwSignal<Option<Area>>,
}

impl MapTools {
    pub fn new() -> Self {
        let app = use_app();
        let group = RwSignal::new(None::<Option<KotlerGroup>>);
        let asked = use_query_if::<Vec<Drift>>(
            move || {
                let group = group.get()?;
                Some(Query::Drift { as_of: app.as_of.get(), since: Since::Quarter, group, limit: MOST })
            },
            FIGURES,
        );
        let drifts = Memo::new(move |_| {
            group.get().and_then(|_| asked.with(|a| a.data.clone())).unwrap_or_default()
        });
        Self { group, drifts, asked, selecting: RwSignal::new(false), area: RwSignal::new(None) }
    }
}

#[component]
pub fn ToolBar(tools: MapTools) -> impl IntoView {
    let app = use_app();
    let options = Signal::derive(move || {
        let locale = app.locale.get();
        let t = &locale.t().moved;
        let first = [("off".to_owned(), t.drift_off.to_owned()), ("all".to_owned(), t.drift_all.to_owned())];
        let groups = (0..).zip(GROUPS).map(|(at, g): (usize, _)| (at.to_string(), locale.kotler_plural(g).to_owned()));
        first.into_iter().chain(groups).collect::<Vec<_>>()
    });
    let value = Signal::derive(move || match tools.group.get() {
        None => "off".to_owned(),
        Some(None) => "all".to_owned(),
        Some(Some(group)) => GROUPS.iter().position(|g| *g == group).unwrap_or(0).to_string(),
    });
    let choose = move |name: String| {
        tools.group.set(match name.as_str() {
            "off" => None,
            "all" => Some(None),
            at => at.parse::<usize>().ok().and_then(|at| GROUPS.get(at)).map(|g| Some(*g)),
        });
    };
    let toggle = move |_| {
        tools.selecting.update(|on| *on = !*on);
        tools.area.set(None);
    };
    let words = move || {
        let locale = app.locale.get();
        let n = tools.drifts.with(Vec::len) as u64;
        tools.group.get()?;
        let (waiting, failed) = tools.asked.with(|a| (a.loading || a.data.is_none(), a.error.is_some()));
        Some(match n {
            // Nobody moved only when the answer says so.
            0 if failed => return None,
            0 if waiting => locale.t().common.loading.to_owned(),
            0 => locale.t().moved.drift_none.to_owned(),
            n => plural(locale.t().moved.drift_some, n, &[("n", &locale.int(n))]),
        })
    };
    let error = move || tools.group.get().and_then(|_| tools.asked.with(|a| a.error.clone())).map(|error| failed(app).run(error));
    view! {
        <div class="map-tools">
            <SelectField
                label=Signal::derive(move || app.t().moved.drift.to_owned())
                options
                value
                on_change=choose
            />
            <button
                type="button"
                class="button"
                aria-pressed=move || tools.selecting.get().to_string()
                on:click=toggle
            >
                {move || app.t().moved.area}
            </button>
        </div>
        <p class="plot-hint" role="status">
            {shared(move || words().unwrap_or_default())}
        </p>
        {dynamic(error)}
    }
}

/// Whom the area holds, its bounds to type, and the way to the list.
#[component]
pub fn AreaFields(tools: MapTools, points: Memo<Arc<Points>>) -> impl IntoView {
    let app = use_app();
    let currency = use_currency();
    let MapTools { area, .. } = tools;
    let scale = move || 10f64.powi(currency.get().decimals().cast_signed());
    let held = Memo::new(move |_| area.get().map(|a| points.with(|p| a.count(p))));
    let words = move || {
        let locale = app.locale.get();
        match held.get() {
            None => locale.t().moved.area_help.to_owned(),
            Some((n, minor)) => fill(
                locale.t().moved.area_holds,
                &[("customers", &customers(locale, n)), ("money", &locale.money_round(minor, currency.get()))],
            ),
        }
    };
    // Until a corner is typed or dragged the area is everything.
    let now = move || {
        area.get().unwrap_or_else(|| {
            let (lo, hi) = points.with(|p| {
                p.profit_minor.iter().fold((0f64, 0f64), |(lo, hi), minor| (lo.min(*minor), hi.max(*minor)))
            });
            Area { loyalty_bp: (0, 10_000), profit_minor: (lo as i64, hi as i64) }
        })
    };
    let bound = move |label: fn(&crate::locale::MovedTexts) -> &'static str, money: bool, get: fn(&Area) -> i64, set: fn(&mut Area, i64)| {
        let label = Signal::derive(move || fill(label(&app.t().moved), &[("currency", currency.get().code())]));
        let text = Signal::derive(move || {
            let value = get(&now()) as f64;
            if money { plain(value / scale(), 4) } else { plain(value / 100.0, 2) }
        });
        let holds = if money { Holds::Money } else { Holds::Percent };
        let on_value = Callback::new(move |value: f64| {
            let mut next = untrack(now);
            set(&mut next, (value * if money { untrack(scale) } else { 100.0 }).round() as i64);
            area.set(Some(next));
        });
        view! { <NumberField label hint=Signal::derive(String::new) text holds on_value /> }
    };
    view! {
        <section class="cut-fields area-fields" aria-label=move || app.t().moved.area>
            <p role="status">{shared(words)}</p>
            {bound(|t| t.loyalty_from, false, |a| a.loyalty_bp.0, |a, v| a.loyalty_bp.0 = v)}
            {bound(|t| t.loyalty_to, false, |a| a.loyalty_bp.1, |a, v| a.loyalty_bp.1 = v)}
            {bound(|t| t.profit_from, true, |a| a.profit_minor.0, |a, v| a.profit_minor.0 = v)}
            {bound(|t| t.profit_to, true, |a| a.profit_minor.1, |a, v| a.profit_minor.1 = v)}
            {dynamic(move || area.get().map(|a| {
                view! {
                    <LinkButton href=Route::customers(a.filter(currency.get())).href()>{move || app.t().moved.area_open}</LinkButton>
                }
            }))}
        </section>
    }
}
