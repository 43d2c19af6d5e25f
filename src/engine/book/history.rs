//! What happened to one record, read from the journal: entries and the change lists in their blocks stay for ever, so nothing of it is
//! lost by compaction. What a file brought with a new record is not kept a second time; it follows from what stands there now and
//! from what later changes replaced.

use std::collections::BTreeMap;

use memchr::memmem::Finder;

use super::{Book, State, holds_changes};
use crate::domain::{Change, Id, Kind, Line, Seq, Stamp, Value};
use crate::engine::api::{CommandError, HistoryField, HistoryStep, RecordHistory, StoreError};
use crate::engine::dataset::Dataset;
use crate::engine::entry::Entry;
use crate::engine::merge::{Merged, MergedField};
use crate::engine::query::title;
use crate::engine::rows::DecodedBlock;
use crate::engine::store::Store;
use crate::engine::update::{self, Plan};
use crate::sync::clock::far_line;

/// Journal entries read at a time.
const ENTRIES_AT_ONCE: Seq = 500;

/// What one entry says about a record.
struct About {
    entry: Entry,
    changes: Vec<Change>,
    merged: Option<Box<Merged>>,
}

impl<S: Store> Book<S> {
    /// The newest `limit` steps of a record's history; `None` for one that is not known here.
    ///
    /// # Errors
    /// What the store says.
    pub async fn record_history(&self, id: Id, limit: u32) -> Result<Option<RecordHistory>, StoreError> {
        let Some((kind, row)) = self
            .data()
            .find(id)
            .filter(|&(kind, row)| kind != Kind::Setting && !self.data().table(kind).is_erased(row))
        else {
            return Ok(None);
        };
        let limit = limit as usize;
        let made_by = {
            let data = self.data();
            let commit = data.table(kind).record_commit(row).and_then(|at| data.commit(at).copied());
            commit.filter(|c| c.seq > 0).map(|c| c.seq)
        };
        let mut steps = Vec::new();
        let mut to = self.head().seq;
        while to > 0 && steps.len() <= limit {
            let from = to.saturating_sub(ENTRIES_AT_ONCE - 1).max(1);
            let found = self.store.entries(from, to).await?;
            for (place, bytes) in found.iter().enumerate().rev() {
                let seq = from + place as Seq;
                if steps.len() > limit {
                    break;
                }
                if let Some(about) = self.about(seq, bytes, id, made_by == Some(seq)).await? {
                    self.state.borrow().steps(seq, kind, id, about, made_by == Some(seq), &mut steps);
                }
            }
            to = from - 1;
        }
        let complete = steps.len() <= limit;
        steps.truncate(limit);
        let state = self.state.borrow();
        Ok(Some(finish(&state.data, kind, id, steps, complete)))
    }

    /// `None` where the entry says nothing about the record, which most are told by their bytes alone.
    async fn about(&self, seq: Seq, bytes: &[u8], id: Id, made: bool) -> Result<Option<About>, StoreError> {
        let text = id.to_string();
        let inline = Finder::new(text.as_bytes()).find(bytes).is_some();
        let has_blocks = Finder::new(b"\"blocks\":").find(bytes).is_some();
        if !inline && !has_blocks && !made {
            return Ok(None);
        }
        let mut entry = Entry::from_bytes(seq, bytes)?;
        let mut changes: Vec<Change> =
            std::mem::take(&mut entry.set.changes).into_iter().filter(|change| change.id == id).collect();
        let mut merged = None;
        let raw = id.0.to_le_bytes();
        let finder = Finder::new(&raw);
        for name in entry.set.blocks.iter().filter(|name| holds_changes(name)) {
            let bytes = self.store.block(name).await?.ok_or_else(|| StoreError::Corrupt { what: name.clone() })?;
            if finder.find(&bytes).is_none() {
                continue;
            }
            match crate::engine::blocks::decode(name, &bytes)? {
                DecodedBlock::Changes(more) => changes.extend(more.into_iter().filter(|change| change.id == id)),
                DecodedBlock::Merged(found) => merged = Some(found),
                _ => return Err(StoreError::Corrupt { what: name.clone() }),
            }
        }
        Ok((made || merged.is_some() || !changes.is_empty()).then_some(About { entry, changes, merged }))
    }

    /// Brings back the value that the journal entry `seq` replaced, or that lost in the merge of that entry: an ordinary edit.
    pub(super) async fn plan_restore(&self, seq: Seq, id: Id, field: &str) -> Result<Plan, CommandError> {
        if seq == 0 || seq > self.head().seq {
            return Err(CommandError::NotFound);
        }
        let (kind, _) = self.data().find(id).ok_or(CommandError::NotFound)?;
        let bytes = self.store.entries(seq, seq).await.map_err(CommandError::Store)?;
        let bytes = bytes.first().ok_or(CommandError::NotFound)?;
        let about = self.about(seq, bytes, id, false).await.map_err(CommandError::Store)?;
        let about = about.ok_or(CommandError::NotFound)?;
        let changed = about.changes.into_iter().find(|c| c.kind == kind && c.field == field).map(|c| c.was);
        let lost = |f: MergedField| if f.taken { f.ours } else { f.theirs };
        let in_merge = about.merged.into_iter().flat_map(|m| m.fields);
        let merged = in_merge.into_iter().find(|f| (f.kind, f.id) == (kind, id) && f.field == field).map(lost);
        let value = changed.or(merged).ok_or(CommandError::NotFound)?;
        update::bring_back(&self.data(), kind, id, field, value)
    }
}

impl State {
    fn steps(&self, seq: Seq, kind: Kind, id: Id, about: About, made: bool, steps: &mut Vec<HistoryStep>) {
        let About { entry, changes, merged } = about;
        let own = [self.head.device, far_line(self.head.device)];
        let undone = self.data.commits().iter().any(|c| c.seq == seq && c.undone);
        let (stamp, origin, records) = (entry.set.stamp, entry.set.origin, entry.records);
        let step = |stamp: Stamp, made: bool, fields: Vec<HistoryField>| HistoryStep {
            seq,
            stamp,
            origin: origin.clone(),
            records,
            own_device: own.contains(&stamp.device),
            undone,
            made,
            fields,
        };
        if !changes.is_empty() || (made && merged.is_none()) {
            let field = |c: Change| {
                let field = self.field(kind, id, c.field, c.was, c.value, true);
                HistoryField { back: field.back && !made, ..field }
            };
            steps.push(step(stamp, made, changes.into_iter().map(field).collect()));
        }
        let Some(merged) = merged else { return };
        // Each of the colleague's commits is a step of its own, the newest first.
        let mut by_stamp: BTreeMap<Stamp, Vec<HistoryField>> = BTreeMap::new();
        for f in merged.fields.into_iter().filter(|f| (f.kind, f.id) == (kind, id)) {
            let field = self.field(kind, id, f.field, f.ours, f.theirs, f.taken);
            by_stamp.entry(f.theirs_at).or_default().push(field);
        }
        let found = by_stamp.into_iter().rev().map(|(stamp, fields)| step(stamp, false, fields));
        steps.extend(found);
        if merged.fresh.contains(&(kind, id)) {
            let row = self.data.table(kind).row(id);
            let added = row.and_then(|row| self.data.added(kind, row)).unwrap_or(stamp);
            steps.push(step(added, true, Vec::new()));
        }
    }

    fn field(&self, kind: Kind, id: Id, field: String, was: Value, now: Value, taken: bool) -> HistoryField {
        let earlier = if taken { &was } else { &now };
        let back = update::bring_back(&self.data, kind, id, &field, earlier.clone()).is_ok_and(|plan| !plan.is_empty());
        HistoryField { field, was, now, taken, back }
    }
}

fn finish(data: &Dataset, kind: Kind, id: Id, mut steps: Vec<HistoryStep>, complete: bool) -> RecordHistory {
    let table = data.table(kind);
    let row = table.row(id);
    if complete && let Some(row) = row {
        first_values(data, kind, row, &mut steps);
    }
    let mut names = Vec::new();
    for field in steps.iter_mut().flat_map(|step| &mut step.fields) {
        for value in [&mut field.was, &mut field.now] {
            name_links(data, value, &mut names);
            if let Value::Json(json) = value {
                let words = json.as_array().is_some_and(|all| all.iter().all(serde_json::Value::is_string));
                if !words {
                    *value = Value::Text(json.to_string());
                }
            }
        }
    }
    names.sort_unstable();
    names.dedup();
    let currency = row.zip(table.field("currency"));
    RecordHistory {
        kind,
        id,
        name: row.map_or_else(String::new, |row| title(data, kind, row).to_owned()),
        currency: currency.map_or_else(String::new, |(row, at)| table.text(row, at).to_owned()),
        steps,
        names,
        complete,
    }
}

/// What a record began with, where the entry that made it does not say: what stands there now, before all later changes.
fn first_values(data: &Dataset, kind: Kind, row: u32, steps: &mut [HistoryStep]) {
    let Some(made) = steps.iter().rposition(|step| step.made) else { return };
    if steps.get(made).is_none_or(|step| !step.fields.is_empty()) {
        return;
    }
    let table = data.table(kind);
    let mut values: Vec<(String, Value)> =
        table.fields().map(|(field, name)| (name.to_owned(), data.value(kind, row, field))).collect();
    for field in steps.iter().take(made).flat_map(|step| &step.fields).filter(|f| f.taken) {
        if let Some((_, value)) = values.iter_mut().find(|(name, _)| *name == field.field) {
            *value = field.was.clone();
        }
    }
    let began = |(field, now): (String, Value)| HistoryField { field, was: Value::Null, now, taken: true, back: false };
    if let Some(step) = steps.get_mut(made) {
        step.fields = values.into_iter().filter(|(_, value)| *value != Value::Null).map(began).collect();
    }
}

fn name_links(data: &Dataset, value: &Value, names: &mut Vec<(Id, String)>) {
    let mut name = |id: Id| {
        if let Some((kind, row)) = data.find(id) {
            // Who was erased has no name to be told by.
            if !data.table(kind).is_erased(row) {
                names.push((id, title(data, kind, row).to_owned()));
            }
        }
    };
    match value {
        Value::Ref(id) => name(*id),
        Value::Lines(lines) => lines.iter().filter_map(|line: &Line| line.product).for_each(name),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{compact, ctx, file, import, named, open as open_book, rename, run};
    use super::*;
    use crate::domain::{Action, CustomerProfile, Origin};
    use crate::engine::api::Command;
    use crate::engine::testing::{MemoryStore, block_on, saved};

    fn history(book: &super::super::tests::Tab, id: Id, limit: u32) -> RecordHistory {
        block_on(book.record_history(id, limit)).unwrap().unwrap()
    }

    fn texts(step: &HistoryStep) -> Vec<(String, Value, Value, bool)> {
        step.fields.iter().map(|f| (f.field.clone(), f.was.clone(), f.now.clone(), f.back)).collect()
    }

    #[test]
    fn every_change_is_told_and_every_earlier_value_comes_back() {
        let book = open_book(&MemoryStore::default());
        let id = run(&book, 1, &named("Ann")).unwrap().id.unwrap();
        run(&book, 2, &named("Ben")).unwrap();
        run(&book, 3, &rename(id, "Anna")).unwrap();
        run(&book, 4, &rename(id, "Anne")).unwrap();
        let seen = history(&book, id, 10);
        assert!(seen.complete);
        let name = |was: &str, now: &str, back| vec![("name".to_owned(), was.into(), now.into(), back)];
        let told: Vec<_> = seen.steps.iter().map(|s| (s.seq, s.made, texts(s))).collect();
        assert_eq!(
            told,
            [
                (4, false, name("Anna", "Anne", true)),
                (3, false, name("Ann", "Anna", true)),
                (1, true, name("", "Ann", false))
            ]
        );
        assert!(seen.steps.iter().all(|s| s.own_device
            && s.origin
                == Origin::Hand {
                    what: if s.made { Action::Add(Kind::Customer) } else { Action::Edit(Kind::Customer) }
                }));
        assert_eq!(history(&book, id, 2).steps.len(), 2);
        assert!(!history(&book, id, 2).complete);
        let back = Command::RestoreValue { seq: 3, id, field: "name".into() };
        let done = run(&book, 5, &back).unwrap();
        assert_eq!((done.seq, done.id), (Some(5), Some(id)));
        assert_eq!(super::super::tests::names(&book.data()), ["Ann", "Ben"]);
        assert_eq!(run(&book, 6, &back).unwrap().seq, None, "it stands already");
        run(&book, 7, &Command::Undo { seq: 5 }).unwrap();
        assert_eq!(super::super::tests::names(&book.data()), ["Anne", "Ben"]);
        let steps = history(&book, id, 10).steps;
        assert_eq!((steps[0].seq, steps[1].undone), (6, true));
        for (seq, field) in [(2, "name"), (3, "phone"), (0, "name"), (99, "name")] {
            let bad = Command::RestoreValue { seq, id, field: field.into() };
            assert_eq!(run(&book, 8, &bad), Err(CommandError::NotFound), "{seq} {field}");
        }
    }

    #[test]
    fn what_a_file_brought_is_told_before_and_after_compaction() {
        let book = open_book(&MemoryStore::default());
        import(&book, 1, file(3, 5));
        let id = Id::from_key(Kind::Customer, "shop", "c1");
        let profile = CustomerProfile { key: "c1".into(), country: "Spain".into(), ..Default::default() };
        run(&book, 2, &saved(Some(id), None, &profile)).unwrap();
        let before = history(&book, id, 10);
        compact(&book, 3);
        let book = block_on(Book::open(book.store().other_tab(), &ctx(4))).unwrap();
        let after = history(&book, id, 10);
        assert_eq!(after, before);
        assert_eq!(after.steps.len(), 2);
        let made = &after.steps[1];
        assert!(made.made && matches!(&made.origin, Origin::Import { file, .. } if file == "a.csv"));
        let country = made.fields.iter().find(|f| f.field == "country").unwrap();
        assert_eq!((&country.now, country.back), (&"France".into(), false));
        run(&book, 5, &Command::RestoreValue { seq: 2, id, field: "country".into() }).unwrap();
        let data = book.data();
        assert_eq!(
            data.customers().text(data.customers().row(id).unwrap(), crate::domain::customer::COUNTRY),
            "France"
        );
    }

    #[test]
    fn a_number_that_somebody_else_has_now_does_not_come_back() {
        let book = open_book(&MemoryStore::default());
        let with_key = |key: &str| CustomerProfile { name: "A".into(), key: key.into(), ..Default::default() };
        let save = |id, key: &str| saved(id, None, &with_key(key));
        let id = run(&book, 1, &save(None, "7")).unwrap().id.unwrap();
        run(&book, 2, &save(Some(id), "8")).unwrap();
        run(&book, 3, &save(None, "7")).unwrap();
        let back = Command::RestoreValue { seq: 2, id, field: "key".into() };
        assert!(matches!(run(&book, 4, &back), Err(CommandError::Invalid { .. })));
        assert!(!history(&book, id, 5).steps[0].fields[0].back);
    }
}
