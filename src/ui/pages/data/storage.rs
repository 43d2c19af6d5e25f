//! How safely the book is kept: protected or not, the last backup, space.

use crate::ui::prelude::*;
use leptos::task::spawn_local;

use crate::engine::api::{Query, StorageView};
use crate::locale::{fill, plural};
use crate::ui::app::{ALL_TOPICS, use_app};
use crate::ui::backup::back_up;
use crate::ui::components::{Button, ButtonKind, Icon, TextField};
use crate::ui::format::Format;
use crate::ui::model::backup::days_since;
use crate::ui::query::use_query;
use crate::web::{device, storage};

#[component]
pub fn Storage() -> impl IntoView {
    let app = use_app();
    app.health.look();
    view! {
        <section class="card" id="storage">
            <header class="card-head">
                <h2>{move || app.t().backup.title}</h2>
                <Button kind=ButtonKind::Primary icon=Icon::Download busy=app.health.busy on_click=move || back_up(app)>
                    {move || app.t().backup.back_up_now}
                </Button>
            </header>
            <dl class="data-facts">
                <LastBackup />
                <Protection />
                <Space />
            </dl>
        </section>
    }
}

#[component]
fn LastBackup() -> impl IntoView {
    let app = use_app();
    let known = app.health.known;
    let last = move || {
        let locale = app.locale.get();
        let Some(backup) = known.with(|k| k.backup.clone()) else { return locale.t().backup.last_never.to_owned() };
        let days = days_since(backup.at_ms, device::now_ms());
        let ago = locale.in_days(-i64::try_from(days).unwrap_or(0));
        let day = locale.moment(backup.at_ms);
        fill(locale.t().backup.last_some, &[("date", &day), ("ago", &ago), ("file", &backup.file)])
    };
    let since = move || {
        let (locale, known) = (app.locale.get(), known.get());
        let changes = known.seq.saturating_sub(known.backup?.seq);
        let t = &locale.t().backup;
        Some(match changes {
            0 => t.nothing_since.to_owned(),
            n => plural(t.changed_since, n, &[("n", &locale.int(n))]),
        })
    };
    view! {
        <div class="data-fact wide">
            <dt>{move || app.t().backup.last}</dt>
            <dd>
                {shared(last)} <small>{shared(since)}</small> <small>{move || app.t().backup.last_hint}</small>
                <RemindAfter />
            </dd>
        </div>
    }
}

/// After how many days to remind; a setting of this device.
#[component]
pub fn RemindAfter() -> impl IntoView {
    let app = use_app();
    let typed = RwSignal::new(None::<String>);
    let read = |text: &str| text.trim().parse::<u32>().ok().filter(|days| *days <= 365);
    let wrong = Memo::new(move |_| typed.with(|t| t.as_ref().is_some_and(|t| read(t).is_none())));
    let save = move || {
        if let Some(days) = typed.get_untracked().as_deref().and_then(read) {
            typed.set(None);
            app.set_device(|d| d.remind_backup_days = days);
        }
    };
    let words = move || format!("{} ({})", app.t().backup.remind, app.t().settings.days);
    view! {
        <TextField
            label=Signal::derive(words)
            hint=Signal::derive(move || app.t().backup.remind_hint.to_owned())
            kind="number"
            value=Signal::derive(move || typed.get().unwrap_or_else(|| app.health.remind_days.get().to_string()))
            error=Signal::derive(move || wrong.get().then(|| app.t().errors.field_out_of_range.to_owned()))
            on_input=move |text| typed.set(Some(text))
            on_commit=save
        />
    }
}

#[component]
fn Protection() -> impl IntoView {
    let app = use_app();
    let persisted = app.health.persisted;
    let refused = RwSignal::new(false);
    let ask = move || {
        spawn_local(async move {
            let granted = storage::persist().await;
            refused.try_set(granted != Some(true));
            app.health.look();
        });
    };
    let words = move || {
        let t = &app.t().backup;
        match persisted.get() {
            Some(true) => t.protected_yes,
            Some(false) => t.protected_no,
            None => t.protected_unknown,
        }
    };
    view! {
        <div class="data-fact wide">
            <dt>{move || app.t().backup.protected}</dt>
            <dd>
                {shared(words)}
                <Show when=move || persisted.get() == Some(false)>
                    <Button icon=Icon::Shield on_click=ask>{move || app.t().backup.protect}</Button>
                    <small role="status">
                        {move || if refused.get() { app.t().backup.refused } else { app.t().backup.protect_why }}
                    </small>
                </Show>
            </dd>
        </div>
    }
}

#[component]
fn Space() -> impl IntoView {
    let app = use_app();
    let state = use_query::<StorageView>(|| Query::Storage, ALL_TOPICS);
    let space = move || {
        let (locale, space) = (app.locale.get(), app.health.space.get());
        match (space.used_bytes, space.quota_bytes) {
            (Some(used), Some(quota)) => {
                let left = locale.bytes(quota.saturating_sub(used));
                fill(locale.t().backup.space_left, &[("used", &locale.bytes(used)), ("left", &left)])
            }
            (Some(used), None) => locale.bytes(used),
            _ => locale.t().common.unknown.to_owned(),
        }
    };
    let of = move |pick: fn(&StorageView) -> u64, bytes: bool| {
        let locale = app.locale.get();
        let show = |n: u64| if bytes { locale.bytes(n) } else { locale.int(n) };
        state.with(|s| s.data.as_ref().map_or_else(|| "–".to_owned(), |v| show(pick(v))))
    };
    view! {
        <div class="data-fact">
            <dt>{move || app.t().backup.space}</dt>
            <dd>{shared(space)}</dd>
        </div>
        <div class="data-fact">
            <dt>{move || app.t().data.storage_memory}</dt>
            <dd>{move || of(|v| v.memory_bytes, true)}</dd>
        </div>
        <div class="data-fact">
            <dt>{move || app.t().data.storage_entries}</dt>
            <dd>
                {move || of(|v| v.journal_entries, false)} <small>{move || app.t().data.storage_entries_hint}</small>
            </dd>
        </div>
        <div class="data-fact">
            <dt>{move || app.t().data.storage_blocks}</dt>
            <dd>
                {move || of(|v| v.blocks, false)} <small>{move || app.t().data.storage_blocks_hint}</small>
            </dd>
        </div>
    }
}
