//! The list as it is filtered and sorted, as a file: profiles first, so that it can be brought in again, then its figures.

use crate::ui::prelude::*;
use leptos::task::spawn_local;

use crate::domain::CustomerProfile;
use super::bulk::Choosers;
use super::list::use_look;
use super::words::{Look, cell, label, value};
use crate::engine::api::{Answer, Column, CustomerRow, Query};
use crate::files::orders::Role;
use crate::files::table::{Cell, TableError};
use crate::ui::app::{App, use_app};
use crate::ui::model::columns::USUAL;
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
        Kind::Whole(_) => {
            let own = look.own.iter().map(|field| Column::Own(field.id));
            USUAL.map(Column::Figure).into_iter().chain(own).collect()
        }
        Kind::Cards => Vec::new(),
    };
    let heads = columns.iter().map(|column| label(look, *column));
    let session = match kind {
        Kind::Shown(format) => TableSession::table(format, heads.collect()).await?,
        Kind::Whole(format) => {
            let profile = PROFILE.iter().map(|role| locale.role(*role).to_owned());
            TableSession::table(format, profile.chain(heads).collect()).await?
        }
        Kind::Cards => TableSession::cards().await?,
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
        let cells = |(profile, row): &(CustomerProfile, CustomerRow)| {
            let profile = if let Kind::Whole(_) = kind { profile_cells(profile) } else { Vec::new() };
            let cells = columns.iter().map(|&column| cell(look, column, &value(column, row)));
            profile.into_iter().chain(cells).collect()
        };
        match kind {
            Kind::Shown(_) | Kind::Whole(_) => session.rows(rows.iter().map(cells).collect()).await?,
            Kind::Cards => session.add_cards(rows.into_iter().map(|(profile, _)| profile).collect()).await?,
        }
    }
    kind.save(session, locale.t().customers.title).await
}

/// Columns of the profile, called as the import knows them.
const PROFILE: [Role; 12] = [
    Role::CustomerKey,
    Role::CustomerName,
    Role::Phone,
    Role::Email,
    Role::Company,
    Role::Country,
    Role::City,
    Role::Address,
    Role::Birthday,
    Role::Tags,
    Role::Owner,
    Role::Note,
];

fn profile_cells(p: &CustomerProfile) -> Vec<Cell> {
    let tags = p.tags.join(", ");
    let texts = [
        &p.key, &p.name, &p.phone, &p.email, &p.company, &p.country, &p.city, &p.address, &p.birthday, &tags, &p.owner, &p.note,
    ];
    let text = |text: &String| if text.is_empty() { Cell::Empty } else { Cell::Text(text.clone()) };
    texts.into_iter().map(text).collect()
}
