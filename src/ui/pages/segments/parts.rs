//! What the four tabs share: the heading with its sentence, and the states around an answer.

use crate::ui::prelude::*;

use crate::domain::Currency;
use crate::domain::Day;
use crate::engine::api::{CommandError, Filter, MovedBy};
use crate::locale::{Locale, fill, plural};
use crate::ui::app::{use_app, use_overview};
use crate::ui::components::{self, Button, ButtonKind, EmptyState, Icon, LinkButton, Loaded, Skeleton, linked, strong};
use crate::ui::format::Format;
use crate::ui::model::query::QueryState;
use crate::ui::pages::failed;
use crate::ui::route::{DataTab, Route, SettingGroup};

/// With fewer customers the picture is shown with a warning.
pub const THIN: u64 = 20;

/// A value in a sentence; with a route it is a link.
pub struct Slot {
    pub name: &'static str,
    pub text: String,
    pub route: Option<Route>,
}

impl Slot {
    pub fn plain(name: &'static str, text: String) -> Self {
        Self { name, text, route: None }
    }

    /// A link to the customers that `filter` holds.
    pub fn customers(name: &'static str, text: String, filter: Filter) -> Self {
        Self { name, text, route: Some(Route::customers(filter)) }
    }
}

/// A sentence with its values linked.
pub fn sentence(text: &str, slots: Vec<Slot>) -> AnyView {
    let value = |name: &str| match slots.iter().find(|s| s.name == name) {
        Some(Slot { text, route: Some(route), .. }) => linked(text.clone(), route.href()),
        Some(Slot { text, .. }) => strong(text.clone()),
        None => strong(String::new()),
    };
    components::sentence(text, value).into_any()
}

/// Which orders the amounts of a page leave out, by currency: there are no rates in the book, and no sum is made over several.
#[component]
fn OtherCurrencies() -> impl IntoView {
    let (app, overview) = (use_app(), use_overview());
    let words = move || {
        let locale = app.locale.get();
        let t = &locale.t().retention;
        let one = |(code, n, minor): &(String, u64, i64)| {
            let money = Currency::parse(code).map(|currency| locale.money(*minor, currency)).unwrap_or_default();
            fill(t.currency_orders, &[("n", &locale.int(*n)), ("code", code), ("money", &money)])
        };
        overview.with(|o| {
            let book = o.data.as_ref().filter(|book| !book.other_currencies.is_empty())?;
            let others = book.other_currencies.iter().map(one).collect::<Vec<_>>().join(locale.comma());
            Some(fill(t.currencies, &[("currency", book.currency.code()), ("others", &others)]))
        })
    };
    dynamic(move || words().map(|words| view! { <p class="remark other-currencies">{words}</p> }))
}

/// “312 customers”.
pub fn customers(locale: Locale, n: u64) -> String {
    plural(locale.t().common.n_customers, n, &[("n", &locale.int(n))])
}

/// A part of a whole, 0 where there is no whole.
pub fn share(part: i64, whole: i64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// The title, the answer to a query and all states around it. `n` is how many customers the answer rests on.
#[component]
pub fn Question<T>(
    #[prop(into)] title: Signal<String>,
    state: Signal<QueryState<T>>,
    n: fn(&T) -> u64,
    view: fn(Memo<T>) -> AnyView,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let app = use_app();
    let loading = move || view! { <Skeleton lines=10 label=Signal::derive(move || app.t().common.loading.to_owned()) /> };
    let show = move |answer: Memo<T>| {
        let count = Memo::new(move |_| answer.with(n));
        let empty = Memo::new(move |_| count.get() == 0);
        (move || {
            if empty.get() {
                view! { <Nobody /> }.into_any()
            } else {
                view! {
                    {view(answer)}
                    <Thin n=count />
                    <OtherCurrencies />
                }
                .into_any()
            }
        })
        .into_any()
    };
    view! {
        <h1 tabindex="-1">{move || title.get()}</h1>
        {dynamic(move || stale_error(state).map(|error| failed(app).run(error)))}
        <Loaded state loading failed=failed(app) view=show />
    }
}

/// Why the answer that is shown is not the newest.
fn stale_error<T: Clone + PartialEq + Send + Sync + 'static>(state: Signal<QueryState<T>>) -> Option<CommandError> {
    state.with(|s| s.error.clone().filter(|_| s.data.is_some()))
}

/// Nothing to show: nobody had bought by the chosen day, or there are no orders.
#[component]
fn Nobody() -> impl IntoView {
    let overview = use_overview();
    let before = Memo::new(move |_| {
        overview.with(|o| {
            let book = o.data.as_ref().filter(|book| book.as_of_is_chosen)?;
            Some((book.as_of, book.first_order?.day(), book.last_order?.day()))
        })
    });
    dynamic(move || before.get().map_or_else(no_orders, |(as_of, first, last)| too_early(as_of, first, last)))
}

fn too_early(as_of: Day, first: Day, last: Day) -> AnyView {
    let app = use_app();
    let filled = move |text: fn(&crate::locale::SegmentsTexts) -> &'static str| {
        Signal::derive(move || {
            let [day, first, last] = [as_of, first, last].map(|day| app.locale.get().date(day));
            fill(text(&app.t().segments), &[("day", &day), ("first", &first), ("last", &last)])
        })
    };
    view! {
        <EmptyState title=filled(|t| t.early_title) body=filled(|t| t.early_body)>
            <Button kind=ButtonKind::Primary on_click=Callback::new(move |()| app.choose_day(None))>
                {move || app.t().shell.as_of_reset}
            </Button>
        </EmptyState>
    }
    .into_any()
}

fn no_orders() -> AnyView {
    let app = use_app();
    view! {
        <EmptyState
            title=Signal::derive(move || app.t().segments.empty_title.to_owned())
            body=Signal::derive(move || app.t().segments.empty_body.to_owned())
        >
            <LinkButton kind=ButtonKind::Primary icon=Icon::Upload href=Route::Data(DataTab::Import).href()>
                {move || app.t().shell.import_orders}
            </LinkButton>
        </EmptyState>
    }
    .into_any()
}

/// Says so when the picture rests on few customers.
#[component]
fn Thin(n: Memo<u64>) -> impl IntoView {
    let app = use_app();
    let words = move || {
        let (n, locale) = (n.get(), app.locale.get());
        (n < THIN).then(|| plural(locale.t().segments.thin_n, n, &[("n", &locale.int(n))]))
    };
    dynamic(move || words().map(|words| view! { <p class="remark warn">{words}</p> }))
}

/// The facts that every explanation ends with: n and the as-of day.
pub fn common_facts(locale: Locale, n: u64, as_of: Option<Day>) -> Vec<(String, String)> {
    facts_of(locale, locale.t().segments.how_n, n, as_of)
}

/// The same of other people than customers with a purchase.
pub fn facts_of(locale: Locale, whom: &str, n: u64, as_of: Option<Day>) -> Vec<(String, String)> {
    let t = &locale.t().segments;
    let mut out = vec![(whom.to_owned(), locale.int(n))];
    out.extend(as_of.map(|day| (t.how_as_of.to_owned(), locale.date(day))));
    out
}

/// Where it is set what customers move between.
pub fn setting_of(by: MovedBy) -> SettingGroup {
    match by {
        MovedBy::Kotler => SettingGroup::Kotler,
        MovedBy::Tier => SettingGroup::Tiers,
        MovedBy::Dormancy => SettingGroup::Dormancy,
    }
}

/// The day that the figures stand for.
pub fn use_as_of() -> Memo<Option<Day>> {
    let overview = use_overview();
    Memo::new(move |_| overview.with(|o| o.data.as_ref().map(|o| o.as_of)))
}

/// How much of the profit rests on the default margin, with the way to mend it; nothing where all costs are known.
pub fn assumed_note(locale: Locale, assumed_bp: i64) -> Option<AnyView> {
    let t = &locale.t().segments;
    (assumed_bp > 0).then(|| {
        view! {
            <p class="remark">
                {fill(t.assumed, &[("share", &locale.percent(assumed_bp as f64 / 10_000.0, 0))])} {locale.gap()}
                <a href=Route::Data(DataTab::Products).href()>{t.assumed_fix}</a>
            </p>
        }
        .into_any()
    })
}

/// Revenue and profit of a group, in words for a table.
pub fn money_cells(locale: Locale, currency: Currency, revenue_minor: i64, profit_minor: i64) -> [String; 2] {
    [locale.money_round(revenue_minor, currency), locale.money_round(profit_minor, currency)]
}
