//! Records of any kind: one form for all of them, opened from anywhere, and how they look in lists and timelines.

mod control;
mod item;

use crate::ui::prelude::*;
use leptos::task::spawn_local;

pub use self::control::Control;
pub use self::item::{RecordItem, facts, reach};
use crate::domain::{FormField, Id, Kind, Part, Value};
use crate::engine::api::{Command, CommandError, Invalid, RecordRow};
use crate::locale::fill;
use crate::ui::app::{use_app, use_currency};
use crate::ui::browser;
use crate::ui::components::{Button, ButtonKind, Dialog, Icon};
use crate::ui::model::form::problem;
use crate::ui::model::record_form::RecordForm;
use crate::web::js;

/// A form to be opened.
#[derive(Clone, Debug)]
pub struct Opened {
    pub kind: Kind,
    /// What the record says; `None` for a new one.
    row: Option<RecordRow>,
    /// What a new record begins with.
    preset: Vec<(String, Value)>,
    names: Vec<(Id, String)>,
    /// The record that it belongs to, for the name of its draft.
    of: Option<Id>,
}

impl Opened {
    pub fn edit(row: RecordRow) -> Self {
        Self { kind: row.kind, row: Some(row), preset: Vec::new(), names: Vec::new(), of: None }
    }

    pub fn new(kind: Kind) -> Self {
        Self { kind, row: None, preset: Vec::new(), names: Vec::new(), of: None }
    }

    /// Begins with `value`.
    pub fn with(mut self, field: &str, value: impl Into<Value>) -> Self {
        self.preset.push((field.to_owned(), value.into()));
        self
    }

    /// Begins as belonging to the record `id`.
    pub fn of(mut self, field: &str, id: Id, title: String) -> Self {
        self.of = Some(id);
        self.names.push((id, title));
        self.with(field, id)
    }

    fn draft_name(&self) -> String {
        let of = self.row.as_ref().map(|row| row.id).or(self.of);
        let of = of.map_or_else(|| "new".to_owned(), |id| id.to_string());
        format!("record-{}-{of}{}", self.kind.name(), if self.row.is_some() { "" } else { "-new" })
    }
}

/// The way to the form.
#[derive(Clone, Copy)]
pub struct Forms(RwSignal<Option<Opened>>);

impl Forms {
    pub fn open(self, what: Opened) {
        self.0.set(Some(what));
    }

    pub fn is_open(self) -> bool {
        self.0.with_untracked(Option::is_some)
    }
}

/// Call it while a component is being set up.
pub fn use_forms() -> Forms {
    expect_context::<Forms>()
}

/// Puts the way to the form into the context of everything below.
pub fn provide_forms() {
    provide_context(Forms(RwSignal::new(None)));
}

/// The one form of the app. Belongs beside the pages, once.
#[component]
pub fn RecordDialog() -> impl IntoView {
    let app = use_app();
    let Forms(opened) = use_forms();
    let open = Memo::new(move |_| opened.with(Option::is_some));
    let title = Signal::derive(move || {
        opened.with(|o| o.as_ref().map(|o| app.locale.get().form_title(o.kind, o.row.is_none()))).unwrap_or_default()
    });
    view! {
        <Dialog
            open
            title
            wide=true
            close=Signal::derive(move || app.t().common.close.to_owned())
            on_close=move || opened.set(None)
        >
            {dynamic(move || opened.get().map(|what| view! { <RecordEditor what /> }))}
        </Dialog>
    }
}

#[component]
fn RecordEditor(what: Opened) -> impl IntoView {
    let app = use_app();
    let Forms(opened) = use_forms();
    let currency = use_currency().get_untracked();
    let (kind, id) = (what.kind, what.row.as_ref().map(|row| row.id));
    let clean = RecordForm::of(what.row.as_ref(), kind, currency);
    let mut begin = clean.clone();
    for (name, value) in &what.preset {
        begin.put(kind, name, value, &what.names, currency);
    }
    // What was typed before the dialog was closed by mistake, or the page reloaded, comes back.
    let draft_name = StoredValue::new(what.draft_name());
    let draft = draft_name.with_value(|name| browser::draft(name)).and_then(|t| js::from_json::<RecordForm>(&t));
    let restored = RwSignal::new(draft.as_ref().is_some_and(|d| *d != begin));
    let form = RwSignal::new(draft.unwrap_or_else(|| begin.clone()));
    let (clean, begin) = (StoredValue::new(clean), StoredValue::new(begin));
    let problems = RwSignal::new(Vec::<Invalid>::new());
    let busy = RwSignal::new(false);
    Effect::new(move |_| {
        let text = form.with(|f| begin.with_value(|b| f != b).then(|| js::to_json(f).unwrap_or_default()));
        draft_name.with_value(|name| browser::keep_draft(name, text.as_deref()));
    });
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let fields = match clean.with_value(|clean| form.with_untracked(|f| f.changes(clean, kind, currency))) {
            Ok(fields) => fields,
            Err(found) => return show(problems, found),
        };
        let locale = app.locale.get_untracked();
        let pattern = if id.is_some() { locale.t().shell.done_saved } else { locale.t().shell.done_added };
        let said = fill(pattern, &[("what", &form.with_untracked(|f| f.title(kind)).unwrap_or_else(|| locale.kind(kind).to_owned()))]);
        busy.set(true);
        spawn_local(async move {
            let result = app.run(Command::SaveRecord { kind, id, fields }, said).await;
            busy.try_set(false);
            match result {
                Ok(_) => {
                    draft_name.try_with_value(|name| browser::keep_draft(name, None));
                    opened.try_set(None);
                }
                Err(CommandError::Invalid { problems: found }) => show(problems, found),
                Err(_) => {}
            }
        });
    };
    let afresh = move || {
        form.set(begin.get_value());
        restored.set(false);
    };
    let delete = move || {
        let said = fill(app.locale.get_untracked().t().shell.done_deleted, &[("what", app.locale.get_untracked().kind(kind))]);
        if let Some(id) = id {
            app.run_command(Command::Delete { ids: vec![id] }, said);
            opened.set(None);
        }
    };
    let given = StoredValue::new(what.preset.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>());
    view! {
        <form class="form record-form" novalidate on:submit=save>
            <Show when=move || restored.get()>
                <p class="draft-note">
                    {move || app.t().customers.draft_restored}
                    <Button kind=ButtonKind::Quiet on_click=afresh>{move || app.t().customers.draft_discard}</Button>
                </p>
            </Show>
            {Part::ALL.map(|part| view! { <FormPart kind part form problems given /> }).collect_view()}
            <div class="form-actions">
                {id.is_some().then(|| view! {
                    <Button kind=ButtonKind::Danger icon=Icon::Trash on_click=delete>{move || app.t().common.delete}</Button>
                    <span class="push"></span>
                })}
                <Button on_click=move || opened.set(None)>{move || app.t().common.cancel}</Button>
                <Button kind=ButtonKind::Primary submit=true busy>{move || app.t().common.save}</Button>
            </div>
        </form>
    }
}

/// Shows what is wrong at its fields and goes to the first of them.
fn show(problems: RwSignal<Vec<Invalid>>, found: Vec<Invalid>) {
    problems.try_set(found);
    spawn_local(async {
        // After the marks are in the page.
        gloo_timers::future::TimeoutFuture::new(0).await;
        browser::open_around(".record-form [aria-invalid=true]");
        browser::focus(".record-form [aria-invalid=true]");
    });
}

/// One part of the form; all but the first fold away. A link that the form was opened for is not asked again.
#[component]
fn FormPart(
    kind: Kind,
    part: Part,
    form: RwSignal<RecordForm>,
    problems: RwSignal<Vec<Invalid>>,
    given: StoredValue<Vec<String>>,
) -> impl IntoView {
    let app = use_app();
    let is_given = move |field: &FormField| {
        let link = matches!(field.input, crate::domain::Input::Link(_)) && field.required;
        link && given.with_value(|given| given.iter().any(|name| name == field.name(kind)))
    };
    let fields: Vec<FormField> = kind.form().map(|f| f.fields).unwrap_or_default().iter().copied()
        .filter(|field| field.part == part && !is_given(field))
        .collect();
    if fields.is_empty() {
        return ().into_any();
    }
    let names: Vec<&str> = fields.iter().map(|field| field.name(kind)).collect();
    // What is filled in, or wrong, is seen.
    let open = Memo::new(move |_| {
        form.with(|f| names.iter().any(|name| !f.text(name).is_empty()))
            || problems.with(|p| names.iter().any(|name| problem(p, name).is_some()))
    });
    let control = move |(at, field): (usize, FormField)| {
        let name = field.name(kind);
        let error = Signal::derive(move || {
            problems.with(|p| problem(p, name)).map(|reason| app.locale.get().invalid(reason).to_owned())
        });
        let text = Signal::derive(move || form.with(|f| f.text(name).to_owned()));
        let on_input = Callback::new(move |text: String| {
            form.update(|f| f.set(name, text));
            problems.update(|p| p.retain(|problem| problem.field != name));
        });
        view! { <Control kind field form text error on_input autofocus=at == 0 && part == Part::Main /> }
    };
    let grid = view! { <div class="form-grid">{fields.into_iter().enumerate().map(control).collect_view()}</div> };
    if part == Part::Main {
        return grid.into_any();
    }
    let word = move || app.locale.get().word(&format!("part_{}", part.name()));
    view! { <details class="form-part" prop:open=move || open.get()><summary>{word}</summary>{grid}</details> }.into_any()
}
