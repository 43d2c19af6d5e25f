//! Reading: record by record, in bounded memory, refusing what is not as it must be.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fmt;
use std::io::Read;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::super::meter::{Gauge, Meter};
use super::super::{CommitLine, FORMAT, Header, MAJOR, MINOR, Scope, Sink, SyncError};
use super::fields::RecordSeed;
use super::value::JsonSeed;
use crate::domain::{Class, DeviceId, Id, Kind, Stamp};
use crate::sync::vector::Vector;

/// Bytes of a header at most.
const MAX_HEADER: u64 = 16 << 20;
/// Bytes of one commit or record at most.
const MAX_RECORD: u64 = 32 << 20;
/// Commits at most: one every ten seconds for a year.
const MAX_COMMITS: u32 = 3_000_000;
/// Stamps this close to the end of time could not be followed by another.
const MAX_TIME: u64 = u64::MAX - (1 << 40);

/// Reads a file into `sink`.
///
/// # Errors
/// Why the file is refused, or what the sink says. What went to the sink before is then to be thrown away.
pub fn read(source: impl Read, sink: &mut dyn Sink) -> Result<(), SyncError> {
    let (gauge, failed) = (Gauge::default(), Cell::new(None));
    gauge.allow(MAX_HEADER);
    let state = State { gauge: &gauge, fault: Cell::new(None), is_kith: Cell::new(false), within: RefCell::default() };
    let mut json = serde_json::Deserializer::from_reader(Meter::new(source, &gauge, &failed));
    let outcome = json.deserialize_map(Top { state: &state, sink }).and_then(|()| json.end());
    let Err(error) = outcome else { return Ok(()) };
    if let Some(error) = failed.take() {
        return Err(error.into());
    }
    if let Some(fault) = state.fault.take() {
        return Err(fault);
    }
    if !state.is_kith.get() {
        return Err(SyncError::NotKith);
    }
    let (offset, within) = (gauge.at(), state.within.take());
    if gauge.exceeded() {
        return Err(SyncError::TooLarge { offset, what: within });
    }
    let what = if error.is_eof() { "the file ends early".to_owned() } else { error.to_string() };
    Err(SyncError::Corrupt { offset, within, what })
}

struct State<'g> {
    gauge: &'g Gauge,
    /// The real reason behind an error on its way out.
    fault: Cell<Option<SyncError>>,
    is_kith: Cell<bool>,
    /// What is being read.
    within: RefCell<String>,
}

impl State<'_> {
    fn fail<E: Error>(&self, fault: SyncError) -> E {
        self.fault.set(Some(fault));
        E::custom("refused")
    }

    fn enter(&self, what: impl fmt::Display) {
        self.gauge.allow(MAX_RECORD);
        let mut within = self.within.borrow_mut();
        within.clear();
        // Into memory: cannot fail.
        let _ = fmt::Write::write_fmt(&mut *within, format_args!("{what}"));
    }
}

struct Top<'a, 'g> {
    state: &'a State<'g>,
    sink: &'a mut dyn Sink,
}

impl<'de> Visitor<'de> for Top<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a Kith file")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self { state, sink } = self;
        if map.next_key::<String>()?.as_deref() != Some("kith") {
            return Err(state.fail(SyncError::NotKith));
        }
        state.is_kith.set(true);
        let json = map.next_value_seed(JsonSeed::new(&Cell::new(0)))?;
        let header = header(&json).map_err(|bad| match bad {
            Bad::Refused(fault) => state.fail(fault),
            Bad::Corrupt(what) => A::Error::custom(what),
        })?;
        let counts = header.counts.clone();
        sink.header(header).map_err(|fault| state.fail(fault))?;
        let mut commits = None;
        let mut found = None;
        loop {
            state.enter("the file");
            let Some(key) = map.next_key::<String>()? else { break };
            match key.as_str() {
                "commits" if commits.is_none() => {
                    commits = Some(map.next_value_seed(Commits { state, sink: &mut *sink })?);
                }
                "records" if found.is_none() => {
                    let commits = commits.ok_or_else(|| A::Error::custom("`records` before `commits`"))?;
                    found = Some(map.next_value_seed(Records { state, sink: &mut *sink, commits })?);
                }
                "kith" | "commits" | "records" => return Err(A::Error::custom(format_args!("`{key}` twice"))),
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        if found.ok_or_else(|| A::Error::missing_field("records"))? != counts {
            return Err(A::Error::custom("the number of records is not what the header says"));
        }
        Ok(())
    }
}

enum Bad {
    Refused(SyncError),
    Corrupt(String),
}

/// The major version decides before anything else is looked at: a later one may have changed all the rest.
fn header(json: &serde_json::Value) -> Result<Header, Bad> {
    #[derive(Deserialize)]
    struct HeaderJson {
        minor: u32,
        device: DeviceId,
        exported_at: String,
        scope: Scope,
        vector: Vector,
        counts: BTreeMap<String, u64>,
    }
    if json.get("format").and_then(serde_json::Value::as_str) != Some(FORMAT) {
        return Err(Bad::Refused(SyncError::NotKith));
    }
    let major = json.get("major").and_then(serde_json::Value::as_u64);
    let major = major.filter(|n| *n > 0).ok_or_else(|| Bad::Corrupt("no version".into()))?;
    if major > u64::from(MAJOR) {
        let major = u32::try_from(major).unwrap_or(u32::MAX);
        return Err(Bad::Refused(SyncError::Newer { major, known: MAJOR }));
    }
    let header = HeaderJson::deserialize(json).map_err(|e| Bad::Corrupt(format!("header: {e}")))?;
    let at = chrono::DateTime::parse_from_rfc3339(&header.exported_at);
    let at = at.map_err(|e| Bad::Corrupt(format!("header: exported_at: {e}")))?;
    if header.vector.iter().any(|stamp| stamp.time > MAX_TIME) {
        return Err(Bad::Corrupt("header: a stamp at the end of time".into()));
    }
    let kind = |(name, n): (String, u64)| match Kind::from_name(&name) {
        Some(kind) => Ok((kind, n)),
        // A later version has more kinds of record, and leaving them out would lose them for whoever reads our files.
        None if header.minor > MINOR => Err(Bad::Refused(SyncError::Newer { major: MAJOR, known: MAJOR })),
        None => Err(Bad::Corrupt(format!("header: no such kind of record: {name}"))),
    };
    let counts = header.counts.into_iter().map(kind).collect::<Result<BTreeMap<_, _>, Bad>>()?;
    Ok(Header {
        minor: header.minor,
        device: header.device,
        exported_at_ms: u64::try_from(at.timestamp_millis()).unwrap_or(0),
        scope: header.scope,
        vector: header.vector,
        counts: counts.into_iter().filter(|(_, n)| *n > 0).collect(),
    })
}

struct Commits<'a, 'g> {
    state: &'a State<'g>,
    sink: &'a mut dyn Sink,
}

impl<'de> DeserializeSeed<'de> for Commits<'_, '_> {
    type Value = u32;
    fn deserialize<D: Deserializer<'de>>(self, d: D) -> Result<u32, D::Error> {
        d.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Commits<'_, '_> {
    type Value = u32;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of commits")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<u32, A::Error> {
        let (mut count, mut last) = (0u32, None);
        self.state.enter("commits");
        while let Some(CommitJson { stamp, class, undoes }) = seq.next_element()? {
            self.state.enter("commits");
            let fine = last.is_none_or(|last| last < stamp) && undoes.is_none_or(|of| of < count);
            if !fine || stamp.time > MAX_TIME {
                return Err(A::Error::custom("commits out of order"));
            }
            last = Some(stamp);
            // A class of a later version says nothing to this one.
            let class = Class::from_name(&class).unwrap_or(Class::Hand);
            self.sink.commit(CommitLine { stamp, class, undoes }).map_err(|fault| self.state.fail(fault))?;
            count += 1;
            if count > MAX_COMMITS {
                let offset = self.state.gauge.at();
                return Err(self.state.fail(SyncError::TooLarge { offset, what: "commits".into() }));
            }
        }
        Ok(count)
    }
}

/// Derived: refuses a key twice, passes over what it does not know.
#[derive(Deserialize)]
struct CommitJson {
    stamp: Stamp,
    class: String,
    undoes: Option<u32>,
}

struct Records<'a, 'g> {
    state: &'a State<'g>,
    sink: &'a mut dyn Sink,
    commits: u32,
}

impl<'de> DeserializeSeed<'de> for Records<'_, '_> {
    type Value = BTreeMap<Kind, u64>;
    fn deserialize<D: Deserializer<'de>>(self, d: D) -> Result<Self::Value, D::Error> {
        d.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Records<'_, '_> {
    type Value = BTreeMap<Kind, u64>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("records by kind")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let Self { state, sink, commits } = self;
        let mut counts = BTreeMap::new();
        while let Some(name) = map.next_key::<String>()? {
            let kind = Kind::from_name(&name).ok_or_else(|| A::Error::custom("no such kind of record"))?;
            let count = map.next_value_seed(OfKind { state, sink: &mut *sink, seed: RecordSeed { kind, commits } })?;
            if counts.insert(kind, count).is_some() {
                return Err(A::Error::custom("a kind twice"));
            }
        }
        counts.retain(|_, n| *n > 0);
        Ok(counts)
    }
}

struct OfKind<'a, 'g> {
    state: &'a State<'g>,
    sink: &'a mut dyn Sink,
    seed: RecordSeed,
}

impl<'de> DeserializeSeed<'de> for OfKind<'_, '_> {
    type Value = u64;
    fn deserialize<D: Deserializer<'de>>(self, d: D) -> Result<u64, D::Error> {
        d.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for OfKind<'_, '_> {
    type Value = u64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of records")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<u64, A::Error> {
        let (mut count, mut last) = (0, None::<Id>);
        self.state.enter(self.seed.kind.name());
        while let Some(record) = seq.next_element_seed(self.seed)? {
            if last.is_some_and(|last| last >= record.id) {
                return Err(A::Error::custom("records out of order, or one twice"));
            }
            last = Some(record.id);
            self.state.enter(format_args!("{} after {}", self.seed.kind.name(), record.id));
            self.sink.record(record).map_err(|fault| self.state.fail(fault))?;
            count += 1;
        }
        Ok(count)
    }
}
