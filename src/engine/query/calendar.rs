//! Days to remember (SPEC R6, C11): birthdays and wedding days, promises that are due, quotes that end.

use super::record::title;
use crate::domain::{Day, Field, Kind, PartialDate, contact, customer, promise, quote};
use crate::engine::api::{CalendarEntry, CalendarPage, Occasion};
use crate::engine::dataset::Dataset;
use crate::files::calendar::Repeat;

/// How many times a lunar date is written: calendars know no rule for it.
const LUNAR_TIMES: usize = 10;
/// The kinds that have such days, in the order of the file.
const KINDS: [Kind; 4] = [Kind::Customer, Kind::Contact, Kind::Promise, Kind::Quote];

/// The days of about `limit` records from the place `offset` on, as they come round from `today`.
pub fn calendar(data: &Dataset, today: Day, offset: u32, limit: u32) -> CalendarPage {
    let total = KINDS.iter().fold(0u32, |sum, kind| sum.saturating_add(data.table(*kind).len()));
    let end = offset.saturating_add(limit.max(1)).min(total);
    let mut out = Vec::new();
    let mut before = 0u32;
    for kind in KINDS {
        let table = data.table(kind);
        let here = |at: u32| at.saturating_sub(before).min(table.len());
        let rows = here(offset)..here(end);
        rows.filter(|&row| table.is_live(row)).for_each(|row| of_record(data, kind, row, today, &mut out));
        before = before.saturating_add(table.len());
    }
    CalendarPage { entries: out, next: (end < total).then_some(end), total }
}

fn of_record(data: &Dataset, kind: Kind, row: u32, today: Day, out: &mut Vec<CalendarEntry>) {
    let table = data.table(kind);
    let Some(record) = table.id(row) else { return };
    let owner = kind.customer().and_then(|field| table.reference(row, field));
    let of_owner = |field: Field| owner.map_or("", |row| data.customers().text(row, field)).to_owned();
    let owner_name = owner.map_or("", |row| data.customer_name(row)).to_owned();
    let entry = |occasion, name: String, what: String, phone: String| CalendarEntry {
        record,
        occasion,
        day: today,
        repeat: Repeat::Once,
        lunar_year: None,
        name,
        what,
        phone,
        date: String::new(),
    };
    let text = |field| table.text(row, field).to_owned();
    let on = |field| table.int(row, field).and_then(|n| i32::try_from(n).ok()).map(Day);
    let what = || title(data, kind, row).to_owned();
    match kind {
        Kind::Customer => {
            let who =
                |occasion| entry(occasion, data.customer_name(row).to_owned(), String::new(), text(customer::PHONE));
            yearly(&text(customer::BIRTHDAY), today, &who(Occasion::Birthday), out);
            yearly(&text(customer::WEDDING), today, &who(Occasion::Wedding), out);
        }
        Kind::Contact => {
            let who = entry(Occasion::Birthday, text(contact::NAME), owner_name, text(contact::PHONE));
            yearly(&text(contact::BIRTHDAY), today, &who, out);
        }
        Kind::Promise if matches!(table.text(row, promise::STATE), "" | "open") => {
            let due = entry(Occasion::PromiseDue, owner_name, what(), of_owner(customer::PHONE));
            out.extend(on(promise::DUE).map(|day| CalendarEntry { day, ..due }));
        }
        Kind::Quote if super::quotes::is_open(table, row, today) => {
            let ends = entry(Occasion::QuoteEnds, owner_name, what(), of_owner(customer::PHONE));
            out.extend(on(quote::VALID_UNTIL).map(|day| CalendarEntry { day, ..ends }));
        }
        _ => {}
    }
}

/// A date that comes round, from its next time on: by a rule, or, if it is lunar, day by day.
fn yearly(text: &str, today: Day, entry: &CalendarEntry, out: &mut Vec<CalendarEntry>) {
    let Some(date) = PartialDate::parse(text) else { return };
    let date_text = date.to_string();
    if date.lunar {
        // A Chinese year ends in the Gregorian one after it.
        let years = today.ymd().0 - 1..;
        let days = years.take(LUNAR_TIMES + 2).filter_map(|year| Some((year, date.kept_in(year)?)));
        let next = days.filter(|(_, day)| *day >= today).take(LUNAR_TIMES);
        out.extend(next.map(|(year, day)| CalendarEntry {
            day,
            lunar_year: Some(year),
            date: date_text.clone(),
            ..entry.clone()
        }));
    } else if let Some(day) = date.next(today) {
        let repeat = if (date.month, date.day) == (2, 29) { Repeat::LastOfFebruary } else { Repeat::Yearly };
        out.push(CalendarEntry { day, repeat, date: date_text, ..entry.clone() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Id, Value};
    use crate::engine::testing::data_of;

    #[test]
    fn days_come_round_and_what_is_over_does_not() {
        let day = |text: &str| Day::parse_iso(text).unwrap();
        let on = |text: &str| Value::Int(day(text).0.into());
        let (ann, bob, eve) = (Id(1), Id(2), Id(3));
        let mut rows: Vec<(Kind, Id, &'static str, Value)> = vec![
            (Kind::Customer, ann, "name", "Ann".into()),
            (Kind::Customer, ann, "birthday", "1988-02-29".into()),
            (Kind::Customer, ann, "wedding", "--05-20".into()),
            (Kind::Customer, bob, "name", "Bob".into()),
            (Kind::Customer, bob, "birthday", "L1990-12-29".into()),
            (Kind::Customer, eve, "birthday", "1990-01-01".into()),
            (Kind::Customer, eve, "deleted", true.into()),
            (Kind::Contact, Id(10), "customer", ann.into()),
            (Kind::Contact, Id(10), "name", "Cy".into()),
            (Kind::Contact, Id(10), "birthday", "12-01".into()),
        ];
        let dated = [
            (Kind::Promise, 20, "state", "open", "due", "2025-12-01"),
            (Kind::Promise, 21, "state", "kept", "due", "2026-12-01"),
            (Kind::Quote, 30, "outcome", "open", "valid_until", "2026-12-31"),
            (Kind::Quote, 31, "outcome", "open", "valid_until", "2026-01-01"),
            (Kind::Quote, 32, "outcome", "won", "valid_until", "2026-12-31"),
        ];
        for (kind, id, state, value, field, until) in dated {
            rows.push((kind, Id(id), "customer", ann.into()));
            rows.push((kind, Id(id), state, value.into()));
            rows.push((kind, Id(id), field, on(until)));
        }
        let data = data_of(rows);
        let today = day("2026-11-22");
        let (mut all, mut from) = (Vec::new(), Some(0));
        while let Some(offset) = from {
            let page = calendar(&data, today, offset, 2);
            all.extend(page.entries);
            from = page.next;
        }
        let shown = |e: &CalendarEntry| {
            let year = e.lunar_year.map(|y| y.to_string()).unwrap_or_default();
            format!("{} {} {:?} {} {}{year}", e.occasion.name(), e.day, e.repeat, e.name, e.what)
        };
        let lunar: Vec<&CalendarEntry> = all.iter().filter(|e| e.name == "Bob").collect();
        assert_eq!(lunar.len(), LUNAR_TIMES);
        assert_eq!(shown(lunar[0]), "birthday 2027-02-05 Once Bob 2026");
        assert!(lunar.windows(2).all(|w| (340..=390).contains(&(w[1].day.0 - w[0].day.0))));
        let rest: Vec<String> = all.iter().filter(|e| e.name != "Bob").map(shown).collect();
        assert_eq!(
            rest,
            [
                "birthday 2027-02-28 LastOfFebruary Ann ",
                "wedding 2027-05-20 Yearly Ann ",
                "birthday 2026-12-01 Yearly Cy Ann",
                "due 2025-12-01 Once Ann Ann",
                "ends 2026-12-31 Once Ann Ann",
            ]
        );
        assert_eq!(calendar(&data, today, 0, u32::MAX).entries, all);
    }
}
