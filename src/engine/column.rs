//! Columns of a table in memory. Reading past the end gives the null of the shape, so an empty column costs nothing.

use rustc_hash::FxHashMap;

use crate::domain::text::{folded, folds_to};
use crate::domain::{Kind, Shape, Value};

/// No row: a reference that points nowhere.
pub const NONE: u32 = u32::MAX;
/// Null of an integer column.
pub const NULL_INT: i64 = i64::MIN;

/// How much dead content an arena may carry before it is rewritten: half of itself, and never under this many elements.
const DEAD_FLOOR: usize = 65_536;

/// Start and length within an arena; length 0 is null.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Span {
    start: u32,
    len: u32,
}

impl Span {
    fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.start as usize + self.len as usize
    }
}

/// Free text: one arena, a span per row. An update appends; the arena is rewritten when half of it is dead.
#[derive(Clone, Debug, Default)]
pub struct TextColumn {
    arena: String,
    spans: Vec<Span>,
    dead: usize,
}

impl TextColumn {
    /// The text of `row`, empty where there is none.
    #[must_use]
    pub fn get(&self, row: u32) -> &str {
        self.spans.get(row as usize).and_then(|s| self.arena.get(s.range())).unwrap_or("")
    }

    pub fn set(&mut self, row: u32, text: &str) {
        if self.spans.len() <= row as usize {
            if text.is_empty() {
                return;
            }
            self.spans.resize(row as usize + 1, Span::default());
        }
        let Some(span) = self.spans.get_mut(row as usize) else { return };
        self.dead += span.len as usize;
        // An arena of 4 GB does not exist where this runs; a text beyond it reads as empty rather than as another's.
        *span = match (u32::try_from(self.arena.len()), u32::try_from(text.len())) {
            (Ok(start), Ok(len)) => Span { start, len },
            _ => Span::default(),
        };
        self.arena.push_str(text);
        if self.dead > DEAD_FLOOR && self.dead > self.arena.len() / 2 {
            self.shrink();
        }
    }

    pub(super) fn reserve(&mut self, rows: usize, bytes: usize) {
        self.spans.reserve_exact(rows);
        self.arena.reserve(bytes);
    }

    /// Rewrites the arena without its dead parts.
    pub fn shrink(&mut self) {
        let mut arena = String::with_capacity(self.arena.len().saturating_sub(self.dead));
        for span in &mut self.spans {
            let text = self.arena.get(span.range()).unwrap_or("");
            // Never larger than the old arena, so the start fits again.
            span.start = u32::try_from(arena.len()).unwrap_or_default();
            arena.push_str(text);
        }
        self.arena = arena;
        self.dead = 0;
    }

    fn memory_bytes(&self) -> usize {
        self.arena.capacity() + self.spans.capacity() * size_of::<Span>()
    }
}

/// Text from a small set: code 0 is null, the others index the dictionary in order of first use.
#[derive(Clone, Debug)]
pub struct SymbolColumn {
    names: Vec<String>,
    lookup: FxHashMap<String, u32>,
    codes: Vec<u32>,
}

impl Default for SymbolColumn {
    fn default() -> Self {
        Self { names: vec![String::new()], lookup: FxHashMap::default(), codes: Vec::new() }
    }
}

impl SymbolColumn {
    /// One code per row.
    #[must_use]
    pub fn codes(&self) -> &[u32] {
        &self.codes
    }

    /// Every name in use now or once, by code; the first is the empty one.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    #[must_use]
    pub fn name(&self, code: u32) -> &str {
        self.names.get(code as usize).map_or("", String::as_str)
    }

    /// The code of `name`, if any row ever had it. Empty text is code 0.
    #[must_use]
    pub fn code(&self, name: &str) -> Option<u32> {
        if name.is_empty() { Some(0) } else { self.lookup.get(name).copied() }
    }

    /// By code, whether it is called so, whatever its case and width.
    #[must_use]
    pub fn called(&self, name: &str) -> Vec<bool> {
        let wanted = folded(name.trim());
        self.names.iter().map(|name| folds_to(name, &wanted)).collect()
    }

    #[must_use]
    pub fn get(&self, row: u32) -> &str {
        self.name(self.codes.get(row as usize).copied().unwrap_or(0))
    }

    pub(super) fn intern(&mut self, name: &str) -> u32 {
        if let Some(code) = self.code(name) {
            return code;
        }
        let code = u32::try_from(self.names.len()).unwrap_or(0);
        self.names.push(name.to_owned());
        self.lookup.insert(name.to_owned(), code);
        code
    }

    pub(super) fn set_code(&mut self, row: u32, code: u32) {
        if let Some(slot) = self.codes.get_mut(row as usize) {
            *slot = code;
        }
    }

    fn memory_bytes(&self) -> usize {
        let names: usize = self.names.iter().map(|n| 2 * (n.capacity() + size_of::<String>()) + 8).sum();
        names + self.codes.capacity() * 4
    }
}

/// The lines of one order, column by column; all four slices are equally long.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LinesView<'a> {
    /// Rows of the product table, [`NONE`] without a product.
    pub products: &'a [u32],
    /// Thousandths of a unit.
    pub quantities: &'a [i64],
    /// Ten-thousandths of a major unit.
    pub prices: &'a [i64],
    /// Minor units of the order's currency.
    pub totals: &'a [i64],
}

impl LinesView<'_> {
    #[must_use]
    pub fn len(&self) -> usize {
        self.totals.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.totals.is_empty()
    }

    /// Sum of the line totals, minor units.
    #[must_use]
    pub fn total_minor(&self) -> i64 {
        self.totals.iter().fold(0, |sum, t| sum.saturating_add(*t))
    }
}

/// Lines of all orders in four arenas, a span per row. An update appends.
#[derive(Clone, Debug, Default)]
pub struct LinesColumn {
    spans: Vec<Span>,
    products: Vec<u32>,
    quantities: Vec<i64>,
    prices: Vec<i64>,
    totals: Vec<i64>,
    dead: usize,
}

impl LinesColumn {
    #[must_use]
    pub fn get(&self, row: u32) -> LinesView<'_> {
        let range = self.spans.get(row as usize).copied().unwrap_or_default().range();
        LinesView {
            products: self.products.get(range.clone()).unwrap_or_default(),
            quantities: self.quantities.get(range.clone()).unwrap_or_default(),
            prices: self.prices.get(range.clone()).unwrap_or_default(),
            totals: self.totals.get(range).unwrap_or_default(),
        }
    }

    pub(super) fn set(&mut self, row: u32, lines: LinesView<'_>) {
        if self.spans.len() <= row as usize {
            if lines.is_empty() {
                return;
            }
            self.spans.resize(row as usize + 1, Span::default());
        }
        let Some(span) = self.spans.get_mut(row as usize) else { return };
        self.dead += span.len as usize;
        *span = match (u32::try_from(self.totals.len()), u32::try_from(lines.len())) {
            (Ok(start), Ok(len)) => Span { start, len },
            _ => Span::default(),
        };
        self.append(lines);
        if self.dead > DEAD_FLOOR && self.dead > self.totals.len() / 2 {
            self.shrink();
        }
    }

    fn append(&mut self, lines: LinesView<'_>) {
        self.products.extend_from_slice(lines.products);
        self.quantities.extend_from_slice(lines.quantities);
        self.prices.extend_from_slice(lines.prices);
        self.totals.extend_from_slice(lines.totals);
    }

    pub(super) fn reserve(&mut self, rows: usize, lines: usize) {
        self.spans.reserve_exact(rows);
        self.products.reserve(lines);
        self.quantities.reserve(lines);
        self.prices.reserve(lines);
        self.totals.reserve(lines);
    }

    /// Rewrites the arenas without their dead parts.
    pub fn shrink(&mut self) {
        let old = std::mem::take(self);
        self.reserve(old.spans.len(), old.totals.len().saturating_sub(old.dead));
        for row in 0..u32::try_from(old.spans.len()).unwrap_or(NONE) {
            self.set(row, old.get(row));
        }
        self.spans.resize(old.spans.len(), Span::default());
    }

    fn memory_bytes(&self) -> usize {
        self.spans.capacity() * size_of::<Span>()
            + self.products.capacity() * 4
            + (self.quantities.capacity() + self.prices.capacity() + self.totals.capacity()) * 8
    }
}

/// One field of every row of a table.
#[derive(Clone, Debug)]
pub enum Column {
    Text(TextColumn),
    Symbol(SymbolColumn),
    /// 0 null, 1 false, 2 true.
    Bool(Vec<u8>),
    /// [`NULL_INT`] is null.
    Int(Vec<i64>),
    /// Rows of the table of this kind, [`NONE`] is null.
    Ref(Kind, Vec<u32>),
    Lines(LinesColumn),
    /// Sparse; also holds fields of newer versions, as whatever value they came.
    Json(FxHashMap<u32, Value>),
}

impl Column {
    #[must_use]
    pub fn new(shape: Shape) -> Self {
        match shape {
            Shape::Text => Self::Text(TextColumn::default()),
            Shape::Symbol => Self::Symbol(SymbolColumn::default()),
            Shape::Bool => Self::Bool(Vec::new()),
            Shape::Int => Self::Int(Vec::new()),
            Shape::Ref(kind) => Self::Ref(kind, Vec::new()),
            Shape::Lines => Self::Lines(LinesColumn::default()),
            Shape::Json => Self::Json(FxHashMap::default()),
        }
    }

    /// Makes the fixed-width columns `rows` long, so that their slices run over the whole table.
    pub(super) fn resize(&mut self, rows: usize) {
        match self {
            Self::Symbol(c) => c.codes.resize(rows, 0),
            Self::Bool(c) => c.resize(rows, 0),
            Self::Int(c) => c.resize(rows, NULL_INT),
            Self::Ref(_, c) => c.resize(rows, NONE),
            Self::Text(_) | Self::Lines(_) | Self::Json(_) => {}
        }
    }

    pub(super) fn reserve(&mut self, rows: usize) {
        match self {
            Self::Symbol(c) => c.codes.reserve(rows),
            Self::Bool(c) => c.reserve(rows),
            Self::Int(c) => c.reserve(rows),
            Self::Ref(_, c) => c.reserve(rows),
            Self::Text(_) | Self::Lines(_) | Self::Json(_) => {}
        }
    }

    #[must_use]
    pub fn is_null(&self, row: u32) -> bool {
        let at = row as usize;
        match self {
            Self::Text(c) => c.get(row).is_empty(),
            Self::Symbol(c) => c.codes.get(at).is_none_or(|c| *c == 0),
            Self::Bool(c) => c.get(at).is_none_or(|b| *b == 0),
            Self::Int(c) => c.get(at).is_none_or(|n| *n == NULL_INT),
            Self::Ref(_, c) => c.get(at).is_none_or(|r| *r == NONE),
            Self::Lines(c) => c.get(row).is_empty(),
            Self::Json(c) => !c.contains_key(&row),
        }
    }

    /// Makes the row's value null.
    pub(super) fn clear(&mut self, row: u32) {
        let at = row as usize;
        match self {
            Self::Text(c) => c.set(row, ""),
            Self::Symbol(c) => c.set_code(row, 0),
            Self::Bool(c) => c.get_mut(at).into_iter().for_each(|slot| *slot = 0),
            Self::Int(c) => c.get_mut(at).into_iter().for_each(|slot| *slot = NULL_INT),
            Self::Ref(_, c) => c.get_mut(at).into_iter().for_each(|slot| *slot = NONE),
            Self::Lines(c) => c.set(row, LinesView::default()),
            Self::Json(c) => drop(c.remove(&row)),
        }
    }

    pub(super) fn memory_bytes(&self) -> usize {
        match self {
            Self::Text(c) => c.memory_bytes(),
            Self::Symbol(c) => c.memory_bytes(),
            Self::Bool(c) => c.capacity(),
            Self::Int(c) => c.capacity() * 8,
            Self::Ref(_, c) => c.capacity() * 4,
            Self::Lines(c) => c.memory_bytes(),
            // An estimate: most are short texts or lists of two or three.
            Self::Json(c) => c.capacity() * (size_of::<(u32, Value)>() + 64),
        }
    }
}
