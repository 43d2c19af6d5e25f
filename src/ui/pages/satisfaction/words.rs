//! Scores and figures in words.

use crate::domain::ResponseDraft;
use crate::engine::api::Estimate;
use crate::locale::{Locale, fill, plural};
use crate::ui::format::Format;
pub use crate::ui::format::signed;

/// “hoped for 8, got 6, would recommend 7 of 10, satisfied 3 of 5”: what was answered.
pub fn scores_words(locale: Locale, draft: &ResponseDraft) -> String {
    let t = &locale.t().satisfaction;
    let scores = [
        (t.hoped_n, draft.expectation),
        (t.got_n, draft.experience),
        (t.recommend_n, draft.nps),
        (t.csat_n, draft.csat),
    ];
    let said = scores.into_iter().filter_map(|(text, score)| Some(fill(text, &[("n", &locale.int(score?))])));
    said.collect::<Vec<_>>().join(locale.comma())
}

/// “−0.4 to +0.8, 31 answers”.
pub fn interval(locale: Locale, estimate: Estimate, number: impl Fn(f64) -> String) -> String {
    let (low, high) = (number(estimate.low), number(estimate.high));
    let values = [("low", low.as_str()), ("high", &high), ("n", &locale.int(estimate.n))];
    plural(locale.t().satisfaction.interval, estimate.n, &values)
}

/// The figure and its interval, or why there is none.
pub fn figure(
    locale: Locale,
    estimate: Option<Estimate>,
    min_answers: u32,
    number: impl Fn(f64) -> String,
) -> (String, String) {
    let t = &locale.t().satisfaction;
    match estimate {
        None => ("–".to_owned(), t.not_asked.to_owned()),
        Some(e) if e.n < u64::from(min_answers) => {
            let words = fill(t.thin, &[("n", &locale.int(e.n)), ("min", &locale.int(min_answers))]);
            ("–".to_owned(), words)
        }
        Some(e) => (number(e.value), interval(locale, e, &number)),
    }
}
