//! The last step: it is in, what to look at now, and the way back.

use crate::ui::prelude::*;
use leptos::task::spawn_local;

use super::flow::use_flow;
use crate::engine::api::{Command, Filter};
use crate::locale::{fill, plural};
use crate::ui::app::use_app;
use crate::ui::components::{Button, ButtonKind, Icon, LinkButton};
use crate::ui::format::Format;
use crate::ui::model::wizard::Event;
use crate::ui::route::{Route, SegmentTab};
use crate::ui::toasts::Tone;

#[component]
pub fn Finished() -> impl IntoView {
    let app = use_app();
    let flow = use_flow();
    let done = Memo::new(move |_| flow.wizard.with(|w| w.done.as_ref().map(|d| (d.seq, d.records))));
    let answer = move || {
        let locale = app.locale.get();
        let t = locale.t();
        let name = flow.wizard.with(|w| w.name.clone());
        match done.get() {
            Some((Some(_), n)) => {
                let records = plural(t.common.n_records, n, &[("n", &locale.int(n))]);
                fill(t.data.finished_answer, &[("name", &name), ("records", &records)])
            }
            _ => fill(t.data.finished_nothing, &[("name", &name)]),
        }
    };
    let seq = Memo::new(move |_| done.get().and_then(|(seq, _)| seq));
    let undoing = RwSignal::new(false);
    let take_back = Callback::new(move |()| {
        let Some(seq) = seq.get_untracked() else { return };
        undoing.set(true);
        spawn_local(async move {
            let result = app.client().run(Command::Undo { seq }).await;
            undoing.try_set(false);
            match result {
                Ok(_) => {
                    if let Some(locale) = app.locale.try_get_untracked() {
                        app.toasts.show(locale.t().data.undone_import, Tone::Done, None);
                    }
                    flow.send(Event::StartOver);
                }
                Err(error) => app.fail(&error),
            }
        });
    });
    let customers = Route::customers(Filter::default()).href();
    view! {
        <section class="card import-card finished">
            <header class="card-head">
                <h2>{move || app.t().data.finished_title}</h2>
            </header>
            <p class="answer" role="status">
                {shared(answer)}
            </p>
            <h3>{move || app.t().data.finished_next}</h3>
            <div class="finished-links">
                <LinkButton kind=ButtonKind::Primary href=Route::Segments(SegmentTab::Value).href()>
                    {move || app.t().data.see_value}
                </LinkButton>
                <LinkButton href=Route::Segments(SegmentTab::Dormancy).href()>{move || app.t().data.see_dormancy}</LinkButton>
                <LinkButton href=Route::Satisfaction(Box::default()).href()>
                    {move || app.t().data.see_satisfaction}
                </LinkButton>
                <LinkButton href=customers>{move || app.t().data.see_customers}</LinkButton>
            </div>
        </section>
        <div class="import-actions">
            <Show when=move || seq.get().is_some()>
                <Button icon=Icon::Undo busy=undoing on_click=take_back>
                    {move || app.t().data.undo_import}
                </Button>
            </Show>
            <Button on_click=Callback::new(move |()| flow.send(Event::StartOver))>{move || app.t().data.import_more}</Button>
        </div>
    }
}
