//! Names of people and companies as they are compared: without width, accents, titles, punctuation, order.

mod words;

use std::sync::OnceLock;

use super::pinyin::{is_han, readings};
use super::text::folded;
use words::{COMMON, COMMON_SURNAMES, DOUBLE, HAN_COMPANY, HAN_TITLES, LATIN_COMPANY, LATIN_TITLES, SHORT};

/// A name taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name {
    /// Chinese characters, simplified.
    pub han: Vec<char>,
    /// Words of other letters, in the order in which they were written.
    pub words: Vec<String>,
    /// What the title says: a man or a woman.
    pub is_man: Option<bool>,
    /// Jr. or Sr.
    pub is_younger: Option<bool>,
    /// Words written surname first: “Smith, John”.
    pub surname_first: bool,
}

/// How two names agree, the closest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameMatch {
    Same,
    /// The same words in another order, or written together.
    Order,
    /// One typing slip.
    Slip,
    /// Characters of the same sound.
    Sound,
    /// One in characters, the other in pinyin.
    Pinyin,
    /// One is less complete: a surname with a title, an initial, no middle name.
    Part,
    Different,
}

impl Name {
    #[must_use]
    pub fn read(text: &str) -> Self {
        let text = without_brackets(&folded(text));
        let mut name = Self::default();
        let han: String = text.chars().filter(|&c| is_han(c)).collect();
        let mut rest = han.as_str();
        for (title, is_man) in HAN_TITLES {
            if let Some(before) = rest.strip_suffix(title).filter(|before| !before.is_empty()) {
                rest = before;
                name.is_man = is_man;
                break;
            }
        }
        name.han = strip_han_company(rest).chars().collect();
        if let [fond, surname] = name.han[..]
            && ['小', '老', '阿'].contains(&fond)
            && COMMON_SURNAMES.split_ascii_whitespace().any(|common| common.chars().eq([surname]))
        {
            name.han = vec![surname];
        }
        let dotless = |c: char| c != '.' && c != '\'' && c != '’';
        let clean: String = text.chars().filter(|&c| dotless(c)).collect();
        let words = clean.split(|c: char| !c.is_alphanumeric() || is_han(c)).filter(|w| !w.is_empty());
        for word in words {
            match LATIN_TITLES.iter().find(|(title, _)| *title == word) {
                Some((title, is_man)) => {
                    name.is_man = name.is_man.or(*is_man);
                    name.is_younger = name.is_younger.or(match *title {
                        "jr" => Some(true),
                        "sr" => Some(false),
                        _ => None,
                    });
                }
                None => name.words.push(word.to_owned()),
            }
        }
        strip_latin_company(&mut name.words);
        let leading = text.split_once([',', '，']).map(|(surname, _)| surname.trim());
        name.surname_first = leading.is_some_and(|surname| name.words.first().is_some_and(|first| surname == first));
        name
    }

    /// The word is a given name, as far as its place tells: the last one is the surname, or the first before a comma.
    fn is_given(&self, word: &str) -> bool {
        let surname = if self.surname_first { self.words.first() } else { self.words.last() };
        self.words.len() == 1 || surname.is_none_or(|surname| surname != word)
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.han.is_empty() && self.words.is_empty()
    }

    /// Surname and given name of a Chinese name.
    #[must_use]
    pub fn parts(&self) -> (&[char], &[char]) {
        let double = self.han.get(..2).is_some_and(|two| DOUBLE.iter().any(|d| d.chars().eq(two.iter().copied())));
        self.han.split_at(if double { 2 } else { self.han.len().min(1) })
    }

    /// Pieces whose frequency tells how much an agreement says: surname and given name, or the words.
    #[must_use]
    pub fn pieces(&self) -> Vec<String> {
        let (surname, given) = self.parts();
        let han = [surname, given].into_iter().filter(|part| !part.is_empty()).map(|part| part.iter().collect());
        han.chain(self.words.iter().cloned()).collect()
    }

    /// Its letters in pinyin, sorted: the same whatever the order, the blanks and the script. For every reading of the first
    /// character, which may be a surname.
    #[must_use]
    pub fn sorted_letters(&self) -> Vec<String> {
        let sorted = |text: String| {
            let mut bytes: Vec<char> = text.chars().collect();
            bytes.sort_unstable();
            bytes.into_iter().collect::<String>()
        };
        if !self.words.is_empty() || self.han.is_empty() {
            return if self.words.is_empty() { Vec::new() } else { vec![sorted(self.words.concat())] };
        }
        let (first, rest) = self.han.split_at(1);
        let rest: String = rest.iter().filter_map(|&c| super::pinyin::usual(c)).collect();
        let all = first.iter().flat_map(|&c| readings(c)).filter(|r| !r.contains('v'));
        all.take(4).map(|reading| sorted(format!("{reading}{rest}"))).collect()
    }

    /// How two names agree; `None` where one says nothing.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Option<NameMatch> {
        if self.is_empty() || other.is_empty() {
            return None;
        }
        let differ = |x: Option<bool>, y: Option<bool>| x.zip(y).is_some_and(|(x, y)| x != y);
        let surname_only = self.pieces().len() == 1 && other.pieces().len() == 1;
        // Father and son; Mr and Mrs, of whom no more is known than the surname.
        if differ(self.is_younger, other.is_younger) || (surname_only && differ(self.is_man, other.is_man)) {
            return Some(NameMatch::Different);
        }
        let han = (!self.han.is_empty() && !other.han.is_empty()).then(|| compare_han(self, other));
        let latin = (!self.words.is_empty() && !other.words.is_empty()).then(|| compare_words(self, other));
        let across = || {
            let spelled = |han: &Self, latin: &Self| {
                !han.han.is_empty() && !latin.words.is_empty() && spells(&han.han, &latin.words)
            };
            if spelled(self, other) || spelled(other, self) { NameMatch::Pinyin } else { NameMatch::Different }
        };
        Some(han.into_iter().chain(latin).min().unwrap_or_else(across))
    }
}

/// Least share of all people with this piece of a name: frequent names tell little even where the book has one of them.
#[must_use]
pub fn least_share(piece: &str) -> f64 {
    static COMMON_PIECES: OnceLock<[Vec<&str>; 2]> = OnceLock::new();
    let sorted = |names: &'static str| {
        let mut names: Vec<&str> = names.split(' ').collect();
        names.sort_unstable();
        names
    };
    let [surnames, given] = COMMON_PIECES.get_or_init(|| [COMMON_SURNAMES, COMMON].map(sorted));
    if surnames.binary_search(&piece).is_ok() {
        0.03
    } else if given.binary_search(&piece).is_ok() {
        0.008
    } else {
        1.0 / 4_000.0
    }
}

/// A company's name without what every company is called.
#[must_use]
pub fn company_key(text: &str) -> String {
    let text = without_brackets(&folded(text));
    let han: String = text.chars().filter(|&c| is_han(c)).collect();
    let mut words: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric() || is_han(c)).filter(|w| !w.is_empty()).map(str::to_owned).collect();
    strip_latin_company(&mut words);
    format!("{}{}", strip_han_company(&han), words.concat())
}

/// Mailboxes that a whole company reads.
#[must_use]
pub fn is_shared_mailbox(email: &str) -> bool {
    const SHARED: [&str; 16] = [
        "info",
        "sales",
        "office",
        "admin",
        "contact",
        "service",
        "support",
        "hello",
        "mail",
        "kontakt",
        "shop",
        "hr",
        "team",
        "enquiries",
        "orders",
        "noreply",
    ];
    email.split('@').next().is_some_and(|local| SHARED.contains(&local))
}

fn without_brackets(text: &str) -> String {
    let (mut out, mut depth) = (String::new(), 0u32);
    for c in text.chars() {
        match c {
            '(' | '[' | '【' | '（' => depth += 1,
            ')' | ']' | '】' | '）' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    if out.chars().any(char::is_alphanumeric) { out } else { text.to_owned() }
}

fn strip_han_company(text: &str) -> &str {
    let long_enough = |rest: &&str| rest.chars().count() >= 2;
    HAN_COMPANY.iter().find_map(|end| text.strip_suffix(end).filter(long_enough)).unwrap_or(text)
}

fn strip_latin_company(words: &mut Vec<String>) {
    while words.len() > 1 && words.last().is_some_and(|last| LATIN_COMPANY.contains(&last.as_str())) {
        words.pop();
    }
}

fn compare_han(a: &Name, b: &Name) -> NameMatch {
    if a.han == b.han {
        return NameMatch::Same;
    }
    let ((surname_a, given_a), (surname_b, given_b)) = (a.parts(), b.parts());
    if (given_a.is_empty() || given_b.is_empty()) && surname_a == surname_b {
        return NameMatch::Part;
    }
    let alike = |x: char, y: char| x == y || readings(x).any(|r| readings(y).any(|s| r == s));
    if a.han.len() == b.han.len() && a.han.iter().zip(&b.han).all(|(&x, &y)| alike(x, y)) {
        return NameMatch::Sound;
    }
    // In long names, which are those of companies, a character more or less.
    if a.han.len().min(b.han.len()) >= 5 && super::text::within_slip(&a.han, &b.han) {
        return NameMatch::Slip;
    }
    NameMatch::Different
}

fn compare_words(one: &Name, other: &Name) -> NameMatch {
    let (a, b) = (one.words.as_slice(), other.words.as_slice());
    let sorted = |words: &[String]| {
        let mut words: Vec<String> = words.to_vec();
        words.sort_unstable();
        words
    };
    let (joined_a, joined_b) = (a.concat(), b.concat());
    if a == b {
        return NameMatch::Same;
    }
    let turned = |words: &[String]| words.split_last().map(|(last, rest)| format!("{last}{}", rest.concat()));
    let together =
        joined_a == joined_b || turned(a).as_ref() == Some(&joined_b) || turned(b).as_ref() == Some(&joined_a);
    let (sorted_a, sorted_b) = (sorted(a), sorted(b));
    if sorted_a == sorted_b || together {
        return NameMatch::Order;
    }
    let (mut left_a, mut left_b) = (a.to_vec(), b.to_vec());
    left_a.retain(|word| !b.contains(word));
    left_b.retain(|word| !a.contains(word));
    let two_people = |x: &str, y: &str| (one.is_given(x) || other.is_given(y)) && are_two_people(x, y);
    if left_a.iter().any(|x| left_b.iter().any(|y| two_people(x, y))) {
        return NameMatch::Different;
    }
    match pair_up(&sorted_a, &sorted_b) {
        Some(found) => found,
        None if joined_a.len().min(joined_b.len()) >= 8 && slip(&joined_a, &joined_b) => NameMatch::Slip,
        None => NameMatch::Different,
    }
}

/// Given names so near one another that one could be a slip for the other, and that are two people's all the same: a man's and a
/// woman's that differ by an ending (Robert and Roberta, Mario and Maria, Christian and Christina), or two that are both well known
/// (Mark and Mary).
fn are_two_people(a: &str, b: &str) -> bool {
    let (shorter, longer) = if a.chars().count() <= b.chars().count() { (a, b) } else { (b, a) };
    let [short, long] = [shorter, longer].map(|name| name.chars().collect::<Vec<_>>());
    if short.len() < 2 || !super::text::within_slip(&short, &long) || is_short(a, b) {
        return false;
    }
    let vowel = |c: &char| "aeiouyаеиояй".contains(*c);
    let by_ending = match (short.as_slice(), long.as_slice()) {
        (short, [begin @ .., last]) if short == begin => {
            // Victori, Rebecc and Lind are no names; Ann and Anne, Lynn and Lynne are one.
            let cut = match short {
                [.., 'i'] => true,
                [.., x, y] if x == y => true,
                _ => short.last() == Some(last) || (is_well_known(longer) && !is_well_known(shorter)),
            };
            !cut && "aefая".contains(*last)
        }
        ([one @ .., x], [other @ .., y]) if one == other => vowel(x) && vowel(y),
        ([one @ .., 'i', 'a', 'n'], [other @ .., 'i', 'n', 'a'])
        | ([one @ .., 'i', 'n', 'a'], [other @ .., 'i', 'a', 'n'])
        | ([one @ .., 'i', 's'], [other @ .., 'e', 's'])
        | ([one @ .., 'e', 's'], [other @ .., 'i', 's']) => one == other,
        _ => false,
    };
    by_ending || (is_well_known(a) && is_well_known(b))
}

/// A given name of the lists above.
fn is_well_known(name: &str) -> bool {
    [COMMON, SHORT].iter().any(|names| names.split([' ', '\n']).any(|known| known == name))
}

fn slip(a: &str, b: &str) -> bool {
    let chars = |text: &str| text.chars().collect::<Vec<_>>();
    super::text::within_slip(&chars(a), &chars(b))
}

/// Each word of the shorter name with one of the longer.
fn pair_up(a: &[String], b: &[String]) -> Option<NameMatch> {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let mut left: Vec<&String> = long.iter().collect();
    let (mut same, mut slips, mut initials) = (0, 0, 0);
    let mut open = Vec::new();
    for word in short {
        match left.iter().position(|other| *other == word) {
            Some(at) => {
                left.remove(at);
                same += 1;
            }
            None => open.push(word),
        }
    }
    for word in open {
        let initial = |x: &str, y: &str| x.chars().count() == 1 && y.starts_with(x);
        if let Some(at) = left.iter().position(|other| word.len().min(other.len()) >= 4 && slip(word, other)) {
            left.remove(at);
            slips += 1;
        } else if let Some(at) =
            left.iter().position(|other| initial(word, other) || initial(other, word) || is_short(word, other))
        {
            left.remove(at);
            initials += 1;
        } else {
            return None;
        }
    }
    match (left.len(), slips, initials, same) {
        (0, 1, 0, _) | (0, 2, 0, 1..) => Some(NameMatch::Slip),
        (0, 0, 1.., 1..) => Some(NameMatch::Part),
        // Two words in common and some more; or one word alone.
        (1.., 0, _, 2..) | (1.., 0, 0, 1) => Some(NameMatch::Part),
        _ => None,
    }
}

/// Whether one given name is the other for short, or both are of a third.
fn is_short(a: &str, b: &str) -> bool {
    SHORT.lines().any(|line| [a, b].iter().all(|name| line.split(' ').any(|short| short == *name)))
}

/// Whether the words, in any order, spell the characters in whole syllables.
fn spells(han: &[char], words: &[String]) -> bool {
    fn from(han: &[char], text: &str) -> bool {
        match han.split_first() {
            None => text.is_empty(),
            Some((&c, rest)) => readings(c).any(|r| text.strip_prefix(r).is_some_and(|text| from(rest, text))),
        }
    }
    let straight = words.concat();
    let turned = words.split_last().map(|(last, rest)| format!("{last}{}", rest.concat())).unwrap_or_default();
    let first_last = words.split_first().map(|(first, rest)| format!("{}{first}", rest.concat())).unwrap_or_default();
    han.len() > 1 && (from(han, &straight) || from(han, &turned) || from(han, &first_last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_agree_and_how() {
        use NameMatch::*;
        for (a, b, want) in [
            ("张伟", "張偉", Same),
            ("张伟", "张伟先生", Same),
            ("张 伟", "张伟（老客户）", Same),
            ("王秀英女士", "王秀英", Same),
            ("John Smith", "Mr. JOHN  SMITH", Same),
            ("Ｊｏｈｎ Smith", "Dr John Smith, PhD", Same),
            ("José Álvarez", "Jose Alvarez", Same),
            ("O'Brien Pat", "OBrien Pat", Same),
            ("Zhang Wei", "Wei Zhang", Order),
            ("Smith, John", "John Smith", Order),
            ("Zhangwei", "Zhang Wei", Order),
            ("Mary-Ann Lee", "Maryann Lee", Order),
            ("Jonathan Smith", "Jonathon Smith", Slip),
            ("John Smith", "Jonh Smith", Slip),
            ("John Clark", "John Clarke", Slip),
            ("Clarke, John", "Clark, John", Slip),
            ("Lind Smith", "Linda Smith", Slip),
            ("Victori Smith", "Victoria Smith", Slip),
            ("Lynne Smith", "Lynn Smith", Slip),
            ("Christine Lee", "Christina Lee", Slip),
            ("Robert Smith", "Roberta Smith", Different),
            ("Robert Smith", "Smith, Roberta", Different),
            ("Robert J. Smith", "Mrs. Roberta Smith", Different),
            ("Robert", "Roberta", Different),
            ("Mario Rossi", "Maria Rossi", Different),
            ("José Müller", "Josef Müller", Different),
            ("Andre Weiss", "Andrea Weiß", Different),
            ("Christian Bauer", "Christina Bauer", Different),
            ("Francis Moore", "Frances Moore", Different),
            ("Tim Thompson", "Tom Thompson", Different),
            ("Mark Thompson", "Mary Thompson", Different),
            ("Александр Иванов", "Александра Иванов", Different),
            ("王小明", "王晓明", Sound),
            ("单国强", "Shan Guoqiang", Pinyin),
            ("欧阳娜娜", "Nana Ouyang", Pinyin),
            ("张伟", "Zhang Wei", Pinyin),
            ("王先生", "王伟", Part),
            ("J. Smith", "John Smith", Part),
            ("John Michael Smith", "John Smith", Part),
            ("张伟", "张芳", Different),
            ("John Smith", "Jane Smith", Different),
            ("王小明", "王小红", Different),
            ("杭州云上科技有限公司", "杭州云上科技", Same),
            ("Acme Trading Co., Ltd.", "ACME Trading Limited", Same),
        ] {
            let (x, y) = (Name::read(a), Name::read(b));
            assert_eq!(x.compare(&y), Some(want), "{a} {b}: {x:?} {y:?}");
            assert_eq!(y.compare(&x), Some(want), "{b} {a}");
        }
        assert_eq!(Name::read("").compare(&Name::read("Ann")), None);
        assert_eq!((Name::read("王先生").is_man, Name::read("Mrs Lee").is_man), (Some(true), Some(false)));
    }

    #[test]
    fn letters_do_not_depend_on_script_or_order() {
        let key = |name: &str| Name::read(name).sorted_letters();
        assert_eq!(key("Wang Xiaoming"), key("Xiao Ming Wang"));
        for (han, latin) in [("王小明", "Xiaoming Wang"), ("单国强", "Shan Guoqiang"), ("吕布", "Lu Bu")] {
            assert!(key(han).iter().any(|k| key(latin).contains(k)), "{han}");
        }
        assert!(key("").is_empty());
    }

    #[test]
    fn companies() {
        assert_eq!(company_key("杭州茂源贸易有限公司"), company_key("杭州茂源贸易"));
        assert_eq!(company_key("Blue Sea Ltd."), company_key("BLUE SEA LIMITED"));
        assert_ne!(company_key("Blue Sea"), company_key("Red Sea"));
        assert_eq!(company_key("公司"), "公司");
    }
}
