//! The table of customers with its quick look.

use crate::ui::prelude::*;

use leptos::task::spawn_local;

use super::bulk::Choosers;
use super::quick_look::QuickLook;
use super::usual_sort;
use crate::domain::{Currency, Day, Id, TierRule};
use crate::engine::api::{
    Answer, CustomerList, CustomerRow, Dormancy, Filter, Found, FoundIn, Metrics, Mood, Query, Sort, SortKey,
};
use crate::locale::{Locale, fill};
use crate::ui::app::{App, use_app, use_currency, use_overview, use_tiers};
use crate::ui::components::{
    Badge, BadgeTone, Choice, Choosing, Column, Drawer, EmptyState, ErrorState, KotlerMark, LinkButton, VirtualTable, Window, marked,
};
use crate::ui::format::Format;
use crate::ui::model::picks::Picks;
use crate::ui::model::query::QueryState;
use crate::ui::pages::segments::chance_bar;
use crate::ui::route::{DataTab, Route};

/// Columns that can be sorted by, with their keys.
const SORTED: [(&str, SortKey); 9] = [
    ("name", SortKey::Name),
    ("tier", SortKey::Tier),
    ("last", SortKey::LastPurchase),
    ("purchases", SortKey::Purchases),
    ("revenue", SortKey::Revenue),
    ("profit", SortKey::Profit),
    ("mood", SortKey::Satisfaction),
    ("worth", SortKey::Clv),
    ("there", SortKey::Alive),
];

/// A list by what is to come shows that in place of revenue and dormancy.
fn looks_ahead(filter: &Filter, sort: Sort) -> bool {
    filter.at_risk.is_some() || matches!(sort.by, SortKey::Clv | SortKey::Alive)
}

fn columns(locale: Locale, sort: Sort, ahead: bool) -> Vec<Column> {
    let w = &locale.t().worth;
    let (c, t) = (&locale.t().common, &locale.t().customers);
    let all = [
        ("name", c.customer, "c-name"),
        ("tier", c.tier, "c-tier"),
        ("group", t.group_short, "c-group"),
        ("rfm", c.rfm, "c-rfm"),
        ("last", c.last_purchase, "c-last"),
        ("purchases", c.purchases, "c-purchases num"),
        if ahead { ("worth", w.value, "c-revenue num") } else { ("revenue", c.revenue, "c-revenue num") },
        ("profit", c.profit, "c-profit num"),
        if ahead { ("there", w.there, "c-dormancy") } else { ("dormancy", c.dormancy, "c-dormancy") },
        ("mood", locale.t().satisfaction.mood, "c-mood"),
    ];
    all.into_iter()
        .map(|(key, label, class)| {
            let by = SORTED.iter().find(|(k, _)| *k == key).map(|(_, by)| *by);
            let sorted = by.filter(|by| *by == sort.by).map(|_| sort.descending);
            Column { key, label: label.to_owned(), class, sortable: by.is_some(), sorted }
        })
        .collect()
}

#[component]
pub(super) fn List(
    state: Signal<QueryState<CustomerList>>,
    choosers: Choosers,
    window: RwSignal<(u32, u32)>,
) -> impl IntoView {
    let app = use_app();
    let Choosers { filter, sort, .. } = choosers;
    let (currency, tiers, overview) = (use_currency(), use_tiers(), use_overview());
    let total = Memo::new(move |_| state.with(|s| s.data.as_ref().map_or(0, |d| d.total)));
    let rows = Memo::new(move |_| {
        state.with(|s| s.data.as_ref().map(|d| Window { offset: u64::from(d.offset), rows: d.rows.clone() }).unwrap_or_default())
    });
    let ahead = Memo::new(move |_| filter.with(|f| looks_ahead(f, sort.get())));
    let selected = RwSignal::new(None::<u64>);
    let as_of = Memo::new(move |_| overview.with(|o| o.data.as_ref().map(|o| o.as_of)));
    let open = move |index: u64| {
        if let Some(id) = rows.with_untracked(|w| w.row(index).map(|r| r.id)) {
            app.go(&Route::Customer(id));
        }
    };
    let sort_by = move |key: &'static str| {
        let Some((_, by)) = SORTED.iter().find(|(k, _)| *k == key) else { return };
        let now = sort.get_untracked();
        let descending = if now.by == *by { !now.descending } else { *by != SortKey::Name };
        let next = Sort { by: *by, descending };
        let sort = Some(next).filter(|next| *next != filter.with_untracked(usual_sort));
        app.go(&Route::Customers { filter: Box::new(filter.get_untracked()), sort });
    };
    let cells = move |row: CustomerRow| {
        let look = Look { locale: app.locale.get(), currency: currency.get(), as_of: as_of.get(), ahead: ahead.get() };
        tiers.with(|tiers| row_cells(row, &look, tiers))
    };
    let picked = Memo::new(move |_| selected.get().and_then(|i| rows.with(|w| w.row(i).cloned())));
    let version = Signal::derive(move || app.route.with(Route::href));
    let choosing = choosing(app, choosers, rows);
    let nothing = Memo::new(move |_| state.with(|s| s.data.as_ref().is_some_and(|d| d.total == 0)));
    let error = Memo::new(move |_| state.with(|s| s.error.clone()));
    view! {
        {move || error.get().map(|e| failed(app, e))}
        <Show when=move || nothing.get()>
            <Nothing filter />
        </Show>
        <div class="split" class:gone=move || nothing.get()>
            <VirtualTable
                label=Signal::derive(move || app.t().customers.list_label.to_owned())
                columns=Signal::derive(move || columns(app.locale.get(), sort.get(), ahead.get()))
                total
                rows
                cards=app.phone
                selected
                version
                cells
                on_window=move |w| window.set(w)
                on_open=open
                on_sort=sort_by
                choosing
            />
            <Drawer
                open=Signal::derive(move || picked.with(Option::is_some) && !app.phone.get())
                label=Signal::derive(move || app.t().customers.quick_look.to_owned())
            >
                <QuickLook row=picked selected total />
            </Drawer>
        </div>
    }
}

/// The boxes before the rows.
fn choosing(app: App, choosers: Choosers, rows: Memo<Window<CustomerRow>>) -> Choosing {
    let picks = choosers.picks;
    let id_at = move |index: u64| rows.with(|w| w.row(index).map(|r| r.id));
    let put = move |ids: &[Id], chosen: bool| picks.update(|p| p.put(ids, chosen));
    let act = move |choice: Choice| match choice {
        Choice::Turn(index) => {
            if let Some(id) = id_at(index) {
                put(&[id], !picks.with_untracked(|p| p.has(id)));
            }
        }
        Choice::Range { first, last, chosen } => match (first..=last).map(id_at).collect::<Option<Vec<Id>>>() {
            Some(ids) => put(&ids, chosen),
            // Some of them are not here.
            None => spawn_local(async move {
                let narrow = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
                let (filter, sort) = (choosers.filter.get_untracked(), choosers.sort.get_untracked());
                let (offset, limit) = (narrow(first), narrow(last - first + 1));
                let as_of = app.as_of.get_untracked();
                match app.client().ask(Query::CustomerIds { as_of, filter, sort, offset, limit }).await {
                    Ok(Answer::Ids(ids)) => drop(picks.try_update(|p| p.put(&ids, chosen))),
                    Ok(_) => {}
                    Err(error) => app.fail(&error),
                }
            }),
        },
        Choice::All => picks.set(Picks::all()),
        Choice::None => picks.set(Picks::default()),
    };
    let all = move || match (choosers.count(), choosers.total.get().unwrap_or(0)) {
        (0, _) => Some(false),
        (n, total) => (n >= total).then_some(true),
    };
    let name = move |index: u64| {
        let name = rows.with(|w| w.row(index).map(|r| r.name.clone())).unwrap_or_default();
        fill(app.t().list.choose, &[("name", &name)])
    };
    Choosing {
        is_chosen: Callback::new(move |index| id_at(index).is_some_and(|id| picks.with(|p| p.has(id)))),
        all: Signal::derive(all),
        act: Callback::new(act),
        name: Callback::new(name),
        name_of_all: Signal::derive(move || app.t().list.choose_all.to_owned()),
    }
}

fn failed(app: App, error: crate::engine::api::CommandError) -> impl IntoView {
    let title = Signal::derive(move || app.t().errors.load_failed.to_owned());
    let body = Signal::derive(move || app.locale.get().command_error(&error));
    view! { <ErrorState title body /> }
}

/// Why the list is empty and what to do.
#[component]
fn Nothing(filter: Memo<Filter>) -> impl IntoView {
    let app = use_app();
    let words = move |pick: fn(Locale) -> &'static str| Signal::derive(move || pick(app.locale.get()).to_owned());
    dynamic(move || {
        if filter.with(|f| *f == Filter::default()) {
            view! {
                <EmptyState title=words(|l| l.t().customers.none_title) body=words(|l| l.t().customers.none_body)>
                    <LinkButton href=Route::Data(DataTab::Import).href()>{move || app.t().shell.import_orders}</LinkButton>
                    <LinkButton href=Route::NewCustomer.href()>{move || app.t().customers.add}</LinkButton>
                </EmptyState>
            }
        } else {
            view! {
                <EmptyState title=words(|l| l.t().customers.no_match_title) body=words(|l| l.t().customers.no_match_body)>
                    <LinkButton href=Route::customers(Filter::default()).href()>
                        {move || app.t().customers.clear_filters}
                    </LinkButton>
                </EmptyState>
            }
        }
    })
}

/// How rows are shown.
struct Look {
    locale: Locale,
    currency: Currency,
    as_of: Option<Day>,
    /// By what is to come.
    ahead: bool,
}

fn dormancy_tone(step: Dormancy) -> BadgeTone {
    match step {
        Dormancy::Awake => BadgeTone::Good,
        Dormancy::Dozing | Dormancy::HalfAsleep => BadgeTone::Warn,
        Dormancy::Asleep => BadgeTone::Bad,
    }
}

pub(in crate::ui::pages) fn mood_tone(mood: Mood) -> BadgeTone {
    match mood {
        Mood::Unhappy => BadgeTone::Bad,
        Mood::Satisfied => BadgeTone::Info,
        Mood::Delighted => BadgeTone::Good,
        Mood::NoAnswer => BadgeTone::Plain,
    }
}

fn tier_tone(id: &str, tiers: &[TierRule]) -> BadgeTone {
    BadgeTone::Tier(tiers.iter().position(|t| t.id == id).unwrap_or(tiers.len()))
}

/// Tier, value group and dormancy of a customer, in words.
pub(in crate::ui::pages) fn marks(locale: Locale, m: &Metrics, tiers: &[TierRule]) -> impl IntoView + use<> {
    let tier =
        m.tier.as_deref().map(|id| view! { <Badge tone=tier_tone(id, tiers) text=locale.tier(id, tiers) /> });
    let group = m.kotler.map(|g| view! { <KotlerMark group=g name=locale.kotler(g) /> });
    let dormancy = m.dormancy.map(|d| view! { <Badge tone=dormancy_tone(d) text=locale.dormancy(d) /> });
    let mood = (m.answers > 0).then(|| view! { <Badge tone=mood_tone(m.mood) text=locale.satisfaction(m.mood) /> });
    view! { {tier} {group} {dormancy} {mood} }
}

fn row_cells(row: CustomerRow, look: &Look, tiers: &[TierRule]) -> AnyView {
    let Look { locale, currency, as_of, ahead } = *look;
    let m = row.metrics;
    let Found { name: marks, detail } = row.found.unwrap_or_default();
    let detail = detail.unwrap_or_else(|| {
        let text = [row.company, row.phone, row.country].into_iter().find(|d| !d.is_empty()).unwrap_or_default();
        FoundIn { text, marks: Vec::new() }
    });
    let tier = m.tier.map(|id| view! { <Badge tone=tier_tone(&id, tiers) text=locale.tier(&id, tiers) /> });
    let group = m.kotler.map(|g| view! { <KotlerMark group=g name=locale.kotler(g) bare=true /> });
    let rfm = m.rfm.map(|scores| scores.map(|s| s.to_string()).join("-")).unwrap_or_default();
    let exact = m.last.map(|day| locale.date(day));
    let last = m.last.map(|day| as_of.map_or_else(|| locale.date(day), |today| locale.day_relative(day, today)));
    let dormancy = m.dormancy.map(|d| view! { <Badge tone=dormancy_tone(d) text=locale.dormancy(d) /> });
    let mood = (m.answers > 0).then(|| view! { <Badge tone=mood_tone(m.mood) text=locale.satisfaction(m.mood) /> });
    let revenue = match m.outlook {
        Some(o) if ahead => locale.money_round(o.clv_minor, currency),
        _ if ahead => String::new(),
        _ => locale.money_round(m.revenue_minor, currency),
    };
    let standing = match m.outlook.filter(|_| ahead) {
        Some(o) => chance_bar(locale, o.p_alive),
        None => dormancy.into_any(),
    };
    let prospect = m.last.is_none();
    view! {
        <div role="gridcell" class="c-name">
            <b>{marked(&row.name, &marks)}</b>
            <small>{marked(&detail.text, &detail.marks)}</small>
        </div>
        <div role="gridcell" class="c-tier">{tier}</div>
        <div role="gridcell" class="c-group">{group}</div>
        <div role="gridcell" class="c-rfm">{rfm}</div>
        <div role="gridcell" class="c-last" title=exact>
            {last.unwrap_or_else(|| if prospect { locale.t().common.prospect.to_owned() } else { String::new() })}
        </div>
        <div role="gridcell" class="c-purchases num">{locale.int(m.purchases)}</div>
        <div role="gridcell" class="c-revenue num">{revenue}</div>
        <div role="gridcell" class="c-profit num">{locale.money_round(m.profit_minor, currency)}</div>
        <div role="gridcell" class="c-dormancy">{standing}</div>
        <div role="gridcell" class="c-mood">{mood}</div>
    }
    .into_any()
}
