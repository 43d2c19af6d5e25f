//! Totals of the whole book, whatever the as-of day: they must agree with the files to the line.

use rustc_hash::FxHashMap;

use crate::domain::text::folded;
use crate::domain::{CivilTime, Currency, Kind, OrderKind, customer, order};
use crate::engine::column::NONE;
use crate::engine::dataset::{Dataset, Touched};

/// What all live orders, anonymous ones included, say of one product.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ProductTotal {
    pub lines: u64,
    pub quantity_milli: i64,
    /// In the book's currency.
    pub total_minor: i64,
}

/// Orders of customers in the trash count here too: the goods did leave the shop.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    pub first: Option<CivilTime>,
    pub last: Option<CivilTime>,
    pub customers: u64,
    pub products: u64,
    pub interactions: u64,
    pub responses: u64,
    pub purchases: u64,
    pub refunds: u64,
    pub adjustments: u64,
    pub lines: u64,
    pub anonymous_orders: u64,
    pub anonymous_lines: u64,
    /// In the book's currency, as `total_minor`.
    pub anonymous_minor: i64,
    pub total_minor: i64,
    /// Code, orders, minor units; by code.
    pub other_currencies: Vec<(String, u64, i64)>,
    /// Most frequent first, then by name.
    pub countries: Vec<(String, u64)>,
    pub tags: Vec<(String, u64)>,
    /// One per row of the product table.
    pub by_product: Vec<ProductTotal>,
    pub demo: bool,
    /// Rows of orders that are in here.
    order_rows: u32,
    /// Orders and minor units per code of a currency; zero for the book's own.
    by_currency: Vec<(u64, i64)>,
}

/// Most countries and tags listed.
const MOST_NAMES: usize = 50;

impl Totals {
    #[must_use]
    pub fn new(data: &Dataset) -> Self {
        let mut totals = Self::default();
        totals.count(data, |_| true);
        totals.add_orders(data);
        totals.add_names(data);
        totals
    }

    /// The same after a change, if that is quicker than counting anew: `None` when an order changed that is in here, or
    /// the settings.
    #[must_use]
    pub fn updated(mut self, data: &Dataset, touched: &Touched) -> Option<Self> {
        let has = |kind| touched.has(kind);
        if has(Kind::Setting) || touched.first_order.is_some_and(|row| row < self.order_rows) {
            return None;
        }
        self.count(data, has);
        self.add_orders(data);
        if touched.any_field(&[customer::COUNTRY, customer::TAGS]) {
            self.add_names(data);
        }
        Some(self)
    }

    /// Counts the records of the kinds that changed.
    fn count(&mut self, data: &Dataset, changed: impl Fn(Kind) -> bool) {
        let counts = [
            (Kind::Customer, &mut self.customers),
            (Kind::Product, &mut self.products),
            (Kind::Interaction, &mut self.interactions),
            (Kind::Response, &mut self.responses),
        ];
        for (kind, count) in counts {
            if changed(kind) {
                *count = data.table(kind).live().count() as u64;
            }
        }
        self.demo = data.has_demo();
        self.by_product.resize(data.products().len() as usize, ProductTotal::default());
    }

    #[must_use]
    pub fn orders(&self) -> u64 {
        self.purchases + self.refunds + self.adjustments
    }

    /// Adds the orders that are not in here yet.
    fn add_orders(&mut self, data: &Dataset) {
        let orders = data.orders();
        let book = data.settings().currency;
        let currencies = data.table(Kind::Order).symbols(order::CURRENCY);
        let names = currencies.map_or(&[][..], |s| s.names());
        let in_book: Vec<bool> = names.iter().map(|n| n.is_empty() || Currency::parse(n) == Some(book)).collect();
        self.by_currency.resize(names.len(), (0, 0));
        let new = self.order_rows..orders.len();
        self.order_rows = orders.len();
        for row in new.filter(|&row| orders.is_live(row)) {
            if let Some(at) = data.table(Kind::Order).int(row, order::AT).map(CivilTime) {
                self.first = Some(self.first.map_or(at, |first| first.min(at)));
                self.last = Some(self.last.map_or(at, |last| last.max(at)));
            }
            match orders.kind_of(row) {
                OrderKind::Purchase => self.purchases += 1,
                OrderKind::Refund => self.refunds += 1,
                OrderKind::Adjustment => self.adjustments += 1,
            }
            let lines = orders.lines_of(row);
            self.lines += lines.len() as u64;
            let total = lines.total_minor();
            let code = currencies.and_then(|s| s.codes().get(row as usize)).map_or(0, |&code| code as usize);
            let counts = in_book.get(code) != Some(&false);
            if counts {
                self.total_minor = self.total_minor.saturating_add(total);
            } else if let Some((n, sum)) = self.by_currency.get_mut(code) {
                *n += 1;
                *sum = sum.saturating_add(total);
            }
            if orders.customer().get(row as usize).is_none_or(|&c| c == NONE) {
                self.anonymous_orders += 1;
                self.anonymous_lines += lines.len() as u64;
                self.anonymous_minor = self.anonymous_minor.saturating_add(if counts { total } else { 0 });
            }
            for ((&product, &quantity), &total) in lines.products.iter().zip(lines.quantities).zip(lines.totals) {
                if let Some(sum) = self.by_product.get_mut(product as usize) {
                    sum.lines += 1;
                    sum.quantity_milli = sum.quantity_milli.saturating_add(quantity);
                    sum.total_minor = sum.total_minor.saturating_add(if counts { total } else { 0 });
                }
            }
        }
        let used = names.iter().zip(&self.by_currency).filter(|(_, (n, _))| *n > 0);
        self.other_currencies = used.map(|(name, &(n, sum))| (name.clone(), n, sum)).collect();
        crate::domain::sort::sort_by(&mut self.other_currencies, Ord::cmp);
    }

    fn add_names(&mut self, data: &Dataset) {
        let customers = data.customers();
        let (mut countries, mut tags) = (Names::default(), Names::default());
        let symbols = customers.symbols(customer::COUNTRY);
        let mut own = Vec::new();
        for row in customers.live() {
            let code = symbols.and_then(|s| s.codes().get(row as usize)).map_or(0, |&code| code as usize);
            if let Some(name) = symbols.filter(|_| code > 0).and_then(|s| s.names().get(code)) {
                countries.add(name, &mut own);
            }
            own.clear();
            customers.json_texts(row, customer::TAGS).for_each(|tag| tags.add(tag, &mut own));
            own.clear();
        }
        self.countries = countries.most_frequent();
        self.tags = tags.most_frequent();
    }
}

/// Names as filters tell them apart: without case, width and blanks around.
#[derive(Default)]
struct Names<'a> {
    /// Place in `counts` of each spelling, and how often it is written so.
    spellings: FxHashMap<&'a str, (usize, u64)>,
    places: FxHashMap<String, usize>,
    counts: Vec<u64>,
}

impl<'a> Names<'a> {
    /// Counts a name of a customer, of whom `own` are counted already.
    fn add(&mut self, name: &'a str, own: &mut Vec<usize>) {
        let (place, written) = self.spellings.entry(name).or_insert_with(|| {
            let next = self.counts.len();
            let place = *self.places.entry(folded(name.trim())).or_insert(next);
            self.counts.resize(self.counts.len().max(place + 1), 0);
            (place, 0)
        });
        *written += 1;
        if !own.contains(place) {
            own.push(*place);
            if let Some(n) = self.counts.get_mut(*place) {
                *n += 1;
            }
        }
    }

    /// Each by its most frequent spelling.
    fn most_frequent(self) -> Vec<(String, u64)> {
        let mut shown: Vec<Option<(&str, u64)>> = vec![None; self.counts.len()];
        for (name, (place, written)) in self.spellings {
            let before =
                |known: &(&str, u64)| (known.1, std::cmp::Reverse(known.0)) >= (written, std::cmp::Reverse(name));
            if let Some(slot) = shown.get_mut(place).filter(|slot| !slot.as_ref().is_some_and(before)) {
                *slot = Some((name, written));
            }
        }
        most_frequent(shown.iter().flatten().map(|(name, _)| *name).zip(self.counts))
    }
}

fn most_frequent<'a>(counts: impl Iterator<Item = (&'a str, u64)>) -> Vec<(String, u64)> {
    let mut counts: Vec<(&str, u64)> = counts.filter(|(_, n)| *n > 0).collect();
    crate::domain::sort::sort_by(&mut counts, |a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    counts.into_iter().take(MOST_NAMES).map(|(name, n)| (name.to_owned(), n)).collect()
}
