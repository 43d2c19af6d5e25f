//! The page's side of files that merge: the book out as a file, a colleague's file in.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Array;
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};

use super::client::{Client, Event, Job, Progress};
use super::link::Link;
use super::wire::{Reply, Request, Role, Said};
use super::{device, download};
use crate::engine::api::{CommandError, ExportScope, MergeError, MergePreview, StoreError};
use crate::sync::file::SyncError;

/// What an export holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exported {
    /// A name for the file: `kith-2026-11-21.json`.
    pub name: String,
    pub bytes: u64,
    pub records: u64,
    /// False: only what changed since the last export.
    pub whole: bool,
}

/// The book as a file, not yet saved anywhere.
pub struct ExportedFile {
    pub about: Exported,
    blob: web_sys::Blob,
}

impl ExportedFile {
    /// Hands it to the browser's download.
    ///
    /// # Errors
    /// What the browser said when it refused.
    pub fn save(&self) -> Result<(), String> {
        download::blob(&self.about.name, &self.blob)
    }
}

impl Client {
    /// Writes the book into a file. Edits wait until it is done; questions are answered meanwhile.
    ///
    /// # Errors
    /// The book cannot be opened, or the worker was lost.
    pub async fn export(&self, scope: ExportScope) -> Result<ExportedFile, CommandError> {
        let (reply, beside) = self.request(Request::Export(scope), &[]).await?;
        let Reply::Exported(result) = reply else { return Err(CommandError::WorkerLost) };
        let blob = beside.get(0).dyn_into();
        let other = |_| CommandError::Store(StoreError::Other { detail: "export".into() });
        Ok(ExportedFile { about: result?, blob: blob.map_err(other)? })
    }
}

/// A colleague's file on its way in; clones share it. Dropping the last one ends its worker.
#[derive(Clone)]
pub struct MergeSession(Rc<Inner>);

struct Inner {
    client: Client,
    link: RefCell<State>,
}

enum State {
    Running(Link),
    /// Ended: its work is done, or the browser stopped it.
    Stopped,
    Cancelled,
}

impl MergeSession {
    /// Starts a worker for reading. Nothing is read before [`Self::read`].
    #[must_use]
    pub fn open(client: &Client) -> Self {
        Self(Rc::new_cyclic(|this: &std::rc::Weak<Inner>| {
            let (this, page) = (this.clone(), client.clone());
            let hear = move |said: Result<Said, String>| match said {
                Ok(Said::Event(event @ Event::Progress(Progress { job: Job::Parse, .. }))) => page.tell(&event),
                Ok(Said::Died { .. }) | Err(_) => {
                    if let Some(inner) = this.upgrade() {
                        inner.link.replace(State::Stopped);
                    }
                }
                Ok(_) => {}
            };
            let start = Request::Start { role: Role::Import, path: device::app_path(), known: false };
            let link = Link::open(client.urls(), start, hear);
            Inner { client: client.clone(), link: RefCell::new(link.map_or(State::Stopped, State::Running)) }
        }))
    }

    /// Reads the file in its own worker, which then ends, and compares it with the book. The data worker holds it until
    /// `Command::CommitMerge` or `DropMerge`. Progress comes as [`Event::Progress`] with [`Job::Parse`].
    ///
    /// # Errors
    /// Why the file cannot be merged. Nothing was changed.
    pub async fn read(&self, file: web_sys::File) -> Result<MergePreview, MergeError> {
        let answer = self.ask_reader(Request::ReadMerge, &[file.into()]).await;
        if !matches!(&*self.0.link.borrow(), State::Cancelled) {
            self.end(State::Stopped);
        }
        let (reply, parcel) = answer?;
        let Reply::MergeRead(read) = reply else { return Err(SyncError::Stopped.into()) };
        read?;
        let raw: Vec<JsValue> = parcel.iter().collect();
        let reply = self.0.client.request(Request::StageMerge, &raw).await.map_err(MergeError::Book)?;
        match reply.0 {
            Reply::MergeStaged(result) => result,
            _ => Err(MergeError::Book(CommandError::WorkerLost)),
        }
    }

    /// Ends the reading at once. Whoever waits gets [`SyncError::Cancelled`]; nothing was changed.
    pub fn cancel(&self) {
        self.end(State::Cancelled);
    }

    fn end(&self, state: State) {
        // Dropped only after the borrow: the end of a link wakes whoever waits.
        let before = self.0.link.replace(state);
        drop(before);
        // Good or bad, the reading is at its end.
        self.0.client.tell(&Event::Progress(Progress { job: Job::Parse, done: 1, total: 1 }));
    }

    async fn ask_reader(&self, body: Request, raw: &[JsValue]) -> Result<(Reply, Array), SyncError> {
        let reply = match &*self.0.link.borrow() {
            State::Running(link) => link.send(body, raw).map_err(|_| SyncError::Stopped)?,
            State::Stopped => return Err(SyncError::Stopped),
            State::Cancelled => return Err(SyncError::Cancelled),
        };
        reply.await.map_err(|_| match &*self.0.link.borrow() {
            State::Cancelled => SyncError::Cancelled,
            _ => SyncError::Stopped,
        })
    }
}
