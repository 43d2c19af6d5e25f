//! Saving records typed in forms.

use super::check::Problems;
use super::{Ctx, Edit, Plan, Planned, refuse_if_any, setting_record};
use crate::domain::check::{LONG, MEDIUM, SHORT, clean, is_sane_time};
use crate::domain::{
    Action, Change, Field, Id, InteractionDraft, Kind, Line, OrderDraft, OrderKind, Value, interaction, lines_fit,
    order, product,
};
use crate::engine::api::{CommandError, InvalidReason};
use crate::engine::dataset::Dataset;

/// The edit of a live record, or of a new one where `id` is `None`.
pub(super) fn begin<'a>(
    data: &'a Dataset,
    kind: Kind,
    id: Option<Id>,
    ctx: &Ctx,
) -> Result<(Edit<'a>, Id), CommandError> {
    let id = match id {
        None => Id::new_v7(ctx.now_ms, ctx.random),
        Some(id) => {
            // A form opened before a merge saves to who stands for its customer now.
            let id = if kind == Kind::Customer { data.standing_id(id) } else { id };
            let table = data.table(kind);
            if !table.row(id).is_some_and(|row| table.is_live(row)) {
                return Err(CommandError::NotFound);
            }
            id
        }
    };
    Ok((Edit::new(data, kind, id), id))
}

pub(super) fn finish(kind: Kind, is_new: bool, edit: Edit, id: Id) -> Plan {
    let what = if is_new { Action::Add(kind) } else { Action::Edit(kind) };
    Plan::by_hand(what, edit.changes, Some(id))
}

pub(super) fn is_live(data: &Dataset, kind: Kind, id: Id) -> bool {
    let id = if kind == Kind::Customer { data.standing_id(id) } else { id };
    let table = data.table(kind);
    table.row(id).is_some_and(|row| table.is_live(row))
}

/// No other live record of the kind has the key. Checked only where the key is new: two files may use the same
/// numbers, and that must not lock their records.
pub(super) fn check_key(
    data: &Dataset,
    edit: &Edit,
    kind: Kind,
    field: Field,
    name: &str,
    key: &str,
    problems: &mut Problems,
) {
    let table = data.table(kind);
    if !key.is_empty() && edit.now(field) != Value::from(key) {
        problems.unless(!table.live().any(|row| table.text(row, field) == key), name, InvalidReason::KeyTaken);
    }
}

/// Each once, in the order given.
pub(super) fn clean_tags(tags: &[String]) -> Vec<String> {
    let mut kept: Vec<String> = Vec::with_capacity(tags.len());
    for tag in tags {
        let tag = clean(tag);
        if !tag.is_empty() && !kept.contains(&tag) {
            kept.push(tag);
        }
    }
    kept
}

/// Products that come with a record, by the ids under which its lines name them.
pub(super) type NewProducts = [(Id, String)];
/// Fields of a form by name.
pub(super) type Fields = [(String, Value)];

/// The lines of a refund are stored negative, whichever way they were typed.
fn signed(draft: &OrderDraft) -> Vec<Line> {
    let total: i128 = draft.lines.iter().map(|l| i128::from(l.total_minor)).sum();
    let turn = draft.kind == OrderKind::Refund && total > 0;
    let line = |l: &Line| match turn {
        true => Line {
            quantity_milli: l.quantity_milli.saturating_neg(),
            total_minor: l.total_minor.saturating_neg(),
            ..*l
        },
        false => *l,
    };
    draft.lines.iter().map(line).collect()
}

/// `products` are new ones, by the ids under which the lines name them; `fields` stand beside the draft.
pub(super) fn order(
    data: &Dataset,
    id: Option<Id>,
    draft: &OrderDraft,
    (products, fields): (&NewProducts, &Fields),
    ctx: &Ctx,
) -> Planned {
    let (mut edit, made) = begin(data, Kind::Order, id, ctx)?;
    let mut problems = Problems::default();
    let mut changes = new_products(data, products, &mut problems);
    let number = clean(&draft.number);
    problems.length("number", &number, SHORT);
    check_key(data, &edit, Kind::Order, order::KEY, "number", &number, &mut problems);
    // The customer may lie in the trash as long as the order was theirs before.
    let same = edit.now(order::CUSTOMER) == Value::from(draft.customer);
    let known = draft.customer.is_none_or(|id| is_live(data, Kind::Customer, id));
    problems.unless(same || known, "customer", InvalidReason::Required);
    problems.unless(is_sane_time(draft.at), "at", InvalidReason::OutOfRange);
    let (channel, note) = (clean(&draft.channel), clean(&draft.note));
    problems.length("channel", &channel, SHORT);
    problems.length("note", &note, LONG);
    problems.unless(!draft.lines.is_empty(), "lines", InvalidReason::Required);
    check_lines(data, &draft.lines, products, &mut problems);
    super::record::put(data, &mut edit, Kind::Order, (products, fields), &mut problems);
    refuse_if_any(problems.0)?;
    // The first orders of a book bring their currency along, or nothing would be counted.
    if draft.currency != data.settings().currency
        && data.setting("currency").is_none()
        && data.orders().live().next().is_none()
    {
        changes.extend(setting_record(data, "currency", draft.currency.code().into()));
    }
    edit.set(order::KEY, number);
    edit.set_customer(order::CUSTOMER, draft.customer);
    edit.set(order::AT, draft.at.0);
    edit.set(order::ORDER_KIND, draft.kind.name());
    edit.set(order::CHANNEL, channel);
    edit.set(order::CURRENCY, draft.currency.code());
    edit.set(order::LINES, signed(draft));
    edit.set(order::NOTE, note);
    let mut plan = finish(Kind::Order, id.is_none(), edit, made);
    // Products first: the order's lines refer to them.
    changes.append(&mut plan.changes);
    Ok(Plan { changes, ..plan })
}

pub(super) fn new_products(data: &Dataset, products: &[(Id, String)], problems: &mut Problems) -> Vec<Change> {
    let mut changes = Vec::new();
    for (id, name) in products {
        let name = clean(name);
        problems.length("product", &name, MEDIUM);
        problems.unless(!name.is_empty() && data.find(*id).is_none(), "product", InvalidReason::Required);
        let mut edit = Edit::new(data, Kind::Product, *id);
        edit.set(product::NAME, name);
        changes.append(&mut edit.changes);
    }
    changes
}

fn check_lines(data: &Dataset, lines: &[Line], new: &[(Id, String)], problems: &mut Problems) {
    problems.unless(lines_fit(lines), "lines", InvalidReason::OutOfRange);
    let is_new = |id: Id| new.iter().any(|(new, _)| *new == id);
    let known = |l: &Line| l.product.is_none_or(|id| is_new(id) || data.products().row(id).is_some());
    problems.unless(lines.iter().all(known), "product", InvalidReason::Required);
}

pub(super) fn interaction(data: &Dataset, id: Option<Id>, draft: &InteractionDraft, ctx: &Ctx) -> Planned {
    let (mut edit, made) = begin(data, Kind::Interaction, id, ctx)?;
    let mut problems = Problems::default();
    let same = edit.now(interaction::CUSTOMER) == Value::Ref(draft.customer);
    problems.unless(same || is_live(data, Kind::Customer, draft.customer), "customer", InvalidReason::Required);
    problems.unless(is_sane_time(draft.at), "at", InvalidReason::OutOfRange);
    problems.unless(draft.mood.is_none_or(|m| (1..=5).contains(&m)), "mood", InvalidReason::OutOfRange);
    let (note, staff) = (clean(&draft.note), clean(&draft.staff));
    problems.length("note", &note, LONG);
    problems.length("staff", &staff, SHORT);
    refuse_if_any(problems.0)?;
    edit.set_customer(interaction::CUSTOMER, Some(draft.customer));
    edit.set(interaction::AT, draft.at.0);
    edit.set(interaction::CHANNEL, draft.channel.name());
    edit.set(
        interaction::DIRECTION,
        if draft.inbound { InteractionDraft::INBOUND } else { InteractionDraft::OUTBOUND },
    );
    edit.set(interaction::NOTE, note);
    edit.set(interaction::MOOD, draft.mood.map(i64::from));
    edit.set(interaction::STAFF, staff);
    Ok(finish(Kind::Interaction, id.is_none(), edit, made))
}
