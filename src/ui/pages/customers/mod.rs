//! The list of customers: search, filters, the table, a quick look at the side.

mod bulk;
mod chips;
mod columns;
mod conditions;
mod export;
mod filters;
mod list;
mod quick_look;
mod sorting;
mod views;
mod words;

use crate::ui::prelude::*;

use self::bulk::{BulkBar, Choosers};
use self::chips::Chips;
use self::conditions::{ConditionButton, SaveAsSegment};
use self::views::ViewsButton;
use self::columns::{Columns, ColumnsButton};
use self::filters::Filters;
use self::list::List;
pub(super) use self::list::{marks, mood_tone, use_look, use_look_with};
pub(super) use self::words::{Look, label};
use crate::domain::Kind;
use crate::engine::api::{CustomerList, Filter, Query, Sort, SortKey, Topic};
use crate::locale::plural;
use crate::ui::app::{use_app, use_currency, use_overview};
use crate::ui::components::{ButtonKind, Icon, LinkButton, icon, sentence, strong};
use crate::ui::format::Format;
use crate::ui::model::columns::{looking_ahead, usual};
use crate::ui::model::picks::Picks;
use crate::ui::pages::record::{Opened, use_forms};
use crate::ui::query::use_query;
use crate::ui::route::{DataTab, Route};

/// The list's own order: who bought last.
const DEFAULT_SORT: Sort = Sort { by: SortKey::LastPurchase, descending: true };

/// The order in which a list is shown where nobody chose one: while something is searched for, what fits best comes first.
fn usual_sort(filter: &Filter) -> Sort {
    if filter.search.trim().is_empty() { DEFAULT_SORT } else { Sort { by: SortKey::Match, descending: true } }
}

/// What can change a row of the list.
const TOPICS: &[Topic] =
    &[Topic::Customers, Topic::Orders, Topic::Products, Topic::Interactions, Topic::Responses, Topic::Settings, Topic::Records];

#[component]
pub fn CustomersPage() -> impl IntoView {
    let app = use_app();
    let filter = Memo::new(move |_| {
        app.route.with(|r| if let Route::Customers { filter, .. } = r { (**filter).clone() } else { Filter::default() })
    });
    let sort = Memo::new(move |_| {
        let chosen = app.route.with(|r| if let Route::Customers { sort, .. } = r { *sort } else { None });
        chosen.unwrap_or_else(|| filter.with(usual_sort))
    });
    let columns = Columns::load();
    // A phone's cards have the columns that matter.
    let shown = Memo::new(move |_| {
        let list = if app.phone.get() { usual() } else { columns.0.get() };
        filter.with(|filter| looking_ahead(list, filter, sort.get()))
    });
    let asked = Memo::new(move |_| shown.with(|shown| shown.iter().map(|s| s.column).collect::<Vec<_>>()));
    let window = RwSignal::new((0u32, 128u32));
    let asked_for = use_query::<CustomerList>(
        move || {
            let (offset, limit) = window.get();
            let (filter, sort, columns) = (filter.get(), sort.get(), asked.get());
            Query::Customers { as_of: app.as_of.get(), filter, sort, columns, offset, limit }
        },
        TOPICS,
    );
    // The rows of an earlier question do not answer this one.
    let state = Signal::derive(move || asked_for.get().unless_stopped());
    let total = Memo::new(move |_| state.with(|s| s.data.as_ref().map(|d| d.total)));
    let all = app.choose_all.with_untracked(|those| those.as_ref().is_some_and(|those| app.route.with_untracked(|r| r == those)));
    let picks = if all { Picks::all() } else { Picks::default() };
    app.choose_all.set(None);
    let choosers = Choosers { picks: RwSignal::new(picks), filter, sort, total, shown: asked };
    // Another list is another choice.
    Effect::new(move |before: Option<()>| {
        filter.track();
        app.as_of.track();
        if before.is_some() {
            choosers.picks.set(Picks::default());
        }
    });
    let forms = use_forms();
    let adding = Memo::new(move |_| app.route.with(|r| *r == Route::NewCustomer));
    Effect::new(move |before: Option<bool>| {
        let now = adding.get();
        if now {
            // In place of the form: Back does not open it again.
            let saved = Callback::new(move |id| app.replace(Route::Customer(id)));
            let closed = Callback::new(move |()| app.replace(Route::customers(Filter::default())));
            forms.open(Opened::new(Kind::Customer).then(saved, closed));
        } else if before == Some(true) {
            forms.leave();
        }
        now
    });
    // To another page, or back: the effect hears no more of it.
    on_cleanup(move || forms.leave());
    view! {
        <div class="page customers">
            <header class="page-head">
                <div>
                    <h1 tabindex="-1">{move || app.t().customers.title}</h1>
                    <Answer filter total />
                </div>
                <div class="page-actions">
                    <LinkButton kind=ButtonKind::Quiet icon=Icon::Customers href=Route::Data(DataTab::Duplicates).href()>
                        {move || app.t().duplicates.find}
                    </LinkButton>
                    <export::ExportMenu choosers />
                    <LinkButton kind=ButtonKind::Primary icon=Icon::Plus href=Route::NewCustomer.href()>
                        {move || app.t().customers.add}
                    </LinkButton>
                </div>
            </header>
            <div class="toolbar">
                <SearchBox filter sort />
                <Filters filter />
                <ConditionButton filter />
                <sorting::SortMenu choosers />
                <Show when=move || !app.phone.get()>
                    <ColumnsButton shown=columns />
                </Show>
                <ViewsButton shown=columns />
                <Chips filter />
                <SaveAsSegment filter />
            </div>
            <List state choosers shown columns window />
            <BulkBar choosers />
        </div>
    }
}

/// The one sentence: how many, worth what.
#[component]
fn Answer(filter: Memo<Filter>, total: Memo<Option<u64>>) -> impl IntoView {
    let app = use_app();
    let overview = use_overview();
    let currency = use_currency();
    let words = move || {
        let total = total.get()?;
        let (t, locale) = (&app.t().customers, app.locale.get());
        let revenue = overview.with(|o| o.data.as_ref().map(|o| o.total_minor - o.anonymous_minor));
        let text = match revenue {
            Some(minor) if filter.with(|f| *f == Filter::default()) => {
                let money = locale.money_round(minor, currency.get());
                let form = crate::locale::form(t.answer_all, total);
                return Some(
                    sentence(form, |slot| strong(if slot == "n" { locale.int(total) } else { money.clone() })).into_any(),
                );
            }
            _ => plural(t.answer_some, total, &[("n", &locale.int(total))]),
        };
        Some(text.into_any())
    };
    view! { <p class="answer" aria-live="polite">{shared(words)}</p> }
}

/// Searches while typing; the address follows without filling the browser's history.
#[component]
fn SearchBox(filter: Memo<Filter>, sort: Memo<Sort>) -> impl IntoView {
    let app = use_app();
    let typed = move |event| {
        let before = filter.get_untracked();
        let sort = Some(sort.get_untracked()).filter(|sort| *sort != usual_sort(&before));
        let filter = Filter { search: event_target_value(&event), ..before };
        app.replace(Route::Customers { filter: Box::new(filter), sort });
    };
    view! {
        <div class="search-field">
            {icon(Icon::Search)}
            <input
                type="search"
                aria-label=move || app.t().customers.search
                placeholder=move || app.t().customers.search
                prop:value=move || filter.with(|f| f.search.clone())
                on:input=typed
            />
        </div>
    }
}
