//! Which records of the book a file speaks of, where it does not know them by their source: what a person typed here, or what came
//! from elsewhere, went out in a file and comes in again. They are found by number, phone, email or name, each of one record only,
//! and never against what else both say; so nothing is in the book twice.

use rustc_hash::{FxHashMap, FxHashSet};

use super::known::Known;
use crate::domain::{Field, Id, Kind, OrderKind, Value, customer, order, product, response};
use crate::engine::column::NONE;
use crate::engine::dataset::Dataset;
use crate::engine::numbers::{Numbers, is_made_for};
use crate::files::orders::{ParsedCustomer, ParsedOrder, ParsedOrders, ParsedProduct, ParsedResponse, phone_key};

/// Stands between the parts of a number that was made for an answer without one.
const MADE_UP: char = '\u{1f}';

const MINUTE_MS: i64 = 60_000;

/// The ids of customers, products and orders of a parsed file, and which of them were found otherwise than by their source.
pub(super) fn ids(data: &Dataset, source: &str, parsed: &ParsedOrders) -> ([Vec<Id>; 3], FxHashSet<Id>) {
    let mut same = Same { data, source, known: None, found: FxHashSet::default() };
    let customers = same.all(Kind::Customer, &parsed.customers, |c| &c.key, Known::customer_of_file);
    let products = same.all(Kind::Product, &parsed.products, |p| &p.key, Known::product_of_file);
    let mut orders = None;
    let own: Vec<Id> = parsed.orders.iter().map(|o| Id::from_key(Kind::Order, source, &o.key)).collect();
    let is_known = |id: &Id| data.orders().row(*id).is_some_and(|row| data.orders().exists(row));
    let mut taken: FxHashSet<Id> = own.iter().copied().filter(is_known).collect();
    let mut found = std::mem::take(&mut same.found);
    let find = |(parsed, own): (&ParsedOrder, &Id)| {
        if data.orders().is_empty() || is_known(own) {
            return *own;
        }
        let orders = orders.get_or_insert_with(|| Orders::new(data));
        let of = parsed.customer.and_then(|at| customers.get(at as usize)).copied();
        let known = orders.find(data, parsed, of).filter(|id| taken.insert(*id));
        found.extend(known);
        known.unwrap_or(*own)
    };
    let orders = parsed.orders.iter().zip(&own).map(find).collect();
    ([customers, products, orders], found)
}

/// Whether the key of a customer of a file who is this one here was made, of what else the file says or when it went out of here.
pub(super) fn is_made_up_for(parsed: &ParsedCustomer, id: Id) -> bool {
    is_made_up(parsed) || is_made_for(&parsed.key, id)
}

fn is_made_up(parsed: &ParsedCustomer) -> bool {
    let key = parsed.key.as_str();
    [&parsed.name, &parsed.company].into_iter().any(|text| text == key)
        || parsed.email.to_lowercase() == key
        || phone_key(&parsed.phone).is_some_and(|phone| phone == key)
}

struct Same<'a> {
    data: &'a Dataset,
    source: &'a str,
    /// Made when first something is not known by its source.
    known: Option<Known<'a>>,
    found: FxHashSet<Id>,
}

impl<'a> Same<'a> {
    fn all<T>(
        &mut self,
        kind: Kind,
        items: &[T],
        key: impl Fn(&T) -> &str,
        find: impl Fn(&Known<'a>, &T) -> Option<Id>,
    ) -> Vec<Id> {
        let (data, source) = (self.data, self.source);
        let table = data.table(kind);
        let own: Vec<Id> = items.iter().map(|item| Id::from_key(kind, source, key(item))).collect();
        let is_known = |id: &Id| table.row(*id).is_some_and(|row| table.exists(row));
        if table.is_empty() {
            return own;
        }
        // No two of the file are one.
        let mut taken: FxHashSet<Id> = own.iter().copied().filter(is_known).collect();
        let mut resolve = |(item, own): (&T, Id)| {
            if is_known(&own) {
                return own;
            }
            let known = self.known.get_or_insert_with(|| Known::new(data, source));
            let known = find(known, item).filter(|id| taken.insert(*id));
            self.found.extend(known);
            known.unwrap_or(own)
        };
        items.iter().zip(own).map(&mut resolve).collect()
    }
}

/// Live orders by number, and those without one by customer, minute and kind; `None` where several are so.
struct Orders {
    numbered: FxHashMap<String, Option<u32>>,
    others: FxHashMap<(u32, i64, bool), Option<u32>>,
}

impl Orders {
    fn new(data: &Dataset) -> Self {
        let table = data.orders();
        let (mut numbered, mut others) = (FxHashMap::default(), FxHashMap::default());
        for row in table.live() {
            match table.text(row, order::KEY) {
                "" => {
                    let key = (
                        table.reference(row, order::CUSTOMER).unwrap_or(NONE),
                        minute(data, row),
                        is_refund(data, row),
                    );
                    others.entry(key).and_modify(|known| *known = None).or_insert(Some(row));
                }
                number => {
                    numbered.entry(number.to_owned()).and_modify(|known| *known = None).or_insert(Some(row));
                }
            }
        }
        // As they went out of here.
        let numbers = Numbers::new(data);
        numbered.extend(numbers.made(Kind::Order).map(|row| (numbers.of(data, Kind::Order, row), Some(row))));
        Self { numbered, others }
    }

    fn find(&self, data: &Dataset, parsed: &ParsedOrder, customer: Option<Id>) -> Option<Id> {
        let table = data.orders();
        let customer = match customer {
            Some(id) => data.customers().row(id)?,
            None => NONE,
        };
        let at = parsed.at.0.div_euclid(MINUTE_MS);
        let row = match self.numbered.get(&parsed.key) {
            // One that went out under a number made here is no other.
            Some(row) => row.filter(|&row| {
                let its = || (minute(data, row), table.reference(row, order::CUSTOMER).unwrap_or(NONE));
                table.text(row, order::KEY).is_empty() || its() == (at, customer)
            }),
            // A key that was made of customer and time.
            None if parsed.key.contains('@') => {
                self.others.get(&(customer, at, parsed.kind == OrderKind::Refund)).copied().flatten()
            }
            None => None,
        };
        table.id(row?)
    }
}

/// Live answers by customer and minute; `None` where several are so.
pub(super) struct Answers<'a> {
    data: &'a Dataset,
    rows: FxHashMap<(u32, i64), Option<u32>>,
}

impl<'a> Answers<'a> {
    pub fn new(data: &'a Dataset) -> Self {
        let table = data.responses();
        let mut rows = FxHashMap::default();
        for row in table.live() {
            let at = table.int(row, response::AT).unwrap_or_default().div_euclid(MINUTE_MS);
            let key = (table.reference(row, response::CUSTOMER).unwrap_or(NONE), at);
            rows.entry(key).and_modify(|known| *known = None).or_insert(Some(row));
        }
        Self { data, rows }
    }

    /// The answer that this one of a file is, if the file's source does not know it: of the same number, or of none.
    pub fn find(&self, parsed: &ParsedResponse, customer: Id) -> Option<Id> {
        let key = (self.data.customers().row(customer)?, parsed.at.0.div_euclid(MINUTE_MS));
        let table = self.data.responses();
        let row = self.rows.get(&key).copied().flatten()?;
        let number = table.text(row, response::KEY);
        let is_same =
            number == parsed.key || ((number.is_empty() || number.contains(MADE_UP)) && has_no_number(parsed));
        table.id(row).filter(|_| is_same)
    }
}

/// Whether the key of an answer was made of what it says.
pub(super) fn has_no_number(parsed: &ParsedResponse) -> bool {
    parsed.key.contains(MADE_UP)
}

fn minute(data: &Dataset, row: u32) -> i64 {
    data.orders().int(row, order::AT).unwrap_or_default().div_euclid(MINUTE_MS)
}

fn is_refund(data: &Dataset, row: u32) -> bool {
    data.orders().text(row, order::ORDER_KIND) == OrderKind::Refund.name()
}

/// Whether the number of an order of a file was made up, by the reader or when it went out of here.
pub(super) fn has_made_up_number(parsed: &ParsedOrder, id: Id) -> bool {
    parsed.key.contains('@') || is_made_for(&parsed.key, id)
}

/// What a file says of a record that it does not know by its source: not the number that was made up for it.
pub(super) fn said<const N: usize>(
    mut fields: [(Field, Value); N],
    number: Field,
    is_made_up: bool,
) -> [(Field, Value); N] {
    if is_made_up && let Some((_, value)) = fields.iter_mut().find(|(field, _)| *field == number) {
        *value = Value::Null;
    }
    fields
}

impl Known<'_> {
    /// The one customer who is called as this one of a file.
    fn customer_of_file(&self, parsed: &ParsedCustomer) -> Option<Id> {
        let table = self.data.customers();
        let phone = phone_key(&parsed.phone);
        let agrees = |row: &u32| {
            let both = |a: &str, b: &str| a.is_empty() || b.is_empty() || a == b;
            both(table.text(*row, customer::NAME), &parsed.name)
        };
        // A name alone says nothing against another phone or mailbox.
        let reaches = |row: &u32| {
            let known = phone_key(table.text(*row, customer::PHONE));
            let mail = table.text(*row, customer::EMAIL).to_lowercase();
            (phone.is_none() || known == phone) && (parsed.email.is_empty() || mail == parsed.email.to_lowercase())
        };
        let called = |place: usize| self.customers.get(place)?.get(parsed.key.as_str()).copied().flatten();
        let by_number = || {
            let is_ours = |row: &u32| table.text(*row, customer::SOURCE).is_empty();
            let same_name = |row: &u32| !parsed.name.is_empty() && table.text(*row, customer::NAME) == parsed.name;
            called(0).filter(agrees).filter(|row| is_ours(row) || same_name(row))
        };
        let made_up = is_made_up(parsed);
        let row = if made_up {
            called(1).or_else(|| called(2)).filter(agrees).or_else(|| called(3).filter(reaches))
        } else {
            by_number()
        };
        table.id(row?)
    }

    /// The one product of this code and name.
    fn product_of_file(&self, parsed: &ParsedProduct) -> Option<Id> {
        let table = self.data.products();
        let called = |place: usize| self.products.get(place)?.get(parsed.key.as_str()).copied().flatten();
        let name = |row: u32| table.text(row, product::NAME);
        let has_code = parsed.key != parsed.name && !parsed.name.is_empty();
        let by_code = || {
            called(0).filter(|&row| {
                (!parsed.name.is_empty() && name(row) == parsed.name) || table.text(row, product::SOURCE).is_empty()
            })
        };
        let by_name = || called(1).filter(|_| !has_code);
        table.id(by_code().or_else(by_name)?)
    }
}
