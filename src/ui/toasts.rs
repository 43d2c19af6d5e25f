//! Short notices, bottom left, with an Undo where there is something to undo.

use gloo::timers::callback::Timeout;
use crate::ui::prelude::*;

use super::app::use_app;
use super::components::{Icon, IconButton, icon};
use crate::domain::Seq;

/// How a notice is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Done,
    Failed,
}

#[derive(Clone, Debug, PartialEq)]
struct Toast {
    number: u64,
    text: String,
    tone: Tone,
    undo: Option<Seq>,
}

/// The notices in sight; copy it freely.
#[derive(Clone, Copy)]
pub struct Toasts {
    list: RwSignal<Vec<Toast>>,
    next: StoredValue<u64>,
}

/// How long a notice stays: long enough to read two lines and reach Undo.
const STAY_MS: u32 = 8_000;
/// More would cover the page; the oldest go first.
const MOST: usize = 3;

impl Toasts {
    pub(super) fn new() -> Self {
        Self { list: RwSignal::new(Vec::new()), next: StoredValue::new(0) }
    }

    /// Shows a notice. A failure stays until it is closed.
    pub fn show(self, text: impl Into<String>, tone: Tone, undo: Option<Seq>) {
        let Some(number) = self.next.try_update_value(|n| {
            *n += 1;
            *n
        }) else {
            return;
        };
        let toast = Toast { number, text: text.into(), tone, undo };
        self.list.try_update(|list| {
            list.push(toast);
            let surplus = list.len().saturating_sub(MOST);
            list.drain(..surplus);
        });
        if tone == Tone::Done {
            Timeout::new(STAY_MS, move || self.close(number)).forget();
        }
    }

    fn close(self, number: u64) {
        self.list.try_update(|list| list.retain(|t| t.number != number));
    }
}

/// The notices.
#[component]
pub fn ToastRegion() -> impl IntoView {
    let app = use_app();
    let toasts = app.toasts;
    view! {
        <div class="toasts" role="region" aria-label=move || app.t().shell.toast_region>
            <div role="status" aria-live="polite" class="toasts-list">
                <For each=move || toasts.list.get() key=|t| t.number let:toast>
                    <ToastView toast />
                </For>
            </div>
        </div>
    }
}

#[component]
fn ToastView(toast: Toast) -> impl IntoView {
    let app = use_app();
    let Toast { number, text, tone, undo } = toast;
    let mark = match tone {
        Tone::Done => Icon::Check,
        Tone::Failed => Icon::Warning,
    };
    view! {
        <div class="toast" class:failed=tone == Tone::Failed>
            {icon(mark)}
            <span class="toast-text">{text}</span>
            {undo
                .map(|seq| {
                    let take_back = move |_| {
                        app.toasts.close(number);
                        app.undo(seq);
                    };
                    view! { <button type="button" class="toast-undo" on:click=take_back>{move || app.t().common.undo}</button> }
                })}
            <IconButton
                icon=Icon::Close
                label=Signal::derive(move || app.t().common.close.to_owned())
                on_click=move || app.toasts.close(number)
            />
        </div>
    }
}
