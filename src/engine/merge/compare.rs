//! Comparing a file with the book: which rows it would bring, which fields it would change, where both sides wrote
//! without knowing of each other.

use rustc_hash::FxHashMap;

use super::erased::{Take, select, spoken, takes, tells_erasure};
use super::incoming::Incoming;
use super::join::Theirs;
use super::{Merged, MergedField};
use crate::domain::{Class, DELETED, Id, Kind, Stamp, Value};
use crate::engine::api::{MAX_EXAMPLES, MergeTally, StoreError};
use crate::engine::dataset::Dataset;
use crate::engine::rows::{BlockException, CODE_FIRST, CODE_PLACEHOLDER, CODE_THIS, RowsBlock};
use crate::sync::merge::{Written, is_conflict};

/// What merging a file would do to a book.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Rows that change anything, as they are in the file.
    pub rows: Vec<RowsBlock>,
    pub merged: Merged,
    /// By kind in the order of [`Kind::ALL`], those with records in the file.
    pub tallies: Vec<(Kind, MergeTally)>,
    /// The first [`MAX_EXAMPLES`] new records of each kind, by name as far as the file tells it.
    pub first_new: Vec<(Kind, String)>,
    pub conflicts: u64,
    /// The book has seen everything that the file's writer had.
    pub known: bool,
}

impl Comparison {
    /// Committing it would change nothing, not even what is known of others.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.rows.is_empty() && self.conflicts == 0 && self.known
    }
}

/// Compares; `build`: the rows too, not only what they would do.
///
/// # Errors
/// A block that does not read back.
pub fn compare(data: &Dataset, incoming: &Incoming, build: bool) -> Result<Comparison, StoreError> {
    let about = &incoming.about;
    let mut work = Compare {
        data,
        merged: Merged { fresh: Vec::new(), fields: Vec::new(), ..about.clone() },
        tallies: FxHashMap::default(),
        first_new: Vec::new(),
    };
    let mut rows = Vec::new();
    for block in incoming.rows() {
        let block = block?;
        let changed = work.block(&block);
        let whole = changed.len() == block.ids.len() && changed.iter().all(|(_, take)| *take == Take::Whole);
        if build && whole {
            rows.push(block);
        } else if build {
            rows.extend(select(data, &block, &changed));
        } else if !changed.is_empty() {
            rows.push(RowsBlock {
                ids: Vec::new(),
                codes: Vec::new(),
                columns: Vec::new(),
                exceptions: Vec::new(),
                ..block
            });
        }
    }
    let tallies = Kind::ALL.iter().filter_map(|kind| Some((*kind, *work.tallies.get(kind)?))).collect();
    let conflicts = work.merged.fields.iter().filter(|f| f.conflict).count() as u64;
    let known = data.vector().lacks(&about.vector).is_none();
    Ok(Comparison { rows, merged: work.merged, tallies, first_new: work.first_new, conflicts, known })
}

struct Compare<'a> {
    data: &'a Dataset,
    merged: Merged,
    tallies: FxHashMap<Kind, MergeTally>,
    first_new: Vec<(Kind, String)>,
}

/// Stamp and class behind a commit code of the block; `None` for a row that is only referred to.
pub(super) fn commit_of(block: &RowsBlock, code: u32) -> Option<(Stamp, Class)> {
    match code {
        CODE_PLACEHOLDER | CODE_THIS => None,
        code => block.commits.get((code - CODE_FIRST) as usize).copied(),
    }
}

/// The fields that a block's row says something about: name, value, and where it has one its exception.
pub(in crate::engine) fn statements<'b>(
    block: &'b RowsBlock,
    row: u32,
    exceptions: &'b [BlockException],
) -> impl Iterator<Item = (&'b str, Value, Option<&'b BlockException>)> {
    let of = move |name: &str| exceptions.iter().find(|e| e.name == name);
    let columns = block.columns.iter().filter_map(move |column| {
        let (value, exception) = (column.data.value(row), of(&column.name));
        (value != Value::Null || exception.is_some()).then_some((column.name.as_str(), value, exception))
    });
    let has_column = |name: &str| block.columns.iter().any(|c| c.name == name);
    let cleared = exceptions.iter().filter(move |e| !has_column(&e.name));
    columns.chain(cleared.map(|e| (e.name.as_str(), Value::Null, Some(e))))
}

/// The exceptions of one row: they are sorted by row.
pub(in crate::engine) fn exceptions_of(block: &RowsBlock, row: u32) -> &[BlockException] {
    let start = block.exceptions.partition_point(|e| e.row < row);
    let end = block.exceptions.partition_point(|e| e.row <= row);
    block.exceptions.get(start..end).unwrap_or_default()
}

impl Compare<'_> {
    /// The rows of the block that change anything, and what is taken of them.
    fn block(&mut self, block: &RowsBlock) -> Vec<(u32, Take)> {
        let mut changed = Vec::new();
        for (i, &id) in (0..).zip(&block.ids) {
            let Some(&code) = block.codes.get(i as usize) else { continue };
            let Some(at) = commit_of(block, code) else { continue };
            let table = self.data.table(block.kind);
            let take = takes(self.data, block, i);
            let change = match table.row(id).filter(|&row| table.exists(row)) {
                None => self.fresh(block, i, id, take),
                Some(row) if table.is_erased(row) || tells_erasure(block, i) => self.erased(block, i, row, at.0),
                Some(row) => self.known(block, i, id, row, at, take),
            };
            if change {
                changed.push((i, take));
            }
        }
        changed
    }

    fn fresh(&mut self, block: &RowsBlock, i: u32, id: Id, take: Take) -> bool {
        self.merged.fresh.push((block.kind, id));
        if matches!(take, Take::Gone(..)) {
            return true;
        }
        let deleted = block.columns.iter().find(|c| c.name == "deleted").map(|c| c.data.value(i));
        let tally = self.tallies.entry(block.kind).or_default();
        if deleted != Some(Value::Bool(true)) {
            tally.new += 1;
            if tally.new <= MAX_EXAMPLES as u64 {
                self.first_new.push((block.kind, name(block, i)));
            }
        }
        true
    }

    /// A record that is erased here or in the file: neither side's values are kept.
    fn erased(&mut self, block: &RowsBlock, i: u32, row: u32, at: Stamp) -> bool {
        let table = self.data.table(block.kind);
        let known = table.is_erased(row).then(|| self.data.added(block.kind, row)).flatten();
        let tally = self.tallies.entry(block.kind).or_default();
        if known.is_none() && !table.is_deleted(row) {
            tally.deleted += 1;
        } else {
            tally.unchanged += 1;
        }
        tells_erasure(block, i) && known.is_none_or(|known| at > known)
    }

    fn known(&mut self, block: &RowsBlock, i: u32, id: Id, row: u32, at: (Stamp, Class), take: Take) -> bool {
        let (data, kind) = (self.data, block.kind);
        let (mut changes, mut shows, mut deleted) = (false, false, None);
        for (name, value, exception) in spoken(data, block, i, take) {
            let (stamp, class) = exception.and_then(|e| commit_of(block, e.code)).unwrap_or(at);
            let word = exception.and_then(|e| {
                let (stamp, _) = commit_of(block, e.imported_by)?;
                Some(Written { stamp, value: e.imported.as_ref()? })
            });
            let theirs = Theirs { stamp, class, value: &value, word };
            let field = data.table(kind).field(name);
            // A field that the book has never heard of is a field that nobody wrote.
            let ours_at = field.and_then(|field| data.field_stamp(kind, row, field));
            let judged = match field {
                Some(field) => data.judge(kind, row, field, &theirs),
                None => super::join::Judgement { takes: true, takes_word: false },
            };
            changes |= judged.takes || judged.takes_word;
            let unseen = ours_at.is_some() && !data.vector().covers(stamp);
            if !judged.takes && !unseen {
                continue;
            }
            let ours = field.map_or(Value::Null, |field| data.value(kind, row, field));
            if ours == value {
                continue;
            }
            let mine = ours_at.map(|stamp| Written { stamp, value: &ours });
            let conflict = is_conflict(mine, theirs.written(), data.vector(), &self.merged.vector);
            shows |= judged.takes;
            if judged.takes && field == Some(DELETED) {
                deleted = Some(value == Value::Bool(true));
            }
            if judged.takes || conflict {
                let field = name.to_owned();
                let taken = judged.takes;
                let theirs =
                    MergedField { kind, id, field, ours, ours_at, theirs: value, theirs_at: stamp, taken, conflict };
                self.merged.fields.push(theirs);
            }
        }
        let raises = data.added(kind, row).is_none_or(|ours| at.0 > ours);
        let was_deleted = data.table(kind).is_deleted(row);
        let tally = self.tallies.entry(kind).or_default();
        match deleted {
            Some(true) if !was_deleted => tally.deleted += 1,
            Some(false) if was_deleted => tally.restored += 1,
            _ if shows => tally.updated += 1,
            _ => tally.unchanged += 1,
        }
        changes || raises
    }
}

/// Letters of an example at most.
const MAX_NAME: usize = 60;

/// What a person would call the record in a row: its name, its number, or how what was noted begins.
fn name(block: &RowsBlock, row: u32) -> String {
    let order: &[&str] = match block.kind {
        Kind::Interaction | Kind::Response => &["note", "comment", "key"],
        _ => &["name", "key", "note"],
    };
    let text = |name: &&str| {
        let column = block.columns.iter().find(|c| c.name == **name)?;
        if let Value::Text(text) = column.data.value(row) { Some(text) } else { None }
    };
    let name = order.iter().find_map(text).unwrap_or_default();
    match name.char_indices().nth(MAX_NAME) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name,
    }
}
