//! The columns of the list: which, in which order, how wide. Kept on this device.

use crate::ui::prelude::*;
use gloo::timers::callback::Timeout;

use super::list::use_look;
use super::words::{Look, label};
use crate::engine::api::Column;
use crate::ui::app::use_app;
use crate::ui::browser;
use crate::ui::components::{Button, ButtonKind, Dialog, Icon, IconButton};
use crate::ui::model::columns::{self, Shown, WIDTHS};
use crate::web::device;

/// The columns, changed from several places.
#[derive(Clone, Copy)]
pub(super) struct Columns(pub RwSignal<Vec<Shown>>);

impl Columns {
    pub fn load() -> Self {
        Self(RwSignal::new(columns::read(&device::load().columns)))
    }

    /// Changes and keeps them.
    pub fn change(self, change: impl FnOnce(&mut Vec<Shown>)) {
        self.0.update(change);
        self.keep();
    }

    pub fn keep(self) {
        let mut kept = device::load();
        kept.columns = self.0.with_untracked(|list| columns::print(list));
        // Where the browser keeps nothing they hold until the page is closed.
        let _kept = device::save(&kept);
    }
}

/// A button, and the dialog behind it.
#[component]
pub(super) fn ColumnsButton(shown: Columns) -> impl IntoView {
    let app = use_app();
    let open = RwSignal::new(false);
    view! {
        <Button icon=Icon::Table on_click=move || open.set(true)>{move || app.t().list.columns}</Button>
        <Dialog
            open
            title=Signal::derive(move || app.t().list.columns_title.to_owned())
            close=Signal::derive(move || app.t().common.close.to_owned())
            on_close=move || open.set(false)
            wide=true
        >
            <Chooser shown />
        </Dialog>
    }
}

#[component]
fn Chooser(shown: Columns) -> impl IntoView {
    let app = use_app();
    let order = Memo::new(move |_| shown.0.with(|list| list.iter().map(|s| s.column).collect::<Vec<_>>()));
    let look = use_look();
    let own = move || look.with(|look| look.own.iter().map(|field| Column::Own(field.id)).collect::<Vec<_>>());
    let part = move |pick: fn(&Column) -> bool| {
        let one = move |column: Column| view! { <Tick column shown order look /> };
        dynamic(move || Column::all().into_iter().chain(own()).filter(pick).map(one).collect_view())
    };
    view! {
        <div class="columns-dialog">
            <p class="quiet-text">{move || app.t().list.columns_note}</p>
            <ol class="columns-shown" aria-label=move || app.t().list.columns_shown>
                {dynamic(move || {
                    let count = order.with(Vec::len);
                    order.get().into_iter().enumerate().map(|(at, column)| view! { <Place column at count shown look /> }).collect_view()
                })}
            </ol>
            <fieldset class="columns-all">
                <legend>{move || app.t().list.fields}</legend>
                {part(|c| !matches!(c, Column::Figure(_)))}
            </fieldset>
            <fieldset class="columns-all">
                <legend>{move || app.t().list.figures}</legend>
                {part(|c| matches!(c, Column::Figure(_)))}
            </fieldset>
            <Button kind=ButtonKind::Quiet icon=Icon::Undo on_click=move || shown.change(|list| *list = columns::usual())>
                {move || app.t().list.columns_usual}
            </Button>
        </div>
    }
}

/// Whether a column is shown.
#[component]
fn Tick(column: Column, shown: Columns, order: Memo<Vec<Column>>, look: Memo<Look>) -> impl IntoView {
    view! {
        <label class="check">
            <input
                type="checkbox"
                disabled=column == Column::NAME
                prop:checked=move || order.with(|list| list.contains(&column))
                on:change=move |_| shown.change(|list| columns::toggle(list, column))
            />
            <span>{move || look.with(|look| label(look, column))}</span>
        </label>
    }
}

/// One that is shown: its place and width.
#[component]
fn Place(column: Column, at: usize, count: usize, shown: Columns, look: Memo<Look>) -> impl IntoView {
    let named = move |text: fn(crate::locale::Locale) -> &'static str| {
        Signal::derive(move || look.with(|look| crate::locale::fill(text(look.locale), &[("name", &label(look, column))])))
    };
    let width = move || shown.0.with(|list| list.iter().find(|s| s.column == column).map_or(0, |s| s.width_px));
    let step = move |to: usize, button: &'static str| {
        shown.change(|list| columns::put(list, column, to));
        // The line is drawn anew at its place; the keys go on there.
        Timeout::new(0, move || browser::focus(&format!(".columns-shown li:nth-child({}) .{button} button", to + 1))).forget();
    };
    let resize = move |event| {
        if let Ok(px) = event_target_value(&event).parse() {
            shown.change(|list| columns::resize(list, column, px));
        }
    };
    let width_label = named(|l| l.t().list.column_width);
    view! {
        <li>
            <span class="column-name">{move || look.with(|look| label(look, column))}</span>
            <input
                type="range"
                min=WIDTHS.start().to_string()
                max=WIDTHS.end().to_string()
                step="4"
                aria-label=move || width_label.get()
                prop:value=move || width().to_string()
                on:input=resize
            />
            <span class="up">
                <IconButton
                    icon=Icon::Up
                    label=named(|l| l.t().list.column_up)
                    disabled={at < 2}
                    on_click=move || step(at.saturating_sub(1), "up")
                />
            </span>
            <span class="down">
                <IconButton
                    icon=Icon::Down
                    label=named(|l| l.t().list.column_down)
                    disabled={at == 0 || at + 1 >= count}
                    on_click=move || step(at + 1, "down")
                />
            </span>
        </li>
    }
}
