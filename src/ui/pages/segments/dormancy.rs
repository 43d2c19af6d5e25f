//! Who is falling asleep: the ladder and its movement.

use crate::ui::prelude::*;

use super::cadence::Breaks;
use super::groups::{GroupRow, GroupTable, Head};
use super::parts::{Question, Slot, common_facts, customers, sentence, use_as_of};
use crate::engine::api::{Dormancy, DormancyView, Filter, Moved, MovedBy, Query, Since, Stand, earliest_days};
use crate::locale::{Locale, fill, plural};
use crate::ui::app::{FIGURES, use_app, use_currency, use_settings};
use crate::ui::charts::{ChartFrame, How, Ladder};
use crate::ui::format::Format;
use crate::ui::model::flows::{Movement, STEPS, movements, totals};
use crate::ui::model::table::{ChartTable, Unit};
use crate::ui::query::use_query;
use crate::ui::route::{Route, SettingGroup};


#[component]
pub fn DormancyTab() -> impl IntoView {
    let app = use_app();
    let state = use_query::<DormancyView>(move || Query::Dormancy { as_of: app.as_of.get() }, FIGURES);
    let title = Signal::derive(move || app.t().segments.tab_dormancy.to_owned());
    view! { <Question title state n=|v: &DormancyView| v.n view=|view| view! { <Sleep view /> }.into_any() /> }
}

#[component]
fn Sleep(view: Memo<DormancyView>) -> impl IntoView {
    let app = use_app();
    let moves = Memo::new(move |_| view.with(movements));
    let title = Signal::derive(move || app.t().segments.chart_dormancy.to_owned());
    let thin = move || {
        let locale = app.locale.get();
        let n = view.with(|v| v.thin);
        (n > 0).then(|| plural(locale.t().segments.dormancy_thin, n, &[("n", &locale.int(n))]))
    };
    view! {
        <p class="answer">{move || view.with(|v| answer(app.locale.get(), v, &moves.get()))}</p>
        <div class="segment-layout stacked">
            <ChartFrame title table=use_table(moves) how=use_how(view)>
                <Ladder view />
            </ChartFrame>
            <div class="segment-side">
                <Steps view moves />
            </div>
            <Breaks />
        </div>
        {dynamic(move || thin().map(|words| view! { <p class="remark">{words}</p> }))}
    }
}

fn answer(locale: Locale, view: &DormancyView, moves: &[Movement; 4]) -> AnyView {
    let t = &locale.t().segments;
    let people = |n| plural(t.n_people, n, &[("n", &locale.int(n))]);
    let (slid, woke) = totals(moves);
    let awake = Filter { dormancy: Some(Dormancy::Awake), ..Filter::default() };
    sentence(
        t.dormancy_answer,
        vec![
            Slot::customers("awake", people(moves[0].now), awake),
            Slot::customers("customers", customers(locale, view.n), Filter { prospects: Some(false), ..Filter::default() }),
            Slot { name: "slid", text: people(slid), route: Some(went(None, Stand::Worse)) },
            Slot { name: "woke", text: people(woke), route: Some(went(None, Stand::Better)) },
        ],
    )
}

/// Who went up or down the ladder in a month, and stands on `step` now.
fn went(step: Option<Dormancy>, way: fn(MovedBy) -> Stand) -> Route {
    let moved = Moved { since: Since::Month, from: None, to: Some(way(MovedBy::Dormancy)) };
    Route::customers(Filter { dormancy: step, moved: Some(moved), ..Filter::default() })
}

pub fn action(locale: Locale, step: Dormancy) -> &'static str {
    let t = &locale.t().segments;
    match step {
        Dormancy::Awake => t.do_awake,
        Dormancy::Dozing => t.do_dozing,
        Dormancy::HalfAsleep => t.do_half_asleep,
        Dormancy::Asleep => t.do_asleep,
    }
}

#[component]
fn Steps(view: Memo<DormancyView>, moves: Memo<[Movement; 4]>) -> impl IntoView {
    let app = use_app();
    let currency = use_currency();
    let label = Signal::derive(move || app.t().segments.dormancy_moves.to_owned());
    let heads = Signal::derive(move || {
        let t = app.t();
        vec![
            Head::always(t.common.customers),
            Head::wide(t.segments.dormancy_slid_in),
            Head::wide(t.segments.dormancy_woke_in),
            Head::always(t.common.profit),
        ]
    });
    let rows = Signal::derive(move || {
        let (locale, currency) = (app.locale.get(), currency.get());
        let row = |(step, m): (&Dormancy, &Movement)| {
            let profit = view.with(|v| v.steps.iter().find(|s| s.group == *step).map_or(0, |s| s.profit_minor));
            GroupRow {
                name: locale.dormancy(*step).to_owned(),
                route: Route::customers(Filter { dormancy: Some(*step), ..Filter::default() }),
                figures: vec![
                    locale.int(m.now),
                    locale.int(m.slid_in),
                    locale.int(m.woke_in),
                    locale.money_round(profit, currency),
                ],
                links: [(1, m.slid_in, Stand::Worse as fn(MovedBy) -> Stand), (2, m.woke_in, Stand::Better)]
                    .into_iter()
                    .filter(|(_, n, _)| *n > 0)
                    .map(|(at, _, way)| (at, went(Some(*step), way)))
                    .collect(),
                note: action(locale, *step).to_owned(),
            }
        };
        moves.with(|m| STEPS.iter().zip(m).map(row).collect())
    });
    view! {
        <h2>{move || label.get()}</h2>
        <GroupTable label heads rows />
    }
}

fn use_table(moves: Memo<[Movement; 4]>) -> Signal<ChartTable> {
    let app = use_app();
    Signal::derive(move || {
        let locale = app.locale.get();
        let t = &locale.t().segments;
        let numbers = [
            t.dormancy_now,
            t.dormancy_before,
            t.dormancy_slid_in,
            t.dormancy_woke_in,
            t.dormancy_new,
            t.dormancy_left,
        ]
        .map(|label| (label, Unit::Count));
        let mut heads = vec![(locale.t().common.dormancy, Unit::Words)];
        heads.extend(numbers);
        let row = |(step, m): (&Dormancy, &Movement)| {
            let mut cells = vec![locale.dormancy(*step).into()];
            cells.extend([m.now, m.before, m.slid_in, m.woke_in, m.new, m.left].map(Into::into));
            cells
        };
        ChartTable::new(&heads, moves.with(|m| STEPS.iter().zip(m).map(row).collect()))
    })
}

fn use_how(view: Memo<DormancyView>) -> Signal<How> {
    let app = use_app();
    let (settings, as_of) = (use_settings(), use_as_of());
    Signal::derive(move || {
        let locale = app.locale.get();
        let t = &locale.t().segments;
        let rules = settings.with(|s| s.dormancy.clone());
        let [a, b, c] = rules.multiples_bp.map(|bp| locale.decimal(bp as f64 / 10_000.0, 2));
        let [x, y, z] = rules.fixed_days.map(|days| locale.int(days));
        let [p, q, r] = earliest_days(&rules).map(|days| locale.int(days));
        let min = locale.int(rules.min_purchases);
        let values = [("a", a), ("b", b), ("c", c), ("p", p), ("q", q), ("r", r), ("min", min), ("x", x), ("y", y), ("z", z)];
        let rule = fill(t.how_dormancy, &values.each_ref().map(|(name, value)| (*name, value.as_str())));
        How { rule, facts: common_facts(locale, view.with(|v| v.n), as_of.get()), setting: Some(SettingGroup::Dormancy) }
    })
}
