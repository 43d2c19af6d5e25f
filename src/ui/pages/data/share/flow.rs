//! What goes on while files go out and come in. It lives above the page, so that reading and writing go on while the
//! user looks elsewhere.

use crate::ui::prelude::*;
use leptos::task::spawn_local;
use web_sys::File;

use crate::engine::api::{Command, CommandError, ExportScope, MergeError, MergePreview, SyncError};
use crate::locale::fill;
use crate::ui::app::{ALL_TOPICS, App};
use crate::ui::route::Route;
use crate::ui::toasts::Tone;
use crate::web::merge::{Exported, MergeSession};

/// Where a colleague's file stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    /// None is open; perhaps because the last one was refused.
    Choose(Option<MergeError>),
    Reading,
    /// Nothing is changed yet; `true`: being merged.
    Preview(Box<MergePreview>, bool),
}

/// The exchange under way; copy it freely.
#[derive(Clone, Copy)]
pub struct ShareFlow {
    app: App,
    pub stage: RwSignal<Stage>,
    /// Name of the file that was chosen last.
    pub name: RwSignal<String>,
    pub exporting: RwSignal<bool>,
    /// The last export of this visit.
    pub exported: RwSignal<Option<Exported>>,
    session: StoredValue<Option<MergeSession>, LocalStorage>,
}

impl ShareFlow {
    /// Makes the flow and puts it into the context of everything below.
    pub fn provide(app: App) {
        provide_context(Self {
            app,
            stage: RwSignal::new(Stage::Choose(None)),
            name: RwSignal::default(),
            exporting: RwSignal::default(),
            exported: RwSignal::default(),
            session: StoredValue::new_local(None),
        });
    }

    pub fn export(self, scope: ExportScope) {
        self.exporting.set(true);
        self.exported.set(None);
        let client = self.app.client();
        spawn_local(async move {
            let result = client.export(scope).await;
            self.exporting.set(false);
            match result {
                Ok(file) => match file.save() {
                    Ok(()) => self.exported.set(Some(file.about)),
                    Err(detail) => {
                        let text = self.app.locale.get_untracked().t().segments.export_failed;
                        self.app.toasts.show(fill(text, &[("detail", &detail)]), Tone::Failed, None);
                    }
                },
                Err(CommandError::Cancelled) => {}
                Err(error) => self.app.fail(&error),
            }
            // Nothing of the book changed, but when it was exported last did.
            self.app.touch(ALL_TOPICS);
        });
    }

    pub fn stop_export(self) {
        let client = self.app.client();
        spawn_local(async move { client.stop_export().await });
    }

    /// Takes a colleague's file.
    pub fn choose(self, file: File) {
        self.leave();
        self.name.set(file.name());
        self.stage.set(Stage::Reading);
        let session = MergeSession::open(&self.app.client());
        self.session.set_value(Some(session.clone()));
        spawn_local(async move {
            self.stage.set(match session.read(file).await {
                Ok(preview) => Stage::Preview(Box::new(preview), false),
                // Another file was chosen meanwhile, or none is wanted.
                Err(MergeError::File(SyncError::Cancelled)) => return,
                Err(error) => Stage::Choose(Some(error)),
            });
        });
    }

    /// Ends the reading, or lets go of the file that was read.
    pub fn leave(self) {
        if let Some(session) = self.session.try_update_value(Option::take).flatten() {
            session.cancel();
        }
        if let Stage::Preview(..) = self.stage.get_untracked() {
            let client = self.app.client();
            spawn_local(async move {
                // Nothing staged is what is wanted.
                let _dropped = client.run(Command::DropMerge).await;
            });
        }
        self.stage.set(Stage::Choose(None));
    }

    pub fn merge(self, preview: Box<MergePreview>) {
        self.stage.set(Stage::Preview(preview, true));
        let client = self.app.client();
        spawn_local(async move {
            let result = client.run(Command::CommitMerge).await;
            let trouble = result.as_ref().err().cloned().map(MergeError::Book);
            self.stage.set(Stage::Choose(trouble));
            if let Ok(Some(seq)) = result.map(|done| done.seq) {
                self.app.go(&Route::Merge(seq));
            }
        });
    }
}
