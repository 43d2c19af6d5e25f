//! Form controls with label, hint and error. They show a value and say what was typed; the form owns the state.

use std::sync::atomic::{AtomicU32, Ordering};

use crate::ui::prelude::*;

/// A fresh id for tying a label to its control.
fn fresh_id() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("f{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// Label above, hint and error below any control with this `id`.
#[component]
pub fn Field(
    #[prop(into)] id: String,
    #[prop(into)] label: Signal<String>,
    #[prop(optional, into)] hint: Signal<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    children: Children,
) -> impl IntoView {
    let note = format!("{id}-note");
    view! {
        <div class="field" class:invalid=move || error.with(Option::is_some)>
            <label for=id>{move || label.get()}</label>
            {children()}
            <p id=note class="field-note" aria-live="polite">
                {move || error.get().unwrap_or_else(|| hint.get())}
            </p>
        </div>
    }
}

/// One line of text. `kind` is the input's type: text, tel, email, date, number…
#[component]
pub fn TextField(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] on_input: Callback<String>,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional, into)] hint: Signal<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional, into)] placeholder: Signal<String>,
    #[prop(optional)] autofocus: bool,
    /// Id of a `<datalist>` with suggestions.
    #[prop(optional, into)]
    list: Option<String>,
    /// Called when the field is left or Enter is pressed.
    #[prop(optional, into)]
    on_commit: Option<Callback<()>>,
) -> impl IntoView {
    let id = fresh_id();
    let note = format!("{id}-note");
    // Numbers are typed with the user's own separators, so they stay text with the right keyboard.
    let (kind, mode) = if kind == "number" { ("text", Some("decimal")) } else { (kind, None) };
    view! {
        <Field id=id.clone() label hint error>
            <input
                id=id.clone()
                type=kind
                inputmode=mode
                list=list
                autocomplete="off"
                autofocus=autofocus
                placeholder=move || placeholder.get()
                aria-describedby=note
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                prop:value=move || value.get()
                on:input=move |e| on_input.run(event_target_value(&e))
                on:change=move |_| {
                    if let Some(commit) = on_commit {
                        commit.run(());
                    }
                }
            />
        </Field>
    }
}

/// Several lines of text.
#[component]
pub fn TextArea(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] on_input: Callback<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(default = 3)] rows: u32,
) -> impl IntoView {
    let id = fresh_id();
    let note = format!("{id}-note");
    view! {
        <Field id=id.clone() label error>
            <textarea
                id=id.clone()
                rows=rows.to_string()
                aria-describedby=note
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                prop:value=move || value.get()
                on:input=move |e| on_input.run(event_target_value(&e))
            ></textarea>
        </Field>
    }
}

/// One of a list. `options` are value and words. `compact` hides the label from sight (not from screen readers).
#[component]
pub fn SelectField(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] options: Signal<Vec<(String, String)>>,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] on_change: Callback<String>,
    #[prop(optional, into)] hint: Signal<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional)] compact: bool,
) -> impl IntoView {
    let id = fresh_id();
    let note = format!("{id}-note");
    let entries = move || {
        let entry = |(this, words): (String, String)| {
            let selected = value.with(|v| *v == this);
            view! {
                <option value=this selected=selected>
                    {words}
                </option>
            }
        };
        options.get().into_iter().map(entry).collect_view()
    };
    let select = {
        let id = id.clone();
        move || {
            view! {
                <select
                    id=id
                    aria-describedby=(!compact).then_some(note)
                    aria-label=compact.then_some(move || label.get())
                    prop:value=move || value.get()
                    on:change=move |e| on_change.run(event_target_value(&e))
                >
                    {dynamic(entries)}
                </select>
            }
        }
    };
    if compact {
        select().into_any()
    } else {
        view! {
            <Field id label hint error>
                {select()}
            </Field>
        }
        .into_any()
    }
}
