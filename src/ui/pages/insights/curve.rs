//! Members and contracts: the fitted curve of one cohort, what it says of those still there, and how far to believe it.

use leptos::html;
use crate::ui::prelude::*;

use super::super::segments::parameters;
use super::super::segments::parts::{Slot, sentence};
use super::words::period;
use crate::domain::Day;
use crate::engine::api::{Convergence, NoCurve, Query, RetentionFit, RetentionView, Tenure};
use crate::locale::{Locale, fill, plural};
use crate::ui::app::use_app;
use crate::ui::charts::{ChartFrame, How, use_width};
use crate::ui::components::{SelectField, TextField};
use crate::ui::format::Format;
use crate::ui::model::scale::{Scale, Spread};
use crate::ui::model::survivors::survivors;
use crate::ui::model::table::{ChartTable, Unit};
use crate::ui::query::use_query_if;

/// Renewals ahead.
const AHEAD: u32 = 12;
/// Off by less than this is a good fit, by less than the second a fair one.
const GOOD: f64 = 0.02;
const FAIR: f64 = 0.05;
/// Standard deviations to either side of a 95 % interval.
const SIGMAS_95: f64 = 1.959_964;
/// More periods without a purchase than this, and they come when they like.
const MOST_SKIPPED: f64 = 0.1;

type Answered = Result<Tenure, NoCurve>;

#[component]
pub(super) fn CurvePanel(view: Memo<Box<RetentionView>>, chosen: RwSignal<Option<usize>>) -> impl IntoView {
    let app = use_app();
    let typed = RwSignal::new(String::new());
    let row = Memo::new(move |_| {
        let at = chosen.get()?;
        view.with(|v| v.cohorts.get(at).map(|row| (v.step, row.clone())))
    });
    // A row that was chosen fills the field; what is typed then stands alone.
    Effect::new(move |_| {
        if let Some((_, row)) = row.get() {
            typed.set(row.there.iter().map(u64::to_string).collect::<Vec<_>>().join(", "));
        }
    });
    let numbers = Memo::new(move |_| typed.with(|text| survivors(text)));
    let state = use_query_if::<Answered>(
        move || {
            let survivors = numbers.get().filter(|n| !n.is_empty())?;
            Some(Query::Tenure { survivors, ahead: AHEAD })
        },
        &[],
    );
    let found = Memo::new(move |_| {
        let asked = numbers.with(|n| n.as_ref().is_some_and(|n| !n.is_empty()));
        if asked { state.with(|s| s.data.clone()) } else { None }
    });
    let of_row = move || {
        let (step, row) = row.get()?;
        let same = numbers.with(|n| n.as_ref() == Some(&row.there));
        same.then_some((step, row))
    };
    let hint = Signal::derive(move || {
        let locale = app.locale.get();
        of_row().map_or_else(String::new, |(step, row)| {
            fill(locale.t().retention.curve_from, &[("cohort", &period(locale, step, row.from))])
        })
    });
    let error = Signal::derive(move || numbers.with(Option::is_none).then(|| app.t().retention.curve_wrong.to_owned()));
    let skips = move || {
        let (_, row) = of_row()?;
        let share = row.skipped as f64 / row.passed.max(1) as f64;
        let locale = app.locale.get();
        (share > MOST_SKIPPED).then(|| fill(locale.t().retention.curve_skips, &[("share", &locale.percent(share, 0))]))
    };
    let rows = Signal::derive(move || {
        let locale = app.locale.get();
        let none = (String::new(), locale.word("form_none").to_owned());
        view.with(|v| {
            let all = v.cohorts.iter().enumerate().filter(|(_, row)| row.size > 0);
            let all = all.map(|(at, row)| (at.to_string(), period(locale, v.step, row.from)));
            std::iter::once(none).chain(all).collect::<Vec<_>>()
        })
    });
    let fitted = Memo::new(move |_| found.get().and_then(Result::ok));
    let is_fitted = Memo::new(move |_| fitted.with(Option::is_some));
    let as_of = Signal::derive(move || of_row().map(|_| view.with(|v| v.as_of)));
    let said = move || {
        let locale = app.locale.get();
        match (found.get()?, numbers.get()) {
            (Ok(tenure), Some(seen)) => Some(words(locale, &tenure, &seen)),
            (Ok(_), None) => None,
            (Err(why), _) => Some(view! { <p class="remark warn">{no_curve(locale, why)}</p> }.into_any()),
        }
    };
    view! {
        <section class="card insight-card" aria-labelledby="curve">
            <h2 id="curve">{move || app.t().retention.curve}</h2>
            <p class="remark">{move || app.t().retention.curve_intro}</p>
            <SelectField
                label=Signal::derive(move || app.t().retention.curve_row.to_owned())
                options=rows
                value=Signal::derive(move || chosen.get().map(|at| at.to_string()).unwrap_or_default())
                on_change=move |at: String| chosen.set(at.parse().ok())
            />
            <TextField
                label=Signal::derive(move || app.t().retention.curve_survivors.to_owned())
                value=typed
                on_input=move |text| typed.set(text)
                placeholder="1000, 869, 743, 653"
                hint
                error
            />
            {dynamic(move || skips().map(|words| view! { <p class="remark warn">{words}</p> }))}
            {dynamic(said)}
            <Show when=move || is_fitted.get()>
                <CurveChart fitted numbers as_of />
            </Show>
        </section>
    }
}

fn no_curve(locale: Locale, why: NoCurve) -> String {
    let t = &locale.t().retention;
    let words = match why {
        NoCurve::TooFew { n, least } => {
            return plural(t.curve_few, n, &[("n", &locale.int(n)), ("least", &locale.int(least))]);
        }
        NoCurve::TooShort => t.curve_short,
        NoCurve::Rising => t.curve_rising,
        NoCurve::NoSpread => t.curve_flat,
        NoCurve::NotConverged => t.curve_failed,
    };
    words.to_owned()
}

/// At which edge the fit ended, as a remark and for the explanation.
fn edge(locale: Locale, fit: &RetentionFit) -> Option<(&'static str, &'static str)> {
    let t = &locale.t().retention;
    let alike = fit.model.alpha + fit.model.beta > 1.0;
    let words = if alike { (t.curve_alike, t.how_edge_alike) } else { (t.curve_split, t.how_edge_split) };
    (fit.convergence == Convergence::AtEdge).then_some(words)
}

fn words(locale: Locale, tenure: &Tenure, seen: &[u64]) -> AnyView {
    let t = &locale.t().retention;
    let renewals = |n: u32| plural(t.renewals, n.into(), &[("n", &locale.int(n))]);
    let next = locale.decimal(tenure.next_renewals, 1);
    let next = tenure.next_error.map_or(next.clone(), |error| {
        let [low, high] = [-SIGMAS_95, SIGMAS_95].map(|by| tenure.next_renewals + by * error);
        let [low, high] = [low.max(0.0), high.min(AHEAD.into())].map(|n| locale.decimal(n, 1));
        fill(t.curve_range, &[("n", &next), ("low", &low), ("high", &high)])
    });
    let slots = vec![
        Slot::plain("half", tenure.half_left_after.map_or_else(String::new, renewals)),
        Slot::plain("ahead", locale.int(AHEAD)),
        Slot::plain("next", next),
    ];
    let answer = if tenure.half_left_after.is_some() { t.curve_answer } else { t.curve_answer_long };
    let off = [("off", locale.percent(tenure.mean_off, 1))];
    let edge = edge(locale, &tenure.fit).map(|(remark, _)| remark);
    let pattern = match tenure.mean_off {
        // As many parameters as renewals.
        _ if seen.len() == 3 && edge.is_none() => t.curve_two,
        off if off < GOOD => t.curve_good,
        off if off < FAIR => t.curve_fair,
        _ => t.curve_poor,
    };
    let fit = fill(pattern, &off.each_ref().map(|(name, value)| (*name, value.as_str())));
    let actual = match (seen.first(), seen.last()) {
        (Some(first), Some(last)) => *last as f64 / (*first).max(1) as f64,
        _ => 0.0,
    };
    let foretold = tenure.last_foretold.map(|share| {
        let values = [("foretold", locale.percent(share, 0)), ("actual", locale.percent(actual, 0))];
        fill(t.curve_foretold, &values.each_ref().map(|(name, value)| (*name, value.as_str())))
    });
    let poor = tenure.mean_off >= FAIR || edge.is_some();
    view! {
        <p class="answer">{sentence(answer, slots)}</p>
        <p class="remark" class:warn=poor>
            {fit} {locale.gap()} {foretold} {locale.gap()} {edge}
        </p>
    }
    .into_any()
}

#[component]
fn CurveChart(
    fitted: Memo<Option<Tenure>>,
    numbers: Memo<Option<Vec<u64>>>,
    /// Of the row that the numbers are from; typed ones are of no day.
    as_of: Signal<Option<Day>>,
) -> impl IntoView {
    let app = use_app();
    // Seen shares, as long as there are any, beside the fitted ones.
    let points = Memo::new(move |_| {
        let seen = numbers.get().unwrap_or_default();
        let start = seen.first().copied().unwrap_or(1).max(1) as f64;
        let seen: Vec<f64> = seen.iter().map(|n| *n as f64 / start).collect();
        fitted.get().map(|t| (seen, t.fitted))
    });
    let table = Signal::derive(move || {
        let t = &app.t().retention;
        let share = Unit::Share(1);
        let heads = [(t.curve_renewal, Unit::Count), (t.curve_seen, share), (t.curve_fitted, share)];
        let rows = points.with(|p| {
            let Some((seen, fitted)) = p else { return Vec::new() };
            let row = |(n, fitted): (usize, &f64)| {
                vec![(n as u64).into(), seen.get(n).copied().into(), (*fitted).into()]
            };
            fitted.iter().enumerate().map(row).collect()
        });
        ChartTable::new(&heads, rows)
    });
    let how = Signal::derive(move || {
        let locale = app.locale.get();
        let fit = fitted.with(|f| f.as_ref().map(|f| f.fit));
        let facts = fit.map(|fit| {
            let values = match edge(locale, &fit) {
                Some((_, words)) => words.to_owned(),
                None => parameters(locale, [fit.model.alpha, fit.model.beta], fit.standard_errors),
            };
            let start = (locale.t().retention.how_curve_n.to_owned(), locale.int(fit.customers));
            let day = as_of.get().map(|day| (locale.t().segments.how_as_of.to_owned(), locale.date(day)));
            [("α, β".to_owned(), values), start].into_iter().chain(day).collect()
        });
        How { rule: locale.t().retention.how_curve.to_owned(), facts: facts.unwrap_or_default(), setting: None }
    });
    let title = Signal::derive(move || app.t().retention.curve_chart.to_owned());
    view! {
        <ChartFrame title table how typed=Signal::derive(move || as_of.with(Option::is_none))>
            <Plot points />
        </ChartFrame>
    }
}

const HEIGHT: f64 = 200.0;
const TOP: f64 = 10.0;
const BOTTOM: f64 = 26.0;
const LEFT: f64 = 52.0;

#[component]
fn Plot(points: Memo<Option<(Vec<f64>, Vec<f64>)>>) -> impl IntoView {
    let app = use_app();
    let node = NodeRef::<html::Div>::new();
    let width = use_width(node, 640.0);
    let drawn = move || {
        let (locale, width) = (app.locale.get(), width.get());
        points.with(|points| {
            let (seen, fitted) = points.as_ref()?;
            let last = fitted.len().saturating_sub(1).max(1) as f64;
            let x = Scale::new(Spread::Linear, (0.0, last), (LEFT, width - 16.0));
            let y = Scale::new(Spread::Linear, (0.0, 1.0), (TOP + HEIGHT, TOP));
            let corner = |(n, share): (usize, &f64)| format!("{:.1},{:.1}", x.px(n as f64), y.px(*share));
            let line = fitted.iter().enumerate().map(corner).collect::<Vec<_>>().join(" ");
            let dot = |(n, share): (usize, &f64)| view! { <circle class="seen" cx=x.px(n as f64) cy=y.px(*share) r="3.5" /> };
            let tick = |v: f64| {
                view! {
                    <line class="grid" x1=LEFT x2=width - 16.0 y1=y.px(v) y2=y.px(v) />
                    <text class="tick" x=LEFT - 8.0 y=y.px(v) + 4.0 text-anchor="end">{locale.percent(v, 0)}</text>
                }
            };
            let under = |v: f64| {
                view! { <text class="tick" x=x.px(v) y=TOP + HEIGHT + 18.0 text-anchor="middle">{locale.int(v as i64)}</text> }
            };
            let whole = x.ticks(56.0).into_iter().filter(|v| v.fract() == 0.0);
            Some(view! {
                {[0.0, 0.25, 0.5, 0.75, 1.0].map(tick).collect_view()}
                {whole.map(under).collect_view()}
                <polyline class="path expected" points=line />
                {seen.iter().enumerate().map(dot).collect_view()}
            })
        })
    };
    view! {
        <div class="plot" node_ref=node>
            <svg
                class="plot-svg voice-plot tracking"
                width=move || width.get()
                height=TOP + HEIGHT + BOTTOM
                role="img"
                aria-label=move || app.t().retention.curve_axis
            >
                {drawn}
            </svg>
            <p class="plot-hint" data-legend="">{move || app.t().retention.curve_axis}</p>
        </div>
    }
}
