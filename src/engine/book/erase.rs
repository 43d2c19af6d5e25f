//! Erasing for good (SPEC X11): what was known of a record is taken out of the state, the journal and every block.
//!
//! One transaction puts the cleaned entries, the new state and, where a person asked for it, the entry that tells of the erasure
//! in place of the old ones and deletes the old blocks, so a crash leaves all or nothing. Where a colleague's file brought the
//! erasure, the merge is committed first and the traces go in the background, at the latest after the next opening: the
//! manifest counts the erased records that left none.

use rustc_hash::FxHashSet;

use super::commit::Failed;
use super::{Book, State, holds_changes, open};
use crate::domain::{Change, ChangeSet, ERASED, Id, Kind, Seq, Value};
use crate::engine::api::{CommandError, Done, StoreError};
use crate::engine::apply::names_customer;
use crate::engine::blocks::{encode, encode_commits};
use crate::engine::dataset::Dataset;
use crate::engine::entry::Entry;
use crate::engine::merge::MergedField;
use crate::engine::rows::DecodedBlock;
use crate::engine::store::{Chunk, FORMAT, Head, Manifest, Rewrite, Store, WriteError};
use crate::engine::update::{Ctx, Plan};

/// Journal entries read at a time.
const ENTRIES_AT_ONCE: Seq = 500;

/// Whom no trace may be left of.
struct Gone {
    ids: FxHashSet<Id>,
    /// Orders that lost their customer.
    orders: FxHashSet<Id>,
}

impl Gone {
    /// Whether anything of the change must go; what may stay of it stays.
    fn clean(&self, change: &mut Change) -> Option<bool> {
        if self.ids.contains(&change.id) {
            return (change.field != ERASED).then_some(true);
        }
        let made_up = |value: &Value| matches!(value, Value::Text(number) if names_customer(number));
        let is_number = change.field == "key" && (made_up(&change.value) || made_up(&change.was));
        let goes = is_number && change.kind == Kind::Order && self.orders.contains(&change.id);
        (goes || self.takes(change.kind, change.id, &change.field)).then_some(true).or_else(|| {
            let was = self.unlink(&mut change.was);
            (self.unlink(&mut change.value) | was).then_some(false)
        })
    }

    fn takes(&self, kind: Kind, id: Id, field: &str) -> bool {
        kind == Kind::Order && self.orders.contains(&id) && ["customer", "note"].contains(&field)
    }

    /// Whether it is a number of an order that was made of who bought.
    fn names(&self, f: &MergedField) -> bool {
        let made_up = |value: &Value| matches!(value, Value::Text(number) if names_customer(number));
        let is_theirs = f.kind == Kind::Order && f.field == "key" && self.orders.contains(&f.id);
        is_theirs && (made_up(&f.ours) || made_up(&f.theirs))
    }

    fn unlink(&self, value: &mut Value) -> bool {
        let gone = matches!(value, Value::Ref(id) if self.ids.contains(id));
        if gone {
            *value = Value::Null;
        }
        gone
    }

    /// Cleans a list of changes; false if there was nothing to clean.
    fn changes(&self, changes: &mut Vec<Change>) -> bool {
        let mut any = false;
        changes.retain_mut(|change| match self.clean(change) {
            None => true,
            Some(goes) => {
                any = true;
                !goes
            }
        });
        any
    }

    /// Cleans a block of changes; false if there was nothing to clean.
    fn block(&self, block: &mut DecodedBlock) -> bool {
        match block {
            DecodedBlock::Changes(changes) => self.changes(changes),
            DecodedBlock::Merged(merged) => {
                let mut any = false;
                merged.fields.retain_mut(|f| {
                    let goes = self.ids.contains(&f.id) || self.takes(f.kind, f.id, &f.field) || self.names(f);
                    let ours = self.unlink(&mut f.ours);
                    any |= goes | ours | self.unlink(&mut f.theirs);
                    !goes
                });
                any
            }
            DecodedBlock::Rows(_) | DecodedBlock::Commits(_) => false,
        }
    }

    /// Orders of which the changes tell that they were an erased customer's.
    fn note_orders(&mut self, changes: &[Change]) {
        for change in changes.iter().filter(|c| c.kind == Kind::Order && c.field == "customer") {
            let theirs =
                [&change.value, &change.was].into_iter().any(|v| matches!(v, Value::Ref(id) if self.ids.contains(id)));
            if theirs {
                self.orders.insert(change.id);
            }
        }
    }
}

impl State {
    /// Whether traces of erased records are left.
    pub(super) fn scrub_due(&self) -> bool {
        self.data.erased() != self.manifest.erased
    }
}

impl<S: Store> Book<S> {
    /// The commit of an erasure.
    pub(super) async fn commit_erasure(&self, plan: Plan, ctx: &Ctx) -> Result<Done, Failed> {
        let (id, records) = (plan.id, plan.records());
        let (head, entry, data, touched) = {
            let state = self.state.borrow();
            let (head, stamp) = state.next(&plan, ctx);
            let set = ChangeSet { stamp, origin: plan.origin, changes: plan.changes, blocks: Vec::new() };
            let mut data = state.data.clone();
            let touched = data.apply(&set, head.seq, &[]).map_err(|m| corrupt(&m.field))?;
            (head, Entry::new(set, records), data, touched)
        };
        let manifest = self.rewrite(&data, &touched.anonymised, head, Some(&entry), ctx).await?;
        let mut state = self.state.borrow_mut();
        state.data = data;
        state.touched.extend(&touched);
        state.cleaned(head, manifest);
        Ok(Done { seq: Some(head.seq), id, records, kept: 0 })
    }

    /// Takes away the traces of records that a merge erased. `true` while there is more to do.
    ///
    /// # Errors
    /// What the store says; everything is as it was then.
    pub(super) async fn scrub(&self, ctx: &Ctx) -> Result<bool, StoreError> {
        let (data, head) = {
            let state = self.state.borrow();
            (state.data.clone(), state.head)
        };
        match self.rewrite(&data, &[], head, None, ctx).await {
            Ok(manifest) => {
                self.state.borrow_mut().cleaned(head, manifest);
                Ok(true)
            }
            // Another tab wrote: the next step begins again.
            Err(Failed::Stale) => self.catch_up().await.map(|()| false),
            Err(Failed::Refused(CommandError::Store(error))) => Err(error),
            Err(Failed::Refused(_)) => Ok(false),
        }
    }

    /// Writes state, journal and change lists without the erased records of `data`.
    async fn rewrite(
        &self,
        data: &Dataset,
        anonymised: &[Id],
        head: Head,
        entry: Option<&Entry>,
        ctx: &Ctx,
    ) -> Result<Manifest, Failed> {
        // What a compaction had begun shows them still.
        self.abandon(Vec::new()).await;
        let (mut gone, after) = {
            let state = self.state.borrow();
            let ids = Kind::ALL.iter().flat_map(|&kind| data.table(kind).erased_ids()).collect();
            let orders = state.anonymised.iter().chain(anonymised).copied().collect();
            (Gone { ids, orders }, state.head.seq)
        };
        let mut written = Vec::new();
        let made = self.replace(data, &mut gone, head, entry, after, ctx.random, &mut written).await;
        let done = match made {
            Ok(rewrite) => self.store.rewrite(&rewrite).await.map(|()| rewrite.manifest).map_err(Failed::from),
            Err(error) => Err(Failed::Refused(CommandError::Store(error))),
        };
        // Where it is not certain that nothing was written they stay, and are swept if nothing names them.
        if matches!(done, Err(Failed::Stale | Failed::Refused(CommandError::Store(StoreError::Quota)))) {
            self.discard(&written).await;
        }
        done
    }

    #[allow(clippy::too_many_arguments, reason = "one step of `rewrite`, apart for its early returns")]
    async fn replace(
        &self,
        data: &Dataset,
        gone: &mut Gone,
        head: Head,
        entry: Option<&Entry>,
        after: Seq,
        random: u128,
        written: &mut Vec<String>,
    ) -> Result<Rewrite, StoreError> {
        let (old, kept) = {
            let state = self.state.borrow();
            (state.manifest.clone(), state.kept.clone())
        };
        let name = |what: &str| format!("s-{:08}-{random:032x}-e-{what}", head.seq);
        let mut chunks = Vec::new();
        for &kind in Kind::ALL {
            for index in 0..data.chunks(kind) {
                let known = old.chunks.iter().find(|c| c.kind == kind && c.index == index);
                match known.filter(|_| data.chunk_seq(kind, index) <= old.seq) {
                    Some(chunk) => chunks.push(chunk.clone()),
                    None => {
                        let block = name(&format!("{}-{index}", kind.name()));
                        self.write(&block, &encode(&DecodedBlock::Rows(data.chunk(kind, index))), written).await?;
                        chunks.push(Chunk { kind, index, block });
                    }
                }
            }
        }
        let commits = name("commits");
        self.write(&commits, &encode_commits(data.commits()), written).await?;
        let mut entries = self.journal_of(gone, after).await?;
        let mut renamed: Vec<(String, String)> = Vec::new();
        for (n, old) in kept.iter().enumerate() {
            let Some(mut block) = open::block(&self.store, old).await? else { continue };
            if gone.block(&mut block) {
                let new = format!("{:08}-{random:032x}-e{n}c", head.seq);
                self.write(&new, &encode(&block), written).await?;
                renamed.push((old.clone(), new));
            }
        }
        let current = |name: &String| renamed.iter().find(|(old, _)| old == name).map_or(name, |(_, new)| new).clone();
        let mut changed = Vec::new();
        for (seq, entry) in &mut entries {
            let mut any = gone.changes(&mut entry.set.changes);
            for name in &mut entry.set.blocks {
                let new = current(name);
                any |= new != *name;
                *name = new;
            }
            if any {
                changed.push((*seq, entry.to_bytes()?));
            }
        }
        if let Some(entry) = entry {
            changed.push((head.seq, entry.to_bytes()?));
        }
        let manifest = Manifest {
            format: FORMAT,
            version: old.version + 1,
            seq: head.seq,
            chunks,
            commits: Some(commits),
            kept: kept.iter().map(current).collect(),
            erased: data.erased(),
            vector: data.vector().clone(),
        };
        let mut drop = self.store.block_names().await?;
        let used: FxHashSet<&str> = manifest.blocks().collect();
        drop.retain(|name| !used.contains(name.as_str()));
        Ok(Rewrite { after, entries: changed, head, manifest, drop })
    }

    async fn write(&self, name: &str, bytes: &[u8], written: &mut Vec<String>) -> Result<(), StoreError> {
        written.push(name.to_owned());
        self.store.put_block(name, bytes).await
    }

    /// The whole journal; notes which orders were an erased customer's.
    async fn journal_of(&self, gone: &mut Gone, last: Seq) -> Result<Vec<(Seq, Entry)>, StoreError> {
        let mut entries = Vec::new();
        let mut from = 1;
        while from <= last {
            let to = last.min(from + ENTRIES_AT_ONCE - 1);
            let found = self.store.entries(from, to).await?;
            if found.len() as u64 != to + 1 - from {
                return Err(StoreError::Corrupt { what: format!("entry {}", from + found.len() as u64) });
            }
            for (seq, bytes) in (from..=to).zip(&found) {
                let entry = Entry::from_bytes(seq, bytes)?;
                gone.note_orders(&entry.set.changes);
                entries.push((seq, entry));
            }
            from = to + 1;
        }
        Ok(entries)
    }
}

impl State {
    fn cleaned(&mut self, head: Head, manifest: Manifest) {
        debug_assert!(manifest.kept.iter().all(|name| holds_changes(name)));
        self.head = head;
        self.kept.clone_from(&manifest.kept);
        self.manifest = manifest;
        self.tail.clear();
        self.anonymised.clear();
        self.compaction = None;
    }
}

fn corrupt(what: &str) -> Failed {
    Failed::Refused(CommandError::Store(StoreError::Corrupt { what: what.to_owned() }))
}

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Self {
        WriteError::Store(error).into()
    }
}
