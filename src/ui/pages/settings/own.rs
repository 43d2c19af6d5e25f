//! The fields that the user made: which there are, in which order.

use crate::ui::prelude::*;

use crate::domain::{Id, Kind, OwnField};
use crate::engine::api::Command;
use crate::locale::fill;
use crate::ui::app::{use_app, use_own_fields};
use crate::ui::components::{Button, ButtonKind, Icon, IconButton};
use crate::ui::pages::record::{Opened, use_forms};

/// The ids of a kind's fields with the one at `at` moved one up.
fn moved_up(fields: &[OwnField], id: Id) -> Vec<Id> {
    let of = fields.iter().find(|f| f.id == id).map(|f| f.of);
    let mut ids: Vec<Id> = fields.iter().filter(|f| Some(f.of) == of).map(|f| f.id).collect();
    if let Some(at) = ids.iter().position(|i| *i == id).filter(|at| *at > 0) {
        ids.swap(at, at - 1);
    }
    ids
}

#[component]
pub(super) fn OwnFields() -> impl IntoView {
    let app = use_app();
    let forms = use_forms();
    let fields = use_own_fields();
    let add = move || {
        let place = fields.with_untracked(|f| i64::try_from(f.len()).unwrap_or_default());
        forms.open(Opened::new(Kind::CustomField).with("of", "customer").with("input", "text").with("place", place));
    };
    let row = move |field: OwnField| {
        let (id, name) = (field.id, field.name.clone());
        let edit_label = {
            let name = name.clone();
            Signal::derive(move || format!("{} · {name}", app.t().common.edit))
        };
        let up_label = Signal::derive(move || fill(app.locale.get().word("own_up"), &[("name", &name)]));
        let first = fields.with_untracked(|all| moved_up(all, id).first() == Some(&id))
            && fields.with_untracked(|all| all.iter().find(|f| f.of == field.of).is_some_and(|f| f.id == id));
        let up = move || {
            let ids = fields.with_untracked(|all| moved_up(all, id));
            let t = app.locale.get_untracked().t();
            app.run_command(Command::Arrange { ids }, fill(t.shell.done_saved, &[("what", t.settings.saved)]));
        };
        let edit = move || forms.open_record(app, id);
        let about = move || {
            let locale = app.locale.get();
            let input = crate::domain::CUSTOM_INPUTS.get(field.input as usize).copied().unwrap_or_default();
            let parts = [locale.kind(field.of).to_owned(), locale.choice(Kind::CustomField, "input", input), field.choices.join(locale.comma())];
            parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" · ")
        };
        view! {
            <li class="contact-row">
                <div>
                    <b>{field.name.clone()}</b>
                    <p class="quiet-text">{shared(about)}</p>
                </div>
                <span class="tier-actions">
                    <IconButton icon=Icon::Up label=up_label disabled=Signal::derive(move || first) on_click=up />
                    <IconButton icon=Icon::Edit label=edit_label on_click=edit />
                </span>
            </li>
        }
    };
    view! {
        <p class="field-note">{move || app.locale.get().word("own_hint")}</p>
        <Show when=move || fields.with(Vec::is_empty)>
            <p class="quiet-text">{move || app.locale.get().word("own_none")}</p>
        </Show>
        <ul class="contact-list">{dynamic(move || fields.get().into_iter().map(row).collect_view())}</ul>
        <div class="form-actions">
            <Button kind=ButtonKind::Quiet icon=Icon::Plus on_click=add>
                {move || app.locale.get().form_title(Kind::CustomField, true)}
            </Button>
        </div>
    }
}
