//! Chinese characters spelled in pinyin: whole syllables, initials, and any mixture with the characters themselves.

use crate::domain::pinyin::readings;
use crate::domain::text::{begins_with_slip, within_slip};

/// Spellings tried per run of characters: where many have several readings, not every combination is.
const MOST_TRIES: u32 = 64;
/// Fewer letters are compared with whole words only.
const BEGINNING_FEWEST: usize = 4;

/// From which character on `typed` spells characters of the run, and how many. Each stands for itself or is spelled by its
/// syllable, its first letter or zh, ch, sh; the last one by any beginning of its syllable.
pub(super) fn spelled(run: &[char], typed: &[char]) -> Option<(usize, usize)> {
    (0..run.len()).find_map(|at| Some((at, spells(run.get(at..)?, typed)?)))
}

fn spells(run: &[char], typed: &[char]) -> Option<usize> {
    let Some(&next) = typed.first() else { return Some(0) };
    let (&c, rest) = run.split_first()?;
    let go_on = |used: usize| typed.get(used..).and_then(|typed| spells(rest, typed)).map(|n| n + 1);
    if c == next {
        return go_on(1);
    }
    if !next.is_ascii_lowercase() {
        return None;
    }
    readings(c).find_map(|reading| {
        let same = reading.chars().zip(typed).take_while(|(a, b)| a == *b).count();
        if same == typed.len() {
            return Some(1);
        }
        let whole = if same == reading.len() { go_on(same) } else { None };
        let double = || if same >= 2 && reading.get(1..2) == Some("h") { go_on(2) } else { None };
        let initial = || if same >= 1 { go_on(1) } else { None };
        whole.or_else(double).or_else(initial)
    })
}

/// The same with one slip in whole syllables.
pub(super) fn spelled_with_slip(run: &[char], typed: &[u8]) -> Option<(usize, usize)> {
    Slips::new(typed).find(run)
}

/// Whether the beginning of what was typed is that of the word, so that a comparison with its beginning makes sense.
pub(super) fn begins_alike<T: PartialEq>(typed: &[T], word: &[T]) -> bool {
    typed.len() >= BEGINNING_FEWEST && word.first().is_some_and(|first| typed.iter().take(2).any(|t| t == first))
}

/// Looks for what was typed, but for a slip, in one run of characters after the other.
pub(super) struct Slips<'a> {
    typed: &'a [u8],
    text: Vec<u8>,
    /// Where each syllable ends.
    ends: Vec<usize>,
    tries: u32,
}

impl<'a> Slips<'a> {
    pub fn new(typed: &'a [u8]) -> Self {
        Self { typed, text: Vec::new(), ends: Vec::new(), tries: 0 }
    }

    /// As [`spelled_with_slip`].
    pub fn find(&mut self, run: &[char]) -> Option<(usize, usize)> {
        self.tries = MOST_TRIES;
        for (at, &c) in run.iter().enumerate() {
            if at > 0 && !readings(c).any(|reading| begins_alike(self.typed, reading.as_bytes())) {
                continue;
            }
            if let Some(found) = self.grow(run.get(at..)?) {
                return Some((at, found));
            }
        }
        None
    }

    /// Adds readings of the next characters until there are enough letters to compare.
    fn grow(&mut self, run: &[char]) -> Option<usize> {
        let next = run.split_first().filter(|_| self.text.len() < self.typed.len() + 2);
        let Some((&c, rest)) = next else {
            self.tries = self.tries.checked_sub(1)?;
            return self.fits(run.is_empty());
        };
        for reading in readings(c) {
            let before = self.text.len();
            self.text.extend_from_slice(reading.as_bytes());
            self.ends.push(self.text.len());
            let found = if may_come(self.typed, &self.text) { self.grow(rest) } else { None };
            self.text.truncate(before);
            self.ends.pop();
            if found.is_some() || self.tries == 0 {
                return found;
            }
        }
        None
    }

    /// How many characters what was typed stands for.
    fn fits(&self, is_all: bool) -> Option<usize> {
        let typed = self.typed;
        // A slip at the very end is told from the next syllable only where there is none.
        let whole = is_all && self.text.len() >= BEGINNING_FEWEST && within_slip(typed, &self.text);
        let beginning = || {
            let fits = begins_alike(typed, &self.text) && begins_with_slip(typed, &self.text);
            fits.then(|| self.ends.iter().filter(|end| **end < typed.len()).count() + 1)
        };
        if whole { Some(self.ends.len()) } else { beginning().map(|n| n.min(self.ends.len())) }
    }
}

/// Whether a text that begins with `text` may lie one slip away from what was typed. No: it has two already.
fn may_come(typed: &[u8], text: &[u8]) -> bool {
    let same = typed.iter().zip(text).take_while(|(a, b)| a == b).count();
    let (typed, text) = (typed.get(same..).unwrap_or_default(), text.get(same..).unwrap_or_default());
    if typed.is_empty() || text.is_empty() {
        return true;
    }
    let agree = |skip_typed: usize, skip_text: usize| {
        let rest = text.get(skip_text..).unwrap_or_default();
        typed.get(skip_typed..).unwrap_or_default().iter().zip(rest).all(|(a, b)| a == b)
    };
    let exchanged = || {
        let second = text.get(1).is_none_or(|second| typed.first() == Some(second));
        second && typed.get(1) == text.first() && agree(2, 2)
    };
    agree(1, 1) || agree(0, 1) || agree(1, 0) || exchanged()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn full_initial_and_mixed() {
        let yes = [
            ("张伟", "zhangwei zhangw zw zhw zwei 张w 张wei z伟 zhang伟 zhang z zh zha wei w zhangwe 张伟"),
            ("欧阳娜娜", "ouyangnana oynn ouynn ouyangn yangnana nana 欧y娜n nn"),
            ("单雄信", "shanxiongxin danxiongxin sxx shanxx xiongx"),
            ("曾国藩", "zengguofan zgf cengguofan"),
            ("解缙", "xiejin xj"),
            ("仇英", "qiuying qy"),
            ("查良镛", "zhaliangyong zly chaliangyong"),
            ("任正非", "renzhengfei rzf"),
            ("尉迟恭", "yuchigong ycg weichigong"),
            ("吕布", "lvbu lubu lb lyubu"),
            ("上海茂源贸易有限公司", "shanghai shmy maoyuan my maoymy 茂源maoyi youxian"),
            ("西安", "xian xa"),
        ];
        for (name, typed) in yes {
            for typed in typed.split(' ') {
                assert!(spelled(&chars(name), &chars(typed)).is_some(), "{name} {typed}");
            }
        }
        for (name, typed) in [("张伟", "zhangwen"), ("张伟", "wz"), ("张伟", "zhanw"), ("张伟", "李w"), ("王芳", "wnf")]
        {
            assert!(spelled(&chars(name), &chars(typed)).is_none(), "{name} {typed}");
        }
        assert_eq!(spelled(&chars("欧阳娜娜"), &chars("nan")), Some((2, 2)));
        assert_eq!(spelled(&chars("张伟"), &chars("wei")), Some((1, 1)));
    }

    #[test]
    fn with_one_slip() {
        for (name, typed) in [
            ("张伟", "zhangwie"),
            ("张伟", "zahngwei"),
            ("张伟", "zhngwei"),
            ("张伟", "zhangwwei"),
            ("张伟", "zhanwgei"),
            ("张伟", "shangwei"),
            ("张伟", "zhangwe"),
            ("张伟民", "zhangwiemin"),
            ("张伟民", "zhangwiem"),
            ("张晓明", "xiaomign"),
            ("张伟", "xhangwei"),
            ("曾国藩", "zengguofna"),
            ("张伟", "zhagnw"),
            ("王芳", "wnagfang"),
            ("李娜", "lnia"),
        ] {
            assert!(spelled_with_slip(&chars(name), typed.as_bytes()).is_some(), "{name} {typed}");
        }
        for (name, typed) in [("张伟", "zhngwie"), ("张伟", "lisi"), ("王芳", "wangx"), ("李娜", "li")] {
            assert!(spelled_with_slip(&chars(name), typed.as_bytes()).is_none(), "{name} {typed}");
        }
    }

    proptest! {
        #[test]
        fn what_is_given_up_would_not_have_come(typed in "[abc]{1,6}", text in "[abc]{0,7}", end in 0usize..8) {
            let (typed, text) = (typed.as_bytes(), text.as_bytes());
            let begun = &text[..end.min(text.len())];
            if within_slip(typed, text) || begins_with_slip(typed, text) {
                prop_assert!(may_come(typed, begun));
            }
        }
    }
}
