//! The mean gap step by step, each with its interval; a step opens its answers.

use leptos::{html, svg};
use crate::ui::prelude::*;

use super::with_answers;
use super::words::{interval, signed};
use crate::domain::Day;
use crate::engine::api::{Estimate, ResponseFilter, SatisfactionView};
use crate::locale::{Locale, fill};
use crate::ui::app::use_app;
use crate::ui::charts::{ChartFrame, How, use_width};
use crate::ui::format::Format;
use crate::ui::model::scale::{Scale, Spread};
use crate::ui::model::table::{ChartTable, Unit};
use crate::ui::route::{SettingGroup, VoiceLook};

const TOP: f64 = 12.0;
const HEIGHT: f64 = 200.0;
const BOTTOM: f64 = 30.0;
const LEFT: f64 = 40.0;

/// One step with its mean.
type Point = (Day, Day, Estimate);

fn points(view: &SatisfactionView) -> Vec<(usize, Point)> {
    let steps = view.steps.iter().enumerate();
    steps.filter_map(|(at, (from, to, figures))| Some((at, (*from, *to, figures.gap?)))).collect()
}

#[component]
pub(super) fn Trend(view: Memo<Box<SatisfactionView>>, look: Memo<VoiceLook>) -> impl IntoView {
    let app = use_app();
    let table = Signal::derive(move || {
        let t = &app.t().satisfaction;
        let gap = Unit::Signed(2);
        let heads =
            [(t.from, Unit::Day), (t.gap_mean, gap), (t.low, gap), (t.high, gap), (t.gaps_count, Unit::Count)];
        let row = |(from, _, figures): &(Day, Day, crate::engine::api::VoiceFigures)| {
            let number = |pick: fn(Estimate) -> f64| figures.gap.map(pick).into();
            vec![(*from).into(), number(|e| e.value), number(|e| e.low), number(|e| e.high), figures.answers.into()]
        };
        ChartTable::new(&heads, view.with(|v| v.steps.iter().map(row).collect()))
    });
    let how = Signal::derive(move || {
        let locale = app.locale.get();
        let t = &locale.t().satisfaction;
        let (days, min) = view.with(|v| (locale.int(v.half_life_days), locale.int(v.min_answers)));
        How {
            rule: fill(t.how_gap, &[("days", &days), ("min", &min)]),
            facts: vec![(t.how_answers.to_owned(), locale.int(view.with(|v| v.all.answers)))],
            setting: Some(SettingGroup::Satisfaction),
        }
    });
    view! {
        <ChartFrame title=Signal::derive(move || app.t().satisfaction.trend.to_owned()) table how>
            <Plot view look />
        </ChartFrame>
    }
}

#[component]
fn Plot(view: Memo<Box<SatisfactionView>>, look: Memo<VoiceLook>) -> impl IntoView {
    let app = use_app();
    let node = NodeRef::<html::Div>::new();
    let width = use_width(node, 720.0);
    let lay = Memo::new(move |_| {
        view.with(|v| {
            // Few answers have wide intervals: the scale follows the means and what little is around them.
            let reach = points(v).iter().map(|(_, (_, _, e))| e.value.abs() + 1.0).fold(2.0, f64::max).min(10.0);
            let last = v.steps.len().saturating_sub(1).max(1) as f64;
            let x = Scale::new(Spread::Linear, (0.0, last), (LEFT + 24.0, width.get() - 32.0));
            (x, Scale::new(Spread::Linear, (-reach, reach), (TOP + HEIGHT, TOP)))
        })
    });
    let ticks = move || {
        let ((_, y), locale, width) = (lay.get(), app.locale.get(), width.get());
        let tick = |v: f64| {
            view! {
                <line class="grid" class:zero=v == 0.0 x1=LEFT x2=width y1=y.px(v) y2=y.px(v) />
                <text class="tick" x=LEFT - 8.0 y=y.px(v) + 4.0 text-anchor="end">{signed(locale, v, 1)}</text>
            }
        };
        y.ticks(40.0).into_iter().map(tick).collect_view()
    };
    let months = move || {
        let ((x, _), locale) = (lay.get(), app.locale.get());
        view.with(|v| {
            let every = (v.steps.len() as f64 * 84.0 / width.get().max(1.0)).ceil().max(1.0) as usize;
            let label = |(at, (from, _, _)): (usize, &(Day, Day, _))| {
                view! {
                    <text class="tick" x=x.px(at as f64) y=TOP + HEIGHT + 22.0 text-anchor="middle">
                        {locale.month(*from)}
                    </text>
                }
            };
            v.steps.iter().enumerate().step_by(every).map(label).collect_view()
        })
    };
    let marks = move || {
        let ((x, y), locale, look) = (lay.get(), app.locale.get(), look.get());
        view.with(|v| {
            let min = u64::from(v.min_answers);
            points(v).into_iter().map(|(at, point)| mark(locale, &look, x.px(at as f64), y, point, min)).collect_view()
        })
    };
    let path = move || {
        let (x, y) = lay.get();
        let corners = view.with(|v| points(v));
        let corners = corners.iter().map(|(at, (_, _, e))| format!("{:.1},{:.1}", x.px(*at as f64), y.px(e.value)));
        corners.collect::<Vec<_>>().join(" ")
    };
    view! {
        <div class="plot" node_ref=node>
            <svg
                class="plot-svg voice-plot"
                width=move || width.get()
                height=TOP + HEIGHT + BOTTOM
                role="group"
                aria-label=move || app.t().satisfaction.trend_axis
            >
                <g aria-hidden="true">
                    {dynamic(ticks)} {dynamic(months)} <polyline class="path" points=path />
                </g>
                {dynamic(marks)}
            </svg>
            <p class="plot-hint" data-legend="">{move || app.t().satisfaction.trend_axis}</p>
        </div>
    }
}

fn mark(locale: Locale, look: &VoiceLook, x: f64, y: Scale, (from, to, e): Point, min: u64) -> impl IntoView + use<> {
    let number = |v: f64| signed(locale, v, 2);
    let values = [("from", locale.month(from)), ("value", number(e.value)), ("interval", interval(locale, e, number))];
    let values = values.each_ref().map(|(name, text)| (*name, text.as_str()));
    let words = fill(locale.t().satisfaction.trend_point, &values);
    let filter = ResponseFilter { from: Some(from), to: Some(to), ..ResponseFilter::default() };
    let (low, high) = y.domain();
    let ends = [e.low, e.high].map(|v| y.px(v.clamp(low, high)));
    view! {
        <svg overflow="visible">
            <a href=with_answers(look, filter).href() aria-label=words.clone() class:thin=e.n < min>
                {svg::title().child(words.clone())}
                <line class="whisker" x1=x x2=x y1=ends[0] y2=ends[1] />
                <circle cx=x cy=y.px(e.value) r="5.5" />
            </a>
        </svg>
    }
}
