//! Order numbers of a file that mean other orders in the book: two systems that count alike, brought in under one name,
//! would overwrite each other's orders.

use super::last_said;
use crate::domain::{CivilTime, Day, Id, Kind, Value, order};
use crate::engine::api::ImportClash;
use crate::engine::dataset::Dataset;
use crate::files::orders::ParsedOrder;

/// Fewer orders than this were rather corrected.
const LEAST: u64 = 3;

/// An order does not change its day; another time zone moves it by one at most.
const SAME_DAYS: i32 = 1;

/// Where most orders that are known by their number are of quite another day.
pub(super) fn clash(data: &Dataset, source: &str, parsed: &[ParsedOrder], ids: &[Id]) -> Option<ImportClash> {
    let orders = data.orders();
    let mut found = ImportClash {
        source: source.to_owned(),
        known: 0,
        different: 0,
        number: String::new(),
        here: Day(0),
        there: Day(0),
    };
    for (parsed, id) in parsed.iter().zip(ids) {
        let Some(row) = orders.row(*id).filter(|&row| orders.is_live(row)) else { continue };
        let Value::Int(said) = last_said(data, Kind::Order, row, order::AT) else { continue };
        let (here, there) = (CivilTime(said).day(), parsed.at.day());
        found.known += 1;
        if (here.0 - there.0).abs() > SAME_DAYS {
            if found.different == 0 {
                (found.number, found.here, found.there) = (parsed.key.clone(), here, there);
            }
            found.different += 1;
        }
    }
    (found.different >= LEAST && found.different * 2 > found.known).then_some(found)
}
