//! What every chart has around it: a heading, table view, explanation, exports.

use leptos::html;
use crate::ui::prelude::*;
use leptos::task::spawn_local;

use super::export;
use crate::ui::app::use_app;
use crate::ui::components::{Icon, Popover, icon};
use crate::ui::model::table::ChartTable;
use crate::ui::route::Route;
use crate::ui::toasts::Tone;
use crate::locale::fill;
use crate::web::download;

/// How a chart's figures come about: the rule in words, the parameters with their values, n.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct How {
    pub rule: String,
    pub facts: Vec<(String, String)>,
}

/// A chart with its heading, table view, explanation and exports. `file` is the stem of exported files' names.
#[component]
pub fn ChartFrame(
    #[prop(into)] title: Signal<String>,
    file: &'static str,
    #[prop(into)] table: Signal<ChartTable>,
    #[prop(into)] how: Signal<How>,
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
                    <Exports file table body as_table />
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
    view! {
        <Popover label=Signal::derive(move || app.t().common.how_computed.to_owned())>
            <p>{move || how.with(|h| h.rule.clone())}</p>
            <dl class="how-facts">{dynamic(facts)}</dl>
            <p>
                <a href=Route::Settings.href()>{move || app.t().segments.how_settings}</a>
            </p>
        </Popover>
    }
}

#[component]
fn Exports(
    file: &'static str,
    table: Signal<ChartTable>,
    body: NodeRef<html::Div>,
    as_table: RwSignal<bool>,
) -> impl IntoView {
    let app = use_app();
    let save_csv = move |_| {
        let text = table.with_untracked(ChartTable::to_csv);
        if let Err(detail) = download::text(&format!("{file}.csv"), "text/csv", &text) {
            let words = fill(app.locale.get_untracked().t().segments.export_failed, &[("detail", &detail)]);
            app.toasts.show(words, Tone::Failed, None);
        }
    };
    let save_png = move |_| {
        let Some(chart) = body.get_untracked() else { return };
        spawn_local(async move {
            let saved = match export::png(&chart).await {
                Some(bytes) => download::bytes(&format!("{file}.png"), "image/png", &bytes).is_ok(),
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

/// The figures of a chart as a table.
#[component]
fn TableView(table: Signal<ChartTable>) -> impl IntoView {
    let head = move || {
        let cell = |c: crate::ui::model::table::Column| {
            view! { <th scope="col" class:num=c.numeric>{c.label}</th> }
        };
        table.with(|t| t.columns.clone()).into_iter().map(cell).collect_view()
    };
    let rows = move || {
        let table = table.get();
        let numeric: Vec<bool> = table.columns.iter().map(|c| c.numeric).collect();
        let row = |cells: Vec<String>| {
            let cells = cells.into_iter().enumerate().map(|(i, text)| {
                let num = numeric.get(i).copied().unwrap_or(false);
                view! { <td class:num=num>{text}</td> }
            });
            view! { <tr>{cells.collect_view()}</tr> }
        };
        table.rows.into_iter().map(row).collect_view()
    };
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=move || use_app().t().common.as_table>
            <table class="plain-table">
                <thead>
                    <tr>{dynamic(head)}</tr>
                </thead>
                <tbody>{dynamic(rows)}</tbody>
            </table>
        </div>
    }
}
