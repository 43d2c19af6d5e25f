//! Record ids.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use uuid::Uuid;

use super::Kind;

/// A record's id: UUIDv5 of source and key where the record has an external key, so that two people who import
/// the same file make the same record; UUIDv7 for records made by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id(pub u128);

/// Namespace of all name-based ids. Never change it: files of colleagues depend on it.
const NAMESPACE: Uuid = Uuid::from_u128(0x6b69_7468_0000_5000_8000_0000_0000_0001);

impl Id {
    /// The id of the record of `kind` that `source` calls `key`.
    #[must_use]
    pub fn from_key(kind: Kind, source: &str, key: &str) -> Self {
        // The unit separator cannot be typed into a cell, so no two (source, key) pairs run together.
        let name = format!("{}\u{1f}{source}\u{1f}{key}", kind.name());
        Self(Uuid::new_v5(&NAMESPACE, name.as_bytes()).as_u128())
    }

    /// A new time-ordered id (UUIDv7) from a wall clock in milliseconds since 1970 UTC and random bits.
    #[must_use]
    pub fn new_v7(unix_ms: u64, random: u128) -> Self {
        let bytes = random.to_le_bytes();
        let mut tail = [0u8; 10];
        tail.copy_from_slice(&bytes[..10]);
        Self(uuid::Builder::from_unix_timestamp_millis(unix_ms, &tail).into_uuid().as_u128())
    }

    /// Reads the usual 36-character form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Uuid::try_parse(text).ok().map(|u| Self(u.as_u128()))
    }
}

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        Uuid::from_u128(self.0).fmt(f)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom("not an id"))
    }
}
