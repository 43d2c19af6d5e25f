//! The conditions in force, each with a way to take it off.

use crate::ui::prelude::*;

use crate::engine::api::{Activity, Filter, Rule, Stand};
use crate::locale::{Locale, fill};
use super::list::use_look_with;
use super::words::Look;
use crate::ui::app::use_app;
use crate::ui::components::Chip;
use crate::ui::format::Format;
use crate::ui::model::rule::rule_words;
use crate::ui::route::Route;

/// Takes one condition off a filter.
type Without = Box<dyn Fn(&mut Filter) + Send + Sync>;

pub(super) fn activity_words(locale: Locale, activity: Activity) -> &'static str {
    let t = &locale.t().customers;
    match activity {
        Activity::Active => t.activity_active,
        Activity::Dormant => t.activity_dormant,
        Activity::FellAsleep => t.activity_fell_asleep,
    }
}

/// Words of each condition, with what takes it off.
fn conditions(filter: &Filter, look: &Look) -> Vec<(String, Without)> {
    let (locale, tiers) = (look.locale, look.tiers.as_slice());
    let t = &locale.t().customers;
    let mut list: Vec<(String, Without)> = Vec::new();
    let mut put = |words: String, without: fn(&mut Filter)| list.push((words, Box::new(without)));
    if let Some(group) = filter.kotler {
        put(locale.kotler_plural(group).to_owned(), |f| f.kotler = None);
    }
    if let Some(group) = filter.rfm_group {
        put(locale.rfm_group(group).to_owned(), |f| f.rfm_group = None);
    }
    if let Some((r, f)) = filter.rfm_cell {
        let words = fill(t.rfm_cell, &[("r", &r.to_string()), ("f", &f.to_string())]);
        put(words, |f| f.rfm_cell = None);
    }
    if let Some(tier) = &filter.tier {
        put(locale.tier(tier, tiers), |f| f.tier = None);
    }
    if let Some(step) = filter.dormancy {
        put(locale.dormancy(step).to_owned(), |f| f.dormancy = None);
    }
    if let Some(activity) = filter.activity {
        put(activity_words(locale, activity).to_owned(), |f| f.activity = None);
    }
    if let Some(mood) = filter.mood {
        put(locale.satisfaction(mood).to_owned(), |f| f.mood = None);
    }
    if let Some(bp) = filter.top_bp {
        put(fill(t.top_share, &[("percent", &locale.percent_bp(bp))]), |f| f.top_bp = None);
    }
    if let Some(country) = &filter.country {
        put(country.clone(), |f| f.country = None);
    }
    if let Some(tag) = &filter.tag {
        put(format!("#{tag}"), |f| f.tag = None);
    }
    if let Some(risk) = filter.at_risk {
        let t = &locale.t().worth;
        put(if risk { t.at_risk } else { t.not_at_risk }.to_owned(), |f| f.at_risk = None);
    }
    if let Some(moved) = &filter.moved {
        let t = &locale.t().moved;
        let stand = |s: &Option<Stand>, none: &str| s.as_ref().map_or_else(|| none.to_owned(), |s| locale.stand(s, tiers));
        let compares = moved.to.as_ref().is_some_and(Stand::compares);
        let from = stand(&moved.from, if compares { t.anywhere } else { t.elsewhere });
        let values = [("from", from), ("to", stand(&moved.to, t.elsewhere))];
        let [from, to] = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        put(fill(t.chip, &[from, to, ("since", locale.since(moved.since))]), |f| f.moved = None);
    }
    if let Some(prospects) = filter.prospects {
        let words = if prospects { t.purchase_no } else { t.purchase_yes };
        put(words.to_owned(), |f| f.prospects = None);
    }
    for condition in &filter.conditions {
        let this = condition.clone();
        list.push((rule_words(look, condition), Box::new(move |f| f.conditions.retain(|c| *c != this))));
    }
    list
}

#[component]
pub(super) fn Chips(filter: Memo<Filter>) -> impl IntoView {
    let app = use_app();
    let mentions = |f: &Filter| f.conditions.iter().flat_map(Rule::mentions).collect();
    let look = use_look_with(Memo::new(move |_| filter.with(mentions)));
    let chip = move |(words, without): (String, Without)| {
        let take_off = move || {
            let mut narrower = filter.get_untracked();
            without(&mut narrower);
            app.go(&Route::customers(narrower));
        };
        view! { <Chip label=words remove=Signal::derive(move || app.t().customers.remove_filter.to_owned()) on_remove=take_off /> }
    };
    dynamic(move || {
        let list = look.with(|look| filter.with(|f| conditions(f, look)));
        list.into_iter().map(chip).collect_view()
    })
}
