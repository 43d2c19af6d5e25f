//! The command palette: go to a page, find a customer, do a thing. Opens by Ctrl K or ⌘K.

use leptos::{ev, html};
use crate::ui::prelude::*;

use super::rail::{mark, name};
use crate::domain::Id;
use crate::engine::api::{CustomerList, Filter, Found, FoundIn, ProductList, Query, Sort, SortKey, Topic};
use crate::locale::{Texts, fill};
use crate::ui::app::{App, use_app};
use crate::ui::components::{Dialog, Icon, icon, marked};
use crate::ui::model::palette::{matching, moved};
use crate::ui::pages::{Forms, use_forms};
use crate::ui::query::use_query_if;
use crate::ui::route::{DataTab, Route, Section};

/// One thing to choose.
#[derive(Clone, Debug, PartialEq)]
struct Entry {
    words: String,
    /// Where the search was found in the words.
    marks: Vec<(u32, u32)>,
    /// Why it is here, where the words do not tell.
    detail: Option<FoundIn>,
    icon: Icon,
    route: Route,
    /// Opens its form on that page.
    product: Option<Id>,
}

impl Entry {
    fn new(words: String, icon: Icon, route: Route) -> Self {
        Self { words, marks: Vec::new(), detail: None, icon, route, product: None }
    }
}

/// Customers shown at once; more are a list's business.
const CUSTOMERS_SHOWN: u32 = 8;
const PRODUCTS_SHOWN: u32 = 4;

#[component]
pub(super) fn Palette(open: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    view! {
        <Dialog
            open
            title=Signal::derive(move || app.t().shell.palette.to_owned())
            close=Signal::derive(move || app.t().common.close.to_owned())
            on_close=move || open.set(false)
        >
            <Finder open />
        </Dialog>
    }
}

fn pages(t: &Texts) -> Vec<(String, (Icon, Route))> {
    let mut list: Vec<_> =
        Section::ALL.into_iter().map(|s| (name(s, t).to_owned(), (mark(s), s.route()))).collect();
    list.push((t.shell.new_customer.to_owned(), (Icon::Plus, Route::NewCustomer)));
    list.push((t.shell.import_orders.to_owned(), (Icon::Upload, Route::Data(DataTab::Import))));
    list.push((t.share.title.to_owned(), (Icon::Download, Route::Data(DataTab::Share))));
    list.push((t.settings.group_team.to_owned(), (Icon::Customers, Route::Team)));
    list
}

fn choose(app: App, forms: Forms, open: RwSignal<bool>, entry: &Entry) {
    open.set(false);
    app.go(&entry.route);
    if let Some(id) = entry.product {
        forms.open_record(app, id);
    }
}

#[component]
fn Finder(open: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let forms = use_forms();
    let typed = RwSignal::new(String::new());
    let at = RwSignal::new(0usize);
    let search = Memo::new(move |_| typed.with(|t| t.trim().to_owned()));
    let found = use_query_if::<CustomerList>(
        move || {
            let filter = Filter { search: search.get(), ..Filter::default() };
            let sort = Sort { by: SortKey::Match, descending: true };
            let query = Query::Customers { as_of: None, filter, sort, columns: Vec::new(), offset: 0, limit: CUSTOMERS_SHOWN };
            (!search.with(String::is_empty)).then_some(query)
        },
        &[Topic::Customers],
    );
    let products = use_query_if::<ProductList>(
        move || {
            let search = search.get();
            (!search.is_empty()).then_some(Query::Products { search, offset: 0, limit: PRODUCTS_SHOWN })
        },
        &[Topic::Products],
    );
    let entries = Memo::new(move |_| {
        let t = app.t();
        let mut list: Vec<Entry> = matching(&pages(t), &search.get())
            .into_iter()
            .map(|(words, (icon, route))| Entry::new(words, icon, route))
            .collect();
        if search.with(String::is_empty) {
            return list;
        }
        let customers = found.with(|f| f.data.clone());
        if let Some(CustomerList { total, rows, .. }) = customers.filter(|c| c.total > 0) {
            list.extend(rows.into_iter().map(|row| {
                let Found { name: marks, detail } = row.found.unwrap_or_default();
                Entry { marks, detail, ..Entry::new(row.name, Icon::Customers, Route::Customer(row.id)) }
            }));
            if total > u64::from(CUSTOMERS_SHOWN) {
                let filter = Filter { search: search.get(), ..Filter::default() };
                let words = t.shell.palette_all.to_owned();
                list.push(Entry::new(words, Icon::Search, Route::customers(filter)));
            }
        }
        let products = products.with(|p| p.data.as_ref().map(|p| p.rows.clone()));
        list.extend(products.into_iter().flatten().map(|row| {
            let name = if row.profile.name.is_empty() { row.profile.key } else { row.profile.name };
            let detail = Some(FoundIn { text: t.common.product.to_owned(), marks: Vec::new() });
            Entry { detail, product: Some(row.id), ..Entry::new(name, Icon::Shop, Route::Data(DataTab::Products)) }
        }));
        list
    });
    let on_key = move |event: ev::KeyboardEvent| {
        let count = entries.with(Vec::len);
        match event.key().as_str() {
            key @ ("ArrowDown" | "ArrowUp") => {
                event.prevent_default();
                at.update(|at| *at = moved(*at, count, key == "ArrowDown"));
            }
            "Enter" => {
                let chosen = entries.with(|list| list.get(at.get_untracked()).cloned());
                if let Some(entry) = chosen {
                    event.prevent_default();
                    choose(app, forms, open, &entry);
                }
            }
            _ => {}
        }
    };
    let input = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        if let Some(input) = input.get() {
            let _focused = input.focus();
        }
    });
    view! {
        <div class="palette">
            <input
                node_ref=input
                type="search"
                role="combobox"
                aria-expanded="true"
                aria-controls="palette-list"
                aria-activedescendant=move || format!("palette-{}", at.get())
                aria-label=move || app.t().shell.search_hint
                placeholder=move || app.t().shell.search_hint
                prop:value=move || typed.get()
                on:input=move |e| {
                    typed.set(event_target_value(&e));
                    at.set(0);
                }
                on:keydown=on_key
            />
            <Entries entries at open />
            <p class="palette-note">
                {move || {
                    let t = &app.t().shell;
                    if entries.with(Vec::is_empty) {
                        fill(t.palette_none, &[("text", &search.get())])
                    } else {
                        t.palette_keys.to_owned()
                    }
                }}
            </p>
            <Show when=move || search.with(String::is_empty) && !app.phone.get()>
                <p class="palette-note">{move || app.t().shell.palette_shortcuts}</p>
            </Show>
        </div>
    }
}

#[component]
fn Entries(entries: Memo<Vec<Entry>>, at: RwSignal<usize>, open: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let forms = use_forms();
    let option = move |(place, entry): (usize, Entry)| {
        let selected = move || at.get() == place;
        let chosen = entry.clone();
        view! {
            <li
                id=format!("palette-{place}")
                role="option"
                aria-selected=move || selected().to_string()
                on:mousemove=move |_| at.set(place)
                on:click=move |_| choose(app, forms, open, &chosen)
            >
                {icon(entry.icon)}
                <span>{marked(&entry.words, &entry.marks)}</span>
                {entry.detail.map(|d| view! { <small class="quiet-text">{marked(&d.text, &d.marks)}</small> })}
            </li>
        }
    };
    view! {
        <ul id="palette-list" role="listbox" aria-label=move || app.t().shell.palette>
            {dynamic(move || entries.get().into_iter().enumerate().map(option).collect_view())}
        </ul>
    }
}
