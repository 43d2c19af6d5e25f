//! Web Locks: one writer at a time over all tabs.

use std::cell::Cell;
use std::rc::Rc;

use futures_channel::oneshot;
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// Holds the lock until dropped.
pub(super) struct Guard(Function);

impl Drop for Guard {
    fn drop(&mut self) {
        // Resolving a promise cannot fail.
        drop(self.0.call0(&JsValue::UNDEFINED));
    }
}

/// Waits for the lock. `None` where the browser has no locks (outside secure contexts); writes still check the head
/// that they build on.
pub(super) async fn acquire(name: &str) -> Option<Guard> {
    request(name, false).await
}

/// The lock if nobody holds it.
pub(super) async fn try_acquire(name: &str) -> Option<Guard> {
    request(name, true).await
}

async fn request(name: &str, only_if_free: bool) -> Option<Guard> {
    let get = |of: &JsValue, field: &str| Reflect::get(of, &field.into()).ok().filter(|v| !v.is_undefined());
    let locks = get(&get(&js_sys::global(), "navigator")?, "locks")?;
    let ask: Function = get(&locks, "request")?.dyn_into().ok()?;
    let options = Object::new();
    Reflect::set(&options, &"ifAvailable".into(), &only_if_free.into()).ok()?;

    let (granted, wait) = oneshot::channel();
    let granted = Rc::new(Cell::new(Some(granted)));
    let refused = granted.clone();
    // The browser holds the lock as long as the promise that this returns is open.
    let on_granted = Closure::<dyn FnMut(JsValue) -> JsValue>::new(move |lock: JsValue| {
        if lock.is_null() {
            granted.take();
            return JsValue::UNDEFINED;
        }
        let release = Rc::new(Cell::new(None));
        let held = Promise::new(&mut |resolve, _| release.set(Some(resolve)));
        if let (Some(granted), Some(resolve)) = (granted.take(), release.take()) {
            // Whoever asked may be gone: then the guard comes back and is dropped here.
            drop(granted.send(Guard(resolve)));
        }
        held.into()
    });
    let released: Promise = ask.call3(&locks, &name.into(), &options, on_granted.as_ref()).ok()?.dyn_into().ok()?;
    wasm_bindgen_futures::spawn_local(async move {
        if wasm_bindgen_futures::JsFuture::from(released).await.is_err() {
            refused.take();
        }
    });
    wait.await.ok()
}
