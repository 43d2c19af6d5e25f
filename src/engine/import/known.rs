//! Finding what a file of answers speaks of among the records of the book.

use rustc_hash::FxHashMap;

use super::last_said;

use crate::domain::text::same_name;
use crate::domain::{Field, Id, Kind, Value, customer, interaction, order, product};
use crate::engine::dataset::Dataset;
use crate::engine::numbers::Numbers;
use crate::engine::query::title;
use crate::engine::update::is_of_demo;
use crate::files::orders::{ParsedRecord, phone_key};

const MINUTE_MS: i64 = 60_000;

/// Rows by a text; `None` where several have it. Who was merged into another is found as the one who stays.
type Rows = FxHashMap<String, Option<u32>>;

/// Live records by what people call them.
pub(super) struct Known<'a> {
    pub(super) data: &'a Dataset,
    source: &'a str,
    /// Customers by number, phone, email and name, in the order in which they are tried.
    pub(super) customers: [Rows; 4],
    orders: Rows,
    /// Interactions by customer and minute, made when first asked for.
    talks: std::cell::OnceCell<FxHashMap<(u32, i64), Vec<u32>>>,
    /// Products by key and name.
    pub(super) products: [Rows; 2],
}

fn add(rows: &mut Rows, text: String, row: u32) {
    if !text.is_empty() {
        rows.entry(text).and_modify(|known| *known = known.filter(|known| *known == row)).or_insert(Some(row));
    }
}

fn by(data: &Dataset, kind: Kind, field: Field, spell: impl Fn(&str) -> String) -> Rows {
    let table = data.table(kind);
    let mut rows = Rows::default();
    // Somebody real is not who was made up with the same name, and would go with the demo.
    let is_made_up = |row| (kind, field) == (Kind::Customer, customer::NAME) && is_of_demo(data, kind, row);
    let real = table.live().filter(|&row| !is_made_up(row));
    real.for_each(|row| add(&mut rows, spell(table.text(row, field)), row));
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
        let numbers = Numbers::new(data);
        // By its own number, or as it went out of here.
        let numbered = |kind: Kind| {
            let mut rows = by(data, kind, customer::KEY, str::to_owned);
            numbers.made(kind).for_each(|row| add(&mut rows, numbers.of(data, kind, row), row));
            rows
        };
        let customers = |field, spell: fn(&str) -> String| by(data, Kind::Customer, field, spell);
        let phone = |text: &str| phone_key(text).unwrap_or_default();
        Self {
            data,
            source,
            customers: [
                numbered(Kind::Customer),
                customers(customer::PHONE, phone),
                customers(customer::EMAIL, str::to_lowercase),
                customers(customer::NAME, str::to_owned),
            ],
            talks: std::cell::OnceCell::new(),
            orders: numbered(Kind::Order),
            products: [numbered(Kind::Product), by(data, Kind::Product, product::NAME, str::to_owned)],
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

    /// The one interaction with this customer in this minute of which the row says nothing else.
    fn interaction(&self, parsed: &ParsedRecord) -> Option<u32> {
        let table = self.data.table(Kind::Interaction);
        let at = parsed.fields.iter().find_map(|(field, value)| match value {
            Value::Int(at) if field == "at" => Some(at.div_euclid(MINUTE_MS)),
            _ => None,
        })?;
        let customer = self.data.customers().row(self.customer(&parsed.customer)?)?;
        let talks = self.talks.get_or_init(|| {
            let mut talks: FxHashMap<(u32, i64), Vec<u32>> = FxHashMap::default();
            for row in table.live() {
                let at = table.int(row, interaction::AT).unwrap_or_default().div_euclid(MINUTE_MS);
                if let Some(customer) = table.reference(row, interaction::CUSTOMER) {
                    talks.entry((customer, at)).or_default().push(row);
                }
            }
            talks
        });
        let repeats = |row: &&u32| {
            parsed.fields.iter().filter(|(name, _)| name != "at").all(|(name, value)| {
                let now =
                    table.field(name).map_or(Value::Null, |field| self.data.value(Kind::Interaction, **row, field));
                now == Value::Null || now == *value
            })
        };
        let mut found = talks.get(&(customer, at))?.iter().filter(repeats);
        found.next().copied().filter(|_| found.next().is_none())
    }

    /// The record that a row of a file is about: what this source calls so, or what a person made under that number; a
    /// customer without a number is found by phone or email, if the names do not differ. Else a new one.
    pub fn same(&self, kind: Kind, parsed: &ParsedRecord) -> Id {
        let mut own = Id::from_key(kind, self.source, &parsed.key);
        let table = self.data.table(kind);
        if kind == Kind::Customer && !parsed.numbered {
            // A phone may be a family's: whoever is called otherwise is somebody else.
            let said = |row| last_said(self.data, kind, row, customer::NAME);
            let is_other = |row: u32| matches!(said(row), Value::Text(name) if !same_name(&name, parsed.name()));
            if table.row(own).is_some_and(is_other) {
                own = Id::from_key(kind, self.source, &parsed.key_by_name());
            }
        }
        if table.row(own).is_some_and(|row| table.exists(row)) {
            return own;
        }
        let called = |rows: &Rows| rows.get(parsed.key.as_str()).copied().flatten();
        // Two systems may use the same numbers; without a source a person typed it.
        let by_hand = |row: &u32| table.text(*row, customer::SOURCE).is_empty();
        let name = parsed.fields.iter().find(|(field, _)| field == "name").map(|(_, name)| name);
        let of_name = |row: &u32| {
            name.is_some_and(|name| table.field("name").is_some_and(|at| self.data.value(kind, *row, at) == *name))
        };
        let ours = |row: &u32| by_hand(row) || of_name(row);
        let found = match (kind, parsed.numbered) {
            (Kind::Customer, true) => self.customers.first().and_then(called).filter(ours),
            (Kind::Customer, false) => {
                let agrees = |row: &u32| {
                    let known = self.data.value(kind, *row, customer::NAME);
                    name.is_none_or(|name| known == Value::Null || known == *name)
                };
                // Who has neither number nor phone nor mailbox is the one of that name of whom it says nothing else.
                let repeats = |row: &u32| {
                    parsed.fields.iter().all(|(name, value)| {
                        let now = table.field(name).map_or(Value::Null, |field| self.data.value(kind, *row, field));
                        now == Value::Null || now == *value
                    })
                };
                let by_name = || self.customers.last().and_then(called).filter(repeats);
                self.customers.get(1..3).unwrap_or_default().iter().find_map(called).filter(agrees).or_else(by_name)
            }
            (Kind::Product, _) => self.products.iter().find_map(called).filter(ours),
            (Kind::Interaction, _) => self.interaction(parsed),
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
