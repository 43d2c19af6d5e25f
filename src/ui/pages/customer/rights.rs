//! What a person may ask for: all that is kept about them, or that it goes.

use crate::ui::prelude::*;
use leptos::task::spawn_local;

use crate::domain::Kind;
use crate::engine::api::{Answer, CommandError, CustomerView, Query};
use crate::locale::fill;
use crate::ui::app::use_app;
use crate::ui::components::{Button, Icon};
use crate::ui::pages::record::{EraseButton, Erasing};
use crate::ui::toasts::Tone;
use crate::web::download;

#[component]
pub(super) fn Rights(customer: Memo<CustomerView>) -> impl IntoView {
    let app = use_app();
    let what = Memo::new(move |_| customer.with(|c| Erasing { id: c.id, kind: Kind::Customer, name: c.record.title.clone() }));
    let export = move || {
        let id = what.with_untracked(|w| w.id);
        spawn_local(async move {
            let found = app.client().ask(Query::PersonFile { id }).await;
            let t = &app.locale.get_untracked().t().person;
            match found {
                Ok(Answer::PersonFile(Some(text))) => match download::text(t.file_name, "application/json", &text) {
                    Ok(()) => app.toasts.show(fill(t.exported, &[("name", t.file_name)]), Tone::Done, None),
                    Err(why) => app.toasts.show(fill(t.export_failed, &[("why", &why)]), Tone::Failed, None),
                },
                Ok(_) => app.fail(&CommandError::NotFound),
                Err(error) => app.fail(&error),
            }
        });
    };
    view! {
        <section class="card profile rights" aria-labelledby="rights-title">
            <div class="card-head">
                <h2 id="rights-title">{move || app.t().person.rights}</h2>
            </div>
            <div class="rights-body">
                <p class="quiet-text">{move || app.t().person.rights_body}</p>
                <Button icon=Icon::Download on_click=export>{move || app.t().person.export}</Button>
                <p class="quiet-text">{move || app.t().person.export_note}</p>
                {dynamic(move || view! { <EraseButton what=what.get() /> })}
            </div>
        </section>
    }
}
