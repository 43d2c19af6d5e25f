//! Finding customers by any part of what is written about them.

use memchr::memchr;

use crate::domain::customer;
use crate::engine::dataset::Dataset;

/// Between the fields of a customer; cannot be typed into a search.
const FIELD_END: char = '\u{1f}';
/// Most words of a search that count.
const MOST_WORDS: usize = 8;
/// Dead bytes after which the arena is rewritten, if they are also half of it.
const DEAD_FLOOR: usize = 65_536;

/// Lower-case text of every live customer in one arena, record after record. A change appends the record anew.
#[derive(Clone, Debug)]
pub struct SearchIndex {
    arena: String,
    /// Start in the arena and row, ascending by start; a record that was replaced has no row.
    records: Vec<(usize, Option<u32>)>,
    /// Place in `records` per customer row.
    places: Vec<Option<usize>>,
    dead: usize,
    /// How often each byte occurs in the arena.
    counts: [usize; 256],
}

impl Default for SearchIndex {
    fn default() -> Self {
        Self { arena: String::new(), records: Vec::new(), places: Vec::new(), dead: 0, counts: [0; 256] }
    }
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
        let start = self.arena.len();
        self.records.push((start, Some(row)));
        let text = |field| data.customers().text(row, field);
        // The display name comes first: the list sorts by it.
        for field in [
            data.customer_name(row),
            text(customer::KEY),
            text(customer::EMAIL),
            text(customer::COMPANY),
            text(customer::NOTE),
        ] {
            push_lower(&mut self.arena, field);
            self.arena.push(FIELD_END);
        }
        let phone = text(customer::PHONE);
        match bare_phone(phone) {
            Some(bare) => self.arena.push_str(&bare),
            None => push_lower(&mut self.arena, phone),
        }
        self.arena.push(FIELD_END);
        for &byte in self.arena.as_bytes().get(start..).unwrap_or_default() {
            if let Some(count) = self.counts.get_mut(usize::from(byte)) {
                *count += 1;
            }
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

    /// Per row, whether every word of `text` occurs somewhere in the customer's record; phone numbers whatever their
    /// punctuation. `None`: nothing was searched for.
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
        let finder = Finder::new(needle.as_bytes(), &self.counts);
        let (mut from, mut place) = (0, 0);
        while let Some(found) = finder.next(self.arena.as_bytes(), from) {
            place = self.place_of(found, place);
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

/// Finds a text in the arena.
struct Finder<'a> {
    needle: &'a [u8],
    way: Way,
}

enum Way {
    /// Jumps from one occurrence of the needle's rarest byte, which stands here in it, to the next.
    Rarest(usize),
    /// Where no byte is rare, as among phone numbers. Horspool, *Practical fast searching in strings* (Software: Practice
    /// and Experience 10, 1980): how far the needle may move when this byte stands under its end.
    Steps(Box<[u8; 256]>),
}

/// Looking at one occurrence of a byte costs about as much as this many steps.
const STEPS_PER_LOOK: usize = 5;

impl<'a> Finder<'a> {
    /// `counts`: how often each byte occurs in what will be searched.
    fn new(needle: &'a [u8], counts: &[usize; 256]) -> Self {
        let count = |byte: &u8| counts.get(usize::from(*byte)).copied().unwrap_or(0);
        let (rarest, looks) = (0..).zip(needle.iter().map(count)).min_by_key(|(_, n)| *n).unwrap_or_default();
        let steps = counts.iter().sum::<usize>() / needle.len().max(1);
        if looks * STEPS_PER_LOOK <= steps {
            return Self { needle, way: Way::Rarest(rarest) };
        }
        let most = u8::try_from(needle.len()).unwrap_or(u8::MAX);
        let mut steps = Box::new([most; 256]);
        let last = needle.len().saturating_sub(1);
        for (at, &byte) in needle.iter().take(last).enumerate() {
            if let Some(step) = steps.get_mut(usize::from(byte)) {
                *step = u8::try_from(last - at).unwrap_or(u8::MAX);
            }
        }
        Self { needle, way: Way::Steps(steps) }
    }

    /// Where the needle begins next, at `from` or after it.
    fn next(&self, bytes: &[u8], mut from: usize) -> Option<usize> {
        match &self.way {
            Way::Rarest(place) => {
                let rarest = *self.needle.get(*place)?;
                loop {
                    let start = from + memchr(rarest, bytes.get(from + place..)?)?;
                    if bytes.get(start..)?.starts_with(self.needle) {
                        return Some(start);
                    }
                    from = start + 1;
                }
            }
            Way::Steps(steps) => {
                let (&end, head) = self.needle.split_last()?;
                let mut at = from + head.len();
                loop {
                    let byte = *bytes.get(at)?;
                    if byte == end && bytes.get(at - head.len()..at) == Some(head) {
                        return Some(at - head.len());
                    }
                    at += usize::from(steps.get(usize::from(byte)).copied().unwrap_or(1));
                }
            }
        }
    }
}

/// A phone number without its punctuation; `None` if this is not one.
fn bare_phone(text: &str) -> Option<String> {
    let phone =
        text.chars().all(|c| c.is_ascii_digit() || "+-(). ".contains(c)) && text.contains(|c: char| c.is_ascii_digit());
    phone.then(|| text.chars().filter(|&c| c.is_ascii_digit() || c == '+').collect())
}

struct Word {
    text: String,
    /// The word as phone numbers are kept, where that differs.
    bare: Option<String>,
}

impl Word {
    fn new(text: &str) -> Option<Self> {
        let bare = bare_phone(text).filter(|bare| bare != text);
        (!text.is_empty()).then(|| Self { text: text.to_owned(), bare })
    }

    fn needles(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.text.as_str()).chain(self.bare.as_deref())
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn finds_what_the_standard_library_finds(text in "[ab王]{0,60}", needle in "[ab王]{1,5}", from in 0usize..20, rare: bool) {
            let mut counts = [usize::from(rare) * 100_000; 256];
            counts[0] = 10_000;
            let finder = Finder::new(needle.as_bytes(), &counts);
            let want = text.as_bytes().get(from..).and_then(|rest| {
                (0..rest.len()).find(|&at| rest[at..].starts_with(needle.as_bytes())).map(|at| from + at)
            });
            prop_assert_eq!(finder.next(text.as_bytes(), from), want);
        }
    }

    #[test]
    fn long_needles() {
        let needle = "x".repeat(300) + "y";
        let text = "y".repeat(7) + &"x".repeat(900) + "y";
        let finder = Finder::new(needle.as_bytes(), &[9; 256]);
        assert!(matches!(finder.way, Way::Steps(_)));
        assert_eq!(finder.next(text.as_bytes(), 0), Some(607));
        assert_eq!(finder.next(text.as_bytes(), 608), None);
    }
}
