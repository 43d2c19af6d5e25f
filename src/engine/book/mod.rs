//! The book: the data set, its store and the one way from an intent to a change that is on disk.
//!
//! - [`Book::run`] plans a command on the data in memory, writes its blocks, appends its entry to the journal in one
//!   strict transaction that checks the head, and only then changes memory. If another tab wrote in between, it
//!   catches up and plans again.
//! - Opening = the state blocks that the manifest names + the journal entries after them.
//! - [`Book::compact_step`] cuts new state blocks in the background, one per call, and makes them live by a tiny manifest
//!   transaction. Journal entries stay: they are the history and what an undo reads.
//!
//! A block is garbage once neither the manifest nor a later journal entry names it; nothing is deleted before the
//! manifest that replaces it is published, and what a crash leaves behind is swept when the book is next opened.
//!
//! Writing methods (`run`, `catch_up`, `compact_step`, `sweep`) are to be called one at a time; reading ([`Book::data`],
//! [`Book::journal`]) goes on meanwhile, since no borrow lasts over an `await`.

#[cfg(test)]
mod answer_tests;
#[cfg(test)]
mod bulk_tests;
#[cfg(test)]
mod chain_tests;
mod commit;
mod compact;
#[cfg(test)]
mod demo_tests;
mod erase;
#[cfg(test)]
mod erasures;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod form_tests;
#[cfg(test)]
mod golden_tests;
mod history;
mod merge;
#[cfg(test)]
mod merges;
mod open;
#[cfg(test)]
mod own_tests;
#[cfg(test)]
mod record_files;
#[cfg(test)]
mod records_tests;
#[cfg(test)]
mod rescues;
mod salvage;
#[cfg(test)]
mod segment_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod twins;
#[cfg(test)]
mod undo_tests;

pub use salvage::salvage;

use std::cell::{Ref, RefCell};

use super::api::{Command, CommandError, Done, JournalRow, StagedImport, StoreError, Topic};
use super::dataset::{Dataset, Touched};
use super::entry::Entry;
use super::import::Staged;
use super::merge::report;
use super::query::title;
use super::rows::{Commit, DecodedBlock};
use super::store::{Head, Manifest, Store, WriteError};
use super::update::{self, Ctx, Plan};
use crate::domain::{Action, Id, Kind, Origin, Seq, setting};
use crate::files::orders::ParsedOrders;
use crate::sync::clock::far_line;
use compact::Compaction;

/// How often a command is planned again because another tab was faster.
const MAX_ATTEMPTS: u32 = 20;

/// A step of a long command: done and total, in blocks. Answer `false` to cancel.
pub type Progress<'a> = &'a dyn Fn(u64, u64) -> bool;

pub struct Book<S> {
    store: S,
    state: RefCell<State>,
}

struct State {
    data: Dataset,
    head: Head,
    manifest: Manifest,
    /// Blocks named by journal entries after the manifest, with the entry.
    tail: Vec<(Seq, String)>,
    /// Blocks with long change lists of every entry: an undo needs them for ever.
    kept: Vec<String>,
    compaction: Option<Compaction>,
    staged: Option<Staged>,
    staged_merge: Option<merge::StagedMerge>,
    touched: Touched,
    /// Orders that lost an erased customer since the journal was last cleaned: what was noted of them goes too.
    anonymised: Vec<Id>,
}

/// Name of a block that an entry brings with new rows. The last letter tells the content.
fn rows_name(seq: Seq, random: u128, n: usize) -> String {
    format!("{seq:08}-{random:032x}-{n}r")
}

/// Name of a block with the change list of an entry.
fn changes_name(seq: Seq, random: u128, n: usize) -> String {
    format!("{seq:08}-{random:032x}-{n}c")
}

fn holds_changes(name: &str) -> bool {
    name.ends_with('c')
}

impl<S: Store> Book<S> {
    /// Opens what the store holds; an empty store is an empty book.
    ///
    /// # Errors
    /// `Newer` when a newer Kith wrote it, `Corrupt` when a block or entry does not read back; nothing was changed.
    pub async fn open(store: S, ctx: &Ctx) -> Result<Self, StoreError> {
        let state = open::open(&store, ctx).await?;
        Ok(Self { store, state: RefCell::new(state) })
    }

    /// The data as of the last acknowledged commit. Not to be held over an `await`.
    pub fn data(&self) -> Ref<'_, Dataset> {
        Ref::map(self.state.borrow(), |s| &s.data)
    }

    pub fn store(&self) -> &S {
        &self.store
    }

    pub fn head(&self) -> Head {
        self.state.borrow().head
    }

    /// What changed since this was asked last, by own commands and those of other tabs.
    pub fn take_touched(&self) -> Touched {
        std::mem::take(&mut self.state.borrow_mut().touched)
    }

    /// Compares a parsed file with the book and keeps it until it is committed or dropped.
    pub fn stage(&self, parsed: ParsedOrders, source: String, file: String) -> StagedImport {
        let mut state = self.state.borrow_mut();
        let staged = Staged::new(&state.data, parsed, source, file);
        let view = staged.view();
        state.staged = Some(staged);
        view
    }

    /// The file that waits, as compared when it was staged.
    pub fn staged(&self) -> Option<StagedImport> {
        self.state.borrow().staged.as_ref().map(Staged::view)
    }

    /// Runs a command. When this returns `Ok`, the change is on disk and in memory.
    ///
    /// # Errors
    /// The command's own refusals, `Cancelled`, and what the store says. Nothing was changed in any case.
    pub async fn run(&self, command: &Command, ctx: &Ctx, progress: Progress<'_>) -> Result<Done, CommandError> {
        if matches!(command, Command::DropImport | Command::DropMerge) {
            self.drop_staged(command);
            return Ok(Done { seq: None, id: None, records: 0, kept: 0 });
        }
        if let Command::RenameImport { source } = command {
            let mut state = self.state.borrow_mut();
            let staged = state.staged.take().ok_or(CommandError::NothingStaged)?;
            state.staged = Some(staged.renamed(&state.data, source.clone()));
            return Ok(Done { seq: None, id: None, records: 0, kept: 0 });
        }
        for _ in 0..MAX_ATTEMPTS {
            let plan = self.plan(command, ctx).await?;
            let committed = match plan.origin {
                Origin::Erase => self.commit_erasure(plan, ctx).await,
                _ => self.commit(plan, ctx, progress).await,
            };
            let done = match committed {
                Ok(done) => done,
                Err(commit::Failed::Stale) => {
                    self.catch_up().await.map_err(CommandError::Store)?;
                    continue;
                }
                Err(commit::Failed::Refused(error)) => return Err(error),
            };
            self.drop_staged(command);
            return Ok(done);
        }
        Err(CommandError::Store(StoreError::Other { detail: "other tabs keep writing".into() }))
    }

    /// The file that the command was about has been dealt with.
    fn drop_staged(&self, command: &Command) {
        let mut state = self.state.borrow_mut();
        match command {
            Command::CommitImport { .. } | Command::DropImport => state.staged = None,
            Command::CommitMerge | Command::DropMerge => state.staged_merge = None,
            _ => {}
        }
    }

    async fn plan(&self, command: &Command, ctx: &Ctx) -> Result<Plan, CommandError> {
        if let Command::Undo { seq } = command {
            return self.plan_undo(*seq).await;
        }
        if let Command::ChooseValue { seq, kind, id, field, side } = command {
            let Some((_, merged)) = self.merged(*seq).await.map_err(CommandError::Store)? else {
                return Err(CommandError::NotFound);
            };
            return report::choose(&self.state.borrow().data, &merged, *kind, *id, field, *side);
        }
        if let Command::RestoreValue { seq, id, field } = command {
            return self.plan_restore(*seq, *id, field).await;
        }
        let state = self.state.borrow();
        match (command, &state.staged) {
            (Command::CommitImport { keep }, Some(staged)) => Ok(staged.plan(&state.data, *keep)),
            (Command::CommitMerge, _) => merge::plan(&state),
            _ => update::plan(&state.data, command, ctx),
        }
    }

    async fn plan_undo(&self, seq: Seq) -> Result<Plan, CommandError> {
        let own = |c: &Commit| c.seq == seq && seq != 0;
        let commit = self.state.borrow().data.commits().iter().position(own);
        let commit = commit.and_then(|at| u32::try_from(at).ok()).ok_or(CommandError::NotFound)?;
        let set = self.entry(seq).await.map_err(CommandError::Store)?.set;
        let mut changes = Vec::new();
        for name in set.blocks.iter().filter(|name| holds_changes(name)) {
            let block = open::block(&self.store, name).await.map_err(CommandError::Store)?;
            match block {
                Some(DecodedBlock::Changes(more)) => changes.extend(more),
                Some(DecodedBlock::Merged(merged)) => {
                    return update::undo_merge(&self.state.borrow().data, commit, &merged);
                }
                _ => return Err(CommandError::Store(StoreError::Corrupt { what: name.clone() })),
            }
        }
        changes.extend(set.changes);
        update::undo(&self.state.borrow().data, commit, &changes)
    }

    async fn entry(&self, seq: Seq) -> Result<Entry, StoreError> {
        let bytes = self.store.entries(seq, seq).await?;
        let bytes = bytes.first().ok_or_else(|| StoreError::Corrupt { what: format!("entry {seq}") })?;
        Entry::from_bytes(seq, bytes)
    }

    /// Takes in what other tabs wrote. Cheap when nothing is new.
    ///
    /// # Errors
    /// What the store says, `Gone` if the journal has shrunk. Nothing was changed then.
    pub async fn catch_up(&self) -> Result<(), StoreError> {
        open::catch_up(self).await
    }

    /// The newest commits first.
    ///
    /// # Errors
    /// What the store says.
    pub async fn journal(&self, offset: u32, limit: u32) -> Result<Vec<JournalRow>, StoreError> {
        let last = self.state.borrow().data.seq();
        let to = last.saturating_sub(u64::from(offset));
        let from = to.saturating_sub(u64::from(limit)) + 1;
        if to == 0 || limit == 0 {
            return Ok(Vec::new());
        }
        let entries = self.store.entries(from, to).await?;
        let state = self.state.borrow();
        let mut rows = Vec::with_capacity(entries.len());
        for (seq, bytes) in (from..=to).zip(&entries) {
            let Entry { records, set, .. } = Entry::from_bytes(seq, bytes)?;
            let subject = set.changes.first().map(|c| (c.kind, c.id));
            // Of many that were changed alike none is the subject.
            let alike = matches!(&set.origin, Origin::Hand { what: Action::Edit(_) | Action::Delete(_) });
            let many = |(kind, id)| alike && set.changes.iter().any(|c| c.kind == kind && c.id != id);
            let subject = subject.filter(|first| !many(*first));
            rows.push(JournalRow {
                seq,
                stamp: set.stamp,
                records,
                subject: subject.map_or_else(String::new, |(kind, id)| subject_of(&state.data, kind, id)),
                undone: state.data.commits().iter().any(|c| c.seq == seq && c.undone),
                own_device: [state.head.device, far_line(state.head.device)].contains(&set.stamp.device),
                origin: set.origin,
            });
        }
        rows.reverse();
        Ok(rows)
    }

    /// Journal entries and blocks that the store holds.
    ///
    /// # Errors
    /// What the store says.
    pub async fn stored(&self) -> Result<(u64, u64), StoreError> {
        let blocks = self.store.block_names().await?.len() as u64;
        Ok((self.state.borrow().data.seq(), blocks))
    }
}

/// A record's display name, in the trash or not.
pub(super) fn subject_of(data: &Dataset, kind: Kind, id: Id) -> String {
    let table = data.table(kind);
    let Some(row) = table.row(id) else { return String::new() };
    match kind {
        // What was said is told on the customer's page.
        Kind::Interaction | Kind::Response => {
            let customer = kind.customer().and_then(|field| table.reference(row, field));
            customer.map_or("", |c| data.customer_name(c)).to_owned()
        }
        Kind::Setting => match table.json(row, setting::VALUE).and_then(|value| value.get("name")?.as_str()) {
            // A saved view has a name of its own.
            Some(name) => name.to_owned(),
            None => table.text(row, setting::KEY).to_owned(),
        },
        kind => title(data, kind, row).to_owned(),
    }
}

impl Touched {
    /// What the page knows the changed kinds as.
    #[must_use]
    pub fn topics(&self) -> Vec<Topic> {
        let topic = |kind: &Kind| match kind {
            Kind::Customer => Topic::Customers,
            Kind::Product => Topic::Products,
            Kind::Order => Topic::Orders,
            Kind::Interaction => Topic::Interactions,
            Kind::Response => Topic::Responses,
            Kind::Setting => Topic::Settings,
            _ => Topic::Records,
        };
        let mut topics: Vec<Topic> = self.kinds.iter().map(topic).collect();
        if self.kinds.contains(&Kind::CustomField) {
            // They are columns of the list.
            topics.push(Topic::Customers);
        }
        topics.sort_unstable();
        topics.dedup();
        topics
    }
}

impl From<WriteError> for commit::Failed {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Stale => Self::Stale,
            WriteError::Store(error) => Self::Refused(CommandError::Store(error)),
        }
    }
}
