//! A table of any length that draws only the rows in sight (see `ui::model::rows`). On a phone its rows are cards.

use leptos::{ev, html};
use crate::ui::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{Element, ResizeObserver};

pub use crate::ui::model::rows::Window;
use crate::ui::model::rows::{Geometry, Slice, fetch_window};

/// A column's head. `sorted`: `Some(true)` when the table is in descending order of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub key: &'static str,
    pub label: String,
    /// Class of the column's cells too.
    pub class: &'static str,
    pub sortable: bool,
    pub sorted: Option<bool>,
}

const HEAD_PX: f64 = 36.0;
const ROW_PX: f64 = 36.0;
const CARD_PX: f64 = 76.0;

/// The table. `cells` makes the cells of one row (elements with `role="gridcell"` and the columns' classes).
/// `on_window` is told which rows are wanted (offset, limit); `rows` are those that have arrived.
/// Up, Down, Page Up and Down, Home and End move the selection, Enter opens.
#[component]
pub fn VirtualTable<R>(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] columns: Signal<Vec<Column>>,
    #[prop(into)] total: Signal<u64>,
    #[prop(into)] rows: Signal<Window<R>>,
    /// Rows are cards.
    #[prop(into)]
    cards: Signal<bool>,
    selected: RwSignal<Option<u64>>,
    /// Another list (filter, order) under the same table: it begins at the top.
    #[prop(optional, into)]
    version: Signal<String>,
    #[prop(into)] cells: Callback<R, AnyView>,
    #[prop(into)] on_window: Callback<(u32, u32)>,
    #[prop(into)] on_open: Callback<u64>,
    #[prop(into)] on_sort: Callback<&'static str>,
) -> impl IntoView
where
    R: Clone + PartialEq + Send + Sync + 'static,
{
    let node = NodeRef::<html::Div>::new();
    let scroll_top = RwSignal::new(0.0);
    let view_px = RwSignal::new(0.0);
    let head_px = move || if cards.get() { 0.0 } else { HEAD_PX };
    let geometry = Memo::new(move |_| Geometry {
        total: total.get(),
        row_px: if cards.get() { CARD_PX } else { ROW_PX },
        view_px: (view_px.get() - head_px()).max(0.0),
    });
    let slice = Memo::new(move |_| geometry.get().slice(scroll_top.get()));
    let wanted = Memo::new(move |_| fetch_window(slice.get()));
    Effect::new(move |_| on_window.run(wanted.get()));
    watch_height(node, view_px);

    let scroll_to = move |top: f64| {
        if let Some(element) = node.get_untracked() {
            element.set_scroll_top(top as i32);
            scroll_top.set(top);
        }
    };
    Effect::new(move |_| {
        let Some(index) = selected.get() else { return };
        if let Some(top) = geometry.get_untracked().reveal(index, scroll_top.get_untracked()) {
            scroll_to(top);
        }
    });
    Effect::new(move |before: Option<String>| {
        let now = version.get();
        if before.is_some_and(|b| b != now) {
            selected.set(None);
            scroll_to(0.0);
        }
        now
    });
    let on_key = move |event: ev::KeyboardEvent| {
        let g = geometry.get_untracked();
        let Some(last) = g.total.checked_sub(1) else { return };
        let at = selected.get_untracked();
        let to = match event.key().as_str() {
            "ArrowDown" => at.map_or(0, |i| i + 1),
            "ArrowUp" => at.map_or(0, |i| i.saturating_sub(1)),
            "PageDown" => at.map_or(0, |i| i + g.page()),
            "PageUp" => at.map_or(0, |i| i.saturating_sub(g.page())),
            "Home" => 0,
            "End" => last,
            "Enter" => {
                if let Some(index) = at {
                    on_open.run(index);
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        selected.set(Some(to.min(last)));
    };
    let active = move || selected.get().filter(|i| slice.with(|s| (s.first..s.end).contains(i))).map(|i| format!("row-{i}"));
    let shift = move || format!("translateY({}px)", geometry.get().offset_px(scroll_top.get(), slice.get()));
    view! {
        <div
            class="vtable"
            class:cards=move || cards.get()
            node_ref=node
            role="grid"
            tabindex="0"
            aria-label=move || label.get()
            aria-rowcount=move || (total.get() + 1).to_string()
            aria-activedescendant=active
            on:scroll=move |_| {
                if let Some(element) = node.get_untracked() {
                    scroll_top.set(f64::from(element.scroll_top()));
                }
            }
            on:keydown=on_key
        >
            <Head columns on_sort />
            <div class="vtable-space" role="presentation" style:height=move || format!("{}px", geometry.get().height_px())>
                <div class="vtable-rows" role="rowgroup" style:transform=shift>
                    <For each=move || indices(slice.get()) key=|i| *i let:index>
                        <Row index rows cards selected cells on_open />
                    </For>
                </div>
            </div>
        </div>
    }
}

fn indices(slice: Slice) -> std::ops::Range<u64> {
    slice.first..slice.end
}

#[component]
fn Row<R>(
    index: u64,
    rows: Signal<Window<R>>,
    cards: Signal<bool>,
    selected: RwSignal<Option<u64>>,
    cells: Callback<R, AnyView>,
    on_open: Callback<u64>,
) -> impl IntoView
where
    R: Clone + PartialEq + Send + Sync + 'static,
{
    let row = Memo::new(move |_| rows.with(|w| w.row(index).cloned()));
    let is_selected = Memo::new(move |_| selected.get() == Some(index));
    view! {
        <div
            class="vrow"
            role="row"
            id=format!("row-{index}")
            aria-rowindex=(index + 2).to_string()
            aria-selected=move || is_selected.get().to_string()
            class:selected=move || is_selected.get()
            on:click=move |_| if cards.get_untracked() { on_open.run(index) } else { selected.set(Some(index)) }
            on:dblclick=move |_| on_open.run(index)
        >
            {move || match row.get() {
                Some(row) => cells.run(row),
                None => view! { <span class="vwait" role="gridcell"></span> }.into_any(),
            }}
        </div>
    }
}

#[component]
fn Head(columns: Signal<Vec<Column>>, on_sort: Callback<&'static str>) -> impl IntoView {
    let cell = move |column: Column| {
        let Column { key, label, class, sortable, sorted } = column;
        let order = sorted.map(|descending| if descending { "descending" } else { "ascending" });
        let words = if sortable {
            view! {
                <button type="button" tabindex="-1" on:click=move |_| on_sort.run(key)>
                    {label}
                    <span class="sort-mark" aria-hidden="true">
                        {match sorted {
                            Some(true) => "↓",
                            Some(false) => "↑",
                            None => "",
                        }}
                    </span>
                </button>
            }
            .into_any()
        } else {
            view! { <span>{label}</span> }.into_any()
        };
        view! {
            <div class=class role="columnheader" aria-sort=order>
                {words}
            </div>
        }
    };
    view! {
        <div class="vhead-group" role="rowgroup">
            <div class="vrow vhead" role="row" aria-rowindex="1">
                {dynamic(move || columns.get().into_iter().map(cell).collect_view())}
            </div>
        </div>
    }
}

/// Keeps `height` at the element's inner height.
fn watch_height(node: NodeRef<html::Div>, height: RwSignal<f64>) {
    let kept = StoredValue::new_local(None);
    Effect::new(move |_| {
        let Some(element) = node.get() else { return };
        let element: Element = element.into();
        height.set(f64::from(element.client_height()));
        let seen = element.clone();
        let on_resize = Closure::<dyn FnMut()>::new(move || {
            height.try_set(f64::from(seen.client_height()));
        });
        // Without an observer the table keeps its first height.
        if let Ok(observer) = ResizeObserver::new(on_resize.as_ref().unchecked_ref()) {
            observer.observe(&element);
            kept.set_value(Some((observer, on_resize)));
        }
    });
    on_cleanup(move || {
        if let Some(Some((observer, _))) = kept.try_update_value(Option::take) {
            observer.disconnect();
        }
    });
}
