//! Bringing back an earlier value of one field.

use super::check::Problems;
use super::save::check_key;
use super::{Edit, Plan, Planned, refuse_if_any};
use crate::domain::{Action, Change, DELETED, Id, Kind, Value};
use crate::engine::api::CommandError;
use crate::engine::dataset::Dataset;

/// Writes `value` into the field, as an ordinary edit. A link comes back only if what it leads to is still there.
pub(in crate::engine) fn bring_back(data: &Dataset, kind: Kind, id: Id, name: &str, value: Value) -> Planned {
    let table = data.table(kind);
    let row = table
        .row(id)
        .filter(|&row| table.exists(row) && !table.is_erased(row) && kind != Kind::Setting)
        .ok_or(CommandError::NotFound)?;
    let field = table.field(name).ok_or(CommandError::NotFound)?;
    if let Value::Ref(to) = value {
        data.find(to).filter(|(kind, row)| data.table(*kind).is_live(*row)).ok_or(CommandError::NotFound)?;
    }
    let was = data.value(kind, row, field);
    if was == value || (field == DELETED && table.is_deleted(row) == (value == Value::Bool(true))) {
        return Ok(Plan::by_hand(Action::Edit(kind), Vec::new(), Some(id)));
    }
    if let ("key", Value::Text(key)) = (name, &value) {
        let mut problems = Problems::default();
        check_key(data, &Edit::new(data, kind, id), kind, field, name, key, &mut problems);
        refuse_if_any(problems.0)?;
    }
    // Out of the trash as by any restoring: written as false, so that it wins over a deletion elsewhere.
    let value = if field == DELETED { Value::Bool(value == Value::Bool(true)) } else { value };
    let change = Change { kind, id, field: name.to_owned(), value, was };
    Ok(Plan::by_hand(Action::Edit(kind), vec![change], Some(id)))
}
