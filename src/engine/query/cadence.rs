//! Cadence breaks (SPEC V6): a customer's usual interval in each category of product against the time since, with the
//! purchases that say so. The limits are those of the dormancy ladder, on the days of one category.

use rustc_hash::FxHashMap;

use crate::analytics::{Dormancy, dormancy, median_interval_days};
use crate::domain::text::folded;
use crate::domain::{Day, Id, Kind, Settings, customer, product};
use crate::engine::api::{CadenceBreak, CadenceView};
use crate::engine::dataset::Dataset;
use crate::engine::metrics::{Facts, Ledger, Marks, Snapshot};
use crate::engine::table::YES;

/// Purchases shown as evidence.
const EVIDENCE: usize = 4;
/// Days of a year, for yearly figures (mean Gregorian year).
const YEAR_DAYS: f64 = 365.2425;

/// What one customer bought of one category on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Bought {
    category: u32,
    day: i32,
    minor: i64,
}

/// Reads the categories of order lines.
pub(super) struct Reader<'a> {
    data: &'a Dataset,
    settings: &'a Settings,
    /// Code of the category per product row.
    categories: &'a [u32],
    names: &'a [String],
    /// Per code, the one whose name stands for all that are the same without case and width: one habit, however it is written.
    same: Vec<u32>,
    /// By category, without case and width.
    hints: FxHashMap<String, &'a str>,
}

impl<'a> Reader<'a> {
    pub fn new(data: &'a Dataset, settings: &'a Settings) -> Self {
        let symbols = data.products().symbols(product::CATEGORY);
        let names = symbols.map_or(&[][..], |s| s.names());
        let codes = symbols.map_or(&[][..], |s| s.codes());
        // Named as most of the goods are now: names that were once in use stay in the dictionary.
        let mut used = vec![0u32; names.len()];
        for row in data.table(Kind::Product).live() {
            if let Some(used) = codes.get(row as usize).and_then(|&code| used.get_mut(code as usize)) {
                *used = used.saturating_add(1);
            }
        }
        let mut by_name: Vec<(std::cmp::Reverse<u32>, &String, u32)> = (0..)
            .zip(names.iter().zip(&used))
            .map(|(code, (name, used))| (std::cmp::Reverse(*used), name, code))
            .collect();
        by_name.sort_unstable();
        let mut firsts = FxHashMap::default();
        let mut same = vec![0; names.len()];
        for (_, name, code) in by_name {
            if let Some(slot) = same.get_mut(code as usize) {
                *slot = *firsts.entry(folded(name)).or_insert(code);
            }
        }
        let hints = settings.cadence.hints.iter().map(|h| (folded(&h.category), h.text.as_str()));
        Self { data, settings, categories: codes, names, same, hints: hints.collect() }
    }

    fn name(&self, category: u32) -> &'a str {
        self.names.get(category as usize).map_or("", String::as_str)
    }

    /// One customer's purchases by category and day up to the as-of day. Lines that give back and products without a category are no
    /// purchase of any.
    fn bought(&self, ledger: &Ledger, row: u32, as_of: i32, out: &mut Vec<Bought>) {
        out.clear();
        let orders = self.data.orders();
        for entry in ledger.entries(row).iter().take_while(|e| e.day <= as_of).filter(|e| !e.refund) {
            // Money counts in the book's currency only.
            let counts = orders.currency(entry.order).is_none_or(|c| c == self.settings.currency);
            let lines = orders.lines_of(entry.order);
            for ((&product, &quantity), &total) in lines.products.iter().zip(lines.quantities).zip(lines.totals) {
                let code = self.categories.get(product as usize).and_then(|&code| self.same.get(code as usize));
                let category = code.copied().filter(|&code| !self.name(code).is_empty());
                if let Some(category) = category.filter(|_| quantity > 0) {
                    let minor = if counts { total.max(0) } else { 0 };
                    out.push(Bought { category, day: entry.day, minor });
                }
            }
        }
        out.sort_unstable();
    }

    /// What is known of one category, whose purchases `bought` holds by day.
    fn cadence(&self, row: u32, bought: &[Bought], as_of: i32, scratch: &mut Vec<i32>) -> Option<CadenceBreak> {
        let last = bought.last()?;
        let median = median_interval_days(bought.iter().map(|b| b.day), scratch)?;
        let mut days: Vec<i32> = bought.iter().map(|b| b.day).collect();
        days.dedup();
        let since_days = i64::from(as_of) - i64::from(last.day);
        let purchase_days = u32::try_from(days.len()).unwrap_or(u32::MAX);
        let verdict = dormancy(since_days, purchase_days, Some(median), &self.settings.dormancy);
        let sum = bought.iter().fold(0i64, |sum, b| sum.saturating_add(b.minor));
        let yearly = sum as f64 / f64::from(purchase_days.max(1)) * YEAR_DAYS / median.max(1.0);
        let category = self.name(last.category);
        let customers = self.data.customers();
        let consents = customers.bools(customer::CONSENT_INFERENCE).get(row as usize) == Some(&YES);
        let hint = if consents { self.hints.get(&folded(category)) } else { None };
        Some(CadenceBreak {
            id: customers.id(row).unwrap_or(Id(0)),
            name: self.data.customer_name(row).to_owned(),
            category: category.to_owned(),
            usual_days: median,
            since_days,
            last: days.iter().rev().take(EVIDENCE).map(|&day| Day(day)).collect(),
            // A cast from a float saturates and takes NaN to 0.
            stake_minor: yearly.round() as i64,
            broken: !verdict.thin && verdict.step > Dormancy::Awake,
            gone: verdict.step == Dormancy::Asleep,
            thin: verdict.thin,
            hint: hint.map(|text| (*text).to_owned()),
        })
    }

    /// The categories in which a customer broke with their habit: later than the first step of the ladder, and not so late that they
    /// sleep anyway, unless they are awake elsewhere.
    pub fn broken(
        &self,
        ledger: &Ledger,
        as_of: Day,
        (row, facts, marks): (u32, &Facts, &Marks),
        room: &mut Room,
    ) -> Vec<CadenceBreak> {
        // A habit takes several purchases: most customers have too few.
        let mut all = if facts.purchase_days < 2 { Vec::new() } else { self.all(ledger, row, as_of.0, room) };
        all.retain(|b| b.broken && (!b.gone || marks.dormancy == Dormancy::Awake));
        all
    }

    fn all(&self, ledger: &Ledger, row: u32, as_of: i32, room: &mut Room) -> Vec<CadenceBreak> {
        self.bought(ledger, row, as_of, &mut room.bought);
        let groups = room.bought.chunk_by(|a, b| a.category == b.category);
        groups.filter_map(|group| self.cadence(row, group, as_of, &mut room.days)).collect()
    }
}

#[derive(Default)]
pub(super) struct Room {
    bought: Vec<Bought>,
    days: Vec<i32>,
}

/// By the money at stake; ties by customer and category.
fn sort(rows: &mut [CadenceBreak]) {
    rows.sort_by(|a, b| {
        b.stake_minor.cmp(&a.stake_minor).then_with(|| a.id.cmp(&b.id)).then_with(|| a.category.cmp(&b.category))
    });
}

/// Every category in which a customer broke with their habit, those with most at stake first.
pub fn breaks(data: &Dataset, ledger: &Ledger, snapshot: &Snapshot, limit: u32) -> CadenceView {
    let reader = Reader::new(data, snapshot.settings());
    let mut room = Room::default();
    let mut rows = Vec::new();
    if reader.names.iter().any(|name| !name.is_empty()) {
        for buyer in snapshot.buyers() {
            rows.extend(reader.broken(ledger, snapshot.as_of(), buyer, &mut room));
        }
    }
    sort(&mut rows);
    let total = rows.len() as u64;
    let stake_minor = rows.iter().fold(0i64, |sum, row| sum.saturating_add(row.stake_minor));
    let mut people: Vec<Id> = rows.iter().map(|row| row.id).collect();
    people.sort_unstable();
    people.dedup();
    rows.truncate(limit as usize);
    let categories = has_categories(data);
    CadenceView { total, customers: people.len() as u64, stake_minor, categories, rows }
}

fn has_categories(data: &Dataset) -> bool {
    let products = data.table(Kind::Product);
    products.live().any(|row| !products.text(row, product::CATEGORY).is_empty())
}

/// One customer's habits in all categories, broken or not.
pub fn habits(data: &Dataset, ledger: &Ledger, snapshot: &Snapshot, id: Id) -> Vec<CadenceBreak> {
    let reader = Reader::new(data, snapshot.settings());
    let row = data.customers().row(data.standing_id(id)).filter(|&row| snapshot.buyer(row).is_some());
    let mut rows = row.map_or_else(Vec::new, |row| reader.all(ledger, row, snapshot.as_of().0, &mut Room::default()));
    sort(&mut rows);
    rows
}
