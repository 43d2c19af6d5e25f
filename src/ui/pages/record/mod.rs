//! Records of any kind: one form for all of them, opened from anywhere, and how they look in lists and timelines.

mod control;
mod erase;
mod history;
mod entitled;
mod item;
mod parts;
mod similar;

use crate::ui::prelude::*;
use leptos::task::spawn_local;

pub use self::control::{Control, label};
pub use self::parts::FormParts;
use self::entitled::EntitledNote;
use self::similar::SimilarNote;
pub use self::erase::{EraseButton, EraseDialog, Erasing, Sure, provide_erasing};
pub use self::history::{HistoryButton, HistoryDialog, Steps, provide_histories, use_histories};
pub use self::item::{Fact, RecordItem, facts, reach};
use crate::domain::{Id, Input, Kind, Value, asked};
use crate::engine::api::{Answer, Command, CommandError, Invalid, Query, RecordRow};
use crate::locale::fill;
use crate::ui::app::{App, use_app, use_currency, use_own_fields, use_own_known, use_shared};
use crate::ui::browser;
use crate::ui::components::{Button, ButtonKind, Dialog, Icon};
use crate::ui::model::lines::LineForm;
use crate::ui::model::record_form::RecordForm;
use crate::ui::pages::lines::name_products;
use crate::ui::parts::{Piece, later};
use crate::web::{device, js};

/// A form to be opened.
#[derive(Clone)]
pub struct Opened {
    pub kind: Kind,
    /// What the record says; `None` for a new one.
    row: Option<RecordRow>,
    /// What a new record begins with.
    preset: Vec<(String, Value)>,
    names: Vec<(Id, String)>,
    /// The record that it belongs to, for the name of its draft.
    of: Option<Id>,
    /// What follows when it is saved, and when it is closed.
    saved: Option<Callback<Id>>,
    closed: Option<Callback<()>>,
}

impl Opened {
    pub fn edit(row: RecordRow) -> Self {
        let kind = row.kind;
        Self { row: Some(row), ..Self::new(kind) }
    }

    pub fn new(kind: Kind) -> Self {
        Self { kind, row: None, preset: Vec::new(), names: Vec::new(), of: None, saved: None, closed: None }
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

    /// Goes on with `saved` and the record's id once it is saved, with `closed` if it is closed before.
    pub fn then(mut self, saved: Callback<Id>, closed: Callback<()>) -> Self {
        (self.saved, self.closed) = (Some(saved), Some(closed));
        self
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

    /// Closes the form; what was typed waits in its draft.
    pub fn close(self) {
        let closed = self.0.with_untracked(|o| o.as_ref().and_then(|o| o.closed));
        self.0.set(None);
        if let Some(closed) = closed {
            closed.try_run(());
        }
    }

    /// Closes the form because its page is left.
    pub fn leave(self) {
        self.0.set(None);
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
    let forms = use_forms();
    let Forms(opened) = forms;
    let known = use_own_known();
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
            on_close=move || forms.close()
        >
            {dynamic(move || opened.get().filter(|_| known.get()).map(|what| later(Piece::Form(what))))}
        </Dialog>
    }
}

#[component]
pub fn RecordEditor(what: Opened) -> impl IntoView {
    let app = use_app();
    let mut what = what;
    if let Some(RecordRow { values, names, .. }) = &mut what.row {
        let gone = values.iter().filter_map(|(_, value)| if let Value::Ref(id) = value { Some(*id) } else { None });
        let gone: Vec<Id> = gone.filter(|id| names.iter().all(|(known, _)| known != id)).collect();
        names.extend(gone.into_iter().map(|id| (id, app.locale.get_untracked().word("form_erased").to_owned())));
    }
    let forms = use_forms();
    let Forms(opened) = forms;
    let (saved, row_id) = (what.saved, what.row.as_ref().map(|row| row.id));
    let currency = use_currency().get_untracked();
    let settings = use_shared().settings;
    let (kind, id) = (what.kind, row_id);
    let fields = asked(kind, &use_own_fields().get_untracked());
    let clean = RecordForm::of(what.row.as_ref(), &fields, currency);
    let mut begin = clean.clone();
    for (name, value) in &what.preset {
        begin.put(&fields, name, value, &what.names, currency);
    }
    if fields.iter().any(|field| field.input == Input::Lines) && begin.lines.is_empty() {
        begin.lines.push(LineForm::one());
    }
    let about = what.of.or_else(|| what.row.as_ref().and_then(RecordRow::customer));
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
        let (mut typed, fields, shown) = (form.get_untracked(), fields.get_value(), shown.get_value());
        let changes = match typed.changes(&shown, &fields, currency) {
            Ok(changes) => changes,
            Err(found) => return show(problems, found),
        };
        let locale = app.locale.get_untracked();
        let pattern = if id.is_some() { locale.t().shell.done_saved } else { locale.t().shell.done_added };
        let said = fill(pattern, &[("what", &form.with_untracked(|f| f.title(kind)).unwrap_or_else(|| locale.kind(kind).to_owned()))]);
        // A quote keeps its own.
        let own = settings.with_untracked(|s| s.data.clone()).filter(|_| id.is_none() || kind != Kind::Quote);
        busy.set(true);
        spawn_local(async move {
            let named = match app.keep_currency(currency, (&fields, &changes), own).await {
                Ok(()) => name_products(app, &mut typed.lines).await,
                Err(error) => Err(error),
            };
            let result = match named {
                Ok(products) => match typed.sent(kind, id, &shown, &fields, (currency, device::civil_now())) {
                    Ok((id, fields)) => app.run(Command::SaveRecord { kind, id, fields, products }, said).await,
                    Err(problems) => Err(CommandError::Invalid { problems }),
                },
                Err(error) => {
                    app.fail(&error);
                    Err(error)
                }
            };
            busy.try_set(false);
            match result {
                Ok(done) => {
                    draft_name.try_with_value(|name| browser::keep_draft(name, None));
                    opened.try_set(None);
                    if let Some((saved, id)) = saved.zip(done.id.or(id)) {
                        saved.try_run(id);
                    }
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
            <FormParts kind fields form problems given />
            {about.filter(|_| kind == Kind::Case).map(|customer| view! { <EntitledNote customer /> })}
            {(kind == Kind::Quote && id.is_some()).then(|| view! { <p class="field-note">{move || app.locale.get().word("quote_new_version")}</p> })}
            {(kind == Kind::Customer).then(|| view! { <SimilarNote form id /> })}
            <div class="form-actions">
                {id.map(|id| view! {
                    <HistoryButton id />
                    <Button kind=ButtonKind::Danger icon=Icon::Trash on_click=delete>{move || app.t().common.delete}</Button>
                    <span class="push"></span>
                })}
                <Button on_click=move || forms.close()>{move || app.t().common.cancel}</Button>
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
