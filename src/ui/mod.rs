//! The page: Leptos routes, pages, components and charts. `model` and `route` are plain Rust and tested natively;
//! everything that touches the browser is built for wasm only.

pub mod model;
pub mod route;
