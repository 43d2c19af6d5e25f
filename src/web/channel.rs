//! How the workers of several tabs tell each other that they wrote.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

use crate::domain::Seq;

/// Hears of the commits of other tabs for as long as it lives.
pub(super) struct Channel {
    raw: Option<BroadcastChannel>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
}

impl Channel {
    /// `hear` gets the number of the newest journal entry of whoever wrote. Without channels (very old browsers) nobody
    /// hears anything, and other tabs catch up at their next command.
    pub fn open(path: &str, hear: impl Fn(Seq) + 'static) -> Self {
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(seq) = event.data().as_f64() {
                hear(seq as Seq);
            }
        });
        let raw = BroadcastChannel::new(&format!("kith:{path}")).ok();
        if let Some(raw) = &raw {
            raw.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        }
        Self { raw, _on_message: on_message }
    }

    pub fn announce(&self, seq: Seq) {
        if let Some(raw) = &self.raw {
            // A plain number can always be sent; a closed channel has nobody to hear it.
            drop(raw.post_message(&JsValue::from_f64(seq as f64)));
        }
    }
}
