//! The browser: the client through which the page talks to its workers, the workers themselves, the IndexedDB store,
//! and small things of the device. Wasm only.

pub mod build;
pub mod client;
pub mod device;
pub mod download;
pub mod import;
mod js;
mod link;
pub mod storage;
pub mod sw;
mod wire;
