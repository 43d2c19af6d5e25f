//! Any list as a file, as it is shown.

use crate::ui::prelude::*;
use leptos::task::spawn_local;

use crate::domain::OwnField;
use crate::engine::api::{Answer, Query, TableList};
use crate::files::table::{Format, TableError};
use crate::locale::{Texts, fill};
use crate::ui::app::{App, use_app, use_own_fields};
use crate::ui::components::{Icon, Menu, icon};
use crate::ui::model::calendar::event;
use crate::ui::model::tables::{header, words};
use crate::ui::toasts::Tone;
use crate::web::client::{Job, Progress};
use crate::web::device;
use crate::web::table::TableSession;

/// Rows asked for at a time: few enough that the page stays quick.
const BATCH: u32 = 2_000;

/// What a list is saved as.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The columns that are shown.
    Shown(Format),
    /// Every field, so that it can be brought in again, and the figures.
    Whole(Format),
    Cards,
    Calendar,
}

impl Kind {
    /// Hands the file to the browser, called `name` in the user's language.
    pub async fn save(self, session: TableSession, name: &str) -> Result<(), TableError> {
        let (ending, mime) = match self {
            Self::Shown(Format::Csv) | Self::Whole(Format::Csv) => ("csv", "text/csv"),
            Self::Shown(Format::Xlsx) | Self::Whole(Format::Xlsx) => {
                ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
            }
            Self::Cards => ("vcf", "text/vcard"),
            Self::Calendar => ("ics", "text/calendar"),
        };
        session.save(&format!("{name}.{ending}"), mime).await
    }
}

/// A menu with the formats; of customers also what the columns show, and the address book.
#[component]
pub(super) fn OutMenu(
    save: Callback<Kind>,
    #[prop(optional)] customers: bool,
) -> impl IntoView {
    let app = use_app();
    let item = move |kind: Kind, words: fn(&'static Texts) -> &'static str| {
        view! {
            <button type="button" class="button quiet" on:click=move |_| save.run(kind)>
                {move || words(app.t())}
            </button>
        }
    };
    view! {
        <Menu label=Signal::derive(move || app.t().customers.export.to_owned()) mark=Icon::Download>
            {customers
                .then(|| {
                    view! {
                        {item(Kind::Shown(Format::Xlsx), |t| t.list.export_xlsx)}
                        {item(Kind::Shown(Format::Csv), |t| t.list.export_csv)}
                        <small>{move || app.t().list.export_whole}</small>
                    }
                })}
            {item(Kind::Whole(Format::Xlsx), |t| t.customers.export_xlsx)}
            {item(Kind::Whole(Format::Csv), |t| t.customers.export_csv)}
            {customers.then(|| item(Kind::Cards, |t| t.customers.export_vcf))}
        </Menu>
    }
}

/// Takes the progress away, and says it if the file could not be made.
pub(super) fn ended(app: App, outcome: Result<(), TableError>) {
    app.job.set(None);
    if let Err(TableError(detail)) = outcome {
        let words = fill(app.locale.get_untracked().t().segments.export_failed, &[("detail", &detail)]);
        app.toasts.show(words, Tone::Failed, None);
    }
}

type Words = fn(&'static Texts) -> &'static str;

/// Saves a list whose cells the worker makes.
fn use_saver() -> Callback<(TableList, Words, Kind)> {
    let app = use_app();
    let own = use_own_fields();
    Callback::new(move |(list, name, kind): (TableList, Words, Kind)| {
        let Kind::Whole(format) = kind else { return };
        let own = own.get_untracked();
        spawn_local(async move {
            let outcome = write(app, format, list, name, own).await;
            ended(app, outcome);
        });
    })
}

/// The menu of a list whose cells the worker makes. `name`: what the file is called.
#[component]
pub(super) fn ListExport(#[prop(into)] list: Signal<TableList>, name: Words) -> impl IntoView {
    let saver = use_saver();
    let save = Callback::new(move |kind: Kind| saver.run((list.get_untracked(), name, kind)));
    view! { <OutMenu save /> }
}

/// What has no page of its own to go out from.
#[component]
pub(super) fn BookExport() -> impl IntoView {
    let app = use_app();
    let saver = use_saver();
    let list = move |list: TableList, name: Words| {
        let item = |format: Format, words: Words| {
            let list = list.clone();
            let label = move || format!("{} · {}", name(app.t()), words(app.t()));
            view! {
                <button
                    type="button"
                    class="button quiet"
                    aria-label=label
                    on:click=move |_| saver.run((list.clone(), name, Kind::Whole(format)))
                >
                    {move || words(app.t())}
                </button>
            }
        };
        let items = [
            item(Format::Xlsx, |t| t.customers.export_xlsx).into_any(),
            item(Format::Csv, |t| t.customers.export_csv).into_any(),
        ];
        view! {
            <small>{move || name(app.t())}</small>
            {items.into_iter().collect_view()}
        }
    };
    view! {
        <Menu label=Signal::derive(move || app.t().customers.export.to_owned()) mark=Icon::Download>
            {list(TableList::Orders, |t| t.common.orders)}
            {list(TableList::Interactions, |t| t.data.target_interactions)}
            <small>{move || app.t().today.calendar_days}</small>
            <CalendarButton />
        </Menu>
    }
}

/// Saves the days to remember as a calendar.
#[component]
pub(super) fn CalendarButton() -> impl IntoView {
    let app = use_app();
    let save = move |_| {
        spawn_local(async move {
            let outcome = write_calendar(app).await;
            ended(app, outcome);
        });
    };
    view! {
        <button type="button" class="button quiet" title=move || app.t().today.calendar_hint on:click=save>
            {icon(Icon::Download)} <span>{move || app.t().today.calendar}</span>
        </button>
    }
}

async fn write_calendar(app: App) -> Result<(), TableError> {
    let (client, locale, today) = (app.client(), app.locale.get_untracked(), device::today());
    let t = &locale.t().today;
    let session = TableSession::calendar(t.calendar_days, device::now_ms()).await?;
    let (mut from, mut found) = (Some(0), false);
    while let Some(offset) = from {
        let page = match client.ask(Query::Calendar { today, offset, limit: BATCH }).await {
            Ok(Answer::Calendar(page)) => page,
            Ok(_) => return Err(TableError(String::new())),
            Err(error) => return Err(TableError(locale.command_error(&error))),
        };
        let (done, total) = (u64::from(page.next.unwrap_or(page.total)), u64::from(page.total) + 1);
        app.job.set(Some(Progress { job: Job::Export, done, total }));
        found |= !page.entries.is_empty();
        session.add_days(page.entries.into_iter().map(|entry| event(locale, entry)).collect()).await?;
        from = page.next;
    }
    if found {
        return Kind::Calendar.save(session, t.calendar_days).await;
    }
    app.toasts.show(t.calendar_none, Tone::Done, None);
    Ok(())
}

async fn write(
    app: App,
    format: Format,
    list: TableList,
    name: Words,
    own: Vec<OwnField>,
) -> Result<(), TableError> {
    let (client, as_of, locale) = (app.client(), app.as_of.get_untracked(), app.locale.get_untracked());
    let words = words(locale, &list);
    let session = TableSession::table(format, header(locale, &list, &own)).await?;
    let mut from = Some(0);
    while let Some(offset) = from {
        let query = Query::Table { as_of, list: list.clone(), words: words.clone(), offset, limit: BATCH };
        let page = match client.ask(query).await {
            Ok(Answer::Table(page)) => page,
            Ok(_) => return Err(TableError(String::new())),
            Err(error) => return Err(TableError(locale.command_error(&error))),
        };
        let (done, total) = (u64::from(page.next.unwrap_or(page.total)), u64::from(page.total) + 1);
        app.job.set(Some(Progress { job: Job::Export, done, total }));
        session.rows(page.rows).await?;
        from = page.next;
    }
    Kind::Whole(format).save(session, name(locale.t())).await
}
