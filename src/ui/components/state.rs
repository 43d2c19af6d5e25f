//! Loading, empty and failed: what a page shows when there is nothing to show.

use crate::ui::prelude::*;

use super::icon::{Icon, icon};
use crate::ui::model::query::QueryState;

/// Grey bars in the place of `lines` lines. They appear only after a moment (by style), so that fast answers do not flash.
#[component]
pub fn Skeleton(#[prop(default = 4)] lines: usize, #[prop(into)] label: Signal<String>) -> impl IntoView {
    view! {
        <div class="skeleton" role="status" aria-label=move || label.get()>
            {(0..lines).map(|_| view! { <i></i> }).collect_view()}
        </div>
    }
}

/// Why there is nothing, what it will show, and the way to fill it.
#[component]
pub fn EmptyState(
    #[prop(into)] title: Signal<String>,
    #[prop(into)] body: Signal<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <h2>{move || title.get()}</h2>
            <p>{move || body.get()}</p>
            {children.map(|children| view! { <div class="empty-actions">{children()}</div> })}
        </div>
    }
}

/// What happened, what is safe, what to do.
#[component]
pub fn ErrorState(
    #[prop(into)] title: Signal<String>,
    #[prop(into)] body: Signal<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="failed-state" role="alert">
            {icon(Icon::Warning)}
            <div>
                <h2>{move || title.get()}</h2>
                <p>{move || body.get()}</p>
                {children.map(|children| view! { <div class="empty-actions">{children()}</div> })}
            </div>
        </div>
    }
}

/// Shows `loading` until there is an answer, `failed` when the first one fails, and then `view` with the answer as a
/// signal: the markup stays while new answers come in.
#[component]
pub fn Loaded<T, V>(
    #[prop(into)] state: Signal<QueryState<T>>,
    #[prop(into)] loading: ViewFn,
    /// Gets the error; called only when there is no earlier answer to show.
    failed: Callback<crate::engine::api::CommandError, AnyView>,
    view: V,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
    V: Fn(Memo<T>) -> AnyView + Send + Sync + 'static,
{
    /// Which of the three stands; the markup changes only with it.
    #[derive(Clone, PartialEq)]
    enum Phase {
        Waiting,
        Failed(crate::engine::api::CommandError),
        Here,
    }
    let phase = Memo::new(move |_| {
        state.with(|s| match (&s.data, &s.error) {
            (Some(_), _) => Phase::Here,
            (None, Some(error)) => Phase::Failed(error.clone()),
            (None, None) => Phase::Waiting,
        })
    });
    shared(move || match (phase.get(), state.with_untracked(|s| s.data.clone())) {
        (Phase::Here, Some(first)) => {
            let value = Memo::new(move |before: Option<&T>| {
                state.with(|s| s.data.clone()).or_else(|| before.cloned()).unwrap_or_else(|| first.clone())
            });
            view(value)
        }
        (Phase::Failed(error), _) => failed.run(error),
        _ => loading.run(),
    })
}
