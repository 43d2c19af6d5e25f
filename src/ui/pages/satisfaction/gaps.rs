//! The picture: how many answers fell short of the hopes, met them, went beyond them.

use leptos::{html, svg};
use crate::ui::prelude::*;

use super::with_answers;
use crate::engine::api::{ResponseFilter, SatisfactionView};
use crate::locale::{Locale, fill, plural};
use crate::ui::app::use_app;
use crate::ui::charts::{ChartFrame, How, use_width};
use crate::ui::format::Format;
use crate::ui::model::scale::nice_ceiling;
use crate::ui::model::table::{ChartTable, Unit};
use crate::ui::route::{Route, SettingGroup, VoiceLook};

use super::words::signed;

const TOP: f64 = 20.0;
const PLOT: f64 = 180.0;
const BOTTOM: f64 = 40.0;

#[component]
pub(super) fn Gaps(view: Memo<Box<SatisfactionView>>, look: Memo<VoiceLook>) -> impl IntoView {
    let app = use_app();
    let table = Signal::derive(move || {
        let t = &app.t().satisfaction;
        let row = |(gap, n): (i8, &u64)| vec![f64::from(gap).into(), (*n).into()];
        let rows = view.with(|v| (-10i8..).zip(&v.gaps).map(row).collect());
        ChartTable::new(&[(t.gaps, Unit::Signed(0)), (t.gaps_count, Unit::Count)], rows)
    });
    let how = Signal::derive(move || {
        let locale = app.locale.get();
        let t = &locale.t().satisfaction;
        view.with(|v| {
            let (days, min) = (locale.int(v.half_life_days), locale.int(v.min_answers));
            How {
                rule: fill(t.how_gap, &[("days", &days), ("min", &min)]),
                facts: vec![
                    (t.how_answers.to_owned(), locale.int(v.moods_total())),
                    (t.how_half_life.to_owned(), plural(locale.t().common.n_days, v.half_life_days.unsigned_abs(), &[("n", &days)])),
                    (t.how_min.to_owned(), min.clone()),
                    (locale.t().segments.how_as_of.to_owned(), locale.date(v.as_of)),
                ],
                setting: Some(SettingGroup::Satisfaction),
            }
        })
    });
    view! {
        <ChartFrame title=Signal::derive(move || app.t().satisfaction.gaps.to_owned()) table how>
            <Plot view look />
        </ChartFrame>
    }
}

#[component]
fn Plot(view: Memo<Box<SatisfactionView>>, look: Memo<VoiceLook>) -> impl IntoView {
    let app = use_app();
    let node = NodeRef::<html::Div>::new();
    let width = use_width(node, 720.0);
    let height = TOP + PLOT + BOTTOM;
    let bars = move || {
        let (locale, width, look) = (app.locale.get(), width.get(), look.get());
        view.with(|v| {
            let most = nice_ceiling(v.gaps.iter().copied().max().unwrap_or(0) as f64);
            let bar = |(gap, &n): (i8, &u64)| bar_view(locale, &look, gap, n, most, width);
            (-10i8..).zip(&v.gaps).map(bar).collect_view()
        })
    };
    let legend = move || {
        let (locale, look) = (app.locale.get(), look.get());
        let t = &locale.t().satisfaction;
        view.with(|v| {
            let part = |((words, mood), n): (((&'static str, &'static str), crate::engine::api::Mood), u64)| {
                let (class, words) = words;
                let filter = ResponseFilter { mood: Some(mood), ..ResponseFilter::default() };
                view! {
                    <span>
                        <i class=class aria-hidden="true"></i>
                        {words} " " <a href=with_answers(&look, filter).href()>{locale.int(n)}</a>
                    </span>
                }
            };
            let words = [("below", t.below), ("at", t.at), ("above", t.above)].into_iter().zip(crate::engine::api::Mood::ALL);
            words.zip(v.all.moods).map(part).collect_view()
        })
    };
    view! {
        <div class="plot" node_ref=node>
            <svg class="plot-svg" width=move || width.get() height=height role="group" aria-label=move || app.t().satisfaction.gaps>
                {dynamic(bars)}
                <text class="axis-title" aria-hidden="true" text-anchor="middle" x=move || width.get() / 2.0 y=height - 4.0>
                    {move || app.t().satisfaction.gaps_axis}
                </text>
            </svg>
            <p class="gap-legend" data-legend="">{dynamic(legend)}</p>
        </div>
    }
}

fn bar_view(locale: Locale, look: &VoiceLook, gap: i8, n: u64, most: f64, width: f64) -> AnyView {
    let step = (width / 21.0).max(1.0);
    let x = f64::from(gap + 10) * step;
    let tall = if n == 0 { 0.0 } else { (n as f64 / most.max(1.0) * PLOT).max(2.0) };
    let class = match gap {
        ..0 => "below",
        0 => "at",
        1.. => "above",
    };
    let name = signed(locale, f64::from(gap), 0);
    let words = plural(locale.t().satisfaction.gap_bar, n, &[("gap", &name), ("n", &locale.int(n))]);
    let chosen = look.answers.gap == Some(gap);
    let href = with_answers(look, ResponseFilter { gap: Some(gap), ..ResponseFilter::default() }).href();
    // Without answers there is nothing to open.
    let tick = (step > 20.0 || gap % 5 == 0).then(|| view! { <text x=step / 2.0 y=TOP + PLOT + 16.0 text-anchor="middle">{name}</text> });
    let count = (n > 0).then(|| view! { <text x=step / 2.0 y=TOP + PLOT - tall - 5.0 text-anchor="middle">{locale.int(n)}</text> });
    // The link stands inside its `svg` in one piece: alone it would be made as a link of the page.
    if n == 0 {
        return view! {
            <svg x=x y="0" width=step height=TOP + PLOT + BOTTOM overflow="visible">
                <g class="gap-bar" aria-hidden="true">{tick}</g>
            </svg>
        }
        .into_any();
    }
    view! {
        <svg x=x y="0" width=step height=TOP + PLOT + BOTTOM overflow="visible">
            <a class="gap-bar" href=href aria-current=chosen.then_some("true")>
                {svg::title().child(words)}
                <rect class="ground" x="0" y="0" width=step height=TOP + PLOT />
                <rect class=class x=1.0 y=TOP + PLOT - tall width=(step - 2.0).max(1.0) height=tall />
                {count}
                " "
                {tick}
            </a>
        </svg>
    }
    .into_any()
}

impl SatisfactionView {
    /// Answers with both scores.
    fn moods_total(&self) -> u64 {
        self.all.moods.iter().sum()
    }
}

/// The page without a filter of its answers.
pub(super) fn all_answers(look: &VoiceLook) -> Route {
    with_answers(look, ResponseFilter::default())
}
