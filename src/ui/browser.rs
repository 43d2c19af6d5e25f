//! Small bridges to the browser window. What a browser refuses here is not worth a word to the user.

use crate::ui::prelude::*;
use wasm_bindgen::JsCast;
use gloo::timers::callback::Timeout;
use web_sys::{Element, HtmlElement, MediaQueryList, Window};

fn window() -> Option<Window> {
    web_sys::window()
}

/// The hash part of the address.
#[must_use]
pub fn hash() -> String {
    window().and_then(|w| w.location().hash().ok()).unwrap_or_default()
}

/// Goes to an address of the app; a new entry in the history.
pub fn set_hash(hash: &str) {
    if let Some(window) = window() {
        // A hash of our own making cannot be refused.
        let _set = window.location().set_hash(hash);
    }
}

/// Puts another address in place of this one in the history, without an event.
pub fn replace_hash(hash: &str) {
    let history = window().and_then(|w| w.history().ok());
    if let Some(history) = history {
        // Browsers limit how often this may happen in a row; the address then lags behind, no more.
        let _set = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(hash));
    }
}

/// Sets an attribute of `<html>`.
pub fn set_root(name: &str, value: &str) {
    let root = window().and_then(|w| w.document()).and_then(|d| d.document_element());
    if let Some(root) = root {
        let _set = root.set_attribute(name, value);
    }
}

/// Sets the title of the tab.
pub fn set_title(title: &str) {
    if let Some(document) = window().and_then(|w| w.document()) {
        document.set_title(title);
    }
}

/// Moves the keyboard's focus to the first element that `selector` finds.
pub fn focus(selector: &str) {
    let found = window().and_then(|w| w.document()).and_then(|d| d.query_selector(selector).ok().flatten());
    if let Some(element) = found.and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
        let _focused = element.focus();
    }
}

/// What the keyboard can be on.
const FOCUSABLE: &str = ":is(a[href], button, input, select, textarea, summary):not(:disabled), h1[tabindex]";

/// Called before a button leaves the page: where it has the keyboard's focus, that goes on to what is nearest of what stays.
pub fn hand_on_focus(leaving: &Element) {
    let Some(document) = window().and_then(|w| w.document()) else { return };
    if document.active_element().as_ref() != Some(leaving) {
        return;
    }
    let around: Vec<Element> = std::iter::successors(leaving.parent_element(), |place| place.parent_element()).collect();
    // Once the page is drawn anew.
    Timeout::new(0, move || {
        let is_lost = document.active_element().is_none_or(|now| now.tag_name() == "BODY");
        let stays = around.iter().filter(|place| is_lost && place.is_connected());
        let next = stays.filter_map(|place| place.query_selector(FOCUSABLE).ok().flatten()).next();
        if let Some(next) = next.and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
            let _focused = next.focus();
        }
    })
    .forget();
}

/// Takes the keyboard's focus from whatever has it.
pub fn blur() {
    let Some(element) = window().and_then(|w| w.document()).and_then(|d| d.active_element()) else { return };
    let _blurred = match element.dyn_ref::<web_sys::SvgElement>() {
        Some(drawn) => drawn.blur(),
        None => element.unchecked_ref::<HtmlElement>().blur(),
    };
}

/// Unfolds what the first element that `selector` finds is folded into.
pub fn open_around(selector: &str) {
    let found = window().and_then(|w| w.document()).and_then(|d| d.query_selector(selector).ok().flatten());
    if let Some(folded) = found.and_then(|e| e.closest("details:not([open])").ok().flatten()) {
        let _open = folded.set_attribute("open", "");
    }
}

/// Takes the boot screen of index.html away.
pub fn remove_boot() {
    let boot = window().and_then(|w| w.document()).and_then(|d| d.get_element_by_id("boot"));
    if let Some(boot) = boot {
        boot.remove();
    }
}

/// Loads the page again.
pub fn reload() {
    if let Some(window) = window() {
        let _reloading = window.location().reload();
    }
}

/// Copies text; false where the browser refuses.
pub async fn copy(text: &str) -> bool {
    let Some(window) = window() else { return false };
    let navigator = window.navigator();
    // Absent outside secure contexts.
    let has = js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|c| c.is_object());
    has && wasm_bindgen_futures::JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}

/// Keeps `signal` at whether the media query holds, while the caller lives.
pub fn watch_media(query: &str, signal: RwSignal<bool>) {
    let Some(list) = window().and_then(|w| w.match_media(query).ok().flatten()) else { return };
    signal.set(list.matches());
    let target: MediaQueryList = list.clone();
    let listener = gloo::events::EventListener::new(&target, "change", move |_| {
        signal.try_set(list.matches());
    });
    keep(listener);
}

/// Listens to an event of the window while the caller lives; `hear` may prevent what the browser would do.
pub fn on_window(name: &'static str, hear: impl FnMut(&web_sys::Event) + 'static) {
    if let Some(window) = window() {
        let options = gloo::events::EventListenerOptions::enable_prevent_default();
        keep(gloo::events::EventListener::new_with_options(&window, name, options, hear));
    }
}

/// Keeps something until the owner of the caller is gone.
fn keep<T: 'static>(thing: T) {
    let kept = StoredValue::new_local(thing);
    on_cleanup(move || kept.dispose());
}

fn session() -> Option<web_sys::Storage> {
    window()?.session_storage().ok().flatten()
}

/// What a form held before it was closed by mistake; for this visit only.
#[must_use]
pub fn draft(name: &str) -> Option<String> {
    session()?.get_item(&draft_key(name)).ok().flatten()
}

/// Keeps what a form holds; `None` forgets it.
pub fn keep_draft(name: &str, text: Option<&str>) {
    let Some(storage) = session() else { return };
    // Without space the draft is lost on a reload, nothing else.
    let _kept = match text {
        Some(text) => storage.set_item(&draft_key(name), text),
        None => storage.remove_item(&draft_key(name)),
    };
}

/// Opens the browser's own way to print.
pub fn print() {
    if let Some(window) = window() {
        // A browser that does not print says so itself.
        let _asked = window.print();
    }
}

/// Forgets all that forms about the record `id` held.
pub fn forget_drafts(id: &str) {
    let Some(storage) = session() else { return };
    let count = storage.length().unwrap_or(0);
    let keys: Vec<String> = (0..count).filter_map(|at| storage.key(at).ok().flatten()).filter(|key| key.contains(id)).collect();
    for key in keys {
        // What cannot be removed goes with the tab.
        let _removed = storage.remove_item(&key);
    }
}

fn draft_key(name: &str) -> String {
    format!("kith:{}:draft:{name}", crate::web::device::app_path())
}

/// Text as a file, as if it had been chosen.
///
/// # Errors
/// What the browser said when it refused.
pub fn text_file(name: &str, text: &str) -> Result<web_sys::File, wasm_bindgen::JsValue> {
    web_sys::File::new_with_str_sequence(&js_sys::Array::of1(&text.into()), name)
}
