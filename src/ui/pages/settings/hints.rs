//! What broken habits may mean, in the user's own words.

use crate::ui::prelude::*;

use crate::domain::{CadenceSettings, Settings};
use crate::engine::api::Command;
use crate::locale::fill;
use crate::ui::app::{use_app, use_settings};
use crate::ui::components::{Button, TextArea};
use crate::ui::model::hints::{print, read};

#[component]
pub(super) fn Hints() -> impl IntoView {
    let app = use_app();
    let settings = use_settings();
    let saved = Memo::new(move |_| settings.with(|s| print(&s.cadence.hints)));
    let typed = RwSignal::new(None::<String>);
    let error = Signal::derive(move || {
        let line = typed.with(|t| t.as_deref().and_then(|t| read(t).err()))?;
        Some(fill(app.t().cadence.hints_wrong, &[("line", &line.to_string())]))
    });
    let save = Callback::new(move |()| {
        let Some(Ok(hints)) = typed.with_untracked(|t| t.as_deref().map(read)) else { return };
        typed.set(None);
        let now = settings.get_untracked();
        let next = Settings { cadence: CadenceSettings { hints }, ..now.clone() };
        if next != now {
            let t = app.locale.get_untracked().t();
            let said = fill(t.shell.done_saved, &[("what", t.settings.saved)]);
            app.run_command(Command::SaveSettings { seen: Some(Box::new(now)), settings: Box::new(next) }, said);
        }
    });
    view! {
        <p class="field-note">{move || app.t().cadence.hints_note}</p>
        <TextArea
            label=Signal::derive(move || app.t().cadence.hints_label.to_owned())
            value=Signal::derive(move || typed.get().unwrap_or_else(|| saved.get()))
            error
            on_input=move |text| typed.set(Some(text))
        />
        <Show when=move || typed.with(Option::is_some)>
            <Button on_click=save>{move || app.t().common.save}</Button>
        </Show>
    }
}
