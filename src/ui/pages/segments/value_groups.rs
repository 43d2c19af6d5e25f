//! The four quarters as cards: how many, how much, what to do.

use crate::ui::prelude::*;

use crate::domain::Currency;
use crate::engine::api::{Column, Contact, Figure, Filter, KotlerGroup, Leaf, Rule, Sort, SortKey, Test};
use crate::locale::Locale;
use crate::ui::app::use_app;
use crate::ui::components::{Button, KotlerMark};
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

/// Days without a word that are long for a true friend, and in which a stranger was written to.
const LATELY_DAYS: u32 = 90;

/// Where the advice is acted upon: those of the group whom it concerns now.
fn whom(group: KotlerGroup) -> Route {
    let contact = |had, direction: &str| {
        let direction = direction.to_owned();
        Rule::Leaf(Leaf::Contact(Contact { had, channel: String::new(), direction, days: Some(LATELY_DAYS), times: 1 }))
    };
    let (condition, by) = match group {
        KotlerGroup::TrueFriend => (contact(false, ""), SortKey::Profit),
        KotlerGroup::Butterfly => (awake(), SortKey::LastPurchase),
        KotlerGroup::Barnacle => (awake(), SortKey::Profit),
        KotlerGroup::Stranger => (contact(true, "out"), SortKey::LastPurchase),
    };
    let filter = Filter { kotler: Some(group), conditions: vec![condition], ..Filter::default() };
    Route::Customers { filter: Box::new(filter), sort: Some(Sort { by, descending: group != KotlerGroup::Barnacle }) }
}

fn awake() -> Rule {
    Rule::column(Column::Figure(Figure::Dormancy), Test::AnyOf(vec!["awake".to_owned()]))
}

fn whom_words(locale: Locale, group: KotlerGroup) -> &'static str {
    let t = &locale.t().segments;
    match group {
        KotlerGroup::TrueFriend => t.whom_true_friend,
        KotlerGroup::Butterfly => t.whom_butterfly,
        KotlerGroup::Barnacle => t.whom_barnacle,
        KotlerGroup::Stranger => t.whom_stranger,
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
    let act = move || {
        let those = whom(group);
        app.choose_all.set(Some(those.clone()));
        app.go(&those);
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
            <Button on_click=act>{move || whom_words(app.locale.get(), group)}</Button>
        </li>
    }
}
