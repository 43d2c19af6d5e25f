//! Reading a book from its store, whole or what is new.

use super::{Book, State};
use crate::domain::{DeviceId, Kind, Seq};
use crate::engine::api::StoreError;
use crate::engine::blocks::decode;
use crate::engine::chunk::load;
use crate::engine::dataset::{Dataset, Touched};
use crate::engine::entry::Entry;
use crate::engine::rows::DecodedBlock;
use crate::engine::store::{FORMAT, Head, Manifest, Store};
use crate::engine::update::Ctx;

/// How often opening starts over because another tab published meanwhile.
const MAX_ATTEMPTS: u32 = 5;
/// Journal entries read at a time.
const ENTRIES_AT_ONCE: u64 = 500;

fn corrupt(what: &str) -> StoreError {
    StoreError::Corrupt { what: what.to_owned() }
}

/// Reads and decodes one block.
pub(super) async fn block<S: Store>(store: &S, name: &str) -> Result<Option<DecodedBlock>, StoreError> {
    store.block(name).await?.map(|bytes| decode(name, &bytes)).transpose()
}

/// What was looked for is not there (any more).
struct Missing(String);

enum Trouble {
    Missing(Missing),
    Store(StoreError),
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

async fn block_or_missing<S: Store>(store: &S, name: &str) -> Result<DecodedBlock, Trouble> {
    block(store, name).await?.ok_or_else(|| Trouble::Missing(Missing(name.to_owned())))
}

pub(super) async fn open<S: Store>(store: &S, ctx: &Ctx) -> Result<State, StoreError> {
    let mut tried = 0;
    loop {
        tried += 1;
        match open_once(store, ctx).await {
            Ok(state) => return Ok(state),
            Err(Trouble::Store(error)) => return Err(error),
            // Another tab may have published a new manifest and deleted the blocks of the old one.
            Err(Trouble::Missing(_)) if tried < MAX_ATTEMPTS => {}
            Err(Trouble::Missing(Missing(name))) => return Err(corrupt(&name)),
        }
    }
}

async fn open_once<S: Store>(store: &S, ctx: &Ctx) -> Result<State, Trouble> {
    let (head, manifest) = store.open().await?;
    // A book of its own device until the first commit stores it.
    let device = mint_device(ctx.random);
    if head.is_none() && !store.entries(1, 1).await?.is_empty() {
        return Err(corrupt("head").into());
    }
    let head = head.unwrap_or(Head { format: FORMAT, seq: 0, clock: 0, device });
    let manifest = manifest.unwrap_or_default();
    if manifest.seq > head.seq {
        return Err(corrupt("manifest").into());
    }
    let mut state = State {
        data: read_state(store, &manifest).await?,
        kept: manifest.kept.clone(),
        head: Head { seq: manifest.seq, ..head },
        manifest,
        tail: Vec::new(),
        compaction: None,
        staged: None,
        staged_merge: None,
        anonymised: Vec::new(),
        touched: Touched::default(),
    };
    let mut at = state.head.seq;
    while at < head.seq {
        for (seq, entry, blocks) in read_entries(store, at, head.seq).await? {
            state.take_entry(seq, entry, &blocks)?;
            at = seq;
        }
    }
    state.head = head;
    state.touched = Touched::default();
    Ok(state)
}

/// The state that the manifest names.
async fn read_state<S: Store>(store: &S, manifest: &Manifest) -> Result<Dataset, Trouble> {
    let mut chunks: Vec<_> = manifest.chunks.iter().collect();
    crate::domain::sort::sort_by_key(&mut chunks, |c| (c.kind, c.index));
    let mut blocks = Vec::with_capacity(chunks.len());
    let mut next: (Option<Kind>, u32) = (None, 0);
    for chunk in chunks {
        next = if next.0 == Some(chunk.kind) { (next.0, next.1 + 1) } else { (Some(chunk.kind), 0) };
        let block = block_or_missing(store, &chunk.block).await?;
        let fits = matches!(&block, DecodedBlock::Rows(rows) if rows.kind == chunk.kind) && chunk.index == next.1;
        if !fits {
            return Err(corrupt(&chunk.block).into());
        }
        blocks.push(block);
    }
    let commits = match &manifest.commits {
        Some(name) => Some(block_or_missing(store, name).await?),
        None => None,
    };
    let mut data = load(manifest.seq, commits, blocks).map_err(|_| corrupt("state"))?;
    data.vector.join(&manifest.vector);
    Ok(data)
}

/// A fresh device id. Its lowest bit is clear: with the bit set it names the far line of the clock.
pub(super) fn mint_device(random: u128) -> DeviceId {
    DeviceId((random >> 64) as u64 & !1)
}

type Read = (Seq, Entry, Vec<DecodedBlock>);

/// Entries after `at`, at most a batch, with their blocks.
async fn read_entries<S: Store>(store: &S, at: Seq, last: Seq) -> Result<Vec<Read>, Trouble> {
    let (from, to) = (at + 1, last.min(at + ENTRIES_AT_ONCE));
    let found = store.entries(from, to).await?;
    if found.len() as u64 != to - at {
        return Err(corrupt(&format!("entry {}", from + found.len() as u64)).into());
    }
    let mut read = Vec::with_capacity(found.len());
    for (seq, bytes) in (from..=to).zip(found) {
        let entry = Entry::from_bytes(seq, &bytes)?;
        let mut blocks = Vec::with_capacity(entry.set.blocks.len());
        for name in &entry.set.blocks {
            blocks.push(block_or_missing(store, name).await?);
        }
        read.push((seq, entry, blocks));
    }
    Ok(read)
}

impl State {
    fn take_entry(&mut self, seq: Seq, entry: Entry, blocks: &[DecodedBlock]) -> Result<(), StoreError> {
        let touched = self.data.apply(&entry.set, seq, blocks).map_err(|_| corrupt(&format!("entry {seq}")))?;
        self.anonymised.extend_from_slice(&touched.anonymised);
        self.touched.extend(&touched);
        self.note_blocks(seq, entry.set.blocks);
        self.head.seq = seq;
        Ok(())
    }
}

pub(super) async fn catch_up<S: Store>(book: &Book<S>) -> Result<(), StoreError> {
    let (head, manifest) = book.store.open().await?;
    let at = book.state.borrow().head.seq;
    let Some(head) = head.filter(|h| h.seq >= at) else {
        return if at == 0 { Ok(()) } else { Err(StoreError::Gone) };
    };
    loop {
        let at = book.state.borrow().head.seq;
        if at >= head.seq {
            break;
        }
        match read_entries(&book.store, at, head.seq).await {
            Ok(read) => {
                let mut state = book.state.borrow_mut();
                for (seq, entry, blocks) in read {
                    state.take_entry(seq, entry, &blocks)?;
                }
            }
            Err(Trouble::Store(error)) => return Err(error),
            // Compacted away before this tab had read it: begin again from the new state.
            Err(Trouble::Missing(_)) => return reload(book).await,
        }
    }
    let mut state = book.state.borrow_mut();
    state.head = head;
    // Another tab may have erased somebody: then the names of blocks are others.
    state.adopt(manifest.unwrap_or_default());
    Ok(())
}

async fn reload<S: Store>(book: &Book<S>) -> Result<(), StoreError> {
    // The store has a head, so its device counts and not the random bits.
    let fresh = open(&book.store, &Ctx { now_ms: 0, random: 0 }).await?;
    let mut state = book.state.borrow_mut();
    let (staged, staged_merge) = (state.staged.take(), state.staged_merge.take());
    *state = State { staged, staged_merge, touched: Touched::everything(&fresh.data), ..fresh };
    Ok(())
}
