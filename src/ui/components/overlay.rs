//! Things that lie over the page: dialogs (sheets on a phone), the drawer at the side, small explanations.

use leptos::{ev, html};
use crate::ui::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Node};

use super::button::IconButton;
use super::icon::{Icon, icon};

/// A modal dialog on the browser's own `<dialog>`: focus stays inside and returns afterwards. Its content is made when it
/// opens. Escape and a click beside it call `on_close`; forms keep their drafts themselves.
#[component]
pub fn Dialog(
    #[prop(into)] open: Signal<bool>,
    #[prop(into)] title: Signal<String>,
    /// Name of the button that closes it.
    #[prop(into)]
    close: Signal<String>,
    #[prop(into)] on_close: Callback<()>,
    #[prop(optional)] wide: bool,
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    let opened = Memo::new(move |_| open.get());
    Effect::new(move |_| {
        let (open, Some(dialog)) = (opened.get(), node.get()) else { return };
        if open && !dialog.open() {
            // Fails only for a dialog that is open or not in the page.
            let _shown = dialog.show_modal();
        } else if !open && dialog.open() {
            dialog.close();
        }
    });
    let beside = move |event: ev::MouseEvent| {
        let on_backdrop = event.target().and_then(|t| t.dyn_into::<Node>().ok()).zip(node.get());
        if on_backdrop.is_some_and(|(target, dialog)| dialog.is_same_node(Some(&target))) {
            on_close.run(());
        }
    };
    let cancel = move |event: ev::Event| {
        event.prevent_default();
        on_close.run(());
    };
    view! {
        <dialog
            node_ref=node
            class="dialog"
            class:wide=wide
            aria-label=move || title.get()
            on:cancel=cancel
            on:mousedown=beside
        >
            <Show when=move || opened.get()>
                <div class="dialog-body">
                    <header class="dialog-head">
                        <h2>{move || title.get()}</h2>
                        <IconButton icon=Icon::Close label=close on_click=on_close />
                    </header>
                    {children()}
                </div>
            </Show>
        </dialog>
    }
}

/// A quick look at the right side that leaves the page usable.
#[component]
pub fn Drawer(
    #[prop(into)] open: Signal<bool>,
    #[prop(into)] label: Signal<String>,
    children: ChildrenFn,
) -> impl IntoView {
    let opened = Memo::new(move |_| open.get());
    view! {
        <Show when=move || opened.get()>
            <section class="drawer" aria-label=move || label.get()>
                {children()}
            </section>
        </Show>
    }
}

/// A few things to do, below a button; closes when one is chosen, by Escape and when the focus leaves.
#[component]
pub fn Menu(#[prop(into)] label: Signal<String>, mark: Icon, children: Children) -> impl IntoView {
    let chosen = |event: ev::MouseEvent| {
        let target = event.current_target().and_then(|t| t.dyn_into::<web_sys::Element>().ok());
        if let Some(details) = target.and_then(|t| t.closest("details").ok().flatten()) {
            let _shut = details.remove_attribute("open");
        }
    };
    view! {
        <Popover label mark>
            <div class="menu" on:click=chosen>{children()}</div>
        </Popover>
    }
}

/// A small explanation that opens below its button; closes by Escape and when the focus leaves.
#[component]
pub fn Popover(
    #[prop(into)] label: Signal<String>,
    #[prop(default = Icon::Info)] mark: Icon,
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Details>::new();
    let shut = move || {
        if let Some(details) = node.get() {
            details.set_open(false);
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            shut();
            focus_summary(node.get().map(|d| d.unchecked_into()));
        }
    };
    let on_leave = move |event: ev::FocusEvent| {
        let next = event.related_target().and_then(|t| t.dyn_into::<Node>().ok());
        if next.is_some_and(|n| node.get().is_some_and(|details| !details.contains(Some(&n)))) {
            shut();
        }
    };
    view! {
        <details class="popover" node_ref=node on:keydown=on_key on:focusout=on_leave>
            <summary>{icon(mark)} <span>{move || label.get()}</span></summary>
            <div class="popover-body">{children()}</div>
        </details>
    }
}

fn focus_summary(details: Option<HtmlElement>) {
    let summary = details.and_then(|d| d.query_selector("summary").ok().flatten());
    if let Some(summary) = summary.and_then(|s| s.dyn_into::<HtmlElement>().ok()) {
        let _focused = summary.focus();
    }
}
