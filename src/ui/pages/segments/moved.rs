//! What moved since last time: who stood elsewhere on an earlier day, as bands, a table and the movements that matter most.

use crate::ui::prelude::*;

use super::dormancy::action as step_action;
use super::groups::{GroupRow, GroupTable, Head};
use super::mix::MixByMonth;
use super::parts::{Question, Slot, common_facts, customers, sentence, setting_of};
use super::value_groups::action as group_action;
use crate::domain::{Currency, TierRule};
use crate::engine::api::{Filter, Flow, Moved, MovedBy, MovedView, Query, Since, Stand};
use crate::locale::{Locale, fill};
use crate::ui::app::{FIGURES, use_app, use_currency, use_tiers};
use crate::ui::charts::{ChartFrame, FlowBands, How, flow_route};
use crate::ui::components::Segmented;
use crate::ui::format::Format;
use crate::ui::model::bands::by_weight;
use crate::ui::model::table::{ChartTable, Unit};
use crate::ui::query::use_query;
use crate::ui::route::{MovedLook, Route, SegmentTab, by_name, since_name};

/// Movements listed; the table of the chart has all.
const MOST: usize = 8;

/// What the address asks for.
fn use_look() -> Memo<MovedLook> {
    let app = use_app();
    Memo::new(move |_| {
        app.route.with(|r| if let Route::Segments(SegmentTab::Moved(look)) = r { *look } else { MovedLook::default() })
    })
}

#[component]
pub fn MovedTab() -> impl IntoView {
    let app = use_app();
    let look = use_look();
    let state = use_query::<Box<MovedView>>(
        move || {
            let MovedLook { since, by } = look.get();
            Query::Moved { as_of: app.as_of.get(), since, by }
        },
        FIGURES,
    );
    let title = Signal::derive(move || app.t().moved.title.to_owned());
    view! { <Question title state n=people view=|view| view! { <Body view /> }.into_any() /> }
}

#[expect(clippy::borrowed_box, reason = "the answer comes in a box")]
fn people(view: &Box<MovedView>) -> u64 {
    view.n
}

#[component]
fn Body(view: Memo<Box<MovedView>>) -> impl IntoView {
    let app = use_app();
    let (currency, tiers) = (use_currency(), use_tiers());
    let title = Signal::derive(move || app.t().moved.chart.to_owned());
    let words = move || {
        let (locale, currency, tiers) = (app.locale.get(), currency.get(), tiers.get());
        view.with(|v| answer(locale, v, currency, &tiers))
    };
    view! {
        <p class="answer">{shared(words)}</p>
        <Choosers />
        <div class="segment-layout stacked">
            <ChartFrame title table=use_table(view) how=use_how(view)>
                <FlowBands view />
            </ChartFrame>
            <div class="segment-side">
                <Movements view />
            </div>
        </div>
        <MixByMonth by=Memo::new(move |_| view.with(|v| v.by)) />
    }
}

#[component]
fn Choosers() -> impl IntoView {
    let app = use_app();
    let look = use_look();
    let go = move |look| app.go(&Route::Segments(SegmentTab::Moved(look)));
    let sinces = Signal::derive(move || {
        let locale = app.locale.get();
        Since::ALL.map(|s| (since_name(s).to_owned(), locale.since(s).to_owned())).to_vec()
    });
    let bys = Signal::derive(move || {
        let t = &app.t().moved;
        let words = |by| match by {
            MovedBy::Kotler => t.by_group,
            MovedBy::Tier => t.by_tier,
            MovedBy::Dormancy => t.by_dormancy,
        };
        MovedBy::ALL.map(|by| (by_name(by).to_owned(), words(by).to_owned())).to_vec()
    });
    let choose_since = move |name: String| {
        let since = Since::ALL.into_iter().find(|s| since_name(*s) == name).unwrap_or_default();
        go(MovedLook { since, ..look.get_untracked() });
    };
    let choose_by = move |name: String| {
        let by = MovedBy::ALL.into_iter().find(|b| by_name(*b) == name).unwrap_or_default();
        go(MovedLook { by, ..look.get_untracked() });
    };
    view! {
        <div class="choosers">
            <Segmented
                label=Signal::derive(move || app.t().moved.since.to_owned())
                options=sinces
                value=Signal::derive(move || since_name(look.get().since).to_owned())
                on_change=choose_since
            />
            <Segmented
                label=Signal::derive(move || app.t().moved.by.to_owned())
                options=bys
                value=Signal::derive(move || by_name(look.get().by).to_owned())
                on_change=choose_by
            />
        </div>
    }
}

fn moved_filter(view: &MovedView, from: Option<Stand>, to: Option<Stand>) -> Filter {
    Filter { moved: Some(Moved { since: view.since, from, to }), ..Filter::default() }
}

fn answer(locale: Locale, view: &MovedView, currency: Currency, tiers: &[TierRule]) -> AnyView {
    let t = locale.t();
    let people = |n: u64| fill(t.segments.n_people.split('|').next().unwrap_or_default(), &[("n", &locale.int(n))]);
    let count = |keep: fn(&Flow) -> bool| view.flows.iter().filter(|f| keep(f)).map(|f| f.customers).sum::<u64>();
    let moved = count(|f| f.from != f.to && f.from != Stand::NotYet);
    let new = count(|f| f.from == Stand::NotYet);
    let asleep = Stand::Dormancy(crate::engine::api::Dormancy::Asleep);
    let mut slots = vec![
        Slot::plain("before", locale.date(view.before)),
        Slot::customers("new", people(new), moved_filter(view, Some(Stand::NotYet), None)),
        Slot::customers("asleep", people(view.fell_asleep), moved_filter(view, None, Some(asleep))),
    ];
    let Some(flow) = by_weight(&view.flows).into_iter().find(|f| f.from != Stand::NotYet) else {
        let young = view.n > 0 && new == view.n;
        return sentence(if young { t.moved.answer_young } else { t.moved.answer_still }, slots);
    };
    slots.extend([
        Slot { name: "people", text: customers(locale, flow.customers), route: Some(flow_route(view, flow)) },
        Slot::plain("from", locale.stand(&flow.from, tiers)),
        Slot::plain("to", locale.stand(&flow.to, tiers)),
        Slot::plain("money", locale.money_round(flow.profit_minor, currency)),
        Slot::customers("moved", people(moved), moved_filter(view, None, Some(Stand::Other(view.by)))),
    ]);
    sentence(t.moved.answer, slots)
}

/// What to do with who came to a place.
fn advice(locale: Locale, to: &Stand) -> &'static str {
    match to {
        Stand::Kotler(group) => group_action(locale, *group),
        Stand::Dormancy(step) => step_action(locale, *step),
        _ => "",
    }
}

#[component]
fn Movements(view: Memo<Box<MovedView>>) -> impl IntoView {
    let app = use_app();
    let (currency, tiers) = (use_currency(), use_tiers());
    let label = Signal::derive(move || app.t().moved.list.to_owned());
    let of = Signal::derive(move || app.t().moved.movement.to_owned());
    let heads = Signal::derive(move || {
        let t = app.t();
        vec![Head::always(t.common.customers), Head::wide(t.common.profit), Head::always(t.moved.change)]
    });
    let rows = Signal::derive(move || {
        let (locale, currency, tiers) = (app.locale.get(), currency.get(), tiers.get());
        let row = |v: &MovedView, f: &Flow| {
            let change = f.potential_minor.saturating_sub(f.potential_before_minor);
            let sign = if change > 0 { "+" } else { "" };
            GroupRow {
                name: format!("{} → {}", locale.stand(&f.from, &tiers), locale.stand(&f.to, &tiers)),
                route: flow_route(v, f),
                links: Vec::new(),
figures: vec![
                    locale.int(f.customers),
                    locale.money_round(f.profit_minor, currency),
                    format!("{sign}{}", locale.money_round(change, currency)),
                ],
                note: advice(locale, &f.to).to_owned(),
            }
        };
        view.with(|v| by_weight(&v.flows).into_iter().take(MOST).map(|f| row(v, f)).collect::<Vec<_>>())
    });
    let none = Memo::new(move |_| rows.with(Vec::is_empty));
    view! {
        <h2>{move || label.get()}</h2>
        {dynamic(move || {
            if none.get() {
                view! { <p class="remark">{move || app.t().moved.none}</p> }.into_any()
            } else {
                view! { <GroupTable label of heads rows /> }.into_any()
            }
        })}
    }
}

fn use_table(view: Memo<Box<MovedView>>) -> Signal<ChartTable> {
    let app = use_app();
    let tiers = use_tiers();
    Signal::derive(move || {
        let (locale, tiers) = (app.locale.get(), tiers.get());
        let t = locale.t();
        let heads = [
            (t.moved.from, Unit::Words),
            (t.moved.to, Unit::Words),
            (t.common.customers, Unit::Count),
            (t.common.profit, Unit::Money),
            (t.moved.before_potential, Unit::Money),
            (t.moved.now_potential, Unit::Money),
        ];
        let row = |f: &Flow| {
            vec![
                locale.stand(&f.from, &tiers).into(),
                locale.stand(&f.to, &tiers).into(),
                f.customers.into(),
                f.profit_minor.into(),
                f.potential_before_minor.into(),
                f.potential_minor.into(),
            ]
        };
        ChartTable::new(&heads, view.with(|v| v.flows.iter().map(row).collect()))
    })
}

fn use_how(view: Memo<Box<MovedView>>) -> Signal<How> {
    let app = use_app();
    Signal::derive(move || {
        let locale = app.locale.get();
        let t = &locale.t().moved;
        let (n, before, as_of, by) = view.with(|v| (v.n, v.before, v.as_of, v.by));
        let mut facts = common_facts(locale, n, None);
        facts.push((t.how_days.to_owned(), format!("{} · {}", locale.date(before), locale.date(as_of))));
        How { rule: t.how.to_owned(), facts, setting: Some(setting_of(by)) }
    })
}
