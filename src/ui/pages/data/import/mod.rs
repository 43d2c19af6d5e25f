//! Bringing in a file: one step on the screen at a time. The flow lives above the page, so that a file goes on being
//! read while the user looks elsewhere.

mod choose;
mod clash;
mod errors;
mod finished;
pub(super) mod flow;
mod mapping;
mod mapping_more;
mod preview;
mod report;
mod staged;

use crate::ui::prelude::*;

use self::flow::use_flow;
use crate::ui::app::use_app;
use crate::ui::components::{ButtonKind, Button, ErrorState, Skeleton};
use crate::ui::format::Format;
use crate::ui::model::wizard::{Event, Step, Trouble};
use crate::ui::pages::today::DemoBanner;

#[component]
pub fn ImportTab() -> impl IntoView {
    let app = use_app();
    let flow = use_flow();
    let step = Memo::new(move |_| flow.wizard.with(|w| w.step));
    view! {
        <div class="page-head">
            <div>
                <h1 tabindex="-1">{move || app.t().data.import_title}</h1>
                <p class="answer">{move || app.t().data.import_answer}</p>
            </div>
        </div>
        <Show when=move || step.get() == Step::Choose>
            <DemoBanner words=|t| t.data.demo_beside />
        </Show>
        <StepList step />
        <TroubleNote />
        <div class="import-step">
            {move || match step.get() {
                Step::Choose => view! { <choose::Choose /> }.into_any(),
                Step::Inspecting => view! { <Inspecting /> }.into_any(),
                Step::Mapping => view! { <mapping::MappingStep /> }.into_any(),
                Step::Parsing => view! { <report::Parsing /> }.into_any(),
                Step::Report => view! { <report::Report /> }.into_any(),
                Step::Staging => view! { <staged::Staging /> }.into_any(),
                Step::Preview | Step::Saving => view! { <staged::Staged /> }.into_any(),
                Step::Finished => view! { <finished::Finished /> }.into_any(),
            }}
        </div>
    }
}

/// Where we are: five words, the current one marked.
#[component]
fn StepList(step: Memo<Step>) -> impl IntoView {
    let app = use_app();
    let at = move || match step.get() {
        Step::Choose | Step::Inspecting => 0,
        Step::Mapping => 1,
        Step::Parsing | Step::Report => 2,
        Step::Staging | Step::Preview | Step::Saving => 3,
        Step::Finished => 4,
    };
    let steps = move || {
        let t = &app.t().data;
        let now = at();
        let names = [t.step_choose, t.step_mapping, t.step_report, t.step_preview, t.step_finished];
        let item = |(i, name): (usize, &'static str)| {
            view! {
                <li class:done=i < now aria-current=(i == now).then_some("step")>
                    <i aria-hidden="true">{app.locale.get().int(i as u64 + 1)}</i>
                    {name}
                </li>
            }
        };
        names.into_iter().enumerate().map(item).collect_view()
    };
    view! {
        <ol class="import-steps" aria-label=move || app.t().data.steps>
            {dynamic(steps)}
        </ol>
    }
}

/// What went wrong, said above the step to which it led back.
#[component]
fn TroubleNote() -> impl IntoView {
    let app = use_app();
    let flow = use_flow();
    let words = move || {
        let locale = app.locale.get();
        flow.wizard.with(|w| match &w.trouble {
            Some(Trouble::File(error)) => Some(locale.file_error(error, |b| locale.bytes(b), |n| locale.int(n))),
            Some(Trouble::Command(error)) => Some(locale.command_error(error)),
            None => None,
        })
    };
    let trouble = Memo::new(move |_| words());
    let title = Signal::derive(move || {
        let name = flow.wizard.with(|w| w.name.clone());
        crate::locale::fill(app.t().data.trouble_title, &[("name", &name)])
    });
    dynamic(move || {
        trouble.get().map(|words| {
            let body = format!("{words}{}{}", app.locale.get().gap(), app.t().errors.nothing_changed);
            // Some errors already say so themselves.
            let body = if words.contains(app.t().errors.nothing_changed) { words } else { body };
            view! { <ErrorState title body=Signal::derive(move || body.clone()) /> }
        })
    })
}

#[component]
fn Inspecting() -> impl IntoView {
    let app = use_app();
    let flow = use_flow();
    let words = move || {
        let name = flow.wizard.with(|w| w.name.clone());
        crate::locale::fill(app.t().data.inspecting, &[("name", &name)])
    };
    view! {
        <p role="status">{shared(words)}</p>
        <Skeleton lines=6 label=Signal::derive(words) />
        <Button kind=ButtonKind::Quiet on_click=Callback::new(move |()| flow.send(Event::StartOver))>
            {move || app.t().common.cancel}
        </Button>
    }
}
