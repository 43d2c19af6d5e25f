//! Lists as files, and files as lists: what columns are called, in the user's language on the way out and in both on the way in.

use crate::domain::{Asked, Input, Kind, OrderKind, OwnField};
use crate::engine::api::{Language, TableList, TableWords};
use crate::files::orders::{FileField, Target};
use crate::files::records::{beyond_roles, form_kind};
use crate::locale::Locale;

/// What a field's column is called.
fn label(locale: Locale, kind: Kind, field: &Asked) -> String {
    field.own.as_ref().map_or_else(|| locale.label(kind, &field.name).to_owned(), |own| own.name.clone())
}

/// The header of a list: what an import reads back first, then figures.
#[must_use]
pub fn header(locale: Locale, list: &TableList, own: &[OwnField]) -> Vec<String> {
    let t = &locale.t().data;
    let figures: &[&str] = match list {
        TableList::Products { .. } => &[t.product_lines, t.product_quantity, t.product_total],
        _ => &[],
    };
    let target = list.target();
    let roles = list.columns().iter().map(|role| locale.role(*role).to_owned());
    let kind = form_kind(target).unwrap_or(Kind::Response);
    let fields = beyond_roles(target, own).into_iter().map(|field| label(locale, kind, &field));
    roles.chain(fields).chain(figures.iter().map(|&f| f.to_owned())).collect()
}

/// Field, choice and word of each choice of a kind's form.
fn choices(locale: Locale, kind: Kind) -> Vec<(String, String, String)> {
    let mut out = Vec::new();
    for field in kind.form().map(|form| form.fields).unwrap_or_default() {
        if let Input::Choice(names) = field.input {
            let name = field.name(kind);
            out.extend(
                names.iter().map(|choice| (name.to_owned(), (*choice).to_owned(), locale.choice(kind, name, choice))),
            );
        }
    }
    out
}

/// Words that stand in the cells of a list.
#[must_use]
pub fn words(locale: Locale, list: &TableList) -> TableWords {
    let kind = |kind| locale.order_kind(kind).to_owned();
    TableWords {
        yes: locale.word("form_yes").to_owned(),
        no: locale.word("form_no").to_owned(),
        purchase: kind(OrderKind::Purchase),
        refund: kind(OrderKind::Refund),
        adjustment: kind(OrderKind::Adjustment),
        choices: form_kind(list.target()).map(|kind| choices(locale, kind)).unwrap_or_default(),
    }
}

/// The fields without a role that columns of files can hold.
#[must_use]
pub fn file_fields(locale: Locale, own: &[OwnField]) -> Vec<FileField> {
    let other = Locale { language: if locale.language == Language::En { Language::Zh } else { Language::En } };
    let mut out = Vec::new();
    for target in Target::ALL {
        let Some(kind) = form_kind(target) else { continue };
        let words: Vec<_> = [locale, other].into_iter().flat_map(|locale| choices(locale, kind)).collect();
        for field in beyond_roles(target, own) {
            let mut names: Vec<String> = [locale, other].map(|locale| label(locale, kind, &field)).into();
            names.dedup();
            let words = words.iter().filter(|(of, ..)| *of == field.name);
            let words = words.map(|(_, name, word)| (name.clone(), word.clone())).collect();
            out.push(FileField { of: kind, name: field.name, own: field.own, names, words });
        }
    }
    out
}

#[cfg(test)]
mod tests;
