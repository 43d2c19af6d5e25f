//! What the browser promises about the space it keeps for us. In page and worker, but only the page may ask for more.

use js_sys::{Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::StorageManager;

/// Space in bytes; `None` where the browser does not say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Estimate {
    pub used_bytes: Option<u64>,
    pub quota_bytes: Option<u64>,
}

/// True when the browser will not clear our data by itself; `None` where it does not say.
pub async fn persisted() -> Option<bool> {
    wait(StorageManager::persisted).await?.as_bool()
}

/// Asks the browser to keep our data; Firefox asks the person. True when it will.
pub async fn persist() -> Option<bool> {
    wait(StorageManager::persist).await?.as_bool()
}

pub async fn estimate() -> Estimate {
    let Some(found) = wait(StorageManager::estimate).await else { return Estimate::default() };
    let bytes = |name: &str| Reflect::get(&found, &name.into()).ok()?.as_f64().map(|b| b as u64);
    Estimate { used_bytes: bytes("usage"), quota_bytes: bytes("quota") }
}

async fn wait(ask: impl Fn(&StorageManager) -> Result<Promise, JsValue>) -> Option<JsValue> {
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into()).ok()?;
    // Absent outside secure contexts.
    let manager = Reflect::get(&navigator, &"storage".into()).ok()?.dyn_into::<StorageManager>().ok()?;
    JsFuture::from(ask(&manager).ok()?).await.ok()
}
