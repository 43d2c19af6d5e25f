//! The list of tiers, edited as a whole.

use crate::ui::prelude::*;

use crate::domain::Settings;
use crate::engine::api::{Command, Language};
use crate::locale::{Locale, SettingsTexts, fill};
use crate::ui::app::{use_app, use_settings};
use crate::ui::components::{Button, ButtonKind, Icon, IconButton, TextField};
use crate::ui::model::settings_form::{TierForm, new_tier_id, read_tiers};

fn forms(settings: &Settings) -> Vec<TierForm> {
    settings.tiers.iter().map(TierForm::of).collect()
}

#[component]
pub(super) fn TierEditor() -> impl IntoView {
    let app = use_app();
    let settings = use_settings();
    let saved = Memo::new(move |_| settings.with(forms));
    // `None` while nothing is being edited.
    let typed = RwSignal::new(None::<Vec<TierForm>>);
    let shown = Memo::new(move |_| typed.get().unwrap_or_else(|| saved.get()));
    let change = Callback::new(move |next: Vec<TierForm>| typed.set(Some(next)));
    let wrong = Memo::new(move |_| shown.with(|s| read_tiers(s).err()));
    let save_as = move |next: Settings| {
        let t = app.locale.get_untracked().t();
        let said = fill(t.shell.done_saved, &[("what", t.settings.group_tiers)]);
        typed.set(None);
        let seen = Some(Box::new(settings.get_untracked()));
        app.run_command(Command::SaveSettings { seen, settings: Box::new(next) }, said);
    };
    let save = move || {
        if let Ok(tiers) = shown.with_untracked(|s| read_tiers(s)) {
            save_as(Settings { tiers, ..settings.get_untracked() });
        }
    };
    let reset = move || save_as(Settings { tiers: Settings::default().tiers, ..settings.get_untracked() });
    let add = move || {
        let mut next = shown.get_untracked();
        let name = |language| Locale::new(language).t().settings.tier_new.to_owned();
        let tier = TierForm {
            id: new_tier_id(&next),
            name_zh: name(Language::Zh),
            name_en: name(Language::En),
            present: "50".to_owned(),
            potential: "50".to_owned(),
        };
        next.insert(next.len().saturating_sub(1), tier);
        change.run(next);
    };
    let is_default = Memo::new(move |_| saved.with(|s| *s == forms(&Settings::default())));
    let count = Memo::new(move |_| shown.with(Vec::len));
    view! {
        <p class="field-note">{move || app.t().settings.tiers_hint}</p>
        <ol class="tier-list">
            <For each=move || 0..count.get() key=|at| *at let:at>
                <TierRow at shown change wrong=Memo::new(move |_| wrong.get() == Some(at)) />
            </For>
        </ol>
        <div class="form-actions">
            <span class="push">
                <Button kind=ButtonKind::Quiet icon=Icon::Plus on_click=add>{move || app.t().settings.tier_add}</Button>
            </span>
            <Show when=move || !is_default.get() && typed.with(Option::is_none)>
                <Button kind=ButtonKind::Quiet on_click=reset>{move || app.t().settings.tiers_reset}</Button>
            </Show>
            <Show when=move || typed.with(Option::is_some)>
                <Button on_click=move || typed.set(None)>{move || app.t().common.cancel}</Button>
                <Button
                    kind=ButtonKind::Primary
                    disabled=Signal::derive(move || wrong.with(Option::is_some))
                    on_click=save
                >
                    {move || app.t().settings.tiers_save}
                </Button>
            </Show>
        </div>
    }
}

#[component]
fn TierRow(
    at: usize,
    shown: Memo<Vec<TierForm>>,
    change: Callback<Vec<TierForm>>,
    #[prop(into)] wrong: Signal<bool>,
) -> impl IntoView {
    let app = use_app();
    let tier = move |get: fn(&TierForm) -> &String| {
        Signal::derive(move || shown.with(|s| s.get(at).map(|f| get(f).clone()).unwrap_or_default()))
    };
    let set = move |set: fn(&mut TierForm) -> &mut String| {
        move |text: String| {
            let mut next = shown.get_untracked();
            next.get_mut(at).into_iter().for_each(|f| set(f).clone_from(&text));
            change.run(next);
        }
    };
    let words = move |pick: fn(&'static SettingsTexts) -> &'static str| Signal::derive(move || pick(&app.t().settings).to_owned());
    let named = move |pick: fn(&'static SettingsTexts) -> &'static str| {
        Signal::derive(move || {
            let zh = app.locale.get().language == Language::Zh;
            let name = shown.with(|s| s.get(at).map(|f| if zh { f.name_zh.clone() } else { f.name_en.clone() }));
            fill(pick(&app.t().settings), &[("name", &name.unwrap_or_default())])
        })
    };
    let percent = move |pick: fn(&'static SettingsTexts) -> &'static str| {
        Signal::derive(move || fill(app.t().common.bracket, &[("name", pick(&app.t().settings)), ("more", "%")]))
    };
    let last = Memo::new(move |_| shown.with(|s| at + 1 == s.len()));
    let unnamed = Memo::new(move |_| shown.with(|s| s.get(at).is_some_and(|f| !f.is_named())));
    let nameless = Signal::derive(move || (wrong.get() && unnamed.get()).then(|| app.t().errors.field_required.to_owned()));
    let error = Signal::derive(move || (wrong.get() && !unnamed.get()).then(|| app.t().errors.field_out_of_range.to_owned()));
    let remove = move || {
        let mut next = shown.get_untracked();
        if at < next.len() && next.len() > 1 {
            next.remove(at);
            change.run(next);
        }
    };
    let up = move || {
        let mut next = shown.get_untracked();
        if at > 0 && at < next.len() {
            next.swap(at, at - 1);
            change.run(next);
        }
    };
    view! {
        <li class="tier-row">
            <TextField label=words(|t| t.tier_name_zh) value=tier(|f| &f.name_zh) error=nameless on_input=set(|f| &mut f.name_zh) />
            <TextField label=words(|t| t.tier_name_en) value=tier(|f| &f.name_en) error=nameless on_input=set(|f| &mut f.name_en) />
            <Show
                when=move || !last.get()
                fallback=move || view! { <p class="tier-rest quiet-text">{move || app.t().settings.tier_all_others}</p> }
            >
                <TextField label=percent(|t| t.tier_present) value=tier(|f| &f.present) error on_input=set(|f| &mut f.present) />
                <TextField label=percent(|t| t.tier_potential) value=tier(|f| &f.potential) error on_input=set(|f| &mut f.potential) />
            </Show>
            <span class="tier-actions">
                <IconButton icon=Icon::Up label=named(|t| t.tier_up) disabled=Signal::derive(move || at == 0) on_click=up />
                <IconButton icon=Icon::Trash label=named(|t| t.tier_remove) on_click=remove />
            </span>
        </li>
    }
}
