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
    pub key: String,
    pub label: String,
    /// Class of the column's cells too.
    pub class: &'static str,
    pub sortable: bool,
    pub sorted: Option<bool>,
}

/// Boxes before the rows, to choose some of them.
#[derive(Clone, Copy)]
pub struct Choosing {
    /// Whether the row is chosen; whoever runs hears of changes.
    pub is_chosen: Callback<u64, bool>,
    /// Whether all are, or none; `None`: some.
    pub all: Signal<Option<bool>>,
    pub act: Callback<Choice>,
    /// What the box of a row is called.
    pub name: Callback<u64, String>,
    /// What the box of all rows is called.
    pub name_of_all: Signal<String>,
}

/// Columns that can be moved and made wider by mouse; the keyboard's way is the page's business.
#[derive(Clone, Copy)]
pub struct Arranging {
    /// A column by its key, put into the place of another.
    pub on_move: Callback<(String, String)>,
    /// A column's width in px.
    pub on_resize: Callback<(String, u32)>,
    /// The width is as it shall be.
    pub on_settled: Callback<()>,
}

/// What a person chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The other way round.
    Turn(u64),
    /// From the first to the last row, both counted.
    Range { first: u64, last: u64, chosen: bool },
    All,
    None,
}

impl Choosing {
    /// Rows from one to another, in whichever order.
    fn range(self, a: u64, b: u64, chosen: bool) {
        self.act.run(Choice::Range { first: a.min(b), last: a.max(b), chosen });
    }
}

const HEAD_PX: f64 = 36.0;
const ROW_PX: f64 = 36.0;
const CARD_PX: f64 = 76.0;

/// The table. `cells` makes the cells of one row (elements with `role="gridcell"` and the columns' classes).
/// `on_window` is told which rows are wanted (offset, limit); `rows` are those that have arrived.
/// Up, Down (k, j), Page Up and Down, Home and End move the selection, Enter opens. Where rows can be chosen, Space does so,
/// Shift with a move or a click extends, Ctrl A chooses all, Escape none.
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
    #[prop(into)] on_sort: Callback<String>,
    #[prop(optional, into)] choosing: Option<Choosing>,
    #[prop(optional, into)] arranging: Option<Arranging>,
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
    // Where a range begins.
    let anchor = StoredValue::new(None::<u64>);
    let on_key = move |event: ev::KeyboardEvent| {
        let g = geometry.get_untracked();
        // The buttons of the head have keys of their own.
        let Some(last) = g.total.checked_sub(1).filter(|_| !is_in(&event, ".vhead")) else { return };
        let at = selected.get_untracked();
        let held = event.ctrl_key() || event.meta_key();
        let to = match (event.key().as_str(), choosing) {
            ("a", Some(choosing)) if held => {
                event.prevent_default();
                return choosing.act.run(Choice::All);
            }
            _ if held || event.alt_key() => return,
            ("ArrowDown" | "j" | "J", _) => at.map_or(0, |i| i + 1),
            ("ArrowUp" | "k" | "K", _) => at.map_or(0, |i| i.saturating_sub(1)),
            ("PageDown", _) => at.map_or(0, |i| i + g.page()),
            ("PageUp", _) => at.map_or(0, |i| i.saturating_sub(g.page())),
            ("Home", _) => 0,
            ("End", _) => last,
            ("Enter", _) => return at.map_or((), |index| on_open.run(index)),
            ("Escape", Some(choosing)) if choosing.all.get_untracked() != Some(false) => {
                return choosing.act.run(Choice::None);
            }
            ("Escape", _) => return selected.set(None),
            (" ", Some(choosing)) => {
                event.prevent_default();
                anchor.set_value(at);
                return at.map_or((), |index| choosing.act.run(Choice::Turn(index)));
            }
            _ => return,
        };
        event.prevent_default();
        let to = to.min(last);
        if let (Some(choosing), Some(at), true) = (choosing, at, event.shift_key()) {
            let from = anchor.get_value().unwrap_or(at);
            anchor.set_value(Some(from));
            // Away from where it began the range grows, towards it it shrinks.
            if to.abs_diff(from) >= at.abs_diff(from) {
                choosing.range(from, to, true);
            } else {
                choosing.range(at, if to < at { to + 1 } else { to.saturating_sub(1) }, false);
            }
        } else {
            anchor.set_value(None);
        }
        selected.set(Some(to));
    };
    let on_choose = Callback::new(move |(index, extend): (u64, bool)| {
        let Some(choosing) = choosing else { return };
        match anchor.get_value().or(selected.get_untracked()).filter(|_| extend) {
            Some(from) => choosing.range(from, index, true),
            None => {
                anchor.set_value(Some(index));
                choosing.act.run(Choice::Turn(index));
            }
        }
        // The keys go on from here.
        if let Some(table) = node.get_untracked() {
            let _focused = table.focus();
        }
    });
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
            aria-multiselectable=choosing.map(|_| "true")
            aria-activedescendant=active
            on:scroll=move |_| {
                if let Some(element) = node.get_untracked() {
                    scroll_top.set(f64::from(element.scroll_top()));
                }
            }
            on:keydown=on_key
        >
            <Head columns on_sort choosing arranging />
            <div class="vtable-space" role="presentation" style:height=move || format!("{}px", geometry.get().height_px())>
                <div class="vtable-rows" role="rowgroup" style:transform=shift>
                    <For each=move || indices(slice.get()) key=|i| *i let:index>
                        <Row index rows cards selected cells on_open choosing on_choose />
                    </For>
                </div>
            </div>
        </div>
    }
}

fn indices(slice: Slice) -> std::ops::Range<u64> {
    slice.first..slice.end
}

/// Whether an event comes from within what `selector` finds.
fn is_in(event: &ev::KeyboardEvent, selector: &str) -> bool {
    let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
    target.is_some_and(|t| t.closest(selector).is_ok_and(|found| found.is_some()))
}

#[component]
fn Row<R>(
    index: u64,
    rows: Signal<Window<R>>,
    cards: Signal<bool>,
    selected: RwSignal<Option<u64>>,
    cells: Callback<R, AnyView>,
    on_open: Callback<u64>,
    choosing: Option<Choosing>,
    on_choose: Callback<(u64, bool)>,
) -> impl IntoView
where
    R: Clone + PartialEq + Send + Sync + 'static,
{
    let row = Memo::new(move |_| rows.with(|w| w.row(index).cloned()));
    let is_selected = Memo::new(move |_| selected.get() == Some(index));
    let is_chosen = Memo::new(move |_| choosing.is_some_and(|c| c.is_chosen.run(index)));
    let click = move |event: ev::MouseEvent| {
        let extends = event.shift_key();
        if choosing.is_some() && (extends || event.ctrl_key() || event.meta_key()) {
            on_choose.run((index, extends));
        } else if cards.get_untracked() {
            on_open.run(index);
        } else {
            selected.set(Some(index));
        }
    };
    // A click that extends is no selection of text.
    let press = move |event: ev::MouseEvent| {
        if choosing.is_some() && event.shift_key() {
            event.prevent_default();
        }
    };
    view! {
        <div
            class="vrow"
            role="row"
            id=format!("row-{index}")
            aria-rowindex=(index + 2).to_string()
            aria-selected=move || if choosing.is_some() { is_chosen.get() } else { is_selected.get() }.to_string()
            class:selected=move || is_selected.get()
            class:chosen=move || is_chosen.get()
            on:click=click
            on:mousedown=press
            on:dblclick=move |_| on_open.run(index)
        >
            {choosing.map(|choosing| view! { <RowBox index is_chosen choosing on_choose /> })}
            {move || match row.get() {
                Some(row) => cells.run(row),
                None => view! { <span class="vwait" role="gridcell"></span> }.into_any(),
            }}
        </div>
    }
}

/// The box before a row.
#[component]
fn RowBox(index: u64, is_chosen: Memo<bool>, choosing: Choosing, on_choose: Callback<(u64, bool)>) -> impl IntoView {
    let click = move |event: ev::MouseEvent| {
        event.stop_propagation();
        on_choose.run((index, event.shift_key()));
    };
    view! {
        <div role="gridcell" class="c-check" on:dblclick=|event| event.stop_propagation()>
            <button
                type="button"
                role="checkbox"
                tabindex="-1"
                aria-label=move || choosing.name.run(index)
                aria-checked=move || is_chosen.get().to_string()
                on:click=click
            ></button>
        </div>
    }
}

/// The edge by which a column is made wider.
fn grip(key: String, arranging: Arranging) -> impl IntoView {
    // Where the pointer went down, and how wide the column was.
    let begun = StoredValue::new(None::<(i32, i32)>);
    let element = |event: &ev::PointerEvent| event.current_target().and_then(|t| t.dyn_into::<Element>().ok());
    let down = move |event: ev::PointerEvent| {
        event.prevent_default();
        let Some(grip) = element(&event) else { return };
        // Refused only for a pointer that is gone.
        let _held = grip.set_pointer_capture(event.pointer_id());
        begun.set_value(grip.parent_element().map(|cell| (event.client_x(), cell.client_width())));
    };
    let moved = move |event: ev::PointerEvent| {
        if let Some((from, width)) = begun.get_value() {
            let px = (width + event.client_x() - from).max(0);
            arranging.on_resize.run((key.clone(), px.unsigned_abs()));
        }
    };
    let up = move |_| {
        if begun.get_value().is_some() {
            begun.set_value(None);
            arranging.on_settled.run(());
        }
    };
    view! {
        <span
            class="grip"
            aria-hidden="true"
            draggable="true"
            on:dragstart=|event: ev::DragEvent| { event.prevent_default(); event.stop_propagation(); }
            on:pointerdown=down
            on:pointermove=moved
            on:pointerup=up
            on:pointercancel=up
        ></span>
    }
}

#[component]
fn Head(
    columns: Signal<Vec<Column>>,
    on_sort: Callback<String>,
    choosing: Option<Choosing>,
    arranging: Option<Arranging>,
) -> impl IntoView {
    // The column that is being dragged.
    let dragged = StoredValue::new(None::<String>);
    let all = move |choosing: Choosing| {
        let turn = move |_| {
            let none = choosing.all.get_untracked() == Some(false);
            choosing.act.run(if none { Choice::All } else { Choice::None });
        };
        view! {
            <div class="c-check" role="columnheader">
                <button
                    type="button"
                    role="checkbox"
                    tabindex="-1"
                    aria-label=move || choosing.name_of_all.get()
                    aria-checked=move || choosing.all.get().map_or("mixed", |all| if all { "true" } else { "false" })
                    on:click=turn
                ></button>
            </div>
        }
    };
    let cell = move |column: Column| {
        let Column { key, label, class, sortable, sorted } = column;
        let order = sorted.map(|descending| if descending { "descending" } else { "ascending" });
        let (own, target) = (key.clone(), key.clone());
        let grip = arranging.map(|arranging| grip(key.clone(), arranging));
        let drag = move |_| dragged.set_value(Some(own.clone()));
        let over = move |event: ev::DragEvent| {
            if dragged.with_value(Option::is_some) {
                event.prevent_default();
            }
        };
        let drop_here = move |event: ev::DragEvent| {
            if let (Some(arranging), Some(from)) = (arranging, dragged.get_value()) {
                event.prevent_default();
                dragged.set_value(None);
                arranging.on_move.run((from, target.clone()));
            }
        };
        let words = if sortable {
            view! {
                <button type="button" tabindex="-1" on:click=move |_| on_sort.run(key.clone())>
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
            <div
                class=class
                role="columnheader"
                aria-sort=order
                draggable=arranging.map(|_| "true")
                on:dragstart=drag
                on:dragover=over
                on:drop=drop_here
            >
                {words}
                {grip}
            </div>
        }
    };
    view! {
        <div class="vhead-group" role="rowgroup">
            <div class="vrow vhead" role="row" aria-rowindex="1">
                {choosing.map(all)}
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
