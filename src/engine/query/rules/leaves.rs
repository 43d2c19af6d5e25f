//! One pass over the customers per condition.

use super::bits::Bits;
use crate::analytics::share_of;
use crate::domain::{Day, Kind, interaction, order, product};
use crate::engine::api::{Bought, Column, Condition, Contact, Goods, Leaf, Rank, There};
use crate::engine::column::NONE;
use crate::engine::dataset::{Dataset, Orders};
use crate::engine::metrics::{Entry, Ledger, Moods, Snapshot, Worth};
use crate::engine::query::columns::{Held, Reader};
use crate::engine::query::habits::{each, was_there};

/// What customers are judged by.
#[derive(Clone, Copy)]
pub struct Figures<'a> {
    pub data: &'a Dataset,
    pub ledger: &'a Ledger,
    pub snapshot: &'a Snapshot,
    pub moods: &'a Moods,
    /// Where a column needs it (see `Segments::reached`).
    pub worth: Option<&'a Worth>,
}

impl<'a> Figures<'a> {
    fn reader(&self, column: Column) -> Reader<'a> {
        Reader::new(self.data, (self.ledger, self.snapshot), self.moods, self.worth, [column])
    }

    /// Those of `all` of whom it holds; `None` where it takes other rules to tell.
    pub fn leaf(&self, leaf: &Leaf, all: &Bits) -> Option<Bits> {
        match leaf {
            Leaf::Column(condition) => Some(self.column(condition, all)),
            Leaf::Rank(rank) => Some(self.rank(*rank, all)),
            Leaf::Bought(bought) => Some(self.bought(bought, all)),
            Leaf::Contact(contact) => Some(self.contact(contact, all)),
            Leaf::There(there) => Some(self.there(*there, all)),
            // Told before (see `learn`), by other rules, or not at all.
            Leaf::Moved(_) | Leaf::Search(_) | Leaf::Segment { .. } | Leaf::Newer(_) => None,
        }
    }

    fn column(&self, condition: &Condition, all: &Bits) -> Bits {
        let reader = self.reader(condition.column);
        let condition = reader.ready(condition);
        Bits::of(all, |row| reader.fits(&condition, row))
    }

    fn rank(&self, Rank { by, top, share_bp }: Rank, all: &Bits) -> Bits {
        let reader = self.reader(by);
        // Turned round, the least come first.
        let turn = |n: i64| if top { n.saturating_neg() } else { n };
        let buys = |row: &u32| self.snapshot.buyer(*row).is_some();
        let number = |row| if let Held::Number(n) = reader.held(by, row) { Some((turn(n), row)) } else { None };
        let mut ranked: Vec<(i64, u32)> = all.rows().filter(buys).filter_map(number).collect();
        let mut out = all.others(all);
        let slots = share_of(ranked.len(), i64::from(share_bp));
        if let Some(last) = slots.checked_sub(1).filter(|last| *last < ranked.len()) {
            let (_, &mut (limit, _), _) = ranked.select_nth_unstable(last);
            ranked.iter().filter(|(n, _)| *n <= limit).for_each(|(_, row)| out.add(*row));
        }
        out
    }

    fn contact(&self, contact: &Contact, all: &Bits) -> Bits {
        let table = self.data.interactions();
        let (mut counts, as_of) = (vec![0u32; self.data.customers().len() as usize], self.snapshot.as_of());
        let after = contact.days.map(|days| i64::from(as_of.0) - i64::from(days));
        let is = |row, field, wanted: &str| wanted.is_empty() || table.text(row, field) == wanted;
        each(self.data, Kind::Interaction, as_of, |row, customer, day| {
            let counts_here = after.is_none_or(|after| i64::from(day) > after)
                && is(row, interaction::CHANNEL, &contact.channel)
                && is(row, interaction::DIRECTION, &contact.direction);
            if let Some(count) = counts.get_mut(customer as usize).filter(|_| counts_here) {
                *count = count.saturating_add(1);
            }
        });
        let enough = |row: u32| counts.get(row as usize).is_some_and(|n| *n >= contact.times.max(1));
        Bits::of(all, |row| enough(row) == contact.had)
    }

    fn there(&self, there: There, all: &Bits) -> Bits {
        let mut scratch = Vec::new();
        Bits::of(all, |row| was_there(self.ledger.entries(row), there, self.snapshot, &mut scratch))
    }

    fn bought(&self, bought: &Bought, all: &Bits) -> Bits {
        let goods = Counted::new(self.data, &bought.goods);
        let not = bought.but_not.as_ref().map(|not| (Counted::new(self.data, &not.goods), not.days));
        let as_of = self.snapshot.as_of();
        Bits::of(all, |row| {
            let entries = self.ledger.entries(row);
            goods.least(entries, as_of, bought.days, bought.times.max(1))
                && not.as_ref().is_none_or(|(goods, days)| !goods.least(entries, as_of, *days, 1))
        })
    }
}

/// Which orders count as purchases of some goods.
struct Counted<'a> {
    orders: Orders<'a>,
    what: What,
}

enum What {
    Anything,
    /// The orders with such products: told by one pass over the lines as they lie, because a customer's orders lie apart.
    Orders(Bits),
    /// By code of the channel, whether it is meant.
    Channel(Vec<bool>),
    /// On one of these days.
    Days(std::ops::RangeInclusive<i32>),
    Nothing,
}

impl<'a> Counted<'a> {
    fn new(data: &'a Dataset, goods: &Goods) -> Self {
        let (products, orders) = (data.products(), data.orders());
        let with = |marked: &[bool]| {
            let is = |product: u32| product != NONE && marked.get(product as usize) == Some(&true);
            let mut found = Bits::none(orders.len());
            for row in 0..orders.len() {
                let lines = orders.lines_of(row);
                // A line of less than nothing takes back.
                if lines.products.iter().zip(lines.quantities).any(|(&product, &quantity)| is(product) && quantity >= 0)
                {
                    found.add(row);
                }
            }
            What::Orders(found)
        };
        let marked = |field, text: &str| match products.symbols(field) {
            Some(symbols) => {
                let meant = symbols.called(text);
                with(&symbols.codes().iter().map(|c| meant.get(*c as usize) == Some(&true)).collect::<Vec<_>>())
            }
            None => What::Nothing,
        };
        let what = match goods {
            Goods::Anything => What::Anything,
            Goods::Product(id) => match products.row(*id) {
                Some(row) => with(&(0..products.len()).map(|other| other == row).collect::<Vec<_>>()),
                None => What::Nothing,
            },
            Goods::Category(name) => marked(product::CATEGORY, name),
            Goods::Role(name) => marked(product::ROLE, name),
            Goods::Channel(name) => {
                orders.symbols(order::CHANNEL).map_or(What::Nothing, |s| What::Channel(s.called(name)))
            }
            Goods::Days { from, to } => What::Days(from.unwrap_or(i32::MIN)..=to.unwrap_or(i32::MAX)),
        };
        Self { orders: data.orders(), what }
    }

    /// Whether there are `times` such purchases in the days up to `as_of`; `entries` ascend by day.
    fn least(&self, entries: &[Entry], as_of: Day, days: Option<u32>, times: u32) -> bool {
        let after = days.map(|days| i64::from(as_of.0) - i64::from(days));
        let inside = |e: &&Entry| after.is_none_or(|after| i64::from(e.day) > after);
        let late = entries.partition_point(|e| e.day <= as_of.0);
        let seen = entries.get(..late).unwrap_or_default().iter().rev().take_while(inside);
        let wanted = times as usize;
        seen.filter(|e| !e.refund && self.counts(e)).take(wanted).count() == wanted
    }

    fn counts(&self, &Entry { order, day, .. }: &Entry) -> bool {
        match &self.what {
            What::Anything => true,
            What::Nothing => false,
            What::Channel(meant) => {
                let code = self.orders.symbols(order::CHANNEL).and_then(|s| s.codes().get(order as usize));
                code.is_some_and(|code| meant.get(*code as usize) == Some(&true))
            }
            What::Orders(found) => found.has(order),
            What::Days(days) => days.contains(&day),
        }
    }
}
