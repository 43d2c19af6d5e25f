//! The fourth step: what importing would change, and importing.

use crate::ui::prelude::*;

use super::clash::Clash;
use super::flow::{ImportFlow, use_flow};
use crate::domain::Currency;
use crate::engine::api::{ImportConflict, ImportTwin, StagedImport, Tally};
use crate::files::orders::RowError;
use crate::locale::{Locale, fill, plural};
use crate::ui::app::{use_app, use_currency};
use crate::ui::components::{Button, ButtonKind, Skeleton, linked};
use crate::ui::format::Format;
use crate::ui::model::wizard::{Event, Step};
use crate::ui::pages::data::share::{Of, value_of};
use crate::ui::route::Route;

#[component]
pub fn Staging() -> impl IntoView {
    let app = use_app();
    let words = Signal::derive(move || app.t().data.staging.to_owned());
    view! {
        <p role="status">{move || words.get()}</p>
        <Skeleton lines=5 label=words />
    }
}

fn sum(staged: &StagedImport) -> Tally {
    let all = [staged.customers, staged.products, staged.orders, staged.responses, staged.interactions];
    all.iter().fold(Tally::default(), |a, b| Tally {
        new: a.new + b.new,
        updated: a.updated + b.updated,
        unchanged: a.unchanged + b.unchanged,
    })
}

/// “412 new, 88 updated, 3 conflicts, 7 errors.”
fn answer(locale: Locale, staged: &StagedImport) -> String {
    let t = &locale.t().data;
    let n = sum(staged);
    let errors = staged.errors + staged.left_out_total;
    let counted = [
        (t.staged_n_new, n.new),
        (t.staged_n_updated, n.updated),
        (t.staged_n_unchanged, n.unchanged),
        (t.staged_n_conflicts, staged.conflicts_total),
        (t.staged_n_errors, errors),
    ];
    let parts = counted.into_iter().filter(|(_, n)| *n > 0).map(|(words, n)| plural(words, n, &[("n", &locale.int(n))]));
    fill(t.staged_answer, &[("parts", &parts.collect::<Vec<_>>().join(locale.comma()))])
}

#[component]
pub fn Staged() -> impl IntoView {
    let app = use_app();
    let flow = use_flow();
    let staged = Memo::new(move |_| flow.wizard.with(|w| w.staged.clone()));
    let currency = use_currency();
    let saving = Memo::new(move |_| flow.wizard.with(|w| w.step == Step::Saving));
    let nothing = Memo::new(move |_| {
        let total = staged.with(|s| s.as_ref().map(sum).unwrap_or_default());
        total.new == 0 && total.updated == 0 && staged.with(|s| s.as_ref().is_none_or(|s| s.conflicts_total == 0))
    });
    let clashes = Memo::new(move |_| flow.wizard.with(|w| w.clashes()));
    let answer = move || {
        let locale = app.locale.get();
        if nothing.get() {
            return locale.t().data.staged_nothing.to_owned();
        }
        staged.with(|s| s.as_ref().map(|s| answer(locale, s)).unwrap_or_default())
    };
    view! {
        <section class="card import-card">
            <header class="card-head">
                <h2>{move || app.t().data.staged_title}</h2>
            </header>
            <p class="answer">{shared(answer)}</p>
            {dynamic(move || staged.get().and_then(|s| s.clash).map(|clash| view! { <Clash clash /> }))}
            {move || staged.get().map(|s| tallies(app.locale.get(), &s))}
            {move || staged.get().filter(|s| s.conflicts_total > 0).map(|s| conflicts((app.locale.get(), currency.get()), flow, &s))}
            {move || staged.get().map(|s| left_out(app.locale.get(), &s))}
            {dynamic(move || staged.get().filter(|s| s.twins_total > 0).map(|s| twins(app.locale.get(), s)))}
            {dynamic(move || saving.get().then(|| view! { <p class="quiet-text">{app.t().data.saving_note}</p> }))}
        </section>
        <div class="import-actions">
            <Button
                kind=ButtonKind::Quiet
                disabled=saving
                on_click=Callback::new(move |()| flow.send(Event::Back))
            >
                {move || app.t().data.back_to_columns}
            </Button>
            <Show
                when=move || !nothing.get()
                fallback=move || {
                    view! {
                        <Button
                            kind=ButtonKind::Primary
                            on_click=Callback::new(move |()| flow.send(Event::StartOver))
                        >
                            {move || app.t().data.other_file}
                        </Button>
                    }
                }
            >
                <Button kind=ButtonKind::Primary busy=saving disabled=clashes on_click=Callback::new(move |()| flow.send(Event::Commit))>
                    {move || if saving.get() { app.t().data.committing } else { app.t().data.commit }}
                </Button>
            </Show>
        </div>
    }
}

/// New customers who may be known already: they come in as they are, and can be merged afterwards.
fn twins(locale: Locale, staged: StagedImport) -> impl IntoView + use<> {
    let t = &locale.t().duplicates;
    let twin = |twin: ImportTwin| {
        let other = match twin.known {
            Some(id) => linked(twin.other, Route::Customer(id).href()).view(),
            None => twin.other.into_any(),
        };
        view! { <li>{twin.name} " = " {other} " " <span class="quiet-text">{t.reasons(&twin.reasons)}</span></li> }
    };
    view! {
        <div class="twin-note">
            <b>{plural(t.in_file, staged.twins_total, &[("n", &locale.int(staged.twins_total))])}</b>
            <ul>{staged.twins.into_iter().take(5).map(twin).collect_view()}</ul>
            <p>{t.in_file_note}</p>
        </div>
    }
}

fn tallies(locale: Locale, staged: &StagedImport) -> impl IntoView + use<> {
    let t = locale.t();
    let rows = [
        (t.common.customers, staged.customers),
        (t.common.products, staged.products),
        (t.common.orders, staged.orders),
        (t.satisfaction.gaps_count, staged.responses),
        (t.data.target_interactions, staged.interactions),
    ];
    // A file holds orders or answers; a row of noughts says nothing.
    let rows = rows.into_iter().filter(|(_, n)| n.new + n.updated + n.unchanged > 0);
    let row = |(name, n): (&'static str, Tally)| {
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td class="num">{locale.int(n.new)}</td>
                <td class="num">{locale.int(n.updated)}</td>
                <td class="num">{locale.int(n.unchanged)}</td>
            </tr>
        }
    };
    view! {
        <table class="plain-table tallies">
            <thead>
                <tr>
                    <td></td>
                    <th scope="col" class="num">
                        {t.data.staged_new}
                    </th>
                    <th scope="col" class="num">
                        {t.data.staged_updated}
                    </th>
                    <th scope="col" class="num">
                        {t.data.staged_unchanged}
                    </th>
                </tr>
            </thead>
            <tbody>{rows.map(row).collect::<Vec<_>>()}</tbody>
        </table>
    }
}

/// Where the file contradicts what somebody typed: both words, and whose holds.
fn conflicts((locale, currency): (Locale, Currency), flow: ImportFlow, staged: &StagedImport) -> AnyView {
    let t = &locale.t().data;
    let n = staged.conflicts_total;
    let row = |c: &ImportConflict| {
        let of = Of { kind: c.kind, name: &c.name, field: &c.field };
        let [typed, file] = [&c.typed, &c.file].map(|shown| value_of(locale, of, shown, currency));
        view! {
            <tr>
                <th scope="row">{c.name.clone()}</th>
                <td>{locale.field_called(c.kind, &c.field, &c.label)}</td>
                <td>{typed}</td>
                <td>{file}</td>
            </tr>
        }
    };
    let rows: Vec<_> = staged.conflicts.iter().take(SHOWN).map(row).collect();
    let choice = |keep: bool, words: &'static str| {
        view! {
            <label class="radio">
                <input
                    type="radio"
                    name="conflicts"
                    prop:checked=move || flow.wizard.with(|w| w.take_file != keep)
                    on:change=move |_| flow.send(Event::Keep(keep))
                />
                <span>{words}</span>
            </label>
        }
    };
    let heads = [t.conflict_record, t.errors_column, t.conflict_typed, t.conflict_file];
    view! {
        <fieldset class="date-order">
            <legend>{plural(t.conflict_title, n, &[("n", &locale.int(n))])}</legend>
            {choice(true, t.conflict_keep)}
            {choice(false, t.conflict_take)}
        </fieldset>
        <div class="table-scroll" tabindex="0" role="region" aria-label=t.conflict_file>
            <table class="plain-table">
                <thead>
                    <tr>{heads.map(|head| view! { <th scope="col">{head}</th> })}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {(n > SHOWN as u64).then(|| view! { <p>{fill(t.conflicts_first, &[("n", &locale.int(SHOWN as u64))])}</p> })}
    }
    .into_any()
}

/// Rows listed on the page.
const SHOWN: usize = 100;

/// Answers of nobody known, and those about what the book does not know, row by row.
fn left_out(locale: Locale, staged: &StagedImport) -> impl IntoView + use<> {
    let t = &locale.t().data;
    let lists = [
        (t.left_out_title, t.left_out_hint, staged.left_out_total, &staged.left_out),
        (t.unlinked_title, t.unlinked_hint, staged.unlinked_total, &staged.unlinked),
    ];
    let list = |(title, hint, n, rows): (&str, &'static str, u64, &Vec<RowError>)| {
        let rows: Vec<_> = rows.iter().take(SHOWN).map(|e| view! { <li>{locale.row_error(e)}</li> }).collect();
        let cut = (n > SHOWN as u64).then(|| fill(t.errors_first, &[("n", &locale.int(SHOWN as u64))]));
        view! {
            <div class="row-errors">
                <h3>{plural(title, n, &[("n", &locale.int(n))])}</h3>
                <p class="quiet-text">{hint}</p>
                <ul>{rows}</ul>
                {cut.map(|words| view! { <p>{words}</p> })}
            </div>
        }
    };
    lists.into_iter().filter(|(_, _, n, _)| *n > 0).map(list).collect::<Vec<_>>()
}
