//! Rows on their way between tables and blocks: columns with dictionaries of their own, so that a block makes sense
//! without the data set that it came from.

use super::column::NULL_INT;
pub use crate::domain::Class;
use crate::domain::{Change, Field, Id, Kind, Line, Shape, Stamp, Value};
use rustc_hash::FxHashMap;

/// One commit as the data set remembers it: what a stamp index means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Commit {
    pub stamp: Stamp,
    /// Its journal entry; 0 for a commit known only from a block.
    pub seq: u64,
    pub class: Class,
    /// Of an undo: index of the commit that it took back.
    pub undoes: Option<u32>,
    /// Taken back, and not restored since.
    pub undone: bool,
}

/// The content of a block, decoded.
#[derive(Clone, Debug, PartialEq)]
pub enum DecodedBlock {
    Rows(RowsBlock),
    /// A change list too long for the journal entry.
    Changes(Vec<Change>),
    /// The commits of the data set, in index order.
    Commits(Vec<Commit>),
    /// What a merge did.
    Merged(Box<super::merge::Merged>),
}

/// The row is only referred to.
pub const CODE_PLACEHOLDER: u32 = 0;
/// The commit is the one whose journal entry names the block.
pub const CODE_THIS: u32 = 1;
/// Further codes index the block's own list of commits.
pub const CODE_FIRST: u32 = 2;

#[derive(Clone, Debug, PartialEq)]
pub struct RowsBlock {
    pub kind: Kind,
    pub ids: Vec<Id>,
    pub commits: Vec<(Stamp, Class)>,
    /// Per row: [`CODE_PLACEHOLDER`], [`CODE_THIS`] or [`CODE_FIRST`] + index into `commits`.
    pub codes: Vec<u32>,
    pub columns: Vec<BlockColumn>,
    pub exceptions: Vec<BlockException>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct BlockColumn {
    pub name: String,
    pub data: ColumnData,
}

/// A field that another commit than the record's wrote last.
#[derive(Clone, Debug, PartialEq)]
pub struct BlockException {
    pub row: u32,
    pub name: String,
    pub code: u32,
    pub imported: Option<Value>,
    /// Of that word; [`CODE_PLACEHOLDER`] where there is none.
    pub imported_by: u32,
}

/// One field of every row of the block.
#[derive(Clone, Debug, PartialEq)]
pub enum ColumnData {
    /// Row `i` is `bytes[ends[i - 1]..ends[i]]`.
    Text {
        ends: Vec<u32>,
        text: String,
    },
    /// Code 0 is null, the others index `names` from 1.
    Symbol {
        names: Vec<String>,
        codes: Vec<u32>,
    },
    /// 0 null, 1 false, 2 true.
    Bool(Vec<u8>),
    /// [`NULL_INT`] is null.
    Int(Vec<i64>),
    /// Code 0 is null, the others index `ids` from 1.
    Ref {
        ids: Vec<Id>,
        codes: Vec<u32>,
    },
    Lines(LinesData),
    /// Row and value, by ascending row.
    Json(Vec<(u32, Value)>),
}

/// Row `i` has the lines `ends[i - 1]..ends[i]`; product code 0 is none, the others index `ids` from 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LinesData {
    pub ends: Vec<u32>,
    pub ids: Vec<Id>,
    pub products: Vec<u32>,
    pub quantities: Vec<i64>,
    pub prices: Vec<i64>,
    pub totals: Vec<i64>,
}

/// The range of row `i` under running ends.
#[must_use]
pub fn range(ends: &[u32], i: usize) -> std::ops::Range<usize> {
    let start = i.checked_sub(1).and_then(|p| ends.get(p)).copied().unwrap_or(0) as usize;
    start..ends.get(i).map_or(start, |e| *e as usize)
}

fn coded<T: Clone>(dictionary: &[T], code: u32) -> Option<T> {
    dictionary.get((code as usize).checked_sub(1)?).cloned()
}

impl ColumnData {
    #[must_use]
    pub fn value(&self, row: u32) -> Value {
        let i = row as usize;
        match self {
            Self::Text { ends, text } => text.get(range(ends, i)).unwrap_or("").into(),
            Self::Symbol { names, codes } => codes.get(i).and_then(|c| coded(names, *c)).into(),
            Self::Bool(c) => match c.get(i) {
                Some(1) => Value::Bool(false),
                Some(2) => Value::Bool(true),
                _ => Value::Null,
            },
            Self::Int(c) => c.get(i).copied().filter(|n| *n != NULL_INT).into(),
            Self::Ref { ids, codes } => codes.get(i).and_then(|c| coded(ids, *c)).into(),
            Self::Lines(l) => {
                let line = |at: usize| {
                    Some(Line {
                        product: coded(&l.ids, *l.products.get(at)?),
                        quantity_milli: *l.quantities.get(at)?,
                        unit_price_e4: *l.prices.get(at)?,
                        total_minor: *l.totals.get(at)?,
                    })
                };
                let lines: Vec<Line> = range(&l.ends, i).filter_map(line).collect();
                if lines.is_empty() { Value::Null } else { Value::Lines(lines) }
            }
            Self::Json(c) => c
                .binary_search_by_key(&row, |(r, _)| *r)
                .ok()
                .and_then(|at| c.get(at))
                .map_or(Value::Null, |(_, v)| v.clone()),
        }
    }

    /// Whether a schema field of this shape can take the column.
    #[must_use]
    pub fn fits(&self, shape: Shape) -> bool {
        matches!(
            (self, shape),
            (Self::Text { .. }, Shape::Text)
                | (Self::Symbol { .. }, Shape::Symbol)
                | (Self::Bool(_), Shape::Bool)
                | (Self::Int(_), Shape::Int)
                | (Self::Ref { .. }, Shape::Ref(_))
                | (Self::Lines(_), Shape::Lines)
                | (Self::Json(_), Shape::Json)
        )
    }
}

/// Whether a field of this shape can take the value. Null fits everywhere, a free-form field takes everything.
#[must_use]
pub fn fits(shape: Shape, value: &Value) -> bool {
    matches!(
        (shape, value),
        (_, Value::Null)
            | (Shape::Json, _)
            | (Shape::Text | Shape::Symbol, Value::Text(_))
            | (Shape::Bool, Value::Bool(_))
            | (Shape::Int, Value::Int(_))
            | (Shape::Ref(_), Value::Ref(_))
            | (Shape::Lines, Value::Lines(_))
    )
}

/// A free-form value as a field of this shape: what a version that did not know the field yet kept of it. Null where it does
/// not fit.
#[must_use]
pub fn shaped(shape: Shape, value: Value) -> Value {
    let value = match (shape, value) {
        (Shape::Json, value) => return value,
        (Shape::Ref(_), Value::Json(json)) => json.as_str().and_then(Id::parse).into(),
        (_, Value::Json(serde_json::Value::String(text))) => text.into(),
        (_, Value::Json(serde_json::Value::Number(n))) => n.as_i64().into(),
        (_, Value::Json(serde_json::Value::Bool(b))) => b.into(),
        (_, value) => value,
    };
    if fits(shape, &value) { value } else { Value::Null }
}

/// A dictionary that grows while codes are given out; code 0 stays free for null.
struct Dictionary<T> {
    items: Vec<T>,
    codes: FxHashMap<T, u32>,
}

impl<T: Clone + Eq + std::hash::Hash> Dictionary<T> {
    fn new() -> Self {
        Self { items: Vec::new(), codes: FxHashMap::default() }
    }

    fn code(&mut self, item: &T) -> u32 {
        if let Some(code) = self.codes.get(item) {
            return *code;
        }
        self.items.push(item.clone());
        let code = u32::try_from(self.items.len()).unwrap_or(0);
        self.codes.insert(item.clone(), code);
        code
    }
}

enum Build {
    Text { ends: Vec<u32>, text: String },
    Symbol(Dictionary<String>, Vec<u32>),
    Bool(Vec<u8>),
    Int(Vec<i64>),
    Ref(Dictionary<Id>, Vec<u32>),
    Lines(Dictionary<Id>, LinesData),
    Json(Vec<(u32, Value)>),
}

/// Builds a block of new records row by row, for imports and the demo. All rows belong to the commit that will name
/// the block. [`Self::row`] begins a record, [`Self::set`] fills its fields; what is not set is null.
pub struct BlockBuilder {
    kind: Kind,
    ids: Vec<Id>,
    commits: Dictionary<(Stamp, Class)>,
    codes: Vec<u32>,
    exceptions: Vec<BlockException>,
    columns: Vec<Option<Build>>,
    /// Fields that the schema does not know.
    extra: Vec<(String, Build)>,
    lines: usize,
    text_bytes: usize,
}

/// Rows of a block at most.
pub const MAX_ROWS: usize = 65_536;
/// Order lines after which a builder counts as full.
const FULL_LINES: usize = 400_000;
/// Bytes of text after which a builder counts as full.
const FULL_TEXT: usize = 8_000_000;

impl BlockBuilder {
    #[must_use]
    pub fn new(kind: Kind) -> Self {
        Self {
            kind,
            ids: Vec::new(),
            commits: Dictionary::new(),
            codes: Vec::new(),
            exceptions: Vec::new(),
            columns: kind.fields().iter().map(|_| None).collect(),
            extra: Vec::new(),
            lines: 0,
            text_bytes: 0,
        }
    }

    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Time to [`Self::finish`] this one and begin the next.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.ids.len() >= MAX_ROWS || self.lines >= FULL_LINES || self.text_bytes >= FULL_TEXT
    }

    /// Begins a record.
    pub fn row(&mut self, id: Id) {
        self.ids.push(id);
        self.codes.push(CODE_THIS);
    }

    /// Begins a record of another commit than the one that will name the block.
    pub fn row_of(&mut self, id: Id, commit: (Stamp, Class)) {
        self.ids.push(id);
        let code = self.commit_code(commit);
        self.codes.push(code);
    }

    fn commit_code(&mut self, commit: (Stamp, Class)) -> u32 {
        // A dictionary's codes start at 1.
        self.commits.code(&commit) + CODE_FIRST - 1
    }

    /// Says that another commit wrote a field of the record begun last, and what an order file had said there.
    pub fn except(&mut self, name: &str, commit: (Stamp, Class), word: Option<((Stamp, Class), Value)>) {
        let Some(row) = self.ids.len().checked_sub(1).and_then(|row| u32::try_from(row).ok()) else { return };
        let code = self.commit_code(commit);
        let (imported_by, imported) = match word {
            Some((by, value)) => (self.commit_code(by), Some(value)),
            None => (CODE_PLACEHOLDER, None),
        };
        self.exceptions.push(BlockException { row, name: name.to_owned(), code, imported, imported_by });
    }

    /// [`Self::set`] by name, for any field.
    pub fn set_named(&mut self, name: &str, value: Value) {
        if let Some(field) = self.kind.field(name) {
            return self.set(field, value);
        }
        let Some(row) = self.ids.len().checked_sub(1).filter(|_| value != Value::Null) else { return };
        let at = self.extra.iter().position(|(n, _)| n == name).unwrap_or_else(|| {
            self.extra.push((name.to_owned(), Build::new(Shape::Json)));
            self.extra.len() - 1
        });
        if let Some((_, build)) = self.extra.get_mut(at) {
            build.push(row, value);
        }
    }

    /// Sets a field of the record begun last. Fields of the schema only; a value that does not fit its shape is
    /// a mistake of the caller and left out.
    pub fn set(&mut self, field: Field, value: impl Into<Value>) {
        let value = value.into();
        let Some(spec) = self.kind.fields().get(field.0 as usize) else { return };
        debug_assert!(fits(spec.shape, &value), "{} of {:?} cannot be {value:?}", spec.name, self.kind);
        let (Some(row), Some(slot)) = (self.ids.len().checked_sub(1), self.columns.get_mut(field.0 as usize)) else {
            return;
        };
        if value == Value::Null || !fits(spec.shape, &value) {
            return;
        }
        let build = slot.get_or_insert_with(|| Build::new(spec.shape));
        build.pad(row);
        match &value {
            Value::Text(text) => self.text_bytes += text.len(),
            Value::Lines(lines) => self.lines += lines.len(),
            _ => {}
        }
        build.push(row, value);
    }

    /// The block, ready to be encoded or applied.
    #[must_use]
    pub fn finish(self) -> RowsBlock {
        let rows = self.ids.len();
        let columns = self.columns.into_iter().zip(self.kind.fields());
        let columns = columns.filter_map(|(build, spec)| Some((build?, spec)));
        let known = columns.map(|(build, spec)| (spec.name.to_owned(), build));
        let columns = known.chain(self.extra).map(|(name, mut build)| {
            build.pad(rows);
            BlockColumn { name, data: build.finish() }
        });
        RowsBlock {
            kind: self.kind,
            columns: columns.collect(),
            commits: self.commits.items,
            codes: self.codes,
            exceptions: self.exceptions,
            ids: self.ids,
        }
    }
}

impl Build {
    fn new(shape: Shape) -> Self {
        match shape {
            Shape::Text => Self::Text { ends: Vec::new(), text: String::new() },
            Shape::Symbol => Self::Symbol(Dictionary::new(), Vec::new()),
            Shape::Bool => Self::Bool(Vec::new()),
            Shape::Int => Self::Int(Vec::new()),
            Shape::Ref(_) => Self::Ref(Dictionary::new(), Vec::new()),
            Shape::Lines => Self::Lines(Dictionary::new(), LinesData::default()),
            Shape::Json => Self::Json(Vec::new()),
        }
    }

    /// Nulls up to `rows`.
    fn pad(&mut self, rows: usize) {
        match self {
            Self::Text { ends, .. } => ends.resize(rows, ends.last().copied().unwrap_or(0)),
            Self::Symbol(_, codes) | Self::Ref(_, codes) => codes.resize(rows, 0),
            Self::Bool(c) => c.resize(rows, 0),
            Self::Int(c) => c.resize(rows, NULL_INT),
            Self::Lines(_, l) => l.ends.resize(rows, l.ends.last().copied().unwrap_or(0)),
            Self::Json(_) => {}
        }
    }

    fn push(&mut self, row: usize, value: Value) {
        match (self, value) {
            (Self::Text { ends, text }, Value::Text(t)) => {
                text.push_str(&t);
                ends.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
            }
            (Self::Symbol(names, codes), Value::Text(t)) => codes.push(names.code(&t)),
            (Self::Bool(c), Value::Bool(b)) => c.push(1 + u8::from(b)),
            (Self::Int(c), Value::Int(n)) => c.push(n),
            (Self::Ref(ids, codes), Value::Ref(id)) => codes.push(ids.code(&id)),
            (Self::Lines(ids, l), Value::Lines(lines)) => {
                for line in lines {
                    l.products.push(line.product.map_or(0, |id| ids.code(&id)));
                    l.quantities.push(line.quantity_milli);
                    l.prices.push(line.unit_price_e4);
                    l.totals.push(line.total_minor);
                }
                l.ends.push(u32::try_from(l.totals.len()).unwrap_or(u32::MAX));
            }
            (Self::Json(c), value) => c.push((u32::try_from(row).unwrap_or(u32::MAX), value)),
            // `set` has checked the shape.
            _ => {}
        }
    }

    fn finish(self) -> ColumnData {
        match self {
            Self::Text { ends, text } => ColumnData::Text { ends, text },
            Self::Symbol(names, codes) => ColumnData::Symbol { names: names.items, codes },
            Self::Bool(c) => ColumnData::Bool(c),
            Self::Int(c) => ColumnData::Int(c),
            Self::Ref(ids, codes) => ColumnData::Ref { ids: ids.items, codes },
            Self::Lines(ids, lines) => ColumnData::Lines(LinesData { ids: ids.items, ..lines }),
            Self::Json(c) => ColumnData::Json(c),
        }
    }
}
