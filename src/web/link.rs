//! One worker and the requests that wait for it.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use futures_channel::oneshot::{self, Receiver, Sender};
use js_sys::{Array, JsString};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, ErrorEvent, MessageEvent, Url, Worker, WorkerOptions, WorkerType};

use super::client::WorkerUrls;
use super::js;
use super::wire::{Numbered, Reply, Request, Said};

type Waiting = Rc<RefCell<BTreeMap<u32, Sender<(Reply, Array)>>>>;

/// A running worker. Dropping it ends the worker, and whoever waits for a reply learns that none comes.
pub(super) struct Link {
    worker: Worker,
    next: Cell<u32>,
    waiting: Waiting,
    /// Messages for a worker that is not up yet: before its program runs nobody would hear them.
    early: Rc<RefCell<Option<Vec<Array>>>>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(ErrorEvent)>,
}

impl Link {
    /// Starts a worker by `start`, its first message; `hear` gets what it says (replies go to whoever waits) and, once, an error when it is lost.
    pub fn open(
        urls: &WorkerUrls,
        start: Request,
        hear: impl Fn(Result<Said, String>) + 'static,
    ) -> Result<Self, String> {
        let worker = spawn(urls).map_err(|e| js::describe(&e))?;
        let waiting = Waiting::default();
        let start = Numbered { number: 0, body: start };
        let early = Rc::new(RefCell::new(Some(vec![js::pack(&start, &[])?])));
        let hear = Rc::new(hear);

        let on_message = Closure::<dyn FnMut(MessageEvent)>::new({
            let (worker, waiting, early, hear) = (worker.clone(), waiting.clone(), early.clone(), hear.clone());
            move |event: MessageEvent| match js::unpack::<Said>(&event.data()) {
                Ok((Said::Up, _)) => {
                    let messages = early.borrow_mut().take().unwrap_or_default();
                    for message in messages {
                        if let Err(e) = post(&worker, &message) {
                            hear(Err(e));
                        }
                    }
                }
                Ok((Said::Reply(reply), raw)) => {
                    if let Some(waiter) = waiting.borrow_mut().remove(&reply.number) {
                        // Nobody waits any more when the page dropped the question.
                        drop(waiter.send((reply.body, raw)));
                    }
                }
                Ok((said, _)) => hear(Ok(said)),
                Err(e) => hear(Err(e)),
            }
        });
        let on_error = Closure::<dyn FnMut(ErrorEvent)>::new(move |event: ErrorEvent| {
            event.prevent_default();
            hear(Err(js::describe(&event)));
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onmessageerror(Some(on_error.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Ok(Self { worker, next: Cell::new(1), waiting, early, _on_message: on_message, _on_error: on_error })
    }

    /// Sends a request; `raw` travels beside it, and buffers among it are moved, not copied.
    pub fn send(&self, body: Request, raw: &[JsValue]) -> Result<Receiver<(Reply, Array)>, String> {
        let number = self.next.get();
        self.next.set(number.wrapping_add(1).max(1));
        let message = js::pack(&Numbered { number, body }, raw)?;
        let (sender, receiver) = oneshot::channel();
        self.waiting.borrow_mut().insert(number, sender);
        if let Some(early) = self.early.borrow_mut().as_mut() {
            early.push(message);
            return Ok(receiver);
        }
        post(&self.worker, &message).map(|()| receiver)
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onmessageerror(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
        self.waiting.borrow_mut().clear();
    }
}

fn post(worker: &Worker, message: &Array) -> Result<(), String> {
    worker.post_message_with_transfer(message, &js::buffers(message)).map_err(|e| js::describe(&e))
}

/// Starts the worker from a blob, which inherits the page's content-security policy; a worker loaded by its address
/// would take its policy from that response instead.
fn spawn(urls: &WorkerUrls) -> Result<Worker, JsValue> {
    let quote = |text: &str| js_sys::JSON::stringify(&JsString::from(text)).map(String::from);
    // A program that cannot be loaded rejects a promise, which no `onerror` reports.
    let script = format!(
        "import({}).then(m=>m.default({{module_or_path:{}}})).catch(e=>self.postMessage([String(e)]));",
        quote(&urls.js)?,
        quote(&urls.wasm)?,
    );
    let kind = BlobPropertyBag::new();
    kind.set_type("text/javascript");
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&script.into()), &kind)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let worker = Worker::new_with_options(&url, &options);
    // Later: Safari fetches the blob after this task.
    gloo::timers::callback::Timeout::new(60_000, move || drop(Url::revoke_object_url(&url))).forget();
    worker
}
