//! A file's rows as far as they are about who was erased here: such a row never reaches the disk as it is.

use super::compare::{commit_of, exceptions_of, statements};
use crate::domain::{Class, ERASED, Id, Kind, Shape, Stamp, Value};
use crate::engine::apply::names_customer;
use crate::engine::dataset::Dataset;
use crate::engine::rows::{BlockBuilder, BlockException, ColumnData, RowsBlock};

/// What is taken of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Take {
    /// As it is.
    Whole,
    /// Without its links to erased records; an order also without what tells of them.
    Unlinked,
    /// Only that it is erased, by this commit.
    Gone(Stamp, Class),
}

/// Whether the row tells that its record is erased.
pub(super) fn tells_erasure(block: &RowsBlock, row: u32) -> bool {
    let marks = block.columns.iter().find(|c| c.name == ERASED).map(|c| &c.data);
    matches!(marks, Some(data @ ColumnData::Json(_)) if data.value(row) != Value::Null)
}

/// The kind of record and the commit that erased whom the value refers to.
fn erased_target(data: &Dataset, kind: Kind, name: &str, value: &Value) -> Option<(Kind, (Stamp, Class))> {
    let Value::Ref(id) = value else { return None };
    let spec = kind.fields().iter().find(|spec| spec.name == name)?;
    let Shape::Ref(target) = spec.shape else { return None };
    let table = data.table(target);
    let row = table.row(*id).filter(|&row| table.is_erased(row))?;
    let by = data.commit(table.record_commit(row)?)?;
    Some((target, (by.stamp, by.class)))
}

/// Whether an order's field tells who bought: its note may, and a number that was made of them.
fn tells(name: &str, value: &Value) -> bool {
    name == "note" || (name == "key" && matches!(value, Value::Text(number) if names_customer(number)))
}

/// What may be taken of a row.
pub(super) fn takes(data: &Dataset, block: &RowsBlock, row: u32) -> Take {
    if data.erased() == 0 {
        return Take::Whole;
    }
    let mut take = Take::Whole;
    for (name, value, _) in statements(block, row, exceptions_of(block, row)) {
        let Some((target, (stamp, class))) = erased_target(data, block.kind, name, &value) else { continue };
        if target == Kind::Customer && name == "customer" && block.kind != Kind::Order {
            return Take::Gone(stamp, class);
        }
        take = Take::Unlinked;
    }
    take
}

/// What the row says, without what must not be known any more. What would say nothing then is left out.
pub(super) fn spoken<'b>(
    data: &'b Dataset,
    block: &'b RowsBlock,
    row: u32,
    take: Take,
) -> impl Iterator<Item = (&'b str, Value, Option<&'b BlockException>)> {
    let hides = take == Take::Unlinked;
    let all = move || statements(block, row, exceptions_of(block, row));
    let nobody = hides
        && block.kind == Kind::Order
        && all().any(|(name, value, _)| name == "customer" && erased_target(data, block.kind, name, &value).is_some());
    all().filter_map(move |(name, value, exception)| {
        let hidden =
            hides && (erased_target(data, block.kind, name, &value).is_some() || (nobody && tells(name, &value)));
        match (hidden, exception) {
            (false, _) => Some((name, value, exception)),
            (true, Some(_)) => Some((name, Value::Null, exception)),
            (true, None) => None,
        }
    })
}

/// A block of these rows alone, each as far as it is taken.
pub(super) fn select(data: &Dataset, block: &RowsBlock, rows: &[(u32, Take)]) -> Option<RowsBlock> {
    let mut builder = BlockBuilder::new(block.kind);
    for &(row, take) in rows {
        let (Some(&id), Some(&code)) = (block.ids.get(row as usize), block.codes.get(row as usize)) else { continue };
        let Some(at) = commit_of(block, code) else { continue };
        if let Take::Gone(stamp, class) = take {
            tombstone(&mut builder, id, (stamp, class));
            continue;
        }
        if tells_erasure(block, row) {
            tombstone(&mut builder, id, at);
            continue;
        }
        builder.row_of(id, at);
        for (name, value, exception) in spoken(data, block, row, take) {
            if let Some(e) = exception {
                let commit = commit_of(block, e.code).unwrap_or(at);
                let hides = value == Value::Null && block.kind == Kind::Order;
                let said = e.imported.clone();
                let said = said.map(|said| if hides && tells(name, &said) { Value::Null } else { said });
                let word = commit_of(block, e.imported_by).zip(said);
                builder.except(name, commit, word);
            }
            builder.set_named(name, value);
        }
    }
    (!builder.is_empty()).then(|| builder.finish())
}

fn tombstone(builder: &mut BlockBuilder, id: Id, by: (Stamp, Class)) {
    builder.row_of(id, by);
    builder.set_named("deleted", true.into());
    builder.set_named(ERASED, Value::Json(true.into()));
}
