//! Settings of this device, and what Kith is.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::engine::api::Language;
use crate::locale::{SettingsTexts, fill};
use crate::ui::app::use_app;
use crate::ui::components::{Button, Segmented};
use crate::ui::format::Format;
use crate::web::device::Theme;
use crate::web::sw::Offline;
use crate::web::{build, storage};

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

/// Whether the browser keeps the data, and how much room there is.
#[component]
fn Storage() -> impl IntoView {
    let app = use_app();
    let persisted = RwSignal::new(None::<bool>);
    let room = LocalResource::new(storage::estimate);
    let refused = RwSignal::new(false);
    spawn_local(async move {
        let kept = storage::persisted().await;
        persisted.try_set(kept);
    });
    let ask = move || {
        spawn_local(async move {
            let kept = storage::persist().await;
            persisted.try_set(kept);
            refused.try_set(kept != Some(true));
        });
    };
    let state = move || {
        let t = &app.t().settings;
        match persisted.get() {
            Some(true) => t.storage_persistent,
            Some(false) => t.storage_best_effort,
            None => t.storage_unknown,
        }
    };
    let used = move || {
        let locale = app.locale.get();
        let room = room.get()?;
        let (used, quota) = (room.used_bytes?, room.quota_bytes?);
        Some(fill(app.t().settings.storage_used, &[("used", &locale.bytes(used)), ("quota", &locale.bytes(quota))]))
    };
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
            <span>{move || app.t().settings.storage}</span>
            <div class="setting-text">
                <p>{state}</p>
                <p class="quiet-text">{used}</p>
                <p class="quiet-text">{offline}</p>
                <Show when=move || persisted.get() == Some(false)>
                    <Button on_click=ask>{move || app.t().settings.storage_ask}</Button>
                </Show>
                <Show when=move || refused.get()>
                    <p class="quiet-text" role="status">{move || app.t().settings.storage_refused}</p>
                </Show>
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
