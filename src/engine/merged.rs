//! Customers who turned out to be one (SPEC R3). A merge writes no link anew: whoever gave way points at who stays
//! (`merged_into`), and every reference to them counts as one to who stays. So an order that a colleague wrote for the other record
//! meanwhile arrives where it belongs, taking the merge back puts every link back, and books that exchange files agree
//! whatever the order in which merges and orders reach them.
//!
//! Who points at whom is an ordinary field, so it merges as any field. Two who merge the same pair the other way round make
//! a circle: then the smallest id of the circle stays.

use rustc_hash::FxHashSet;

use super::column::{Column, NONE};
use super::dataset::{Dataset, Touched};
use super::touched::What;
use crate::domain::{Id, Kind, Shape, customer};

impl Dataset {
    /// The row of the customer who stands for this one: their own, unless they were merged into another.
    #[must_use]
    pub fn standing(&self, row: u32) -> u32 {
        self.merged.get(row as usize).copied().unwrap_or(row)
    }

    /// The id of the customer who stands for this one.
    #[must_use]
    pub fn standing_id(&self, id: Id) -> Id {
        let row = self.customers().row(id).map(|row| self.standing(row));
        row.and_then(|row| self.customers().id(row)).unwrap_or(id)
    }
}

/// Works out who stands for whom and lets every reference follow. After each change.
pub(super) fn resolve(data: &mut Dataset, touched: &mut Touched) {
    let pointers = data.customers().written_refs(customer::MERGED_INTO);
    let any = pointers.iter().any(|to| *to != NONE);
    if !any && data.merged.is_empty() {
        return;
    }
    let targets: Vec<u32> =
        if any { (0..data.customers().len()).map(|row| target(data, pointers, row)).collect() } else { Vec::new() };
    let rows = (0..data.customers().len())
        .filter(|&row| data.standing(row) != targets.get(row as usize).copied().unwrap_or(row));
    let changed: Vec<u32> = rows.collect();
    for &row in &changed {
        for customer in [row, data.standing(row), targets.get(row as usize).copied().unwrap_or(row)] {
            touched.mark_profile(customer, What::Whole);
        }
    }
    // Where the last pointer went or the first came, references of every kind are read another way, whoever they lead to.
    let turned = data.merged.is_empty() != targets.is_empty();
    data.merged = targets;
    data.table_mut(Kind::Customer).hidden =
        (0..).zip(&data.merged).map(|(row, target): (u32, _)| row != *target).collect();
    for &kind in Kind::ALL {
        let follows = follow(data, kind, turned || !changed.is_empty() || touched.kinds.contains(&kind));
        if follows && !changed.is_empty() {
            touched.mark(kind);
        }
    }
    touched.follow(data);
}

/// Follows the pointers from a row to who stays. Who is not here yet cannot stand for anyone.
fn target(data: &Dataset, pointers: &[u32], row: u32) -> u32 {
    let next = |row: u32| pointers.get(row as usize).copied().filter(|&to| to != NONE && data.customers().exists(to));
    let (mut at, mut seen) = (row, FxHashSet::default());
    while let Some(to) = next(at) {
        if !seen.insert(at) {
            // `at` lies on a circle.
            let (mut best, mut other) = (at, next(at));
            while let Some(member) = other.filter(|member| *member != at) {
                if data.customers().id(member) < data.customers().id(best) {
                    best = member;
                }
                other = next(member);
            }
            return best;
        }
        at = to;
    }
    at
}

/// Sets what the references of a kind to customers mean now. False: it has none.
fn follow(data: &mut Dataset, kind: Kind, is_due: bool) -> bool {
    let mut follows = false;
    for (at, spec) in (0u16..).zip(kind.fields()) {
        let field = crate::domain::Field(at);
        if spec.shape != Shape::Ref(Kind::Customer) || (kind == Kind::Customer && field == customer::MERGED_INTO) {
            continue;
        }
        follows = true;
        if !is_due {
            continue;
        }
        let table = data.table(kind);
        let Some(Column::Ref(_, written)) = table.column(field) else { continue };
        let meant = |(row, &to): (u32, &u32)| {
            let to = if to == NONE { NONE } else { data.standing(to) };
            // Nobody brought themselves.
            if kind == Kind::Customer && to == data.standing(row) { NONE } else { to }
        };
        let meant: Vec<u32> = if data.merged.is_empty() { Vec::new() } else { (0..).zip(written).map(meant).collect() };
        data.table_mut(kind).set_meant(field, meant);
    }
    follows
}
