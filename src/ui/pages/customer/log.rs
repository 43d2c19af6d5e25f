//! Quick entry: what was just said, in two clicks.

use crate::ui::prelude::*;
use leptos::task::spawn_local;

use crate::domain::{Id, InteractionChannel, InteractionDraft};
use crate::engine::api::Command;
use crate::locale::{CustomerTexts, fill};
use crate::ui::app::use_app;
use crate::ui::browser;
use crate::ui::components::{Button, ButtonKind, Segmented, SelectField};
use crate::web::device;

/// The words of each mood, 1 to 5.
pub(super) fn mood_words(t: &CustomerTexts, mood: u8) -> &'static str {
    match mood {
        1 => t.mood_1,
        2 => t.mood_2,
        3 => t.mood_3,
        4 => t.mood_4,
        5 => t.mood_5,
        _ => t.mood_none,
    }
}

/// What stands in the entry.
#[derive(Clone, Debug, Default, PartialEq)]
struct Entry {
    channel: InteractionChannel,
    inbound: bool,
    mood: Option<u8>,
    note: String,
}

#[component]
pub(super) fn QuickLog(customer: Id) -> impl IntoView {
    let app = use_app();
    let draft_name = StoredValue::new(format!("log-{customer}"));
    let note = draft_name.with_value(|name| browser::draft(name)).unwrap_or_default();
    let entry = RwSignal::new(Entry { note, ..Entry::default() });
    let busy = RwSignal::new(false);
    let log = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Entry { channel, inbound, mood, note } = entry.get_untracked();
        if busy.get_untracked() {
            return;
        }
        let interaction = InteractionDraft {
            customer,
            at: device::civil_now(),
            channel,
            inbound,
            note: note.trim().to_owned(),
            mood,
            staff: String::new(),
        };
        let t = app.locale.get_untracked().t();
        let said = fill(t.shell.done_added, &[("what", t.customer.logged)]);
        busy.set(true);
        spawn_local(async move {
            let result = app.run(Command::LogInteraction { id: None, seen: None, interaction }, said).await;
            busy.try_set(false);
            match result {
                Ok(_) => {
                    draft_name.try_with_value(|name| browser::keep_draft(name, None));
                    entry.try_update(|e| *e = Entry { channel: e.channel, inbound: e.inbound, ..Entry::default() });
                }
                Err(error @ crate::engine::api::CommandError::Invalid { .. }) => app.fail(&error),
                Err(_) => {}
            }
        });
    };
    let typed = move |event| {
        let text = event_target_value(&event);
        draft_name.with_value(|name| browser::keep_draft(name, (!text.is_empty()).then_some(text.as_str())));
        entry.update(|e| e.note = text);
    };
    view! {
        <form class="log" on:submit=log aria-label=move || app.t().customer.log_contact>
            <textarea
                rows="2"
                aria-label=move || app.t().customer.note_placeholder
                placeholder=move || app.t().customer.note_placeholder
                prop:value=move || entry.with(|e| e.note.clone())
                on:input=typed
            ></textarea>
            <div class="log-row">
                <Choices entry />
                <span class="push"></span>
                <Button kind=ButtonKind::Primary submit=true busy>{move || app.t().customer.log}</Button>
            </div>
        </form>
    }
}

#[component]
fn Choices(entry: RwSignal<Entry>) -> impl IntoView {
    let app = use_app();
    let words = move |pick: fn(&'static CustomerTexts) -> &'static str| Signal::derive(move || pick(&app.t().customer).to_owned());
    let channels = Signal::derive(move || {
        let locale = app.locale.get();
        InteractionChannel::ALL.map(|c| (c.name().to_owned(), locale.channel(c).to_owned())).to_vec()
    });
    let directions = Signal::derive(move || {
        let t = &app.t().customer;
        vec![("out".to_owned(), t.we_contacted.to_owned()), ("in".to_owned(), t.they_contacted.to_owned())]
    });
    let moods = Signal::derive(move || {
        let t = &app.t().customer;
        (0..=5u8)
            .map(|m| (m.to_string(), if m == 0 { t.mood } else { mood_words(t, m) }.to_owned()))
            .collect::<Vec<_>>()
    });
    view! {
        <SelectField
            compact=true
            label=words(|t| t.channel)
            options=channels
            value=Signal::derive(move || entry.with(|e| e.channel.name().to_owned()))
            on_change=move |v: String| entry.update(|e| e.channel = InteractionChannel::from_name(&v).unwrap_or_default())
        />
        <Segmented
            label=words(|t| t.direction)
            options=directions
            value=Signal::derive(move || entry.with(|e| if e.inbound { "in" } else { "out" }.to_owned()))
            on_change=move |v: String| entry.update(|e| e.inbound = v == "in")
        />
        <SelectField
            compact=true
            label=words(|t| t.mood)
            options=moods
            value=Signal::derive(move || entry.with(|e| e.mood.unwrap_or(0).to_string()))
            on_change=move |v: String| entry.update(|e| e.mood = v.parse().ok().filter(|m| (1..=5).contains(m)))
        />
    }
}
