//! Small bridges to JavaScript values.

use js_sys::{Array, ArrayBuffer, Reflect, Uint8Array};
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast, JsValue};

/// Name and text of whatever was thrown.
pub(super) fn describe(thrown: &JsValue) -> String {
    let field = |name: &str| Reflect::get(thrown, &name.into()).ok().and_then(|v| v.as_string()).unwrap_or_default();
    let (name, message) = (field("name"), field("message"));
    match (name.is_empty(), message.is_empty()) {
        (false, false) => format!("{name}: {message}"),
        (true, false) => message,
        (false, true) => name,
        (true, true) => thrown.as_string().unwrap_or_else(|| format!("{thrown:?}")),
    }
}

/// A value as JSON written by the browser: for what lies in local storage. The browser's JSON costs the page nothing, where
/// serde_json brings code and tables for exact fractions, which settings and drafts have no use for.
#[must_use]
pub fn to_json<T: Serialize>(value: &T) -> Option<String> {
    let value = value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).ok()?;
    js_sys::JSON::stringify(&value).ok().map(String::from)
}

/// Takes apart what [`to_json`] made; `None` for what is none or has changed its shape.
#[must_use]
pub fn from_json<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_wasm_bindgen::from_value(js_sys::JSON::parse(text).ok()?).ok()
}

/// A serde value and raw values (a file, buffers) as one message: an array that begins with the value's bytes. The bytes
/// are positional (postcard): half the code of values built name by name, in the page and in the worker, and both are of one build.
pub(super) fn pack<T: Serialize>(value: &T, raw: &[JsValue]) -> Result<Array, String> {
    let bytes = postcard::to_allocvec(value).map_err(|e| e.to_string())?;
    let message = Array::of1(&Uint8Array::from(bytes.as_slice()).buffer());
    for value in raw {
        message.push(value);
    }
    Ok(message)
}

/// Takes apart what [`pack`] made. A text in the value's place is the last word of a program that could not be loaded.
pub(super) fn unpack<T: DeserializeOwned>(message: &JsValue) -> Result<(T, Array), String> {
    let parts: Array = message.dyn_ref::<Array>().map(|a| a.slice(0, a.length())).ok_or("not a message")?;
    let first = parts.shift();
    if let Some(detail) = first.as_string() {
        return Err(detail);
    }
    let value = postcard::from_bytes(&Uint8Array::new(&first).to_vec()).map_err(|e| e.to_string())?;
    Ok((value, parts))
}

/// The buffers of a message: what is moved rather than copied.
pub(super) fn buffers(message: &Array) -> Array {
    message.iter().filter(JsValue::is_instance_of::<ArrayBuffer>).collect()
}
