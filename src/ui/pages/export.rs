//! Any list as a file, as it is shown.

use crate::ui::prelude::*;
use leptos::task::spawn_local;

use crate::domain::OwnField;
use crate::engine::api::{Answer, Query, TableList, TableWords};
use crate::files::table::{Format, TableError};
use crate::locale::{Locale, Texts, fill};
use crate::ui::app::{App, use_app, use_own_fields};
use crate::ui::components::{Icon, Menu};
use crate::ui::toasts::Tone;
use crate::web::client::{Job, Progress};
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
        };
        session.save(&format!("{name}.{ending}"), mime).await
    }
}

/// A menu with the formats; of customers also what the columns show, and the address book.
#[component]
pub(super) fn OutMenu(
    save: Callback<Kind>,
    #[prop(optional)] customers: bool,
    #[prop(default = |t| t.customers.export)] label: fn(&'static Texts) -> &'static str,
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
        <Menu label=Signal::derive(move || label(app.t()).to_owned()) mark=Icon::Download>
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

/// The menu of a list whose cells the worker makes. `name`: what the file is called.
#[component]
pub(super) fn ListExport(
    #[prop(into)] list: Signal<TableList>,
    name: fn(&'static Texts) -> &'static str,
    #[prop(default = |t| t.customers.export)] label: fn(&'static Texts) -> &'static str,
) -> impl IntoView {
    let app = use_app();
    let own = use_own_fields();
    let save = Callback::new(move |kind: Kind| {
        let Kind::Whole(format) = kind else { return };
        let list = list.get_untracked();
        let own = own.with_untracked(|own| own.iter().filter(|f| f.of == list.kind()).cloned().collect());
        spawn_local(async move {
            let outcome = write(app, format, list, name, own).await;
            ended(app, outcome);
        });
    });
    view! { <OutMenu save label /> }
}

async fn write(
    app: App,
    format: Format,
    list: TableList,
    name: fn(&'static Texts) -> &'static str,
    own: Vec<OwnField>,
) -> Result<(), TableError> {
    let (client, as_of, locale) = (app.client(), app.as_of.get_untracked(), app.locale.get_untracked());
    let words = table_words(locale);
    let session = TableSession::table(format, header(locale, &list, own)).await?;
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

fn header(locale: Locale, list: &TableList, own: Vec<OwnField>) -> Vec<String> {
    let t = &locale.t().data;
    let figures: &[&str] = match list {
        TableList::Products { .. } => &[t.product_lines, t.product_quantity, t.product_total],
        _ => &[],
    };
    let roles = list.columns().iter().map(|role| locale.role(*role).to_owned());
    roles.chain(own.into_iter().map(|field| field.name)).chain(figures.iter().map(|&f| f.to_owned())).collect()
}

fn table_words(locale: Locale) -> TableWords {
    let kind = |kind| locale.order_kind(kind).to_owned();
    TableWords {
        yes: locale.word("form_yes").to_owned(),
        no: locale.word("form_no").to_owned(),
        purchase: kind(crate::domain::OrderKind::Purchase),
        refund: kind(crate::domain::OrderKind::Refund),
        adjustment: kind(crate::domain::OrderKind::Adjustment),
    }
}
