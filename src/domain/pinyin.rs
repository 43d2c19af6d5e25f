//! How Chinese characters are read: toneless syllables, every reading of a character, in the form in which people type
//! them. The table is written by `build.rs` from the data of the crate `pinyin`.

use std::sync::OnceLock;

mod table {
    include!(concat!(env!("OUT_DIR"), "/pinyin.rs"));
    pub(super) const FIRST_CHAR: u32 = FIRST;
    pub(super) const CHAR_COUNT: usize = CHARS;
    pub(super) const FURTHER_COUNT: usize = FURTHER;
    pub(super) const NAMES: &[&str] = SYLLABLES;
    pub(super) const BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/pinyin.bin"));
}

struct Readings {
    /// Per character the code of its usual reading, 0 for none.
    first: Vec<u16>,
    /// Further readings: place of the character and code, by place.
    further: Vec<(u16, u16)>,
    /// Per character where its further readings begin.
    starts: Vec<u16>,
}

fn readings_table() -> &'static Readings {
    static TABLE: OnceLock<Readings> = OnceLock::new();
    TABLE.get_or_init(|| {
        let (chars, more) = (table::CHAR_COUNT, table::FURTHER_COUNT);
        let plane = |from: usize, len: usize| table::BYTES.get(from..from + len).unwrap_or_default();
        let join = |from: usize, len: usize| -> Vec<u16> {
            let pairs = plane(from, len).iter().zip(plane(from + len, len));
            pairs.map(|(&low, &high)| u16::from_le_bytes([low, high])).collect()
        };
        let first = join(0, chars);
        let mut place = 0;
        let places = plane(2 * chars, more).iter().map(|&gap| {
            place += u16::from(gap);
            place
        });
        let further: Vec<(u16, u16)> = places.zip(join(2 * chars + more, more)).collect();
        let mut starts = vec![0; chars + 1];
        for &(place, _) in &further {
            if let Some(start) = starts.get_mut(usize::from(place) + 1) {
                *start += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        Readings { first, further, starts }
    })
}

fn syllable(code: u16) -> Option<&'static str> {
    table::NAMES.get(usize::from(code).checked_sub(1)?).copied()
}

/// Whether this is a Chinese character with a reading here.
#[must_use]
pub fn is_han(c: char) -> bool {
    usual(c).is_some()
}

fn place(c: char) -> Option<usize> {
    let place = u32::from(c).checked_sub(table::FIRST_CHAR)? as usize;
    (place < table::CHAR_COUNT).then_some(place)
}

/// The usual reading.
#[must_use]
pub fn usual(c: char) -> Option<&'static str> {
    readings_table().first.get(place(c)?).and_then(|&code| syllable(code))
}

/// All readings, the usual one first; ü is written v, u and yu. None for what is not a Chinese character.
pub fn readings(c: char) -> impl Iterator<Item = &'static str> + Clone {
    let more = place(c).map(|place| {
        let table = readings_table();
        let bound = |at: usize| table.starts.get(at).copied().map_or(0, usize::from);
        table.further.get(bound(place)..bound(place + 1)).unwrap_or_default()
    });
    usual(c).into_iter().chain(more.unwrap_or_default().iter().filter_map(|&(_, code)| syllable(code)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surnames_with_a_reading_of_their_own() {
        let cases = [
            ("单", "shan"),
            ("曾", "zeng"),
            ("解", "xie"),
            ("仇", "qiu"),
            ("查", "zha"),
            ("任", "ren"),
            ("盖", "ge"),
            ("尉迟", "yu chi"),
            ("万俟", "mo qi"),
            ("澹台", "tan tai"),
            ("长孙", "zhang sun"),
            ("区", "ou"),
            ("朴", "piao"),
            ("繁", "po"),
            ("冼", "xian"),
            ("乜", "nie"),
            ("覃", "qin"),
            ("缪", "miao"),
            ("召", "shao"),
            ("秘", "bi"),
            ("宓", "mi"),
            ("折", "she"),
            ("员", "yun"),
            ("黑", "he"),
            ("种", "chong"),
            ("车", "che"),
            ("句", "gou"),
            ("郗", "xi"),
            ("燕", "yan"),
            ("谌", "shen"),
            ("谌", "chen"),
            ("翟", "zhai"),
            ("翟", "di"),
            ("洗", "xian"),
            ("令狐", "ling hu"),
            ("乐", "yue"),
            ("那", "na"),
            ("牟", "mu"),
            ("祭", "zhai"),
            ("宿", "su"),
            ("费", "bi"),
            ("贾", "jia"),
            ("郇", "xun"),
            ("郄", "qie"),
            ("吕", "lv"),
            ("吕", "lu"),
            ("吕", "lyu"),
            ("女", "nv"),
            ("略", "lve"),
            ("略", "lue"),
            ("重", "chong"),
            ("重", "zhong"),
            ("行", "hang"),
            ("行", "xing"),
            ("喆", "zhe"),
            ("堃", "kun"),
            ("玥", "yue"),
            ("張", "zhang"),
        ];
        for (name, pinyin) in cases {
            for (c, want) in name.chars().zip(pinyin.split(' ')) {
                assert!(readings(c).any(|r| r == want), "{c}: {want} not in {:?}", readings(c).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn what_has_no_reading() {
        for c in ['a', '0', ' ', 'é', 'あ', '한', '\u{4dff}', '\u{a000}', '\u{20000}', '。'] {
            assert!(!is_han(c) && readings(c).next().is_none(), "{c}");
        }
    }

    #[test]
    fn every_reading_is_of_small_letters_and_listed_once() {
        for c in ('\u{4e00}'..'\u{a000}').filter(|&c| is_han(c)) {
            let all: Vec<_> = readings(c).collect();
            assert_eq!(usual(c), all.first().copied());
            for (at, reading) in all.iter().enumerate() {
                assert!(!reading.is_empty() && reading.bytes().all(|b| b.is_ascii_lowercase()), "{c}: {reading}");
                assert!(!all[..at].contains(reading), "{c}: {reading} twice");
            }
        }
    }
}
