//! Customer equity month by month, worked out when somebody asks: the picture grows while the months come in.

use crate::ui::prelude::*;
use leptos::task::spawn_local;

use super::parts::{common_facts, share};
use super::worth::by_value;
use super::worth_words::{self, why};
use crate::domain::Currency;
use crate::engine::api::{Answer, CommandError, EquityView, Filter, Query, TrendPoint, TrendView, WorthView};
use crate::locale::{Locale, fill};
use crate::ui::app::{App, FIGURES, use_app, use_currency};
use crate::ui::charts::{Bar, Bars, ChartFrame, How};
use crate::ui::components::Button;
use crate::ui::format::Format;
use crate::ui::model::table::{ChartTable, Unit};
use crate::ui::pages::failed;
use crate::ui::route::{SettingGroup, at_day};

/// The work as the page sees it.
#[derive(Clone, Copy)]
struct Work {
    app: App,
    view: RwSignal<TrendView>,
    running: RwSignal<bool>,
    /// How often it was begun: who was stopped must not end the work of who went on at once.
    turn: RwSignal<u32>,
    error: RwSignal<Option<CommandError>>,
}

impl Work {
    /// Asks once more for what there is. True: there is more to do.
    async fn ask(self, go_on: bool) -> bool {
        let Some(as_of) = self.app.as_of.try_get_untracked() else { return false };
        match self.app.client().ask(Query::Trend { as_of, go_on }).await {
            // Somebody chose another day meanwhile: that one has its own question.
            Ok(Answer::Trend(_)) if self.app.as_of.try_get_untracked() != Some(as_of) => true,
            Ok(Answer::Trend(view)) => {
                let more = view.share < 1.0;
                // The page may have left meanwhile.
                self.view.try_set(view).is_none() && more
            }
            Ok(_) => false,
            Err(error) => {
                self.error.try_set(Some(error).filter(|e| *e != CommandError::Cancelled));
                false
            }
        }
    }

    /// Ends the work, in the middle of a month too; what is done of it is kept.
    fn stop(self) {
        self.running.set(false);
        spawn_local(async move { self.app.client().stop_models().await });
    }

    /// Works on to the end, unless somebody stops it.
    fn carry_on(self) {
        if self.running.get_untracked() {
            return;
        }
        let turn = self.turn.get_untracked().wrapping_add(1);
        self.turn.set(turn);
        self.running.set(true);
        self.error.set(None);
        let is_mine = move || self.turn.try_get_untracked() == Some(turn);
        spawn_local(async move {
            while is_mine() && self.running.try_get_untracked() == Some(true) && self.ask(true).await {}
            if is_mine() {
                self.running.try_set(false);
            }
        });
    }
}

#[component]
pub(super) fn EquityTrend(worth: Memo<Box<WorthView>>) -> impl IntoView {
    let app = use_app();
    let work = Work {
        app,
        view: RwSignal::new(TrendView::default()),
        running: RwSignal::new(false),
        turn: RwSignal::new(0),
        error: RwSignal::new(None),
    };
    Effect::new(move |_| {
        app.track(FIGURES);
        app.as_of.track();
        spawn_local(async move {
            if work.ask(false).await && work.view.try_get_untracked().is_some_and(|v| v.quick) {
                work.carry_on();
            }
        });
    });
    let drawn = Memo::new(move |_| work.view.with(|v| !v.points.is_empty()));
    let title = Signal::derive(move || app.t().worth.trend.to_owned());
    view! {
        <section class="equity">
            {dynamic(move || {
                if drawn.get() {
                    view! { <Picture view=work.view worth /> }.into_any()
                } else {
                    view! { <h2>{move || title.get()}</h2> }.into_any()
                }
            })}
            {dynamic(move || controls(work))}
            {dynamic(move || work.error.get().map(|error| failed(app).run(error)))}
        </section>
    }
}

/// How far it is, and the button that goes with that.
fn controls(work: Work) -> Option<AnyView> {
    let app = work.app;
    let (share, begun) = work.view.with(|v| (v.share, !v.points.is_empty()));
    if work.running.get() {
        let label = move || app.t().worth.trend_working;
        return Some(
            view! {
                <div class="equity-run">
                    <progress max="1" value=share aria-label=label></progress>
                    <Button on_click=Callback::new(move |()| work.stop())>{move || app.t().worth.stop}</Button>
                </div>
            }
            .into_any(),
        );
    }
    let words = move || if begun { app.t().worth.go_on } else { app.t().worth.trend_start };
    (share < 1.0).then(|| {
        view! {
            <p class="remark">{move || app.t().worth.trend_why}</p>
            <Button on_click=Callback::new(move |()| work.carry_on())>{words}</Button>
        }
        .into_any()
    })
}

#[component]
fn Picture(view: RwSignal<TrendView>, worth: Memo<Box<WorthView>>) -> impl IntoView {
    let app = use_app();
    let currency = use_currency();
    let title = Signal::derive(move || app.t().worth.trend.to_owned());
    let bars = Signal::derive(move || {
        let (locale, currency) = (app.locale.get(), currency.get());
        view.with(|v| {
            let foreseen = v.points.iter().any(|p| p.equity.is_some());
            v.points.iter().map(|p| bar(locale, currency, p, foreseen)).collect::<Vec<_>>()
        })
    });
    let table = Signal::derive(move || view.with(|v| table(app.locale.get(), v)));
    let how = Signal::derive(move || {
        let locale = app.locale.get();
        let last = view.with(|v| v.points.last().copied());
        let facts = last.map(|p| common_facts(locale, p.n, Some(p.day)));
        // The picture of the test tells the parameters; without a test this one does.
        let untested = worth.with(|w| (w.hold_out.is_none() && w.equity.is_some()).then(|| worth_words::how(locale, w).facts));
        How {
            rule: locale.t().worth.trend_how.to_owned(),
            facts: untested.or(facts).unwrap_or_default(),
            setting: Some(SettingGroup::Worth),
        }
    });
    // The customers of that day: the list stands for the day as well.
    let pick = Callback::new(move |at: usize| {
        let list = by_value(Filter::default());
        match view.with_untracked(|v| v.points.get(at).map(|p| (p.day, at + 1 == v.points.len()))) {
            // The last one is of the day that is chosen already.
            Some((_, true)) => app.go(&list),
            Some((day, false)) => app.go_to_day(&list, day),
            None => {}
        }
    });
    view! {
        <ChartFrame title table how>
            <p class="remark">{move || view.with(|v| words(app.locale.get(), currency.get(), v))}</p>
            <Bars label=title bars left=88.0 on_pick=pick />
            <p class="plot-hint" data-legend="">{move || app.t().worth.trend_legend}</p>
        </ChartFrame>
    }
}

fn bar(locale: Locale, currency: Currency, point: &TrendPoint, foreseen: bool) -> Bar {
    let t = &locale.t().worth;
    let money = |minor| locale.money_round(minor, currency);
    let mut bar = Bar {
        label: locale.month(point.day),
        value: 0.0,
        part: 0.0,
        words: money(point.historical_minor),
        href: Some(at_day(&by_value(Filter::default()).href(), Some(point.day))),
        interval: None,
        faint: false,
    };
    match point.equity {
        Some(e) => {
            let sides = [e.high_minor.saturating_sub(e.total_minor), e.total_minor.saturating_sub(e.low_minor)];
            let half = share(sides.into_iter().max().unwrap_or(0), e.total_minor).abs();
            // Bars go to the right only: a loss is told in words.
            let gain = e.total_minor >= 0;
            let text = if gain { t.trend_bar } else { t.trend_bar_loss };
            bar.words = fill(text, &[("money", &money(e.total_minor.saturating_abs())), ("half", &locale.percent(half, 0))]);
            (bar.value, bar.part) = (e.total_minor.max(0) as f64, e.at_risk_minor.max(0) as f64);
            bar.interval = gain.then_some((e.low_minor as f64, e.high_minor as f64));
        }
        // Another quantity has no length beside forecasts.
        None if foreseen => {
            bar.words = fill(t.trend_bar_none, &[("money", &bar.words)]);
            bar.faint = true;
        }
        None => bar.value = point.historical_minor.max(0) as f64,
    }
    bar
}

/// From the first forecast to the last in words, and that it is not today's.
fn words(locale: Locale, currency: Currency, view: &TrendView) -> String {
    let t = &locale.t().worth;
    let mut foreseen = view.points.iter().filter_map(|p| Some((p.day, p.equity?)));
    let Some((day, before)) = foreseen.next() else { return t.trend_none.to_owned() };
    let Some((last, now)) = foreseen.next_back() else { return t.trend_one.to_owned() };
    let text = if now.low_minor > before.high_minor {
        t.trend_up
    } else if now.high_minor < before.low_minor {
        t.trend_down
    } else {
        t.trend_same
    };
    let money = |minor: i64| locale.money_round(minor, currency);
    let risk = |e: EquityView| locale.percent(share(e.at_risk_minor, e.total_minor), 0);
    let values = [
        ("before", money(before.total_minor)),
        ("day", locale.date(day)),
        ("last", locale.date(last)),
        ("now", money(now.total_minor)),
        ("change", money(now.total_minor.saturating_sub(before.total_minor).saturating_abs())),
        ("risk_before", risk(before)),
        ("risk", risk(now)),
    ];
    let fill = |text| fill(text, &values.each_ref().map(|(name, value)| (*name, value.as_str())));
    // Of a loss there are no parts.
    let parts = before.total_minor > 0 && now.total_minor > 0;
    let said = [Some(text), parts.then_some(t.trend_risk), (!view.foresees_now()).then_some(t.trend_since)];
    said.into_iter().flatten().map(fill).collect::<Vec<_>>().join(locale.gap())
}

fn table(locale: Locale, view: &TrendView) -> ChartTable {
    let t = locale.t();
    let heads = [
        (t.worth.until, Unit::Day),
        (t.worth.equity, Unit::Money),
        (t.worth.low, Unit::Money),
        (t.worth.high, Unit::Money),
        (t.worth.risk, Unit::Money),
        (t.common.customers, Unit::Count),
        (t.worth.so_far, Unit::Money),
        (t.worth.why, Unit::Words),
    ];
    let row = |p: &TrendPoint| {
        let of = |pick: fn(EquityView) -> i64| p.equity.map(pick).into();
        vec![
            p.day.into(),
            of(|e| e.total_minor),
            of(|e| e.low_minor),
            of(|e| e.high_minor),
            of(|e| e.at_risk_minor),
            p.n.into(),
            p.historical_minor.into(),
            p.misfit.map(|misfit| why(locale, &misfit)).unwrap_or_default().into(),
        ]
    };
    ChartTable::new(&heads, view.points.iter().map(row).collect())
}
