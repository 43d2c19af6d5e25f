//! Everything about one customer as a file for them (SPEC X11): JSON with names of fields, amounts in whole units and
//! dates as they are read, so that it can be understood without Kith.

use serde_json::{Map, Value as Json, json};

use super::record::title;
use super::records::currency_of;
use crate::domain::{CivilTime, Currency, DELETED, Day, Field, Id, Input, Kind, Line, Shape, Value, custom_id};
use crate::engine::column::NONE;
use crate::engine::dataset::Dataset;

/// What belongs to the book and not to the person.
const INSIDE: [&str; 5] = ["deleted", "erased", "merged_into", "extra", "customer"];

/// The text of the file; `None` for a customer who is not there.
pub fn person(data: &Dataset, id: Id) -> Option<String> {
    let customers = data.customers();
    let row = customers.row(data.standing_id(id)).filter(|&row| customers.exists(row) && !customers.is_erased(row))?;
    let mut file = Map::new();
    file.insert("format".into(), json!("kith-person"));
    file.insert("version".into(), json!(1));
    file.insert("customer".into(), record(data, Kind::Customer, row));
    let twins = (0..customers.len()).filter(|&other| other != row && data.standing(other) == row);
    let twins: Vec<Json> = twins.map(|row| record(data, Kind::Customer, row)).collect();
    if !twins.is_empty() {
        file.insert("merged_into_this_customer".into(), twins.into());
    }
    for &kind in Kind::ALL {
        let Some(field) = kind.customer() else { continue };
        let table = data.table(kind);
        let theirs = (0..table.len()).filter(|&at| {
            table.refs(field).get(at as usize).is_some_and(|to| *to != NONE && *to == row) && table.exists(at)
        });
        let mut rows: Vec<u32> = theirs.collect();
        let at = |row: u32| kind.at().and_then(|at| table.int(row, at));
        rows.sort_by_key(|&row| (at(row), table.id(row)));
        let all: Vec<Json> = rows.into_iter().map(|row| record(data, kind, row)).collect();
        if !all.is_empty() {
            file.insert(format!("{}s", kind.name()), all.into());
        }
    }
    serde_json::to_string_pretty(&Json::Object(file)).ok()
}

fn record(data: &Dataset, kind: Kind, row: u32) -> Json {
    let table = data.table(kind);
    let mut fields = Map::new();
    if let Some(id) = table.id(row) {
        fields.insert("id".into(), json!(id.to_string()));
    }
    if table.is_deleted(row) {
        fields.insert("in_trash".into(), json!(true));
    }
    let own = table.field("currency").and_then(|at| Currency::parse(table.text(row, at)));
    let currency = match kind {
        Kind::Order => currency_of(data, row),
        _ => own.unwrap_or(data.settings().currency),
    };
    for (field, name) in table.fields() {
        let value = data.value(kind, row, field);
        if field == DELETED || INSIDE.contains(&name) || value == Value::Null {
            continue;
        }
        fields.insert(spoken_name(data, name), spoken(data, kind, field, name, &value, currency));
    }
    Json::Object(fields)
}

/// A custom field by the name that the user gave it.
fn spoken_name(data: &Dataset, name: &str) -> String {
    let table = data.table(Kind::CustomField);
    let own = custom_id(name).and_then(|id| table.row(id)).map(|row| title(data, Kind::CustomField, row));
    own.filter(|own| !own.is_empty()).unwrap_or(name).trim_end_matches("_minor").trim_end_matches("_e4").to_owned()
}

/// A scaled whole number without loss: 1250 with two digits is `12.50`.
fn decimal(n: i64, digits: u32) -> String {
    if digits == 0 {
        return n.to_string();
    }
    let scale = 10u64.saturating_pow(digits);
    let (whole, part) = (n.unsigned_abs() / scale, n.unsigned_abs() % scale);
    let sign = if n < 0 { "-" } else { "" };
    format!("{sign}{whole}.{part:0width$}", width = digits as usize)
}

fn spoken(data: &Dataset, kind: Kind, field: Field, name: &str, value: &Value, currency: Currency) -> Json {
    let input = kind.form().and_then(|form| form.fields.iter().find(|f| f.field == field)).map(|f| f.input);
    match (input, value) {
        (Some(Input::Day), Value::Int(n)) => i32::try_from(*n).map_or(json!(n), |n| json!(Day(n).to_string())),
        (_, Value::Int(n)) if matches!(input, Some(Input::Time)) || name == "at" => {
            json!(CivilTime(*n).naive().to_string())
        }
        (_, Value::Int(n)) if name.ends_with("_minor") => json!(decimal(*n, currency.decimals())),
        (_, Value::Int(n)) if name.ends_with("_e4") => json!(decimal(*n, 4)),
        (_, Value::Lines(lines)) => lines.iter().map(|l| line(data, l, currency)).collect(),
        (_, Value::Ref(id)) => {
            let target = kind.fields().get(field.0 as usize).map(|spec| spec.shape);
            let named = match target {
                Some(Shape::Ref(target)) => data.table(target).row(*id).map(|row| title(data, target, row)),
                _ => None,
            };
            json!(named.filter(|name| !name.is_empty()).map_or_else(|| id.to_string(), str::to_owned))
        }
        (_, Value::Text(text)) => json!(text),
        (_, Value::Int(n)) => json!(n),
        (_, Value::Bool(b)) => json!(b),
        (_, Value::Json(json)) => json.clone(),
        (_, Value::Null) => Json::Null,
    }
}

fn line(data: &Dataset, line: &Line, currency: Currency) -> Json {
    let product = line.product.and_then(|id| data.products().row(id)).map(|row| title(data, Kind::Product, row));
    json!({
        "product": product,
        "quantity": decimal(line.quantity_milli, 3),
        "unit_price": decimal(line.unit_price_e4, 4),
        "total": decimal(line.total_minor, currency.decimals()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::testing::data_of;

    #[test]
    fn amounts_keep_every_digit() {
        let cases = [
            (1250, 2, "12.50"),
            (-5, 2, "-0.05"),
            (7, 0, "7"),
            (10_000, 4, "1.0000"),
            (i64::MIN, 2, "-92233720368547758.08"),
        ];
        for (n, digits, want) in cases {
            assert_eq!(decimal(n, digits), want);
        }
    }

    #[test]
    fn the_file_tells_everything_about_one_customer_and_nothing_of_others() {
        let (ann, ben, order, talk, tea) = (Id(1), Id(2), Id(3), Id(4), Id(5));
        let line = Line { product: Some(tea), quantity_milli: 2_000, unit_price_e4: 62_500, total_minor: 1_250 };
        let rows: Vec<(Kind, Id, &str, Value)> = vec![
            (Kind::Customer, ann, "name", "Ann".into()),
            (Kind::Customer, ann, "tags", Value::Json(json!(["vip"]))),
            (Kind::Customer, ann, "referrer", ben.into()),
            (Kind::Customer, ben, "name", "Ben".into()),
            (Kind::Customer, ben, "phone", "13900139000".into()),
            (Kind::Product, tea, "name", "Tea".into()),
            (Kind::Order, order, "customer", ann.into()),
            (Kind::Order, order, "at", 86_400_000i64.into()),
            (Kind::Order, order, "lines", vec![line].into()),
            (Kind::Interaction, talk, "customer", ann.into()),
            (Kind::Interaction, talk, "note", "she likes tea".into()),
            (Kind::Interaction, talk, "deleted", true.into()),
        ];
        let data = data_of(rows);
        let file: Json = serde_json::from_str(&person(&data, ann).unwrap()).unwrap();
        let want = json!({
            "format": "kith-person", "version": 1,
            "customer": {"id": ann.to_string(), "name": "Ann", "tags": ["vip"], "referrer": "Ben"},
            "orders": [{"id": order.to_string(), "at": "1970-01-02 00:00:00",
                "lines": [{"product": "Tea", "quantity": "2.000", "unit_price": "6.2500", "total": "12.50"}]}],
            "interactions": [{"id": talk.to_string(), "note": "she likes tea", "in_trash": true}],
        });
        assert_eq!(file, want);
        assert_eq!(person(&data, order), None);
    }
}
