//! The segments page: the questions about the customers, one tab each.

mod bounds;
mod cadence;
mod cuts;
mod dormancy;
mod equity;
mod groups;
mod loyalty_by;
mod mix;
mod moved;
mod own;
pub(in crate::ui::pages) mod parts;
mod rfm;
mod tiers;
mod tracking;
mod value;
mod value_groups;
mod value_tools;
mod worth;
mod worth_words;

use crate::ui::prelude::*;

pub(in crate::ui::pages) use cadence::Habits;
pub(in crate::ui::pages) use loyalty_by::LoyaltyNote;
pub(in crate::ui::pages) use worth::{chance_bar, figures_said};
pub(in crate::ui::pages) use worth_words::{months, parameters, why};

use crate::ui::app::use_app;
use crate::ui::components::{Tab, Tabs};
use crate::ui::route::{Route, SegmentTab};

#[component]
pub fn SegmentsPage(tab: SegmentTab) -> impl IntoView {
    let app = use_app();
    let tabs = Signal::derive(move || {
        let t = &app.t().segments;
        let words = |this: SegmentTab| match this {
            SegmentTab::Value => t.tab_value,
            SegmentTab::Worth => app.t().worth.tab,
            SegmentTab::Rfm => t.tab_rfm,
            SegmentTab::Tiers => t.tab_tiers,
            SegmentTab::Dormancy => t.tab_dormancy,
            SegmentTab::Moved(_) => app.t().moved.tab,
            SegmentTab::Own => app.t().rules.tab,
        };
        SegmentTab::ALL
            .map(|this| Tab {
                label: words(this).to_owned(),
                href: Route::Segments(this).href(),
                current: this.same(tab),
            })
            .to_vec()
    });
    view! {
        <div class="page segments">
            <Tabs label=Signal::derive(move || app.t().segments.tabs.to_owned()) tabs />
            {match tab {
                SegmentTab::Value => view! { <value::ValueTab /> }.into_any(),
                SegmentTab::Worth => view! { <worth::WorthTab /> }.into_any(),
                SegmentTab::Rfm => view! { <rfm::RfmTab /> }.into_any(),
                SegmentTab::Tiers => view! { <tiers::TiersTab /> }.into_any(),
                SegmentTab::Dormancy => view! { <dormancy::DormancyTab /> }.into_any(),
                SegmentTab::Moved(_) => view! { <moved::MovedTab /> }.into_any(),
                SegmentTab::Own => view! { <own::OwnTab /> }.into_any(),
            }}
        </div>
    }
}
