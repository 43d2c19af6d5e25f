//! One of the two cut lines of Kotler's map: a slider that lies in the picture.

use std::sync::Arc;
use std::time::Duration;

use leptos::ev;
use crate::ui::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, SvgElement};

use super::size::place_in_svg;
use crate::domain::Currency;
use crate::ui::app::use_app;
use crate::ui::format::Format;
use crate::ui::model::scatter::{CutLine, Cuts, Frame, Layout};

/// After the last arrow key a moved line is kept.
const SETTLE: Duration = Duration::from_millis(900);

/// A line with its knob. Dragged by mouse or finger, moved by arrow keys.
#[component]
pub fn CutHandle(
    line: CutLine,
    layout: Memo<Arc<Layout>>,
    frame: Memo<Frame>,
    cuts: Memo<Cuts>,
    currency: Memo<Currency>,
    on_move: Callback<Cuts>,
    on_settle: Callback<CutLine>,
) -> impl IntoView {
    let app = use_app();
    let dragging = RwSignal::new(false);
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stop_timer = move || {
        if let Some(waiting) = timer.try_update_value(Option::take).flatten() {
            waiting.clear();
        }
    };
    on_cleanup(stop_timer);
    let down = move |event: ev::PointerEvent| {
        if event.button() == 0 {
            event.prevent_default();
            hold(&event);
            dragging.set(true);
        }
    };
    let drag = move |event: ev::PointerEvent| {
        if let Some(at) = place_in_svg(&event).filter(|_| dragging.get_untracked()) {
            on_move.run(layout.with_untracked(|l| l.drag(cuts.get_untracked(), line, at)));
        }
    };
    let drop = move |_| {
        if dragging.get_untracked() {
            dragging.set(false);
            on_settle.run(line);
        }
    };
    let settle_now = move || {
        // A focused line is left by a whole page that goes, too.
        if timer.try_with_value(Option::is_some) == Some(true) {
            stop_timer();
            on_settle.run(line);
        }
    };
    let key = move |event: ev::KeyboardEvent| {
        if event.key() == "Enter" {
            settle_now();
        }
        let now = cuts.get_untracked();
        let Some(next) = layout.with_untracked(|l| l.nudge(now, line, &event.key(), event.shift_key())) else { return };
        event.prevent_default();
        on_move.run(next);
        stop_timer();
        // Without a timer (no window) the line is kept when the focus leaves.
        timer.set_value(set_timeout_with_handle(settle_now, SETTLE).ok());
    };
    let place = Memo::new(move |_| {
        let cuts = cuts.get();
        layout.with(|l| match line {
            CutLine::Loyalty => l.x.px(cuts.loyalty),
            CutLine::Profit => l.y.px(cuts.profit_minor),
        })
    });
    let ends = Memo::new(move |_| {
        let (f, at) = (frame.get(), place.get());
        match line {
            CutLine::Loyalty => (at, f.top, at, f.height - f.bottom),
            CutLine::Profit => (f.left, at, f.width - f.right, at),
        }
    });
    let label = move || {
        let t = &app.t().segments;
        if line == CutLine::Loyalty { t.cut_loyalty } else { t.cut_profit }
    };
    let words = Memo::new(move |_| {
        let (locale, cuts) = (app.locale.get(), cuts.get());
        match line {
            CutLine::Loyalty => locale.percent(cuts.loyalty, 0),
            CutLine::Profit => locale.money_round(cuts.profit_minor as i64, currency.get()),
        }
    });
    let range = Memo::new(move |_| {
        let cuts = cuts.get();
        match line {
            CutLine::Loyalty => (0.0, 100.0, (cuts.loyalty * 100.0).round()),
            CutLine::Profit => {
                let (lo, hi) = layout.with(|l| l.y.domain());
                (lo.round(), hi.round(), cuts.profit_minor.round())
            }
        }
    });
    view! {
        <g
            class="cut"
            class:upright=line == CutLine::Loyalty
            class:dragging=move || dragging.get()
            tabindex="0"
            role="slider"
            aria-label=label
            aria-orientation=if line == CutLine::Loyalty { "horizontal" } else { "vertical" }
            aria-valuemin=move || range.get().0
            aria-valuemax=move || range.get().1
            aria-valuenow=move || range.get().2
            aria-valuetext=move || words.get()
            on:pointerdown=down
            on:pointermove=drag
            on:pointerup=drop
            on:pointercancel=drop
            on:keydown=key
            on:blur=move |_| settle_now()
        >
            <line class="cut-ground" x1=move || ends.get().0 y1=move || ends.get().1 x2=move || ends.get().2 y2=move || ends.get().3 />
            <line class="cut-line" x1=move || ends.get().0 y1=move || ends.get().1 x2=move || ends.get().2 y2=move || ends.get().3 />
            <Knob line frame place words />
        </g>
    }
}

/// The part that is easy to grab, with the line's value.
#[component]
fn Knob(line: CutLine, frame: Memo<Frame>, place: Memo<f64>, words: Memo<String>) -> impl IntoView {
    let at = Memo::new(move |_| match line {
        CutLine::Loyalty => (place.get(), frame.get().top - 10.0),
        CutLine::Profit => (frame.get().width - frame.get().right - 34.0, place.get()),
    });
    let half = Memo::new(move |_| words.with(|w| (w.chars().count() as f64 * 3.6 + 8.0).max(24.0)));
    let centre = Memo::new(move |_| match line {
        CutLine::Loyalty => at.get().0.clamp(half.get(), (frame.get().width - half.get()).max(half.get())),
        CutLine::Profit => frame.get().width - frame.get().right - half.get(),
    });
    view! {
        <rect
            class="cut-knob"
            x=move || centre.get() - half.get()
            y=move || at.get().1 - 10.0
            width=move || half.get() * 2.0
            height="20"
            rx="10"
        />
        <text class="cut-value" x=move || centre.get() y=move || at.get().1 + 4.0 text-anchor="middle">
            {move || words.get()}
        </text>
    }
}

/// Keeps the pointer's events coming while it is pressed, wherever it goes, and gives the line the focus.
pub fn hold(event: &ev::PointerEvent) {
    let Some(element) = event.current_target().and_then(|t| t.dyn_into::<Element>().ok()) else { return };
    // Fails only for a pointer that is gone already.
    let _held = element.set_pointer_capture(event.pointer_id());
    if let Ok(svg) = element.dyn_into::<SvgElement>() {
        let _focused = svg.focus();
    }
}
