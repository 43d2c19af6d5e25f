//! The numbers under which records go out in lists and are known again: their own. Where several would be called alike (two shop
//! systems count alike, two people share a phone and have no number) they are told apart by a part of the id, so that they do not
//! run together wherever the list is read.

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};

use super::dataset::Dataset;
use crate::domain::{Id, Kind, customer, product};
use crate::files::orders::phone_key;

const KINDS: [Kind; 3] = [Kind::Customer, Kind::Product, Kind::Order];

/// A part of an id that stands for a number.
#[must_use]
pub fn stand_in(id: Id) -> String {
    format!("K-{:012X}", id.0 & 0xffff_ffff_ffff)
}

/// Whether the number was made here for that record: no system knows it by it.
#[must_use]
pub fn is_made_for(number: &str, id: Id) -> bool {
    number.ends_with(&stand_in(id))
}

/// Which records need a part of their id.
#[derive(Clone, Debug, Default)]
pub struct Numbers([FxHashSet<u32>; 3]);

impl Numbers {
    #[must_use]
    pub fn new(data: &Dataset) -> Self {
        Self(KINDS.map(|kind| alike(data, kind)))
    }

    /// Rows of that kind which have a made number.
    pub fn made(&self, kind: Kind) -> impl Iterator<Item = u32> {
        KINDS.iter().zip(&self.0).filter(move |(of, _)| **of == kind).flat_map(|(_, rows)| rows.iter().copied())
    }

    /// The number of a record; empty where it has none and needs none.
    #[must_use]
    pub fn of(&self, data: &Dataset, kind: Kind, row: u32) -> String {
        let table = data.table(kind);
        // Every kind has its number in the same place.
        let own = table.text(row, customer::KEY);
        let is_made = KINDS.iter().zip(&self.0).any(|(of, rows)| *of == kind && rows.contains(&row));
        match table.id(row).filter(|_| is_made).map(stand_in) {
            Some(made) if own.is_empty() => made,
            Some(made) => format!("{own} {made}"),
            None => own.to_owned(),
        }
    }
}

/// Live rows that a list would call alike or nothing.
fn alike(data: &Dataset, kind: Kind) -> FxHashSet<u32> {
    let table = data.table(kind);
    let (mut first, mut alike) = (FxHashMap::default(), FxHashSet::default());
    for row in table.live() {
        let text = |field| table.text(row, field);
        let called: Cow<str> = match (text(customer::KEY), kind) {
            ("", Kind::Customer) => {
                let mail = || Some(text(customer::EMAIL).to_lowercase()).filter(|mail| !mail.is_empty());
                let reached = phone_key(text(customer::PHONE)).or_else(mail);
                reached.map_or_else(|| text(customer::NAME).into(), Cow::Owned)
            }
            ("", Kind::Product) => text(product::NAME).into(),
            (own, _) => own.into(),
        };
        if called.is_empty() {
            alike.extend((kind != Kind::Product).then_some(row));
        } else if let Some(&other) = first.get(&called) {
            alike.extend([other, row]);
        } else {
            first.insert(called, row);
        }
    }
    alike
}
