//! Custom fields in the book: which there are, and what records hold in them. A field in the trash is hidden with its values,
//! which stay and come back with it.

use super::dataset::Dataset;
use super::query::title;
use crate::domain::{Field, Id, Kind, OwnField, OwnInput, Value, custom_field, custom_id};

/// The custom fields of a kind, in their order.
#[must_use]
pub fn own_fields(data: &Dataset, of: Kind) -> Vec<OwnField> {
    let table = data.table(Kind::CustomField);
    let is_of = |row: &u32| table.text(*row, custom_field::OF) == of.name();
    let mut fields: Vec<OwnField> = table.live().filter(is_of).filter_map(|row| read(data, row)).collect();
    crate::domain::sort::sort_by(&mut fields, |a, b| (a.place, &a.name, a.id).cmp(&(b.place, &b.name, b.id)));
    fields
}

/// The custom field whose values stand in the field called `name`, if it is there.
#[must_use]
pub fn own_field(data: &Dataset, of: Kind, name: &str) -> Option<OwnField> {
    defined(data, custom_id(name)?).filter(|field| field.of == of)
}

/// What the user calls the custom field whose values stand in the field `name`, also one in the trash; empty for any other.
#[must_use]
pub fn own_label(data: &Dataset, name: &str) -> String {
    let table = data.table(Kind::CustomField);
    let row = custom_id(name.strip_prefix("confirmed:").unwrap_or(name)).and_then(|id| table.row(id));
    row.map_or_else(String::new, |row| title(data, Kind::CustomField, row).to_owned())
}

/// A custom field, if it is there.
#[must_use]
pub fn defined(data: &Dataset, id: Id) -> Option<OwnField> {
    let table = data.table(Kind::CustomField);
    read(data, table.row(id).filter(|&row| table.is_live(row))?)
}

fn read(data: &Dataset, row: u32) -> Option<OwnField> {
    let table = data.table(Kind::CustomField);
    let text = |field| table.text(row, field);
    Some(OwnField {
        id: table.id(row)?,
        of: Kind::from_name(text(custom_field::OF))?,
        name: text(custom_field::NAME).to_owned(),
        input: OwnInput::from_name(text(custom_field::INPUT)),
        choices: table.json_texts(row, custom_field::CHOICES).map(str::to_owned).collect(),
        target: Kind::from_name(text(custom_field::TARGET)).unwrap_or(Kind::Customer),
        place: table.int(row, custom_field::PLACE).unwrap_or_default(),
        hint: text(custom_field::HINT).to_owned(),
        renamed: {
            let all: Vec<&str> = table.json_texts(row, custom_field::RENAMED).collect();
            all.chunks_exact(2).filter_map(|pair| Some((pair.first()?.to_string(), pair.get(1)?.to_string()))).collect()
        },
    })
}

/// What a record holds in a custom field, as a value of its type (see [`OwnField::read`]). A link that leads to a record of another
/// kind than the field says, or that became text with its type, is the name of what it leads to.
#[must_use]
pub fn own_value(data: &Dataset, row: u32, field: &OwnField) -> Value {
    let at = data.table(field.of).field(&field.field());
    at.map_or(Value::Null, |at| own_value_at(data, row, field, at))
}

/// The same where it is known in which column the values stand: for passes over all rows.
#[must_use]
pub fn own_value_at(data: &Dataset, row: u32, field: &OwnField, at: Field) -> Value {
    let value = field.read(&data.value(field.of, row, at));
    match value {
        Value::Ref(id) => {
            let id = data.standing_id(id);
            match data.find(id) {
                Some((kind, _)) if kind == field.target => Value::Ref(id),
                Some((kind, row)) => title(data, kind, row).into(),
                None => Value::Ref(id),
            }
        }
        Value::Text(text) if field.input != OwnInput::Link => {
            let linked = Id::parse(&text).and_then(|id| data.find(data.standing_id(id)));
            linked.map_or_else(|| text.as_str().into(), |(kind, row)| title(data, kind, row).into())
        }
        value => value,
    }
}

/// The columns of customers' custom fields that hold text to be searched; with its field where choices were renamed.
#[must_use]
pub fn searched(data: &Dataset) -> Vec<(Field, Option<OwnField>)> {
    let has_text = |field: &OwnField| !matches!(field.input, OwnInput::YesNo | OwnInput::Link);
    let fields = own_fields(data, Kind::Customer).into_iter().filter(has_text);
    let at = |field: OwnField| {
        Some((data.customers().field(&field.field())?, Some(field).filter(|f| !f.renamed.is_empty())))
    };
    fields.filter_map(at).collect()
}
