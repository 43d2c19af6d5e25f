//! Whom a rule means while it is built: how many, what they bring, some of them, and why it is nobody or everybody.

use crate::ui::prelude::*;

use crate::engine::api::{CustomerRow, Rule, RuleView};
use crate::locale::{fill, plural};
use crate::ui::app::{use_app, use_currency};
use crate::ui::format::Format;
use crate::ui::model::query::QueryState;
use super::said::in_both;
use crate::ui::model::rule::{flaw_words, leaf_words};
use crate::ui::pages::customers::{Look, use_look_with};
use crate::ui::pages::failed;
use crate::ui::route::Route;

/// Why a rule means nobody or everybody.
fn warning(look: &Look, rule: &Rule, view: &RuleView) -> Option<String> {
    let r = &look.locale.t().rules;
    if view.total == 0 || !view.flaws.is_empty() {
        return None;
    }
    if view.customers == view.total {
        return Some(r.warn_everybody.to_owned());
    }
    if view.customers > 0 {
        return None;
    }
    // The first condition of “all of” that fits nobody by itself says it all.
    let parts = if let Rule::All(parts) = rule { parts.as_slice() } else { &[] };
    let mut place = 1;
    for part in parts {
        if let (Rule::Leaf(leaf), Some(0)) = (part, view.counts.get(place)) {
            return Some(fill(r.warn_nobody_row, &[("rule", &leaf_words(look, leaf))]));
        }
        place += part.size();
    }
    Some(r.warn_nobody.to_owned())
}

fn mentions(rule: Option<&Rule>) -> Vec<crate::domain::Id> {
    rule.map(Rule::mentions).unwrap_or_default()
}

#[component]
pub fn Preview(
    rule: Memo<Option<Rule>>,
    state: Signal<QueryState<Box<RuleView>>>,
    /// Rows that are not whole.
    unfinished: Memo<usize>,
) -> impl IntoView {
    let app = use_app();
    let currency = use_currency();
    let look = use_look_with(Memo::new(move |_| rule.with(|rule| mentions(rule.as_ref()))));
    let said = move || {
        look.with(|look| {
            rule.with(|rule| match rule {
                Some(rule) => in_both(look, rule),
                None => view! { <p class="rule-sentence">{look.locale.t().rules.preview_empty}</p> }.into_any(),
            })
        })
    };
    let view = move || rule.with(Option::is_some).then(|| state.with(|s| s.data.clone())).flatten();
    let count = move || {
        let view = view()?;
        let locale = app.locale.get();
        let share = if view.total == 0 { 0.0 } else { view.customers as f64 / view.total as f64 };
        let values = [("n", locale.int(view.customers)), ("total", locale.int(view.total)), ("share", locale.percent(share, 1))];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        Some(plural(locale.t().rules.preview_count, view.customers, &values))
    };
    let money = move || {
        let view = view()?;
        let (locale, currency) = (app.locale.get(), currency.get());
        let [revenue, profit] = [view.revenue_minor, view.profit_minor].map(|minor| locale.money_round(minor, currency));
        Some(fill(locale.t().rules.preview_money, &[("revenue", &revenue), ("profit", &profit)]))
    };
    let notes = move || {
        let (view, locale) = (view()?, app.locale.get());
        let mut notes: Vec<String> = view.flaws.iter().map(|flaw| flaw_words(locale, *flaw).to_owned()).collect();
        notes.extend(look.with(|look| rule.with(|rule| warning(look, rule.as_ref()?, &view))));
        Some(notes.into_iter().map(|note| view! { <p class="rule-note">{note}</p> }).collect_view())
    };
    let left = move || {
        let n = unfinished.get() as u64;
        let locale = app.locale.get();
        (n > 0).then(|| plural(locale.t().rules.unfinished, n, &[("n", &locale.int(n))]))
    };
    let person = move |row: CustomerRow| {
        let profit = app.locale.get().money_round(row.metrics.profit_minor, currency.get());
        view! {
            <li>
                <a href=Route::Customer(row.id).href()>{row.name}</a>
                <span class="num">{profit}</span>
            </li>
        }
    };
    let rows = Memo::new(move |_| view().map(|view| view.rows.clone()).unwrap_or_default());
    view! {
        <section class="rule-preview card" aria-label=move || app.t().rules.preview>
            <p class="rule-total" aria-live="polite" aria-busy=move || state.with(|s| s.loading).to_string()>{shared(count)}</p>
            {dynamic(move || rule.with(Option::is_some).then(|| state.with(|s| s.error.clone())).flatten().map(|error| failed(app).run(error)))}
            {dynamic(said)}
            <p class="quiet-text rule-money">{shared(money)}</p>
            <div aria-live="polite">{dynamic(notes)}</div>
            <p class="quiet-text">{shared(left)}</p>
            <Show when=move || rows.with(|rows| !rows.is_empty())>
                <div class="rule-examples">
                    <h2>{move || app.t().rules.preview_examples}</h2>
                    <ul>{dynamic(move || rows.get().into_iter().map(person).collect_view())}</ul>
                </div>
            </Show>
        </section>
    }
}

