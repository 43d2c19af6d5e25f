//! Periods, lengths and filters of the Insights pages.

use crate::ui::prelude::*;

use super::super::segments::parts::{Slot, sentence};
use crate::domain::Day;
use crate::engine::api::{CohortStep, Column, Figure, Filter, LENGTH_EDGES_DAYS, Rule, Test};
use crate::locale::{Locale, fill, plural};
use crate::ui::format::Format;
use crate::ui::route::Route;

/// “Mar 2024”, “Q1 2024”, “2024”.
pub fn period(locale: Locale, step: CohortStep, from: Day) -> String {
    let t = &locale.t().retention;
    let (year, month, _) = from.ymd();
    let (year, quarter) = (year.to_string(), month.saturating_sub(1) / 3 + 1);
    match step {
        CohortStep::Month => locale.month(from),
        CohortStep::Quarter => fill(t.quarter_name, &[("quarter", &quarter.to_string()), ("year", &year)]),
        CohortStep::Year => fill(t.year_name, &[("year", &year)]),
    }
}

/// “3 months”.
pub fn later(locale: Locale, step: CohortStep, n: u64) -> String {
    let t = &locale.t().retention;
    let text = match step {
        CohortStep::Month => t.later_month,
        CohortStep::Quarter => t.later_quarter,
        CohortStep::Year => t.later_year,
    };
    plural(text, n, &[("n", &locale.int(n))])
}

/// How long half of all relationships last, as a sentence; [`RetentionView::half_days`].
pub fn half(locale: Locale, half_days: Option<f64>) -> AnyView {
    let t = &locale.t().retention;
    match half_days {
        Some(days) if days < 1.0 => t.half_once.into_any(),
        Some(days) => sentence(t.half_longer, vec![Slot::plain("median", length(locale, days))]),
        None => t.half_open.into_any(),
    }
}

/// Days as days, months or years, no finer than they deserve.
pub fn length(locale: Locale, days: f64) -> String {
    let t = &locale.t().retention;
    let said = |text, n: f64, digits| plural(text, n.round() as u64, &[("n", &locale.decimal(n, digits))]);
    if days < 60.0 {
        said(t.days, days.round(), 0)
    } else if days < 730.0 {
        said(t.later_month, (days / 30.44).round(), 0)
    } else {
        said(t.later_year, (days / 36.525).round() / 10.0, 1)
    }
}

/// What the classes of lengths are called.
pub fn length_class(locale: Locale, class: usize) -> String {
    let t = &locale.t().retention;
    let edge = |class: usize| LENGTH_EDGES_DAYS.get(class).copied();
    let years = |days: i32| locale.int((f64::from(days) / 365.25).round() as i64);
    match (class.checked_sub(1).and_then(edge), edge(class)) {
        (None, to) => fill(t.length_first, &[("to", &locale.int(to.unwrap_or(0)))]),
        (Some(from), None) => fill(t.length_last, &[("from", &years(from))]),
        (Some(from), Some(to)) if from < 365 => {
            fill(t.length_days, &[("from", &locale.int(from)), ("to", &locale.int(to))])
        }
        (Some(from), Some(to)) => fill(t.length_years, &[("from", &years(from)), ("to", &years(to))]),
    }
}

/// The list narrowed by what must hold of figures.
pub fn list_of(conditions: impl IntoIterator<Item = (Column, Test)>) -> Route {
    behind(conditions.into_iter().map(|(column, test)| Rule::column(column, test)).collect())
}

/// The list narrowed by what the worker's answer says stands behind a number.
pub fn behind(conditions: Vec<Rule>) -> Route {
    Route::customers(Filter { conditions, ..Filter::default() })
}

/// The list of customers of whom this figure lies in these days.
pub fn within(figure: Figure, from: Day, to: Day) -> Route {
    let test = Test::Between { from: Some(from.0.into()), to: Some(to.0.into()) };
    list_of([(Column::Figure(figure), test)])
}

pub fn filled(figure: Figure) -> Route {
    list_of([(Column::Figure(figure), Test::Filled)])
}

pub fn at_least(figure: Figure, least: i64) -> Route {
    list_of([(Column::Figure(figure), Test::Between { from: Some(least), to: None })])
}
