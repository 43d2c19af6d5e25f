//! The second step: what each column means, with its first values under it.

use crate::ui::prelude::*;

use super::flow::use_flow;
use super::mapping_more::{CurrencyChoice, DateOrderChoice, FillDown, More, ReadAs};
use super::preview::Preview;
use crate::locale::fill;
use crate::ui::app::use_app;
use crate::files::orders::Target;
use crate::ui::components::{Button, ButtonKind, SelectField};
use crate::ui::model::wizard::{Blocker, Event};

#[component]
pub fn MappingStep() -> impl IntoView {
    let app = use_app();
    let flow = use_flow();
    let remembered = Memo::new(move |_| flow.wizard.with(|w| w.remembered));
    let blockers = Memo::new(move |_| flow.wizard.with(|w| w.blockers()));
    let blocked = Memo::new(move |_| blockers.with(|b| !b.is_empty()));
    view! {
        <section class="card import-card">
            <header class="card-head">
                <h2>{move || app.t().data.mapping_title}</h2>
                <p>
                    {move || {
                        let t = &app.t().data;
                        if remembered.get() { t.mapping_remembered } else { t.mapping_guessed }
                    }}
                </p>
            </header>
            <TargetChoice />
            <Warnings />
            <DateOrderChoice />
            <CurrencyChoice />
            <FillDown />
            <Preview />
            <More />
            <ReadAs />
        </section>
        <div class="import-actions">
            <Show when=move || blocked.get()>
                <Blockers blockers />
            </Show>
            <Button kind=ButtonKind::Quiet on_click=Callback::new(move |()| flow.send(Event::StartOver))>
                {move || app.t().data.other_file}
            </Button>
            <Button
                kind=ButtonKind::Primary
                disabled=blocked
                on_click=Callback::new(move |()| flow.send(Event::Parse))
            >
                {move || app.t().data.parse}
            </Button>
        </div>
    }
}

/// What the rows are: the columns are guessed anew for another answer.
#[component]
fn TargetChoice() -> impl IntoView {
    let app = use_app();
    let flow = use_flow();
    let options = Signal::derive(move || {
        let locale = app.locale.get();
        let option = |(i, target): (usize, &Target)| (i.to_string(), locale.target(*target).to_owned());
        Target::ALL.iter().enumerate().map(option).collect::<Vec<_>>()
    });
    let now = Signal::derive(move || {
        let target = flow.wizard.with(|w| w.mapping.as_ref().map(|m| m.target)).unwrap_or_default();
        Target::ALL.iter().position(|t| *t == target).unwrap_or(0).to_string()
    });
    let choose = Callback::new(move |index: String| {
        if let Some(target) = index.parse::<usize>().ok().and_then(|i| Target::ALL.get(i)) {
            flow.send(Event::SetTarget(*target));
        }
    });
    view! {
        <SelectField label=Signal::derive(move || app.t().data.target.to_owned()) options value=now on_change=choose />
    }
}

/// What must be settled first.
#[component]
fn Blockers(blockers: Memo<Vec<Blocker>>) -> impl IntoView {
    let app = use_app();
    let items = move || {
        let locale = app.locale.get();
        let t = &locale.t().data;
        let item = |blocker: Blocker| {
            let words = match blocker {
                Blocker::Missing(crate::files::orders::Role::OrderDate) => t.block_date.to_owned(),
                Blocker::Missing(role) => fill(t.block_role, &[("role", locale.role(role))]),
                Blocker::NoCustomer => t.block_who.to_owned(),
                Blocker::NoScore => t.block_score.to_owned(),
                Blocker::NoAmount => t.block_amount.to_owned(),
                Blocker::DateOrder => t.block_date_order.to_owned(),
            };
            view! { <li>{words}</li> }
        };
        blockers.get().into_iter().map(item).collect_view()
    };
    view! {
        <div class="blockers" role="status">
            <strong>{move || app.t().data.blocked}</strong>
            <ul>{dynamic(items)}</ul>
        </div>
    }
}

/// What the reader noticed about the file.
#[component]
fn Warnings() -> impl IntoView {
    let app = use_app();
    let flow = use_flow();
    let items = move || {
        let locale = app.locale.get();
        let words = flow.wizard.with(|w| {
            let warnings = w.inspection.as_ref().map(|i| i.warnings.as_slice()).unwrap_or_default();
            warnings.iter().map(|warning| locale.file_warning(warning)).collect::<Vec<_>>()
        });
        words.into_iter().map(|words| view! { <p class="remark warn">{words}</p> }).collect_view()
    };
    view! { <div class="import-warnings">{dynamic(items)}</div> }
}
