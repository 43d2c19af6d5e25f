//! Today: what is going on, and what to do about it.

use crate::ui::prelude::*;
use leptos::task::spawn_local;

use super::customers::marks;
use super::export::CalendarButton;
use super::stale::Stale;
use crate::domain::{Currency, Day, TierRule};
use crate::engine::api::{Activity, Command, CustomerRow, Filter, KotlerGroup, Mood, Query, TodayView, Topic};
use crate::locale::{Locale, Texts, TodayTexts, fill, form, plural};
use crate::ui::app::{App, use_app, use_currency, use_overview, use_tiers};
use crate::ui::backup::{back_up, reminder_words, use_reminder};
use crate::ui::browser;
use crate::ui::components::{Button, ButtonKind, Icon, LinkButton, Loaded, Skeleton, icon, linked, sentence};
use crate::ui::format::Format;
use crate::ui::pages::failed;
use crate::ui::query::use_query;
use crate::ui::route::{DataTab, Route};
use crate::ui::toasts::Tone;
use crate::web::device;

/// What can change this page.
const TOPICS: &[Topic] =
    &[Topic::Customers, Topic::Orders, Topic::Products, Topic::Interactions, Topic::Responses, Topic::Settings, Topic::Records];

/// True friends who doze or sleep.
fn drifting() -> Filter {
    Filter { kotler: Some(KotlerGroup::TrueFriend), activity: Some(Activity::Dormant), ..Filter::default() }
}

fn with_activity(activity: Activity) -> Filter {
    Filter { activity: Some(activity), ..Filter::default() }
}

#[component]
pub fn TodayPage() -> impl IntoView {
    let app = use_app();
    let state = use_query::<TodayView>(move || Query::Today { as_of: app.as_of.get() }, TOPICS);
    let loading = move || view! { <Skeleton lines=8 label=Signal::derive(move || app.t().common.loading.to_owned()) /> };
    let show = |today: Memo<TodayView>| view! { <Body today /> }.into_any();
    view! {
        <div class="page today">
            <DemoBanner />
            <BackupBanner />
            <h1 tabindex="-1">{move || app.t().today.title}</h1>
            <Loaded state loading failed=failed(app) view=show />
        </div>
    }
}

/// The demo shop can be cleared with one click.
#[component]
pub(super) fn DemoBanner(
    /// What it says.
    #[prop(default = |t| t.today.demo_banner)]
    words: fn(&'static Texts) -> &'static str,
) -> impl IntoView {
    let app = use_app();
    let overview = use_overview();
    let demo = Memo::new(move |_| overview.with(|o| o.data.as_ref().is_some_and(|o| o.demo)));
    let clear = move || app.run_command(Command::ClearDemo, app.locale.get_untracked().t().shell.done_demo_cleared);
    view! {
        <Show when=move || demo.get()>
            <div class="demo-banner">
                {icon(Icon::Shop)} <span>{move || words(app.t())}</span>
                <Button on_click=clear>{move || app.t().today.demo_clear}</Button>
            </div>
        </Show>
    }
}

/// Reminds of a backup, gently: it can be put off for this visit, and the days can be changed.
#[component]
fn BackupBanner() -> impl IntoView {
    let app = use_app();
    let reminder = use_reminder();
    let later = app.health.later;
    let words = move || reminder_words(app.locale.get(), reminder.get()).filter(|_| !later.get());
    let shown = Memo::new(move |_| words().is_some());
    view! {
        <Show when=move || shown.get()>
            <div class="demo-banner backup-banner">
                {icon(Icon::Shield)} <span>{shared(words)}</span>
                <Button icon=Icon::Download busy=app.health.busy on_click=move || back_up(app)>
                    {move || app.t().backup.back_up_now}
                </Button>
                <Button kind=ButtonKind::Quiet on_click=move || later.set(true)>{move || app.t().backup.remind_later}</Button>
                <a href=Route::Settings(None).href()>{move || app.t().backup.remind_change}</a>
            </div>
        </Show>
    }
}

#[component]
fn Body(today: Memo<TodayView>) -> impl IntoView {
    let app = use_app();
    let t = move || &app.t().today;
    let words = move |pick: fn(&'static TodayTexts) -> &'static str| Signal::derive(move || pick(t()).to_owned());
    let overview = use_overview();
    // Who never asks anybody has no list of the unhappy.
    let asked = Memo::new(move |_| overview.with(|o| o.data.as_ref().is_some_and(|o| o.responses > 0)));
    // Without orders nobody has a rhythm to keep or to lose.
    let bought = Memo::new(move |_| overview.with(|o| o.data.as_ref().is_some_and(|o| o.orders > 0)));
    view! {
        <Answer today bought />
        <div class="today-lists">
            <Show when=move || bought.get()>
                <People
                    title=words(|t| t.drifting_title)
                    note=words(|t| t.drifting_note)
                    none=words(|t| t.drifting_none)
                    message=|t| t.message_drifting
                    rows=Memo::new(move |_| today.with(|v| v.drifting.iter().cloned().map(|r| (None, r)).collect()))
                    total=Memo::new(move |_| today.with(|v| v.drifting_total.customers))
                    all=drifting()
                />
            </Show>
            <Show when=move || asked.get()>
                <People
                    title=words(|t| t.unhappy_title)
                    note=words(|t| t.unhappy_note)
                    none=words(|t| t.unhappy_none)
                    message=|t| t.message_unhappy
                    rows=Memo::new(move |_| today.with(|v| v.unhappy.iter().cloned().map(|r| (None, r)).collect()))
                    total=Memo::new(move |_| today.with(|v| v.unhappy_total))
                    all=Filter { mood: Some(Mood::Unhappy), ..Filter::default() }
                />
            </Show>
            <Show when=move || bought.get()>
                <People
                    title=words(|t| t.sleepers_title)
                    note=words(|t| t.sleepers_note)
                    none=words(|t| t.sleepers_none)
                    message=|t| t.message_sleeper
                    rows=Memo::new(move |_| today.with(|v| v.new_sleepers.iter().cloned().map(|r| (None, r)).collect()))
                    total=Memo::new(move |_| today.with(|v| v.new_sleepers_total))
                    all=with_activity(Activity::FellAsleep)
                />
            </Show>
            <People
                title=words(|t| t.birthdays_title)
                none=words(|t| t.birthdays_none_known)
                message=|t| t.message_birthday
                rows=Memo::new(move |_| today.with(|v| v.birthdays.iter().cloned().map(|b| (Some((b.day, b.at)), b.who)).collect()))
                total=Memo::new(move |_| today.with(|v| v.birthdays.len() as u64))
                calendar=true
            />
        </div>
        <Stale />
        <p class="quiet-text">
            <a href=Route::Data(DataTab::Duplicates).href()>{move || app.t().duplicates.find}</a>
        </p>
    }
}

/// The one sentence with the answer, its numbers linked.
#[component]
fn Answer(today: Memo<TodayView>, bought: Memo<bool>) -> impl IntoView {
    let app = use_app();
    let (currency, overview) = (use_currency(), use_overview());
    let words = move || {
        let (locale, t) = (app.locale.get(), &app.t().today);
        let v = today.get();
        if !bought.get() {
            return t.answer_no_orders.into_any();
        }
        if v.active_customers == 0 {
            return t.answer_no_sales.into_any();
        }
        let drifters = v.drifting_total.customers;
        let text = if drifters == 0 { t.answer_calm } else { form(t.answer, drifters) };
        let people = |n: u64| fill(form(t.customers_n, n), &[("n", &locale.int(n))]);
        let active = Route::customers(with_activity(Activity::Active)).href();
        let away = Route::customers(drifting()).href();
        sentence(text, |slot| match slot {
            "active" => linked(people(v.active_customers), active.clone()),
            "revenue" => linked(locale.money_round(v.active_revenue_minor, currency.get()), active.clone()),
            "drifting" => linked(locale.int(v.drifting_total.customers), away.clone()),
            _ => linked(locale.money_round(v.drifting_total.profit_minor, currency.get()), away.clone()),
        })
        .into_any()
    };
    let note = move || {
        let (t, locale) = (&app.t().today, app.locale.get());
        overview.with(|o| {
            // Nobody chose the day, and it is not today: the newest order is old.
            let o = o.data.as_ref().filter(|o| !o.as_of_is_chosen && o.as_of != device::today())?;
            Some(fill(t.as_of_note, &[("date", &locale.date(o.as_of))]))
        })
    };
    view! {
        <p class="answer">{shared(words)}</p>
        <Show when=move || !bought.get()>
            <p>
                <LinkButton kind=ButtonKind::Primary icon=Icon::Upload href=Route::Data(DataTab::Import).href()>
                    {move || app.t().shell.import_orders}
                </LinkButton>
            </p>
        </Show>
        {dynamic(move || note().map(|n| view! { <p class="quiet-text">{n}</p> }))}
    }
}

/// A birthday, and where those are who are no customers themselves.
type Near = (Day, Option<String>);

/// A list of customers with why they are there and what to do.
#[component]
fn People(
    #[prop(into)] title: Signal<String>,
    #[prop(optional, into)] note: Signal<String>,
    /// What it says when nobody is on the list.
    #[prop(into)]
    none: Signal<String>,
    /// The message to copy.
    message: fn(&TodayTexts) -> &'static str,
    rows: Memo<Vec<(Option<Near>, CustomerRow)>>,
    total: Memo<u64>,
    /// The whole list.
    #[prop(optional)]
    all: Option<Filter>,
    /// With the way into a calendar.
    #[prop(optional)]
    calendar: bool,
) -> impl IntoView {
    let app = use_app();
    let (currency, tiers) = (use_currency(), use_tiers());
    let person = move |(day, row): (Option<Near>, CustomerRow)| {
        let shown = tiers.with(|tiers| Shown::of(&row, day, app.locale.get(), currency.get(), tiers));
        view! { <Person row shown message /> }
    };
    let href = all.map(|filter| Route::customers(filter).href());
    view! {
        <section class="card">
            <div class="card-head">
                <div>
                    <h2>{move || title.get()}</h2>
                    <p>{move || if total.get() == 0 { String::new() } else { note.get() }}</p>
                </div>
                {calendar.then(|| view! { <CalendarButton /> })}
                {href
                    .map(|href| {
                        view! {
                            <Show when=move || { total.get() > 0 }>
                                <a href=href.clone()>
                                    {move || fill(app.t().today.see_all, &[("n", &app.locale.get().int(total.get()))])}
                                </a>
                            </Show>
                        }
                    })}
            </div>
            <Show when=move || rows.with(Vec::is_empty)>
                <p class="card-empty">{move || none.get()}</p>
            </Show>
            <ul class="people">{dynamic(move || rows.get().into_iter().map(person).collect_view())}</ul>
        </section>
    }
}

/// A row in words.
struct Shown {
    marks: AnyView,
    why: String,
    worth: String,
}

impl Shown {
    fn of(row: &CustomerRow, birthday: Option<Near>, locale: Locale, currency: Currency, tiers: &[TierRule]) -> Self {
        let (t, m) = (&locale.t().today, &row.metrics);
        let now = m.days_since_last_purchase.map(|n| (n, locale.int(n)));
        let why = match (birthday, now, m.median_interval_days) {
            (Some((day, Some(at))), _, _) => format!("{} · {at}", locale.month_day(day)),
            (Some((day, None)), _, _) => locale.month_day(day),
            (None, Some((days, _)), Some(usual)) if !m.thin => {
                let n_days = |days: i64| plural(locale.t().common.n_days, days.unsigned_abs(), &[("n", &locale.int(days))]);
                let (usual, since) = (n_days(usual.round() as i64), n_days(days));
                fill(locale.t().cadence.evidence, &[("usual", &usual), ("since", &since)])
            }
            (None, Some((days, now)), _) => plural(t.away, days.unsigned_abs(), &[("now", &now)]),
            (None, None, _) => String::new(),
        };
        let marks = marks(locale, m, tiers).into_any();
        Self { marks, why, worth: locale.money_round(m.profit_minor, currency) }
    }
}

fn copy(app: App, text: String) {
    spawn_local(async move {
        let done = browser::copy(&text).await;
        let t = &app.locale.get_untracked().t().today;
        let (words, tone) = if done { (t.message_copied, Tone::Done) } else { (t.copy_refused, Tone::Failed) };
        app.toasts.show(words, tone, None);
    });
}

#[component]
fn Person(row: CustomerRow, shown: Shown, message: fn(&TodayTexts) -> &'static str) -> impl IntoView {
    let app = use_app();
    let Shown { marks, why, worth } = shown;
    let href = Route::Customer(row.id).href();
    let name = row.name.clone();
    let copy_text = move || {
        let text = fill(message(&app.locale.get_untracked().t().today), &[("name", &name)]);
        copy(app, text);
    };
    let phone = (!row.phone.is_empty()).then(|| {
        let (name, tel) = (row.name.clone(), format!("tel:{}", row.phone.replace(char::is_whitespace, "")));
        let label = move || fill(app.t().today.call, &[("name", &name)]);
        view! { <a class="icon-button" href=tel title=label.clone() aria-label=label>{icon(Icon::Phone)}</a> }
    });
    view! {
        <li>
            <div class="person-name">
                <a href=href.clone()>{row.name}</a>
                <span class="marks">{marks}</span>
            </div>
            <span class="person-why">{why}</span>
            <span class="person-worth num" title=move || app.t().today.worth>
                <small>{move || app.t().common.profit}</small>
                {worth}
            </span>
            <span class="person-actions">
                {phone}
                <Button kind=ButtonKind::Quiet icon=Icon::Copy on_click=copy_text>{move || app.t().today.copy_message}</Button>
                <a class="button quiet" href=href>{icon(Icon::Note)} <span>{move || app.t().today.log}</span></a>
            </span>
        </li>
    }
}
