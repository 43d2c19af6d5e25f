//! Settings: one record per top-level name, so that changes to different ones do not overwrite each other.

use super::check::Problems;
use super::{Ctx, Edit, Plan, Planned, refuse_if_any, tombstone};
use crate::domain::check::{SHORT, clean};
use crate::domain::{Action, Change, Id, Kind, Settings, Value, setting};
use crate::engine::api::{CommandError, InvalidReason, SavedView, StoreError};
use crate::engine::dataset::Dataset;
use crate::files::orders::Mapping;

/// Tiers in the list at most.
const MAX_TIERS: usize = 12;
/// Days in a setting at most: a hundred years.
const MAX_DAYS: i64 = 36_500;
/// Months that the value of customers may look ahead.
const MAX_MONTHS: u32 = 120;
/// Years that the worth of keeping may look ahead.
const MAX_YEARS: u32 = 30;
/// Customers or weeks that may be asked for before a model is fitted.
const MAX_COUNT: u32 = 1_000_000;
/// The fewest answers that may be asked for, at most.
const MAX_ANSWERS: u32 = 10_000;
/// Bytes of a header signature at most.
const MAX_SIGNATURE: usize = 100_000;
/// A whole, in basis points.
const WHOLE: i64 = 10_000;

pub(super) fn save(data: &Dataset, wanted: &Settings) -> Planned {
    let mut wanted = wanted.clone();
    wanted.business_name = clean(&wanted.business_name);
    check(&wanted)?;
    let (now, then) = (fields(data.settings())?, fields(&wanted)?);
    let mut changes = Vec::new();
    for (name, value) in then {
        if now.get(&name) != Some(&value) {
            changes.extend(record(data, &name, value));
        }
    }
    Ok(Plan::by_hand(Action::Edit(Kind::Setting), changes, None))
}

fn fields(settings: &Settings) -> Result<serde_json::Map<String, serde_json::Value>, CommandError> {
    match serde_json::to_value(settings) {
        Ok(serde_json::Value::Object(fields)) => Ok(fields),
        _ => Err(CommandError::Store(StoreError::Other { detail: "settings".into() })),
    }
}

/// The changes that give the setting `name` this value.
pub(in crate::engine) fn record(data: &Dataset, name: &str, value: serde_json::Value) -> Vec<Change> {
    let mut edit = Edit::new(data, Kind::Setting, Id::from_key(Kind::Setting, "", name));
    edit.set(setting::KEY, name);
    edit.set(setting::VALUE, Value::Json(value));
    edit.changes
}

/// Hints at most, and characters of one.
const MAX_HINTS: usize = 200;
const MAX_HINT: usize = 200;
/// More than any parameter that a fit can find, in billionths.
const MOST_E9: i64 = 100_000_000_000_000;

fn check(settings: &Settings) -> Result<(), CommandError> {
    let mut problems = Problems::default();
    let share = |bp: i64| (0..=WHOLE).contains(&bp);
    problems.length("business_name", &settings.business_name, SHORT);
    let mut range = |fine: bool, field: &str| problems.unless(fine, field, InvalidReason::OutOfRange);
    range(share(settings.default_margin_bp), "default_margin_bp");
    range((3..=9).contains(&settings.rfm.bins), "rfm");
    let kotler = &settings.kotler;
    let limit = crate::domain::MAX_E4;
    range(share(kotler.loyalty_cut_bp) && kotler.profit_cut_e4.is_none_or(|m| m.abs() <= limit), "kotler");
    range((1..=99).contains(&settings.duplicates.least_percent), "duplicates");
    range((1..=36_500).contains(&settings.freshness.stale_days), "freshness");
    range(settings.churn.after_days.is_none_or(|days| (1..=36_500).contains(&days)), "churn");
    let keeping = &settings.keeping;
    let money = [keeping.win_e4, keeping.profit_e4].into_iter().flatten().all(|m| (0..=limit).contains(&m));
    let shares = [keeping.kept_then_bp, keeping.kept_now_bp].into_iter().flatten().all(share);
    let counts = (WHOLE..=100 * WHOLE).contains(&keeping.ratio_bp) && keeping.brought_per_100 <= 1_000;
    range(money && shares && counts && (1..=MAX_YEARS).contains(&keeping.years), "keeping");
    let tiers = &settings.tiers;
    let fine = |t: &crate::domain::TierRule| share(t.top_by_present_bp) && share(t.top_by_potential_bp);
    let mut ids: Vec<&str> = tiers.iter().map(|t| t.id.as_str()).collect();
    crate::domain::sort::sort_by(&mut ids, Ord::cmp);
    ids.dedup();
    range((1..=MAX_TIERS).contains(&tiers.len()) && ids.len() == tiers.len() && tiers.iter().all(fine), "tiers");
    let dormancy = &settings.dormancy;
    let rising = |steps: &[i64; 3]| steps.is_sorted() && steps.iter().all(|n| *n > 0);
    let days = dormancy.fixed_days.iter().chain([&dormancy.floor_days]).all(|d| (0..=MAX_DAYS).contains(d));
    let multiples = rising(&dormancy.multiples_bp) && dormancy.multiples_bp.iter().all(|m| *m <= 100 * WHOLE);
    range(days && multiples && rising(&dormancy.fixed_days) && dormancy.min_purchases >= 2, "dormancy");
    let model = settings.loyalty.model.as_ref();
    let fine = |e9: i64| (1..=MOST_E9).contains(&e9);
    range(model.is_none_or(|m| m.parameters_e9().into_iter().all(fine)), "loyalty");
    let hints = &settings.cadence.hints;
    let fine = |text: &str| !text.trim().is_empty() && text.chars().count() <= MAX_HINT;
    let hint = |h: &crate::domain::CategoryHint| fine(&h.category) && fine(&h.text);
    range(hints.len() <= MAX_HINTS && hints.iter().all(hint), "cadence");
    let satisfaction = &settings.satisfaction;
    let half_life = (1..=MAX_DAYS).contains(&satisfaction.half_life_days);
    range(half_life && (2..=MAX_ANSWERS).contains(&satisfaction.min_answers), "satisfaction");
    let worth = &settings.worth;
    let shares = [worth.hold_out_bp, worth.at_risk_below_bp, worth.monthly_discount_bp, worth.min_spread_bp];
    let wide = [worth.most_off_bp, worth.most_seasonal_bp, worth.margin_weight_bp];
    let counts = [worth.min_customers, worth.min_repeaters, worth.min_weeks];
    let fine = (1..=MAX_MONTHS).contains(&worth.horizon_months)
        && shares.into_iter().all(share)
        && wide.into_iter().all(|bp| (0..=100 * WHOLE).contains(&bp))
        && counts.into_iter().all(|n| n <= MAX_COUNT);
    range(fine, "worth");
    for tier in tiers {
        let named = ![&tier.id, &tier.name_zh, &tier.name_en].iter().any(|t| t.trim().is_empty());
        problems.unless(named, "tiers", InvalidReason::Required);
        for text in [&tier.id, &tier.name_zh, &tier.name_en] {
            problems.length("tiers", text, SHORT);
        }
    }
    refuse_if_any(problems.0)
}

/// The name of the setting that remembers how files with this header are read.
fn mapping_name(signature: &str) -> String {
    format!("mapping:{signature}")
}

/// How a file with this header was read last; `None` where that is not known, or no longer understood.
#[must_use]
pub fn mapping(data: &Dataset, signature: &str) -> Option<Mapping> {
    serde_json::from_value(data.setting(&mapping_name(signature))?.clone()).ok()
}

pub(super) fn remember_mapping(data: &Dataset, signature: &str, mapping: &Mapping) -> Planned {
    let mut problems = Problems::default();
    problems.unless(!signature.is_empty(), "signature", InvalidReason::Required);
    problems.unless(signature.len() <= MAX_SIGNATURE, "signature", InvalidReason::TooLong);
    refuse_if_any(problems.0)?;
    let value = serde_json::to_value(mapping)
        .map_err(|e| CommandError::Store(StoreError::Other { detail: format!("mapping: {e}") }))?;
    Ok(Plan::by_hand(Action::Edit(Kind::Setting), record(data, &mapping_name(signature), value), None))
}

/// Settings called so are saved views.
const VIEW: &str = "view:";
/// Characters of an address at most, and columns.
const MAX_ADDRESS: usize = 10_000;
const MAX_COLUMNS: usize = 200;

/// The saved views by name, ties by id. What is no longer understood is left out.
#[must_use]
pub fn views(data: &Dataset) -> Vec<(Id, SavedView)> {
    let table = data.table(Kind::Setting);
    let read = |row: u32| {
        let view = table.json(row, setting::VALUE).filter(|_| table.text(row, setting::KEY).starts_with(VIEW))?;
        Some((table.id(row)?, serde_json::from_value::<SavedView>(view.clone()).ok()?))
    };
    let mut views: Vec<(Id, SavedView)> = table.live().filter_map(read).collect();
    crate::domain::sort::sort_by(&mut views, |a, b| (&a.1.name, a.0).cmp(&(&b.1.name, b.0)));
    views
}

pub(super) fn save_view(data: &Dataset, id: Option<Id>, view: &SavedView, ctx: &Ctx) -> Planned {
    let known = |id: Id| views(data).iter().any(|(view, _)| *view == id);
    if id.is_some_and(|id| !known(id)) {
        return Err(CommandError::NotFound);
    }
    let view = SavedView { name: clean(&view.name), ..view.clone() };
    let mut problems = Problems::default();
    problems.unless(!view.name.is_empty(), "name", InvalidReason::Required);
    problems.length("name", &view.name, SHORT);
    problems.length("address", &view.address, MAX_ADDRESS);
    let fits = view.columns.len() <= MAX_COLUMNS && view.columns.iter().all(|c| c.chars().count() <= SHORT);
    problems.unless(fits, "columns", InvalidReason::OutOfRange);
    refuse_if_any(problems.0)?;
    let what = if id.is_some() { Action::Edit(Kind::Setting) } else { Action::Add(Kind::Setting) };
    let id = id.unwrap_or_else(|| Id::new_v7(ctx.now_ms, ctx.random));
    let value = serde_json::to_value(&view)
        .map_err(|e| CommandError::Store(StoreError::Other { detail: format!("view: {e}") }))?;
    let mut edit = Edit::new(data, Kind::Setting, id);
    edit.set(setting::KEY, format!("{VIEW}{id}"));
    edit.set(setting::VALUE, Value::Json(value));
    Ok(Plan::by_hand(what, edit.changes, Some(id)))
}

pub(super) fn drop_view(data: &Dataset, id: Id) -> Planned {
    if !views(data).iter().any(|(view, _)| *view == id) {
        return Err(CommandError::NotFound);
    }
    Ok(Plan::by_hand(Action::Delete(Kind::Setting), vec![tombstone(Kind::Setting, id)], Some(id)))
}
