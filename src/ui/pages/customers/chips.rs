//! The conditions in force, each with a way to take it off.

use crate::ui::prelude::*;

use crate::engine::api::{Activity, Filter};
use crate::locale::{Locale, fill};
use crate::ui::app::{use_app, use_tiers};
use crate::ui::components::Chip;
use crate::ui::format::Format;
use crate::ui::route::Route;
use crate::domain::TierRule;

/// Takes one condition off a filter.
type Without = fn(&mut Filter);

pub(super) fn activity_words(locale: Locale, activity: Activity) -> &'static str {
    let t = &locale.t().customers;
    match activity {
        Activity::Active => t.activity_active,
        Activity::Dormant => t.activity_dormant,
        Activity::FellAsleep => t.activity_fell_asleep,
    }
}

/// Words of each condition, with what takes it off.
fn conditions(filter: &Filter, locale: Locale, tiers: &[TierRule]) -> Vec<(String, Without)> {
    let t = &locale.t().customers;
    let mut list: Vec<(String, Without)> = Vec::new();
    if let Some(group) = filter.kotler {
        list.push((locale.kotler_plural(group).to_owned(), |f| f.kotler = None));
    }
    if let Some(group) = filter.rfm_group {
        list.push((locale.rfm_group(group).to_owned(), |f| f.rfm_group = None));
    }
    if let Some((r, f)) = filter.rfm_cell {
        let words = fill(t.rfm_cell, &[("r", &r.to_string()), ("f", &f.to_string())]);
        list.push((words, |f| f.rfm_cell = None));
    }
    if let Some(tier) = &filter.tier {
        list.push((locale.tier(tier, tiers), |f| f.tier = None));
    }
    if let Some(step) = filter.dormancy {
        list.push((locale.dormancy(step).to_owned(), |f| f.dormancy = None));
    }
    if let Some(activity) = filter.activity {
        list.push((activity_words(locale, activity).to_owned(), |f| f.activity = None));
    }
    if let Some(mood) = filter.mood {
        list.push((locale.satisfaction(mood).to_owned(), |f| f.mood = None));
    }
    if let Some(bp) = filter.top_bp {
        list.push((fill(t.top_share, &[("percent", &locale.percent_bp(bp))]), |f| f.top_bp = None));
    }
    if let Some(country) = &filter.country {
        list.push((country.clone(), |f| f.country = None));
    }
    if let Some(tag) = &filter.tag {
        list.push((format!("#{tag}"), |f| f.tag = None));
    }
    if let Some(prospects) = filter.prospects {
        let words = if prospects { t.purchase_no } else { t.purchase_yes };
        list.push((words.to_owned(), |f| f.prospects = None));
    }
    list
}

#[component]
pub(super) fn Chips(filter: Memo<Filter>) -> impl IntoView {
    let app = use_app();
    let tiers = use_tiers();
    let chip = move |(words, without): (String, Without)| {
        let take_off = move || {
            let mut narrower = filter.get_untracked();
            without(&mut narrower);
            app.go(&Route::customers(narrower));
        };
        view! { <Chip label=words remove=Signal::derive(move || app.t().customers.remove_filter.to_owned()) on_remove=take_off /> }
    };
    dynamic(move || {
        let list = tiers.with(|tiers| filter.with(|f| conditions(f, app.locale.get(), tiers)));
        list.into_iter().map(chip).collect_view()
    })
}
