//! Amounts under each other: a name, a bar, its figure in words; each bar may lead to the rows behind it.

use leptos::{html, svg};
use crate::ui::prelude::*;

use super::size::use_width;
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
) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    let width = use_width(node, 640.0);
    let height = move || bars.with(|b| b.len() as f64 * ROW);
    let drawn = move || {
        let (bars, width) = (bars.get(), width.get());
        let left = left.min(width * 0.36);
        let most = bars.iter().map(|b| b.value).fold(0.0, f64::max);
        let room = (width - left - WORDS).max(24.0);
        let length = move |value: f64| if most > 0.0 { value / most * room } else { 0.0 };
        let row = |(i, bar): (usize, Bar)| bar_view(bar, i as f64 * ROW, left, width, &length);
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

fn bar_view(bar: Bar, y: f64, left: f64, width: f64, length: &dyn Fn(f64) -> f64) -> AnyView {
    let (whole, part) = (length(bar.value), length(bar.part.min(bar.value)));
    let name = format!("{}: {}", bar.label, bar.words);
    let marks = view! {
        {svg::title().child(name.clone())}
        <rect class="bar-ground" x="0" y="1" width=width height=ROW - 2.0 rx="6" />
        <text class="bar-name" x=left - 10.0 y=ROW / 2.0 + 4.5 text-anchor="end">{shortened(&bar.label, left - 14.0)}</text>
        " "
        <rect class="bar" class:faint=bar.faint x=left y="6" width=whole.max(1.0) height=ROW - 12.0 />
        <rect class="bar part" x=left y="6" width=part height=ROW - 12.0 />
        <text class="bar-words" x=left + whole + 8.0 y=ROW / 2.0 + 4.5>{bar.words}</text>
    };
    // A link of a picture has to stand inside one, or it would be one of the page.
    match bar.href {
        Some(href) => view! {
            <svg x="0" y=y width=width height=ROW>
                <a class="bar-row" href=href>
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
