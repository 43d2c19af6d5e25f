//! The form for a customer, new or known.

use crate::ui::prelude::*;
use leptos::task::spawn_local;

use super::similar::SimilarNote;
use crate::domain::{CustomerProfile, Id};
use crate::engine::api::{Command, CommandError, Invalid};
use crate::locale::{CustomersTexts, fill};
use crate::ui::app::use_app;
use crate::ui::browser;
use crate::ui::components::{Button, ButtonKind, Dialog, TextArea, TextField};
use crate::ui::model::form::{parse_tags, problem};
use crate::web::js;

/// What stands in the form. It is the profile itself, with the tags as typed.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
struct Form {
    profile: CustomerProfile,
    tags: String,
}

impl Form {
    fn of(profile: CustomerProfile, comma: &str) -> Self {
        Self { tags: profile.tags.join(comma), profile }
    }

    fn profile(&self) -> CustomerProfile {
        let mut profile = self.profile.clone();
        profile.tags = parse_tags(&self.tags);
        profile
    }
}

/// The dialog. `known` is what the customer's record says now, `None` for a new one.
#[component]
pub fn CustomerDialog(
    #[prop(into)] open: Signal<bool>,
    id: Option<Id>,
    #[prop(optional, into)] known: Signal<CustomerProfile>,
    #[prop(into)] on_close: Callback<()>,
    #[prop(into)] on_saved: Callback<Id>,
) -> impl IntoView {
    let app = use_app();
    let title = Signal::derive(move || {
        let t = &app.t().customers;
        if id.is_some() { t.form_edit } else { t.form_new }.to_owned()
    });
    view! {
        <Dialog open title wide=true close=Signal::derive(move || app.t().common.close.to_owned()) on_close>
            <CustomerForm id known=known.get_untracked() on_close on_saved />
        </Dialog>
    }
}

#[component]
fn CustomerForm(id: Option<Id>, known: CustomerProfile, on_close: Callback<()>, on_saved: Callback<Id>) -> impl IntoView {
    let app = use_app();
    // What was typed before the dialog was closed by mistake comes back.
    let draft_name = id.map_or_else(|| "customer-new".to_owned(), |id| format!("customer-{id}"));
    let clean = Form::of(known, app.locale.get_untracked().comma());
    let draft = browser::draft(&draft_name).and_then(|text| js::from_json::<(Form, Form)>(&text));
    let restored = RwSignal::new(draft.as_ref().is_some_and(|(_, typed)| *typed != clean));
    // What the form showed when typing began: what somebody saved since then was not typed.
    let (shown, typed) = draft.unwrap_or_else(|| (clean.clone(), clean.clone()));
    let form = RwSignal::new(typed);
    let (clean, shown) = (StoredValue::new(clean), StoredValue::new(shown));
    let draft_name = StoredValue::new(draft_name);
    let problems = RwSignal::new(Vec::<Invalid>::new());
    let busy = RwSignal::new(false);
    Effect::new(move |_| {
        let text = form.with(|f| {
            let json = || shown.with_value(|shown| js::to_json(&(shown, f)).unwrap_or_default());
            clean.with_value(|c| f != c).then(json)
        });
        draft_name.with_value(|name| browser::keep_draft(name, text.as_deref()));
    });
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let profile = form.with_untracked(Form::profile);
        let seen = id.and_then(|_| shown.try_with_value(|shown| Box::new(shown.profile())));
        let t = &app.locale.get_untracked().t().shell;
        let pattern = if id.is_some() { t.done_saved } else { t.done_added };
        let said = fill(pattern, &[("what", &profile.name)]);
        busy.set(true);
        spawn_local(async move {
            let result = app.run(Command::SaveCustomer { id, seen, profile }, said).await;
            busy.try_set(false);
            match result {
                Ok(done) => {
                    draft_name.try_with_value(|name| browser::keep_draft(name, None));
                    if let Some(id) = done.id.or(id) {
                        on_saved.try_run(id);
                    }
                }
                Err(CommandError::Invalid { problems: found }) => {
                    problems.try_set(found);
                }
                Err(_) => {}
            }
        });
    };
    let afresh = move || {
        shown.set_value(clean.get_value());
        form.set(clean.get_value());
        restored.set(false);
    };
    view! {
        <form class="form" novalidate on:submit=save>
            <Show when=move || restored.get()>
                <p class="draft-note">
                    {move || app.t().customers.draft_restored}
                    <Button kind=ButtonKind::Quiet on_click=afresh>{move || app.t().customers.draft_discard}</Button>
                </p>
            </Show>
            <Fields form problems />
            <SimilarNote profile=Signal::derive(move || form.with(Form::profile)) id />
            <div class="form-actions">
                <Button on_click=on_close>{move || app.t().common.cancel}</Button>
                <Button kind=ButtonKind::Primary submit=true busy>{move || app.t().common.save}</Button>
            </div>
        </form>
    }
}

/// How a field is called, named and reached.
struct FieldSpec {
    name: &'static str,
    kind: &'static str,
    label: fn(&CustomersTexts) -> &'static str,
    hint: fn(&CustomersTexts) -> &'static str,
    get: fn(&Form) -> &String,
    set: fn(&mut Form) -> &mut String,
}

macro_rules! field {
    ($name:literal, $kind:literal, $label:ident, $hint:expr, $($path:ident).+) => {
        FieldSpec {
            name: $name,
            kind: $kind,
            label: |t| t.$label,
            hint: $hint,
            get: |f| &f.$($path).+,
            set: |f| &mut f.$($path).+,
        }
    };
}

fn none(_: &CustomersTexts) -> &'static str {
    ""
}

const FIELDS: [FieldSpec; 11] = [
    field!("name", "text", name, none, profile.name),
    field!("phone", "tel", phone, none, profile.phone),
    field!("email", "email", email, none, profile.email),
    field!("company", "text", company, none, profile.company),
    field!("birthday", "text", birthday, |t| t.birthday_hint, profile.birthday),
    field!("tags", "text", tags, |t| t.tags_hint, tags),
    field!("country", "text", country, none, profile.country),
    field!("city", "text", city, none, profile.city),
    field!("address", "text", address, none, profile.address),
    field!("owner", "text", owner, none, profile.owner),
    field!("key", "text", key, |t| t.key_hint, profile.key),
];

#[component]
fn Fields(form: RwSignal<Form>, problems: RwSignal<Vec<Invalid>>) -> impl IntoView {
    let app = use_app();
    let error = move |name: &'static str| {
        Signal::derive(move || {
            problems.with(|p| problem(p, name)).map(|reason| app.locale.get().invalid(reason).to_owned())
        })
    };
    let field = move |(at, spec): (usize, FieldSpec)| {
        let FieldSpec { name, kind, label, hint, get, set } = spec;
        let typed = move |text: String| {
            form.update(|f| *set(f) = text);
            problems.update(|p| p.retain(|problem| problem.field != name));
        };
        view! {
            <TextField
                label=Signal::derive(move || label(&app.t().customers).to_owned())
                hint=Signal::derive(move || hint(&app.t().customers).to_owned())
                kind
                autofocus=at == 0
                value=Signal::derive(move || form.with(|f| get(f).clone()))
                error=error(name)
                on_input=typed
            />
        }
    };
    view! {
        <div class="form-grid">
            {FIELDS.into_iter().enumerate().map(field).collect_view()}
            <div class="form-wide">
                <TextArea
                    label=Signal::derive(move || app.t().customers.note.to_owned())
                    value=Signal::derive(move || form.with(|f| f.profile.note.clone()))
                    error=error("note")
                    on_input=move |text| form.update(|f| f.profile.note = text)
                />
            </div>
        </div>
    }
}
