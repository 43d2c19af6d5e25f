//! The list as it is filtered and sorted, as a file: profiles first, so that it can be brought in again, then its figures.

use crate::ui::prelude::*;
use leptos::task::spawn_local;

use super::bulk::Choosers;
use crate::domain::{Currency, CustomerProfile, Kind as RecordKind, OwnField, OwnInput, Value};
use crate::engine::api::{Answer, CustomerRow, Query};
use crate::files::orders::Role;
use crate::files::table::{Cell, Format, TableError};
use crate::locale::{Locale, fill};
use crate::ui::app::{App, use_app, use_currency, use_own_fields, use_tiers};
use crate::ui::components::{Icon, Menu};
use crate::ui::toasts::Tone;
use crate::web::client::{Job, Progress};
use crate::web::table::TableSession;

/// Rows asked for at a time: few enough that the page stays quick.
const BATCH: usize = 500;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Table(Format),
    Cards,
}

/// A menu with the three formats: of the list, or of those chosen in it.
#[component]
pub(super) fn ExportMenu(choosers: Choosers, #[prop(optional)] only_chosen: bool) -> impl IntoView {
    let app = use_app();
    let (currency, tiers, own) = (use_currency(), use_tiers(), use_own_fields());
    let save = move |kind: Kind| {
        let look = (app.locale.get_untracked(), currency.get_untracked(), tiers.get_untracked());
        let own: Vec<OwnField> = own.with_untracked(|own| own.iter().filter(|f| f.of == RecordKind::Customer).cloned().collect());
        spawn_local(async move {
            let row = |row: &(CustomerProfile, CustomerRow)| {
                let own = own.iter().map(|field| own_cell(look.0, field, &row.1));
                cells(look.0, look.1, &look.2, row).into_iter().chain(own).collect()
            };
            let header = header(look.0).into_iter().chain(own.iter().map(|field| field.name.clone())).collect();
            let outcome = write(app, kind, choosers, only_chosen, header, row).await;
            app.job.set(None);
            if let Err(TableError(detail)) = outcome {
                let words = fill(look.0.t().segments.export_failed, &[("detail", &detail)]);
                app.toasts.show(words, Tone::Failed, None);
            }
        });
    };
    let item = move |kind: Kind, words: fn(Locale) -> &'static str| {
        view! {
            <button type="button" class="button quiet" on:click=move |_| save(kind)>
                {move || words(app.locale.get())}
            </button>
        }
    };
    view! {
        <Menu label=Signal::derive(move || app.t().customers.export.to_owned()) mark=Icon::Download>
            {item(Kind::Table(Format::Xlsx), |l| l.t().customers.export_xlsx)}
            {item(Kind::Table(Format::Csv), |l| l.t().customers.export_csv)}
            {item(Kind::Cards, |l| l.t().customers.export_vcf)}
        </Menu>
    }
}

async fn write(
    app: App,
    kind: Kind,
    choosers: Choosers,
    only_chosen: bool,
    header: Vec<String>,
    row: impl Fn(&(CustomerProfile, CustomerRow)) -> Vec<Cell>,
) -> Result<(), TableError> {
    let locale = app.locale.get_untracked();
    let failed = |error| TableError(locale.command_error(&error));
    let (client, as_of) = (app.client(), app.as_of.get_untracked());
    let (filter, sort) = (choosers.filter.get_untracked(), choosers.sort.get_untracked());
    let query = Query::CustomerIds { as_of, filter, sort, offset: 0, limit: u32::MAX };
    let Answer::Ids(mut ids) = client.ask(query).await.map_err(failed)? else { return Err(TableError(String::new())) };
    if only_chosen {
        choosers.picks.with_untracked(|picks| ids.retain(|id| picks.has(*id)));
    }
    let session = match kind {
        Kind::Table(format) => TableSession::table(format, header).await?,
        Kind::Cards => TableSession::cards().await?,
    };
    let total = ids.len() as u64;
    let mut done = 0;
    for ids in ids.chunks(BATCH) {
        app.job.set(Some(Progress { job: Job::Export, done, total: total + 1 }));
        done += ids.len() as u64;
        let rows = match client.ask(Query::Profiles { as_of, ids: ids.to_vec() }).await.map_err(failed)? {
            Answer::Profiles(rows) => rows,
            _ => return Err(TableError(String::new())),
        };
        match kind {
            Kind::Table(_) => session.rows(rows.iter().map(&row).collect()).await?,
            Kind::Cards => session.add_cards(rows.into_iter().map(|(profile, _)| profile).collect()).await?,
        }
    }
    let (ending, mime) = match kind {
        Kind::Table(Format::Csv) => ("csv", "text/csv"),
        Kind::Table(Format::Xlsx) => ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        Kind::Cards => ("vcf", "text/vcard"),
    };
    session.save(&format!("{}.{ending}", locale.t().customers.title), mime).await
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

fn header(locale: Locale) -> Vec<String> {
    let (c, t) = (&locale.t().common, &locale.t().customers);
    let figures =
        [c.tier, t.group_short, c.rfm, c.last_purchase, c.purchases, c.revenue, c.profit, c.dormancy, locale.t().satisfaction.mood];
    PROFILE.iter().map(|role| locale.role(*role)).chain(figures).map(str::to_owned).collect()
}

/// What stands in a custom field; what is not of its type as the text that it is.
fn own_cell(locale: Locale, field: &OwnField, row: &CustomerRow) -> Cell {
    let Some((_, value)) = row.own.iter().find(|(id, _)| *id == field.id) else { return Cell::Empty };
    match (field.input, value) {
        (OwnInput::Number | OwnInput::Money, Value::Int(n)) => Cell::Number(*n, 4),
        (_, Value::Text(text)) => Cell::Text(text.clone()),
        (_, Value::Bool(b)) => Cell::Text(locale.word(if *b { "form_yes" } else { "form_no" }).to_owned()),
        (_, Value::Json(words)) => {
            let words = words.as_array().into_iter().flatten().filter_map(|w| w.as_str());
            Cell::Text(words.collect::<Vec<_>>().join(", "))
        }
        (_, Value::Int(n)) => Cell::Number(*n, 4),
        _ => Cell::Empty,
    }
}

fn cells(
    locale: Locale,
    currency: Currency,
    tiers: &[crate::domain::TierRule],
    (profile, row): &(CustomerProfile, CustomerRow),
) -> Vec<Cell> {
    let p = profile;
    let m = &row.metrics;
    let tags = p.tags.join(", ");
    let texts = [
        &p.key, &p.name, &p.phone, &p.email, &p.company, &p.country, &p.city, &p.address, &p.birthday, &tags, &p.owner, &p.note,
    ];
    let text = |text: &str| if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) };
    let word = |words: Option<String>| words.map_or(Cell::Empty, Cell::Text);
    let money = |minor: i64| Cell::Number(minor, currency.decimals());
    let figures = [
        word(m.tier.as_deref().map(|id| locale.tier(id, tiers))),
        word(m.kotler.map(|group| locale.kotler(group).to_owned())),
        word(m.rfm.map(|scores| scores.map(|s| s.to_string()).join("-"))),
        m.last.map_or(Cell::Empty, Cell::Day),
        Cell::Number(i64::from(m.purchases), 0),
        money(m.revenue_minor),
        money(m.profit_minor),
        word(m.dormancy.map(|step| locale.dormancy(step).to_owned())),
        word((m.answers > 0).then(|| locale.satisfaction(m.mood).to_owned())),
    ];
    texts.into_iter().map(|t| text(t)).chain(figures).collect()
}
