//! The folded text of all customers in one piece, and where a text stands in it.

use memchr::memchr;

use super::typed::{Typed, bare_name, bare_phone};
use super::{IN_NAME, NAME, PART, Rank, START, WHOLE};
use crate::domain::text::fold_char;
use crate::domain::{Field, Kind, OwnField, contact, customer};
use crate::engine::column::NONE;
use crate::engine::dataset::Dataset;
use crate::engine::own::searched;

/// Between the fields of a customer; cannot be typed into a search.
pub(super) const FIELD_END: char = '\u{1f}';
const END_BYTE: u8 = 0x1f;
/// Dead bytes after which the arena is rewritten, if they are also half of it.
const DEAD_FLOOR: usize = 65_536;
/// Places of a text in one record that are looked at for the best.
const MOST_LOOKS: usize = 4;

/// The fields of a record, in the order in which they stand in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The display name comes first: the list sorts by it.
    Name,
    Key,
    Email,
    Company,
    City,
    Tags,
    Phone,
    Note,
    /// What stands in custom fields.
    Own,
    /// The people at an organisation, and their numbers.
    People,
    PeoplePhone,
    /// Chinese names without the brackets, blanks and dots in them.
    Bare,
}

impl Part {
    pub const ALL: [Self; 12] = [
        Self::Name,
        Self::Key,
        Self::Email,
        Self::Company,
        Self::City,
        Self::Tags,
        Self::Phone,
        Self::Note,
        Self::Own,
        Self::People,
        Self::PeoplePhone,
        Self::Bare,
    ];

    /// Found by pinyin.
    pub fn is_spelled(self) -> bool {
        matches!(self, Self::Name | Self::Company | Self::City | Self::Tags | Self::Own | Self::People | Self::Bare)
    }

    /// Found with a slip.
    pub fn is_read(self) -> bool {
        !matches!(self, Self::Key) && !self.is_phone()
    }

    /// Punctuation does not count.
    pub fn is_phone(self) -> bool {
        matches!(self, Self::Phone | Self::PeoplePhone)
    }

    /// Somebody is called so: brackets, blanks and dots between the characters do not count.
    pub fn is_called(self) -> bool {
        matches!(self, Self::Name | Self::Company | Self::People)
    }

    /// The field of customers that it stands for, where it is one.
    fn field(self) -> Option<Field> {
        match self {
            Self::Name => Some(customer::NAME),
            Self::Key => Some(customer::KEY),
            Self::Email => Some(customer::EMAIL),
            Self::Company => Some(customer::COMPANY),
            Self::City => Some(customer::CITY),
            Self::Tags => Some(customer::TAGS),
            Self::Phone => Some(customer::PHONE),
            Self::Note => Some(customer::NOTE),
            Self::Own | Self::People | Self::PeoplePhone | Self::Bare => None,
        }
    }

    /// Calls `push` with the texts of a customer's field.
    pub fn texts(self, data: &Dataset, beside: &Beside, row: u32, push: &mut dyn FnMut(&str)) {
        let table = data.customers();
        match self {
            Self::Name => push(data.customer_name(row)),
            Self::Tags => table.json_texts(row, customer::TAGS).for_each(push),
            Self::Key | Self::Email | Self::Company | Self::City | Self::Phone | Self::Note => {
                self.field().into_iter().for_each(|field| push(table.text(row, field)));
            }
            Self::People => beside.people(data, row, contact::NAME, push),
            Self::Bare => {
                for part in Self::ALL.into_iter().filter(|part| part.is_called()) {
                    part.texts(data, beside, row, &mut |text| {
                        bare_name(text).as_deref().into_iter().for_each(&mut *push)
                    });
                }
            }
            Self::PeoplePhone => beside.people(data, row, contact::PHONE, push),
            Self::Own => beside.own.iter().for_each(|(field, renamed)| {
                let current = |word| renamed.as_ref().map_or(word, |own| own.current(word));
                let one = table.json(row, *field).and_then(serde_json::Value::as_str);
                one.into_iter().chain(table.json_texts(row, *field)).for_each(|word| push(current(word)));
            }),
        }
    }
}

/// What is found with a customer and does not stand in a field of theirs that is always there.
#[derive(Clone, Debug, Default)]
pub(super) struct Beside {
    /// Columns of custom fields.
    own: Vec<(Field, Option<OwnField>)>,
    /// Rows of customers with those of their contacts, ascending.
    people: Vec<(u32, u32)>,
}

impl Beside {
    pub fn new(data: &Dataset) -> Self {
        let contacts = data.table(Kind::Contact);
        let of = |row: u32| contacts.reference(row, contact::CUSTOMER).map(|customer| (customer, row));
        let mut people: Vec<(u32, u32)> = contacts.live().filter_map(of).collect();
        people.sort_unstable();
        Self { own: searched(data), people }
    }

    fn people(&self, data: &Dataset, row: u32, field: Field, push: &mut dyn FnMut(&str)) {
        let start = self.people.partition_point(|(customer, _)| *customer < row);
        let of = self.people.get(start..).unwrap_or_default().iter().take_while(|(customer, _)| *customer == row);
        of.map(|&(_, contact)| data.table(Kind::Contact).text(contact, field)).for_each(push);
    }
}

/// Whether customers are found by this field of theirs: one of those above, or one of the user's own.
pub(in crate::engine) fn reads(field: Field) -> bool {
    let is_own = usize::from(field.0) >= Kind::Customer.fields().len();
    is_own || Part::ALL.into_iter().any(|part| part.field() == Some(field))
}

#[derive(Clone, Copy, Debug)]
struct Record {
    start: u32,
    /// [`NONE`] where another record took its place.
    row: u32,
    name_len: u32,
    sign: Sign,
}

/// Records one after the other. A change appends the record anew.
#[derive(Clone, Debug)]
pub(super) struct Arena {
    text: String,
    /// Ascending by start.
    records: Vec<Record>,
    /// Place in `records` per customer row, or [`NONE`].
    places: Vec<u32>,
    dead: usize,
    /// How often each byte occurs.
    counts: [usize; 256],
    beside: Beside,
}

impl Default for Arena {
    fn default() -> Self {
        Self {
            text: String::new(),
            records: Vec::new(),
            places: Vec::new(),
            dead: 0,
            counts: [0; 256],
            beside: Beside::default(),
        }
    }
}

impl Arena {
    pub fn new(data: &Dataset) -> Self {
        let mut arena = Self { beside: Beside::new(data), ..Self::default() };
        for row in 0..data.customers().len() {
            arena.append(data, row);
        }
        arena
    }

    /// Reads these customers again. False: it is time to make it anew.
    pub fn update(&mut self, data: &Dataset, customers: &[u32]) -> bool {
        // The first value of a custom field makes its column.
        self.beside = Beside::new(data);
        for &row in customers {
            if let Some(place) = self.places.get_mut(row as usize) {
                let place = std::mem::replace(place, NONE) as usize;
                self.dead += self.record(place).len();
                if let Some(record) = self.records.get_mut(place) {
                    record.row = NONE;
                }
            }
            self.append(data, row);
        }
        self.dead <= DEAD_FLOOR || self.dead <= self.text.len() / 2
    }

    fn append(&mut self, data: &Dataset, row: u32) {
        self.places.resize(self.places.len().max(row as usize + 1), NONE);
        if !data.customers().is_live(row) {
            return;
        }
        let start = self.text.len();
        let (Ok(at), Ok(place)) = (u32::try_from(start), u32::try_from(self.records.len())) else { return };
        if let Some(slot) = self.places.get_mut(row as usize) {
            *slot = place;
        }
        let mut name_len = 0;
        for part in Part::ALL {
            let text = &mut self.text;
            let before = text.len();
            part.texts(data, &self.beside, row, &mut |of| {
                // The tags of a customer stand apart.
                if text.len() > before {
                    text.push(' ');
                }
                match if part.is_phone() { bare_phone(of) } else { None } {
                    Some(bare) => text.push_str(&bare),
                    None => push_folded(text, of),
                }
            });
            if part == Part::Name {
                name_len = u32::try_from(self.text.len() - start).unwrap_or_default();
            }
            self.text.push(FIELD_END);
        }
        let bytes = self.text.as_bytes().get(start..).unwrap_or_default();
        self.records.push(Record { start: at, row, name_len, sign: Sign::of(bytes) });
        for &byte in bytes {
            if let Some(count) = self.counts.get_mut(usize::from(byte)) {
                *count += 1;
            }
        }
    }

    fn bounds(&self, place: usize) -> (usize, usize) {
        let start = |place: usize| self.records.get(place).map_or(self.text.len(), |r| r.start as usize);
        (start(place), start(place + 1))
    }

    fn record(&self, place: usize) -> &str {
        let (start, end) = self.bounds(place);
        self.text.get(start..end).unwrap_or("")
    }

    /// The record of a customer; empty where there is none.
    pub fn of(&self, row: u32) -> &str {
        self.places.get(row as usize).filter(|p| **p != NONE).map_or("", |place| self.record(*place as usize))
    }

    pub fn name(&self, row: u32) -> &str {
        self.of(row).split(FIELD_END).next().unwrap_or("")
    }

    /// Rows that it knows of.
    pub fn rows(&self) -> usize {
        self.places.len()
    }

    /// How often the rarest byte of the word occurs.
    pub fn seldom(&self, word: &Typed) -> usize {
        word.text.bytes().filter_map(|b| self.counts.get(usize::from(b))).min().copied().unwrap_or_default()
    }

    /// Marks the customers in whose record the word stands.
    pub fn mark(&self, word: &Typed, hits: &mut [Rank]) {
        word.needles().for_each(|needle| self.mark_needle(needle, hits));
    }

    /// How well the word stands in the record of one customer.
    pub fn rank(&self, row: u32, word: &Typed) -> Rank {
        let record = self.of(row);
        let name_len = record.find(FIELD_END).unwrap_or_default();
        let best = |needle: &str| {
            let places = record.match_indices(needle).take(looks(needle));
            places.map(|(at, _)| judge(record.as_bytes(), name_len, at, needle.len())).max().unwrap_or_default()
        };
        word.needles().map(best).max().unwrap_or_default()
    }

    fn mark_needle(&self, needle: &str, hits: &mut [Rank]) {
        let finder = Finder::new(needle.as_bytes(), &self.counts);
        let sign = Sign::of(needle.as_bytes());
        let ends = self.records.iter().skip(1).map(|next| next.start as usize).chain([self.text.len()]);
        for (record, end) in self.records.iter().zip(ends) {
            if !record.sign.has(sign) {
                continue;
            }
            let text = self.text.as_bytes().get(record.start as usize..end);
            let (Some(hit), Some(text)) = (hits.get_mut(record.row as usize), text) else { continue };
            let mut from = 0;
            for _ in 0..looks(needle) {
                let Some(found) = finder.next(text, from) else { break };
                let rank = judge(text, record.name_len as usize, found, needle.len());
                *hit = (*hit).max(rank);
                if rank > WHOLE {
                    break;
                }
                from = found + needle.len().max(1);
            }
        }
    }

    pub fn memory_bytes(&self) -> usize {
        self.text.capacity() + self.records.capacity() * size_of::<Record>() + self.places.capacity() * 4
    }
}

/// How many places of a text in one record are looked at: what is short is everywhere, and two digits at any place say as much
/// as at another.
pub(super) fn looks(needle: &str) -> usize {
    let is_few_digits = needle.len() <= 2 && needle.bytes().all(|b| b.is_ascii_digit());
    if is_few_digits { 1 } else { needle.len().min(MOST_LOOKS) }
}

/// How well a text of `len` bytes at `at` fits: a word, its start or a part of it, in the name or elsewhere.
pub(super) fn judge(bytes: &[u8], name_len: usize, at: usize, len: usize) -> Rank {
    // Every byte of a character beyond ASCII counts as a letter: Chinese words have no ends.
    let letter = |byte: Option<&u8>| byte.is_some_and(|b| b.is_ascii_alphanumeric() || *b >= 0x80);
    let starts = at == 0 || !letter(bytes.get(at - 1));
    let field_ends = |at: usize| bytes.get(at).is_none_or(|b| *b == END_BYTE);
    let ends = !letter(bytes.get(at + len));
    let in_name = if at < name_len { IN_NAME } else { 0 };
    match (starts, ends) {
        (true, true) if at == 0 && field_ends(len) => NAME,
        (true, true) => WHOLE + in_name,
        (true, false) => START + in_name,
        (false, _) => PART + in_name,
    }
}

/// Which bytes a text has and which pairs of neighbours, as far as 256 bits tell: whatever stands in it has no others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sign([u64; 4]);

impl Sign {
    /// Bits for single bytes; those after them are for pairs.
    const SINGLE: u32 = 64;
    const PAIRS: u32 = 192;

    fn of(text: &[u8]) -> Self {
        let mut sign = Self::default();
        let mut before = None;
        for &byte in text {
            sign.set(match byte {
                b'a'..=b'z' => u32::from(byte - b'a'),
                b'0'..=b'9' => u32::from(byte - b'0') + 26,
                _ => u32::from(byte) % (Self::SINGLE - 36) + 36,
            });
            if let Some(before) = before.replace(byte) {
                let pair = u32::from(before) << 8 | u32::from(byte);
                sign.set(Self::SINGLE + (pair.wrapping_mul(0x9e37_79b1) >> 16) % Self::PAIRS);
            }
        }
        sign
    }

    fn set(&mut self, bit: u32) {
        if let Some(part) = self.0.get_mut(bit as usize / 64) {
            *part |= 1 << (bit % 64);
        }
    }

    fn has(self, other: Self) -> bool {
        self.0.iter().zip(other.0).all(|(own, other)| own & other == other)
    }
}

fn push_folded(out: &mut String, text: &str) {
    let keep = |c: char| if c.is_control() { ' ' } else { c };
    if text.is_ascii() {
        out.extend(text.bytes().map(|b| keep(char::from(b.to_ascii_lowercase()))));
    } else {
        text.chars().for_each(|c| fold_char(c, |c| out.push(keep(c))));
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
