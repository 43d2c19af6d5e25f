//! The pages. Each answers one question at its top.

mod customer;
mod customers;
mod data;
mod export;
mod first_run;
mod insights;
mod lines;
mod record;
mod rules;
mod satisfaction;
mod segments;
mod settings;
mod stale;
mod team;
mod today;

pub use data::{ImportFlow, ShareFlow};
pub use record::{EraseDialog, Forms, HistoryDialog, RecordDialog, provide_erasing, provide_forms, provide_histories, use_forms};

use crate::ui::prelude::*;

use crate::engine::api::Overview;
use crate::ui::app::{use_app, use_overview};
use crate::ui::components::{ErrorState, LinkButton, Loaded, Skeleton};
use crate::ui::route::{DataTab, Route};

/// The page that the address names.
#[component]
pub fn Page() -> impl IntoView {
    let app = use_app();
    // Filters change within the list; they do not make the page anew.
    let page = Memo::new(move |before: Option<&Route>| {
        let now = app.route.get();
        before.filter(|b| b.same_page(&now)).cloned().unwrap_or(now)
    });
    shared(move || match page.get() {
        Route::Today => view! { <Start /> }.into_any(),
        Route::Customers { .. } | Route::NewCustomer => view! { <customers::CustomersPage /> }.into_any(),
        Route::Customer(id) => view! { <customer::CustomerPage id /> }.into_any(),
        Route::Segments(tab) => view! { <segments::SegmentsPage tab /> }.into_any(),
        Route::Segment { id, .. } => view! { <rules::SegmentPage id /> }.into_any(),
        Route::Satisfaction(_) => view! { <satisfaction::SatisfactionPage /> }.into_any(),
        Route::Insights(tab) => view! { <insights::InsightsPage tab /> }.into_any(),
        Route::Data(tab) => view! { <data::DataPage tab /> }.into_any(),
        Route::Merge(seq) => view! { <data::DataPage tab=DataTab::History seq /> }.into_any(),
        Route::Settings => view! { <settings::SettingsPage /> }.into_any(),
        Route::Team => view! { <team::TeamPage /> }.into_any(),
        Route::NotFound => view! { <NotFound /> }.into_any(),
    })
}

/// Today, or the first run while the book is empty.
#[component]
fn Start() -> impl IntoView {
    let app = use_app();
    let overview = use_overview();
    let failed = Callback::new(move |error| {
        let title = Signal::derive(move || app.t().errors.load_failed.to_owned());
        let body = Signal::derive(move || app.locale.get().command_error(&error));
        view! { <ErrorState title body /> }.into_any()
    });
    let show = move |overview: Memo<Overview>| {
        let empty = Memo::new(move |_| overview.with(|o| o.customers == 0 && o.orders == 0 && o.products == 0));
        (move || {
            if empty.get() {
                view! { <first_run::FirstRun /> }.into_any()
            } else {
                view! { <today::TodayPage /> }.into_any()
            }
        })
        .into_any()
    };
    let loading = move || view! { <div class="page"><Skeleton lines=8 label=Signal::derive(move || app.t().common.loading.to_owned()) /></div> };
    view! { <Loaded state=overview loading failed view=show /> }
}

/// An address that leads nowhere.
#[component]
fn NotFound() -> impl IntoView {
    let app = use_app();
    view! {
        <div class="page narrow not-found">
            <h1 tabindex="-1">{move || app.t().shell.not_found_title}</h1>
            <p class="answer">{move || app.t().shell.not_found_body}</p>
            <LinkButton href=Route::Today.href()>{move || app.t().shell.not_found_action}</LinkButton>
        </div>
    }
}
