//! What this customer will be worth.

use crate::ui::prelude::*;

use crate::domain::Id;
use crate::engine::api::{CustomerOutlook, Query};
use crate::locale::fill;
use crate::ui::app::{FIGURES, use_app, use_currency};
use crate::ui::format::Format;
use crate::ui::pages::failed;
use crate::ui::components::Popover;
use crate::ui::pages::segments::{chance_bar, figures_said, months, why};
use crate::ui::query::use_query;
use crate::ui::route::{Route, SegmentTab};

#[component]
pub(super) fn Outlook(id: Id) -> impl IntoView {
    let app = use_app();
    let currency = use_currency();
    let state =
        use_query::<Option<CustomerOutlook>>(move || Query::Outlook { id, as_of: app.as_of.get() }, FIGURES);
    let shown = Memo::new(move |_| state.with(|s| s.data.clone().flatten()));
    let foreseen = Memo::new(move |_| shown.with(|s| s.as_ref().is_some_and(|s| s.outlook.is_some())));
    let body = move || {
        let (locale, currency) = (app.locale.get(), currency.get());
        let t = &locale.t().worth;
        let view = shown.get()?;
        let money = |minor| locale.money_round(minor, currency);
        let pair = |name: String, value: AnyView| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }.into_any();
        let note = match (&view.outlook, &view.misfit) {
            (None, Some(misfit)) => Some(why(locale, misfit)),
            (None, None) if view.foreign => Some(t.panel_foreign.to_owned()),
            (None, None) => Some(t.panel_prospect.to_owned()),
            (Some(o), _) if o.p_alive.is_none() => Some(t.panel_once.to_owned()),
            (Some(_), _) => None,
        };
        let mut pairs: Vec<AnyView> = Vec::new();
        if let Some(o) = view.outlook {
            let value = fill(t.panel_value, &[("months", &months(locale, view.horizon_months))]);
            pairs.push(pair(value, money(o.clv_minor).into_any()));
            pairs.push(pair(t.there.to_owned(), chance_bar(locale, o.p_alive)));
            let purchases = format!("{} × {}", locale.decimal(o.purchases, 1), money(o.spend_minor));
            pairs.push(pair(t.purchases.to_owned(), purchases.into_any()));
        }
        pairs.push(pair(t.so_far.to_owned(), money(view.historical_minor).into_any()));
        Some(view! {
            <dl class="pairs">{pairs}</dl>
            {note.map(|note| view! { <p class="stamps">{note}</p> })}
            {(view.biased && view.outlook.is_some()).then(|| view! { <p class="stamps">{t.panel_biased}</p> })}
        })
    };
    view! {
        <section class="card profile" aria-labelledby="outlook-title">
            <div class="card-head">
                <h2 id="outlook-title">{move || app.t().worth.panel}</h2>
                <Popover label=Signal::derive(move || app.t().common.how_computed.to_owned())>
                    {dynamic(move || figures_said(app.locale.get(), foreseen.get()))}
                    <p><a href=Route::Segments(SegmentTab::Worth).href()>{move || app.t().worth.tab}</a></p>
                </Popover>
            </div>
            {body}
            {dynamic(move || state.with(|s| s.error.clone()).map(|error| failed(app).run(error)))}
        </section>
    }
}
