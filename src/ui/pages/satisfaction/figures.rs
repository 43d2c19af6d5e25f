//! The three figures: the weighted score with its trend, the recommendation score with its interval, satisfied in all.

use leptos::html;
use crate::ui::prelude::*;

use super::with_answers;
use super::words::{figure, interval, signed};
use crate::engine::api::{Estimate, Nps, NpsClass, ResponseFilter, SatisfactionView};
use crate::locale::{Locale, fill};
use crate::ui::app::use_app;
use crate::ui::charts::use_width;
use crate::ui::components::Popover;
use crate::ui::format::Format;
use crate::ui::model::scale::{Scale, Spread};
use crate::ui::route::VoiceLook;

#[component]
pub(super) fn Figures(view: Memo<Box<SatisfactionView>>, look: Memo<VoiceLook>) -> impl IntoView {
    view! {
        <div class="voice-figures">
            <Score view />
            <Recommend view look />
            <Satisfied view />
        </div>
    }
}

#[component]
fn Score(view: Memo<Box<SatisfactionView>>) -> impl IntoView {
    let app = use_app();
    let words = move || {
        let locale = app.locale.get();
        view.with(|v| figure(locale, v.weighted_gap, v.min_answers, |x| signed(locale, x, 2)))
    };
    let trend = move || view.with(|v| trend_words(app.locale.get(), v.trend, v.min_answers));
    view! {
        <section class="voice-figure">
            <h2>{move || app.t().satisfaction.score}</h2>
            <strong>{move || words().0}</strong>
            <p>{move || words().1}</p>
            <p>{shared(trend)}</p>
        </section>
    }
}

/// Up or down only where the interval leaves no doubt.
fn trend_words(locale: Locale, trend: Option<Estimate>, min_answers: u32) -> Option<String> {
    let t = &locale.t().satisfaction;
    let trend = trend.filter(|e| e.n >= u64::from(min_answers))?;
    let size = [("n", locale.decimal(trend.value.abs(), 2))];
    let size = [("n", size[0].1.as_str())];
    Some(match trend {
        Estimate { low, .. } if low > 0.0 => fill(t.trend_up, &size),
        Estimate { high, .. } if high < 0.0 => fill(t.trend_down, &size),
        _ => t.trend_unclear.to_owned(),
    })
}

#[component]
fn Recommend(view: Memo<Box<SatisfactionView>>, look: Memo<VoiceLook>) -> impl IntoView {
    let app = use_app();
    let nps = Memo::new(move |_| view.with(|v| v.all.nps));
    let enough = Memo::new(move |_| view.with(|v| v.all.nps.is_some_and(|n| n.estimate.n >= u64::from(v.min_answers))));
    let words = move || {
        let locale = app.locale.get();
        view.with(|v| figure(locale, v.all.nps.map(|n| n.estimate), v.min_answers, |x| signed(locale, x, 1)))
    };
    let classes = move || {
        let (locale, look) = (app.locale.get(), look.get());
        let t = &locale.t().satisfaction;
        nps.get().map(|n| {
            let part = |(words, class, count): (&'static str, NpsClass, u64)| {
                let filter = ResponseFilter { nps: Some(class), ..ResponseFilter::default() };
                view! {
                    <span>
                        {words} " " <a href=with_answers(&look, filter).href()>{locale.int(count)}</a>
                    </span>
                }
            };
            [
                (t.promoters, NpsClass::Promoter, n.promoters),
                (t.passives, NpsClass::Passive, n.passives),
                (t.detractors, NpsClass::Detractor, n.detractors),
            ]
            .map(part)
            .collect_view()
        })
    };
    view! {
        <section class="voice-figure">
            <h2>{move || app.t().satisfaction.nps}</h2>
            <strong>{move || words().0}</strong>
            {dynamic(move || enough.get().then(|| nps.get().map(|nps| view! { <NpsBar nps /> })))}
            <p>{move || words().1}</p>
            <p class="voice-classes">{dynamic(classes)}</p>
            <Popover label=Signal::derive(move || app.t().common.how_computed.to_owned())>
                <p>{move || app.t().satisfaction.how_nps}</p>
            </Popover>
        </section>
    }
}

/// From −100 to 100, with the interval as a bar.
#[component]
fn NpsBar(nps: Nps) -> impl IntoView {
    let app = use_app();
    let node = NodeRef::<html::Div>::new();
    let width = use_width(node, 280.0);
    let scale = Memo::new(move |_| Scale::new(Spread::Linear, (-100.0, 100.0), (8.0, width.get() - 8.0)));
    let px = move |value: f64| scale.get().px(value);
    let Estimate { value, low, high, .. } = nps.estimate;
    let label = move || {
        let locale = app.locale.get();
        let [value, low, high] = [value, low, high].map(|x| signed(locale, x, 1));
        fill(locale.t().satisfaction.nps_label, &[("value", &value), ("low", &low), ("high", &high)])
    };
    let ticks = move || {
        let locale = app.locale.get();
        let tick = |v: f64| view! { <text x=px(v) y="34" text-anchor="middle">{signed(locale, v, 0)}</text> };
        [-50.0, 0.0, 50.0].map(tick).collect_view()
    };
    view! {
        <div class="plot" node_ref=node>
            <svg class="plot-svg nps-bar" width=move || width.get() height="38" role="img" aria-label=label>
                <line class="track" x1=move || px(-100.0) x2=move || px(100.0) y1="11" y2="11" />
                <line class="zero" x1=move || px(0.0) x2=move || px(0.0) y1="2" y2="20" />
                <rect class="interval" x=move || px(low) y="7" width=move || px(high) - px(low) height="8" rx="4" />
                <circle class="value" cx=move || px(value) cy="11" r="6" />
                <g aria-hidden="true">{dynamic(ticks)}</g>
            </svg>
        </div>
    }
}

#[component]
fn Satisfied(view: Memo<Box<SatisfactionView>>) -> impl IntoView {
    let app = use_app();
    let words = move || {
        let locale = app.locale.get();
        view.with(|v| {
            let (value, note) = figure(locale, v.all.csat_top2, v.min_answers, |x| locale.percent(x, 0));
            let mean = v.all.csat_mean.filter(|m| m.n >= u64::from(v.min_answers));
            let note = mean.zip(v.all.csat_top2).map_or(note, |(mean, top)| {
                let (mean, range) = (locale.decimal(mean.value, 2), interval(locale, top, |x| locale.percent(x, 0)));
                fill(locale.t().satisfaction.csat_note, &[("mean", &mean), ("interval", &range)])
            });
            (value, note)
        })
    };
    view! {
        <section class="voice-figure">
            <h2>{move || app.t().satisfaction.csat}</h2>
            <strong>{move || words().0}</strong>
            <p>{move || words().1}</p>
        </section>
    }
}
