//! Taking back a commit: new stamps, never a rewrite of what was.

use rustc_hash::FxHashSet;

use super::{Plan, Planned, tombstone};
use crate::domain::{Change, DELETED, Field, Id, Kind, Origin, Shape, Stamp, Value, customer};
use crate::engine::api::CommandError;
use crate::engine::dataset::Dataset;
use crate::engine::merge::Merged;
use crate::engine::rows::Class;

impl Dataset {
    /// Follows undos of undos from `commit` down to the commit that they are about, or to `stop` if that comes first. The
    /// flag is true when that commit's work stands (an even number of undos).
    fn root(&self, commit: u32, stop: Option<u32>) -> Option<(u32, bool)> {
        let (mut at, mut stands) = (commit, true);
        // Every undo points at an earlier commit, so this ends.
        while let (Some(of), true) = (self.commit(at)?.undoes, Some(at) != stop) {
            at = of;
            stands = !stands;
        }
        Some((at, stands))
    }

    /// Whether a field's value, last written by `by`, is `value` because an undo put it back: then it is still the word of who had
    /// written it before. So several edits of one field can be taken back one after the other.
    fn is_put_back(&self, by: Option<u32>, now: &Value, value: &Value) -> bool {
        now == value && by.and_then(|by| self.commit(by)).is_some_and(|commit| commit.undoes.is_some())
    }
}

/// Takes back `commit`, whose change list was `changes`: each field goes back to what it was unless somebody wrote it
/// since, and each record that the commit made goes to the trash unless somebody edited it since or needs it: an order of
/// another commit keeps its customer and products.
pub(in crate::engine) fn undo(data: &Dataset, commit: u32, changes: &[Change]) -> Planned {
    let done = data.commit(commit).ok_or(CommandError::NotFound)?;
    if done.undone {
        return Err(CommandError::NothingToUndo);
    }
    let mut plan = Plan::of(Origin::Undo { of: done.stamp }, Vec::new(), None);
    let mut seen: FxHashSet<(Id, &str)> = FxHashSet::default();
    for change in changes {
        let table = data.table(change.kind);
        let (Some(row), Some(field)) = (table.row(change.id), table.field(&change.field)) else { continue };
        if table.record_commit(row) == Some(commit) || !seen.insert((change.id, &change.field)) {
            continue;
        }
        let now = data.value(change.kind, row, field);
        if now == change.was {
            continue;
        }
        // Its own word, or one that undoes an undo of it.
        let by = table.field_commit(row, field);
        let root = by.and_then(|by| data.root(by, Some(commit)));
        // Out of the trash is never to have been there.
        let never = field == DELETED && [&now, &change.value].iter().all(|value| **value != Value::Bool(true));
        let value = if never { &now } else { &change.value };
        if root == Some((commit, true)) || data.is_put_back(by, &now, value) {
            plan.changes.push(Change { value: change.was.clone(), was: now, ..change.clone() });
        } else {
            plan.kept += 1;
        }
    }
    // What a field goes back from is needed by it no more.
    let back: FxHashSet<(Id, &str)> = plan.changes.iter().map(|c| (c.id, c.field.as_str())).collect();
    let goes_back = |kind: Kind, row, field: Field| {
        let name = kind.fields().get(usize::from(field.0)).map_or("", |f| f.name);
        data.table(kind).id(row).is_some_and(|id| back.contains(&(id, name)))
    };
    let of_others = |kind, row| data.table(kind).record_commit(row) != Some(commit);
    let mut needed = needed_by(data, |kind, row, field| of_others(kind, row) && !goes_back(kind, row, field));
    for change in &plan.changes {
        needed.extend(refers_to(data, &change.value));
    }
    for &kind in Kind::ALL {
        take_back_records(data, kind, commit, &needed, &mut plan);
    }
    if plan.changes.is_empty() {
        return Err(CommandError::NothingToUndo);
    }
    let first = plan.changes.first().map(|c| c.id);
    plan.id = first.filter(|id| plan.changes.iter().all(|c| c.id == *id));
    Ok(plan)
}

/// Takes back a merge: each field that took the file's value goes back to ours and each record that the file brought goes to the
/// trash, unless somebody wrote there since. Colleagues receive this with the next file, as they would any edit.
pub(in crate::engine) fn undo_merge(data: &Dataset, commit: u32, merged: &Merged) -> Planned {
    let done = data.commit(commit).ok_or(CommandError::NotFound)?;
    if done.undone {
        return Err(CommandError::NothingToUndo);
    }
    let mut plan = Plan::of(Origin::Undo { of: done.stamp }, Vec::new(), None);
    // A word of this merge, or one that undoes an undo of it.
    let stands = |by: u32| data.root(by, Some(commit)) == Some((commit, true));
    let is = |by: u32, stamp: Stamp| data.commit(by).is_some_and(|c| c.stamp == stamp);
    let mut back: FxHashSet<(Id, Field)> = FxHashSet::default();
    for field in merged.fields.iter().filter(|f| f.taken) {
        let table = data.table(field.kind);
        let (Some(row), Some(at)) = (table.row(field.id), table.field(&field.field)) else { continue };
        let now = data.value(field.kind, row, at);
        if now == field.ours {
            continue;
        }
        let by = table.field_commit(row, at);
        if by.is_some_and(|by| stands(by) || is(by, field.theirs_at)) || data.is_put_back(by, &now, &field.theirs) {
            let (kind, id, field, value) = (field.kind, field.id, field.field.clone(), field.ours.clone());
            back.insert((id, at));
            plan.changes.push(Change { kind, id, field, value, was: now });
        } else {
            plan.kept += 1;
        }
    }
    let fresh: FxHashSet<(Kind, u32)> =
        merged.fresh.iter().filter_map(|&(kind, id)| Some((kind, data.table(kind).row(id)?))).collect();
    let goes_back = |kind, row, field| data.table(kind).id(row).is_some_and(|id| back.contains(&(id, field)));
    let mut needed = needed_by(data, |kind, row, field| !fresh.contains(&(kind, row)) && !goes_back(kind, row, field));
    for change in &plan.changes {
        needed.extend(refers_to(data, &change.value));
    }
    let known = |by: u32| data.commit(by).is_some_and(|c| merged.vector.covers(c.stamp));
    for &(kind, id) in &merged.fresh {
        let table = data.table(kind);
        let Some(row) = table.row(id).filter(|&row| table.is_live(row)) else { continue };
        let mut commits = table.fields().filter_map(|(field, _)| table.field_commit(row, field));
        if needed.contains(&(kind, row)) || commits.any(|by| !known(by) && !stands(by)) {
            plan.kept += 1;
        } else {
            plan.changes.push(Change { was: data.value(kind, row, DELETED), ..tombstone(kind, id) });
        }
    }
    if plan.changes.is_empty() { Err(CommandError::NothingToUndo) } else { Ok(plan) }
}

/// The record or the products that a value refers to.
fn refers_to(data: &Dataset, value: &Value) -> Vec<(Kind, u32)> {
    let place = |kind: Kind, id: Id| data.table(kind).row(id).map(|row| (kind, row));
    match value {
        Value::Ref(id) => data.find(*id).into_iter().collect(),
        Value::Lines(lines) => lines.iter().filter_map(|l| place(Kind::Product, l.product?)).collect(),
        _ => Vec::new(),
    }
}

/// Records to which those fields of live records refer that `counts` picks.
fn needed_by(data: &Dataset, counts: impl Fn(Kind, u32, Field) -> bool) -> FxHashSet<(Kind, u32)> {
    let mut needed = FxHashSet::default();
    for &kind in Kind::ALL {
        let table = data.table(kind);
        for (field, spec) in (0..).map(Field).zip(kind.fields()) {
            let rows = || table.live().filter(|&row| counts(kind, row, field));
            match spec.shape {
                Shape::Ref(target) => {
                    needed.extend(rows().filter_map(|row| Some((target, table.reference(row, field)?))));
                }
                Shape::Lines => needed.extend(
                    rows().flat_map(|row| table.lines(row, field).products).map(|&product| (Kind::Product, product)),
                ),
                _ => {}
            }
        }
    }
    // Whoever was merged into somebody is seen there alone.
    let customers = data.customers();
    for row in (0..customers.len()).filter(|&row| customers.is_hidden(row) && !customers.is_deleted(row)) {
        if counts(Kind::Customer, row, customer::MERGED_INTO) {
            needed.insert((Kind::Customer, data.standing(row)));
        }
    }
    needed
}

fn take_back_records(data: &Dataset, kind: Kind, commit: u32, needed: &FxHashSet<(Kind, u32)>, plan: &mut Plan) {
    let table = data.table(kind);
    let is_edit = |at: u32| data.root(at, None).is_some_and(|(_, stands)| stands);
    let of_record = |row: u32| table.record_commit(row) == Some(commit);
    let mut edited: FxHashSet<u32> =
        needed.iter().filter(|(of, row)| *of == kind && of_record(*row)).map(|(_, row)| *row).collect();
    for ((row, field), exception) in &table.exceptions {
        if *field != DELETED && of_record(*row) && is_edit(exception.commit) {
            edited.insert(*row);
        }
    }
    for row in table.live().filter(|row| of_record(*row)) {
        match (edited.contains(&row), table.id(row)) {
            (true, _) => plan.kept += 1,
            (false, Some(id)) => {
                let was = data.value(kind, row, DELETED);
                plan.changes.push(Change { was, ..tombstone(kind, id) });
            }
            (false, None) => {}
        }
    }
}

/// Whether somebody meant this record to go to the trash, by a deletion of their own; not by an undo of what made it, nor by
/// clearing the demo.
pub(in crate::engine) fn deleted_by_person(data: &Dataset, kind: Kind, row: u32) -> bool {
    let by = data.table(kind).field_commit(row, DELETED).and_then(|by| data.root(by, None));
    by.is_none_or(|(root, stands)| stands && data.commit(root).is_none_or(|c| c.class != Class::Clear))
}

/// Whether what put the record into the trash was the undoing of an import or the clearing of the demo: then a file that
/// brings it again brings it back. What a person deleted stays deleted.
pub(in crate::engine) fn comes_back(data: &Dataset, kind: Kind, row: u32) -> bool {
    let by = data.table(kind).field_commit(row, DELETED).and_then(|by| data.root(by, None));
    let class = by.and_then(|(root, _)| data.commit(root)).map(|c| c.class);
    data.table(kind).is_deleted(row) && matches!(class, Some(Class::Import | Class::Demo | Class::Clear))
}
