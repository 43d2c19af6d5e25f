//! What is done with those chosen in the list: a bar below it, and the dialogs that it opens. One action is one commit.

use crate::ui::prelude::*;
use leptos::task::spawn_local;

use super::export::ExportMenu;
use crate::domain::{Kind, Value, asked_of_many};
use crate::engine::api::{BulkChange, Column, Command, CommandError, Filter, Invalid, Sort};
use crate::locale::{Locale, plural};
use crate::ui::app::{App, use_app, use_currency, use_overview, use_own_fields};
use crate::ui::components::{Button, ButtonKind, Dialog, Icon, IconButton, SelectField, TextField};
use crate::ui::format::Format;
use crate::ui::model::form::{parse_tags, problem};
use crate::ui::model::picks::Picks;
use crate::ui::model::record_form::RecordForm;
use crate::ui::pages::record::{Control, label};

/// Who is chosen in which list.
#[derive(Clone, Copy)]
pub(super) struct Choosers {
    pub picks: RwSignal<Picks>,
    pub filter: Memo<Filter>,
    pub sort: Memo<Sort>,
    pub total: Memo<Option<u64>>,
    /// The columns that are shown.
    pub shown: Memo<Vec<Column>>,
}

impl Choosers {
    /// How many are chosen; whoever runs hears of changes.
    pub fn count(self) -> u64 {
        self.picks.with(|p| p.count(self.total.get().unwrap_or(0)))
    }

    /// Runs the change on those chosen and says so; the problems of a field go back to its form.
    async fn run(self, app: App, change: BulkChange, said: fn(Locale) -> &'static str) -> Result<(), Vec<Invalid>> {
        let n = untrack(|| self.count());
        let locale = app.locale.get_untracked();
        let said = plural(said(locale), n, &[("n", &locale.int(n))]);
        let picks = self.picks.get_untracked();
        // Whoever matched may match no more, and in the trash nobody is chosen.
        let over = picks.is_all() || change == BulkChange::Trash;
        let chosen = picks.chosen(app.as_of.get_untracked(), self.filter.get_untracked());
        match app.run(Command::EditCustomers { chosen, change }, said).await {
            Err(CommandError::Invalid { problems }) => return Err(problems),
            Ok(_) if over => drop(self.picks.try_set(Picks::default())),
            _ => {}
        }
        Ok(())
    }
}

/// What a dialog is open for.
#[derive(Clone, Copy, PartialEq)]
enum Doing {
    Tags,
    /// Beginning with this field.
    Field(&'static str),
}

#[component]
pub(super) fn BulkBar(choosers: Choosers) -> impl IntoView {
    let app = use_app();
    let doing = RwSignal::new(None::<Doing>);
    let Choosers { picks, total, .. } = choosers;
    let count = Memo::new(move |_| choosers.count());
    let rest = Memo::new(move |_| total.get().filter(|total| count.get() < *total));
    let number = move |text: fn(Locale) -> &'static str, n: u64| {
        let locale = app.locale.get();
        plural(text(locale), n, &[("n", &locale.int(n))])
    };
    let words = move |pick: fn(Locale) -> &'static str| Signal::derive(move || pick(app.locale.get()).to_owned());
    let trash = move || {
        spawn_local(async move {
            // Nothing is typed that could be wrong.
            let _refused = choosers.run(app, BulkChange::Trash, |l| l.t().list.done_trashed).await;
        });
    };
    let title = Signal::derive(move || match doing.get() {
        Some(Doing::Tags) => number(|l| l.t().list.tag_title, count.get()),
        _ => number(|l| l.t().list.change_title, count.get()),
    });
    let action = move |what: Doing, pick: fn(Locale) -> &'static str| {
        view! { <Button on_click=move || doing.set(Some(what))>{words(pick)}</Button> }
    };
    view! {
        <Show when=move || { count.get() > 0 }>
            <div class="bulk" role="group" aria-label=move || app.t().list.chosen_label>
                <b role="status">{shared(move || number(|l| l.t().list.chosen, count.get()))}</b>
                <Show when=move || rest.get().is_some()>
                    <button type="button" class="link" on:click=move |_| picks.set(Picks::all())>
                        {shared(move || number(|l| l.t().list.choose_rest, rest.get().unwrap_or(0)))}
                    </button>
                </Show>
                <span class="push"></span>
                {action(Doing::Tags, |l| l.t().list.tag)}
                {action(Doing::Field("owner"), |l| l.t().list.assign)}
                {action(Doing::Field("stage"), |l| l.t().list.change)}
                <ExportMenu choosers only_chosen=true />
                <Button kind=ButtonKind::Danger icon=Icon::Trash on_click=trash>{words(|l| l.t().list.trash)}</Button>
                <IconButton icon=Icon::Close label=words(|l| l.t().list.choose_none) on_click=move || picks.set(Picks::default()) />
            </div>
        </Show>
        <Dialog
            open=Signal::derive(move || doing.with(Option::is_some))
            title
            close=words(|l| l.t().common.close)
            on_close=move || doing.set(None)
        >
            {dynamic(move || match doing.get() {
                Some(what) => view! { <BulkForm what choosers doing /> }.into_any(),
                None => ().into_any(),
            })}
        </Dialog>
    }
}

#[component]
fn BulkForm(what: Doing, choosers: Choosers, doing: RwSignal<Option<Doing>>) -> impl IntoView {
    let app = use_app();
    let currency = use_currency();
    let form = RwSignal::new(RecordForm::default());
    let name = RwSignal::new(if let Doing::Field(name) = what { name } else { "tags" }.to_owned());
    let own = use_own_fields();
    let off = RwSignal::new(String::new());
    let problems = RwSignal::new(Vec::<Invalid>::new());
    let busy = RwSignal::new(false);
    let count = untrack(|| choosers.count());
    let change = move || -> Result<BulkChange, Vec<Invalid>> {
        let field = name.get_untracked();
        if what == Doing::Tags {
            let add = form.with_untracked(|f| parse_tags(f.text(&field)));
            return Ok(BulkChange::Tags { add, remove: parse_tags(&off.get_untracked()) });
        }
        let typed = form.with_untracked(|f| {
            let fields = own.with_untracked(|own| asked_of_many(Kind::Customer, own));
            f.changes(&RecordForm::default(), &fields, currency.get_untracked())
        })?;
        let value = typed.into_iter().find(|(name, _)| *name == field).map_or(Value::Null, |(_, value)| value);
        Ok(BulkChange::Set { field, value })
    };
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let change = match change() {
            Ok(change) => change,
            Err(found) => return problems.set(found),
        };
        busy.set(true);
        spawn_local(async move {
            let result = choosers.run(app, change, |l| l.t().list.done_changed).await;
            busy.try_set(false);
            match result {
                Ok(()) => drop(doing.try_set(None)),
                Err(found) => drop(problems.try_set(found)),
            }
        });
    };
    let error = Signal::derive(move || {
        let reason = problems.with(|p| problem(p, &name.get()));
        reason.map(|reason| app.locale.get().invalid(reason).to_owned())
    });
    let fields = if what == Doing::Tags { view! { <TagFields form off error /> }.into_any() } else { view! { <OneField form name error /> }.into_any() };
    view! {
        <form class="form" novalidate on:submit=save>
            {fields}
            <div class="form-actions">
                <Button on_click=move || doing.set(None)>{move || app.t().common.cancel}</Button>
                <Button kind=ButtonKind::Primary submit=true busy>
                    {move || crate::locale::fill(app.t().list.apply, &[("n", &app.locale.get().int(count))])}
                </Button>
            </div>
        </form>
    }
}

#[component]
fn TagFields(form: RwSignal<RecordForm>, off: RwSignal<String>, error: Signal<Option<String>>) -> impl IntoView {
    let app = use_app();
    let overview = use_overview();
    let known = move || {
        let tags = overview.with(|o| o.data.as_ref().map(|o| o.tags.clone()).unwrap_or_default());
        tags.into_iter().map(|(tag, _)| view! { <option value=tag></option> }).collect_view()
    };
    let hint = Signal::derive(move || app.locale.get().word("form_tags").to_owned());
    view! {
        <TextField
            label=Signal::derive(move || app.t().list.tag_add.to_owned())
            value=Signal::derive(move || form.with(|f| f.text("tags").to_owned()))
            on_input=move |text| form.update(|f| f.set("tags", text))
            hint
            error
            autofocus=true
            list="known-tags"
        />
        <TextField
            label=Signal::derive(move || app.t().list.tag_remove.to_owned())
            value=off
            on_input=move |text| off.set(text)
            hint
            list="known-tags"
        />
        <datalist id="known-tags">{dynamic(known)}</datalist>
    }
}

/// Any field that many can be given at once, with its own control.
#[component]
fn OneField(form: RwSignal<RecordForm>, name: RwSignal<String>, error: Signal<Option<String>>) -> impl IntoView {
    let app = use_app();
    let own = use_own_fields();
    let fields = Memo::new(move |_| own.with(|own| asked_of_many(Kind::Customer, own)));
    let options = Signal::derive(move || {
        let locale = app.locale.get();
        fields.with(|all| all.iter().map(|f| (f.name.clone(), label(locale, Kind::Customer, f))).collect::<Vec<_>>())
    });
    let control = move || {
        let field = fields.with(|all| all.iter().find(|f| f.name == name.get()).cloned())?;
        let text = Signal::derive(move || form.with(|f| f.text(&name.get()).to_owned()));
        let typed = move |text: String| form.update(|f| f.set(&name.get_untracked(), text));
        Some(view! { <Control kind=Kind::Customer field form text error on_input=Callback::new(typed) autofocus=true /> })
    };
    let choose = move |to: String| {
        form.set(RecordForm::default());
        name.set(to);
    };
    view! {
        <SelectField
            label=Signal::derive(move || app.t().list.field.to_owned())
            options
            value=name
            on_change=choose
            hint=Signal::derive(move || app.t().list.change_empties.to_owned())
        />
        {dynamic(control)}
    }
}
