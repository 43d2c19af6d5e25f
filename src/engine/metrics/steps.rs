//! Where customers stood on the dormancy ladder a month before, and who came from which step. Counted once; after that, who changes is
//! taken out and put in again.

use super::facts::Facts;
use super::snapshot::Marks;
use crate::analytics::Dormancy;

/// The step of a customer who had not bought yet.
pub const NOT_YET: u8 = 4;

/// Customers by the step on which they stand, then by that before ([`NOT_YET`] last).
pub type Flows = [[u64; NOT_YET as usize + 1]; Dormancy::ALL.len()];

#[derive(Clone, Debug, PartialEq)]
pub(super) struct StepsBack {
    /// One per row of the customer table: 0 awake to 3 asleep, [`NOT_YET`].
    of: Vec<u8>,
    flows: Flows,
}

impl StepsBack {
    /// Of these customers, in row order: where they stood and where they stand.
    pub fn new<'a>(all: impl Iterator<Item = (u8, &'a Facts, &'a Marks)>) -> Self {
        let mut steps = Self { of: Vec::with_capacity(all.size_hint().0), flows: Flows::default() };
        for (row, (before, facts, marks)) in (0..).zip(all) {
            steps.of.push(before);
            steps.change(row, facts, marks, 1);
        }
        steps
    }

    pub fn of(&self, row: u32) -> u8 {
        self.of.get(row as usize).copied().unwrap_or(NOT_YET)
    }

    pub fn flows(&self) -> &Flows {
        &self.flows
    }

    /// As many rows as there are now; new ones had not bought yet and have not.
    pub fn resize(&mut self, customers: u32) {
        self.of.resize(customers as usize, NOT_YET);
    }

    /// Takes a customer out as they were.
    pub fn take_out(&mut self, row: u32, facts: &Facts, marks: &Marks) {
        self.change(row, facts, marks, -1);
    }

    /// Puts a customer in as they are.
    pub fn put_in(&mut self, row: u32, before: u8, facts: &Facts, marks: &Marks) {
        if let Some(of) = self.of.get_mut(row as usize) {
            *of = before;
        }
        self.change(row, facts, marks, 1);
    }

    fn change(&mut self, row: u32, facts: &Facts, marks: &Marks, by: i64) {
        let before = usize::from(self.of(row));
        let n = self.flows.get_mut(marks.dormancy as usize).and_then(|from| from.get_mut(before));
        if let Some(n) = n.filter(|_| facts.is_buyer()) {
            *n = n.saturating_add_signed(by);
        }
    }
}
