//! The page: Leptos routes, pages, components and charts. `model` and `route` are plain Rust and tested natively;
//! everything that touches the browser is built for wasm only.

pub mod model;
pub mod route;

macro_rules! in_browser {
    ($($module:item)*) => { $(#[cfg(all(feature = "ui", target_arch = "wasm32"))] $module)* };
}

in_browser! {
    pub mod app;
    pub mod backup;
    pub mod browser;
    pub mod charts;
    pub mod components;
    pub mod format;
    mod live;
    pub mod pages;
    pub mod parts;
    pub mod prelude;
    pub mod query;
    pub mod shell;
    pub mod start;
    pub mod toasts;
}
