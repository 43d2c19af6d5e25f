//! Small bridges to JavaScript values.

use js_sys::{Array, Reflect};
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

/// A serde value and raw values (a file, buffers) as one message: an array that begins with the serde value.
pub(super) fn pack<T: Serialize>(value: &T, raw: &[JsValue]) -> Result<Array, String> {
    // 64-bit numbers go as BigInt: sums of a strange file may exceed what a JavaScript number holds, and must not end
    // the worker.
    let serializer = serde_wasm_bindgen::Serializer::new().serialize_large_number_types_as_bigints(true);
    let first = value.serialize(&serializer).map_err(|e| e.to_string())?;
    let message = Array::of1(&first);
    for value in raw {
        message.push(value);
    }
    Ok(message)
}

/// Takes apart what [`pack`] made.
pub(super) fn unpack<T: DeserializeOwned>(message: &JsValue) -> Result<(T, Array), String> {
    let parts: Array = message.dyn_ref::<Array>().map(|a| a.slice(0, a.length())).ok_or("not a message")?;
    let first = parts.shift();
    let value = serde_wasm_bindgen::from_value(first).map_err(|e| e.to_string())?;
    Ok((value, parts))
}
