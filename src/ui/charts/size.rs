//! How wide a chart may be, and where on it the pointer is.

use leptos::{ev, html};
use crate::ui::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver};

/// Watches one element's size until dropped.
struct Watcher {
    observer: ResizeObserver,
    _hear: Closure<dyn FnMut()>,
}

impl Drop for Watcher {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// The width of an element in px; `first` until it is in the page.
pub fn use_width(node: NodeRef<html::Div>, first: f64) -> Signal<f64> {
    let width = RwSignal::new(first);
    let watcher = StoredValue::new_local(None::<Watcher>);
    Effect::new(move |_| {
        let Some(element) = node.get() else { return };
        let measured = element.clone();
        let measure = move || {
            let now = f64::from(measured.client_width());
            // Zero while the chart is hidden: keep the last layout.
            if now > 0.0 && width.try_get_untracked().is_some_and(|before| (before - now).abs() >= 1.0) {
                width.try_set(now);
            }
        };
        // At once: the observer speaks after a first frame in the wrong width.
        measure();
        let hear = Closure::<dyn FnMut()>::new(measure);
        // Without the observer (none of the supported browsers) the chart keeps its first width.
        if let Ok(observer) = ResizeObserver::new(hear.as_ref().unchecked_ref()) {
            observer.observe(&element);
            watcher.set_value(Some(Watcher { observer, _hear: hear }));
        }
    });
    on_cleanup(move || watcher.dispose());
    width.into()
}

/// Where the pointer is on the SVG that the event happened in, px from its top left corner.
pub fn place_in_svg(event: &ev::PointerEvent) -> Option<(f64, f64)> {
    let element: Element = event.current_target()?.dyn_into().ok()?;
    let rect = element.closest("svg").ok()??.get_bounding_client_rect();
    Some((f64::from(event.client_x()) - rect.left(), f64::from(event.client_y()) - rect.top()))
}
