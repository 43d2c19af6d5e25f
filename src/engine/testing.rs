//! A store in memory for tests, with faults, and just enough of an executor to run and interleave books.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use super::api::{Command, StoreError};
use super::dataset::Dataset;
use super::store::{Head, Manifest, Rewrite, Store, WriteError};
use crate::domain::{Action, Change, ChangeSet, CustomerProfile, DeviceId, Id, Kind, Origin, Seq, Stamp, Value};

/// A book with these fields, all written by one hand in one commit.
pub fn data_of(fields: impl IntoIterator<Item = (Kind, Id, &'static str, Value)>) -> Dataset {
    let change = |(kind, id, field, value): (Kind, Id, &str, Value)| Change {
        kind,
        id,
        field: field.into(),
        value,
        was: Value::Null,
    };
    let stamp = Stamp { time: 1 << 20, device: DeviceId(2) };
    let origin = Origin::Hand { what: Action::Add(Kind::Customer) };
    let changes = fields.into_iter().map(change).collect();
    let mut data = Dataset::new();
    data.apply(&ChangeSet { stamp, origin, changes, blocks: Vec::new() }, 1, &[]).unwrap();
    data
}

/// Saves a customer as a form does: what differs from `seen`, or all of it.
pub fn saved(id: Option<Id>, seen: Option<&CustomerProfile>, profile: &CustomerProfile) -> Command {
    let fields = |p: &CustomerProfile| {
        let texts = [
            ("name", &p.name),
            ("key", &p.key),
            ("phone", &p.phone),
            ("email", &p.email),
            ("company", &p.company),
            ("country", &p.country),
            ("city", &p.city),
            ("address", &p.address),
            ("birthday", &p.birthday),
            ("note", &p.note),
            ("owner", &p.owner),
        ];
        let texts = texts.map(|(name, text)| (name.to_owned(), Value::from(text.as_str())));
        let tags = if p.tags.is_empty() { Value::Null } else { Value::Json(p.tags.clone().into()) };
        texts.into_iter().chain([("tags".to_owned(), tags)]).collect::<Vec<_>>()
    };
    let shown = seen.map(fields).unwrap_or_default();
    let typed = fields(profile).into_iter().filter(|field| !shown.contains(field));
    // Of a new record, what is empty is not sent.
    let fields = typed.filter(|(_, value)| id.is_some() || *value != Value::Null).collect();
    Command::SaveRecord { kind: Kind::Customer, id, fields, products: Vec::new() }
}

/// What happens to one operation of the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It fails and nothing is written.
    Before,
    /// It is written, and fails all the same.
    After,
    Quota,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Disk {
    pub head: Option<String>,
    pub manifest: Option<String>,
    pub journal: Vec<Vec<u8>>,
    pub blocks: BTreeMap<String, Vec<u8>>,
    pub values: BTreeMap<String, String>,
}

/// Clones share one disk, as tabs do.
#[derive(Clone, Default)]
pub struct MemoryStore {
    pub disk: Rc<RefCell<Disk>>,
    /// The fault and how many operations to let pass before it. Every operation after it fails too: the tab has died.
    pub fault: Rc<Cell<Option<(u32, Fault)>>>,
    /// Whether operations give way to others before they act.
    pub yields: bool,
}

pub fn died() -> StoreError {
    StoreError::Other { detail: "injected".into() }
}

impl MemoryStore {
    /// A tab of its own on the same disk, without its faults.
    pub fn other_tab(&self) -> Self {
        Self { disk: Rc::clone(&self.disk), fault: Rc::default(), yields: self.yields }
    }

    async fn operate<T>(&self, act: impl FnOnce(&mut Disk) -> Result<T, WriteError>) -> Result<T, WriteError> {
        if self.yields {
            GiveWay(false).await;
        }
        match self.fault.get() {
            Some((0, Fault::Before)) => Err(died().into()),
            Some((0, Fault::Quota)) => {
                // The disk stays full for this once.
                self.fault.set(None);
                Err(StoreError::Quota.into())
            }
            Some((0, Fault::After)) => {
                self.fault.set(Some((0, Fault::Before)));
                act(&mut self.disk.borrow_mut())?;
                Err(died().into())
            }
            Some((n, fault)) => {
                self.fault.set(Some((n - 1, fault)));
                act(&mut self.disk.borrow_mut())
            }
            None => act(&mut self.disk.borrow_mut()),
        }
    }

    async fn plain<T>(&self, act: impl FnOnce(&mut Disk) -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.operate(|disk| act(disk).map_err(WriteError::Store)).await.map_err(|e| match e {
            WriteError::Store(error) => error,
            WriteError::Stale => StoreError::Other { detail: "stale".into() },
        })
    }
}

fn head_of(disk: &Disk) -> Result<Option<Head>, StoreError> {
    disk.head.as_deref().map(Head::from_json).transpose()
}

fn manifest_of(disk: &Disk) -> Result<Option<Manifest>, StoreError> {
    disk.manifest.as_deref().map(Manifest::from_json).transpose()
}

impl Store for MemoryStore {
    async fn open(&self) -> Result<(Option<Head>, Option<Manifest>), StoreError> {
        self.plain(|disk| Ok((head_of(disk)?, manifest_of(disk)?))).await
    }

    async fn entries(&self, from: Seq, to: Seq) -> Result<Vec<Vec<u8>>, StoreError> {
        let count = (to + 1).saturating_sub(from) as usize;
        self.plain(|disk| Ok(disk.journal.iter().skip(from as usize - 1).take(count).cloned().collect())).await
    }

    async fn block(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.plain(|disk| Ok(disk.blocks.get(name).cloned())).await
    }

    async fn block_names(&self) -> Result<Vec<String>, StoreError> {
        self.plain(|disk| Ok(disk.blocks.keys().cloned().collect())).await
    }

    async fn put_block(&self, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
        self.plain(|disk| {
            disk.blocks.insert(name.to_owned(), bytes.to_vec());
            Ok(())
        })
        .await
    }

    async fn delete_blocks(&self, names: &[String]) -> Result<(), StoreError> {
        self.plain(|disk| {
            disk.blocks.retain(|name, _| !names.contains(name));
            Ok(())
        })
        .await
    }

    async fn sweep_blocks(&self, names: &[String], seq: Seq, version: u64) -> Result<(), WriteError> {
        self.operate(|disk| {
            let at = (head_of(disk)?.map_or(0, |h| h.seq), manifest_of(disk)?.map_or(0, |m| m.version));
            if at != (seq, version) {
                return Err(WriteError::Stale);
            }
            disk.blocks.retain(|name, _| !names.contains(name));
            Ok(())
        })
        .await
    }

    async fn append(&self, entry: &[u8], head: &Head, blocks: &[String]) -> Result<(), WriteError> {
        self.operate(|disk| {
            let at = head_of(disk)?.map_or(0, |h| h.seq);
            if at + 1 != head.seq || !blocks.iter().all(|name| disk.blocks.contains_key(name)) {
                return Err(WriteError::Stale);
            }
            disk.journal.push(entry.to_vec());
            disk.head = Some(head.to_json()?);
            Ok(())
        })
        .await
    }

    async fn publish(&self, manifest: &Manifest) -> Result<(), WriteError> {
        self.operate(|disk| {
            let at = manifest_of(disk)?.map_or(0, |m| m.version);
            if at + 1 != manifest.version || !manifest.blocks().all(|name| disk.blocks.contains_key(name)) {
                return Err(WriteError::Stale);
            }
            disk.manifest = Some(manifest.to_json()?);
            Ok(())
        })
        .await
    }

    async fn rewrite(&self, rewrite: &Rewrite) -> Result<(), WriteError> {
        self.operate(|disk| {
            let at = (head_of(disk)?.map_or(0, |h| h.seq), manifest_of(disk)?.map_or(0, |m| m.version) + 1);
            let there = rewrite.manifest.blocks().all(|name| disk.blocks.contains_key(name));
            if at != (rewrite.after, rewrite.manifest.version) || !there {
                return Err(WriteError::Stale);
            }
            for (seq, bytes) in &rewrite.entries {
                let at = *seq as usize - 1;
                if at < disk.journal.len() {
                    disk.journal[at] = bytes.clone();
                } else {
                    disk.journal.push(bytes.clone());
                }
            }
            disk.head = Some(rewrite.head.to_json()?);
            disk.manifest = Some(rewrite.manifest.to_json()?);
            disk.blocks.retain(|name, _| !rewrite.drop.contains(name));
            Ok(())
        })
        .await
    }

    async fn device_value(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.plain(|disk| Ok(disk.values.get(key).cloned())).await
    }

    async fn put_device_value(&self, key: &str, value: &str) -> Result<(), StoreError> {
        self.plain(|disk| {
            disk.values.insert(key.to_owned(), value.to_owned());
            Ok(())
        })
        .await
    }
}

struct GiveWay(bool);

impl Future for GiveWay {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if self.0 {
            return Poll::Ready(());
        }
        self.0 = true;
        Poll::Pending
    }
}

/// Runs a future that never waits for anything but a turn.
pub fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut future = std::pin::pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
    }
}

/// Polls two futures in the order of `turns` (then by turns) until both are done.
pub fn interleave<A, B>(
    first: impl Future<Output = A>,
    second: impl Future<Output = B>,
    turns: impl IntoIterator<Item = bool>,
) -> (A, B) {
    let (mut first, mut second) = (std::pin::pin!(first), std::pin::pin!(second));
    let (mut a, mut b) = (None, None);
    let mut context = Context::from_waker(Waker::noop());
    let mut turns = turns.into_iter().chain([true, false].into_iter().cycle());
    loop {
        let turn = turns.next() == Some(true);
        if (turn || b.is_some()) && a.is_none() {
            if let Poll::Ready(value) = first.as_mut().poll(&mut context) {
                a = Some(value);
            }
        } else if b.is_none()
            && let Poll::Ready(value) = second.as_mut().poll(&mut context)
        {
            b = Some(value);
        }
        if a.is_some() && b.is_some() {
            break;
        }
    }
    match (a, b) {
        (Some(a), Some(b)) => (a, b),
        _ => unreachable!("the loop ends when both are done"),
    }
}
