//! The page's side of reading a file of orders: a throwaway worker per file, whose memory goes with it.

use std::cell::RefCell;
use std::rc::Rc;

use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;

use super::client::Client;
use super::device;
use super::reader::{Ended, Reader};
use super::wire::{Reply, Request};
use crate::domain::{Currency, Settings};
use crate::engine::api::{Answer, CommandError, Query, StagedImport};
use crate::files::orders::{FileError, Inspection, Mapping, ParseReport};

/// How to read the file; `None`: as the file itself suggests.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadChoice {
    /// A WHATWG label: `utf-8`, `utf-16le`, `utf-16be`, `gb18030`.
    pub encoding: Option<String>,
    pub delimiter: Option<char>,
    /// Of a workbook, the name of the sheet.
    pub sheet: Option<String>,
}

/// One file on its way in; clones share it. Dropping the last one ends its worker.
#[derive(Clone)]
pub struct ImportSession {
    client: Client,
    reader: Reader,
    file: web_sys::File,
    on_progress: OnProgress,
}

/// Told bytes read and bytes in all, while a file is parsed.
type OnProgress = Rc<RefCell<Option<Box<dyn Fn(u64, u64)>>>>;

impl From<Ended> for FileError {
    fn from(why: Ended) -> Self {
        match why {
            Ended::Stopped => Self::Stopped,
            Ended::Cancelled => Self::Cancelled,
        }
    }
}

impl ImportSession {
    /// Starts a worker for `file`. Nothing is read before [`Self::inspect`].
    #[must_use]
    pub fn open(client: &Client, file: web_sys::File) -> Self {
        let on_progress = OnProgress::default();
        let told = on_progress.clone();
        let reader = Reader::open(move |done, total| {
            if let Some(tell) = told.borrow().as_ref() {
                tell(done, total);
            }
        });
        Self { client: client.clone(), reader, file, on_progress }
    }

    /// A first look: encoding, delimiter, header, sample and a guessed mapping.
    ///
    /// # Errors
    /// The file is unusable as it is; the session can look again with another choice.
    pub async fn inspect(&self, choice: ReadChoice) -> Result<Inspection, FileError> {
        let currency = self.currency().await;
        let request = Request::Inspect { choice, currency };
        match self.reader.request(request, &[self.file.clone().into()]).await?.0 {
            Reply::Inspected(result) => result,
            _ => Err(FileError::Stopped),
        }
    }

    /// The currency to start from: the book's, or in a book that has neither orders nor a currency of its own the one of the
    /// browser's region. A book that cannot be asked has the usual one; saving will tell what is wrong with it.
    async fn currency(&self) -> Currency {
        let usual = Settings::default().currency;
        match self.client.ask(Query::Overview { as_of: None }).await {
            Ok(Answer::Overview(book)) if book.orders == 0 && book.currency == usual => {
                device::browser_currency().unwrap_or(usual)
            }
            Ok(Answer::Overview(book)) => book.currency,
            _ => usual,
        }
    }

    /// Reads the whole file by the mapping; `on_progress` gets bytes read and bytes in all.
    ///
    /// # Errors
    /// The file is unusable as a whole; rows that are wrong are in the report instead.
    pub async fn parse(
        &self,
        mapping: Mapping,
        on_progress: impl Fn(u64, u64) + 'static,
    ) -> Result<ParseReport, FileError> {
        self.on_progress.replace(Some(Box::new(on_progress)));
        let reply = self.reader.request(Request::Parse(mapping), &[]).await;
        self.on_progress.replace(None);
        match reply?.0 {
            Reply::Parsed(result) => result,
            _ => Err(FileError::Stopped),
        }
    }

    /// Hands the parsed rows to the data worker, which holds them until `Command::CommitImport` or `DropImport`;
    /// the file's own worker then ends.
    ///
    /// # Errors
    /// Nothing was parsed, or a worker was lost. Nothing is changed either way.
    pub async fn stage(&self) -> Result<StagedImport, CommandError> {
        let (note, parcel) = match self.reader.request(Request::HandOver, &[]).await {
            Ok((Reply::Parcel(Ok(note)), parcel)) => (note, parcel),
            Err(Ended::Stopped) => return Err(CommandError::WorkerLost),
            _ => return Err(CommandError::NothingStaged),
        };
        self.reader.end(Ended::Stopped);
        let raw: Vec<JsValue> = parcel.iter().collect();
        match self.client.request(Request::Stage(note), &raw).await?.0 {
            Reply::Staged(result) => result,
            _ => Err(CommandError::WorkerLost),
        }
    }

    /// Ends the reading at once. Whoever waits gets [`FileError::Cancelled`]; nothing was changed.
    pub fn cancel(&self) {
        self.reader.end(Ended::Cancelled);
    }
}
