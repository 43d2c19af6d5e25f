//! Clock and merge. Pure.
