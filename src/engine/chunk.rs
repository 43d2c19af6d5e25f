//! Between tables and state blocks: cutting chunks out of a data set, and building a data set from them.

use rustc_hash::FxHashMap;

use super::apply::{Writer, add_commit, check, read_settings};
use super::column::{Column, NONE};
use super::dataset::{CHUNK_ROWS, Dataset};
use super::rows::{
    BlockColumn, BlockException, CODE_FIRST, CODE_PLACEHOLDER, ColumnData, DecodedBlock, LinesData, RowsBlock,
};
use crate::domain::{Field, Id, Kind, Seq};

/// Rows in the terms of a block's own dictionary, codes from 1, given out in order of first use.
struct Local {
    codes: Vec<u32>,
    order: Vec<u32>,
}

impl Local {
    /// For codes below `size`.
    fn new(size: u32) -> Self {
        Self { codes: vec![0; size as usize], order: Vec::new() }
    }

    fn code(&mut self, of: u32) -> u32 {
        let Some(slot) = self.codes.get_mut(of as usize) else { return 0 };
        if *slot == 0 {
            self.order.push(of);
            *slot = u32::try_from(self.order.len()).unwrap_or(0);
        }
        *slot
    }
}

impl Dataset {
    /// Chunks that the kind's table has.
    #[must_use]
    pub fn chunks(&self, kind: Kind) -> u32 {
        self.table(kind).len().div_ceil(CHUNK_ROWS)
    }

    /// The journal entry that touched the chunk last; 0 if none did since it was loaded.
    #[must_use]
    pub fn chunk_seq(&self, kind: Kind, index: u32) -> Seq {
        self.chunk_seqs.get(&(kind, index)).copied().unwrap_or(0)
    }

    /// Rows `index * CHUNK_ROWS` and on, at most [`CHUNK_ROWS`], as a block that stands by itself.
    #[must_use]
    pub fn chunk(&self, kind: Kind, index: u32) -> RowsBlock {
        let table = self.table(kind);
        let start = index.saturating_mul(CHUNK_ROWS).min(table.len());
        let rows = start..start.saturating_add(CHUNK_ROWS).min(table.len());
        let mut commits = Local::new(u32::try_from(self.commits.len()).unwrap_or(NONE));
        // A local code starts at 1, a commit code at CODE_FIRST.
        let mut commit_code = |commit: u32| commits.code(commit) + CODE_FIRST - 1;
        let codes = rows.clone().map(|row| table.record_commit(row).map_or(CODE_PLACEHOLDER, &mut commit_code));
        let codes = codes.collect();
        let names: FxHashMap<Field, &str> = table.fields().collect();
        let mut keys: Vec<_> = table.exceptions.iter().filter(|((row, _), _)| rows.contains(row)).collect();
        crate::domain::sort::sort_by_key(&mut keys, |(key, _)| **key);
        let exception = |(&(row, field), exception): (&(u32, Field), &super::table::Exception)| BlockException {
            row: row - rows.start,
            name: names.get(&field).copied().unwrap_or_default().to_owned(),
            code: commit_code(exception.commit),
            imported: exception.imported.clone(),
            imported_by: match exception.imported_by {
                NONE => CODE_PLACEHOLDER,
                by => commit_code(by),
            },
        };
        let exceptions = keys.into_iter().map(exception).collect();
        let known = |at: &u32| self.commit(*at).map(|c| (c.stamp, c.class));
        let column = |(field, name): (Field, &str)| {
            let data = self.column_data(table.column(field)?, rows.clone())?;
            Some(BlockColumn { name: name.to_owned(), data })
        };
        RowsBlock {
            kind,
            ids: table.ids().get(rows.start as usize..rows.end as usize).unwrap_or_default().to_vec(),
            columns: table.fields().filter_map(column).collect(),
            codes,
            exceptions,
            commits: commits.order.iter().filter_map(known).collect(),
        }
    }

    /// `None` where every row is null.
    fn column_data(&self, column: &Column, rows: std::ops::Range<u32>) -> Option<ColumnData> {
        if rows.clone().all(|row| column.is_null(row)) {
            return None;
        }
        let span = rows.start as usize..rows.end as usize;
        Some(match column {
            Column::Text(c) => {
                let (mut ends, mut text) = (Vec::with_capacity(span.len()), String::new());
                for row in rows {
                    text.push_str(c.get(row));
                    ends.push(u32::try_from(text.len()).unwrap_or(NONE));
                }
                ColumnData::Text { ends, text }
            }
            Column::Symbol(c) => {
                let mut local = Local::new(u32::try_from(c.names().len()).unwrap_or(NONE));
                let mut code = |code: u32| if code == 0 { 0 } else { local.code(code) };
                let codes = c.codes().get(span).unwrap_or_default().iter().map(|c| code(*c)).collect();
                ColumnData::Symbol { codes, names: local.order.iter().map(|code| c.name(*code).to_owned()).collect() }
            }
            Column::Bool(c) => ColumnData::Bool(c.get(span).unwrap_or_default().to_vec()),
            Column::Int(c) => ColumnData::Int(c.get(span).unwrap_or_default().to_vec()),
            Column::Ref(kind, c) => {
                let (ids, codes) = self.refs_data(*kind, c.get(span).unwrap_or_default().iter().copied());
                ColumnData::Ref { ids, codes }
            }
            Column::Lines(c) => {
                let mut data = LinesData::default();
                let mut products = Vec::new();
                for row in rows {
                    let view = c.get(row);
                    products.extend_from_slice(view.products);
                    data.quantities.extend_from_slice(view.quantities);
                    data.prices.extend_from_slice(view.prices);
                    data.totals.extend_from_slice(view.totals);
                    data.ends.push(u32::try_from(data.totals.len()).unwrap_or(NONE));
                }
                (data.ids, data.products) = self.refs_data(Kind::Product, products.into_iter());
                ColumnData::Lines(data)
            }
            Column::Json(c) => {
                let mut values: Vec<_> = c
                    .iter()
                    .filter(|(row, _)| rows.contains(row))
                    .map(|(row, v)| (row - rows.start, v.clone()))
                    .collect();
                crate::domain::sort::sort_by_key(&mut values, |(row, _)| *row);
                ColumnData::Json(values)
            }
        })
    }

    fn refs_data(&self, kind: Kind, rows: impl Iterator<Item = u32>) -> (Vec<Id>, Vec<u32>) {
        let table = self.table(kind);
        let mut local = Local::new(table.len());
        // NONE lies beyond the table and gets code 0.
        let codes = rows.map(|row| local.code(row)).collect();
        (local.order.iter().filter_map(|row| table.id(*row)).collect(), codes)
    }
}

/// Adds what a block of state holds to a data set put together from whatever reads; what does not fit is left out.
pub fn pile_up(data: &mut Dataset, block: DecodedBlock) {
    match block {
        DecodedBlock::Commits(commits) => {
            for commit in commits {
                add_commit(data, commit);
            }
        }
        DecodedBlock::Rows(_) if check(&block).is_err() => {}
        DecodedBlock::Rows(rows) => {
            let mut writer = Writer::new(data, NONE, 0);
            writer.rows(&rows);
            writer.finish();
        }
        DecodedBlock::Changes(_) | DecodedBlock::Merged(_) => {}
    }
}

/// Why state blocks do not make a data set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadState;

/// Builds a data set from its state blocks.
///
/// `chunks` are per kind in ascending order without gaps; every one but the last of its kind is full. Rows land where
/// they were when the chunks were cut, so that only chunks touched since need be written again.
///
/// # Errors
/// Blocks of another content, misfitting columns, chunks that leave gaps.
pub fn load(seq: Seq, commits: Option<DecodedBlock>, chunks: Vec<DecodedBlock>) -> Result<Dataset, BadState> {
    let mut data = Dataset::new();
    match commits {
        None => {}
        Some(DecodedBlock::Commits(commits)) => {
            for commit in commits {
                data.note_seen(commit.stamp, commit.class);
                add_commit(&mut data, commit);
            }
        }
        Some(_) => return Err(BadState),
    }
    // Ids of all tables first: references must not make placeholders ahead of the rows that they mean.
    for block in &chunks {
        check(block).map_err(|_| BadState)?;
        let DecodedBlock::Rows(rows) = block else { return Err(BadState) };
        let table = data.table_mut(rows.kind);
        let before = table.len();
        let fits = before.is_multiple_of(CHUNK_ROWS) && rows.ids.len() <= CHUNK_ROWS as usize;
        table.ensure_all(&rows.ids);
        if !fits || (table.len() - before) as usize != rows.ids.len() {
            return Err(BadState);
        }
    }
    // No row of a state block belongs to a commit that names it.
    let mut writer = Writer::new(&mut data, NONE, 0);
    for block in chunks {
        if let DecodedBlock::Rows(rows) = block {
            writer.rows(&rows);
        }
    }
    writer.finish();
    read_settings(&mut data);
    data.chunk_seqs.clear();
    data.seq = seq;
    Ok(data)
}
