//! What is keeping worth: the answer in money, each number that it rests on with its source, all of them editable.

use crate::ui::prelude::*;

use super::super::segments::parts::{Question, Slot, THIN, customers, sentence};
use super::super::settings::SingleField;
use super::stay::TOPICS;
use super::words::behind;
use crate::domain::{Currency, Settings, minor_of_e4, show_decimal};
use crate::engine::api::{FEW, Keeping, Kept, Query, RetentionView, YearView, there_now};
use crate::locale::{Locale, SettingsTexts, fill, plural};
use crate::ui::app::{use_app, use_currency, use_settings};
use crate::ui::browser;
use crate::ui::components::{Button, Icon, Popover};
use crate::ui::format::Format;
use crate::ui::model::keeping::inputs;
use crate::ui::model::rough::rough;
use crate::ui::model::settings_form::Single;
use crate::ui::query::use_query;
use crate::ui::route::{Route, SettingGroup};

#[component]
pub fn KeepingTab() -> impl IntoView {
    let app = use_app();
    let query = move || Query::Retention { as_of: app.as_of.get(), step: None };
    let state = use_query::<Box<RetentionView>>(query, TOPICS);
    let title = Signal::derive(move || app.t().retention.tab_keeping.to_owned());
    // Without an order the numbers can still be typed.
    view! { <Question title state n=typable view=|view| view! { <Calculator view /> }.into_any() /> }
}

#[expect(clippy::borrowed_box, reason = "the answer comes in a box")]
fn typable(view: &Box<RetentionView>) -> u64 {
    if view.n == 0 { THIN } else { view.n }
}

#[component]
fn Calculator(view: Memo<Box<RetentionView>>) -> impl IntoView {
    let app = use_app();
    let (settings, currency) = (use_settings(), use_currency());
    let reckoned = Memo::new(move |_| {
        let year = view.with(|v| v.year);
        settings.with(|s| inputs(s, &year)).map(|inputs| (inputs, inputs.reckon()))
    });
    let answer = move || {
        let locale = app.locale.get();
        match reckoned.get() {
            Some((inputs, kept)) => answer(locale, currency.get(), &inputs, &kept),
            None => unknown(locale, &view.with(|v| v.year)),
        }
    };
    let lines = move || reckoned.get().map(|(inputs, kept)| lines(app.locale.get(), currency.get(), &inputs, &kept));
    view! {
        <p class="answer">{dynamic(answer)}</p>
        <div class="keeping">
            <Inputs view />
            <section class="card insight-card" aria-labelledby="keep-result">
                <div class="keep-head">
                    <h2 id="keep-result">{move || app.t().retention.keep_result}</h2>
                    <Popover label=Signal::derive(move || app.t().common.how_computed.to_owned())>
                        <Formula />
                    </Popover>
                    <Button icon=Icon::Print on_click=browser::print>{move || app.t().person.print}</Button>
                </div>
                {dynamic(lines)}
                <p class="remark">{move || app.t().retention.keep_rough}</p>
            </section>
        </div>
    }
}

/// Behind the numbers of the orders: who is there, who was a year ago, who of them still is.
fn rows(locale: Locale, year: &YearView, text: &str) -> AnyView {
    let then = customers(locale, year.there_then);
    let slots = vec![
        Slot { name: "there", text: customers(locale, year.there_now), route: Some(behind(there_now())) },
        Slot { name: "then", text: then, route: Some(behind(year.were_there())) },
        Slot { name: "still", text: locale.int(year.still), route: Some(behind(year.still_there())) },
        Slot::plain("few", locale.int(FEW)),
    ];
    sentence(text, slots)
}

/// Why nothing is reckoned.
fn unknown(locale: Locale, year: &YearView) -> AnyView {
    let t = &locale.t().retention;
    rows(locale, year, if year.there_then == 0 { t.keep_young } else { t.keep_few })
}

#[component]
fn Formula() -> impl IntoView {
    let app = use_app();
    let settings = use_settings();
    let discount = move || {
        let locale = app.locale.get();
        let bp = settings.with(|s| s.worth.monthly_discount_bp);
        fill(locale.t().retention.keep_discount, &[("share", &locale.percent_bp(bp))])
    };
    view! {
        <p>{move || app.t().retention.how_keeping}</p>
        <p>{move || app.t().retention.how_keeping_costs}</p>
        <p>{shared(discount)} {move || app.locale.get().gap()} <a href=Route::Settings(Some(SettingGroup::Worth)).href()>{move || app.t().segments.how_settings}</a></p>
    }
}

/// The numbers that go in, each with where it comes from.
#[component]
fn Inputs(view: Memo<Box<RetentionView>>) -> impl IntoView {
    let app = use_app();
    let currency = use_currency();
    let year = Memo::new(move |_| view.with(|v| v.year));
    let settings = use_settings();
    let of_orders = move |typed: fn(&Settings) -> bool, words: String| {
        let t = &app.t().retention;
        let is_typed = settings.with(typed);
        if is_typed { fill(t.keep_typed, &[("orders", &words)]) } else { fill(t.keep_orders, &[("orders", &words)]) }
    };
    let there = move || {
        let locale = app.locale.get();
        locale.int(year.get().there_now)
    };
    let kept = move || {
        let (locale, year) = (app.locale.get(), year.get());
        if year.there_then == 0 {
            return locale.t().retention.keep_young_rate.to_owned();
        }
        let share = year.kept_share();
        let values = [
            ("share", share.map_or_else(String::new, |share| locale.percent(share, 0))),
            ("still", locale.int(year.still)),
            ("then", locale.int(year.there_then)),
        ];
        let t = &locale.t().retention;
        fill(if share.is_some() { t.keep_rate_source } else { t.keep_few_rate }, &values.each_ref().map(|(name, value)| (*name, value.as_str())))
    };
    let profit = move || {
        let (locale, year) = (app.locale.get(), year.get());
        if year.there_now == 0 {
            return "–".to_owned();
        }
        let each = year.profit_minor / i64::try_from(year.there_now.max(1)).unwrap_or(i64::MAX);
        let values = [
            ("money", locale.money_round(each, currency.get())),
            ("all", locale.money_round(year.profit_minor, currency.get())),
            ("n", locale.int(year.there_now)),
        ];
        fill(locale.t().retention.keep_profit_source, &values.each_ref().map(|(name, value)| (*name, value.as_str())))
    };
    let cost = move || {
        let locale = app.locale.get();
        let (win, ratio) = settings.with(|s| (s.keeping.win_e4.map(|e4| minor_of_e4(e4, s.currency)), s.keeping.ratio_bp));
        match win {
            None => locale.t().retention.keep_win_unknown.to_owned(),
            Some(win) => {
                let keep = win as f64 / (ratio as f64 / 10_000.0).max(1.0);
                let money = locale.money_round(keep.round() as i64, currency.get());
                fill(locale.t().retention.keep_cost_each, &[("money", &money)])
            }
        }
    };
    // What is reckoned with where nothing is typed.
    let counts = move |single: Single| {
        let year = year.get();
        let seen = settings.with(|s| inputs(s, &year));
        match (single, seen) {
            (Single::KeepCustomers, _) => year.there_now.to_string(),
            (Single::KeptNow, Some(inputs)) => app.locale.get().decimal(inputs.kept_now * 100.0, 1),
            (Single::KeptThen, Some(inputs)) => app.locale.get().decimal(inputs.kept_then * 100.0, 1),
            (Single::KeepProfit, Some(inputs)) => {
                let digits = currency.get().decimals();
                show_decimal(inputs.profit_minor.round() as i64, digits)
            }
            _ => String::new(),
        }
    };
    let field = move |single, label: fn(&SettingsTexts) -> &'static str, unit: fn(&SettingsTexts) -> &'static str, source: Signal<String>| {
        let placeholder = Signal::derive(move || counts(single));
        view! { <SingleField single label unit source placeholder /> }
    };
    let behind_it = move || {
        let (locale, year) = (app.locale.get(), year.get());
        let some = year.there_now > 0 || year.there_then > 0;
        some.then(|| view! { <p class="remark">{rows(locale, &year, locale.t().retention.keep_rows)}</p> })
    };
    let none: fn(&SettingsTexts) -> &'static str = |_| "";
    let hint = move |words: fn(&SettingsTexts) -> &'static str| Signal::derive(move || words(&app.t().settings).to_owned());
    view! {
        <section class="card insight-card keep-inputs" aria-labelledby="keep-inputs">
            <h2 id="keep-inputs">{move || app.t().retention.keep_inputs}</h2>
            {dynamic(behind_it)}
            {field(Single::KeepCustomers, |t| t.keep_customers, none, Signal::derive(move || of_orders(|s| s.keeping.customers.is_some(), there())))}
            {field(Single::KeptNow, |t| t.keep_now, |_| "%", Signal::derive(move || of_orders(|s| s.keeping.kept_now_bp.is_some(), kept())))}
            {field(Single::KeptThen, |t| t.keep_then, |_| "%", hint(|t| t.keep_then_hint))}
            {field(Single::KeepProfit, |t| t.keep_profit, none, Signal::derive(move || of_orders(|s| s.keeping.profit_e4.is_some(), profit())))}
            {field(Single::KeepYears, |t| t.keep_years, none, hint(|t| t.keep_years_hint))}
            {field(Single::KeepBrought, |t| t.keep_brought, none, hint(|t| t.keep_brought_hint))}
            {field(Single::KeepWin, |t| t.keep_win, none, Signal::derive(cost))}
            {field(Single::KeepRatio, |t| t.keep_ratio, none, hint(|t| t.keep_ratio_hint))}
        </section>
    }
}

fn money(locale: Locale, currency: Currency, minor: f64) -> String {
    locale.money_round(rough(minor), currency)
}

fn years(locale: Locale, n: u32) -> String {
    plural(locale.t().retention.later_year, n.into(), &[("n", &locale.int(n))])
}

fn answer(locale: Locale, currency: Currency, inputs: &Keeping, kept: &Kept) -> AnyView {
    let t = &locale.t().retention;
    let slots = vec![
        Slot::plain("then", locale.percent(inputs.kept_then, 1)),
        Slot::plain("now", locale.percent(inputs.kept_now, 1)),
        Slot::plain("money", money(locale, currency, kept.net_minor)),
        Slot::plain("years", years(locale, inputs.years)),
    ];
    let text = if inputs.kept_then <= inputs.kept_now {
        t.keep_answer_none
    } else if kept.net_minor < 0.0 {
        t.keep_answer_loss
    } else {
        t.keep_answer
    };
    sentence(text, slots)
}

fn lines(locale: Locale, currency: Currency, inputs: &Keeping, kept: &Kept) -> AnyView {
    let t = &locale.t().retention;
    let cash = |minor: f64| money(locale, currency, minor);
    let people = |n: f64| locale.int(rough(n));
    let unknown = || "–".to_owned();
    let line = |name: String, value: String, class: &'static str| {
        view! {
            <div class=class>
                <dt>{name}</dt>
                <dd>{value}</dd>
            </div>
        }
    };
    let more = fill(t.keep_more, &[("years", &years(locale, inputs.years))]);
    let brought = fill(t.keep_brought_profit, &[("n", &people(kept.brought))]);
    view! {
        <dl class="keep-lines">
            {line(more, people(kept.more), "")}
            {line(t.keep_more_profit.to_owned(), cash(kept.more_minor), "")}
            {line(brought, cash(kept.brought_minor), "")}
            {line(t.keep_cost.to_owned(), kept.cost_minor.map_or_else(unknown, |cost| cash(-cost)), "")}
            {line(t.keep_net.to_owned(), cash(kept.net_minor), "sum")}
            {line(t.keep_instead.to_owned(), kept.win_minor.map_or_else(unknown, cash), "aside")}
        </dl>
    }
    .into_any()
}
