//! Erasing records for good.

use rustc_hash::FxHashSet;

use super::{Plan, Planned};
use crate::domain::{Change, ERASED, Id, Kind, Origin, Value, order};
use crate::engine::api::CommandError;
use crate::engine::dataset::Dataset;

/// Erases these records; of a customer all that were merged into one, and if `orders` says so their orders too. What is about a
/// customer besides follows by itself (see `engine::apply`).
pub(super) fn erase(data: &Dataset, ids: &[Id], orders: bool) -> Planned {
    let mut gone: Vec<(Kind, Id)> = Vec::new();
    let customers = data.customers();
    let mut people: FxHashSet<u32> = FxHashSet::default();
    for &id in ids {
        let (kind, row) = data.find(id).filter(|(kind, _)| *kind != Kind::Setting).ok_or(CommandError::NotFound)?;
        if kind == Kind::Customer {
            let whole = (0..customers.len()).filter(|&other| data.standing(other) == data.standing(row));
            people.extend(whole.filter(|&other| customers.exists(other)));
        } else {
            gone.push((kind, id));
        }
    }
    let mut rows: Vec<u32> = people.iter().copied().collect();
    rows.sort_unstable();
    gone.extend(rows.into_iter().filter_map(|row| Some((Kind::Customer, customers.id(row)?))));
    if orders {
        let table = data.table(Kind::Order);
        let theirs = (0..).zip(table.written_refs(order::CUSTOMER)).filter(|(_, to)| people.contains(to));
        gone.extend(theirs.filter_map(|(row, _)| Some((Kind::Order, table.id(row)?))));
    }
    let mut seen = FxHashSet::default();
    let is_new = |(kind, id): &(Kind, Id)| {
        let table = data.table(*kind);
        seen.insert(*id) && !table.row(*id).is_some_and(|row| table.is_erased(row))
    };
    let change =
        |(kind, id)| Change { kind, id, field: ERASED.into(), value: Value::Json(true.into()), was: Value::Null };
    let changes: Vec<Change> = gone.into_iter().filter(is_new).map(change).collect();
    let id = ids.first().copied().filter(|_| !changes.is_empty());
    if changes.is_empty() { Err(CommandError::NotFound) } else { Ok(Plan::of(Origin::Erase, changes, id)) }
}
