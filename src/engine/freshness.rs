//! How fresh facts are (SPEC R4): a fact is as fresh as the last time that somebody wrote it or said that it is still right.

use super::dataset::Dataset;
use crate::domain::{Day, Field, Kind, MS_PER_DAY, customer};

/// Facts of a customer that change in the course of a life; a name or a birthday does not.
pub const FACTS: [Field; 11] = [
    customer::PHONE,
    customer::EMAIL,
    customer::COMPANY,
    customer::COUNTRY,
    customer::CITY,
    customer::ADDRESS,
    customer::OWNER,
    customer::STAGE,
    customer::SOCIAL,
    customer::PERSONAL,
    customer::PSYCHOLOGICAL,
];

/// The field that holds the day on which somebody said that the field `name` is still right.
#[must_use]
pub fn confirmed_name(name: &str) -> String {
    format!("{CONFIRMED}{name}")
}

const CONFIRMED: &str = "confirmed:";

/// The day since which nobody has looked at a fact; `None` where nothing is known.
#[must_use]
pub fn last_confirmed(data: &Dataset, row: u32, field: Field) -> Option<Day> {
    let table = data.customers();
    if table.is_null(row, field) {
        return None;
    }
    let written = data.field_stamp(Kind::Customer, row, field)?.unix_ms() / MS_PER_DAY.unsigned_abs();
    let written = i32::try_from(written).ok()?;
    let name = Kind::Customer.fields().get(field.0 as usize)?.name;
    let said = table.field(&confirmed_name(name)).and_then(|at| match data.value(Kind::Customer, row, at) {
        crate::domain::Value::Int(day) => i32::try_from(day).ok(),
        // As it comes back from a file.
        crate::domain::Value::Json(json) => json.as_i64().and_then(|day| i32::try_from(day).ok()),
        _ => None,
    });
    Some(Day(said.unwrap_or(written).max(written)))
}

/// The known facts of a customer by name, with the day since which nobody has looked at them.
pub fn facts(data: &Dataset, row: u32) -> impl Iterator<Item = (&'static str, Day)> + '_ {
    let fields = Kind::Customer.fields();
    FACTS.iter().filter_map(move |&field| Some((fields.get(field.0 as usize)?.name, last_confirmed(data, row, field)?)))
}

/// The day up to which facts are stale.
#[must_use]
pub fn stale_until(data: &Dataset, today: Day) -> Day {
    let days = i32::try_from(data.settings().freshness.stale_days).unwrap_or(i32::MAX);
    Day(today.0.saturating_sub(days))
}
