//! How many stood where at the end of each month: one place of the chosen kind as bars, all of them in the table.

use crate::ui::prelude::*;
use leptos::task::spawn_local;

use super::parts::{common_facts, share};
use crate::domain::{Day, TierRule};
use crate::engine::api::{Answer, CommandError, Filter, MixOf, MixView, MovedBy, Query, Stand};
use crate::locale::{Locale, fill};
use crate::ui::app::{FIGURES, use_app, use_tiers};
use crate::ui::charts::{Bar, Bars, ChartFrame, How};
use crate::ui::components::SelectField;
use crate::ui::format::Format;
use crate::ui::model::table::{ChartTable, Unit};
use crate::ui::pages::failed;
use crate::ui::route::Route;

/// The as-of day and the ends of so many months before it.
const MONTHS: u32 = 12;

/// The list of those who stand there.
fn those(stand: &Stand) -> Route {
    let any = Filter::default();
    Route::customers(match stand {
        Stand::Kotler(group) => Filter { kotler: Some(*group), ..any },
        Stand::Tier(id) => Filter { tier: Some(id.clone()), prospects: Some(false), ..any },
        Stand::Dormancy(step) => Filter { dormancy: Some(*step), ..any },
        _ => any,
    })
}

#[component]
pub fn MixByMonth(by: Memo<MovedBy>) -> impl IntoView {
    let app = use_app();
    let tiers = use_tiers();
    // Oldest first; the months come in one by one, the newest before the others.
    let months = RwSignal::new(Vec::<MixView>::new());
    let error = RwSignal::new(None::<CommandError>);
    let turn = RwSignal::new(0u32);
    Effect::new(move |_| {
        app.track(FIGURES);
        let (as_of, by) = (app.as_of.get(), by.get());
        let mine = turn.get_untracked().wrapping_add(1);
        turn.set(mine);
        spawn_local(async move {
            let mut found: Vec<MixView> = Vec::new();
            for back in 0..=MONTHS {
                let answer = app.client().ask(Query::Mix(MixOf { as_of, by, back })).await;
                // Somebody asked for something else meanwhile, or left the page.
                if turn.try_get_untracked() != Some(mine) {
                    return;
                }
                match answer {
                    Ok(Answer::Mix(month)) if month.n > 0 => found.insert(0, month),
                    Ok(_) => break,
                    Err(failure) => {
                        error.set(Some(failure).filter(|e| *e != CommandError::Cancelled));
                        return;
                    }
                }
            }
            error.set(None);
            months.set(found);
        });
    });
    let place = RwSignal::new(0usize);
    let stands = Memo::new(move |_| {
        months.with(|m| m.last().map(|m| m.stands.iter().map(|s| s.0.clone()).collect::<Vec<_>>()).unwrap_or_default())
    });
    let chosen = Memo::new(move |_| place.get().min(stands.with(Vec::len).saturating_sub(1)));
    let drawn = Memo::new(move |_| stands.with(|s| !s.is_empty()));
    view! {
        <section class="equity">
            {dynamic(move || error.get().map(|error| failed(app).run(error)))}
            <Show when=move || drawn.get()>
                <SelectField
                    label=Signal::derive(move || app.t().moved.mix_of.to_owned())
                    options=Signal::derive(move || {
                        let (locale, tiers) = (app.locale.get(), tiers.get());
                        let named = |(at, stand): (usize, &Stand)| (at.to_string(), locale.stand(stand, &tiers));
                        stands.with(|s| s.iter().enumerate().map(named).collect())
                    })
                    value=Signal::derive(move || chosen.get().to_string())
                    on_change=move |at: String| place.set(at.parse().unwrap_or_default())
                    compact=true
                />
                <Picture months=months chosen=chosen />
            </Show>
        </section>
    }
}

#[component]
fn Picture(months: RwSignal<Vec<MixView>>, chosen: Memo<usize>) -> impl IntoView {
    let app = use_app();
    let tiers = use_tiers();
    let title = Signal::derive(move || app.t().moved.mix.to_owned());
    let bars = Signal::derive(move || {
        let (locale, at) = (app.locale.get(), chosen.get());
        months.with(|all| all.iter().filter_map(|month| bar(locale, month, at)).collect::<Vec<_>>())
    });
    let words = move || {
        let (locale, at, tiers) = (app.locale.get(), chosen.get(), tiers.get());
        months.with(|all| sentence(locale, all, at, &tiers))
    };
    let how = Signal::derive(move || {
        let locale = app.locale.get();
        let last = months.with(|all| all.last().map(|month| common_facts(locale, month.n, Some(month.day))));
        How { rule: locale.t().moved.mix_how.to_owned(), facts: last.unwrap_or_default() }
    });
    let table = Signal::derive(move || {
        let (locale, tiers) = (app.locale.get(), tiers.get());
        months.with(|all| table(locale, all, &tiers))
    });
    // The customers of that day: the list stands for the day as well.
    let pick = Callback::new(move |at: usize| {
        let month = months.with_untracked(|all| {
            all.get(at).and_then(|m| Some((m.day, m.stands.get(chosen.get_untracked())?.0.clone())))
        });
        if let Some((day, stand)) = month {
            app.as_of.set(Some(day));
            app.go(&those(&stand));
        }
    });
    view! {
        <ChartFrame title table how>
            <p class="remark">{shared(words)}</p>
            <Bars label=title bars left=88.0 on_pick=pick />
        </ChartFrame>
    }
}

/// Of how many, and their share of those who had bought.
fn part(locale: Locale, month: &MixView, at: usize) -> Option<(u64, String)> {
    let n = month.stands.get(at)?.1;
    Some((n, locale.percent(share(n.cast_signed(), month.n.cast_signed()), 0)))
}

fn bar(locale: Locale, month: &MixView, at: usize) -> Option<Bar> {
    let (n, part) = part(locale, month, at)?;
    let stand = &month.stands.get(at)?.0;
    Some(Bar {
        label: locale.month(month.day),
        value: n as f64,
        part: 0.0,
        words: fill(locale.t().moved.mix_bar, &[("n", &locale.int(n)), ("share", &part)]),
        href: Some(those(stand).href()),
        interval: None,
        faint: false,
    })
}

/// From the first month to the as-of day in words.
fn sentence(locale: Locale, all: &[MixView], at: usize, tiers: &[TierRule]) -> String {
    let t = &locale.t().moved;
    let ends = all.split_first().and_then(|(first, rest)| Some((first, rest.last()?)));
    let facts = ends.and_then(|(first, last)| {
        let stand = locale.stand(&last.stands.get(at)?.0, tiers);
        Some((first.day, stand, part(locale, first, at)?, part(locale, last, at)?))
    });
    let Some((day, stand, before, now)) = facts else { return t.mix_young.to_owned() };
    let day: Day = day;
    fill(
        t.mix_answer,
        &[
            ("stand", &stand),
            ("day", &locale.date(day)),
            ("before", &locale.int(before.0)),
            ("share_before", &before.1),
            ("now", &locale.int(now.0)),
            ("share_now", &now.1),
        ],
    )
}

fn table(locale: Locale, all: &[MixView], tiers: &[TierRule]) -> ChartTable {
    let t = locale.t();
    let places = all.last().map(|m| m.stands.as_slice()).unwrap_or_default();
    let names: Vec<String> = places.iter().map(|(stand, ..)| locale.stand(stand, tiers)).collect();
    let profits: Vec<String> = names.iter().map(|name| format!("{name} · {}", t.common.profit)).collect();
    let mut heads = vec![(t.moved.mix_month, Unit::Day), (t.common.customers, Unit::Count)];
    heads.extend(names.iter().map(|name| (name.as_str(), Unit::Count)));
    heads.extend(profits.iter().map(|name| (name.as_str(), Unit::Money)));
    let row = |month: &MixView| {
        let mut cells = vec![month.day.into(), month.n.into()];
        cells.extend(month.stands.iter().map(|(_, customers, _)| (*customers).into()));
        cells.extend(month.stands.iter().map(|(.., profit)| (*profit).into()));
        cells
    };
    ChartTable::new(&heads, all.iter().map(row).collect())
}
