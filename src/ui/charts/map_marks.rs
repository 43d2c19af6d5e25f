//! The marks of Kotler's map: four SVG paths, or a canvas where they are too many for that.

use std::sync::Arc;

use leptos::html;
use crate::ui::prelude::*;
use wasm_bindgen::{Clamped, JsCast};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, HtmlElement, ImageData};

use super::map::class_of;
use crate::ui::app::use_app;
use crate::ui::browser;
use crate::ui::model::crowd::Crowd;
use crate::ui::model::glyph::is_hollow;
use crate::ui::model::scatter::{Cuts, Frame, GROUPS, Layout, Points, SVG_LIMIT};

/// Pixels of the canvas per pixel of the page at most: finer is not seen, and is drawn more slowly.
const SHARPEST: f64 = 2.0;

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
pub fn CanvasMarks(points: Memo<Arc<Points>>, layout: Memo<Arc<Layout>>, frame: Memo<Frame>, cuts: Memo<Cuts>) -> impl IntoView {
    let app = use_app();
    let node = NodeRef::<html::Canvas>::new();
    let dark = RwSignal::new(false);
    browser::watch_media("(prefers-color-scheme: dark)", dark);
    let crowd = Memo::new(move |_| {
        let frame = frame.get();
        let sharp = web_sys::window().map_or(1.0, |w| w.device_pixel_ratio().clamp(1.0, SHARPEST));
        layout.with(|l| Arc::new(Crowd::new(&l.at, (frame.width, frame.height), sharp)))
    });
    Effect::new(move |_| {
        // The colours come from the stylesheet: another theme draws again.
        app.theme.track();
        dark.track();
        let Some(canvas) = node.get() else { return };
        let cut = layout.with(|l| (l.x.px(cuts.get().loyalty), l.y.px(cuts.get().profit_minor)));
        // The more marks, the fainter each: where many lie, they still add up.
        let many = points.with(|p| p.len().max(1)) as f64;
        let alpha = (0.7 * (SVG_LIMIT as f64 / many).sqrt()).clamp(0.12, 0.7);
        crowd.with(|crowd| paint(&canvas, crowd, cut, alpha));
    });
    view! { <canvas class="plot-marks" node_ref=node aria-hidden="true"></canvas> }
}

/// Draws all marks; nothing where the browser gives no drawing surface.
fn paint(canvas: &HtmlCanvasElement, crowd: &Crowd, cut: (f64, f64), alpha: f64) {
    let (width, height) = crowd.size();
    let (Ok(wide), Ok(high)) = (u32::try_from(width), u32::try_from(height)) else { return };
    if (canvas.width(), canvas.height()) != (wide, high) {
        canvas.set_width(wide);
        canvas.set_height(high);
    }
    let context = canvas.get_context("2d").ok().flatten().and_then(|c| c.dyn_into::<CanvasRenderingContext2d>().ok());
    let Some(pen) = context else { return };
    let colours = std::array::from_fn(|i| rgb(&pen, &colour(canvas, i)));
    let pixels = crowd.pixels(cut, colours, alpha);
    if let Ok(image) = ImageData::new_with_u8_clamped_array_and_sh(Clamped(&pixels), wide, high) {
        let _drawn = pen.put_image_data(&image, 0.0, 0.0);
    }
}

/// A colour in whatever notation as bytes: the canvas is asked for the pixel that it makes of it.
fn rgb(pen: &CanvasRenderingContext2d, colour: &str) -> [u8; 3] {
    pen.set_fill_style_str(colour);
    pen.fill_rect(0.0, 0.0, 1.0, 1.0);
    let pixel = pen.get_image_data(0.0, 0.0, 1.0, 1.0).map(|image| image.data().0).unwrap_or_default();
    pixel.first_chunk().copied().unwrap_or([128; 3])
}

/// The quarter's colour in the theme in use: as the canvas' own `color`, because a custom property is not resolved.
fn colour(canvas: &HtmlCanvasElement, index: usize) -> String {
    let resolved = || {
        HtmlElement::style(canvas).set_property("color", &format!("var(--{})", class_of(index))).ok()?;
        web_sys::window()?.get_computed_style(canvas).ok()??.get_property_value("color").ok()
    };
    resolved().filter(|value| !value.is_empty()).unwrap_or_else(|| "gray".to_owned())
}
