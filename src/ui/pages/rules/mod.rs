//! Rules on a page: choosing what a condition is about, its controls, the builder.

mod builder;
mod parts;
mod past;
mod pick;
mod preview;
mod row;
mod said;

pub use builder::SegmentPage;
pub(super) use pick::Picker;
pub(super) use row::{RowFields, what_words};
pub(super) use said::{RuleText, in_both};
