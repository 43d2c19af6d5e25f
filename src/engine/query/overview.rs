//! The book in figures, and what today asks for.

use super::customer_row;
use super::customers::is_active;
use crate::analytics::{Dormancy, KotlerGroup, Mood};
use crate::domain::{Asked, Day, Field, Id, Input, Kind, PartialDate, Value, asked, contact, customer};
use crate::engine::api::{Birthday, CustomerRow, Overview, TodayView};
use crate::engine::dataset::Dataset;
use crate::engine::metrics::{MetricsCache, Moods, Parts, Snapshot};
use crate::engine::own::own_fields;

/// Rows shown of each list of the day.
const MOST_ROWS: usize = 8;
const BIRTHDAY_DAYS: i32 = 14;
const MOST_BIRTHDAYS: usize = 50;

pub fn overview(data: &Dataset, cache: &mut MetricsCache, chosen: Option<Day>, today: Day) -> Overview {
    let as_of = chosen.unwrap_or_else(|| cache.default_as_of(data, today));
    let buyers = cache.snapshot(data, as_of).1.buyer_count() as u64;
    let totals = cache.totals(data);
    Overview {
        as_of,
        as_of_is_chosen: chosen.is_some(),
        first_order: totals.first,
        last_order: totals.last,
        customers: totals.customers,
        buyers,
        orders: totals.orders(),
        purchases: totals.purchases,
        refunds: totals.refunds,
        adjustments: totals.adjustments,
        lines: totals.lines,
        products: totals.products,
        interactions: totals.interactions,
        responses: totals.responses,
        anonymous_lines: totals.anonymous_lines,
        anonymous_orders: totals.anonymous_orders,
        anonymous_minor: totals.anonymous_minor,
        total_minor: totals.total_minor,
        currency: data.settings().currency,
        currency_known: totals.orders() > 0 || data.setting("currency").is_some() || has_amounts(data),
        other_currencies: totals.other_currencies.clone(),
        demo: totals.demo,
        countries: totals.countries.clone(),
        tags: totals.tags.clone(),
    }
}

/// Whether any record holds an amount or a price.
fn has_amounts(data: &Dataset) -> bool {
    let holds = |kind: Kind, field: &Asked| {
        let is_amount = matches!(field.input, Input::Money | Input::Price | Input::Amount | Input::Lines);
        let at = data.table(kind).field(&field.name).filter(|_| is_amount);
        at.is_some_and(|at| data.table(kind).live().any(|row| data.value(kind, row, at) != Value::Null))
    };
    Kind::ALL.iter().any(|&kind| asked(kind, &own_fields(data, kind)).iter().any(|field| holds(kind, field)))
}

pub fn today(data: &Dataset, cache: &mut MetricsCache, as_of: Day, today: Day) -> TodayView {
    let Parts { ledger, snapshot, moods, .. } = cache.parts(data, as_of);
    snapshot.look_back(ledger);
    let snapshot: &Snapshot = snapshot;
    let (mut active_customers, mut active_revenue_minor) = (0, 0i64);
    let (mut drifting, mut sleepers) = (Vec::new(), Vec::new());
    for (row, facts, marks) in snapshot.buyers() {
        if is_active(facts.last, as_of) {
            active_customers += 1;
            let entries = ledger.entries(row).iter().filter(|e| e.day <= as_of.0 && is_active(e.day, as_of));
            active_revenue_minor = entries.fold(active_revenue_minor, |sum, e| sum.saturating_add(e.total_minor));
        }
        if marks.kotler == KotlerGroup::TrueFriend && marks.dormancy > Dormancy::Awake {
            drifting.push((facts.profit_minor, row));
        }
        if snapshot.fell_asleep(row) {
            sleepers.push((facts.profit_minor, row));
        }
    }
    let is_unhappy = |row: &u32| moods.of(*row).mood == Mood::Unhappy;
    let profit = |row| snapshot.facts(row).map_or(0, |f| f.profit_minor);
    let mut unhappy: Vec<(i64, u32)> =
        data.customers().live().filter(is_unhappy).map(|row| (profit(row), row)).collect();
    let (birthdays, birthdays_total) = birthdays(data, snapshot, moods, today);
    TodayView {
        active_customers,
        active_revenue_minor,
        drifting_total: snapshot.sums().drifting(),
        drifting: worth_most(data, snapshot, moods, &mut drifting),
        new_sleepers_total: sleepers.len() as u64,
        new_sleepers: worth_most(data, snapshot, moods, &mut sleepers),
        unhappy_total: unhappy.len() as u64,
        unhappy: worth_most(data, snapshot, moods, &mut unhappy),
        birthdays,
        birthdays_total,
    }
}

pub(super) fn worth_most(
    data: &Dataset,
    snapshot: &Snapshot,
    moods: &Moods,
    rows: &mut [(i64, u32)],
) -> Vec<CustomerRow> {
    rows.sort_by_cached_key(|&(profit, row)| (std::cmp::Reverse(profit), data.customers().id(row)));
    rows.iter().take(MOST_ROWS).map(|&(_, row)| customer_row(data, snapshot, moods, row)).collect()
}

fn birthdays(data: &Dataset, snapshot: &Snapshot, moods: &Moods, today: Day) -> (Vec<Birthday>, u64) {
    let near = |kind: Kind, field: Field| {
        let table = data.table(kind);
        let due = move |row: u32| {
            let next = next_birthday(table.text(row, field), today)?;
            Some((next, kind, table.id(row)?, row)).filter(|(next, ..)| next.0 - today.0 <= BIRTHDAY_DAYS)
        };
        table.live().filter_map(due)
    };
    let customers = near(Kind::Customer, customer::BIRTHDAY);
    let mut due: Vec<(Day, Kind, Id, u32)> = customers.chain(near(Kind::Contact, contact::BIRTHDAY)).collect();
    crate::domain::sort::sort_by(&mut due, Ord::cmp);
    let birthday = |&(day, kind, _, row): &(Day, Kind, Id, u32)| {
        if kind == Kind::Customer {
            return Some(Birthday { day, who: customer_row(data, snapshot, moods, row), at: None });
        }
        let contacts = data.table(Kind::Contact);
        let there = customer_row(data, snapshot, moods, contacts.reference(row, contact::CUSTOMER)?);
        let said = |field| contacts.text(row, field).to_owned();
        let at = Some(there.name.clone());
        Some(Birthday { day, who: CustomerRow { name: said(contact::NAME), phone: said(contact::PHONE), ..there }, at })
    };
    (due.iter().take(MOST_BIRTHDAYS).filter_map(birthday).collect(), due.len() as u64)
}

/// The next one from `today` on, as it is kept (see [`PartialDate::kept_in`]).
pub(super) fn next_birthday(text: &str, today: Day) -> Option<Day> {
    match month_and_day(text) {
        Some((month, day)) => PartialDate { lunar: false, year: None, month, leap: false, day }.next(today),
        None if text.is_empty() => None,
        None => PartialDate::parse(text)?.next(today),
    }
}

/// From `1988-05-20` or `--05-20`, as nearly all are written: reading every habit would take long for a whole book.
fn month_and_day(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.rsplitn(3, '-');
    let day = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    let year = parts.next()?;
    (year == "-" || year.parse::<u32>().is_ok()).then_some(())?;
    // 2000 was a leap year.
    Day::from_ymd(2000, month, day).map(|_| (month, day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn birthdays_come_round() {
        let cases = [
            ("1988-05-20", "2025-05-20", Some("2025-05-20")),
            ("--05-20", "2025-05-21", Some("2026-05-20")),
            ("2000-02-29", "2025-02-20", Some("2025-02-28")),
            ("2000-02-29", "2027-12-31", Some("2028-02-29")),
            ("--02-30", "2025-01-01", None),
            ("", "2025-01-01", None),
            ("05-20", "2025-01-01", Some("2025-05-20")),
            ("L1990-08-15", "2026-09-20", Some("2026-09-25")),
            ("L--08-15", "2026-09-26", Some("2027-09-15")),
            ("L2020-04R-10", "2021-01-01", Some("2021-05-21")),
            // The last days of a Chinese year fall into the next one of the other calendar.
            ("L1990-12-29", "2026-01-01", Some("2026-02-16")),
            ("2000-xx-01", "2025-01-01", None),
        ];
        for (text, today, want) in cases {
            let today = Day::parse_iso(today).unwrap();
            assert_eq!(next_birthday(text, today), want.and_then(Day::parse_iso), "{text} on {today}");
        }
    }
}
