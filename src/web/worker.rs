//! The workers' side: two programs, one that owns the book and one that reads and writes files. Each says that it is up,
//! hears where, and serves.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use super::client::Event;
use super::data_worker::DataWorker;
use super::import_worker::ImportWorker;
use super::parts::Parts;
use super::store::IdbStore;
use super::wire::{Begin, Numbered, Reply, Request, Said};
use super::{js, merge_reader};
use crate::engine::api::CommandError;

/// A reply and what travels beside it; `None`: a request that this worker does not serve.
type Served = Option<(Reply, Option<JsValue>)>;

/// One of the two programs.
trait Host: Clone + 'static {
    /// What it takes to start besides.
    type With: Copy + 'static;

    fn start(begin: Option<Begin>, with: Self::With) -> Self;

    fn serve(self, body: Request, raw: JsValue) -> impl Future<Output = Served>;
}

/// The program that owns the book: serves the page for as long as it lives.
pub fn run_data(parts: Parts) {
    run::<DataHost>(parts);
}

/// The program that reads and writes files: it serves one file and ends.
pub fn run_files() {
    run::<ImportWorker>(());
}

fn run<H: Host>(with: H::With) {
    std::panic::set_hook(Box::new(|panic| died(&panic.to_string())));
    let host: Rc<RefCell<Option<H>>> = Rc::default();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        match js::unpack::<Numbered<Request>>(&event.data()) {
            Ok((request, raw)) => hear(&host, with, request, &raw),
            // Page and worker are of one build, so this is a defect; the page then starts anew.
            Err(e) => died(&e),
        }
    });
    if let Some(scope) = scope() {
        scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    }
    on_message.forget();
    say(&Said::Up, &[]);
}

fn hear<H: Host>(host: &Rc<RefCell<Option<H>>>, with: H::With, request: Numbered<Request>, raw: &Array) {
    let number = request.number;
    if let Request::Start(begin) = request.body {
        host.replace(Some(H::start(begin, with)));
        return;
    }
    let raw = raw.get(0);
    let host = host.borrow().clone();
    wasm_bindgen_futures::spawn_local(async move {
        let served = match host {
            Some(host) => host.serve(request.body, raw).await,
            None => None,
        };
        match served {
            Some((body, beside)) => say(&Said::Reply(Box::new(Numbered { number, body })), beside.as_slice()),
            None => died("a request that this worker does not serve"),
        }
    });
}

/// With a book, or without one to read another out of its store.
#[derive(Clone)]
struct DataHost {
    worker: Option<DataWorker>,
    parts: Parts,
}

impl Host for DataHost {
    type With = Parts;

    fn start(begin: Option<Begin>, parts: Parts) -> Self {
        Self { worker: begin.map(|b| DataWorker::start(parts, b.path, b.known, b.number, b.exactly)), parts }
    }

    async fn serve(self, body: Request, raw: JsValue) -> Served {
        let merging = self.parts.merging;
        Some(match (self.worker, body) {
            (Some(worker), Request::Ask(query)) => (Reply::Asked(worker.ask(&query).await), None),
            (Some(worker), Request::Run(command)) => (Reply::Ran(worker.run(command).await), None),
            (Some(worker), Request::Stage(note)) => (Reply::Staged(worker.stage(note, raw).await), None),
            (Some(worker), Request::StageMerge) => {
                let staged = async { (merging().await?.stage)(worker, raw).await };
                (Reply::MergeStaged(staged.await), None)
            }
            (Some(worker), Request::Export(scope)) => {
                // A wish to stop an earlier one says nothing about this one; one that comes from here on does.
                worker.take_export_stop();
                split(async { (merging().await?.export)(worker, scope).await }.await, Reply::Exported)
            }
            (Some(worker), Request::StopExport) => {
                worker.stop_export();
                (Reply::Exported(Err(CommandError::Cancelled)), None)
            }
            (Some(worker), Request::StopModels) => {
                worker.stop_models();
                (Reply::Noted, None)
            }
            (Some(worker), Request::Note(known)) => {
                worker.note(known).await;
                (Reply::Noted, None)
            }
            (None, Request::Rescue { path }) => {
                split(async { (merging().await?.rescue)(path).await }.await, Reply::Exported)
            }
            (None, Request::Peek { path }) => {
                (Reply::Peeked(async { (merging().await?.peek)(path).await }.await), None)
            }
            (None, Request::Forget { path }) => {
                (Reply::Forgotten(IdbStore::delete(&path).await.map_err(CommandError::Store)), None)
            }
            _ => return None,
        })
    }
}

impl Host for ImportWorker {
    type With = ();

    fn start(_begin: Option<Begin>, (): ()) -> Self {
        Self::default()
    }

    async fn serve(self, body: Request, raw: JsValue) -> Served {
        Some(match body {
            Request::Inspect { choice, currency } => {
                (Reply::Inspected(self.inspect(raw, choice, currency).await), None)
            }
            Request::Parse(mapping) => (Reply::Parsed(self.parse(mapping).await), None),
            Request::HandOver => split(self.hand_over(), Reply::Parcel),
            Request::BeginTable(_) | Request::Rows(_) | Request::Cards(_) | Request::Days(_) | Request::EndTable => {
                match self.writing().serve(body) {
                    Ok(file) => (Reply::Table(Ok(())), file),
                    Err(error) => (Reply::Table(Err(error)), None),
                }
            }
            Request::ReadMerge => split(merge_reader::read(raw).map(|parcel| ((), parcel)), Reply::MergeRead),
            _ => return None,
        })
    }
}

/// A result with something beside it as a reply with something beside it.
fn split<T, E>(result: Result<(T, JsValue), E>, reply: impl FnOnce(Result<T, E>) -> Reply) -> (Reply, Option<JsValue>) {
    match result {
        Ok((value, beside)) => (reply(Ok(value)), Some(beside)),
        Err(error) => (reply(Err(error)), None),
    }
}

/// Tells the page what it did not ask for.
pub(super) fn tell(event: Event) {
    say(&Said::Event(event), &[]);
}

fn died(detail: &str) {
    say(&Said::Died { detail: detail.to_owned() }, &[]);
}

/// Sends a message; `beside` are buffers, moved rather than copied, or blobs.
fn say(said: &Said, beside: &[JsValue]) {
    let Some(scope) = scope() else { return };
    let sent = js::pack(said, beside).and_then(|message| {
        scope.post_message_with_transfer(&message, &js::buffers(&message)).map_err(|e| js::describe(&e))
    });
    // A value that cannot be sent would leave the page waiting for ever.
    if let (Err(detail), false) = (sent, matches!(said, Said::Died { .. })) {
        died(&detail);
    }
}

fn scope() -> Option<DedicatedWorkerGlobalScope> {
    js_sys::global().dyn_into().ok()
}
