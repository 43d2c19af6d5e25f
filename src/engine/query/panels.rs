//! What the data tell of a customer in seven respects (SPEC R8).

use rustc_hash::FxHashMap;

use super::customer::product_name;
use crate::domain::{Day, Field, Id, Kind, OrderKind, customer, interaction, order, quote};
use crate::engine::api::Panels;
use crate::engine::column::NONE;
use crate::engine::dataset::Dataset;
use crate::engine::metrics::{MetricsCache, Parts};
use crate::engine::table::YES;

const YEAR_DAYS: i32 = 365;
const CONTACT_DAYS: i32 = 90;
/// Products named.
const TOP: usize = 3;
const CONSENTS: [Field; 5] = [
    customer::CONSENT_PHONE,
    customer::CONSENT_SMS,
    customer::CONSENT_WECHAT,
    customer::CONSENT_EMAIL,
    customer::CONSENT_VISIT,
];
const FACTORS: [Field; 4] = [customer::CULTURAL, customer::SOCIAL, customer::PERSONAL, customer::PSYCHOLOGICAL];

/// `None` for a customer who is not there or in the trash.
pub fn panels(data: &Dataset, cache: &mut MetricsCache, id: Id, as_of: Day, today: Day) -> Option<Panels> {
    let table = data.customers();
    let row = table.row(data.standing_id(id)).filter(|&row| table.is_live(row))?;
    let mut found = Panels::default();
    profiling(data, row, &mut found);
    buying(data, row, as_of, &mut found);
    let Parts { snapshot, .. } = cache.parts(data, as_of);
    let brought = (0..).zip(table.refs(customer::REFERRER)).filter(|(_, by)| **by == row).map(|(other, _)| other);
    for other in brought.filter(|&other| table.is_live(other)) {
        found.brought += 1;
        let revenue = snapshot.facts(other).map_or(0, |facts| facts.revenue_minor);
        found.brought_minor = found.brought_minor.saturating_add(revenue);
    }
    let quotes = data.table(Kind::Quote);
    let open = (0..).zip(quotes.refs(quote::CUSTOMER)).filter(|(_, of)| **of == row).map(|(at, _)| at);
    let is_open = |at: u32| quotes.is_live(at) && super::quotes::is_open(quotes, at, today);
    found.open_quotes = count(open.filter(|&at| is_open(at)));
    let talks = data.interactions();
    let recent = |at: u32| {
        let day = talks.int(at, interaction::AT).map(|ms| crate::domain::CivilTime(ms).day().0);
        day.is_some_and(|day| day <= as_of.0 && day > as_of.0 - CONTACT_DAYS)
    };
    let theirs = (0..).zip(talks.refs(interaction::CUSTOMER)).filter(|(_, of)| **of == row).map(|(at, _)| at);
    found.contacts_90_days = count(theirs.filter(|&at| talks.is_live(at) && recent(at)));
    Some(found)
}

fn count(all: impl Iterator<Item = u32>) -> u32 {
    u32::try_from(all.count()).unwrap_or(u32::MAX)
}

fn profiling(data: &Dataset, row: u32, found: &mut Panels) {
    let table = data.customers();
    for field in Kind::Customer.form().map(|form| form.fields).unwrap_or_default() {
        if CONSENTS.contains(&field.field) || field.field == customer::CONSENT_INFERENCE {
            continue;
        }
        found.askable += 1;
        if table.is_null(row, field.field) {
            found.missing.push(field.name(Kind::Customer).to_owned());
        } else {
            found.known += 1;
        }
    }
    found.factors = count(FACTORS.iter().filter(|field| !table.is_null(row, **field)).map(|_| 0));
    found.consents = count(CONSENTS.iter().filter(|f| table.bools(**f).get(row as usize) == Some(&YES)).map(|_| 0));
    found.stage = table.text(row, customer::STAGE).to_owned();
}

fn buying(data: &Dataset, row: u32, as_of: Day, found: &mut Panels) {
    let orders = data.orders();
    let book = data.settings().currency;
    let (mut days, mut products, mut channels) = (Vec::new(), FxHashMap::default(), FxHashMap::default());
    let theirs = (0..).zip(orders.customer()).filter(|(_, of)| **of == row).map(|(at, _)| at);
    for at in theirs.filter(|&at| orders.is_live(at) && orders.currency(at).is_none_or(|c| c == book)) {
        let Some(day) = orders.day(at).filter(|day| day.0 <= as_of.0) else { continue };
        let (kind, lines) = (orders.kind_of(at), orders.lines_of(at));
        if kind == OrderKind::Adjustment {
            continue;
        }
        for (&product, &total) in lines.products.iter().zip(lines.totals).filter(|(product, _)| **product != NONE) {
            let sum: &mut i64 = products.entry(product).or_default();
            *sum = sum.saturating_add(total);
        }
        let (age, total, bought) = (as_of.0 - day.0, lines.total_minor(), kind == OrderKind::Purchase);
        if age < YEAR_DAYS {
            found.year_minor = found.year_minor.saturating_add(total);
            found.year_purchases += u32::from(bought);
        } else if age < 2 * YEAR_DAYS {
            found.before_minor = found.before_minor.saturating_add(total);
            found.before_purchases += u32::from(bought);
        }
        if bought {
            found.purchases += 1;
            found.discounted += u32::from(orders.int(at, order::DISCOUNT_MINOR).is_some_and(|n| n > 0));
            days.push(day);
            let channel = orders.text(at, order::CHANNEL);
            if !channel.is_empty() {
                *channels.entry(channel.to_owned()).or_insert(0u32) += 1;
            }
        }
    }
    days.sort_unstable();
    days.dedup();
    found.first = days.first().copied();
    found.days = found.first.map_or(0, |first| i64::from(as_of.0) - i64::from(first.0));
    found.purchase_days = u32::try_from(days.len()).unwrap_or(u32::MAX);
    let mut bought: Vec<(u32, i64)> = products.into_iter().filter(|(_, sum)| *sum > 0).collect();
    bought.sort_unstable_by_key(|&(product, sum)| (std::cmp::Reverse(sum), product));
    found.products = u32::try_from(bought.len()).unwrap_or(u32::MAX);
    found.top_products =
        bought.into_iter().take(TOP).map(|(product, sum)| (product_name(data, product).to_owned(), sum)).collect();
    let mut channels: Vec<(String, u32)> = channels.into_iter().collect();
    channels.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    found.channel = channels.into_iter().next();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Line, Value};
    use crate::engine::testing::data_of;

    const DAY: i64 = 86_400_000;

    #[test]
    fn seven_panels_by_hand() {
        let (ann, ben, tea) = (Id(1), Id(2), Id(3));
        let mut rows: Vec<(Kind, Id, &str, Value)> = vec![
            (Kind::Customer, ann, "name", "Ann".into()),
            (Kind::Customer, ann, "social", "two children".into()),
            (Kind::Customer, ann, "consent_phone", true.into()),
            (Kind::Customer, ann, "consent_sms", false.into()),
            (Kind::Customer, ben, "referrer", ann.into()),
            (Kind::Product, tea, "name", "Tea".into()),
            (Kind::Quote, Id(20), "customer", ann.into()),
            (Kind::Interaction, Id(21), "customer", ann.into()),
            (Kind::Interaction, Id(21), "at", (1_000 * DAY).into()),
        ];
        // Day, minor units, of whom, discount.
        let orders =
            [(100, 500, ann, 0), (700, 1_000, ann, 100), (990, 2_000, ann, 0), (990, -300, ann, 0), (995, 700, ben, 0)];
        for (n, (day, total, of, discount)) in (10..).zip(orders) {
            let line = Line { product: Some(tea), quantity_milli: 1_000, unit_price_e4: 0, total_minor: total };
            let kind = if total < 0 { "refund" } else { "purchase" };
            rows.extend([
                (Kind::Order, Id(n), "customer", Value::Ref(of)),
                (Kind::Order, Id(n), "at", (day * DAY).into()),
                (Kind::Order, Id(n), "kind", kind.into()),
                (Kind::Order, Id(n), "channel", "shop".into()),
                (Kind::Order, Id(n), "discount_minor", i64::from(discount).into()),
                (Kind::Order, Id(n), "lines", vec![line].into()),
            ]);
        }
        let data = data_of(rows);
        let p = panels(&data, &mut MetricsCache::new(), ann, Day(1_000), Day(1_000)).unwrap();
        assert_eq!((p.factors, p.consents, p.known), (1, 1, 2));
        assert_eq!(p.askable, p.known + u32::try_from(p.missing.len()).unwrap());
        assert!(p.missing.contains(&"phone".to_owned()) && !p.missing.contains(&"name".to_owned()));
        assert_eq!((p.first, p.purchases, p.purchase_days), (Some(Day(100)), 3, 3));
        assert_eq!((p.year_minor, p.year_purchases, p.before_minor, p.before_purchases), (2_700, 2, 0, 0));
        assert_eq!((p.brought, p.brought_minor, p.open_quotes), (1, 700, 1));
        assert_eq!((p.products, p.top_products), (1, vec![("Tea".to_owned(), 3_200)]));
        assert_eq!((p.discounted, p.channel, p.contacts_90_days), (1, Some(("shop".to_owned(), 3)), 1));
        assert_eq!(panels(&data, &mut MetricsCache::new(), tea, Day(1_000), Day(1_000)), None);
    }
}
