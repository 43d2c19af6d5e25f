//! Who brought the customer, and whom they brought; nothing where nobody did.

use crate::ui::prelude::*;

use crate::domain::Id;
use crate::engine::api::{BroughtView, Query};
use crate::locale::fill;
use crate::ui::app::{FIGURES, use_app, use_currency};
use crate::ui::components::{linked, sentence};
use crate::ui::format::Format;
use crate::ui::query::use_query;
use crate::ui::route::{InsightTab, Route};


#[component]
pub(super) fn Brought(id: Id) -> impl IntoView {
    let app = use_app();
    let currency = use_currency();
    let query = move || Query::Brought { id, as_of: app.as_of.get(), limit: 0 };
    let state = use_query::<Option<Box<BroughtView>>>(query, FIGURES);
    let line = move || {
        let (locale, currency) = (app.locale.get(), currency.get());
        let t = &locale.t().retention;
        let view = state.with(|s| s.data.clone()).flatten()?;
        let by = view.by.map(|by| {
            let link = move |_: &str| linked(by.name.clone(), Route::Customer(by.id).href());
            sentence(t.brought_by, link)
        });
        let own = &view.own;
        let brought = (own.direct > 0).then(|| {
            let money = locale.money_round(own.revenue_minor, currency);
            let values = [("direct", locale.int(own.direct)), ("reach", locale.int(own.reach)), ("money", money)];
            let pattern = if own.reach > own.direct { t.ref_words } else { t.ref_words_direct };
            let words = fill(pattern, &values.each_ref().map(|(name, value)| (*name, value.as_str())));
            linked(words, Route::Insights(InsightTab::Referrals).href()).view()
        });
        let dot = (by.is_some() && brought.is_some()).then_some(" · ");
        (by.is_some() || brought.is_some()).then(|| view! { <p class="quiet-text">{by} {dot} {brought}</p> })
    };
    dynamic(line)
}
