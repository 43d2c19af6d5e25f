//! From an intent to what it would change: pure functions of the data set. Nothing here writes.

mod back;
mod bulk;
mod check;
mod confirm;
mod edit;
mod erase;
mod quote;
mod rebase;
mod record;
mod response;
mod save;
mod segment;
mod settings;
mod twins;
mod undo;

use rustc_hash::FxHashSet;

use super::api::{Command, CommandError, Invalid};
use super::dataset::Dataset;
use super::merge::Merged;
use super::query::{interaction_draft, order_draft, response_draft};
use super::rows::{Class, RowsBlock};
use crate::domain::{Action, Change, Currency, Id, Kind, Origin, Value, setting};

pub(super) use back::bring_back;
pub(super) use edit::Edit;
pub use quote::is_ordered;
pub(super) use settings::record as setting_record;
pub use settings::{mapping, views};
pub use twins::are_different;
pub(super) use twins::{OF_RECORD, joins};
pub(super) use undo::{comes_back, deleted_by_person, undo, undo_merge};

/// What a command may know of the world around it.
#[derive(Clone, Copy, Debug)]
pub struct Ctx {
    /// Wall clock, milliseconds since 1970 UTC.
    pub now_ms: u64,
    /// Fresh random bits, for ids and block names.
    pub random: u128,
}

/// What a command would change. Empty: nothing to do.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    pub origin: Origin,
    pub changes: Vec<Change>,
    /// New records in bulk; they apply before `changes`.
    pub rows: Vec<RowsBlock>,
    /// The record added or edited.
    pub id: Option<Id>,
    /// Of an undo: fields and records left as they are because somebody edited them since.
    pub kept: u64,
    /// Of a merge: what goes beside its rows.
    pub merged: Option<Box<Merged>>,
}

impl Plan {
    fn by_hand(what: Action, changes: Vec<Change>, id: Option<Id>) -> Self {
        Self::of(Origin::Hand { what }, changes, id)
    }

    pub(super) fn of(origin: Origin, changes: Vec<Change>, id: Option<Id>) -> Self {
        Self { origin, changes, rows: Vec::new(), id, kept: 0, merged: None }
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.merged.is_none() && self.changes.is_empty() && self.rows.iter().all(|b| b.ids.is_empty())
    }

    /// Records touched.
    #[must_use]
    pub fn records(&self) -> u64 {
        let changed: FxHashSet<Id> = self.changes.iter().map(|c| c.id).collect();
        let added: u64 = self.rows.iter().map(|b| b.ids.len() as u64).sum();
        changed.len() as u64 + added
    }
}

type Planned = Result<Plan, CommandError>;

/// Plans the commands that need nothing but the data set. `Undo`, `CommitImport` and `DropImport` need the journal or the
/// staged file and are planned by the book.
pub(super) fn plan(data: &Dataset, command: &Command, ctx: &Ctx) -> Planned {
    match command {
        Command::SaveOrder { id, seen, order, products, fields } => {
            let now = |row| Some(order_draft(data, row));
            let order = onto_now(data, Kind::Order, *id, seen.as_deref(), order, now);
            save::order(data, *id, &order, (products, fields), ctx)
        }
        Command::LogInteraction { id, seen, interaction } => {
            let now = |row| interaction_draft(data, row);
            let interaction = onto_now(data, Kind::Interaction, *id, seen.as_deref(), interaction, now);
            save::interaction(data, *id, &interaction, ctx)
        }
        Command::SaveResponse { id, seen, response } => {
            let now = |row| response_draft(data, row);
            let response = onto_now(data, Kind::Response, *id, seen.as_deref(), response, now);
            response::save(data, *id, &response, ctx)
        }
        Command::SaveRecord { kind, id, fields, products } => record::save(data, *kind, *id, (products, fields), ctx),
        Command::OrderOfQuote { quote, at } => quote::order(data, *quote, *at),
        Command::EditCustomers { chosen, change } => bulk::edit(data, chosen, change),
        Command::Arrange { ids } => record::arrange(data, ids),
        Command::Delete { ids } => delete(data, ids),
        Command::Confirm { id, fields, day } => confirm::confirm(data, *id, fields, *day),
        Command::Erase { ids, orders } => erase::erase(data, ids, *orders),
        Command::Restore { ids } => Ok(restore(data, ids)),
        Command::MergeCustomers { winner, losers, picks } => twins::merge(data, *winner, losers, picks),
        Command::NotDuplicates { ids } => twins::not_duplicates(data, ids),
        Command::SaveSettings { seen, settings } => match seen {
            Some(seen) => settings::save(data, &rebase::rebase(data.settings(), seen, settings)),
            None => settings::save(data, settings),
        },
        Command::SaveSegment { id, seen, segment } => {
            let now = |row| Some(segment::draft(data, row));
            let segment = onto_now(data, Kind::Segment, *id, seen.as_deref(), segment.as_ref(), now);
            segment::save(data, *id, &segment, ctx)
        }
        Command::SaveView { id, view } => settings::save_view(data, *id, view, ctx),
        Command::DropView { id } => settings::drop_view(data, *id),
        Command::RememberMapping { signature, mapping } => settings::remember_mapping(data, signature, mapping),
        Command::FillDemo { language, today, seed } => super::fill::demo(data, *language, *today, *seed, ctx),
        Command::ClearDemo => clear_demo(data),
        Command::Undo { .. } => Err(CommandError::NothingToUndo),
        Command::CommitImport { .. }
        | Command::RenameImport { .. }
        | Command::DropImport
        | Command::CommitMerge
        | Command::DropMerge => Err(CommandError::NothingStaged),
        Command::ChooseValue { .. } | Command::RestoreValue { .. } => Err(CommandError::NotFound),
    }
}

/// What was typed, with the fields that the form did not touch as they are now.
fn onto_now<'a, T: Clone + serde::Serialize + serde::de::DeserializeOwned>(
    data: &Dataset,
    kind: Kind,
    id: Option<Id>,
    seen: Option<&T>,
    typed: &'a T,
    read: impl FnOnce(u32) -> Option<T>,
) -> std::borrow::Cow<'a, T> {
    // A form opened before a merge saves to who stands for its customer now: what it did not touch is theirs.
    let id = id.map(|id| if kind == Kind::Customer { data.standing_id(id) } else { id });
    match (seen, id.and_then(|id| data.table(kind).row(id)).and_then(read)) {
        (Some(seen), Some(now)) => std::borrow::Cow::Owned(rebase::rebase(&now, seen, typed)),
        _ => std::borrow::Cow::Borrowed(typed),
    }
}

fn tombstone(kind: Kind, id: Id) -> Change {
    Change { kind, id, field: "deleted".into(), value: Value::Bool(true), was: Value::Null }
}

fn delete(data: &Dataset, ids: &[Id]) -> Planned {
    let mut changes = Vec::with_capacity(ids.len());
    let mut seen = FxHashSet::default();
    for &id in ids {
        let (kind, row) = data.find(id).ok_or(CommandError::NotFound)?;
        if !data.table(kind).is_live(row) || kind == Kind::Setting {
            return Err(CommandError::NotFound);
        }
        if seen.insert(id) {
            changes.push(tombstone(kind, id));
        }
    }
    let first = changes.first().ok_or(CommandError::NotFound)?;
    let (what, id) = (Action::Delete(first.kind), first.id);
    let id = (changes.len() == 1).then_some(id);
    Ok(Plan::by_hand(what, changes, id))
}

/// The tombstone is written as false and not taken away, so that the restoring wins over a deletion elsewhere.
fn restore(data: &Dataset, ids: &[Id]) -> Plan {
    let mut seen = FxHashSet::default();
    let deleted = ids.iter().filter(|id| seen.insert(**id)).filter_map(|&id| {
        let (kind, row) = data.find(id)?;
        let table = data.table(kind);
        let in_trash = table.is_deleted(row) && !table.is_erased(row) && kind != Kind::Setting;
        in_trash.then(|| Change { value: false.into(), was: true.into(), ..tombstone(kind, id) })
    });
    let changes: Vec<Change> = deleted.collect();
    let first = changes.first().map(|c| (c.kind, c.id));
    let what = Action::Restore(first.map_or(Kind::Customer, |(kind, _)| kind));
    let id = first.filter(|_| changes.len() == 1).map(|(_, id)| id);
    Plan::by_hand(what, changes, id)
}

/// All that the demo brought. Of the settings only those that nobody changed since; and orders that came beside the demo keep
/// a currency to be counted in.
fn clear_demo(data: &Dataset) -> Planned {
    let mut changes = Vec::new();
    // Somebody real was merged into a customer of the demo: who stands for them stays.
    let people = data.customers();
    let merged = (0..people.len()).filter(|&row| people.is_hidden(row) && !people.is_deleted(row));
    let real = merged.filter(|&row| !is_of_demo(data, Kind::Customer, row));
    let stays: FxHashSet<u32> = real.map(|row| data.standing(row)).collect();
    for (kind, row) in data.rows_of_class(Class::Demo) {
        let Some(id) = data.table(kind).id(row) else { continue };
        if kind == Kind::Customer && stays.contains(&row) {
            continue;
        }
        if kind != Kind::Setting {
            changes.push(tombstone(kind, id));
        } else if is_as_filled(data, row) {
            let is_currency = id == Id::from_key(Kind::Setting, "", "currency");
            let currency = if is_currency { currency_beside_demo(data, &stays) } else { None };
            match currency {
                Some(currency) => changes.extend(setting_record(data, "currency", currency.code().into())),
                None => changes.push(tombstone(kind, id)),
            }
        }
    }
    // What was noted of made-up customers goes with them: nobody could see it any more, and it would go on counting.
    for &kind in Kind::ALL.iter().filter(|kind| kind.customer().is_some()) {
        let table = data.table(kind);
        let noted = table.live().filter(|&row| !is_of_demo(data, kind, row) && is_about_demo(data, kind, row, &stays));
        changes.extend(noted.filter_map(|row| Some(tombstone(kind, table.id(row)?))));
    }
    Ok(Plan::of(Origin::Clear, changes, None))
}

pub(super) fn is_of_demo(data: &Dataset, kind: Kind, row: u32) -> bool {
    let by = data.table(kind).record_commit(row);
    by.and_then(|by| data.commit(by)).is_some_and(|c| c.class == Class::Demo)
}

/// Something of a customer whom the demo brought and who goes with it.
fn is_about_demo(data: &Dataset, kind: Kind, row: u32, stays: &FxHashSet<u32>) -> bool {
    let customer = kind.customer().and_then(|field| data.table(kind).written_refs(field).get(row as usize));
    customer.is_some_and(|customer| !stays.contains(customer) && is_of_demo(data, Kind::Customer, *customer))
}

/// Whether the setting still has the value that the demo gave it.
fn is_as_filled(data: &Dataset, row: u32) -> bool {
    let by = data.table(Kind::Setting).field_commit(row, setting::VALUE);
    by.and_then(|by| data.commit(by)).is_some_and(|c| c.class == Class::Demo)
}

/// The currency of most live orders that do not go with the demo.
fn currency_beside_demo(data: &Dataset, stays: &FxHashSet<u32>) -> Option<Currency> {
    let orders = data.orders();
    let is_demo = |row| is_of_demo(data, Kind::Order, row) || is_about_demo(data, Kind::Order, row, stays);
    most_frequent(orders.live().filter(|&row| !is_demo(row)).filter_map(|row| orders.currency(row)).collect())
}

/// Of two that are as frequent, the one that comes first in the alphabet.
pub(super) fn most_frequent(mut currencies: Vec<Currency>) -> Option<Currency> {
    crate::domain::sort::sort_by(&mut currencies, Ord::cmp);
    let counted = currencies.chunk_by(|a, b| a == b);
    counted.max_by(|a, b| a.len().cmp(&b.len()).then(b.cmp(a)))?.first().copied()
}

fn refuse_if_any(problems: Vec<Invalid>) -> Result<(), CommandError> {
    if problems.is_empty() { Ok(()) } else { Err(CommandError::Invalid { problems }) }
}
