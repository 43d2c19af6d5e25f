//! Finding what a file of answers speaks of among the records of the book.

use rustc_hash::FxHashMap;

use crate::domain::{Field, Id, Kind, Value, customer, order, product};
use crate::engine::dataset::Dataset;
use crate::engine::query::title;
use crate::files::orders::{ParsedRecord, phone_key};

/// Rows by a text; `None` where several have it. Who was merged into another is found as the one who stays.
type Rows = FxHashMap<String, Option<u32>>;

/// Live records by what people call them.
pub(super) struct Known<'a> {
    data: &'a Dataset,
    source: &'a str,
    /// Customers by number, phone, email and name, in the order in which they are tried.
    customers: [Rows; 4],
    orders: Rows,
    /// Products by key and name.
    products: [Rows; 2],
}

fn add(rows: &mut Rows, text: String, row: u32) {
    if !text.is_empty() {
        rows.entry(text).and_modify(|known| *known = known.filter(|known| *known == row)).or_insert(Some(row));
    }
}

fn by(data: &Dataset, kind: Kind, field: Field, spell: impl Fn(&str) -> String) -> Rows {
    let table = data.table(kind);
    let mut rows = Rows::default();
    table.live().for_each(|row| add(&mut rows, spell(table.text(row, field)), row));
    if kind == Kind::Customer {
        let gone = (0..table.len()).filter(|&row| table.is_hidden(row) && !table.is_deleted(row));
        let mut before = Rows::default();
        for (row, stays) in gone.map(|row| (row, data.standing(row))).filter(|(_, stays)| table.is_live(*stays)) {
            add(&mut before, spell(table.text(row, field)), stays);
        }
        // What somebody is called now counts before what somebody else was called once.
        for (text, row) in before {
            rows.entry(text).or_insert(row);
        }
    }
    rows
}

impl<'a> Known<'a> {
    pub fn new(data: &'a Dataset, source: &'a str) -> Self {
        let customers = |field, spell: fn(&str) -> String| by(data, Kind::Customer, field, spell);
        let phone = |text: &str| phone_key(text).unwrap_or_default();
        Self {
            data,
            source,
            customers: [
                customers(customer::KEY, str::to_owned),
                customers(customer::PHONE, phone),
                customers(customer::EMAIL, str::to_lowercase),
                customers(customer::NAME, str::to_owned),
            ],
            orders: by(data, Kind::Order, order::KEY, str::to_owned),
            products: [product::KEY, product::NAME].map(|field| by(data, Kind::Product, field, str::to_owned)),
        }
    }

    /// The record that this very source calls so, if it is live.
    fn of_source(&self, kind: Kind, text: &str) -> Option<Id> {
        let id = Id::from_key(kind, self.source, text);
        let id = if kind == Kind::Customer { self.data.standing_id(id) } else { id };
        let table = self.data.table(kind);
        table.row(id).filter(|&row| table.is_live(row)).map(|_| id)
    }

    fn named(&self, kind: Kind, text: &str, all: &[Rows]) -> Option<Id> {
        if text.is_empty() {
            return None;
        }
        let row = || all.iter().find_map(|rows| rows.get(text).copied().flatten());
        self.of_source(kind, text).or_else(|| self.data.table(kind).id(row()?))
    }

    /// Who is called so, if it is one only.
    pub fn customer(&self, text: &str) -> Option<Id> {
        self.named(Kind::Customer, text, &self.customers)
    }

    /// The record that a row of a file is about: what this source calls so, or what a person made under that number; a
    /// customer without a number is found by phone or email, if the names do not differ. Else a new one.
    pub fn same(&self, kind: Kind, parsed: &ParsedRecord) -> Id {
        let own = Id::from_key(kind, self.source, &parsed.key);
        let table = self.data.table(kind);
        if table.row(own).is_some_and(|row| table.exists(row)) {
            return own;
        }
        let called = |rows: &Rows| rows.get(parsed.key.as_str()).copied().flatten();
        // Two systems may use the same numbers; without a source a person typed it.
        let by_hand = |row: &u32| table.text(*row, customer::SOURCE).is_empty();
        let found = match (kind, parsed.numbered) {
            (Kind::Customer, true) => self.customers.first().and_then(called).filter(by_hand),
            (Kind::Customer, false) => {
                let name = parsed.fields.iter().find(|(field, _)| field == "name").map(|(_, name)| name);
                let agrees = |row: &u32| {
                    let known = self.data.value(kind, *row, customer::NAME);
                    name.is_none_or(|name| known == Value::Null || known == *name)
                };
                self.customers.get(1..3).unwrap_or_default().iter().find_map(called).filter(agrees)
            }
            (Kind::Product, _) => self.products.iter().find_map(called).filter(by_hand),
            _ => None,
        };
        found.and_then(|row| table.id(row)).unwrap_or(own)
    }

    /// The record of this kind that is called so, if it is one only.
    pub fn titled(&self, kind: Kind, text: &str) -> Option<Id> {
        match kind {
            Kind::Customer => self.customer(text),
            Kind::Product => self.product(text),
            _ => {
                let table = self.data.table(kind);
                let mut called = table.live().filter(|&row| title(self.data, kind, row) == text);
                let row = called.next()?;
                table.id(row).filter(|_| called.next().is_none())
            }
        }
    }

    pub fn product(&self, text: &str) -> Option<Id> {
        self.named(Kind::Product, text, &self.products)
    }

    /// An order of this number that is the customer's or nobody's.
    pub fn order(&self, number: &str, customer: Id) -> Option<Id> {
        let id = self.named(Kind::Order, number, std::slice::from_ref(&self.orders))?;
        let orders = self.data.orders();
        let owner = orders.reference(orders.row(id)?, order::CUSTOMER).and_then(|c| self.data.customers().id(c));
        owner.is_none_or(|owner| owner == customer).then_some(id)
    }
}
