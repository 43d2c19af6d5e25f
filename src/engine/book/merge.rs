//! Files that merge, in and out of the book.

use super::{Book, State, holds_changes, open};
use crate::domain::{DeviceId, Origin, Seq};
use crate::engine::api::{CommandError, MergeError, MergePreview, MergeReport, StoreError};
use crate::engine::merge::compare::compare;
use crate::engine::merge::export::Exporter;
use crate::engine::merge::incoming::Incoming;
use crate::engine::merge::{Merged, report};
use crate::engine::rows::DecodedBlock;
use crate::engine::store::Store;
use crate::engine::update::Plan;
use crate::sync::clock::far_line;
use crate::sync::file::{Scope, SyncError};

/// A file that waits for the person's word.
pub(super) struct StagedMerge {
    incoming: Incoming,
    /// What it would do to the book as of a journal entry.
    preview: (Seq, MergePreview),
}

/// What merging the staged file would change in the book as it is now.
pub(super) fn plan(state: &State) -> Result<Plan, CommandError> {
    let staged = state.staged_merge.as_ref().ok_or(CommandError::NothingStaged)?;
    let compared = compare(&state.data, &staged.incoming, true).map_err(CommandError::Store)?;
    let merged = (!compared.is_nothing()).then(|| Box::new(compared.merged));
    let origin = Origin::Merge { file: staged.incoming.file.clone() };
    Ok(Plan { rows: compared.rows, merged, ..Plan::of(origin, Vec::new(), None) })
}

/// The ids under which this device writes.
fn own(state: &State) -> [DeviceId; 2] {
    [state.head.device, far_line(state.head.device)]
}

impl State {
    fn preview(&self, incoming: &Incoming, now_ms: u64) -> Result<(Seq, MergePreview), StoreError> {
        let compared = compare(&self.data, incoming, false)?;
        Ok((self.data.seq(), report::preview(&self.data, own(self), incoming, &compared, now_ms)))
    }
}

impl<S: Store> Book<S> {
    /// Compares a file with the book and keeps it until it is merged or dropped.
    ///
    /// # Errors
    /// `BaseMissing` for a part of a book that builds on something not yet read here.
    pub fn stage_merge(&self, incoming: Incoming, now_ms: u64) -> Result<MergePreview, MergeError> {
        let mut state = self.state.borrow_mut();
        if let Scope::Since(base) = &incoming.scope
            && let Some(needs) = state.data.vector().lacks(base)
        {
            let has = state.data.vector().highest(needs.device);
            let (needs_ms, has_ms) = (needs.unix_ms(), has.map(|time| time >> 16));
            return Err(SyncError::BaseMissing { device: needs.device, needs_ms, has_ms }.into());
        }
        let preview = state.preview(&incoming, now_ms).map_err(|e| MergeError::Book(CommandError::Store(e)))?;
        let view = preview.1.clone();
        state.staged_merge = Some(StagedMerge { incoming, preview });
        Ok(view)
    }

    /// What merging the file that waits would do now.
    ///
    /// # Errors
    /// A file that does not read back from memory.
    pub fn staged_merge(&self, now_ms: u64) -> Result<Option<MergePreview>, StoreError> {
        let mut state = self.state.borrow_mut();
        let Some(mut staged) = state.staged_merge.take() else { return Ok(None) };
        let fresh = if staged.preview.0 == state.data.seq() {
            Ok(None)
        } else {
            state.preview(&staged.incoming, now_ms).map(Some)
        };
        if let Ok(Some(preview)) = &fresh {
            staged.preview = preview.clone();
        }
        let view = staged.preview.1.clone();
        state.staged_merge = Some(staged);
        fresh.map(|_| Some(view))
    }

    /// What the merge of this journal entry did; `None` if the entry is none.
    ///
    /// # Errors
    /// What the store says.
    pub async fn merge_report(&self, seq: Seq) -> Result<Option<MergeReport>, StoreError> {
        let Some((file, merged)) = self.merged(seq).await? else { return Ok(None) };
        let state = self.state.borrow();
        Ok(Some(report::report(&state.data, own(&state), seq, &file, &merged)))
    }

    pub(super) async fn merged(&self, seq: Seq) -> Result<Option<(String, Merged)>, StoreError> {
        if seq == 0 || seq > self.head().seq {
            return Ok(None);
        }
        let set = self.entry(seq).await?.set;
        let Origin::Merge { file } = set.origin else { return Ok(None) };
        let corrupt = |what: String| StoreError::Corrupt { what };
        let name = set.blocks.into_iter().find(|name| holds_changes(name));
        let name = name.ok_or_else(|| corrupt(format!("entry {seq}")))?;
        match open::block(&self.store, &name).await? {
            Some(DecodedBlock::Merged(merged)) => Ok(Some((file, *merged))),
            _ => Err(corrupt(name)),
        }
    }

    /// The book as a file. Whoever takes its parts sees to it that nothing is written meanwhile.
    #[must_use]
    pub fn export(&self, scope: Scope, now_ms: u64) -> Exporter {
        let state = self.state.borrow();
        Exporter::new(&state.data, scope, state.head.device, now_ms)
    }
}
