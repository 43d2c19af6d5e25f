//! Who stays: the answer, six signs of loyalty, cohorts, churn, lengths, share of wallet, the curve of members.

use crate::ui::prelude::*;

use super::super::segments::parts::{Question, Slot, customers, sentence};
use super::churn::{Causes, Churn, LengthsChart, Wallet};
use super::cohorts::CohortChart;
use super::curve::CurvePanel;
use super::tiles::Tiles;
use super::words::{behind, filled, half};
use crate::engine::api::{CohortStep, FEW, Figure, Query, RetentionView, Rule, Topic, there_now};
use crate::locale::Locale;
use crate::ui::app::use_app;
use crate::ui::format::Format;
use crate::ui::query::use_query;

pub(super) const TOPICS: &[Topic] =
    &[Topic::Customers, Topic::Orders, Topic::Products, Topic::Interactions, Topic::Records, Topic::Settings];

/// The period that was chosen; none: as fits.
#[derive(Clone, Copy)]
pub(super) struct Chosen(pub RwSignal<Option<CohortStep>>);

#[component]
pub fn StayTab() -> impl IntoView {
    let app = use_app();
    let step = RwSignal::new(None);
    provide_context(Chosen(step));
    let query = move || Query::Retention { as_of: app.as_of.get(), step: step.get() };
    let state = use_query::<Box<RetentionView>>(query, TOPICS);
    let title = Signal::derive(move || app.t().retention.tab_stay.to_owned());
    view! { <Question title state n=people view=|view| view! { <Stay view /> }.into_any() /> }
}

#[expect(clippy::borrowed_box, reason = "the answer comes in a box")]
pub(super) fn people(view: &Box<RetentionView>) -> u64 {
    view.n
}

#[component]
fn Stay(view: Memo<Box<RetentionView>>) -> impl IntoView {
    let app = use_app();
    let chosen = RwSignal::new(None::<usize>);
    view! {
        <p class="answer">{dynamic(move || view.with(|v| answer(app.locale.get(), v)))}</p>
        <Tiles view />
        <CohortChart view chosen />
        <div class="insight-pair">
            <Churn view />
            <Causes view />
        </div>
        <div class="insight-pair">
            <LengthsChart view />
            <Wallet view />
        </div>
        <CurvePanel view chosen />
    }
}

fn answer(locale: Locale, view: &RetentionView) -> AnyView {
    let t = &locale.t().retention;
    let year = view.year;
    let gone = |name| Slot {
        name,
        text: customers(locale, view.churn.gone),
        route: Some(filled(Figure::Left)),
    };
    let linked = |name, text, rules: Vec<Rule>| Slot { name, text, route: Some(behind(rules)) };
    if year.there_then == 0 {
        let there = linked("there", locale.int(year.there_now), there_now());
        let all = Slot { name: "people", text: customers(locale, view.n), route: Some(filled(Figure::FirstPurchase)) };
        return sentence(t.answer_young, vec![there, all, gone("gone")]);
    }
    let share = year.kept_share();
    let slots = vec![
        linked("then", customers(locale, year.there_then), year.were_there()),
        linked("share", share.map_or_else(String::new, |share| locale.percent(share, 0)), year.still_there()),
        linked("still", locale.int(year.still), year.still_there()),
        Slot::plain("few", locale.int(FEW)),
        gone("gone"),
    ];
    let said = sentence(if share.is_some() { t.answer } else { t.answer_few }, slots);
    view! { {said} {locale.gap()} {half(locale, view.half_days())} }.into_any()
}

