//! What a page needs of Leptos, with signals, memos and effects of our own kind ([`super::live`]).

pub use leptos::prelude::*;

pub use super::live::{Effect, Memo, RwSignal, Signal, dynamic, shared};
