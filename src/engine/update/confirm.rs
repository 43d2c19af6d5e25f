//! Saying that facts are still right.

use super::{Plan, Planned};
use crate::domain::{Action, Change, Day, Id, Kind, Value};
use crate::engine::api::CommandError;
use crate::engine::dataset::Dataset;
use crate::engine::freshness::{confirmed_name, facts};

/// Of these fields, or of all that are known if none is named.
pub(super) fn confirm(data: &Dataset, id: Id, fields: &[String], day: Day) -> Planned {
    let id = data.standing_id(id);
    let table = data.customers();
    let row = table.row(id).filter(|&row| table.is_live(row)).ok_or(CommandError::NotFound)?;
    let meant = |name: &str| fields.is_empty() || fields.iter().any(|field| field == name);
    let change = |name: &str| {
        let field = confirmed_name(name);
        let was = table.field(&field).map_or(Value::Null, |at| data.value(Kind::Customer, row, at));
        Change { kind: Kind::Customer, id, field, value: Value::Json(day.0.into()), was }
    };
    let named = facts(data, row).filter(|(name, seen)| meant(name) && *seen < day);
    let changes = named.map(|(name, _)| change(name)).collect();
    Ok(Plan::by_hand(Action::Edit(Kind::Customer), changes, Some(id)))
}
