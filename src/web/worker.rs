//! The worker's side: one program with two roles. It says it is up, hears its role, and serves it.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use super::client::Event;
use super::data_worker::DataWorker;
use super::import_worker::ImportWorker;
use super::merge_host::rescue;
use super::wire::{Numbered, Reply, Request, Role, Said};
use super::{js, merge_reader};
use crate::engine::api::CommandError;

/// Serves the page for as long as it lives.
pub fn run() {
    std::panic::set_hook(Box::new(|panic| died(&panic.to_string())));
    let host: Rc<RefCell<Option<Host>>> = Rc::default();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        match js::unpack::<Numbered<Request>>(&event.data()) {
            Ok((request, raw)) => hear(&host, request, &raw),
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

#[derive(Clone)]
enum Host {
    Data(DataWorker),
    Import(ImportWorker),
}

fn hear(host: &Rc<RefCell<Option<Host>>>, request: Numbered<Request>, raw: &Array) {
    let number = request.number;
    if let Request::Start { role, path, known, number, exactly } = request.body {
        let started = match role {
            Role::Data => Host::Data(DataWorker::start(path, known, number, exactly)),
            Role::Import => Host::Import(ImportWorker::default()),
        };
        host.replace(Some(started));
        return;
    }
    let raw = raw.get(0);
    let host = host.borrow().clone();
    wasm_bindgen_futures::spawn_local(async move {
        let (body, beside) = match (host, request.body) {
            (Some(Host::Data(worker)), Request::Ask(query)) => (Reply::Asked(worker.ask(&query).await), None),
            (Some(Host::Data(worker)), Request::Run(command)) => (Reply::Ran(worker.run(command).await), None),
            (Some(Host::Data(worker)), Request::Stage(note)) => (Reply::Staged(worker.stage(note, &raw).await), None),
            (Some(Host::Import(worker)), Request::Inspect { choice, currency }) => {
                (Reply::Inspected(worker.inspect(raw, choice, currency).await), None)
            }
            (Some(Host::Import(worker)), Request::Parse(mapping)) => (Reply::Parsed(worker.parse(mapping).await), None),
            (Some(Host::Data(worker)), Request::StageMerge) => {
                (Reply::MergeStaged(worker.stage_merge(&raw).await), None)
            }
            (Some(Host::Data(worker)), Request::Export(scope)) => split(worker.export(scope).await, Reply::Exported),
            (Some(Host::Import(_)), Request::Rescue { path }) => split(rescue(&path).await, Reply::Exported),
            (Some(Host::Data(worker)), Request::StopExport) => {
                worker.stop_export();
                (Reply::Exported(Err(CommandError::Cancelled)), None)
            }
            (Some(Host::Import(_)), Request::ReadMerge) => {
                split(merge_reader::read(raw).map(|parcel| ((), parcel)), Reply::MergeRead)
            }
            (Some(Host::Import(worker)), Request::HandOver) => match worker.hand_over() {
                Ok((note, parcel)) => (Reply::Parcel(Ok(note)), Some(parcel)),
                Err(e) => (Reply::Parcel(Err(e)), None),
            },
            _ => return died("a request that this worker does not serve"),
        };
        say(&Said::Reply(Numbered { number, body }), beside.as_slice());
    });
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
