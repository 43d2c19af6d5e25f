//! Records of any kind: one form for all of them, opened from anywhere, and how they look in lists and timelines.

mod control;
mod item;

use crate::ui::prelude::*;
use leptos::task::spawn_local;

pub use self::control::{Control, label};
pub use self::item::{Fact, RecordItem, facts, reach};
use crate::domain::{Asked, Id, Kind, Part, Value, asked};
use crate::engine::api::{Answer, Command, CommandError, Invalid, Query, RecordRow};
use crate::locale::fill;
use crate::ui::app::{App, use_app, use_currency, use_own_fields};
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

    /// Opens the form of a record that is there.
    pub fn open_record(self, app: App, id: Id) {
        spawn_local(async move {
            match app.client().ask(Query::Record { id }).await {
                Ok(Answer::Record(Some(row))) => drop(self.0.try_set(Some(Opened::edit(*row)))),
                Ok(_) => app.fail(&CommandError::NotFound),
                Err(error) => app.fail(&error),
            }
        });
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
    let fields = asked(kind, &use_own_fields().get_untracked());
    let clean = RecordForm::of(what.row.as_ref(), &fields, currency);
    let mut begin = clean.clone();
    for (name, value) in &what.preset {
        begin.put(&fields, name, value, &what.names, currency);
    }
    // What was typed before the dialog was closed by mistake, or the page reloaded, comes back.
    let draft_name = StoredValue::new(what.draft_name());
    let draft = draft_name.with_value(|name| browser::draft(name)).and_then(|t| js::from_json::<(RecordForm, RecordForm)>(&t));
    let restored = RwSignal::new(draft.as_ref().is_some_and(|(_, typed)| *typed != begin));
    // What the form showed when typing began: what somebody saved since then was not typed.
    let (shown, typed) = draft.unwrap_or_else(|| (clean.clone(), begin.clone()));
    let form = RwSignal::new(typed);
    let (clean, begin, shown) = (StoredValue::new(clean), StoredValue::new(begin), StoredValue::new(shown));
    let fields = StoredValue::new(fields);
    let problems = RwSignal::new(Vec::<Invalid>::new());
    let busy = RwSignal::new(false);
    Effect::new(move |_| {
        let text = form.with(|f| {
            let json = || shown.with_value(|shown| js::to_json(&(shown, f)).unwrap_or_default());
            begin.with_value(|b| f != b).then(json)
        });
        draft_name.with_value(|name| browser::keep_draft(name, text.as_deref()));
    });
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let read = |f: &RecordForm| fields.with_value(|fields| shown.with_value(|shown| f.changes(shown, fields, currency)));
        let fields = match form.with_untracked(read) {
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
        shown.set_value(clean.get_value());
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
            {Part::ALL.map(|part| view! { <FormPart kind part fields form problems given /> }).collect_view()}
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
