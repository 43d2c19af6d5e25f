//! The rows of history and trash: what, when, and the way back.

use crate::ui::prelude::*;

use super::{failed, waiting};
use crate::domain::Id;
use crate::engine::api::Query;
use crate::locale::{DataTexts, Locale};
use crate::ui::app::{ALL_TOPICS, use_app};
use crate::ui::components::{Button, EmptyState, Icon, LinkButton, Loaded};
use crate::ui::pages::record::{EraseButton, Erasing, HistoryButton};
use crate::ui::query::{FromAnswer, use_query};

/// How many rows are asked for at a time.
const PAGE: u32 = 50;

/// One row, put into words.
pub struct Entry {
    pub what: String,
    pub facts: String,
    /// Struck through.
    pub over: bool,
    pub way: Way,
    /// The record that it is about, where it is about one.
    pub record: Option<Id>,
    /// What can be erased for good from here.
    pub erasable: Option<Erasing>,
}

/// What can be done about it.
pub enum Way {
    Back(&'static str, Callback<()>),
    Look(&'static str, String),
    /// Nothing; in words, why.
    None(&'static str),
}

/// The words around the rows.
pub struct Words {
    pub title: fn(&DataTexts) -> &'static str,
    pub answer: fn(&DataTexts) -> &'static str,
    pub empty: fn(&DataTexts) -> &'static str,
}

/// A page of rows with what stands above them; `query` gets the number of rows, `entry` puts one into words.
pub fn rows<T: FromAnswer>(words: &'static Words, query: fn(u32) -> Query, entries: impl Fn(Locale, &T) -> Vec<Entry> + Copy + Send + Sync + 'static) -> AnyView {
    let app = use_app();
    let limit = RwSignal::new(PAGE);
    let state = use_query::<T>(move || query(limit.get()), ALL_TOPICS);
    let show = move |rows: Memo<T>| {
        (move || {
            let locale = app.locale.get();
            let entries = rows.with(|r| entries(locale, r));
            listed(words, limit, locale, entries)
        })
        .into_any()
    };
    view! {
        <h1 tabindex="-1">{move || (words.title)(&app.t().data)}</h1>
        <Loaded state loading=move || waiting(app) failed=failed(app) view=show />
    }
    .into_any()
}

fn listed(words: &'static Words, limit: RwSignal<u32>, locale: Locale, entries: Vec<Entry>) -> AnyView {
    let t = locale.t();
    let answer = (words.answer)(&t.data);
    if entries.is_empty() {
        let title = Signal::stored((words.empty)(&t.data).to_owned());
        return view! { <EmptyState title body=Signal::stored(answer.to_owned()) /> }.into_any();
    }
    let more = entries.len() as u64 >= u64::from(limit.get_untracked());
    let more = more.then(|| {
        view! { <Button on_click=Callback::new(move |()| limit.update(|l| *l += PAGE))>{t.common.more}</Button> }
    });
    view! {
        <p class="answer">{answer}</p>
        <ol class="journal card">{entries.into_iter().map(listed_one).collect_view()}</ol>
        {more}
    }
    .into_any()
}

fn listed_one(entry: Entry) -> AnyView {
    let way = match entry.way {
        Way::Back(words, run) => view! { <Button icon=Icon::Undo on_click=run>{words}</Button> }.into_any(),
        Way::Look(words, href) => view! { <LinkButton href>{words}</LinkButton> }.into_any(),
        Way::None(words) => view! { <span class="badge">{words}</span> }.into_any(),
    };
    view! {
        <li class="entry" class:undone=entry.over>
            <div>
                <strong>{entry.what}</strong>
                <span class="quiet-text">{entry.facts}</span>
            </div>
            {entry.record.map(|id| view! { <HistoryButton id /> })}
            {way}
            {entry.erasable.map(|what| view! { <EraseButton what /> })}
        </li>
    }
    .into_any()
}
