//! The book as a file that merges, part by part.

use crate::domain::{Class, DeviceId, Field, Kind, Stamp};
use crate::engine::column::NONE;
use crate::engine::dataset::Dataset;
use crate::sync::file::{CommitLine, FieldLine, Header, MINOR, Record, Scope, Writer};
use crate::sync::vector::Vector;

/// Writes a book. Between two parts others may read it, but nobody may change it.
pub struct Exporter {
    scope: Scope,
    /// Place in the file by place in the book; [`NONE`] for commits that no field refers to.
    places: Vec<u32>,
    /// Rows to be written, by kind, by ascending id.
    rows: Vec<(Kind, Vec<u32>)>,
    kind: usize,
    next: usize,
    writer: Option<Writer>,
}

/// One field's commits: who wrote it last, and who brought the remembered word of an order file.
struct Marks {
    field: Field,
    commit: u32,
    word: Option<u32>,
}

impl Exporter {
    /// `device` writes at `now_ms` (milliseconds since 1970 UTC).
    #[must_use]
    pub fn new(data: &Dataset, scope: Scope, device: DeviceId, now_ms: u64) -> Self {
        let base = base(&scope);
        let mut used = vec![false; data.commits().len()];
        let mut rows = Vec::new();
        for &kind in Kind::ALL {
            let table = data.table(kind);
            let mut of_kind: Vec<u32> = Vec::new();
            for row in (0..table.len()).filter(|&row| table.exists(row)) {
                if note(data, kind, row, base, &mut used) {
                    of_kind.push(row);
                }
            }
            of_kind.sort_unstable_by_key(|&row| table.id(row));
            rows.push((kind, of_kind));
        }
        let (places, commits) = number(data, &mut used);
        let header = Header {
            minor: MINOR,
            device,
            exported_at_ms: now_ms,
            vector: data.vector().clone(),
            counts: rows.iter().filter(|(_, r)| !r.is_empty()).map(|(kind, r)| (*kind, r.len() as u64)).collect(),
            scope: scope.clone(),
        };
        let writer = Some(Writer::new(&header, commits));
        Self { scope, places, rows, kind: 0, next: 0, writer }
    }

    /// The next part, a few megabytes; `None` after the last.
    pub fn part(&mut self, data: &Dataset) -> Option<Vec<u8>> {
        let writer = self.writer.as_mut()?;
        while let Some((kind, rows)) = self.rows.get(self.kind) {
            let Some(&row) = rows.get(self.next) else {
                self.kind += 1;
                self.next = 0;
                continue;
            };
            self.next += 1;
            if let Some(record) = record(data, *kind, row, base(&self.scope), &self.places) {
                writer.record(record);
            }
            if let Some(part) = writer.part() {
                return Some(part);
            }
        }
        self.writer.take().map(Writer::finish)
    }

    /// Records written so far and in all.
    #[must_use]
    pub fn progress(&self) -> (u64, u64) {
        let count = |rows: &[(Kind, Vec<u32>)]| rows.iter().map(|(_, r)| r.len() as u64).sum::<u64>();
        (count(self.rows.get(..self.kind).unwrap_or_default()) + self.next as u64, count(&self.rows))
    }
}

fn base(scope: &Scope) -> Option<&Vector> {
    match scope {
        Scope::Whole => None,
        Scope::Since(base) => Some(base),
    }
}

fn is_known(data: &Dataset, base: Option<&Vector>, commit: u32) -> bool {
    base.is_some_and(|base| data.commit(commit).is_some_and(|c| base.covers(c.stamp)))
}

/// The fields of a row that somebody wrote and that `base` does not know in this form.
fn marks<'a>(
    data: &'a Dataset,
    kind: Kind,
    row: u32,
    base: Option<&'a Vector>,
) -> impl Iterator<Item = (Marks, &'a str)> {
    let table = data.table(kind);
    table.fields().filter_map(move |(field, name)| {
        let commit = table.field_commit(row, field)?;
        let word = table.exceptions.get(&(row, field)).filter(|e| e.imported.is_some()).map(|e| e.imported_by);
        let word = word.filter(|by| *by != NONE);
        let known = is_known(data, base, commit) && word.is_none_or(|by| is_known(data, base, by));
        (!known).then_some((Marks { field, commit, word }, name))
    })
}

/// Notes the commits that the record refers to; false where `base` knows all of it.
fn note(data: &Dataset, kind: Kind, row: u32, base: Option<&Vector>, used: &mut [bool]) -> bool {
    let Some(at) = data.table(kind).record_commit(row) else { return false };
    let mut any = !is_known(data, base, at);
    for (mark, _) in marks(data, kind, row, base) {
        any = true;
        for commit in [Some(mark.commit), mark.word].into_iter().flatten() {
            if let Some(slot) = used.get_mut(commit as usize) {
                *slot = true;
            }
        }
    }
    if let (true, Some(slot)) = (any, used.get_mut(at as usize)) {
        *slot = true;
    }
    any
}

/// The commits in use by ascending stamp, with those that they took back, and the place of each.
fn number(data: &Dataset, used: &mut [bool]) -> (Vec<u32>, Vec<CommitLine>) {
    let is_merge = |at: u32| data.commit(at).is_some_and(|c| c.class == Class::Merge);
    // An undo comes after what it undoes.
    for at in (0..used.len()).rev() {
        let undoes = data.commits().get(at).and_then(|c| c.undoes).filter(|&of| !is_merge(of));
        if let (Some(true), Some(of)) = (used.get(at).copied(), undoes)
            && let Some(slot) = used.get_mut(of as usize)
        {
            *slot = true;
        }
    }
    let in_use = (0..).zip(used.iter()).filter(|(_, used)| **used).map(|(at, _): (u32, _)| at);
    let mut order: Vec<(Stamp, u32)> = in_use.filter_map(|at| Some((data.commit(at)?.stamp, at))).collect();
    order.sort_unstable();
    let mut places = vec![NONE; used.len()];
    for (place, (_, at)) in (0..).zip(&order) {
        if let Some(slot) = places.get_mut(*at as usize) {
            *slot = place;
        }
    }
    let place = |at: u32| places.get(at as usize).copied().unwrap_or(NONE);
    let line = |&(stamp, at): &(Stamp, u32)| {
        let commit = data.commit(at)?;
        let undoes = commit.undoes.map(place).filter(|&of| of != NONE && of < place(at));
        Some(CommitLine { stamp, class: commit.class, undoes })
    };
    let lines = order.iter().filter_map(line).collect();
    (places, lines)
}

fn record(data: &Dataset, kind: Kind, row: u32, base: Option<&Vector>, places: &[u32]) -> Option<Record> {
    let table = data.table(kind);
    let place = |commit: u32| places.get(commit as usize).copied().filter(|place| *place != NONE);
    let line = |(mark, name): (Marks, &str)| {
        let word = match mark.word.and_then(place) {
            Some(by) => {
                table.exceptions.get(&(row, mark.field)).and_then(|e| e.imported.clone()).map(|value| (by, value))
            }
            None => None,
        };
        let value = data.value(kind, row, mark.field);
        Some(FieldLine { name: name.to_owned(), value, commit: place(mark.commit)?, word })
    };
    let fields = marks(data, kind, row, base).filter_map(line).collect();
    Some(Record { kind, id: table.id(row)?, at: place(table.record_commit(row)?)?, fields })
}
