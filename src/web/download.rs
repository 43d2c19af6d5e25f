//! Files out: hands bytes or text to the browser's download.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

use super::js;

/// Saves text (UTF-8) as a file. `kind` is its MIME type.
///
/// # Errors
/// What the browser said when it refused.
pub fn text(name: &str, kind: &str, text: &str) -> Result<(), String> {
    save(name, kind, &JsValue::from_str(text)).map_err(|e| js::describe(&e))
}

/// Saves bytes as a file.
///
/// # Errors
/// What the browser said when it refused.
pub fn bytes(name: &str, kind: &str, bytes: &[u8]) -> Result<(), String> {
    save(name, kind, &Uint8Array::from(bytes)).map_err(|e| js::describe(&e))
}

/// Saves a blob as a file.
///
/// # Errors
/// What the browser said when it refused.
pub fn blob(name: &str, blob: &Blob) -> Result<(), String> {
    offer(name, blob).map_err(|e| js::describe(&e))
}

fn save(name: &str, kind: &str, part: &JsValue) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    offer(name, &Blob::new_with_blob_sequence_and_options(&Array::of1(part), &options)?)
}

fn offer(name: &str, blob: &Blob) -> Result<(), JsValue> {
    let url = Url::create_object_url_with_blob(blob)?;
    let document = web_sys::window().and_then(|w| w.document()).ok_or("no document")?;
    let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // Later: the browser may fetch the blob only after this task.
    gloo::timers::callback::Timeout::new(60_000, move || {
        // The address of a blob of our own cannot be malformed.
        let _ = Url::revoke_object_url(&url);
    })
    .forget();
    Ok(())
}
