//! What an applied change set touched: what is derived from the data looks only at that again.

use super::column::NONE;
use super::dataset::Dataset;
use super::search;
use crate::domain::{DELETED, Field, Id, Kind, customer};

/// For the figures, the search, the lists, and the topics that other tabs hear of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touched {
    /// Kinds with a changed record, in the order of [`Kind::ALL`].
    pub kinds: Vec<Kind>,
    /// Rows of customers who changed themselves or by what is about them, ascending, each once. So the lists of rows below.
    pub customers: Vec<u32>,
    /// Customers whose purchases may count otherwise: an order of theirs changed, or they came, went or were merged.
    pub bought: Vec<u32>,
    /// Customers who may be found by other words: what is searched of them or of their people changed, or they came, went or
    /// were merged.
    pub found: Vec<u32>,
    /// Fields of customers that changed, ascending.
    pub fields: Vec<Field>,
    /// Some customer came, went, was merged, or counts as made by another commit: nothing that was known of who there is holds.
    pub came_or_went: bool,
    /// The lowest row of an order that changed: all orders are new if none was there before.
    pub first_order: Option<u32>,
    /// Orders that lost their customer because that one was erased.
    pub anonymised: Vec<Id>,
}

/// What of a record changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Field(Field),
    /// Whether it is there, or all of it.
    Whole,
}

impl Touched {
    /// After the whole data set was read anew.
    pub(super) fn everything(data: &Dataset) -> Self {
        let customers: Vec<u32> = (0..data.customers().len()).collect();
        Self {
            kinds: Kind::ALL.to_vec(),
            bought: customers.clone(),
            found: customers.clone(),
            customers,
            fields: data.customers().fields().map(|(field, _)| field).collect(),
            came_or_went: true,
            first_order: Some(0),
            anonymised: Vec::new(),
        }
    }

    #[must_use]
    pub fn has(&self, kind: Kind) -> bool {
        self.kinds.contains(&kind)
    }

    /// Whether the book's customers may say something else in one of these fields.
    #[must_use]
    pub fn any_field(&self, fields: &[Field]) -> bool {
        self.came_or_went || fields.iter().any(|field| self.fields.contains(field))
    }

    pub(super) fn mark(&mut self, kind: Kind) {
        if !self.kinds.contains(&kind) {
            self.kinds.push(kind);
            crate::domain::sort::sort_by(&mut self.kinds, Ord::cmp);
        }
    }

    /// Notes a customer whose own record changed.
    pub(super) fn mark_profile(&mut self, row: u32, what: What) {
        self.customers.push(row);
        match what {
            What::Whole => {
                self.came_or_went = true;
                self.bought.push(row);
                self.found.push(row);
            }
            What::Field(field) => {
                if [DELETED, customer::MERGED_INTO].contains(&field) {
                    return self.mark_profile(row, What::Whole);
                }
                if !self.fields.contains(&field) {
                    self.fields.push(field);
                }
                if search::reads(field) {
                    self.found.push(row);
                }
            }
        }
    }

    /// Notes the customer whom a changed record of this kind is about.
    pub(super) fn mark_about(&mut self, kind: Kind, row: u32) {
        if row == NONE {
            return;
        }
        self.customers.push(row);
        match kind {
            Kind::Order => self.bought.push(row),
            Kind::Contact => self.found.push(row),
            _ => {}
        }
    }

    pub(super) fn mark_order(&mut self, row: u32) {
        self.first_order = Some(self.first_order.map_or(row, |first| first.min(row)));
    }

    /// Who was merged: what is about them is seen with whoever stands for them.
    pub(super) fn follow(&mut self, data: &Dataset) {
        for rows in self.rows_mut() {
            let standing: Vec<u32> = rows.iter().map(|&row| data.standing(row)).collect();
            rows.extend(standing);
        }
    }

    pub(super) fn finish(&mut self) {
        for rows in self.rows_mut() {
            rows.sort_unstable();
            rows.dedup();
        }
        crate::domain::sort::sort_by(&mut self.fields, Ord::cmp);
    }

    fn rows_mut(&mut self) -> [&mut Vec<u32>; 3] {
        [&mut self.customers, &mut self.bought, &mut self.found]
    }

    /// Adds what another change set touched.
    pub fn extend(&mut self, other: &Self) {
        for &kind in &other.kinds {
            self.mark(kind);
        }
        self.customers.extend_from_slice(&other.customers);
        self.bought.extend_from_slice(&other.bought);
        self.found.extend_from_slice(&other.found);
        let new = other.fields.iter().filter(|field| !self.fields.contains(field));
        let new: Vec<Field> = new.copied().collect();
        self.fields.extend(new);
        self.came_or_went |= other.came_or_went;
        if let Some(row) = other.first_order {
            self.mark_order(row);
        }
        self.finish();
    }
}
