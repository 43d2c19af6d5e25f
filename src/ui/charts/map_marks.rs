//! The marks of Kotler's map: four SVG paths, or a canvas where they are too many for that.

use std::sync::Arc;

use leptos::html;
use crate::ui::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, HtmlElement};

use super::map::class_of;
use crate::engine::api::KotlerGroup;
use crate::ui::app::use_app;
use crate::ui::browser;
use crate::ui::model::glyph::is_hollow;
use crate::ui::model::scatter::{Cuts, Frame, GROUPS, Layout, Points, SVG_LIMIT, group_at};

/// The marks as four paths, to lie inside the map's SVG.
#[component]
pub fn SvgMarks(
    points: Memo<Arc<Points>>,
    layout: Memo<Arc<Layout>>,
    cuts: Memo<Cuts>,
) -> impl IntoView {
    let paths = Memo::new(move |_| points.with(|p| layout.with(|l| l.paths(p, cuts.get()))));
    let path = move |i: usize| {
        let hollow = GROUPS.get(i).is_some_and(|g| is_hollow(*g));
        view! {
            <path
                class=format!("mark {}", class_of(i))
                class:hollow=hollow
                d=move || paths.with(|p| p.get(i).cloned().unwrap_or_default())
            />
        }
    };
    view! {
        <g aria-hidden="true">
            {path(3)} {path(2)} {path(1)} {path(0)}
        </g>
    }
}

/// The marks as pixels, to lie under the map's SVG.
#[component]
pub fn CanvasMarks(
    points: Memo<Arc<Points>>,
    layout: Memo<Arc<Layout>>,
    frame: Memo<Frame>,
    cuts: Memo<Cuts>,
) -> impl IntoView {
    let app = use_app();
    let node = NodeRef::<html::Canvas>::new();
    let dark = RwSignal::new(false);
    browser::watch_media("(prefers-color-scheme: dark)", dark);
    Effect::new(move |_| {
        // The colours come from the stylesheet: another theme draws again.
        app.theme.track();
        dark.track();
        let (Some(canvas), frame) = (node.get(), frame.get()) else { return };
        points.with(|p| layout.with(|l| paint(&canvas, p, l, frame, cuts.get())));
    });
    view! { <canvas class="plot-marks" node_ref=node aria-hidden="true"></canvas> }
}

/// Draws all marks; nothing where the browser gives no drawing surface.
fn paint(canvas: &HtmlCanvasElement, points: &Points, layout: &Layout, frame: Frame, cuts: Cuts) {
    let sharp = web_sys::window().map_or(1.0, |w| w.device_pixel_ratio().clamp(1.0, 3.0));
    canvas.set_width((frame.width * sharp) as u32);
    canvas.set_height((frame.height * sharp) as u32);
    let context = canvas.get_context("2d").ok().flatten().and_then(|c| c.dyn_into::<CanvasRenderingContext2d>().ok());
    let Some(pen) = context else { return };
    if pen.scale(sharp, sharp).is_err() {
        return;
    }
    let groups: Vec<KotlerGroup> = points
        .loyalty
        .iter()
        .zip(&points.profit_minor)
        .map(|(loyalty, profit)| group_at(*profit, *loyalty, cuts))
        .collect();
    // The more marks, the fainter each: where many lie, they still add up.
    pen.set_global_alpha((0.7 * (SVG_LIMIT as f64 / points.len().max(1) as f64).sqrt()).clamp(0.12, 0.7));
    // Strangers first, so that who matters lies on top.
    for (i, group) in GROUPS.iter().enumerate().rev() {
        pen.set_fill_style_str(&colour(canvas, i));
        for (_, (x, y)) in groups.iter().zip(&layout.at).filter(|(g, _)| *g == group) {
            dot(&pen, *group, f64::from(*x), f64::from(*y));
        }
    }
}

/// At this size a shape is its outline's proportions: a square, two wings, a low bar, a point.
fn dot(pen: &CanvasRenderingContext2d, group: KotlerGroup, x: f64, y: f64) {
    match group {
        KotlerGroup::TrueFriend => pen.fill_rect(x - 2.0, y - 2.0, 4.0, 4.0),
        KotlerGroup::Butterfly => {
            pen.fill_rect(x - 2.5, y - 2.0, 2.0, 4.0);
            pen.fill_rect(x + 0.5, y - 2.0, 2.0, 4.0);
        }
        KotlerGroup::Barnacle => pen.fill_rect(x - 2.5, y - 1.0, 5.0, 2.0),
        KotlerGroup::Stranger => pen.fill_rect(x - 1.0, y - 1.0, 2.0, 2.0),
    }
}

/// The quarter's colour in the theme in use: as the canvas' own `color`, because a custom property is not resolved.
fn colour(canvas: &HtmlCanvasElement, index: usize) -> String {
    let resolved = || {
        HtmlElement::style(canvas).set_property("color", &format!("var(--{})", class_of(index))).ok()?;
        web_sys::window()?.get_computed_style(canvas).ok()??.get_property_value("color").ok()
    };
    resolved().filter(|value| !value.is_empty()).unwrap_or_else(|| "gray".to_owned())
}
