//! Cells that name another record: to whom or to what they lead.

use rustc_hash::FxHashMap;

use super::Listed;
use super::known::Known;
use crate::domain::{Id, Kind, OwnInput, Shape, Value};
use crate::engine::dataset::Dataset;
use crate::engine::own::own_fields;
use crate::files::orders::{ParsedRecord, RowReason};

/// Finds what the fields of a kind's records lead to.
pub(super) struct Links<'a> {
    data: &'a Dataset,
    source: &'a str,
    kind: Kind,
    /// The fields that are links: name, to what, and whether the user made it.
    fields: Vec<(String, Kind, bool)>,
    /// What the file itself brings, by number and by name; `None` where several are called so.
    file: FxHashMap<String, Option<Id>>,
    /// Made with the first link: most files have none.
    known: Option<Known<'a>>,
}

impl<'a> Links<'a> {
    pub fn new(data: &'a Dataset, source: &'a str, kind: Kind) -> Self {
        let specs = kind.fields().iter().filter_map(|spec| match spec.shape {
            Shape::Ref(to) => Some((spec.name.to_owned(), to, false)),
            _ => None,
        });
        let own = own_fields(data, kind).into_iter().filter(|field| field.input == OwnInput::Link);
        let fields = specs.chain(own.map(|field| (field.field(), field.target, true))).collect();
        Self { data, source, kind, fields, file: FxHashMap::default(), known: None }
    }

    /// Records of the file can name each other.
    pub fn with_file(mut self, known: &Known, records: &[ParsedRecord]) -> Self {
        let is_link = |name: &str| self.fields.iter().any(|(field, to, _)| field == name && *to == self.kind);
        if !records.iter().any(|record| record.fields.iter().any(|(name, _)| is_link(name))) {
            return self;
        }
        for record in records {
            let id = known.same(self.kind, record);
            let name = record.fields.iter().find_map(|(name, value)| match value {
                Value::Text(text) if name == "name" => Some(text.as_str()),
                _ => None,
            });
            let number = Some(record.key.as_str()).filter(|key| Some(*key) != name);
            for text in [number, name].into_iter().flatten() {
                let known = self.file.entry(text.to_owned()).or_insert(Some(id));
                *known = known.filter(|known| *known == id);
            }
        }
        self
    }

    /// The fields with links in place of names; what leads nowhere is listed and left out.
    pub fn resolved(&mut self, row: u64, fields: &[(String, Value)], lost: &mut Listed) -> Vec<(String, Value)> {
        let mut out = Vec::with_capacity(fields.len());
        for (name, value) in fields {
            let link = self.fields.iter().find(|(field, ..)| field == name).map(|(_, to, own)| (*to, *own));
            let (Some((to, own)), Value::Text(text)) = (link, value) else {
                out.push((name.clone(), value.clone()));
                continue;
            };
            match self.find(to, text) {
                Some(id) if own => out.push((name.clone(), Value::Json(id.to_string().into()))),
                Some(id) => out.push((name.clone(), id.into())),
                None => lost.add(row, text, RowReason::UnknownLink),
            }
        }
        out
    }

    fn find(&mut self, to: Kind, text: &str) -> Option<Id> {
        if let Some(found) = self.file.get(text).filter(|_| to == self.kind) {
            return *found;
        }
        let (data, source) = (self.data, self.source);
        self.known.get_or_insert_with(|| Known::new(data, source)).titled(to, text)
    }
}
