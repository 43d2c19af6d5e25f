//! Collects the fields of one record that would really change.

use crate::domain::{Change, Field, Id, Kind, Value};
use crate::engine::dataset::Dataset;

pub(in crate::engine) struct Edit<'a> {
    data: &'a Dataset,
    kind: Kind,
    pub id: Id,
    row: Option<u32>,
    pub changes: Vec<Change>,
}

impl<'a> Edit<'a> {
    /// Of the record `id`, which need not exist yet. One in the trash comes back.
    pub fn new(data: &'a Dataset, kind: Kind, id: Id) -> Self {
        let table = data.table(kind);
        let row = table.row(id).filter(|&row| table.exists(row));
        let mut edit = Self { data, kind, id, row, changes: Vec::new() };
        if row.is_some_and(|row| table.is_deleted(row)) {
            edit.set(crate::domain::DELETED, Value::Null);
        }
        edit
    }

    /// What stands there now.
    pub fn now(&self, field: Field) -> Value {
        self.row.map_or(Value::Null, |row| self.data.value(self.kind, row, field))
    }

    /// As [`Self::set`] with a customer; whoever is meant already by one merged into them stays written as they are.
    pub fn set_customer(&mut self, field: Field, id: Option<Id>) {
        let meant = if let Value::Ref(now) = self.now(field) { Some(self.data.standing_id(now)) } else { None };
        if meant.is_none() || meant != id.map(|id| self.data.standing_id(id)) {
            self.set(field, id);
        }
    }

    /// [`Self::set`] of a field that the schema does not know.
    pub fn set_named(&mut self, name: &str, value: Value) {
        let table = self.data.table(self.kind);
        let was = self.row.zip(table.field(name)).map_or(Value::Null, |(row, at)| self.data.value(self.kind, row, at));
        if value != was {
            self.changes.push(Change { kind: self.kind, id: self.id, field: name.to_owned(), value, was });
        }
    }

    /// What it was set to, if it was.
    pub fn changed(&self, field: Field) -> Option<&Value> {
        let name = self.kind.fields().get(field.0 as usize)?.name;
        self.changes.iter().find(|c| c.field == name).map(|c| &c.value)
    }

    /// Adds a change unless the field has this value already.
    pub fn set(&mut self, field: Field, value: impl Into<Value>) {
        let (value, was) = (value.into(), self.now(field));
        let Some(spec) = self.kind.fields().get(field.0 as usize) else { return };
        if value != was {
            self.changes.push(Change { kind: self.kind, id: self.id, field: spec.name.to_owned(), value, was });
        }
    }
}
