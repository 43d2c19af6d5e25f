//! The Pareto curve with a reading line: what the best so many per cent of customers bring.

use leptos::{ev, html};
use crate::ui::prelude::*;

use super::size::{place_in_svg, use_width};
use crate::engine::api::{Filter, TiersView};
use crate::locale::fill;
use crate::ui::app::use_app;
use crate::ui::format::Format;
use crate::ui::model::pareto::{path, share_at, walk, y_domain};
use crate::ui::model::scale::{Scale, Spread};
use crate::ui::model::scatter::Frame;
use crate::ui::route::Route;

fn frame_of(width: f64) -> Frame {
    Frame { width, height: (width * 0.5).clamp(280.0, 420.0), left: 56.0, right: 24.0, top: 32.0, bottom: 48.0 }
}

/// Both axes, shares 0–1.
#[derive(Clone, Copy, PartialEq)]
struct Axes {
    frame: Frame,
    x: Scale,
    y: Scale,
}

/// The curve. The reading line starts at the best 20 %.
#[component]
pub fn ParetoCurve(view: Memo<TiersView>) -> impl IntoView {
    let app = use_app();
    let node = NodeRef::<html::Div>::new();
    let width = use_width(node, 640.0);
    let axes = Memo::new(move |_| {
        let frame = frame_of(width.get());
        let x = Scale::new(Spread::Linear, (0.0, 1.0), (frame.left, frame.width - frame.right));
        let domain = view.with(|v| y_domain(&v.pareto));
        let y = Scale::new(Spread::Linear, domain, (frame.height - frame.bottom, frame.top));
        Axes { frame, x, y }
    });
    let share = RwSignal::new(0.2f64);
    let profit = Memo::new(move |_| view.with(|v| share_at(&v.pareto, share.get())).unwrap_or(0.0));
    let curve = move |area: bool| axes.with(|a| view.with(|v| path(&v.pareto, &a.x, &a.y, area)));
    let equal = move || {
        axes.with(|a| format!("M{:.1} {:.1}L{:.1} {:.1}", a.x.px(0.0), a.y.px(0.0), a.x.px(1.0), a.y.px(1.0)))
    };
    let open_words = move || {
        let locale = app.locale.get();
        fill(locale.t().segments.pareto_open, &[("share", &locale.percent(share.get(), 0))])
    };
    let href = move || {
        let top_bp = Some((share.get() * 10_000.0).round() as i64);
        Route::customers(Filter { top_bp, ..Filter::default() }).href()
    };
    view! {
        <div class="plot pareto" node_ref=node>
            <svg
                class="plot-svg"
                width=move || axes.get().frame.width
                height=move || axes.get().frame.height
                role="group"
                aria-label=move || app.t().segments.pareto_label
            >
                <Grid axes />
                <path class="area" d=move || curve(true) />
                <path class="equal" d=equal aria-hidden="true" />
                <text
                    class="tick"
                    text-anchor="end"
                    aria-hidden="true"
                    x=move || axes.with(|a| a.x.px(0.97))
                    y=move || axes.with(|a| a.y.px(0.9) + 22.0)
                >
                    {move || app.t().segments.pareto_equal}
                </text>
                <path class="curve" d=move || curve(false) />
                <ReadingLine axes share profit />
            </svg>
            <p class="plot-hint">
                <a class="button" href=href>
                    {shared(open_words)}
                </a>
            </p>
        </div>
    }
}

#[component]
fn Grid(axes: Memo<Axes>) -> impl IntoView {
    let app = use_app();
    let lines = move || {
        let (Axes { frame: f, x, y }, locale) = (axes.get(), app.locale.get());
        let up = y.ticks(44.0).into_iter().map(move |v| {
            view! {
                <line class="grid" class:zero=v == 0.0 x1=f.left x2=f.width - f.right y1=y.px(v) y2=y.px(v) />
                <text class="tick" x=f.left - 8.0 y=y.px(v) + 4.0 text-anchor="end">
                    {locale.percent(v, 0)}
                </text>
            }
        });
        let across = x.ticks(72.0).into_iter().map(move |v| {
            view! {
                <text class="tick" x=x.px(v) y=f.height - f.bottom + 18.0 text-anchor="middle">
                    {locale.percent(v, 0)}
                </text>
            }
        });
        view! { {up.collect_view()} {across.collect_view()} }
    };
    view! {
        <g aria-hidden="true">
            {dynamic(lines)} <text class="axis-title" x="4" y="12">
                {move || app.t().segments.pareto_y}
            </text>
            <text
                class="axis-title"
                text-anchor="end"
                x=move || axes.get().frame.width - axes.get().frame.right
                y=move || axes.get().frame.height - 8.0
            >
                {move || app.t().segments.pareto_x}
            </text>
        </g>
    }
}

/// A line that the pointer or the arrow keys move over the curve.
#[component]
fn ReadingLine(axes: Memo<Axes>, share: RwSignal<f64>, profit: Memo<f64>) -> impl IntoView {
    let app = use_app();
    let read = move |event: ev::PointerEvent| {
        if let Some((px, _)) = place_in_svg(&event) {
            let to = axes.with_untracked(|a| (a.x.value(px) * 100.0).round() / 100.0);
            if (to - share.get_untracked()).abs() > 1e-9 {
                share.set(to);
            }
        }
    };
    let key = move |event: ev::KeyboardEvent| {
        if let Some(to) = walk(share.get_untracked(), &event.key(), event.shift_key()) {
            event.prevent_default();
            share.set(to);
        }
    };
    let words = Memo::new(move |_| {
        let locale = app.locale.get();
        fill(
            locale.t().segments.pareto_tip,
            &[("customers", &locale.percent(share.get(), 0)), ("profit", &locale.percent(profit.get(), 1))],
        )
    });
    let at = Memo::new(move |_| axes.with(|a| (a.x.px(share.get()), a.y.px(profit.get()))));
    // Half the words' width, roughly: a 汉字 is about twice as wide as a letter.
    let half = move || words.with(|w| w.chars().map(|c| if c.is_ascii() { 3.6 } else { 7.0 }).sum::<f64>());
    let words_x = move || {
        let (low, high) = axes.with(|a| (a.frame.left + half(), a.frame.width - a.frame.right - half()));
        (at.get().0 + 12.0 + half()).min(high).max(low)
    };
    view! {
        <g
            class="reading"
            tabindex="0"
            role="slider"
            aria-label=move || app.t().segments.share_of_customers
            aria-valuemin="0"
            aria-valuemax="100"
            aria-valuenow=move || (share.get() * 100.0).round()
            aria-valuetext=move || words.get()
            on:pointermove=read
            on:pointerdown=read
            on:keydown=key
        >
            <rect
                class="reader"
                x=move || axes.get().frame.left
                y=move || axes.get().frame.top
                width=move || axes.with(|a| (a.frame.width - a.frame.left - a.frame.right).max(0.0))
                height=move || axes.with(|a| (a.frame.height - a.frame.top - a.frame.bottom).max(0.0))
            />
            <line
                class="reading-line"
                x1=move || at.get().0
                x2=move || at.get().0
                y1=move || axes.get().frame.top
                y2=move || axes.with(|a| a.frame.height - a.frame.bottom)
            />
            <circle class="reading-dot" cx=move || at.get().0 cy=move || at.get().1 r="5" />
            <text
                class="reading-words"
                x=words_x
                y=move || (at.get().1 + 24.0).min(axes.with(|a| a.frame.height - a.frame.bottom - 8.0))
                text-anchor="middle"
            >
                {move || words.get()}
            </text>
        </g>
    }
}
