//! Rows that are no lines of orders: answers, customers, products and interactions.

use super::super::cells::strip_decimal_zero;
use super::super::{ParsedRecord, ParsedResponse, Role, RowReason, Target};
use super::{Body, Fault, cell_of};
use crate::domain::{Kind, Value};
use crate::files::numbers::clean;
use crate::files::records;
use crate::files::rows::Row;

impl Body {
    /// One answer of a customer.
    pub(super) fn take_response(&mut self, row: &Row) -> Result<(), Fault> {
        let at = self.date(row)?.ok_or_else(|| self.fault(Role::OrderDate, RowReason::Missing))?;
        let who = self.who(row);
        if who.key.is_empty() {
            let asked = Role::WHO.into_iter().find(|role| self.columns.of(*role).is_some());
            return Err(self.fault(asked.unwrap_or(Role::CustomerKey), RowReason::Missing));
        }
        let mut scores = [None; 4];
        for (slot, role) in scores.iter_mut().zip(Role::SCORES) {
            *slot = self.score(row, role)?;
        }
        let cell = |role| clean(cell_of(&self.columns, row, role)).to_owned();
        let product = match cell(Role::ProductKey) {
            key if key.is_empty() => cell(Role::ProductName),
            key => key,
        };
        let [expectation, experience, nps, csat] = scores;
        let response = ParsedResponse {
            row: row.number,
            key: cell(Role::ResponseKey),
            customer: who.key.to_string(),
            at,
            order: cell(Role::OrderNumber),
            product,
            staff: cell(Role::Staff),
            expectation,
            experience,
            nps,
            csat,
            comment: cell(Role::Comment),
        };
        self.said.take(response).map_err(|reason| Fault { column: None, reason })
    }

    /// One record of the table of targets.
    pub(super) fn take_record(&mut self, row: &Row, target: Target) -> Result<(), Fault> {
        let Some(kind) = records::kind_of(target) else { return Ok(()) };
        let mut record = ParsedRecord { row: row.number, ..ParsedRecord::default() };
        for field in records::fields(target).iter().filter(|f| self.columns.of(f.role).is_some()) {
            let Some(read) = field.read.filter(|_| field.field != "key") else { continue };
            let value = records::read_cell(read, self.cell(row, field.role), &self.mapping)
                .map_err(|reason| self.fault(field.role, reason))?;
            if value != Value::Null {
                record.fields.push((field.field.to_owned(), value));
            }
        }
        record.fields.append(&mut self.fields(row, self.mapping.currency)?);
        let who = if kind == Kind::Product { None } else { Some(self.who(row)) };
        match (kind, who) {
            (Kind::Customer, Some(who)) => {
                record.numbered = who.role == Role::CustomerKey && !who.key.is_empty();
                record.key = who.key.into_owned();
            }
            (Kind::Interaction, Some(who)) if who.key.is_empty() => {
                let asked = Role::WHO.into_iter().find(|role| self.columns.of(*role).is_some());
                return Err(self.fault(asked.unwrap_or(Role::CustomerKey), RowReason::Missing));
            }
            (Kind::Interaction, Some(who)) => {
                let customer = who.key.into_owned();
                let at = self.date(row)?.ok_or_else(|| self.fault(Role::OrderDate, RowReason::Missing))?;
                record.fields.push(("at".to_owned(), Value::Int(at.0)));
                clean(self.cell(row, Role::InteractionKey)).clone_into(&mut record.key);
                record.numbered = !record.key.is_empty();
                if !record.numbered {
                    record.key = format!("{customer}\u{1f}{}", at.0);
                }
                record.customer = customer;
            }
            _ => {
                let key = strip_decimal_zero(clean(self.cell(row, Role::ProductKey)));
                record.numbered = !key.is_empty();
                let name = clean(self.cell(row, Role::ProductName));
                if record.numbered { key } else { name }.clone_into(&mut record.key);
            }
        }
        let blank = |role| clean(self.cell(row, role)).is_empty();
        if self.cards && blank(Role::CustomerName) && blank(Role::Company) {
            return Err(self.fault(Role::CustomerName, RowReason::Missing));
        }
        if record.key.is_empty() {
            return Err(Fault { column: None, reason: RowReason::NothingSaid });
        }
        if record.numbered {
            record.fields.push(("key".to_owned(), Value::from(record.key.as_str())));
        }
        self.records.take(kind, record).map_err(|reason| Fault { column: None, reason })
    }
}
