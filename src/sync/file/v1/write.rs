//! Writing: a sorted body in parts.

use std::fmt::Write as _;

use serde::Serialize;

use super::super::{CommitLine, FORMAT, FieldLine, Header, MAJOR, Record, Scope, as_json};
use crate::domain::{DeviceId, Kind, Line, Shape, Value};
use crate::sync::vector::Vector;

/// Bytes of a part, roughly.
const PART: usize = 4_000_000;

/// The header as it is written.
#[derive(Serialize)]
struct HeaderJson<'a> {
    format: &'a str,
    major: u32,
    minor: u32,
    device: DeviceId,
    exported_at: String,
    scope: &'a Scope,
    vector: &'a Vector,
    counts: std::collections::BTreeMap<&'a str, u64>,
}

/// Writes a file piece by piece. Commits by ascending stamp come first, then the records, kinds in the order of
/// [`Kind::ALL`], each by ascending id.
pub struct Writer {
    out: Vec<u8>,
    /// The kind whose records are being written.
    kind: Option<Kind>,
    first: bool,
}

impl Writer {
    #[must_use]
    pub fn new(header: &Header, commits: impl IntoIterator<Item = CommitLine>) -> Self {
        let at = i64::try_from(header.exported_at_ms).ok().and_then(chrono::DateTime::from_timestamp_millis);
        let json = HeaderJson {
            format: FORMAT,
            major: MAJOR,
            minor: header.minor,
            device: header.device,
            exported_at: at.unwrap_or_default().to_rfc3339_opts(chrono::SecondsFormat::Millis, true),
            scope: &header.scope,
            vector: &header.vector,
            counts: header.counts.iter().map(|(kind, n)| (kind.name(), *n)).collect(),
        };
        let mut writer = Self { out: Vec::with_capacity(PART + PART / 8), kind: None, first: true };
        writer.text("{\"kith\":");
        writer.json(&json);
        writer.text(",\n\"commits\":[");
        for (n, commit) in commits.into_iter().enumerate() {
            writer.text(if n == 0 { "\n" } else { ",\n" });
            writer.commit(commit);
        }
        writer.text("],\n\"records\":{");
        writer
    }

    fn text(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    fn number(&mut self, n: impl std::fmt::Display) {
        let mut text = Digits(&mut self.out);
        // Memory takes everything.
        let _ = write!(text, "{n}");
    }

    fn json(&mut self, value: &impl Serialize) {
        // Plain data into memory: neither can fail.
        let _ = serde_json::to_writer(&mut self.out, value);
    }

    fn commit(&mut self, commit: CommitLine) {
        self.text("{\"stamp\":\"");
        self.number(commit.stamp);
        self.text("\",\"class\":\"");
        self.text(commit.class.name());
        self.text("\"");
        if let Some(undoes) = commit.undoes {
            self.text(",\"undoes\":");
            self.number(undoes);
        }
        self.text("}");
    }

    /// Adds the next record.
    pub fn record(&mut self, mut record: Record) {
        if self.kind != Some(record.kind) {
            if self.kind.is_some() {
                self.text("],");
            }
            self.text("\n\"");
            self.text(record.kind.name());
            self.text("\":[");
            self.kind = Some(record.kind);
            self.first = true;
        }
        self.text(if self.first { "\n{\"id\":\"" } else { ",\n{\"id\":\"" });
        self.first = false;
        self.number(record.id);
        self.text("\",\"at\":");
        self.number(record.at);
        self.text(",\"f\":{");
        record.fields.sort_unstable_by(|a, b| a.name.cmp(&b.name));
        // A null of the record's own commit says nothing.
        record.fields.retain(|f| f.value != Value::Null || f.commit != record.at || f.word.is_some());
        for (n, field) in record.fields.iter().enumerate() {
            if n > 0 {
                self.text(",");
            }
            self.json(&field.name);
            self.text(":");
            self.value(record.kind, &field.name, &field.value);
        }
        self.text("}");
        self.exceptions(&record);
        self.text("}");
    }

    /// Fields that another commit than the record's wrote last.
    fn exceptions(&mut self, record: &Record) {
        let mut any = false;
        for field in record.fields.iter().filter(|f| f.commit != record.at || f.word.is_some()) {
            self.text(if any { "," } else { ",\"x\":{" });
            any = true;
            self.json(&field.name);
            self.text(":");
            self.exception(record.kind, field);
        }
        if any {
            self.text("}");
        }
    }

    fn exception(&mut self, kind: Kind, field: &FieldLine) {
        let Some((commit, value)) = &field.word else { return self.number(field.commit) };
        self.text("[");
        self.number(field.commit);
        self.text(",");
        self.number(commit);
        self.text(",");
        self.value(kind, &field.name, value);
        self.text("]");
    }

    fn value(&mut self, kind: Kind, name: &str, value: &Value) {
        let shape = kind.field(name).and_then(|f| kind.fields().get(f.0 as usize)).map(|spec| spec.shape);
        match (shape, value) {
            (_, Value::Null) => self.text("null"),
            (Some(Shape::Lines), Value::Lines(lines)) => self.lines(lines),
            (_, Value::Text(text)) => self.json(text),
            (_, Value::Int(n)) => self.number(n),
            (_, Value::Bool(b)) => self.text(if *b { "true" } else { "false" }),
            (_, Value::Ref(id)) => {
                self.text("\"");
                self.number(id);
                self.text("\"");
            }
            (_, other) => self.json(&as_json(other)),
        }
    }

    fn lines(&mut self, lines: &[Line]) {
        self.text("[");
        for (n, line) in lines.iter().enumerate() {
            self.text(if n == 0 { "[" } else { ",[" });
            match line.product {
                Some(id) => {
                    self.text("\"");
                    self.number(id);
                    self.text("\",");
                }
                None => self.text("null,"),
            }
            self.number(line.quantity_milli);
            self.text(",");
            self.number(line.unit_price_e4);
            self.text(",");
            self.number(line.total_minor);
            self.text("]");
        }
        self.text("]");
    }

    /// A part, as soon as enough has been written.
    pub fn part(&mut self) -> Option<Vec<u8>> {
        (self.out.len() >= PART).then(|| std::mem::replace(&mut self.out, Vec::with_capacity(PART + PART / 8)))
    }

    /// The last part.
    #[must_use]
    pub fn finish(mut self) -> Vec<u8> {
        self.text(if self.kind.is_some() { "]}}\n" } else { "}}\n" });
        self.out
    }
}

/// Formats into bytes.
struct Digits<'a>(&'a mut Vec<u8>);

impl std::fmt::Write for Digits<'_> {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        self.0.extend_from_slice(text.as_bytes());
        Ok(())
    }
}
