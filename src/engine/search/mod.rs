//! Finding customers by any part of what is written about them: as it stands, by pinyin, with one typing slip.
//!
//! Two structures answer a keystroke. The [`arena`] holds the folded text of all customers in one piece and finds what
//! stands there literally. The [`words`] are every distinct word of it once, with the letters it has as a bit set, so that
//! a pass over the bit sets leaves few words to compare with what was typed.

mod arena;
mod marks;
mod spell;
mod typed;
mod words;

#[cfg(test)]
mod tests;

use self::arena::Arena;
use self::words::Words;
use super::dataset::Dataset;

pub(in crate::engine) use self::arena::reads;
pub use self::marks::Marker;

/// How well a customer fits, from 1; 0 is not at all.
pub type Rank = u8;

/// With one slip.
pub const SLIP: Rank = 1;
/// By pinyin; [`IN_NAME`] more in the name. The others likewise.
pub(super) const PINYIN: Rank = 2;
/// Within a word.
pub(super) const PART: Rank = 4;
/// At the start of a word.
pub(super) const START: Rank = 6;
/// A whole word.
pub(super) const WHOLE: Rank = 8;
/// The whole name: the best there is.
pub const NAME: Rank = 10;
pub(super) const IN_NAME: Rank = 1;

/// Most words of a search that count.
const MOST_WORDS: usize = 8;
/// Words of customers who changed since the index was made; beyond it, it is made anew.
const MOST_LATE: usize = if cfg!(test) { 64 } else { 65_536 };
/// Where more than one customer in so many changed, the index is made anew.
const MOST_AT_ONCE_ONE_IN: usize = if cfg!(test) { 2 } else { 4 };

/// What customers are found by, kept up to date by what changed.
#[derive(Clone, Debug, Default)]
pub struct SearchIndex {
    arena: Arena,
    words: Words,
}

impl SearchIndex {
    #[must_use]
    pub fn new(data: &Dataset) -> Self {
        let arena = Arena::new(data);
        let words = Words::new(&arena, data.customers().len());
        Self { arena, words }
    }

    /// Reads these customers again, each listed once.
    pub fn update(&mut self, data: &Dataset, customers: &[u32]) {
        let many = customers.len() > data.customers().len() as usize / MOST_AT_ONCE_ONE_IN;
        if many || self.words.late() > MOST_LATE || !self.arena.update(data, customers) {
            *self = Self::new(data);
        } else {
            self.words.update(&self.arena, customers);
        }
    }

    /// The folded display name of a customer.
    #[must_use]
    pub fn name(&self, row: u32) -> &str {
        self.arena.name(row)
    }

    /// Per row how well every word of `text` fits the customer. `None`: nothing was searched for.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<Vec<Rank>> {
        let mut words = typed::words(text);
        words.truncate(MOST_WORDS);
        // The rarest leaves the fewest customers for the others.
        crate::domain::sort::sort_by_key(&mut words, |word| self.arena.seldom(word));
        let (first, others) = words.split_first()?;
        let mut best = vec![0; self.arena.rows()];
        self.arena.mark(first, &mut best);
        self.words.mark(first, &mut best);
        for word in others {
            let mut inexact = None;
            for (row, best) in (0..).zip(&mut best).filter(|(_, best)| **best > 0) {
                let mut rank = self.arena.rank(row, word);
                if rank == 0 {
                    let inexact = inexact.get_or_insert_with(|| {
                        let mut ranks = vec![0; self.arena.rows()];
                        self.words.mark(word, &mut ranks);
                        ranks
                    });
                    rank = inexact.get(row as usize).copied().unwrap_or_default();
                }
                *best = (*best).min(rank);
            }
        }
        Some(best)
    }

    #[must_use]
    pub fn memory_bytes(&self) -> usize {
        self.arena.memory_bytes() + self.words.memory_bytes()
    }
}
