//! Several customers side by side, to be made one, field by field.

use crate::ui::prelude::*;
use leptos::task::spawn_local;

use crate::domain::{Id, Kind};
use crate::engine::api::{Command, CustomerRow, MergeChoices, MergeField, Pick, Query, Shown, Topic};
use crate::locale::{Locale, fill, plural};
use crate::ui::app::use_app;
use crate::ui::components::{Button, ButtonKind, Dialog};
use crate::ui::format::Format;
use crate::ui::query::use_query_if;

/// Opens while `ids` holds somebody.
#[component]
pub fn MergeDialog(ids: RwSignal<Vec<Id>>) -> impl IntoView {
    let app = use_app();
    let close = move || ids.set(Vec::new());
    let title = Signal::derive(move || {
        let n = ids.with(Vec::len);
        fill(app.t().duplicates.dialog, &[("n", &app.locale.get().int(n as u64))])
    });
    let state = use_query_if::<MergeChoices>(
        move || Some(ids.get()).filter(|ids| !ids.is_empty()).map(|ids| Query::MergeChoices { ids }),
        &[Topic::Customers],
    );
    let choices = Memo::new(move |_| state.with(|s| s.data.clone()).filter(|c| !c.customers.is_empty()));
    view! {
        <Dialog
            open=Signal::derive(move || ids.with(|ids| !ids.is_empty()))
            title
            wide=true
            close=Signal::derive(move || app.t().common.close.to_owned())
            on_close=close
        >
            {dynamic(move || choices.get().map(|choices| view! { <Form choices ids /> }))}
        </Dialog>
    }
}

#[component]
fn Form(choices: MergeChoices, ids: RwSignal<Vec<Id>>) -> impl IntoView {
    let app = use_app();
    let MergeChoices { customers, links, fields } = choices;
    let everybody: Vec<Id> = customers.iter().map(|row| row.id).collect();
    let winner = RwSignal::new(everybody.first().copied());
    // What differs is to be chosen; what only one says is taken.
    let (open, settled): (Vec<MergeField>, Vec<MergeField>) = fields.into_iter().partition(is_open);
    let picks = RwSignal::new(
        open.iter().map(|f| (f.field.clone(), f.usual.map_or(Pick::Both, Pick::From))).collect::<Vec<(String, Pick)>>(),
    );
    let busy = RwSignal::new(false);
    let (names, of_rows) = (customers.clone(), everybody.clone());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(winner) = winner.get_untracked().filter(|_| !busy.get_untracked()) else { return };
        let losers = everybody.iter().copied().filter(|id| *id != winner).collect();
        let name = names.iter().find(|row| row.id == winner).map(|row| row.name.clone()).unwrap_or_default();
        let said = fill(app.locale.get_untracked().t().duplicates.done, &[("name", &name)]);
        let command = Command::MergeCustomers { winner, losers, picks: picks.get_untracked() };
        busy.set(true);
        spawn_local(async move {
            let result = app.run(command, said).await;
            busy.try_set(false);
            if result.is_ok() {
                ids.try_set(Vec::new());
            }
        });
    };
    let people = customers.into_iter().zip(links).map(move |(row, links)| view! { <Keep row links winner /> });
    let rows = open.into_iter().map(move |field| view! { <Row field everybody=of_rows.clone() picks /> });
    let same = (!settled.is_empty()).then_some(move || {
        let locale = app.locale.get();
        let names: Vec<String> = settled.iter().map(|f| locale.field_called(Kind::Customer, &f.field, &f.label)).collect();
        fill(app.t().duplicates.same, &[("fields", &names.join(locale.comma()))])
    });
    view! {
        <form class="form" on:submit=submit>
            <div class="merge-row" role="radiogroup" aria-label=move || app.t().duplicates.keep>
                <b>{move || app.t().duplicates.keep}</b>
                {people.collect_view()}
            </div>
            {rows.collect_view()}
            {same.map(|same| view! { <p class="quiet-text">{shared(same)}</p> })}
            <p class="quiet-text">{move || app.t().duplicates.note}</p>
            <div class="form-actions">
                <Button on_click=move || ids.set(Vec::new())>{move || app.t().common.cancel}</Button>
                <Button kind=ButtonKind::Primary submit=true busy>{move || app.t().duplicates.submit}</Button>
            </div>
        </form>
    }
}

/// Whether several say something and not the same.
fn is_open(field: &MergeField) -> bool {
    let said: Vec<&Shown> = field.values.iter().filter(|value| **value != Shown::Nothing).collect();
    said.windows(2).any(|pair| pair.first() != pair.last())
}

#[component]
fn Keep(row: CustomerRow, links: u64, winner: RwSignal<Option<Id>>) -> impl IntoView {
    let app = use_app();
    let id = row.id;
    view! {
        <label class="merge-value">
            <input
                type="radio"
                name="merge-winner"
                prop:checked=move || winner.get() == Some(id)
                on:change=move |_| winner.set(Some(id))
            />
            <span>
                <b>{row.name}</b>
                <small class="quiet-text">
                    {move || plural(app.t().duplicates.links, links, &[("n", &app.locale.get().int(links))])}
                </small>
            </span>
        </label>
    }
}

/// One field: what each says, and all together where that makes sense.
#[component]
fn Row(field: MergeField, everybody: Vec<Id>, picks: RwSignal<Vec<(String, Pick)>>) -> impl IntoView {
    let app = use_app();
    let MergeField { field: name, label, values, joins, .. } = field;
    let group = format!("merge-{name}");
    let title = {
        let name = name.clone();
        Memo::new(move |_| app.locale.get().field_called(Kind::Customer, &name, &label))
    };
    let name = StoredValue::new(name);
    let is = move |pick: Pick| name.with_value(|name| picks.with(|all| all.iter().any(|(of, is)| of == name && *is == pick)));
    let choose = move |pick: Pick| {
        name.with_value(|name| {
            picks.update(|all| all.iter_mut().filter(|(of, _)| of == name).for_each(|(_, is)| *is = pick));
        });
    };
    let option = {
        let group = group.clone();
        move |pick: Pick, words: Signal<String>| {
            view! {
                <label class="merge-value">
                    <input type="radio" name=group.clone() prop:checked=move || is(pick) on:change=move |_| choose(pick) />
                    <span>{move || words.get()}</span>
                </label>
            }
        }
    };
    let all = joins.then(|| option(Pick::Both, Signal::derive(move || app.t().duplicates.both.to_owned())));
    let each = values.into_iter().zip(everybody).map(|(value, id)| {
        option(Pick::From(id), Signal::derive(move || words(app.locale.get(), &value)))
    });
    view! {
        <div class="merge-row" role="radiogroup" aria-label=move || title.get()>
            <b>{move || title.get()}</b>
            {each.collect_view()}
            {all}
        </div>
    }
}

/// A value in words.
fn words(locale: Locale, value: &Shown) -> String {
    match value {
        Shown::Nothing => locale.t().duplicates.empty.to_owned(),
        Shown::Text(text) | Shown::Record { name: text, .. } => text.clone(),
        Shown::Number(number) => locale.decimal(*number, 4),
        Shown::Bool(yes) => if *yes { "✓" } else { "✗" }.to_owned(),
        Shown::Lines { lines, .. } => locale.int(*lines),
        Shown::Json(text) => text.clone(),
    }
}
