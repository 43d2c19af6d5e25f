//! The merge of one field with the one that stands in the tables.

use std::cmp::Ordering;

use crate::domain::{Class, Field, Kind, Stamp, Value};
use crate::engine::dataset::Dataset;
use crate::sync::merge::{Outcome, Written, merge, order};

/// A field as it comes from a file.
#[derive(Clone, Copy, Debug)]
pub struct Theirs<'a> {
    pub stamp: Stamp,
    pub class: Class,
    pub value: &'a Value,
    /// What an order file last said, where another commit wrote since.
    pub word: Option<Written<'a>>,
}

/// What merging a field changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// The value, or only its stamp.
    pub takes: bool,
    /// What an order file last said.
    pub takes_word: bool,
}

impl Theirs<'_> {
    /// The last word of an order file: the one beside the value, or the value itself if an import wrote it.
    #[must_use]
    pub fn last_word(&self) -> Option<Written<'_>> {
        let own = (self.class == Class::Import).then_some(Written { stamp: self.stamp, value: self.value });
        own.or(self.word)
    }
}

impl Dataset {
    /// The last word of an order file about a field and the commit that brought it: remembered beside a later value, or the
    /// value itself if an import wrote it.
    pub(in crate::engine) fn word(&self, kind: Kind, row: u32, field: Field) -> Option<(u32, Value)> {
        let table = self.table(kind);
        if let Some(exception) = table.exceptions.get(&(row, field))
            && let Some(imported) = &exception.imported
        {
            return Some((exception.imported_by, imported.clone()));
        }
        let by = table.field_commit(row, field)?;
        let is_import = self.commit(by).is_some_and(|c| c.class == Class::Import);
        is_import.then(|| (by, self.value(kind, row, field)))
    }

    /// What merging `theirs` into the field would change.
    pub(in crate::engine) fn judge(&self, kind: Kind, row: u32, field: Field, theirs: &Theirs) -> Judgement {
        let stamp = self.field_stamp(kind, row, field);
        let takes = match stamp {
            // The value is only looked at where stamps do not decide.
            Some(stamp) if stamp != theirs.stamp => theirs.stamp > stamp,
            Some(stamp) => {
                let value = self.value(kind, row, field);
                merge(Some(Written { stamp, value: &value }), theirs.written()) == Outcome::Take
            }
            None => true,
        };
        let takes_word = theirs.last_word().is_some_and(|theirs| match self.word(kind, row, field) {
            Some((by, value)) => match self.commit(by).map(|c| c.stamp) {
                Some(stamp) => order(Written { stamp, value: &value }, theirs) == Ordering::Less,
                // Remembered by a version that did not note who said it.
                None => true,
            },
            None => true,
        });
        Judgement { takes, takes_word }
    }
}

impl<'a> Theirs<'a> {
    #[must_use]
    pub fn written(&self) -> Written<'a> {
        Written { stamp: self.stamp, value: self.value }
    }
}
