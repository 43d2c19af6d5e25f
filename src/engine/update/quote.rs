//! Versions of a quote, and the order that it becomes.

use super::check::Problems;
use super::save::is_live;
use super::{Edit, Plan, Planned};
use crate::domain::{
    Action, Change, CivilTime, Id, InvalidReason, Kind, Line, OrderKind, Value, check::is_sane_time, order, quote,
};
use crate::engine::api::CommandError;
use crate::engine::column::NONE;
use crate::engine::dataset::Dataset;
use crate::engine::table::Table;

/// A new quote that is a later version of `first`'s. Those of them that were open are replaced by it.
pub(super) fn version(
    data: &Dataset,
    edit: &mut Edit,
    id: Option<Id>,
    first: Id,
    problems: &mut Problems,
) -> Vec<Change> {
    let table = data.table(Kind::Quote);
    let Some(row) = table.row(first).filter(|&row| table.is_live(row) && id.is_none()) else {
        problems.add("first", InvalidReason::Unknown);
        return Vec::new();
    };
    // The first one of all, whichever version it was that was taken up again.
    let root = root(table, row);
    let of_root = |at: u32| is_version(table, at, root);
    let last = table.live().filter(|&at| of_root(at)).filter_map(|at| table.int(at, quote::VERSION)).max();
    edit.set(quote::FIRST, table.id(root));
    edit.set(quote::VERSION, last.unwrap_or(1).saturating_add(1));
    let customer = data.value(Kind::Quote, row, quote::CUSTOMER);
    edit.set(quote::CUSTOMER, customer);
    let open = table.live().filter(|&at| of_root(at) && table.text(at, quote::OUTCOME) == "open");
    let replaced = open.filter_map(|at| {
        let mut edit = Edit::new(data, Kind::Quote, table.id(at)?);
        edit.set(quote::OUTCOME, "replaced");
        Some(edit.changes)
    });
    replaced.flatten().collect()
}

/// The first version of a quote.
fn root(table: &Table, row: u32) -> u32 {
    table.reference(row, quote::FIRST).unwrap_or(row)
}

fn is_version(table: &Table, at: u32, root: u32) -> bool {
    at == root || table.refs(quote::FIRST).get(at as usize).copied().unwrap_or(NONE) == root
}

/// The order of a quote, whichever of its versions was won: so two devices that each take another version make one order.
fn order_id(quote: Id) -> Id {
    Id::from_key(Kind::Order, "quote", &quote.to_string())
}

/// Whether the quote became an order that is there, by any version's name that it may have.
#[must_use]
pub fn is_ordered(data: &Dataset, row: u32) -> bool {
    let table = data.table(Kind::Quote);
    let made = [root(table, row), row].into_iter().filter_map(|row| table.id(row)).map(order_id);
    made.into_iter().any(|id| is_live(data, Kind::Order, id))
}

/// An order with the lines of the quote, which is won by it. What a line is charged has its part of the discount taken off.
pub(super) fn order(data: &Dataset, id: Id, at: CivilTime) -> Planned {
    let table = data.table(Kind::Quote);
    let row = table.row(id).filter(|&row| table.is_live(row)).ok_or(CommandError::NotFound)?;
    let first = root(table, row);
    let made = order_id(table.id(first).unwrap_or(id));
    // Also one that was made of a later version by its own id.
    let mut versions = (0..table.len()).filter(|&at| is_version(table, at, first)).filter_map(|at| table.id(at));
    if versions.any(|version| is_live(data, Kind::Order, order_id(version))) {
        return Err(CommandError::OrderThere);
    }
    let value = |field| data.value(Kind::Quote, row, field);
    let (Value::Lines(lines), true) = (value(quote::LINES), is_sane_time(at)) else {
        return Err(CommandError::NotFound);
    };
    let discount = table.int(row, quote::DISCOUNT_MINOR);
    let mut edit = Edit::new(data, Kind::Order, made);
    if let Value::Ref(customer) = value(quote::CUSTOMER) {
        edit.set_customer(order::CUSTOMER, Some(customer));
    }
    edit.set(order::AT, at.0);
    edit.set(order::ORDER_KIND, OrderKind::Purchase.name());
    edit.set(order::CURRENCY, value(quote::CURRENCY));
    edit.set(order::LINES, less(lines, discount.unwrap_or_default()));
    edit.set(order::DISCOUNT_MINOR, discount);
    edit.set(order::NOTE, value(quote::TITLE));
    let mut changes = edit.changes;
    let mut edit = Edit::new(data, Kind::Quote, id);
    edit.set(quote::OUTCOME, "won");
    changes.append(&mut edit.changes);
    Ok(Plan::by_hand(Action::Add(Kind::Order), changes, Some(made)))
}

/// The lines with a discount taken off, each by its share of the whole; the last takes what rounding leaves.
fn less(mut lines: Vec<Line>, discount_minor: i64) -> Vec<Line> {
    let whole: i128 = lines.iter().map(|l| i128::from(l.total_minor)).sum();
    let discount = i128::from(discount_minor).min(whole);
    if whole <= 0 || discount <= 0 {
        return lines;
    }
    let mut left = discount;
    let last = lines.len().saturating_sub(1);
    for (at, line) in lines.iter_mut().enumerate() {
        let part = if at == last { left } else { i128::from(line.total_minor) * discount / whole };
        left -= part;
        line.total_minor = line.total_minor.saturating_sub(i64::try_from(part).unwrap_or_default());
    }
    lines
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_discount_is_taken_off_to_the_penny(totals in prop::collection::vec(0i64..1_000_000, 1..9), discount in 0i64..2_000_000) {
            let line = |total_minor: &i64| Line { product: None, quantity_milli: 1_000, unit_price_e4: 0, total_minor: *total_minor };
            let whole: i64 = totals.iter().sum();
            let after: i64 = less(totals.iter().map(line).collect(), discount).iter().map(|l| l.total_minor).sum();
            prop_assert_eq!(after, whole - discount.min(whole));
        }
    }
}
