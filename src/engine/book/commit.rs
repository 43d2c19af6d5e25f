//! The one write path.

use super::open::mint_device;
use super::{Book, Progress, changes_name, holds_changes, rows_name};
use crate::domain::{Change, ChangeSet, DeviceId, Seq, Stamp};
use crate::engine::api::{CommandError, Done, StoreError};
use crate::engine::apply;
use crate::engine::blocks::encode;
use crate::engine::dataset::Dataset;
use crate::engine::entry::Entry;
use crate::engine::merge::Merged;
use crate::engine::merge::report::knows_more;
use crate::engine::rows::DecodedBlock;
use crate::engine::store::{FORMAT, Head, Store, WriteError};
use crate::engine::update::{Ctx, Plan};
use crate::sync::clock::{Clock, far_line};

/// Changes that stay in the journal entry itself; longer lists go into blocks.
const MAX_INLINE: usize = 1_000;
/// Changes per block.
const PER_BLOCK: usize = 50_000;

pub(super) enum Failed {
    /// Another tab wrote first.
    Stale,
    Refused(CommandError),
}

/// The stamp of a commit with these changes: later than all that it replaces and not given out before.
fn stamp(data: &Dataset, clock: &mut Clock, changes: &[Change], now_ms: u64) -> Stamp {
    let replaced = |change: &Change| {
        let table = data.table(change.kind);
        data.field_stamp(change.kind, table.row(change.id)?, table.field(&change.field)?)
    };
    let replaced = changes.iter().filter_map(replaced).max();
    clock.tick(now_ms, replaced)
}

/// Our own id, or a fresh one if the file knows more of ours than we do: then another profile is a copy of this one, or this
/// one was put back from a copy, and two must not write under one id.
fn device(state: &super::State, plan: &Plan, ctx: &Ctx) -> DeviceId {
    let own = state.head.device;
    let is_copied = |merged: &Merged| knows_more(merged, &state.data, [own, far_line(own)]);
    if plan.merged.as_deref().is_some_and(is_copied) { mint_device(ctx.random) } else { own }
}

impl<S: Store> Book<S> {
    /// Store first, memory after.
    pub(super) async fn commit(&self, plan: Plan, ctx: &Ctx, progress: Progress<'_>) -> Result<Done, Failed> {
        let (id, kept, records) = (plan.id, plan.kept, plan.records());
        if plan.is_empty() {
            return Ok(Done { seq: None, id, records: 0, kept });
        }
        let mut plan = plan;
        let (head, stamp) = self.state.borrow().next(&plan, ctx);
        let (names, blocks) = spill(&mut plan, head.seq, ctx.random);
        let set = ChangeSet { stamp, origin: plan.origin, changes: plan.changes, blocks: names };
        apply::check_all(&set.changes, &blocks).map_err(|m| refused(StoreError::Corrupt { what: m.field }))?;
        let entry = Entry::new(set, records);
        let bytes = entry.to_bytes().map_err(refused)?;
        if let Err(error) = self.put_blocks(&entry.set.blocks, &blocks, progress).await {
            self.discard(&entry.set.blocks).await;
            return Err(Failed::Refused(error));
        }
        if let Err(error) = self.store.append(&bytes, &head, &entry.set.blocks).await {
            // Only where it is certain that the entry is not there may its blocks go.
            if matches!(error, WriteError::Stale | WriteError::Store(StoreError::Quota)) {
                self.discard(&entry.set.blocks).await;
            }
            return Err(error.into());
        }
        let mut state = self.state.borrow_mut();
        let touched = state.data.apply(&entry.set, head.seq, &blocks);
        // Cannot fail: it was checked before it was written.
        let touched = touched.map_err(|m| refused(StoreError::Corrupt { what: m.field }))?;
        state.took(head, entry.set.blocks);
        state.anonymised.extend_from_slice(&touched.anonymised);
        state.touched.extend(&touched);
        Ok(Done { seq: Some(head.seq), id, records, kept })
    }

    async fn put_blocks(
        &self,
        names: &[String],
        blocks: &[DecodedBlock],
        progress: Progress<'_>,
    ) -> Result<(), CommandError> {
        let total = blocks.len() as u64;
        for (done, (name, block)) in (0..).zip(names.iter().zip(blocks)) {
            if !progress(done, total) {
                return Err(CommandError::Cancelled);
            }
            self.store.put_block(name, &encode(block)).await.map_err(CommandError::Store)?;
        }
        if total > 0 && !progress(total, total) {
            return Err(CommandError::Cancelled);
        }
        Ok(())
    }

    /// Deletes blocks that nothing names. If that fails they are swept at the next opening.
    pub(super) async fn discard(&self, names: &[String]) {
        if !names.is_empty() {
            self.store.delete_blocks(names).await.unwrap_or_default();
        }
    }
}

impl super::State {
    /// Head and stamp of the commit that the plan becomes.
    pub(super) fn next(&self, plan: &Plan, ctx: &Ctx) -> (Head, Stamp) {
        let device = device(self, plan, ctx);
        let far = self.data.vector().highest(far_line(device)).unwrap_or(0);
        let mut clock = Clock::new(self.head.clock, device).with_far(far);
        for (stamp, ..) in plan.merged.iter().flat_map(|m| &m.commits) {
            // The preview has told of a stamp too far ahead.
            clock.see(*stamp, ctx.now_ms);
        }
        let stamp = stamp(&self.data, &mut clock, &plan.changes, ctx.now_ms);
        (Head { format: FORMAT, seq: self.head.seq + 1, clock: clock.last(), device }, stamp)
    }

    /// Notes that the journal now ends at `head` and that its last entry named these blocks.
    pub(super) fn took(&mut self, head: Head, blocks: Vec<String>) {
        self.head = head;
        self.note_blocks(head.seq, blocks);
    }

    pub(super) fn note_blocks(&mut self, seq: Seq, blocks: Vec<String>) {
        self.kept.extend(blocks.iter().filter(|name| holds_changes(name)).cloned());
        self.tail.extend(blocks.into_iter().map(|name| (seq, name)));
    }
}

fn refused(error: StoreError) -> Failed {
    Failed::Refused(CommandError::Store(error))
}

/// Moves the plan's rows, and its changes if they are many, into named blocks.
fn spill(plan: &mut Plan, seq: Seq, random: u128) -> (Vec<String>, Vec<DecodedBlock>) {
    let mut names = Vec::new();
    let mut blocks = Vec::new();
    // First, because rows need the commits of which it tells.
    if let Some(merged) = plan.merged.take() {
        names.push(changes_name(seq, random, 0));
        blocks.push(DecodedBlock::Merged(merged));
    }
    for rows in std::mem::take(&mut plan.rows).into_iter().filter(|b| !b.ids.is_empty()) {
        names.push(rows_name(seq, random, blocks.len()));
        blocks.push(DecodedBlock::Rows(rows));
    }
    if plan.changes.len() > MAX_INLINE {
        let mut changes = std::mem::take(&mut plan.changes);
        while !changes.is_empty() {
            let rest = changes.split_off(changes.len().min(PER_BLOCK));
            names.push(changes_name(seq, random, blocks.len()));
            blocks.push(DecodedBlock::Changes(std::mem::replace(&mut changes, rest)));
        }
    }
    (names, blocks)
}
