//! Saving a record of any kind, by the table of forms.

use super::check::Problems;
use super::quote::version;
use super::save::{Fields, NewProducts, begin, check_key, finish, is_live, new_products};
use super::{Ctx, Edit, Plan, Planned, refuse_if_any};
use crate::domain::{
    Action, Field, FormField, Id, Input, InvalidReason, Kind, Value, case, check_value, custom_field, quote,
};
use crate::engine::api::CommandError;
use crate::engine::dataset::Dataset;
use crate::engine::own::{defined, own_field};

/// `fields` are those that the form changed, by name. What it did not touch stays as others left it.
pub(super) fn save(
    data: &Dataset,
    kind: Kind,
    id: Option<Id>,
    (products, fields): (&NewProducts, &Fields),
    ctx: &Ctx,
) -> Planned {
    let form = kind.form().ok_or(CommandError::NotFound)?;
    let (mut edit, made) = begin(data, kind, id, ctx)?;
    let mut problems = Problems::default();
    let mut changes = new_products(data, products, &mut problems);
    if let (Kind::Quote, Some(first)) = (kind, reference(fields, "first")) {
        changes.extend(version(data, &mut edit, id, first, &mut problems));
    }
    put(data, &mut edit, kind, (products, fields), &mut problems);
    let missing = |f: &&FormField| f.required && edit.after(f.field) == Value::Null;
    for field in form.fields.iter().filter(missing) {
        problems.once(field.name(kind), InvalidReason::Required);
    }
    if let (Some(first), true) = (form.any_of.first(), form.any_of.iter().all(|f| edit.after(*f) == Value::Null)) {
        let name = kind.fields().get(first.0 as usize).map_or("", |f| f.name);
        problems.once(name, InvalidReason::Required);
    }
    rules(data, &mut edit, kind, id.is_none(), &mut problems);
    refuse_if_any(problems.0)?;
    let mut plan = finish(kind, id.is_none(), edit, made);
    // Products first: the lines refer to them.
    changes.append(&mut plan.changes);
    Ok(Plan { changes, ..plan })
}

fn reference(fields: &Fields, name: &str) -> Option<Id> {
    fields.iter().find_map(|(n, value)| if let (true, Value::Ref(id)) = (n == name, value) { Some(*id) } else { None })
}

/// Writes fields by name, the user's own too.
pub(super) fn put(
    data: &Dataset,
    edit: &mut Edit,
    kind: Kind,
    (products, fields): (&NewProducts, &Fields),
    problems: &mut Problems,
) {
    for (name, value) in fields.iter().filter(|(name, _)| kind != Kind::Quote || name != "first") {
        match kind.form().and_then(|form| form.field(name)) {
            None => own(data, edit, kind, name, value, problems),
            Some(field) => match check_value(field.input, value.clone()) {
                Ok(value) => set(data, edit, kind, (*field, products), value, problems),
                Err(reason) => problems.add(name, reason),
            },
        }
    }
}

fn set(
    data: &Dataset,
    edit: &mut Edit,
    kind: Kind,
    (field, products): (FormField, &NewProducts),
    value: Value,
    problems: &mut Problems,
) {
    let name = field.name(kind);
    match (field.input, &value) {
        (Input::Key, Value::Text(key)) => check_key(data, edit, kind, field.field, name, key, problems),
        // What it is about may lie in the trash as long as it was so before.
        (Input::Link(target), Value::Ref(id)) => {
            let same = edit.now(field.field) == value;
            problems.unless(same || is_live(data, target, *id), name, InvalidReason::Unknown);
        }
        (Input::Lines, Value::Lines(lines)) => {
            let is_new = |id: Id| products.iter().any(|(new, _)| *new == id);
            let known = |product: Option<Id>| product.is_none_or(|id| is_new(id) || data.products().row(id).is_some());
            problems.unless(lines.iter().all(|l| known(l.product)), name, InvalidReason::Unknown);
        }
        _ => {}
    }
    match (field.input, value) {
        (Input::Link(Kind::Customer), Value::Ref(id)) => edit.set_customer(field.field, Some(id)),
        (_, value) => edit.set(field.field, value),
    }
}

/// A custom field.
fn own(data: &Dataset, edit: &mut Edit, kind: Kind, name: &str, value: &Value, problems: &mut Problems) {
    let Some(field) = own_field(data, kind, name) else { return problems.add(name, InvalidReason::Unknown) };
    let leads = |id: Id| is_live(data, field.target, id);
    match field.store(value.clone()) {
        Ok(_) if matches!(value, Value::Ref(id) if !leads(*id)) => problems.add(name, InvalidReason::Unknown),
        Ok(stored) => edit.set_named(name, stored),
        Err(reason) => problems.add(name, reason),
    }
}

/// Custom fields in this order.
pub(super) fn arrange(data: &Dataset, ids: &[Id]) -> Planned {
    let mut changes = Vec::new();
    for (place, &id) in (0i64..).zip(ids) {
        if !is_live(data, Kind::CustomField, id) {
            return Err(CommandError::NotFound);
        }
        let mut edit = Edit::new(data, Kind::CustomField, id);
        edit.set(custom_field::PLACE, place);
        changes.append(&mut edit.changes);
    }
    Ok(Plan::by_hand(Action::Edit(Kind::CustomField), changes, None))
}

/// What fields of a kind must fulfil together, and what nobody types.
fn rules(data: &Dataset, edit: &mut Edit, kind: Kind, is_new: bool, problems: &mut Problems) {
    match kind {
        Kind::Quote => {
            if is_new {
                edit.set(quote::CURRENCY, data.settings().currency.code());
                if edit.after(quote::VERSION) == Value::Null {
                    edit.set(quote::VERSION, 1i64);
                }
                if edit.after(quote::OUTCOME) == Value::Null {
                    edit.set(quote::OUTCOME, "open");
                }
            }
            let lost = matches!(edit.after(quote::OUTCOME), Value::Text(outcome) if outcome == "lost");
            let said = edit.changed(quote::OUTCOME).or(edit.changed(quote::REASON)).is_some();
            if lost && said && edit.after(quote::REASON) == Value::Null {
                problems.once("reason", InvalidReason::Required);
            }
        }
        Kind::Promise if is_new && edit.after(crate::domain::promise::STATE) == Value::Null => {
            edit.set(crate::domain::promise::STATE, "open");
        }
        Kind::CustomField => {
            let has_choices = edit.after(custom_field::CHOICES) != Value::Null;
            let needs =
                matches!(edit.after(custom_field::INPUT), Value::Text(input) if input == "choice" || input == "many");
            if needs && !has_choices {
                problems.once("choices", InvalidReason::Required);
            }
            rename(data, edit, problems);
        }
        Kind::Case => {
            if is_new && edit.after(case::STATUS) == Value::Null {
                edit.set(case::STATUS, "open");
            }
            // A clock cannot stop before it starts.
            for (field, name) in
                [(case::SEEN, "seen"), (case::REPLIED, "replied"), (case::HANDED, "handed"), (case::CLOSED, "closed")]
            {
                if let (Value::Int(begun), Value::Int(at)) = (edit.after(case::AT), edit.after(field)) {
                    problems.unless(begun <= at, name, InvalidReason::OutOfRange);
                }
            }
        }
        _ => {}
    }
}

/// Choices that got another name take their values along.
fn rename(data: &Dataset, edit: &mut Edit, problems: &mut Problems) {
    let Some(Value::Json(now)) = edit.changed(custom_field::CHOICES).cloned() else { return };
    let Some(field) = defined(data, edit.id) else { return };
    let now: Vec<String> = now.as_array().into_iter().flatten().filter_map(|w| w.as_str()).map(str::to_owned).collect();
    let renames = field.renames(&now);
    let is_new = |word: &&String| !field.choices.contains(word);
    for word in now.iter().filter(is_new) {
        let means = field.current(word);
        // An earlier name of a choice that stays would take that one's values.
        let stays = means != word && now.iter().any(|choice| choice == means);
        problems.unless(!stays, "choices", InvalidReason::EarlierName);
    }
    if !renames.is_empty() {
        let all: Vec<String> = field.renamed.into_iter().chain(renames).flat_map(|(was, now)| [was, now]).collect();
        edit.set(custom_field::RENAMED, Value::Json(all.into()));
    }
}

impl Edit<'_> {
    /// What the field will hold.
    pub(super) fn after(&self, field: Field) -> Value {
        self.changed(field).cloned().unwrap_or_else(|| self.now(field))
    }
}
