//! What a file says of customers who were merged into somebody else: it is noted with them, as what this file last said, and
//! goes for who stands for them, unless they have another word for it.

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

use super::last_said;
use crate::domain::phone::Phone;
use crate::domain::{Change, Id, Kind, Value, customer};
use crate::engine::dataset::Dataset;

/// Fields of the record and not of the person.
const OF_RECORD: [&str; 4] = ["key", "source", "deleted", "merged_into"];

/// Who stands for them, and what they have there: now, and by a file.
fn stands(data: &Dataset, kind: Kind, id: Id, name: &str) -> Option<(Id, Value, Value)> {
    if kind != Kind::Customer || OF_RECORD.contains(&name) {
        return None;
    }
    let table = data.customers();
    let stays = data.standing_id(id);
    let row = table.row(stays).filter(|&row| stays != id && table.is_live(row))?;
    let at = table.field(name);
    let (now, said) = at
        .map_or((Value::Null, Value::Null), |field| (data.value(kind, row, field), last_said(data, kind, row, field)));
    Some((stays, now, said))
}

/// The other word of who stands for them, if `value`, where `before` stood, contradicts it.
pub(super) fn other_word(
    data: &Dataset,
    (kind, id, name): (Kind, Id, &str),
    before: &Value,
    value: &Value,
) -> Option<(Id, Value)> {
    let (stays, now, said) = stands(data, kind, id, name)?;
    let unknown = now == Value::Null && said == Value::Null;
    let follows = unknown
        || now == *value
        || is_tags(name)
        || is_same_contact(name, &now, value)
        || (now == *before && said == *before);
    (!follows).then_some((stays, now))
}

/// What it changes there.
pub(super) fn change(data: &Dataset, (kind, id): (Kind, Id), name: &str, value: &Value) -> Option<Change> {
    let (stays, was, _) = stands(data, kind, id, name)?;
    let value = if is_tags(name) { all_tags(&was, value) } else { value.clone() };
    let change = Change { kind, id: stays, field: name.to_owned(), value, was };
    (change.value != change.was && !is_same_contact(name, &change.was, &change.value)).then_some(change)
}

/// Adds those of `passed` about fields that nothing else changes, each field once.
pub(super) fn add(changes: &mut Vec<Change>, passed: Vec<Change>) {
    if passed.is_empty() {
        return;
    }
    let mut taken: FxHashMap<(Id, String), usize> =
        (0..).zip(changes.iter()).map(|(at, change)| ((change.id, change.field.clone()), at)).collect();
    for change in passed {
        match taken.entry((change.id, change.field.clone())) {
            Entry::Vacant(slot) => {
                slot.insert(changes.len());
                changes.push(change);
            }
            // Tags of several add up.
            Entry::Occupied(at) => {
                if let Some(other) = changes.get_mut(*at.get()).filter(|_| is_tags(&change.field)) {
                    other.value = all_tags(&other.value, &change.value);
                }
            }
        }
    }
}

/// Where an import speaks of somebody who was merged, the fields of who stands for them that it changes along: edits there, and
/// not what the file said of them.
#[derive(Debug, Default)]
pub(in crate::engine) struct Passed(FxHashMap<(Id, String), Value>);

impl Passed {
    /// Reads the changes of an import, in their order; whether this one was passed on.
    pub fn is(&mut self, data: &Dataset, change: &Change) -> bool {
        if change.kind != Kind::Customer || OF_RECORD.contains(&change.field.as_str()) {
            return false;
        }
        let stays = data.standing_id(change.id);
        if stays != change.id {
            self.0.insert((stays, change.field.clone()), change.value.clone());
            return false;
        }
        !self.0.is_empty()
            && self
                .0
                .get(&(stays, change.field.clone()))
                .is_some_and(|value| *value == change.value || is_tags(&change.field))
    }
}

/// The same numbers in another notation, the same mailbox in another case.
pub(super) fn is_same_contact(name: &str, a: &Value, b: &Value) -> bool {
    let (Value::Text(a), Value::Text(b)) = (a, b) else { return false };
    match name {
        "phone" => {
            let (a, b) = (Phone::all(a), Phone::all(b));
            let same = |(a, b): (&Phone, &Phone)| a.is_same(b) && a.extension == b.extension;
            !a.is_empty() && a.len() == b.len() && a.iter().zip(&b).all(same)
        }
        "email" => a.trim().to_lowercase() == b.trim().to_lowercase(),
        _ => false,
    }
}

fn is_tags(name: &str) -> bool {
    Kind::Customer.field(name) == Some(customer::TAGS)
}

fn all_tags(was: &Value, more: &Value) -> Value {
    let words = |value: &Value| -> Vec<String> {
        let Value::Json(json) = value else { return Vec::new() };
        json.as_array().into_iter().flatten().filter_map(|word| word.as_str().map(str::to_owned)).collect()
    };
    let mut all = words(was);
    for word in words(more) {
        if !all.contains(&word) {
            all.push(word);
        }
    }
    Value::Json(all.into())
}
