//! One setting: typed, saved when the field is left, set back to its default with one click.

use crate::ui::prelude::*;

use crate::engine::api::Command;
use crate::locale::{SettingsTexts, fill};
use crate::ui::app::{use_app, use_settings};
use crate::ui::components::{Button, ButtonKind, TextField};
use crate::ui::model::settings_form::Single;

fn nothing(_: &SettingsTexts) -> &'static str {
    ""
}

#[component]
pub(in crate::ui::pages) fn SingleField(
    single: Single,
    #[prop(default = nothing)] label: fn(&SettingsTexts) -> &'static str,
    /// The label, where it comes from elsewhere.
    #[prop(optional, into)]
    name: Signal<String>,
    #[prop(default = nothing)] hint: fn(&SettingsTexts) -> &'static str,
    #[prop(default = nothing)] unit: fn(&SettingsTexts) -> &'static str,
    /// In place of the hint, where it says more: what counts while nothing is typed.
    #[prop(optional, into)]
    source: Signal<String>,
    /// What counts while nothing is typed, as a number.
    #[prop(optional, into)]
    placeholder: Signal<String>,
) -> impl IntoView {
    let app = use_app();
    let settings = use_settings();
    let saved = Memo::new(move |_| settings.with(|s| single.show(s)));
    // What is being typed; `None` while it is what is saved.
    let typed = RwSignal::new(None::<String>);
    let wrong = Memo::new(move |_| typed.with(|t| t.as_ref().is_some_and(|t| settings.with(|s| single.typed(s, t).is_none()))));
    let words = move || {
        let t = &app.t().settings;
        let own = label(t);
        let label = if own.is_empty() { name.get() } else { own.to_owned() };
        let unit = unit(t);
        if unit.is_empty() { label } else { fill(app.t().common.bracket, &[("name", &label), ("more", unit)]) }
    };
    let save = move |text: String| {
        let now = settings.get_untracked();
        let Some(next) = single.typed(&now, &text) else { return };
        typed.set(None);
        if next != now {
            let t = app.locale.get_untracked().t();
            let said = fill(t.shell.done_saved, &[("what", t.settings.saved)]);
            app.run_command(Command::SaveSettings { seen: Some(Box::new(now)), settings: Box::new(next) }, said);
        }
    };
    let is_default = Memo::new(move |_| saved.get() == single.default_text());
    let reset = move || {
        let t = &app.t().settings;
        let shown = single.default_text();
        if shown.is_empty() { app.t().common.clear.to_owned() } else { fill(t.reset, &[("value", &shown)]) }
    };
    view! {
        <div class="setting">
            <TextField
                label=Signal::derive(words)
                hint=Signal::derive(move || {
                    let source = source.get();
                    if source.is_empty() { hint(&app.t().settings).to_owned() } else { source }
                })
                placeholder
                value=Signal::derive(move || typed.get().unwrap_or_else(|| saved.get()))
                error=Signal::derive(move || wrong.get().then(|| app.t().errors.field_out_of_range.to_owned()))
                on_input=move |text| typed.set(Some(text))
                on_commit=move || {
                    if let Some(text) = typed.get_untracked() {
                        save(text);
                    }
                }
            />
            <Show when=move || !is_default.get()>
                <Button kind=ButtonKind::Quiet on_click=move || save(single.default_text())>{shared(reset)}</Button>
            </Show>
        </div>
    }
}
