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

    /// What is stored, as a value of this field's type; what does not convert stays what it is, and [`Self::fits`] says no.
    #[must_use]
    pub fn read(&self, stored: &Value) -> Value {
        let Some(plain) = plain(stored) else { return Value::Null };
        let converted = match (self.input, &plain) {
            (OwnInput::Text, Value::Bool(b)) => Some(if *b { "✓" } else { "✗" }.into()),
            (OwnInput::Text, Value::Json(json)) => Some(words(json).join(", ").into()),
            (OwnInput::Number | OwnInput::Money, Value::Text(text)) => parse_decimal(text, 4).map(Value::Int),
            (OwnInput::Date, Value::Text(text)) => PartialDate::parse(text).map(|date| date.to_string().into()),
            (OwnInput::Choice, Value::Json(json)) => match words(json).as_slice() {
                [one] => Some((*one).into()),
                _ => None,
            },
            (OwnInput::Many, Value::Text(text)) => Some(Value::Json(parse_words(text).into())),
            (OwnInput::YesNo, Value::Text(text)) => yes_no(text).map(Value::Bool),
            (OwnInput::Link, Value::Text(text)) => Id::parse(text).map(Value::Ref),
            _ => None,
        };
        converted.unwrap_or(plain)
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
            OwnInput::Many => Value::Json(parse_words(&text).into()),
            OwnInput::Link => return Err(InvalidReason::Unknown),
            OwnInput::Text | OwnInput::Date | OwnInput::Choice => text.into(),
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
