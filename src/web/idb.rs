//! A thin layer over IndexedDB: one database, transactions with bytes by key, and faults told apart.
//!
//! Our own rather than a wrapper crate, because we must hear `close` and `versionchange` (the database deleted
//! underneath), choose the durability, and tell a full disk from a refused database from a newer one.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures_channel::oneshot;
use gloo::timers::future::TimeoutFuture;
use js_sys::{Array, Function, Object, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Event, IdbDatabase, IdbFactory, IdbKeyRange, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction,
    IdbVersionChangeEvent,
};

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
fn fault(thrown: &JsValue) -> Fault {
    let name = name_of(thrown);
    let detail = js::describe(thrown);
    match name.as_str() {
        "QuotaExceededError" => Fault::Store(StoreError::Quota),
        "SecurityError" => Fault::Store(StoreError::Refused { detail }),
        "NotFoundError" => Fault::Store(StoreError::Corrupt { what: "stores".into() }),
        // Closing, closed, or (Safari, after a while in the background) “connection to the server lost”.
        "InvalidStateError" | "AbortError" | "UnknownError" => Fault::Lost(detail),
        _ => Fault::Store(StoreError::Other { detail }),
    }
}

/// A database that is opened again by itself when the browser drops the connection.
pub(super) struct Db {
    name: String,
    stores: &'static [&'static str],
    connection: Rc<RefCell<Option<IdbDatabase>>>,
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
    pub async fn begin(&self, access: Access) -> Result<Tx, StoreError> {
        let connection = self.connect().await?;
        match Tx::start(&connection, self.stores, access) {
            Err(Fault::Lost(_)) => {
                self.forget();
                Ok(Tx::start(&self.connect().await?, self.stores, access)?)
            }
            other => Ok(other?),
        }
    }

    /// Lets go of a connection that failed; the next transaction opens another.
    pub fn forget(&self) {
        if let Some(connection) = self.connection.take() {
            connection.close();
        }
    }

    async fn connect(&self) -> Result<IdbDatabase, StoreError> {
        if let Some(open) = self.connection.borrow().clone() {
            return Ok(open);
        }
        let factory = factory()?;
        let mut tries = 0;
        let database = loop {
            tries += 1;
            match open(&factory, &self.name, self.stores, self.may_create.get()).await {
                Ok(database) => break database,
                // While the browser clears its storage it turns everybody away; afterwards it knows what is there.
                Err(Fault::Lost(_)) if tries < OPEN_TRIES => TimeoutFuture::new(OPEN_WAIT_MS).await,
                Err(Fault::Lost(detail)) => return Err(StoreError::Refused { detail }),
                Err(Fault::Store(error)) => return Err(error),
            }
        };
        self.may_create.set(false);
        self.watch(&database);
        self.connection.replace(Some(database.clone()));
        Ok(database)
    }

    /// Lets go of the connection when the browser closes it, and when somebody wants to delete or upgrade the database:
    /// holding on would only block them.
    fn watch(&self, database: &IdbDatabase) {
        let (connection, on_lost, of) = (self.connection.clone(), self.on_lost.clone(), database.clone());
        let lost = Closure::<dyn FnMut(Event)>::new(move |_: Event| {
            of.close();
            // Only if it is still ours: by now another connection may be open.
            if connection.borrow().as_ref() == Some(&of) {
                connection.replace(None);
                on_lost();
            }
        });
        let function: Function = lost.into_js_value().unchecked_into();
        database.set_onclose(Some(&function));
        database.set_onversionchange(Some(&function));
    }
}

fn factory() -> Result<IdbFactory, StoreError> {
    let refused = |detail: String| StoreError::Refused { detail };
    let found = Reflect::get(&js_sys::global(), &"indexedDB".into()).map_err(|e| refused(js::describe(&e)))?;
    found.dyn_into().map_err(|_| refused("no indexedDB".into()))
}

async fn open(
    factory: &IdbFactory,
    name: &str,
    stores: &'static [&'static str],
    may_create: bool,
) -> Result<IdbDatabase, Fault> {
    let refused = |e: &JsValue| Fault::Store(StoreError::Refused { detail: js::describe(e) });
    let request = factory.open_with_u32(name, VERSION).map_err(|e| refused(&e))?;
    let vanished = Rc::new(Cell::new(false));
    let upgrade = {
        let (request, vanished) = (request.clone(), vanished.clone());
        Closure::<dyn FnMut(IdbVersionChangeEvent)>::new(move |event: IdbVersionChangeEvent| {
            let made = if event.old_version() == 0.0 && !may_create {
                vanished.set(true);
                Err(JsValue::NULL)
            } else {
                make_stores(&request, stores)
            };
            if let (Err(_), Some(tx)) = (made, request.transaction()) {
                // An aborted upgrade leaves no database behind, and the request fails.
                drop(tx.abort());
            }
        })
    };
    request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    match Answered::to(&request).raw().await {
        Ok(database) => Ok(database.unchecked_into()),
        Err(_) if vanished.get() => Err(StoreError::Gone.into()),
        Err(thrown) => match name_of(&thrown).as_str() {
            "VersionError" => {
                Err(StoreError::Newer { found: stored_version(factory, name).await, known: VERSION }.into())
            }
            "QuotaExceededError" => Err(StoreError::Quota.into()),
            "AbortError" => Err(Fault::Lost(js::describe(&thrown))),
            _ => Err(refused(&thrown)),
        },
    }
}

fn make_stores(request: &IdbOpenDbRequest, stores: &[&str]) -> Result<(), JsValue> {
    let database: IdbDatabase = request.result()?.unchecked_into();
    for store in stores {
        database.create_object_store(store)?;
    }
    Ok(())
}

/// Version of the database as it lies there; 0 when even that cannot be read.
async fn stored_version(factory: &IdbFactory, name: &str) -> u32 {
    let Ok(request) = factory.open(name) else { return 0 };
    let Ok(found) = Answered::to(&request).raw().await else { return 0 };
    let database: IdbDatabase = found.unchecked_into();
    let version = database.version();
    database.close();
    version as u32
}

fn name_of(thrown: &JsValue) -> String {
    Reflect::get(thrown, &"name".into()).ok().and_then(|n| n.as_string()).unwrap_or_default()
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
pub(super) struct Tx {
    raw: IdbTransaction,
    done: Option<oneshot::Receiver<Result<(), Fault>>>,
    finished: bool,
    _hold: [Closure<dyn FnMut(Event)>; 2],
}

impl Tx {
    fn start(database: &IdbDatabase, stores: &[&str], access: Access) -> Result<Self, Fault> {
        let names: Array = stores.iter().map(|name| JsValue::from_str(name)).collect();
        let (mode, durability) = match access {
            Access::Read => ("readonly", "default"),
            Access::Write { strict: true } => ("readwrite", "strict"),
            Access::Write { strict: false } => ("readwrite", "relaxed"),
        };
        let options = Object::new();
        Reflect::set(&options, &"durability".into(), &durability.into()).map_err(|e| fault(&e))?;
        let raw: IdbTransaction = js::method(database, "transaction")
            .and_then(|begin| begin.call3(database, &names, &mode.into(), &options))
            .map_err(|e| fault(&e))?
            .unchecked_into();

        let (sender, done) = oneshot::channel();
        let sender = Rc::new(Cell::new(Some(sender)));
        let tell = move |sender: &Cell<Option<oneshot::Sender<_>>>, outcome| {
            if let Some(sender) = sender.take() {
                // Nobody waits for a transaction that was dropped.
                drop(sender.send(outcome));
            }
        };
        let complete = Closure::<dyn FnMut(Event)>::new({
            let sender = sender.clone();
            move |_: Event| tell(&sender, Ok(()))
        });
        let abort = Closure::<dyn FnMut(Event)>::new({
            let raw = raw.clone();
            move |_: Event| {
                let why = raw.error().map_or_else(|| Fault::Lost("aborted".into()), |e| fault(&e));
                tell(&sender, Err(why));
            }
        });
        raw.set_oncomplete(Some(complete.as_ref().unchecked_ref()));
        raw.set_onabort(Some(abort.as_ref().unchecked_ref()));
        Ok(Self { raw, done: Some(done), finished: false, _hold: [complete, abort] })
    }

    fn store(&self, name: &str) -> Result<IdbObjectStore, Fault> {
        self.raw.object_store(name).map_err(|e| fault(&e))
    }

    /// Asks for one record. Ask for all that is needed, then wait: the browser works ahead.
    pub fn get(&self, store: &str, key: &JsValue) -> Result<Answered, Fault> {
        Ok(Answered::to(&self.store(store)?.get(key).map_err(|e| fault(&e))?))
    }

    /// Asks for the records with keys from `from` to `to`, both included, in their order, at most `limit`.
    pub fn get_range(&self, store: &str, from: &JsValue, to: &JsValue, limit: u32) -> Result<Answered, Fault> {
        let range = IdbKeyRange::bound(from, to).map_err(|e| fault(&e))?;
        let request = self.store(store)?.get_all_with_key_and_limit(&range, limit).map_err(|e| fault(&e))?;
        Ok(Answered::to(&request))
    }

    /// Asks for all keys of a store.
    pub fn keys(&self, store: &str) -> Result<Answered, Fault> {
        Ok(Answered::to(&self.store(store)?.get_all_keys().map_err(|e| fault(&e))?))
    }

    /// Asks for a key; undefined if there is no such record.
    pub fn has(&self, store: &str, key: &JsValue) -> Result<Answered, Fault> {
        Ok(Answered::to(&self.store(store)?.get_key(key).map_err(|e| fault(&e))?))
    }

    /// Writes bytes. A failure shows in [`Tx::complete`].
    pub fn put_bytes(&self, store: &str, key: &JsValue, bytes: &[u8]) -> Result<(), Fault> {
        self.put(store, key, &Uint8Array::from(bytes))
    }

    /// Writes a value. A failure shows in [`Tx::complete`].
    pub fn put(&self, store: &str, key: &JsValue, value: &JsValue) -> Result<(), Fault> {
        self.store(store)?.put_with_key(value, key).map(drop).map_err(|e| fault(&e))
    }

    /// Deletes one record.
    pub fn delete(&self, store: &str, key: &JsValue) -> Result<(), Fault> {
        self.store(store)?.delete(key).map(drop).map_err(|e| fault(&e))
    }

    /// Resolves when the transaction is complete: everything written is there, or, on a fault, nothing of it.
    pub async fn complete(mut self) -> Result<(), Fault> {
        self.finished = true;
        let done = self.done.take();
        // Without this the browser first waits whether more requests come.
        js::method(&self.raw, "commit").and_then(|commit| commit.call0(&self.raw)).map_err(|e| fault(&e))?;
        match done {
            Some(done) => done.await.unwrap_or_else(|_| Err(Fault::Lost("transaction dropped".into()))),
            None => Ok(()),
        }
    }
}

impl Drop for Tx {
    fn drop(&mut self) {
        self.raw.set_oncomplete(None);
        self.raw.set_onabort(None);
        if !self.finished {
            // Fails only if it has ended by itself.
            drop(self.raw.abort());
        }
    }
}

/// The outcome of a request. Listens from the start, so that several can be on their way.
pub(super) struct Answered {
    outcome: oneshot::Receiver<Result<JsValue, JsValue>>,
    request: IdbRequest,
    _hold: [Closure<dyn FnMut(Event)>; 2],
}

impl Answered {
    fn to(request: &IdbRequest) -> Self {
        let (sender, outcome) = oneshot::channel();
        let sender = Rc::new(Cell::new(Some(sender)));
        let listen = |good: bool| {
            let (sender, request) = (sender.clone(), request.clone());
            Closure::<dyn FnMut(Event)>::new(move |event: Event| {
                let value = if good {
                    request.result()
                } else {
                    // Whoever waits decides; by itself the event would go on to the worker's error handler.
                    event.prevent_default();
                    Err(request.error().ok().flatten().map_or(JsValue::NULL, Into::into))
                };
                if let Some(sender) = sender.take() {
                    drop(sender.send(value));
                }
            })
        };
        let hold = [listen(true), listen(false)];
        request.set_onsuccess(Some(hold[0].as_ref().unchecked_ref()));
        request.set_onerror(Some(hold[1].as_ref().unchecked_ref()));
        Self { outcome, request: request.clone(), _hold: hold }
    }

    async fn raw(mut self) -> Result<JsValue, JsValue> {
        (&mut self.outcome).await.unwrap_or(Err(JsValue::NULL))
    }

    /// What the request found.
    pub async fn value(self) -> Result<JsValue, Fault> {
        self.raw().await.map_err(|e| fault(&e))
    }

    /// The bytes of one record; `None` if there is none.
    pub async fn bytes(self) -> Result<Option<Vec<u8>>, Fault> {
        Ok(self.value().await?.dyn_into::<Uint8Array>().ok().map(|bytes| bytes.to_vec()))
    }
}

impl Drop for Answered {
    fn drop(&mut self) {
        self.request.set_onsuccess(None);
        self.request.set_onerror(None);
    }
}
