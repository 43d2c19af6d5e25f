//! The order of the list: by the columns' heads, or by a menu, which keys and a phone reach too.

use crate::ui::prelude::*;

use super::bulk::Choosers;
use super::list::use_look;
use super::usual_sort;
use super::words::label;
use crate::engine::api::{Column, Content, Filter, Sort, SortKey};
use crate::ui::app::{App, use_app};
use crate::ui::components::{Icon, Menu};
use crate::ui::route::Route;

/// Puts the list in the order of a column, or the other way round if it is in it.
pub(super) fn sort_by(app: App, filter: Memo<Filter>, sort: Memo<Sort>, key: &str) {
    let Some(column) = Column::parse(key) else { return };
    let (by, now) = (SortKey::of(column), sort.get_untracked());
    // Figures from the greatest down, words from the start.
    let words = matches!(column.content(), Content::Text | Content::Words | Content::Date | Content::Choice(_));
    let descending = if now.by == by { !now.descending } else { !words };
    let next = Sort { by, descending };
    let sort = Some(next).filter(|next| *next != filter.with_untracked(usual_sort));
    app.go(&Route::Customers { filter: Box::new(filter.get_untracked()), sort });
}

#[component]
pub(super) fn SortMenu(choosers: Choosers) -> impl IntoView {
    let app = use_app();
    let look = use_look();
    let Choosers { filter, sort, shown, .. } = choosers;
    let name = move |column: Column| {
        let now = sort.get();
        let mark = if now.by.column() != Some(column) { "" } else if now.descending { " ↓" } else { " ↑" };
        format!("{}{mark}", look.with(|look| label(look, column)))
    };
    let now = Signal::derive(move || {
        let t = &app.t().customers;
        // On a phone nothing else tells the order.
        let by = sort.get().by.column().filter(|_| app.phone.get());
        by.map_or_else(|| t.sort.to_owned(), |column| format!("{} {}", t.sort, name(column)))
    });
    let item = move |column: Column| {
        let is_now = move || (sort.get().by.column() == Some(column)).to_string();
        view! {
            <button
                type="button"
                class="button quiet"
                aria-pressed=is_now
                on:click=move |_| sort_by(app, filter, sort, &column.name())
            >
                {move || name(column)}
            </button>
        }
    };
    view! {
        <Menu label=now mark=Icon::Down>
            {dynamic(move || shown.get().into_iter().map(item).collect_view())}
        </Menu>
    }
}
