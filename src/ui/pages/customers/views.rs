//! Views of the list that somebody saved: filters, order and columns by a name, the same for all who share the book.

use crate::ui::prelude::*;

use super::columns::Columns;
use crate::domain::Id;
use crate::engine::api::{Command, Query, SavedView, Topic};
use crate::locale::fill;
use crate::ui::app::use_app;
use crate::ui::components::{Button, ButtonKind, Dialog, Icon, IconButton, TextField};
use crate::ui::model::columns;
use crate::ui::query::{last, use_query};
use crate::ui::route::Route;

#[component]
pub(super) fn ViewsButton(shown: Columns) -> impl IntoView {
    let app = use_app();
    let open = RwSignal::new(false);
    view! {
        <Button icon=Icon::Segments on_click=move || open.set(true)>{move || app.t().list.views}</Button>
        <Dialog
            open
            title=Signal::derive(move || app.t().list.views_title.to_owned())
            close=Signal::derive(move || app.t().common.close.to_owned())
            on_close=move || open.set(false)
        >
            <Views shown open />
        </Dialog>
    }
}

#[component]
fn Views(shown: Columns, open: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let views = last(use_query::<Vec<(Id, SavedView)>>(|| Query::Views, &[Topic::Settings]), Vec::new());
    let name = RwSignal::new(String::new());
    // What is renamed; else a new one is saved.
    let renamed = RwSignal::new(None::<(Id, SavedView)>);
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let said = name.get_untracked().trim().to_owned();
        if said.is_empty() {
            return;
        }
        let (id, view) = match renamed.get_untracked() {
            Some((id, view)) => (Some(id), SavedView { name: said.clone(), ..view }),
            None => {
                let address = app.route.with_untracked(Route::href);
                let columns = shown.0.with_untracked(|list| columns::print(list));
                (None, SavedView { name: said.clone(), address, columns })
            }
        };
        let words = fill(app.locale.get_untracked().t().shell.done_saved, &[("what", &said)]);
        app.run_command(Command::SaveView { id, view }, words);
        name.set(String::new());
        renamed.set(None);
    };
    let go = move |view: &SavedView| {
        shown.change(|list| *list = columns::read(&view.columns));
        open.set(false);
        app.go(&Route::parse(&view.address));
    };
    let one = move |(id, view): (Id, SavedView)| {
        let view = StoredValue::new(view);
        let labelled = move |text: fn(crate::locale::Locale) -> &'static str| {
            Signal::derive(move || view.with_value(|view| fill(text(app.locale.get()), &[("name", &view.name)])))
        };
        let rename = move || {
            name.set(view.with_value(|view| view.name.clone()));
            renamed.set(Some((id, view.get_value())));
        };
        let delete = move || {
            let words = view.with_value(|view| fill(app.locale.get_untracked().t().list.view_deleted, &[("name", &view.name)]));
            app.run_command(Command::DropView { id }, words);
        };
        view! {
            <li>
                <button type="button" class="link" on:click=move |_| view.with_value(go)>
                    {view.with_value(|view| view.name.clone())}
                </button>
                <IconButton icon=Icon::Edit label=labelled(|l| l.t().list.view_rename) on_click=rename />
                <IconButton icon=Icon::Trash label=labelled(|l| l.t().list.view_delete) on_click=delete />
            </li>
        }
    };
    view! {
        <div class="views">
            <ul>{dynamic(move || views.get().into_iter().map(one).collect_view())}</ul>
            <form class="form" novalidate on:submit=save>
                <TextField
                    label=Signal::derive(move || {
                        let t = &app.t().list;
                        if renamed.with(Option::is_some) { t.view_new_name } else { t.view_name }.to_owned()
                    })
                    hint=Signal::derive(move || app.t().list.view_hint.to_owned())
                    value=name
                    on_input=move |text| name.set(text)
                    autofocus=true
                />
                <div class="form-actions">
                    <Button kind=ButtonKind::Primary submit=true>{move || app.t().common.save}</Button>
                </div>
            </form>
        </div>
    }
}
