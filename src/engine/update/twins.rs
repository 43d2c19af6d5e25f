//! Making one customer of several, and remembering who is not.

use super::{Edit, Plan, Planned, setting_record};
use crate::domain::{Action, Change, DELETED, Field, Id, Kind, Value, customer};
use crate::engine::api::{CommandError, MOST_MERGED, Pick};
use crate::engine::dataset::Dataset;

/// Fields that belong to the record and not to the person.
pub(in crate::engine) const OF_RECORD: [Field; 3] = [DELETED, customer::SOURCE, customer::MERGED_INTO];

/// What is put together where both have it.
pub(in crate::engine) fn joins(field: Field) -> bool {
    [customer::TAGS, customer::NOTE].contains(&field)
}

pub(super) fn merge(data: &Dataset, winner: Id, losers: &[Id], picks: &[(String, Pick)]) -> Planned {
    let table = data.customers();
    let row = |id: Id| table.row(id).filter(|&row| table.is_live(row)).ok_or(CommandError::NotFound);
    let mut all = vec![winner];
    for &id in losers {
        if !all.contains(&id) {
            all.push(id);
        }
    }
    if !(2..=MOST_MERGED).contains(&all.len()) {
        return Err(CommandError::NotFound);
    }
    let rows: Vec<u32> = all.iter().map(|&id| row(id)).collect::<Result<_, _>>()?;
    let mut edit = Edit::new(data, Kind::Customer, winner);
    let mut unknown = Vec::new();
    for (field, name) in table.fields().filter(|(field, _)| !OF_RECORD.contains(field)) {
        let pick = picks.iter().find(|(of, _)| of == name).map(|(_, pick)| *pick);
        let value = match pick {
            Some(Pick::From(id)) => {
                let at = all.iter().position(|of| *of == id).ok_or(CommandError::NotFound)?;
                rows.get(at).map_or(Value::Null, |&row| data.value(Kind::Customer, row, field))
            }
            Some(Pick::Both) => joined(data, &rows, field),
            None if joins(field) => joined(data, &rows, field),
            None => first(data, &rows, field),
        };
        // Nobody brought themselves.
        let value = if matches!(value, Value::Ref(id) if all.contains(&id)) { Value::Null } else { value };
        let was = rows.first().map_or(Value::Null, |&row| data.value(Kind::Customer, row, field));
        if Kind::Customer.fields().len() > field.0 as usize {
            edit.set(field, value);
        } else if value != was {
            unknown.push(Change { kind: Kind::Customer, id: winner, field: name.to_owned(), value, was });
        }
    }
    let mut changes = edit.changes;
    changes.extend(unknown);
    for &loser in all.iter().skip(1) {
        let mut edit = Edit::new(data, Kind::Customer, loser);
        edit.set(customer::MERGED_INTO, winner);
        changes.extend(edit.changes);
    }
    Ok(Plan::by_hand(Action::Merge(Kind::Customer), changes, Some(winner)))
}

fn values<'a>(data: &'a Dataset, rows: &'a [u32], field: Field) -> impl Iterator<Item = Value> + 'a {
    rows.iter().map(move |&row| data.value(Kind::Customer, row, field)).filter(|value| *value != Value::Null)
}

fn first(data: &Dataset, rows: &[u32], field: Field) -> Value {
    values(data, rows, field).next().unwrap_or(Value::Null)
}

/// Texts below each other and lists in one, each once; of anything else the first.
fn joined(data: &Dataset, rows: &[u32], field: Field) -> Value {
    let (mut texts, mut items) = (Vec::new(), Vec::new());
    for value in values(data, rows, field) {
        match value {
            Value::Text(text) if !texts.contains(&text) => texts.push(text),
            Value::Json(serde_json::Value::Array(list)) => {
                for item in list {
                    if !items.contains(&item) {
                        items.push(item);
                    }
                }
            }
            _ => {}
        }
    }
    match (texts.is_empty(), items.is_empty()) {
        (false, _) => Value::Text(texts.join("\n")),
        (true, false) => Value::Json(items.into()),
        (true, true) => first(data, rows, field),
    }
}

/// The name of the setting that says that two are different people.
fn name(a: Id, b: Id) -> String {
    let (a, b) = if a < b { (a, b) } else { (b, a) };
    format!("not_duplicates:{a}:{b}")
}

/// Whether somebody said that these are different people.
#[must_use]
pub fn are_different(data: &Dataset, a: Id, b: Id) -> bool {
    data.setting(&name(a, b)).is_some()
}

pub(super) fn not_duplicates(data: &Dataset, ids: &[Id]) -> Planned {
    let known = ids.iter().all(|&id| data.find(id).is_some_and(|(kind, _)| kind == Kind::Customer));
    if !known || !(2..=MOST_MERGED).contains(&ids.len()) {
        return Err(CommandError::NotFound);
    }
    let mut changes = Vec::new();
    for (n, &a) in ids.iter().enumerate() {
        for &b in ids.iter().skip(n + 1).filter(|b| **b != a) {
            changes.extend(setting_record(data, &name(a, b), true.into()));
        }
    }
    Ok(Plan::by_hand(Action::Edit(Kind::Setting), changes, None))
}
