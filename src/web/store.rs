//! The book's place in IndexedDB: [`Store`] over four object stores, all made in version 1. The journal is keyed by
//! number, blocks by name, head and manifest lie in `meta`.

use std::cell::{Cell, RefCell};

use indexed_db_futures::typed_array::Uint8Array;

use super::idb::{self, Access, Db, Fault, Held, Tx};
use crate::domain::Seq;
use crate::engine::api::StoreError;
use crate::engine::store::{Head, Manifest, Rewrite, Store, WriteError};

const META: &str = "meta";
const JOURNAL: &str = "journal";
const BLOCKS: &str = "blocks";
const DEVICE: &str = "device";
const STORES: &[&str] = &[META, JOURNAL, BLOCKS, DEVICE];

const HEAD: &str = "head";
const MANIFEST: &str = "manifest";

const STRICT: Access = Access::Write { strict: true };
const RELAXED: Access = Access::Write { strict: false };

/// Journal entries asked for at a time.
const ENTRIES_AT_ONCE: u32 = 1_000;

pub(super) struct IdbStore {
    db: Db,
    /// The highest journal entry that was ever seen: a head behind it means that something was lost.
    seen: Cell<Seq>,
    reading: RefCell<Option<Reading>>,
}

/// How much of the state has been read, while the book is being opened.
struct Reading {
    done: u32,
    total: u32,
    tell: Box<dyn Fn(f64)>,
}

/// The database of the book at this path.
fn name(path: &str) -> String {
    format!("kith:{path}")
}

impl IdbStore {
    /// Deletes the book at `path` for good.
    pub async fn delete(path: &str) -> Result<(), StoreError> {
        idb::delete(&name(path)).await
    }

    /// Opens the store of the app at `path`. `known`: this browser has seen the book with so many entries, so one that
    /// has vanished or become shorter is an error and not a new book. `on_lost` is called when the browser or another tab takes the database away.
    pub async fn open(path: &str, known: Option<Seq>, on_lost: impl Fn() + 'static) -> Result<Self, StoreError> {
        let db = Db::open(name(path), STORES, known.is_none(), on_lost).await?;
        Ok(Self { db, seen: Cell::new(known.unwrap_or(0)), reading: RefCell::new(None) })
    }

    /// Tells the share of the state's blocks read so far, from 0 to 1, until all are.
    pub fn tell_progress(&self, tell: impl Fn(f64) + 'static) {
        self.reading.replace(Some(Reading { done: 0, total: 0, tell: Box::new(tell) }));
    }

    /// The book is open: what is read from here on is no part of opening it.
    pub fn hush(&self) {
        self.reading.replace(None);
    }

    fn note_read(&self) {
        let mut reading = self.reading.borrow_mut();
        let Some(open) = reading.as_mut().filter(|r| r.total > 0) else { return };
        open.done += 1;
        (open.tell)(f64::from(open.done) / f64::from(open.total));
        if open.done >= open.total {
            *reading = None;
        }
    }

    /// Is the database still there, and the journal as far as this session knows it?
    pub async fn check(&self) -> Result<(), StoreError> {
        Store::open(self).await.map(drop)
    }

    async fn head(&self, tx: &Tx<'_>) -> Result<Option<Head>, StoreError> {
        let text = tx.get::<String>(META, HEAD)?.await?;
        let head = text.map(|t| Head::from_json(&t)).transpose()?;
        self.saw(head.as_ref())?;
        Ok(head)
    }

    fn saw(&self, head: Option<&Head>) -> Result<(), StoreError> {
        let seq = head.map_or(0, |h| h.seq);
        let known = self.seen.get();
        if seq < known {
            return Err(if seq == 0 { StoreError::Gone } else { StoreError::Shorter { found: seq, known } });
        }
        self.seen.set(seq);
        Ok(())
    }

    /// Is this very entry in the journal?
    async fn holds(&self, seq: Seq, entry: &[u8]) -> Result<bool, StoreError> {
        self.db.forget();
        Ok(self.entries(seq, seq).await?.iter().any(|found| found == entry))
    }

    /// Reads again, once, when the connection went away in the middle.
    async fn read<T>(&self, read: impl AsyncFn(&Tx<'_>) -> Result<T, Trouble>) -> Result<T, StoreError> {
        match read(&self.db.begin(&Held::default(), Access::Read).await?).await {
            Err(Trouble(Fault::Lost(_))) => self.db.forget(),
            other => return other.map_err(|Trouble(fault)| fault.into()),
        }
        read(&self.db.begin(&Held::default(), Access::Read).await?).await.map_err(|Trouble(fault)| fault.into())
    }
}

/// A fault on its way out of a read.
struct Trouble(Fault);

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Self {
        Self(fault)
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Self(Fault::Store(error))
    }
}

/// Numbers up to 2^53 are exact as JavaScript numbers; a journal does not get there.
fn seq_key(seq: Seq) -> f64 {
    seq as f64
}

/// The version of the manifest; 0 while there is none.
async fn manifest_version(tx: &Tx<'_>) -> Result<u64, StoreError> {
    let text = tx.get::<String>(META, MANIFEST)?.await?;
    Ok(text.map(|t| Manifest::from_json(&t)).transpose()?.map_or(0, |m| m.version))
}

/// Do all of these blocks exist?
async fn all_there<'a>(tx: &Tx<'_>, names: impl Iterator<Item = &'a str>) -> Result<bool, Fault> {
    let asked = names.map(|name| tx.has(BLOCKS, name)).collect::<Result<Vec<_>, _>>()?;
    for answer in asked {
        if !answer.await? {
            return Ok(false);
        }
    }
    Ok(true)
}

impl Store for IdbStore {
    async fn open(&self) -> Result<(Option<Head>, Option<Manifest>), StoreError> {
        let (head, manifest) = self
            .read(async |tx| {
                let head = tx.get::<String>(META, HEAD)?;
                let manifest = tx.get::<String>(META, MANIFEST)?;
                Ok((head.await?, manifest.await?))
            })
            .await?;
        let head = head.map(|t| Head::from_json(&t)).transpose()?;
        self.saw(head.as_ref())?;
        let manifest = manifest.map(|t| Manifest::from_json(&t)).transpose()?;
        if let (Some(reading), Some(manifest)) = (self.reading.borrow_mut().as_mut(), &manifest) {
            reading.total = u32::try_from(manifest.chunks.len()).unwrap_or(u32::MAX);
        }
        Ok((head, manifest))
    }

    async fn entries(&self, from: Seq, to: Seq) -> Result<Vec<Vec<u8>>, StoreError> {
        let mut all = Vec::new();
        let mut next = from;
        while next <= to {
            let some = self
                .read(async |tx| {
                    let within = seq_key(next)..=seq_key(to);
                    let found = tx.get_range::<Uint8Array>(JOURNAL, within, ENTRIES_AT_ONCE).await?;
                    Ok(found.into_iter().map(Vec::from).collect::<Vec<_>>())
                })
                .await?;
            if some.is_empty() {
                break;
            }
            next += some.len() as Seq;
            all.extend(some);
        }
        Ok(all)
    }

    async fn block(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let found = self.read(async |tx| Ok(tx.get::<Uint8Array>(BLOCKS, name)?.await?)).await?;
        self.note_read();
        Ok(found.map(Vec::from))
    }

    async fn block_names(&self) -> Result<Vec<String>, StoreError> {
        self.read(async |tx| Ok(tx.keys(BLOCKS).await?)).await
    }

    async fn put_block(&self, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let held = Held::default();
        let tx = self.db.begin(&held, RELAXED).await?;
        tx.put_bytes(BLOCKS, name, bytes)?;
        Ok(tx.complete().await?)
    }

    async fn delete_blocks(&self, names: &[String]) -> Result<(), StoreError> {
        let held = Held::default();
        let tx = self.db.begin(&held, RELAXED).await?;
        for name in names {
            tx.delete(BLOCKS, name)?;
        }
        Ok(tx.complete().await?)
    }

    async fn sweep_blocks(&self, names: &[String], seq: Seq, version: u64) -> Result<(), WriteError> {
        let held = Held::default();
        let tx = self.db.begin(&held, RELAXED).await?;
        let at = (self.head(&tx).await?.map_or(0, |h| h.seq), manifest_version(&tx).await?);
        if at != (seq, version) {
            return Err(WriteError::Stale);
        }
        for name in names {
            tx.delete(BLOCKS, name).map_err(StoreError::from)?;
        }
        Ok(tx.complete().await.map_err(StoreError::from)?)
    }

    async fn append(&self, entry: &[u8], head: &Head, blocks: &[String]) -> Result<(), WriteError> {
        let text = head.to_json()?;
        let held = Held::default();
        let tx = self.db.begin(&held, STRICT).await?;
        let stored = self.head(&tx).await?.map_or(0, |h| h.seq);
        if stored + 1 != head.seq
            || !all_there(&tx, blocks.iter().map(String::as_str)).await.map_err(StoreError::from)?
        {
            return Err(WriteError::Stale);
        }
        let written = tx.put_bytes(JOURNAL, seq_key(head.seq), entry).and_then(|()| tx.put(META, HEAD, text.as_str()));
        written.map_err(StoreError::from)?;
        match tx.complete().await {
            Ok(()) => {}
            // The connection went away at the last moment: only the disk knows whether the entry is there.
            Err(Fault::Lost(_)) if self.holds(head.seq, entry).await? => {}
            Err(fault) => return Err(StoreError::from(fault).into()),
        }
        self.seen.set(head.seq);
        Ok(())
    }

    async fn publish(&self, manifest: &Manifest) -> Result<(), WriteError> {
        let text = manifest.to_json()?;
        let held = Held::default();
        let tx = self.db.begin(&held, STRICT).await?;
        let stored = manifest_version(&tx).await?;
        if stored + 1 != manifest.version || !all_there(&tx, manifest.blocks()).await.map_err(StoreError::from)? {
            return Err(WriteError::Stale);
        }
        tx.put(META, MANIFEST, text.as_str()).map_err(StoreError::from)?;
        Ok(tx.complete().await.map_err(StoreError::from)?)
    }

    async fn rewrite(&self, rewrite: &Rewrite) -> Result<(), WriteError> {
        let (head, manifest) = (rewrite.head.to_json()?, rewrite.manifest.to_json()?);
        let held = Held::default();
        let tx = self.db.begin(&held, STRICT).await?;
        let at = (self.head(&tx).await?.map_or(0, |h| h.seq), manifest_version(&tx).await? + 1);
        let there = all_there(&tx, rewrite.manifest.blocks()).await.map_err(StoreError::from)?;
        if at != (rewrite.after, rewrite.manifest.version) || !there {
            return Err(WriteError::Stale);
        }
        let write = || {
            for (seq, bytes) in &rewrite.entries {
                tx.put_bytes(JOURNAL, seq_key(*seq), bytes)?;
            }
            for name in &rewrite.drop {
                tx.delete(BLOCKS, name)?;
            }
            tx.put(META, MANIFEST, manifest.as_str())?;
            tx.put(META, HEAD, head.as_str())
        };
        write().map_err(StoreError::from)?;
        Ok(tx.complete().await.map_err(StoreError::from)?)
    }

    async fn device_value(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.read(async |tx| Ok(tx.get::<String>(DEVICE, key)?.await?)).await
    }

    async fn put_device_value(&self, key: &str, value: &str) -> Result<(), StoreError> {
        let held = Held::default();
        let tx = self.db.begin(&held, STRICT).await?;
        tx.put(DEVICE, key, value)?;
        Ok(tx.complete().await?)
    }
}
