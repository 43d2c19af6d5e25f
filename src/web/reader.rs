//! The page's side of the throwaway worker that reads one file, whose memory goes with it.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use js_sys::Array;
use wasm_bindgen::JsValue;

use super::build;
use super::client::{Event, Job, Progress};
use super::link::Link;
use super::wire::{Reply, Request, Said};

/// A worker for one file; clones share it. Dropping the last one ends the worker.
#[derive(Clone)]
pub(super) struct Reader(Rc<RefCell<State>>);

enum State {
    Running(Link),
    Ended(Ended),
}

/// Why no answer comes.
#[derive(Clone, Copy)]
pub(super) enum Ended {
    /// Its work is done, or the browser stopped it.
    Stopped,
    /// By the person.
    Cancelled,
}

impl Reader {
    /// Starts the worker; `on_progress` gets bytes read and bytes in all.
    pub fn open(on_progress: impl Fn(u64, u64) + 'static) -> Self {
        Self(Rc::new_cyclic(|this: &Weak<RefCell<State>>| {
            let this = this.clone();
            let hear = move |said: Result<Said, String>| match said {
                Ok(Said::Event(Event::Progress(Progress { job: Job::Parse, done, total }))) => on_progress(done, total),
                Ok(Said::Died { .. }) | Err(_) => {
                    if let Some(state) = this.upgrade() {
                        Self(state).end(Ended::Stopped);
                    }
                }
                Ok(_) => {}
            };
            let link = Link::open(&build::files_program(), Request::Start(None), hear);
            RefCell::new(link.map_or(State::Ended(Ended::Stopped), State::Running))
        }))
    }

    /// Ends the worker, unless it has ended already. Whoever waits for it hears why.
    pub fn end(&self, why: Ended) {
        if matches!(&*self.0.borrow(), State::Running(_)) {
            // Dropped only after the borrow: the end of a link wakes whoever waits.
            let link = self.0.replace(State::Ended(why));
            drop(link);
        }
    }

    pub async fn request(&self, body: Request, raw: &[JsValue]) -> Result<(Reply, Array), Ended> {
        let reply = match &*self.0.borrow() {
            State::Running(link) => link.send(body, raw).map_err(|_| Ended::Stopped)?,
            State::Ended(why) => return Err(*why),
        };
        reply.await.map_err(|_| match &*self.0.borrow() {
            State::Ended(why) => *why,
            State::Running(_) => Ended::Stopped,
        })
    }
}
