//! A quote that nobody has decided is over after its last day. That is not written anywhere: it follows from the day.

use crate::domain::{Day, Kind, Value, quote};
use crate::engine::api::{Answer, RecordRow, TimelineItem};
use crate::engine::table::Table;

/// The quote waits for an answer and still stands on `today`.
pub(super) fn is_open(table: &Table, row: u32, today: Day) -> bool {
    let undecided = matches!(table.text(row, quote::OUTCOME), "" | "open");
    undecided && !is_over(table.int(row, quote::VALID_UNTIL), today)
}

fn is_over(valid_until: Option<i64>, today: Day) -> bool {
    valid_until.is_some_and(|last| last < i64::from(today.0))
}

/// Says “expired” of open quotes that are over, wherever an answer shows one.
pub(super) fn show_expired(answer: &mut Answer, today: Day) {
    match answer {
        Answer::Record(Some(row)) => say(row, today),
        Answer::Records(list) => list.rows.iter_mut().for_each(|row| say(row, today)),
        Answer::Customer(Some(view)) => {
            for item in &mut view.timeline {
                if let TimelineItem::Record(row) = item {
                    say(row, today);
                }
            }
        }
        _ => {}
    }
}

fn say(row: &mut RecordRow, today: Day) {
    if row.kind != Kind::Quote {
        return;
    }
    let last = row.values.iter().find_map(|(name, value)| match value {
        Value::Int(day) if name == "valid_until" => Some(*day),
        _ => None,
    });
    if is_over(last, today) {
        let open = row.values.iter_mut().filter(|(name, value)| name == "outcome" && *value == Value::from("open"));
        open.for_each(|(_, value)| *value = "expired".into());
    }
}
