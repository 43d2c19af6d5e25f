//! The RFM grid: recency up, frequency across; each cell a link to its customers.

use leptos::{ev, html, svg};
use crate::ui::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::SvgElement;

use super::size::use_width;
use crate::domain::Currency;
use crate::engine::api::{Filter, RfmView};
use crate::locale::{Locale, fill, plural};
use crate::ui::app::use_app;
use crate::ui::format::Format;
use crate::ui::model::heat::{HeatCell, HeatOf, grid, walk};
use crate::ui::route::Route;

/// Space for the axis titles and scores, px.
const LEFT: f64 = 44.0;
const BOTTOM: f64 = 44.0;

/// The grid of customers by recency and frequency scores.
#[component]
pub fn RfmGrid(view: Memo<RfmView>, of: Signal<HeatOf>, currency: Memo<Currency>) -> impl IntoView {
    let app = use_app();
    let node = NodeRef::<html::Div>::new();
    let width = use_width(node, 560.0);
    let bins = Memo::new(move |_| view.with(|v| v.cells.len().max(1)));
    let cell_px = Memo::new(move |_| ((width.get().min(760.0) - LEFT - 4.0) / bins.get() as f64).max(36.0));
    let row_px = Memo::new(move |_| (cell_px.get() * 0.62).clamp(40.0, 76.0));
    let current = RwSignal::new((0usize, 0usize));
    let on_key = move |event: ev::KeyboardEvent| {
        let to = walk(current.get_untracked(), &event.key(), bins.get_untracked());
        if to != current.get_untracked() {
            event.prevent_default();
            current.set(to);
            focus_cell(&event, to);
        }
    };
    let cells = move || {
        let (w, h, of, locale, currency) = (cell_px.get(), row_px.get(), of.get(), app.locale.get(), currency.get());
        let rows = view.with(|v| grid(v, of));
        let mut out = Vec::new();
        for (r, row) in rows.into_iter().enumerate() {
            for (c, cell) in row.into_iter().enumerate() {
                let at = (LEFT + c as f64 * w, r as f64 * h);
                out.push(cell_view(cell, of, at, (w, h), (r, c), current, locale, currency));
            }
        }
        out.into_iter().collect_view()
    };
    view! {
        <div class="plot rfm-grid" node_ref=node>
            <svg
                class="plot-svg"
                width=move || LEFT + cell_px.get() * bins.get() as f64 + 4.0
                height=move || row_px.get() * bins.get() as f64 + BOTTOM
                role="group"
                aria-label=move || app.t().segments.rfm_label
                on:keydown=on_key
            >
                {dynamic(cells)}
                <Scores bins cell_px row_px />
            </svg>
            <p class="plot-hint">{move || app.t().segments.rfm_cell_keys}</p>
        </div>
    }
}

/// The figure in a cell and its name for screen readers.
fn cell_words(cell: &HeatCell, of: HeatOf, locale: Locale, currency: Currency) -> (String, String) {
    let t = locale.t();
    let shown = match of {
        HeatOf::Customers => locale.int(cell.customers),
        HeatOf::MeanRevenue if cell.customers == 0 => "–".to_owned(),
        HeatOf::MeanRevenue => locale.money_compact(cell.mean_revenue_minor, currency),
    };
    let name = fill(
        t.segments.rfm_cell,
        &[
            ("r", &locale.int(cell.recency)),
            ("f", &locale.int(cell.frequency)),
            ("customers", &plural(t.common.n_customers, cell.customers, &[("n", &locale.int(cell.customers))])),
            ("revenue", &locale.money_round(cell.mean_revenue_minor, currency)),
        ],
    );
    (shown, name)
}

#[allow(clippy::too_many_arguments)]
fn cell_view(
    cell: HeatCell,
    of: HeatOf,
    (x, y): (f64, f64),
    (w, h): (f64, f64),
    place: (usize, usize),
    current: RwSignal<(usize, usize)>,
    locale: Locale,
    currency: Currency,
) -> impl IntoView {
    let (shown, name) = cell_words(&cell, of, locale, currency);
    let filter = Filter { rfm_cell: Some((cell.recency, cell.frequency)), ..Filter::default() };
    view! {
        <svg x=x y=y width=w height=h>
            <a
                class=format!("heat heat-{}", cell.shade)
                href=Route::customers(filter).href()
                data-cell=format!("{}-{}", place.0, place.1)
                tabindex=move || if current.get() == place { "0" } else { "-1" }
                aria-label=name.clone()
                on:focus=move |_| current.set(place)
            >
                {svg::title().child(name.clone())}
                <rect x="1.5" y="1.5" width=(w - 3.0).max(0.0) height=(h - 3.0).max(0.0) rx="6" />
                <text x=w / 2.0 y=h / 2.0 + 5.0 text-anchor="middle">
                    {shown}
                </text>
            </a>
        </svg>
    }
}

/// The scores beside the rows and under the columns, and what they mean.
#[component]
fn Scores(bins: Memo<usize>, cell_px: Memo<f64>, row_px: Memo<f64>) -> impl IntoView {
    let app = use_app();
    let locale = app.locale;
    let scores = move || {
        let (n, w, h) = (bins.get(), cell_px.get(), row_px.get());
        let score = |i: usize| {
            let words = locale.get().int(i as u64 + 1);
            let (x, y) = (LEFT + (i as f64 + 0.5) * w, (n as f64 - i as f64 - 0.5) * h);
            view! {
                <text class="tick" x=x y=n as f64 * h + 16.0 text-anchor="middle">
                    {words.clone()}
                </text>
                <text class="tick" x=LEFT - 8.0 y=y + 4.0 text-anchor="end">
                    {words}
                </text>
            }
        };
        (0..n).map(score).collect_view()
    };
    let middle_y = move || row_px.get() * bins.get() as f64 / 2.0;
    view! {
        <g aria-hidden="true">
            {dynamic(scores)}
            <text class="axis-title" text-anchor="middle" x="12" y=middle_y transform=move || format!("rotate(-90 12 {})", middle_y())>
                {move || app.t().segments.rfm_axis_recency}
            </text>
            <text
                class="axis-title"
                text-anchor="middle"
                x=move || LEFT + cell_px.get() * bins.get() as f64 / 2.0
                y=move || row_px.get() * bins.get() as f64 + 38.0
            >
                {move || app.t().segments.rfm_axis_frequency}
            </text>
        </g>
    }
}

fn focus_cell(event: &ev::KeyboardEvent, (row, column): (usize, usize)) {
    let svg = event.current_target().and_then(|t| t.dyn_into::<web_sys::Element>().ok());
    let cell = svg.and_then(|s| s.query_selector(&format!("[data-cell='{row}-{column}']")).ok().flatten());
    if let Some(cell) = cell.and_then(|c| c.dyn_into::<SvgElement>().ok()) {
        let _focused = cell.focus();
    }
}
