//! Carries out what the wizard decides: talks to the file's worker and to the data worker.

use crate::ui::prelude::*;
use leptos::task::spawn_local;
use leptos::ev;
use wasm_bindgen::JsCast;
use web_sys::File;

use crate::engine::api::{Answer, Command, CommandError, Query};
use crate::ui::app::{App, use_own_fields};
use crate::ui::browser;
use crate::ui::model::tables::file_fields;
use crate::ui::model::wizard::{Effect as Task, Event, Read, Step, Wizard};
use crate::ui::route::{DataTab, Route};
use crate::web::client::{Job, Progress};
use crate::web::import::{ImportSession, ReadChoice};

/// The import under way; copy it freely.
#[derive(Clone, Copy)]
pub struct ImportFlow {
    app: App,
    pub wizard: RwSignal<Wizard>,
    file: StoredValue<Option<File>, LocalStorage>,
    session: StoredValue<Option<ImportSession>, LocalStorage>,
}

/// The import under way.
pub fn use_flow() -> ImportFlow {
    expect_context::<ImportFlow>()
}

impl ImportFlow {
    /// Makes the flow and puts it into the context of everything below.
    pub fn provide(app: App) {
        let flow = Self {
            app,
            wizard: RwSignal::new(Wizard::default()),
            file: StoredValue::new_local(None),
            session: StoredValue::new_local(None),
        };
        provide_context(flow);
        // A column may be any field of a form, also of the user's own.
        let own = use_own_fields();
        Effect::new(move |_| flow.send(Event::Fields(file_fields(app.locale.get(), &own.get()))));
        // For as long as the page lives.
        let _listener = window_event_listener(ev::paste, move |event| flow.paste(&event));
    }

    /// Cells copied in a spreadsheet or a file, pasted on the list of customers or where files are brought in.
    fn paste(self, event: &web_sys::ClipboardEvent) {
        let here = self.app.route.with_untracked(|r| matches!(r, Route::Customers { .. } | Route::Data(DataTab::Import)));
        let waits = self.wizard.with_untracked(|w| matches!(w.step, Step::Choose | Step::Finished));
        let into = event.target().and_then(|t| t.dyn_into::<web_sys::Element>().ok());
        let typing = into.is_some_and(|t| matches!(t.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT"));
        let Some(data) = event.clipboard_data().filter(|_| here && waits && !typing) else { return };
        let text = data.get_data("text/plain").unwrap_or_default();
        let file = match data.files().and_then(|files| files.get(0)) {
            Some(file) => file,
            None if text.contains('\t') || text.trim().contains('\n') => {
                let name = self.app.locale.get_untracked().t().data.pasted_name;
                let Ok(file) = browser::text_file(name, &text) else { return };
                file
            }
            None => return,
        };
        event.prevent_default();
        self.app.go(&Route::Data(DataTab::Import));
        self.choose(file);
    }

    /// Takes a file.
    pub fn choose(self, file: File) {
        let (name, bytes) = (file.name(), file.size() as u64);
        self.file.set_value(Some(file));
        self.send(Event::Chosen { name, bytes });
    }

    /// Gives an event to the wizard and carries out what it answers.
    pub fn send(self, event: Event) {
        // The flow is gone only when the page is.
        let effects = self.wizard.try_update(|w| w.apply(event)).unwrap_or_default();
        for effect in effects {
            self.carry_out(effect);
        }
        self.show_job();
    }

    /// The slim bar at the top, so that reading is seen from every page.
    fn show_job(self) {
        let parsing = self.wizard.with_untracked(|w| (w.step == Step::Parsing).then_some(w.progress));
        let shown = self.app.job.with_untracked(|j| matches!(j, Some(Progress { job: Job::Parse, .. })));
        match parsing {
            Some((done, total)) => self.app.job.set(Some(Progress { job: Job::Parse, done, total })),
            None if shown => self.app.job.set(None),
            None => {}
        }
    }

    fn carry_out(self, effect: Task) {
        match effect {
            Task::Inspect(run, read) => self.inspect(run, read),
            Task::LookUp(run, signature) => self.look_up(run, signature),
            Task::Remember(signature, mapping) => {
                let client = self.app.client();
                spawn_local(async move {
                    // A convenience: without it the person chooses again next time.
                    let _kept = client.run(Command::RememberMapping { signature, mapping }).await;
                });
            }
            Task::Parse(run, mapping) => {
                let Some(session) = self.session.get_value() else { return };
                spawn_local(async move {
                    let told = move |done, total| self.send(Event::Progress(run, done, total));
                    let result = session.parse(mapping, told).await;
                    self.send(Event::Parsed(run, result));
                });
            }
            Task::Stage(run) => {
                let Some(session) = self.session.get_value() else { return };
                spawn_local(async move { self.send(Event::Staged(run, session.stage().await)) });
            }
            Task::Rename(run, source) => {
                let client = self.app.client();
                spawn_local(async move {
                    let staged = match client.run(Command::RenameImport { source }).await {
                        Ok(_) => client.ask(Query::StagedImport).await,
                        Err(error) => Err(error),
                    };
                    let staged = staged.and_then(|answer| match answer {
                        Answer::StagedImport(Some(staged)) => Ok(staged),
                        _ => Err(CommandError::NothingStaged),
                    });
                    self.send(Event::Staged(run, staged));
                });
            }
            Task::Commit(run, keep) => {
                let client = self.app.client();
                spawn_local(async move { self.send(Event::Committed(run, client.run(Command::CommitImport { keep }).await)) });
            }
            Task::Close => self.close(),
            Task::DropStaged => {
                let client = self.app.client();
                spawn_local(async move {
                    // Nothing staged is what is wanted.
                    let _dropped = client.run(Command::DropImport).await;
                });
            }
        }
    }

    fn close(self) {
        if let Some(session) = self.session.try_update_value(Option::take).flatten() {
            session.cancel();
        }
    }

    fn inspect(self, run: u64, read: Read) {
        self.close();
        let Some(file) = self.file.get_value() else { return };
        let session = ImportSession::open(&self.app.client(), file);
        self.session.set_value(Some(session.clone()));
        let choice = ReadChoice { encoding: read.encoding, delimiter: read.delimiter, sheet: read.sheet };
        spawn_local(async move { self.send(Event::Inspected(run, session.inspect(choice).await)) });
    }

    fn look_up(self, run: u64, signature: String) {
        let client = self.app.client();
        spawn_local(async move {
            // Not known, or not answered: the guess stands.
            if let Ok(Answer::Mapping(found)) = client.ask(Query::Mapping { signature }).await {
                self.send(Event::Remembered(run, found));
            }
        });
    }
}
