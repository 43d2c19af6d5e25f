//! Reading values: each must have the shape of its field.

use std::cell::Cell;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::domain::{Id, Line, MAX_MINOR, Shape, Value};

/// How deep free-form content may nest.
const MAX_DEPTH: u8 = 32;

/// The largest number that a field takes, scaled as it is: far beyond any price, and far from overflow.
const MAX_SCALED: i64 = 1_000_000_000_000_000_000;

/// A value for a field of this shape.
#[derive(Clone, Copy)]
pub(super) struct ValueSeed(pub Shape);

impl<'de> DeserializeSeed<'de> for ValueSeed {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, d: D) -> Result<Value, D::Error> {
        Ok(match self.0 {
            Shape::Text | Shape::Symbol => Option::<String>::deserialize(d)?.unwrap_or_default().into(),
            Shape::Bool => Option::<bool>::deserialize(d)?.into(),
            Shape::Int => match Option::<i64>::deserialize(d)? {
                Some(n) if !(-MAX_SCALED..=MAX_SCALED).contains(&n) => {
                    return Err(D::Error::custom("a number out of range"));
                }
                n => n.into(),
            },
            Shape::Ref(_) => Option::<Id>::deserialize(d)?.into(),
            Shape::Lines => match Option::<Lines>::deserialize(d)? {
                Some(Lines(lines)) if !lines.is_empty() => Value::Lines(lines),
                _ => Value::Null,
            },
            Shape::Json => match JsonSeed::new(&Cell::new(0)).deserialize(d)? {
                serde_json::Value::Null => Value::Null,
                json => Value::Json(json),
            },
        })
    }
}

struct Lines(Vec<Line>);

impl<'de> Deserialize<'de> for Lines {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let raw = Vec::<(Option<Id>, i64, i64, i64)>::deserialize(d)?;
        let sane = |n: i64, max: i64| (-max..=max).contains(&n);
        let line = |(product, quantity_milli, unit_price_e4, total_minor): (Option<Id>, i64, i64, i64)| {
            let fine =
                sane(quantity_milli, MAX_SCALED) && sane(unit_price_e4, MAX_SCALED) && sane(total_minor, MAX_MINOR);
            fine.then_some(Line { product, quantity_milli, unit_price_e4, total_minor })
        };
        let lines: Option<Vec<Line>> = raw.into_iter().map(line).collect();
        lines.map(Self).ok_or_else(|| D::Error::custom("an amount out of range"))
    }
}

/// How many values free-form content may hold: empty brackets take a hundred times the memory of their bytes. A header
/// with two vectors of the most devices has fewer.
const MAX_VALUES: u32 = 250_000;

/// Free-form content: no key twice, not too deep, not too many values.
#[derive(Clone, Copy)]
pub(super) struct JsonSeed<'c> {
    depth: u8,
    /// Values read so far.
    count: &'c Cell<u32>,
}

impl<'c> JsonSeed<'c> {
    pub fn new(count: &'c Cell<u32>) -> Self {
        Self { depth: 0, count }
    }

    fn deeper<E: Error>(self) -> Result<Self, E> {
        if self.depth >= MAX_DEPTH {
            return Err(E::custom("nested too deep"));
        }
        Ok(Self { depth: self.depth + 1, ..self })
    }

    fn one_more<E: Error>(self) -> Result<(), E> {
        self.count.set(self.count.get() + 1);
        if self.count.get() > MAX_VALUES { Err(E::custom("too many values")) } else { Ok(()) }
    }
}

impl<'de> DeserializeSeed<'de> for JsonSeed<'_> {
    type Value = serde_json::Value;
    fn deserialize<D: Deserializer<'de>>(self, d: D) -> Result<Self::Value, D::Error> {
        self.one_more()?;
        d.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for JsonSeed<'_> {
    type Value = serde_json::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(serde_json::Value::Null)
    }

    fn visit_bool<E>(self, b: bool) -> Result<Self::Value, E> {
        Ok(b.into())
    }

    fn visit_i64<E>(self, n: i64) -> Result<Self::Value, E> {
        Ok(n.into())
    }

    fn visit_u64<E>(self, n: u64) -> Result<Self::Value, E> {
        Ok(n.into())
    }

    fn visit_f64<E>(self, n: f64) -> Result<Self::Value, E> {
        Ok(n.into())
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(text.into())
    }

    fn visit_string<E>(self, text: String) -> Result<Self::Value, E> {
        Ok(text.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let inner = self.deeper()?;
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(inner)? {
            items.push(item);
        }
        Ok(items.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let inner = self.deeper()?;
        let mut fields = serde_json::Map::new();
        while let Some(key) = map.next_key::<String>()? {
            let value = map.next_value_seed(inner)?;
            if fields.insert(key, value).is_some() {
                return Err(A::Error::custom("a key twice"));
            }
        }
        Ok(fields.into())
    }
}
