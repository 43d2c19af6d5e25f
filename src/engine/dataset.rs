//! The data set in memory: one table per kind, the commits that wrote them, the settings. Only [`Dataset::apply`]
//! changes it, and only by change sets; the same change sets in the same order make the same rows.

use std::cell::Cell;

use rustc_hash::FxHashMap;

use super::column::{Column, LinesView};
use super::rows::{Class, Commit, DecodedBlock};
use super::table::Table;
pub use super::touched::Touched;
use crate::domain::{
    ChangeSet, CivilTime, Currency, Day, Field, Id, Kind, Line, OrderKind, Seq, Settings, Stamp, Value, customer,
    order, setting,
};
use crate::sync::vector::Vector;

/// Rows of one state block (see `engine::book`): row `n` belongs to chunk `n / CHUNK_ROWS`.
pub const CHUNK_ROWS: u32 = 65_536;

#[derive(Clone, Debug)]
pub struct Dataset {
    /// In the order of [`Kind::ALL`].
    tables: [Table; Kind::COUNT],
    pub(super) commits: Vec<Commit>,
    pub(super) by_stamp: FxHashMap<Stamp, u32>,
    pub(super) settings: Settings,
    /// All commits ever applied or heard of.
    pub(super) vector: Vector,
    /// Per customer row, the row of who stands for them; empty where nobody was merged (see `engine::merged`).
    pub(super) merged: Vec<u32>,
    /// Journal entry applied last.
    pub(super) seq: Seq,
    /// Per kind and chunk, the journal entry that touched it last.
    pub(super) chunk_seqs: FxHashMap<(Kind, u32), Seq>,
    /// How far the clock on the wall here is ahead of UTC: by it the moment of a commit falls on a day.
    ahead_minutes: Cell<i32>,
}

impl Default for Dataset {
    fn default() -> Self {
        Self::new()
    }
}

/// Orders by their typed fields. Derefs to the table for everything else.
#[derive(Clone, Copy)]
pub struct Orders<'a>(&'a Table);

impl std::ops::Deref for Orders<'_> {
    type Target = Table;
    fn deref(&self) -> &Table {
        self.0
    }
}

impl<'a> Orders<'a> {
    /// Civil milliseconds, `NULL_INT` where not known.
    #[must_use]
    pub fn at(self) -> &'a [i64] {
        self.0.ints(order::AT)
    }

    /// Rows of the customer table, [`NONE`] for an anonymous order.
    #[must_use]
    pub fn customer(self) -> &'a [u32] {
        self.0.refs(order::CUSTOMER)
    }

    /// [`OrderKind`] of a row; a kind this version does not know counts as an adjustment.
    #[must_use]
    pub fn kind_of(self, row: u32) -> OrderKind {
        match self.0.text(row, order::ORDER_KIND) {
            "" => OrderKind::Purchase,
            name => OrderKind::from_name(name).unwrap_or(OrderKind::Adjustment),
        }
    }

    #[must_use]
    pub fn currency(self, row: u32) -> Option<Currency> {
        Currency::parse(self.0.text(row, order::CURRENCY))
    }

    #[must_use]
    pub fn lines_of(self, row: u32) -> LinesView<'a> {
        self.0.lines(row, order::LINES)
    }

    #[must_use]
    pub fn day(self, row: u32) -> Option<Day> {
        self.0.int(row, order::AT).map(|at| crate::domain::CivilTime(at).day())
    }
}

impl Dataset {
    #[must_use]
    pub fn new() -> Self {
        Self {
            tables: std::array::from_fn(|at| Table::new(Kind::ALL[at])),
            commits: Vec::new(),
            by_stamp: FxHashMap::default(),
            settings: Settings::default(),
            vector: Vector::default(),
            merged: Vec::new(),
            seq: 0,
            ahead_minutes: Cell::new(0),
            chunk_seqs: FxHashMap::default(),
        }
    }

    #[must_use]
    pub fn table(&self, kind: Kind) -> &Table {
        &self.tables[kind as usize]
    }

    pub(super) fn table_mut(&mut self, kind: Kind) -> &mut Table {
        &mut self.tables[kind as usize]
    }

    #[must_use]
    pub fn customers(&self) -> &Table {
        self.table(Kind::Customer)
    }

    #[must_use]
    pub fn products(&self) -> &Table {
        self.table(Kind::Product)
    }

    #[must_use]
    pub fn orders(&self) -> Orders<'_> {
        Orders(self.table(Kind::Order))
    }

    #[must_use]
    pub fn interactions(&self) -> &Table {
        self.table(Kind::Interaction)
    }

    /// What customers said.
    #[must_use]
    pub fn responses(&self) -> &Table {
        self.table(Kind::Response)
    }

    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    #[must_use]
    pub fn commits(&self) -> &[Commit] {
        &self.commits
    }

    /// The commits that this book has seen, those whose every word was overwritten included.
    #[must_use]
    pub fn vector(&self) -> &Vector {
        &self.vector
    }

    /// Takes note of a commit. No field ever carries the stamp of a merge, so nobody needs to hear of it: or two who read each
    /// other's files would have news for ever.
    pub(super) fn note_seen(&mut self, stamp: Stamp, class: Class) {
        if class != Class::Merge {
            self.vector.see(stamp);
        }
    }

    /// Counts every commit that the data refer to as seen: after they were put together without a manifest.
    pub(super) fn see_all_commits(&mut self) {
        for at in 0..self.commits.len() {
            if let Some(Commit { stamp, class, .. }) = self.commits.get(at).copied() {
                self.note_seen(stamp, class);
            }
        }
    }

    /// Journal entry applied last; 0 for an empty book.
    #[must_use]
    pub fn seq(&self) -> Seq {
        self.seq
    }

    #[must_use]
    pub fn commit(&self, index: u32) -> Option<&Commit> {
        self.commits.get(index as usize)
    }

    /// Sets how far the clock on the wall is ahead of UTC.
    pub fn set_ahead_minutes(&self, minutes: i32) {
        self.ahead_minutes.set(minutes);
    }

    /// The day on the wall calendar on which a commit was made.
    #[must_use]
    pub fn day_of(&self, stamp: Stamp) -> Option<Day> {
        let utc_ms = i64::try_from(stamp.unix_ms()).ok()?;
        Some(CivilTime(utc_ms.saturating_add(i64::from(self.ahead_minutes.get()) * 60_000)).day())
    }

    /// When and by whom the record was made.
    #[must_use]
    pub fn added(&self, kind: Kind, row: u32) -> Option<Stamp> {
        Some(self.commit(self.table(kind).record_commit(row)?)?.stamp)
    }

    /// When and by whom the record was changed last.
    #[must_use]
    pub fn changed(&self, kind: Kind, row: u32) -> Option<Stamp> {
        let table = self.table(kind);
        let fields = table.fields().filter_map(|(field, _)| table.field_commit(row, field));
        fields.chain(table.record_commit(row)).filter_map(|c| Some(self.commit(c)?.stamp)).max()
    }

    /// When and by whom the field was written last; `None` where nobody ever did.
    #[must_use]
    pub fn field_stamp(&self, kind: Kind, row: u32, field: Field) -> Option<Stamp> {
        Some(self.commit(self.table(kind).field_commit(row, field)?)?.stamp)
    }

    /// A field as it travels.
    #[must_use]
    pub fn value(&self, kind: Kind, row: u32, field: Field) -> Value {
        let table = self.table(kind);
        match table.column(field) {
            None => Value::Null,
            Some(Column::Text(c)) => c.get(row).into(),
            Some(Column::Symbol(c)) => c.get(row).into(),
            Some(Column::Bool(c)) => match c.get(row as usize) {
                Some(1) => Value::Bool(false),
                Some(2) => Value::Bool(true),
                _ => Value::Null,
            },
            Some(Column::Int(_)) => table.int(row, field).into(),
            Some(Column::Ref(target, written)) => {
                written.get(row as usize).and_then(|r| self.table(*target).id(*r)).into()
            }
            Some(Column::Lines(c)) => {
                let view = c.get(row);
                if view.is_empty() { Value::Null } else { Value::Lines(self.lines_value(view)) }
            }
            Some(Column::Json(c)) => c.get(&row).cloned().unwrap_or(Value::Null),
        }
    }

    /// Lines with their products' ids.
    #[must_use]
    pub fn lines_value(&self, view: LinesView<'_>) -> Vec<Line> {
        let parts = view.products.iter().zip(view.quantities).zip(view.prices).zip(view.totals);
        let line = |(((&product, &quantity_milli), &unit_price_e4), &total_minor)| Line {
            product: self.products().id(product),
            quantity_milli,
            unit_price_e4,
            total_minor,
        };
        parts.map(line).collect()
    }

    /// The kind and row of a record, live or not. Ids are unique over all kinds.
    #[must_use]
    pub fn find(&self, id: Id) -> Option<(Kind, u32)> {
        Kind::ALL.iter().find_map(|&kind| {
            let row = self.table(kind).row(id)?;
            self.table(kind).exists(row).then_some((kind, row))
        })
    }

    /// A customer's display name: the name, or else the key.
    #[must_use]
    pub fn customer_name(&self, row: u32) -> &str {
        match self.customers().text(row, customer::NAME) {
            "" => self.customers().text(row, customer::KEY),
            name => name,
        }
    }

    /// The value of a setting record that is not part of [`Settings`] (a remembered mapping).
    #[must_use]
    pub fn setting(&self, name: &str) -> Option<&serde_json::Value> {
        let table = self.table(Kind::Setting);
        let row = table.row(Id::from_key(Kind::Setting, "", name)).filter(|&row| table.is_live(row))?;
        table.json(row, setting::VALUE)
    }

    /// How many records were erased for good.
    #[must_use]
    pub fn erased(&self) -> u64 {
        Kind::ALL.iter().map(|&kind| self.table(kind).erased() as u64).sum()
    }

    /// Memory held, roughly.
    #[must_use]
    pub fn memory_bytes(&self) -> usize {
        Kind::ALL.iter().map(|&k| self.table(k).memory_bytes()).sum::<usize>()
            + self.commits.capacity() * size_of::<Commit>()
            + self.by_stamp.capacity() * size_of::<(Stamp, u32)>()
    }

    /// Any live record besides settings?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        Kind::ALL.iter().all(|&kind| kind == Kind::Setting || self.table(kind).live().next().is_none())
    }

    /// Any live record that the demo brought, settings aside?
    #[must_use]
    pub fn has_demo(&self) -> bool {
        self.rows_of_class(Class::Demo).any(|(kind, _)| kind != Kind::Setting)
    }

    /// Live records that a commit of this class made, by kind and row.
    pub fn rows_of_class(&self, class: Class) -> impl Iterator<Item = (Kind, u32)> + '_ {
        // Few commits are of one class: comparing their places is all that a row of a large book costs.
        let commits: Vec<u32> = (0..).zip(&self.commits).filter(|(_, c)| c.class == class).map(|(at, _)| at).collect();
        let kinds: &[Kind] = if commits.is_empty() { &[] } else { Kind::ALL };
        kinds.iter().flat_map(move |&kind| {
            let (table, commits) = (self.table(kind), commits.clone());
            let of_class = move |row: &u32| table.record_commit(*row).is_some_and(|c| commits.contains(&c));
            (0..table.len()).filter(of_class).filter(|&row| table.is_live(row)).map(move |row| (kind, row))
        })
    }
}

/// Why a change set cannot be applied. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    pub kind: Kind,
    pub field: String,
}

impl Dataset {
    /// Applies one commit: its blocks in order, then its changes; per field the later stamp wins, so that applying
    /// a commit twice is the same as once. `seq` is its journal entry. `blocks` are those that it names.
    ///
    /// # Errors
    /// A value or column that does not fit its field's shape; nothing was changed then.
    pub fn apply(&mut self, set: &ChangeSet, seq: Seq, blocks: &[DecodedBlock]) -> Result<Touched, Misfit> {
        super::apply::apply(self, set, seq, blocks)
    }
}

#[cfg(test)]
mod tests {
    use super::super::column::NONE;
    use super::super::rows::BlockBuilder;
    use super::*;
    use crate::domain::{Action, Change, DeviceId, Origin, product};

    fn set(time: u64, origin: Origin, changes: Vec<Change>) -> ChangeSet {
        ChangeSet { stamp: Stamp { time, device: DeviceId(1) }, origin, changes, blocks: Vec::new() }
    }

    fn import() -> Origin {
        Origin::Import { source: "shop".into(), file: "a.csv".into(), rows: 1 }
    }

    fn hand() -> Origin {
        Origin::Hand { what: Action::Edit(Kind::Customer) }
    }

    fn change(kind: Kind, id: Id, field: &str, value: impl Into<Value>) -> Change {
        Change { kind, id, field: field.into(), value: value.into(), was: Value::Null }
    }

    #[test]
    fn blocks_and_changes_build_tables_that_read_back() {
        let (ann, tea) = (Id(1), Id(2));
        let lines = vec![Line { product: Some(tea), quantity_milli: 2_000, unit_price_e4: 15_000, total_minor: 300 }];
        let mut orders = BlockBuilder::new(Kind::Order);
        orders.row(Id(10));
        orders.set(order::CUSTOMER, ann);
        orders.set(order::AT, 86_400_000i64);
        orders.set(order::CURRENCY, "GBP");
        orders.set(order::LINES, lines.clone());
        orders.row(Id(11));
        let mut customers = BlockBuilder::new(Kind::Customer);
        customers.row(ann);
        customers.set(customer::NAME, "Ann");

        let mut data = Dataset::new();
        let blocks = [DecodedBlock::Rows(orders.finish()), DecodedBlock::Rows(customers.finish())];
        let touched = data.apply(&set(1, import(), vec![]), 1, &blocks).unwrap();
        assert_eq!(touched.kinds, [Kind::Customer, Kind::Order]);
        assert_eq!(data.customers().live().count(), 1);
        let row = data.orders().row(Id(10)).unwrap();
        assert_eq!(data.orders().customer()[row as usize], data.customers().row(ann).unwrap());
        assert_eq!(data.orders().lines_of(row).total_minor(), 300);
        assert_eq!(data.orders().day(row), Some(Day(1)));
        assert_eq!(data.value(Kind::Order, row, order::LINES), Value::Lines(lines));
        let bare = data.orders().row(Id(11)).unwrap();
        assert_eq!((data.orders().customer()[bare as usize], data.orders().kind_of(bare)), (NONE, OrderKind::Purchase));
        let placeholder = data.products().row(tea).unwrap();
        assert!(!data.products().exists(placeholder) && data.products().live().next().is_none());

        data.apply(&set(2, hand(), vec![change(Kind::Product, tea, "name", "Tea")]), 2, &[]).unwrap();
        assert_eq!(data.products().text(placeholder, product::NAME), "Tea");
    }

    #[test]
    fn the_later_stamp_wins_and_the_word_of_the_file_is_kept_beside_it() {
        let mut data = Dataset::new();
        let ann = Id(1);
        data.apply(&set(5, import(), vec![change(Kind::Customer, ann, "phone", "1")]), 1, &[]).unwrap();
        data.apply(&set(7, hand(), vec![change(Kind::Customer, ann, "phone", "2")]), 2, &[]).unwrap();
        data.apply(&set(6, hand(), vec![change(Kind::Customer, ann, "phone", "3")]), 3, &[]).unwrap();
        let phone = |data: &Dataset| data.customers().text(0, customer::PHONE).to_owned();
        assert_eq!(phone(&data), "2");
        let shadow =
            |data: &Dataset| data.customers().exceptions.get(&(0, customer::PHONE)).and_then(|e| e.imported.clone());
        assert_eq!(shadow(&data), Some("1".into()));
        data.apply(&set(8, import(), vec![change(Kind::Customer, ann, "phone", "4")]), 4, &[]).unwrap();
        assert_eq!((phone(&data), shadow(&data)), ("4".into(), None));
    }

    #[test]
    fn unknown_fields_are_kept_and_misfits_refused_whole() {
        let mut data = Dataset::new();
        let good = change(Kind::Customer, Id(1), "shoe_size", 42i64);
        let bad = change(Kind::Customer, Id(1), "name", 42i64);
        let misfit = Misfit { kind: Kind::Customer, field: "name".into() };
        assert_eq!(data.apply(&set(1, hand(), vec![good.clone(), bad]), 1, &[]), Err(misfit));
        assert!(data.customers().is_empty());
        data.apply(&set(1, hand(), vec![good]), 1, &[]).unwrap();
        let field = data.customers().field("shoe_size").unwrap();
        assert_eq!(data.value(Kind::Customer, 0, field), Value::Int(42));
    }

    #[test]
    fn a_deleted_setting_returns_to_its_default() {
        let mut data = Dataset::new();
        let id = Id::from_key(Kind::Setting, "", "default_margin_bp");
        let value = Value::Json(serde_json::json!(2_500));
        data.apply(&set(1, hand(), vec![Change { value, ..change(Kind::Setting, id, "value", Value::Null) }]), 1, &[])
            .unwrap();
        assert_eq!(data.settings().default_margin_bp, 2_500);
        data.apply(&set(2, hand(), vec![change(Kind::Setting, id, "deleted", true)]), 2, &[]).unwrap();
        assert_eq!(data.settings(), &Settings::default());
    }
}
