//! What stands in for a page while the book is being opened, and when it cannot be.

use gloo_timers::future::TimeoutFuture;
use leptos::html;
use crate::ui::prelude::*;
use leptos::task::spawn_local;

use crate::engine::api::{CommandError, MergeError, Query, StoreError};
use crate::locale::{fill, plural};
use crate::ui::app::{App, Book, use_app};
use crate::ui::backup::save_rescued;
use crate::ui::browser;
use crate::ui::components::{Button, ButtonKind, ErrorState, Icon, Skeleton};
use crate::ui::format::Format;
use crate::ui::route::Route;
use crate::ui::toasts::Tone;
use crate::web::known;
use crate::web::merge::MergeSession;

#[component]
pub(super) fn Opening() -> impl IntoView {
    let app = use_app();
    let words = Signal::derive(move || {
        let share = app.book.with(|b| if let Book::Opening { share } = b { *share } else { 1.0 });
        fill(app.t().shell.opening, &[("percent", &app.locale.get().percent(share, 0))])
    });
    view! {
        <div class="page opening">
            <p class="opening-words">{move || words.get()}</p>
            <Skeleton lines=7 label=words />
        </div>
    }
}

/// What can be done besides trying again.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Ways {
    /// Something may still read.
    rescue: bool,
    /// A backup can be opened as a new book, or a new one begun.
    anew: bool,
}

impl Ways {
    fn of(error: &StoreError) -> Self {
        let (rescue, anew) = match error {
            StoreError::Gone => (false, true),
            StoreError::Corrupt { .. } | StoreError::Shorter { .. } | StoreError::Other { .. } => (true, true),
            StoreError::Refused { .. } => (false, known::load().seq > 0),
            // A newer app reads it, and room can be made: nothing is lost.
            StoreError::Newer { .. } | StoreError::Quota => (false, false),
        };
        Self { rescue, anew }
    }
}

#[component]
pub(super) fn OpenFailed(error: StoreError) -> impl IntoView {
    let app = use_app();
    let ways = Ways::of(&error);
    let gone = error == StoreError::Gone;
    let shorter = if let StoreError::Shorter { found, .. } = &error { Some(*found) } else { None };
    let title = move || if gone { app.t().backup.gone_title } else { app.t().errors.open_failed };
    let body = Signal::derive(move || match &error {
        // Nothing was being saved.
        StoreError::Other { detail } => fill(app.t().errors.open_other, &[("detail", detail)]),
        other => app.locale.get().store_error(other),
    });
    let safe = move || {
        let t = app.t();
        match (gone, ways.anew) {
            (true, _) => t.backup.safe_gone,
            (false, true) => t.backup.safe_aside,
            (false, false) => t.shell.safe_body,
        }
    };
    view! {
        <div class="page narrow">
            <h1 class="visually-hidden" tabindex="-1">{shared(title)}</h1>
            <ErrorState title=Signal::derive(move || title().to_owned()) body>
                <Button kind=ButtonKind::Primary on_click=move || app.client().restart()>{move || app.t().common.retry}</Button>
                <Button on_click=browser::reload>{move || app.t().common.reload}</Button>
            </ErrorState>
            <section class="note">
                <h2>{move || app.t().shell.safe_title}</h2>
                <p>{shared(safe)}</p>
                {ways.anew.then(|| view! { <Remembered /> })}
            </section>
            {ways.anew.then(|| view! { <WaysOut rescue=ways.rescue shorter /> })}
        </div>
    }
}

/// What the browser remembers of the book.
#[component]
fn Remembered() -> impl IntoView {
    let app = use_app();
    let known = known::load();
    let held = known.clone();
    let words = move || {
        let (locale, t) = (app.locale.get(), app.t());
        let count = |forms: &str, n: u64| plural(forms, n, &[("n", &locale.int(n))]);
        let customers = count(t.common.n_customers, held.customers);
        fill(t.backup.knew, &[("customers", &customers), ("orders", &count(t.common.n_orders, held.orders))])
    };
    let backup = move || {
        let (locale, t) = (app.locale.get(), &app.t().backup);
        match &known.backup {
            Some(b) => fill(t.knew_backup, &[("file", &b.file), ("date", &locale.moment(b.at_ms))]),
            None => t.knew_no_backup.to_owned(),
        }
    };
    view! {
        <p>{shared(words)}</p>
        <p>{shared(backup)}</p>
    }
}

/// The ways on when the book does not open. None of them overwrites anything.
#[component]
fn WaysOut(
    rescue: bool,
    /// So many entries are there, fewer than there were.
    shorter: Option<u64>,
) -> impl IntoView {
    let app = use_app();
    let input = NodeRef::<html::Input>::new();
    let busy = RwSignal::new(false);
    let pick = move || {
        if let Some(input) = input.get() {
            input.click();
        }
    };
    let picked = move |_| {
        let file = input.get().and_then(|input| input.files()?.get(0));
        if let Some(file) = file {
            restore(app, file, busy);
        }
    };
    view! {
        <section class="note ways">
            <h2>{move || app.t().backup.ways}</h2>
            <input type="file" accept=".json,application/json" hidden node_ref=input on:change=picked />
            <Button kind=ButtonKind::Primary icon=Icon::Upload busy on_click=pick>
                {move || if busy.get() { app.t().backup.opening_backup } else { app.t().backup.open_backup }}
            </Button>
            {rescue
                .then(|| {
                    view! {
                        <Button icon=Icon::Download busy on_click=move || save_rest(app, busy)>{move || app.t().backup.rescue}</Button>
                        <p>{move || app.t().backup.rescue_hint}</p>
                    }
                })}
            {shorter.map(|found| view! { <Button busy on_click=move || go_on(app, found)>{move || app.t().backup.go_on}</Button> })}
            <Button kind=ButtonKind::Quiet busy on_click=move || begin_anew(app)>{move || app.t().backup.begin_anew}</Button>
        </section>
    }
}

/// The worker was restarted on purpose: nothing to tell.
fn quietly(app: App) {
    app.restarted.set(false);
    app.health.remember();
}

fn restore(app: App, file: web_sys::File, busy: RwSignal<bool>) {
    busy.set(true);
    app.health.restoring.set(true);
    spawn_local(async move {
        let name = file.name();
        let result = MergeSession::open(&app.client()).restore(file).await;
        if result.is_ok() {
            // The page has asked anew by now; once this is answered it no longer shows the book as empty as it was.
            TimeoutFuture::new(0).await;
            let _answered = app.client().ask(Query::Overview { as_of: None }).await;
        }
        busy.try_set(false);
        app.health.restoring.try_set(false);
        quietly(app);
        let Some(locale) = app.locale.try_get_untracked() else { return };
        match result {
            Ok(preview) => {
                let n = preview.kinds.iter().map(|(_, tally)| tally.new).sum();
                let text = plural(locale.t().backup.restored, n, &[("file", &name), ("n", &locale.int(n))]);
                app.toasts.show(text, Tone::Done, None);
                app.go(&Route::Today);
            }
            Err(MergeError::Book(error)) => app.fail(&error),
            Err(MergeError::File(_)) => {
                app.toasts.show(fill(locale.t().backup.not_opened, &[("file", &name)]), Tone::Failed, None);
            }
        }
    });
}

fn save_rest(app: App, busy: RwSignal<bool>) {
    busy.set(true);
    spawn_local(async move {
        save_rescued(app, None).await;
        busy.try_set(false);
    });
}

/// Takes what is there for the whole from now on.
fn go_on(app: App, found: u64) {
    known::change(|book| book.seq = found);
    app.client().restart();
    quietly(app);
}

fn begin_anew(app: App) {
    match app.client().begin_anew() {
        Ok(()) => {
            quietly(app);
            app.go(&Route::Today);
        }
        Err(error) => app.fail(&CommandError::Store(error)),
    }
}
