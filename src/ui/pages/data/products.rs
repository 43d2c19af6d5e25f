//! What is sold: search, figures, prices and costs.

use crate::ui::prelude::*;

use super::{failed, waiting};
use crate::domain::{Currency, Id, Kind};
use crate::engine::api::{ProductList, ProductRow, Query, TableList, Topic};
use crate::locale::{Locale, fill, plural};
use crate::ui::app::{use_app, use_currency, use_overview};
use crate::ui::components::{
    Button, ButtonKind, Column, EmptyState, Icon, LinkButton, Loaded, TextField, VirtualTable, Window,
};
use crate::ui::format::Format;
use crate::ui::model::query::QueryState;
use crate::ui::pages::export::ListExport;
use crate::ui::pages::record::{Opened, use_forms};
use crate::ui::query::use_query;
use crate::ui::route::{DataTab, Route};

const TOPICS: &[Topic] = &[Topic::Products, Topic::Orders, Topic::Settings];

#[component]
pub fn ProductsTab() -> impl IntoView {
    let app = use_app();
    let search = RwSignal::new(String::new());
    let window = RwSignal::new((0u32, 100u32));
    let state = use_query::<ProductList>(
        move || {
            let (offset, limit) = window.get();
            Query::Products { search: search.get(), offset, limit }
        },
        TOPICS,
    );
    let forms = use_forms();
    let list = Signal::derive(move || TableList::Products { search: search.get() });
    let show = move |list: Memo<ProductList>| view! { <Products list state search window /> }.into_any();
    view! {
        <div class="page-head">
            <div>
                <h1 tabindex="-1">{move || app.t().data.tab_products}</h1>
                <Answer />
            </div>
            <div class="page-actions">
                <ListExport list name=|t| t.common.products />
                <Button icon=Icon::Plus on_click=move || forms.open(Opened::new(Kind::Product))>
                    {move || app.t().data.product_add}
                </Button>
            </div>
        </div>
        <Loaded state loading=move || waiting(app) failed=failed(app) view=show />
    }
}

/// How many products there are and what they brought.
#[component]
fn Answer() -> impl IntoView {
    let app = use_app();
    let overview = use_overview();
    let words = move || {
        let locale = app.locale.get();
        let t = locale.t();
        overview.with(|o| {
            let o = o.data.as_ref().filter(|o| o.products > 0)?;
            let products = plural(t.common.n_products, o.products, &[("n", &locale.int(o.products))]);
            let money = locale.money_round(o.total_minor, o.currency);
            Some(fill(t.data.products_answer_all, &[("products", &products), ("money", &money)]))
        })
    };
    dynamic(move || words().map(|words| view! { <p class="answer">{words}</p> }))
}

#[component]
fn Products(
    list: Memo<ProductList>,
    state: Signal<QueryState<ProductList>>,
    search: RwSignal<String>,
    window: RwSignal<(u32, u32)>,
) -> impl IntoView {
    let app = use_app();
    let none = Memo::new(move |_| list.with(|l| l.total == 0));
    let searching = Memo::new(move |_| search.with(|s| !s.is_empty()));
    view! {
        <Show when=move || !none.get() || searching.get() fallback=|| view! { <NoProducts /> }>
            <div class="product-search">
                <TextField
                    label=Signal::derive(move || app.t().data.products_search.to_owned())
                    value=search
                    kind="search"
                    on_input=Callback::new(move |text| {
                        window.set((0, 100));
                        search.set(text);
                    })
                />
            </div>
            <Show
                when=move || !none.get()
                fallback=move || {
                    view! {
                        <p class="quiet-text">
                            {move || fill(app.t().data.products_none, &[("text", &search.get())])}
                        </p>
                    }
                }
            >
                <ProductTable list state window />
            </Show>
        </Show>
    }
}

#[component]
fn NoProducts() -> impl IntoView {
    let app = use_app();
    view! {
        <EmptyState
            title=Signal::derive(move || app.t().data.overview_empty_title.to_owned())
            body=Signal::derive(move || app.t().data.products_empty.to_owned())
        >
            <LinkButton kind=ButtonKind::Primary icon=Icon::Upload href=Route::Data(DataTab::Import).href()>
                {move || app.t().shell.import_orders}
            </LinkButton>
        </EmptyState>
    }
}

#[component]
fn ProductTable(
    list: Memo<ProductList>,
    state: Signal<QueryState<ProductList>>,
    window: RwSignal<(u32, u32)>,
) -> impl IntoView {
    let app = use_app();
    let currency = use_currency();
    let selected = RwSignal::new(None::<u64>);
    // Rows go with the window that they were asked for, not with the one asked for next.
    let rows = Memo::new(move |before: Option<&Window<ProductRow>>| {
        let offset = u64::from(window.get().0);
        match (before, state.with(|s| s.loading)) {
            (Some(before), true) => before.clone(),
            _ => Window { offset, rows: list.with(|l| l.rows.clone()) },
        }
    });
    let columns = Signal::derive(move || {
        let t = &app.t().data;
        let column = |key: &str, label: &str, class| Column {
            key: key.to_owned(),
            label: label.to_owned(),
            class,
            sortable: false,
            sorted: None,
        };
        vec![
            column("name", t.product_name, "p-name"),
            column("key", t.product_key, "p-key"),
            column("price", t.product_price, "p-num wide-only"),
            column("cost", t.product_cost, "p-num cost"),
            column("lines", t.product_lines, "p-num wide-only"),
            column("quantity", t.product_quantity, "p-num wide-only"),
            column("total", t.product_total, "p-num total"),
            column("edit", app.t().common.edit, "p-edit"),
        ]
    });
    let forms = use_forms();
    let edit = move |id: Id| forms.open_record(app, id);
    let open = Callback::new(move |index: u64| {
        if let Some(id) = rows.with_untracked(|w| w.row(index).map(|row| row.id)) {
            edit(id);
        }
    });
    let cells = Callback::new(move |row: ProductRow| product_cells(app.locale.get(), currency.get(), row, edit));
    view! {
        <VirtualTable
            label=Signal::derive(move || app.t().data.tab_products.to_owned())
            columns
            total=Signal::derive(move || list.with(|l| l.total))
            rows
            cards=app.phone
            selected
            cells
            on_window=Callback::new(move |to| {
                if window.get_untracked() != to {
                    window.set(to);
                }
            })
            on_open=open
            on_sort=Callback::new(|_| ())
        />
    }
}

fn product_cells(locale: Locale, currency: Currency, row: ProductRow, edit: impl Fn(Id) + 'static) -> AnyView {
    let t = &locale.t().data;
    let price = |e4: Option<i64>| e4.map_or_else(|| "–".to_owned(), |e4| locale.price(e4, currency));
    let p = &row.profile;
    let name = if p.name.is_empty() { p.key.clone() } else { p.name.clone() };
    let label = fill(t.product_edit, &[("name", &name)]);
    let (key, sold, cost) = (p.key.clone(), price(p.price_e4), price(p.cost_e4));
    let figures = (locale.int(row.lines), locale.quantity(row.quantity_milli), locale.money(row.total_minor, currency));
    view! {
        <span class="p-name" role="gridcell" title=name.clone()>
            {name.clone()}
        </span>
        <span class="p-key" role="gridcell">
            {key}
        </span>
        <span class="p-num wide-only" role="gridcell">
            {sold}
        </span>
        <span class="p-num cost" role="gridcell">
            {cost}
        </span>
        <span class="p-num wide-only" role="gridcell">
            {figures.0}
        </span>
        <span class="p-num wide-only" role="gridcell">
            {figures.1}
        </span>
        <span class="p-num total" role="gridcell">
            {figures.2}
        </span>
        <span class="p-edit" role="gridcell">
            <button
                type="button"
                class="icon-button"
                tabindex="-1"
                title=label.clone()
                aria-label=label.clone()
                on:click=move |_| edit(row.id)
            >
                {crate::ui::components::icon(Icon::Edit)}
            </button>
        </span>
    }
    .into_any()
}
