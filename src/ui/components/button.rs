//! Buttons, and links that look like buttons.

use leptos::html;
use crate::ui::prelude::*;

use super::icon::{Icon, icon as draw};
use crate::ui::browser;

/// How much a button asks to be pressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one thing to do here.
    Primary,
    #[default]
    Plain,
    /// Without a border, in toolbars.
    Quiet,
    /// Takes something away.
    Danger,
}

impl ButtonKind {
    fn class(self) -> &'static str {
        match self {
            Self::Primary => "button primary",
            Self::Plain => "button",
            Self::Quiet => "button quiet",
            Self::Danger => "button danger",
        }
    }
}

/// For a button that may leave the page by being pressed.
fn stand_in() -> NodeRef<html::Button> {
    let node = NodeRef::<html::Button>::new();
    on_cleanup(move || {
        if let Some(button) = node.try_get_untracked().flatten() {
            browser::hand_on_focus(&button);
        }
    });
    node
}

/// A button with a verb. `submit` makes it send its form; `busy` keeps it from being pressed twice.
#[component]
pub fn Button(
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional, into)] icon: Option<Icon>,
    #[prop(optional)] submit: bool,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional, into)] busy: Signal<bool>,
    #[prop(optional, into)] on_click: Option<Callback<()>>,
    children: Children,
) -> impl IntoView {
    let press = move |_| {
        if let Some(on_click) = on_click.filter(|_| !busy.get_untracked()) {
            on_click.run(());
        }
    };
    view! {
        <button
            node_ref=stand_in()
            type=if submit { "submit" } else { "button" }
            class=kind.class()
            disabled=move || disabled.get()
            aria-busy=move || busy.get().then_some("true")
            on:click=press
        >
            {icon.map(draw)}
            <span>{children()}</span>
        </button>
    }
}

/// A link that looks like a button.
#[component]
pub fn LinkButton(
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional, into)] icon: Option<Icon>,
    #[prop(into)] href: Signal<String>,
    children: Children,
) -> impl IntoView {
    view! {
        <a class=kind.class() href=move || href.get()>
            {icon.map(draw)}
            <span>{children()}</span>
        </a>
    }
}

/// A button that shows only an icon; `label` is its name for screen readers and on hover.
#[component]
pub fn IconButton(
    icon: Icon,
    #[prop(into)] label: Signal<String>,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(into)] on_click: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            node_ref=stand_in()
            type="button"
            class="icon-button"
            title=move || label.get()
            aria-label=move || label.get()
            disabled=move || disabled.get()
            on:click=move |_| on_click.run(())
        >
            {draw(icon)}
        </button>
    }
}
