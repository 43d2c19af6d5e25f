//! In the form of a case: which services this customer gets free, and which are to be paid.

use crate::ui::prelude::*;

use crate::domain::Id;
use crate::engine::api::{Entitled, Grant, Query, Topic};
use crate::locale::fill;
use crate::ui::app::{use_app, use_currency, use_tiers};
use crate::ui::format::Format;
use crate::ui::query::use_query;

#[component]
pub(super) fn EntitledNote(customer: Id) -> impl IntoView {
    let app = use_app();
    let (currency, tiers) = (use_currency(), use_tiers());
    let state = use_query::<Entitled>(move || Query::Entitled { customer }, &[Topic::Records, Topic::Orders, Topic::Settings]);
    let known = Memo::new(move |_| state.with(|s| s.data.clone()).unwrap_or_default());
    let title = move || {
        let locale = app.locale.get();
        match known.with(|k| k.tier.clone()) {
            Some(tier) => fill(locale.word("entitled_tier"), &[("tier", &locale.tier(&tier, &tiers.get()))]),
            None => locale.word("entitled_none").to_owned(),
        }
    };
    let service = move |(name, grant): (String, Grant)| {
        let locale = app.locale.get();
        let words = match grant {
            Grant::Free => locale.word("entitled_free").to_owned(),
            Grant::Paid(Some(price)) => fill(locale.word("entitled_price"), &[("price", &locale.price(price, currency.get()))]),
            Grant::Paid(None) => locale.word("entitled_paid").to_owned(),
            Grant::NotOffered => locale.word("entitled_not").to_owned(),
        };
        view! { <li>{name}{locale.colon()}<b>{words}</b></li> }
    };
    view! {
        <Show when=move || known.with(|k| !k.services.is_empty())>
            <div class="twin-note entitled">
                <b>{shared(title)}</b>
                <ul>{dynamic(move || known.get().services.into_iter().map(service).collect_view())}</ul>
            </div>
        </Show>
    }
}
