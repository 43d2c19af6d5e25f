//! Blocks: the binary columnar form in which rows, long change lists and the list of commits are stored.
//!
//! Layout, little-endian throughout: the four bytes `KITH`, a version (u16), the content (u8: 1 rows, 2 changes, 3 commits, 4 merged),
//! a zero byte, a checksum of all that follows (u64, [`checksum`]), then the content:
//!
//! - *rows*: kind by name, ids, the block's list of commits (time, device, class), a commit code per row, columns
//!   (name, shape, data), exceptions (row, name, commit code, the file's word, since version 2 its commit code).
//! - *changes*: the list of (kind, field) pairs in use, then per change: pair, id, value, what it was.
//! - *merged*: what a merge did (since version 2), see `engine::merge::Merged`.
//! - *commits*: per commit time, device, journal entry, class, undone, the commit that it undoes.
//!
//! Integers are stored as offsets from their least in 1, 2, 4 or 8 bytes; references and commits by dictionaries of the
//! block's own, so a block makes sense in any data set. A reader knows every version ever released: golden
//! files in `tests/golden/` see to it.

mod bytes;
mod merged;

use bytes::{Bad, In, Out, Read};
use rustc_hash::FxHashMap;

use super::api::StoreError;
use super::rows::{
    BlockColumn, BlockException, CODE_FIRST, CODE_PLACEHOLDER, Class, ColumnData, Commit, DecodedBlock, LinesData,
    RowsBlock,
};
use crate::domain::{Change, DeviceId, Kind, Stamp, Value};

/// The version written today.
pub const VERSION: u16 = 2;
const MAGIC: &[u8; 4] = b"KITH";
/// Magic, version, content, zero, checksum.
const HEADER: usize = 16;

const ROWS: u8 = 1;
const CHANGES: u8 = 2;
const COMMITS: u8 = 3;
const MERGED: u8 = 4;

/// FNV-1a over 64-bit little-endian words, the last one filled up with zeros, then over the length. Finds
/// accidents, not attacks.
fn checksum(content: u8, bytes: &[u8]) -> u64 {
    let step = |hash: u64, word: u64| (hash ^ word).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(29);
    let mut hash = step(0xcbf2_9ce4_8422_2325, u64::from(content));
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        hash = step(hash, u64::from_le_bytes(chunk.try_into().unwrap_or_default()));
    }
    let mut last = [0; 8];
    for (slot, byte) in last.iter_mut().zip(chunks.remainder()) {
        *slot = *byte;
    }
    step(step(hash, u64::from_le_bytes(last)), bytes.len() as u64)
}

#[must_use]
pub fn encode(block: &DecodedBlock) -> Vec<u8> {
    match block {
        DecodedBlock::Rows(rows) => encode_rows(rows),
        DecodedBlock::Changes(changes) => encode_changes(changes),
        DecodedBlock::Commits(commits) => encode_commits(commits),
        DecodedBlock::Merged(merged) => {
            let mut out = begin();
            merged::encode(&mut out, merged);
            finish(out, MERGED)
        }
    }
}

fn begin() -> Out {
    Out(vec![0; HEADER])
}

fn finish(out: Out, content: u8) -> Vec<u8> {
    let mut bytes = out.0;
    let (head, body) = bytes.split_at_mut(HEADER);
    let sum = checksum(content, body).to_le_bytes();
    let header =
        MAGIC.iter().chain(&VERSION.to_le_bytes()).chain(&[content, 0]).chain(&sum).copied().collect::<Vec<_>>();
    head.copy_from_slice(&header);
    bytes
}

#[must_use]
pub fn encode_rows(block: &RowsBlock) -> Vec<u8> {
    let mut out = begin();
    out.text(block.kind.name());
    out.ids(&block.ids);
    out.count(block.commits.len());
    for (stamp, class) in &block.commits {
        out.u64(stamp.time);
        out.u64(stamp.device.0);
        out.u8(*class as u8);
    }
    out.codes(&block.codes);
    out.count(block.columns.len());
    for column in &block.columns {
        out.text(&column.name);
        encode_column(&mut out, &column.data);
    }
    out.count(block.exceptions.len());
    for exception in &block.exceptions {
        out.u32(exception.row);
        out.text(&exception.name);
        out.u32(exception.code);
        out.u8(u8::from(exception.imported.is_some()));
        out.value(exception.imported.as_ref().unwrap_or(&Value::Null));
        out.u32(exception.imported_by);
    }
    finish(out, ROWS)
}

fn encode_column(out: &mut Out, data: &ColumnData) {
    match data {
        ColumnData::Text { ends, text } => {
            out.u8(1);
            out.ends(ends);
            out.text(text);
        }
        ColumnData::Symbol { names, codes } => {
            out.u8(2);
            out.count(names.len());
            names.iter().for_each(|name| out.text(name));
            out.codes(codes);
        }
        ColumnData::Bool(values) => {
            out.u8(3);
            out.0.extend_from_slice(values);
        }
        ColumnData::Int(values) => {
            out.u8(4);
            out.ints(values);
        }
        ColumnData::Ref { ids, codes } => {
            out.u8(5);
            out.ids(ids);
            out.codes(codes);
        }
        ColumnData::Lines(lines) => {
            out.u8(6);
            out.ends(&lines.ends);
            out.ids(&lines.ids);
            out.codes(&lines.products);
            out.ints(&lines.quantities);
            out.ints(&lines.prices);
            out.ints(&lines.totals);
        }
        ColumnData::Json(values) => {
            out.u8(7);
            out.count(values.len());
            for (row, value) in values {
                out.u32(*row);
                out.value(value);
            }
        }
    }
}

#[must_use]
pub fn encode_changes(changes: &[Change]) -> Vec<u8> {
    let mut pairs: Vec<(Kind, &str)> = Vec::new();
    let mut codes: FxHashMap<(Kind, &str), u32> = FxHashMap::default();
    let mut used = Vec::with_capacity(changes.len());
    for change in changes {
        let pair = (change.kind, change.field.as_str());
        used.push(*codes.entry(pair).or_insert_with(|| {
            pairs.push(pair);
            u32::try_from(pairs.len() - 1).unwrap_or(u32::MAX)
        }));
    }
    let mut out = begin();
    out.count(pairs.len());
    for (kind, field) in pairs {
        out.text(kind.name());
        out.text(field);
    }
    out.count(changes.len());
    for (change, pair) in changes.iter().zip(used) {
        out.u32(pair);
        out.id(change.id);
        out.value(&change.value);
        out.value(&change.was);
    }
    finish(out, CHANGES)
}

#[must_use]
pub fn encode_commits(commits: &[Commit]) -> Vec<u8> {
    let mut out = begin();
    out.count(commits.len());
    for commit in commits {
        out.u64(commit.stamp.time);
        out.u64(commit.stamp.device.0);
        out.u64(commit.seq);
        out.u8(commit.class as u8);
        out.u8(u8::from(commit.undone));
        out.u32(commit.undoes.unwrap_or(u32::MAX));
    }
    finish(out, COMMITS)
}

/// What went wrong while reading a block.
enum Fault {
    Bad,
    /// It names a kind or class that this version does not know.
    Newer,
}

impl From<Bad> for Fault {
    fn from(_: Bad) -> Self {
        Self::Bad
    }
}

/// Reads a block. `name` goes into the error.
///
/// # Errors
/// `Newer` for a later version, kind or commit class; `Corrupt` for everything else that is no block. Never panics,
/// and allocates no more than a small multiple of the bytes given.
pub fn decode(name: &str, bytes: &[u8]) -> Result<DecodedBlock, StoreError> {
    let corrupt = || StoreError::Corrupt { what: name.to_owned() };
    let newer = |found| StoreError::Newer { found, known: u32::from(VERSION) };
    let mut header = In(bytes);
    if header.take(MAGIC.len()).map_err(|_| corrupt())? != MAGIC {
        return Err(corrupt());
    }
    let version = header.u16().map_err(|_| corrupt())?;
    if version > VERSION {
        return Err(newer(u32::from(version)));
    }
    let mut start = || Ok((header.u8()?, header.u8()?, header.u64()?));
    let (content, _, sum) = start().map_err(|_: Bad| corrupt())?;
    if version == 0 || checksum(content, header.0) != sum {
        return Err(corrupt());
    }
    let mut body = header;
    let block = match content {
        ROWS => decode_rows(&mut body, version).map(DecodedBlock::Rows),
        CHANGES => decode_changes(&mut body).map(DecodedBlock::Changes),
        COMMITS => decode_commits(&mut body).map(DecodedBlock::Commits),
        MERGED => merged::decode(&mut body).map(|merged| DecodedBlock::Merged(Box::new(merged))),
        _ => Err(Fault::Newer),
    };
    match block {
        Ok(block) if body.0.is_empty() => Ok(block),
        Ok(_) | Err(Fault::Bad) => Err(corrupt()),
        Err(Fault::Newer) => Err(newer(u32::from(VERSION) + 1)),
    }
}

fn kind(input: &mut In) -> Result<Kind, Fault> {
    Kind::from_name(input.text()?).ok_or(Fault::Newer)
}

fn class(input: &mut In) -> Result<Class, Fault> {
    Class::ALL.get(input.u8()? as usize).copied().ok_or(Fault::Newer)
}

fn stamp(input: &mut In) -> Read<Stamp> {
    Ok(Stamp { time: input.u64()?, device: DeviceId(input.u64()?) })
}

fn decode_rows(input: &mut In, version: u16) -> Result<RowsBlock, Fault> {
    let kind = kind(input)?;
    let ids = input.ids()?;
    let rows = ids.len();
    let n = input.count(17)?;
    let mut commits = Vec::with_capacity(n);
    for _ in 0..n {
        commits.push((stamp(input)?, class(input)?));
    }
    let last_code = n + CODE_FIRST as usize - 1;
    let codes = input.codes(rows, last_code)?;
    let n = input.count(5)?;
    let mut columns = Vec::with_capacity(n);
    for _ in 0..n {
        let name = input.text()?.to_owned();
        columns.push(BlockColumn { name, data: decode_column(input, rows)? });
    }
    let n = input.count(14)?;
    let mut exceptions = Vec::with_capacity(n);
    for _ in 0..n {
        let (row, name, code) = (input.u32()?, input.text()?.to_owned(), input.u32()?);
        let (has, value) = (input.u8()? == 1, input.value()?);
        // Version 1 did not say which commit brought the file's word.
        let imported_by = if version == 1 { CODE_PLACEHOLDER } else { input.u32()? };
        if row as usize >= rows || code.max(imported_by) as usize > last_code {
            return Err(Fault::Bad);
        }
        exceptions.push(BlockException { row, name, code, imported: has.then_some(value), imported_by });
    }
    Ok(RowsBlock { kind, ids, commits, codes, columns, exceptions })
}

fn decode_column(input: &mut In, rows: usize) -> Result<ColumnData, Fault> {
    Ok(match input.u8()? {
        1 => {
            let ends = input.ends(rows)?;
            let text = input.text()?;
            let whole = ends.last().copied().unwrap_or(0) as usize == text.len();
            if !whole || !ends.iter().all(|end| text.is_char_boundary(*end as usize)) {
                return Err(Fault::Bad);
            }
            ColumnData::Text { ends, text: text.to_owned() }
        }
        2 => {
            let n = input.count(4)?;
            let names = (0..n).map(|_| input.text().map(str::to_owned)).collect::<Read<Vec<_>>>()?;
            ColumnData::Symbol { codes: input.codes(rows, n)?, names }
        }
        3 => {
            let values = input.take(rows)?;
            if values.iter().any(|b| *b > 2) {
                return Err(Fault::Bad);
            }
            ColumnData::Bool(values.to_vec())
        }
        4 => ColumnData::Int(input.ints(rows)?),
        5 => {
            let ids = input.ids()?;
            ColumnData::Ref { codes: input.codes(rows, ids.len())?, ids }
        }
        6 => {
            let ends = input.ends(rows)?;
            let n = ends.last().copied().unwrap_or(0) as usize;
            let ids = input.ids()?;
            let products = input.codes(n, ids.len())?;
            let (quantities, prices, totals) = (input.ints(n)?, input.ints(n)?, input.ints(n)?);
            ColumnData::Lines(LinesData { ends, ids, products, quantities, prices, totals })
        }
        7 => {
            let n = input.count(5)?;
            let mut values: Vec<(u32, Value)> = Vec::with_capacity(n);
            for _ in 0..n {
                let (row, value) = (input.u32()?, input.value()?);
                if row as usize >= rows || values.last().is_some_and(|(last, _)| *last >= row) {
                    return Err(Fault::Bad);
                }
                values.push((row, value));
            }
            ColumnData::Json(values)
        }
        _ => return Err(Fault::Newer),
    })
}

fn decode_changes(input: &mut In) -> Result<Vec<Change>, Fault> {
    let n = input.count(8)?;
    let mut pairs = Vec::with_capacity(n);
    for _ in 0..n {
        pairs.push((kind(input)?, input.text()?.to_owned()));
    }
    let n = input.count(22)?;
    let mut changes = Vec::with_capacity(n);
    for _ in 0..n {
        let (kind, field) = pairs.get(input.u32()? as usize).cloned().ok_or(Fault::Bad)?;
        changes.push(Change { kind, field, id: input.id()?, value: input.value()?, was: input.value()? });
    }
    Ok(changes)
}

fn decode_commits(input: &mut In) -> Result<Vec<Commit>, Fault> {
    let n = input.count(30)?;
    let mut commits = Vec::with_capacity(n);
    for at in 0..n {
        let (stamp, seq, class, undone) = (stamp(input)?, input.u64()?, class(input)?, input.u8()? == 1);
        let undoes = Some(input.u32()?).filter(|of| *of != u32::MAX);
        if undoes.is_some_and(|of| of as usize >= at) {
            return Err(Fault::Bad);
        }
        commits.push(Commit { stamp, seq, class, undoes, undone });
    }
    Ok(commits)
}

#[cfg(test)]
mod tests;
