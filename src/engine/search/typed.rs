//! What a person typed into a search, made ready.

use crate::domain::phone::Phone;
use crate::domain::pinyin::is_han;
use crate::domain::text::folded;

/// Fewer letters are too few for a slip to be told from another word.
const SLIP_FEWEST: usize = 3;

/// One word of a search.
#[derive(Clone, Debug)]
pub(super) struct Typed {
    /// Folded.
    pub text: String,
    /// Other ways to look for it literally: a phone number as numbers are kept, and without its country code; a name without brackets.
    pub also: Vec<String>,
    /// What may be pinyin: letters and Chinese characters, without the apostrophe of xi'an.
    pub spelling: Option<Vec<char>>,
    /// Latin and other letters alone, long enough for a slip.
    pub slip: Option<Vec<char>>,
    /// The same as bytes, for comparing those where there is nothing else.
    pub ascii: Option<Vec<u8>>,
}

impl Typed {
    /// All that counts as found literally.
    pub fn needles(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.text.as_str()).chain(self.also.iter().map(String::as_str))
    }

    fn new(text: &str) -> Option<Self> {
        if text.is_empty() {
            return None;
        }
        let bare = bare_phone(text);
        let phone = bare.as_ref().and_then(|_| Phone::all(text).into_iter().next());
        // Whoever has the number without its country code is meant too.
        let tail = phone.as_ref().filter(|p| p.international).map(|p| p.tail().to_owned());
        let others = bare.into_iter().chain(phone.map(|p| p.digits)).chain(tail).chain(bare_name(text));
        let mut also: Vec<String> = others.filter(|other| other != text).collect();
        also.dedup();
        let chars: Vec<char> = text.chars().filter(|c| !matches!(c, '\'' | '’' | '-' | '·')).collect();
        let has_letter = chars.iter().any(char::is_ascii_lowercase);
        let spells = has_letter && chars.iter().all(|&c| c.is_ascii_lowercase() || is_han(c));
        let is_word = chars.iter().all(|&c| c.is_alphanumeric() && !is_han(c));
        let long = chars.iter().filter(|c| c.is_alphabetic()).count() >= SLIP_FEWEST;
        let slip = (is_word && long).then(|| chars.clone());
        Some(Self {
            text: text.to_owned(),
            also,
            ascii: slip.as_ref().and_then(|chars| chars.iter().map(|&c| u8::try_from(c).ok()).collect()),
            slip,
            spelling: spells.then_some(chars),
        })
    }
}

/// The words of a search.
pub(super) fn words(text: &str) -> Vec<Typed> {
    let text = folded(text);
    // A number with its blanks is one word: a country code by itself says nothing.
    if let Some(bare) = bare_phone(text.trim())
        && let [_one] = Phone::all(&text).as_slice()
    {
        return Typed::new(&bare).into_iter().collect();
    }
    text.split(|c: char| c.is_whitespace() || c.is_control()).filter_map(Typed::new).collect()
}

/// The bit of a letter in a set of letters; those of other alphabets share the bits.
pub(super) fn letter(c: char) -> u32 {
    match c {
        'a'..='z' => 1 << (u32::from(c) - u32::from('a')),
        c if c.is_alphabetic() && !is_han(c) => 1 << (u32::from(c) % 26),
        _ => 0,
    }
}

/// A Chinese name without what stands between its characters; `None` where nothing does.
pub(super) fn bare_name(text: &str) -> Option<String> {
    let is_between = |c: char| !c.is_alphanumeric();
    let has = !text.is_ascii() && text.contains(is_han) && text.contains(is_between);
    has.then(|| text.replace(is_between, "")).filter(|bare| bare.chars().nth(1).is_some())
}

/// A phone number without its punctuation; `None` if this is not one.
pub(super) fn bare_phone(text: &str) -> Option<String> {
    let phone = text.chars().all(|c| c.is_ascii_digit() || "+-(). /,;".contains(c))
        && text.contains(|c: char| c.is_ascii_digit());
    phone.then(|| text.chars().filter(|&c| c.is_ascii_digit() || c == '+').collect())
}
