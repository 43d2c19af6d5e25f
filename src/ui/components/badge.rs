//! Small marks: badges, the marks of Kotler's groups, a figure with its name.

use crate::ui::prelude::*;

use crate::engine::api::KotlerGroup;
use crate::ui::model::glyph;

/// The colour of a badge; the words carry the meaning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BadgeTone {
    #[default]
    Plain,
    Good,
    Warn,
    Bad,
    Info,
    /// Tiers, the best first; all after the second look alike.
    Tier(usize),
}

impl BadgeTone {
    fn class(self) -> &'static str {
        match self {
            Self::Plain => "badge",
            Self::Good => "badge good",
            Self::Warn => "badge warn",
            Self::Bad => "badge bad",
            Self::Info => "badge info",
            Self::Tier(0) => "badge tier tier-1",
            Self::Tier(1) => "badge tier tier-2",
            Self::Tier(_) => "badge tier",
        }
    }
}

/// A word in a small frame.
#[component]
pub fn Badge(#[prop(optional)] tone: BadgeTone, #[prop(into)] text: String) -> impl IntoView {
    view! { <span class=tone.class()>{text}</span> }
}

/// The mark of a Kotler group in its colour, with the group's name unless `bare` (then it is on hover).
#[component]
pub fn KotlerMark(group: KotlerGroup, #[prop(into)] name: String, #[prop(optional)] bare: bool) -> impl IntoView {
    let mut path = String::new();
    glyph::push_path(&mut path, group, 8.0, 8.0, 6.0);
    let class = match group {
        KotlerGroup::TrueFriend => "kotler true-friend",
        KotlerGroup::Butterfly => "kotler butterfly",
        KotlerGroup::Barnacle => "kotler barnacle",
        KotlerGroup::Stranger => "kotler stranger",
    };
    let shown = (!bare).then(|| name.clone());
    let label = bare.then(|| name.clone());
    view! {
        <span class=class title=name>
            <svg
                viewBox="0 0 16 16"
                width="14"
                height="14"
                role=bare.then_some("img")
                aria-label=label
                aria-hidden=(!bare).then_some("true")
            >
                <path d=path class:hollow=glyph::is_hollow(group) />
            </svg>
            {shown}
        </span>
    }
}

/// A figure with its name above and a note below; the figure may be a link.
#[component]
pub fn Stat(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] value: Signal<String>,
    #[prop(optional, into)] note: Signal<String>,
    #[prop(optional, into)] href: Option<Signal<String>>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="stat">
            <span class="stat-label">{move || label.get()}</span>
            {match href {
                Some(href) => {
                    view! { <a class="stat-value" href=move || href.get()>{move || value.get()}</a> }.into_any()
                }
                None => view! { <span class="stat-value">{move || value.get()}</span> }.into_any(),
            }}
            <span class="stat-note">{move || note.get()}</span>
            {children.map(|children| children())}
        </div>
    }
}
