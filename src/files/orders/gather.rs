//! Lines to orders, customers and products: plain columns that point at each other by index.

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};

use super::cells::OrderText;
use super::synonyms::StatusClass;
use super::{ParseReport, ParsedCustomer, ParsedLine, ParsedOrder, ParsedOrders, ParsedProduct, Role};
use crate::domain::{CivilTime, Currency, OrderKind, Value};

/// Whose row it is: empty key for nobody.
pub(super) struct Who<'a> {
    pub key: Cow<'a, str>,
    /// The column that told.
    pub role: Role,
}

/// Keys to indices. The keys are moved out at the end, not copied.
#[derive(Default)]
struct Index {
    map: FxHashMap<Box<str>, u32>,
}

impl Index {
    fn find(&self, key: &str) -> Option<u32> {
        self.map.get(key).copied()
    }

    fn add(&mut self, key: &str) -> u32 {
        let next = u32::try_from(self.map.len()).unwrap_or(u32::MAX);
        self.map.insert(key.into(), next);
        next
    }

    fn into_keys(self) -> Vec<String> {
        let mut keys = vec![String::new(); self.map.len()];
        for (key, i) in self.map {
            if let Some(slot) = keys.get_mut(i as usize) {
                *slot = key.into_string();
            }
        }
        keys
    }
}

struct Draft {
    customer: Option<u32>,
    at: CivilTime,
    currency: Currency,
    lines: u32,
    total_minor: i64,
    /// Some line has a quantity or total above zero.
    has_positive: bool,
    has_negative: bool,
    /// Every line is of a negative quantity and worth nothing.
    all_written_off: bool,
    /// Every line was called a return by its status.
    all_returns: bool,
    /// Some line was called neither a sale nor a return by its status.
    adjusted: bool,
    refunded: bool,
}

#[derive(Default)]
struct ProductDraft {
    product: ParsedProduct,
    /// Names seen and how often; the most frequent wins.
    names: Vec<(Box<str>, u32)>,
}

#[derive(Default)]
struct Texts {
    channel: String,
    note: String,
    fields: Vec<(String, Value)>,
}

/// Different names counted per product; a file that has more of them means something else by the column.
const NAMES_COUNTED: usize = 32;

#[derive(Default)]
pub(super) struct Gather {
    customer_index: Index,
    customers: Vec<ParsedCustomer>,
    product_index: Index,
    products: Vec<ProductDraft>,
    order_index: Index,
    orders: Vec<Draft>,
    /// Channel, note and further fields of the orders that have some.
    texts: FxHashMap<u32, Texts>,
    lines: Vec<ParsedLine>,
    order_of_line: Vec<u32>,
    last_order: Option<(String, u32)>,
    /// Numbers of rows that were never a sale.
    never_sold: FxHashSet<Box<str>>,
    /// Orders with a row that could not be read: it may say something else.
    otherwise: FxHashSet<Box<str>>,
    /// Orders without customer and number so far at each time.
    nameless: FxHashMap<CivilTime, u32>,
}

impl Gather {
    pub fn never_sold(&mut self, number: &str) {
        if !number.is_empty() {
            self.never_sold.insert(number.into());
        }
    }

    pub fn said_otherwise(&mut self, number: &str) {
        if !number.is_empty() {
            self.otherwise.insert(number.into());
        }
    }

    pub fn find_order(&mut self, number: &str) -> Option<u32> {
        if let Some((last, order)) = &self.last_order
            && last == number
        {
            return Some(*order);
        }
        let order = self.order_index.find(number)?;
        self.remember(number, order);
        Some(order)
    }

    fn remember(&mut self, number: &str, order: u32) {
        let (text, slot) = self.last_order.get_or_insert_default();
        text.clear();
        text.push_str(number);
        *slot = order;
    }

    fn order(&self, order: u32) -> Option<&Draft> {
        self.orders.get(order as usize)
    }

    pub fn time_of(&self, order: u32) -> Option<CivilTime> {
        self.order(order).map(|o| o.at)
    }

    pub fn currency_of(&self, order: u32) -> Option<Currency> {
        self.order(order).map(|o| o.currency)
    }

    pub fn belongs_to_other(&self, order: u32, who: &Who) -> bool {
        let owner = self.order(order).and_then(|o| o.customer);
        owner.is_some() && !who.key.is_empty() && self.customer_index.find(&who.key) != owner
    }

    pub fn new_order(&mut self, key: &str, at: CivilTime, currency: Currency) -> u32 {
        let order = self.order_index.add(key);
        self.remember(key, order);
        self.orders.push(Draft {
            customer: None,
            at,
            currency,
            lines: 0,
            total_minor: 0,
            has_positive: false,
            has_negative: false,
            all_written_off: true,
            all_returns: true,
            adjusted: false,
            refunded: false,
        });
        order
    }

    /// The order of a file without numbers: `customer@time`, with `-` for what is given back and the currency, so that the
    /// same file always gives the same keys; `@time#n` for the n-th row of nobody at that time.
    pub fn order_without_number(
        &mut self,
        customer: Option<u32>,
        at: CivilTime,
        currency: Currency,
        negative: bool,
    ) -> u32 {
        let time = at.naive().format("%Y-%m-%dT%H:%M:%S");
        let sign = if negative { "-" } else { "" };
        let key = match customer.and_then(|c| self.customers.get(c as usize)) {
            Some(customer) => format!("{}@{time}{sign} {}", customer.key, currency.code()),
            None => {
                let n = self.nameless.entry(at).or_default();
                *n += 1;
                format!("@{time}#{n}")
            }
        };
        match self.find_order(&key) {
            Some(order) => order,
            None => self.new_order(&key, at, currency),
        }
    }

    /// The customer, made if new; blank fields of the profile are filled from the row.
    pub fn customer<'a>(&mut self, who: &Who, cell: impl Fn(Role) -> &'a str) -> Option<u32> {
        if who.key.is_empty() {
            return None;
        }
        let index = match self.customer_index.find(&who.key) {
            Some(index) => index,
            None => {
                self.customers.push(ParsedCustomer { key: who.key.clone().into_owned(), ..Default::default() });
                self.customer_index.add(&who.key)
            }
        };
        if let Some(c) = self.customers.get_mut(index as usize) {
            let fields = [
                (&mut c.name, Role::CustomerName),
                (&mut c.phone, Role::Phone),
                (&mut c.email, Role::Email),
                (&mut c.company, Role::Company),
                (&mut c.country, Role::Country),
                (&mut c.city, Role::City),
                (&mut c.address, Role::Address),
            ];
            for (field, role) in fields {
                if field.is_empty() {
                    field.push_str(cell(role));
                }
            }
        }
        Some(index)
    }

    /// The product, by code or else by name; `None` where the row names neither.
    pub fn product(&mut self, code: &str, name: &str, category: &str, cost_e4: Option<i64>) -> Option<u32> {
        let key = if code.is_empty() { name } else { code };
        if key.is_empty() {
            return None;
        }
        let index = match self.product_index.find(key) {
            Some(index) => index,
            None => {
                self.products.push(ProductDraft::default());
                self.product_index.add(key)
            }
        };
        let draft = self.products.get_mut(index as usize)?;
        if draft.product.category.is_empty() {
            draft.product.category.push_str(category);
        }
        draft.product.cost_e4 = draft.product.cost_e4.or(cost_e4);
        if !name.is_empty() {
            let room = draft.names.len() < NAMES_COUNTED;
            match draft.names.iter_mut().find(|(n, _)| **n == *name) {
                Some((_, count)) => *count += 1,
                None if room => draft.names.push((name.into(), 1)),
                None => {}
            }
        }
        Some(index)
    }

    /// What a row says of its order.
    pub fn row(&mut self, order: u32, customer: Option<u32>, at: CivilTime, status: StatusClass, text: OrderText) {
        let Some(draft) = self.orders.get_mut(order as usize) else { return };
        draft.customer = draft.customer.or(customer);
        draft.at = draft.at.min(at);
        draft.all_returns &= status == StatusClass::Refund;
        draft.adjusted |= status == StatusClass::Adjustment;
        draft.refunded |= status == StatusClass::Refunded;
        if !text.channel.is_empty() || !text.note.is_empty() || !text.fields.is_empty() {
            let said = self.texts.entry(order).or_default();
            if said.channel.is_empty() {
                said.channel.push_str(text.channel);
            }
            if said.note.is_empty() {
                said.note.push_str(text.note);
            }
            for (name, value) in text.fields {
                if said.fields.iter().all(|(known, _)| *known != name) {
                    said.fields.push((name, value));
                }
            }
        }
    }

    pub fn line(&mut self, order: u32, line: ParsedLine) {
        let Some(draft) = self.orders.get_mut(order as usize) else { return };
        draft.lines += 1;
        draft.total_minor = draft.total_minor.saturating_add(line.total_minor);
        let negative = line.quantity_milli < 0 || line.total_minor < 0;
        draft.has_negative |= negative;
        draft.has_positive |= !negative && (line.quantity_milli > 0 || line.total_minor > 0);
        draft.all_written_off &= line.quantity_milli < 0 && line.total_minor == 0;
        self.lines.push(line);
        self.order_of_line.push(order);
    }

    /// Puts each order's lines together and counts everything.
    pub fn finish(mut self) -> ParsedOrders {
        let lines = std::mem::take(&mut self.lines);
        let order_of_line = std::mem::take(&mut self.order_of_line);
        let (mut lines, starts) = together(lines, order_of_line, &self.orders);
        let index = &self.order_index;
        let told = |number: &str| index.find(number).is_some() || self.otherwise.contains(number);
        let never_sold = self.never_sold.iter().filter(|number| !told(number.as_ref()));
        let mut never_sold: Vec<String> = never_sold.map(|number| number.to_string()).collect();
        never_sold.sort_unstable();
        let keys = self.order_index.into_keys();
        let plain = keys.iter().filter(|k| digits_after(k, "") || digits_after(k, "C")).count();
        let plain_numbers = plain * 10 >= keys.len() * 9;
        let mut orders = Vec::with_capacity(keys.len());
        let mut taken_back = Vec::new();
        for (i, (key, draft)) in keys.into_iter().zip(&self.orders).enumerate() {
            let kind = kind_of(&key, draft, plain_numbers);
            let text = u32::try_from(i).ok().and_then(|i| self.texts.remove(&i)).unwrap_or_default();
            let order = ParsedOrder {
                key,
                customer: draft.customer,
                at: draft.at,
                kind,
                channel: text.channel,
                currency: draft.currency,
                note: text.note,
                fields: text.fields,
                first_line: starts.get(i).copied().unwrap_or(0),
                line_count: draft.lines,
            };
            if draft.refunded && kind == OrderKind::Purchase && !draft.has_negative {
                taken_back.push(take_back(&order, &mut lines));
            }
            orders.push(order);
        }
        name_apart(&mut taken_back, &orders);
        orders.extend(taken_back);
        for (customer, key) in self.customers.iter_mut().zip(self.customer_index.into_keys()) {
            customer.key = key;
        }
        let mut products: Vec<ParsedProduct> = self.products.into_iter().map(named).collect();
        for (product, key) in products.iter_mut().zip(self.product_index.into_keys()) {
            product.key = key;
        }
        let mut report = count(&orders, &lines, self.customers.len(), products.len());
        report.never_sold = never_sold.len() as u64;
        ParsedOrders {
            customers: self.customers,
            products,
            orders,
            lines,
            never_sold,
            report,
            ..ParsedOrders::default()
        }
    }
}

fn named(draft: ProductDraft) -> ParsedProduct {
    let most = draft.names.iter().map(|(_, n)| *n).max();
    let name = draft.names.into_iter().find(|(_, n)| Some(*n) == most).map(|(name, _)| name.into_string());
    ParsedProduct { name: name.unwrap_or_default(), ..draft.product }
}

/// Lines sorted by order, within an order as in the file; and where each order's begin.
fn together(lines: Vec<ParsedLine>, order_of_line: Vec<u32>, orders: &[Draft]) -> (Vec<ParsedLine>, Vec<u32>) {
    let mut starts = Vec::with_capacity(orders.len());
    let mut next = 0u32;
    for order in orders {
        starts.push(next);
        next += order.lines;
    }
    if order_of_line.is_sorted() {
        return (lines, starts);
    }
    let mut place = starts.clone();
    let mut sorted = lines.clone();
    for (line, order) in lines.into_iter().zip(order_of_line) {
        if let Some(at) = place.get_mut(order as usize) {
            if let Some(slot) = sorted.get_mut(*at as usize) {
                *slot = line;
            }
            *at += 1;
        }
    }
    (sorted, starts)
}

pub const REFUND_SUFFIX: &str = "-refund";

/// The second order that takes a wholly refunded one back.
fn take_back(order: &ParsedOrder, lines: &mut Vec<ParsedLine>) -> ParsedOrder {
    let first_line = u32::try_from(lines.len()).unwrap_or(u32::MAX);
    let own = order.first_line as usize..order.first_line as usize + order.line_count as usize;
    let negative: Vec<ParsedLine> = lines
        .get(own)
        .unwrap_or_default()
        .iter()
        .map(|l| ParsedLine { quantity_milli: -l.quantity_milli, total_minor: -l.total_minor, ..*l })
        .collect();
    lines.extend(negative);
    let key = format!("{}{REFUND_SUFFIX}", order.key);
    ParsedOrder { key, kind: OrderKind::Refund, first_line, fields: Vec::new(), ..order.clone() }
}

/// A file may have an order that is called as a made one would be.
fn name_apart(made: &mut [ParsedOrder], orders: &[ParsedOrder]) {
    if made.is_empty() {
        return;
    }
    let mut taken: FxHashSet<String> =
        orders.iter().filter(|o| o.key.ends_with(REFUND_SUFFIX)).map(|o| o.key.clone()).collect();
    for order in made {
        while !taken.insert(order.key.clone()) {
            order.key.push_str(REFUND_SUFFIX);
        }
    }
}

fn digits_after(key: &str, prefix: &str) -> bool {
    key.strip_prefix(prefix).is_some_and(|d| !d.is_empty() && d.bytes().all(|b| b.is_ascii_digit()))
}

/// See [`OrdersReader`](super::OrdersReader) for the rules.
fn kind_of(key: &str, draft: &Draft, plain_numbers: bool) -> OrderKind {
    if digits_after(key, "C") && draft.has_negative && !draft.has_positive {
        OrderKind::Refund
    } else if draft.adjusted
        || draft.lines > 0 && draft.all_written_off
        || plain_numbers && digits_after(key, "A") && draft.customer.is_none()
    {
        OrderKind::Adjustment
    } else if draft.all_returns || draft.total_minor < 0 {
        OrderKind::Refund
    } else {
        OrderKind::Purchase
    }
}

fn count(orders: &[ParsedOrder], lines: &[ParsedLine], customers: usize, products: usize) -> ParseReport {
    let mut report = ParseReport { customers: customers as u64, products: products as u64, ..Default::default() };
    let mut totals: Vec<(Currency, i64)> = Vec::new();
    for order in orders {
        let start = order.first_line as usize;
        let own = lines.get(start..start + order.line_count as usize).unwrap_or_default();
        let total = own.iter().fold(0i64, |sum, l| sum.saturating_add(l.total_minor));
        report.orders += 1;
        *match order.kind {
            OrderKind::Purchase => &mut report.purchases,
            OrderKind::Refund => &mut report.refunds,
            OrderKind::Adjustment => &mut report.adjustments,
        } += 1;
        if order.customer.is_none() {
            report.anonymous_orders += 1;
            report.anonymous_lines += own.len() as u64;
            report.anonymous_minor = report.anonymous_minor.saturating_add(total);
        }
        match totals.iter_mut().find(|(c, _)| *c == order.currency) {
            Some((_, sum)) => *sum = sum.saturating_add(total),
            None => totals.push((order.currency, total)),
        }
        report.first = Some(report.first.map_or(order.at, |t| t.min(order.at)));
        report.last = report.last.max(Some(order.at));
    }
    crate::domain::sort::sort_by_key(&mut totals, |(c, _)| *c);
    report.total_minor = totals.into_iter().map(|(c, sum)| (c.code().to_owned(), sum)).collect();
    report
}
