//! Which after-sales services a customer gets, by tier (SPEC R7).

use crate::domain::{Day, Id, Kind, entitlement};
use crate::engine::api::{Entitled, Grant};
use crate::engine::dataset::Dataset;
use crate::engine::metrics::MetricsCache;

/// Before the first purchase there is no tier, and nothing is offered.
pub fn entitled(data: &Dataset, cache: &mut MetricsCache, customer: Id, as_of: Day) -> Entitled {
    let row = data.customers().row(data.standing_id(customer));
    let (_, snapshot) = cache.snapshot(data, as_of);
    let marks = row.and_then(|row| snapshot.buyer(row)).map(|(_, marks)| marks.tier);
    let tier = marks.and_then(|tier| snapshot.settings().tiers.get(usize::from(tier))).map(|rule| rule.id.clone());
    let table = data.table(Kind::Entitlement);
    let grant = |row: u32| {
        let holds = |field| table.json_texts(row, field).any(|id| Some(id) == tier.as_deref());
        if holds(entitlement::FREE) {
            Grant::Free
        } else if holds(entitlement::PAID) {
            Grant::Paid(table.int(row, entitlement::PRICE_E4))
        } else {
            Grant::NotOffered
        }
    };
    let service = |row: u32| (table.text(row, entitlement::NAME).to_owned(), grant(row));
    let mut services: Vec<(String, Grant)> = table.live().map(service).collect();
    crate::domain::sort::sort_by(&mut services, |a, b| a.0.cmp(&b.0));
    Entitled { tier, services }
}
