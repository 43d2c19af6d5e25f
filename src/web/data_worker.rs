//! The worker that owns the data set of its tab: opens the book, answers questions, runs commands one at a time over
//! all tabs, hears of other tabs' commits, and compacts when nothing else is to do.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use futures_channel::oneshot;
use gloo::timers::future::TimeoutFuture;
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;

use super::channel::Channel;
use super::client::{Event, Job, Progress};
use super::known::{KnownBook, numbers, path_of};
use super::merge_host::last_export;
use super::parts::Parts;
use super::store::IdbStore;
use super::timing::Span;
use super::turn::{Turn, Turns};
use super::wire::Note;
use super::worker::tell;
use super::{device, lock, marker, storage};
use crate::domain::Seq;
use crate::engine::api::{Answer, Command, CommandError, Done, Query, StagedImport, StorageView, StoreError};
use crate::engine::book::Book;
use crate::engine::metrics::MetricsCache;
use crate::engine::query::{answer, answer_first, name_chosen, prepare, takes_long};
use crate::engine::store::Store;
use crate::engine::update::{Ctx, mapping};
use crate::files::parcel;
use crate::sync::clock::MAX_AHEAD_MS;

/// Quiet time after which the journal may be compacted.
const IDLE_MS: u32 = 1_500;
/// Work that takes longer shows its progress.
const MOMENT_MS: u64 = 300;
/// Models are worked on for so long before others' questions are looked at.
const STRETCH_MS: u64 = 12;
/// Between two steps of a compaction, for questions to be answered.
const BREATH_MS: u32 = 20;

#[derive(Clone)]
pub struct DataWorker(Rc<Inner>);

struct Inner {
    parts: Parts,
    /// Where the app lies.
    app_path: String,
    /// Names the book, and its locks and channel.
    path: RefCell<String>,
    /// Which book that is.
    number: Cell<u32>,
    /// What the marker says.
    marked: RefCell<KnownBook>,
    book: RefCell<State>,
    cache: RefCell<MetricsCache>,
    /// Whoever writes or catches up takes a turn.
    turns: Turns,
    /// Whoever fits models takes a turn here.
    models: Turns,
    /// How often the person stopped that.
    model_stops: Cell<u64>,
    channel: RefCell<Option<Channel>>,
    /// Counts commands, to tell quiet times.
    commands: Cell<u64>,
    /// A compaction waits for a quiet time, or runs.
    compacting: Cell<bool>,
    /// The person wants no export any more.
    export_stopped: Cell<bool>,
}

enum State {
    /// Who waits for the book.
    Opening(Vec<oneshot::Sender<()>>),
    Open(Rc<Book<IdbStore>>),
    Failed(StoreError),
}

fn ctx() -> Ctx {
    Ctx { now_ms: device::now_ms(), random: device::random_u128() }
}

impl DataWorker {
    /// Begins to open the book `number` of the app at `path`, or a later one unless `exactly` this is meant. `known`: how
    /// many entries it had when the browser last saw it.
    pub fn start(parts: Parts, path: String, known: Option<Seq>, number: u32, exactly: bool) -> Self {
        let worker = Self(Rc::new(Inner {
            parts,
            app_path: path.clone(),
            path: RefCell::new(path),
            number: Cell::new(number),
            marked: RefCell::default(),
            book: RefCell::new(State::Opening(Vec::new())),
            cache: RefCell::new(MetricsCache::new()),
            turns: Turns::default(),
            models: Turns::default(),
            model_stops: Cell::new(0),
            channel: RefCell::default(),
            commands: Cell::new(0),
            compacting: Cell::new(false),
            export_stopped: Cell::new(false),
        }));
        spawn_local({
            let worker = worker.clone();
            async move { worker.open(known, number, exactly).await }
        });
        worker
    }

    async fn open(&self, known: Option<Seq>, number: u32, exactly: bool) {
        tell(Event::Opening { share: 0.0 });
        let path = self.path();
        let (number, known) = if exactly {
            (number, known)
        } else {
            let (number, known) = self.read_marker(number, known).await;
            current(&path, number, known).await
        };
        self.0.path.replace(path_of(&path, number));
        self.0.number.set(number);
        let span = Span::start("kith:open");
        let outcome = match self.open_store(known).await {
            Ok(store) => Book::open(store, &ctx()).await,
            Err(error) => Err(error),
        };
        let (state, event) = match outcome {
            Ok(book) => {
                book.store().hush();
                let seq = book.head().seq;
                (State::Open(Rc::new(book)), Event::Ready { seq, number })
            }
            Err(error) => (State::Failed(error.clone()), Event::OpenFailed(error)),
        };
        drop(span);
        let before = self.0.book.replace(state);
        tell(event);
        if let State::Opening(waiting) = before {
            // A sender whose receiver has gone has nobody to tell.
            for waiter in waiting {
                let _ = waiter.send(());
            }
        }
        if let Ok(book) = self.book().await {
            self.listen(&book);
            if book.head().seq > 0 {
                // A book from before there was a marker, or one whose marker was lost.
                self.mark(&book, false).await;
            }
            self.tidy().await;
        }
    }

    /// Which book to open by the marker, where it knows more than the page: the page's own note may be lost.
    async fn read_marker(&self, number: u32, known: Option<Seq>) -> (u32, Option<Seq>) {
        let Some(marked) = marker::read(&self.0.app_path).await.filter(|m| m.seq > 0) else { return (number, known) };
        self.0.marked.replace(marked.clone());
        let knows_more = marked.number > number || (marked.number == number && known.is_none());
        if !knows_more {
            return (number, known);
        }
        let found = (marked.number, Some(marked.seq));
        tell(Event::Known(marked));
        found
    }

    /// Writes into the marker that this book is there; `strict`: it is on the disk when this returns.
    async fn mark(&self, book: &Book<IdbStore>, strict: bool) {
        let (number, seq) = (self.0.number.get(), book.head().seq);
        self.change_marker(strict, |note| {
            if note.number != number {
                *note = KnownBook { number, ..KnownBook::default() };
            }
            note.seq = seq;
            note.since_ms.get_or_insert_with(device::now_ms);
        })
        .await;
    }

    /// Takes what the page knows of the book into the marker.
    pub async fn note(&self, known: KnownBook) {
        let Ok(book) = self.book().await else { return };
        if known.number == self.0.number.get() && book.head().seq > 0 {
            self.mark(&book, false).await;
            self.change_marker(false, |note| *note = KnownBook { number: note.number, seq: note.seq, ..known }).await;
        }
    }

    async fn change_marker(&self, strict: bool, change: impl FnOnce(&mut KnownBook)) {
        let mut note = self.0.marked.borrow().clone();
        change(&mut note);
        // What could not be written is tried again with the next commit; local storage has it meanwhile.
        if note != *self.0.marked.borrow() && marker::write(&self.0.app_path, &note, strict).await.is_ok() {
            self.0.marked.replace(note);
        }
    }

    /// The marker does not know yet that anything was ever saved in this book.
    fn is_unmarked(&self) -> bool {
        let marked = self.0.marked.borrow();
        marked.seq == 0 || marked.number != self.0.number.get()
    }

    async fn open_store(&self, known: Option<Seq>) -> Result<IdbStore, StoreError> {
        let this = Rc::downgrade(&self.0);
        let on_lost = move || {
            if let Some(inner) = this.upgrade() {
                spawn_local(async move { Self(inner).lost().await });
            }
        };
        let store = IdbStore::open(&self.path(), known, on_lost).await?;
        store.tell_progress(|share| tell(Event::Opening { share }));
        Ok(store)
    }

    /// The open book, as soon as there is one.
    pub(super) async fn book(&self) -> Result<Rc<Book<IdbStore>>, CommandError> {
        loop {
            let wait = match &mut *self.0.book.borrow_mut() {
                State::Open(book) => return Ok(book.clone()),
                State::Failed(error) => return Err(CommandError::Store(error.clone())),
                State::Opening(waiting) => {
                    let (sender, receiver) = oneshot::channel();
                    waiting.push(sender);
                    receiver
                }
            };
            // Both outcomes mean: look again.
            let _ = wait.await;
        }
    }

    /// The browser or another tab took the database away.
    async fn lost(&self) {
        let Ok(book) = self.book().await else { return };
        if let Err(error) = book.store().check().await {
            self.0.book.replace(State::Failed(error.clone()));
            tell(Event::OpenFailed(error));
        }
    }

    /// Hears of other tabs from now on.
    fn listen(&self, book: &Book<IdbStore>) {
        let this: Weak<Inner> = Rc::downgrade(&self.0);
        let hear = move |seq: Seq| {
            if let Some(inner) = this.upgrade() {
                spawn_local(async move { Self(inner).follow(seq).await });
            }
        };
        self.0.channel.replace(Some(Channel::open(&self.path(), hear)));
        if book.head().clock >> 16 > device::now_ms() + MAX_AHEAD_MS {
            tell(Event::ClockAhead);
        }
    }

    /// Takes in what another tab wrote up to `seq`.
    async fn follow(&self, seq: Seq) {
        let Ok(book) = self.book().await else { return };
        let _turn = self.0.turns.take().await;
        if seq <= book.head().seq {
            return;
        }
        match book.catch_up().await {
            Ok(()) => self.changed(&book, false),
            // What cannot be read any more is known to be so at the next command at the latest; say it now.
            Err(error) => tell(Event::OpenFailed(error)),
        }
    }

    /// Brings figures up to date and tells the page what to ask for again.
    fn changed(&self, book: &Book<IdbStore>, mine: bool) {
        let touched = book.take_touched();
        self.0.cache.borrow_mut().touched(&touched);
        let topics = touched.topics();
        if !topics.is_empty() {
            tell(Event::Changed { seq: book.head().seq, topics, mine });
        }
    }

    /// Answers a question.
    pub async fn ask(&self, query: &Query) -> Result<Answer, CommandError> {
        let book = self.book().await?;
        let _span = Span::start("kith:ask");
        book.data().set_ahead_minutes(device::ahead_minutes());
        let direct = answer_first(&book.data(), &mut self.0.cache.borrow_mut(), query, device::today());
        if let Some(answer) = direct {
            return Ok(answer);
        }
        let stops = self.0.model_stops.get();
        let further = (self.0.parts.answers)().await?.ask;
        if self.0.model_stops.get() != stops && takes_long(&book.data(), query) {
            return Err(CommandError::Cancelled);
        }
        further(self.clone(), query.clone()).await
    }

    /// What [`Self::ask`] leaves to its part.
    pub(super) async fn ask_further(&self, query: &Query) -> Result<Answer, CommandError> {
        let book = self.book().await?;
        let _turn = if takes_long(&book.data(), query) { Some(self.prepare(&book, query).await?) } else { None };
        let direct = answer(&book.data(), &mut self.0.cache.borrow_mut(), query, device::today());
        if let Some(answer) = direct {
            return Ok(answer);
        }
        match query {
            Query::Journal { offset, limit } => {
                book.journal(*offset, *limit).await.map(Answer::Journal).map_err(CommandError::Store)
            }
            Query::History { id, limit } => {
                let history = book.record_history(*id, *limit).await.map_err(CommandError::Store)?;
                Ok(Answer::History(history.map(Box::new)))
            }
            Query::StagedMerge => {
                let staged = book.staged_merge(device::now_ms()).map_err(CommandError::Store)?;
                Ok(Answer::StagedMerge(staged.map(Box::new)))
            }
            Query::MergeReport { seq } => {
                let report = book.merge_report(*seq).await.map_err(CommandError::Store)?;
                Ok(Answer::MergeReport(report.map(Box::new)))
            }
            Query::Mapping { signature } => Ok(Answer::Mapping(mapping(&book.data(), signature))),
            Query::Storage => self.storage(&book).await.map(Answer::Storage).map_err(CommandError::Store),
            _ => Ok(Answer::StagedImport(book.staged())),
        }
    }

    /// Does what `query` needs in parts, and answers others between them. One at a time: two as-of days would take each
    /// other's work away. Progress is told of what takes longer than a moment. Who stops it stops all who wait; what was done is
    /// kept for who asks again.
    async fn prepare(&self, book: &Book<IdbStore>, query: &Query) -> Result<Turn, CommandError> {
        let stops = self.0.model_stops.get();
        let turn = self.0.models.take().await;
        let (start, mut told) = (device::now_ms(), false);
        let mut rested = start;
        // The page tells of these itself.
        let quiet = matches!(query, Query::Trend { .. });
        let tell_share = |share: f64| {
            tell(Event::Progress(Progress { job: Job::Models, done: (share * 100.0) as u64, total: 100 }));
        };
        let done = loop {
            if self.0.model_stops.get() != stops {
                break Err(CommandError::Cancelled);
            }
            let part = Span::start("kith:models");
            let left = prepare(&book.data(), &mut self.0.cache.borrow_mut(), query, device::today());
            drop(part);
            let Some(share) = left else { break Ok(turn) };
            let now = device::now_ms();
            if now.saturating_sub(rested) < STRETCH_MS {
                continue;
            }
            if !quiet && now.saturating_sub(start) > MOMENT_MS {
                told = true;
                tell_share(share);
            }
            TimeoutFuture::new(0).await;
            rested = device::now_ms();
        };
        if told {
            tell_share(1.0);
        }
        done
    }

    /// Ends the fits under way at their next step.
    pub fn stop_models(&self) {
        self.0.model_stops.set(self.0.model_stops.get() + 1);
    }

    async fn storage(&self, book: &Book<IdbStore>) -> Result<StorageView, StoreError> {
        let (journal_entries, blocks) = book.stored().await?;
        let space = storage::estimate().await;
        Ok(StorageView {
            persisted: storage::persisted().await,
            used_bytes: space.used_bytes,
            quota_bytes: space.quota_bytes,
            memory_bytes: wasm_memory_bytes(),
            journal_entries,
            blocks,
            last_export_ms: last_export(book.store()).await?.map(|last| last.at_ms),
        })
    }

    /// Ends the export under way at its next step.
    pub fn stop_export(&self) {
        self.0.export_stopped.set(true);
    }

    /// Whether [`Self::stop_export`] was called since this was asked last.
    pub(super) fn take_export_stop(&self) -> bool {
        self.0.export_stopped.take()
    }

    /// Waits until nobody writes to this copy of the book, and keeps others from it.
    pub(super) async fn turn(&self) -> Turn {
        self.0.turns.take().await
    }

    /// Runs a command; its change is on disk when this returns `Ok`.
    pub async fn run(&self, command: Command) -> Result<Done, CommandError> {
        ((self.0.parts.writing)().await?.run)(self.clone(), command).await
    }

    pub(super) async fn run_here(&self, command: Command) -> Result<Done, CommandError> {
        let book = self.book().await?;
        let _span = Span::start("kith:run");
        self.0.commands.set(self.0.commands.get() + 1);
        // An erasure must not leave blocks that somebody is just writing; whoever compacts takes turns too, so this comes first.
        let _alone = match command {
            Command::Erase { .. } => lock::acquire(&self.lock_name("compact")).await,
            _ => None,
        };
        let done = {
            let _turn = self.0.turns.take().await;
            let _lock = lock::acquire(&self.lock_name("write")).await;
            let caught_up = book.catch_up().await.map_err(CommandError::Store);
            let done = match caught_up {
                Ok(()) => self.run_with_progress(&book, &self.named(&book, command)).await,
                Err(error) => Err(error),
            };
            if done.as_ref().is_ok_and(|done| done.seq.is_some()) && self.is_unmarked() {
                self.mark(&book, true).await;
            }
            self.changed(&book, done.is_ok());
            done?
        };
        if let (Some(seq), Some(channel)) = (done.seq, &*self.0.channel.borrow()) {
            channel.announce(seq);
        }
        self.compact_when_idle();
        Ok(done)
    }

    /// The command with those whom it is about by their ids.
    fn named(&self, book: &Book<IdbStore>, command: Command) -> Command {
        if !matches!(command, Command::EditCustomers { .. }) {
            return command;
        }
        // What other tabs wrote counts.
        self.changed(book, false);
        book.data().set_ahead_minutes(device::ahead_minutes());
        name_chosen(&book.data(), &mut self.0.cache.borrow_mut(), command, device::today())
    }

    /// Tells the page how far a long command is, and that it has come to an end, good or bad.
    async fn run_with_progress(&self, book: &Book<IdbStore>, command: &Command) -> Result<Done, CommandError> {
        let job = if matches!(command, Command::FillDemo { .. }) { Job::Demo } else { Job::Save };
        let open = Cell::new(None);
        let progress = |done: u64, total: u64| {
            if total > 0 {
                open.set((done < total).then_some(total));
                tell(Event::Progress(Progress { job, done, total }));
            }
            true
        };
        let done = book.run(command, &ctx(), &progress).await;
        if let Some(total) = open.get() {
            tell(Event::Progress(Progress { job, done: total, total }));
        }
        done
    }

    /// Takes the parsed rows of an import worker.
    pub async fn stage(&self, note: Note, raw: JsValue) -> Result<StagedImport, CommandError> {
        ((self.0.parts.writing)().await?.stage)(self.clone(), note, raw).await
    }

    pub(super) async fn stage_here(&self, note: Note, raw: &JsValue) -> Result<StagedImport, CommandError> {
        let book = self.book().await?;
        let damaged = || CommandError::Store(StoreError::Other { detail: "parcel".into() });
        let _span = Span::start("kith:stage");
        let parsed = {
            let buffer = raw.dyn_ref::<js_sys::ArrayBuffer>().ok_or_else(damaged)?;
            let bytes = Uint8Array::new(buffer).to_vec();
            parcel::decode(&bytes, note.report).ok_or_else(damaged)?
        };
        let _turn = self.0.turns.take().await;
        Ok(book.stage(parsed, note.source, note.file))
    }

    /// After opening, when the first questions are answered: the other parts of the program, then leftovers.
    async fn tidy(&self) {
        TimeoutFuture::new(IDLE_MS).await;
        self.0.parts.fetch_all().await;
        // Leftovers only take space; the next opening sweeps again.
        if let Ok(writing) = (self.0.parts.writing)().await {
            (writing.sweep)(self.clone()).await;
        }
        self.compact_when_idle();
    }

    /// Sweeps what a crash left behind, if no other tab can be writing or compacting: a manifest published between looking and
    /// deleting would lose its blocks.
    pub(super) async fn sweep(&self) {
        let Ok(book) = self.book().await else { return };
        let _turn = self.0.turns.take().await;
        let write = lock::try_acquire(&self.lock_name("write")).await;
        let compact = lock::try_acquire(&self.lock_name("compact")).await;
        if write.is_some() && compact.is_some() {
            drop(book.sweep().await);
            self.changed(&book, false);
        }
    }

    /// Compacts after a quiet while, one step at a time; a command waits for one step at most.
    fn compact_when_idle(&self) {
        if self.0.compacting.replace(true) {
            return;
        }
        let worker = self.clone();
        spawn_local(async move {
            loop {
                let before = worker.0.commands.get();
                TimeoutFuture::new(IDLE_MS).await;
                if worker.0.commands.get() == before {
                    break;
                }
            }
            // What could not be fetched is tried again after the next command.
            if let Ok(writing) = (worker.0.parts.writing)().await {
                (writing.compact)(worker.clone()).await;
            }
            worker.0.compacting.set(false);
        });
    }

    pub(super) async fn compact(&self) {
        let Ok(book) = self.book().await else { return };
        if !book.compact_due() {
            return;
        }
        // One tab is enough; writing stays free for all.
        let Some(_lock) = lock::try_acquire(&self.lock_name("compact")).await else { return };
        loop {
            let more = {
                let _turn = self.0.turns.take().await;
                let more = book.compact_step(&ctx()).await;
                self.changed(&book, false);
                more
            };
            // What failed is tried again after the next command; the journal has everything meanwhile.
            if !matches!(more, Ok(true)) {
                return;
            }
            TimeoutFuture::new(BREATH_MS).await;
        }
    }

    fn lock_name(&self, what: &str) -> String {
        format!("kith:{}:{what}", self.path())
    }

    fn path(&self) -> String {
        self.0.path.borrow().clone()
    }
}

/// The current book, by what lies on disk: a later one than the page knows of, if it holds anything. The page's own note
/// may be behind, because browsers write local storage late; what a killed browser had saved must be found all the same.
async fn current(path: &str, number: u32, known: Option<Seq>) -> (u32, Option<Seq>) {
    let numbers = numbers(path).await;
    for &later in numbers.iter().filter(|n| **n > number) {
        // Not made where it is not there.
        let Ok(store) = IdbStore::open(&path_of(path, later), Some(0), || {}).await else { continue };
        if let Ok((Some(head), _)) = Store::open(&store).await
            && head.seq > 0
        {
            return (later, Some(1));
        }
    }
    // A later book without anything in it was begun in place of one that is gone.
    let replaced = !numbers.contains(&number) && numbers.first().is_some_and(|later| *later > number);
    (number, if replaced { known.or(Some(1)) } else { known })
}

/// Memory that this worker's program has taken from the browser.
fn wasm_memory_bytes() -> u64 {
    let memory = wasm_bindgen::memory().dyn_into::<js_sys::WebAssembly::Memory>();
    let buffer = memory.ok().and_then(|m| m.buffer().dyn_into::<js_sys::ArrayBuffer>().ok());
    buffer.map_or(0, |b| u64::from(b.byte_length()))
}
