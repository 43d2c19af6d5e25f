//! What every chart has around it: a heading, table view, explanation, exports.

use leptos::html;
use crate::ui::prelude::*;
use leptos::task::spawn_local;

use super::export;
use crate::domain::{Currency, Day};
use crate::ui::app::{use_app, use_currency, use_overview, use_settings};
use crate::ui::components::{Icon, Popover, icon};
use crate::ui::format::{Format, signed};
use crate::ui::model::table::{Cell, ChartTable, Unit, file_name};
use crate::ui::route::{Route, SettingGroup};
use crate::ui::toasts::Tone;
use crate::locale::{Locale, fill};
use crate::web::download;

/// How a chart's figures come about: the rule in words, the parameters with their values, n.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct How {
    pub rule: String,
    pub facts: Vec<(String, String)>,
    /// Where its parameters are set.
    pub setting: Option<SettingGroup>,
}

/// A chart with its heading, table view, explanation and exports.
#[component]
pub fn ChartFrame(
    #[prop(into)] title: Signal<String>,
    #[prop(into)] table: Signal<ChartTable>,
    #[prop(into)] how: Signal<How>,
    /// The figures are of no day: somebody typed them.
    #[prop(optional, into)] typed: Signal<bool>,
    children: ChildrenFn,
) -> impl IntoView {
    let app = use_app();
    let body = NodeRef::<html::Div>::new();
    let as_table = RwSignal::new(false);
    let toggle_label = move || {
        let t = &app.t().common;
        if as_table.get() { t.as_picture } else { t.as_table }
    };
    view! {
        <figure class="chart">
            <figcaption class="chart-head">
                <h2>{move || title.get()}</h2>
                <div class="chart-tools" role="group" aria-label=move || app.t().segments.chart_actions>
                    <HowPopover how />
                    <button
                        type="button"
                        class="button quiet"
                        aria-pressed=move || as_table.get().to_string()
                        on:click=move |_| as_table.update(|on| *on = !*on)
                    >
                        {move || icon(if as_table.get() { Icon::Chart } else { Icon::Table })}
                        <span>{shared(toggle_label)}</span>
                    </button>
                    <Exports title table typed body as_table />
                </div>
            </figcaption>
            <div class="chart-body" node_ref=body>
                <Show when=move || as_table.get() fallback=move || children()>
                    <TableView table />
                </Show>
            </div>
        </figure>
    }
}

#[component]
fn HowPopover(how: Signal<How>) -> impl IntoView {
    let app = use_app();
    let facts = move || {
        let fact = |(name, value): (String, String)| {
            view! {
                <dt>{name}</dt>
                <dd>{value}</dd>
            }
        };
        how.get().facts.into_iter().map(fact).collect_view()
    };
    let setting = move || {
        let setting = how.with(|h| h.setting)?;
        Some(view! { <p><a href=Route::Settings(Some(setting)).href()>{move || app.t().segments.how_settings}</a></p> })
    };
    view! {
        <Popover label=Signal::derive(move || app.t().common.how_computed.to_owned())>
            <p>{move || how.with(|h| h.rule.clone())}</p>
            <dl class="how-facts">{dynamic(facts)}</dl>
            {dynamic(setting)}
        </Popover>
    }
}

#[component]
fn Exports(
    title: Signal<String>,
    table: Signal<ChartTable>,
    typed: Signal<bool>,
    body: NodeRef<html::Div>,
    as_table: RwSignal<bool>,
) -> impl IntoView {
    let app = use_app();
    let (overview, settings, currency) = (use_overview(), use_settings(), use_currency());
    let as_of = move || overview.with_untracked(|o| o.data.as_ref().map(|o| o.as_of)).filter(|_| !typed.get_untracked());
    let name = move |ending: &str| file_name(&title.get_untracked(), as_of(), ending);
    // Whose figures, of which day, in which currency.
    let facts = move || {
        let locale = app.locale.get_untracked();
        let business = settings.with_untracked(|s| s.business_name.trim().to_owned());
        let day = as_of().map(|day| format!("{} {}", locale.t().common.as_of, locale.date(day)));
        let money = table.with_untracked(ChartTable::has_money).then(|| currency.get_untracked().code().to_owned());
        let said = [Some(business).filter(|b| !b.is_empty()), day, money];
        said.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    };
    let save_csv = move |_| {
        let text = table.with_untracked(|t| t.to_csv(app.locale.get_untracked(), currency.get_untracked()));
        if let Err(detail) = download::text(&name("csv"), "text/csv", &text) {
            let words = fill(app.locale.get_untracked().t().segments.export_failed, &[("detail", &detail)]);
            app.toasts.show(words, Tone::Failed, None);
        }
    };
    let save_png = move |_| {
        let Some(chart) = body.get_untracked() else { return };
        let (name, title, facts) = (name("png"), title.get_untracked(), facts());
        spawn_local(async move {
            let saved = match export::png(&chart, title, facts).await {
                Some(bytes) => download::bytes(&name, "image/png", &bytes).is_ok(),
                None => false,
            };
            if let (false, Some(locale)) = (saved, app.locale.try_get_untracked()) {
                app.toasts.show(locale.t().segments.png_failed, Tone::Failed, None);
            }
        });
    };
    view! {
        <button type="button" class="button quiet" title=move || app.t().segments.export_csv on:click=save_csv>
            {icon(Icon::Download)}
            <span>"CSV"</span>
        </button>
        <Show when=move || !as_table.get()>
            <button type="button" class="button quiet" title=move || app.t().segments.export_png on:click=save_png>
                {icon(Icon::Download)}
                <span>"PNG"</span>
            </button>
        </Show>
    }
}

/// A figure as a person reads it.
fn shown(locale: Locale, currency: Currency, unit: Unit, cell: &Cell) -> String {
    match (cell, unit) {
        (Cell::Nothing, Unit::Part) => String::new(),
        (Cell::Nothing, _) => "–".to_owned(),
        (Cell::Words(words), _) => words.clone(),
        (Cell::Whole(n), Unit::Money) => locale.money(*n, currency),
        (Cell::Whole(n), Unit::Day) => i32::try_from(*n).map(|day| locale.date(Day(day))).unwrap_or_default(),
        (Cell::Whole(n), _) => locale.int(*n),
        (Cell::Real(n), Unit::Share(digits)) => locale.percent(*n, digits),
        (Cell::Real(n), Unit::Signed(digits)) => signed(locale, *n, digits),
        (Cell::Real(n), _) => locale.decimal(*n, 2),
        (Cell::Part { n, of }, _) => {
            let values = [("name", locale.percent(Cell::share(*n, *of), 0)), ("more", locale.int(*n))];
            fill(locale.t().common.bracket, &values.each_ref().map(|(name, value)| (*name, value.as_str())))
        }
    }
}

/// The figures of a chart as a table.
#[component]
fn TableView(table: Signal<ChartTable>) -> impl IntoView {
    let app = use_app();
    let currency = use_currency();
    let is_number = |unit: Unit| !matches!(unit, Unit::Words | Unit::Day);
    let head = move || {
        let cell = |c: crate::ui::model::table::Column| {
            view! { <th scope="col" class:num=is_number(c.unit)>{c.label}</th> }
        };
        table.with(|t| t.columns.clone()).into_iter().map(cell).collect_view()
    };
    let rows = move || {
        let (table, locale, currency) = (table.get(), app.locale.get(), currency.get());
        let row = |cells: &Vec<Cell>| {
            let cells = cells.iter().zip(&table.columns).map(|(cell, column)| {
                view! { <td class:num=is_number(column.unit)>{shown(locale, currency, column.unit, cell)}</td> }
            });
            view! { <tr>{cells.collect_view()}</tr> }
        };
        table.rows.iter().map(row).collect_view()
    };
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=move || app.t().common.as_table>
            <table class="plain-table">
                <thead>
                    <tr>{dynamic(head)}</tr>
                </thead>
                <tbody>{dynamic(rows)}</tbody>
            </table>
        </div>
    }
}
