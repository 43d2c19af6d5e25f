//! The value of a field on its way between commands, journal, files and tables.

use serde::{Deserialize, Serialize};

use super::Id;

/// One line of an order. Refund lines are negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub product: Option<Id>,
    /// In thousandths of a unit.
    pub quantity_milli: i64,
    /// In ten-thousandths of a major unit.
    pub unit_price_e4: i64,
    /// What was charged for the line, minor units of the order's currency.
    pub total_minor: i64,
}

/// A field's value; `Null` is “not known”.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    Null,
    Text(String),
    Int(i64),
    Bool(bool),
    Ref(Id),
    Lines(Vec<Line>),
    #[serde(with = "free_form")]
    Json(serde_json::Value),
}

impl Value {
    /// The words of a list; `None` for anything else.
    pub fn list(&self) -> Option<impl Iterator<Item = &str>> {
        let Self::Json(serde_json::Value::Array(words)) = self else { return None };
        Some(words.iter().filter_map(serde_json::Value::as_str))
    }
}

/// Free-form content as it is in JSON; in the positional form in which page and worker speak, which has no place for
/// content of unknown shape, a list of words is what a page can show and type.
mod free_form {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use serde_json::Value;

    pub fn serialize<S: Serializer>(value: &Value, s: S) -> Result<S::Ok, S::Error> {
        if s.is_human_readable() {
            return value.serialize(s);
        }
        let words: Vec<&str> = value.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        words.serialize(s)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Value, D::Error> {
        if d.is_human_readable() { Value::deserialize(d) } else { Vec::<String>::deserialize(d).map(Value::from) }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Null } else { Self::Text(text.to_owned()) }
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Null } else { Self::Text(text) }
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl From<i64> for Value {
    fn from(n: i64) -> Self {
        Self::Int(n)
    }
}

impl From<bool> for Value {
    fn from(b: bool) -> Self {
        Self::Bool(b)
    }
}

impl From<Id> for Value {
    fn from(id: Id) -> Self {
        Self::Ref(id)
    }
}

impl From<Vec<Line>> for Value {
    fn from(lines: Vec<Line>) -> Self {
        Self::Lines(lines)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn between_page_and_worker_lists_of_words_keep_their_words() {
        let back = |value: &Value| postcard::from_bytes::<Value>(&postcard::to_allocvec(value).unwrap()).unwrap();
        let words = Value::Json(serde_json::json!(["vip", "茶"]));
        for value in [words, "a".into(), Value::Int(-1), Value::Null, Value::Bool(false), Id(7).into()] {
            assert_eq!(back(&value), value);
        }
        assert_eq!(back(&Value::Json(serde_json::json!({"a": 1}))), Value::Json(serde_json::json!([])));
    }
}
