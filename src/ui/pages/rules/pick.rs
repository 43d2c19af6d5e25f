//! What a condition is about: everything there is, in groups, searched by what it is called.

use crate::ui::prelude::*;

use crate::engine::api::{Column, Figure, Query};
use crate::locale::aliases;
use crate::ui::app::use_app;
use crate::ui::model::rule::What;
use crate::ui::pages::customers::{label, use_look};
use crate::ui::query::use_query_if;

/// A heading and what stands under it.
type Group = (String, Vec<(String, What)>);

/// By what its other words are known.
fn what_name(what: &What) -> String {
    match what {
        What::Column(column) => column.name(),
        What::Bought => "purchases".to_owned(),
        What::There => "left".to_owned(),
        What::Contact => "contact".to_owned(),
        _ => String::new(),
    }
}

#[component]
pub fn Picker(on_pick: Callback<What>) -> impl IntoView {
    let app = use_app();
    let look = use_look();
    let search = RwSignal::new(String::new());
    let groups = move || -> Vec<Group> {
        let locale = app.locale.get();
        let t = locale.t();
        look.with(|look| {
            let named = |column: Column| (label(look, column), What::Column(column));
            let fields = Column::all().into_iter().filter(|c| matches!(c, Column::Field(_))).map(named).collect();
            let own = look.own.iter().map(|field| named(Column::Own(field.id))).collect();
            let figures = Figure::ALL.iter().map(|figure| named(Column::Figure(*figure))).collect();
            let r = &t.rules;
            let wide = [(r.what_bought, What::Bought), (r.what_rank, What::Rank), (r.what_segment, What::Segment), (r.what_moved, What::Moved), (r.what_contact, What::Contact), (r.what_there, What::There), (r.what_search, What::Search)];
            let wide = wide.map(|(words, what)| (words.to_owned(), what)).to_vec();
            vec![
                (r.pick_wide.to_owned(), wide),
                (t.list.figures.to_owned(), figures),
                (t.list.fields.to_owned(), fields),
                (locale.word("own_title").to_owned(), own),
            ]
        })
    };
    let groups = Memo::new(move |_| groups());
    // What else they are called counts too, and pinyin, which the worker reads.
    let found = use_query_if::<Vec<bool>>(
        move || {
            let search = Some(search.with(|text| text.trim().to_owned())).filter(|text| !text.is_empty())?;
            let names = |(words, what): &(String, What)| format!("{words} {}", aliases(&what_name(what)));
            let words = groups.with(|groups| groups.iter().flat_map(|(_, all)| all.iter().map(names)).collect());
            Some(Query::Finds { search, words })
        },
        &[],
    );
    let shown = Memo::new(move |_| {
        let search = search.with(|text| text.trim().to_lowercase());
        let found = found.with(|found| found.data.clone()).unwrap_or_default();
        let mut groups = groups.get();
        let mut found = found.into_iter();
        let mut also = Vec::new();
        for (_, entries) in &mut groups {
            entries.retain(|(words, what)| {
                let other = found.next().unwrap_or(false);
                let named = search.is_empty() || words.to_lowercase().contains(&search);
                if other && !named {
                    also.push((words.clone(), what.clone()));
                }
                named
            });
        }
        // What the worker finds comes later: it stands below, so that nothing moves under the pointer.
        groups.push((app.t().rules.pick_also.to_owned(), also));
        groups.retain(|(_, entries)| !entries.is_empty());
        groups
    });
    let entry = move |(words, what): (String, What)| {
        view! {
            <li>
                <button type="button" on:click=move |_| on_pick.run(what.clone())>{words}</button>
            </li>
        }
    };
    let group = move |(title, entries): Group| {
        let list = entries.into_iter().map(entry).collect_view();
        view! { <section><h3>{title}</h3><ul>{list}</ul></section> }
    };
    // Enter takes the first that is left.
    let first = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let found = shown.with_untracked(|groups| groups.first().and_then(|(_, all)| all.first()).map(|(_, what)| what.clone()));
        if let Some(what) = found {
            on_pick.run(what);
        }
    };
    view! {
        <div class="rule-picker">
            <form on:submit=first>
                <input
                    type="search"
                    autofocus=true
                    aria-label=move || app.t().rules.pick_search
                    placeholder=move || app.t().rules.pick_search
                    prop:value=move || search.get()
                    on:input=move |e| search.set(event_target_value(&e))
                />
            </form>
            <div class="rule-choices">{dynamic(move || shown.get().into_iter().map(group).collect_view())}</div>
            <p class="quiet-text" aria-live="polite">
                {move || shown.with(Vec::is_empty).then(|| app.t().rules.pick_none)}
            </p>
        </div>
    }
}
