//! One table per kind: ids, stamps and columns, addressed by row. Rows are never removed; a deleted record keeps its row
//! as a tombstone.

use rustc_hash::{FxHashMap, FxHashSet};

use super::column::{Column, LinesView, NONE, NULL_INT, SymbolColumn};
use crate::domain::{DELETED, ERASED, Field, Id, Kind, Shape, Value};

/// Finds the row of an id by open addressing over row numbers; the ids themselves stay in the table.
#[derive(Clone, Debug, Default)]
struct IdIndex {
    /// A power of two long, [`NONE`] is free.
    slots: Vec<u32>,
}

impl IdIndex {
    fn start(&self, id: Id) -> usize {
        // Ids are random in their low or high bits; the multiplication spreads both.
        let folded = (id.0 as u64 ^ (id.0 >> 64) as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (folded >> 20) as usize & self.slots.len().wrapping_sub(1)
    }

    fn find(&self, ids: &[Id], id: Id) -> Option<u32> {
        if self.slots.is_empty() {
            return None;
        }
        let mut at = self.start(id);
        loop {
            let row = *self.slots.get(at)?;
            if row == NONE {
                return None;
            }
            if ids.get(row as usize) == Some(&id) {
                return Some(row);
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    /// Room for `rows` ids at a load under three quarters.
    fn grow(&mut self, ids: &[Id], rows: usize) {
        let need = (rows + rows / 2 + 8).next_power_of_two();
        if need <= self.slots.len() {
            return;
        }
        self.slots = vec![NONE; need];
        for (row, &id) in ids.iter().enumerate() {
            self.insert(id, u32::try_from(row).unwrap_or(NONE));
        }
    }

    fn insert(&mut self, id: Id, row: u32) {
        let mut at = self.start(id);
        while let Some(slot) = self.slots.get_mut(at) {
            if *slot == NONE {
                *slot = row;
                return;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }
}

/// Who last wrote a field, where that was not the commit that made the record.
#[derive(Clone, Debug, PartialEq)]
pub struct Exception {
    /// Index into the data set's commits.
    pub commit: u32,
    /// What a file last said here, when something else overrode it since: a re-import compares with this, so
    /// corrections by hand survive.
    pub imported: Option<Value>,
    /// The commit that brought that word; [`NONE`] where there is none, or a first version did not note it.
    pub imported_by: u32,
}

/// How a yes stands in a column of yes and no.
pub const YES: u8 = 2;

#[derive(Clone, Debug)]
pub struct Table {
    kind: Kind,
    ids: Vec<Id>,
    index: IdIndex,
    /// Commit that made the record; [`NONE`]: only referred to so far.
    stamps: Vec<u32>,
    pub(super) exceptions: FxHashMap<(u32, Field), Exception>,
    pub(super) columns: Vec<Column>,
    /// Rows for which another stands (see `engine::merged`); empty where there are none.
    pub(super) hidden: Vec<bool>,
    /// References as they are meant, where that differs from what is written.
    meant: Vec<(Field, Vec<u32>)>,
    /// Names of the columns beyond the schema.
    extra: Vec<String>,
    /// Rows of records that were erased for good.
    erased: FxHashSet<u32>,
}

impl Table {
    #[must_use]
    pub fn new(kind: Kind) -> Self {
        Self {
            kind,
            ids: Vec::new(),
            index: IdIndex::default(),
            stamps: Vec::new(),
            exceptions: FxHashMap::default(),
            columns: kind.fields().iter().map(|f| Column::new(f.shape)).collect(),
            hidden: Vec::new(),
            meant: Vec::new(),
            extra: Vec::new(),
            erased: FxHashSet::default(),
        }
    }

    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// All rows, tombstones and placeholders included. Use [`Self::is_live`] or [`Self::live`].
    #[must_use]
    pub fn len(&self) -> u32 {
        u32::try_from(self.ids.len()).unwrap_or(NONE)
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Rows that exist, are not in the trash and were not merged into another, in row order.
    pub fn live(&self) -> impl Iterator<Item = u32> + '_ {
        (0..self.len()).filter(|&row| self.is_live(row))
    }

    #[must_use]
    pub fn is_live(&self, row: u32) -> bool {
        self.exists(row) && !self.is_deleted(row) && !self.is_hidden(row)
    }

    /// False for a placeholder: a record that others refer to and that has not arrived yet.
    #[must_use]
    pub fn exists(&self, row: u32) -> bool {
        self.stamps.get(row as usize).is_some_and(|s| *s != NONE)
    }

    /// Whether another record stands for this one.
    #[must_use]
    pub fn is_hidden(&self, row: u32) -> bool {
        self.hidden.get(row as usize) == Some(&true)
    }

    #[must_use]
    pub fn is_deleted(&self, row: u32) -> bool {
        self.bools(DELETED).get(row as usize) == Some(&YES)
    }

    /// Whether nothing but the id is left of it, for ever.
    #[must_use]
    pub fn is_erased(&self, row: u32) -> bool {
        !self.erased.is_empty() && self.erased.contains(&row)
    }

    /// How many records were erased.
    #[must_use]
    pub fn erased(&self) -> usize {
        self.erased.len()
    }

    /// Their ids, in no order.
    pub fn erased_ids(&self) -> impl Iterator<Item = Id> + '_ {
        self.erased.iter().filter_map(|&row| self.id(row))
    }

    #[must_use]
    pub fn ids(&self) -> &[Id] {
        &self.ids
    }

    #[must_use]
    pub fn id(&self, row: u32) -> Option<Id> {
        self.ids.get(row as usize).copied()
    }

    /// The row of `id`, live or not.
    #[must_use]
    pub fn row(&self, id: Id) -> Option<u32> {
        self.index.find(&self.ids, id)
    }

    /// The commit that made the record, as an index into the data set's commits.
    #[must_use]
    pub fn record_commit(&self, row: u32) -> Option<u32> {
        self.stamps.get(row as usize).copied().filter(|s| *s != NONE)
    }

    /// The commit that last wrote the field; `None` where nobody ever did.
    #[must_use]
    pub fn field_commit(&self, row: u32, field: Field) -> Option<u32> {
        match self.exceptions.get(&(row, field)) {
            Some(exception) => Some(exception.commit),
            None if self.is_null(row, field) => None,
            None => self.record_commit(row),
        }
    }

    #[must_use]
    pub fn is_null(&self, row: u32, field: Field) -> bool {
        self.column(field).is_none_or(|c| c.is_null(row))
    }

    #[must_use]
    pub fn column(&self, field: Field) -> Option<&Column> {
        self.columns.get(field.0 as usize)
    }

    /// Every field of this table with its name: the schema's, then those learnt at run time.
    pub fn fields(&self) -> impl Iterator<Item = (Field, &str)> {
        let known = self.kind.fields().iter().map(|f| f.name);
        known.chain(self.extra.iter().map(String::as_str)).zip(0..).map(|(name, at)| (Field(at), name))
    }

    #[must_use]
    pub fn field(&self, name: &str) -> Option<Field> {
        self.kind.field(name).or_else(|| {
            let at = self.extra.iter().position(|n| n == name)?;
            u16::try_from(self.kind.fields().len() + at).ok().map(Field)
        })
    }

    /// Text of a text or symbol field; empty where there is none.
    #[must_use]
    pub fn text(&self, row: u32, field: Field) -> &str {
        match self.column(field) {
            Some(Column::Text(c)) => c.get(row),
            Some(Column::Symbol(c)) => c.get(row),
            _ => "",
        }
    }

    /// A whole integer field, one per row, [`NULL_INT`] for null. Empty if the field is not an integer.
    #[must_use]
    pub fn ints(&self, field: Field) -> &[i64] {
        if let Some(Column::Int(c)) = self.column(field) { c } else { &[] }
    }

    #[must_use]
    pub fn int(&self, row: u32, field: Field) -> Option<i64> {
        self.ints(field).get(row as usize).copied().filter(|n| *n != NULL_INT)
    }

    /// A whole reference field: rows of the other table, [`NONE`] for null. A reference to a customer who was merged into
    /// another is one to that other.
    #[must_use]
    pub fn refs(&self, field: Field) -> &[u32] {
        match self.meant.iter().find(|(of, _)| *of == field) {
            Some((_, meant)) => meant,
            None => self.written_refs(field),
        }
    }

    /// The same as it was written: for what travels.
    #[must_use]
    pub fn written_refs(&self, field: Field) -> &[u32] {
        if let Some(Column::Ref(_, c)) = self.column(field) { c } else { &[] }
    }

    #[must_use]
    pub fn reference(&self, row: u32, field: Field) -> Option<u32> {
        self.refs(field).get(row as usize).copied().filter(|r| *r != NONE)
    }

    /// A whole yes-no field: 0 null, 1 false, [`YES`] true.
    #[must_use]
    pub fn bools(&self, field: Field) -> &[u8] {
        if let Some(Column::Bool(c)) = self.column(field) { c } else { &[] }
    }

    #[must_use]
    pub fn symbols(&self, field: Field) -> Option<&SymbolColumn> {
        if let Some(Column::Symbol(c)) = self.column(field) { Some(c) } else { None }
    }

    #[must_use]
    pub fn lines(&self, row: u32, field: Field) -> LinesView<'_> {
        if let Some(Column::Lines(c)) = self.column(field) { c.get(row) } else { LinesView::default() }
    }

    #[must_use]
    pub fn json(&self, row: u32, field: Field) -> Option<&serde_json::Value> {
        match self.column(field)? {
            Column::Json(c) => match c.get(&row)? {
                Value::Json(json) => Some(json),
                _ => None,
            },
            _ => None,
        }
    }

    /// The texts of a field that holds a list of them (tags).
    pub fn json_texts(&self, row: u32, field: Field) -> impl Iterator<Item = &str> {
        self.json(row, field).and_then(serde_json::Value::as_array).into_iter().flatten().filter_map(|v| v.as_str())
    }

    #[must_use]
    pub fn memory_bytes(&self) -> usize {
        self.ids.capacity() * 16
            + self.index.slots.capacity() * 4
            + self.stamps.capacity() * 4
            + self.exceptions.capacity() * (size_of::<((u32, Field), Exception)>() + 1)
            + self.columns.iter().map(Column::memory_bytes).sum::<usize>()
            + self.hidden.capacity()
            + self.meant.iter().map(|(_, rows)| rows.capacity() * 4).sum::<usize>()
    }

    // ------------------------------------------------------------ writing, for the data set only

    /// What the references of a field mean; empty: what is written.
    pub(super) fn set_meant(&mut self, field: Field, meant: Vec<u32>) {
        self.meant.retain(|(of, _)| *of != field);
        if !meant.is_empty() {
            self.meant.push((field, meant));
        }
    }

    /// The row of `id`, made as a placeholder where it is missing.
    pub(super) fn ensure(&mut self, id: Id) -> u32 {
        self.row(id).unwrap_or_else(|| self.push(id))
    }

    fn push(&mut self, id: Id) -> u32 {
        let row = self.len();
        self.index.grow(&self.ids, self.ids.len() + 1);
        self.ids.push(id);
        self.index.insert(id, row);
        self.stamps.push(NONE);
        for column in &mut self.columns {
            column.resize(self.ids.len());
        }
        row
    }

    /// [`Self::ensure`] for many ids at once.
    pub(super) fn ensure_all(&mut self, ids: &[Id]) -> Vec<u32> {
        self.index.grow(&self.ids, self.ids.len() + ids.len());
        self.ids.reserve(ids.len());
        self.stamps.reserve(ids.len());
        let mut rows = Vec::with_capacity(ids.len());
        for &id in ids {
            let row = self.row(id).unwrap_or_else(|| {
                let row = self.len();
                self.ids.push(id);
                self.index.insert(id, row);
                row
            });
            rows.push(row);
        }
        let added = self.ids.len() - self.stamps.len();
        self.stamps.resize(self.ids.len(), NONE);
        for column in &mut self.columns {
            column.reserve(added);
            column.resize(self.ids.len());
        }
        rows
    }

    pub(super) fn set_record_commit(&mut self, row: u32, commit: u32) {
        if let Some(slot) = self.stamps.get_mut(row as usize) {
            *slot = commit;
        }
    }

    /// Notes who wrote the field last and what an order file had said there, by which commit.
    pub(super) fn set_field_commit(&mut self, row: u32, field: Field, commit: u32, word: Option<(u32, Value)>) {
        let (imported_by, imported) = word.map_or((NONE, None), |(by, value)| (by, Some(value)));
        if self.record_commit(row) == Some(commit) && imported.is_none() {
            self.exceptions.remove(&(row, field));
        } else {
            self.exceptions.insert((row, field), Exception { commit, imported, imported_by });
        }
    }

    /// Leaves nothing of a record but its id and the mark that `commit` erased it.
    pub(super) fn wipe(&mut self, row: u32, commit: u32) {
        let mark = self.learn(ERASED);
        for (field, column) in (0..).map(Field).zip(&mut self.columns) {
            column.clear(row);
            self.exceptions.remove(&(row, field));
        }
        self.set_record_commit(row, commit);
        if let Some(Column::Bool(deleted)) = self.columns.get_mut(DELETED.0 as usize)
            && let Some(slot) = deleted.get_mut(row as usize)
        {
            *slot = 2;
        }
        if let Some(Column::Json(marks)) = mark.and_then(|mark| self.columns.get_mut(mark.0 as usize)) {
            marks.insert(row, Value::Json(true.into()));
        }
        self.erased.insert(row);
    }

    /// The field called `name`, made as a free-form column where the schema does not know it.
    pub(super) fn learn(&mut self, name: &str) -> Option<Field> {
        if let Some(field) = self.field(name) {
            return Some(field);
        }
        let field = u16::try_from(self.columns.len()).ok().map(Field)?;
        self.extra.push(name.to_owned());
        self.columns.push(Column::new(Shape::Json));
        Some(field)
    }
}
