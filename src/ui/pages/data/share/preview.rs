//! A colleague's file before it is merged: what would change, by kind, with examples and every conflict.

use leptos::prelude::*;

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

/// “12 new, 3 changed, 1 deleted; 2 conflicts.”
fn sum(locale: Locale, p: &MergePreview) -> String {
    let t = &locale.t().share;
    let total = |get: fn(&MergeTally) -> u64| p.kinds.iter().map(|(_, n)| get(n)).sum::<u64>();
    let (new, changed, deleted) = (total(|n| n.new), total(|n| n.updated + n.restored), total(|n| n.deleted));
    if p.nothing_new {
        return t.nothing_new.to_owned();
    }
    if new + changed + deleted + p.conflicts == 0 {
        return t.only_seen.to_owned();
    }
    let values = [
        ("new", locale.int(new)),
        ("updated", locale.int(changed)),
        ("deleted", locale.int(deleted)),
        ("conflicts", count_conflicts(locale, p.conflicts)),
    ];
    fill(t.sum, &values.each_ref().map(|(name, value)| (*name, value.as_str())))
}

/// “2 conflicts”, “no conflict”.
pub fn count_conflicts(locale: Locale, n: u64) -> String {
    let t = &locale.t().share;
    if n == 0 { t.no_conflicts.to_owned() } else { plural(t.n_conflicts, n, &[("n", &locale.int(n))]) }
}

fn tallies(locale: Locale, kinds: &[(Kind, MergeTally)]) -> AnyView {
    let t = locale.t();
    let row = |(kind, n): &(Kind, MergeTally)| {
        let cells = [n.new, n.updated, n.deleted, n.restored, n.unchanged];
        view! {
            <tr>
                <th scope="row">{locale.kind(*kind)}</th>
                {cells.map(|n| view! { <td class="num" class:nought=n == 0>{locale.int(n)}</td> }).collect_view()}
            </tr>
        }
    };
    let heads =
        [t.data.staged_new, t.share.changed, t.share.deleted, t.share.restored, t.data.staged_unchanged];
    view! {
        <div class="table-scroll">
            <table class="plain-table tallies">
                <thead>
                    <tr>
                        <td></td>
                        {heads.map(|head| view! { <th scope="col" class="num">{head}</th> }).collect_view()}
                    </tr>
                </thead>
                <tbody>{kinds.iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
