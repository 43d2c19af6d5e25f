//! What contacts, discounts, complaints, needs and referrals say of each customer at the as-of day. Figures of the list and the metrics of
//! retention read the same columns, so a number and its list agree.

use crate::analytics::{ChurnRule, losses};
use crate::domain::{CivilTime, Day, Kind, OrderKind, Settings, case, customer, interaction, need, order};
use crate::engine::api::{Figure, There};
use crate::engine::column::{NONE, NULL_INT};
use crate::engine::dataset::Dataset;
use crate::engine::metrics::{Entry, Facts, Snapshot};
use crate::engine::table::YES;

pub(super) const YEAR_DAYS: i32 = 365;
/// A day that there is none of.
const NO_DAY: i32 = i32::MAX;

/// When silence counts as having left.
#[must_use]
pub fn churn_rule(settings: &Settings) -> ChurnRule<'_> {
    match settings.churn.after_days {
        Some(days) => ChurnRule::Days(days.into()),
        None => ChurnRule::Asleep(&settings.dormancy),
    }
}

/// The day on which a customer left who has not come back; `None` for all others.
pub(super) fn left_on(facts: &Facts, snapshot: &Snapshot) -> Option<i32> {
    let rule = churn_rule(snapshot.settings());
    let day = rule.left_on(facts.last, facts.purchase_days, facts.median_interval_days());
    (facts.is_buyer() && day <= snapshot.as_of().0).then_some(day)
}

/// Days from the first purchase to the as-of day, or to the last purchase of who has left.
pub(super) fn stayed_days(facts: &Facts, snapshot: &Snapshot) -> Option<i32> {
    let end = if left_on(facts, snapshot).is_some() { facts.last } else { snapshot.as_of().0 };
    facts.is_buyer().then(|| end.saturating_sub(facts.first))
}

/// The 365 days up to the as-of day.
pub(super) fn in_year(entries: &[Entry], as_of: i32) -> impl Iterator<Item = &Entry> {
    entries.iter().rev().skip_while(move |e| e.day > as_of).take_while(move |e| e.day > as_of.saturating_sub(YEAR_DAYS))
}

/// What a customer spent in those days, refunds taken off; never below zero.
pub(super) fn spent_in_year(entries: &[Entry], as_of: i32) -> i64 {
    in_year(entries, as_of).fold(0i64, |sum, e| sum.saturating_add(e.total_minor)).max(0)
}

/// Whether a customer with these entries was there that day; the rule is that of the losses, `scratch` is reused between calls.
pub(super) fn was_there(entries: &[Entry], there: There, snapshot: &Snapshot, scratch: &mut Vec<i32>) -> bool {
    let (as_of, on) = (snapshot.as_of().0, there.on);
    let days = || entries.iter().filter(|e| !e.refund && e.day <= as_of).map(|e| e.day);
    let mut here = on <= as_of && days().next().is_some_and(|first| first <= on);
    let mut left = false;
    if here {
        losses(days(), as_of, churn_rule(snapshot.settings()), scratch, |loss| {
            here &= !loss.gone_on(on);
            left |= loss.since <= on && loss.on > on && there.left_by.is_some_and(|by| loss.on <= by);
        });
    }
    here && (left || there.left_by.is_none())
}

/// One entry per row of the customer table; empty until learnt.
#[derive(Clone, Debug, Default)]
pub(super) struct Habits {
    inbound: Vec<u32>,
    first_contact: Vec<i32>,
    discounted: Vec<u32>,
    complaints: Vec<u32>,
    first_complaint: Vec<i32>,
    must_haves: Vec<u32>,
    needs_met: Vec<u32>,
    brought: Vec<u32>,
}

impl Habits {
    /// Reads what `figure` takes.
    pub fn learn(&mut self, data: &Dataset, as_of: Day, figure: Figure) {
        match figure {
            Figure::Inbound | Figure::Choosing if self.inbound.is_empty() => self.read_contacts(data, as_of),
            Figure::Discounted if self.discounted.is_empty() => self.read_discounts(data, as_of),
            Figure::Complaints | Figure::Forgave if self.complaints.is_empty() => self.read_complaints(data, as_of),
            Figure::MustHaves | Figure::NeedsMet if self.must_haves.is_empty() => self.read_needs(data, as_of),
            Figure::Brought if self.brought.is_empty() => self.read_brought(data),
            _ => {}
        }
    }

    pub fn count(&self, figure: Figure, row: u32) -> u32 {
        let all = match figure {
            Figure::Inbound => &self.inbound,
            Figure::Discounted => &self.discounted,
            Figure::Complaints => &self.complaints,
            Figure::MustHaves => &self.must_haves,
            Figure::NeedsMet => &self.needs_met,
            Figure::Brought => &self.brought,
            _ => return 0,
        };
        all.get(row as usize).copied().unwrap_or(0)
    }

    /// Whether anybody was in contact with the customer.
    pub fn has_contact(&self, row: u32) -> bool {
        self.first_contact.get(row as usize).is_some_and(|day| *day != NO_DAY)
    }

    /// From the first contact to the first purchase; `None` where none came before it.
    pub fn choosing_days(&self, row: u32, facts: &Facts) -> Option<i32> {
        let contact = self.first_contact.get(row as usize).copied().filter(|day| *day != NO_DAY)?;
        (facts.is_buyer() && contact <= facts.first).then(|| facts.first.saturating_sub(contact))
    }

    /// Whether who complained bought on a later day.
    pub fn forgave(&self, row: u32, facts: &Facts) -> Option<bool> {
        let complaint = self.first_complaint.get(row as usize).copied().filter(|day| *day != NO_DAY)?;
        Some(facts.is_buyer() && facts.last > complaint)
    }

    fn read_contacts(&mut self, data: &Dataset, as_of: Day) {
        let n = data.customers().len() as usize;
        (self.inbound, self.first_contact) = (vec![0; n], vec![NO_DAY; n]);
        let table = data.interactions();
        let inbound = table.symbols(interaction::DIRECTION).and_then(|s| Some((s.codes(), s.code("in")?)));
        each(data, Kind::Interaction, as_of, |row, customer, day| {
            let is_in = inbound.is_some_and(|(codes, code)| codes.get(row as usize) == Some(&code));
            if let Some(count) = self.inbound.get_mut(customer as usize).filter(|_| is_in) {
                *count = count.saturating_add(1);
            }
            if let Some(first) = self.first_contact.get_mut(customer as usize) {
                *first = (*first).min(day);
            }
        });
    }

    fn read_discounts(&mut self, data: &Dataset, as_of: Day) {
        self.discounted = vec![0; data.customers().len() as usize];
        let discounts = data.table(Kind::Order).ints(order::DISCOUNT_MINOR);
        if !discounts.iter().any(|n| *n != NULL_INT && *n > 0) {
            return;
        }
        each(data, Kind::Order, as_of, |row, customer, _| {
            let discount = discounts.get(row as usize).copied().unwrap_or(NULL_INT);
            let counts = discount != NULL_INT && discount > 0 && data.orders().kind_of(row) == OrderKind::Purchase;
            if let Some(count) = self.discounted.get_mut(customer as usize).filter(|_| counts) {
                *count = count.saturating_add(1);
            }
        });
    }

    fn read_complaints(&mut self, data: &Dataset, as_of: Day) {
        let n = data.customers().len() as usize;
        (self.complaints, self.first_complaint) = (vec![0; n], vec![NO_DAY; n]);
        let kinds =
            data.table(Kind::Case).symbols(case::CASE_KIND).and_then(|s| Some((s.codes(), s.code("complaint")?)));
        let Some((codes, complaint)) = kinds else { return };
        each(data, Kind::Case, as_of, |row, customer, day| {
            if codes.get(row as usize) != Some(&complaint) {
                return;
            }
            if let (Some(count), Some(first)) =
                (self.complaints.get_mut(customer as usize), self.first_complaint.get_mut(customer as usize))
            {
                *count = count.saturating_add(1);
                *first = (*first).min(day);
            }
        });
    }

    fn read_needs(&mut self, data: &Dataset, as_of: Day) {
        let n = data.customers().len() as usize;
        (self.must_haves, self.needs_met) = (vec![0; n], vec![0; n]);
        let table = data.table(Kind::Need);
        let answers = table.bools(need::MET);
        let Some((levels, must)) = table.symbols(need::LEVEL).and_then(|s| Some((s.codes(), s.code("must")?))) else {
            return;
        };
        each(data, Kind::Need, as_of, |row, customer, _| {
            if levels.get(row as usize) != Some(&must) {
                return;
            }
            let met = answers.get(row as usize) == Some(&YES);
            for (counts, counted) in [(&mut self.must_haves, true), (&mut self.needs_met, met)] {
                if let Some(count) = counts.get_mut(customer as usize).filter(|_| counted) {
                    *count = count.saturating_add(1);
                }
            }
        });
    }

    fn read_brought(&mut self, data: &Dataset) {
        self.brought = vec![0; data.customers().len() as usize];
        let refs = data.customers().refs(customer::REFERRER);
        for row in data.customers().live() {
            let by = refs.get(row as usize).copied().filter(|&by| by != NONE && by != row);
            if let Some(count) = by.and_then(|by| self.brought.get_mut(by as usize)) {
                *count = count.saturating_add(1);
            }
        }
    }
}

/// Tells `each` every live record of a customer's that has a date up to the as-of day: its row, the customer, the day.
pub(super) fn each(data: &Dataset, kind: Kind, as_of: Day, mut each: impl FnMut(u32, u32, i32)) {
    let table = data.table(kind);
    let (Some(customer), Some(at)) = (kind.customer(), kind.at()) else { return };
    let (customers, at) = (table.refs(customer), table.ints(at));
    for (row, (&customer, &at)) in (0..).zip(customers.iter().zip(at)) {
        if customer == NONE || at == NULL_INT {
            continue;
        }
        let day = CivilTime(at).day();
        if day <= as_of && table.is_live(row) {
            each(row, customer, day.0);
        }
    }
}
