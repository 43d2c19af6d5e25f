//! The worker.

fn main() {
    // Keeps wasm-bindgen content until the worker's program is in.
    drop(js_sys::global());
}
