//! Where customers stood then and stand now: two columns of places and bands between them, each a link to its customers.

use leptos::{html, svg};
use crate::ui::prelude::*;

use super::size::use_width;
use crate::domain::TierRule;
use crate::engine::api::{Flow, Moved, MovedView, Stand};
use crate::locale::{Locale, fill, plural};
use crate::ui::app::{use_app, use_currency, use_tiers};
use crate::ui::format::Format;
use crate::ui::model::bands::{Band, Bands, Spot, cut_to, height_for, lay, outline};
use crate::ui::route::Route;

/// Room for the days above the columns, px.
const TOP: f64 = 28.0;
/// Width of a place's bar, px.
const BAR: f64 = 10.0;
/// From this thickness on a band holds its number, px.
const WORDS: f64 = 15.0;

/// The list of those who made this movement.
pub fn route_of(view: &MovedView, flow: &Flow) -> Route {
    let moved = Moved { since: view.since, from: Some(flow.from.clone()), to: Some(flow.to.clone()) };
    Route::customers(crate::engine::api::Filter { moved: Some(moved), ..Default::default() })
}

/// Which of the tones of the places.
fn tone(stand: &Stand, place: usize) -> String {
    match stand {
        Stand::Kotler(_) => format!("group-{place}"),
        Stand::Dormancy(_) => format!("step-{place}"),
        Stand::Tier(_) => format!("tier-{place}"),
        _ => "new".to_owned(),
    }
}

/// Everything that is drawn, as one value.
#[derive(Clone, PartialEq)]
struct Picture {
    bands: Bands,
    /// The view's places and who had not bought.
    stands: Vec<Stand>,
    width: f64,
    height: f64,
    /// Room for words at both sides, px.
    side: f64,
}

fn picture(view: &MovedView, width: f64) -> Picture {
    let stands: Vec<Stand> = view.stands.iter().cloned().chain([Stand::NotYet]).collect();
    let place = |stand: &Stand| stands.iter().position(|s| s == stand);
    let flows = view.flows.iter().filter_map(|f| Some((place(&f.from)?, place(&f.to)?, f.customers)));
    let flows: Vec<_> = flows.collect();
    let came = flows.iter().any(|f| f.0 == view.stands.len());
    let shown: Vec<(bool, bool)> =
        (0..stands.len()).map(|at| if at < view.stands.len() { (true, true) } else { (came, false) }).collect();
    let height = height_for(shown.iter().filter(|s| s.0).count());
    let side = if width < 520.0 { 88.0 } else { 128.0 };
    Picture { bands: lay(&shown, &flows, height), stands, width, height, side }
}

#[component]
pub fn FlowBands(view: Memo<Box<MovedView>>) -> impl IntoView {
    let app = use_app();
    let (currency, tiers) = (use_currency(), use_tiers());
    let node = NodeRef::<html::Div>::new();
    let width = use_width(node, 640.0);
    let drawn = Memo::new(move |_| view.with(|v| picture(v, width.get())));
    let bands = move || {
        let (p, locale, tiers, currency) = (drawn.get(), app.locale.get(), tiers.get(), currency.get());
        view.with(|v| {
            let one = |band: &Band| {
                let flow = v.flows.get(band.flow)?;
                let words = words_of(locale, flow, &tiers, &locale.money_round(flow.profit_minor, currency));
                Some(band_view(&p, band, flow, words, locale.int(flow.customers), route_of(v, flow)))
            };
            p.bands.bands.iter().filter_map(one).collect_view()
        })
    };
    let spots = move || {
        let (p, locale, tiers) = (drawn.get(), app.locale.get(), tiers.get());
        let side = |spots: &[Spot], left: bool| {
            spots.iter().map(|spot| spot_view(&p, spot, left, locale, &tiers)).collect_view()
        };
        view! {
            {side(&p.bands.left, true)}
            {side(&p.bands.right, false)}
        }
    };
    let days = move || {
        let (width, locale) = (drawn.with(|p| p.width), app.locale.get());
        let (before, as_of) = view.with(|v| (v.before, v.as_of));
        view! {
            <text class="axis-title" x="0" y="14">{locale.date(before)}</text>
            <text class="axis-title" x=width y="14" text-anchor="end">{locale.date(as_of)}</text>
        }
    };
    view! {
        <div class="plot flow-bands" node_ref=node>
            <svg
                class="plot-svg"
                width=move || drawn.with(|p| p.width)
                height=move || drawn.with(|p| p.height) + TOP + 8.0
                role="group"
                aria-label=move || app.t().moved.label
            >
                <g aria-hidden="true">{dynamic(days)}</g>
                {dynamic(bands)}
                <g aria-hidden="true">{dynamic(spots)}</g>
            </svg>
        </div>
    }
}

/// “True friends → Butterflies: 23 customers, profit ¥86,400”.
fn words_of(locale: Locale, flow: &Flow, tiers: &[TierRule], money: &str) -> String {
    let t = locale.t();
    let people = plural(t.common.n_customers, flow.customers, &[("n", &locale.int(flow.customers))]);
    let (from, to) = (locale.stand(&flow.from, tiers), locale.stand(&flow.to, tiers));
    fill(t.moved.flow, &[("from", &from), ("to", &to), ("customers", &people), ("money", money)])
}

fn band_view(p: &Picture, band: &Band, flow: &Flow, words: String, number: String, to: Route) -> AnyView {
    let place = |stand: &Stand| p.stands.iter().position(|s| s == stand).unwrap_or(0);
    let kind = if flow.from == flow.to { "stays" } else { "moves" };
    let x = (p.side + BAR, p.width - p.side - BAR);
    let shifted = Band { left: band.left + TOP, right: band.right + TOP, ..*band };
    let number = (band.thick >= WORDS).then(|| {
        let y = shifted.left + band.thick / 2.0 + 4.5;
        view! { <text class="flow-count" x=x.0 + 8.0 y=y>{number}</text> }
    });
    // Outside a group the link would be one of the page's text.
    view! {
        <g>
            <a class=format!("flow {kind} {}", tone(&flow.from, place(&flow.from))) href=to.href()>
                {svg::title().child(words)}
                <path d=outline(&shifted, x) />
                {number}
            </a>
        </g>
    }
    .into_any()
}

fn spot_view(p: &Picture, spot: &Spot, left: bool, locale: Locale, tiers: &[TierRule]) -> AnyView {
    let Some(stand) = p.stands.get(spot.place) else { return ().into_any() };
    let name = cut_to(&locale.stand(stand, tiers), p.side - 8.0);
    let (bar, words, anchor) =
        if left { (p.side, p.side - 8.0, "end") } else { (p.width - p.side - BAR, p.width - p.side + 8.0, "start") };
    let y = spot.middle + TOP;
    view! {
        <rect class=format!("flow-spot {}", tone(stand, spot.place)) x=bar y=spot.top + TOP width=BAR height=spot.height.max(1.0) />
        <text class="flow-name" x=words y=y - 2.0 text-anchor=anchor>{name}</text>
        <text class="tick" x=words y=y + 14.0 text-anchor=anchor>{locale.int(spot.value)}</text>
    }
    .into_any()
}
