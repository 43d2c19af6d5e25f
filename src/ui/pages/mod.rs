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

/// What arrives when it is first shown: only `ui::parts` may name it, or it lies in what is loaded first.
pub(super) use self::{
    customer::CustomerPage,
    data::DataPage,
    insights::InsightsPage,
    record::{Erasing, Opened, RecordEditor, Steps, Sure},
    rules::SegmentPage,
    satisfaction::SatisfactionPage,
    segments::SegmentsPage,
    settings::SettingsPage,
    team::TeamPage,
};

use crate::ui::prelude::*;

use crate::engine::api::{CommandError, Overview, Topic};
use crate::ui::app::{App, use_app, use_overview};
use crate::ui::components::{Button, ErrorState, LinkButton, Loaded, Skeleton};
use crate::ui::parts::{Piece, later};
use crate::ui::route::Route;

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
        Route::Customer(id) => later(Piece::Customer(id)),
        Route::Segments(tab) => later(Piece::Segments(tab)),
        Route::Segment { id, .. } => later(Piece::Segment(id)),
        Route::Satisfaction(_) => later(Piece::Satisfaction(())),
        Route::Insights(tab) => later(Piece::Insights(tab)),
        Route::Data(tab) => later(Piece::Data(tab)),
        Route::Merge(seq) => later(Piece::Merge(seq)),
        Route::Settings(group) => later(Piece::Settings(group)),
        Route::Team => later(Piece::Team(())),
        Route::NotFound => view! { <NotFound /> }.into_any(),
    })
}

/// Today, or the first run while the book is empty.
#[component]
fn Start() -> impl IntoView {
    let app = use_app();
    let overview = use_overview();
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
    view! { <Loaded state=overview loading failed=failed(app) view=show /> }
}

/// What stands in for an answer that did not come. What the person stopped goes on by a press.
pub(super) fn failed(app: App) -> Callback<CommandError, AnyView> {
    Callback::new(move |error: CommandError| {
        let stopped = error == CommandError::Cancelled;
        let title = Signal::derive(move || {
            let t = app.t();
            if stopped { t.worth.stopped } else { t.errors.load_failed }.to_owned()
        });
        let body = Signal::derive(move || {
            if stopped { app.t().worth.stopped_body.to_owned() } else { app.locale.get().command_error(&error) }
        });
        let go_on = stopped.then(|| {
            let press = Callback::new(move |()| app.touch(&[Topic::Orders]));
            view! { <Button on_click=press>{move || app.t().worth.go_on}</Button> }
        });
        view! { <ErrorState title body>{go_on}</ErrorState> }.into_any()
    })
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
