//! A file that merges as blocks of rows: what the worker that reads it makes, and the one that owns the book takes.

use std::io::Read;

use super::Merged;
use crate::domain::{Class, Stamp};
use crate::engine::api::StoreError;
use crate::engine::blocks::{decode, encode};
use crate::engine::rows::{BlockBuilder, DecodedBlock, RowsBlock};
use crate::sync::file::{CommitLine, Header, Record, Scope, Sink, SyncError, read};

/// A file that was read, not yet compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Incoming {
    /// Its name.
    pub file: String,
    pub scope: Scope,
    /// Whose [`Merged::fresh`] and [`Merged::fields`] are still empty.
    pub about: Merged,
    /// Encoded blocks of rows: a tenth of the memory that they take decoded.
    pub blocks: Vec<Vec<u8>>,
}

impl Incoming {
    /// Reads a file whole.
    ///
    /// # Errors
    /// Why the file is refused.
    pub fn read(file: String, source: impl Read) -> Result<Self, SyncError> {
        let mut taker = Taker::default();
        read(source, &mut taker)?;
        taker.flush();
        let header = taker.header.ok_or(SyncError::NotKith)?;
        let commits = taker.commits.iter();
        let undone = |line: &CommitLine| Some(taker.commits.get(line.undoes? as usize)?.stamp);
        let commits = commits.map(|line| (line.stamp, line.class, undone(line))).collect();
        let about = Merged {
            device: header.device,
            exported_at_ms: header.exported_at_ms,
            vector: header.vector,
            commits,
            fresh: Vec::new(),
            fields: Vec::new(),
        };
        Ok(Self { file, scope: header.scope, about, blocks: taker.blocks })
    }

    /// For the way from one worker to another. Both are of one build, so the format needs no version.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let scope = serde_json::to_vec(&(&self.file, &self.scope)).unwrap_or_default();
        let about = encode(&DecodedBlock::Merged(Box::new(self.about.clone())));
        let mut out = Vec::with_capacity(self.blocks.iter().map(|b| b.len() + 4).sum::<usize>() + about.len() + 1_000);
        for part in [&scope, &about].into_iter().chain(&self.blocks) {
            out.extend_from_slice(&u32::try_from(part.len()).unwrap_or(u32::MAX).to_le_bytes());
            out.extend_from_slice(part);
        }
        out
    }

    /// `None` for anything that [`Self::to_bytes`] did not make.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes;
        let mut parts = Vec::new();
        while !rest.is_empty() {
            let (length, after) = rest.split_first_chunk::<4>()?;
            let (part, after) = after.split_at_checked(u32::from_le_bytes(*length) as usize)?;
            parts.push(part);
            rest = after;
        }
        let (&scope, parts) = parts.split_first()?;
        let (&about, parts) = parts.split_first()?;
        let (file, scope) = serde_json::from_slice(scope).ok()?;
        let DecodedBlock::Merged(about) = decode("parcel", about).ok()? else { return None };
        Some(Self { file, scope, about: *about, blocks: parts.iter().map(|b| b.to_vec()).collect() })
    }

    /// The blocks, decoded one at a time.
    pub fn rows(&self) -> impl Iterator<Item = Result<RowsBlock, StoreError>> + '_ {
        self.blocks.iter().map(|bytes| match decode(&self.file, bytes)? {
            DecodedBlock::Rows(rows) => Ok(rows),
            _ => Err(StoreError::Corrupt { what: self.file.clone() }),
        })
    }
}

/// Collects a file's records into blocks.
#[derive(Default)]
struct Taker {
    header: Option<Header>,
    commits: Vec<CommitLine>,
    builder: Option<BlockBuilder>,
    blocks: Vec<Vec<u8>>,
}

impl Taker {
    fn flush(&mut self) {
        if let Some(builder) = self.builder.take() {
            self.blocks.push(encode(&DecodedBlock::Rows(builder.finish())));
        }
    }

    fn commit_of(&self, at: u32) -> Result<(Stamp, Class), SyncError> {
        // The reader has checked it.
        self.commits.get(at as usize).map(|line| (line.stamp, line.class)).ok_or(SyncError::Stopped)
    }
}

impl Sink for Taker {
    fn header(&mut self, header: Header) -> Result<(), SyncError> {
        self.header = Some(header);
        Ok(())
    }

    fn commit(&mut self, commit: CommitLine) -> Result<(), SyncError> {
        let header = self.header.as_ref().ok_or(SyncError::NotKith)?;
        if !header.vector.covers(commit.stamp) {
            let what = format!("the vector does not cover {}", commit.stamp);
            return Err(SyncError::Corrupt { offset: 0, within: "commits".into(), what });
        }
        self.commits.push(commit);
        Ok(())
    }

    fn record(&mut self, record: Record) -> Result<(), SyncError> {
        if self.builder.as_ref().is_some_and(|b| b.kind() != record.kind || b.is_full()) {
            self.flush();
        }
        let at = self.commit_of(record.at)?;
        let mut words = Vec::new();
        for field in &record.fields {
            let word = match &field.word {
                Some((by, value)) => Some((self.commit_of(*by)?, value.clone())),
                None => None,
            };
            words.push((self.commit_of(field.commit)?, word));
        }
        let builder = self.builder.get_or_insert_with(|| BlockBuilder::new(record.kind));
        builder.row_of(record.id, at);
        for (field, (commit, word)) in record.fields.into_iter().zip(words) {
            if commit != at || word.is_some() {
                builder.except(&field.name, commit, word);
            }
            builder.set_named(&field.name, field.value);
        }
        Ok(())
    }
}
