//! Sharing with colleagues: the book out as a file, a colleague's file in, and the report of a merge.

mod conflicts;
pub(super) mod flow;
mod preview;
mod report;
mod words;

use crate::ui::prelude::*;

pub use self::report::MergePage;
pub use self::words::{Of, value_of};
use self::flow::{ShareFlow, Stage};
use self::preview::Preview;
use self::words::moment;
use super::drop::DropZone;
use crate::engine::api::{ExportScope, MergeError, Query, StorageView};
use crate::locale::{Locale, ShareTexts, fill, plural};
use crate::ui::app::{ALL_TOPICS, App, use_app};
use crate::ui::components::{Button, ButtonKind, ErrorState, Icon, icon};
use crate::ui::format::Format;
use crate::ui::query::use_query;
use crate::web::client::{Job, Progress};
use crate::web::merge::Exported;

#[component]
pub fn ShareTab() -> impl IntoView {
    let app = use_app();
    let flow = expect_context::<ShareFlow>();
    let state = use_query::<StorageView>(|| Query::Storage, ALL_TOPICS);
    let last = Memo::new(move |_| state.with(|s| s.data.as_ref().and_then(|v| v.last_export_ms)));
    let answer = move || {
        let locale = app.locale.get();
        let t = &locale.t().share;
        last.get().map_or_else(|| t.answer_never.to_owned(), |ms| fill(t.answer, &[("when", &moment(locale, ms))]))
    };
    let choosing = Memo::new(move |_| flow.stage.with(|s| matches!(s, Stage::Choose(_))));
    let stage = move || match flow.stage.get() {
        Stage::Choose(trouble) => {
            let refused = trouble.map(|error| view! { <Refused error /> });
            view! {
                {refused}
                <div class="share-open">
                    <h2>{move || app.t().share.open_title}</h2>
                    <DropZone words=|app| (app.t().share.drop_here, app.t().share.drop_hint) />
                </div>
            }
            .into_any()
        }
        Stage::Reading => {
            let words = move || fill(app.t().data.parsing, &[("name", &flow.name.get())]);
            let stop = Callback::new(move |()| flow.leave());
            progress(app, Job::Parse, Signal::derive(words), Signal::derive(move || app.t().data.parse_stop), stop)
        }
        Stage::Preview(first, merging) => view! { <Preview first merging /> }.into_any(),
    };
    view! {
        <div>
            <h1 tabindex="-1">{move || app.t().share.title}</h1>
            <p class="answer">{answer}</p>
        </div>
        <div class="share" class:wide=move || !choosing.get()>
            <div class="share-step">{stage}</div>
            // While a file is looked at, nothing else asks for attention.
            <Show when=move || choosing.get()>
                <Export last />
            </Show>
        </div>
    }
}

/// A bar with its words and a way to stop.
fn progress(
    app: App,
    job: Job,
    words: Signal<String>,
    stop: Signal<&'static str>,
    on_stop: Callback<()>,
) -> AnyView {
    let share = move || {
        let now: Option<Progress> = app.job.get().filter(|p| p.job == job && p.total > 0);
        now.map_or(0.0, |p| p.done as f64 / p.total as f64)
    };
    view! {
        <section class="card import-card parsing">
            <h2>{move || words.get()}</h2>
            <progress max="1" prop:value=share aria-label=move || words.get()></progress>
            <p class="quiet-text">{move || app.locale.get().percent(share(), 0)}</p>
            <Button on_click=on_stop>{move || stop.get()}</Button>
        </section>
    }
    .into_any()
}

/// Why the last file was refused.
#[component]
fn Refused(error: MergeError) -> impl IntoView {
    let app = use_app();
    let flow = expect_context::<ShareFlow>();
    let title = Signal::derive(move || fill(app.t().share.refused, &[("name", &flow.name.get())]));
    let body = Signal::derive(move || {
        let locale = app.locale.get();
        locale.merge_error(&error, |ms| moment(locale, ms), |n| locale.int(n))
    });
    view! { <ErrorState title body /> }
}

/// What goes into the file, and writing it.
#[component]
fn Export(last: Memo<Option<u64>>) -> impl IntoView {
    let app = use_app();
    let flow = expect_context::<ShareFlow>();
    let part = RwSignal::new(false);
    let t = move || -> &'static ShareTexts { &app.t().share };
    let run = Callback::new(move |()| {
        // There is no part without an earlier export.
        let part = part.get_untracked() && last.get_untracked().is_some();
        flow.export(if part { ExportScope::SinceLastTime } else { ExportScope::Whole });
    });
    let choice = move |this: bool, words: Signal<String>, hint: fn(&ShareTexts) -> &'static str| {
        view! {
            <label class="scope">
                <input type="radio" name="scope" prop:checked=move || part.get() == this on:change=move |_| part.set(this) />
                <span>{move || words.get()} <small>{move || hint(t())}</small></span>
            </label>
        }
        .into_any()
    };
    let whole = Signal::derive(move || t().export_whole.to_owned());
    let since = Signal::derive(move || {
        let when = last.get().map(|ms| moment(app.locale.get(), ms)).unwrap_or_default();
        fill(t().export_part, &[("when", &when)])
    });
    let body = move || {
        if flow.exporting.get() {
            let words = Signal::derive(move || app.t().shell.progress_export.to_owned());
            let stop = Callback::new(move |()| flow.stop_export());
            return progress(app, Job::Export, words, Signal::derive(move || t().export_stop), stop);
        }
        view! {
            <section class="card import-card">
                <header class="card-head">
                    <h2>{move || t().export_title}</h2>
                </header>
                <fieldset class="scopes">
                    <legend class="visually-hidden">{move || t().export_what}</legend>
                    {choice(false, whole, |t| t.export_whole_hint)}
                    {move || last.get().map(|_| choice(true, since, |t| t.export_part_hint))}
                </fieldset>
                <p role="status">{move || flow.exported.get().map(|e| saved(app.locale.get(), &e))}</p>
                <div class="share-run">
                    <Button kind=ButtonKind::Primary icon=Icon::Download on_click=run>
                        {move || t().export_run}
                    </Button>
                </div>
                <p class="privacy">{icon(Icon::Shield)} <span>{move || t().export_open}</span></p>
            </section>
        }
        .into_any()
    };
    view! { <div class="share-step">{body}</div> }
}

/// What was saved.
fn saved(locale: Locale, file: &Exported) -> String {
    let t = locale.t();
    let text = if file.records == 0 && !file.whole { t.share.exported_nothing } else { t.share.exported };
    let records = plural(t.common.n_records, file.records, &[("n", &locale.int(file.records))]);
    fill(text, &[("name", &file.name), ("records", &records), ("size", &locale.bytes(file.bytes))])
}
