//! Who left and why, how long relationships last, and what part of their spending customers bring here.

use crate::ui::prelude::*;

use super::super::segments::parts::{Slot, common_facts, customers, sentence};
use super::words::{behind, half, length, length_class, list_of, period};
use crate::domain::{Kind, customer};
use crate::engine::api::{
    ChurnStep, Column, FEW, Figure, RetentionView, Test, above_wallet, earliest_days, left_after_one_day, length_is,
    lost_in, stated_but_here, wallet_known,
};
use crate::locale::{Locale, fill, form, plural};
use crate::ui::app::{use_app, use_currency, use_settings};
use crate::ui::charts::{Bar, Bars, ChartFrame, How};
use crate::ui::format::Format;
use crate::ui::model::table::{ChartTable, Unit};
use crate::ui::route::SettingGroup;

/// Periods in the picture; the table has all.
const SHOWN: usize = 12;

type View = Memo<Box<RetentionView>>;

fn how(locale: Locale, rule: String, view: &RetentionView) -> How {
    How { rule, facts: common_facts(locale, view.n, Some(view.as_of)), setting: Some(SettingGroup::Churn) }
}

/// `None` on too few customers.
fn rate(step: &ChurnStep) -> Option<f64> {
    (step.at_start >= FEW).then(|| step.lost as f64 / step.at_start as f64)
}

/// What is said of a period; of one that goes on, that it does.
fn so_far(locale: Locale, view: &RetentionView, step: &ChurnStep, words: String) -> String {
    if !view.is_open(step) {
        return words;
    }
    fill(locale.t().retention.churn_open, &[("words", &words)])
}

#[component]
pub(super) fn Churn(view: View) -> impl IntoView {
    let app = use_app();
    let settings = use_settings();
    let bars = Signal::derive(move || {
        let locale = app.locale.get();
        let t = &locale.t().retention;
        let bar = |v: &RetentionView, step: &ChurnStep| {
            let rate = rate(step);
            let values = [
                ("share", rate.map_or_else(String::new, |r| locale.percent(r, 1))),
                ("lost", locale.int(step.lost)),
                ("start", locale.int(step.at_start)),
            ];
            let pattern = if rate.is_some() { t.churn_bar } else { t.churn_bar_few };
            let words = fill(pattern, &values.each_ref().map(|(name, value)| (*name, value.as_str())));
            Bar {
                label: period(locale, v.step, step.from),
                value: rate.unwrap_or(0.0),
                part: 0.0,
                interval: None,
                words: so_far(locale, v, step, words),
                href: (step.lost > 0).then(|| behind(lost_in(step)).href()),
                faint: rate.is_none() || v.is_open(step),
            }
        };
        view.with(|v| {
            let skip = v.churn.steps.len().saturating_sub(SHOWN);
            v.churn.steps.iter().skip(skip).map(|step| bar(v, step)).collect()
        })
    });
    let table = Signal::derive(move || {
        let locale = app.locale.get();
        let t = &locale.t().retention;
        let heads = [
            (t.churn_period, Unit::Words),
            (t.churn_start, Unit::Count),
            (t.churn_lost, Unit::Count),
            (t.churn_rate, Unit::Share(1)),
            (t.churn_left, Unit::Count),
            (t.churn_back, Unit::Count),
            (t.churn_gone, Unit::Count),
        ];
        let row = |v: &RetentionView, step: &ChurnStep| {
            let gone = step.left.saturating_sub(step.back);
            let [start, lost, left, back, gone] = [step.at_start, step.lost, step.left, step.back, gone].map(Into::into);
            vec![so_far(locale, v, step, period(locale, v.step, step.from)).into(), start, lost, rate(step).into(), left, back, gone]
        };
        view.with(|v| ChartTable::new(&heads, v.churn.steps.iter().map(|step| row(v, step)).collect()))
    });
    let explained = Signal::derive(move || {
        let locale = app.locale.get();
        let t = &locale.t().retention;
        let rule = view.with(|v| match v.churn.after_days {
            Some(days) => fill(t.how_churn_days, &[("days", &locale.int(days))]),
            None => settings.with(|s| {
                let times = locale.decimal(s.dormancy.multiples_bp[2] as f64 / 10_000.0, 2);
                let [least, days] = [earliest_days(&s.dormancy)[2], s.dormancy.fixed_days[2]].map(|n| locale.int(n));
                fill(t.how_churn_sleep, &[("times", &times), ("least", &least), ("days", &days)])
            }),
        });
        let mut how = view.with(|v| how(locale, rule, v));
        how.facts.push((fill(t.how_few, &[("n", &locale.int(FEW))]), String::new()));
        how
    });
    let note = move || {
        let locale = app.locale.get();
        let t = &locale.t().retention;
        view.with(|v| {
            let shown = v.churn.steps.iter().rev().take(SHOWN);
            let (lost, again) = shown.fold((0, 0), |(lost, again), step| (lost + step.lost, again + step.lost_back));
            let again = (again > 0).then(|| plural(t.churn_again, again, &[("n", &locale.int(again))]));
            again.or_else(|| (v.churn.gone == 0 && lost == 0).then(|| t.churn_none.to_owned()))
        })
    };
    let title = Signal::derive(move || app.t().retention.churn.to_owned());
    view! {
        <ChartFrame title table how=explained>
            <Bars label=Signal::derive(move || app.t().retention.churn_label.to_owned()) bars left=84.0 />
            {dynamic(move || note().map(|words| view! { <p class="remark">{words}</p> }))}
        </ChartFrame>
    }
}

#[component]
pub(super) fn Causes(view: View) -> impl IntoView {
    let app = use_app();
    let reason = Column::Field(customer::CHURN_REASON);
    let left = (Column::Figure(Figure::Left), Test::Filled);
    // Name, how many, and what the list tests: those whom anybody named, then who said nothing.
    let all = Memo::new(move |_| {
        let locale = app.locale.get();
        view.with(|v| {
            let named = v.churn.causes.iter().filter(|(_, n)| *n > 0).map(|(name, n)| {
                (locale.choice(Kind::Customer, "churn_reason", name), *n, Test::AnyOf(vec![name.clone()]))
            });
            let mut all: Vec<(String, u64, Test)> = named.collect();
            all.push((locale.t().retention.cause_none.to_owned(), v.churn.not_stated, Test::Empty));
            all
        })
    });
    let share = move |n: u64| n as f64 / view.with(|v| v.churn.gone).max(1) as f64;
    let bars = Signal::derive(move || {
        let locale = app.locale.get();
        let bar = |(label, n, test): (String, u64, Test)| Bar {
            label,
            value: n as f64,
            part: 0.0,
            interval: None,
            words: fill(locale.t().retention.causes_bar, &[("n", &locale.int(n)), ("share", &locale.percent(share(n), 0))]),
            href: (n > 0).then(|| list_of([left.clone(), (reason, test.clone())]).href()),
            faint: test == Test::Empty,
        };
        all.get().into_iter().map(bar).collect()
    });
    let table = Signal::derive(move || {
        let t = app.t();
        let heads = [
            (t.retention.causes, Unit::Words),
            (t.common.customers, Unit::Count),
            (t.segments.share_of_customers, Unit::Share(0)),
        ];
        let row = |(name, n, _): (String, u64, Test)| vec![name.into(), n.into(), share(n).into()];
        ChartTable::new(&heads, all.get().into_iter().map(row).collect())
    });
    let explained = Signal::derive(move || {
        let locale = app.locale.get();
        view.with(|v| how(locale, locale.t().retention.how_causes.to_owned(), v))
    });
    let note = move || {
        let locale = app.locale.get();
        let t = &locale.t().retention;
        let (here, quiet) = view.with(|v| (v.churn.stated_but_here, v.churn.gone == v.churn.not_stated));
        let slot = || Slot { name: "n", text: locale.int(here), route: Some(behind(stated_but_here())) };
        let here = (here > 0).then(|| sentence(form(t.causes_here, here), vec![slot()]));
        here.or_else(|| quiet.then(|| t.causes_quiet.into_any()))
    };
    let title = Signal::derive(move || app.t().retention.causes.to_owned());
    view! {
        <ChartFrame title table how=explained>
            <Bars label=title bars />
            {dynamic(move || note().map(|words| view! { <p class="remark">{words}</p> }))}
        </ChartFrame>
    }
}

#[component]
pub(super) fn LengthsChart(view: View) -> impl IntoView {
    let app = use_app();
    let bars = Signal::derive(move || {
        let locale = app.locale.get();
        let bar = |(class, [there, left]): (usize, &[u64; 2])| Bar {
            label: length_class(locale, class),
            value: (there + left) as f64,
            part: *there as f64,
            interval: None,
            words: fill(
                locale.t().retention.lengths_bar,
                &[("n", &locale.int(there + left)), ("there", &locale.int(*there))],
            ),
            href: (there + left > 0).then(|| behind(length_is(class)).href()),
            faint: false,
        };
        view.with(|v| v.lengths.classes.iter().enumerate().map(bar).collect())
    });
    let table = Signal::derive(move || {
        let locale = app.locale.get();
        let t = &locale.t().retention;
        let heads =
            [(t.length_class, Unit::Words), (t.lengths_there, Unit::Count), (t.lengths_left, Unit::Count)];
        let row = |(class, [there, left]): (usize, &[u64; 2])| {
            vec![length_class(locale, class).into(), (*there).into(), (*left).into()]
        };
        let rows = view.with(|v| v.lengths.classes.iter().enumerate().map(row).collect());
        ChartTable::new(&heads, rows)
    });
    let explained = Signal::derive(move || {
        let locale = app.locale.get();
        let t = &locale.t().retention;
        let mut how = view.with(|v| how(locale, t.how_lengths.to_owned(), v));
        how.facts.push((t.lengths_known.to_owned(), locale.int(view.with(|v| v.lengths.known))));
        how
    });
    let said = move || {
        let locale = app.locale.get();
        view.with(|v| {
            let l = &v.lengths;
            let median = |days: Option<f64>, kind: fn(&[u64; 2]) -> u64| {
                let enough = l.classes.iter().map(kind).sum::<u64>() >= FEW;
                days.filter(|_| enough).map_or_else(|| "–".to_owned(), |days| length(locale, days))
            };
            let route = (l.one_day > 0).then(|| behind(left_after_one_day()));
            let slots = vec![
                Slot::plain("there", median(l.median_there, |c| c[0])),
                Slot::plain("left", median(l.median_left, |c| c[1])),
                Slot { name: "once", text: locale.int(l.one_day), route },
            ];
            let so_far = sentence(locale.t().retention.lengths_said, slots);
            view! { {half(locale, v.half_days())} {locale.gap()} {so_far} }
        })
    };
    let title = Signal::derive(move || app.t().retention.lengths.to_owned());
    view! {
        <ChartFrame title table how=explained>
            <Bars label=title bars left=112.0 />
            <p class="remark">{dynamic(said)}</p>
        </ChartFrame>
    }
}

#[component]
pub(super) fn Wallet(view: View) -> impl IntoView {
    let app = use_app();
    let currency = use_currency();
    let said = move || {
        let (locale, currency) = (app.locale.get(), currency.get());
        let t = &locale.t().retention;
        let wallet = view.with(|v| v.wallet);
        if wallet.n == 0 {
            return (t.wallet_missing.to_owned(), None);
        }
        let money = |minor| locale.money_round(minor, currency);
        let share = wallet.share();
        let values = [
            ("people", customers(locale, wallet.n)),
            ("few", locale.int(FEW)),
            ("share", share.map_or_else(String::new, |share| locale.percent(share, 0))),
            ("spent", money(wallet.revenue_minor)),
            ("wallet", money(wallet.wallet_minor)),
            ("median", wallet.median_share.map_or_else(String::new, |s| locale.percent(s, 0))),
        ];
        let slot = || Slot { name: "people", text: customers(locale, wallet.above), route: Some(behind(above_wallet())) };
        let above = (wallet.above > 0).then(|| sentence(t.wallet_above, vec![slot()]));
        let text = if share.is_some() { t.wallet_said } else { t.wallet_few };
        (fill(text, &values.each_ref().map(|(name, value)| (*name, value.as_str()))), above)
    };
    let rows = move || {
        let n = view.with(|v| v.wallet.n);
        let slot = |locale| Slot { name: "people", text: customers(locale, n), route: Some(behind(wallet_known())) };
        (n > 0).then(|| view! { <p>{sentence(app.t().retention.wallet_rows, vec![slot(app.locale.get())])}</p> })
    };
    let words = move || {
        let (said, above) = said();
        view! {
            <p>{said}</p>
            {above.map(|above| view! { <p class="remark warn">{above}</p> })}
        }
    };
    view! {
        <section class="card insight-card" aria-labelledby="wallet">
            <h2 id="wallet">{move || app.t().retention.wallet}</h2>
            {dynamic(words)}
            {dynamic(rows)}
        </section>
    }
}
