//! Erasing a record for good: what goes, what stays, and a word to type, because nothing brings it back.

use crate::ui::prelude::*;
use leptos::task::spawn_local;

use crate::domain::{Id, Kind, Origin};
use crate::engine::api::{Answer, Command, Filter, Query};
use crate::locale::{fill, plural};
use crate::ui::app::use_app;
use crate::ui::browser;
use crate::ui::components::{Button, ButtonKind, Dialog, Icon, TextField};
use crate::ui::format::Format;
use crate::ui::parts::{Piece, later};
use crate::ui::route::{DataTab, Route};
use crate::ui::toasts::Tone;
use crate::web::aside::Aside;

/// What is to be erased.
#[derive(Clone, Debug, PartialEq)]
pub struct Erasing {
    pub id: Id,
    pub kind: Kind,
    pub name: String,
}

/// The way to the dialog.
#[derive(Clone, Copy)]
struct Asked(RwSignal<Option<Erasing>>);

/// Puts the way to the dialog into the context of everything below.
pub fn provide_erasing() {
    provide_context(Asked(RwSignal::new(None)));
}

/// Opens the dialog.
#[component]
pub fn EraseButton(what: Erasing) -> impl IntoView {
    let app = use_app();
    let Asked(asked) = expect_context::<Asked>();
    view! {
        <Button kind=ButtonKind::Danger icon=Icon::Trash on_click=move || asked.set(Some(what.clone()))>
            {move || app.t().person.erase}
        </Button>
    }
}

/// The one dialog of the app. Belongs beside the pages, once.
#[component]
pub fn EraseDialog() -> impl IntoView {
    let app = use_app();
    let Asked(asked) = expect_context::<Asked>();
    let title = Signal::derive(move || {
        let t = &app.t().person;
        let name = asked.with(|a| a.as_ref().map(|a| a.name.clone())).unwrap_or_default();
        if name.is_empty() { t.erase_title_nameless.to_owned() } else { fill(t.erase_title, &[("name", &name)]) }
    });
    view! {
        <Dialog
            open=Signal::derive(move || asked.with(Option::is_some))
            title
            close=Signal::derive(move || app.t().common.close.to_owned())
            on_close=move || asked.set(None)
        >
            {dynamic(move || asked.get().map(|what| later(Piece::Erase((what, asked)))))}
        </Dialog>
    }
}

#[component]
pub fn Sure(what: Erasing, asked: RwSignal<Option<Erasing>>) -> impl IntoView {
    let app = use_app();
    let Erasing { id, kind, name } = what;
    let is_person = kind == Kind::Customer;
    let typed = RwSignal::new(String::new());
    let orders = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let name = StoredValue::new(name.trim().to_owned());
    let word = Signal::derive(move || {
        let name = name.get_value();
        // What cannot be typed in one line, or is long, is asked for by a word.
        let fits = !name.is_empty() && name.chars().count() <= 40 && !name.contains('\n');
        if fits { name } else { app.t().person.erase_word.to_owned() }
    });
    let meant = Memo::new(move |_| typed.with(|t| t.trim() == word.get()));
    let erase = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if !meant.get_untracked() || busy.get_untracked() {
            return;
        }
        busy.set(true);
        let command = Command::Erase { ids: vec![id], orders: orders.get_untracked() };
        spawn_local(async move {
            let result = app.client().run(command).await;
            busy.try_set(false);
            match result {
                Ok(_) => {
                    browser::forget_drafts(&id.to_string());
                    app.toasts.show(app.locale.get_untracked().t().person.erased, Tone::Done, None);
                    asked.try_set(None);
                    if app.route.with_untracked(|route| *route == Route::Customer(id)) {
                        app.go(&Route::customers(Filter::default()));
                    }
                }
                Err(error) => app.fail(&error),
            }
        });
    };
    let orders_too = is_person.then(|| view! {
        <label class="check">
            <input type="checkbox" prop:checked=move || orders.get() on:change=move |e| orders.set(event_target_checked(&e)) />
            <span>{move || app.t().person.erase_orders} <small class="quiet-text">{move || app.t().person.erase_orders_hint}</small></span>
        </label>
    });
    view! {
        <form class="form erase-form" on:submit=erase>
            <p>{move || if is_person { app.t().person.erase_person } else { app.t().person.erase_record }}</p>
            {orders_too}
            <p class="quiet-text">{move || app.t().person.erase_others}</p>
            <Beyond asked />
            <TextField
                label=Signal::derive(move || fill(app.t().person.erase_type, &[("word", &word.get())]))
                value=typed
                on_input=move |text: String| typed.set(text)
                autofocus=true
            />
            <div class="form-actions">
                <Button on_click=move || asked.set(None)>{move || app.t().common.cancel}</Button>
                <Button kind=ButtonKind::Danger submit=true busy disabled=Signal::derive(move || !meant.get())>
                    {move || app.t().person.erase}
                </Button>
            </div>
        </form>
    }
}

/// Files named one by one.
const FILES: usize = 6;
/// Steps of the history that are looked at for names of files.
const STEPS: u32 = 2_000;

/// What an erasure does not reach and this browser knows of: books kept aside, and names of files.
#[component]
fn Beyond(asked: RwSignal<Option<Erasing>>) -> impl IntoView {
    let app = use_app();
    let books = RwSignal::new(Vec::<Aside>::new());
    let files = RwSignal::new(Vec::<String>::new());
    spawn_local(async move {
        let client = app.client();
        if let Ok(Answer::Journal(rows)) = client.ask(Query::Journal { offset: 0, limit: STEPS }).await {
            let mut names: Vec<String> = Vec::new();
            for row in rows {
                if let Origin::Import { file, .. } | Origin::Merge { file } = row.origin
                    && !file.is_empty()
                    && !names.contains(&file)
                {
                    names.push(file);
                }
            }
            files.try_set(names);
        }
        books.try_set(client.aside().await);
    });
    let kept = move || {
        let (locale, books) = (app.locale.get(), books.get());
        let when = |book: &Aside| match book.held.as_ref().and_then(|held| held.last_ms) {
            Some(ms) => fill(locale.t().backup.aside_until, &[("date", &locale.moment(ms))]),
            None => locale.t().backup.aside_unknown.to_owned(),
        };
        let n = books.len() as u64;
        let all = books.iter().map(when).collect::<Vec<_>>().join(locale.comma());
        (n > 0).then(|| view! {
            <p class="remark warn">
                {plural(locale.t().person.erase_aside, n, &[("n", &locale.int(n)), ("books", &all)])}
                " "
                <a href=Route::Data(DataTab::Overview).href() on:click=move |_| asked.set(None)>
                    {locale.t().person.erase_aside_link}
                </a>
            </p>
        })
    };
    let named = move || {
        let (locale, files) = (app.locale.get(), files.get());
        let t = &locale.t().person;
        let mut all = files.iter().take(FILES).cloned().collect::<Vec<_>>().join(locale.comma());
        if let Some(more) = files.len().checked_sub(FILES).filter(|more| *more > 0) {
            all = fill(t.erase_more, &[("files", &all), ("n", &locale.int(more as u64))]);
        }
        (!files.is_empty()).then(|| view! { <p class="quiet-text erase-files">{fill(t.erase_files, &[("files", &all)])}</p> })
    };
    view! {
        {dynamic(kept)}
        {dynamic(named)}
    }
}
