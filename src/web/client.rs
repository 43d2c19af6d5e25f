//! The page's side of the data worker: questions, commands and events. See [`super::import`] for reading order files.
//!
//! Files that merge ([`super::merge`]):
//! - out: `client.export(ExportScope::Whole | SinceLastTime).await` gives an [`ExportedFile`](super::merge::ExportedFile) with
//!   its name, bytes and records; `.save()` downloads it. Progress comes as [`Job::Export`];
//!   `StorageView::last_export_ms` tells when that was last done.
//! - in: `MergeSession::open(&client).read(file).await` gives the `MergePreview` (`cancel` ends the reading); then
//!   `Command::CommitMerge` or `DropMerge`. `Query::StagedMerge` asks for the preview again. `Done::seq` is `None` where the
//!   file held nothing new, else it leads to the report: `Query::MergeReport { seq }`, with both values of each conflict;
//!   `Command::ChooseValue` settles one otherwise. `Command::Undo { seq }` takes the merge back: say before
//!   that colleagues will receive the undoing too. A stamp too far ahead is told as [`Event::ClockAhead`].

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;

use super::wire::{Begin, Reply, Request, Said};
use super::{device, known, link::Link};
use crate::domain::Seq;
use crate::engine::api::{Answer, Command, CommandError, Done, Query, StoreError, Topic};

/// Where a worker's program lies: absolute addresses, because a worker made from a blob has no address to be relative to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkerUrls {
    pub js: String,
    pub wasm: String,
}

/// What the page hears without asking.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Event {
    /// The book is being read; from 0 to 1.
    Opening {
        share: f64,
    },
    /// The browser's second note of the book says more than the first.
    Known(known::KnownBook),
    /// The book of this number is open with so many journal entries: questions are answered from here on.
    Ready {
        seq: Seq,
        number: u32,
    },
    /// The book cannot be opened. [`Client::restart`] tries again.
    OpenFailed(StoreError),
    /// A commit up to `seq` is on disk; `mine`: by this tab.
    Changed {
        seq: Seq,
        topics: Vec<Topic>,
        mine: bool,
    },
    Progress(Progress),
    /// The whole book was saved as a file; see [`known::load`].
    BackedUp,
    /// The worker was lost and runs again; everything shown should be asked for again.
    Restarted,
    /// Another device's clock, or ours, is more than a day off.
    ClockAhead,
}

/// How far a job is. `total == 0`: not known; `done == total` otherwise: finished.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    pub job: Job,
    pub done: u64,
    pub total: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Job {
    Open,
    Parse,
    Save,
    Demo,
    Export,
    /// What customers will be worth.
    Models,
}

/// A handle on the data worker; clones share it.
#[derive(Clone)]
pub struct Client(Rc<Inner>);

type Hearer = Rc<dyn Fn(&Event)>;

struct Inner {
    urls: WorkerUrls,
    link: RefCell<Option<Link>>,
    hearers: RefCell<Vec<(u64, Hearer)>>,
    next_hearer: Cell<u64>,
    /// The running worker reached [`Event::Ready`].
    ready: Cell<bool>,
    /// The number of the book that some worker opened: if that has vanished since, it is an error and no reason to begin a new one.
    known: Cell<Option<u32>>,
    /// A book that is tried before it becomes the current one.
    trying: Cell<Option<u32>>,
    /// When it did, milliseconds since 1970 UTC.
    ready_at_ms: Cell<u64>,
    /// Workers lost in a row, each before it was ready or soon after.
    losses: Cell<u32>,
}

/// After so many workers that died before they were ready or soon after, only the person starts another: a question that
/// kills the worker is asked again by the page as soon as the next one is ready.
const MAX_LOSSES: u32 = 2;
/// A worker that lived this long after it was ready did not die of the first questions.
const SOON_MS: u64 = 10_000;

impl Client {
    /// Starts the data worker. What is asked before it is ready waits.
    #[must_use]
    pub fn start(urls: WorkerUrls) -> Self {
        let client = Self(Rc::new(Inner {
            urls,
            link: RefCell::default(),
            hearers: RefCell::default(),
            next_hearer: Cell::default(),
            ready: Cell::default(),
            known: Cell::default(),
            trying: Cell::default(),
            ready_at_ms: Cell::default(),
            losses: Cell::default(),
        }));
        client.spawn();
        client
    }

    /// Asks the data set.
    ///
    /// # Errors
    /// [`CommandError::Store`] while the book cannot be opened, [`CommandError::WorkerLost`] when the worker went away.
    pub async fn ask(&self, query: Query) -> Result<Answer, CommandError> {
        match self.request(Request::Ask(query), &[]).await?.0 {
            Reply::Asked(result) => result,
            _ => Err(CommandError::WorkerLost),
        }
    }

    /// Changes the data; resolves when the change is on disk.
    ///
    /// # Errors
    /// Says why nothing was changed. After [`CommandError::WorkerLost`] the change may or may not have been saved.
    pub async fn run(&self, command: Command) -> Result<Done, CommandError> {
        match self.request(Request::Run(command), &[]).await?.0 {
            Reply::Ran(result) => result,
            _ => Err(CommandError::WorkerLost),
        }
    }

    /// Calls `hear` for every event until the [`Listener`] is dropped.
    pub fn listen(&self, hear: impl Fn(&Event) + 'static) -> Listener {
        let number = self.0.next_hearer.get();
        self.0.next_hearer.set(number + 1);
        self.0.hearers.borrow_mut().push((number, Rc::new(hear)));
        Listener { of: Rc::downgrade(&self.0), number }
    }

    /// Ends the worker and starts another, which reads the book from disk again.
    pub fn restart(&self) {
        self.0.losses.set(0);
        self.0.link.replace(None);
        self.spawn();
        self.tell(&Event::Restarted);
    }

    /// Opens the book of this number, without it being the current one yet; `None`: the current one again.
    pub(super) fn try_book(&self, number: Option<u32>) {
        self.0.trying.set(number);
        self.restart();
    }

    /// The number of the book that is open; `None` while none is.
    pub(super) fn number(&self) -> Option<u32> {
        self.0.known.get().filter(|_| self.0.ready.get())
    }

    /// Ends the fits of models under way: who waits for them gets [`CommandError::Cancelled`].
    pub async fn stop_models(&self) {
        // If there are none any more, nothing is to be done.
        let _heard = self.request(Request::StopModels, &[]).await;
    }

    /// Has the marker follow what this page knows of the book.
    pub fn note(&self) {
        let client = self.clone();
        wasm_bindgen_futures::spawn_local(async move {
            // Without an answer the marker only knows less; it follows with the next change.
            let _noted = client.request(Request::Note(known::load()), &[]).await;
        });
    }

    /// Begins a new, empty book. What the old one still has on disk is kept aside under its own name.
    ///
    /// # Errors
    /// The browser keeps no note of which book is the current one; then nothing was changed.
    pub fn begin_anew(&self) -> Result<(), StoreError> {
        self.0.trying.set(None);
        let noted = known::change(|book| *book = known::KnownBook { number: book.number + 1, ..Default::default() });
        if !noted {
            return Err(StoreError::Refused { detail: "localStorage".into() });
        }
        self.restart();
        Ok(())
    }

    pub(super) async fn request(&self, body: Request, raw: &[JsValue]) -> Result<(Reply, js_sys::Array), CommandError> {
        // The borrow ends before the wait: a restart replaces the link meanwhile.
        let reply = self.0.link.borrow().as_ref().map(|link| link.send(body, raw));
        match reply {
            Some(Ok(reply)) => reply.await.map_err(|_| CommandError::WorkerLost),
            Some(Err(detail)) => Err(CommandError::Store(StoreError::Other { detail })),
            None => Err(CommandError::WorkerLost),
        }
    }

    /// Passes `event` to everyone who listens.
    pub(super) fn tell(&self, event: &Event) {
        // A copy, because a hearer may listen or unlisten.
        let hearers: Vec<_> = self.0.hearers.borrow().iter().map(|(_, hear)| Rc::clone(hear)).collect();
        for hear in hearers {
            hear(event);
        }
    }

    fn spawn(&self) {
        self.0.ready.set(false);
        let of = Rc::downgrade(&self.0);
        let book = known::load();
        let trying = self.0.trying.get().filter(|number| *number > book.number);
        let number = trying.unwrap_or(book.number);
        let hear = move |said: Result<Said, String>| {
            let Some(client) = of.upgrade().map(Self) else { return };
            match said {
                Ok(Said::Event(event)) => {
                    client.remember(&event);
                    client.tell(&event);
                }
                Ok(Said::Up | Said::Reply(_)) => {}
                Ok(Said::Died { detail }) | Err(detail) => client.lost(detail),
            }
        };
        let entries = if number == book.number { book.seq } else { 0 };
        let seen = entries > 0 || self.0.known.get() == Some(number);
        let begin =
            Begin { path: device::app_path(), known: seen.then_some(entries), number, exactly: trying.is_some() };
        let start = Request::Start(Some(begin));
        match Link::open(&self.0.urls, start, hear) {
            Ok(link) => {
                self.0.link.replace(Some(link));
            }
            Err(detail) => self.tell_soon(Event::OpenFailed(StoreError::Other { detail })),
        }
    }

    /// Notes outside of the database which book is open and how long its journal is.
    fn remember(&self, event: &Event) {
        match event {
            Event::Known(note) => known::learn(note),
            &Event::Ready { seq, number } => {
                self.0.ready.set(true);
                self.0.known.set(Some(number));
                self.0.ready_at_ms.set(device::now_ms());
                if self.0.trying.get().is_none() {
                    known::found(number);
                }
                known::saw(number, seq);
            }
            &Event::Changed { seq, .. } => known::saw(self.0.known.get().unwrap_or(0), seq),
            _ => {}
        }
    }

    /// The worker is gone. Whoever waits for it hears so, and another one starts, unless they keep dying.
    fn lost(&self, detail: String) {
        self.0.link.replace(None);
        let lived_ms = device::now_ms().saturating_sub(self.0.ready_at_ms.get());
        let soon = !self.0.ready.get() || lived_ms < SOON_MS;
        self.0.losses.set(if soon { self.0.losses.get() + 1 } else { 0 });
        if self.0.losses.get() > MAX_LOSSES {
            self.tell(&Event::OpenFailed(StoreError::Other { detail }));
            return;
        }
        self.spawn();
        self.tell(&Event::Restarted);
    }

    /// Tells once whoever is starting the client has had time to listen.
    fn tell_soon(&self, event: Event) {
        let client = self.clone();
        wasm_bindgen_futures::spawn_local(async move { client.tell(&event) });
    }
}

/// Stops listening when dropped.
#[must_use]
pub struct Listener {
    of: Weak<Inner>,
    number: u64,
}

impl Drop for Listener {
    fn drop(&mut self) {
        if let Some(inner) = self.of.upgrade() {
            inner.hearers.borrow_mut().retain(|(number, _)| *number != self.number);
        }
    }
}
