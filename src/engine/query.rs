//! Questions answered from the data set and the figures derived from it. Pure: today comes from the caller.
//!
//! Every group that is counted is opened by the same marks that counted it, so a number and its list always agree.

mod cadence;
mod calendar;
mod columns;
mod customer;
mod customers;
mod duplicates;
mod entitled;
mod habits;
mod lists;
mod moved;
mod overview;
mod panels;
mod person;
mod quotes;
mod record;
mod records;
mod referrals;
mod retention;
mod rules;
mod satisfaction;
mod segments;
mod stale;
mod tables;
mod worth;

#[cfg(test)]
mod cadence_tests;
#[cfg(test)]
mod columns_tests;
#[cfg(test)]
mod laws_tests;
#[cfg(test)]
mod moved_tests;
#[cfg(test)]
mod retention_reference_tests;
#[cfg(test)]
mod retention_tests;
#[cfg(test)]
mod satisfaction_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod trend_tests;
#[cfg(test)]
mod worth_hostile_tests;
#[cfg(test)]
mod worth_tests;

pub use customers::{Listing, name_chosen};
pub use duplicates::{COMPARED, Twins, compared_fields};
pub use record::title;
pub use records::{customer_profile, interaction_draft, order_draft, product_profile, response_draft};
pub use rules::Known;

use super::api::{Answer, CustomerRow, Metrics, MixOf, Query};
use super::dataset::Dataset;
use super::metrics::{MetricsCache, Moods, Snapshot};
use super::own::own_fields;
use super::search::Marker;
use super::update::views;
use crate::domain::{Day, Id, Kind, OwnField, customer as field};

/// The answer to `query`; `None` for those that are about the journal and the store, which the data set does not know. It takes what
/// it needs of time: see [`prepare`]. A trend is worked out by [`prepare`] alone, a month for each question.
#[must_use]
pub fn answer(data: &Dataset, cache: &mut MetricsCache, query: &Query, today: Day) -> Option<Answer> {
    while !matches!(query, Query::Trend { .. }) && prepare(data, cache, query, today).is_some() {}
    first(data, cache, query, today).or_else(|| further(data, cache, query, today))
}

/// The answer to what the first pages ask; `None` for all else, and for what needs the models of customer value. Apart from
/// [`answer`], so that a program can begin with this alone.
#[must_use]
pub fn answer_first(data: &Dataset, cache: &mut MetricsCache, query: &Query, today: Day) -> Option<Answer> {
    if takes_long(data, query) { None } else { first(data, cache, query, today) }
}

fn first(data: &Dataset, cache: &mut MetricsCache, query: &Query, today: Day) -> Option<Answer> {
    let mut day = |as_of: &Option<Day>| as_of.unwrap_or_else(|| cache.default_as_of(data, today));
    let mut answer = match query {
        Query::Overview { as_of } => Answer::Overview(overview::overview(data, cache, *as_of, today)),
        Query::Customers { as_of, filter, sort, columns, offset, limit } => {
            let as_of = day(as_of);
            Answer::Customers(customers::customers(data, cache, as_of, (filter, *sort, columns), *offset, *limit))
        }
        Query::CustomerIds { as_of, filter, sort, offset, limit } => {
            let as_of = day(as_of);
            Answer::Ids(customers::ids(data, cache, as_of, filter, *sort, *offset, *limit))
        }
        Query::Profiles { as_of, ids, columns } => {
            let as_of = day(as_of);
            Answer::Profiles(customers::profiles(data, cache, as_of, ids, columns))
        }
        Query::Records { kind, search, of, offset, limit } => {
            Answer::Records(record::records(data, *kind, search, *of, *offset, *limit))
        }
        Query::Views => Answer::Views(views(data)),
        Query::OwnFields => Answer::OwnFields(own_fields_of_all(data)),
        Query::Today { as_of } => {
            let as_of = day(as_of);
            Answer::Today(overview::today(data, cache, as_of, today))
        }
        Query::Stale { limit } => {
            let as_of = day(&None);
            Answer::Stale(stale::stale(data, cache, as_of, today, *limit))
        }
        Query::Names { ids } => Answer::Names(rules::names(data, ids)),
        Query::Settings => Answer::Settings(Box::new(data.settings().clone())),
        _ => return None,
    };
    quotes::show_expired(&mut answer, today);
    Some(answer)
}

/// Whatever [`first`] leaves.
fn further(data: &Dataset, cache: &mut MetricsCache, query: &Query, today: Day) -> Option<Answer> {
    let mut day = |as_of: &Option<Day>| as_of.unwrap_or_else(|| cache.default_as_of(data, today));
    let mut answer = match query {
        Query::Customer { id, as_of, timeline_offset, timeline_limit, kinds } => {
            let as_of = day(as_of);
            let view = customer::customer(data, cache, *id, (as_of, today), kinds, (*timeline_offset, *timeline_limit));
            Answer::Customer(view.map(Box::new))
        }
        Query::Record { id } => Answer::Record(record::record(data, *id).map(Box::new)),
        Query::Entitled { customer } => {
            let as_of = day(&None);
            Answer::Entitled(entitled::entitled(data, cache, *customer, as_of))
        }
        Query::Duplicates { go_on, anew, offset, limit } => {
            let as_of = day(&None);
            Answer::Duplicates(duplicates::duplicates(data, cache, as_of, (*go_on, *anew), *offset, *limit))
        }
        Query::Similar { profile, except } => {
            let as_of = day(&None);
            Answer::Similar(duplicates::similar(data, cache, as_of, profile, *except))
        }
        Query::MergeChoices { ids } => {
            let as_of = day(&None);
            Answer::MergeChoices(duplicates::choices(data, cache, as_of, ids))
        }
        Query::Order { id } => Answer::Order(customer::order(data, *id)),
        Query::Products { search, offset, limit } => {
            Answer::Products(lists::products(data, cache, search, *offset, *limit))
        }
        Query::ProductsNamed { names } => Answer::ProductsNamed(lists::products_named(data, names)),
        Query::Rfm { as_of } => {
            let as_of = day(as_of);
            Answer::Rfm(segments::rfm(cache.snapshot(data, as_of).1))
        }
        Query::Kotler { as_of } => {
            let as_of = day(as_of);
            Answer::Kotler(segments::kotler(cache.snapshot(data, as_of).1))
        }
        Query::KotlerPoint { as_of, index } => {
            let as_of = day(as_of);
            Answer::KotlerPoint(segments::kotler_point(data, cache.snapshot(data, as_of).1, *index))
        }
        Query::Tiers { as_of } => {
            let as_of = day(as_of);
            Answer::Tiers(segments::tiers(cache.snapshot(data, as_of).1))
        }
        Query::Dormancy { as_of } => {
            let as_of = day(as_of);
            let (ledger, snapshot) = cache.snapshot(data, as_of);
            snapshot.look_back(ledger);
            Answer::Dormancy(segments::dormancy(snapshot))
        }
        Query::Breaks { as_of, limit } => {
            let as_of = day(as_of);
            let (ledger, snapshot) = cache.snapshot(data, as_of);
            Answer::Breaks(cadence::breaks(data, ledger, snapshot, *limit))
        }
        Query::Habits { id, as_of } => {
            let as_of = day(as_of);
            let (ledger, snapshot) = cache.snapshot(data, as_of);
            Answer::Habits(cadence::habits(data, ledger, snapshot, *id))
        }
        Query::Moved { as_of, since, by } => {
            let as_of = day(as_of);
            let (earlier, now) = cache.two_days(data, since.before(as_of), as_of);
            Answer::Moved(Box::new(moved::moved(earlier, now, *since, *by)))
        }
        Query::Mix(MixOf { as_of, back }) => {
            let as_of = day(as_of);
            Answer::Mix(match back {
                0 => moved::mix(cache.snapshot(data, as_of).1),
                back => {
                    let end = as_of.ends_of_months().nth(*back as usize).unwrap_or(Day(i32::MIN));
                    cache.month(data, end, moved::mix)
                }
            })
        }
        Query::Drift { as_of, since, group, limit } => {
            let as_of = day(as_of);
            let (earlier, now) = cache.two_days(data, since.before(as_of), as_of);
            Answer::Drift(moved::drift(data, earlier, now, *group, *limit))
        }
        Query::Satisfaction { as_of, period, by, offset, limit } => {
            let as_of = day(as_of);
            let parts = cache.parts(data, as_of);
            Answer::Satisfaction(Box::new(satisfaction::satisfaction(data, &parts, *period, *by, *offset, *limit)))
        }
        Query::Responses { as_of, filter, offset, limit } => {
            let as_of = day(as_of);
            let parts = cache.parts(data, as_of);
            Answer::Responses(satisfaction::responses(data, &parts, filter, *offset, *limit))
        }
        Query::Worth { as_of, limit } => {
            let as_of = day(as_of);
            Answer::Worth(Box::new(worth::worth(data, cache, as_of, *limit)))
        }
        Query::Trend { as_of, .. } => {
            let as_of = day(as_of);
            Answer::Trend(cache.trend(data, as_of))
        }
        Query::Outlook { id, as_of } => {
            let as_of = day(as_of);
            Answer::Outlook(worth::outlook(data, cache, *id, as_of))
        }
        Query::Retention { as_of, step } => {
            let as_of = day(as_of);
            Answer::Retention(Box::new(retention::retention(data, cache, as_of, *step)))
        }
        Query::Tenure { survivors, ahead } => Answer::Tenure(retention::curve(survivors, *ahead)),
        Query::Referrals { as_of, by, offset, limit } => {
            let as_of = day(as_of);
            Answer::Referrals(referrals::referrals(data, cache, as_of, *by, *offset, *limit))
        }
        Query::Brought { id, as_of, limit } => {
            let as_of = day(as_of);
            Answer::Brought(referrals::brought(data, cache, *id, as_of, *limit).map(Box::new))
        }
        Query::Panels { id, as_of } => {
            let as_of = day(as_of);
            Answer::Panels(panels::panels(data, cache, *id, as_of, today).map(Box::new))
        }
        Query::Calendar { today, offset, limit } => Answer::Calendar(calendar::calendar(data, *today, *offset, *limit)),
        Query::Table { as_of, list, words, offset, limit } => {
            let as_of = day(as_of);
            Answer::Table(tables::table(data, cache, as_of, list, words, *offset, *limit))
        }
        Query::Rule { as_of, rule, limit } => {
            let as_of = day(as_of);
            Answer::Rule(Box::new(rules::rule(data, cache, as_of, rule, *limit)))
        }
        Query::Segments { as_of } => {
            let as_of = day(as_of);
            Answer::Segments(rules::segments(data, cache, as_of))
        }
        Query::GoodsNames => Answer::GoodsNames(rules::goods_names(data)),
        Query::Finds { search, words } => Answer::Finds(finds(search, words)),
        Query::ReadRule { text } => Answer::ReadRule(Box::new(crate::engine::segment::read_rule(text))),
        Query::PersonFile { id } => Answer::PersonFile(person::person(data, *id)),
        Query::Trash { offset, limit } => Answer::Trash(lists::trash(data, *offset, *limit)),
        // Of `first`.
        Query::Overview { .. }
        | Query::Customers { .. }
        | Query::CustomerIds { .. }
        | Query::Profiles { .. }
        | Query::Records { .. }
        | Query::Views
        | Query::OwnFields
        | Query::Today { .. }
        | Query::Stale { .. }
        | Query::Names { .. }
        | Query::Settings
        // Of the journal and the store.
        | Query::Journal { .. }
        | Query::History { .. }
        | Query::StagedImport
        | Query::StagedMerge
        | Query::MergeReport { .. }
        | Query::Mapping { .. }
        | Query::Storage => return None,
    };
    quotes::show_expired(&mut answer, today);
    Some(answer)
}

/// Does the next part of what `query` needs and takes long; how far it is, `None` when [`answer`] is quick. Whoever asks may answer
/// others between the parts.
pub fn prepare(data: &Dataset, cache: &mut MetricsCache, query: &Query, today: Day) -> Option<f64> {
    let as_of = day_of_models(data, query)?.unwrap_or_else(|| cache.default_as_of(data, today));
    match query {
        Query::Outlook { .. } => cache.prepare_outlook(data, as_of),
        Query::Trend { .. } => cache.prepare_trend(data, as_of),
        _ => cache.prepare_worth(data, as_of),
    }
}

/// Whether `query` needs [`prepare`].
#[must_use]
pub fn takes_long(data: &Dataset, query: &Query) -> bool {
    day_of_models(data, query).is_some()
}

/// The as-of day of a question that needs the models of customer value.
fn day_of_models(data: &Dataset, query: &Query) -> Option<Option<Day>> {
    match query {
        Query::Worth { as_of, .. } | Query::Outlook { as_of, .. } => Some(*as_of),
        Query::Trend { as_of, go_on } => go_on.then_some(*as_of),
        Query::Customers { as_of, filter, sort, columns, .. } => {
            customers::needs_worth(data, filter, *sort, columns).then_some(*as_of)
        }
        Query::CustomerIds { as_of, filter, sort, .. } => {
            customers::needs_worth(data, filter, *sort, &[]).then_some(*as_of)
        }
        Query::Rule { as_of, rule, .. } => rules::needs_worth(data, std::slice::from_ref(rule)).then_some(*as_of),
        Query::Segments { as_of } => rules::segments_need_worth(data).then_some(*as_of),
        Query::Profiles { as_of, columns, .. } => columns.iter().any(|c| c.needs_worth()).then_some(*as_of),
        _ => None,
    }
}

/// The part of `all` that a window shows.
fn window<T>(all: &[T], offset: u32, limit: u32) -> &[T] {
    let start = (offset as usize).min(all.len());
    let end = start.saturating_add(limit as usize).min(all.len());
    all.get(start..end).unwrap_or_default()
}

/// Which of `words` the search finds; all, where nothing is searched for.
fn finds(search: &str, words: &[String]) -> Vec<bool> {
    let marker = Marker::new(search);
    words.iter().map(|words| marker.as_ref().is_none_or(|marker| marker.finds(words, [""; 2]))).collect()
}

fn own_fields_of_all(data: &Dataset) -> Vec<OwnField> {
    Kind::ALL.iter().flat_map(|&kind| own_fields(data, kind)).collect()
}

fn customer_row(data: &Dataset, snapshot: &Snapshot, moods: &Moods, row: u32) -> CustomerRow {
    let text = |f| data.customers().text(row, f).to_owned();
    CustomerRow {
        id: data.customers().id(row).unwrap_or(Id(0)),
        name: data.customer_name(row).to_owned(),
        key: text(field::KEY),
        phone: text(field::PHONE),
        company: text(field::COMPANY),
        country: text(field::COUNTRY),
        metrics: metrics(snapshot, moods, row),
        found: None,
        values: Vec::new(),
    }
}

fn metrics(snapshot: &Snapshot, moods: &Moods, row: u32) -> Metrics {
    let facts = snapshot.facts(row).copied().unwrap_or_default();
    let marks = snapshot.buyer(row).map(|(_, marks)| *marks);
    let buyer = marks.is_some();
    let voice = moods.of(row);
    let tier = marks.and_then(|m| snapshot.settings().tiers.get(m.tier as usize));
    Metrics {
        purchases: facts.purchases,
        refunds: facts.refunds,
        first: buyer.then_some(Day(facts.first)),
        last: buyer.then_some(Day(facts.last)),
        days_since_last_purchase: buyer.then(|| facts.days_since(snapshot.as_of().0)),
        revenue_minor: facts.revenue_minor,
        refunded_minor: facts.refunded_minor,
        profit_minor: facts.profit_minor,
        assumed_bp: facts.assumed_bp(),
        median_interval_days: facts.median_interval_days(),
        rfm: marks.map(|m| m.rfm),
        rfm_group: marks.map(|m| m.rfm_group),
        loyalty: marks.map(|m| m.loyalty),
        kotler: marks.map(|m| m.kotler),
        tier: tier.map(|t| t.id.clone()),
        dormancy: marks.map(|m| m.dormancy),
        thin: marks.is_some_and(|m| m.thin),
        outlook: None,
        mood: voice.mood,
        last_gap: voice.last_gap,
        weighted_gap: voice.weighted_gap,
        answers: voice.answers,
    }
}
