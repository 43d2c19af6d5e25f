//! What page and workers say to each other. Numbers pair a request with its reply. Files and bytes travel beside the
//! serde value (see `js::pack`).

use serde::{Deserialize, Serialize};

use super::aside::Held;
use super::client::Event;
use super::import::ReadChoice;
use super::known::KnownBook;
use super::merge::Exported;
use crate::domain::{Currency, CustomerProfile, Seq};
use crate::engine::api::{
    Answer, Command, CommandError, Done, ExportScope, MergeError, MergePreview, Query, StagedImport,
};
use crate::files::calendar::Event as CalendarEvent;
use crate::files::orders::{FileError, Inspection, Mapping, ParseReport};
use crate::files::table::{Cell, Format, TableError};
use crate::sync::file::SyncError;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum Request {
    /// First of all: which book to open, for the program that owns one. Without it no book is opened.
    Start(Option<Begin>),
    Ask(Query),
    Run(Command),
    /// Beside it: the parcel of an import worker.
    Stage(Note),
    /// Beside it: the file. `currency` is the book's own, for files that name none.
    Inspect {
        choice: ReadChoice,
        currency: Currency,
    },
    Parse(Mapping),
    /// Asks for the parcel with the parsed rows.
    HandOver,
    /// Beside it: a file that merges.
    ReadMerge,
    /// Beside it: the parcel of the worker that read a file that merges.
    StageMerge,
    Export(ExportScope),
    /// Begins a table with its header, an address book or a calendar.
    BeginTable(Outgoing),
    Rows(Vec<Vec<Cell>>),
    Cards(Vec<CustomerProfile>),
    Days(Vec<CalendarEvent>),
    /// Asks for the file.
    EndTable,
    /// For what still reads of the book at this path.
    Rescue {
        path: String,
    },
    /// For what still reads of the book at this path, counted.
    Peek {
        path: String,
    },
    /// Deletes the book at this path for good.
    Forget {
        path: String,
    },
    /// Ends the export under way.
    StopExport,
    /// Ends the fits of models under way.
    StopModels,
    /// What the page knows of the book, for the marker.
    Note(KnownBook),
}

/// A file on its way out.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum Outgoing {
    Table {
        format: Format,
        header: Vec<String>,
    },
    Cards,
    /// With its name; `made_ms`: now, UTC.
    Calendar {
        name: String,
        made_ms: u64,
    },
}

/// Which book to open.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Begin {
    /// Names the book.
    pub path: String,
    /// How many journal entries this browser knows the book to have, if it knows the book at all: then one that has vanished is
    /// not made anew.
    pub known: Option<Seq>,
    /// Number of the book at this path; `exactly`: not a later one, if the browser has one that the page does not know.
    pub number: u32,
    pub exactly: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Numbered<T> {
    pub number: u32,
    pub body: T,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum Reply {
    Asked(Result<Answer, CommandError>),
    Ran(Result<Done, CommandError>),
    Staged(Result<StagedImport, CommandError>),
    Inspected(Result<Inspection, FileError>),
    Parsed(Result<ParseReport, FileError>),
    /// Of the file, beside it: an `ArrayBuffer`.
    Table(Result<(), TableError>),
    /// Beside it: the parcel, an `ArrayBuffer`.
    Parcel(Result<Note, FileError>),
    /// Beside it: the parcel, an `ArrayBuffer`.
    MergeRead(Result<(), SyncError>),
    MergeStaged(Result<MergePreview, MergeError>),
    /// Beside it: the file, a `Blob`.
    Exported(Result<Exported, CommandError>),
    Noted,
    Peeked(Result<Held, CommandError>),
    Forgotten(Result<(), CommandError>),
}

/// What belongs to a parcel of parsed rows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Note {
    /// Name of the file.
    pub file: String,
    /// The system that it comes from.
    pub source: String,
    /// Without the errors by row, which the page already has.
    pub report: ParseReport,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum Said {
    /// The program runs and waits for [`Request::Start`].
    Up,
    Reply(Box<Numbered<Reply>>),
    Event(Event),
    /// Last words of a program that cannot go on.
    Died {
        detail: String,
    },
}
