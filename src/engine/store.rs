//! The port to a store: journal, blocks, head, manifest and small values of the device. IndexedDB behind it in the
//! browser, `MemoryStore` in tests.

use serde::{Deserialize, Serialize};

use super::api::StoreError;
use crate::domain::{DeviceId, Kind, Seq};
use crate::sync::vector::Vector;

/// Major version of everything stored. A reader that knows less refuses and touches nothing.
pub const FORMAT: u32 = 1;

/// Where the journal ends. Written by every append, in the same transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Major version, [`FORMAT`].
    pub format: u32,
    /// The last journal entry; 0 while the journal is empty.
    pub seq: Seq,
    /// Time part of the highest stamp given out or seen.
    pub clock: u64,
    pub device: DeviceId,
}

/// Which blocks hold the state, and up to which journal entry.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub format: u32,
    /// Counts up with every publication; 0: nothing was ever published.
    pub version: u64,
    /// The state includes every journal entry up to this one; opening goes on from the next.
    pub seq: Seq,
    pub chunks: Vec<Chunk>,
    /// The block with the list of commits.
    pub commits: Option<String>,
    /// Blocks of entries up to `seq` that must stay because only they hold what an undo needs.
    pub kept: Vec<String>,
    /// How many erased records left no trace outside the state, in no entry and no kept block.
    #[serde(default)]
    pub erased: u64,
    /// All commits that the state has seen.
    #[serde(default)]
    pub vector: Vector,
}

/// One block of state: rows `index * CHUNK_ROWS` and on of the kind's table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chunk {
    pub kind: Kind,
    pub index: u32,
    pub block: String,
}

impl Manifest {
    /// Every block that it names.
    pub fn blocks(&self) -> impl Iterator<Item = &str> {
        let chunks = self.chunks.iter().map(|c| c.block.as_str());
        chunks.chain(self.commits.as_deref()).chain(self.kept.iter().map(String::as_str))
    }
}

/// Reads stored JSON of the given name, refusing what a newer Kith wrote before looking at its form.
fn decode<T: serde::de::DeserializeOwned>(what: &str, text: &str) -> Result<T, StoreError> {
    #[derive(Deserialize)]
    struct Version {
        format: u32,
    }
    let corrupt = |_| StoreError::Corrupt { what: what.to_owned() };
    let version: Version = serde_json::from_str(text).map_err(corrupt)?;
    if version.format > FORMAT {
        return Err(StoreError::Newer { found: version.format, known: FORMAT });
    }
    serde_json::from_str(text).map_err(corrupt)
}

fn encode<T: Serialize>(what: &str, value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|e| StoreError::Other { detail: format!("{what}: {e}") })
}

impl Head {
    /// # Errors
    /// Never in practice: the head is plain data.
    pub fn to_json(&self) -> Result<String, StoreError> {
        encode("head", self)
    }

    /// # Errors
    /// `Newer` for a later format, `Corrupt` for anything that is no head.
    pub fn from_json(text: &str) -> Result<Self, StoreError> {
        decode("head", text)
    }
}

impl Manifest {
    /// # Errors
    /// Never in practice: the manifest is plain data.
    pub fn to_json(&self) -> Result<String, StoreError> {
        encode("manifest", self)
    }

    /// # Errors
    /// `Newer` for a later format, `Corrupt` for anything that is no manifest.
    pub fn from_json(text: &str) -> Result<Self, StoreError> {
        decode("manifest", text)
    }
}

/// A journal and state without the traces of what was erased.
#[derive(Clone, Debug)]
pub struct Rewrite {
    /// Where the journal ended when it was read.
    pub after: Seq,
    /// Entries with their new content; the last may be a new one, number `head.seq`.
    pub entries: Vec<(Seq, Vec<u8>)>,
    pub head: Head,
    pub manifest: Manifest,
    /// Blocks that nothing names any more.
    pub drop: Vec<String>,
}

/// Why a checked write did not happen. Nothing was written in either case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WriteError {
    /// The store moved on since: another tab wrote, or a named block is gone.
    Stale,
    Store(StoreError),
}

impl From<StoreError> for WriteError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// What a book needs of its place of storage. Every method is one transaction: all or nothing.
///
/// A method that fails for an unknown reason may have written; the caller then finds out by reading the head.
// The futures stay on one thread: a worker has no other.
#[allow(async_fn_in_trait)]
pub trait Store {
    /// Head and manifest, as [`Head::from_json`] and [`Manifest::from_json`] read them; `None` in a new store.
    /// Both come from one transaction.
    async fn open(&self) -> Result<(Option<Head>, Option<Manifest>), StoreError>;

    /// The bytes of journal entries `from..=to`, ascending, without gaps; fewer if the journal ends before.
    async fn entries(&self, from: Seq, to: Seq) -> Result<Vec<Vec<u8>>, StoreError>;

    /// The bytes of one block; `None` if there is none of this name.
    async fn block(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError>;

    async fn block_names(&self) -> Result<Vec<String>, StoreError>;

    /// Durability may be relaxed: an append or publication that names the block comes after it.
    async fn put_block(&self, name: &str, bytes: &[u8]) -> Result<(), StoreError>;

    /// Names that do not exist are no error.
    async fn delete_blocks(&self, names: &[String]) -> Result<(), StoreError>;

    /// Deletes blocks that nothing named when the journal ended at `seq` and the manifest was of this `version`. `Stale`,
    /// checked in the same transaction, if either moved since: then another tab may have come to need them.
    async fn sweep_blocks(&self, names: &[String], seq: Seq, version: u64) -> Result<(), WriteError>;

    /// Adds the entry `head.seq` and replaces the head, strictly durable. `Stale` unless the stored head's `seq` (0 in
    /// a new store) is `head.seq - 1` and every block in `blocks` exists, checked in the same transaction.
    async fn append(&self, entry: &[u8], head: &Head, blocks: &[String]) -> Result<(), WriteError>;

    /// Replaces the manifest, strictly durable. `Stale` unless the stored manifest's `version` (0 in a new store) is
    /// `manifest.version - 1` and every block that it names exists, checked in the same transaction.
    async fn publish(&self, manifest: &Manifest) -> Result<(), WriteError>;

    /// Replaces journal entries, head and manifest at once and deletes blocks, strictly durable. `Stale`, checked in the same
    /// transaction, unless the stored head's `seq` is `rewrite.after`, the stored manifest's `version` is one less than the
    /// new one's, and every block that the new one names exists.
    async fn rewrite(&self, rewrite: &Rewrite) -> Result<(), WriteError>;

    /// A small value of this device that is not part of the book (language, widths).
    async fn device_value(&self, key: &str) -> Result<Option<String>, StoreError>;

    async fn put_device_value(&self, key: &str, value: &str) -> Result<(), StoreError>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn head_and_manifest_round_trip_and_newer_ones_are_refused() {
        let head = Head { format: FORMAT, seq: 7, clock: u64::MAX, device: DeviceId(u64::MAX - 1) };
        assert_eq!(Head::from_json(&head.to_json().unwrap()), Ok(head));
        let manifest = Manifest {
            format: FORMAT,
            version: 3,
            seq: 7,
            chunks: vec![Chunk { kind: Kind::Order, index: 2, block: "b".into() }],
            commits: Some("c".into()),
            kept: vec!["k".into()],
            erased: 1,
            vector: [crate::domain::Stamp { time: 5, device: DeviceId(2) }].into_iter().collect(),
        };
        assert_eq!(Manifest::from_json(&manifest.to_json().unwrap()), Ok(manifest.clone()));
        assert_eq!(manifest.blocks().collect::<Vec<_>>(), ["b", "c", "k"]);
        let newer = r#"{"format":2,"shape":"unheard of"}"#;
        assert_eq!(Head::from_json(newer), Err(StoreError::Newer { found: 2, known: FORMAT }));
        for text in ["", "{}", "[1]", r#"{"format":1}"#, r#"{"format":-1}"#] {
            assert_eq!(Head::from_json(text), Err(StoreError::Corrupt { what: "head".into() }), "{text}");
        }
    }
}
