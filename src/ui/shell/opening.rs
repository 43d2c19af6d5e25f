//! What stands in for a page while the book is being opened, and when it cannot be.

use leptos::prelude::*;

use crate::engine::api::StoreError;
use crate::locale::fill;
use crate::ui::app::{Book, use_app};
use crate::ui::browser;
use crate::ui::components::{Button, ButtonKind, ErrorState, Skeleton};
use crate::ui::format::Format;

#[component]
pub(super) fn Opening() -> impl IntoView {
    let app = use_app();
    let words = Signal::derive(move || {
        let share = app.book.with(|b| if let Book::Opening { share } = b { *share } else { 1.0 });
        fill(app.t().shell.opening, &[("percent", &app.locale.get().percent(share, 0))])
    });
    view! {
        <div class="page opening">
            <p class="opening-words">{move || words.get()}</p>
            <Skeleton lines=7 label=words />
        </div>
    }
}

#[component]
pub(super) fn OpenFailed(error: StoreError) -> impl IntoView {
    let app = use_app();
    let body = Signal::derive(move || match &error {
        // Nothing was being saved.
        StoreError::Other { detail } => fill(app.t().errors.open_other, &[("detail", detail)]),
        other => app.locale.get().store_error(other),
    });
    view! {
        <div class="page narrow">
            <h1 class="visually-hidden" tabindex="-1">{move || app.t().errors.open_failed}</h1>
            <ErrorState title=Signal::derive(move || app.t().errors.open_failed.to_owned()) body>
                <Button kind=ButtonKind::Primary on_click=move || app.client().restart()>{move || app.t().common.retry}</Button>
                <Button on_click=browser::reload>{move || app.t().common.reload}</Button>
            </ErrorState>
            <section class="note">
                <h2>{move || app.t().shell.safe_title}</h2>
                <p>{move || app.t().shell.safe_body}</p>
            </section>
        </div>
    }
}
