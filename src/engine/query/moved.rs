//! What moved since last time (SPEC V2 V4 V5): where every customer stood on an earlier day and stands now, by the same records and
//! today's settings. Each day is judged by its own comparison, so a customer may move because the others did.

use std::cmp::Ordering;

use crate::analytics::{Dormancy, KotlerGroup};
use crate::domain::TierRule;
use crate::engine::api::{Drift, Flow, MixView, Moved, MovedBy, MovedView, Since, Stand};
use crate::engine::dataset::Dataset;
use crate::engine::metrics::{Facts, Marks, Snapshot};

/// The customer's place among [`Stand::all`].
fn place(by: MovedBy, marks: &Marks) -> usize {
    match by {
        MovedBy::Kotler => marks.kotler as usize,
        MovedBy::Tier => usize::from(marks.tier),
        MovedBy::Dormancy => marks.dormancy as usize,
    }
}

pub fn moved(earlier: &Snapshot, now: &Snapshot, since: Since, by: MovedBy) -> MovedView {
    let stands = Stand::all(by, &now.settings().tiers);
    let all: Vec<Stand> = stands.iter().cloned().chain([Stand::NotYet]).collect();
    let flow = |from: &Stand, to: &Stand| Flow {
        from: from.clone(),
        to: to.clone(),
        customers: 0,
        profit_minor: 0,
        potential_before_minor: 0,
        potential_minor: 0,
    };
    let mut flows: Vec<Vec<Flow>> = all.iter().map(|from| stands.iter().map(|to| flow(from, to)).collect()).collect();
    let mut asleep = (0, 0i64);
    for (row, facts, marks) in now.buyers() {
        let then = earlier.buyer(row).map(|(_, marks)| marks);
        let from = then.map_or(stands.len(), |marks| place(by, marks));
        if let Some(flow) = flows.get_mut(from).and_then(|flows| flows.get_mut(place(by, marks))) {
            flow.customers += 1;
            flow.profit_minor = flow.profit_minor.saturating_add(facts.profit_minor);
            flow.potential_minor = flow.potential_minor.saturating_add(marks.potential_minor);
            let before = then.map_or(0, |marks| marks.potential_minor);
            flow.potential_before_minor = flow.potential_before_minor.saturating_add(before);
        }
        if marks.dormancy == Dormancy::Asleep && then.is_none_or(|m| m.dormancy != Dormancy::Asleep) {
            asleep = (asleep.0 + 1, asleep.1.saturating_add(facts.profit_minor));
        }
    }
    MovedView {
        n: now.buyer_count() as u64,
        since,
        by,
        before: earlier.as_of(),
        as_of: now.as_of(),
        stands,
        flows: flows.into_iter().flatten().filter(|flow| flow.customers > 0).collect(),
        fell_asleep: asleep.0,
        fell_asleep_minor: asleep.1,
    }
}

/// How many stood where, with their profit.
pub fn mix(snapshot: &Snapshot) -> MixView {
    let tiers = &snapshot.settings().tiers;
    let none = |by| Stand::all(by, tiers).into_iter().map(|stand| (stand, 0, 0)).collect();
    let mut stands: Vec<Vec<(Stand, u64, i64)>> = MovedBy::ALL.map(none).into();
    for (_, facts, marks) in snapshot.buyers() {
        for (by, stands) in MovedBy::ALL.into_iter().zip(&mut stands) {
            if let Some((_, customers, profit)) = stands.get_mut(place(by, marks)) {
                *customers += 1;
                *profit = profit.saturating_add(facts.profit_minor);
            }
        }
    }
    MixView { day: snapshot.as_of(), n: snapshot.buyer_count() as u64, stands }
}

/// The `limit` whose potential changed most, in the order of the map's points. Who has not moved is left out.
pub fn drift(data: &Dataset, earlier: &Snapshot, now: &Snapshot, group: Option<KotlerGroup>, limit: u32) -> Vec<Drift> {
    let moved = |(index, (row, facts, marks)): (u32, (u32, &Facts, &Marks))| {
        let (facts_then, then) = earlier.buyer(row)?;
        let fits = group.is_none_or(|group| group == then.kotler);
        let same = then.loyalty == marks.loyalty && facts_then.profit_minor == facts.profit_minor;
        let change = then.potential_minor.abs_diff(marks.potential_minor);
        let drift = Drift {
            index,
            // Looked up for those who are shown.
            name: String::new(),
            loyalty_before: then.loyalty,
            loyalty: marks.loyalty,
            profit_before_minor: facts_then.profit_minor,
            profit_minor: facts.profit_minor,
        };
        (fits && !same).then_some((std::cmp::Reverse(change), row, drift))
    };
    let mut all: Vec<_> = (0..).zip(now.buyers()).filter_map(moved).collect();
    all.sort_by_key(|(change, _, drift)| (*change, drift.index));
    all.truncate(limit as usize);
    let named = |row, drift| Drift { name: data.customer_name(row).to_owned(), ..drift };
    let mut drifts: Vec<Drift> = all.into_iter().map(|(_, row, drift)| named(row, drift)).collect();
    drifts.sort_by_key(|drift| drift.index);
    drifts
}

/// Whether a customer with a purchase stands there; `None`: had not bought.
fn stands_at(stand: &Stand, marks: Option<&Marks>, tiers: &[TierRule]) -> bool {
    match (stand, marks) {
        (Stand::NotYet, marks) => marks.is_none(),
        // These compare two days.
        (_, None) | (Stand::Other(_) | Stand::Better(_) | Stand::Worse(_), _) => false,
        (Stand::Kotler(group), Some(marks)) => marks.kotler == *group,
        (Stand::Dormancy(step), Some(marks)) => marks.dormancy == *step,
        (Stand::Tier(id), Some(marks)) => tiers.get(usize::from(marks.tier)).is_some_and(|rule| rule.id == *id),
    }
}

/// Whether a customer made this movement; never one without a purchase. Best comes first among places.
pub fn has_moved(moved: &Moved, earlier: &Snapshot, now: &Snapshot, row: u32) -> bool {
    let Some((_, after)) = now.buyer(row) else { return false };
    let before = earlier.buyer(row).map(|(_, marks)| marks);
    let tiers = &now.settings().tiers;
    let at = |stand: &Option<Stand>, marks| stand.as_ref().map(|stand| stands_at(stand, marks, tiers));
    let elsewhere = |stand: &Option<Stand>, marks| at(stand, marks) != Some(true);
    let went = |by| Some(place(by, after).cmp(&place(by, before?)));
    let step = match &moved.to {
        Some(Stand::Other(by)) => Some(went(*by).is_some_and(Ordering::is_ne)),
        Some(Stand::Better(by)) => Some(went(*by).is_some_and(Ordering::is_lt)),
        Some(Stand::Worse(by)) => Some(went(*by).is_some_and(Ordering::is_gt)),
        _ => None,
    };
    if let Some(step) = step {
        return step && at(&moved.from, before) != Some(false);
    }
    at(&moved.from, before).unwrap_or_else(|| elsewhere(&moved.to, before))
        && at(&moved.to, Some(after)).unwrap_or_else(|| elsewhere(&moved.from, Some(after)))
}
