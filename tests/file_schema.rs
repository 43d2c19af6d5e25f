//! The published schema of the file that merges says what the app writes.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a failing rule is a failing test")]

use std::collections::BTreeMap;

use kith::domain::{
    Action, Change, ChangeSet, Class, DeviceId, Id, Kind, Line, Origin, Shape, Stamp, Value, customer, order,
};
use kith::engine::dataset::Dataset;
use kith::engine::merge::export::Exporter;
use kith::engine::rows::{BlockBuilder, DecodedBlock};
use kith::sync::file::Scope;
use serde_json::Value as Json;

fn schema() -> Json {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/public/kith-file-1.schema.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Checks the part of JSON Schema 2020-12 that the schema uses; a keyword beyond it is an error.
fn check(root: &Json, schema: &Json, value: &Json, at: &str) -> Result<(), String> {
    if *schema == Json::Bool(false) {
        return Err(format!("{at}: nothing may stand here"));
    }
    let fail = |why: &str| Err(format!("{at}: {why}: {}", value.to_string().chars().take(80).collect::<String>()));
    for (keyword, rule) in schema.as_object().unwrap() {
        let object = value.as_object();
        let array = value.as_array();
        match keyword.as_str() {
            "$schema" | "$defs" | "title" | "description" => {}
            "$ref" => check(root, root.pointer(&rule.as_str().unwrap()[1..]).unwrap(), value, at)?,
            "type" => {
                let types: Vec<&str> = match rule {
                    Json::String(one) => vec![one],
                    many => many.as_array().unwrap().iter().filter_map(Json::as_str).collect(),
                };
                let is = |name: &&str| match *name {
                    "object" => value.is_object(),
                    "array" => value.is_array(),
                    "string" => value.is_string(),
                    "boolean" => value.is_boolean(),
                    "null" => value.is_null(),
                    "integer" => value.is_i64() || value.is_u64(),
                    other => panic!("{other}"),
                };
                if !types.iter().any(is) {
                    return fail("type");
                }
            }
            "const" if value != rule => return fail("const"),
            "enum" if !rule.as_array().unwrap().contains(value) => return fail("enum"),
            "const" | "enum" => {}
            "minimum" => {
                if value.as_i64().is_some_and(|n| n < rule.as_i64().unwrap()) {
                    return fail("minimum");
                }
            }
            "pattern" => {
                if !value.as_str().is_none_or(|text| matches(rule.as_str().unwrap(), text)) {
                    return fail("pattern");
                }
            }
            "anyOf" => {
                let any = rule.as_array().unwrap().iter().any(|one| check(root, one, value, at).is_ok());
                if !any {
                    return fail("anyOf");
                }
            }
            "required" => {
                let missing = |key: &&Json| object.is_some_and(|o| !o.contains_key(key.as_str().unwrap()));
                if let Some(key) = rule.as_array().unwrap().iter().find(missing) {
                    return fail(&format!("without {key}"));
                }
            }
            "properties" => {
                for (key, rule) in rule.as_object().unwrap() {
                    if let Some(value) = object.and_then(|o| o.get(key)) {
                        check(root, rule, value, &format!("{at}/{key}"))?;
                    }
                }
            }
            "additionalProperties" => {
                for (key, value) in object.into_iter().flatten() {
                    check(root, rule, value, &format!("{at}/{key}"))?;
                }
            }
            "prefixItems" => {
                for (rule, value) in rule.as_array().unwrap().iter().zip(array.into_iter().flatten()) {
                    check(root, rule, value, at)?;
                }
            }
            "items" => {
                let prefix = schema.get("prefixItems").and_then(Json::as_array).map_or(0, Vec::len);
                for (n, value) in array.into_iter().flatten().enumerate().skip(prefix) {
                    check(root, rule, value, &format!("{at}/{n}"))?;
                }
            }
            "minItems" | "maxItems" => {
                let (n, limit) = (array.map_or(0, Vec::len) as u64, rule.as_u64().unwrap());
                let fine = if keyword == "minItems" { n >= limit } else { n <= limit };
                if array.is_some() && !fine {
                    return fail(keyword);
                }
            }
            other => panic!("{at}: keyword {other}"),
        }
    }
    Ok(())
}

/// Patterns of the form `^[0-9a-f]{8}-…$` only.
fn matches(pattern: &str, text: &str) -> bool {
    let parts = pattern.trim_start_matches('^').trim_end_matches('$').split("[0-9a-f]{");
    let mut rest = text;
    for part in parts.skip(1) {
        let (n, literal) = part.split_once('}').unwrap();
        let Some((digits, after)) = rest.split_at_checked(n.parse().unwrap()) else { return false };
        if !digits.chars().all(|c| c.is_ascii_digit() || ('a'..='f').contains(&c)) {
            return false;
        }
        let Some(after) = after.strip_prefix(&literal.replace('\\', "")) else { return false };
        rest = after;
    }
    rest.is_empty()
}

fn stamp(time: u64) -> Stamp {
    Stamp { time, device: DeviceId(2) }
}

fn some_value(shape: Shape) -> Value {
    let line = Line { product: Some(Id(9)), quantity_milli: 2_000, unit_price_e4: 15_000, total_minor: 300 };
    match shape {
        Shape::Text | Shape::Symbol => "茶".into(),
        Shape::Bool => true.into(),
        Shape::Int => 7i64.into(),
        Shape::Ref(_) => Id(8).into(),
        Shape::Lines => vec![line, Line { product: None, ..line }].into(),
        Shape::Json => Value::Json(serde_json::json!({"a": [1]})),
    }
}

/// A book with every field of every kind, edits, an undo, the word of an order file and a field of a later version.
fn book() -> Dataset {
    let mut data = Dataset::new();
    let blocks: Vec<DecodedBlock> = (1..)
        .zip(Kind::ALL)
        .map(|(n, &kind)| {
            let mut block = BlockBuilder::new(kind);
            block.row(Id(n));
            kind.fields().iter().for_each(|spec| block.set(kind.field(spec.name).unwrap(), some_value(spec.shape)));
            DecodedBlock::Rows(block.finish())
        })
        .collect();
    let set = |time, origin, changes| ChangeSet { stamp: stamp(time), origin, changes, blocks: Vec::new() };
    let import = Origin::Import { source: "shop".into(), file: "a.csv".into(), rows: 5 };
    data.apply(&set(1, import, Vec::new()), 1, &blocks).unwrap();
    let change =
        |kind: Kind, id, field: &str, value: Value| Change { kind, id, field: field.into(), value, was: Value::Null };
    let name = Kind::Customer.fields()[customer::NAME.0 as usize].name;
    let lines = Kind::Order.fields()[order::LINES.0 as usize].name;
    let changes = vec![
        change(Kind::Customer, Id(1), name, Value::Null),
        change(Kind::Order, Id(3), lines, Value::Null),
        change(Kind::Customer, Id(1), "shoe_size", Value::Int(42)),
    ];
    data.apply(&set(2, Origin::Hand { what: Action::Edit(Kind::Customer) }, changes), 2, &[]).unwrap();
    let back = vec![change(Kind::Customer, Id(1), "deleted", Value::Bool(false))];
    data.apply(&set(3, Origin::Undo { of: stamp(1) }, back), 3, &[]).unwrap();
    data
}

fn export(scope: Scope) -> Json {
    let data = book();
    let mut exporter = Exporter::new(&data, scope, DeviceId(2), 1_700_000_000_000);
    let mut bytes = Vec::new();
    while let Some(part) = exporter.part(&data) {
        bytes.extend(part);
    }
    serde_json::from_slice(&bytes).unwrap()
}

#[test]
fn what_is_written_is_valid() {
    let schema = schema();
    let whole = export(Scope::Whole);
    check(&schema, &schema, &whole, "").unwrap_or_else(|e| panic!("{e}"));
    let part = export(Scope::Since([stamp(1)].into_iter().collect()));
    check(&schema, &schema, &part, "").unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(part["records"].as_object().unwrap().len(), 2);
    // The check finds faults, too.
    for (path, bad) in [
        ("/kith/major", Json::from(2)),
        ("/kith/vector/0000000000000002", Json::from(5)),
        ("/commits/0/class", Json::from("dream")),
        ("/commits/0/stamp", Json::from("0.0")),
        ("/records/customer/0/id", Json::from("7")),
        ("/records/customer/0/f/name", Json::from(7)),
        ("/records/order/0/x/lines", Json::from(vec![1])),
        ("/records/order/0/f/at", Json::from("noon")),
    ] {
        let mut broken = whole.clone();
        *broken.pointer_mut(path).unwrap_or_else(|| panic!("{path}")) = bad;
        assert!(check(&schema, &schema, &broken, "").is_err(), "{path}");
    }
}

#[test]
fn the_schema_knows_every_kind_field_and_class() {
    let schema = schema();
    let at = |path: &str| schema.pointer(path).unwrap_or_else(|| panic!("{path}"));
    let kinds: Vec<&String> = at("/properties/records/properties").as_object().unwrap().keys().collect();
    let mut known: Vec<&str> = Kind::ALL.iter().map(|k| k.name()).collect();
    known.sort_unstable();
    assert_eq!(kinds, known);
    for kind in Kind::ALL {
        let path = format!("/properties/records/properties/{}/items/properties/f/properties", kind.name());
        let written: BTreeMap<&str, &str> =
            at(&path).as_object().unwrap().iter().map(|(k, v)| (k.as_str(), v["$ref"].as_str().unwrap())).collect();
        let shape = |shape: Shape| match shape {
            Shape::Text | Shape::Symbol => "#/$defs/text",
            Shape::Bool => "#/$defs/yesNo",
            Shape::Int => "#/$defs/number",
            Shape::Ref(_) => "#/$defs/reference",
            Shape::Lines => "#/$defs/lines",
            Shape::Json => "#/$defs/anything",
        };
        let real: BTreeMap<&str, &str> = kind.fields().iter().map(|f| (f.name, shape(f.shape))).collect();
        assert_eq!(written, real, "{kind:?}");
    }
    let classes = at("/properties/commits/items/properties/class/enum");
    assert_eq!(*classes, serde_json::json!(Class::ALL.map(Class::name)));
}
