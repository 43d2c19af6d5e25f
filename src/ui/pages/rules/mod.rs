//! Rules on a page: choosing what a condition is about, its controls, the builder.

mod builder;
mod parts;
mod pick;
mod preview;
mod row;

pub use builder::SegmentPage;
pub(super) use pick::Picker;
pub(super) use row::{RowFields, what_words};
