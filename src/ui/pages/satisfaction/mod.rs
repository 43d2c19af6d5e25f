//! Who is satisfied: one sentence, the gaps around zero, the recommendation score, the trend, who is unhappy, and what
//! they said.

mod answers;
mod figures;
mod gaps;
mod groups;
mod people;
mod trend;
mod words;

use crate::ui::prelude::*;

use self::answers::Answers;
use self::figures::Figures;
use self::gaps::Gaps;
use self::groups::Groups;
use self::people::People;
use self::trend::Trend;
pub(in crate::ui::pages) use self::words::scores_words;
use super::segments::parts::{Slot, sentence};
use crate::engine::api::{Filter, KotlerGroup, Mood, Period, Query, ResponseFilter, SatisfactionView, Topic};
use crate::locale::{Locale, form};
use crate::ui::app::use_app;
use crate::ui::components::{ButtonKind, EmptyState, Icon, LinkButton, Loaded, Segmented, Skeleton};
use crate::ui::format::Format;
use crate::ui::pages::failed;
use crate::ui::query::use_query;
use crate::ui::route::{Route, VoiceLook};

/// What can change this page.
const TOPICS: &[Topic] =
    &[Topic::Customers, Topic::Orders, Topic::Products, Topic::Interactions, Topic::Responses, Topic::Records, Topic::Settings];
const PERIODS: [(Period, &str); 3] = [(Period::Quarter, "quarter"), (Period::Year, "year"), (Period::All, "all")];
/// Products or people of the staff shown.
const MOST_GROUPS: u32 = 12;

/// What the address asks for.
fn use_look() -> Memo<VoiceLook> {
    let app = use_app();
    Memo::new(move |_| app.route.with(|r| if let Route::Satisfaction(look) = r { (**look).clone() } else { VoiceLook::default() }))
}

/// The same page, with the answers below narrowed.
fn with_answers(look: &VoiceLook, answers: ResponseFilter) -> Route {
    Route::Satisfaction(Box::new(VoiceLook { answers, ..look.clone() }))
}

#[component]
pub fn SatisfactionPage() -> impl IntoView {
    let app = use_app();
    let look = use_look();
    // The filter of the answers does not change the figures.
    let asked = Memo::new(move |_| look.with(|l| (l.period, l.by)));
    let state = use_query::<Box<SatisfactionView>>(
        move || {
            let (period, by) = asked.get();
            Query::Satisfaction { as_of: app.as_of.get(), period, by, offset: 0, limit: MOST_GROUPS }
        },
        TOPICS,
    );
    let loading = move || view! { <Skeleton lines=10 label=Signal::derive(move || app.t().common.loading.to_owned()) /> };
    let show = move |view: Memo<Box<SatisfactionView>>| {
        let silent = Memo::new(move |_| view.with(|v| v.answers_ever == 0));
        (move || if silent.get() { view! { <Nobody /> }.into_any() } else { view! { <Body view look /> }.into_any() })
            .into_any()
    };
    view! {
        <div class="page satisfaction">
            <h1 tabindex="-1">{move || app.t().satisfaction.title}</h1>
            <Loaded state loading failed=failed(app) view=show />
        </div>
    }
}

#[component]
fn Nobody() -> impl IntoView {
    let app = use_app();
    view! {
        <EmptyState
            title=Signal::derive(move || app.t().satisfaction.empty_title.to_owned())
            body=Signal::derive(move || app.t().satisfaction.empty_body.to_owned())
        >
            <LinkButton kind=ButtonKind::Primary icon=Icon::Customers href=Route::customers(Filter::default()).href()>
                {move || app.t().satisfaction.empty_open}
            </LinkButton>
        </EmptyState>
    }
}

#[component]
fn Body(view: Memo<Box<SatisfactionView>>, look: Memo<VoiceLook>) -> impl IntoView {
    let app = use_app();
    view! {
        <p class="answer">{move || view.with(|v| answer(app.locale.get(), v, &look.get()))}</p>
        <PeriodChoice look />
        <Gaps view look />
        <Figures view look />
        <div class="voice-pair">
            <People view />
            <Groups view look />
        </div>
        <Trend view look />
        <Answers look view />
    }
}

/// True friends who are unhappy.
fn unhappy_friends() -> Filter {
    Filter { kotler: Some(KotlerGroup::TrueFriend), mood: Some(Mood::Unhappy), ..Filter::default() }
}

fn answer(locale: Locale, view: &SatisfactionView, look: &VoiceLook) -> AnyView {
    let t = &locale.t().satisfaction;
    if view.all.answers == 0 {
        return t.answer_none.into_any();
    }
    let below = with_answers(look, ResponseFilter { mood: Some(Mood::Unhappy), ..ResponseFilter::default() });
    let friends = view.crossing.iter().find(|(group, _)| *group == Some(KotlerGroup::TrueFriend));
    let friends = friends.map_or(0, |(_, moods)| moods[Mood::Unhappy as usize]);
    let [unhappy, _, _] = view.all.moods;
    sentence(
        form(t.answer, view.all.answers),
        vec![
            Slot { name: "n", text: locale.int(view.all.answers), route: Some(with_answers(look, ResponseFilter::default())) },
            Slot { name: "unhappy", text: locale.int(unhappy), route: Some(below) },
            Slot::customers("friends", locale.int(friends), unhappy_friends()),
        ],
    )
}

#[component]
fn PeriodChoice(look: Memo<VoiceLook>) -> impl IntoView {
    let app = use_app();
    let options = Signal::derive(move || {
        let t = &app.t().satisfaction;
        let words = [t.period_quarter, t.period_year, t.period_all];
        PERIODS.iter().zip(words).map(|((_, name), words)| ((*name).to_owned(), words.to_owned())).collect::<Vec<_>>()
    });
    let now = Signal::derive(move || {
        let period = look.with(|l| l.period);
        PERIODS.iter().find(|(p, _)| *p == period).map_or("", |(_, name)| name).to_owned()
    });
    let choose = move |name: String| {
        let period = PERIODS.iter().find(|(_, n)| *n == name).map(|(p, _)| *p).unwrap_or_default();
        let by = look.with_untracked(|l| l.by);
        app.go(&Route::Satisfaction(Box::new(VoiceLook { period, by, answers: ResponseFilter::default() })));
    };
    view! {
        <Segmented
            label=Signal::derive(move || app.t().satisfaction.period.to_owned())
            options
            value=now
            on_change=choose
        />
    }
}
