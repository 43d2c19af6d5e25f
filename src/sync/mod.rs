//! Clock and merge. Pure.

pub mod clock;
