//! Kotler's map: every customer a mark, two lines to drag.

use std::sync::Arc;

use leptos::{ev, html};
use crate::ui::prelude::*;

use super::map_area::{AreaLayer, DriftLayer};
use super::map_handle::CutHandle;
use super::map_marks::{CanvasMarks, SvgMarks};
use super::size::{place_in_svg, use_width};
use crate::domain::Currency;
use crate::engine::api::{Drift, KotlerPoint, Query, Topic};
use crate::locale::{Locale, fill, plural};
use crate::ui::app::use_app;
use crate::ui::format::Format;
use crate::ui::model::area::Area;
use crate::ui::model::scatter::{CutLine, Cuts, Frame, GROUPS, Layout, Points, Quarter, SVG_LIMIT, group_at};
use crate::ui::query::use_query_if;
use crate::ui::route::Route;

/// How near a mark the pointer must be, px.
const REACH: f64 = 16.0;

fn frame_of(width: f64) -> Frame {
    let narrow = width < 520.0;
    Frame {
        width,
        height: (width * 0.6).clamp(340.0, 520.0),
        left: if narrow { 56.0 } else { 76.0 },
        right: 24.0,
        top: 44.0,
        bottom: 48.0,
    }
}

/// The map. `on_move` hears every step of a drag, `on_settle` its end.
#[component]
pub fn KotlerMap(
    points: Memo<Arc<Points>>,
    cuts: Memo<Cuts>,
    quarters: Memo<[Quarter; 4]>,
    currency: Memo<Currency>,
    on_move: Callback<Cuts>,
    on_settle: Callback<CutLine>,
    drifts: Memo<Vec<Drift>>,
    /// Whether a drag selects an area, and which one.
    selecting: RwSignal<bool>,
    area: RwSignal<Option<Area>>,
) -> impl IntoView {
    let app = use_app();
    let node = NodeRef::<html::Div>::new();
    let width = use_width(node, 640.0);
    let frame = Memo::new(move |_| frame_of(width.get()));
    let layout = Memo::new(move |_| Arc::new(points.with(|p| Layout::new(p, frame.get()))));
    let marked = RwSignal::new(None::<usize>);
    let asked = use_query_if::<Option<KotlerPoint>>(
        move || Some(Query::KotlerPoint { as_of: app.as_of.get(), index: u32::try_from(marked.get()?).ok()? }),
        &[Topic::Customers],
    );
    // The answer to the mark before may still stand there.
    let who = Memo::new(move |_| {
        let index = marked.get()?;
        asked.with(|a| a.data.clone()).flatten().filter(|found| found.index as usize == index)
    });
    let crowded = Memo::new(move |_| points.with(|p| p.len() > SVG_LIMIT));
    let label = move || {
        let locale = app.locale.get();
        let n = points.with(|p| p.len()) as u64;
        plural(locale.t().segments.map_label, n, &[("n", &locale.int(n))])
    };
    view! {
        <div class="plot kotler-map" node_ref=node>
            {dynamic(move || crowded.get().then(|| view! { <CanvasMarks points layout frame cuts /> }))}
            <svg class="plot-svg" width=move || frame.get().width height=move || frame.get().height role="group" aria-label=label>
                <Axes layout frame currency />
                {dynamic(move || (!crowded.get()).then(|| view! { <SvgMarks points layout cuts /> }))}
                <DriftLayer layout drifts />
                <Corners frame quarters />
                <MarkedPoint layout marked />
                <Reader layout frame who marked label=Signal::derive(label) />
                <CutHandle line=CutLine::Profit layout frame cuts currency on_move on_settle />
                <CutHandle line=CutLine::Loyalty layout frame cuts currency on_move on_settle />
                {dynamic(move || selecting.get().then(|| view! { <AreaLayer layout frame area /> }))}
            </svg>
            <Tip points layout cuts frame currency marked who />
        </div>
    }
}

/// Ticks, their words and the titles of both axes.
#[component]
fn Axes(layout: Memo<Arc<Layout>>, frame: Memo<Frame>, currency: Memo<Currency>) -> impl IntoView {
    let app = use_app();
    let across = move || {
        let (layout, f, locale) = (layout.get(), frame.get(), app.locale.get());
        let tick = |value: f64| {
            let x = layout.x.px(value);
            view! {
                <line class="grid" x1=x x2=x y1=f.top y2=f.height - f.bottom />
                <text class="tick" x=x y=f.height - f.bottom + 18.0 text-anchor="middle">
                    {locale.percent(value, 0)}
                </text>
            }
        };
        layout.x.ticks(72.0).into_iter().map(tick).collect_view()
    };
    let up = move || {
        let (layout, f, locale, currency) = (layout.get(), frame.get(), app.locale.get(), currency.get());
        let tick = |value: f64| {
            let y = layout.y.px(value);
            view! {
                <line class="grid" class:zero=value == 0.0 x1=f.left x2=f.width - f.right y1=y y2=y />
                <text class="tick" x=f.left - 8.0 y=y + 4.0 text-anchor="end">
                    {locale.money_compact(value as i64, currency)}
                </text>
            }
        };
        layout.y.ticks(30.0).into_iter().map(tick).collect_view()
    };
    let profit_title = move || {
        let locale = app.locale.get();
        fill(locale.t().segments.axis_profit, &[("currency", currency.get().code())])
    };
    view! {
        <g class="axes" aria-hidden="true">
            {dynamic(across)} {dynamic(up)}
            <text
                class="axis-title"
                text-anchor="end"
                x=move || frame.get().width - frame.get().right
                y=move || frame.get().height - 8.0
            >
                {move || app.t().segments.axis_loyalty}
            </text>
            <text class="axis-title" x="4" y="14">
                {shared(profit_title)}
            </text>
        </g>
    }
}

/// The quarters' names and counts in their corners.
#[component]
fn Corners(frame: Memo<Frame>, quarters: Memo<[Quarter; 4]>) -> impl IntoView {
    let app = use_app();
    let corner = move |i: usize| {
        let (f, locale) = (frame.get(), app.locale.get());
        let group = GROUPS.get(i).copied()?;
        let count = quarters.with(|q| q.get(i).map_or(0, |q| q.customers));
        // Reading order of the groups: top right, top left, bottom right, bottom left.
        let (right, bottom) = (i.is_multiple_of(2), i >= 2);
        let x = if right { f.width - f.right - 8.0 } else { f.left + 8.0 };
        let y = if bottom { f.height - f.bottom - 10.0 } else { f.top + 18.0 };
        let words = format!("{} {}", locale.kotler_plural(group), locale.int(count));
        Some(view! {
            <text class=format!("corner {}", class_of(i)) x=x y=y text-anchor=if right { "end" } else { "start" }>
                {words}
            </text>
        })
    };
    view! {
        <g aria-hidden="true">
            {move || corner(0)} {move || corner(1)} {move || corner(2)} {move || corner(3)}
        </g>
    }
}

/// The style of the quarter at this place of [`GROUPS`].
pub fn class_of(index: usize) -> &'static str {
    ["true-friend", "butterfly", "barnacle", "stranger"].get(index).copied().unwrap_or_default()
}

/// A ring around the mark that is being read.
#[component]
fn MarkedPoint(layout: Memo<Arc<Layout>>, marked: RwSignal<Option<usize>>) -> impl IntoView {
    let at = move || marked.get().and_then(|i| layout.with(|l| l.at.get(i).copied()));
    dynamic(move || {
        at().map(|(x, y)| {
            let r = layout.with(|l| l.radius) + 4.0;
            view! { <circle class="marked" cx=f64::from(x) cy=f64::from(y) r=r /> }
        })
    })
}

/// The plot's own ground: finds the mark under the pointer, and walks from mark to mark by keys.
#[component]
fn Reader(
    layout: Memo<Arc<Layout>>,
    frame: Memo<Frame>,
    who: Memo<Option<KotlerPoint>>,
    marked: RwSignal<Option<usize>>,
    label: Signal<String>,
) -> impl IntoView {
    let app = use_app();
    let was_marked = StoredValue::new(None::<usize>);
    let open = move |index: usize| {
        if let Some(found) = who.get_untracked().filter(|w| w.index as usize == index) {
            app.go(&Route::Customer(found.id));
        }
    };
    let find = move |event: &ev::PointerEvent| {
        let found = place_in_svg(event).and_then(|at| layout.with_untracked(|l| l.nearest(at, REACH)));
        if found != marked.get_untracked() {
            marked.set(found);
        }
    };
    let down = move |event: ev::PointerEvent| {
        // A finger first reads a mark, and opens it with the second tap; a mouse has read it already.
        was_marked.set_value(marked.get_untracked());
        find(&event);
    };
    let up = move |_| {
        if let Some(index) = marked.get_untracked().filter(|i| was_marked.get_value() == Some(*i)) {
            open(index);
        }
    };
    let key = move |event: ev::KeyboardEvent| match (event.key().as_str(), marked.get_untracked()) {
        ("Enter", Some(index)) => open(index),
        ("Escape", _) => marked.set(None),
        (key, from) => {
            if let Some(next) = layout.with_untracked(|l| l.walk(from, key)).filter(|_| key.starts_with("Arrow")) {
                event.prevent_default();
                marked.set(Some(next));
            }
        }
    };
    view! {
        <rect
            class="reader"
            class:openable=move || marked.get().is_some()
            x=move || frame.get().left
            y=move || frame.get().top
            width=move || (frame.get().width - frame.get().left - frame.get().right).max(0.0)
            height=move || (frame.get().height - frame.get().top - frame.get().bottom).max(0.0)
            tabindex="0"
            role="application"
            aria-label=move || label.get()
            on:pointermove=move |e| find(&e)
            on:pointerdown=down
            on:pointerup=up
            on:pointerleave=move |e| {
                // A finger that lifts leaves too: what it read stays, for the second tap.
                if e.pointer_type() != "touch" {
                    marked.set(None);
                }
            }
            on:keydown=key
            on:blur=move |_| marked.set(None)
        />
    }
}

/// What the marked customer is worth, beside the mark and for screen readers.
#[component]
fn Tip(
    points: Memo<Arc<Points>>,
    layout: Memo<Arc<Layout>>,
    cuts: Memo<Cuts>,
    frame: Memo<Frame>,
    currency: Memo<Currency>,
    marked: RwSignal<Option<usize>>,
    who: Memo<Option<KotlerPoint>>,
) -> impl IntoView {
    let app = use_app();
    let words = move || {
        let index = marked.get()?;
        let (loyalty, profit) =
            points.with(|p| Some((*p.loyalty.get(index)?, *p.profit_minor.get(index)?)))?;
        Some(describe(app.locale.get(), (profit, loyalty), cuts.get(), currency.get()))
    };
    let place = move || marked.get().and_then(|i| layout.with(|l| l.at.get(i).copied()));
    view! {
        <div
            class="tip"
            role="status"
            class:shown=move || marked.get().is_some()
            class:flip=move || place().is_some_and(|(x, _)| f64::from(x) > frame.get().width * 0.6)
            style:left=move || format!("{}px", place().map_or(0.0, |p| p.0))
            style:top=move || format!("{}px", place().map_or(0.0, |p| p.1))
        >
            {move || who.get().map(|w| view! { <strong>{w.name}</strong> })}
            {move || words().map(|(group, figures)| view! { <span>{group}</span><span>{figures}</span> })}
            {move || marked.get().map(|_| view! { <small>{app.t().segments.tip_open}</small> })}
        </div>
    }
}

fn describe(
    locale: Locale,
    (profit, loyalty): (f64, f64),
    cuts: Cuts,
    currency: Currency,
) -> (&'static str, String) {
    let figures = fill(
        locale.t().segments.tip_point,
        &[("profit", &locale.money_round(profit as i64, currency)), ("loyalty", &locale.percent(loyalty, 0))],
    );
    (locale.kotler(group_at(profit, loyalty, cuts)), figures)
}
