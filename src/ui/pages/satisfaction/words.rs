//! Scores in words.

use crate::domain::ResponseDraft;
use crate::locale::{Locale, fill};
use crate::ui::format::Format;

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
