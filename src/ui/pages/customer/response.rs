//! What the customer said, in the timeline.

use crate::ui::prelude::*;

use super::answer::Asked;
use crate::domain::{Id, ResponseDraft};
use crate::engine::api::{Command, Mood};
use crate::locale::fill;
use crate::ui::app::use_app;
use crate::ui::components::{Icon, IconButton, icon};
use crate::ui::format::Format;
use crate::ui::pages::record::use_histories;
use crate::ui::pages::satisfaction::scores_words;

/// One answer of the timeline.
#[component]
pub(super) fn Said(id: Id, draft: ResponseDraft, product: String, order: String) -> impl IntoView {
    let app = use_app();
    let histories = use_histories();
    let gap = draft.experience.zip(draft.expectation).map(|(met, hoped)| i16::from(met) - i16::from(hoped));
    let mood = gap.map_or(Mood::NoAnswer, |gap| Mood::of_gap(i8::try_from(gap).unwrap_or(0)));
    let delete = move || {
        let t = app.locale.get_untracked().t();
        let what = t.satisfaction.response_label;
        app.run_command(Command::Delete { ids: vec![id] }, fill(t.shell.done_deleted, &[("what", what)]));
    };
    let at = draft.at;
    let asked = use_context::<RwSignal<Option<Asked>>>();
    let known = Asked::Known { id, draft: Box::new(draft.clone()) };
    let edit = asked.map(|asked| {
        view! {
            <IconButton
                icon=Icon::Edit
                label=Signal::derive(move || app.t().satisfaction.edit.to_owned())
                on_click=move || asked.set(Some(known.clone()))
            />
        }
    });
    let comment = draft.comment.clone();
    let about = move || {
        let locale = app.locale.get();
        let t = &locale.t().satisfaction;
        let order = if order.is_empty() { String::new() } else { fill(t.about_order, &[("number", &order)]) };
        let parts = [scores_words(locale, &draft), product.clone(), order, draft.staff.clone()];
        parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(locale.comma())
    };
    view! {
        <li class="event said">
            <span class="event-mark">{icon(Icon::Note)}</span>
            <div class="event-body">
                <p class="event-head">
                    <b>{move || app.t().satisfaction.response_label}</b>
                    <span class="quiet-text">{move || app.locale.get().satisfaction(mood)}</span>
                    <span class="quiet-text">{shared(about)}</span>
                </p>
                {(!comment.is_empty()).then(|| view! { <p class="event-note">{comment.clone()}</p> })}
            </div>
            <time class="quiet-text">{move || app.locale.get().date_time(at)}</time>
            <IconButton
                icon=Icon::Today
                label=Signal::derive(move || app.t().history.open.to_owned())
                on_click=move || histories.open(id)
            />
            {edit}
            <IconButton
                icon=Icon::Trash
                label=Signal::derive(move || app.t().satisfaction.delete.to_owned())
                on_click=delete
            />
        </li>
    }
}
