//! The page's side of files that merge: the book out as a file, a colleague's file in.

use js_sys::Array;
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};

use super::client::{Client, Event, Job, Progress};
use super::known::{self, Backup, KnownBook};
use super::link::Link;
use super::reader::{Ended, Reader};
use super::wire::{Reply, Request};
use super::{build, device, download};
use crate::domain::Seq;
use crate::engine::api::{Command, CommandError, ExportScope, MergeError, MergePreview, StoreError};
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
    /// Journal entries that it covers; `None`: rescued from a book that does not open.
    pub seq: Option<Seq>,
}

/// The book as a file, not yet saved anywhere.
pub struct ExportedFile {
    pub about: Exported,
    blob: web_sys::Blob,
    client: Client,
}

impl ExportedFile {
    /// Hands it to the browser's download; a whole book counts as backed up from then on.
    ///
    /// # Errors
    /// What the browser said when it refused.
    pub fn save(&self) -> Result<(), String> {
        download::blob(&self.about.name, &self.blob)?;
        if let (true, Some(seq)) = (self.about.whole, self.about.seq) {
            let backup = Backup { at_ms: device::now_ms(), file: self.about.name.clone(), seq };
            known::change(|book| book.backup = Some(backup));
            self.client.note();
            self.client.tell(&Event::BackedUp);
        }
        Ok(())
    }
}

/// Asks a worker of the book's program that has no book open.
pub(super) async fn beside(request: Request) -> Result<(Reply, Array), CommandError> {
    let link = Link::open(&build::data_program(), Request::Start(None), |_| {});
    let asked = link.as_ref().map_err(Clone::clone).and_then(|link| link.send(request, &[]));
    let reply = asked.map_err(|detail| CommandError::Store(StoreError::Other { detail }))?;
    reply.await.map_err(|_| CommandError::WorkerLost)
}

impl Client {
    /// Writes the book into a file. Edits wait until it is done; questions are answered meanwhile.
    ///
    /// # Errors
    /// The book cannot be opened, or the worker was lost.
    pub async fn export(&self, scope: ExportScope) -> Result<ExportedFile, CommandError> {
        self.exported(self.request(Request::Export(scope), &[]).await?)
    }

    /// Writes what still reads of a book that does not open, or that is kept aside, into a file, in a worker of its own.
    /// The book is not touched. `number`: which one; `None`: the current one.
    ///
    /// # Errors
    /// Nothing can be read at all, or the worker was lost.
    pub async fn rescue(&self, number: Option<u32>) -> Result<ExportedFile, CommandError> {
        let path = known::path_of(&device::app_path(), number.unwrap_or_else(|| known::load().number));
        self.exported(beside(Request::Rescue { path }).await?)
    }

    fn exported(&self, (reply, beside): (Reply, Array)) -> Result<ExportedFile, CommandError> {
        let Reply::Exported(result) = reply else { return Err(CommandError::WorkerLost) };
        let blob = beside.get(0).dyn_into();
        let other = |_| CommandError::Store(StoreError::Other { detail: "export".into() });
        Ok(ExportedFile { about: result?, blob: blob.map_err(other)?, client: self.clone() })
    }

    /// Ends an export under way: whoever waits for it gets [`CommandError::Cancelled`].
    pub async fn stop_export(&self) {
        // If there is none any more, nothing is to be done.
        let _heard = self.request(Request::StopExport, &[]).await;
    }
}

/// A colleague's file on its way in; clones share it. Dropping the last one ends its worker.
#[derive(Clone)]
pub struct MergeSession {
    client: Client,
    reader: Reader,
}

impl From<Ended> for SyncError {
    fn from(why: Ended) -> Self {
        match why {
            Ended::Stopped => Self::Stopped,
            Ended::Cancelled => Self::Cancelled,
        }
    }
}

impl MergeSession {
    /// Starts a worker for reading. Nothing is read before [`Self::read`].
    #[must_use]
    pub fn open(client: &Client) -> Self {
        let page = client.clone();
        let tell = move |done, total| page.tell(&Event::Progress(Progress { job: Job::Parse, done, total }));
        Self { client: client.clone(), reader: Reader::open(tell) }
    }

    /// Reads the file in its own worker, which then ends, and compares it with the book. The data worker holds it until
    /// `Command::CommitMerge` or `DropMerge`. Progress comes as [`Event::Progress`] with [`Job::Parse`].
    ///
    /// # Errors
    /// Why the file cannot be merged. Nothing was changed.
    pub async fn read(&self, file: web_sys::File) -> Result<MergePreview, MergeError> {
        let parcel = self.parcel(file).await?;
        self.stage(&parcel).await
    }

    /// Reads a backup and, if it is good, brings it into a new book; the one that could not be opened is kept aside.
    /// If anything fails, the old one stays the current book.
    ///
    /// # Errors
    /// Why the file cannot be opened.
    pub async fn restore(&self, file: web_sys::File) -> Result<MergePreview, MergeError> {
        let parcel = self.parcel(file).await?;
        let client = &self.client;
        // Only a book that holds the backup becomes the current one: killed in between, the browser asks again.
        let number = known::load().number + 1;
        client.try_book(Some(number));
        let restored = match self.stage(&parcel).await {
            Ok(preview) => client.run(Command::CommitMerge).await.map(|done| (preview, done)).map_err(MergeError::Book),
            Err(error) => Err(error),
        };
        let noted = restored.and_then(|(preview, done)| {
            let seq = done.seq.unwrap_or(0);
            let noted = known::change(|book| *book = KnownBook { number, seq, ..KnownBook::default() });
            let refused = || StoreError::Refused { detail: "localStorage".into() };
            if noted { Ok(preview) } else { Err(MergeError::Book(CommandError::Store(refused()))) }
        });
        if noted.is_err() {
            client.try_book(None);
        }
        noted
    }

    async fn parcel(&self, file: web_sys::File) -> Result<Vec<JsValue>, MergeError> {
        let answer = self.reader.request(Request::ReadMerge, &[file.into()]).await;
        self.end(Ended::Stopped);
        let (reply, parcel) = answer.map_err(SyncError::from)?;
        let Reply::MergeRead(read) = reply else { return Err(SyncError::Stopped.into()) };
        read?;
        Ok(parcel.iter().collect())
    }

    async fn stage(&self, parcel: &[JsValue]) -> Result<MergePreview, MergeError> {
        let reply = self.client.request(Request::StageMerge, parcel).await.map_err(MergeError::Book)?;
        match reply.0 {
            Reply::MergeStaged(result) => result,
            _ => Err(MergeError::Book(CommandError::WorkerLost)),
        }
    }

    /// Ends the reading at once. Whoever waits gets [`SyncError::Cancelled`]; nothing was changed.
    pub fn cancel(&self) {
        self.end(Ended::Cancelled);
    }

    fn end(&self, why: Ended) {
        self.reader.end(why);
        // Good or bad, the reading is at its end.
        self.client.tell(&Event::Progress(Progress { job: Job::Parse, done: 1, total: 1 }));
    }
}
