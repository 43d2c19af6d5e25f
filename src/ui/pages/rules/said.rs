//! A rule as its sentence.

use crate::ui::prelude::*;

use crate::engine::api::{Language, Query, Rule};
use crate::locale::Locale;
use crate::ui::model::rule::sentence;
use crate::ui::pages::customers::{Look, use_look_with};
use crate::ui::query::use_query;

/// In the language of the page, and in the other one for a colleague.
pub fn in_both(look: &Look, rule: &Rule) -> AnyView {
    let language = if look.locale.language == Language::En { Language::Zh } else { Language::En };
    let other = Look { locale: Locale::new(language), ..look.clone() };
    view! {
        <p class="rule-sentence">{sentence(look, rule)}</p>
        <p class="rule-sentence quiet-text" lang=other.locale.tag()>{sentence(&other, rule)}</p>
    }
    .into_any()
}

/// The rule that stands in a record as text.
#[component]
pub fn RuleText(text: String) -> impl IntoView {
    let state = use_query::<Box<Rule>>(move || Query::ReadRule { text: text.clone() }, &[]);
    let rule = Memo::new(move |_| state.with(|s| s.data.clone()));
    let look = use_look_with(Memo::new(move |_| rule.with(|rule| rule.as_ref().map(|rule| rule.mentions()).unwrap_or_default())));
    shared(move || rule.with(|rule| rule.as_ref().map(|rule| look.with(|look| sentence(look, rule)))))
}
