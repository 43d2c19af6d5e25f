//! The fields of a form, part by part.

use crate::ui::prelude::*;

use super::control::Control;
use crate::domain::{Asked, Kind, Part};
use crate::engine::api::Invalid;
use crate::ui::app::use_app;
use crate::ui::model::form::problem;
use crate::ui::model::record_form::RecordForm;

/// All parts that have fields. A link that is `given` is not asked again.
#[component]
pub fn FormParts(
    kind: Kind,
    fields: StoredValue<Vec<Asked>>,
    form: RwSignal<RecordForm>,
    problems: RwSignal<Vec<Invalid>>,
    #[prop(optional)] given: Option<StoredValue<Vec<String>>>,
) -> impl IntoView {
    let given = given.unwrap_or_else(|| StoredValue::new(Vec::new()));
    Part::ALL.map(|part| view! { <FormPart kind part fields form problems given /> }).collect_view()
}

/// One part of the form; all but the first fold away. A link that the form was opened for is not asked again.
#[component]
fn FormPart(
    kind: Kind,
    part: Part,
    fields: StoredValue<Vec<Asked>>,
    form: RwSignal<RecordForm>,
    problems: RwSignal<Vec<Invalid>>,
    given: StoredValue<Vec<String>>,
) -> impl IntoView {
    let app = use_app();
    let is_given = move |field: &Asked| {
        let link = matches!(field.input, crate::domain::Input::Link(_)) && field.required;
        link && given.with_value(|given| given.contains(&field.name))
    };
    let fields: Vec<Asked> = fields.with_value(|all| all.iter().filter(|field| field.part == part && !is_given(field)).cloned().collect());
    if fields.is_empty() {
        return ().into_any();
    }
    let names: Vec<String> = fields.iter().map(|field| field.name.clone()).collect();
    // What is filled in, or wrong, is seen.
    let open = Memo::new(move |_| {
        form.with(|f| names.iter().any(|name| !f.text(name).is_empty()))
            || problems.with(|p| names.iter().any(|name| problem(p, name).is_some()))
    });
    let control = move |(at, field): (usize, Asked)| {
        let name = StoredValue::new(field.name.clone());
        let error = Signal::derive(move || {
            let reason = problems.with(|p| name.with_value(|name| problem(p, name)));
            reason.map(|reason| app.locale.get().invalid(reason).to_owned())
        });
        let text = Signal::derive(move || form.with(|f| name.with_value(|name| f.text(name).to_owned())));
        let on_input = Callback::new(move |text: String| {
            name.with_value(|name| {
                form.update(|f| f.set(name, text));
                problems.update(|p| p.retain(|problem| problem.field != *name));
            });
        });
        let unasked = Memo::new(move |_| form.with(|f| name.with_value(|name| !f.asks(kind, name))));
        view! {
            <div class="form-cell" hidden=move || unasked.get()>
                <Control kind field form text error on_input autofocus=at == 0 && part == Part::Main />
            </div>
        }
    };
    let grid = view! { <div class="form-grid">{fields.into_iter().enumerate().map(control).collect_view()}</div> };
    if part == Part::Main {
        return grid.into_any();
    }
    let word = move || app.locale.get().word(&format!("part_{}", part.name()));
    view! { <details class="form-part" prop:open=move || open.get()><summary>{word}</summary>{grid}</details> }.into_any()
}
