//! How many stood where at the end of each month: one place of the chosen kind as bars, all of them in the table.

use crate::ui::prelude::*;
use leptos::task::spawn_local;

use super::parts::{common_facts, setting_of, share};
use crate::domain::{Day, TierRule};
use crate::engine::api::{Answer, CommandError, Filter, MixOf, MixView, MovedBy, Query, Stand};
use crate::locale::{Locale, fill};
use crate::ui::app::{FIGURES, use_app, use_tiers};
use crate::ui::charts::{Bar, Bars, ChartFrame, How};
use crate::ui::components::{SelectField, Skeleton};
use crate::ui::format::Format;
use crate::ui::model::table::{ChartTable, Unit};
use crate::ui::pages::failed;
use crate::ui::route::{Route, at_day};

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
    // Oldest first; shown when the last one has come.
    let months = RwSignal::new(Vec::<MixView>::new());
    let (waiting, error) = (RwSignal::new(true), RwSignal::new(None::<CommandError>));
    let turn = RwSignal::new(0u32);
    Effect::new(move |before: Option<Option<Day>>| {
        app.track(FIGURES);
        let as_of = app.as_of.get();
        let mine = turn.get_untracked().wrapping_add(1);
        turn.set(mine);
        if before.is_some_and(|before| before != as_of) {
            months.set(Vec::new());
        }
        waiting.set(true);
        spawn_local(async move {
            let mut found: Vec<MixView> = Vec::new();
            let mut failed = None;
            for back in 0..=MONTHS {
                let answer = app.client().ask(Query::Mix(MixOf { as_of, back })).await;
                // Somebody asked for something else meanwhile, or left the page.
                if turn.try_get_untracked() != Some(mine) {
                    return;
                }
                match answer {
                    Ok(Answer::Mix(month)) if month.n > 0 => found.insert(0, month),
                    Ok(_) => break,
                    Err(failure) => {
                        failed = Some(failure);
                        break;
                    }
                }
            }
            waiting.set(false);
            months.set(if failed.is_some() { Vec::new() } else { found });
            error.set(failed.filter(|e| *e != CommandError::Cancelled));
        });
        as_of
    });
    let chosen = RwSignal::new(None::<Stand>);
    let stands = Memo::new(move |_| {
        let by = by.get();
        months.with(|m| m.last().map(|m| m.of(by).iter().map(|s| s.0.clone()).collect::<Vec<_>>()).unwrap_or_default())
    });
    // The best place until somebody chooses one that there is.
    let at = Memo::new(move |_| {
        chosen.with(|c| stands.with(|s| c.as_ref().and_then(|c| s.iter().position(|stand| stand == c)))).unwrap_or(0)
    });
    let drawn = Memo::new(move |_| stands.with(|s| !s.is_empty()));
    view! {
        <section class="equity">
            {dynamic(move || error.get().map(|error| failed(app).run(error)))}
            {dynamic(move || (waiting.get() && !drawn.get()).then(|| view! {
                <h2>{move || app.t().moved.mix}</h2>
                <Skeleton lines=6 label=Signal::derive(move || app.t().common.loading.to_owned()) />
            }))}
            <Show when=move || drawn.get()>
                <SelectField
                    label=Signal::derive(move || app.t().moved.mix_of.to_owned())
                    options=Signal::derive(move || {
                        let (locale, tiers) = (app.locale.get(), tiers.get());
                        let named = |(at, stand): (usize, &Stand)| (at.to_string(), locale.stand(stand, &tiers));
                        stands.with(|s| s.iter().enumerate().map(named).collect())
                    })
                    value=Signal::derive(move || at.get().to_string())
                    on_change=move |at: String| {
                        chosen.set(stands.with_untracked(|s| s.get(at.parse::<usize>().ok()?).cloned()));
                    }
                    compact=true
                />
                <Picture months by at />
            </Show>
        </section>
    }
}

#[component]
fn Picture(months: RwSignal<Vec<MixView>>, by: Memo<MovedBy>, at: Memo<usize>) -> impl IntoView {
    let app = use_app();
    let tiers = use_tiers();
    let title = Signal::derive(move || app.t().moved.mix.to_owned());
    let bars = Signal::derive(move || {
        let (locale, by, at) = (app.locale.get(), by.get(), at.get());
        months.with(|all| all.iter().filter_map(|month| bar(locale, month, (by, at))).collect::<Vec<_>>())
    });
    let words = move || {
        let (locale, by, at, tiers) = (app.locale.get(), by.get(), at.get(), tiers.get());
        months.with(|all| sentence(locale, all, (by, at), &tiers))
    };
    let how = Signal::derive(move || {
        let locale = app.locale.get();
        let last = months.with(|all| all.last().map(|month| common_facts(locale, month.n, Some(month.day))));
        How {
            rule: locale.t().moved.mix_how.to_owned(),
            facts: last.unwrap_or_default(),
            setting: Some(setting_of(by.get())),
        }
    });
    let table = Signal::derive(move || {
        let (locale, by, tiers) = (app.locale.get(), by.get(), tiers.get());
        months.with(|all| table(locale, all, by, &tiers))
    });
    // The customers of that day: the list stands for the day as well.
    let pick = Callback::new(move |place: usize| {
        let month = months.with_untracked(|all| {
            let month = all.get(place)?;
            let stand = month.of(by.get_untracked()).get(at.get_untracked())?.0.clone();
            Some(((place + 1 < all.len()).then_some(month.day), stand))
        });
        match month {
            Some((Some(earlier), stand)) => app.go_to_day(&those(&stand), earlier),
            // The last one is of the day that is chosen already.
            Some((None, stand)) => app.go(&those(&stand)),
            None => {}
        }
    });
    view! {
        <ChartFrame title table how>
            <p class="remark" data-legend="">{shared(words)}</p>
            <Bars label=title bars left=88.0 on_pick=pick />
            <p class="plot-hint" data-legend="">{move || app.t().moved.mix_legend}</p>
        </ChartFrame>
    }
}

/// Of how many, and their share of those who had bought.
fn part(locale: Locale, month: &MixView, (by, at): (MovedBy, usize)) -> Option<(u64, String)> {
    let n = month.of(by).get(at)?.1;
    Some((n, locale.percent(share(n.cast_signed(), month.n.cast_signed()), 0)))
}

fn bar(locale: Locale, month: &MixView, (by, at): (MovedBy, usize)) -> Option<Bar> {
    let (n, part) = part(locale, month, (by, at))?;
    let stand = &month.of(by).get(at)?.0;
    Some(Bar {
        label: locale.month(month.day),
        value: n as f64,
        part: 0.0,
        words: fill(locale.t().moved.mix_bar, &[("n", &locale.int(n)), ("share", &part)]),
        href: Some(at_day(&those(stand).href(), Some(month.day))),
        interval: None,
        faint: false,
    })
}

/// From the first month to the as-of day in words.
fn sentence(locale: Locale, all: &[MixView], (by, at): (MovedBy, usize), tiers: &[TierRule]) -> String {
    let t = &locale.t().moved;
    let ends = all.split_first().and_then(|(first, rest)| Some((first, rest.last()?)));
    let values = ends.and_then(|(first, last)| {
        let stand = locale.stand(&last.of(by).get(at)?.0, tiers);
        let (before, now) = (part(locale, first, (by, at))?, part(locale, last, (by, at))?);
        Some([
            ("stand", stand),
            ("day", locale.date(first.day)),
            ("before", locale.int(before.0)),
            ("share_before", before.1),
            ("day_now", locale.date(last.day)),
            ("now", locale.int(now.0)),
            ("share_now", now.1),
        ])
    });
    match values {
        Some(values) => fill(t.mix_answer, &values.each_ref().map(|(name, value)| (*name, value.as_str()))),
        None => t.mix_young.to_owned(),
    }
}

fn table(locale: Locale, all: &[MixView], by: MovedBy, tiers: &[TierRule]) -> ChartTable {
    let t = locale.t();
    let places = all.last().map(|m| m.of(by)).unwrap_or_default();
    let names: Vec<String> = places.iter().map(|(stand, ..)| locale.stand(stand, tiers)).collect();
    let profits: Vec<String> = names.iter().map(|name| format!("{name} · {}", t.common.profit)).collect();
    let mut heads = vec![(t.moved.mix_month, Unit::Day), (t.common.customers, Unit::Count)];
    heads.extend(names.iter().map(|name| (name.as_str(), Unit::Count)));
    heads.extend(profits.iter().map(|name| (name.as_str(), Unit::Money)));
    let row = |month: &MixView| {
        let mut cells = vec![month.day.into(), month.n.into()];
        cells.extend(month.of(by).iter().map(|(_, customers, _)| (*customers).into()));
        cells.extend(month.of(by).iter().map(|(.., profit)| (*profit).into()));
        cells
    };
    ChartTable::new(&heads, all.iter().map(row).collect())
}
