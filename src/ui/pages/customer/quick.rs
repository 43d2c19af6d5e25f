//! Quick entry of everything that can happen with a customer, by button and by key; and which kinds the timeline shows.

use crate::ui::prelude::*;

use super::Writing;
use crate::domain::{Id, Kind};
use crate::engine::api::CustomerView;
use crate::ui::app::use_app;
use crate::ui::browser;
use crate::ui::components::{Button, ButtonKind, Icon, Segmented};
use crate::ui::format::Format;
use crate::ui::pages::record::{Forms, Opened, use_forms};
use crate::web::device;

/// The kinds that are entered by a generic form, with their keys: Alt and the letter.
const ENTRIES: [(Kind, &str, Icon); 6] = [
    (Kind::Interaction, "I", Icon::Note),
    (Kind::Promise, "P", Icon::Check),
    (Kind::Case, "C", Icon::Warning),
    (Kind::Need, "N", Icon::Target),
    (Kind::Quote, "Q", Icon::Table),
    (Kind::Contact, "K", Icon::Customers),
];
const ORDER_KEY: &str = "O";

/// Opens the form for a new record about the customer.
pub(super) fn begin(forms: Forms, kind: Kind, customer: Id, name: String) {
    let new = Opened::new(kind).of("customer", customer, name);
    let new = if kind.at().is_some() { new.with("at", device::civil_now().0) } else { new };
    forms.open(match kind {
        Kind::Promise => new.with("state", "open"),
        Kind::Need => new.with("level", "must"),
        Kind::Quote => new.with("outcome", "open"),
        Kind::Case => new.with("status", "open").with("kind", "complaint"),
        Kind::Interaction => new.with("channel", "phone").with("direction", "out"),
        _ => new,
    });
}

#[component]
pub(super) fn QuickEntry(customer: Memo<CustomerView>, writing: RwSignal<Option<Writing>>) -> impl IntoView {
    let app = use_app();
    let forms = use_forms();
    let start = move |kind: Kind| {
        let (id, name) = customer.with_untracked(|c| (c.id, c.record.title.clone()));
        begin(forms, kind, id, name);
    };
    browser::on_window("keydown", move |event| {
        let event: &web_sys::KeyboardEvent = wasm_bindgen::JsCast::unchecked_ref(event);
        if !event.alt_key() || event.ctrl_key() || event.meta_key() || forms.is_open() || writing.with_untracked(Option::is_some) {
            return;
        }
        // By the place of the key: with Alt held some keyboards type other signs.
        let code = event.code();
        let key = code.strip_prefix("Key").unwrap_or_default();
        let entry = ENTRIES.iter().find(|(_, k, _)| *k == key);
        if entry.is_some() || key == ORDER_KEY {
            event.prevent_default();
        }
        match entry {
            Some((kind, ..)) => start(*kind),
            None if key == ORDER_KEY => writing.set(Some(Writing::New)),
            None => {}
        }
    });
    let button = move |(kind, key, icon): (Kind, &'static str, Icon)| {
        view! {
            <span title=format!("Alt+{key}")>
                <Button kind=ButtonKind::Quiet icon on_click=move || start(kind)>
                    {move || app.locale.get().kind(kind)}
                </Button>
            </span>
        }
    };
    view! {
        <div class="entries" role="group" aria-label=move || app.locale.get().word("quick")>
            {ENTRIES.map(button).collect_view()}
        </div>
    }
}

/// Which kinds are in sight; only those that there are.
#[component]
pub(super) fn KindFilter(customer: Memo<CustomerView>, shown: RwSignal<Option<Kind>>) -> impl IntoView {
    let app = use_app();
    let kinds = Memo::new(move |_| customer.with(|c| c.kinds.clone()));
    let options = Signal::derive(move || {
        let locale = app.locale.get();
        let all = kinds.with(|kinds| kinds.iter().map(|(_, n)| n).sum::<u64>());
        let words = |name: &str, n: u64| format!("{name} {}", locale.int(n));
        let of_kind = |(kind, n): &(Kind, u64)| (kind.name().to_owned(), words(locale.kind(*kind), *n));
        let first = (String::new(), words(locale.t().common.all, all));
        std::iter::once(first).chain(kinds.with(|kinds| kinds.iter().map(of_kind).collect::<Vec<_>>())).collect::<Vec<_>>()
    });
    view! {
        <Show when=move || kinds.with(|kinds| kinds.len() > 1)>
            <Segmented
                label=Signal::derive(move || app.locale.get().word("quick_shown").to_owned())
                options
                value=Signal::derive(move || shown.get().map(|kind| kind.name().to_owned()).unwrap_or_default())
                on_change=move |name: String| shown.set(Kind::from_name(&name))
            />
        </Show>
    }
}
