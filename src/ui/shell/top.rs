//! The top bar: search, progress of long work, the as-of day, the state of storage, language, theme.

use crate::ui::prelude::*;
use leptos::task::spawn_local;

use super::other;
use crate::domain::Day;
use crate::locale::{Locale, fill};
use crate::ui::app::{Book, use_app, use_overview};
use crate::ui::backup::{back_up, reminder_words, use_reminder};
use crate::ui::components::{Icon, IconButton, Popover, icon};
use crate::ui::format::Format;
use crate::ui::model::backup::Reminder;
use crate::ui::route::{DataTab, Route};
use crate::web::client::{Job, Progress};
use crate::web::device::Theme;

#[component]
pub(super) fn TopBar(palette: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let overview = use_overview();
    let dated = Memo::new(move |_| {
        let shown = app.route.with(|r| !matches!(r, Route::Data(_) | Route::Merge(_) | Route::Settings(_) | Route::NotFound));
        shown && overview.with(|o| o.data.as_ref().is_some_and(|o| o.orders > 0))
    });
    view! {
        <header class="top">
            <button
                type="button"
                class="search-box"
                aria-keyshortcuts="Control+K Meta+K"
                on:click=move |_| palette.set(true)
            >
                {icon(Icon::Search)}
                <span>{move || app.t().shell.search}</span>
                <kbd aria-hidden="true">"Ctrl K"</kbd>
            </button>
            <JobBar />
            <div class="top-end">
                <Show when=move || dated.get()>
                    <AsOf />
                </Show>
                <BackUp />
                <StorageDot />
                <LanguageSwitch />
                <ThemeSwitch />
            </div>
        </header>
    }
}

#[component]
fn LanguageSwitch() -> impl IntoView {
    let app = use_app();
    let switch = move |_| app.set_device(|d| d.language = Some(other(app.locale.get_untracked().language)));
    view! {
        <button
            type="button"
            class="top-button"
            lang=move || Locale::new(other(app.locale.get().language)).tag()
            aria-label=move || app.t().shell.language_switch_label
            on:click=switch
        >
            {move || app.t().shell.language_switch}
        </button>
    }
}

fn next(theme: Theme) -> Theme {
    match theme {
        Theme::System => Theme::Light,
        Theme::Light => Theme::Dark,
        Theme::Dark => Theme::System,
    }
}

#[component]
fn ThemeSwitch() -> impl IntoView {
    let app = use_app();
    let name = move |theme: Theme| match theme {
        Theme::System => app.t().shell.theme_system,
        Theme::Light => app.t().shell.theme_light,
        Theme::Dark => app.t().shell.theme_dark,
    };
    let label = Signal::derive(move || {
        let theme = app.theme.get();
        fill(app.t().shell.theme_next, &[("theme", name(theme)), ("next", name(next(theme)))])
    });
    let switch = move || app.set_device(|d| d.theme = next(d.theme));
    dynamic(move || {
        let mark = match app.theme.get() {
            Theme::System => Icon::Monitor,
            Theme::Light => Icon::Sun,
            Theme::Dark => Icon::Moon,
        };
        view! { <IconButton icon=mark label on_click=switch /> }
    })
}

/// The day for which all figures are computed, where a page shows figures.
#[component]
fn AsOf() -> impl IntoView {
    let app = use_app();
    let overview = use_overview();
    let day = Memo::new(move |_| app.as_of.get().or_else(|| overview.with(|o| o.data.as_ref().map(|o| o.as_of))));
    let label = Signal::derive(move || match day.get() {
        Some(day) => format!("{} {}", app.t().common.as_of, app.locale.get().date(day)),
        None => app.t().common.as_of.to_owned(),
    });
    let typed = move |event| {
        if let Some(day) = Day::parse_iso(&event_target_value(&event)) {
            app.choose_day(Some(day));
        }
    };
    view! {
        <div class="as-of" class:chosen=move || app.as_of.with(Option::is_some)>
            <Popover label mark=Icon::Calendar>
                <label class="as-of-field">
                    <span>{move || app.t().shell.as_of_label}</span>
                    <input type="date" prop:value=move || day.get().map(|d| d.to_string()).unwrap_or_default() on:change=typed />
                </label>
                <p>{move || app.t().shell.as_of_why}</p>
                <Show when=move || app.as_of.with(Option::is_some)>
                    <button type="button" class="button" on:click=move |_| app.choose_day(None)>
                        {move || app.t().shell.as_of_reset}
                    </button>
                </Show>
            </Popover>
        </div>
    }
}

/// Saves everything in one file; in words on a wide screen, everywhere with a mark when it is time.
#[component]
fn BackUp() -> impl IntoView {
    let app = use_app();
    let reminder = use_reminder();
    let label = move || reminder_words(app.locale.get(), reminder.get()).unwrap_or_else(|| app.t().backup.button_label.to_owned());
    let open = move || app.book.with(|b| *b == Book::Open);
    view! {
        <button
            type="button"
            class="top-button back-up"
            class:due=move || reminder.get() != Reminder::Calm
            title=label
            disabled=move || !open()
            aria-busy=move || app.health.busy.get().then_some("true")
            on:click=move |_| back_up(app)
        >
            {icon(Icon::Download)}
            <span>{move || app.t().backup.back_up}</span>
        </button>
    }
}

/// One quiet dot: whether what is saved stays saved.
#[component]
fn StorageDot() -> impl IntoView {
    let app = use_app();
    let reminder = use_reminder();
    let trouble = Memo::new(move |_| app.book.with(|b| matches!(b, Book::Failed(_))));
    let words = move || {
        let t = &app.t().shell;
        let reminded = reminder_words(app.locale.get(), reminder.get());
        match (trouble.get(), reminded, app.health.persisted.get()) {
            (true, ..) => t.storage_trouble.to_owned(),
            (false, Some(words), _) => words,
            (false, None, Some(true)) => t.stored_persistent.to_owned(),
            (false, None, Some(false)) => t.stored_best_effort.to_owned(),
            (false, None, None) => t.stored_here.to_owned(),
        }
    };
    let due = move || reminder.get() != Reminder::Calm;
    let href = Route::Data(DataTab::Overview).href();
    view! {
        <a class="storage-dot" class:bad=move || trouble.get() class:due=due href=href title=words aria-label=words>
            <i></i>
        </a>
    }
}

/// Name and progress of long work; it goes on while the user moves elsewhere.
#[component]
fn JobBar() -> impl IntoView {
    let app = use_app();
    let text = move |progress: Progress| {
        let t = &app.t().shell;
        let what = match progress.job {
            Job::Open => t.opening_title,
            Job::Parse => t.progress_read,
            Job::Save => t.progress_save,
            Job::Demo => t.progress_demo,
            Job::Export => t.progress_export,
            Job::Models => t.progress_models,
        };
        let percent = share(progress).map(|s| app.locale.get().percent(s, 0)).unwrap_or_default();
        fill(t.working, &[("what", what), ("percent", &percent)]).trim().to_owned()
    };
    let shown = Memo::new(move |_| app.job.with(Option::is_some));
    let models = Memo::new(move |_| app.job.with(|job| job.is_some_and(|p| p.job == Job::Models)));
    view! {
        <Show when=move || shown.get()>
            <div class="job" role="status">
                <span>{move || app.job.get().map(text)}</span>
                <progress max="1" prop:value=move || app.job.get().and_then(share).unwrap_or(0.0)></progress>
                <Show when=move || models.get()>
                    <IconButton
                        icon=Icon::Close
                        label=Signal::derive(move || app.t().worth.stop.to_owned())
                        on_click=move || spawn_local(async move { app.client().stop_models().await })
                    />
                </Show>
            </div>
        </Show>
    }
}

fn share(progress: Progress) -> Option<f64> {
    (progress.total > 0).then(|| progress.done as f64 / progress.total as f64)
}
