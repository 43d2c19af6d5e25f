//! The groups and rows of a rule being built, each with how many it fits.

use crate::ui::prelude::*;
use gloo::timers::callback::Timeout;

use super::row::{RowFields, what_words};
use crate::domain::{Id, InvalidReason};
use crate::locale::{Locale, fill, plural};
use crate::ui::app::use_app;
use crate::ui::browser;
use crate::ui::components::{Button, ButtonKind, Icon, IconButton, SelectField};
use crate::ui::format::Format;
use crate::ui::model::rule::{Body, Draft, How, Outline, Row};
use crate::ui::pages::customers::{Look, use_look};

/// For which place something is being chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A new condition in this group.
    Into(u32),
    /// Another one in the place of this row.
    InPlaceOf(u32),
}

/// What all parts of the builder share.
#[derive(Clone, Copy)]
pub struct Building {
    pub draft: RwSignal<Draft>,
    /// Of how many each part holds, by key.
    pub counts: Memo<Vec<(u32, u64)>>,
    /// What is not whole, and why.
    pub problems: Memo<Vec<(u32, InvalidReason)>>,
    /// Whether what is missing is said, too: after the first try to save.
    pub tried: RwSignal<bool>,
    pub target: RwSignal<Option<Target>>,
    pub segments: Memo<Vec<(Id, String)>>,
}

impl Building {
    fn count(self, key: u32) -> Option<u64> {
        self.counts.with(|counts| counts.iter().find(|(of, _)| *of == key).map(|(_, n)| *n))
    }
}

/// Of how many it holds by itself.
fn fits(building: Building, key: u32) -> AnyView {
    let app = use_app();
    let words = move || {
        let n = building.count(key)?;
        let locale = app.locale.get();
        Some(plural(locale.t().rules.count, n, &[("n", &locale.int(n))]))
    };
    view! { <span class="rule-count" class:none=move || building.count(key) == Some(0)>{shared(words)}</span> }.into_any()
}

/// Takes a part out; the keyboard goes on where the next one is added.
fn remove(building: Building, key: u32) {
    building.draft.update(|d| d.remove(key));
    Timeout::new(0, || browser::focus(".rule-group.outermost > .rule-add button")).forget();
}

fn how_words(how: How, locale: Locale) -> &'static str {
    let r = &locale.t().rules;
    match how {
        How::All => r.how_all,
        How::Any => r.how_any,
        How::None => r.how_none,
    }
}

pub fn part(building: Building, outline: Outline, outermost: bool) -> AnyView {
    match outline {
        Outline::Group { key, parts } => view! { <Group building key parts outermost /> }.into_any(),
        Outline::Row { key } => view! { <Condition building key /> }.into_any(),
    }
}

#[component]
fn Group(building: Building, key: u32, parts: Vec<Outline>, outermost: bool) -> impl IntoView {
    let app = use_app();
    let how = Memo::new(move |_| building.draft.with(|d| d.how(key)).unwrap_or(How::All));
    let options = Signal::derive(move || How::ALL.map(|how| (how.name().to_owned(), how_words(how, app.locale.get()).to_owned())).to_vec());
    let choose = move |name: String| {
        if let Some(how) = How::from_name(&name) {
            building.draft.update(|d| d.set_how(key, how));
        }
    };
    let label = Signal::derive(move || how_words(how.get(), app.locale.get()).to_owned());
    let add_group = move || {
        building.draft.try_update(|d| d.add(key, Body::Group(How::Any, Vec::new())));
    };
    let full = Signal::derive(move || building.draft.with(|d| !d.takes()));
    let no_group = Signal::derive(move || building.draft.with(|d| !d.takes_group(key)));
    let remove = move || remove(building, key);
    let inside = parts.into_iter().map(|outline| part(building, outline, false)).collect_view();
    view! {
        <div class="rule-group" class:outermost=outermost role="group" aria-label=move || label.get()>
            <div class="rule-head">
                <SelectField
                    compact=true
                    label=Signal::derive(move || app.t().rules.how_label.to_owned())
                    options
                    value=Signal::derive(move || how.get().name().to_owned())
                    on_change=choose
                />
                {(!outermost).then(|| fits(building, key))}
                {(!outermost).then(|| view! {
                    <IconButton
                        icon=Icon::Trash
                        label=Signal::derive(move || app.t().rules.remove_group.to_owned())
                        on_click=remove
                    />
                })}
            </div>
            {inside}
            <div class="rule-add">
                <Button icon=Icon::Plus disabled=full on_click=move || building.target.set(Some(Target::Into(key)))>
                    {move || app.t().rules.add_condition}
                </Button>
                <Button kind=ButtonKind::Quiet icon=Icon::Plus disabled=no_group on_click=add_group>
                    {move || app.t().rules.add_group}
                </Button>
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn Condition(building: Building, key: u32) -> impl IntoView {
    let app = use_app();
    let look = use_look();
    let gone = look.with_untracked(|look| Row::new(crate::ui::model::rule::What::Segment, look));
    let row = Memo::new(move |before: Option<&Row>| {
        building.draft.with(|d| d.row(key).cloned()).or_else(|| before.cloned()).unwrap_or_else(|| gone.clone())
    });
    let what = move |look: &Look| row.with(|row| what_words(look, &row.what));
    let name = Signal::derive(move || look.with(what));
    let change = Callback::new(move |row: Row| building.draft.update(|d| d.set_row(key, row)));
    let remove = move || remove(building, key);
    let problem = Signal::derive(move || {
        let reason = building.problems.with(|all| all.iter().find(|(of, _)| *of == key).map(|(_, reason)| *reason))?;
        let said = reason != InvalidReason::Required || building.tried.get();
        said.then(|| app.locale.get().invalid(reason).to_owned())
    });
    let labelled = move |text: fn(Locale) -> &'static str| {
        Signal::derive(move || fill(text(app.locale.get()), &[("name", &name.get())]))
    };
    let change_label = labelled(|l| l.t().rules.change_what);
    view! {
        <div id=format!("rule-row-{key}") class="rule-row" class:invalid=move || problem.with(Option::is_some) role="group" aria-label=move || name.get()>
            <button
                type="button"
                class="rule-what"
                title=move || change_label.get()
                on:click=move |_| building.target.set(Some(Target::InPlaceOf(key)))
            >
                {name}
            </button>
            <RowFields row change segments=Signal::from(building.segments) />
            {fits(building, key)}
            <IconButton icon=Icon::Trash label=labelled(|l| l.t().rules.remove) on_click=remove />
            <p class="field-note" aria-live="polite">{move || problem.get()}</p>
        </div>
    }
    .into_any()
}
