//! Taking turns within one worker: whoever asks first is served first.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use futures_channel::oneshot;

#[derive(Clone, Default)]
pub(super) struct Turns(Rc<Inner>);

#[derive(Default)]
struct Inner {
    taken: Cell<bool>,
    waiting: RefCell<VecDeque<oneshot::Sender<Turn>>>,
}

/// A turn, until dropped.
pub(super) struct Turn(Turns);

impl Turns {
    pub async fn take(&self) -> Turn {
        if !self.0.taken.replace(true) {
            return Turn(self.clone());
        }
        let (sender, receiver) = oneshot::channel();
        self.0.waiting.borrow_mut().push_back(sender);
        // The queue lives as long as `self`; a turn is sent before its sender goes.
        receiver.await.unwrap_or_else(|_| Turn(self.clone()))
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        // Whoever stopped waiting gives the turn back at once, which comes here again.
        let next = self.0.0.waiting.borrow_mut().pop_front();
        match next {
            Some(next) => drop(next.send(Turn(self.0.clone()))),
            None => self.0.0.taken.set(false),
        }
    }
}
