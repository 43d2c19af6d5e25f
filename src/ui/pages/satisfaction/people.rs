//! Who is unhappy: by Kotler's groups, and those worth most by name.

use crate::ui::prelude::*;

use super::words::signed;
use crate::engine::api::{CustomerRow, Filter, KotlerGroup, Mood, SatisfactionView, Sort, SortKey};
use crate::locale::{Locale, fill};
use crate::ui::app::{use_app, use_currency};
use crate::ui::components::KotlerMark;
use crate::ui::format::Format;
use crate::ui::route::Route;

#[component]
pub(super) fn People(view: Memo<Box<SatisfactionView>>) -> impl IntoView {
    let app = use_app();
    let heads = move || {
        let locale = app.locale.get();
        Mood::ALL.map(|m| view! { <th scope="col" class="num">{locale.satisfaction(m)}</th> }).collect_view()
    };
    let rows = move || {
        let locale = app.locale.get();
        view.with(|v| v.crossing.iter().map(|(group, moods)| row(locale, *group, *moods)).collect_view())
    };
    view! {
        <section class="voice-part" aria-labelledby="voice-crossing">
            <h2 id="voice-crossing">{move || app.t().satisfaction.crossing}</h2>
            <p class="remark">{move || app.t().satisfaction.crossing_note}</p>
            <table class="plain-table group-table" aria-labelledby="voice-crossing">
                <thead>
                    <tr>
                        <th scope="col">{move || app.t().common.kotler_group}</th>
                        {dynamic(heads)}
                    </tr>
                </thead>
                <tbody>{dynamic(rows)}</tbody>
            </table>
            <Unhappy view />
        </section>
    }
}

fn row(locale: Locale, group: Option<KotlerGroup>, moods: [u64; 4]) -> impl IntoView {
    let cell = move |(mood, n): (Mood, u64)| {
        let of_group = match group {
            Some(_) => Filter { kotler: group, ..Filter::default() },
            None => Filter { prospects: Some(true), ..Filter::default() },
        };
        let href = Route::customers(Filter { mood: Some(mood), ..of_group }).href();
        let number = if n == 0 { "0".into_any() } else { view! { <a href=href>{locale.int(n)}</a> }.into_any() };
        view! { <td class="num">{number}</td> }
    };
    let name = match group {
        Some(group) => view! { <KotlerMark group name=locale.kotler(group) /> }.into_any(),
        None => locale.t().common.prospect.into_any(),
    };
    view! {
        <tr>
            <th scope="row">{name}</th>
            {Mood::ALL.into_iter().zip(moods).map(cell).collect_view()}
        </tr>
    }
}

#[component]
fn Unhappy(view: Memo<Box<SatisfactionView>>) -> impl IntoView {
    let app = use_app();
    let currency = use_currency();
    let all = Route::Customers {
        filter: Box::new(Filter { mood: Some(Mood::Unhappy), ..Filter::default() }),
        sort: Some(Sort { by: SortKey::Profit, descending: true }),
    };
    let people = move || {
        let (locale, currency) = (app.locale.get(), currency.get());
        let person = |row: &CustomerRow| {
            let m = &row.metrics;
            let gap = m.last_gap.map(|gap| signed(locale, f64::from(gap), 0)).unwrap_or_default();
            let group = m.kotler.map(|g| view! { <KotlerMark group=g name=locale.kotler(g) /> });
            view! {
                <li>
                    <a href=Route::Customer(row.id).href()>{row.name.clone()}</a>
                    {group}
                    <span class="quiet-text">{fill(locale.t().satisfaction.last_gap, &[("gap", &gap)])}</span>
                    <span class="push"></span>
                    <span class="num" title=locale.t().common.profit>{locale.money_round(m.profit_minor, currency)}</span>
                </li>
            }
        };
        view.with(|v| v.unhappy.iter().map(person).collect_view())
    };
    let total = Memo::new(move |_| view.with(|v| v.unhappy_total));
    view! {
        <div class="voice-head">
            <h2>{move || app.t().satisfaction.unhappy}</h2>
            <Show when=move || { total.get() > 0 }>
                <a href=all.href()>
                    {move || fill(app.t().satisfaction.unhappy_all, &[("n", &app.locale.get().int(total.get()))])}
                </a>
            </Show>
        </div>
        <Show
            when=move || { total.get() > 0 }
            fallback=move || view! { <p class="remark">{move || app.t().satisfaction.unhappy_none}</p> }
        >
            <ul class="voice-list">{dynamic(people)}</ul>
        </Show>
    }
}
