//! Saving what a customer said.

use super::check::Problems;
use super::save::{begin, finish, is_live};
use super::{Ctx, Planned, refuse_if_any};
use crate::domain::check::{LONG, SHORT, clean, is_sane_time};
use crate::domain::{Field, Id, Kind, ResponseDraft, Value, order, response};
use crate::engine::api::InvalidReason;
use crate::engine::dataset::Dataset;

pub(super) fn save(data: &Dataset, id: Option<Id>, draft: &ResponseDraft, ctx: &Ctx) -> Planned {
    let (mut edit, made) = begin(data, Kind::Response, id, ctx)?;
    let mut problems = Problems::default();
    // What it is about may lie in the trash as long as it was so before.
    let mut known = |field: Field, name: &str, kind: Kind, id: Option<Id>| {
        let same = edit.now(field) == Value::from(id);
        problems.unless(same || id.is_none_or(|id| is_live(data, kind, id)), name, InvalidReason::Required);
    };
    known(response::CUSTOMER, "customer", Kind::Customer, Some(draft.customer));
    known(response::ORDER, "order", Kind::Order, draft.order);
    known(response::PRODUCT, "product", Kind::Product, draft.product);
    problems.unless(is_own_order(data, draft), "order", InvalidReason::OutOfRange);
    problems.unless(is_sane_time(draft.at), "at", InvalidReason::OutOfRange);
    let scores = [
        ("expectation", response::EXPECTATION, draft.expectation, ResponseDraft::TEN),
        ("experience", response::EXPERIENCE, draft.experience, ResponseDraft::TEN),
        ("nps", response::NPS, draft.nps, ResponseDraft::TEN),
        ("csat", response::CSAT, draft.csat, ResponseDraft::FIVE),
    ];
    for (name, _, score, range) in &scores {
        problems.unless(score.is_none_or(|s| range.contains(&i64::from(s))), name, InvalidReason::OutOfRange);
    }
    let (comment, staff) = (clean(&draft.comment), clean(&draft.staff));
    let says_something = !comment.is_empty() || scores.iter().any(|(_, _, score, _)| score.is_some());
    problems.unless(says_something, "experience", InvalidReason::Required);
    problems.length("comment", &comment, LONG);
    problems.length("staff", &staff, SHORT);
    refuse_if_any(problems.0)?;
    edit.set_customer(response::CUSTOMER, Some(draft.customer));
    edit.set(response::AT, draft.at.0);
    edit.set(response::ORDER, draft.order);
    edit.set(response::PRODUCT, draft.product);
    edit.set(response::STAFF, staff);
    for (_, field, score, _) in scores {
        edit.set(field, score.map(i64::from));
    }
    edit.set(response::COMMENT, comment);
    Ok(finish(Kind::Response, id.is_none(), edit, made))
}

/// The order is the customer's own, or nobody's.
fn is_own_order(data: &Dataset, draft: &ResponseDraft) -> bool {
    let Some(row) = draft.order.and_then(|id| data.orders().row(id)) else { return true };
    let owner = data.orders().reference(row, order::CUSTOMER).and_then(|c| data.customers().id(c));
    owner.is_none_or(|owner| owner == data.standing_id(draft.customer))
}
