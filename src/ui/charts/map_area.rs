//! Two layers of Kotler's map: the rectangle that is being selected, and the arrows of who drifted where.

use std::sync::Arc;

use leptos::ev;
use crate::ui::prelude::*;

use super::map_handle::hold;
use super::size::place_in_svg;
use crate::engine::api::Drift;
use crate::ui::model::area::{Area, arrows};
use crate::ui::model::scatter::{Frame, Layout};

/// Nearer than this a press is no rectangle, px.
const LEAST: f64 = 4.0;

/// Lies over the marks while an area is selected: a drag makes the rectangle.
#[component]
pub fn AreaLayer(layout: Memo<Arc<Layout>>, frame: Memo<Frame>, area: RwSignal<Option<Area>>) -> impl IntoView {
    let from = StoredValue::new(None::<(f64, f64)>);
    let down = move |event: ev::PointerEvent| {
        if event.button() == 0 {
            event.prevent_default();
            hold(&event);
            from.set_value(place_in_svg(&event));
        }
    };
    let drag = move |event: ev::PointerEvent| {
        let (Some(a), Some(b)) = (from.get_value(), place_in_svg(&event)) else { return };
        if (a.0 - b.0).abs() >= LEAST && (a.1 - b.1).abs() >= LEAST {
            area.set(Some(layout.with_untracked(|l| Area::between(l, a, b))));
        }
    };
    let up = move |_| from.set_value(None);
    let rect = move || {
        let (x, y, width, height) = layout.with(|l| area.get().map(|a| a.rect(l)))?;
        Some(view! { <rect class="area-picked" x=x y=y width=width height=height /> })
    };
    view! {
        <g>
            {dynamic(rect)}
            <rect
                class="area-ground"
                x=move || frame.get().left
                y=move || frame.get().top
                width=move || (frame.get().width - frame.get().left - frame.get().right).max(0.0)
                height=move || (frame.get().height - frame.get().top - frame.get().bottom).max(0.0)
                on:pointerdown=down
                on:pointermove=drag
                on:pointerup=up
                on:pointercancel=up
            />
        </g>
    }
}

/// From where customers stood to where they stand now.
#[component]
pub fn DriftLayer(layout: Memo<Arc<Layout>>, drifts: Memo<Vec<Drift>>) -> impl IntoView {
    let paths = Memo::new(move |_| layout.with(|l| drifts.with(|d| arrows(l, d))));
    view! {
        <g class="drift" aria-hidden="true">
            <path class="shafts" d=move || paths.with(|p| p.0.clone()) />
            <path class="heads" d=move || paths.with(|p| p.1.clone()) />
        </g>
    }
}
