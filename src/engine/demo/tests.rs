use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::domain::{OrderKind, line_total_minor};

fn today() -> Day {
    Day::parse_iso("2026-11-21").unwrap()
}

/// Days on which the demo must hold: ordinary, leap, in the middle of festivals, long after the festival table ends.
const DAYS: [&str; 6] = ["2026-11-21", "2028-02-29", "2026-02-17", "2025-12-26", "2027-01-01", "2071-06-30"];

fn each(check: impl Fn(&DemoData, Day, &str)) {
    for language in [Language::Zh, Language::En] {
        for (seed, text) in (0u64..).zip(DAYS) {
            let day = Day::parse_iso(text).unwrap();
            check(&demo_orders(language, day, seed), day, &format!("{language:?} {text} seed {seed}"));
        }
    }
}

#[test]
fn has_the_size_of_a_small_shop() {
    each(|demo, _, what| {
        let n = |len: usize, low, high| assert!((low..=high).contains(&len), "{what}: {len} not in {low}–{high}");
        n(demo.orders.customers.len(), 320, 320);
        n(demo.orders.products.len(), 44, 48);
        n(demo.orders.orders.len(), 2_500, 3_600);
        n(demo.orders.lines.len(), 5_500, 8_500);
        n(demo.interactions.len(), 230, 500);
        n(demo.needs.len(), 80, 240);
        n(demo.cases.len(), 20, 70);
        n(demo.responses.len(), 250, 700);
        n(demo.orders.orders.iter().filter(|o| o.customer.is_none()).count(), 330, 370);
        n(demo.orders.orders.iter().filter(|o| o.kind == OrderKind::Refund).count(), 25, 110);
        let referred = demo.profiles.iter().filter(|p| p.referrer.is_some()).count();
        n(referred, 25, 90);
        assert_eq!(demo.profiles.len(), demo.orders.customers.len(), "{what}");
        assert_eq!(demo.prices_e4.len(), demo.orders.products.len(), "{what}");
    });
}

#[test]
fn is_the_same_for_the_same_seed_only() {
    let once = demo_orders(Language::Zh, today(), 1);
    assert_eq!(once, demo_orders(Language::Zh, today(), 1));
    assert_ne!(once, demo_orders(Language::Zh, today(), 2));
}

#[test]
fn nothing_is_in_the_future_or_before_the_two_years() {
    each(|demo, today, what| {
        let moments = demo.orders.orders.iter().map(|o| o.at).chain(demo.interactions.iter().map(|i| i.at));
        let moments = moments.chain(demo.responses.iter().map(|r| r.at));
        let moments = moments.chain(demo.needs.iter().map(|n| n.at)).chain(demo.cases.iter().map(|c| c.at));
        let moments = moments.chain(demo.cases.iter().filter_map(|c| c.closed));
        for at in moments {
            assert!(at < today.start() && at >= Day(today.0 - SPAN_DAYS - 4).start(), "{what}: {}", at.naive());
        }
        assert_eq!(demo.orders.report.last.map(|at| today.0 - at.day().0 <= 3), Some(true), "{what}");
    });
}

#[test]
fn keys_names_and_numbers_are_unique() {
    each(|demo, _, what| {
        let unique = |name: &str, keys: Vec<&str>| {
            let keys: Vec<_> = keys.into_iter().filter(|k| !k.is_empty()).collect();
            assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len(), "{what}: {name}");
        };
        unique("customers", demo.orders.customers.iter().map(|c| c.key.as_str()).collect());
        unique("names", demo.orders.customers.iter().map(|c| c.name.as_str()).collect());
        unique("phones", demo.orders.customers.iter().map(|c| c.phone.as_str()).collect());
        unique("emails", demo.orders.customers.iter().map(|c| c.email.as_str()).collect());
        unique("companies", demo.orders.customers.iter().map(|c| c.company.as_str()).collect());
        unique("products", demo.orders.products.iter().map(|p| p.key.as_str()).collect());
        unique("orders", demo.orders.orders.iter().map(|o| o.key.as_str()).collect());
        unique("needs", demo.needs.iter().map(|n| n.key.as_str()).collect());
        unique("cases", demo.cases.iter().map(|c| c.key.as_str()).collect());
        unique("interactions", demo.interactions.iter().map(|i| i.key.as_str()).collect());
    });
}

#[test]
fn orders_lines_and_report_agree() {
    each(|demo, _, what| {
        let (orders, report) = (&demo.orders, &demo.orders.report);
        let mut next = 0;
        for order in &orders.orders {
            assert_eq!(order.first_line, next, "{what}: {}", order.key);
            assert!(order.line_count > 0, "{what}: {}", order.key);
            next += order.line_count;
            assert_eq!(order.currency, demo.currency);
            assert!(order.customer.is_none_or(|c| (c as usize) < orders.customers.len()));
            for line in &orders.lines[order.first_line as usize..next as usize] {
                assert_eq!(line.total_minor < 0, order.kind == OrderKind::Refund, "{what}: {}", order.key);
                assert_eq!(
                    Some(line.total_minor),
                    line_total_minor(line.quantity_milli, line.unit_price_e4, demo.currency)
                );
                assert!((line.product.unwrap() as usize) < orders.products.len());
            }
        }
        assert_eq!(next as usize, orders.lines.len());
        assert_eq!(report.total_minor[0].1, orders.lines.iter().map(|l| l.total_minor).sum::<i64>());
        assert_eq!(report.orders, report.purchases + report.refunds);
    });
}

#[test]
fn nobody_can_be_reached() {
    each(|demo, _, what| {
        for c in &demo.orders.customers {
            let fiction = c.phone.is_empty() || c.phone.contains(") 555-01") || c.phone.starts_with("1540");
            assert!(fiction, "{what}: {}", c.phone);
            assert!(c.email.is_empty() || c.email.ends_with("@example.com"), "{what}: {}", c.email);
        }
    });
}

#[test]
fn referrers_came_first_and_birthdays_exist() {
    each(|demo, today, what| {
        let mut soon = 0;
        for (at, profile) in demo.profiles.iter().enumerate() {
            assert!(profile.referrer.is_none_or(|r| (r as usize) < at), "{what}");
            let (_, rest) = profile.birthday.split_at_checked(2).unwrap_or_default();
            if let Some(month_day) = profile.birthday.strip_prefix("--") {
                // 2000 was a leap year, so every yearless birthday is a day of it.
                assert!(Day::parse_iso(&format!("2000-{month_day}")).is_some(), "{what}: {}", profile.birthday);
            } else if !rest.is_empty() {
                assert!(Day::parse_iso(&profile.birthday).is_some(), "{what}: {}", profile.birthday);
            }
            let in_days = |d: i32| {
                let (_, month, day) = Day(today.0 + d).ymd();
                profile.birthday.ends_with(&format!("-{month:02}-{day:02}"))
            };
            soon += usize::from((0..14).any(in_days));
        }
        assert!(soon >= 4, "{what}: {soon}");
        assert!(demo.profiles.iter().any(|p| p.birthday.ends_with("-02-29")), "{what}");
    });
}

#[test]
fn the_shop_has_its_rhythm() {
    for language in [Language::Zh, Language::En] {
        let demo = demo_orders(language, today(), 3);
        let mut by_weekday = [0; 7];
        let mut festive = (0, 0);
        for order in &demo.orders.orders {
            let day = order.at.day();
            by_weekday[(day.0 + 3).rem_euclid(7) as usize] += 1;
            let hour = order.at.0.rem_euclid(86_400_000) / 3_600_000;
            assert!((8..=22).contains(&hour), "{language:?} {hour}");
            if calendar::season(language, day).is_some() { festive.0 += 1 } else { festive.1 += 1 }
        }
        assert!(by_weekday[5] > by_weekday[0] * 3 / 2, "{language:?} {by_weekday:?}");
        let days: Vec<Day> = (today().0 - SPAN_DAYS..today().0).map(Day).collect();
        let feast_days = days.iter().filter(|d| calendar::season(language, **d).is_some()).count();
        let per_day = |orders: usize, days: usize| orders * 100 / days;
        let (feast, plain) = (per_day(festive.0, feast_days), per_day(festive.1, days.len() - feast_days));
        assert!(feast > plain * 13 / 10, "{language:?}: {feast} against {plain} orders in 100 days");
    }
}

/// What a customer's orders sum up to.
#[derive(Default)]
struct Sum {
    orders: usize,
    revenue: i64,
    profit: i64,
    /// Of purchases.
    days: Vec<i32>,
}

impl Sum {
    fn days_since(&self, today: Day) -> i32 {
        today.0 - self.days.last().copied().unwrap_or(today.0)
    }
}

fn sums(demo: &DemoData) -> BTreeMap<u32, Sum> {
    let mut sums: BTreeMap<u32, Sum> = BTreeMap::new();
    for order in &demo.orders.orders {
        let Some(customer) = order.customer else { continue };
        let sum = sums.entry(customer).or_default();
        sum.orders += 1;
        if order.kind == OrderKind::Purchase {
            sum.days.push(order.at.day().0);
        }
        for line in &demo.orders.lines[order.first_line as usize..][..order.line_count as usize] {
            let cost = demo.orders.products[line.product.unwrap() as usize].cost_e4.unwrap();
            sum.revenue += line.total_minor;
            sum.profit += line.total_minor - line_total_minor(line.quantity_milli, cost, demo.currency).unwrap();
        }
    }
    sums
}

/// Every sort of customer is there by what they did, whatever the analytics call them.
#[test]
fn every_sort_of_customer_shows_in_the_orders() {
    each(|demo, today, what| {
        let sums = sums(demo);
        let mean = sums.values().map(|c| c.profit).sum::<i64>() / i64::try_from(sums.len()).unwrap();
        let count = |which: &dyn Fn(&Sum) -> bool| sums.values().filter(|c| which(c)).count();
        assert!(count(&|c| c.orders >= 10 && c.profit > mean && c.days_since(today) < 45) >= 20, "{what}: friends");
        assert!(count(&|c| c.orders <= 2 && c.profit > mean) >= 10, "{what}: butterflies");
        assert!(
            count(&|c| c.orders >= 15 && c.profit * 10 < c.revenue) >= 10,
            "{what}: barnacles at under 10 % margin"
        );
        assert!(count(&|c| c.orders <= 2 && c.profit * 5 < mean) >= 30, "{what}: strangers");
        assert!(count(&|c| c.orders >= 4 && c.days_since(today) > 120) >= 8, "{what}: sleepers");
        assert_eq!(demo.orders.customers.len() - sums.len(), 18, "{what}: prospects");
    });
}

/// Answers follow a purchase of the same customer, and every mood is there.
#[test]
fn people_said_what_they_thought() {
    each(|demo, _, what| {
        let mut moods = [0; 3];
        for said in &demo.responses {
            let order = &demo.orders.orders[said.order as usize];
            assert!(order.customer == Some(said.customer) && order.at < said.at, "{what}");
            assert!(said.csat.is_none_or(|c| (1..=5).contains(&c)) && said.nps.is_none_or(|n| n <= 10), "{what}");
            if let (Some(hoped), Some(met)) = (said.expectation, said.experience) {
                moods[usize::from(met >= hoped) + usize::from(met > hoped)] += 1;
            }
        }
        assert!(moods.iter().all(|n| *n >= 40), "{what}: {moods:?}");
    });
}

/// With default settings each of Kotler's groups and each rung of the ladder has enough people to look at.
#[test]
fn every_group_and_rung_is_peopled() {
    use crate::analytics::{
        Dormancy, KotlerCuts, KotlerGroup, Population, PurchaseHistory, dormancy, mean_profit_minor,
        median_interval_days, projected_loyalty,
    };
    let settings = crate::domain::Settings::default();
    each(|demo, today, what| {
        let sums: Vec<Sum> = sums(demo).into_values().collect();
        let rhythm = |c: &Sum| median_interval_days(c.days.iter().copied(), &mut Vec::new());
        let mut half_days: Vec<i64> = sums.iter().filter_map(rhythm).map(|days| (days * 2.0) as i64).collect();
        half_days.sort_unstable();
        let population = Population::new(&half_days, 60);
        let profits: Vec<i64> = sums.iter().map(|c| c.profit).collect();
        let cuts = KotlerCuts { profit_minor: mean_profit_minor(&profits), loyalty_bp: settings.kotler.loyalty_cut_bp };
        let mut groups: BTreeMap<KotlerGroup, usize> = BTreeMap::new();
        let mut rungs: BTreeMap<(Dormancy, bool), usize> = BTreeMap::new();
        let mut drifting = 0;
        for c in &sums {
            let purchase_days = u32::try_from(c.days.iter().collect::<BTreeSet<_>>().len()).unwrap();
            let since = i64::from(c.days_since(today));
            let history =
                PurchaseHistory { days_since_last_purchase: since, purchase_days, median_interval_days: rhythm(c) };
            let group = cuts.group(c.profit, projected_loyalty(&history, &population, &settings.loyalty));
            let verdict = dormancy(since, purchase_days, rhythm(c), &settings.dormancy);
            *groups.entry(group).or_default() += 1;
            *rungs.entry((verdict.step, verdict.thin)).or_default() += 1;
            drifting += usize::from(group == KotlerGroup::TrueFriend && verdict.step != Dormancy::Awake);
        }
        for group in KotlerGroup::ALL {
            assert!(groups.get(&group).is_some_and(|n| *n >= 15), "{what}: {groups:?}");
        }
        for rung in Dormancy::ALL {
            assert!(rungs.get(&(rung, false)).is_some_and(|n| *n >= 6), "{what}: {rungs:?}");
        }
        assert!((4..=30).contains(&drifting), "{what}: {drifting} drifting");
    });
}
