//! Fields on which file and book differ: a list of conflicts with both values, and a few plain changes.

use crate::ui::prelude::*;

use super::words::{named, subject, value};
use crate::domain::{Currency, DeviceId, Kind, Seq, Stamp};
use crate::engine::api::{Command, Conflict, Shown, Side};
use crate::locale::{Locale, fill};
use crate::ui::app::App;
use crate::ui::components::{Icon, icon};
use crate::ui::format::Format;
use crate::ui::pages::rules::RuleText;
use crate::ui::route::Route;

/// What both lists need to put values into words.
#[derive(Clone, Copy)]
pub struct Reading {
    pub app: App,
    pub locale: Locale,
    pub currency: Currency,
    /// Who wrote the file.
    pub sender: DeviceId,
    /// The merge, once it is done: then each value can be chosen.
    pub done: Option<Seq>,
}

/// Which record, which field.
fn heading(locale: Locale, of: &Conflict) -> AnyView {
    let (kind, name, field) = subject(locale, of);
    let name = match of.kind {
        Kind::Customer => view! { <a href=Route::Customer(of.id).href()>{name}</a> }.into_any(),
        _ => view! { <b>{name}</b> }.into_any(),
    };
    let field = (!field.is_empty()).then(|| format!(" · {field}"));
    view! { <span class="conflict-of"><small>{kind}</small> {name} {field}</span> }.into_any()
}

/// The conflicts of a merge, `total` in all, under `hint`.
pub fn conflicts(of: Reading, hint: &'static str, total: u64, list: &[Conflict]) -> AnyView {
    let Reading { locale, .. } = of;
    let t = &locale.t().share;
    let item = |conflict: &Conflict| {
        let neither = (of.done.is_some() && conflict.stands.is_none()).then(|| view! { <p class="quiet-text">{t.neither}</p> });
        view! {
            <li>
                {heading(locale, conflict)}
                <div class="sides">{side(of, conflict, Side::Ours)} {side(of, conflict, Side::Theirs)}</div>
                {neither}
            </li>
        }
    };
    let shown = list.len() as u64;
    let cut = (shown < total).then(|| view! { <p class="quiet-text">{fill(t.conflicts_first, &[("n", &locale.int(shown))])}</p> });
    view! {
        <section class="card import-card">
            <header class="card-head">
                <h2>{t.conflicts} " " <small class="quiet-text">{locale.int(total)}</small></h2>
            </header>
            <p>{hint}</p>
            <ol class="conflicts">{list.iter().map(item).collect_view()}</ol>
            {cut}
        </section>
    }
    .into_any()
}

/// Who wrote a value and when.
fn written(of: Reading, conflict: &Conflict, side: Side) -> String {
    let t = of.locale.t();
    let (at, here): (Option<Stamp>, bool) = match side {
        Side::Ours => (conflict.ours_at, conflict.ours_here),
        Side::Theirs => (Some(conflict.theirs_at), false),
    };
    let Some(at) = at else { return t.share.never.to_owned() };
    let who = match at.device {
        _ if here => t.data.history_here,
        device if device == of.sender => t.share.who_sender,
        _ => t.data.history_elsewhere,
    };
    format!("{} · {who}", of.locale.stamp(at))
}

/// A value as it is read; of a segment's rule its sentence.
fn in_words(of: Reading, conflict: &Conflict, shown: &Shown) -> AnyView {
    match shown {
        Shown::Text(text) if (conflict.kind, conflict.field.as_str()) == (Kind::Segment, "rule") => {
            view! { <RuleText text=text.clone() /> }.into_any()
        }
        shown => value(of.locale, conflict, shown, of.currency).into_any(),
    }
}

/// One value of a conflict: a button once the merge is done.
fn side(of: Reading, conflict: &Conflict, side: Side) -> AnyView {
    let t = &of.locale.t().share;
    let (name, shown, won) = match side {
        Side::Ours => (t.ours, &conflict.ours, !conflict.theirs_won),
        Side::Theirs => (t.theirs, &conflict.theirs, conflict.theirs_won),
    };
    let words = in_words(of, conflict, shown);
    let chosen = if of.done.is_some() { conflict.stands == Some(side) } else { won };
    let name = if won { format!("{name} · {}", t.later) } else { name.to_owned() };
    let empty = matches!(shown, Shown::Nothing);
    let body = view! {
        <small>{name}</small>
        <b class:quiet-text=empty>{words}</b>
        <small>{written(of, conflict, side)}</small>
    };
    let Some(seq) = of.done else {
        return view! { <div class="side" class:chosen=chosen>{body}</div> }.into_any();
    };
    let mark = chosen.then(|| icon(Icon::Check));
    let state = if chosen { t.in_use } else { t.use_this };
    let command =
        Command::ChooseValue { seq, kind: conflict.kind, id: conflict.id, field: conflict.field.clone(), side };
    view! {
        <button
            type="button"
            class="side"
            class:chosen=chosen
            aria-pressed=chosen.to_string()
            on:click=move |_| {
                if !chosen {
                    of.app.run_command(command.clone(), t.chosen);
                }
            }
        >
            {body}
            <span class="side-state">{mark} {state}</span>
        </button>
    }
    .into_any()
}

/// A few changes: record, field, the value before and the one from the file.
pub fn changes(of: Reading, list: &[Conflict]) -> AnyView {
    let item = |change: &Conflict| {
        let [before, after] = [&change.ours, &change.theirs].map(|shown| in_words(of, change, shown));
        view! {
            <li>
                {heading(of.locale, change)} <span class="quiet-text">{before} " → "</span> <b>{after}</b>
            </li>
        }
    };
    let items = list.iter().map(item).collect_view();
    view! { <h3>{of.locale.t().share.examples_changed}</h3><ul class="examples">{items}</ul> }.into_any()
}

/// A few new records by name.
pub fn examples(locale: Locale, list: &[(Kind, String)]) -> AnyView {
    let item = |kind: &Kind| {
        let names: Vec<_> = list.iter().filter(|(of, _)| of == kind).map(|(_, name)| named(locale, name)).collect();
        let names = match kind {
            Kind::Setting => names.iter().map(|n| locale.setting(n).to_owned()).collect(),
            _ => names,
        };
        (!names.is_empty()).then(|| {
            view! { <li><span class="conflict-of"><small>{locale.kind(*kind)}</small></span> {names.join(locale.comma())}</li> }
        })
    };
    let items = Kind::ALL.iter().filter_map(item).collect_view();
    view! { <h3>{locale.t().share.examples_new}</h3><ul class="examples">{items}</ul> }.into_any()
}
