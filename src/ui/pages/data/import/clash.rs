//! Numbers that seem to be those of another system: the person says which it is before anything is brought in.

use crate::ui::prelude::*;

use super::flow::use_flow;
use crate::engine::api::{ImportClash, Meant};
use crate::locale::fill;
use crate::ui::app::use_app;
use crate::ui::components::{Button, TextField};
use crate::ui::format::Format;
use crate::ui::model::wizard::Event;

#[component]
pub fn Clash(clash: ImportClash) -> impl IntoView {
    let app = use_app();
    let flow = use_flow();
    let (name, other) = (RwSignal::new(String::new()), RwSignal::new(false));
    let source = clash.source.clone();
    let fits = Memo::new(move |_| name.with(|n| !n.trim().is_empty() && n.trim() != source));
    let words = move || {
        let locale = app.locale.get();
        let (pattern, here, there) = match &clash.meant {
            Meant::Names(here, there) => (locale.t().data.clash_customers, here.clone(), there.clone()),
            Meant::Days(here, there) => (locale.t().data.clash, locale.date(*here), locale.date(*there)),
            Meant::Nothing => return String::new(),
        };
        let (n, known) = (locale.int(clash.different), locale.int(clash.known));
        fill(pattern, &[("n", &n), ("known", &known), ("number", &clash.number), ("here", &here), ("there", &there)])
    };
    let choose = move |another: bool| {
        other.set(another);
        flow.send(Event::SameSystem(!another));
    };
    let rename = move || {
        if fits.get_untracked() {
            flow.send(Event::OtherSystem(name.get_untracked()));
        }
    };
    view! {
        <fieldset class="date-order clash">
            <legend>{move || app.t().data.clash_title}</legend>
            <p>{shared(words)}</p>
            <label class="radio">
                <input type="radio" name="clash" on:change=move |_| choose(false) />
                <span>{move || app.t().data.clash_same}</span>
            </label>
            <label class="radio">
                <input type="radio" name="clash" on:change=move |_| choose(true) />
                <span>{move || app.t().data.clash_other}</span>
            </label>
            <Show when=move || other.get()>
                <TextField
                    label=Signal::derive(move || app.t().data.clash_name.to_owned())
                    value=Signal::derive(move || name.get())
                    on_input=move |text| name.set(text)
                />
                <Button disabled=Signal::derive(move || !fits.get()) on_click=rename>
                    {move || app.t().data.clash_rename}
                </Button>
            </Show>
        </fieldset>
    }
}
