//! Finding customers by any part of what is written about them.

use memchr::memmem;

use crate::domain::customer;
use crate::engine::dataset::Dataset;

/// Between the fields of a customer; cannot be typed into a search.
const FIELD_END: char = '\u{1f}';
/// Most words of a search that count.
const MOST_WORDS: usize = 8;
/// Dead bytes after which the arena is rewritten, if they are also half of it.
const DEAD_FLOOR: usize = 65_536;

/// Lower-case text of every live customer in one arena, record after record. A change appends the record anew.
#[derive(Clone, Debug, Default)]
pub struct SearchIndex {
    arena: String,
    /// Start in the arena and row, ascending by start; a record that was replaced has no row.
    records: Vec<(usize, Option<u32>)>,
    /// Place in `records` per customer row.
    places: Vec<Option<usize>>,
    dead: usize,
}

impl SearchIndex {
    #[must_use]
    pub fn new(data: &Dataset) -> Self {
        let mut index = Self::default();
        for row in 0..data.customers().len() {
            index.append(data, row);
        }
        index
    }

    /// Reads these customers again.
    pub fn update(&mut self, data: &Dataset, customers: &[u32]) {
        for &row in customers {
            if let Some(place) = self.places.get_mut(row as usize).and_then(Option::take) {
                self.dead += self.record(place).len();
                if let Some(record) = self.records.get_mut(place) {
                    record.1 = None;
                }
            }
            self.append(data, row);
        }
        if self.dead > DEAD_FLOOR && self.dead > self.arena.len() / 2 {
            *self = Self::new(data);
        }
    }

    fn append(&mut self, data: &Dataset, row: u32) {
        self.places.resize(self.places.len().max(row as usize + 1), None);
        if !data.customers().is_live(row) {
            return;
        }
        if let Some(place) = self.places.get_mut(row as usize) {
            *place = Some(self.records.len());
        }
        self.records.push((self.arena.len(), Some(row)));
        let text = |field| data.customers().text(row, field);
        let phone = text(customer::PHONE);
        // The display name comes first: the list sorts by it.
        for part in [
            data.customer_name(row),
            text(customer::KEY),
            phone,
            text(customer::EMAIL),
            text(customer::COMPANY),
            text(customer::NOTE),
        ] {
            push_lower(&mut self.arena, part);
            self.arena.push(FIELD_END);
        }
        if phone.bytes().any(|b| !b.is_ascii_digit()) {
            self.arena.extend(phone.chars().filter(char::is_ascii_digit));
            self.arena.push(FIELD_END);
        }
    }

    fn record(&self, place: usize) -> &str {
        let Some(&(start, _)) = self.records.get(place) else { return "" };
        let end = self.records.get(place + 1).map_or(self.arena.len(), |r| r.0);
        self.arena.get(start..end).unwrap_or("")
    }

    /// The lower-case display name of a customer.
    #[must_use]
    pub fn name(&self, row: u32) -> &str {
        let record = self.places.get(row as usize).copied().flatten().map_or("", |place| self.record(place));
        record.split(FIELD_END).next().unwrap_or("")
    }

    /// Per row, whether every word of `text` occurs somewhere in the customer's record. A word of digits and phone
    /// punctuation also matches by its digits alone. `None`: nothing was searched for.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<Vec<bool>> {
        let mut lower = String::new();
        push_lower(&mut lower, text);
        let words: Vec<Word> =
            lower.split(|c: char| c.is_whitespace() || c.is_control()).filter_map(Word::new).collect();
        let (first, others) = words.split_first()?;
        let others = others.get(..others.len().min(MOST_WORDS - 1)).unwrap_or_default();
        let mut hits = vec![false; self.places.len()];
        for needle in first.needles() {
            self.mark(needle, others, &mut hits);
        }
        Some(hits)
    }

    fn mark(&self, needle: &str, others: &[Word], hits: &mut [bool]) {
        let finder = memmem::Finder::new(needle);
        let bytes = self.arena.as_bytes();
        let (mut from, mut place) = (0, 0);
        while let Some(found) = bytes.get(from..).and_then(|rest| finder.find(rest)) {
            place = self.place_of(from + found, place);
            if let Some(&(_, Some(row))) = self.records.get(place)
                && let Some(hit) = hits.get_mut(row as usize)
            {
                *hit = *hit || others.iter().all(|word| word.is_in(self.record(place)));
            }
            place += 1;
            match self.records.get(place) {
                Some(&(start, _)) => from = start,
                None => return,
            }
        }
    }

    /// The record that holds this byte, at or after the place `from`. Steps that double: neighbours are found at once.
    fn place_of(&self, byte: usize, from: usize) -> usize {
        let mut step = 1;
        while self.records.get(from + step).is_some_and(|r| r.0 <= byte) {
            step *= 2;
        }
        let part = self.records.get(from..(from + step).min(self.records.len())).unwrap_or_default();
        from + part.partition_point(|r| r.0 <= byte).saturating_sub(1)
    }

    #[must_use]
    pub fn memory_bytes(&self) -> usize {
        self.arena.capacity()
            + self.records.capacity() * size_of::<(usize, Option<u32>)>()
            + self.places.capacity() * size_of::<Option<usize>>()
    }
}

struct Word {
    text: String,
    /// Its digits, where it looks like a phone number and is written with more than digits.
    digits: Option<String>,
}

impl Word {
    fn new(text: &str) -> Option<Self> {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let phone = digits.len() >= 3
            && digits.len() < text.len()
            && text.chars().all(|c| c.is_ascii_digit() || "+-().".contains(c));
        (!text.is_empty()).then(|| Self { text: text.to_owned(), digits: phone.then_some(digits) })
    }

    fn needles(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.text.as_str()).chain(self.digits.as_deref())
    }

    fn is_in(&self, record: &str) -> bool {
        self.needles().any(|needle| record.contains(needle))
    }
}

/// Character by character, so that text and search come out alike whatever stands beside a letter.
fn push_lower(out: &mut String, text: &str) {
    if text.is_ascii() {
        out.extend(
            text.bytes().map(|b| char::from(b.to_ascii_lowercase())).map(|c| if c == FIELD_END { ' ' } else { c }),
        );
    } else {
        out.extend(text.chars().flat_map(char::to_lowercase).map(|c| if c == FIELD_END { ' ' } else { c }));
    }
}
