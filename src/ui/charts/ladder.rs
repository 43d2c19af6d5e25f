//! The dormancy ladder: a bar per step, with a mark where it stood 30 days before.

use leptos::{html, svg};
use crate::ui::prelude::*;

use super::size::use_width;
use crate::engine::api::{DormancyView, Filter};
use crate::locale::{Locale, fill, plural};
use crate::ui::app::use_app;
use crate::ui::format::Format;
use crate::ui::model::flows::{Movement, STEPS, movements};
use crate::ui::model::scale::{Scale, Spread, nice_ceiling};
use crate::ui::route::Route;

const ROW: f64 = 56.0;
const TOP: f64 = 8.0;
const BOTTOM: f64 = 44.0;

/// Where the bars lie.
#[derive(Clone, Copy, PartialEq)]
struct Lay {
    width: f64,
    left: f64,
    x: Scale,
}

/// The four steps as bars, each a link to its customers.
#[component]
pub fn Ladder(view: Memo<DormancyView>) -> impl IntoView {
    let app = use_app();
    let node = NodeRef::<html::Div>::new();
    let width = use_width(node, 640.0);
    let moves = Memo::new(move |_| view.with(movements));
    let lay = Memo::new(move |_| {
        let width = width.get();
        let left = if width < 520.0 { 100.0 } else { 108.0 };
        let most = moves.with(|m| m.iter().map(|m| m.now.max(m.before)).max().unwrap_or(0));
        let x = Scale::new(Spread::Linear, (0.0, nice_ceiling(most as f64)), (left, width - 72.0));
        Lay { width, left, x }
    });
    let height = ROW * 4.0 + TOP + BOTTOM;
    let bars = move || {
        let (lay, n, locale) = (lay.get(), view.with(|v| v.n), app.locale.get());
        let bar = |(i, m): (usize, Movement)| step_view(i, m, n, lay, locale);
        moves.get().into_iter().enumerate().map(bar).collect_view()
    };
    let ticks = move || {
        let (lay, locale) = (lay.get(), app.locale.get());
        let tick = |v: f64| {
            let x = lay.x.px(v);
            view! {
                <line class="grid" class:zero=v == 0.0 x1=x x2=x y1=TOP y2=height - BOTTOM />
                <text class="tick" x=x y=height - BOTTOM + 16.0 text-anchor="middle">
                    {locale.int(v as i64)}
                </text>
            }
        };
        // Customers are whole: no ticks between.
        lay.x.ticks(72.0).into_iter().filter(|v| v.fract() == 0.0).map(tick).collect_view()
    };
    view! {
        <div class="plot ladder" node_ref=node>
            <svg
                class="plot-svg"
                width=move || lay.get().width
                height=height
                role="group"
                aria-label=move || app.t().segments.dormancy_label
            >
                <g aria-hidden="true">
                    {dynamic(ticks)}
                    <text class="axis-title" text-anchor="end" x=move || lay.get().width - 16.0 y=height - 8.0>
                        {move || app.t().segments.dormancy_axis}
                    </text>
                </g>
                {dynamic(bars)}
            </svg>
            <p class="plot-hint legend" data-legend="">
                <span class="legend-bar"></span>
                {move || app.t().segments.dormancy_now}
                <span class="legend-tick"></span>
                {move || app.t().segments.dormancy_before}
            </p>
        </div>
    }
}

fn step_view(i: usize, m: Movement, n: u64, lay: Lay, locale: Locale) -> impl IntoView {
    let t = locale.t();
    let step = STEPS.get(i).copied();
    let name = step.map_or("", |s| locale.dormancy(s));
    let share = if n == 0 { 0.0 } else { m.now as f64 / n as f64 };
    let words = fill(
        t.segments.dormancy_step,
        &[
            ("step", name),
            ("customers", &plural(t.common.n_customers, m.now, &[("n", &locale.int(m.now))])),
            ("share", &locale.percent(share, 1)),
        ],
    );
    let href = Route::customers(Filter { dormancy: step, ..Filter::default() }).href();
    let (y, end, before) = (TOP + i as f64 * ROW, lay.x.px(m.now as f64), lay.x.px(m.before as f64));
    view! {
        <svg x="0" y=y width=lay.width height=ROW>
            <a class=format!("step step-{i}") href=href>
                {svg::title().child(words.clone())}
                <rect class="step-ground" x="0" y="4" width=lay.width height=ROW - 8.0 rx="6" />
                <text class="step-name" x=lay.left - 12.0 y=ROW / 2.0 + 5.0 text-anchor="end">
                    {name}
                </text>
                <rect class="bar" x=lay.left y="12" width=(end - lay.left).max(0.0) height=ROW - 24.0 />
                <line class="before" x1=before x2=before y1="8" y2=ROW - 8.0 />
                " "
                <text class="step-count" x=end.max(before) + 8.0 y=ROW / 2.0 + 5.0>
                    {locale.int(m.now)}
                </text>
            </a>
        </svg>
    }
}
