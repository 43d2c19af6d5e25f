//! Where in a customer's fields a search was found, for the page to mark.

use super::MOST_WORDS;
use super::arena::{Beside, Part};
use super::spell::{begins_alike, spelled, spelled_with_slip};
use super::typed::{self, Typed};
use crate::domain::pinyin::is_han;
use crate::domain::text::{begins_with_slip, fold_char, folded, within_slip};
use crate::engine::api::{Found, FoundIn};
use crate::engine::dataset::Dataset;

/// Characters of a field that are shown.
const SNIPPET: usize = 60;
/// Of them, before the first mark.
const BEFORE: usize = 16;
/// Marks in one field.
const MOST_MARKS: usize = 12;

/// The fields beside the name in the order in which they are shown.
const DETAILS: [Part; 10] = [
    Part::Phone,
    Part::Company,
    Part::People,
    Part::PeoplePhone,
    Part::Email,
    Part::City,
    Part::Tags,
    Part::Key,
    Part::Note,
    Part::Own,
];

/// First character of a mark and the one after it.
type Mark = (u32, u32);

/// How a word was found; the better, the later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    Slip,
    Pinyin,
    Literal,
}

/// Marks what a search found.
pub struct Marker {
    words: Vec<Typed>,
    beside: Beside,
}

impl Marker {
    /// `None`: nothing was searched for.
    #[must_use]
    pub fn new(search: &str) -> Option<Self> {
        let mut words = typed::words(search);
        words.truncate(MOST_WORDS);
        (!words.is_empty()).then(|| Self { words, beside: Beside::default() })
    }

    /// The same for [`Self::found`].
    #[must_use]
    pub fn of_customers(data: &Dataset, search: &str) -> Option<Self> {
        Some(Self { beside: Beside::new(data), ..Self::new(search)? })
    }

    /// Whether every word is found in the name, as in that of a customer, or stands in one of the other texts.
    #[must_use]
    pub fn finds(&self, name: &str, others: [&str; 2]) -> bool {
        let read = Read::new(name, Part::Name);
        let stands = |word: &Typed| others.iter().any(|text| folded(text).contains(&word.text));
        self.words.iter().all(|word| read.find(word).is_some() || stands(word))
    }

    /// The marks of one text.
    #[must_use]
    pub fn marks(&self, text: &str) -> Vec<Mark> {
        let read = Read::new(text, Part::Name);
        tidy(self.words.iter().filter_map(|word| read.find(word)).flat_map(|(_, marks)| marks).collect())
    }

    /// Where the customer fits.
    #[must_use]
    pub fn found(&self, data: &Dataset, row: u32) -> Found {
        let read = |part: Part| {
            let mut all = String::new();
            part.texts(data, &self.beside, row, &mut |text| {
                if !all.is_empty() {
                    all.push_str(" · ");
                }
                all.push_str(text);
            });
            Read::new(&all, part)
        };
        let name = read(Part::Name);
        let in_name: Vec<Option<(Way, Vec<Mark>)>> = self.words.iter().map(|word| name.find(word)).collect();
        if in_name.iter().all(|found| matches!(found, Some((Way::Literal, _)))) {
            // Nothing fits better than what stands there as it was typed.
            return Found {
                name: tidy(in_name.into_iter().flatten().flat_map(|(_, marks)| marks).collect()),
                detail: None,
            };
        }
        let fields: Vec<Read> = std::iter::once(name).chain(DETAILS.map(read)).collect();
        let mut marks: Vec<Vec<Mark>> = vec![Vec::new(); fields.len()];
        // Whether the name alone does not tell why the customer is here.
        let mut beyond_name = false;
        for word in &self.words {
            let found: Vec<_> = fields.iter().map(|field| field.find(word)).collect();
            let best = found.iter().flatten().map(|(way, _)| *way).max();
            for (at, (found, marks)) in found.into_iter().zip(&mut marks).enumerate() {
                match found {
                    Some((way, of)) if Some(way) == best => marks.extend(of),
                    _ => beyond_name |= at == 0,
                }
            }
        }
        let mut marked = fields.into_iter().zip(marks);
        let name = marked.next().map(|(_, marks)| tidy(marks)).unwrap_or_default();
        let detail = marked.find(|(_, marks)| beyond_name && !marks.is_empty());
        Found { name, detail: detail.map(|(field, marks)| snippet(&field.text, tidy(marks))) }
    }
}

/// In order, without overlaps.
fn tidy(mut marks: Vec<Mark>) -> Vec<Mark> {
    crate::domain::sort::sort_by(&mut marks, Ord::cmp);
    let mut tidy: Vec<Mark> = Vec::new();
    for (start, end) in marks {
        match tidy.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => tidy.push((start, end)),
        }
    }
    tidy.truncate(MOST_MARKS);
    tidy
}

/// The part of a long text round its first mark.
fn snippet(text: &str, marks: Vec<Mark>) -> FoundIn {
    let count = text.chars().count();
    let first = marks.first().map_or(0, |m| m.0 as usize);
    let from = if count <= SNIPPET { 0 } else { first.saturating_sub(BEFORE) };
    let to = count.min(from + SNIPPET);
    let line = |c: char| if c.is_control() { ' ' } else { c };
    let mut shown: String = text.chars().skip(from).take(to - from).map(line).collect();
    let shift = u32::from(from > 0);
    if from > 0 {
        shown.insert(0, '…');
    }
    if to < count {
        shown.push('…');
    }
    let (from, to) = (u32::try_from(from).unwrap_or_default(), u32::try_from(to).unwrap_or_default());
    let inside = marks.into_iter().filter(|m| m.0 < to);
    let marks = inside.map(|(a, b)| (a.saturating_sub(from) + shift, b.min(to).saturating_sub(from) + shift)).collect();
    FoundIn { text: shown, marks }
}

/// A field, folded, with the way back to its characters.
struct Read {
    part: Part,
    text: String,
    folded: Vec<char>,
    /// Per folded character, the one that it comes from.
    from: Vec<u32>,
}

impl Read {
    fn new(text: &str, part: Part) -> Self {
        let (mut folded, mut from) = (Vec::new(), Vec::new());
        for (at, c) in (0..).zip(text.chars()) {
            fold_char(c, |c| {
                // The punctuation of phone numbers does not count.
                if !part.is_phone() || c.is_alphanumeric() || c == '+' {
                    folded.push(c);
                    from.push(at);
                }
            });
        }
        Self { part, text: text.to_owned(), folded, from }
    }

    fn mark(&self, start: usize, len: usize) -> Option<Mark> {
        let last = (start + len).checked_sub(1)?;
        Some((*self.from.get(start)?, *self.from.get(last)? + 1))
    }

    /// Where the word is, in the best way.
    fn find(&self, word: &Typed) -> Option<(Way, Vec<Mark>)> {
        let some = |way: Way, marks: Vec<Mark>| (!marks.is_empty()).then_some((way, marks));
        some(Way::Literal, self.literal(word)).or_else(|| {
            let by = |way| some(way, self.inexact(word, way));
            by(Way::Pinyin).or_else(|| by(Way::Slip))
        })
    }

    fn literal(&self, word: &Typed) -> Vec<Mark> {
        let mut marks = Vec::new();
        for needle in word.needles() {
            let needle: Vec<char> = needle.chars().collect();
            let starts = self.folded.windows(needle.len().max(1)).enumerate().filter(|(_, w)| *w == needle.as_slice());
            marks.extend(starts.filter_map(|(at, _)| self.mark(at, needle.len())).take(MOST_MARKS));
            if marks.is_empty() && self.part.is_called() && needle.iter().any(|c| is_han(*c)) {
                let (name, places) = self.bare();
                let at = name.windows(needle.len().max(1)).position(|w| w == needle.as_slice());
                marks.extend(at.and_then(|at| self.mark_bare(&places, at, needle.len())));
            }
        }
        marks
    }

    /// Letters and digits alone, with where they stand.
    fn bare(&self) -> (Vec<char>, Vec<usize>) {
        self.folded.iter().zip(0usize..).filter(|(c, _)| c.is_alphanumeric()).unzip()
    }

    /// A mark from the first of `len` of those to the last.
    fn mark_bare(&self, places: &[usize], at: usize, len: usize) -> Option<Mark> {
        let (first, last) = (*places.get(at)?, *places.get((at + len).checked_sub(1)?)?);
        self.mark(first, last + 1 - first)
    }

    /// Runs of Chinese characters and of other letters, with where they begin.
    fn runs(&self) -> impl Iterator<Item = (usize, &[char])> {
        let class = |c: char| if is_han(c) { 1 } else { i32::from(c.is_alphanumeric()) * 2 };
        let mut at = 0;
        self.folded.chunk_by(move |a, b| class(*a) == class(*b)).filter_map(move |run| {
            let start = at;
            at += run.len();
            run.first().is_some_and(|c| class(*c) > 0).then_some((start, run))
        })
    }

    fn inexact(&self, word: &Typed, way: Way) -> Vec<Mark> {
        let mut marks = Vec::new();
        if !self.part.is_read() {
            return marks;
        }
        for (start, run) in self.runs().take(256) {
            let han = run.first().is_some_and(|c| is_han(*c));
            let found = match (han, way) {
                (true, Way::Pinyin) if self.part.is_spelled() => {
                    word.spelling.as_ref().and_then(|typed| spelled(run, typed))
                }
                (true, Way::Slip) if self.part.is_spelled() => {
                    word.ascii.as_ref().and_then(|typed| spelled_with_slip(run, typed))
                }
                (false, Way::Slip) if run.len() > 3 => word.slip.as_ref().and_then(|typed| {
                    let fits = within_slip(typed, run) || (begins_alike(typed, run) && begins_with_slip(typed, run));
                    fits.then_some((0, run.len()))
                }),
                _ => None,
            };
            marks.extend(found.and_then(|(at, len)| self.mark(start + at, len)));
        }
        if marks.is_empty() && self.part.is_called() {
            marks.extend(self.together(word, way));
        }
        marks
    }

    /// A name whose words were typed without the blank or brackets between them.
    fn together(&self, word: &Typed, way: Way) -> Option<Mark> {
        let typed = word.spelling.as_ref()?;
        let (name, places) = self.bare();
        let begins = || (begins_alike(typed, &name) && begins_with_slip(typed, &name)) || within_slip(typed, &name);
        let (at, len) = match way {
            Way::Pinyin if name.starts_with(typed) => (0, typed.len()),
            Way::Pinyin => spelled(&name, typed)?,
            Way::Slip if begins() => (0, name.len()),
            Way::Slip => word.ascii.as_ref().and_then(|typed| spelled_with_slip(&name, typed))?,
            Way::Literal => return None,
        };
        self.mark_bare(&places, at, len)
    }
}
