//! Who is on the team and what they were trained in; which after-sales service is free for whom (SPEC R7).

use crate::ui::prelude::*;

use crate::domain::{Day, Input, Kind, Value};
use crate::engine::api::{Query, RecordList, RecordRow, Topic};
use crate::locale::fill;
use crate::ui::app::{use_app, use_currency, use_tiers};
use crate::ui::components::{Button, ButtonKind, Icon, IconButton};
use crate::ui::pages::record::{Opened, facts, reach, use_forms};
use crate::ui::query::use_query;
use crate::web::device;

/// Shown of one kind: more than any team has.
const LIMIT: u32 = 500;

#[component]
pub fn TeamPage() -> impl IntoView {
    let app = use_app();
    let trainings = use_rows(Kind::Training);
    let word = move |name: &'static str| Signal::derive(move || app.locale.get().word(name).to_owned());
    view! {
        <div class="page narrow team">
            <header class="page-head">
                <div>
                    <h1 tabindex="-1">{word("team_title")}</h1>
                    <p class="answer">{word("team_answer")}</p>
                </div>
            </header>
            <Records kind=Kind::Member title=word("team_members") none=word("team_members_none") trainings />
            <Records kind=Kind::Entitlement title=word("team_services") none=word("team_services_none") />
        </div>
    }
}

/// All records of a kind, each with its facts.
#[component]
fn Records(
    kind: Kind,
    title: Signal<String>,
    none: Signal<String>,
    /// Of members: what they were trained in.
    #[prop(optional)]
    trainings: Option<Memo<Vec<RecordRow>>>,
) -> impl IntoView {
    let app = use_app();
    let forms = use_forms();
    let list = use_rows(kind);
    let heading = format!("{}-title", kind.name());
    let row = move |row: RecordRow| {
        let id = row.id;
        let of_member = move |training: &RecordRow| training.values.iter().any(|(_, value)| *value == Value::Ref(id));
        let trained =
            trainings.map(|all| all.with(|all| all.iter().filter(|t| of_member(t)).cloned().collect::<Vec<_>>()));
        view! { <Row row trained /> }
    };
    let label = Signal::derive(move || app.locale.get().form_title(kind, true));
    view! {
        <section class="card" aria-labelledby=heading.clone()>
            <div class="card-head">
                <h2 id=heading.clone()>{title}</h2>
                <Button kind=ButtonKind::Quiet icon=Icon::Plus on_click=move || forms.open(Opened::new(kind))>{label}</Button>
            </div>
            <Show when=move || list.with(Vec::is_empty)>
                <p class="profile-empty">{none}</p>
            </Show>
            <ul class="contact-list">{dynamic(move || list.get().into_iter().map(row).collect_view())}</ul>
        </section>
    }
}

fn use_rows(kind: Kind) -> Memo<Vec<RecordRow>> {
    let state = use_query::<RecordList>(
        move || Query::Records { kind, search: String::new(), of: None, offset: 0, limit: LIMIT },
        &[Topic::Records],
    );
    Memo::new(move |before: Option<&Vec<RecordRow>>| {
        state.with(|s| s.data.as_ref().map(|d| d.rows.clone())).or_else(|| before.cloned()).unwrap_or_default()
    })
}

/// One record; below a member what they were trained in.
#[component]
fn Row(row: RecordRow, trained: Option<Vec<RecordRow>>) -> impl IntoView {
    let app = use_app();
    let forms = use_forms();
    let (currency, tiers) = (use_currency(), use_tiers());
    let (id, title) = (row.id, row.title.clone());
    let about = {
        let row = row.clone();
        move || {
            let (locale, tiers) = (app.locale.get(), tiers.get());
            let all = facts(locale, &row, &[], currency.get(), &["name", "course", "member"]);
            let one = |fact: crate::ui::pages::record::Fact| {
                let words = match fact.input {
                    Input::Tiers => {
                        let ids = row.values.iter().filter(|(name, _)| *name == fact.name).filter_map(|(_, value)| value.list());
                        ids.flatten().map(|id| locale.tier(id, &tiers)).collect::<Vec<_>>().join(locale.comma())
                    }
                    _ => fact.words,
                };
                let plain = matches!(fact.name.as_str(), "role" | "phone" | "email" | "note");
                let label = (!plain).then(|| format!("{} ", fact.label));
                view! { <span>{label}{reach(&fact.name, words)}</span> }
            };
            all.into_iter().map(one).collect_view()
        }
    };
    let today = device::civil_now().day();
    let until = row.values.iter().find_map(|(name, value)| if let ("expires", Value::Int(day)) = (name.as_str(), value) { i32::try_from(*day).ok() } else { None });
    let is_over = until.is_some_and(|day| Day(day) < today);
    let over = move || is_over.then(|| view! { <small class="odd">{app.locale.get().word("team_over")}</small> });
    let edit_label = {
        let title = title.clone();
        Signal::derive(move || format!("{} · {title}", app.t().common.edit))
    };
    let train = {
        let title = title.clone();
        move || {
            let today = i64::from(device::civil_now().day().0);
            forms.open(Opened::new(Kind::Training).of("member", id, title.clone()).with("day", today));
        }
    };
    let train_label = {
        let title = title.clone();
        Signal::derive(move || fill(app.locale.get().word("team_train"), &[("name", &title)]))
    };
    let below = trained.map(|all| {
        view! {
            <ul class="contact-list trained">{all.into_iter().map(|row| view! { <Row row trained=None /> }.into_any()).collect_view()}</ul>
            <Button kind=ButtonKind::Quiet icon=Icon::Plus on_click=train>{train_label}</Button>
        }
    });
    view! {
        <li class="contact-row">
            <div>
                <b>{title}</b>
                <p class="record-facts quiet-text">{dynamic(about)} {dynamic(over)}</p>
                {below}
            </div>
            <IconButton icon=Icon::Edit label=edit_label on_click=move || forms.open(Opened::edit(row.clone())) />
        </li>
    }
    .into_any()
}
