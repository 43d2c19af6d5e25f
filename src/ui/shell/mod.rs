//! The frame around every page: navigation, top bar, notices, and what stands in for a page that cannot be shown.

mod banners;
mod opening;
mod palette;
mod rail;
mod top;

use crate::ui::prelude::*;

use self::banners::Banners;
use self::opening::{OpenFailed, Opening};
use self::palette::Palette;
use self::rail::Rail;
use self::top::TopBar;
use super::app::{App, Book, use_app};
use super::browser;
use super::pages::Page;
use super::parts::when_drawn;
use super::route::{Route, day_in};
use super::toasts::ToastRegion;
use crate::engine::api::Language;
use crate::locale::fill;
use crate::web::device::Theme;

/// The whole page.
#[component]
pub fn Shell() -> impl IntoView {
    let app = use_app();
    crate::ui::pages::provide_forms();
    crate::ui::pages::provide_histories();
    crate::ui::pages::provide_erasing();
    let palette = RwSignal::new(false);
    follow_address(app);
    dress_document(app);
    browser::watch_media("(max-width: 720px)", app.phone);
    browser::on_window("keydown", move |event| {
        let event: &web_sys::KeyboardEvent = wasm_bindgen::JsCast::unchecked_ref(event);
        if (event.ctrl_key() || event.meta_key()) && event.key().eq_ignore_ascii_case("k") {
            event.prevent_default();
            palette.update(|open| *open = !*open);
        }
    });
    // The share changes often while opening; the page only when the kind does.
    let opening = Memo::new(move |_| app.health.restoring.get() || app.book.with(|b| matches!(b, Book::Opening { .. })));
    let failed = Memo::new(move |_| app.book.with(|b| if let Book::Failed(e) = b { Some(e.clone()) } else { None }));
    view! {
        <a class="skip" href="#main" on:click=move |event| {
            event.prevent_default();
            browser::focus("#main");
        }>
            {move || app.t().shell.skip}
        </a>
        <div class="shell">
            <Rail />
            <div class="column">
                <TopBar palette />
                <Banners />
                <main id="main" tabindex="-1">
                    {move || match (failed.get(), opening.get()) {
                        (Some(error), _) => view! { <OpenFailed error /> }.into_any(),
                        (None, true) => view! { <Opening /> }.into_any(),
                        (None, false) => view! { <Page /> }.into_any(),
                    }}
                </main>
            </div>
        </div>
        <Palette open=palette />
        <crate::ui::pages::RecordDialog />
        <crate::ui::pages::HistoryDialog />
        <crate::ui::pages::EraseDialog />
        <ToastRegion />
    }
}

/// Follows the address; on another page moves the focus to its heading, so that a screen reader says where we are.
fn follow_address(app: App) {
    browser::on_window("hashchange", move |_| {
        let hash = browser::hash();
        let route = Route::parse(&hash);
        match (day_in(&hash), app.as_of.get_untracked()) {
            (Some(day), now) if day != now => app.as_of.set(day),
            // A link without a day: the chosen one holds, and the address says so.
            (None, Some(_)) => app.keep_address(&route),
            _ => {}
        }
        let same = app.route.with_untracked(|now| now.same_page(&route));
        if app.route.with_untracked(|now| *now != route) {
            if !same {
                // What keeps its work when it is left does so while its page is still there.
                browser::blur();
            }
            app.route.set(route);
        }
        if !same {
            request_animation_frame(|| when_drawn(|| {
                browser::focus("main h1");
                // Further down, where the address says so.
                browser::focus("main [data-start]");
            }));
        }
    });
}

/// Language, theme and title of the document.
fn dress_document(app: App) {
    Effect::new(move |_| {
        let locale = app.locale.get();
        browser::set_root("lang", locale.tag());
    });
    Effect::new(move |_| {
        browser::set_root(
            "data-theme",
            match app.theme.get() {
                Theme::System => "system",
                Theme::Light => "light",
                Theme::Dark => "dark",
            },
        );
    });
    Effect::new(move |_| {
        let t = app.t();
        let page = app.route.with(|route| match route.section() {
            Some(section) => rail::name(section, t),
            None => t.shell.not_found_title,
        });
        let subject = app.subject.get();
        let page = subject.as_deref().unwrap_or(page);
        browser::set_title(&fill(t.shell.tab_title, &[("page", page), ("app", t.common.app_name)]));
    });
}

/// The other of the two languages.
fn other(language: Language) -> Language {
    match language {
        Language::En => Language::Zh,
        Language::Zh => Language::En,
    }
}
