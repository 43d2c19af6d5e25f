//! Collects what cannot be saved as typed.

use crate::engine::api::{Invalid, InvalidReason};

#[derive(Default)]
pub(super) struct Problems(pub Vec<Invalid>);

impl Problems {
    pub fn add(&mut self, field: &str, reason: InvalidReason) {
        self.0.push(Invalid { field: field.to_owned(), reason });
    }

    pub fn unless(&mut self, fine: bool, field: &str, reason: InvalidReason) {
        if !fine {
            self.add(field, reason);
        }
    }

    /// Unless the field is refused already.
    pub fn once(&mut self, field: &str, reason: InvalidReason) {
        if !self.0.iter().any(|p| p.field == field) {
            self.add(field, reason);
        }
    }

    pub fn length(&mut self, field: &str, text: &str, limit: usize) {
        self.unless(text.chars().count() <= limit, field, InvalidReason::TooLong);
    }
}
