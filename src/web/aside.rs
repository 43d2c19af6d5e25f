//! The page's side of books kept aside: a book that could not be opened, or in whose place another one was begun, stays
//! in its database until the person deletes it.

use serde::{Deserialize, Serialize};

use super::client::Client;
use super::merge::beside;
use super::wire::{Reply, Request};
use super::{device, known};
use crate::engine::api::CommandError;

/// What still reads of a book.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    pub records: u64,
    pub customers: u64,
    pub orders: u64,
    /// When something was last written, milliseconds since 1970 UTC.
    pub last_ms: Option<u64>,
}

/// A book that is not the current one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside {
    pub number: u32,
    /// `None`: nothing of it reads.
    pub held: Option<Held>,
}

fn path(number: u32) -> String {
    known::path_of(&device::app_path(), number)
}

impl Client {
    /// The books kept aside, latest first, those in which nothing was ever written left out. Reads each of them, in a
    /// worker that ends with it.
    pub async fn aside(&self) -> Vec<Aside> {
        let Some(current) = self.number() else { return Vec::new() };
        let mut found = Vec::new();
        for number in known::numbers(&device::app_path()).await.into_iter().filter(|n| *n != current) {
            let held = match beside(Request::Peek { path: path(number) }).await {
                Ok((Reply::Peeked(held), _)) => held.ok(),
                _ => None,
            };
            // The backup that was to be opened in it was none.
            if held.as_ref().is_none_or(|held| held.last_ms.is_some()) {
                found.push(Aside { number, held });
            }
        }
        found
    }

    /// Deletes a book kept aside for good.
    ///
    /// # Errors
    /// It is the current one, or the browser refuses; then it is still there.
    pub async fn forget(&self, number: u32) -> Result<(), CommandError> {
        if self.number().is_none_or(|current| current == number) {
            return Err(CommandError::NotFound);
        }
        match beside(Request::Forget { path: path(number) }).await? {
            (Reply::Forgotten(done), _) => done,
            _ => Err(CommandError::WorkerLost),
        }
    }
}
