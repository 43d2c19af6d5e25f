//! The till and the notebook: visits become orders with lines, some come back as refunds, people talk to the shop.

use std::collections::BTreeMap;

use super::calendar::{hours, moment};
use super::habits::{self, Basket, Bought, Habit, Period, Visit, open_day};
use super::random::Random;
use super::shop::Shop;
use super::{DemoInteraction, Plan};
use crate::domain::{CivilTime, Day, OrderKind, line_total_minor};
use crate::files::orders::{ParseReport, ParsedCustomer, ParsedLine, ParsedOrder, ParsedOrders, ParsedProduct};

/// Both demo currencies have two decimals.
pub(super) const E4_PER_MINOR: i64 = 100;

/// Orders of people who gave no name.
const WALK_INS: usize = 360;

/// One order before it has its number.
struct Sale {
    customer: Option<u32>,
    at: CivilTime,
    kind: OrderKind,
    channel: &'static str,
    note: &'static str,
    lines: Vec<Bought>,
}

pub(super) fn orders(
    random: &mut Random,
    shop: &'static Shop,
    period: Period,
    plans: &[Plan],
    customers: Vec<ParsedCustomer>,
) -> ParsedOrders {
    let mut sales = Vec::new();
    for (at, plan) in plans.iter().enumerate() {
        for &visit in &plan.visits {
            let lines = habits::fill(random, shop, period, plan.habit, &plan.favourites, visit);
            let purchase = sale(random, shop, period, u32::try_from(at).ok(), plan.habit, visit, lines);
            let returned = refund(random, shop, period, &purchase);
            sales.push(purchase);
            sales.extend(returned);
        }
    }
    for _ in 0..WALK_INS {
        if let Some(day) = habits::any_day(random, period, 20) {
            let visit = Visit { day, basket: Basket::Small };
            let lines = habits::fill(random, shop, period, Habit::Stranger, &[], visit);
            sales.push(sale(random, shop, period, None, Habit::Stranger, visit, lines));
        }
    }
    sales.retain(|s| !s.lines.is_empty());
    crate::domain::sort::sort_by_key(&mut sales, |s| (s.at, s.customer, s.kind.name()));
    book(shop, sales, customers)
}

fn sale(
    random: &mut Random,
    shop: &'static Shop,
    period: Period,
    customer: Option<u32>,
    habit: Habit,
    visit: Visit,
    lines: Vec<Bought>,
) -> Sale {
    let [in_shop, online, phone] = shop.channels;
    let (online_percent, phone_percent) = match habit {
        _ if customer.is_none() => (0, 0),
        Habit::Butterfly => (20, 50),
        Habit::Stranger => (15, 0),
        Habit::Barnacle => (10, 0),
        _ => (30, 4),
    };
    let channel = match random.below(100) {
        n if n < online_percent => online,
        n if n < online_percent + phone_percent => phone,
        _ => in_shop,
    };
    let hour = if channel == online {
        random.between(8, 22)
    } else {
        random.weighted(hours(period.language), |h| h.1).map_or(12, |h| h.0)
    };
    let at = moment(visit.day, hour, random.between(0, 59));
    Sale { customer, at, kind: OrderKind::Purchase, channel, note: "", lines }
}

/// Now and then one line comes back within two weeks.
fn refund(random: &mut Random, shop: &'static Shop, period: Period, of: &Sale) -> Option<Sale> {
    if !random.chance(2) {
        return None;
    }
    let bought = random.pick(&of.lines)?;
    let day = of.at.day();
    let back = open_day(random, period.language, Day(day.0 + 1), Day((day.0 + 14).min(period.last.0)))?;
    let hour = random.weighted(hours(period.language), |h| h.1).map_or(12, |h| h.0);
    let quantity_milli = -bought.quantity_milli.min(1_000);
    Some(Sale {
        customer: of.customer,
        at: moment(back, hour, random.between(0, 59)),
        kind: OrderKind::Refund,
        channel: of.channel,
        note: random.pick(shop.refund_notes).copied().unwrap_or_default(),
        lines: vec![Bought { goods: bought.goods, quantity_milli, price: bought.price }],
    })
}

/// Numbers the sales day by day and lays them out in columns, with the counts an import would report.
fn book(shop: &Shop, sales: Vec<Sale>, customers: Vec<ParsedCustomer>) -> ParsedOrders {
    let mut parsed = ParsedOrders { customers, products: products(shop), ..ParsedOrders::default() };
    let mut report = ParseReport::default();
    let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
    let mut total = 0;
    for sale in sales {
        let (year, month, day) = sale.at.day().ymd();
        let letter = if sale.kind == OrderKind::Refund { "R" } else { "" };
        let stem = format!("{letter}{:02}{month:02}{day:02}", year.rem_euclid(100));
        let number = numbers.entry(stem.clone()).and_modify(|n| *n += 1).or_insert(1);
        let first_line = parsed.lines.len();
        for line in &sale.lines {
            let unit_price_e4 = line.price * E4_PER_MINOR;
            let total_minor = line_total_minor(line.quantity_milli, unit_price_e4, shop.currency).unwrap_or(0);
            total += total_minor;
            if sale.customer.is_none() {
                report.anonymous_lines += 1;
                report.anonymous_minor += total_minor;
            }
            let product = u32::try_from(line.goods).ok();
            parsed.lines.push(ParsedLine { product, quantity_milli: line.quantity_milli, unit_price_e4, total_minor });
        }
        report.anonymous_orders += u64::from(sale.customer.is_none());
        match sale.kind {
            OrderKind::Purchase => report.purchases += 1,
            OrderKind::Refund => report.refunds += 1,
            OrderKind::Adjustment => report.adjustments += 1,
        }
        report.first = report.first.or(Some(sale.at));
        report.last = Some(sale.at);
        parsed.orders.push(ParsedOrder {
            key: format!("{stem}-{number:02}"),
            customer: sale.customer,
            at: sale.at,
            kind: sale.kind,
            channel: sale.channel.to_owned(),
            currency: shop.currency,
            note: sale.note.to_owned(),
            fields: Vec::new(),
            first_line: u32::try_from(first_line).unwrap_or(u32::MAX),
            line_count: u32::try_from(sale.lines.len()).unwrap_or(0),
        });
    }
    let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    report.rows = count(parsed.lines.len());
    report.rows_taken = report.rows;
    report.orders = count(parsed.orders.len());
    report.customers = count(parsed.customers.len());
    report.products = count(parsed.products.len());
    report.total_minor = vec![(shop.currency.code().to_owned(), total)];
    parsed.report = report;
    parsed
}

fn products(shop: &Shop) -> Vec<ParsedProduct> {
    let product = |g: &super::shop::Goods| ParsedProduct {
        key: g.key.to_owned(),
        name: g.name.to_owned(),
        category: g.category.to_owned(),
        cost_e4: Some(g.cost * E4_PER_MINOR),
    };
    shop.goods.iter().map(product).collect()
}

/// What people said, around their visits; after the last visit for those who stay away.
pub(super) fn interactions(
    random: &mut Random,
    shop: &'static Shop,
    period: Period,
    plans: &[Plan],
) -> Vec<DemoInteraction> {
    let mut talks = Vec::new();
    for (at, plan) in plans.iter().enumerate() {
        let (percent, most) = match plan.habit {
            Habit::Friend | Habit::Drifting => (85, 4),
            Habit::Stranger => (6, 1),
            Habit::Barnacle | Habit::Newcomer | Habit::Prospect => (60, 2),
            _ => (45, 2),
        };
        if !random.chance(percent) {
            continue;
        }
        let voice = plan.habit.voice(shop);
        let mut said: Vec<usize> = (0..voice.talks.len()).collect();
        random.shuffle(&mut said);
        for &which in said.iter().take(random.between(1, most).unsigned_abs() as usize) {
            let Some(&(channel, inbound, mood, note)) = voice.talks.get(which) else { continue };
            let from = match plan.habit {
                Habit::Drifting | Habit::Sleeper(_) => plan.visits.last().map_or(plan.joined, |v| v.day),
                _ => random.pick(&plan.visits).map_or(plan.joined, |v| v.day),
            };
            let (from, to) = (Day(from.0 + 1), Day((from.0 + 20).min(period.last.0)));
            let Some(day) = open_day(random, period.language, from, to) else { continue };
            let hour = random.weighted(hours(period.language), |h| h.1).map_or(12, |h| h.0);
            talks.push(DemoInteraction {
                key: String::new(),
                customer: u32::try_from(at).unwrap_or(u32::MAX),
                at: moment(day, hour, random.between(0, 59)),
                channel,
                inbound,
                note: note.to_owned(),
                mood: (mood > 0).then_some(mood),
                staff: random.pick(shop.staff).copied().unwrap_or_default().to_owned(),
            });
        }
    }
    talks
}

/// Contacts in the order of time, each with its number.
pub(super) fn number(talks: &mut [DemoInteraction]) {
    crate::domain::sort::sort_by_key(talks, |t| (t.at, t.customer));
    for (number, talk) in talks.iter_mut().enumerate() {
        talk.key = format!("I{:04}", number + 1);
    }
}
