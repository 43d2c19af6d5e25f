//! Settings of this device, and what Kith is.

use crate::ui::prelude::*;

use crate::engine::api::Language;
use crate::locale::{SettingsTexts, fill};
use crate::ui::app::use_app;
use crate::ui::pages::data::RemindAfter;
use crate::ui::route::{DataTab, Route};
use crate::ui::components::Segmented;
use crate::web::device::Theme;
use crate::web::sw::Offline;
use crate::web::build;

#[component]
pub(super) fn DeviceGroup() -> impl IntoView {
    let app = use_app();
    let words = move |pick: fn(&'static SettingsTexts) -> &'static str| Signal::derive(move || pick(&app.t().settings).to_owned());
    let languages = Signal::derive(move || {
        let t = &app.t().settings;
        vec![("zh".to_owned(), t.language_zh.to_owned()), ("en".to_owned(), t.language_en.to_owned())]
    });
    let language = Signal::derive(move || {
        match app.locale.get().language {
            Language::Zh => "zh",
            Language::En => "en",
        }
        .to_owned()
    });
    let speak = move |v: String| {
        let language = if v == "zh" { Language::Zh } else { Language::En };
        app.set_device(|d| d.language = Some(language));
    };
    let themes = Signal::derive(move || {
        let t = &app.t().shell;
        [("system", t.theme_system), ("light", t.theme_light), ("dark", t.theme_dark)]
            .map(|(value, words)| (value.to_owned(), words.to_owned()))
            .to_vec()
    });
    let theme = Signal::derive(move || {
        match app.theme.get() {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
        .to_owned()
    });
    let dress = move |v: String| {
        let theme = match v.as_str() {
            "light" => Theme::Light,
            "dark" => Theme::Dark,
            _ => Theme::System,
        };
        app.set_device(|d| d.theme = theme);
    };
    view! {
        <div class="setting-row">
            <span>{words(|t| t.language)}</span>
            <Segmented label=words(|t| t.language) options=languages value=language on_change=speak />
        </div>
        <div class="setting-row">
            <span>{words(|t| t.theme)}</span>
            <Segmented label=words(|t| t.theme) options=themes value=theme on_change=dress />
        </div>
        <Storage />
    }
}

/// What is kept here for offline use, and when to remind of a backup; the rest stands on the data page.
#[component]
fn Storage() -> impl IntoView {
    let app = use_app();
    let offline = move || {
        let t = &app.t().settings;
        match app.offline.get() {
            Some(Offline::Ready | Offline::Update) => t.offline_ready.to_owned(),
            Some(Offline::Unavailable { detail }) => fill(t.offline_unavailable, &[("detail", &detail)]),
            None => t.offline_pending.to_owned(),
        }
    };
    view! {
        <div class="setting-row">
            <span>{move || app.t().backup.title}</span>
            <div class="setting-text">
                <RemindAfter />
                <p><a href=Route::Data(DataTab::Overview).href()>{move || app.t().settings.storage_more}</a></p>
                <p class="quiet-text">{shared(offline)}</p>
            </div>
        </div>
    }
}

#[component]
pub(super) fn About() -> impl IntoView {
    let app = use_app();
    view! {
        <div class="setting-row">
            <span>{move || app.t().settings.privacy}</span>
            <p class="setting-text">{move || app.t().settings.privacy_body}</p>
        </div>
        <div class="setting-row">
            <span>{move || app.t().settings.version}</span>
            <p class="setting-text">{env!("CARGO_PKG_VERSION")}</p>
        </div>
        <div class="setting-row">
            <span>{move || app.t().settings.build}</span>
            <p class="setting-text">{build::id().unwrap_or_default()}</p>
        </div>
    }
}
