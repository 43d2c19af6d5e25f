//! Records that were erased for good (SPEC X11). Nothing is left of them but the id, the tombstone and the commit that erased
//! them; no later word about them counts, from whomever it comes. Being erased is the greatest state that a record can have,
//! and of two erasures the later commit stands, so books that exchange files agree here as they do elsewhere.
//!
//! What is about an erased customer goes with them, also what a colleague noted without knowing; their orders stay as
//! sales to nobody. A link to an erased record reads as none. All of that follows from the rows alone, and so
//! alike on every device, whatever the order in which things arrive.

use super::Writer;
use crate::domain::{ERASED, Field, Kind, Shape, Value, order};
use crate::engine::column::{Column, NONE};
use crate::engine::dataset::Dataset;
use crate::engine::touched::What;

/// A link to an erased record: kind, row and field, and the row of who was erased.
pub(super) type Dangling = (Kind, u32, Field);

impl Writer<'_> {
    /// Whether a change is none to be written: it erases the record, or the record is erased.
    pub(super) fn takes_erasure(&mut self, kind: Kind, row: u32, field: &str) -> bool {
        if field == ERASED {
            self.erase(kind, row, self.commit);
        }
        self.data.table(kind).is_erased(row)
    }

    /// Wipes a record, unless a later commit did.
    pub(super) fn erase(&mut self, kind: Kind, row: u32, commit: u32) {
        let stamp = |at: u32| self.data.commit(at).map(|c| c.stamp);
        let table = self.data.table(kind);
        let known = table.is_erased(row).then(|| table.record_commit(row).and_then(stamp)).flatten();
        if commit == NONE || known.is_some_and(|known| Some(known) >= stamp(commit)) {
            return;
        }
        self.mark(kind, row, What::Whole);
        self.data.table_mut(kind).wipe(row, commit);
        self.mark(kind, row, What::Whole);
        self.erased = true;
    }

    /// Notes a link that was just written, if it leads to somebody erased.
    pub(super) fn note_link(&mut self, kind: Kind, row: u32, field: Field, target: Kind, to: u32) {
        if self.data.table(target).is_erased(to) {
            self.dangling.push((kind, row, field));
        }
    }

    /// Lets go of all links to erased records, and of what is about erased customers.
    pub(super) fn settle(&mut self) {
        loop {
            let all = std::mem::take(&mut self.erased);
            let noted = std::mem::take(&mut self.dangling);
            for link in if all { dangling(self.data) } else { noted } {
                self.let_go(link);
            }
            if !self.erased {
                return;
            }
        }
    }

    fn let_go(&mut self, (kind, row, field): Dangling) {
        let Some(Column::Ref(target, links)) = self.data.table(kind).column(field) else { return };
        let (target, to) = (*target, links.get(row as usize).copied().unwrap_or(NONE));
        if self.data.table(kind).is_erased(row) || !self.data.table(target).is_erased(to) {
            return;
        }
        let is_about = target == Kind::Customer && kind.customer() == Some(field);
        if is_about && kind != Kind::Order {
            if let Some(commit) = self.data.table(target).record_commit(to) {
                self.erase(kind, row, commit);
            }
            return;
        }
        self.forget(kind, row, field);
        if is_about {
            self.forget(kind, row, order::NOTE);
            if names_customer(self.data.table(kind).text(row, order::KEY)) {
                self.forget(kind, row, order::KEY);
            }
            self.touched.anonymised.extend(self.data.table(kind).id(row));
        }
    }

    /// Empties a field under the commit that wrote it: there is nothing newer to say.
    fn forget(&mut self, kind: Kind, row: u32, field: Field) {
        let table = self.data.table(kind);
        let by = table.field_commit(row, field);
        let said = table.exceptions.get(&(row, field));
        let said = said.and_then(|e| Some((e.imported_by, spoken_of(kind, field, e.imported.clone()?))));
        self.mark(kind, row, What::Field(field));
        self.put(kind, row, field, &Value::Null);
        if let Some(by) = by {
            self.data.table_mut(kind).set_field_commit(row, field, by, said);
        }
        self.mark(kind, row, What::Field(field));
    }
}

/// What may be kept of the last word of an order file about a field that is forgotten. That there was one, and when, must be kept, or an
/// older word that a colleague remembers would stand again; an id says nothing, a note does.
fn spoken_of(kind: Kind, field: Field, said: Value) -> Value {
    if kind == Kind::Order && [order::NOTE, order::KEY].contains(&field) { Value::Null } else { said }
}

/// Whether the number of an order was made of its customer and time, because its file had none: `customer@2024-05-20T09:30:00 CNY`.
pub(in crate::engine) fn names_customer(number: &str) -> bool {
    let after =
        number.rsplit_once('@').map_or(&[][..], |(who, time)| if who.is_empty() { &[][..] } else { time.as_bytes() });
    after.get(4) == Some(&b'-') && after.get(10) == Some(&b'T')
}

/// Every link to an erased record.
fn dangling(data: &Dataset) -> Vec<Dangling> {
    let mut found = Vec::new();
    for &kind in Kind::ALL {
        for (at, spec) in (0..).zip(kind.fields()) {
            let Shape::Ref(target) = spec.shape else { continue };
            let target = data.table(target);
            if target.erased() == 0 {
                continue;
            }
            let links = (0..).zip(data.table(kind).written_refs(Field(at)));
            let gone = links.filter(|(_, to)| **to != NONE && target.is_erased(**to));
            found.extend(gone.map(|(row, _): (u32, _)| (kind, row, Field(at))));
        }
    }
    found
}
