//! A colleague's file before it is merged: what would change, by kind, with examples and every conflict.

use crate::ui::prelude::*;

use super::conflicts::{Reading, changes, conflicts, examples};
use super::flow::ShareFlow;
use super::words::moment;
use crate::domain::{Currency, Kind};
use crate::engine::api::{MergePreview, MergeTally, Query};
use crate::locale::{Locale, fill, plural};
use crate::ui::app::{ALL_TOPICS, App, use_app, use_currency};
use crate::ui::components::{Button, ButtonKind, Icon, icon};
use crate::ui::format::Format;
use crate::ui::query::use_query;

/// Conflicts listed before the merge; the report has all.
const SHOWN: usize = 20;

#[component]
pub fn Preview(first: Box<MergePreview>, merging: bool) -> impl IntoView {
    let app = use_app();
    let flow = expect_context::<ShareFlow>();
    let currency = use_currency();
    // What was changed meanwhile counts; after the merge nothing waits any more, and the last answer stays.
    let now = use_query::<Option<Box<MergePreview>>>(|| Query::StagedMerge, ALL_TOPICS);
    let preview = Memo::new(move |before: Option<&Box<MergePreview>>| {
        let fresh = now.with(|s| s.data.clone().flatten());
        fresh.unwrap_or_else(|| before.cloned().unwrap_or_else(|| first.clone()))
    });
    let nothing = Memo::new(move |_| preview.with(|p| p.nothing_new));
    let leave = Callback::new(move |()| flow.leave());
    let merge = Callback::new(move |()| flow.merge(preview.get_untracked()));
    let other_file = move || if nothing.get() { app.t().data.other_file } else { app.t().share.drop };
    view! {
        {move || preview.with(|p| body(app, currency.get(), p))}
        <div class="import-actions">
            <Button disabled=merging on_click=leave>
                {other_file}
            </Button>
            <Show when=move || !nothing.get()>
                <Button kind=ButtonKind::Primary busy=merging on_click=merge>
                    {move || if merging { app.t().share.merging } else { app.t().share.merge }}
                </Button>
            </Show>
        </div>
    }
}

fn body(app: App, currency: Currency, p: &MergePreview) -> AnyView {
    let locale = app.locale.get();
    let t = &locale.t().share;
    let reading = Reading { app, locale, currency, sender: p.device, done: None };
    let from = if p.whole { t.from_whole } else { t.from_part };
    let ahead = p.clock_ahead_ms.map(|ms| {
        let days = ms.div_ceil(86_400_000);
        let time = plural(locale.t().common.n_days, days, &[("n", &locale.int(days))]);
        view! { <p class="note-warn">{icon(Icon::Warning)} {fill(t.clock_ahead, &[("time", &time)])}</p> }
    });
    let listed = p.first_conflicts.get(..SHOWN).unwrap_or(&p.first_conflicts);
    let clash = (p.conflicts > 0).then(|| conflicts(reading, t.conflicts_before, p.conflicts, listed));
    view! {
        <section class="card import-card">
            <header class="card-head">
                <h2>{fill(t.preview_title, &[("name", &p.file)])}</h2>
            </header>
            <div>
                <p class="answer" role="status">{sum(locale, p)}</p>
                <p class="quiet-text">{fill(from, &[("when", &moment(locale, p.exported_at_ms))])}</p>
            </div>
            {ahead}
            {(!p.nothing_new && !p.kinds.is_empty()).then(|| tallies(locale, &p.kinds))}
            {(!p.first_new.is_empty()).then(|| examples(locale, &p.first_new))}
            {(!p.first_changes.is_empty()).then(|| changes(reading, &p.first_changes))}
        </section>
        {clash}
    }
    .into_any()
}

/// “12 new, 3 changed, 2 conflicts.”
fn sum(locale: Locale, p: &MergePreview) -> String {
    let t = &locale.t().share;
    let total = |get: fn(&MergeTally) -> u64| p.kinds.iter().map(|(_, n)| get(n)).sum::<u64>();
    let parts = [
        (total(|n| n.new), t.n_new),
        (total(|n| n.updated + n.restored), t.n_changed),
        (total(|n| n.deleted), t.n_deleted),
        (p.conflicts, t.n_conflicts),
    ];
    match (p.nothing_new, counted(locale, &parts)) {
        (true, _) => t.nothing_new.to_owned(),
        (false, Some(sum)) => sum,
        (false, None) => t.only_seen.to_owned(),
    }
}

/// A sentence of what there is any of: “12 records came in, 2 conflicts.”
pub fn counted(locale: Locale, parts: &[(u64, &str)]) -> Option<String> {
    let some = parts.iter().filter(|(n, _)| *n > 0);
    let words: Vec<_> = some.map(|(n, text)| plural(text, *n, &[("n", &locale.int(*n))])).collect();
    let end = if locale.gap().is_empty() { "。" } else { "." };
    (!words.is_empty()).then(|| format!("{}{end}", words.join(locale.comma())))
}

fn tallies(locale: Locale, kinds: &[(Kind, MergeTally)]) -> AnyView {
    let t = locale.t();
    let columns: [(&'static str, fn(&MergeTally) -> u64); 5] = [
        (t.data.staged_new, |n| n.new),
        (t.share.changed, |n| n.updated),
        (t.share.deleted, |n| n.deleted),
        (t.share.restored, |n| n.restored),
        (t.data.staged_unchanged, |n| n.unchanged),
    ];
    // A column of noughts says nothing.
    let columns: Vec<_> = columns.into_iter().filter(|(_, get)| kinds.iter().any(|(_, n)| get(n) > 0)).collect();
    let cell = |n: u64| view! { <td class="num" class:nought=n == 0>{locale.int(n)}</td> };
    let row = |(kind, n): &(Kind, MergeTally)| {
        let cells = columns.iter().map(|(_, get)| cell(get(n))).collect_view();
        view! { <tr><th scope="row">{locale.kind(*kind)}</th> {cells}</tr> }
    };
    let heads = columns.iter().map(|(head, _)| view! { <th scope="col" class="num">{*head}</th> }).collect_view();
    view! {
        <div class="table-scroll">
            <table class="plain-table tallies">
                <thead>
                    <tr>
                        <td></td>
                        {heads}
                    </tr>
                </thead>
                <tbody>{kinds.iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
