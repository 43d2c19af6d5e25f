//! Another currency of the book. Amounts without a currency of their own (of segments, of settings, what was noted of customers)
//! are kept in minor units of the book's; where the new one has other decimals they are written anew, so that 100 stays 100.

use super::{Edit, settings};
use crate::domain::{Change, Currency, Input, Kind, Settings, Value, in_decimals, segment};
use crate::engine::api::CommandError;
use crate::engine::dataset::Dataset;
use crate::engine::segment::{read_rule, write_rule};

/// The changes that make `currency` the book's.
///
/// # Errors
/// Settings that cannot be written.
pub(in crate::engine) fn adopt(data: &Dataset, currency: Currency) -> Result<Vec<Change>, CommandError> {
    let wanted = Settings { currency, ..data.settings().clone() };
    settings::differences(data, wanted)
}

/// Amounts of `wanted` that nobody typed with the new currency, in its decimals.
pub(super) fn settings_in(now: &Settings, wanted: &mut Settings) {
    let (from, to) = (now.currency.decimals(), wanted.currency.decimals());
    let amounts = [
        (now.kotler.profit_cut_minor, &mut wanted.kotler.profit_cut_minor),
        (now.keeping.win_minor, &mut wanted.keeping.win_minor),
        (now.keeping.profit_minor, &mut wanted.keeping.profit_minor),
    ];
    for (before, after) in amounts {
        if before == *after {
            *after = before.map(|minor| in_decimals(minor, from, to));
        }
    }
}

/// The same of rules and records.
pub(super) fn records_in(data: &Dataset, to: Currency) -> Vec<Change> {
    let (from, to) = (data.settings().currency.decimals(), to.decimals());
    let mut changes = Vec::new();
    if from == to {
        return changes;
    }
    for kind in Kind::ALL.iter().copied().filter(|kind| kind.field("currency").is_none()) {
        let fields = kind.form().map(|form| form.fields).unwrap_or_default();
        let table = data.table(kind);
        for field in fields.iter().filter(|f| f.input == Input::Money).map(|f| f.field) {
            for row in (0..table.len()).filter(|&row| table.exists(row) && !table.is_deleted(row)) {
                let (Some(id), Some(minor)) = (table.id(row), table.int(row, field)) else { continue };
                let mut edit = Edit::new(data, kind, id);
                edit.set(field, Value::Int(in_decimals(minor, from, to)));
                changes.append(&mut edit.changes);
            }
        }
    }
    let table = data.table(Kind::Segment);
    for row in table.live() {
        let Some(id) = table.id(row) else { continue };
        let rule = read_rule(table.text(row, segment::RULE));
        let same = rule.in_decimals(from, to);
        if same != rule {
            let mut edit = Edit::new(data, Kind::Segment, id);
            edit.set(segment::RULE, write_rule(&same));
            changes.append(&mut edit.changes);
        }
    }
    changes
}
