//! Writing change sets into the tables. Per field the later stamp wins.

mod erase;

pub(in crate::engine) use erase::names_customer;

use super::column::{Column, LinesView, NONE, NULL_INT};
use super::dataset::{CHUNK_ROWS, Dataset, Misfit, Touched};
use super::import::Passed;
use super::merge::Merged;
use super::merge::compare::{exceptions_of, statements};
use super::merge::join::Theirs;
use super::rows::{
    CODE_FIRST, CODE_PLACEHOLDER, CODE_THIS, Class, ColumnData, Commit, DecodedBlock, LinesData, RowsBlock, fits,
    range, shaped,
};
use super::table::Exception;
use super::touched::What;
use crate::domain::{Change, ChangeSet, ERASED, Field, Id, Kind, Origin, Seq, Settings, Shape, Value, setting};
use crate::sync::merge::Written;

pub(super) fn apply(data: &mut Dataset, set: &ChangeSet, seq: Seq, blocks: &[DecodedBlock]) -> Result<Touched, Misfit> {
    check_all(&set.changes, blocks)?;
    let commit = remember_commit(data, set, seq);
    let mut writer = Writer::new(data, commit, seq);
    for block in blocks {
        match block {
            DecodedBlock::Rows(rows) => writer.rows(rows),
            DecodedBlock::Changes(changes) => writer.changes(changes),
            DecodedBlock::Merged(merged) => writer.heard_of(merged),
            DecodedBlock::Commits(_) => {}
        }
    }
    writer.changes(&set.changes);
    Ok(writer.finish())
}

/// Whether everything fits the schema, so that it can be applied.
pub(super) fn check_all(changes: &[Change], blocks: &[DecodedBlock]) -> Result<(), Misfit> {
    check_changes(changes)?;
    blocks.iter().try_for_each(check)
}

/// Whether the block's columns fit the schema.
pub(super) fn check(block: &DecodedBlock) -> Result<(), Misfit> {
    match block {
        DecodedBlock::Rows(rows) => {
            for column in &rows.columns {
                // A version that did not know the field yet kept it free-form.
                let fits = |shape| column.data.fits(shape) || matches!(column.data, ColumnData::Json(_));
                if shape_of(rows.kind, &column.name).is_some_and(|shape| !fits(shape)) {
                    return Err(Misfit { kind: rows.kind, field: column.name.clone() });
                }
            }
            Ok(())
        }
        DecodedBlock::Changes(changes) => check_changes(changes),
        DecodedBlock::Commits(_) | DecodedBlock::Merged(_) => Ok(()),
    }
}

fn check_changes(changes: &[Change]) -> Result<(), Misfit> {
    for change in changes {
        let is_fine = |shape| fits(shape, &change.value) || matches!(change.value, Value::Json(_));
        if shape_of(change.kind, &change.field).is_some_and(|shape| !is_fine(shape)) {
            return Err(Misfit { kind: change.kind, field: change.field.clone() });
        }
    }
    Ok(())
}

fn shape_of(kind: Kind, name: &str) -> Option<Shape> {
    kind.fields().iter().find(|f| f.name == name).map(|f| f.shape)
}

fn remember_commit(data: &mut Dataset, set: &ChangeSet, seq: Seq) -> u32 {
    let class = Class::of(&set.origin);
    data.note_seen(set.stamp, class);
    if let Some(&index) = data.by_stamp.get(&set.stamp) {
        // Known already, from a block that ran ahead of the journal: applying it again must not undo twice.
        if let Some(commit) = data.commits.get_mut(index as usize) {
            commit.seq = seq;
            commit.class = class;
        }
        return index;
    }
    let undoes = match &set.origin {
        Origin::Undo { of } => data.by_stamp.get(of).copied(),
        _ => None,
    };
    if let Some(of) = undoes {
        set_undone(data, of);
    }
    add_commit(data, Commit { stamp: set.stamp, seq, class, undoes, undone: false })
}

/// Marks a commit as taken back; if it was an undo itself, what that had taken back stands again, and so on.
fn set_undone(data: &mut Dataset, commit: u32) {
    let (mut at, mut undone) = (Some(commit), true);
    while let Some(commit) = at.and_then(|at| data.commits.get_mut(at as usize)) {
        commit.undone = undone;
        undone = !undone;
        // An undo always comes after what it undoes, so this ends.
        at = commit.undoes.filter(|&next| Some(next) < at);
    }
}

pub(super) fn add_commit(data: &mut Dataset, commit: Commit) -> u32 {
    let index = u32::try_from(data.commits.len()).unwrap_or(NONE);
    data.by_stamp.insert(commit.stamp, index);
    data.commits.push(commit);
    index
}

pub(super) struct Writer<'a> {
    data: &'a mut Dataset,
    commit: u32,
    seq: Seq,
    import: bool,
    passed: Passed,
    /// The undoing of an import: the file's word no longer counts.
    drops_shadow: bool,
    touched: Touched,
    lengths: Vec<u32>,
    /// A record was erased since links were last looked at.
    erased: bool,
    /// Links to erased records that were written since.
    dangling: Vec<erase::Dangling>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(data: &'a mut Dataset, commit: u32, seq: Seq) -> Self {
        let class = |at: u32| data.commit(at).map(|c| c.class);
        let undone = data.commit(commit).and_then(|c| c.undoes).and_then(class);
        Self {
            import: class(commit) == Some(Class::Import),
            passed: Passed::default(),
            drops_shadow: undone == Some(Class::Import),
            lengths: Kind::ALL.iter().map(|&k| data.table(k).len()).collect(),
            touched: Touched::default(),
            erased: false,
            dangling: Vec::new(),
            commit,
            seq,
            data,
        }
    }

    pub(super) fn finish(mut self) -> Touched {
        self.settle();
        for (&kind, &before) in Kind::ALL.iter().zip(&self.lengths) {
            let after = self.data.table(kind).len();
            if after > before {
                for chunk in before / CHUNK_ROWS..=(after - 1) / CHUNK_ROWS {
                    self.data.chunk_seqs.insert((kind, chunk), self.seq);
                }
            }
        }
        if self.touched.kinds.contains(&Kind::Setting) {
            read_settings(self.data);
        }
        self.data.seq = self.data.seq.max(self.seq);
        super::merged::resolve(self.data, &mut self.touched);
        self.touched.finish();
        self.touched
    }

    fn mark(&mut self, kind: Kind, row: u32, what: What) {
        self.mark_chunk(kind, row);
        self.mark_customer(kind, row, what);
    }

    fn mark_chunk(&mut self, kind: Kind, row: u32) {
        self.touched.mark(kind);
        self.data.chunk_seqs.insert((kind, row / CHUNK_ROWS), self.seq);
    }

    /// Notes the customer of a record, and which orders changed.
    fn mark_customer(&mut self, kind: Kind, row: u32, what: What) {
        if kind == Kind::Order {
            self.touched.mark_order(row);
        }
        if kind == Kind::Customer {
            self.touched.mark_profile(row, what);
        } else if let Some(field) = kind.customer() {
            let customer = self.data.table(kind).written_refs(field).get(row as usize);
            self.touched.mark_about(kind, customer.copied().unwrap_or(NONE));
        }
    }

    /// Notes the rows of a block. What changed in those that were there before was noted field by field.
    fn mark_all(&mut self, kind: Kind, rows: &[u32], fresh: &[bool]) {
        let mut last = NONE;
        for (&row, &fresh) in rows.iter().zip(fresh) {
            // One look-up per chunk and not per row.
            if row / CHUNK_ROWS != last {
                last = row / CHUNK_ROWS;
                self.mark_chunk(kind, row);
            }
            if fresh {
                self.mark_customer(kind, row, What::Whole);
            }
        }
    }

    pub(super) fn changes(&mut self, changes: &[Change]) {
        for change in changes {
            let is_word = self.import && !self.passed.is(self.data, change);
            let row = self.data.table_mut(change.kind).ensure(change.id);
            if self.takes_erasure(change.kind, row, &change.field) {
                continue;
            }
            if !self.data.table(change.kind).exists(row) {
                self.data.table_mut(change.kind).set_record_commit(row, self.commit);
                self.mark(change.kind, row, What::Whole);
            }
            if let Some(field) = self.data.table_mut(change.kind).learn(&change.field) {
                self.write(change.kind, row, field, &change.value, is_word);
            }
        }
    }

    /// Writes one field of a record that exists, unless it carries a later stamp. `is_word`: a file says so.
    fn write(&mut self, kind: Kind, row: u32, field: Field, value: &Value, is_word: bool) {
        let table = self.data.table(kind);
        let last = table.field_commit(row, field);
        let stamp = |at: u32| self.data.commit(at).map(|c| c.stamp);
        if last.is_some_and(|last| last != self.commit && stamp(last) >= stamp(self.commit)) {
            return;
        }
        // The undoing of an import takes the file's word back.
        let word = if is_word { None } else { self.data.word(kind, row, field) };
        let word = word.map(|word| if self.drops_shadow { (self.commit, Value::Null) } else { word });
        self.mark(kind, row, What::Field(field));
        self.put(kind, row, field, value);
        self.data.table_mut(kind).set_field_commit(row, field, self.commit, word);
        self.mark(kind, row, What::Field(field));
    }

    /// Stores the value itself.
    fn put(&mut self, kind: Kind, row: u32, field: Field, value: &Value) {
        let shape = kind.fields().get(field.0 as usize).map(|f| f.shape);
        let free = match (shape, value) {
            (Some(shape), Value::Json(_)) if shape != Shape::Json => Some(shaped(shape, value.clone())),
            _ => None,
        };
        let value = free.as_ref().unwrap_or(value);
        // References first: they may add rows to the very table that is written to.
        let target = match (shape, value) {
            (Some(Shape::Ref(target)), Value::Ref(id)) => self.data.table_mut(target).ensure(*id),
            _ => NONE,
        };
        let mut resolved = LinesData::default();
        if let Value::Lines(lines) = value
            && shape == Some(Shape::Lines)
        {
            for line in lines {
                resolved.products.push(line.product.map_or(NONE, |id| self.data.table_mut(Kind::Product).ensure(id)));
                resolved.quantities.push(line.quantity_milli);
                resolved.prices.push(line.unit_price_e4);
                resolved.totals.push(line.total_minor);
            }
        }
        let Some(column) = self.data.table_mut(kind).columns.get_mut(field.0 as usize) else { return };
        match column {
            Column::Text(c) => c.set(row, if let Value::Text(t) = value { t } else { "" }),
            Column::Symbol(c) => {
                let code = c.intern(if let Value::Text(t) = value { t } else { "" });
                c.set_code(row, code);
            }
            Column::Bool(c) => {
                let code = if let Value::Bool(b) = value { 1 + u8::from(*b) } else { 0 };
                set(c, row, code);
            }
            Column::Int(c) => set(c, row, if let Value::Int(n) = value { *n } else { NULL_INT }),
            Column::Ref(kind_of_target, c) => {
                set(c, row, target);
                let kind_of_target = *kind_of_target;
                self.note_link(kind, row, field, kind_of_target, target);
            }
            Column::Lines(c) => c.set(row, view(&resolved, 0..resolved.totals.len())),
            Column::Json(c) => match value {
                Value::Null | Value::Json(serde_json::Value::Null) => drop(c.remove(&row)),
                value => drop(c.insert(row, value.clone())),
            },
        }
    }

    /// A block of rows: new records column by column, known ones field by field.
    pub(super) fn rows(&mut self, block: &RowsBlock) {
        let known = self.known_commits(block);
        let codes: Vec<u32> = block.codes.iter().map(|&code| known(code)).collect();
        let rows = self.data.table_mut(block.kind).ensure_all(&block.ids);
        for i in gone_rows(block) {
            if let (Some(&row), Some(&commit)) = (rows.get(i as usize), codes.get(i as usize)) {
                self.erase(block.kind, row, commit);
            }
        }
        let table = self.data.table(block.kind);
        let mut fresh: Vec<bool> = rows.iter().map(|&row| !table.exists(row)).collect();
        for ((&row, &commit), fresh) in rows.iter().zip(&codes).zip(&mut fresh) {
            // An id twice in one block: the first is the record, the second edits it.
            let table = self.data.table_mut(block.kind);
            if *fresh && table.exists(row) {
                *fresh = false;
            } else if *fresh && commit != NONE {
                table.set_record_commit(row, commit);
            }
        }
        for column in &block.columns {
            let Some(field) = self.data.table_mut(block.kind).learn(&column.name) else { continue };
            self.fill(block.kind, field, &column.data, &rows, &fresh);
        }
        if fresh.contains(&false) {
            self.merge_known(block, &rows, &fresh, &codes);
        }
        self.put_exceptions(block, &rows, &fresh);
        self.mark_all(block.kind, &rows, &fresh);
    }

    fn commit_index(&mut self, stamp: crate::domain::Stamp, class: Class) -> u32 {
        match self.data.by_stamp.get(&stamp) {
            Some(&index) => index,
            None => add_commit(self.data, Commit { stamp, seq: 0, class, undoes: None, undone: false }),
        }
    }

    /// Writes a column into the fresh rows.
    fn fill(&mut self, kind: Kind, field: Field, data: &ColumnData, rows: &[u32], fresh: &[bool]) {
        if let (ColumnData::Json(values), Some(shape)) = (data, kind.fields().get(field.0 as usize).map(|f| f.shape))
            && shape != Shape::Json
        {
            for (place, value) in values {
                let at = *place as usize;
                if let (Some(&row), Some(true)) = (rows.get(at), fresh.get(at)) {
                    self.put(kind, row, field, &shaped(shape, value.clone()));
                }
            }
            return;
        }
        // The block's dictionaries in terms of this data set.
        let targets: Vec<u32> = match (data, kind.fields().get(field.0 as usize).map(|f| f.shape)) {
            (ColumnData::Ref { ids, .. }, Some(Shape::Ref(target))) => {
                let targets = self.data.table_mut(target).ensure_all(ids);
                self.erased |= targets.iter().any(|&to| self.data.table(target).is_erased(to));
                targets
            }
            (ColumnData::Lines(lines), _) => self.data.table_mut(Kind::Product).ensure_all(&lines.ids),
            _ => Vec::new(),
        };
        let target = |code: u32| code.checked_sub(1).and_then(|i| targets.get(i as usize)).copied().unwrap_or(NONE);
        let Some(column) = self.data.table_mut(kind).columns.get_mut(field.0 as usize) else { return };
        let places = rows.iter().copied().enumerate().zip(fresh).filter(|(_, fresh)| **fresh).map(|(place, _)| place);
        match (column, data) {
            (Column::Text(c), ColumnData::Text { ends, text }) => {
                c.reserve(rows.len(), text.len());
                places.for_each(|(i, row)| c.set(row, text.get(range(ends, i)).unwrap_or("")));
            }
            (Column::Symbol(c), ColumnData::Symbol { names, codes }) => {
                let mut mapped = vec![0];
                mapped.extend(names.iter().map(|name| c.intern(name)));
                let code = |i: usize| codes.get(i).and_then(|code| mapped.get(*code as usize)).copied().unwrap_or(0);
                places.for_each(|(i, row)| c.set_code(row, code(i)));
            }
            (Column::Bool(c), ColumnData::Bool(v)) => {
                places.for_each(|(i, row)| set(c, row, v.get(i).copied().unwrap_or(0)));
            }
            (Column::Int(c), ColumnData::Int(v)) => {
                places.for_each(|(i, row)| set(c, row, v.get(i).copied().unwrap_or(NULL_INT)));
            }
            (Column::Ref(_, c), ColumnData::Ref { codes, .. }) => {
                places.for_each(|(i, row)| set(c, row, codes.get(i).map_or(NONE, |code| target(*code))));
            }
            (Column::Lines(c), ColumnData::Lines(lines)) => {
                c.reserve(rows.len(), lines.totals.len());
                let products: Vec<u32> = lines.products.iter().map(|code| target(*code)).collect();
                for (i, row) in places {
                    let range = range(&lines.ends, i);
                    let products = products.get(range.clone()).unwrap_or_default();
                    c.set(row, LinesView { products, ..view(lines, range) });
                }
            }
            (Column::Json(c), data) => {
                for (i, row) in places {
                    match data.value(u32::try_from(i).unwrap_or(NONE)) {
                        Value::Null => {}
                        value => drop(c.insert(row, value)),
                    }
                }
            }
            // `check` has refused columns that do not fit.
            _ => {}
        }
    }

    /// Merges the rows of records that are known already, field by field.
    fn merge_known(&mut self, block: &RowsBlock, rows: &[u32], fresh: &[bool], codes: &[u32]) {
        let known = self.known_commits(block);
        for (i, ((&row, &fresh), &commit)) in (0..).zip(rows.iter().zip(fresh).zip(codes)) {
            if fresh || commit == NONE || self.data.table(block.kind).is_erased(row) {
                continue;
            }
            self.raise_record(block.kind, row, commit);
            for (name, value, exception) in statements(block, i, exceptions_of(block, i)) {
                let Some(field) = self.data.table_mut(block.kind).learn(name) else { continue };
                let by = exception.map_or(commit, |e| known(e.code));
                let word = exception.and_then(|e| Some((known(e.imported_by), e.imported.clone()?)));
                self.join(block.kind, row, field, &value, by, word);
            }
        }
    }

    /// A record made twice, by two who did not know of each other, counts as made by the later commit: then the fields of the
    /// earlier one are the exceptions.
    fn raise_record(&mut self, kind: Kind, row: u32, commit: u32) {
        let stamp = |at: u32| self.data.commit(at).map(|c| c.stamp);
        let Some(before) = self.data.table(kind).record_commit(row) else { return };
        if stamp(before) >= stamp(commit) {
            return;
        }
        let table = self.data.table(kind);
        let fields = table.fields().map(|(field, _)| field);
        let written: Vec<Field> = fields.filter(|&field| table.field_commit(row, field) == Some(before)).collect();
        let table = self.data.table_mut(kind);
        for field in written {
            table.exceptions.entry((row, field)).or_insert(Exception {
                commit: before,
                imported: None,
                imported_by: NONE,
            });
        }
        table.set_record_commit(row, commit);
        self.mark(kind, row, What::Whole);
    }

    /// Merges one field: the later stamp wins, the later word of an order file is remembered.
    fn join(&mut self, kind: Kind, row: u32, field: Field, value: &Value, by: u32, word: Option<(u32, Value)>) {
        let Some(&Commit { stamp, class, .. }) = self.data.commit(by) else { return };
        let said = word.as_ref().and_then(|(by, value)| Some(Written { stamp: self.data.commit(*by)?.stamp, value }));
        let theirs = Theirs { stamp, class, value, word: said };
        let judged = self.data.judge(kind, row, field, &theirs);
        if !judged.takes && !judged.takes_word {
            return;
        }
        let their_word = if class == Class::Import { Some((by, value.clone())) } else { word };
        let word = if judged.takes_word { their_word } else { self.data.word(kind, row, field) };
        self.mark(kind, row, What::Field(field));
        let by = if judged.takes { Some(by) } else { self.data.table(kind).field_commit(row, field) };
        if judged.takes {
            self.put(kind, row, field, value);
        }
        if let Some(by) = by {
            let is_import = self.data.commit(by).is_some_and(|c| c.class == Class::Import);
            // What an import wrote is its own word.
            let word = word.filter(|(said_by, _)| !(is_import && *said_by == by));
            self.data.table_mut(kind).set_field_commit(row, field, by, word);
        }
        self.mark(kind, row, What::Field(field));
    }

    /// Takes note of what a merge tells beside its rows.
    fn heard_of(&mut self, merged: &Merged) {
        self.data.vector.join(&merged.vector);
        for &(stamp, class, undoes) in &merged.commits {
            let undoes = undoes.and_then(|of| self.data.by_stamp.get(&of).copied());
            if !self.data.by_stamp.contains_key(&stamp) {
                add_commit(self.data, Commit { stamp, seq: 0, class, undoes, undone: false });
            }
        }
    }

    fn put_exceptions(&mut self, block: &RowsBlock, rows: &[u32], fresh: &[bool]) {
        let known = self.known_commits(block);
        for exception in &block.exceptions {
            let at = exception.row as usize;
            let (Some(&row), Some(true)) = (rows.get(at), fresh.get(at)) else { continue };
            let Some(field) = self.data.table_mut(block.kind).learn(&exception.name) else { continue };
            let commit = known(exception.code);
            if commit == NONE {
                continue;
            }
            let (imported, imported_by) = (exception.imported.clone(), known(exception.imported_by));
            let exception = Exception { commit, imported, imported_by };
            self.data.table_mut(block.kind).exceptions.insert((row, field), exception);
        }
    }

    /// The block's commit codes as indices into the data set's commits; [`NONE`] for none.
    fn known_commits(&mut self, block: &RowsBlock) -> impl Fn(u32) -> u32 + use<> {
        let this = self.commit;
        let known: Vec<u32> = block.commits.iter().map(|&(stamp, class)| self.commit_index(stamp, class)).collect();
        move |code| match code {
            CODE_PLACEHOLDER => NONE,
            CODE_THIS => this,
            code => known.get((code - CODE_FIRST) as usize).copied().unwrap_or(NONE),
        }
    }
}

/// The rows of a block that tell of an erased record.
fn gone_rows(block: &RowsBlock) -> Vec<u32> {
    let marks = block.columns.iter().find(|c| c.name == ERASED).map(|c| &c.data);
    if let Some(ColumnData::Json(marks)) = marks { marks.iter().map(|(row, _)| *row).collect() } else { Vec::new() }
}

fn set<T>(column: &mut [T], row: u32, value: T) {
    if let Some(slot) = column.get_mut(row as usize) {
        *slot = value;
    }
}

fn view(lines: &LinesData, range: std::ops::Range<usize>) -> LinesView<'_> {
    LinesView {
        products: lines.products.get(range.clone()).unwrap_or_default(),
        quantities: lines.quantities.get(range.clone()).unwrap_or_default(),
        prices: lines.prices.get(range.clone()).unwrap_or_default(),
        totals: lines.totals.get(range).unwrap_or_default(),
    }
}

/// Reads the settings anew from their records; what is missing, deleted or unreadable takes its default.
pub(super) fn read_settings(data: &mut Dataset) {
    let table = data.table(Kind::Setting);
    let Ok(serde_json::Value::Object(mut fields)) = serde_json::to_value(Settings::default()) else { return };
    let defaults = fields.clone();
    for (name, value) in &mut fields {
        let row = table.row(Id::from_key(Kind::Setting, "", name)).filter(|&row| table.is_live(row));
        if let Some(stored) = row.and_then(|row| table.json(row, setting::VALUE)) {
            // Try each alone: one unreadable setting must not take the others with it.
            let mut alone = defaults.clone();
            alone.insert(name.clone(), stored.clone());
            if serde_json::from_value::<Settings>(alone.into()).is_ok() {
                *value = stored.clone();
            }
        }
    }
    data.settings = serde_json::from_value(fields.into()).unwrap_or_default();
}
