//! The test of the forecast: cumulative repeat purchases, expected and actual, week by week.

use leptos::html;
use crate::ui::prelude::*;

use super::worth_words::how;
use crate::domain::Day;
use crate::engine::api::{HoldOut, TrackStep, WorthView};
use crate::ui::app::use_app;
use crate::ui::charts::{ChartFrame, use_width};
use crate::ui::format::Format;
use crate::ui::model::scale::{Scale, Spread};
use crate::ui::model::table::{ChartTable, Unit};

const TOP: f64 = 24.0;
const HEIGHT: f64 = 240.0;
const BOTTOM: f64 = 30.0;
const LEFT: f64 = 52.0;
/// Room for the names at the ends of the lines.
const RIGHT: f64 = 76.0;

#[component]
pub(super) fn Tracking(view: Memo<Box<WorthView>>) -> impl IntoView {
    let app = use_app();
    let test = Memo::new(move |_| view.with(|v| v.hold_out.clone()));
    let table = Signal::derive(move || {
        let t = &app.t().worth;
        let row = |s: &TrackStep| vec![Day(s.day).into(), (s.expected.round() as i64).into(), s.actual.into()];
        let rows = test.with(|t| t.iter().flat_map(|t| &t.steps).map(row).collect());
        ChartTable::new(&[(t.until, Unit::Day), (t.expected, Unit::Count), (t.actual, Unit::Count)], rows)
    });
    let how = Signal::derive(move || view.with(|v| how(app.locale.get(), v)));
    view! {
        <ChartFrame title=Signal::derive(move || app.t().worth.chart.to_owned()) table how>
            <Plot test />
        </ChartFrame>
    }
}

/// Days and purchases on the picture.
fn scales(test: &HoldOut, width: f64) -> Option<(Scale, Scale)> {
    let (first, last) = (test.steps.first()?, test.steps.last()?);
    let most = test.steps.iter().map(|s| s.expected.max(s.actual as f64)).fold(1.0, f64::max);
    let days = (f64::from(first.day), f64::from(last.day.max(first.day.saturating_add(1))));
    let x = Scale::new(Spread::Linear, days, (LEFT + 8.0, width - RIGHT));
    Some((x, Scale::new(Spread::Linear, (0.0, most * 1.05), (TOP + HEIGHT, TOP))))
}

#[component]
fn Plot(test: Memo<Option<HoldOut>>) -> impl IntoView {
    let app = use_app();
    let node = NodeRef::<html::Div>::new();
    let width = use_width(node, 720.0);
    let drawn = move || {
        let (locale, width) = (app.locale.get(), width.get());
        test.with(|test| {
            let test = test.as_ref()?;
            let (x, y) = scales(test, width)?;
            let t = &locale.t().worth;
            let line = |pick: fn(&TrackStep) -> f64| {
                let corner = |s: &TrackStep| format!("{:.1},{:.1}", x.px(f64::from(s.day)), y.px(pick(s)));
                test.steps.iter().map(corner).collect::<Vec<_>>().join(" ")
            };
            let tick = |v: f64| {
                view! {
                    <line class="grid" x1=LEFT x2=width - RIGHT y1=y.px(v) y2=y.px(v) />
                    <text class="tick" x=LEFT - 8.0 y=y.px(v) + 4.0 text-anchor="end">{locale.int(v as i64)}</text>
                }
            };
            let every = (test.steps.len() as f64 * 96.0 / (width - LEFT - RIGHT).max(1.0)).ceil().max(1.0) as usize;
            let month = |s: &TrackStep| {
                view! {
                    <text class="tick" x=x.px(f64::from(s.day)) y=TOP + HEIGHT + 22.0 text-anchor="middle">
                        {locale.month(Day(s.day))}
                    </text>
                }
            };
            let split = x.px(f64::from(test.split));
            // Its name stands on the side with more room.
            let (name_x, anchor) =
                if split > width * 0.55 { (split - 6.0, "end") } else { (split + 6.0, "start") };
            let last = test.steps.last()?;
            let (expected, actual) = (y.px(last.expected), y.px(last.actual as f64));
            // Names that would lie on each other stand apart.
            let apart = if expected <= actual { -1.0 } else { 1.0 } * (16.0 - (expected - actual).abs()).max(0.0) / 2.0;
            let name = |class: &'static str, at: f64, words: &'static str| {
                view! { <text class=class x=width - RIGHT + 8.0 y=at + 4.0>{words}</text> }
            };
            Some(view! {
                {y.ticks(48.0).into_iter().map(tick).collect_view()}
                {test.steps.iter().step_by(every).map(month).collect_view()}
                <line class="split" x1=split x2=split y1=TOP - 12.0 y2=TOP + HEIGHT />
                <text class="tick" x=name_x y=TOP - 6.0 text-anchor=anchor>{t.unseen}</text>
                <polyline class="path actual" points=line(|s| s.actual as f64) />
                <polyline class="path expected" points=line(|s| s.expected) />
                {name("tick strong", actual - apart, t.actual)}
                {name("tick accent", expected + apart, t.expected)}
            })
        })
    };
    view! {
        <div class="plot" node_ref=node>
            <svg
                class="plot-svg voice-plot tracking"
                width=move || width.get()
                height=TOP + HEIGHT + BOTTOM
                role="img"
                aria-label=move || app.t().worth.axis
            >
                {drawn}
            </svg>
            <p class="plot-hint" data-legend="">{move || app.t().worth.axis}</p>
        </div>
    }
}
