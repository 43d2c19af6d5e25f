//! One customer: figures, timeline, facts, and a place to note what just happened.

mod answer;
mod brought;
mod figures;
mod log;
mod order;
mod order_dialog;
mod outlook;
mod panels;
mod people;
mod profile;
mod quick;
mod response;
mod rights;
mod timeline;

use crate::ui::prelude::*;

use self::answer::{Asked, QuickAnswer};
use self::brought::Brought;
use self::figures::Figures;
use self::log::QuickLog;
use self::order_dialog::OrderDialog;
use self::outlook::Outlook;
use self::panels::SevenPanels;
use self::people::People;
use self::profile::Profile;
use self::quick::{KindFilter, QuickEntry};
use self::rights::Rights;
use self::timeline::Timeline;
pub(super) use self::timeline::words as timeline_words;
use super::customers::marks;
use super::record::{Opened, use_forms};
use super::segments::Habits;
use crate::domain::{Id, Kind, OrderDraft};
use crate::engine::api::{Command, CustomerView, Filter, Query, RecordRow, Topic};
use crate::locale::{fill, form};
use crate::ui::browser;
use crate::ui::app::{use_app, use_currency, use_overview, use_tiers};
use crate::ui::components::{
    Button, ButtonKind, EmptyState, ErrorState, Icon, LinkButton, Loaded, Skeleton, icon, sentence, strong,
};
use crate::ui::format::Format;
use crate::ui::query::use_query;
use crate::ui::route::{DataTab, Route};

/// What can change this page.
const TOPICS: &[Topic] = &[Topic::Customers, Topic::Orders, Topic::Products, Topic::Interactions, Topic::Responses, Topic::Settings, Topic::Records];
/// Timeline items at first, and more at each “show more”.
const PAGE: u32 = 40;

/// An order being written: new, or one that is there with its product names.
#[derive(Clone, Debug, PartialEq)]
enum Writing {
    New,
    Known { id: Id, draft: Box<OrderDraft>, names: Vec<String>, record: RecordRow },
}

#[component]
pub fn CustomerPage(id: Id) -> impl IntoView {
    let app = use_app();
    let limit = RwSignal::new(PAGE);
    let shown = RwSignal::new(None::<Kind>);
    let state = use_query::<Option<Box<CustomerView>>>(
        move || Query::Customer { id, as_of: app.as_of.get(), timeline_offset: 0, timeline_limit: limit.get(), kinds: shown.get().into_iter().collect() },
        TOPICS,
    );
    let loading = move || {
        let label = Signal::derive(move || app.t().common.loading.to_owned());
        view! { <div class="page"><Skeleton lines=9 label /></div> }
    };
    let failed = Callback::new(move |error| {
        let title = Signal::derive(move || app.t().errors.load_failed.to_owned());
        let body = Signal::derive(move || app.locale.get().command_error(&error));
        view! { <div class="page"><ErrorState title body /></div> }.into_any()
    });
    let show = move |found: Memo<Option<Box<CustomerView>>>| {
        let here = Memo::new(move |_| found.with(Option::is_some));
        (move || match found.get_untracked().filter(|_| here.get()) {
            Some(first) => {
                let customer = Memo::new(move |before: Option<&CustomerView>| {
                    let now = found.with(|f| f.as_deref().cloned());
                    now.or_else(|| before.cloned()).unwrap_or_else(|| (*first).clone())
                });
                view! { <Here id customer limit shown /> }.into_any()
            }
            None => view! { <Gone /> }.into_any(),
        })
        .into_any()
    };
    view! { <Loaded state loading failed view=show /> }
}

/// The record is not there, or in the trash.
#[component]
fn Gone() -> impl IntoView {
    let app = use_app();
    view! {
        <div class="page narrow">
            <h1 class="visually-hidden" tabindex="-1">{move || app.t().customer.gone_title}</h1>
            <EmptyState
                title=Signal::derive(move || app.t().customer.gone_title.to_owned())
                body=Signal::derive(move || app.t().customer.gone_body.to_owned())
            >
                <LinkButton href=Route::Data(DataTab::Trash).href()>{move || app.t().customer.open_trash}</LinkButton>
                <LinkButton href=Route::customers(Filter::default()).href()>{move || app.t().customer.to_list}</LinkButton>
            </EmptyState>
        </div>
    }
}

#[component]
fn Here(id: Id, customer: Memo<CustomerView>, limit: RwSignal<u32>, shown: RwSignal<Option<Kind>>) -> impl IntoView {
    let app = use_app();
    let writing = RwSignal::new(None::<Writing>);
    // An order asks for an answer from inside its lines, an answer to be corrected.
    let asked = RwSignal::new(None::<Asked>);
    provide_context(asked);
    view! {
        <div class="page customer">
            <Head customer writing />
            <Figures customer />
            <SevenPanels customer />
            <div class="customer-body">
                <section class="timeline" aria-labelledby="timeline-title">
                    <h2 id="timeline-title">{move || app.t().customer.timeline}</h2>
                    <QuickLog customer=id />
                    <QuickEntry customer writing />
                    <QuickAnswer customer=id asked />
                    <KindFilter customer shown />
                    <Timeline customer writing />
                    <Show when=move || customer.with(|c| (c.timeline.len() as u64) < c.timeline_total)>
                        <div class="timeline-more">
                            <Button on_click=move || limit.update(|l| *l += PAGE * 2)>{move || app.t().common.more}</Button>
                        </div>
                    </Show>
                </section>
                <div class="customer-side">
                    <Profile customer />
                    <People customer />
                    <Outlook id />
                    <Habits id />
                    <Rights customer />
                </div>
            </div>
            <OrderDialog customer=id writing />
        </div>
    }
}

#[component]
fn Head(customer: Memo<CustomerView>, writing: RwSignal<Option<Writing>>) -> impl IntoView {
    let app = use_app();
    let tiers = use_tiers();
    let forms = use_forms();
    let name = Memo::new(move |_| customer.with(title));
    Effect::new(move |_| app.subject.set(Some(name.get())));
    on_cleanup(move || app.subject.set(None));
    let delete = move || {
        let said = fill(app.locale.get_untracked().t().shell.done_deleted, &[("what", &name.get_untracked())]);
        app.run_command(Command::Delete { ids: vec![customer.with_untracked(|c| c.id)] }, said);
        app.go(&Route::customers(Filter::default()));
    };
    view! {
        <header class="page-head">
            <div>
                <a class="back" href=Route::customers(Filter::default()).href()>
                    {icon(Icon::Left)} {move || app.t().customer.to_list}
                </a>
                <h1 tabindex="-1">{move || name.get()}</h1>
                <p class="marks">
                    {move || customer.with(|c| tiers.with(|tiers| marks(app.locale.get(), &c.metrics, tiers)))}
                    {dynamic(move || customer.with(|c| c.profile.tags.iter().map(|t| view! { <span class="tag">"#"{t.clone()}</span> }).collect_view()))}
                </p>
                <Answer customer />
                <Brought id=customer.with_untracked(|c| c.id) />
            </div>
            <div class="page-actions">
                <Button kind=ButtonKind::Primary icon=Icon::Plus on_click=move || writing.set(Some(Writing::New))>
                    {move || app.t().customer.add_order}
                </Button>
                <Button icon=Icon::Print on_click=browser::print>{move || app.t().person.print}</Button>
                <Button icon=Icon::Edit on_click=move || forms.open(Opened::edit(customer.with_untracked(|c| c.record.clone())))>{move || app.t().common.edit}</Button>
                <Button kind=ButtonKind::Danger icon=Icon::Trash on_click=delete>{move || app.t().common.delete}</Button>
            </div>
        </header>
    }
}

/// The name, or the number by which a file knows the customer.
fn title(customer: &CustomerView) -> String {
    let profile = &customer.profile;
    [&profile.name, &profile.company, &profile.key].into_iter().find(|t| !t.is_empty()).cloned().unwrap_or_default()
}

#[component]
fn Answer(customer: Memo<CustomerView>) -> impl IntoView {
    let app = use_app();
    let (currency, overview) = (use_currency(), use_overview());
    let words = move || {
        let (locale, t) = (app.locale.get(), &app.t().customer);
        let m = customer.with(|c| c.metrics.clone());
        let Some(last) = m.last else { return t.answer_prospect.into_any() };
        let today = overview.with(|o| o.data.as_ref().map(|o| o.as_of));
        let when = today.map_or_else(|| locale.date(last), |today| locale.day_relative(last, today));
        let money = locale.money(m.revenue_minor, currency.get());
        let times = u64::from(m.purchases);
        sentence(form(t.answer, times), |slot| match slot {
            "n" => strong(locale.int(times)),
            "money" => strong(money.clone()),
            _ => strong(when.clone()),
        })
        .into_any()
    };
    view! { <p class="answer">{shared(words)}</p> }
}
