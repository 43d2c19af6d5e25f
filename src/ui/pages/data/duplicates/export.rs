//! Who may be in the book twice, as a file: a row per customer, groups under one number.

use crate::ui::prelude::*;
use leptos::task::spawn_local;

use crate::domain::Kind as RecordKind;
use crate::engine::api::{Answer, CustomerRow, DuplicateGroup, Query};
use crate::files::table::{Cell, TableError};
use crate::ui::app::{App, use_app};
use crate::ui::pages::export::{Kind, OutMenu, ended};
use crate::web::table::TableSession;

#[component]
pub(super) fn Export() -> impl IntoView {
    let app = use_app();
    let save = Callback::new(move |kind: Kind| {
        spawn_local(async move {
            let outcome = write(app, kind).await;
            ended(app, outcome);
        });
    });
    view! { <OutMenu save /> }
}

async fn write(app: App, kind: Kind) -> Result<(), TableError> {
    let Kind::Whole(format) = kind else { return Ok(()) };
    let locale = app.locale.get_untracked();
    let t = locale.t();
    let query = Query::Duplicates { go_on: false, anew: false, offset: 0, limit: u32::MAX };
    let list = match app.client().ask(query).await {
        Ok(Answer::Duplicates(list)) => list,
        Ok(_) => return Err(TableError(String::new())),
        Err(error) => return Err(TableError(locale.command_error(&error))),
    };
    let field = |name| locale.label(RecordKind::Customer, name);
    let header = [
        t.duplicates.group,
        t.duplicates.likelihood,
        t.duplicates.why,
        field("key"),
        t.common.customer,
        field("phone"),
        field("company"),
        field("country"),
        t.common.purchases,
    ];
    let session = TableSession::table(format, header.map(str::to_owned).into()).await?;
    let text = |text: &str| if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) };
    let mut rows = Vec::new();
    for (number, group) in (1..).zip(&list.groups) {
        let DuplicateGroup { customers, percent, reasons } = group;
        let why = t.duplicates.reasons(reasons);
        let row = |row: &CustomerRow| {
            let likely = Cell::Number(i64::from(*percent), 0);
            let bought = Cell::Number(row.metrics.purchases.into(), 0);
            let said = [&row.key, &row.name, &row.phone, &row.company, &row.country].map(|field| text(field));
            [Cell::Number(number, 0), likely, text(&why)].into_iter().chain(said).chain([bought]).collect()
        };
        rows.extend(customers.iter().map(row));
    }
    session.rows(rows).await?;
    kind.save(session, t.duplicates.tab).await
}
