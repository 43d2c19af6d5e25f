//! The cohorts: who came back, by when they first came.

use crate::ui::prelude::*;

use super::stay::Chosen;
use super::words::{behind, later, period, within};
use super::super::segments::parts::{Slot, common_facts, sentence};
use crate::engine::api::{
    Bought, CohortRow, CohortStep, Column, Figure, Filter, Goods, Leaf, RetentionView, Rule, Test, came_before,
};
use crate::locale::{Locale, fill, form};
use crate::ui::app::use_app;
use crate::ui::charts::{Cell, ChartFrame, CohortGrid, CohortLine, How};
use crate::ui::components::Segmented;
use crate::ui::format::Format;
use crate::ui::model::table::{Cell as Figured, ChartTable, Unit};
use crate::ui::route::Route;

/// Who of a cohort bought `n` periods later.
fn bought_again(step: CohortStep, row: &CohortRow, n: u64) -> Route {
    let later = step.of(row.from).saturating_add(i32::try_from(n).unwrap_or(i32::MAX));
    let (from, to) = (Some(step.start(later).0), Some(step.end(later).0));
    let again = Bought { goods: Goods::Days { from, to }, days: None, times: 1, but_not: None };
    let first = Test::Between { from: Some(row.from.0.into()), to: Some(row.to.0.into()) };
    let first = Rule::column(Column::Figure(Figure::FirstPurchase), first);
    Route::customers(Filter { conditions: vec![first, Rule::Leaf(Leaf::Bought(again))], ..Filter::default() })
}

fn line(locale: Locale, view: &RetentionView, row: &CohortRow) -> CohortLine {
    let t = &locale.t().retention;
    let name = period(locale, view.step, row.from);
    let last = row.again.len();
    let cell = |(n, again): (u64, &u64)| {
        let share = Figured::share(*again, row.size);
        let open = !view.whole && usize::try_from(n) == Ok(last);
        let later = later(locale, view.step, n);
        let values = [
            ("cohort", name.as_str()),
            ("again", &locale.int(*again)),
            ("size", &locale.int(row.size)),
            ("later", &later),
            ("share", &locale.percent(share, 0)),
        ];
        let said = fill(t.cell, &values);
        let href = bought_again(view.step, row, n).href();
        Cell { share, name: if open { format!("{said}{}", t.cell_open) } else { said }, open, href }
    };
    CohortLine {
        size: locale.int(row.size),
        href: within(Figure::FirstPurchase, row.from, row.to).href(),
        cells: if row.size == 0 { Vec::new() } else { (1..).zip(&row.again).map(cell).collect() },
        name,
    }
}

fn step_name(step: CohortStep) -> &'static str {
    match step {
        CohortStep::Month => "month",
        CohortStep::Quarter => "quarter",
        CohortStep::Year => "year",
    }
}

#[component]
pub(super) fn CohortChart(view: Memo<Box<RetentionView>>, chosen: RwSignal<Option<usize>>) -> impl IntoView {
    let app = use_app();
    let lines = Signal::derive(move || {
        let locale = app.locale.get();
        view.with(|v| v.cohorts.iter().map(|row| line(locale, v, row)).collect())
    });
    let axis = Signal::derive(move || {
        let t = &app.t().retention;
        match view.with(|v| v.step) {
            CohortStep::Month => t.axis_month,
            CohortStep::Quarter => t.axis_quarter,
            CohortStep::Year => t.axis_year,
        }
        .to_owned()
    });
    let earlier = move || {
        let locale = app.locale.get();
        view.with(|v| {
            let n = v.earlier;
            let route = v.cohorts.first().map(|first| behind(came_before(first)));
            let slot = Slot { name: "n", text: locale.int(n), route };
            (n > 0).then(|| sentence(form(locale.t().retention.cohorts_earlier, n), vec![slot]))
        })
    };
    let how = Signal::derive(move || {
        let locale = app.locale.get();
        let facts = view.with(|v| common_facts(locale, v.n, Some(v.as_of)));
        How { rule: locale.t().retention.how_cohorts.to_owned(), facts, setting: None }
    });
    let title = Signal::derive(move || app.t().retention.cohorts.to_owned());
    view! {
        <ChartFrame title table=use_table(view) how>
            <Steps view chosen />
            <CohortGrid lines chosen axis />
            {dynamic(move || earlier().map(|words| view! { <p class="remark">{words}</p> }))}
        </ChartFrame>
    }
}

/// By month, quarter or year.
#[component]
fn Steps(view: Memo<Box<RetentionView>>, chosen: RwSignal<Option<usize>>) -> impl IntoView {
    let app = use_app();
    let asked = use_context::<Chosen>();
    let options = Signal::derive(move || {
        let t = &app.t().retention;
        let names = [t.step_month, t.step_quarter, t.step_year];
        CohortStep::ALL.iter().zip(names).map(|(s, name)| (step_name(*s).to_owned(), name.to_owned())).collect()
    });
    let value = Signal::derive(move || step_name(view.with(|v| v.step)).to_owned());
    let choose = Callback::new(move |name: String| {
        if let Some(Chosen(step)) = asked {
            chosen.set(None);
            step.set(CohortStep::ALL.into_iter().find(|s| step_name(*s) == name));
        }
    });
    view! {
        <Segmented
            label=Signal::derive(move || app.t().retention.step.to_owned())
            options
            value
            on_change=choose
        />
    }
}

fn use_table(view: Memo<Box<RetentionView>>) -> Signal<ChartTable> {
    let app = use_app();
    Signal::derive(move || {
        let locale = app.locale.get();
        let t = &locale.t().retention;
        view.with(|v| {
            let most = v.cohorts.iter().map(|row| row.again.len()).max().unwrap_or(0);
            let laters: Vec<String> = (1..=most as u64).map(|n| later(locale, v.step, n)).collect();
            let mut heads = vec![(t.cohort, Unit::Words), (t.size, Unit::Count)];
            heads.extend(laters.iter().map(|later| (later.as_str(), Unit::Part)));
            let row = |row: &CohortRow| {
                let mut cells = vec![period(locale, v.step, row.from).into(), row.size.into()];
                cells.extend(row.again.iter().map(|&n| Figured::Part { n, of: row.size }));
                cells.resize(most + 2, Figured::Nothing);
                cells
            };
            ChartTable::new(&heads, v.cohorts.iter().map(row).collect())
        })
    })
}
