//! Facts that nobody has looked at for long (SPEC R4).

use super::{customer_row, window};
use crate::domain::Day;
use crate::engine::api::{StaleList, StaleRow};
use crate::engine::dataset::Dataset;
use crate::engine::freshness::{facts, stale_until};
use crate::engine::metrics::{MetricsCache, Parts};

/// Customers with stale facts, those worth most first.
pub fn stale(data: &Dataset, cache: &mut MetricsCache, as_of: Day, today: Day, limit: u32) -> StaleList {
    let until = stale_until(data, today);
    let Parts { snapshot, moods, .. } = cache.parts(data, as_of);
    let mut found: Vec<(i64, u32, u32, Day)> = Vec::new();
    for row in data.customers().live() {
        let stale = facts(data, row).map(|(_, day)| day).filter(|day| *day <= until);
        let (n, oldest) = stale.fold((0u32, until), |(n, oldest), day| (n + 1, oldest.min(day)));
        if n > 0 {
            let profit = snapshot.facts(row).map_or(0, |f| f.profit_minor);
            found.push((profit, row, n, oldest));
        }
    }
    let total_facts = found.iter().map(|(_, _, n, _)| u64::from(*n)).sum();
    crate::domain::sort::sort_by_key(&mut found, |&(profit, row, ..)| (std::cmp::Reverse(profit), row));
    let view = |&(_, row, facts, oldest): &(i64, u32, u32, Day)| StaleRow {
        customer: customer_row(data, snapshot, moods, row),
        facts,
        oldest,
    };
    StaleList {
        customers: found.len() as u64,
        facts: total_facts,
        rows: window(&found, 0, limit).iter().map(view).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Action, Change, ChangeSet, DeviceId, Id, Kind, MS_PER_DAY, Origin, Stamp, Value};
    use crate::engine::api::Command;
    use crate::engine::update::{Ctx, plan};

    #[test]
    fn a_fact_is_fresh_again_when_written_or_said_to_be_right() {
        let mut data = Dataset::new();
        let day_ms = MS_PER_DAY.unsigned_abs();
        let mut seq = 0;
        let mut write = |data: &mut Dataset, day: u64, changes: Vec<(u128, &str, Value)>| {
            seq += 1;
            let stamp = Stamp { time: (day * day_ms) << 16, device: DeviceId(2) };
            let change = |(id, field, value): (u128, &str, Value)| Change {
                kind: Kind::Customer,
                id: Id(id),
                field: field.into(),
                value,
                was: Value::Null,
            };
            let origin = Origin::Hand { what: Action::Edit(Kind::Customer) };
            let changes = changes.into_iter().map(change).collect();
            data.apply(&ChangeSet { stamp, origin, changes, blocks: Vec::new() }, seq, &[]).unwrap();
        };
        let facts = |id| vec![(id, "name", "A".into()), (id, "phone", "1".into()), (id, "city", "Paris".into())];
        write(&mut data, 1_000, facts(1).into_iter().chain(facts(2)).collect());
        let seen = |data: &Dataset, today| {
            let list = stale(data, &mut MetricsCache::new(), Day(today), Day(today), 10);
            (list.customers, list.facts, list.rows.iter().map(|r| (r.facts, r.oldest)).collect::<Vec<_>>())
        };
        assert_eq!(seen(&data, 1_364), (0, 0, vec![]));
        assert_eq!(seen(&data, 1_365), (2, 4, vec![(2, Day(1_000)); 2]));
        write(&mut data, 1_300, vec![(1, "phone", "2".into())]);
        assert_eq!(seen(&data, 1_365), (2, 3, vec![(1, Day(1_000)), (2, Day(1_000))]));
        for (fields, left) in [(vec!["city".to_owned()], (1, 2)), (vec!["name".to_owned()], (1, 2))] {
            let command = Command::Confirm { id: Id(1), fields, day: Day(1_365) };
            let planned = plan(&data, &command, &Ctx { now_ms: 0, random: 0 }).unwrap();
            let changes = planned.changes.into_iter().map(|c| (c.id.0, c.field, c.value)).collect::<Vec<_>>();
            write(
                &mut data,
                1_365,
                changes.iter().map(|(id, field, value)| (*id, field.as_str(), value.clone())).collect(),
            );
            let now = seen(&data, 1_365);
            assert_eq!((now.0, now.1), left);
        }
    }
}
