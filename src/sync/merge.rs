//! The merge of one field: the later stamp wins, ties break by device, then by content. Beside its value a field may
//! remember the last word of an order file, which merges by the same rule on its own.
//!
//! Being the greater of two in a total order, the merge is commutative, associative and idempotent, so books that exchange
//! files in any order, twice or out of date, end equal. After Shapiro et al., “A comprehensive study of
//! Convergent and Commutative Replicated Data Types” (2011), section 3.2.1 (last-writer-wins register).

use std::cmp::Ordering;

use super::vector::Vector;
use crate::domain::{Stamp, Value};

/// A value and who wrote it when.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Written<'a> {
    pub stamp: Stamp,
    pub value: &'a Value,
}

/// What merging does to a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Ours stands.
    Keep,
    /// Theirs replaces ours.
    Take,
}

/// Which of two writings of a field stands: the greater.
#[must_use]
pub fn order(a: Written, b: Written) -> Ordering {
    a.stamp.cmp(&b.stamp).then_with(|| if a.value == b.value { Ordering::Equal } else { content(a.value, b.value) })
}

/// The same stamp with two contents: only a copied profile can do that. Any order will do that all agree on.
fn content(a: &Value, b: &Value) -> Ordering {
    let text = |v: &Value| serde_json::to_string(v).unwrap_or_default();
    text(a).cmp(&text(b))
}

#[must_use]
pub fn merge(ours: Option<Written>, theirs: Written) -> Outcome {
    match ours {
        Some(ours) if order(ours, theirs) != Ordering::Less => Outcome::Keep,
        _ => Outcome::Take,
    }
}

/// Whether the merge overwrites something that its writer did not know: the values differ, and the winner's side had not
/// seen the loser's stamp. `seen_by_us` is our vector before the merge, `seen_by_them` that of their file.
#[must_use]
pub fn is_conflict(ours: Option<Written>, theirs: Written, seen_by_us: &Vector, seen_by_them: &Vector) -> bool {
    let Some(mine) = ours.filter(|ours| ours.value != theirs.value) else { return false };
    match merge(ours, theirs) {
        Outcome::Take => !seen_by_them.covers(mine.stamp),
        Outcome::Keep => !seen_by_us.covers(theirs.stamp),
    }
}

#[cfg(test)]
mod tests;
