//! What they said: the answers behind the number that was opened, newest first.

use crate::ui::prelude::*;

use super::gaps::all_answers;
use super::words::scores_words;
use crate::engine::api::{Mood, Query, ResponseFilter, ResponseList, ResponseRow, SatisfactionView, TableList, Topic};
use crate::locale::{Locale, fill, plural};
use crate::ui::app::use_app;
use crate::ui::components::{Badge, Button};
use crate::ui::format::Format;
use crate::ui::pages::customers::mood_tone;
use crate::ui::pages::export::ListExport;
use crate::ui::query::use_query;
use crate::ui::route::{Route, VoiceLook};

/// Answers at first, and more at each “show more”.
const PAGE: u32 = 20;

#[component]
pub(super) fn Answers(look: Memo<VoiceLook>, view: Memo<Box<SatisfactionView>>) -> impl IntoView {
    let app = use_app();
    let limit = RwSignal::new(PAGE);
    // The days of the period, unless a step of the trend was opened.
    let first = Memo::new(move |_| view.with(|v| v.from));
    let filter = Memo::new(move |_| {
        let wanted = look.with(|l| l.answers.clone());
        ResponseFilter { from: wanted.from.or(first.get()), ..wanted }
    });
    let state = use_query::<ResponseList>(
        move || {
            let filter = filter.get();
            Query::Responses { as_of: app.as_of.get(), filter, offset: 0, limit: limit.get() }
        },
        &[Topic::Customers, Topic::Orders, Topic::Products, Topic::Responses],
    );
    let list = Memo::new(move |_| state.with(|s| s.data.clone()));
    let count = move || {
        let locale = app.locale.get();
        list.with(|l| l.as_ref().map(|l| plural(locale.t().satisfaction.answers_of, l.total, &[("n", &locale.int(l.total))])))
    };
    let narrowed = Memo::new(move |_| look.with(|l| l.answers != ResponseFilter::default()));
    let rows = move || {
        let locale = app.locale.get();
        list.with(|l| l.as_ref().map(|l| l.rows.iter().map(|row| said(locale, row)).collect_view()))
    };
    let more = Memo::new(move |_| list.with(|l| l.as_ref().is_some_and(|l| (l.rows.len() as u64) < l.total)));
    view! {
        <section class="voice-part" aria-labelledby="voice-said">
            <div class="voice-head">
                <h2 id="voice-said">{move || app.t().satisfaction.answers}</h2>
                <span class="quiet-text" aria-live="polite">{shared(count)}</span>
                <span class="push"></span>
                <Show when=move || narrowed.get()>
                    <a href=move || all_answers(&look.get()).href()>{move || app.t().satisfaction.all_answers}</a>
                </Show>
                <ListExport
                    list=Signal::derive(move || TableList::Responses(filter.get()))
                    name=|t| t.satisfaction.answers
                />
            </div>
            <ol class="voice-list">{dynamic(rows)}</ol>
            <Show when=move || more.get()>
                <div class="timeline-more">
                    <Button on_click=move || limit.update(|l| *l += PAGE * 5)>{move || app.t().common.more}</Button>
                </div>
            </Show>
        </section>
    }
}

fn said(locale: Locale, row: &ResponseRow) -> impl IntoView + use<> {
    let draft = &row.draft;
    let gap = draft.experience.zip(draft.expectation).map(|(met, hoped)| i16::from(met) - i16::from(hoped));
    let mood = gap.and_then(|gap| i8::try_from(gap).ok()).map_or(Mood::NoAnswer, Mood::of_gap);
    let order = if row.order.is_empty() {
        String::new()
    } else {
        fill(locale.t().satisfaction.about_order, &[("number", &row.order)])
    };
    let about = [scores_words(locale, draft), row.product.clone(), order, draft.staff.clone()];
    let about = about.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(locale.comma());
    let badge = gap.map(|_| view! { <Badge tone=mood_tone(mood) text=locale.satisfaction(mood) /> });
    view! {
        <li>
            <a href=Route::Customer(draft.customer).href()>{row.customer.clone()}</a>
            {badge}
            <span class="quiet-text">{about}</span>
            <time class="quiet-text">{locale.date_time(draft.at)}</time>
            {(!draft.comment.is_empty()).then(|| view! { <q>{draft.comment.clone()}</q> })}
        </li>
    }
}
