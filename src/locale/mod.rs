//! Every sentence the user sees, in both languages side by side. A missing one does not compile; the tests below hold
//! both to the same placeholders and to plain typographic rules. Pure: numbers and dates are put into words by the
//! page (`ui::format`), and arrive here as text.
//!
//! A text may hold placeholders (`{n}`), filled by [`fill`]. English texts that count hold two forms, `one|other`,
//! chosen by [`plural`]; 中文 has one form.

mod aliases;
mod backup;
mod cadence;
mod common;
mod customer;
mod customers;
mod data;
mod data_words;
mod duplicates;
mod errors;
mod history;
mod list;
mod moved;
mod person;
mod records;
mod retention;
mod rules;
mod satisfaction;
mod segments;
mod settings;
mod share;
mod share_words;
mod shell;
mod today;
mod words;
mod worth;

pub use aliases::aliases;
pub use backup::BackupTexts;
pub use cadence::CadenceTexts;
pub use common::Common;
pub use customer::CustomerTexts;
pub use customers::CustomersTexts;
pub use data::DataTexts;
pub use duplicates::DuplicatesTexts;
pub use errors::ErrorTexts;
pub use history::HistoryTexts;
pub use list::ListTexts;
pub use moved::MovedTexts;
pub use person::PersonTexts;
pub use retention::RetentionTexts;
pub use rules::RulesTexts;
pub use satisfaction::SatisfactionTexts;
pub use segments::SegmentsTexts;
pub use settings::SettingsTexts;
pub use share::ShareTexts;
pub use shell::ShellTexts;
pub use today::TodayTexts;
pub use worth::WorthTexts;

use crate::engine::api::Language;

/// Defines a struct of texts, one field per text: `name: "English", "中文";`.
macro_rules! texts {
    ($(#[$doc:meta])* $name:ident { $($field:ident: $en:literal, $zh:literal;)* }) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name { $(pub $field: &'static str),* }

        impl $name {
            pub const EN: Self = Self { $($field: $en),* };
            pub const ZH: Self = Self { $($field: $zh),* };
            /// Name, English, 中文: for the tests.
            #[cfg(test)]
            pub const ALL: &'static [(&'static str, &'static str, &'static str)] =
                &[$((concat!(stringify!($name), ".", stringify!($field)), $en, $zh)),*];
        }
    };
}
use texts;

/// All texts of one language, by area.
#[derive(Debug)]
pub struct Texts {
    pub backup: BackupTexts,
    pub cadence: CadenceTexts,
    pub common: Common,
    pub shell: ShellTexts,
    pub today: TodayTexts,
    pub customers: CustomersTexts,
    pub list: ListTexts,
    pub rules: RulesTexts,
    pub customer: CustomerTexts,
    pub segments: SegmentsTexts,
    pub satisfaction: SatisfactionTexts,
    pub worth: WorthTexts,
    pub moved: MovedTexts,
    pub retention: RetentionTexts,
    pub data: DataTexts,
    pub share: ShareTexts,
    pub duplicates: DuplicatesTexts,
    pub settings: SettingsTexts,
    pub history: HistoryTexts,
    pub person: PersonTexts,
    pub errors: ErrorTexts,
}

static EN: Texts = Texts {
    backup: BackupTexts::EN,
    cadence: CadenceTexts::EN,
    common: Common::EN,
    shell: ShellTexts::EN,
    today: TodayTexts::EN,
    customers: CustomersTexts::EN,
    list: ListTexts::EN,
    rules: RulesTexts::EN,
    customer: CustomerTexts::EN,
    segments: SegmentsTexts::EN,
    satisfaction: SatisfactionTexts::EN,
    worth: WorthTexts::EN,
    moved: MovedTexts::EN,
    retention: RetentionTexts::EN,
    data: DataTexts::EN,
    share: ShareTexts::EN,
    duplicates: DuplicatesTexts::EN,
    settings: SettingsTexts::EN,
    history: HistoryTexts::EN,
    person: PersonTexts::EN,
    errors: ErrorTexts::EN,
};

static ZH: Texts = Texts {
    backup: BackupTexts::ZH,
    cadence: CadenceTexts::ZH,
    common: Common::ZH,
    shell: ShellTexts::ZH,
    today: TodayTexts::ZH,
    customers: CustomersTexts::ZH,
    list: ListTexts::ZH,
    rules: RulesTexts::ZH,
    customer: CustomerTexts::ZH,
    segments: SegmentsTexts::ZH,
    satisfaction: SatisfactionTexts::ZH,
    worth: WorthTexts::ZH,
    moved: MovedTexts::ZH,
    retention: RetentionTexts::ZH,
    data: DataTexts::ZH,
    share: ShareTexts::ZH,
    duplicates: DuplicatesTexts::ZH,
    settings: SettingsTexts::ZH,
    history: HistoryTexts::ZH,
    person: PersonTexts::ZH,
    errors: ErrorTexts::ZH,
};

/// A language with its texts. Copy it freely.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Locale {
    pub language: Language,
}

impl Locale {
    #[must_use]
    pub fn new(language: Language) -> Self {
        Self { language }
    }

    /// The first language of the browser's list that Kith speaks; English if none.
    #[must_use]
    pub fn from_tags<'a>(tags: impl IntoIterator<Item = &'a str>) -> Self {
        let language = tags.into_iter().find_map(|tag| {
            let primary = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
            match primary.as_str() {
                "zh" | "yue" | "cmn" => Some(Language::Zh),
                "en" => Some(Language::En),
                _ => None,
            }
        });
        Self { language: language.unwrap_or_default() }
    }

    #[must_use]
    pub fn t(self) -> &'static Texts {
        match self.language {
            Language::En => &EN,
            Language::Zh => &ZH,
        }
    }

    /// BCP 47 tag, for `lang` and for Intl.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self.language {
            Language::En => "en",
            Language::Zh => "zh-CN",
        }
    }

    /// The separator of a list written in a sentence.
    #[must_use]
    pub fn comma(self) -> &'static str {
        match self.language {
            Language::En => ", ",
            Language::Zh => "、",
        }
    }
}

/// Puts values into a text's placeholders. A placeholder without a value stays as it is; values are not read for
/// placeholders themselves. Where 汉字 and a letter or digit of another script meet, a blank comes between them: whether one is
/// needed depends on the value.
#[must_use]
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len());
    for piece in pieces(text) {
        match piece {
            Piece::Text(text) => join(&mut out, text),
            Piece::Slot(name) => match values.iter().find(|(n, _)| *n == name) {
                Some((_, value)) => join(&mut out, value),
                None => out.extend(["{", name, "}"]),
            },
        }
    }
    out
}

fn join(out: &mut String, next: &str) {
    if needs_blank(out, next) {
        out.push(' ');
    }
    out.push_str(next);
}

/// Whether 汉字 and a letter or digit of another script meet between the two.
#[must_use]
pub fn needs_blank(before: &str, next: &str) -> bool {
    let other = |c: char| c.is_alphanumeric() && !is_east_asian(c);
    match (before.chars().next_back(), next.chars().next()) {
        (Some(last), Some(first)) => (han(last) && other(first)) || (other(last) && han(first)),
        _ => false,
    }
}

/// 汉字 in the sense of the rules of typography: the unified ideographs.
fn han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}')
}

/// Of a script that is set as 汉字 are, without blanks: those, kana, hangul, full width.
fn is_east_asian(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..)
}

/// Like [`fill`], choosing between the forms `one|other` by `n` first.
#[must_use]
pub fn plural(text: &str, n: u64, values: &[(&str, &str)]) -> String {
    fill(form(text, n), values)
}

/// The form of `one|other` that goes with `n`.
#[must_use]
pub fn form(text: &str, n: u64) -> &str {
    match text.split_once('|') {
        Some((one, other)) => {
            if n == 1 {
                one
            } else {
                other
            }
        }
        None => text,
    }
}

/// A text cut at its placeholders, so that a page can put links where the numbers stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    Text(&'a str),
    Slot(&'a str),
}

/// Cuts a text at its placeholders.
#[must_use]
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let (before, from) = rest.split_at(open);
        let Some(close) = from.find('}') else { break };
        if !before.is_empty() {
            out.push(Piece::Text(before));
        }
        out.push(Piece::Slot(&from[1..close]));
        rest = &from[close + 1..];
    }
    if !rest.is_empty() {
        out.push(Piece::Text(rest));
    }
    out
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn all() -> Vec<(&'static str, &'static str, &'static str)> {
        [
            BackupTexts::ALL,
            CadenceTexts::ALL,
            Common::ALL,
            ShellTexts::ALL,
            TodayTexts::ALL,
            CustomersTexts::ALL,
            ListTexts::ALL,
            RulesTexts::ALL,
            CustomerTexts::ALL,
            SegmentsTexts::ALL,
            MovedTexts::ALL,
            WorthTexts::ALL,
            RetentionTexts::ALL,
            SatisfactionTexts::ALL,
            DataTexts::ALL,
            ShareTexts::ALL,
            DuplicatesTexts::ALL,
            SettingsTexts::ALL,
            HistoryTexts::ALL,
            PersonTexts::ALL,
            ErrorTexts::ALL,
            records::WORDS,
        ]
        .concat()
    }

    fn slots(text: &str) -> BTreeSet<&str> {
        pieces(text).into_iter().filter_map(|p| if let Piece::Slot(name) = p { Some(name) } else { None }).collect()
    }

    #[test]
    fn fill_puts_values_in_and_leaves_the_rest() {
        type Case = (&'static str, &'static [(&'static str, &'static str)], &'static str);
        let cases: [Case; 13] = [
            ("已添加{what}", &[("what", "Ada")], "已添加 Ada"),
            ("已添加{what}", &[("what", "王小明")], "已添加王小明"),
            ("已添加{what}", &[("what", "<b>Ada</b>")], "已添加<b>Ada</b>"),
            ("{name}的生日", &[("name", "王 Léa")], "王 Léa 的生日"),
            ("{a}{b}", &[("a", "订单"), ("b", "17")], "订单 17"),
            ("选择 {name}，共 {n} 行", &[("name", "Ada"), ("n", "3")], "选择 Ada，共 3 行"),
            ("{a}の{b}", &[("a", "茶"), ("b", "３")], "茶の３"),
            ("{n} rows", &[("n", "3")], "3 rows"),
            ("{a}{b}", &[("a", "{b}"), ("b", "x")], "{b}x"),
            ("{who} left", &[], "{who} left"),
            ("no slots", &[("n", "3")], "no slots"),
            ("open { brace", &[("n", "3")], "open { brace"),
            ("", &[], ""),
        ];
        for (text, values, want) in cases {
            assert_eq!(fill(text, values), want);
        }
        assert_eq!(plural("{n} row|{n} rows", 1, &[("n", "1")]), "1 row");
        assert_eq!(plural("{n} row|{n} rows", 0, &[("n", "0")]), "0 rows");
        assert_eq!(plural("{n} 行", 2, &[("n", "2")]), "2 行");
    }

    #[test]
    fn the_browser_chooses_the_first_language() {
        let cases: [(&[&str], Language); 5] = [
            (&["zh-CN", "en"], Language::Zh),
            (&["de", "en-GB", "zh"], Language::En),
            (&["fr", "zh_Hant_TW"], Language::Zh),
            (&["fr"], Language::En),
            (&[], Language::En),
        ];
        for (tags, want) in cases {
            assert_eq!(Locale::from_tags(tags.iter().copied()).language, want, "{tags:?}");
        }
    }

    #[test]
    fn both_languages_have_the_same_placeholders() {
        for (name, en, zh) in all() {
            assert!(!en.trim().is_empty() && !zh.trim().is_empty(), "{name} is empty");
            for form in en.split('|') {
                assert_eq!(slots(form), slots(zh), "{name}: {form} / {zh}");
            }
            assert!(!zh.contains('|') && en.matches('|').count() <= 1, "{name}: forms");
        }
    }

    /// What is wrong with the typography of a Chinese text.
    fn slips(zh: &str) -> Vec<String> {
        // A count stands where `{n}` stands; other placeholders may be anything.
        let shown = zh.replace("{n}", "1");
        let chars: Vec<char> = shown.chars().collect();
        let mut found = Vec::new();
        for pair in chars.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            let near = format!("{a}{b}");
            if (han(a) && ",;:?!".contains(b)) || (",;:?!".contains(a) && han(b)) {
                found.push(format!("half-width mark at {near}"));
            }
            if (han(a) && b.is_ascii_alphanumeric()) || (a.is_ascii_alphanumeric() && han(b)) {
                found.push(format!("no space at {near}"));
            }
            if "，。；：？！、".contains(a) && b == ' ' {
                found.push(format!("space after full-width mark at {near}"));
            }
        }
        if zh.contains('您') {
            found.push("您".to_owned());
        }
        found
    }

    #[test]
    fn chinese_texts_are_set_properly() {
        assert_eq!(slips("第 3 行，日期不存在"), Vec::<String>::new());
        for bad in ["第3行", "共 {n}行", "好,再来", "好， 再来", "您好", "导入CSV"] {
            assert!(!slips(bad).is_empty(), "{bad}");
        }
        let found: Vec<_> =
            all().into_iter().flat_map(|(name, _, zh)| slips(zh).into_iter().map(move |s| (name, s))).collect();
        assert!(found.is_empty(), "{found:#?}");
    }

    #[test]
    fn english_texts_are_set_properly() {
        for (name, en, _) in all() {
            assert!(!en.to_lowercase().contains("successfully"), "{name}");
            // A language is named in itself; quoting it is the only reason for 汉字 in an English text.
            assert!(!en.replace("中文", "").chars().any(han), "{name}: {en}");
            assert!(!en.contains("  ") && en.trim() == en, "{name}: stray space");
        }
    }
}
