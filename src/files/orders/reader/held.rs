//! What becomes of rows that end before the header does.

use super::super::short::Sight;
use super::super::{Role, RowReason, Target};
use super::{Body, Fault};
use crate::files::rows::Row;

impl Body {
    /// What a row of few cells is, is told by those around it.
    pub(super) fn hold(&mut self, row: &Row) {
        let sight = Sight::of(row, &self.mapping);
        for (row, cut) in self.short.next(row.kept(), sight) {
            self.take_short(&row.row(), cut);
        }
    }

    /// Nothing follows that the rows held could belong to.
    pub(super) fn settle(&mut self) {
        for (row, cut) in self.short.rest() {
            self.take_short(&row.row(), cut);
        }
    }

    /// A row of which only blanks are missing, or what is missing was cut off.
    fn take_short(&mut self, row: &Row, cut: bool) {
        self.fill_down(row);
        let ragged = Fault { column: None, reason: RowReason::Ragged };
        let taken = if cut {
            Err(Fault { column: None, reason: RowReason::Cut })
        } else if Sight::of(row, &self.mapping).misfits || self.lacks_amounts(row) {
            Err(ragged)
        } else {
            let taken = self.check(row).and_then(|()| self.take(row));
            // What it lacks stood beyond its end.
            taken.map_err(|fault| if fault.column.is_some_and(|c| c >= row.len()) { ragged } else { fault })
        };
        self.rows_short += u64::from(taken.is_ok());
        self.note(row, taken);
    }

    /// An order ends before an amount that others have: a cell in its middle may be missing, and the rest be shifted.
    fn lacks_amounts(&self, row: &Row) -> bool {
        let amounts = [Role::Quantity, Role::UnitPrice, Role::LineTotal];
        let beyond = |role| self.columns.of(role).is_some_and(|column| column >= row.len());
        self.mapping.target == Target::Orders && amounts.into_iter().any(beyond)
    }
}
