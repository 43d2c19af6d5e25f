//! Choosing one of a few: tabs that are links, a segmented control, chips that narrow a list.

use crate::ui::prelude::*;

use super::icon::{Icon, icon};

/// One tab: a link with its words.
#[derive(Clone, Debug, PartialEq)]
pub struct Tab {
    pub label: String,
    pub href: String,
    pub current: bool,
}

/// Tabs that are pages of their own.
#[component]
pub fn Tabs(#[prop(into)] label: Signal<String>, #[prop(into)] tabs: Signal<Vec<Tab>>) -> impl IntoView {
    let nav = NodeRef::<leptos::html::Nav>::new();
    // On a phone the row is longer than the screen: the tab one is on comes into sight.
    Effect::new(move |_| {
        tabs.track();
        let Some(nav) = nav.get() else { return };
        let Ok(Some(current)) = nav.query_selector("[aria-current]") else { return };
        let (nav_box, tab_box) = (nav.get_bounding_client_rect(), current.get_bounding_client_rect());
        let middle = tab_box.left() + tab_box.width() / 2.0 - nav_box.left() - nav_box.width() / 2.0;
        nav.set_scroll_left(nav.scroll_left() + middle as i32);
    });
    let links = move || {
        let link = |tab: Tab| {
            view! {
                <a href=tab.href aria-current=tab.current.then_some("page")>
                    {tab.label}
                </a>
            }
        };
        tabs.get().into_iter().map(link).collect_view()
    };
    view! {
        <nav class="tabs" node_ref=nav aria-label=move || label.get()>
            {dynamic(links)}
        </nav>
    }
}

/// One of a few, all in sight. `options` are value and words.
#[component]
pub fn Segmented(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] options: Signal<Vec<(String, String)>>,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] on_change: Callback<String>,
) -> impl IntoView {
    let buttons = move || {
        let button = |(this, words): (String, String)| {
            let pressed = {
                let this = this.clone();
                move || value.with(|v| *v == this)
            };
            view! {
                <button type="button" aria-pressed=move || pressed().to_string() on:click=move |_| on_change.run(this.clone())>
                    {words}
                </button>
            }
        };
        options.get().into_iter().map(button).collect_view()
    };
    view! {
        <div class="segmented" role="group" aria-label=move || label.get()>
            {dynamic(buttons)}
        </div>
    }
}

/// A condition that narrows the list, with a way to take it off.
#[component]
pub fn Chip(
    #[prop(into)] label: Signal<String>,
    /// Name of the button that takes it off.
    #[prop(into)]
    remove: Signal<String>,
    #[prop(into)] on_remove: Callback<()>,
) -> impl IntoView {
    view! {
        <span class="chip">
            {move || label.get()}
            <button
                type="button"
                title=move || remove.get()
                aria-label=move || format!("{} {}", remove.get(), label.get())
                on:click=move |_| on_remove.run(())
            >
                {icon(Icon::Close)}
            </button>
        </span>
    }
}
