//! Amounts under each other: a name, a bar, its figure in words; each bar may lead to the rows behind it.

use leptos::{ev, html, svg};
use crate::ui::prelude::*;

use super::size::use_width;
use crate::ui::app::use_app;
use crate::ui::model::rough::shortened;

const ROW: f64 = 28.0;
/// Room for the words after a bar, px.
const WORDS: f64 = 140.0;

/// One bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    pub label: String,
    /// Not negative; bars are drawn in proportion.
    pub value: f64,
    /// Part of the value, drawn darker.
    pub part: f64,
    pub words: String,
    pub href: Option<String>,
    /// How far the value may lie from what is drawn: the ends of a thin line.
    pub interval: Option<(f64, f64)>,
    /// Drawn as an outline: what is not known.
    pub faint: bool,
}

/// Bars from zero, in the order given.
#[component]
pub fn Bars(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] bars: Signal<Vec<Bar>>,
    /// Room for the names, px.
    #[prop(default = 128.0)]
    left: f64,
    /// Called with the place of a bar that is pressed, in the stead of its link.
    #[prop(optional)]
    on_pick: Option<Callback<usize>>,
) -> impl IntoView {
    let app = use_app();
    let node = NodeRef::<html::Div>::new();
    let width = use_width(node, 640.0);
    let height = move || bars.with(|b| b.len() as f64 * ROW);
    let drawn = move || {
        let (bars, width, colon) = (bars.get(), width.get(), app.locale.get().colon());
        let left = left.min(width * 0.36);
        let most = bars.iter().map(Bar::end).fold(0.0, f64::max);
        let room = (width - left - WORDS).max(24.0);
        let length = move |value: f64| if most > 0.0 { value / most * room } else { 0.0 };
        let pick = |i| on_pick.map(|on_pick| Callback::new(move |()| on_pick.run(i)));
        let row = |(i, bar): (usize, Bar)| bar_view(bar, (i as f64 * ROW, left, width), &length, colon, pick(i));
        bars.into_iter().enumerate().map(row).collect_view()
    };
    view! {
        <div class="plot bars" node_ref=node>
            <svg
                class="plot-svg"
                width=move || width.get()
                height=height
                role="group"
                aria-label=move || label.get()
            >
                {dynamic(drawn)}
            </svg>
        </div>
    }
}

impl Bar {
    /// The greatest value that is drawn.
    fn end(&self) -> f64 {
        self.interval.map_or(self.value, |(_, high)| high.max(self.value))
    }
}

fn bar_view(
    bar: Bar,
    (y, left, width): (f64, f64, f64),
    length: &dyn Fn(f64) -> f64,
    colon: &str,
    pick: Option<Callback<()>>,
) -> AnyView {
    let (whole, part) = (length(bar.value), length(bar.part.min(bar.value)));
    let name = [&bar.label, colon, &bar.words].concat();
    let whisker = bar.interval.map(|(low, high)| {
        let [low, high] = [low, high].map(|v| left + length(v.max(0.0)));
        view! { <path class="bar-interval" d=format!("M{low:.1} 10v8m0-4H{high:.1}m0-4v8") /> }
    });
    let after = left + length(bar.end()) + 8.0;
    let marks = view! {
        {svg::title().child(name.clone())}
        <rect class="bar-ground" x="0" y="1" width=width height=ROW - 2.0 rx="6" />
        <text class="bar-name" x=left - 10.0 y=ROW / 2.0 + 4.5 text-anchor="end">{shortened(&bar.label, left - 14.0)}</text>
        " "
        <rect class="bar" class:faint=bar.faint x=left y="6" width=whole.max(1.0) height=ROW - 12.0 />
        <rect class="bar part" x=left y="6" width=part height=ROW - 12.0 />
        {whisker}
        <text class="bar-words" x=after y=ROW / 2.0 + 4.5>{bar.words}</text>
    };
    let press = move |event: ev::MouseEvent| {
        if let Some(pick) = pick.filter(|_| !event.ctrl_key() && !event.meta_key() && !event.shift_key()) {
            event.prevent_default();
            pick.run(());
        }
    };
    // A link of a picture has to stand inside one, or it would be one of the page.
    match bar.href {
        Some(href) => view! {
            <svg x="0" y=y width=width height=ROW>
                <a class="bar-row" href=href on:click=press>
                    {marks}
                </a>
            </svg>
        }
        .into_any(),
        None => view! {
            <svg x="0" y=y width=width height=ROW>
                <g class="bar-row" role="img" aria-label=name>
                    {marks}
                </g>
            </svg>
        }
        .into_any(),
    }
}
