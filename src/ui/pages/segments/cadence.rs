//! Habits by category and where they broke: the list under the ladder, and a customer's own.

use crate::ui::prelude::*;

use super::groups::{GroupRow, GroupTable, Head};
use super::parts::{Slot, customers, sentence};
use crate::domain::Id;
use crate::engine::api::{CadenceBreak, CadenceView, Column, Figure, Filter, Query, Rule, Test, Topic, earliest_days};
use crate::locale::{Locale, fill, plural};
use crate::ui::app::{use_app, use_currency, use_settings};
use crate::ui::components::{Button, Skeleton};
use crate::ui::format::Format;
use crate::ui::pages::failed;
use crate::ui::query::use_query;
use crate::ui::route::{DataTab, Route, SettingGroup};

const TOPICS: &[Topic] = &[Topic::Customers, Topic::Orders, Topic::Products, Topic::Settings];
/// Shown at first, and more at a time.
const FIRST: u32 = 12;
const MORE: u32 = 500;

fn days(locale: Locale, n: f64) -> String {
    let whole = n.round().max(0.0) as u64;
    plural(locale.t().cadence.n_days, whole, &[("n", &locale.int(whole))])
}

/// “usually every 28 days, now 61 days”.
fn evidence(locale: Locale, row: &CadenceBreak) -> String {
    let t = &locale.t().cadence;
    let (usual, since) = (days(locale, row.usual_days), days(locale, row.since_days as f64));
    let text = if row.broken { t.evidence } else { t.kept };
    fill(text, &[("usual", &usual), ("since", &since)])
}

/// Those of whom a habit broke, as a list.
fn broke() -> Route {
    let broken = Rule::column(Column::Figure(Figure::BrokenHabits), Test::Between { from: Some(1), to: None });
    Route::customers(Filter { conditions: vec![broken], ..Filter::default() })
}

/// The purchases that say so, and what the user thinks that it may mean.
fn proof(locale: Locale, row: &CadenceBreak) -> String {
    let t = &locale.t().cadence;
    let list: Vec<String> = row.last.iter().map(|day| locale.date(*day)).collect();
    let last = fill(t.last, &[("days", &list.join(locale.comma()))]);
    let hint = row.hint.as_ref().map(|text| fill(t.may_mean, &[("text", text)]));
    [Some(last), hint].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

#[component]
pub fn Breaks() -> impl IntoView {
    let app = use_app();
    let currency = use_currency();
    let limit = RwSignal::new(FIRST);
    let state =
        use_query::<CadenceView>(move || Query::Breaks { as_of: app.as_of.get(), limit: limit.get() }, TOPICS);
    let view = Memo::new(move |_| state.with(|s| s.data.clone()).unwrap_or_default());
    let known = Memo::new(move |_| state.with(|s| s.data.is_some()));
    let some = Memo::new(move |_| view.with(|v| v.total > 0));
    let label = Signal::derive(move || app.t().cadence.title.to_owned());
    let answer = move || {
        let (locale, currency) = (app.locale.get(), currency.get());
        let t = &locale.t().cadence;
        view.with(|v| {
            if !v.categories {
                return view! {
                    {t.no_categories} {locale.gap()}
                    <a href=Route::Data(DataTab::Products).href()>{t.to_products}</a>
                }
                .into_any();
            }
            let slots = vec![
                Slot { name: "people", text: customers(locale, v.customers), route: Some(broke()) },
                Slot::plain("money", locale.money_round(v.stake_minor, currency)),
            ];
            sentence(if v.total > 0 { crate::locale::form(t.answer, v.customers) } else { t.answer_none }, slots)
        })
    };
    let heads = Signal::derive(move || vec![Head::always(app.t().cadence.stake)]);
    let of = Signal::derive(move || app.t().cadence.customer.to_owned());
    let rows = Signal::derive(move || {
        let (locale, currency) = (app.locale.get(), currency.get());
        let row = |r: &CadenceBreak| GroupRow {
            name: format!("{} · {}", r.name, r.category),
            route: Route::Customer(r.id),
            links: Vec::new(),
figures: vec![locale.money_round(r.stake_minor, currency)],
            note: format!("{} · {}", evidence(locale, r), proof(locale, r)),
        };
        view.with(|v| v.rows.iter().map(row).collect::<Vec<_>>())
    });
    let more = move || {
        let total = view.with(|v| v.total);
        (total > u64::from(limit.get())).then(|| {
            let words = move || {
                let rest = total.saturating_sub(limit.get().into()).min(MORE.into());
                fill(app.t().cadence.more, &[("n", &app.locale.get().int(rest))])
            };
            let on_click = Callback::new(move |()| limit.update(|n| *n = n.saturating_add(MORE)));
            view! { <Button on_click>{shared(words)}</Button> }
        })
    };
    let settings = use_settings();
    let how = move || {
        let days = settings.with(|s| earliest_days(&s.dormancy)[0]);
        fill(app.t().cadence.how, &[("days", &app.locale.get().int(days))])
    };
    let body = move || {
        known.get().then(|| {
            view! {
                <p class="remark">{shared(answer)}</p>
                <Show when=move || some.get()>
                    <GroupTable label of heads rows />
                    {dynamic(more)}
                    <p class="remark">{shared(how)}</p>
                    <p class="remark">
                        <a href=Route::Settings(Some(SettingGroup::Hints)).href()>{move || app.t().cadence.to_hints}</a>
                    </p>
                </Show>
            }
            .into_any()
        })
    };
    let waiting = move || {
        let (none, error) = state.with(|s| (s.data.is_none(), s.error.clone()));
        let skeleton = || view! { <Skeleton lines=4 label=Signal::derive(move || app.t().common.loading.to_owned()) /> }.into_any();
        error.map(|error| failed(app).run(error)).or_else(|| none.then(skeleton))
    };
    view! {
        <section class="segment-side" aria-labelledby="breaks-title">
            <h2 id="breaks-title">{move || label.get()}</h2>
            {dynamic(body)}
            {dynamic(waiting)}
        </section>
    }
}

/// A customer's habits; nothing where they have none.
#[component]
pub fn Habits(id: Id) -> impl IntoView {
    let app = use_app();
    let state = use_query::<Vec<CadenceBreak>>(move || Query::Habits { id, as_of: app.as_of.get() }, TOPICS);
    // A few purchases are no habit yet.
    let rows = Memo::new(move |_| {
        let all = state.with(|s| s.data.clone()).unwrap_or_default();
        all.into_iter().filter(|row| !row.thin).collect::<Vec<_>>()
    });
    let pairs = move || {
        let locale = app.locale.get();
        let pair = |r: CadenceBreak| {
            let (words, why) = (evidence(locale, &r), proof(locale, &r));
            view! {
                <div class:broken=r.broken>
                    <dt>{r.category}</dt>
                    <dd>{words}<small>{why}</small></dd>
                </div>
            }
        };
        rows.get().into_iter().map(pair).collect_view()
    };
    let any = Memo::new(move |_| rows.with(|r| !r.is_empty()));
    view! {
        <Show when=move || any.get()>
            <section class="card profile habits" aria-labelledby="habits-title">
                <div class="card-head">
                    <h2 id="habits-title">{move || app.t().cadence.panel}</h2>
                </div>
                <dl class="pairs">{dynamic(pairs)}</dl>
            </section>
        </Show>
    }
}
