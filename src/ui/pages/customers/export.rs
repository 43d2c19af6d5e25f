//! The list as it is filtered and sorted, as a file: profiles first, so that it can be brought in again, then its figures.

use crate::ui::prelude::*;
use leptos::task::spawn_local;

use crate::domain::CustomerProfile;
use super::bulk::Choosers;
use super::list::use_look;
use super::words::{Look, cell, label, value};
use crate::engine::api::{Answer, Column, CustomerRow, Query, TableList};
use crate::files::table::{Cell, TableError};
use crate::ui::app::{App, use_app};
use crate::ui::model::columns::USUAL;
use crate::ui::model::tables::{header, words};
use crate::ui::pages::export::{Kind, OutMenu, ended};
use crate::web::client::{Job, Progress};
use crate::web::table::TableSession;

/// Rows asked for at a time: few enough that the page stays quick.
const BATCH: usize = 500;

/// A menu with the formats: of the list, or of those chosen in it.
#[component]
pub(super) fn ExportMenu(choosers: Choosers, #[prop(optional)] only_chosen: bool) -> impl IntoView {
    let app = use_app();
    let look = use_look();
    let save = move |kind: Kind| {
        let look = look.get_untracked();
        spawn_local(async move {
            let outcome = write(app, kind, choosers, only_chosen, &look).await;
            ended(app, outcome);
        });
    };
    view! { <OutMenu save=Callback::new(save) customers=true /> }
}

async fn write(
    app: App,
    kind: Kind,
    choosers: Choosers,
    only_chosen: bool,
    look: &Look,
) -> Result<(), TableError> {
    let locale = look.locale;
    let failed = |error| TableError(locale.command_error(&error));
    let (client, as_of) = (app.client(), app.as_of.get_untracked());
    let (filter, sort) = (choosers.filter.get_untracked(), choosers.sort.get_untracked());
    let query = Query::CustomerIds { as_of, filter, sort, offset: 0, limit: u32::MAX };
    let Answer::Ids(mut ids) = client.ask(query).await.map_err(failed)? else { return Err(TableError(String::new())) };
    if only_chosen {
        choosers.picks.with_untracked(|picks| ids.retain(|id| picks.has(*id)));
    }
    // Columns that the file takes from the list.
    let columns = match kind {
        Kind::Shown(_) => choosers.shown.get_untracked(),
        Kind::Whole(_) => USUAL.map(Column::Figure).into(),
        Kind::Cards | Kind::Calendar => Vec::new(),
    };
    let heads = columns.iter().map(|column| label(look, *column));
    let record = match kind {
        Kind::Whole(_) => header(locale, &TableList::Customers { ids: Vec::new() }, &look.own),
        Kind::Shown(_) | Kind::Cards | Kind::Calendar => Vec::new(),
    };
    let head: Vec<String> = record.into_iter().chain(heads).collect();
    let width = head.len();
    let session = match kind {
        Kind::Shown(format) | Kind::Whole(format) => TableSession::table(format, head).await?,
        Kind::Cards | Kind::Calendar => TableSession::cards().await?,
    };
    let total = ids.len() as u64;
    let mut done = 0;
    for ids in ids.chunks(BATCH) {
        app.job.set(Some(Progress { job: Job::Export, done, total: total + 1 }));
        done += ids.len() as u64;
        let rows = match client.ask(Query::Profiles { as_of, ids: ids.to_vec(), columns: columns.clone() }).await.map_err(failed)? {
            Answer::Profiles(rows) => rows,
            _ => return Err(TableError(String::new())),
        };
        // All that is known of each; who went or came between the two answers is left out.
        let records = match kind {
            Kind::Whole(_) => {
                let list = TableList::Customers { ids: ids.to_vec() };
                let words = words(locale, &list);
                match client.ask(Query::Table { as_of, list, words, offset: 0, limit: u32::MAX }).await.map_err(failed)? {
                    Answer::Table(page) => page.rows,
                    _ => return Err(TableError(String::new())),
                }
            }
            Kind::Shown(_) | Kind::Cards | Kind::Calendar => Vec::new(),
        };
        let cells = |(_, row): &(CustomerProfile, CustomerRow)| {
            let record = ids.iter().position(|id| *id == row.id).and_then(|at| records.get(at));
            let cells = columns.iter().map(|&column| cell(look, column, &value(column, row)));
            record.into_iter().flatten().cloned().chain(cells).collect()
        };
        match kind {
            Kind::Shown(_) | Kind::Whole(_) => {
                let cells = rows.iter().map(cells);
                session.rows(cells.filter(|cells: &Vec<Cell>| cells.len() == width).collect()).await?;
            }
            Kind::Cards | Kind::Calendar => session.add_cards(rows.into_iter().map(|(profile, _)| profile).collect()).await?,
        }
    }
    kind.save(session, locale.t().customers.title).await
}
