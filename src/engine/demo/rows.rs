//! The demo as records.

use super::{DemoData, SOURCE};
use crate::domain::{Change, Field, Id, Kind, Line, Value, customer, interaction, order, product};
use crate::engine::rows::{BlockBuilder, RowsBlock};

fn id(kind: Kind, key: &str) -> Id {
    Id::from_key(kind, SOURCE, key)
}

/// Begins a record that this demo knows by `key`.
fn begin(block: &mut BlockBuilder, kind: Kind, source: Field, field: Field, key: &str) {
    block.row(id(kind, key));
    block.set(source, SOURCE);
    block.set(field, key);
}

impl DemoData {
    /// All its records: customers, products, orders, interactions.
    #[must_use]
    pub fn blocks(&self) -> Vec<RowsBlock> {
        vec![self.customers(), self.products(), self.order_rows(), self.talks()]
    }

    /// The settings that belong to it: the name of the shop and the currency of its orders.
    #[must_use]
    pub fn settings(&self) -> Vec<Change> {
        let values = [("business_name", self.business_name.clone()), ("currency", self.currency.code().to_owned())];
        let change = |name: &str, field: &str, value: Value| {
            let id = Id::from_key(Kind::Setting, "", name);
            Change { kind: Kind::Setting, id, field: field.to_owned(), value, was: Value::Null }
        };
        let both = |(name, text): (&str, String)| {
            [change(name, "key", name.into()), change(name, "value", Value::Json(text.into()))]
        };
        values.into_iter().flat_map(both).collect()
    }

    fn customer_id(&self, place: Option<u32>) -> Option<Id> {
        self.orders.customers.get(place? as usize).map(|c| id(Kind::Customer, &c.key))
    }

    fn customers(&self) -> RowsBlock {
        let mut block = BlockBuilder::new(Kind::Customer);
        for (c, p) in self.orders.customers.iter().zip(&self.profiles) {
            begin(&mut block, Kind::Customer, customer::SOURCE, customer::KEY, &c.key);
            for (field, text) in [
                (customer::NAME, &c.name),
                (customer::PHONE, &c.phone),
                (customer::EMAIL, &c.email),
                (customer::COMPANY, &c.company),
                (customer::COUNTRY, &c.country),
                (customer::CITY, &c.city),
                (customer::ADDRESS, &c.address),
                (customer::BIRTHDAY, &p.birthday),
                (customer::NOTE, &p.note),
                (customer::OWNER, &p.owner),
            ] {
                block.set(field, text.as_str());
            }
            if !p.tags.is_empty() {
                block.set(customer::TAGS, Value::Json(p.tags.clone().into()));
            }
            block.set(customer::REFERRER, self.customer_id(p.referrer));
        }
        block.finish()
    }

    fn products(&self) -> RowsBlock {
        let mut block = BlockBuilder::new(Kind::Product);
        for (p, &price_e4) in self.orders.products.iter().zip(&self.prices_e4) {
            begin(&mut block, Kind::Product, product::SOURCE, product::KEY, &p.key);
            block.set(product::NAME, p.name.as_str());
            block.set(product::CATEGORY, p.category.as_str());
            block.set(product::PRICE_E4, price_e4);
            block.set(product::COST_E4, p.cost_e4);
            block.set(product::CURRENCY, self.currency.code());
        }
        block.finish()
    }

    fn order_rows(&self) -> RowsBlock {
        let products: Vec<Id> = self.orders.products.iter().map(|p| id(Kind::Product, &p.key)).collect();
        let mut block = BlockBuilder::new(Kind::Order);
        for o in &self.orders.orders {
            begin(&mut block, Kind::Order, order::SOURCE, order::KEY, &o.key);
            block.set(order::CUSTOMER, self.customer_id(o.customer));
            block.set(order::AT, o.at.0);
            block.set(order::ORDER_KIND, o.kind.name());
            block.set(order::CHANNEL, o.channel.as_str());
            block.set(order::CURRENCY, o.currency.code());
            block.set(order::NOTE, o.note.as_str());
            let lines = self.orders.lines.iter().skip(o.first_line as usize).take(o.line_count as usize);
            let line = |l: &crate::files::orders::ParsedLine| Line {
                product: l.product.and_then(|at| products.get(at as usize)).copied(),
                quantity_milli: l.quantity_milli,
                unit_price_e4: l.unit_price_e4,
                total_minor: l.total_minor,
            };
            block.set(order::LINES, lines.map(line).collect::<Vec<_>>());
        }
        block.finish()
    }

    fn talks(&self) -> RowsBlock {
        let mut block = BlockBuilder::new(Kind::Interaction);
        for i in &self.interactions {
            begin(&mut block, Kind::Interaction, interaction::SOURCE, interaction::KEY, &i.key);
            block.set(interaction::CUSTOMER, self.customer_id(Some(i.customer)));
            block.set(interaction::AT, i.at.0);
            block.set(interaction::CHANNEL, i.channel.name());
            block.set(interaction::DIRECTION, if i.inbound { "in" } else { "out" });
            block.set(interaction::NOTE, i.note.as_str());
            block.set(interaction::MOOD, i.mood.map(i64::from));
            block.set(interaction::STAFF, i.staff.as_str());
        }
        block.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::super::demo_orders;
    use super::*;
    use crate::domain::{ChangeSet, Day, DeviceId, Origin, Stamp};
    use crate::engine::api::Language;
    use crate::engine::dataset::Dataset;
    use crate::engine::rows::{Class, DecodedBlock};

    #[test]
    fn fills_an_empty_book() {
        for language in [Language::Zh, Language::En] {
            let demo = demo_orders(language, Day::parse_iso("2026-11-21").unwrap(), 5);
            let stamp = Stamp { time: 1, device: DeviceId(1) };
            let set = ChangeSet { stamp, origin: Origin::Demo, changes: demo.settings(), blocks: Vec::new() };
            let blocks: Vec<_> = demo.blocks().into_iter().map(DecodedBlock::Rows).collect();
            let mut data = Dataset::new();
            data.apply(&set, 1, &blocks).unwrap();

            assert_eq!(data.settings().currency, demo.currency);
            assert_eq!(data.settings().business_name, demo.business_name);
            assert_eq!(data.customers().live().count(), demo.orders.customers.len());
            assert_eq!(data.products().live().count(), demo.orders.products.len());
            assert_eq!(data.orders().live().count(), demo.orders.orders.len());
            assert_eq!(data.interactions().live().count(), demo.interactions.len());
            let orders = data.orders();
            let total: i64 = orders.live().map(|row| orders.lines_of(row).total_minor()).sum();
            assert_eq!(total, demo.orders.report.total_minor[0].1);
            let named = orders.live().filter(|&row| orders.reference(row, order::CUSTOMER).is_some());
            assert_eq!(named.count() as u64, demo.orders.report.orders - demo.orders.report.anonymous_orders);
            let referred = demo.profiles.iter().filter(|p| p.referrer.is_some()).count();
            let referrers =
                data.customers().live().filter(|&row| data.customers().reference(row, customer::REFERRER).is_some());
            assert_eq!(referrers.count(), referred);
            assert!(data.has_demo());
            assert_eq!(data.rows_of_class(Class::Demo).count(), count(&data));
        }
    }

    fn count(data: &Dataset) -> usize {
        Kind::ALL.iter().map(|&kind| data.table(kind).live().count()).sum()
    }
}
