//! A journal entry as it is stored: JSON, one per commit, for ever.

use serde::{Deserialize, Serialize};

use super::api::StoreError;
use super::store::FORMAT;
use crate::domain::{ChangeSet, Kind, Seq};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Major version, [`FORMAT`].
    pub format: u32,
    /// Records touched, so that a list of commits need not open their blocks.
    #[serde(default)]
    pub records: u64,
    pub set: ChangeSet,
}

impl Entry {
    #[must_use]
    pub fn new(set: ChangeSet, records: u64) -> Self {
        Self { format: FORMAT, records, set }
    }

    /// # Errors
    /// Never in practice: an entry is plain data.
    pub fn to_bytes(&self) -> Result<Vec<u8>, StoreError> {
        serde_json::to_vec(self).map_err(|e| StoreError::Other { detail: format!("entry: {e}") })
    }

    /// Reads entry `seq`. Fields that this version does not know are fine; an entry of a later format, about an unknown
    /// kind of record or with an unknown origin was written by a newer Kith, and the book must not be opened
    /// without it.
    ///
    /// # Errors
    /// `Newer` or `Corrupt`.
    pub fn from_bytes(seq: Seq, bytes: &[u8]) -> Result<Self, StoreError> {
        let corrupt = || StoreError::Corrupt { what: format!("entry {seq}") };
        if let Ok(entry) = serde_json::from_slice::<Self>(bytes)
            && entry.format == FORMAT
        {
            return Ok(entry);
        }
        let json: serde_json::Value = serde_json::from_slice(bytes).map_err(|_| corrupt())?;
        let format = json.get("format").and_then(serde_json::Value::as_u64).ok_or_else(corrupt)?;
        if format > u64::from(FORMAT) || is_from_the_future(&json) {
            let found = u32::try_from(format).unwrap_or(u32::MAX).max(FORMAT + 1);
            return Err(StoreError::Newer { found, known: FORMAT });
        }
        Err(corrupt())
    }
}

/// Well-formed, yet about a kind of record, or from an origin, that this version does not know.
fn is_from_the_future(json: &serde_json::Value) -> bool {
    let Some(set) = json.get("set") else { return false };
    let changes = set.get("changes").and_then(serde_json::Value::as_array);
    let kinds = changes.into_iter().flatten().filter_map(|c| c.get("kind")?.as_str());
    // The journal writes kinds as serde does, which agrees with their names.
    let unknown_kind = kinds.into_iter().any(|name| Kind::from_name(name).is_none());
    let origin = match set.get("origin") {
        Some(serde_json::Value::String(name)) => Some(name.as_str()),
        Some(serde_json::Value::Object(fields)) => fields.keys().next().map(String::as_str),
        _ => None,
    };
    let known = ["hand", "import", "demo", "clear", "undo", "merge", "erase"];
    unknown_kind || origin.is_some_and(|name| !known.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Change, DeviceId, Id, Origin, Stamp, Value};

    fn sample() -> Entry {
        let change = Change { kind: Kind::Order, id: Id(7), field: "note".into(), value: "n".into(), was: Value::Null };
        let stamp = Stamp { time: 1 << 60, device: DeviceId(u64::MAX) };
        let blocks = vec!["b".to_owned()];
        Entry::new(ChangeSet { stamp, origin: Origin::Demo, changes: vec![change], blocks }, 1)
    }

    #[test]
    fn entries_round_trip_with_unknown_fields_beside() {
        let bytes = sample().to_bytes().unwrap();
        assert_eq!(Entry::from_bytes(1, &bytes), Ok(sample()));
        let more = String::from_utf8(bytes).unwrap().replacen('{', r#"{"mood":"sunny","#, 1);
        assert_eq!(Entry::from_bytes(1, more.as_bytes()), Ok(sample()));
    }

    #[test]
    fn serde_and_schema_agree_on_the_names_of_kinds() {
        for &kind in Kind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
        }
    }

    #[test]
    fn the_future_is_told_from_damage() {
        let text = String::from_utf8(sample().to_bytes().unwrap()).unwrap();
        let newer = Err(StoreError::Newer { found: 2, known: 1 });
        for (from, to) in
            [("\"order\"", "\"spell\""), ("\"demo\"", "{\"teleport\":1}"), ("\"format\":1", "\"format\":2")]
        {
            assert_eq!(Entry::from_bytes(3, text.replace(from, to).as_bytes()), newer, "{to}");
        }
        let corrupt = Err(StoreError::Corrupt { what: "entry 3".into() });
        for bad in ["", "{", "[]", "{\"format\":1}", &text[..text.len() - 1], &text.replace("\"id\"", "\"eid\"")] {
            assert_eq!(Entry::from_bytes(3, bad.as_bytes()), corrupt, "{bad}");
        }
    }
}
