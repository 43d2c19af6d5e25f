//! All pairs of a whole book that are worth comparing: those that share a key. Works in steps, so that whoever runs it can
//! show progress, answer others meanwhile, and stop.

use super::{Fields, Frequencies, Pair, Person, compare, hash};

/// A key that more have is no key: a shop's own number, a name that hundreds bear.
const MOST_ALIKE: usize = 40;
/// Customers read in one step.
const READ_AT_ONCE: u32 = 2_000;
/// Comparisons in one step.
const COMPARED_AT_ONCE: usize = 4_000;

/// How far a scan is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScanState {
    pub done: u64,
    pub total: u64,
}

/// A scan of `count` customers on its way. Each is asked for by its place, more than once.
#[derive(Debug, Default)]
pub struct Scan {
    count: u32,
    read: u32,
    book: Frequencies,
    /// Hash of a key and who has it; sorted once all are read.
    keys: Vec<(u64, u32)>,
    at: usize,
    /// Only pairs with somebody from here on are wanted.
    from: u32,
    least_percent: u8,
    pairs: Vec<Pair>,
}

impl Scan {
    /// Of the customers at `0..count`; pairs of at least `least_percent`, one of the two at `from` or later.
    #[must_use]
    pub fn new(count: u32, from: u32, least_percent: u8) -> Self {
        Self { count, from, least_percent, keys: Vec::with_capacity(count as usize * 5), ..Self::default() }
    }

    /// Works on. False: all is done.
    pub fn step<'a>(&mut self, fields: &impl Fn(u32) -> Option<Fields<'a>>) -> bool {
        if self.read < self.count {
            let to = self.count.min(self.read + READ_AT_ONCE);
            for place in self.read..to {
                if let Some(person) = fields(place).map(|fields| Person::read(&fields)) {
                    self.book.add(&person);
                    each_key(&person, |key| self.keys.push((key, place)));
                }
            }
            self.read = to;
            if self.read == self.count {
                self.keys.sort_unstable();
                self.keys.dedup();
            }
            return true;
        }
        let mut compared = 0;
        while compared < COMPARED_AT_ONCE {
            let Some(&(key, _)) = self.keys.get(self.at) else { return false };
            let group = self.keys.get(self.at..).unwrap_or_default();
            let len = group.partition_point(|(k, _)| *k == key);
            let group = group.get(..len).unwrap_or_default();
            self.at += len;
            if !(2..=MOST_ALIKE).contains(&len) || group.last().is_none_or(|(_, place)| *place < self.from) {
                compared += 1;
                continue;
            }
            let people: Vec<(u32, Person)> =
                group.iter().filter_map(|&(_, place)| Some((place, Person::read(&fields(place)?)))).collect();
            compared += len * len;
            for (n, (a, first)) in people.iter().enumerate() {
                for (b, second) in people.iter().skip(n + 1).filter(|(b, _)| *b >= self.from) {
                    if let Some(score) = compare(&self.book, first, second).filter(|s| s.percent >= self.least_percent)
                    {
                        self.pairs.push(Pair { a: *a, b: *b, score });
                    }
                }
            }
        }
        true
    }

    /// Reading counts as a third of the work.
    #[must_use]
    pub fn state(&self) -> ScanState {
        let share = |at: usize, of: usize, parts: u64| at as u64 * parts / (of as u64).max(1);
        let done = share(self.read as usize, self.count as usize, 400) + share(self.at, self.keys.len(), 600);
        ScanState { done: if self.read < self.count { done.min(400) } else { done }, total: 1_000 }
    }

    /// What was found, the most likely first, and how frequent values are.
    #[must_use]
    pub fn finish(mut self) -> (Vec<Pair>, Frequencies) {
        self.pairs.sort_by(|x, y| y.score.percent.cmp(&x.score.percent).then((x.a, x.b).cmp(&(y.a, y.b))));
        let mut seen = rustc_hash::FxHashSet::default();
        self.pairs.retain(|pair| seen.insert((pair.a, pair.b)));
        (self.pairs, self.book)
    }
}

/// Keys of a customer: who shares none of them with somebody is not compared with them.
fn each_key(person: &Person, mut push: impl FnMut(u64)) {
    let letters = person.name.sorted_letters();
    for phone in &person.phones {
        push(hash(16, phone.tail()));
    }
    for mail in &person.emails {
        push(hash(17, mail));
    }
    let han: String = person.name.han.iter().collect();
    if person.name.han.len() > 1 {
        push(hash(18, &han));
    }
    let beside = [&person.birthday, &person.company, &person.address];
    for letters in &letters {
        push(hash(19, letters));
        // Frequent names go with something else.
        for (sort, value) in (20..).zip(beside).filter(|(_, value)| !value.is_empty()) {
            push(hash(sort, &format!("{letters}\u{1f}{value}")));
        }
        for phone in &person.phones {
            let digits = phone.digits.as_str();
            for (sort, part) in [(24, digits.get(..6)), (25, digits.get(digits.len().saturating_sub(4)..))] {
                push(hash(sort, &format!("{letters}\u{1f}{}", part.unwrap_or_default())));
            }
        }
    }
    for (sort, value) in (28..).zip(beside).filter(|(_, value)| value.chars().count() >= 6) {
        push(hash(sort, value));
    }
}
