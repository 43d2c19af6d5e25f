//! The service worker seen from the page: starting offline and taking an update when the user says so.
//!
//! `public/sw.js` keeps one whole build and serves it. A newer one is fetched beside it and waits; [`accept_update`]
//! lets it take over, and every open tab reloads, so that no two builds ever work on the same data.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::events::EventListener;
use js_sys::Promise;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    MessageChannel, MessageEvent, RegistrationOptions, ServiceWorker, ServiceWorkerContainer,
    ServiceWorkerRegistration, ServiceWorkerState, ServiceWorkerUpdateViaCache,
};

use super::{build, js};

/// What the page hears about its offline copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Offline {
    /// The whole app is kept on this device.
    Ready,
    /// A newer build is there; [`accept_update`] switches to it. Said once.
    Update,
    /// This browser keeps no offline copy (private window, insecure address, a file that does not arrive).
    Unavailable { detail: String },
}

/// Between two looks for a newer build while a tab stays open.
const CHECK_EVERY_MS: f64 = 3_600_000.0;

thread_local! {
    static REGISTRATION: RefCell<Option<ServiceWorkerRegistration>> = const { RefCell::new(None) };
    static ACCEPTED: Cell<bool> = const { Cell::new(false) };
}

/// Registers the service worker; call it once, after the first view is painted, so that fetching every file of the
/// build for offline use competes with nothing.
pub fn register(hear: impl Fn(Offline) + 'static) {
    let hear = Rc::new(hear);
    spawn_local(async move {
        if let Err(error) = start(hear.clone()).await {
            hear(Offline::Unavailable { detail: js::describe(&error) });
        }
    });
}

/// Switches every open tab to the newer build, which reloads them.
pub fn accept_update() {
    ACCEPTED.set(true);
    let waiting = REGISTRATION.with_borrow(|r| r.as_ref().and_then(ServiceWorkerRegistration::waiting));
    // The page reloads when the newer worker takes over; with none waiting, this tab alone is behind.
    if waiting.is_none_or(|w| w.post_message(&"accept-update".into()).is_err()) {
        reload();
    }
}

async fn start(hear: Rc<impl Fn(Offline) + 'static>) -> Result<(), JsValue> {
    let container = container().ok_or_else(|| JsValue::from("no service workers here"))?;
    let address = build::root_address("sw.js").ok_or_else(|| JsValue::from("no address"))?;

    let told = Cell::new(false);
    let update = Rc::new({
        let hear = hear.clone();
        move || {
            if !told.replace(true) {
                hear(Offline::Update);
            }
        }
    });
    let options = RegistrationOptions::new();
    options.set_update_via_cache(ServiceWorkerUpdateViaCache::None);
    let registration: ServiceWorkerRegistration =
        JsFuture::from(container.register_with_options(&address, &options)).await?.dyn_into()?;
    REGISTRATION.set(Some(registration.clone()));

    if registration.waiting().is_some() && registration.active().is_some() {
        update();
    }
    watch_installing(&registration, update.clone(), hear.clone());
    EventListener::new(&registration, "updatefound", {
        let (registration, update, hear) = (registration.clone(), update.clone(), hear.clone());
        move |_| watch_installing(&registration, update.clone(), hear.clone())
    })
    .forget();
    check_now_and_then(registration);

    let ready: ServiceWorkerRegistration = JsFuture::from(container.ready()?).await?.dyn_into()?;
    hear(Offline::Ready);
    if let Some(active) = ready.active()
        && build::id().as_deref() != Some(build_of(&active).await?.as_str())
    {
        update();
    }
    Ok(())
}

/// Says so when the build being fetched has arrived beside a working one, or did not arrive.
fn watch_installing(
    registration: &ServiceWorkerRegistration,
    update: Rc<impl Fn() + 'static>,
    hear: Rc<impl Fn(Offline) + 'static>,
) {
    let Some(installing) = registration.installing() else { return };
    let registration = registration.clone();
    EventListener::new(&installing.clone(), "statechange", move |_| match installing.state() {
        ServiceWorkerState::Installed if registration.active().is_some() => update(),
        ServiceWorkerState::Redundant if registration.active().is_none() => {
            hear(Offline::Unavailable { detail: "a file of the build did not arrive".to_owned() });
        }
        _ => {}
    })
    .forget();
}

/// Lets this tab follow when a newer build takes over, accepted in whichever tab; call it first of all. The first
/// service worker of all only begins to serve.
pub fn reload_on_takeover() {
    // Without service workers no build takes over.
    let Some(container) = container() else { return };
    let served = Cell::new(container.controller().is_some());
    EventListener::new(&container, "controllerchange", move |_| {
        if served.replace(true) || ACCEPTED.get() {
            reload();
        }
    })
    .forget();
}

fn check_now_and_then(registration: ServiceWorkerRegistration) {
    let Some(document) = web_sys::window().and_then(|w| w.document()) else { return };
    let last_ms = Cell::new(js_sys::Date::now());
    EventListener::new(&document.clone(), "visibilitychange", move |_| {
        let now_ms = js_sys::Date::now();
        if !document.hidden() && now_ms - last_ms.get() >= CHECK_EVERY_MS {
            last_ms.set(now_ms);
            if let Ok(check) = registration.update() {
                // Offline, the check fails and the next one comes.
                spawn_local(async move { drop(JsFuture::from(check).await) });
            }
        }
    })
    .forget();
}

/// Asks a service worker for the id of the build it serves.
async fn build_of(worker: &ServiceWorker) -> Result<String, JsValue> {
    let channel = MessageChannel::new()?;
    let answer = Promise::new(&mut |resolve, _| {
        let hear = Closure::once_into_js(move |event: MessageEvent| resolve.call1(&JsValue::NULL, &event.data()));
        channel.port1().set_onmessage(Some(hear.unchecked_ref()));
    });
    worker.post_message_with_transferable(&"build".into(), &js_sys::Array::of1(&channel.port2()))?;
    Ok(JsFuture::from(answer).await?.as_string().unwrap_or_default())
}

fn container() -> Option<ServiceWorkerContainer> {
    let navigator = web_sys::window()?.navigator();
    // Absent on insecure addresses and in some private windows, where web-sys would hand out `undefined`.
    js_sys::Reflect::get(&navigator, &"serviceWorker".into()).ok()?.dyn_into().ok()
}

fn reload() {
    if let Some(window) = web_sys::window() {
        // A refused reload leaves the tab as it is; there is nothing else to try.
        drop(window.location().reload());
    }
}
