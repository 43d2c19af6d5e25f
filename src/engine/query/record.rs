//! A record of any kind as forms, lists and timelines show it.

use super::window;
use crate::domain::{CivilTime, DeviceId, Field, Id, Kind, Line, Shape, Stamp, Value, custom_field};
use crate::engine::api::{RecordList, RecordRow};
use crate::engine::column::NONE;
use crate::engine::dataset::Dataset;
use crate::engine::own::{own_fields, own_value};
use crate::engine::update::is_ordered;

/// `None` for a record that is not there or in the trash, or a kind without a form.
pub fn record(data: &Dataset, id: Id) -> Option<RecordRow> {
    let (kind, row) = data.find(id)?;
    data.table(kind).is_live(row).then(|| record_row(data, kind, row)).flatten()
}

/// Records of a kind whose title holds `search`, in the order of their titles. `of`: only those that refer to this record.
pub fn records(data: &Dataset, kind: Kind, search: &str, of: Option<Id>, offset: u32, limit: u32) -> RecordList {
    let table = data.table(kind);
    let search = search.trim().to_lowercase();
    let targets: Option<Vec<(Field, u32)>> = of.map(|id| {
        let reaches = |(at, spec): (u16, &crate::domain::FieldSpec)| match spec.shape {
            Shape::Ref(target) => Some((Field(at), data.table(target).row(id)?)),
            _ => None,
        };
        (0..).zip(kind.fields()).filter_map(reaches).collect()
    });
    let refers = |row: u32| match &targets {
        None => true,
        Some(targets) => targets.iter().any(|(field, to)| table.reference(row, *field) == Some(*to)),
    };
    let key = |row: u32| {
        let title = title(data, kind, row).to_lowercase();
        let place = if kind == Kind::CustomField { table.int(row, custom_field::PLACE).unwrap_or(0) } else { 0 };
        title.contains(&search).then(|| (place, title, table.id(row), row))
    };
    let mut rows: Vec<_> = table.live().filter(|&row| refers(row)).filter_map(key).collect();
    crate::domain::sort::sort_by_key(&mut rows, |(place, title, id, _)| (*place, title.clone(), *id));
    let total = rows.len() as u64;
    let shown = window(&rows, offset, limit).iter().filter_map(|(.., row)| record_row(data, kind, *row)).collect();
    RecordList { total, rows: shown }
}

/// What a person knows the record by.
#[must_use]
pub fn title(data: &Dataset, kind: Kind, row: u32) -> &str {
    let table = data.table(kind);
    let own = kind.form().into_iter().flat_map(|form| form.title).map(|field| table.text(row, *field));
    let of = || kind.customer().and_then(|field| table.reference(row, field)).map(|c| data.customer_name(c));
    own.into_iter().find(|text| !text.is_empty()).or_else(of).unwrap_or_default()
}

/// Everything that is known of a record, its links by name.
pub(super) fn record_row(data: &Dataset, kind: Kind, row: u32) -> Option<RecordRow> {
    let table = data.table(kind);
    let form = kind.form()?;
    // What nobody types, yet belongs to the picture.
    let beside = ["first", "version", "currency", "kind"].iter().filter_map(|name| kind.field(name));
    let mut fields: Vec<Field> = form.fields.iter().map(|f| f.field).collect();
    for field in beside {
        if !fields.contains(&field) {
            fields.push(field);
        }
    }
    let mut values = Vec::new();
    let mut names: Vec<(Id, String)> = Vec::new();
    for field in fields {
        let value = data.value(kind, row, field);
        match (&value, kind.fields().get(field.0 as usize)) {
            (Value::Null, _) | (_, None) => continue,
            (Value::Ref(id), Some(spec)) => {
                if let (Shape::Ref(target), Some(to)) = (spec.shape, table.reference(row, field))
                    && !data.table(target).is_erased(to)
                {
                    names.push((*id, title(data, target, to).to_owned()));
                }
            }
            (Value::Lines(lines), _) => names.extend(lines.iter().filter_map(|l| line_name(data, l))),
            _ => {}
        }
        let name = kind.fields().get(field.0 as usize).map_or("", |f| f.name);
        values.push((name.to_owned(), value));
    }
    if kind == Kind::Quote && is_ordered(data, row) {
        values.push((RecordRow::ORDERED.to_owned(), true.into()));
    }
    for own in own_fields(data, kind) {
        let value = own_value(data, row, &own);
        if let Value::Ref(id) = value {
            // Who was erased has no name to be told by.
            let linked = data.find(id).filter(|(kind, row)| !data.table(*kind).is_erased(*row));
            names.extend(linked.map(|(kind, row)| (id, title(data, kind, row).to_owned())));
        }
        if value != Value::Null {
            values.push((own.field(), value));
        }
    }
    names.sort_unstable();
    names.dedup();
    let never = Stamp { time: 0, device: DeviceId(0) };
    Some(RecordRow {
        kind,
        id: table.id(row)?,
        at: kind.at().and_then(|field| table.int(row, field)).map(CivilTime),
        title: title(data, kind, row).to_owned(),
        values,
        names,
        added: data.added(kind, row).unwrap_or(never),
        changed: data.changed(kind, row).unwrap_or(never),
    })
}

fn line_name(data: &Dataset, line: &Line) -> Option<(Id, String)> {
    let id = line.product?;
    Some((id, title(data, Kind::Product, data.products().row(id)?).to_owned()))
}

/// The people at an organisation, by name.
pub(super) fn contacts(data: &Dataset, customer: u32) -> Vec<RecordRow> {
    let table = data.table(Kind::Contact);
    let of = |row: &u32| {
        table.refs(crate::domain::contact::CUSTOMER).get(*row as usize).copied().unwrap_or(NONE) == customer
    };
    let mut rows: Vec<RecordRow> =
        table.live().filter(of).filter_map(|row| record_row(data, Kind::Contact, row)).collect();
    crate::domain::sort::sort_by_key(&mut rows, |row| (row.title.clone(), row.id));
    rows
}
