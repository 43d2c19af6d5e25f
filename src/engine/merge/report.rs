//! A merge as a person sees it: preview, report, choosing the other value.

use super::compare::Comparison;
use super::incoming::Incoming;
use super::{Merged, MergedField};
use crate::domain::{Action, Change, DeviceId, Id, Kind, Origin, Seq, Stamp, Value};
use crate::engine::api::{CommandError, Conflict, MAX_CONFLICTS, MAX_EXAMPLES, MergePreview, MergeReport, Shown, Side};
use crate::engine::book::subject_of;
use crate::engine::dataset::Dataset;
use crate::engine::own::{own_field, own_label};
use crate::engine::update::Plan;
use crate::sync::clock::MAX_AHEAD_MS;
use crate::sync::file::Scope;

/// What committing the file would do. `own`: ids under which this device writes.
#[must_use]
pub fn preview(
    data: &Dataset,
    own: [DeviceId; 2],
    incoming: &Incoming,
    compared: &Comparison,
    now_ms: u64,
) -> MergePreview {
    let about = &compared.merged;
    let ahead = about.commits.iter().map(|(stamp, ..)| stamp.unix_ms().saturating_sub(now_ms)).max();
    MergePreview {
        file: incoming.file.clone(),
        device: about.device,
        exported_at_ms: about.exported_at_ms,
        whole: incoming.scope == Scope::Whole,
        kinds: compared.tallies.clone(),
        first_new: compared.first_new.clone(),
        first_changes: changes(data, own, about),
        conflicts: compared.conflicts,
        first_conflicts: conflicts(data, own, about),
        clock_ahead_ms: ahead.filter(|ms| *ms > MAX_AHEAD_MS),
        nothing_new: compared.is_nothing(),
    }
}

/// What a merge did. `own`: ids under which this device writes.
#[must_use]
pub fn report(data: &Dataset, own: [DeviceId; 2], seq: Seq, file: &str, merged: &Merged) -> MergeReport {
    let count = |kind: Kind| (kind, merged.fresh.iter().filter(|(of, _)| *of == kind).count() as u64);
    MergeReport {
        seq,
        file: file.to_owned(),
        device: merged.device,
        exported_at_ms: merged.exported_at_ms,
        fresh: Kind::ALL.iter().map(|&kind| count(kind)).filter(|(_, n)| *n > 0).collect(),
        taken: merged.fields.iter().filter(|f| f.taken).count() as u64,
        conflicts: merged.fields.iter().filter(|f| f.conflict).count() as u64,
        first_conflicts: conflicts(data, own, merged),
        undone: data.commits().iter().any(|c| c.seq == seq && c.undone),
    }
}

fn conflicts(data: &Dataset, own: [DeviceId; 2], merged: &Merged) -> Vec<Conflict> {
    let conflicts = merged.fields.iter().filter(|f| f.conflict);
    conflicts.take(MAX_CONFLICTS).map(|field| conflict(data, own, field)).collect()
}

/// A few of the fields that take the file's value, of each kind.
fn changes(data: &Dataset, own: [DeviceId; 2], merged: &Merged) -> Vec<Conflict> {
    let of = |kind: Kind| merged.fields.iter().filter(move |f| f.kind == kind && f.taken && !f.conflict);
    let first = Kind::ALL.iter().flat_map(|&kind| of(kind).take(MAX_EXAMPLES));
    first.map(|field| conflict(data, own, field)).collect()
}

fn conflict(data: &Dataset, own: [DeviceId; 2], field: &MergedField) -> Conflict {
    let now = now(data, field);
    let stands = match &now {
        now if *now == field.ours => Some(Side::Ours),
        now if *now == field.theirs => Some(Side::Theirs),
        _ => None,
    };
    let table = data.table(field.kind);
    let currency = table.row(field.id).zip(table.field("currency"));
    Conflict {
        kind: field.kind,
        id: field.id,
        name: subject_of(data, field.kind, field.id),
        field: field.field.clone(),
        label: own_label(data, &field.field),
        currency: currency.map_or_else(String::new, |(row, at)| table.text(row, at).to_owned()),
        ours: shown_in(data, field.kind, &field.field, &field.ours),
        ours_at: field.ours_at,
        ours_here: field.ours_at.is_some_and(|stamp| own.contains(&stamp.device)),
        theirs: shown_in(data, field.kind, &field.field, &field.theirs),
        theirs_at: field.theirs_at,
        theirs_won: field.taken,
        stands,
    }
}

fn now(data: &Dataset, field: &MergedField) -> Value {
    let table = data.table(field.kind);
    let place = table.row(field.id).zip(table.field(&field.field));
    place.map_or(Value::Null, |(row, at)| data.value(field.kind, row, at))
}

/// A value of a field as it is shown; of a custom field as its type has it.
pub(in crate::engine) fn shown_in(data: &Dataset, kind: Kind, field: &str, value: &Value) -> Shown {
    let Some(own) = own_field(data, kind, field) else { return shown(data, value) };
    match own.read(value) {
        Value::Int(n) => Shown::Number(n as f64 / 10_000.0),
        value => shown(data, &value),
    }
}

/// A value as it is shown.
pub(in crate::engine) fn shown(data: &Dataset, value: &Value) -> Shown {
    match value {
        Value::Null => Shown::Nothing,
        Value::Text(text) => Shown::Text(text.clone()),
        Value::Int(n) => Shown::Number(*n as f64),
        Value::Bool(b) => Shown::Bool(*b),
        Value::Ref(id) => {
            let kind = data.find(*id).map(|(kind, _)| kind);
            Shown::Record { id: *id, name: kind.map_or_else(String::new, |kind| subject_of(data, kind, *id)) }
        }
        Value::Lines(lines) => Shown::Lines {
            lines: u32::try_from(lines.len()).unwrap_or(u32::MAX),
            total_minor: lines.iter().map(|l| l.total_minor as f64).sum(),
        },
        Value::Json(json) => Shown::Json(json.to_string()),
    }
}

/// Writes one of the two values of a conflict: an ordinary edit, newer than both.
///
/// # Errors
/// `NotFound` when the merge had no such conflict, or the record is gone.
pub fn choose(
    data: &Dataset,
    merged: &Merged,
    kind: Kind,
    id: Id,
    name: &str,
    side: Side,
) -> Result<Plan, CommandError> {
    let conflicts = merged.fields.iter().filter(|f| f.conflict);
    let field = conflicts.into_iter().find(|f| (f.kind, f.id, f.field.as_str()) == (kind, id, name));
    let field = field.ok_or(CommandError::NotFound)?;
    let row = data.table(kind).row(id).filter(|&row| data.table(kind).exists(row));
    row.ok_or(CommandError::NotFound)?;
    let was = now(data, field);
    let value = match side {
        Side::Ours => field.ours.clone(),
        Side::Theirs => field.theirs.clone(),
    };
    let change = Change { kind, id, field: name.to_owned(), value, was };
    let changes = if change.value == change.was { Vec::new() } else { vec![change] };
    Ok(Plan::of(Origin::Hand { what: Action::Edit(kind) }, changes, Some(id)))
}

/// Whether the file holds commits under one of these ids that are not here: if they are our own, another profile has them too.
#[must_use]
pub fn knows_more(merged: &Merged, data: &Dataset, lines: [crate::domain::DeviceId; 2]) -> bool {
    lines.into_iter().any(|device| {
        let theirs = merged.vector.highest(device).map(|time| Stamp { time, device });
        theirs.is_some_and(|stamp| !data.vector().covers(stamp))
    })
}
