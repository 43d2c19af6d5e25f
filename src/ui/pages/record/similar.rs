//! While a customer is typed in: who in the book may be the same.

use crate::ui::prelude::*;
use gloo::timers::callback::Timeout;

use crate::domain::{CustomerProfile, Id};
use crate::engine::api::{Query, Similar};
use crate::ui::app::use_app;
use crate::ui::model::record_form::RecordForm;
use crate::ui::query::use_query_if;
use crate::ui::route::Route;

/// Quiet time after a key before the book is searched.
const PAUSE_MS: u32 = 250;

/// What is compared of what stands in the form.
fn profile(form: &RecordForm) -> CustomerProfile {
    let text = |name| form.text(name).to_owned();
    CustomerProfile {
        name: text("name"),
        phone: text("phone"),
        email: text("email"),
        company: text("company"),
        city: text("city"),
        address: text("address"),
        birthday: text("birthday"),
        key: text("key"),
        ..CustomerProfile::default()
    }
}

/// Says whom the customer in the form may be the same as, the customer `id` itself aside.
#[component]
pub(super) fn SimilarNote(form: RwSignal<RecordForm>, id: Option<Id>) -> impl IntoView {
    let app = use_app();
    let profile = Memo::new(move |_| form.with(profile));
    let settled = RwSignal::new(None::<CustomerProfile>);
    let pause = StoredValue::new_local(None::<Timeout>);
    Effect::new(move |_| {
        let typed = profile.get();
        let tells = [&typed.name, &typed.phone, &typed.email].iter().any(|text| text.trim().chars().count() > 1);
        // The one before is dropped, and with it its alarm.
        pause.set_value(Some(Timeout::new(PAUSE_MS, move || {
            settled.try_set(tells.then_some(typed));
        })));
    });
    let state = use_query_if::<Vec<Similar>>(
        move || settled.get().map(|profile| Query::Similar { profile: Box::new(profile), except: id }),
        &[],
    );
    let found = Memo::new(move |_| match settled.with(Option::is_some) {
        true => state.with(|s| s.data.clone()).unwrap_or_default(),
        false => Vec::new(),
    });
    let one = move |similar: Similar| {
        let Similar { customer, reasons, .. } = similar;
        view! {
            <li>
                <a href=Route::Customer(customer.id).href()>{customer.name}</a>
                " "
                <span class="quiet-text">{move || app.t().duplicates.reasons(&reasons)}</span>
            </li>
        }
    };
    view! {
        <div role="status">
            <Show when=move || found.with(|f| !f.is_empty())>
                <div class="twin-note">
                    <b>{move || app.t().duplicates.maybe}</b>
                    <ul>{dynamic(move || found.get().into_iter().map(one).collect_view())}</ul>
                </div>
            </Show>
        </div>
    }
}
