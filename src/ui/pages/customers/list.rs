//! The table of customers with its quick look.

use crate::ui::prelude::*;

use leptos::task::spawn_local;

use super::bulk::Choosers;
use super::quick_look::QuickLook;
use super::sorting::sort_by;
use super::columns::Columns;
use super::words::{Look, label, value, words};
use crate::domain::{Day, Id, Kind, TierRule, Value};
use crate::engine::api::{
    Answer, Column, Content, CustomerList, CustomerRow, Dormancy, Figure, Filter, Found, FoundIn, Metrics, Mood, Query, Sort, Topic,
};
use crate::locale::{Locale, fill};
use crate::ui::app::{App, use_app, use_currency, use_overview, use_own_fields, use_tiers};
use crate::ui::components::{
    Arranging, Badge, BadgeTone, Choice, Choosing, Column as Head, Drawer, EmptyState, KotlerMark, LinkButton, VirtualTable, Window, marked,
};
use crate::ui::format::Format;
use crate::ui::model::columns::{self, Shown};
use crate::ui::model::picks::Picks;
use crate::ui::model::query::QueryState;
use crate::ui::pages::segments::chance_bar;
use crate::ui::pages::failed;
use crate::ui::query::{last, use_query_if};
use crate::ui::route::{DataTab, Route};

fn heads(look: &Look, sort: Sort, shown: &[Shown]) -> Vec<Head> {
    let head = |shown: &Shown| {
        let column = shown.column;
        let sorted = (sort.by.column() == Some(column)).then_some(sort.descending);
        Head { key: column.name(), label: label(look, column), class: class(look, column), sortable: true, sorted }
    };
    shown.iter().map(head).collect()
}

/// The class of a column's cells.
fn class(look: &Look, column: Column) -> &'static str {
    match column {
        Column::NAME => "c-name",
        Column::Figure(Figure::Tier) => "c-tier",
        Column::Figure(Figure::Group) => "c-group",
        Column::Figure(Figure::LastPurchase) => "c-last",
        Column::Figure(Figure::Revenue | Figure::Worth) => "c-revenue num",
        Column::Figure(Figure::Dormancy | Figure::There) => "c-dormancy",
        column => match look.content(column) {
            Content::Money | Content::Count | Content::Tenths | Content::Decimal | Content::Amount => "num",
            _ => "c-plain",
        },
    }
}

#[component]
pub(super) fn List(
    state: Signal<QueryState<CustomerList>>,
    choosers: Choosers,
    shown: Memo<Vec<Shown>>,
    columns: Columns,
    window: RwSignal<(u32, u32)>,
) -> impl IntoView {
    let app = use_app();
    let Choosers { filter, sort, .. } = choosers;
    let total = Memo::new(move |_| state.with(|s| s.data.as_ref().map_or(0, |d| d.total)));
    let rows = Memo::new(move |_| {
        state.with(|s| s.data.as_ref().map(|d| Window { offset: u64::from(d.offset), rows: d.rows.clone() }).unwrap_or_default())
    });
    let selected = RwSignal::new(None::<u64>);
    let open = move |index: u64| {
        if let Some(id) = rows.with_untracked(|w| w.row(index).map(|r| r.id)) {
            app.go(&Route::Customer(id));
        }
    };
    let sort_by = move |key: String| sort_by(app, filter, sort, &key);
    let look = use_look();
    let cells = move |row: CustomerRow| look.with(|look| shown.with(|shown| row_cells(&row, shown, look)));
    let arranging = Arranging {
        on_move: Callback::new(move |(from, to): (String, String)| {
            let places = Column::parse(&from).zip(Column::parse(&to));
            columns.change(|list| {
                let to = places.and_then(|(_, to)| list.iter().position(|s| s.column == to));
                if let (Some((from, _)), Some(to)) = (places, to) {
                    columns::put(list, from, to);
                }
            });
        }),
        on_resize: Callback::new(move |(key, px): (String, u32)| {
            if let Some(column) = Column::parse(&key) {
                columns.0.update(|list| columns::resize(list, column, px));
            }
        }),
        on_settled: Callback::new(move |()| columns.keep()),
    };
    let tracks = Memo::new(move |_| shown.with(|shown| columns::tracks(shown)));
    let heads = Memo::new(move |_| look.with(|look| shown.with(|shown| heads(look, sort.get(), shown))));
    // Others than the usual ones may need more room than there is: then the name stays in sight.
    let is_usual = Memo::new(move |_| columns.0.with(|list| *list == columns::usual()));
    let picked = Memo::new(move |_| selected.get().and_then(|i| rows.with(|w| w.row(i).cloned())));
    let version = Signal::derive(move || app.route.with(Route::href));
    let choosing = choosing(app, choosers, rows);
    let nothing = Memo::new(move |_| state.with(|s| s.data.as_ref().is_some_and(|d| d.total == 0)));
    let error = Memo::new(move |_| state.with(|s| s.error.clone()));
    let waiting = Memo::new(move |_| state.with(|s| s.data.is_none() && s.error.is_none()));
    view! {
        {move || error.get().map(|e| failed(app).run(e))}
        <Show when=move || nothing.get()>
            <Nothing filter />
        </Show>
        <div
            class="split"
            class:gone=move || nothing.get()
            class:usual=move || is_usual.get()
            aria-busy=move || waiting.get().then_some("true")
            style=("--columns", move || tracks.with(|(tracks, _)| tracks.clone()))
            style=("--table-min", move || tracks.with(|(_, px)| format!("{px}px")))
        >
            <VirtualTable
                label=Signal::derive(move || app.t().customers.list_label.to_owned())
                columns=heads
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
                arranging
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

fn row_cells(row: &CustomerRow, shown: &[Shown], look: &Look) -> AnyView {
    shown.iter().map(|shown| row_cell(row, shown.column, look)).collect_view().into_any()
}

/// One cell; most are plain words.
fn row_cell(row: &CustomerRow, column: Column, look: &Look) -> AnyView {
    let (locale, m) = (look.locale, &row.metrics);
    let badge = |tone: BadgeTone, text: String| view! { <Badge tone text /> }.into_any();
    let value = value(column, row);
    let text = words(look, column, &value);
    let inside = match column {
        Column::NAME => return name_cell(row),
        Column::Figure(Figure::Tier) => m.tier.as_deref().map(|id| badge(tier_tone(id, &look.tiers), text)),
        Column::Figure(Figure::Dormancy) => m.dormancy.map(|d| badge(dormancy_tone(d), text)),
        Column::Figure(Figure::Mood) => (m.answers > 0).then(|| badge(mood_tone(m.mood), text)),
        Column::Figure(Figure::Group) => {
            m.kotler.map(|g| view! { <KotlerMark group=g name=text bare=true /> }.into_any())
        }
        Column::Figure(Figure::There) => m.outlook.map(|o| chance_bar(locale, o.p_alive)),
        Column::Figure(Figure::LastPurchase) if m.last.is_none() => Some(locale.t().common.prospect.into_any()),
        _ => Some(text.into_any()),
    };
    let exact = match (look.content(column), &value) {
        (Content::Day, Value::Int(n)) => i32::try_from(*n).ok().map(|n| locale.date(Day(n))),
        (Content::Text | Content::Words, Value::Null) => None,
        (Content::Text | Content::Words, value) => Some(words(look, column, value)),
        _ => None,
    };
    view! { <div role="gridcell" class=class(look, column) title=exact>{inside}</div> }.into_any()
}

fn name_cell(row: &CustomerRow) -> AnyView {
    let Found { name: marks, detail } = row.found.clone().unwrap_or_default();
    let detail = detail.unwrap_or_else(|| {
        let text = [&row.company, &row.phone, &row.country].into_iter().find(|d| !d.is_empty()).cloned().unwrap_or_default();
        FoundIn { text, marks: Vec::new() }
    });
    view! {
        <div role="gridcell" class="c-name">
            <b>{marked(&row.name, &marks)}</b>
            <small>{marked(&detail.text, &detail.marks)}</small>
        </div>
    }
    .into_any()
}

/// How values are shown now.
pub(in crate::ui::pages) fn use_look() -> Memo<Look> {
    let app = use_app();
    let (currency, tiers, overview, own) = (use_currency(), use_tiers(), use_overview(), use_own_fields());
    Memo::new(move |_| Look {
        locale: app.locale.get(),
        currency: currency.get(),
        as_of: overview.with(|o| o.data.as_ref().map(|o| o.as_of)),
        tiers: tiers.get(),
        own: own.with(|own| own.iter().filter(|field| field.of == Kind::Customer).cloned().collect()),
        names: Vec::new(),
    })
}

/// The same with what the records that are named in rules are called.
pub(in crate::ui::pages) fn use_look_with(ids: Memo<Vec<Id>>) -> Memo<Look> {
    let look = use_look();
    let asked = move || Some(ids.get()).filter(|ids| !ids.is_empty()).map(|ids| Query::Names { ids });
    let names = last(use_query_if::<Vec<(Id, String)>>(asked, &[Topic::Records, Topic::Products]), Vec::new());
    Memo::new(move |_| Look { names: names.get(), ..look.get() })
}
