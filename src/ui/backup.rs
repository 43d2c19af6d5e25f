//! Backups: what the page knows of the last one, and making one.

use crate::ui::prelude::*;
use leptos::task::spawn_local;

use super::app::{App, use_app, use_overview};
use super::format::Format;
use super::model::backup::{Facts, Reminder, reminder};
use super::toasts::Tone;
use crate::engine::api::ExportScope;
use crate::locale::{Locale, fill, plural};
use crate::web::{device, known, storage};

/// Whether what is saved stays saved; copy it freely.
#[derive(Clone, Copy)]
pub struct Health {
    /// The book as the browser remembers it, with its last backup.
    pub known: RwSignal<known::KnownBook>,
    /// The browser will not clear it by itself; `None`: it does not say.
    pub persisted: RwSignal<Option<bool>>,
    pub space: RwSignal<storage::Estimate>,
    /// A backup is being opened: until it is there the book looks empty.
    pub restoring: RwSignal<bool>,
    /// A backup is being written.
    pub busy: RwSignal<bool>,
    /// Days after which to remind; 0: never.
    pub remind_days: RwSignal<u32>,
    /// Not today.
    pub later: RwSignal<bool>,
}

impl Health {
    pub(super) fn new(remind_days: u32) -> Self {
        let health = Self {
            known: RwSignal::new(known::load()),
            persisted: RwSignal::new(None),
            space: RwSignal::default(),
            restoring: RwSignal::new(false),
            busy: RwSignal::new(false),
            remind_days: RwSignal::new(remind_days),
            later: RwSignal::new(false),
        };
        health.look();
        health
    }

    /// Reads anew what this browser remembers, in this tab or another.
    pub fn remember(self) {
        self.known.set(known::load());
    }

    /// Asks the browser about protection and space.
    pub fn look(self) {
        spawn_local(async move {
            let (persisted, space) = (storage::persisted().await, storage::estimate().await);
            self.persisted.try_set(persisted);
            self.space.try_set(space);
        });
    }
}

/// Whether to remind of a backup now.
pub fn use_reminder() -> Memo<Reminder> {
    let (app, overview) = (use_app(), use_overview());
    Memo::new(move |_| {
        let facts = overview.with(|o| {
            let known = app.health.known.get();
            Facts {
                seq: known.seq,
                since_ms: known.since_ms,
                backup: known.backup.map(|b| (b.at_ms, b.seq)),
                nothing_own: o.data.as_ref().is_none_or(|o| o.demo || o.customers + o.orders + o.products == 0),
            }
        });
        reminder(&facts, app.health.remind_days.get(), device::now_ms())
    })
}

/// The reminder as a sentence; `None` while there is nothing to say.
#[must_use]
pub fn reminder_words(locale: Locale, reminder: Reminder) -> Option<String> {
    let t = &locale.t().backup;
    let (text, days) = match reminder {
        Reminder::Calm => return None,
        Reminder::Never { days } => (t.remind_never, days),
        Reminder::Old { days } => (t.remind_old, days),
    };
    Some(fill(text, &[("days", &locale.int(days))]))
}

/// Notes how much the book holds, for the day when it is gone.
pub(super) fn keep_counts() {
    let (app, overview) = (use_app(), use_overview());
    let counts = Memo::new(move |_| overview.with(|o| o.data.as_ref().map(|o| (o.customers, o.orders))));
    Effect::new(move |_| {
        if let Some((customers, orders)) = counts.get() {
            // Where nothing can be kept, nothing can be told later; that is all.
            let _kept = known::change(|book| (book.customers, book.orders) = (customers, orders));
            app.client().note();
        }
    });
}

/// Saves the whole book as one file, and says what came of it.
pub fn back_up(app: App) {
    if app.health.busy.get_untracked() {
        return;
    }
    app.health.busy.set(true);
    spawn_local(async move {
        let exported = app.client().export(ExportScope::Backup).await;
        app.health.busy.try_set(false);
        let Some(locale) = app.locale.try_get_untracked() else { return };
        let t = &locale.t().backup;
        match exported.map(|file| (file.save(), file.about.name)) {
            Ok((Ok(()), file)) => app.toasts.show(fill(t.done, &[("file", &file)]), Tone::Done, None),
            Ok((Err(detail), _)) => app.toasts.show(fill(t.failed, &[("detail", &detail)]), Tone::Failed, None),
            Err(error) => app.fail(&error),
        }
    });
}

/// Saves what reads of the book of this number (`None`: the current one) as a file, and says what came of it.
pub async fn save_rescued(app: App, number: Option<u32>) {
    let rescued = app.client().rescue(number).await;
    let Some(locale) = app.locale.try_get_untracked() else { return };
    let t = &locale.t().backup;
    match rescued.map(|file| (file.about.records, file.about.name.clone(), file)) {
        Ok((0, ..)) => app.toasts.show(t.rescued_nothing, Tone::Failed, None),
        Ok((n, name, file)) => match file.save() {
            Ok(()) => {
                let text = plural(t.rescued, n, &[("file", &name), ("n", &locale.int(n))]);
                app.toasts.show(text, Tone::Done, None);
            }
            Err(detail) => app.toasts.show(fill(t.failed, &[("detail", &detail)]), Tone::Failed, None),
        },
        Err(error) => app.fail(&error),
    }
}
