//! Cutting new state blocks in the background, so that opening need not replay the whole journal.
//!
//! The blocks of one publication all show the state at one journal entry: if a commit comes between two steps, the
//! chunks that it touched are cut again. Tables grow in the order of the journal in every tab alike, so a chunk number
//! means the same rows everywhere, and a tab can build on the chunks that another tab published.

use super::{Book, State, holds_changes};
use crate::domain::{Kind, Seq};
use crate::engine::api::StoreError;
use crate::engine::blocks::{encode, encode_commits};
use crate::engine::rows::DecodedBlock;
use crate::engine::store::{Chunk, FORMAT, Manifest, Store, WriteError};
use crate::engine::update::Ctx;

/// Journal entries after which compaction is due.
const DUE_ENTRIES: Seq = 200;

/// What has been written towards the next manifest.
#[derive(Default)]
pub(super) struct Compaction {
    written: Vec<Written>,
    count: u32,
}

struct Written {
    chunk: Chunk,
    /// The journal entry up to which the chunk is right.
    seq: Seq,
}

/// What is to be done next.
enum Step {
    Cut { chunk: Chunk, seq: Seq, bytes: Vec<u8> },
    Publish { manifest: Manifest, commits: Vec<u8> },
}

impl<S: Store> Book<S> {
    /// Whether the journal has grown enough since the last publication.
    pub fn compact_due(&self) -> bool {
        let state = self.state.borrow();
        state.compaction.is_some()
            || state.scrub_due()
            || state.data.seq() >= state.manifest.seq + DUE_ENTRIES
            || state.tail.iter().any(|(seq, _)| *seq > state.manifest.seq)
    }

    /// One step: writes one block, or publishes when all are written. `true` while there is more to do.
    ///
    /// # Errors
    /// What the store says; the book stays as it was and the next step begins anew.
    pub async fn compact_step(&self, ctx: &Ctx) -> Result<bool, StoreError> {
        if self.state.borrow().scrub_due() {
            return self.scrub(ctx).await;
        }
        let step = self.state.borrow_mut().next_step(ctx.random);
        match step {
            None => Ok(false),
            Some(Step::Cut { chunk, seq, bytes }) => {
                if let Err(error) = self.store.put_block(&chunk.block, &bytes).await {
                    self.abandon(vec![chunk.block]).await;
                    return Err(error);
                }
                let replaced = self.state.borrow_mut().wrote(Written { chunk, seq });
                self.discard(&replaced).await;
                Ok(true)
            }
            Some(Step::Publish { manifest, commits }) => self.publish(manifest, &commits).await,
        }
    }

    async fn publish(&self, manifest: Manifest, commits: &[u8]) -> Result<bool, StoreError> {
        let name = manifest.commits.clone().unwrap_or_default();
        let put = self.store.put_block(&name, commits).await.map_err(WriteError::Store);
        let published = match put {
            Ok(()) => self.store.publish(&manifest).await,
            Err(error) => Err(error),
        };
        match published {
            Ok(()) => {
                let garbage = self.state.borrow_mut().published(manifest);
                self.discard(&garbage).await;
                Ok(false)
            }
            Err(WriteError::Stale) => {
                // Another tab published, or swept. Its manifest is what the next compaction builds on.
                self.abandon(vec![name]).await;
                self.catch_up().await?;
                let (_, manifest) = self.store.open().await?;
                self.state.borrow_mut().adopt(manifest.unwrap_or_default());
                // Not at once again: two tabs would only get in each other's way.
                Ok(false)
            }
            Err(WriteError::Store(error)) => {
                // The manifest may be there after all, so its blocks stay; if it is not, they are swept.
                self.state.borrow_mut().compaction = None;
                if let Ok((_, Some(manifest))) = self.store.open().await {
                    self.state.borrow_mut().adopt(manifest);
                }
                Err(error)
            }
        }
    }

    pub(super) async fn abandon(&self, mut names: Vec<String>) {
        let compaction = self.state.borrow_mut().compaction.take().unwrap_or_default();
        names.extend(compaction.written.into_iter().map(|w| w.chunk.block));
        self.discard(&names).await;
    }

    /// Deletes blocks that a crash left behind, unless another tab moved on meanwhile. Blocks that another tab has written
    /// and not yet named would go too, and it would have to begin again: so call it while nobody writes or compacts.
    ///
    /// # Errors
    /// What the store says.
    pub async fn sweep(&self) -> Result<u64, StoreError> {
        self.catch_up().await?;
        let (_, manifest) = self.store.open().await?;
        let names = self.store.block_names().await?;
        let (garbage, seq, version): (Vec<String>, Seq, u64) = {
            let mut state = self.state.borrow_mut();
            state.adopt(manifest.unwrap_or_default());
            let used: rustc_hash::FxHashSet<&str> = state.used().collect();
            let garbage = names.into_iter().filter(|name| !used.contains(name.as_str())).collect();
            (garbage, state.head.seq, state.manifest.version)
        };
        if garbage.is_empty() {
            return Ok(0);
        }
        match self.store.sweep_blocks(&garbage, seq, version).await {
            Ok(()) => Ok(garbage.len() as u64),
            // Another tab wrote or published since: what lies about is swept another time.
            Err(WriteError::Stale) => Ok(0),
            Err(WriteError::Store(error)) => Err(error),
        }
    }
}

impl State {
    fn next_step(&mut self, random: u128) -> Option<Step> {
        let seq = self.data.seq();
        if seq == self.manifest.seq {
            // Nothing new; what a compaction had begun is swept.
            self.compaction = None;
            return None;
        }
        let compaction = self.compaction.get_or_insert_default();
        compaction.count += 1;
        let name = |what: &str| format!("s-{seq:08}-{random:032x}-{}-{what}", compaction.count);
        for &kind in Kind::ALL {
            for index in 0..self.data.chunks(kind) {
                let written = compaction.written.iter().find(|w| w.chunk.kind == kind && w.chunk.index == index);
                let known = self.manifest.chunks.iter().any(|c| c.kind == kind && c.index == index);
                let right_to = written.map(|w| w.seq).or(known.then_some(self.manifest.seq));
                if right_to.is_none_or(|to| self.data.chunk_seq(kind, index) > to) {
                    let block = name(&format!("{}-{index}", kind.name()));
                    let bytes = encode(&DecodedBlock::Rows(self.data.chunk(kind, index)));
                    return Some(Step::Cut { chunk: Chunk { kind, index, block }, seq, bytes });
                }
            }
        }
        let fresh = |c: &Chunk| compaction.written.iter().any(|w| (w.chunk.kind, w.chunk.index) == (c.kind, c.index));
        let old = self.manifest.chunks.iter().filter(|c| !fresh(c));
        let mut chunks: Vec<Chunk> = old.chain(compaction.written.iter().map(|w| &w.chunk)).cloned().collect();
        crate::domain::sort::sort_by_key(&mut chunks, |c| (c.kind, c.index));
        let version = self.manifest.version + 1;
        let commits = Some(name("commits"));
        let manifest = Manifest {
            format: FORMAT,
            version,
            seq,
            chunks,
            commits,
            kept: self.kept.clone(),
            erased: self.manifest.erased,
            vector: self.data.vector().clone(),
        };
        Some(Step::Publish { manifest, commits: encode_commits(self.data.commits()) })
    }

    /// Notes a written chunk; returns the name of the one that it replaces.
    fn wrote(&mut self, new: Written) -> Vec<String> {
        let Some(compaction) = &mut self.compaction else { return vec![new.chunk.block] };
        let same = |w: &Written| (w.chunk.kind, w.chunk.index) == (new.chunk.kind, new.chunk.index);
        let old = compaction.written.iter().position(same).map(|at| compaction.written.swap_remove(at));
        compaction.written.push(new);
        old.into_iter().map(|w| w.chunk.block).collect()
    }

    /// Takes over a published manifest; returns the blocks that nothing names any more.
    fn published(&mut self, manifest: Manifest) -> Vec<String> {
        self.compaction = None;
        let old = std::mem::replace(&mut self.manifest, manifest);
        let mut names: Vec<String> = old.blocks().map(str::to_owned).collect();
        names.extend(self.tail.iter().map(|(_, name)| name.clone()));
        let seq = self.manifest.seq;
        self.tail.retain(|(at, _)| *at > seq);
        let used: rustc_hash::FxHashSet<&str> = self.used().collect();
        names.retain(|name| !used.contains(name.as_str()));
        names
    }

    /// Builds on what another tab published.
    pub(super) fn adopt(&mut self, manifest: Manifest) {
        if manifest.version > self.manifest.version && manifest.seq <= self.data.seq() {
            let seq = manifest.seq;
            self.manifest = manifest;
            self.tail.retain(|(at, _)| *at > seq);
            // An erasure writes change lists anew, under other names.
            let later = self.tail.iter().map(|(_, name)| name).filter(|name| holds_changes(name));
            self.kept = self.manifest.kept.iter().chain(later).cloned().collect();
        }
    }

    /// Every block that is needed.
    fn used(&self) -> impl Iterator<Item = &str> {
        let tail = self.tail.iter().map(|(_, name)| name.as_str());
        let kept = self.kept.iter().map(String::as_str);
        let written = self.compaction.iter().flat_map(|c| &c.written).map(|w| w.chunk.block.as_str());
        self.manifest.blocks().chain(tail).chain(kept).chain(written)
    }
}
