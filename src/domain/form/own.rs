//! Custom fields: what the user added to customers, products or orders, how their values are stored and how they read after
//! the type was changed.
//!
//! A value is stored as plain JSON (a text, yes or no, a list of texts; numbers as decimal text, links as ids), so that it says
//! the same whatever the type of its field becomes. It is never rewritten by a change of the type: what converts is converted
//! while it is read, what does not is shown as it was.

use serde::{Deserialize, Serialize};

use super::{Input, InvalidReason, check_value};
use crate::domain::check::{LONG, clean};
use crate::domain::{Id, Kind, PartialDate, Value, custom_name, parse_decimal, parse_words, show_decimal};

/// What a custom field holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OwnInput {
    #[default]
    Text,
    /// With up to four decimals.
    Number,
    /// Major units of the book's currency, with up to four decimals.
    Money,
    /// A [`PartialDate`].
    Date,
    /// One of a list.
    Choice,
    /// Some of a list.
    Many,
    YesNo,
    /// Another record.
    Link,
}

impl OwnInput {
    /// A type that is not known holds text.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        match name {
            "number" => Self::Number,
            "money" => Self::Money,
            "date" => Self::Date,
            "choice" => Self::Choice,
            "many" => Self::Many,
            "yes_no" => Self::YesNo,
            "link" => Self::Link,
            _ => Self::Text,
        }
    }
}

/// A field that the user made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnField {
    pub id: Id,
    pub of: Kind,
    pub name: String,
    pub input: OwnInput,
    pub choices: Vec<String>,
    /// To what it links.
    pub target: Kind,
    pub place: i64,
    pub hint: String,
    /// What choices were called and what they were called then. Values keep the word that was chosen: so a colleague who has not
    /// heard of the new one yet means the same, and no edit of theirs is overwritten.
    pub renamed: Vec<(String, String)>,
}

/// What people write for yes and for no.
const YES: [&str; 9] = ["yes", "y", "true", "1", "✓", "x", "是", "对", "有"];
const NO: [&str; 8] = ["no", "n", "false", "0", "✗", "否", "不", "无"];

/// What a cell or a field of another type says of yes and no.
#[must_use]
pub fn yes_no(text: &str) -> Option<bool> {
    let text = text.trim().to_lowercase();
    let is_of = |words: &[&str]| words.contains(&text.as_str());
    if is_of(&YES) {
        Some(true)
    } else if is_of(&NO) {
        Some(false)
    } else {
        None
    }
}

impl OwnField {
    /// The field of the record that holds its value.
    #[must_use]
    pub fn field(&self) -> String {
        custom_name(self.id)
    }

    /// How it is typed. The choices of a list are its own.
    #[must_use]
    pub fn typed(&self) -> Input {
        match self.input {
            OwnInput::Text => Input::Line(LONG),
            OwnInput::Number => Input::Decimal,
            OwnInput::Money => Input::Amount,
            OwnInput::Date => Input::Date,
            OwnInput::Choice => Input::Choice(&[]),
            OwnInput::Many => Input::Many(&[]),
            OwnInput::YesNo => Input::YesNo,
            OwnInput::Link => Input::Link(self.target),
        }
    }

    /// What the choice `word` is called now; the word itself where nobody renamed it.
    #[must_use]
    pub fn current<'a>(&'a self, word: &'a str) -> &'a str {
        let is_choice = |word: &str| self.choices.iter().any(|choice| choice == word);
        if self.renamed.is_empty() || is_choice(word) {
            return word;
        }
        // All names of the one choice: where two devices renamed it, either name may be the one that stands.
        let (mut names, mut at) = (vec![word], 0);
        while let Some(&name) = names.get(at) {
            at += 1;
            for (was, now) in &self.renamed {
                let other = if was == name { now } else { was };
                if [was, now].contains(&&name.to_owned()) && !names.contains(&other.as_str()) {
                    names.push(other);
                }
            }
        }
        let last = || self.renamed.iter().rev().map(|(_, now)| now.as_str()).find(|now| names.contains(now));
        names.iter().copied().find(|name| is_choice(name)).or_else(last).unwrap_or(word)
    }

    /// Which choices got another name when the list became `now`: those that stand between the same neighbours, as many as before.
    #[must_use]
    pub fn renames(&self, now: &[String]) -> Vec<(String, String)> {
        let gaps = |list: &[String], other: &[String]| -> Vec<(Option<String>, Vec<String>)> {
            let mut gaps = vec![(None, Vec::new())];
            for word in list {
                if other.contains(word) {
                    gaps.push((Some(word.clone()), Vec::new()));
                } else if let Some((_, gap)) = gaps.last_mut() {
                    gap.push(word.clone());
                }
            }
            gaps
        };
        let (before, after) = (gaps(&self.choices, now), gaps(now, &self.choices));
        // Put into another order, nothing tells which became which.
        if !before.iter().map(|gap| &gap.0).eq(after.iter().map(|gap| &gap.0)) {
            return Vec::new();
        }
        let same = before.into_iter().zip(after).filter(|(was, now)| was.1.len() == now.1.len());
        same.flat_map(|(was, now)| was.1.into_iter().zip(now.1)).collect()
    }

    /// What is stored, as a value of this field's type; what does not convert stays what it is, and [`Self::fits`] says no.
    #[must_use]
    pub fn read(&self, stored: &Value) -> Value {
        let Some(plain) = plain(stored) else { return Value::Null };
        let converted = match (self.input, &plain) {
            (OwnInput::Text, Value::Bool(b)) => Some(if *b { "✓" } else { "✗" }.into()),
            (OwnInput::Text, Value::Json(json)) => Some(words(json).join(", ").into()),
            (OwnInput::Number | OwnInput::Money, Value::Text(text)) => parse_decimal(text, 4).map(Value::Int),
            (OwnInput::Date, Value::Text(text)) => PartialDate::parse(text).map(|date| date.to_string().into()),
            (OwnInput::Choice, Value::Text(text)) => Some(self.current(text).into()),
            (OwnInput::Choice, Value::Json(json)) => match words(json).as_slice() {
                [one] => Some(self.current(one).into()),
                _ => None,
            },
            (OwnInput::Many, Value::Text(text)) => Some(self.many(parse_words(text).iter().map(String::as_str))),
            (OwnInput::Many, Value::Json(json)) => Some(self.many(words(json).into_iter())),
            (OwnInput::YesNo, Value::Text(text)) => yes_no(text).map(Value::Bool),
            (OwnInput::Link, Value::Text(text)) => Id::parse(text).map(Value::Ref),
            _ => None,
        };
        converted.unwrap_or(plain)
    }

    /// A list of choices as they are called now, each once.
    fn many<'a>(&'a self, words: impl Iterator<Item = &'a str>) -> Value {
        let mut list: Vec<&str> = Vec::new();
        for word in words.map(|word| self.current(word)) {
            if !list.contains(&word) {
                list.push(word);
            }
        }
        Value::Json(list.into())
    }

    /// Whether a value that [`Self::read`] gave is one of this field's type. Whether a link leads somewhere only the book knows.
    #[must_use]
    pub fn fits(&self, value: &Value) -> bool {
        let known = |word: &str| self.choices.iter().any(|c| c == word);
        match (self.input, value) {
            (_, Value::Null)
            | (OwnInput::Text, Value::Text(_))
            | (OwnInput::Number | OwnInput::Money, Value::Int(_))
            | (OwnInput::YesNo, Value::Bool(_))
            | (OwnInput::Link, Value::Ref(_)) => true,
            (OwnInput::Date, Value::Text(text)) => PartialDate::parse(text).is_some(),
            (OwnInput::Choice, Value::Text(text)) => known(text),
            (OwnInput::Many, Value::Json(json)) => words(json).into_iter().all(known),
            _ => false,
        }
    }

    /// A typed value as it is stored; [`Value::Null`] for an empty one.
    ///
    /// # Errors
    /// Why it cannot be.
    pub fn store(&self, value: Value) -> Result<Value, InvalidReason> {
        let value = match self.input {
            OwnInput::Choice => check_value(Input::Line(LONG), value)?,
            OwnInput::Many => check_value(Input::Words, value)?,
            _ => check_value(self.typed(), value)?,
        };
        if !self.fits(&value) {
            return Err(InvalidReason::Unknown);
        }
        let json: serde_json::Value = match value {
            Value::Text(text) => text.into(),
            Value::Int(n) => show_decimal(n, 4).into(),
            Value::Bool(b) => b.into(),
            Value::Ref(id) => id.to_string().into(),
            Value::Json(list) => list,
            Value::Null | Value::Lines(_) => return Ok(Value::Null),
        };
        Ok(Value::Json(json))
    }

    /// A cell of a file as it is stored; [`Value::Null`] for an empty one. What the name in a link leads to only the book knows.
    ///
    /// # Errors
    /// As [`Self::store`].
    pub fn parse(&self, cell: &str) -> Result<Value, InvalidReason> {
        let text = clean(cell);
        if text.is_empty() {
            return Ok(Value::Null);
        }
        let value = match self.input {
            OwnInput::Number | OwnInput::Money => {
                parse_decimal(&text, 4).map(Value::Int).ok_or(InvalidReason::NotANumber)?
            }
            OwnInput::YesNo => yes_no(&text).map(Value::Bool).ok_or(InvalidReason::Unknown)?,
            OwnInput::Many => self.many(parse_words(&text).iter().map(String::as_str)),
            OwnInput::Link => return Err(InvalidReason::Unknown),
            OwnInput::Choice => self.current(&text).into(),
            OwnInput::Text | OwnInput::Date => text.into(),
        };
        self.store(value)
    }
}

/// What is stored as a plain value: a text, yes or no, or a list. `None` where there is nothing.
fn plain(stored: &Value) -> Option<Value> {
    Some(match stored {
        Value::Null | Value::Json(serde_json::Value::Null) => return None,
        Value::Json(serde_json::Value::String(text)) => text.as_str().into(),
        Value::Json(serde_json::Value::Bool(b)) => (*b).into(),
        Value::Json(list @ serde_json::Value::Array(_)) => Value::Json(words(list).into()),
        // Of a program that keeps numbers as such, or of a later version.
        Value::Json(other) => other.to_string().into(),
        other => other.clone(),
    })
}

fn words(json: &serde_json::Value) -> Vec<&str> {
    json.as_array().into_iter().flatten().filter_map(serde_json::Value::as_str).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    const ALL: [OwnInput; 8] = [
        OwnInput::Text,
        OwnInput::Number,
        OwnInput::Money,
        OwnInput::Date,
        OwnInput::Choice,
        OwnInput::Many,
        OwnInput::YesNo,
        OwnInput::Link,
    ];

    fn of(input: OwnInput) -> OwnField {
        OwnField {
            id: Id(1),
            of: Kind::Customer,
            name: "Own".into(),
            input,
            choices: vec!["red".into(), "绿".into()],
            target: Kind::Product,
            place: 0,
            hint: String::new(),
            renamed: Vec::new(),
        }
    }

    fn list(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn what_stands_where_another_stood_is_its_new_name() {
        let cases = [
            ("red green", "crimson green", "red>crimson"),
            ("red green blue", "red lime blue black", "green>lime"),
            ("red", "black", "red>black"),
            ("a b c", "x y c", "a>x b>y"),
            ("a b c", "c x y", ""),
            ("red green", "green black", ""),
            ("red green", "red", ""),
            ("red", "red black", ""),
            ("red green", "green red", ""),
            ("", "red", ""),
            ("red", "", ""),
        ];
        for (was, now, want) in cases {
            let field = OwnField { choices: list(was), ..of(OwnInput::Choice) };
            let got: Vec<_> = field.renames(&list(now)).into_iter().map(|(a, b)| format!("{a}>{b}")).collect();
            assert_eq!(got.join(" "), want, "{was} | {now}");
        }
    }

    #[test]
    fn a_choice_is_known_by_all_its_names() {
        let cases = [
            ("crimson", "red>crimson", "red", "crimson"),
            ("scarlet", "red>crimson crimson>scarlet", "red", "scarlet"),
            ("red", "red>crimson crimson>red", "crimson", "red"),
            // Another device’s list stands, of before the new name.
            ("red", "red>crimson", "crimson", "red"),
            ("red blue", "red>crimson", "red", "red"),
            // Gone: by its last name.
            ("blue", "red>crimson crimson>scarlet", "red", "scarlet"),
            ("blue", "red>crimson", "green", "green"),
        ];
        for (choices, renamed, word, want) in cases {
            let renamed = list(renamed)
                .iter()
                .filter_map(|pair| pair.split_once('>').map(|(a, b)| (a.into(), b.into())))
                .collect();
            let field = OwnField { choices: list(choices), renamed, ..of(OwnInput::Choice) };
            assert_eq!(field.current(word), want, "{choices} | {word}");
            let many = OwnField { input: OwnInput::Many, ..field };
            assert_eq!(many.read(&Value::Json(json!([word, want]))), Value::Json(json!([want])));
        }
    }

    #[test]
    fn what_is_stored_reads_back_and_what_does_not_fit_is_refused() {
        let cases = [
            (OwnInput::Text, "<b>王</b> 🍵".into(), json!("<b>王</b> 🍵")),
            (OwnInput::Number, Value::Int(-125_000), json!("-12.5")),
            (OwnInput::Money, Value::Int(99_900), json!("9.99")),
            (OwnInput::Date, "L2020-04R-10".into(), json!("L2020-04R-10")),
            (OwnInput::Choice, "绿".into(), json!("绿")),
            (OwnInput::Many, Value::Json(json!(["绿", "red"])), json!(["绿", "red"])),
            (OwnInput::YesNo, Value::Bool(false), json!(false)),
            (OwnInput::Link, Value::Ref(Id(7)), json!(Id(7).to_string())),
        ];
        for (input, value, stored) in cases {
            let field = of(input);
            assert_eq!(field.store(value.clone()), Ok(Value::Json(stored.clone())), "{input:?}");
            let read = field.read(&Value::Json(stored));
            assert_eq!(read, value, "{input:?}");
            assert!(field.fits(&read), "{input:?}");
        }
        use InvalidReason::{NotADate, OutOfRange, TooLong, Unknown};
        let refused = [
            (OwnInput::Text, "x".repeat(10_001).into(), TooLong),
            (OwnInput::Number, "12".into(), Unknown),
            (OwnInput::Money, Value::Int(i64::MIN), OutOfRange),
            (OwnInput::Date, "2021-02-30".into(), NotADate),
            (OwnInput::Choice, "blue".into(), Unknown),
            (OwnInput::Many, Value::Json(json!(["red", "blue"])), Unknown),
            (OwnInput::Link, "Tea".into(), Unknown),
        ];
        for (input, value, why) in refused {
            assert_eq!(of(input).store(value), Err(why), "{input:?}");
        }
        for input in ALL {
            assert_eq!(of(input).store(Value::Null), Ok(Value::Null));
            assert_eq!(of(input).read(&Value::Null), Value::Null);
        }
    }

    /// Stored under one type and read under another: what it becomes, and whether it fits.
    #[test]
    fn another_type_converts_what_it_can_and_loses_nothing() {
        let cases = [
            (json!("12.5"), OwnInput::Number, Value::Int(125_000), true),
            (json!("about 12"), OwnInput::Number, "about 12".into(), false),
            (json!("12.5"), OwnInput::Money, Value::Int(125_000), true),
            (json!("-3"), OwnInput::Text, "-3".into(), true),
            (json!("20 May 1988"), OwnInput::Date, "1988-05-20".into(), true),
            (json!("soon"), OwnInput::Date, "soon".into(), false),
            (json!("red"), OwnInput::Choice, "red".into(), true),
            (json!("blue"), OwnInput::Choice, "blue".into(), false),
            (json!("red, 绿"), OwnInput::Many, Value::Json(json!(["red", "绿"])), true),
            (json!(["red"]), OwnInput::Choice, "red".into(), true),
            (json!(["red", "绿"]), OwnInput::Choice, Value::Json(json!(["red", "绿"])), false),
            (json!(["red", "绿"]), OwnInput::Text, "red, 绿".into(), true),
            (json!(["red"]), OwnInput::Number, Value::Json(json!(["red"])), false),
            (json!(true), OwnInput::Text, "✓".into(), true),
            (json!("✗"), OwnInput::YesNo, Value::Bool(false), true),
            (json!("是"), OwnInput::YesNo, Value::Bool(true), true),
            (json!("maybe"), OwnInput::YesNo, "maybe".into(), false),
            (json!("Tea"), OwnInput::Link, "Tea".into(), false),
            (json!(12), OwnInput::Number, Value::Int(120_000), true),
            (json!({"a": 1}), OwnInput::Text, r#"{"a":1}"#.into(), true),
        ];
        for (stored, input, want, fits) in cases {
            let field = of(input);
            let read = field.read(&Value::Json(stored.clone()));
            assert_eq!(read, want, "{stored} {input:?}");
            assert_eq!(field.fits(&read), fits, "{stored} {input:?}");
        }
    }

    #[test]
    fn cells_of_files() {
        let cases = [
            (OwnInput::Number, " 1,234.50 ", Ok(json!("1234.5"))),
            (OwnInput::Number, "many", Err(InvalidReason::NotANumber)),
            (OwnInput::YesNo, "是", Ok(json!(true))),
            (OwnInput::YesNo, "maybe", Err(InvalidReason::Unknown)),
            (OwnInput::Many, "red；绿", Ok(json!(["red", "绿"]))),
            (OwnInput::Choice, "blue", Err(InvalidReason::Unknown)),
            (OwnInput::Date, "1988/5/20", Ok(json!("1988-05-20"))),
            (OwnInput::Link, "Tea", Err(InvalidReason::Unknown)),
        ];
        for (input, cell, want) in cases {
            assert_eq!(of(input).parse(cell), want.map(Value::Json), "{input:?} {cell}");
        }
        assert_eq!(of(OwnInput::Number).parse("  "), Ok(Value::Null));
    }

    proptest! {
        #[test]
        fn nothing_typed_panics_and_all_that_is_stored_fits(at in 0usize..8, text in "\\PC{0,40}") {
            let field = of(ALL[at]);
            if let Ok(stored) = field.parse(&text) {
                prop_assert!(field.fits(&field.read(&stored)));
            }
            let _any = field.read(&Value::Json(text.into()));
        }
    }
}
