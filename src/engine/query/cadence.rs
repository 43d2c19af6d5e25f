//! Cadence breaks (SPEC V6): a customer's usual interval in each category of product against the time since, with the
//! purchases that say so. The limits are those of the dormancy ladder, on the days of one category.

use std::cell::Cell;

use rustc_hash::FxHashMap;

use crate::analytics::{Dormancy, DormancyVerdict, dormancy, median_interval_days};
use crate::domain::text::folded;
use crate::domain::{Day, Id, Kind, Settings, customer, product};
use crate::engine::api::{CadenceBreak, CadenceView};
use crate::engine::column::NONE;
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
    /// Per product row the category, [`NONE`] without one; names that are the same without case and width are one habit.
    categories: Vec<u32>,
    names: &'a [String],
    /// By category, without case and width.
    hints: FxHashMap<String, &'a str>,
    /// Used again from one customer to the next.
    room: Cell<Room>,
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
        let mut same = vec![NONE; names.len()];
        for (_, name, code) in by_name {
            if let Some(slot) = same.get_mut(code as usize).filter(|_| !name.is_empty()) {
                *slot = *firsts.entry(folded(name)).or_insert(code);
            }
        }
        let categories = codes.iter().map(|&code| same.get(code as usize).copied().unwrap_or(NONE)).collect();
        let hints = settings.cadence.hints.iter().map(|h| (folded(&h.category), h.text.as_str()));
        Self { data, settings, categories, names, hints: hints.collect(), room: Cell::default() }
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
            let lines = orders.lines_of(entry.order);
            for ((&product, &quantity), &total) in lines.products.iter().zip(lines.quantities).zip(lines.totals) {
                let category = self.categories.get(product as usize).copied().filter(|&code| code != NONE);
                if let Some(category) = category.filter(|_| quantity > 0) {
                    // Money counts in the book's currency only.
                    let minor = if entry.foreign { 0 } else { total.max(0) };
                    out.push(Bought { category, day: entry.day, minor });
                }
            }
        }
        out.sort_unstable();
    }

    /// A customer's rhythm in one category, whose purchases `bought` holds by day; `None` below two days.
    fn rhythm(&self, bought: &[Bought], as_of: i32, scratch: &mut Vec<i32>) -> Option<Rhythm> {
        let last = bought.last()?.day;
        let usual_days = median_interval_days(bought.iter().map(|b| b.day), scratch)?;
        let days = bought.chunk_by(|a, b| a.day == b.day).count();
        let (since_days, purchase_days) = (i64::from(as_of) - i64::from(last), u32::try_from(days).unwrap_or(u32::MAX));
        let verdict = dormancy(since_days, purchase_days, Some(usual_days), &self.settings.dormancy);
        Some(Rhythm { usual_days, since_days, purchase_days, verdict })
    }

    /// What is known of one category.
    fn cadence(&self, row: u32, bought: &[Bought], rhythm: &Rhythm) -> CadenceBreak {
        let Rhythm { usual_days, since_days, purchase_days, verdict } = *rhythm;
        let sum = bought.iter().fold(0i64, |sum, b| sum.saturating_add(b.minor));
        let yearly = sum as f64 / f64::from(purchase_days.max(1)) * YEAR_DAYS / usual_days.max(1.0);
        let category = bought.last().map_or("", |b| self.name(b.category));
        let customers = self.data.customers();
        let consents = customers.bools(customer::CONSENT_INFERENCE).get(row as usize) == Some(&YES);
        let hint = if consents { self.hints.get(&folded(category)) } else { None };
        CadenceBreak {
            id: customers.id(row).unwrap_or(Id(0)),
            name: self.data.customer_name(row).to_owned(),
            category: category.to_owned(),
            usual_days,
            since_days,
            last: bought
                .chunk_by(|a, b| a.day == b.day)
                .rev()
                .take(EVIDENCE)
                .filter_map(|d| Some(Day(d.first()?.day)))
                .collect(),
            // A cast from a float saturates and takes NaN to 0.
            stake_minor: yearly.round() as i64,
            broken: rhythm.is_broken(),
            gone: rhythm.is_gone(),
            thin: verdict.thin,
            hint: hint.map(|text| (*text).to_owned()),
        }
    }

    /// Tells `found` of the categories in which a customer broke with their habit: later than the first step of the ladder, and not so
    /// late that they sleep anyway, unless they are awake elsewhere.
    fn each_broken(
        &self,
        (ledger, as_of): (&Ledger, Day),
        (row, facts, marks): (u32, &Facts, &Marks),
        mut found: impl FnMut(&[Bought], &Rhythm),
    ) {
        // Who bought on fewer days has no rhythm of their own in any category.
        if facts.purchase_days < self.settings.dormancy.min_purchases.max(2) {
            return;
        }
        let mut room = self.room.take();
        self.bought(ledger, row, as_of.0, &mut room.bought);
        for bought in room.bought.chunk_by(|a, b| a.category == b.category) {
            let rhythm = self.rhythm(bought, as_of.0, &mut room.days);
            let broken = |r: &Rhythm| r.is_broken() && (!r.is_gone() || marks.dormancy == Dormancy::Awake);
            if let Some(rhythm) = rhythm.filter(broken) {
                found(bought, &rhythm);
            }
        }
        self.room.set(room);
    }

    /// In how many categories a customer broke with their habit.
    pub fn broken(&self, ledger: &Ledger, as_of: Day, buyer: (u32, &Facts, &Marks)) -> i64 {
        let mut n = 0;
        self.each_broken((ledger, as_of), buyer, |_, _| n += 1);
        n
    }

    fn all(&self, ledger: &Ledger, row: u32, as_of: i32) -> Vec<CadenceBreak> {
        let mut room = Room::default();
        self.bought(ledger, row, as_of, &mut room.bought);
        let groups = room.bought.chunk_by(|a, b| a.category == b.category);
        let known = groups.filter_map(|bought| Some((bought, self.rhythm(bought, as_of, &mut room.days)?)));
        known.map(|(bought, rhythm)| self.cadence(row, bought, &rhythm)).collect()
    }
}

/// A customer's rhythm in one category.
#[derive(Clone, Copy)]
struct Rhythm {
    usual_days: f64,
    since_days: i64,
    purchase_days: u32,
    verdict: DormancyVerdict,
}

impl Rhythm {
    fn is_broken(&self) -> bool {
        !self.verdict.thin && self.verdict.step > Dormancy::Awake
    }

    fn is_gone(&self) -> bool {
        self.verdict.step == Dormancy::Asleep
    }
}

#[derive(Default)]
struct Room {
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
    let mut rows = Vec::new();
    if reader.names.iter().any(|name| !name.is_empty()) {
        for buyer in snapshot.buyers() {
            let row = buyer.0;
            let mut keep = |bought: &[Bought], rhythm: &Rhythm| rows.push(reader.cadence(row, bought, rhythm));
            reader.each_broken((ledger, snapshot.as_of()), buyer, &mut keep);
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
    let mut rows = row.map_or_else(Vec::new, |row| reader.all(ledger, row, snapshot.as_of().0));
    sort(&mut rows);
    rows
}
