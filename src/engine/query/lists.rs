//! Products and the trash.

use rustc_hash::FxHashMap;

use super::record::title;
use super::records::product_profile;
use super::window;
use crate::domain::text::folded;
use crate::domain::{DELETED, Id, Kind, Stamp, product};
use crate::engine::api::{ProductList, ProductRow, TrashRow};
use crate::engine::dataset::Dataset;
use crate::engine::metrics::MetricsCache;
use crate::engine::search::Marker;
use crate::engine::update::deleted_by_person;

/// Products found by name, key or category, as customers are: in part, by pinyin, with one slip; those that brought most first, ties by id.
pub fn products(data: &Dataset, cache: &mut MetricsCache, search: &str, offset: u32, limit: u32) -> ProductList {
    let totals = cache.totals(data);
    let table = data.products();
    let marker = Marker::new(search);
    let found = |row: u32| {
        let text = |field| table.text(row, field);
        let finds = |marker: &Marker| marker.finds(text(product::NAME), [product::KEY, product::CATEGORY].map(text));
        marker.as_ref().is_none_or(finds)
    };
    let total = |row: u32| totals.by_product.get(row as usize).copied().unwrap_or_default();
    let mut rows: Vec<(std::cmp::Reverse<i64>, Option<Id>, u32)> = table
        .live()
        .filter(|&row| found(row))
        .map(|row| (std::cmp::Reverse(total(row).total_minor), table.id(row), row))
        .collect();
    rows.sort_unstable();
    let view = |&(_, id, row): &(std::cmp::Reverse<i64>, Option<Id>, u32)| {
        let sum = total(row);
        Some(ProductRow {
            id: id?,
            profile: product_profile(data, row),
            lines: sum.lines,
            quantity_milli: sum.quantity_milli,
            total_minor: sum.total_minor,
        })
    };
    ProductList { total: rows.len() as u64, rows: window(&rows, offset, limit).iter().filter_map(view).collect() }
}

/// The product of each name: the one that is called just so, else one whose name, or then whose number, reads the same but for
/// case and width. Ties by id.
pub fn products_named(data: &Dataset, names: &[String]) -> Vec<Option<Id>> {
    let table = data.products();
    let mut rows: Vec<u32> = table.live().collect();
    rows.sort_unstable_by_key(|&row| table.id(row));
    let mut known = [FxHashMap::default(), FxHashMap::default(), FxHashMap::default()];
    for row in rows {
        let (name, key) = (table.text(row, product::NAME), table.text(row, product::KEY));
        for (known, text) in known.iter_mut().zip([name.to_owned(), folded(name), folded(key)]) {
            known.entry(text).or_insert(row);
        }
    }
    let find = |name: &String| {
        let reads_so = folded(name);
        let asked = [name, &reads_so, &reads_so];
        table.id(*known.iter().zip(asked).find_map(|(known, text)| known.get(text))?)
    };
    names.iter().map(|name| if name.is_empty() { None } else { find(name) }).collect()
}

/// What was deleted, the latest first.
pub fn trash(data: &Dataset, offset: u32, limit: u32) -> Vec<TrashRow> {
    let kinds = Kind::ALL.iter().copied().filter(|&kind| kind != Kind::Setting);
    let deleted = |kind: Kind| {
        let table = data.table(kind);
        let rows = (0..table.len()).filter(|&row| {
            table.exists(row) && table.is_deleted(row) && !table.is_hidden(row) && !table.is_erased(row)
        });
        // What an undo or the clearing of the demo took away comes back by the history, not one by one.
        let rows = rows.filter(move |&row| deleted_by_person(data, kind, row));
        rows.filter_map(move |row| Some((data.field_stamp(kind, row, DELETED)?, table.id(row)?, kind, row)))
    };
    let mut rows: Vec<(Stamp, Id, Kind, u32)> = kinds.flat_map(deleted).collect();
    crate::domain::sort::sort_by(&mut rows, |a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let view = |&(deleted, id, kind, row): &(Stamp, Id, Kind, u32)| TrashRow {
        id,
        kind,
        name: title(data, kind, row).to_owned(),
        deleted,
    };
    window(&rows, offset, limit).iter().map(view).collect()
}
