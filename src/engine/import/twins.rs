//! New customers of a file who may be in the book, or in the file, already under another number.

use super::known::Known;
use crate::analytics::duplicates::{Fields, Scan};
use crate::domain::{Id, Kind, Value};
use crate::engine::api::ImportTwin;
use crate::engine::dataset::Dataset;
use crate::engine::query::compared_fields;
use crate::files::orders::{ParsedCustomer, ParsedOrders, ParsedRecord};

/// More new customers are compared by the scan afterwards: the preview does not wait that long.
const MOST_COMPARED: usize = 20_000;
/// Named in the preview, at most.
const MOST_NAMED: usize = 20;

/// The first of them, the most likely first, and how many in all.
pub(super) fn twins(data: &Dataset, source: &str, parsed: &ParsedOrders, ids: &[Id]) -> (Vec<ImportTwin>, u64) {
    let table = data.customers();
    let is_new = |id: &Id| table.row(*id).is_none_or(|row| !table.exists(row));
    let of_orders = parsed.customers.iter().zip(ids).filter(|(_, id)| is_new(id)).map(|(parsed, _)| typed(parsed));
    let records = if parsed.records.kind == Some(Kind::Customer) { parsed.records.records.as_slice() } else { &[] };
    let known = (!records.is_empty()).then(|| Known::new(data, source));
    let of_records =
        records.iter().filter(|r| known.as_ref().is_some_and(|known| is_new(&known.same(Kind::Customer, r))));
    let new: Vec<Fields> = of_orders.chain(of_records.map(told)).collect();
    if new.is_empty() || new.len() > MOST_COMPARED {
        return (Vec::new(), 0);
    }
    let rows: Vec<u32> = table.live().collect();
    let place = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let of_new = |at: u32| (at as usize).checked_sub(rows.len()).and_then(|at| new.get(at)).copied();
    let fields = |at: u32| match rows.get(at as usize) {
        Some(&row) => Some(compared_fields(data, row)),
        None => of_new(at),
    };
    let mut scan =
        Scan::new(place(rows.len() + new.len()), place(rows.len()), data.settings().duplicates.least_percent);
    while scan.step(&fields) {}
    let (pairs, _) = scan.finish();
    let total = pairs.len() as u64;
    let name = |at: u32| match rows.get(at as usize) {
        Some(&row) => data.customer_name(row).to_owned(),
        None => of_new(at)
            .and_then(|c| [c.name, c.company, c.phone, c.email].into_iter().find(|text| !text.is_empty()))
            .unwrap_or_default()
            .to_owned(),
    };
    let twin = |pair: crate::analytics::duplicates::Pair| ImportTwin {
        name: name(pair.b),
        other: name(pair.a),
        known: rows.get(pair.a as usize).and_then(|&row| data.table(Kind::Customer).id(row)),
        reasons: pair.score.reasons,
    };
    (pairs.into_iter().take(MOST_NAMED).map(twin).collect(), total)
}

fn typed(parsed: &ParsedCustomer) -> Fields<'_> {
    Fields {
        name: &parsed.name,
        phone: &parsed.phone,
        email: &parsed.email,
        company: &parsed.company,
        city: &parsed.city,
        address: &parsed.address,
        ..Fields::default()
    }
}

fn told(record: &ParsedRecord) -> Fields<'_> {
    let text = |name: &str| {
        record.fields.iter().find_map(|(field, value)| match value {
            Value::Text(text) if field == name => Some(text.as_str()),
            _ => None,
        })
    };
    let of = |name: &str| text(name).unwrap_or_default();
    Fields {
        name: of("name"),
        phone: of("phone"),
        email: of("email"),
        company: of("company"),
        city: of("city"),
        address: of("address"),
        birthday: of("birthday"),
        ..Fields::default()
    }
}
