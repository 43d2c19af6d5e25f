//! Cohorts as a staircase: a row per period of the first purchase, a cell per period since.

use leptos::{ev, html, svg};
use crate::ui::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::SvgElement;

use super::size::use_width;
use crate::ui::app::use_app;
use crate::ui::format::Format;
use crate::ui::model::heat::{shade, walk_rows};

const HEAD: f64 = 22.0;
const ROW: f64 = 34.0;
const NAME: f64 = 84.0;
const SIZE: f64 = 52.0;
const NARROW: f64 = 36.0;

/// One cell in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    pub share: f64,
    /// What a pointer and a screen reader are told.
    pub name: String,
    /// Its period is not over.
    pub open: bool,
    /// Where its customers are.
    pub href: String,
}

/// One row: its name, how many it holds, where its customers are, its cells from the first period after on.
#[derive(Clone, Debug, PartialEq)]
pub struct CohortLine {
    pub name: String,
    pub size: String,
    pub href: String,
    pub cells: Vec<Cell>,
}

/// The staircase. `chosen` is the row that was taken.
#[component]
pub fn CohortGrid(
    #[prop(into)] lines: Signal<Vec<CohortLine>>,
    chosen: RwSignal<Option<usize>>,
    #[prop(into)] axis: Signal<String>,
) -> impl IntoView {
    let app = use_app();
    let node = NodeRef::<html::Div>::new();
    let width = use_width(node, 720.0);
    let columns = Memo::new(move |_| lines.with(|l| l.iter().map(|l| l.cells.len()).max().unwrap_or(0)));
    let cell_px =
        Memo::new(move |_| ((width.get() - NAME - SIZE - 4.0) / columns.get().max(1) as f64).clamp(NARROW, 64.0));
    let lens = Memo::new(move |_| lines.with(|l| l.iter().map(|l| l.cells.len()).collect::<Vec<_>>()));
    let current = RwSignal::new((0usize, 0usize));
    let on_key = move |event: ev::KeyboardEvent| {
        let at = current.get_untracked();
        let to = lens.with_untracked(|lens| walk_rows(lens, at, &event.key()));
        if to != at {
            event.prevent_default();
            current.set(to);
            focus_cell(&event, to);
        }
    };
    let drawn = move || {
        let (w, lines) = (cell_px.get(), lines.get());
        let most = lines.iter().flat_map(|l| &l.cells).map(|c| c.share).fold(0.0, f64::max);
        let first = lines.iter().position(|l| !l.cells.is_empty()).unwrap_or(0);
        current.update(|at| {
            if lines.get(at.0).is_none_or(|l| l.cells.len() <= at.1) {
                *at = (first, 0);
            }
        });
        let line = |(row, line): (usize, CohortLine)| {
            let y = HEAD + row as f64 * ROW;
            let cells = line.cells.into_iter().enumerate();
            let cells = cells.map(|(c, cell)| cell_view(cell, most, (row, c), (w, y), current));
            view! {
                <svg x="0" y=y width=NAME height=ROW>
                    <a class="cohort-name" class:chosen=move || chosen.get() == Some(row) href=line.href>
                        <text x="0" y=ROW / 2.0 + 4.5>{line.name}</text>
                    </a>
                </svg>
                <text class="tick" x=NAME + SIZE - 10.0 y=y + ROW / 2.0 + 4.5 text-anchor="end">{line.size}</text>
                {cells.collect_view()}
            }
        };
        lines.into_iter().enumerate().map(line).collect_view()
    };
    let heads = move || {
        let (locale, w) = (app.locale.get(), cell_px.get());
        let head = |c: usize| {
            view! {
                <text class="tick" x=NAME + SIZE + (c as f64 + 0.5) * w y="14" text-anchor="middle">{locale.int(c as i64 + 1)}</text>
            }
        };
        (0..columns.get()).map(head).collect_view()
    };
    view! {
        <div class="plot" node_ref=node>
            <div class="cohort-scroll">
                <svg
                    class="plot-svg cohort-grid"
                    width=move || NAME + SIZE + cell_px.get() * columns.get() as f64 + 2.0
                    height=move || HEAD + ROW * lens.with(Vec::len) as f64
                    role="group"
                    aria-label=move || app.t().retention.cohorts_label
                    on:keydown=on_key
                >
                    <g aria-hidden="true">{dynamic(heads)}</g>
                    {dynamic(drawn)}
                </svg>
            </div>
            <p class="plot-hint" data-legend="">{axis}</p>
            <p class="plot-hint">{move || app.t().retention.cell_keys}</p>
        </div>
    }
}

fn cell_view(
    cell: Cell,
    most: f64,
    place: (usize, usize),
    (w, y): (f64, f64),
    current: RwSignal<(usize, usize)>,
) -> AnyView {
    // The shades go by the root; shares are compared as they are.
    let square = |share: f64| (share * share * 1e6).round() as i64;
    let shade = if cell.share > 0.0 { shade(square(cell.share), square(most)) } else { 0 };
    let shown = format!("{:.0}", cell.share * 100.0);
    view! {
        <svg x=NAME + SIZE + place.1 as f64 * w y=y width=w height=ROW>
            <a
                class=format!("heat heat-{shade}")
                class:open=cell.open
                data-cell=format!("{}-{}", place.0, place.1)
                href=cell.href
                tabindex=move || if current.get() == place { "0" } else { "-1" }
                on:focus=move |_| current.set(place)
            >
                {svg::title().child(cell.name)}
                " "
                <rect x="1.5" y="1.5" width=(w - 3.0).max(0.0) height=ROW - 3.0 rx="5" />
                <text x=w / 2.0 y=ROW / 2.0 + 4.5 text-anchor="middle">{shown}</text>
            </a>
        </svg>
    }
    .into_any()
}

fn focus_cell(event: &ev::KeyboardEvent, (row, column): (usize, usize)) {
    let svg = event.current_target().and_then(|t| t.dyn_into::<web_sys::Element>().ok());
    let cell = svg.and_then(|s| s.query_selector(&format!("[data-cell='{row}-{column}']")).ok().flatten());
    if let Some(cell) = cell.and_then(|c| c.dyn_into::<SvgElement>().ok()) {
        let _focused = cell.focus();
    }
}
