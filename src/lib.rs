//! Kith (知客): a customer-relationship system that runs wholly in the browser.
//!
//! Layers, innermost first: `domain ← analytics, sync, files ← engine ← web ← ui`.
//! Everything up to `engine` and `locale` is pure: no browser, no clock, no randomness of its own.
//!
//! Data flow: the page (`ui`) sends a [`engine::api::Command`] or [`engine::api::Query`] to the worker (`web`), which owns
//! the data set (`engine`). A command becomes a [`domain::ChangeSet`], is committed in one IndexedDB transaction, and
//! only then changes memory; every open tab then hears which topics changed and asks again for what it shows.
//!
//! Failures: each layer has one error enum that carries facts, never sentences; the page puts it into the
//! user's language with what to do next. Nothing here panics on bad input.

pub mod analytics;
pub mod domain;
pub mod engine;
pub mod files;
pub mod locale;
pub mod sync;
pub mod ui;

#[cfg(all(feature = "web", target_arch = "wasm32"))]
pub mod web;
