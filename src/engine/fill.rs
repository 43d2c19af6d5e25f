//! The demo shop as a plan: the same records as an import makes, and what no order file says.

use super::api::{CommandError, Language};
use super::dataset::Dataset;
use super::demo::{DemoCase, DemoData, DemoInteraction, DemoNeed, DemoProfile, DemoResponse, SOURCE, demo_orders};
use super::import::{customer_fields, order_fields, product_fields};
use super::rows::{BlockBuilder, RowsBlock};
use super::update::{Ctx, Plan, setting_record};
use crate::domain::{
    CASE_STATUSES, Day, Field, Id, InteractionDraft, Kind, NEED_LEVELS, Origin, Value, case, customer, interaction,
    need, product, response,
};

/// Refused unless the book holds no live record.
pub(super) fn demo(data: &Dataset, language: Language, today: Day, seed: u64, ctx: &Ctx) -> Result<Plan, CommandError> {
    if !data.is_empty() {
        return Err(CommandError::NotEmpty);
    }
    let demo = demo_orders(language, today, seed);
    // Ids of this filling alone: a demo that was cleared stays in the trash and must not mix with the next one.
    let source = format!("{SOURCE}:{:032x}", ctx.random);
    let id = |kind: Kind, key: &str| Id::from_key(kind, &source, key);
    let customers: Vec<Id> = demo.orders.customers.iter().map(|c| id(Kind::Customer, &c.key)).collect();
    let products: Vec<Id> = demo.orders.products.iter().map(|p| id(Kind::Product, &p.key)).collect();
    let orders: Vec<Id> = demo.orders.orders.iter().map(|o| id(Kind::Order, &o.key)).collect();
    let contacts: Vec<Id> = demo.interactions.iter().map(|i| id(Kind::Interaction, &i.key)).collect();
    let needs: Vec<Id> = demo.needs.iter().map(|n| id(Kind::Need, &n.key)).collect();
    let cases: Vec<Id> = demo.cases.iter().map(|c| id(Kind::Case, &c.key)).collect();
    let answers: Vec<Id> = demo.responses.iter().map(|r| id(Kind::Response, &r.key)).collect();

    let currency = demo.currency.code();
    let priced = demo.orders.products.iter().zip(&demo.prices_e4).map(|(parsed, &price)| {
        let more = [(product::PRICE_E4, price.into()), (product::CURRENCY, currency.into())];
        product_fields(parsed).into_iter().chain(more)
    });
    let profiled = demo
        .orders
        .customers
        .iter()
        .zip(&demo.profiles)
        .map(|(parsed, profile)| customer_fields(parsed).into_iter().chain(profile_fields(profile, &customers)));
    let sold = demo.orders.orders.iter().map(|parsed| {
        let more = parsed.fields.iter().filter_map(|(name, value)| Some((Kind::Order.field(name)?, value.clone())));
        order_fields(parsed, &demo.orders, &customers, &products).into_iter().chain(more)
    });
    let met = demo.interactions.iter().map(|i| interaction_fields(i, &customers));
    let said = demo.responses.iter().map(|r| response_fields(r, &customers, &orders));
    let rows = vec![
        block(Kind::Product, &products, priced),
        block(Kind::Customer, &customers, profiled),
        block(Kind::Order, &orders, sold),
        block(Kind::Interaction, &contacts, met),
        block(Kind::Response, &answers, said),
        block(Kind::Need, &needs, demo.needs.iter().map(|n| need_fields(n, &customers))),
        block(Kind::Case, &cases, demo.cases.iter().map(|c| case_fields(c, &customers))),
    ];
    Ok(Plan { rows, ..Plan::of(Origin::Demo, settings(data, &demo), None) })
}

/// One block: the demo is a few thousand records.
fn block<F>(kind: Kind, ids: &[Id], records: impl Iterator<Item = F>) -> RowsBlock
where
    F: IntoIterator<Item = (Field, Value)>,
{
    let mut builder = BlockBuilder::new(kind);
    for (&id, fields) in ids.iter().zip(records) {
        builder.row(id);
        builder.set(customer::SOURCE, SOURCE);
        fields.into_iter().for_each(|(field, value)| builder.set(field, value));
    }
    builder.finish()
}

/// The shop's currency, and its name where the book has none.
fn settings(data: &Dataset, demo: &DemoData) -> Vec<crate::domain::Change> {
    let mut changes = setting_record(data, "currency", demo.currency.code().into());
    if data.settings().business_name.is_empty() {
        changes.extend(setting_record(data, "business_name", demo.business_name.as_str().into()));
    }
    changes
}

fn profile_fields(profile: &DemoProfile, customers: &[Id]) -> [(Field, Value); 5] {
    let referrer = profile.referrer.and_then(|at| customers.get(at as usize)).copied();
    let tags = profile.tags.clone();
    [
        (customer::BIRTHDAY, profile.birthday.as_str().into()),
        (customer::TAGS, if tags.is_empty() { Value::Null } else { Value::Json(tags.into()) }),
        (customer::NOTE, profile.note.as_str().into()),
        (customer::OWNER, profile.owner.as_str().into()),
        (customer::REFERRER, referrer.into()),
    ]
}

fn interaction_fields(contact: &DemoInteraction, customers: &[Id]) -> [(Field, Value); 8] {
    [
        (interaction::KEY, contact.key.as_str().into()),
        (interaction::CUSTOMER, customers.get(contact.customer as usize).copied().into()),
        (interaction::AT, contact.at.0.into()),
        (interaction::CHANNEL, contact.channel.name().into()),
        (
            interaction::DIRECTION,
            if contact.inbound { InteractionDraft::INBOUND } else { InteractionDraft::OUTBOUND }.into(),
        ),
        (interaction::NOTE, contact.note.as_str().into()),
        (interaction::MOOD, contact.mood.map(i64::from).into()),
        (interaction::STAFF, contact.staff.as_str().into()),
    ]
}

fn need_fields(wanted: &DemoNeed, customers: &[Id]) -> [(Field, Value); 7] {
    let level = if wanted.must { NEED_LEVELS.first() } else { NEED_LEVELS.last() };
    [
        (need::KEY, wanted.key.as_str().into()),
        (need::CUSTOMER, customers.get(wanted.customer as usize).copied().into()),
        (need::AT, wanted.at.0.into()),
        (need::WHAT, wanted.what.as_str().into()),
        (need::LEVEL, level.copied().unwrap_or_default().into()),
        (need::RANK, i64::from(wanted.rank).into()),
        (need::MET, wanted.met.map_or(Value::Null, Value::Bool)),
    ]
}

fn case_fields(of: &DemoCase, customers: &[Id]) -> [(Field, Value); 9] {
    let status = if of.is_open { CASE_STATUSES.first() } else { CASE_STATUSES.last() };
    [
        (case::KEY, of.key.as_str().into()),
        (case::CUSTOMER, customers.get(of.customer as usize).copied().into()),
        (case::AT, of.at.0.into()),
        (case::CASE_KIND, of.kind.into()),
        (case::WHAT, of.what.as_str().into()),
        (case::STAFF, of.staff.as_str().into()),
        (case::STATUS, status.copied().unwrap_or_default().into()),
        (case::CLOSED, of.closed.map(|at| at.0).into()),
        (case::RESULT, of.result.as_str().into()),
    ]
}

fn response_fields(said: &DemoResponse, customers: &[Id], orders: &[Id]) -> [(Field, Value); 10] {
    let score = |score: Option<u8>| Value::from(score.map(i64::from));
    [
        (response::KEY, said.key.as_str().into()),
        (response::CUSTOMER, customers.get(said.customer as usize).copied().into()),
        (response::ORDER, orders.get(said.order as usize).copied().into()),
        (response::AT, said.at.0.into()),
        (response::STAFF, said.staff.as_str().into()),
        (response::EXPECTATION, score(said.expectation)),
        (response::EXPERIENCE, score(said.experience)),
        (response::NPS, score(said.nps)),
        (response::CSAT, score(said.csat)),
        (response::COMMENT, said.comment.as_str().into()),
    ]
}
