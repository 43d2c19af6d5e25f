//! The four quarters as cards: how many, how much, what to do.

use crate::ui::prelude::*;

use crate::domain::Currency;
use crate::engine::api::{Filter, KotlerGroup};
use crate::locale::Locale;
use crate::ui::app::use_app;
use crate::ui::components::KotlerMark;
use crate::ui::format::Format;
use crate::ui::model::scatter::{GROUPS, Quarter};
use crate::ui::route::Route;

/// What SPEC V2 prescribes for each group.
pub fn action(locale: Locale, group: KotlerGroup) -> &'static str {
    let t = &locale.t().segments;
    match group {
        KotlerGroup::TrueFriend => t.do_true_friend,
        KotlerGroup::Butterfly => t.do_butterfly,
        KotlerGroup::Barnacle => t.do_barnacle,
        KotlerGroup::Stranger => t.do_stranger,
    }
}

#[component]
pub fn QuarterCards(quarters: Memo<[Quarter; 4]>, currency: Memo<Currency>) -> impl IntoView {
    view! {
        <ul class="quarters">
            {(0..GROUPS.len()).map(|index| view! { <QuarterCard index quarters currency /> }).collect_view()}
        </ul>
    }
}

#[component]
fn QuarterCard(index: usize, quarters: Memo<[Quarter; 4]>, currency: Memo<Currency>) -> impl IntoView {
    let app = use_app();
    let group = GROUPS.get(index).copied().unwrap_or(KotlerGroup::Stranger);
    let quarter = Memo::new(move |_| quarters.with(|q| q.get(index).copied()));
    let money = move |minor: Option<i64>| {
        minor.map_or_else(|| "–".to_owned(), |m| app.locale.get().money_round(m, currency.get()))
    };
    let href = Route::customers(Filter { kotler: Some(group), ..Filter::default() }).href();
    view! {
        <li class="quarter">
            <div class="quarter-head">
                {dynamic(move || view! { <KotlerMark group name=app.locale.get().kotler_plural(group) /> })}
                <a href=href>
                    {move || super::parts::customers(app.locale.get(), quarter.get().map_or(0, |q| q.customers))}
                </a>
            </div>
            <dl>
                <dt>{move || app.t().common.revenue}</dt>
                <dd>{move || money(quarter.get().and_then(|q| q.revenue_minor))}</dd>
                <dt>{move || app.t().common.profit}</dt>
                <dd>{move || money(quarter.get().map(|q| q.profit_minor))}</dd>
            </dl>
            <p>{move || action(app.locale.get(), group)}</p>
        </li>
    }
}
