//! What people type into forms, and what it means.

pub use crate::domain::{parse_decimal, parse_words as parse_tags, show_decimal};
use crate::engine::api::{Invalid, InvalidReason};

/// Why `field` was refused, if it was.
#[must_use]
pub fn problem(problems: &[Invalid], field: &str) -> Option<InvalidReason> {
    problems.iter().find(|p| p.field == field).map(|p| p.reason)
}
