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
    Json(serde_json::Value),
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
