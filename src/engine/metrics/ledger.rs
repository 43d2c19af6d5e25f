//! Every customer's orders, condensed to what the figures need and sorted by day. Independent of the as-of day and of all
//! settings but the currency, so that moving the date or the default margin does not touch the order lines again.

use super::care::{Care, Costs};
use crate::domain::{CivilTime, Currency, Day, OrderKind, PRICE_SCALE, QUANTITY_SCALE, order, product};
use crate::engine::column::{LinesView, NONE, NULL_INT};
use crate::engine::dataset::{Dataset, Orders, Touched};

/// One purchase or refund of a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    pub day: i32,
    /// Row of the order.
    pub order: u32,
    pub refund: bool,
    /// In another currency than the book's.
    pub foreign: bool,
    /// In the book's currency; 0 for an order in another one.
    pub total_minor: i64,
    /// Profit of the lines whose product's cost is known.
    pub known_profit_minor: i64,
    /// Amount of the other lines: the default margin is taken of it.
    pub base_minor: i64,
}

/// Start and length of a customer's entries in the arena.
#[derive(Clone, Copy, Debug, Default)]
struct Span {
    start: u32,
    len: u32,
}

impl Span {
    fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.start as usize + self.len as usize
    }
}

/// How much dead content the arena may carry before it is rewritten: as much as live, and never under this many entries.
const DEAD_FLOOR: usize = 4_096;

#[derive(Clone, Debug)]
pub struct Ledger {
    currency: Currency,
    /// Unit cost per product row, [`NULL_INT`] where not known.
    costs_e4: Vec<i64>,
    /// One per row of the customer table.
    spans: Vec<Span>,
    entries: Vec<Entry>,
    dead: usize,
    /// Rows of orders that are in here.
    orders: u32,
    care: Costs,
}

impl Ledger {
    #[must_use]
    pub fn new(data: &Dataset) -> Self {
        let currency = data.settings().currency;
        let costs_e4 = costs(data, currency);
        let reader = Reader::new(data, currency, &costs_e4);
        let customers = data.customers();
        let live: Vec<bool> = (0..customers.len()).map(|c| customers.is_live(c)).collect();
        let owner = |row| reader.customer(row).filter(|&c| live.get(c as usize) == Some(&true)).unwrap_or(NONE);
        let owners: Vec<u32> = (0..data.orders().len()).map(owner).collect();

        let mut spans = vec![Span::default(); live.len()];
        for &owner in &owners {
            if let Some(span) = spans.get_mut(owner as usize) {
                span.len += 1;
            }
        }
        let mut total = 0u32;
        for span in &mut spans {
            span.start = total;
            total += std::mem::take(&mut span.len);
        }
        let blank = Entry {
            day: 0,
            order: NONE,
            refund: false,
            foreign: false,
            total_minor: 0,
            known_profit_minor: 0,
            base_minor: 0,
        };
        let mut entries = vec![blank; total as usize];
        for (row, &owner) in (0..).zip(&owners) {
            let Some(span) = spans.get_mut(owner as usize) else { continue };
            if let (Some(slot), Some(entry)) = (entries.get_mut(span.range().end), reader.entry(row)) {
                *slot = entry;
                span.len += 1;
            }
        }
        let mut ledger =
            Self { currency, costs_e4, spans, entries, dead: 0, orders: data.orders().len(), care: Costs::new(data) };
        for at in 0..ledger.spans.len() {
            ledger.sort(at);
        }
        ledger
    }

    /// A customer's purchases and refunds, oldest first. Nothing for a customer in the trash.
    #[must_use]
    pub fn entries(&self, customer: u32) -> &[Entry] {
        let span = self.spans.get(customer as usize).copied().unwrap_or_default();
        self.entries.get(span.range()).unwrap_or_default()
    }

    /// What was spent on a customer, oldest first. Nothing for a customer in the trash.
    #[must_use]
    pub fn care(&self, customer: u32) -> &[Care] {
        self.care.of(customer)
    }

    /// Reads anew what was spent; the customers for whom that is something else now, ascending.
    pub fn update_care(&mut self, data: &Dataset) -> Vec<u32> {
        let now = Costs::new(data);
        let changed = now.changed_since(&self.care);
        self.care = now;
        changed
    }

    /// Whether the book's currency or the cost of a product changed: everything has to be read again then.
    #[must_use]
    pub fn is_outdated(&self, data: &Dataset) -> bool {
        let currency = data.settings().currency;
        let costs = costs(data, currency);
        // Products that came since have no lines in here yet.
        currency != self.currency || costs.get(..self.costs_e4.len()) != Some(&self.costs_e4)
    }

    /// Reads the orders of those again whose purchases changed; the first day on which something is different now, if any.
    pub fn update(&mut self, data: &Dataset, touched: &Touched) -> Option<Day> {
        let customers = &touched.bought;
        // Where orders came and nothing else happened, the others stand as they were read.
        let only_new = !touched.came_or_went && touched.first_order.is_none_or(|row| row >= self.orders);
        let from = if only_new { self.orders } else { 0 };
        self.orders = data.orders().len();
        self.costs_e4 = costs(data, self.currency);
        self.spans.resize(data.customers().len() as usize, Span::default());
        let mut wanted = vec![false; self.spans.len()];
        for &c in customers {
            if let Some(slot) = wanted.get_mut(c as usize) {
                *slot = data.customers().is_live(c);
            }
        }
        let reader = Reader::new(data, self.currency, &self.costs_e4);
        let mut found: Vec<(u32, Entry)> = Vec::new();
        for (&customer, row) in data.orders().customer().iter().zip(0..).skip(from as usize) {
            if wanted.get(customer as usize) == Some(&true) && reader.customer(row).is_some() {
                found.extend(reader.entry(row).map(|e| (customer, e)));
            }
        }
        if only_new {
            let kept = |&c: &u32| self.entries(c).iter().map(move |e| (c, *e));
            found.extend(customers.iter().flat_map(kept));
        }
        crate::domain::sort::sort_by_key(&mut found, |(customer, e)| (*customer, e.day, e.order));
        let mut earliest = None;
        for &c in customers {
            let from = found.partition_point(|(customer, _)| *customer < c);
            let of_customer = found.get(from..).unwrap_or_default().iter().take_while(|(customer, _)| *customer == c);
            let start = self.entries.len();
            self.entries.extend(of_customer.map(|(_, e)| *e));
            if let Some(span) = self.spans.get_mut(c as usize) {
                self.dead += span.len as usize;
                let before = self.entries.get(span.range()).unwrap_or_default();
                let first = first_difference(before, self.entries.get(start..).unwrap_or_default());
                earliest = [earliest, first].into_iter().flatten().min();
                *span = Span { start: place(start), len: place(self.entries.len() - start) };
            }
        }
        if self.dead > DEAD_FLOOR && self.dead > self.entries.len() / 2 {
            self.shrink();
        }
        earliest.map(Day)
    }

    fn sort(&mut self, at: usize) {
        let Some(&span) = self.spans.get(at) else { return };
        if let Some(part) = self.entries.get_mut(span.range())
            && !part.is_sorted_by_key(|e| (e.day, e.order))
        {
            part.sort_unstable_by_key(|e| (e.day, e.order));
        }
    }

    fn shrink(&mut self) {
        let mut entries = Vec::with_capacity(self.entries.len() - self.dead);
        for span in &mut self.spans {
            let start = place(entries.len());
            entries.extend_from_slice(self.entries.get(span.range()).unwrap_or_default());
            span.start = start;
        }
        self.entries = entries;
        self.dead = 0;
    }

    #[must_use]
    pub fn memory_bytes(&self) -> usize {
        self.entries.capacity() * size_of::<Entry>()
            + self.spans.capacity() * size_of::<Span>()
            + self.costs_e4.capacity() * 8
            + self.care.memory_bytes()
    }
}

/// The day of the first entry that two lists, oldest first, do not share.
fn first_difference(before: &[Entry], after: &[Entry]) -> Option<i32> {
    let same = before.iter().zip(after).take_while(|(before, after)| before == after).count();
    [before, after].into_iter().filter_map(|list| list.get(same)).map(|entry| entry.day).min()
}

/// There are fewer entries than rows of orders, and those are counted in 32 bits.
fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(NONE)
}

/// Unit costs that hold for orders in the book's currency.
fn costs(data: &Dataset, currency: Currency) -> Vec<i64> {
    let products = data.products();
    let cost = |(row, &cost): (u32, &i64)| {
        let priced_in = products.text(row, product::CURRENCY);
        if priced_in.is_empty() || Currency::parse(priced_in) == Some(currency) { cost } else { NULL_INT }
    };
    (0..).zip(products.ints(product::COST_E4)).map(cost).collect()
}

/// Reads orders by whole columns.
struct Reader<'a> {
    orders: Orders<'a>,
    at: &'a [i64],
    customers: &'a [u32],
    kind_codes: &'a [u32],
    kinds: Vec<OrderKind>,
    currency_codes: &'a [u32],
    /// Per code, whether it is the book's currency; an order without one counts as in it.
    in_book: Vec<bool>,
    costs_e4: &'a [i64],
    /// Thousandths of a unit × ten-thousandths of a major unit per minor unit.
    scale: i64,
}

impl<'a> Reader<'a> {
    fn new(data: &'a Dataset, currency: Currency, costs_e4: &'a [i64]) -> Self {
        let orders = data.orders();
        let kinds = orders.symbols(order::ORDER_KIND);
        let currencies = orders.symbols(order::CURRENCY);
        let kind = |name: &String| match name.as_str() {
            "" => OrderKind::Purchase,
            name => OrderKind::from_name(name).unwrap_or(OrderKind::Adjustment),
        };
        let in_book = |name: &String| name.is_empty() || Currency::parse(name) == Some(currency);
        Self {
            at: data.orders().at(),
            customers: data.orders().customer(),
            kind_codes: symbols_of(data, order::ORDER_KIND),
            kinds: kinds.map(|s| s.names().iter().map(kind).collect()).unwrap_or_default(),
            currency_codes: symbols_of(data, order::CURRENCY),
            in_book: currencies.map(|s| s.names().iter().map(in_book).collect()).unwrap_or_default(),
            costs_e4,
            scale: PRICE_SCALE * QUANTITY_SCALE / 10i64.pow(currency.decimals()),
            orders,
        }
    }

    /// The customer of an order that counts for one: live, dated, a purchase or refund.
    fn customer(&self, row: u32) -> Option<u32> {
        let at = row as usize;
        let customer = *self.customers.get(at)?;
        let counts = customer != NONE
            && self.at.get(at) != Some(&NULL_INT)
            && self.kind(at) != OrderKind::Adjustment
            && self.orders.is_live(row);
        counts.then_some(customer)
    }

    fn kind(&self, at: usize) -> OrderKind {
        let code = self.kind_codes.get(at).copied().unwrap_or(0);
        self.kinds.get(code as usize).copied().unwrap_or_default()
    }

    fn entry(&self, row: u32) -> Option<Entry> {
        let at = row as usize;
        let day = CivilTime(*self.at.get(at)?).day().0;
        let refund = self.kind(at) == OrderKind::Refund;
        let code = self.currency_codes.get(at).copied().unwrap_or(0);
        let foreign = self.in_book.get(code as usize) == Some(&false);
        let mut entry =
            Entry { day, order: row, refund, foreign, total_minor: 0, known_profit_minor: 0, base_minor: 0 };
        if !foreign {
            self.add_lines(&mut entry, self.orders.lines_of(row));
        }
        Some(entry)
    }

    fn add_lines(&self, entry: &mut Entry, lines: LinesView<'_>) {
        for ((&product, &quantity), &total) in lines.products.iter().zip(lines.quantities).zip(lines.totals) {
            entry.total_minor = entry.total_minor.saturating_add(total);
            match self.costs_e4.get(product as usize) {
                None | Some(&NULL_INT) => entry.base_minor = entry.base_minor.saturating_add(total),
                Some(&cost) => {
                    let profit = total.saturating_sub(cost_minor(quantity, cost, self.scale));
                    entry.known_profit_minor = entry.known_profit_minor.saturating_add(profit);
                }
            }
        }
    }
}

fn symbols_of(data: &Dataset, field: crate::domain::Field) -> &[u32] {
    data.table(crate::domain::Kind::Order).symbols(field).map_or(&[], |s| s.codes())
}

/// Quantity × unit cost in minor units, rounded half away from zero.
fn cost_minor(quantity_milli: i64, cost_e4: i64, scale: i64) -> i64 {
    let half = if (quantity_milli < 0) == (cost_e4 < 0) { scale / 2 } else { -scale / 2 };
    match quantity_milli.checked_mul(cost_e4).and_then(|exact| exact.checked_add(half)) {
        Some(exact) => exact / scale,
        None => {
            let exact = (i128::from(quantity_milli) * i128::from(cost_e4) + i128::from(half)) / i128::from(scale);
            i64::try_from(exact).unwrap_or(if exact > 0 { i64::MAX } else { i64::MIN })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::line_total_minor;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn costs_round_like_line_totals(quantity in -10_000_000i64..10_000_000, cost in -10_000_000i64..100_000_000) {
            for currency in [Currency::GBP, Currency::parse("JPY").unwrap(), Currency::parse("KWD").unwrap()] {
                let scale = PRICE_SCALE * QUANTITY_SCALE / 10i64.pow(currency.decimals());
                prop_assert_eq!(Some(cost_minor(quantity, cost, scale)), line_total_minor(quantity, cost, currency));
            }
        }
    }

    #[test]
    fn beyond_64_bits_it_saturates() {
        assert_eq!(cost_minor(i64::MAX, i64::MAX, 100_000), i64::MAX);
        assert_eq!(cost_minor(i64::MAX, -i64::MAX, 100_000), i64::MIN);
        assert_eq!(cost_minor(i64::MAX, 1, 1), i64::MAX);
    }
}
