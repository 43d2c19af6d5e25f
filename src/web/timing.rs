//! How long pieces of the worker's work took, in the browser's own timeline: its profiler shows them beside everything
//! else, and the bench reads them.

use std::cell::Cell;

use js_sys::{Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Performance;

/// The browser keeps measures for ever; so many are enough to look at.
const KEPT: u32 = 512;

thread_local! {
    static COUNT: Cell<u32> = const { Cell::new(0) };
}

/// Measures from its start until it is dropped.
pub(super) struct Span {
    name: &'static str,
    /// The browser's clock and its reading; without one nothing is measured.
    start: Option<(Performance, f64)>,
}

impl Span {
    pub fn start(name: &'static str) -> Self {
        let clock = Reflect::get(&js_sys::global(), &"performance".into()).ok().and_then(|p| p.dyn_into().ok());
        Self { name, start: clock.map(|clock: Performance| (clock.clone(), clock.now())) }
    }
}

impl Drop for Span {
    fn drop(&mut self) {
        let Some((clock, start_ms)) = self.start.take() else { return };
        COUNT.set(COUNT.get() % KEPT + 1);
        if COUNT.get() == KEPT {
            clock.clear_measures();
        }
        // A browser that does not measure is none the worse for it.
        drop(measure(&clock, self.name, start_ms));
    }
}

fn measure(clock: &Performance, name: &str, start_ms: f64) -> Result<JsValue, JsValue> {
    let options = Object::new();
    Reflect::set(&options, &"start".into(), &start_ms.into())?;
    Reflect::set(&options, &"end".into(), &clock.now().into())?;
    let measure: Function = Reflect::get(clock, &"measure".into())?.dyn_into()?;
    measure.call2(clock, &name.into(), &options)
}
