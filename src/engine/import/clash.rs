//! Numbers of a file that mean others in the book: two systems that count alike, brought in under one name, would overwrite each
//! other's orders and customers.

use super::last_said;
use crate::domain::text::same_name;
use crate::domain::{CivilTime, Field, Id, Kind, Value, customer, order};
use crate::engine::api::{ImportClash, Meant};
use crate::engine::dataset::Dataset;
use crate::files::orders::{ParsedOrders, phone_key};

/// Fewer were rather corrected, unless nothing agrees.
const LEAST: u64 = 3;

/// An order does not change its day; another time zone moves it by one at most.
const SAME_DAYS: i32 = 1;

struct Found<'a> {
    data: &'a Dataset,
    clash: ImportClash,
    /// Some of them have nothing in common.
    sure: bool,
}

/// Where most orders, or else most customers, that are known by their number are quite other ones.
pub(super) fn clash(data: &Dataset, source: &str, parsed: &ParsedOrders, ids: [&[Id]; 2]) -> Option<ImportClash> {
    let [customers, orders] = ids;
    let found = || Found {
        data,
        clash: ImportClash {
            source: source.to_owned(),
            known: 0,
            different: 0,
            number: String::new(),
            meant: Meant::Nothing,
        },
        sure: false,
    };
    let mut of_orders = found();
    for (parsed, &id) in parsed.orders.iter().zip(orders) {
        let by = parsed.customer.and_then(|at| customers.get(at as usize)).copied();
        of_orders.order(&parsed.key, id, parsed.at, by);
    }
    let mut of_customers = found();
    for (parsed, &id) in parsed.customers.iter().zip(customers) {
        of_customers.customer(&parsed.key, id, [&parsed.name, &parsed.phone, &parsed.email]);
    }
    let records = Some(&parsed.records).filter(|r| r.kind == Some(Kind::Customer)).map(|r| r.records.as_slice());
    for record in records.unwrap_or_default().iter().filter(|record| record.numbered) {
        let of = |name: &str| record.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value);
        let text = |name: &str| if let Some(Value::Text(text)) = of(name) { text.as_str() } else { "" };
        let id = Id::from_key(Kind::Customer, source, &record.key);
        of_customers.customer(&record.key, id, ["name", "phone", "email"].map(text));
    }
    of_orders.told().or_else(|| of_customers.told())
}

impl Found<'_> {
    fn told(self) -> Option<ImportClash> {
        let Self { clash, sure, .. } = self;
        ((sure || clash.different >= LEAST) && clash.different * 2 > clash.known).then_some(clash)
    }

    fn said(&self, kind: Kind, id: Id, field: Field) -> Value {
        let table = self.data.table(kind);
        table
            .row(id)
            .filter(|&row| table.is_live(row))
            .map_or(Value::Null, |row| last_said(self.data, kind, row, field))
    }

    fn differs(&mut self, number: &str, sure: bool, meant: Meant) {
        self.sure |= sure;
        if self.clash.different == 0 {
            (self.clash.number, self.clash.meant) = (number.to_owned(), meant);
        }
        self.clash.different += 1;
    }

    fn order(&mut self, number: &str, id: Id, at: CivilTime, by: Option<Id>) {
        let Value::Int(said) = self.said(Kind::Order, id, order::AT) else { return };
        let (here, there) = (CivilTime(said).day(), at.day());
        self.clash.known += 1;
        if (here.0 - there.0).abs() > SAME_DAYS {
            let standing = |id: Id| self.data.standing_id(id);
            let sure = match (self.said(Kind::Order, id, order::CUSTOMER), by) {
                (Value::Ref(known), Some(by)) => standing(known) != standing(by),
                _ => false,
            };
            self.differs(number, sure, Meant::Days(here, there));
        }
    }

    /// `told`: name, phone and email.
    fn customer(&mut self, number: &str, id: Id, told: [&str; 3]) {
        let said = [customer::NAME, customer::PHONE, customer::EMAIL].map(|field| {
            match self.said(Kind::Customer, id, field) {
                Value::Text(text) => text,
                _ => String::new(),
            }
        });
        let [name, phone, email] = &said;
        if name.is_empty() || told[0].is_empty() {
            return;
        }
        self.clash.known += 1;
        let reached = [(phone_key(phone), phone_key(told[1])), (mail(email), mail(told[2]))];
        let both = || reached.iter().filter(|(here, there)| here.is_some() && there.is_some());
        let alike = same_name(name, told[0]) || both().any(|(here, there)| here == there);
        if !alike {
            self.differs(number, both().next().is_some(), Meant::Names(name.clone(), told[0].to_owned()));
        }
    }
}

fn mail(text: &str) -> Option<String> {
    Some(text.trim().to_lowercase()).filter(|text| !text.is_empty())
}
