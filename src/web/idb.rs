//! A thin layer over `indexed_db_futures`: one database that is opened again by itself, transactions with bytes and
//! texts by key, and faults told apart.

use std::cell::{Cell, OnceCell, RefCell};
use std::future::{Future, poll_fn};
use std::ops::RangeInclusive;
use std::pin::Pin;
use std::rc::Rc;
use std::task::Poll;

use futures_channel::oneshot;
use gloo::timers::future::TimeoutFuture;
use indexed_db_futures::database::Database;
use indexed_db_futures::error::{Error, OpenDbError};
use indexed_db_futures::internals::SystemRepr;
use indexed_db_futures::object_store::ObjectStore;
use indexed_db_futures::prelude::*;
use indexed_db_futures::primitive::{TryFromJs, TryToJs};
use indexed_db_futures::transaction::{Transaction, TransactionDurability, TransactionMode, TransactionOptions};
use indexed_db_futures::typed_array::Uint8ArraySlice;
use js_sys::Reflect;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::IdbTransaction;

use super::js;
use crate::engine::api::StoreError;

/// Version of the database itself. It stays 1: what changes over time is the versioned content.
const VERSION: u32 = 1;

/// How often, and how long after each other, a database is asked for that the browser turns away for the moment.
const OPEN_TRIES: u32 = 5;
const OPEN_WAIT_MS: u32 = 100;

/// Why a request or a transaction failed.
#[derive(Clone, Debug)]
pub(super) enum Fault {
    /// The connection went away; another one may work.
    Lost(String),
    Store(StoreError),
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<Fault> for StoreError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Lost(detail) => Self::Other { detail },
            Fault::Store(error) => error,
        }
    }
}

/// Tells faults apart by the exception's name, the only thing that browsers agree on.
fn fault(error: Error) -> Fault {
    match error {
        Error::DomException(thrown) => fault_of(&thrown.into()),
        Error::Unknown(thrown) => fault_of(&thrown.into()),
        Error::Serialisation(_) => Fault::Store(StoreError::Corrupt { what: "value".into() }),
        Error::MissingData(missing) => Fault::Lost(missing.to_string()),
    }
}

fn fault_of(thrown: &JsValue) -> Fault {
    let detail = js::describe(thrown);
    match name_of(thrown).as_str() {
        "QuotaExceededError" => Fault::Store(StoreError::Quota),
        "SecurityError" => Fault::Store(StoreError::Refused { detail }),
        "NotFoundError" => Fault::Store(StoreError::Corrupt { what: "stores".into() }),
        // Closing, closed, or (Safari, after a while in the background) “connection to the server lost”.
        "InvalidStateError" | "AbortError" | "UnknownError" => Fault::Lost(detail),
        _ => Fault::Store(StoreError::Other { detail }),
    }
}

fn name_of(thrown: &JsValue) -> String {
    Reflect::get(thrown, &"name".into()).ok().and_then(|n| n.as_string()).unwrap_or_default()
}

/// An open connection and, while it lasts, whoever listens to it.
struct Connection {
    database: Database,
    _watched: oneshot::Sender<()>,
}

/// Keeps the connections that [`Db::begin`] starts a transaction on, for as long as the transaction runs.
#[derive(Default)]
pub(super) struct Held {
    first: OnceCell<Database>,
    again: OnceCell<Database>,
}

/// A database that is opened again by itself when the browser drops the connection.
pub(super) struct Db {
    name: String,
    stores: &'static [&'static str],
    connection: Rc<RefCell<Option<Connection>>>,
    /// False once this session has seen the database: then a database that has vanished is not made anew.
    may_create: Cell<bool>,
    on_lost: Rc<dyn Fn()>,
}

impl Db {
    /// Opens the database, and makes it with all its `stores` if it is not there and `may_create`. `on_lost` is called
    /// when the browser closes it or somebody else deletes it.
    pub async fn open(
        name: String,
        stores: &'static [&'static str],
        may_create: bool,
        on_lost: impl Fn() + 'static,
    ) -> Result<Self, StoreError> {
        let db = Self {
            name,
            stores,
            connection: Rc::default(),
            may_create: Cell::new(may_create),
            on_lost: Rc::new(on_lost),
        };
        db.connect().await?;
        Ok(db)
    }

    /// Starts a transaction over all stores; opens the database again, once, where the connection has gone.
    pub async fn begin<'a>(&self, held: &'a Held, access: Access) -> Result<Tx<'a>, StoreError> {
        let connection = self.connect().await?;
        match Tx::start(held.first.get_or_init(|| connection), self.stores, access) {
            Err(Fault::Lost(_)) => {
                self.forget();
                let connection = self.connect().await?;
                Ok(Tx::start(held.again.get_or_init(|| connection), self.stores, access)?)
            }
            other => Ok(other?),
        }
    }

    /// Lets go of a connection that failed; the next transaction opens another.
    pub fn forget(&self) {
        if let Some(connection) = self.connection.take() {
            connection.database.close();
        }
    }

    async fn connect(&self) -> Result<Database, StoreError> {
        if let Some(open) = self.connection.borrow().as_ref() {
            return Ok(open.database.clone());
        }
        let mut tries = 0;
        let database = loop {
            tries += 1;
            match open(&self.name, self.stores, self.may_create.get()).await {
                Ok(database) => break database,
                // While the browser clears its storage it turns everybody away; afterwards it knows what is there.
                Err(Fault::Lost(_)) if tries < OPEN_TRIES => TimeoutFuture::new(OPEN_WAIT_MS).await,
                Err(Fault::Lost(detail)) => return Err(StoreError::Refused { detail }),
                Err(Fault::Store(error)) => return Err(error),
            }
        };
        self.may_create.set(false);
        if let Some(open) = self.connection.borrow().as_ref() {
            // Somebody else opened it meanwhile; a second connection that nobody listens to would block a deletion.
            database.close();
            return Ok(open.database.clone());
        }
        let _watched = self.watch(&database)?;
        self.connection.replace(Some(Connection { database: database.clone(), _watched }));
        Ok(database)
    }

    /// Lets go of the connection when the browser closes it, and when somebody wants to delete or upgrade the database:
    /// holding on would only block them. Listens until the returned end is dropped.
    fn watch(&self, database: &Database) -> Result<oneshot::Sender<()>, StoreError> {
        let mut changes = database.version_changes().map_err(fault)?;
        let (watched, mut ended) = oneshot::channel();
        let (connection, on_lost) = (self.connection.clone(), self.on_lost.clone());
        spawn_local(async move {
            let lost = poll_fn(|cx| match Pin::new(&mut ended).poll(cx) {
                // We let go of it ourselves: by now another connection may be open.
                Poll::Ready(_) => Poll::Ready(false),
                Poll::Pending => changes.poll_recv(cx).map(|_| true),
            });
            if lost.await
                && let Some(connection) = connection.take()
            {
                connection.database.close();
                on_lost();
            }
        });
        Ok(watched)
    }
}

async fn open(name: &str, stores: &'static [&'static str], may_create: bool) -> Result<Database, Fault> {
    let vanished = Rc::new(Cell::new(false));
    let request = Database::open(name).with_version(VERSION).with_on_upgrade_needed({
        let vanished = vanished.clone();
        move |event, database| {
            for store in stores {
                let made = database.create_object_store(*store).build()?;
                if event.old_version() == 0.0 && !may_create {
                    vanished.set(true);
                    // An aborted upgrade leaves no database behind, and the request fails. The crate aborts only by an
                    // exception, which would end up with the worker's error handler.
                    return Ok(made.transaction().as_sys().abort()?);
                }
            }
            Ok(())
        }
    });
    let opened = match request.build() {
        Ok(request) => request.await,
        Err(error) => Err(error),
    };
    let thrown: JsValue = match opened {
        Ok(database) => return Ok(database),
        Err(_) if vanished.get() => return Err(StoreError::Gone.into()),
        Err(OpenDbError::Base(Error::DomException(thrown))) => thrown.into(),
        // Among them `VersionZero`, the crate's name for whatever `open` throws.
        Err(error) => return Err(StoreError::Refused { detail: error.to_string() }.into()),
    };
    match name_of(&thrown).as_str() {
        "VersionError" => Err(StoreError::Newer { found: stored_version(name).await, known: VERSION }.into()),
        "QuotaExceededError" => Err(StoreError::Quota.into()),
        "AbortError" => Err(Fault::Lost(js::describe(&thrown))),
        _ => Err(StoreError::Refused { detail: js::describe(&thrown) }.into()),
    }
}

/// Deletes a database for good; one that is not there is no error. Whoever has it open lets go of it.
pub(super) async fn delete(name: &str) -> Result<(), StoreError> {
    let refused = |error: OpenDbError| StoreError::Refused { detail: error.to_string() };
    Database::delete_by_name(name).map_err(refused)?.await.map_err(|e| fault(e).into())
}

/// Version of the database as it lies there; 0 when even that cannot be read.
async fn stored_version(name: &str) -> u32 {
    let Ok(request) = Database::open(name).build() else { return 0 };
    let Ok(database) = request.await else { return 0 };
    let version = database.version();
    database.close();
    version as u32
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    Read,
    /// `strict`: complete means on the disk, not merely handed to the system.
    Write {
        strict: bool,
    },
}

/// A running transaction. Dropping it without [`Tx::complete`] takes its writes back. While it runs, await nothing
/// but its own requests: it would end.
pub(super) struct Tx<'a>(Transaction<'a>);

impl<'a> Tx<'a> {
    fn start(database: &'a Database, stores: &[&str], access: Access) -> Result<Self, Fault> {
        let (mode, durability) = match access {
            Access::Read => (TransactionMode::Readonly, TransactionDurability::Default),
            Access::Write { strict: true } => (TransactionMode::Readwrite, TransactionDurability::Strict),
            Access::Write { strict: false } => (TransactionMode::Readwrite, TransactionDurability::Relaxed),
        };
        let options = TransactionOptions::new().with_durability(durability);
        let tx = database.transaction(stores).with_mode(mode).with_options(options).build().map_err(fault)?;
        // The crate's listener may be called once, but every failing request calls it; what counts is the abort.
        tx.as_sys().set_onerror(None);
        Ok(Self(tx))
    }

    fn store(&self, name: &str) -> Result<ObjectStore<'_>, Fault> {
        self.0.object_store(name).map_err(fault)
    }

    /// Asks for one record, `None` if there is none. Ask for all that is needed, then wait: the browser works ahead.
    pub fn get<V>(
        &self,
        store: &str,
        key: &str,
    ) -> Result<impl Future<Output = Result<Option<V>, Fault>> + use<V>, Fault>
    where
        V: TryFromJs,
    {
        let asked = self.store(store)?.get::<V, &str, _>(key).build().map_err(fault)?;
        Ok(async move { asked.await.map_err(fault) })
    }

    /// Asks for the records whose keys are `within`, in their order, at most `limit`.
    pub async fn get_range<V>(&self, store: &str, within: RangeInclusive<f64>, limit: u32) -> Result<Vec<V>, Fault>
    where
        V: TryFromJs,
    {
        let store = self.store(store)?;
        let asked = store.get_all::<V>().with_query::<f64, _>(within).with_limit(limit).build().map_err(fault)?;
        asked.await.map_err(fault)?.collect::<Result<_, _>>().map_err(fault)
    }

    /// All keys of a store.
    pub async fn keys(&self, store: &str) -> Result<Vec<String>, Fault> {
        let asked = self.store(store)?.get_all_keys::<String>().build().map_err(fault)?;
        asked.await.map_err(fault)?.collect::<Result<_, _>>().map_err(fault)
    }

    /// Asks whether there is a record of this key.
    pub fn has(&self, store: &str, key: &str) -> Result<impl Future<Output = Result<bool, Fault>> + use<>, Fault> {
        let asked = self.store(store)?.get_key::<&str, _>(key).with_key_type::<String>().build().map_err(fault)?;
        Ok(async move { Ok(asked.await.map_err(fault)?.is_some()) })
    }

    /// Writes bytes. A failure shows in [`Tx::complete`].
    pub fn put_bytes(&self, store: &str, key: impl TryToJs, bytes: &[u8]) -> Result<(), Fault> {
        self.put(store, key, Uint8ArraySlice::new(bytes))
    }

    /// Writes a value. A failure shows in [`Tx::complete`].
    pub fn put(&self, store: &str, key: impl TryToJs, value: impl TryToJs) -> Result<(), Fault> {
        self.store(store)?.put(value).with_key(key).without_key_type().build().map(drop).map_err(fault)
    }

    /// Deletes one record.
    pub fn delete(&self, store: &str, key: &str) -> Result<(), Fault> {
        self.store(store)?.delete::<&str, _>(key).build().map(drop).map_err(fault)
    }

    /// Resolves when the transaction is complete: everything written is there, or, on a fault, nothing of it.
    pub async fn complete(self) -> Result<(), Fault> {
        // The crate tells that a transaction was aborted, not why; the transaction itself knows.
        let raw: IdbTransaction = self.0.as_sys().clone().into();
        let outcome = self.0.commit().await;
        outcome.map_err(|error| raw.error().map_or_else(|| fault(error), |why| fault_of(&why)))
    }
}
