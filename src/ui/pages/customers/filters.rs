//! The filters of the list, in a small panel.

use crate::ui::prelude::*;

use super::chips::activity_words;
use crate::engine::api::{Activity, Filter};
use crate::locale::Locale;
use crate::ui::app::{use_app, use_overview, use_tiers};
use crate::ui::components::{Button, Icon, Popover, SelectField};
use crate::ui::format::Format;
use crate::ui::route::{ACTIVITIES, DORMANCY, KOTLER, MOODS, RFM_GROUPS, Route};

/// One choice: a place in its list as text; empty for “any”.
type Options = Vec<(String, String)>;

fn places<T: Copy>(all: &[T], any: &str, words: impl Fn(T) -> String) -> Options {
    let rest = all.iter().enumerate().map(|(at, item)| (at.to_string(), words(*item)));
    std::iter::once((String::new(), any.to_owned())).chain(rest).collect()
}

fn place<T: Copy + PartialEq>(all: &[T], value: Option<T>) -> String {
    value.and_then(|v| all.iter().position(|x| *x == v)).map(|at| at.to_string()).unwrap_or_default()
}

fn chosen<T: Copy>(all: &[T], text: &str) -> Option<T> {
    text.parse::<usize>().ok().and_then(|at| all.get(at)).copied()
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

fn counted(values: &[(String, u64)], any: &str, locale: Locale) -> Options {
    let rest = values.iter().map(|(name, n)| (name.clone(), format!("{name} ({})", locale.int(*n))));
    std::iter::once((String::new(), any.to_owned())).chain(rest).collect()
}

const PROSPECTS: [bool; 2] = [false, true];

#[component]
pub(super) fn Filters(filter: Memo<Filter>) -> impl IntoView {
    let app = use_app();
    let narrow = move |change: &dyn Fn(&mut Filter)| {
        let mut next = filter.get_untracked();
        change(&mut next);
        app.go(&Route::customers(next));
    };
    let words = move |pick: fn(Locale) -> &'static str| Signal::derive(move || pick(app.locale.get()).to_owned());
    let any = move || app.t().customers.any;
    let activity = move |a: Activity| activity_words(app.locale.get(), a).to_owned();
    view! {
        <Popover label=words(|l| l.t().customers.filter) mark=Icon::Filter>
            <div class="filter-grid">
                <SelectField
                    label=words(|l| l.t().common.kotler_group)
                    options=Signal::derive(move || places(&KOTLER, any(), |g| app.locale.get().kotler_plural(g).to_owned()))
                    value=Signal::derive(move || filter.with(|f| place(&KOTLER, f.kotler)))
                    on_change=move |v: String| narrow(&|f| f.kotler = chosen(&KOTLER, &v))
                />
                <TierFilter filter />
                <SelectField
                    label=words(|l| l.t().common.rfm)
                    options=Signal::derive(move || places(&RFM_GROUPS, any(), |g| app.locale.get().rfm_group(g).to_owned()))
                    value=Signal::derive(move || filter.with(|f| place(&RFM_GROUPS, f.rfm_group)))
                    on_change=move |v: String| narrow(&|f| f.rfm_group = chosen(&RFM_GROUPS, &v))
                />
                <SelectField
                    label=words(|l| l.t().common.dormancy)
                    options=Signal::derive(move || places(&DORMANCY, any(), |d| app.locale.get().dormancy(d).to_owned()))
                    value=Signal::derive(move || filter.with(|f| place(&DORMANCY, f.dormancy)))
                    on_change=move |v: String| narrow(&|f| f.dormancy = chosen(&DORMANCY, &v))
                />
                <SelectField
                    label=words(|l| l.t().satisfaction.mood)
                    options=Signal::derive(move || places(&MOODS, any(), |m| app.locale.get().satisfaction(m).to_owned()))
                    value=Signal::derive(move || filter.with(|f| place(&MOODS, f.mood)))
                    on_change=move |v: String| narrow(&|f| f.mood = chosen(&MOODS, &v))
                />
                <SelectField
                    label=words(|l| l.t().customers.activity)
                    options=Signal::derive(move || places(&ACTIVITIES, any(), activity))
                    value=Signal::derive(move || filter.with(|f| place(&ACTIVITIES, f.activity)))
                    on_change=move |v: String| narrow(&|f| f.activity = chosen(&ACTIVITIES, &v))
                />
                <SelectField
                    label=words(|l| l.t().customers.purchase)
                    options=Signal::derive(move || {
                        let t = &app.t().customers;
                        places(&PROSPECTS, any(), |p| if p { t.purchase_no } else { t.purchase_yes }.to_owned())
                    })
                    value=Signal::derive(move || filter.with(|f| place(&PROSPECTS, f.prospects)))
                    on_change=move |v: String| narrow(&|f| f.prospects = chosen(&PROSPECTS, &v))
                />
                <FactFilters filter />
            </div>
            <Button on_click=move || app.go(&Route::customers(Filter::default()))>
                {move || app.t().customers.clear_filters}
            </Button>
        </Popover>
    }
}

#[component]
fn TierFilter(filter: Memo<Filter>) -> impl IntoView {
    let app = use_app();
    let tiers = use_tiers();
    let options = Signal::derive(move || {
        let locale = app.locale.get();
        let any = (String::new(), locale.t().customers.any.to_owned());
        let names = tiers.with(|tiers| tiers.iter().map(|t| (t.id.clone(), locale.tier(&t.id, tiers))).collect::<Vec<_>>());
        std::iter::once(any).chain(names).collect()
    });
    view! {
        <SelectField
            label=Signal::derive(move || app.t().common.tier.to_owned())
            options
            value=Signal::derive(move || filter.with(|f| f.tier.clone().unwrap_or_default()))
            on_change=move |v: String| app.go(&Route::customers(Filter { tier: some(v), ..filter.get_untracked() }))
        />
    }
}

/// Country and tag, where the book knows any.
#[component]
fn FactFilters(filter: Memo<Filter>) -> impl IntoView {
    let app = use_app();
    let overview = use_overview();
    let countries = Memo::new(move |_| overview.with(|o| o.data.as_ref().map(|o| o.countries.clone()).unwrap_or_default()));
    let tags = Memo::new(move |_| overview.with(|o| o.data.as_ref().map(|o| o.tags.clone()).unwrap_or_default()));
    let options = move |values: Memo<Vec<(String, u64)>>| {
        Signal::derive(move || values.with(|v| counted(v, app.t().customers.any, app.locale.get())))
    };
    view! {
        <Show when=move || countries.with(|c| !c.is_empty())>
            <SelectField
                label=Signal::derive(move || app.t().customers.country.to_owned())
                options=options(countries)
                value=Signal::derive(move || filter.with(|f| f.country.clone().unwrap_or_default()))
                on_change=move |v: String| app.go(&Route::customers(Filter { country: some(v), ..filter.get_untracked() }))
            />
        </Show>
        <Show when=move || tags.with(|t| !t.is_empty())>
            <SelectField
                label=Signal::derive(move || app.t().customers.tag.to_owned())
                options=options(tags)
                value=Signal::derive(move || filter.with(|f| f.tag.clone().unwrap_or_default()))
                on_change=move |v: String| app.go(&Route::customers(Filter { tag: some(v), ..filter.get_untracked() }))
            />
        </Show>
    }
}
