//! Insights: who stays, who brings whom, what keeping is worth; one question per tab.

mod churn;
mod cohorts;
mod curve;
mod keeping;
mod referrals;
mod stay;
mod tiles;
mod words;

use crate::ui::prelude::*;

use crate::ui::app::use_app;
use crate::ui::components::{Tab, Tabs};
use crate::ui::route::{InsightTab, Route};

#[component]
pub fn InsightsPage(tab: InsightTab) -> impl IntoView {
    let app = use_app();
    let tabs = Signal::derive(move || {
        let t = &app.t().retention;
        let words = |this: InsightTab| match this {
            InsightTab::Stay => t.tab_stay,
            InsightTab::Referrals => t.tab_referrals,
            InsightTab::Keeping => t.tab_keeping,
        };
        InsightTab::ALL
            .map(|this| Tab { label: words(this).to_owned(), href: Route::Insights(this).href(), current: this == tab })
            .to_vec()
    });
    view! {
        <div class="page segments insights">
            <Tabs label=Signal::derive(move || app.t().retention.tabs.to_owned()) tabs />
            {match tab {
                InsightTab::Stay => view! { <stay::StayTab /> }.into_any(),
                InsightTab::Referrals => view! { <referrals::ReferralsTab /> }.into_any(),
                InsightTab::Keeping => view! { <keeping::KeepingTab /> }.into_any(),
            }}
        </div>
    }
}
