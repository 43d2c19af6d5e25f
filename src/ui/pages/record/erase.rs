//! Erasing a record for good: what goes, what stays, and a word to type, because nothing brings it back.

use crate::ui::prelude::*;
use leptos::task::spawn_local;

use crate::domain::{Id, Kind};
use crate::engine::api::{Command, Filter};
use crate::locale::fill;
use crate::ui::app::use_app;
use crate::ui::browser;
use crate::ui::components::{Button, ButtonKind, Dialog, Icon, TextField};
use crate::ui::route::Route;
use crate::ui::toasts::Tone;

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
            {dynamic(move || asked.get().map(|what| view! { <Sure what asked /> }))}
        </Dialog>
    }
}

#[component]
fn Sure(what: Erasing, asked: RwSignal<Option<Erasing>>) -> impl IntoView {
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
