//! One change to many customers, as one commit.

use rustc_hash::FxHashSet;

use super::check::Problems;
use super::save::{clean_tags, is_live};
use super::{Edit, Plan, Planned, refuse_if_any, tombstone};
use crate::domain::check::{MAX_TAGS, SHORT};
use crate::domain::{Action, Change, Id, Input, InvalidReason, Kind, Value, asked_of_many, check_value, customer};
use crate::engine::api::{BulkChange, Chosen, CommandError};
use crate::engine::dataset::Dataset;
use crate::engine::own::own_fields;

/// Who went to the trash meanwhile, or is seen as another since a merge, is passed over or meant as that other.
pub(super) fn edit(data: &Dataset, chosen: &Chosen, change: &BulkChange) -> Planned {
    // Those who match are looked up by the book's host, who has the figures (`query::name_chosen`).
    let Chosen::These(ids) = chosen else { return Err(CommandError::NotFound) };
    let mut seen = FxHashSet::default();
    let table = data.customers();
    let live = ids.iter().map(|&id| data.standing_id(id)).filter(|id| seen.insert(*id));
    let live: Vec<Id> = live.filter(|id| table.row(*id).is_some_and(|row| table.is_live(row))).collect();
    let (what, changes) = match change {
        BulkChange::Trash => {
            (Action::Delete(Kind::Customer), live.iter().map(|&id| tombstone(Kind::Customer, id)).collect())
        }
        BulkChange::Tags { add, remove } => (Action::Edit(Kind::Customer), tags(data, &live, add, remove)?),
        BulkChange::Set { field, value } => (Action::Edit(Kind::Customer), set(data, &live, field, value)?),
    };
    let id = live.first().copied().filter(|_| live.len() == 1);
    Ok(Plan::by_hand(what, changes, id))
}

fn tags(data: &Dataset, ids: &[Id], add: &[String], remove: &[String]) -> Result<Vec<Change>, CommandError> {
    let (add, remove) = (clean_tags(add), clean_tags(remove));
    let mut problems = Problems::default();
    problems.unless(add.iter().all(|tag| tag.chars().count() <= SHORT), "tags", InvalidReason::TooLong);
    problems.unless(!add.is_empty() || !remove.is_empty(), "tags", InvalidReason::Required);
    let mut changes = Vec::with_capacity(ids.len());
    for &id in ids {
        let mut edit = Edit::new(data, Kind::Customer, id);
        let row = data.customers().row(id).unwrap_or(u32::MAX);
        let held: Vec<&str> = data.customers().json_texts(row, customer::TAGS).collect();
        let is_in = |list: &[String], tag: &str| list.iter().any(|other| other == tag);
        let mut tags: Vec<&str> = held.iter().copied().filter(|tag| !is_in(&remove, tag)).collect();
        tags.extend(add.iter().map(String::as_str).filter(|tag| !held.contains(tag)));
        if tags.len() > MAX_TAGS {
            problems.once("tags", InvalidReason::OutOfRange);
        }
        edit.set(customer::TAGS, if tags.is_empty() { Value::Null } else { Value::Json(tags.into()) });
        changes.append(&mut edit.changes);
    }
    refuse_if_any(problems.0)?;
    Ok(changes)
}

fn set(data: &Dataset, ids: &[Id], name: &str, value: &Value) -> Result<Vec<Change>, CommandError> {
    let refuse = |reason| {
        let mut problems = Problems::default();
        problems.add(name, reason);
        Err(refuse_if_any(problems.0).err().unwrap_or(CommandError::NotFound))
    };
    let own = own_fields(data, Kind::Customer);
    let Some(field) = asked_of_many(Kind::Customer, &own).into_iter().find(|f| f.name == name) else {
        return refuse(InvalidReason::Unknown);
    };
    let checked = match &field.own {
        Some(own) => own.store(value.clone()),
        None => check_value(field.input, value.clone()),
    };
    if let (Input::Link(to), Value::Ref(id)) = (field.input, value)
        && !is_live(data, to, *id)
    {
        return refuse(InvalidReason::Unknown);
    }
    let value = match checked {
        Ok(value) => value,
        Err(reason) => return refuse(reason),
    };
    // One of these must stay, or nobody could tell who it is.
    let known_by = Kind::Customer.form().map(|form| form.any_of).unwrap_or_default();
    let of_schema = Kind::Customer.field(name);
    let clears = value == Value::Null && of_schema.is_some_and(|field| known_by.contains(&field));
    let mut changes = Vec::with_capacity(ids.len());
    for &id in ids {
        let mut edit = Edit::new(data, Kind::Customer, id);
        if clears && known_by.iter().all(|&f| Some(f) == of_schema || edit.now(f) == Value::Null) {
            return refuse(InvalidReason::Required);
        }
        match (of_schema, &value) {
            (None, value) => edit.set_named(name, value.clone()),
            // Nobody was brought by themselves.
            (Some(_), Value::Ref(by)) if *by == id => {}
            (Some(field), Value::Ref(by)) => edit.set_customer(field, Some(*by)),
            (Some(field), value) => edit.set(field, value.clone()),
        }
        changes.append(&mut edit.changes);
    }
    Ok(changes)
}
