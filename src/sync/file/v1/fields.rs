//! Reading one record: `{"id":…,"at":…,"f":{…},"x":{…}}`.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::super::{FieldLine, Record};
use super::value::ValueSeed;
use crate::domain::{Id, Kind, Shape, Value};

/// Bytes of a field's name at most.
const MAX_NAME: usize = 200;

/// A record of this kind, in a file with so many commits.
#[derive(Clone, Copy)]
pub(super) struct RecordSeed {
    pub kind: Kind,
    pub commits: u32,
}

/// Civil times from the first to the last day of the four-digit years.
const YEARS_MS: std::ops::Range<i64> = -62_135_596_800_000..253_402_300_800_000;

fn shape_of(kind: Kind, name: &str) -> Shape {
    kind.fields().iter().find(|f| f.name == name).map_or(Shape::Json, |f| f.shape)
}

impl<'de> DeserializeSeed<'de> for RecordSeed {
    type Value = Record;
    fn deserialize<D: Deserializer<'de>>(self, d: D) -> Result<Record, D::Error> {
        d.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for RecordSeed {
    type Value = Record;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Record, A::Error> {
        let (mut id, mut at, mut fields, mut exceptions) = (None, None, None, None);
        let twice = |name: &str| A::Error::custom(format_args!("`{name}` twice"));
        while let Some(key) = map.next_key::<String>()? {
            let again = match key.as_str() {
                "id" => id.replace(map.next_value::<Id>()?).is_some(),
                "at" => at.replace(map.next_value_seed(Commit(self.commits))?).is_some(),
                "f" => fields.replace(map.next_value_seed(Fields(self))?).is_some(),
                "x" => exceptions.replace(map.next_value_seed(Exceptions(self))?).is_some(),
                _ => map.next_value::<IgnoredAny>().map(|_| false)?,
            };
            if again {
                return Err(twice(&key));
            }
        }
        let missing = |name: &'static str| A::Error::missing_field(name);
        let (id, at) = (id.ok_or_else(|| missing("id"))?, at.ok_or_else(|| missing("at"))?);
        let mut lines: Vec<FieldLine> = Vec::new();
        for (name, value) in fields.ok_or_else(|| missing("f"))? {
            if lines.iter().any(|line| line.name == name) {
                return Err(twice(&name));
            }
            lines.push(FieldLine { name, value, commit: at, word: None });
        }
        let mut done: Vec<String> = Vec::new();
        for (name, commit, word) in exceptions.unwrap_or_default() {
            let line = lines.iter_mut().find(|line| line.name == name);
            let line = line.ok_or_else(|| A::Error::custom(format_args!("`{name}` only in `x`")))?;
            if done.contains(&name) {
                return Err(twice(&name));
            }
            (line.commit, line.word) = (commit, word);
            done.push(name);
        }
        lines.retain(|line| line.value != Value::Null || line.commit != at || line.word.is_some());
        Ok(Record { kind: self.kind, id, at, fields: lines })
    }
}

/// A place in the list of commits.
#[derive(Clone, Copy)]
struct Commit(u32);

impl<'de> DeserializeSeed<'de> for Commit {
    type Value = u32;
    fn deserialize<D: Deserializer<'de>>(self, d: D) -> Result<u32, D::Error> {
        let n = <u32 as serde::Deserialize>::deserialize(d)?;
        self.check(u64::from(n))
    }
}

impl Commit {
    fn check<E: Error>(self, n: u64) -> Result<u32, E> {
        let known = u32::try_from(n).ok().filter(|n| *n < self.0);
        known.ok_or_else(|| E::custom(format_args!("commit {n} of {}", self.0)))
    }
}

/// At most so many fields: a record of a later version has some more, not thousands.
const MAX_FIELDS: usize = 300;

fn name<E: Error>(key: String, before: usize) -> Result<String, E> {
    if key.len() > MAX_NAME || before >= MAX_FIELDS {
        return Err(E::custom("too many fields, or a name too long"));
    }
    Ok(key)
}

struct Fields(RecordSeed);

impl<'de> DeserializeSeed<'de> for Fields {
    type Value = Vec<(String, Value)>;
    fn deserialize<D: Deserializer<'de>>(self, d: D) -> Result<Self::Value, D::Error> {
        d.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Fields {
    type Value = Vec<(String, Value)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("fields")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut fields = Vec::with_capacity(8);
        while let Some(key) = map.next_key::<String>()? {
            let name = name(key, fields.len())?;
            let value = map.next_value_seed(ValueSeed(shape_of(self.0.kind, &name)))?;
            if matches!(value, Value::Int(ms) if name == "at" && !YEARS_MS.contains(&ms)) {
                return Err(A::Error::custom("a time out of range"));
            }
            fields.push((name, value));
        }
        Ok(fields)
    }
}

struct Exceptions(RecordSeed);

type ExceptionLine = (String, u32, Option<(u32, Value)>);

impl<'de> DeserializeSeed<'de> for Exceptions {
    type Value = Vec<ExceptionLine>;
    fn deserialize<D: Deserializer<'de>>(self, d: D) -> Result<Self::Value, D::Error> {
        d.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Exceptions {
    type Value = Vec<ExceptionLine>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("commits of fields")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut lines = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            let name = name(key, lines.len())?;
            let seed = Exception { commits: Commit(self.0.commits), shape: shape_of(self.0.kind, &name) };
            let (commit, word) = map.next_value_seed(seed)?;
            lines.push((name, commit, word));
        }
        Ok(lines)
    }
}

/// `commit` or `[commit, commit of the file's word, the file's word]`.
struct Exception {
    commits: Commit,
    shape: Shape,
}

impl<'de> DeserializeSeed<'de> for Exception {
    type Value = (u32, Option<(u32, Value)>);
    fn deserialize<D: Deserializer<'de>>(self, d: D) -> Result<Self::Value, D::Error> {
        d.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Exception {
    type Value = (u32, Option<(u32, Value)>);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a commit, or a commit with the word of a file")
    }

    fn visit_u64<E: Error>(self, n: u64) -> Result<Self::Value, E> {
        Ok((self.commits.check(n)?, None))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let short = |n| A::Error::invalid_length(n, &"three elements");
        let commit = seq.next_element_seed(self.commits)?.ok_or_else(|| short(0))?;
        let by = seq.next_element_seed(self.commits)?.ok_or_else(|| short(1))?;
        let word = seq.next_element_seed(ValueSeed(self.shape))?.ok_or_else(|| short(2))?;
        match seq.next_element::<IgnoredAny>()? {
            None => Ok((commit, Some((by, word)))),
            Some(_) => Err(short(4)),
        }
    }
}
