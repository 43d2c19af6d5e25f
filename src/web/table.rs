//! Lists out: the page sends rows, the program for files makes the file of them.

use std::cell::RefCell;

use js_sys::Uint8Array;
use wasm_bindgen::JsValue;

use super::link::Link;
use super::wire::{Outgoing, Reply, Request};
use super::{build, download};
use crate::domain::CustomerProfile;
use crate::files::calendar::{self, Event};
use crate::files::cards;
use crate::files::table::{Cell, Format, TableError, TableWriter};

/// A file on its way out; dropping it ends its worker.
pub struct TableSession(Link);

impl TableSession {
    /// Begins a table.
    ///
    /// # Errors
    /// The worker does not start.
    pub async fn table(format: Format, header: Vec<String>) -> Result<Self, TableError> {
        Self::begin(Outgoing::Table { format, header }).await
    }

    /// Begins an address book.
    ///
    /// # Errors
    /// As [`Self::table`].
    pub async fn cards() -> Result<Self, TableError> {
        Self::begin(Outgoing::Cards).await
    }

    /// Begins a calendar.
    ///
    /// # Errors
    /// As [`Self::table`].
    pub async fn calendar(name: &str, made_ms: u64) -> Result<Self, TableError> {
        Self::begin(Outgoing::Calendar { name: name.to_owned(), made_ms }).await
    }

    async fn begin(what: Outgoing) -> Result<Self, TableError> {
        let link = Link::open(&build::files_program(), Request::Start(None), |_| {}).map_err(TableError)?;
        let session = Self(link);
        session.ask(Request::BeginTable(what)).await.map(|_| session)
    }

    /// # Errors
    /// The format holds no more.
    pub async fn rows(&self, rows: Vec<Vec<Cell>>) -> Result<(), TableError> {
        self.ask(Request::Rows(rows)).await.map(|_| ())
    }

    /// # Errors
    /// The worker was lost.
    pub async fn add_cards(&self, cards: Vec<CustomerProfile>) -> Result<(), TableError> {
        self.ask(Request::Cards(cards)).await.map(|_| ())
    }

    /// # Errors
    /// As [`Self::add_cards`].
    pub async fn add_days(&self, days: Vec<Event>) -> Result<(), TableError> {
        self.ask(Request::Days(days)).await.map(|_| ())
    }

    /// Hands the file to the browser's download.
    ///
    /// # Errors
    /// It could not be finished, or the browser refused it.
    pub async fn save(self, name: &str, kind: &str) -> Result<(), TableError> {
        let bytes = self.ask(Request::EndTable).await?;
        download::bytes(name, kind, &Uint8Array::new(&bytes).to_vec()).map_err(TableError)
    }

    async fn ask(&self, request: Request) -> Result<JsValue, TableError> {
        let lost = |_| TableError("the worker was lost".into());
        match self.0.send(request, &[]).map_err(TableError)?.await.map_err(lost)? {
            (Reply::Table(result), beside) => result.map(|()| beside.get(0)),
            _ => Err(TableError("no table".into())),
        }
    }
}

/// In the worker: what is being written.
#[derive(Default)]
pub(super) struct Writing(RefCell<Option<Writer>>);

enum Writer {
    Table(TableWriter),
    Cards(String),
    Calendar { text: String, made_ms: u64 },
}

impl Writing {
    /// Serves one request; the file travels beside the last reply.
    pub fn serve(&self, request: Request) -> Result<Option<JsValue>, TableError> {
        let gone = || TableError("nothing was begun".into());
        match request {
            Request::BeginTable(Outgoing::Table { format, header }) => {
                self.0.replace(Some(Writer::Table(TableWriter::new(format, &header)?)));
            }
            Request::BeginTable(Outgoing::Cards) => {
                self.0.replace(Some(Writer::Cards(String::new())));
            }
            Request::BeginTable(Outgoing::Calendar { name, made_ms }) => {
                self.0.replace(Some(Writer::Calendar { text: calendar::begin(&name), made_ms }));
            }
            Request::Days(days) => match &mut *self.0.borrow_mut() {
                Some(Writer::Calendar { text, made_ms }) => {
                    days.iter().for_each(|day| calendar::add(text, day, *made_ms))
                }
                _ => return Err(gone()),
            },
            Request::Rows(rows) => match &mut *self.0.borrow_mut() {
                Some(Writer::Table(table)) => rows.iter().try_for_each(|row| table.row(row))?,
                _ => return Err(gone()),
            },
            Request::Cards(profiles) => match &mut *self.0.borrow_mut() {
                Some(Writer::Cards(text)) => profiles.iter().for_each(|p| text.push_str(&cards::write(p))),
                _ => return Err(gone()),
            },
            _ => {
                let bytes = match self.0.take().ok_or_else(gone)? {
                    Writer::Table(table) => table.finish()?,
                    Writer::Cards(text) => text.into_bytes(),
                    Writer::Calendar { mut text, .. } => {
                        calendar::end(&mut text);
                        text.into_bytes()
                    }
                };
                return Ok(Some(Uint8Array::from(bytes.as_slice()).buffer().into()));
            }
        }
        Ok(None)
    }
}
