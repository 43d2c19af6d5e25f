//! Where the files of this build lie.
//!
//! Each build puts its code into a folder named by its id (a hash of all its files), and `index.html` names that id in
//! `<meta name="kith-build">`. So an address made here never reaches a file of another build, whatever is cached where,
//! and works from any sub-path.

use wasm_bindgen::JsCast;
use web_sys::HtmlMetaElement;

use super::client::WorkerUrls;

/// Id of the build that this page belongs to; `None` when the page was served without being built by Trunk.
pub fn id() -> Option<String> {
    let meta = document()?.query_selector("meta[name='kith-build']").ok()??;
    meta.dyn_into::<HtmlMetaElement>().ok().map(|meta| meta.content())
}

/// Absolute address of one of this build's files, such as `app_bg.wasm`.
pub fn address(file: &str) -> Option<String> {
    root_address(&format!("{}/{file}", id()?))
}

/// Where the program of this build lies that owns the book.
pub fn data_program() -> WorkerUrls {
    program("worker")
}

/// Where the program lies that reads and writes files: fetched when a file is.
pub fn files_program() -> WorkerUrls {
    program("files")
}

/// Without an address the worker does not start, and the page says so.
fn program(name: &str) -> WorkerUrls {
    let address = |file: String| address(&file).unwrap_or_default();
    WorkerUrls { js: address(format!("{name}.js")), wasm: address(format!("{name}_bg.wasm")) }
}

/// Absolute address of a file with a fixed name beside `index.html`, such as `sw.js`.
pub fn root_address(file: &str) -> Option<String> {
    let base = document()?.base_uri().ok()??;
    web_sys::Url::new_with_base(file, &base).ok().map(|url| url.href())
}

fn document() -> Option<web_sys::Document> {
    web_sys::window()?.document()
}
