//! Questions as signals: asked again when their input or one of their topics changes.

use std::rc::Rc;

use crate::ui::prelude::*;
use leptos::task::spawn_local;

use super::app::use_app;
use super::model::query::{Latest, QueryState};
use crate::domain::{OwnField, Settings};
use crate::engine::api::{
    Answer, CadenceBreak, CadenceView, CommandError, CustomerList, CustomerOutlook, CustomerView, DormancyView, Drift, Entitled, JournalRow, KotlerPoint, KotlerView, MergeChoices, MergePreview, MergeReport, MovedView, OrderView,
    Overview, Panels,
    ProductList, Query, RecordHistory, RecordList, ResponseList, RfmView, SatisfactionView, Similar, StagedImport, StaleList, StorageView, TiersView, TodayView, Topic, TrashRow, TrendView, WorthView,
};
use crate::engine::api::{GoodsNames, Rule, RuleView, SavedView, SegmentList};
use crate::engine::api::{BroughtView, NoCurve, ReferralsView, RetentionView, Tenure};
use crate::files::orders::Mapping;

/// A view that comes out of an [`Answer`].
pub trait FromAnswer: Clone + PartialEq + Send + Sync + 'static {
    /// `None` when the answer is to another question.
    fn from_answer(answer: Answer) -> Option<Self>;
}

impl FromAnswer for Answer {
    fn from_answer(answer: Answer) -> Option<Self> {
        Some(answer)
    }
}

macro_rules! from_answer {
    ($($variant:ident => $view:ty),* $(,)?) => {
        $(impl FromAnswer for $view {
            fn from_answer(answer: Answer) -> Option<Self> {
                match answer { Answer::$variant(view) => Some(view), _ => None }
            }
        })*
    };
}

from_answer! {
    Overview => Overview,
    Customers => CustomerList,
    Worth => Box<WorthView>,
    Trend => TrendView,
    Moved => Box<MovedView>,
    Breaks => CadenceView,
    Habits => Vec<CadenceBreak>,
    Drift => Vec<Drift>,
    Outlook => Option<CustomerOutlook>,
    Customer => Option<Box<CustomerView>>,
    Similar => Vec<Similar>,
    MergeChoices => MergeChoices,
    Order => Option<OrderView>,
    Records => RecordList,
    OwnFields => Vec<OwnField>,
    Entitled => Entitled,
    Products => ProductList,
    Rfm => RfmView,
    Kotler => KotlerView,
    KotlerPoint => Option<KotlerPoint>,
    Tiers => TiersView,
    Dormancy => DormancyView,
    Today => TodayView,
    Satisfaction => Box<SatisfactionView>,
    Retention => Box<RetentionView>,
    Tenure => Result<Tenure, NoCurve>,
    Referrals => ReferralsView,
    Brought => Option<Box<BroughtView>>,
    Responses => ResponseList,
    Settings => Box<Settings>,
    Journal => Vec<JournalRow>,
    History => Option<Box<RecordHistory>>,
    Panels => Option<Box<Panels>>,
    Stale => StaleList,
    Trash => Vec<TrashRow>,
    StagedImport => Option<StagedImport>,
    StagedMerge => Option<Box<MergePreview>>,
    MergeReport => Option<Box<MergeReport>>,
    Mapping => Option<Mapping>,
    Storage => StorageView,
}

from_answer! {
    Views => Vec<(crate::domain::Id, SavedView)>,
    Names => Vec<(crate::domain::Id, String)>,
    GoodsNames => GoodsNames,
    Rule => Box<RuleView>,
    Finds => Vec<bool>,
    ReadRule => Box<Rule>,
    Segments => SegmentList,
}

/// Asks `query` now, again whenever a signal that it reads changes, and whenever a change touches one of `topics`.
/// The last answer stays while the next one is on its way; late answers to older questions are dropped.
pub fn use_query<T: FromAnswer>(
    query: impl Fn() -> Query + Send + Sync + 'static,
    topics: &'static [Topic],
) -> Signal<QueryState<T>> {
    use_query_if(move || Some(query()), topics)
}

/// Like [`use_query`], asking nothing while `query` gives `None`.
pub fn use_query_if<T: FromAnswer>(
    query: impl Fn() -> Option<Query> + Send + Sync + 'static,
    topics: &'static [Topic],
) -> Signal<QueryState<T>> {
    let state = RwSignal::new(QueryState::<T>::default());
    let take = move |result: Option<Result<Answer, CommandError>>| match result {
        None => state.update(QueryState::start),
        // The page may have left meanwhile: then it is there no more.
        Some(result) => {
            let view = result.and_then(|a| T::from_answer(a).ok_or(CommandError::WorkerLost));
            let _gone = state.try_update(|s| s.finish(view));
        }
    };
    keep_asking(Box::new(query), topics, Rc::new(take));
    state.into()
}

type Ask = Box<dyn Fn() -> Option<Query> + Send + Sync>;
/// Hears `None` when a question goes out, and its answer.
type Hear = Rc<dyn Fn(Option<Result<Answer, CommandError>>)>;

/// What all questions have in common, whatever their answer.
fn keep_asking(query: Ask, topics: &'static [Topic], hear: Hear) {
    let app = use_app();
    let latest = StoredValue::new(Latest::default());
    let wanted = Memo::new(move |_| query());
    Effect::new(move |_| {
        app.track(topics);
        let Some(query) = wanted.get() else { return };
        let Some(ticket) = latest.try_update_value(Latest::begin) else { return };
        hear(None);
        let (client, hear) = (app.client(), Rc::clone(&hear));
        spawn_local(async move {
            let result = client.ask(query).await;
            if latest.try_with_value(|l| l.is_current(ticket)) == Some(true) {
                hear(Some(result));
            }
        });
    });
}

/// The value of a loaded question as a signal that keeps its last value.
pub fn last<T: FromAnswer>(state: Signal<QueryState<T>>, first: T) -> Memo<T> {
    Memo::new(move |before: Option<&T>| {
        state.with(|s| s.data.clone()).or_else(|| before.cloned()).unwrap_or_else(|| first.clone())
    })
}
