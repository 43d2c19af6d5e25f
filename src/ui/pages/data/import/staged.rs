//! The fourth step: what importing would change, and importing.

use crate::ui::prelude::*;

use super::flow::use_flow;
use crate::engine::api::{ImportTwin, StagedImport, Tally};
use crate::files::orders::RowError;
use crate::locale::{Locale, fill, plural};
use crate::ui::app::use_app;
use crate::ui::components::{Button, ButtonKind, Skeleton, linked};
use crate::ui::format::Format;
use crate::ui::model::wizard::{Event, Step};
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
    [staged.customers, staged.products, staged.orders, staged.responses].iter().fold(Tally::default(), |a, b| Tally {
        new: a.new + b.new,
        updated: a.updated + b.updated,
        unchanged: a.unchanged + b.unchanged,
    })
}

#[component]
pub fn Staged() -> impl IntoView {
    let app = use_app();
    let flow = use_flow();
    let staged = Memo::new(move |_| flow.wizard.with(|w| w.staged.clone()));
    let saving = Memo::new(move |_| flow.wizard.with(|w| w.step == Step::Saving));
    let total = Memo::new(move |_| staged.with(|s| s.as_ref().map(sum).unwrap_or_default()));
    let nothing = Memo::new(move |_| total.get().new == 0 && total.get().updated == 0);
    let answer = move || {
        let locale = app.locale.get();
        let t = &locale.t().data;
        if nothing.get() {
            return t.staged_nothing.to_owned();
        }
        let n = total.get();
        let values =
            [("new", locale.int(n.new)), ("updated", locale.int(n.updated)), ("unchanged", locale.int(n.unchanged))];
        fill(t.staged_answer, &values.each_ref().map(|(name, value)| (*name, value.as_str())))
    };
    view! {
        <section class="card import-card">
            <header class="card-head">
                <h2>{move || app.t().data.staged_title}</h2>
            </header>
            <p class="answer">{shared(answer)}</p>
            {move || staged.get().map(|s| tallies(app.locale.get(), &s))}
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
                <Button kind=ButtonKind::Primary busy=saving on_click=Callback::new(move |()| flow.send(Event::Commit))>
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
            Some(id) => linked(twin.other, Route::Customer(id).href()),
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
