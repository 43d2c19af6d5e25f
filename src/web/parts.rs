//! What the program that owns the book can do, in the parts that it comes in: what the first pages need is there from the
//! start, the rest is fetched when it is needed, and once nothing else is to do, so that soon nothing is missing.
//!
//! `bin/worker.rs` names the parts, because the cut goes through a program: a release build is cut (`KITH_SPLIT`, see
//! `build.rs` and `xtask/web/programs.mjs`), other builds hold everything.

use std::pin::Pin;

use wasm_bindgen::JsValue;

use super::aside::Held;
use super::data_worker::DataWorker;
use super::merge::Exported;
use super::merge_host::{peek, rescue};
use super::wire::Note;
use crate::engine::api::{
    Answer, Command, CommandError, Done, ExportScope, MergeError, MergePreview, Query, StagedImport,
};

type Future<T> = Pin<Box<dyn std::future::Future<Output = T>>>;
type File = Result<(Exported, JsValue), CommandError>;

/// A part could not be fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missing;

impl From<Missing> for CommandError {
    fn from(_: Missing) -> Self {
        Self::PartMissing
    }
}

impl From<Missing> for MergeError {
    fn from(_: Missing) -> Self {
        Self::Book(CommandError::PartMissing)
    }
}

#[cfg(kith_split)]
impl From<wasm_split_helpers::SplitLoaderError> for Missing {
    /// The browser's own words stand in its console.
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}

/// Answers to what [`answer_first`](crate::engine::query::answer_first) leaves.
#[derive(Clone, Copy)]
pub struct Answers {
    pub(super) ask: fn(DataWorker, Query) -> Future<Result<Answer, CommandError>>,
}

/// Whatever writes into the book.
#[derive(Clone, Copy)]
pub struct Writing {
    pub(super) run: fn(DataWorker, Command) -> Future<Result<Done, CommandError>>,
    pub(super) stage: fn(DataWorker, Note, JsValue) -> Future<Result<StagedImport, CommandError>>,
    pub(super) sweep: fn(DataWorker) -> Future<()>,
    pub(super) compact: fn(DataWorker) -> Future<()>,
}

/// Files that merge, and what is rescued from a book.
#[derive(Clone, Copy)]
pub struct Merging {
    pub(super) stage: fn(DataWorker, JsValue) -> Future<Result<MergePreview, MergeError>>,
    pub(super) export: fn(DataWorker, ExportScope) -> Future<File>,
    pub(super) rescue: fn(String) -> Future<File>,
    pub(super) peek: fn(String) -> Future<Result<Held, CommandError>>,
}

/// The ways to the parts.
#[derive(Clone, Copy)]
pub struct Parts {
    pub answers: fn() -> Future<Result<Answers, Missing>>,
    pub writing: fn() -> Future<Result<Writing, Missing>>,
    pub merging: fn() -> Future<Result<Merging, Missing>>,
}

impl Parts {
    /// Fetches all of them; one that does not come now is fetched when it is needed.
    pub(super) async fn fetch_all(self) {
        let _ = (self.writing)().await;
        let _ = (self.answers)().await;
        let _ = (self.merging)().await;
    }
}

#[must_use]
pub fn answers() -> Answers {
    Answers { ask: |worker, query| Box::pin(async move { worker.ask_further(&query).await }) }
}

#[must_use]
pub fn writing() -> Writing {
    Writing {
        run: |worker, command| Box::pin(async move { worker.run_here(command).await }),
        stage: |worker, note, raw| Box::pin(async move { worker.stage_here(note, &raw).await }),
        sweep: |worker| Box::pin(async move { worker.sweep().await }),
        compact: |worker| Box::pin(async move { worker.compact().await }),
    }
}

#[must_use]
pub fn merging() -> Merging {
    Merging {
        stage: |worker, raw| Box::pin(async move { worker.stage_merge(&raw).await }),
        export: |worker, scope| Box::pin(async move { worker.export(scope).await }),
        rescue: |path| Box::pin(async move { rescue(&path).await }),
        peek: |path| Box::pin(async move { peek(&path).await }),
    }
}
