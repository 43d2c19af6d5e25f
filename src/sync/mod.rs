//! Clock, version vectors, merge and the file that merges. Pure.

pub mod clock;
pub mod file;
pub mod merge;
pub mod vector;
