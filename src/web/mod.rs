//! The browser: the client through which the page talks to its workers, the workers themselves, the IndexedDB store,
//! and small things of the device. Wasm only.

pub mod aside;
pub mod build;
mod channel;
pub mod client;
mod data_worker;
pub mod device;
pub mod download;
mod idb;
pub mod import;
mod import_worker;
pub mod js;
pub mod known;
mod link;
mod lock;
mod marker;
pub mod merge;
mod merge_host;
mod merge_reader;
pub mod parts;
mod reader;
mod slices;
pub mod storage;
mod store;
pub mod sw;
pub mod table;
mod timing;
mod turn;
mod wire;
pub mod worker;
