//! Every distinct word of the customers once, with its letters as a bit set and the customers who have it.

use super::arena::{Arena, FIELD_END, Part};
use super::spell::{Slips, begins_alike, spelled};
use super::typed::{Typed, letter};
use super::{IN_NAME, PINYIN, Rank, SLIP};
use crate::domain::hash::hash_text;
use crate::domain::pinyin::{is_han, readings};
use crate::domain::text::{begins_with_slip, within_slip};
use crate::engine::column::NONE;

/// Letters of a word at least, for a slip in it to be forgiven.
const FEWEST_LETTERS: usize = 4;
/// Words of one field that count.
const MOST_PER_FIELD: usize = 64;
/// Characters of a word that count.
const LONGEST: usize = 48;

/// What is known of a word without looking at it, in 64 bits: from bit 0 on all its letters, from bit 26 on those that it (or
/// one of its syllables) may begin with, then the fewest and the most letters of it, and whether it is of Chinese characters.
const HAN: u64 = 1 << 63;
const INITIALS: u32 = 26;
const FEWEST: u32 = 52;
const MOST: u32 = 57;
const LENGTH: usize = 31;

#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    text: String,
    ends: Vec<u32>,
    masks: Vec<u64>,
    /// Where the customers of each word begin in `postings`, and where those of the last one end.
    starts: Vec<u32>,
    /// Row of a customer, doubled, and one more where the word is in the name.
    postings: Vec<u32>,
    /// Per row the first word that counts: those before it are of what the customer's record said once. Empty: all count.
    since: Vec<u32>,
    /// Words of the first reading.
    first: usize,
}

/// Collects the words of some customers.
struct Interner {
    /// Open addressing over words, a power of two long.
    slots: Vec<u32>,
    /// The first word of these customers.
    from: usize,
    pairs: Vec<(u32, u32)>,
}

impl Words {
    pub fn new(arena: &Arena, rows: u32) -> Self {
        let mut words = Self::default();
        words.starts.push(0);
        words.read(arena, 0..rows);
        words.first = words.ends.len();
        words.text.shrink_to_fit();
        words.ends.shrink_to_fit();
        words.masks.shrink_to_fit();
        words
    }

    /// Reads these customers again: whatever was read of them before counts no more.
    pub fn update(&mut self, arena: &Arena, rows: &[u32]) {
        let from = u32::try_from(self.ends.len()).unwrap_or(NONE);
        self.since.resize(arena.rows(), 0);
        for &row in rows {
            if let Some(since) = self.since.get_mut(row as usize) {
                *since = from;
            }
        }
        self.read(arena, rows.iter().copied());
    }

    /// Adds the words of customers.
    fn read(&mut self, arena: &Arena, rows: impl Iterator<Item = u32>) {
        let from = self.ends.len();
        let mut interner = Interner { slots: Vec::new(), from, pairs: Vec::new() };
        for row in rows {
            each_word(arena.of(row), |word, in_name| {
                let at = interner.place(self, word);
                interner.pairs.push((at, posting(row, in_name)));
            });
        }
        let mut next = vec![0u32; self.ends.len() - from];
        let place = |word: u32| word as usize - from;
        for &(word, _) in &interner.pairs {
            if let Some(count) = next.get_mut(place(word)) {
                *count += 1;
            }
        }
        let mut end = u32::try_from(self.postings.len()).unwrap_or(NONE);
        for next in &mut next {
            let start = end;
            end += std::mem::replace(next, start);
            self.starts.push(end);
        }
        self.postings.resize(end as usize, 0);
        for &(word, posting) in &interner.pairs {
            if let Some(next) = next.get_mut(place(word)) {
                if let Some(slot) = self.postings.get_mut(*next as usize) {
                    *slot = posting;
                }
                *next += 1;
            }
        }
    }

    /// Words that came since the first reading.
    pub fn late(&self) -> usize {
        self.ends.len() - self.first
    }

    fn push(&mut self, word: &str) -> u32 {
        let at = u32::try_from(self.ends.len()).unwrap_or(NONE);
        self.text.push_str(word);
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(NONE));
        self.masks.push(mask(word));
        at
    }

    fn word(&self, at: usize) -> &str {
        let end = |at: usize| self.ends.get(at).copied().unwrap_or_default() as usize;
        let start = at.checked_sub(1).map_or(0, end);
        self.text.get(start..end(at)).unwrap_or_default()
    }

    /// Marks the customers with a word that `typed` spells, or would spell but for a slip.
    pub fn mark(&self, typed: &Typed, hits: &mut [Rank]) {
        if typed.slip.is_none() && typed.spelling.is_none() {
            return;
        }
        let mut matcher = Matcher::new(typed);
        for (at, &mask) in self.masks.iter().enumerate() {
            if !matcher.may_fit(mask) {
                continue;
            }
            let rank = if mask & HAN == 0 { matcher.latin(self.word(at)) } else { matcher.han(self.word(at), mask) };
            if rank > 0 {
                self.mark_word(at, rank, hits);
            }
        }
    }

    fn mark_word(&self, word: usize, rank: Rank, hits: &mut [Rank]) {
        let mut mark = |posting: u32| {
            let bonus = if posting & 1 == 1 && rank > SLIP { IN_NAME } else { 0 };
            if let Some(hit) = hits.get_mut((posting >> 1) as usize) {
                *hit = (*hit).max(rank + bonus);
            }
        };
        let bound = |at: usize| self.starts.get(at).copied().unwrap_or_default() as usize;
        let postings = self.postings.get(bound(word)..bound(word + 1)).unwrap_or_default();
        if self.since.is_empty() {
            postings.iter().for_each(|&p| mark(p));
        } else {
            let counts = |p: &&u32| self.since.get((**p >> 1) as usize).is_none_or(|since| *since as usize <= word);
            postings.iter().filter(counts).for_each(|&p| mark(p));
        }
    }

    pub fn memory_bytes(&self) -> usize {
        self.text.capacity()
            + self.masks.capacity() * 8
            + (self.ends.capacity() + self.starts.capacity() + self.postings.capacity() + self.since.capacity()) * 4
    }
}

fn posting(row: u32, in_name: bool) -> u32 {
    row << 1 | u32::from(in_name)
}

impl Interner {
    fn place(&mut self, words: &mut Words, word: &str) -> u32 {
        if (words.ends.len() - self.from + 1) * 2 > self.slots.len() {
            self.grow(words);
        }
        let mut at = self.start(word);
        loop {
            match self.slots.get(at) {
                Some(&NONE) | None => break,
                Some(&known) if words.word(known as usize) == word => return known,
                Some(_) => at = (at + 1) & (self.slots.len() - 1),
            }
        }
        let new = words.push(word);
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = new;
        }
        new
    }

    fn start(&self, word: &str) -> usize {
        hash_text(0, word) as usize & self.slots.len().wrapping_sub(1)
    }

    fn grow(&mut self, words: &Words) {
        self.slots = vec![NONE; (self.slots.len() * 2).max(1 << 12)];
        for word in self.from..words.ends.len() {
            let mut at = self.start(words.word(word));
            while self.slots.get(at).is_some_and(|slot| *slot != NONE) {
                at = (at + 1) & (self.slots.len() - 1);
            }
            if let Some(slot) = self.slots.get_mut(at) {
                *slot = u32::try_from(word).unwrap_or(NONE);
            }
        }
    }
}

/// What was typed, compared with one word after the other.
struct Matcher<'a> {
    typed: &'a Typed,
    slips: Option<Slips<'a>>,
    len: usize,
    /// All letters typed.
    needed: u64,
    /// Those after the first.
    rest: u64,
    /// The first one, and the first two.
    first: u64,
    first_two: u64,
    chars: Vec<char>,
}

impl<'a> Matcher<'a> {
    fn new(typed: &'a Typed) -> Self {
        let chars = typed.spelling.as_ref().or(typed.slip.as_ref()).map_or(&[][..], Vec::as_slice);
        let set = |chars: &[char]| chars.iter().fold(0, |set, &c| set | u64::from(letter(c)));
        Self {
            typed,
            slips: typed.ascii.as_deref().map(Slips::new),
            len: chars.len().min(LENGTH),
            needed: set(chars),
            rest: set(chars.get(1..).unwrap_or_default()),
            first: set(chars.get(..1).unwrap_or_default()),
            first_two: set(chars.get(..2).unwrap_or(chars)),
            chars: Vec::new(),
        }
    }

    /// Whether it is worth while to look at a word with this mask: at most one letter is missing, and it begins like what
    /// was typed, or is as long and only its beginning differs.
    fn may_fit(&self, mask: u64) -> bool {
        let missing = self.needed & !mask;
        if missing & missing.wrapping_sub(1) != 0 {
            return false;
        }
        let length = |shift: u32| (mask >> shift) as usize & LENGTH;
        let begins = self.first_two == 0 || mask >> INITIALS & self.first_two != 0;
        let as_long = length(FEWEST) <= self.len + 1 && self.len <= length(MOST) + 1;
        begins || (as_long && self.rest & !mask == 0)
    }

    fn latin(&mut self, word: &str) -> Rank {
        match (&self.typed.ascii, word.is_ascii()) {
            (Some(typed), true) => fit(typed, word.as_bytes()),
            _ => {
                self.chars.clear();
                self.chars.extend(word.chars());
                self.typed.slip.as_ref().map_or(0, |typed| fit(typed, &self.chars))
            }
        }
    }

    fn han(&mut self, word: &str, mask: u64) -> Rank {
        let Some(spelling) = &self.typed.spelling else { return 0 };
        let begins = self.first == 0 || mask >> INITIALS & self.first != 0;
        let may_spell = self.needed & !mask == 0 && begins;
        if may_spell && spelling.len() == 1 {
            return PINYIN;
        }
        self.chars.clear();
        self.chars.extend(word.chars());
        if may_spell && spelled(&self.chars, spelling).is_some() {
            return PINYIN;
        }
        let slip = self.slips.as_mut().and_then(|slips| slips.find(&self.chars));
        if slip.is_some() { SLIP } else { 0 }
    }
}

/// A word of other letters: its beginning typed (as of names written apart), or that with a slip.
pub(super) fn fit<T: PartialEq>(typed: &[T], word: &[T]) -> Rank {
    if word.starts_with(typed) {
        PINYIN
    } else if within_slip(typed, word) || (begins_alike(typed, word) && begins_with_slip(typed, word)) {
        SLIP
    } else {
        0
    }
}

fn mask(word: &str) -> u64 {
    let Some(first) = word.chars().next() else { return 0 };
    let bit = |c: char| u64::from(letter(c));
    let pack = |n: usize, shift: u32| (n.min(LENGTH) as u64) << shift;
    if !is_han(first) {
        let len = word.chars().count();
        return word
            .chars()
            .fold(bit(first) << INITIALS | pack(len, FEWEST) | pack(len, MOST), |mask, c| mask | bit(c));
    }
    let (mut mask, mut fewest, mut most) = (HAN, 0, 0);
    for c in word.chars() {
        let (mut shortest, mut longest) = (usize::MAX, 0);
        for reading in readings(c) {
            let initial = reading.chars().next().map_or(0, bit);
            mask = reading.chars().fold(mask | initial << INITIALS, |mask, c| mask | bit(c));
            (shortest, longest) = (shortest.min(reading.len()), longest.max(reading.len()));
        }
        (fewest, most) = (fewest + shortest.min(LENGTH), most + longest);
    }
    mask | pack(fewest, FEWEST) | pack(most, MOST)
}

/// The words of a customer's record: `use_word(word, is in the name)`.
pub(super) fn each_word(record: &str, mut use_word: impl FnMut(&str, bool)) {
    for (part, text) in Part::ALL.into_iter().zip(record.split(FIELD_END)) {
        let words = Reader { han: part.is_spelled(), joins: part == Part::Name };
        words.read(text, |word| use_word(word, part == Part::Name), part.is_read());
    }
}

/// Cuts a field into words.
struct Reader {
    /// Chinese characters are words too.
    han: bool,
    /// Blanks and dots between Chinese characters are left out, and Latin words also taken together.
    joins: bool,
}

impl Reader {
    fn read(&self, text: &str, mut use_word: impl FnMut(&str), is_read: bool) {
        if !is_read || text.is_empty() {
            return;
        }
        let (mut left, mut together, mut parts) = (MOST_PER_FIELD, String::new(), 0);
        if !text.is_ascii() && self.han {
            self.runs(text, &mut use_word);
        }
        for word in text.split(|c: char| !c.is_alphanumeric() || (!c.is_ascii() && is_han(c))) {
            if word.is_empty() || left == 0 {
                continue;
            }
            let letters = word.chars().filter(|c| c.is_alphabetic()).count();
            if self.joins && letters > 0 {
                together.push_str(word);
                parts += 1;
            }
            if letters >= FEWEST_LETTERS && word.len() <= LONGEST {
                left -= 1;
                use_word(word);
            }
        }
        if parts > 1 && (FEWEST_LETTERS..=LONGEST).contains(&together.len()) {
            use_word(&together);
        }
    }

    fn runs(&self, text: &str, use_word: &mut impl FnMut(&str)) {
        let (mut run, mut left) = (String::new(), MOST_PER_FIELD);
        for c in text.chars().chain(['\0']) {
            if is_han(c) && run.len() < LONGEST {
                run.push(c);
            } else if !(run.is_empty() || self.joins && matches!(c, ' ' | '·' | '.' | '・')) {
                if left > 0 {
                    left -= 1;
                    use_word(&run);
                }
                run.clear();
                if is_han(c) {
                    run.push(c);
                }
            }
        }
    }
}
