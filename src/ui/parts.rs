//! Parts of the page that are fetched when they are first shown, so that what is loaded first stays small.
//!
//! A release build is cut (`KITH_SPLIT`, see `build.rs` and `xtask/web/programs.mjs`): what only a function named here
//! reaches lies in a file of its own. Other builds hold everything, and nothing is fetched. What two parts reach lies in a
//! third file that both fetch; what the first page reaches too stays there.
#![cfg_attr(kith_split, allow(unsafe_code, reason = "the macro declares the ways into the files as foreign functions"))]

use std::cell::Cell;

use leptos::task::spawn_local;

use super::app::use_app;
use super::components::{Button, ErrorState, Skeleton};
use super::pages::{self, Erasing, Opened};
use super::route::{DataTab, InsightTab, SegmentTab, SettingGroup};
use crate::domain::{Id, Seq};
use crate::ui::prelude::*;

/// The file did not arrive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Missing;

#[cfg(kith_split)]
impl From<wasm_split_helpers::SplitLoaderError> for Missing {
    /// The browser's own words stand in its console.
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}

macro_rules! pieces {
    ($($(#[$doc:meta])* $piece:ident($holds:ty) of $part:ident by $load:ident = $draw:expr;)*) => {
        /// Something to show that lies in a part, with what it is about.
        #[derive(Clone)]
        pub enum Piece { $($(#[$doc])* $piece($holds)),* }

        $(
            #[cfg_attr(kith_split, wasm_split_helpers::wasm_split($part, fallible))]
            fn $load() -> Result<fn($holds) -> AnyView, Missing> {
                Ok($draw)
            }
        )*

        /// What has arrived.
        struct Here { $($load: Cell<Option<fn($holds) -> AnyView>>),* }

        thread_local! {
            static HERE: Here = const { Here { $($load: Cell::new(None)),* } };
        }

        /// The piece, if its part is here.
        fn draw(piece: &Piece) -> Option<AnyView> {
            match piece { $(Piece::$piece(about) => HERE.with(|here| here.$load.get()).map(|draw| draw(about.clone())),)* }
        }

        /// Fetches the part of a piece.
        async fn fetch(piece: &Piece) -> Result<(), Missing> {
            match piece {
                $(Piece::$piece(_) => {
                    #[cfg(kith_split)]
                    let draw = $load().await?;
                    #[cfg(not(kith_split))]
                    let draw = $load()?;
                    HERE.with(|here| here.$load.set(Some(draw)));
                })*
            }
            Ok(())
        }
    };
}

pieces! {
    /// The page of a customer.
    Customer(Id) of customer by load_customer = |id| view! { <pages::CustomerPage id /> }.into_any();
    Segments(SegmentTab) of analyses by load_segments = |tab| view! { <pages::SegmentsPage tab /> }.into_any();
    Satisfaction(()) of analyses by load_satisfaction = |()| view! { <pages::SatisfactionPage /> }.into_any();
    Insights(InsightTab) of analyses by load_insights = |tab| view! { <pages::InsightsPage tab /> }.into_any();
    /// The page of a segment of one's own; `None`: a new one.
    Segment(Option<Id>) of rules by load_segment = |id| view! { <pages::SegmentPage id /> }.into_any();
    Data(DataTab) of data by load_data = |tab| view! { <pages::DataPage tab /> }.into_any();
    /// The report of a merge.
    Merge(Seq) of data by load_merge = |seq| view! { <pages::DataPage tab=DataTab::History seq /> }.into_any();
    Settings(Option<SettingGroup>) of data by load_settings = |group| view! { <pages::SettingsPage group /> }.into_any();
    Team(()) of data by load_team = |()| view! { <pages::TeamPage /> }.into_any();
    /// The form of a record, inside its dialog.
    Form(Opened) of forms by load_form = |what| view! { <pages::RecordEditor what /> }.into_any();
    /// The history of a record, and where its name is put.
    History((Id, RwSignal<String>)) of forms by load_history = |(id, name)| view! { <pages::Steps id name /> }.into_any();
    /// The last question before an erasure.
    Erase((Erasing, RwSignal<Option<Erasing>>)) of forms by load_erase = |(what, asked)| view! { <pages::Sure what asked /> }.into_any();
}

impl Piece {
    fn is_dialog(&self) -> bool {
        matches!(self, Self::Form(_) | Self::History(_) | Self::Erase(_))
    }
}

thread_local! {
    /// Parts under way.
    static UNDER_WAY: Cell<u32> = const { Cell::new(0) };
    /// What waits for them.
    static AFTER: Cell<Option<fn()>> = const { Cell::new(None) };
}

/// Runs `next` once nothing that was asked for is still under way; only the last one that asked.
pub fn when_drawn(next: fn()) {
    if UNDER_WAY.get() == 0 {
        next();
    } else {
        AFTER.set(Some(next));
    }
}

/// One part has arrived, or will not.
fn ended() {
    let left = UNDER_WAY.get().saturating_sub(1);
    UNDER_WAY.set(left);
    if left == 0
        && let Some(next) = AFTER.take()
    {
        request_animation_frame(next);
    }
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    UnderWay,
    Here,
    Missing,
}

/// Shows a piece, at once if its part is here. If it cannot be fetched, says so and offers to try again.
pub fn later(piece: Piece) -> AnyView {
    if let Some(view) = draw(&piece) {
        return view;
    }
    let app = use_app();
    let state = RwSignal::new(State::UnderWay);
    let class = if piece.is_dialog() { "" } else { "page" };
    let start = {
        let piece = piece.clone();
        move || {
            state.set(State::UnderWay);
            UNDER_WAY.with(|n| n.set(n.get() + 1));
            let piece = piece.clone();
            spawn_local(async move {
                let arrived = fetch(&piece).await;
                state.try_set(if arrived.is_ok() { State::Here } else { State::Missing });
                ended();
            });
        }
    };
    start();
    let again = Callback::new(move |()| start());
    dynamic(move || match state.get() {
        State::Here => draw(&piece).into_any(),
        State::UnderWay => {
            let label = Signal::derive(move || app.t().common.loading.to_owned());
            view! { <div class=class><Skeleton lines=8 label /></div> }.into_any()
        }
        State::Missing => {
            let title = Signal::derive(move || app.t().errors.load_failed.to_owned());
            let body = Signal::derive(move || app.t().errors.part_missing.to_owned());
            view! {
                <div class=class>
                    <ErrorState title body>
                        <Button on_click=again>{move || app.t().common.retry}</Button>
                    </ErrorState>
                </div>
            }
            .into_any()
        }
    })
    .into_any()
}
