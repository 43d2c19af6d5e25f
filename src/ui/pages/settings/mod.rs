//! Settings: grouped, searchable, each with its default and a reset. What is typed is saved when the field is left.

mod device;
mod hints;
mod own;
mod single;
mod tiers;

use crate::ui::prelude::*;

use self::device::{About, DeviceGroup};
use self::hints::Hints;
use self::own::OwnFields;
pub(in crate::ui::pages) use self::single::SingleField;
use self::tiers::TierEditor;
use super::segments::LoyaltyNote;
use crate::locale::{SettingsTexts, fill};
use crate::ui::app::use_app;
use crate::ui::components::{Icon, icon};
use crate::ui::model::settings_form::Single;
use crate::ui::route::{Route, SettingGroup};

/// A group of the page: its title, what the search finds it by, and its content.
#[component]
fn Group(
    title: fn(&SettingsTexts) -> &'static str,
    /// Words of the group besides the title.
    words: fn(&SettingsTexts) -> Vec<&'static str>,
    search: RwSignal<String>,
    found: RwSignal<usize>,
    /// What other pages call it by.
    #[prop(optional, into)]
    group: Option<SettingGroup>,
    children: ChildrenFn,
) -> impl IntoView {
    let app = use_app();
    // The page begins here when the address names the group.
    let start = group.is_some_and(|group| use_context::<SettingGroup>() == Some(group));
    let fits = Memo::new(move |_| {
        let t = &app.t().settings;
        let wanted = search.with(|s| s.trim().to_lowercase());
        wanted.is_empty() || words(t).into_iter().chain([title(t)]).any(|w| w.to_lowercase().contains(&wanted))
    });
    Effect::new(move |before: Option<bool>| {
        let now = fits.get();
        match (before.unwrap_or(false), now) {
            (false, true) => found.update(|n| *n += 1),
            (true, false) => found.update(|n| *n = n.saturating_sub(1)),
            _ => {}
        }
        now
    });
    view! {
        <Show when=move || fits.get()>
            <section class="card setting-group">
                <div class="card-head">
                    <h2 tabindex=start.then_some("-1") data-start=start>{move || title(&app.t().settings)}</h2>
                </div>
                <div class="setting-list">{children()}</div>
            </section>
        </Show>
    }
}

#[component]
pub fn SettingsPage(
    /// The group from which on it is shown.
    group: Option<SettingGroup>,
) -> impl IntoView {
    let app = use_app();
    if let Some(group) = group {
        provide_context(group);
    }
    let t = move || &app.t().settings;
    let search = RwSignal::new(String::new());
    let found = RwSignal::new(0usize);
    view! {
        <div class="page narrow settings">
            <header class="page-head">
                <div>
                    <h1 tabindex="-1">{move || t().title}</h1>
                    <p class="answer">{move || t().answer}</p>
                </div>
            </header>
            <div class="search-field">
                {icon(Icon::Search)}
                <input
                    type="search"
                    aria-label=move || t().search
                    placeholder=move || t().search
                    prop:value=move || search.get()
                    on:input=move |e| search.set(event_target_value(&e))
                />
            </div>
            <Show when=move || found.get() == 0 && search.with(|s| !s.is_empty())>
                <p class="quiet-text">{move || fill(t().search_none, &[("text", &search.get())])}</p>
            </Show>
            <BookGroups search found />
            <Group title=|t| t.group_device words=|t| vec![t.language, t.theme, t.storage, t.storage_more] search found>
                <DeviceGroup />
            </Group>
            <Group title=|t| t.group_about words=|t| vec![t.privacy, t.version, t.build] search found>
                <About />
            </Group>
        </div>
    }
}

/// Settings that belong to the book.
#[component]
fn BookGroups(search: RwSignal<String>, found: RwSignal<usize>) -> impl IntoView {
    view! {
        <Group
            title=|t| t.group_business
            words=|t| vec![t.business_name, t.currency, t.default_margin]
            search
            found
        >
            <SingleField single=Single::BusinessName label=|t| t.business_name hint=|t| t.business_name_hint />
            <SingleField single=Single::Currency label=|t| t.currency hint=|t| t.currency_hint />
            <SingleField single=Single::DefaultMargin label=|t| t.default_margin hint=|t| t.default_margin_hint unit=|_| "%" />
        </Group>
        <Group group=SettingGroup::Kotler title=|t| t.group_kotler words=|t| vec![t.profit_cut, t.loyalty_cut] search found>
            <SingleField single=Single::ProfitCut label=|t| t.profit_cut hint=|t| t.profit_cut_hint />
            <SingleField single=Single::LoyaltyCut label=|t| t.loyalty_cut hint=|t| t.loyalty_cut_hint unit=|_| "%" />
            <LoyaltyNote />
        </Group>
        <Group group=SettingGroup::Tiers title=|t| t.group_tiers words=|t| vec![t.tiers_hint] search found>
            <TierEditor />
        </Group>
        <Group title=|t| t.group_team words=|t| vec![t.team_open] search found>
            <TeamLink />
        </Group>
        <Group title=|t| t.group_own words=|t| vec![t.group_own] search found>
            <OwnFields />
        </Group>
        <Group group=SettingGroup::Rfm title=|t| t.group_rfm words=|t| vec![t.rfm_bins] search found>
            <SingleField single=Single::RfmBins label=|t| t.rfm_bins hint=|t| t.rfm_bins_hint />
        </Group>
        <Group
            group=SettingGroup::Dormancy
            title=|t| t.group_dormancy
            words=|t| vec![t.multiples, t.fixed_days, t.min_purchases, t.floor_days]
            search
            found
        >
            <Steps of=Single::Multiple label=|t| t.multiples hint=|t| t.multiples_hint unit=|t| t.times />
            <Steps of=Single::FixedDays label=|t| t.fixed_days hint=|t| t.fixed_days_hint unit=|t| t.days />
            <SingleField single=Single::MinPurchases label=|t| t.min_purchases hint=|t| t.min_purchases_hint />
            <SingleField single=Single::FloorDays label=|t| t.floor_days hint=|t| t.floor_days_hint unit=|t| t.days />
        </Group>
        <Group group=SettingGroup::Satisfaction title=|t| t.group_satisfaction words=|t| vec![t.half_life, t.min_answers] search found>
            <SingleField single=Single::HalfLife label=|t| t.half_life hint=|t| t.half_life_hint unit=|t| t.days />
            <SingleField single=Single::MinAnswers label=|t| t.min_answers hint=|t| t.min_answers_hint />
        </Group>
        <Group group=SettingGroup::Hints title=|t| t.group_hints words=|t| vec![t.group_hints] search found>
            <Hints />
        </Group>
        <Group title=|t| t.group_duplicates words=|t| vec![t.least_percent] search found>
            <SingleField single=Single::LeastPercent label=|t| t.least_percent hint=|t| t.least_percent_hint unit=|_| "%" />
        </Group>
        <Group title=|t| t.group_freshness words=|t| vec![t.stale_days] search found>
            <SingleField single=Single::StaleDays label=|t| t.stale_days hint=|t| t.stale_days_hint unit=|t| t.days />
        </Group>
        <WorthGroup search found />
        <KeepingGroups search found />
    }
}

#[component]
fn TeamLink() -> impl IntoView {
    let app = use_app();
    view! { <p><a href=Route::Team.href()>{move || app.t().settings.team_open}</a></p> }
}

/// What customers will be worth.
#[component]
fn WorthGroup(search: RwSignal<String>, found: RwSignal<usize>) -> impl IntoView {
    view! {
        <Group
            group=SettingGroup::Worth
            title=|t| t.group_worth
            words=|t| vec![t.worth_horizon, t.worth_discount, t.worth_risk, t.worth_hold_out, t.worth_most_off]
            search
            found
        >
            <SingleField single=Single::Horizon label=|t| t.worth_horizon hint=|t| t.worth_horizon_hint />
            <SingleField single=Single::Discount label=|t| t.worth_discount hint=|t| t.worth_discount_hint unit=|_| "%" />
            <SingleField single=Single::AtRisk label=|t| t.worth_risk hint=|t| t.worth_risk_hint unit=|_| "%" />
            <SingleField single=Single::HoldOut label=|t| t.worth_hold_out hint=|t| t.worth_hold_out_hint unit=|_| "%" />
            <SingleField single=Single::MostOff label=|t| t.worth_most_off hint=|t| t.worth_most_off_hint unit=|_| "%" />
            <SingleField single=Single::WorthCustomers label=|t| t.worth_min_customers hint=|t| t.worth_min_hint />
            <SingleField single=Single::WorthRepeaters label=|t| t.worth_min_repeaters hint=|t| t.worth_min_hint />
            <SingleField single=Single::WorthWeeks label=|t| t.worth_min_weeks hint=|t| t.worth_min_hint />
            <SingleField single=Single::MinSpread label=|t| t.worth_min_spread hint=|t| t.worth_min_spread_hint unit=|_| "%" />
            <SingleField single=Single::MostSeasonal label=|t| t.worth_most_seasonal hint=|t| t.worth_most_seasonal_hint unit=|_| "%" />
            <SingleField single=Single::MarginWeight label=|t| t.worth_margin_weight hint=|t| t.worth_margin_weight_hint />
        </Group>
    }
}

/// Who has left, and what keeping them would be worth.
#[component]
fn KeepingGroups(search: RwSignal<String>, found: RwSignal<usize>) -> impl IntoView {
    view! {
        <Group group=SettingGroup::Churn title=|t| t.group_churn words=|t| vec![t.churn_days] search found>
            <SingleField single=Single::ChurnDays label=|t| t.churn_days hint=|t| t.churn_days_hint unit=|t| t.days />
        </Group>
        <Group
            title=|t| t.group_keeping
            words=|t| vec![t.keep_win, t.keep_ratio, t.keep_brought, t.keep_years, t.keep_customers, t.keep_profit, t.keep_now, t.keep_then]
            search
            found
        >
            <SingleField single=Single::KeepWin label=|t| t.keep_win hint=|t| t.keep_win_hint />
            <SingleField single=Single::KeepRatio label=|t| t.keep_ratio hint=|t| t.keep_ratio_hint />
            <SingleField single=Single::KeepBrought label=|t| t.keep_brought hint=|t| t.keep_brought_hint />
            <SingleField single=Single::KeepYears label=|t| t.keep_years hint=|t| t.keep_years_hint />
            <SingleField single=Single::KeepCustomers label=|t| t.keep_customers hint=|t| t.keep_orders_hint />
            <SingleField single=Single::KeepProfit label=|t| t.keep_profit hint=|t| t.keep_orders_hint />
            <SingleField single=Single::KeptNow label=|t| t.keep_now hint=|t| t.keep_orders_hint unit=|_| "%" />
            <SingleField single=Single::KeptThen label=|t| t.keep_then hint=|t| t.keep_then_hint unit=|_| "%" />
        </Group>
    }
}

/// Three numbers side by side: dozing, half asleep, asleep.
#[component]
fn Steps(
    of: fn(usize) -> Single,
    label: fn(&SettingsTexts) -> &'static str,
    hint: fn(&SettingsTexts) -> &'static str,
    unit: fn(&SettingsTexts) -> &'static str,
) -> impl IntoView {
    let app = use_app();
    view! {
        <fieldset class="steps">
            <legend>{move || label(&app.t().settings)}</legend>
            <p class="field-note">{move || hint(&app.t().settings)}</p>
            <div class="steps-row">
                <SingleField single=of(0) name=Signal::derive(move || app.t().common.dozing.to_owned()) unit />
                <SingleField single=of(1) name=Signal::derive(move || app.t().common.half_asleep.to_owned()) unit />
                <SingleField single=of(2) name=Signal::derive(move || app.t().common.asleep.to_owned()) unit />
            </div>
        </fieldset>
    }
}
