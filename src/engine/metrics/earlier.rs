//! The figures at a second, earlier day, for what moved since. Both days are computed from the records as they are now: an order
//! entered late counts on the day that it was made.

use super::ledger::Ledger;
use super::snapshot::Snapshot;
use crate::domain::{Day, Settings};

/// The earlier day's figures, and who changed since they were made. They are brought up to date when somebody asks.
#[derive(Clone, Debug)]
pub struct Earlier {
    snapshot: Snapshot,
    changed: Vec<u32>,
}

impl Earlier {
    #[must_use]
    pub fn new(ledger: &Ledger, customers: u32, day: Day, settings: &Settings) -> Self {
        Self { snapshot: Snapshot::unscored(ledger, customers, day, settings), changed: Vec::new() }
    }

    /// Notes whose orders changed.
    pub fn touched(&mut self, customers: &[u32]) {
        self.changed.extend(customers);
    }

    #[must_use]
    pub fn fits(&self, day: Day, settings: &Settings) -> bool {
        self.snapshot.as_of() == day && self.snapshot.settings() == settings
    }

    /// The figures with all that changed taken in.
    pub fn caught_up(&mut self, ledger: &Ledger, customers: u32) -> &Snapshot {
        let mut changed = std::mem::take(&mut self.changed);
        if !changed.is_empty() {
            changed.sort_unstable();
            changed.dedup();
            self.snapshot.update(ledger, customers, &changed);
        }
        &self.snapshot
    }

    #[must_use]
    pub fn memory_bytes(&self) -> usize {
        self.snapshot.memory_bytes() + self.changed.capacity() * size_of::<u32>()
    }
}
