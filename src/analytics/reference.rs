//! All segments of 42 made-up customers against `tests/reference/segments.py`, a script in plain Python that shares nothing
//! with this code. The engine's tests read the same files.

use std::collections::BTreeMap;

use super::*;
use crate::domain::{Day, Settings};

const ORDERS: &str = include_str!("../../tests/reference/segments_orders.csv");
const EXPECTED: &str = include_str!("../../tests/reference/segments_expected.csv");

/// Days and amounts of one customer's orders up to the as-of day.
#[derive(Default)]
struct Facts {
    days: Vec<i32>,
    revenue: i64,
    profit: i64,
}

type Person<'a> = (u32, PurchaseHistory, &'a Facts);

fn read(as_of: Day) -> BTreeMap<u32, Facts> {
    let mut people: BTreeMap<u32, Facts> = BTreeMap::new();
    for line in ORDERS.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let day = Day::parse_iso(cells[1]).unwrap();
        let amount: i64 = cells[3].parse().unwrap();
        if day <= as_of {
            let facts = people.entry(cells[0].parse().unwrap()).or_default();
            facts.revenue += amount;
            if cells[2] == "purchase" {
                facts.days.push(day.0);
            }
        }
    }
    people.retain(|_, facts| !facts.days.is_empty());
    for facts in people.values_mut() {
        facts.profit = (facts.revenue as f64 * 0.3).round() as i64;
    }
    people
}

fn snake(name: &impl serde::Serialize) -> String {
    serde_json::to_value(name).unwrap().as_str().unwrap().to_owned()
}

#[test]
fn every_figure_equals_the_independent_one() {
    let settings = Settings::default();
    let mut lines = EXPECTED.lines();
    let head: BTreeMap<&str, &str> =
        lines.next().unwrap().trim_start_matches("# ").split(' ').filter_map(|pair| pair.split_once('=')).collect();
    let as_of = Day::parse_iso(head["as_of"]).unwrap();
    let people = read(as_of);
    assert_eq!(people.len().to_string(), head["n"]);

    let mut scratch = Vec::new();
    let facts: Vec<Person> = people
        .iter()
        .map(|(&id, f)| {
            let mut days = f.days.clone();
            days.sort_unstable();
            let median_interval_days = median_interval_days(days.iter().copied(), &mut scratch);
            days.dedup();
            let since = i64::from(as_of.0 - days.last().unwrap());
            let purchase_days = u32::try_from(days.len()).unwrap();
            (id, PurchaseHistory { days_since_last_purchase: since, purchase_days, median_interval_days }, f)
        })
        .collect();
    let column = |f: &dyn Fn(&Person) -> Option<i64>| {
        let mut values: Vec<i64> = facts.iter().filter_map(f).collect();
        values.sort_unstable();
        values
    };
    let scale = RfmScale {
        bins: 5,
        recency_days: RfmBounds::new(&column(&|p| Some(p.1.days_since_last_purchase)), 5, 1.0),
        purchases: RfmBounds::new(&column(&|p| Some(p.2.days.len() as i64)), 5, 1.0),
        revenue_minor: RfmBounds::new(&column(&|p| Some(p.2.revenue)), 5, 100.0),
    };
    let intervals = column(&|p| p.1.median_interval_days.map(|days| (days * 2.0) as i64));
    let population = Population::new(&intervals, settings.dormancy.fixed_days[0]);
    let profits = column(&|p| Some(p.2.profit));
    let cuts = KotlerCuts { profit_minor: mean_profit_minor(&profits), loyalty_bp: settings.kotler.loyalty_cut_bp };
    assert_eq!(cuts.profit_minor.to_string(), head["profit_cut"]);
    let mut potentials: Vec<i64> = Vec::new();
    for (_, h, f) in &facts {
        let loyalty = projected_loyalty(h, &population, &settings.loyalty);
        let expected = expected_interval_days(h, &population, &settings.loyalty);
        potentials.push(potential_minor(f.profit, h.purchase_days, expected, loyalty));
    }
    let mut ranked = potentials.clone();
    ranked.sort_unstable();
    let tiers = TierCuts::new(&settings.tiers, &profits, &ranked);

    for (((id, h, f), potential), line) in facts.iter().zip(&potentials).zip(lines.skip(1)) {
        let want: Vec<&str> = line.split(',').collect();
        let scores = scale.scores(h.days_since_last_purchase, f.days.len() as u32, f.revenue);
        let loyalty = projected_loyalty(h, &population, &settings.loyalty);
        let asleep = dormancy(h.days_since_last_purchase, h.purchase_days, h.median_interval_days, &settings.dormancy);
        let got = [
            id.to_string(),
            f.days.len().to_string(),
            h.purchase_days.to_string(),
            h.days_since_last_purchase.to_string(),
            f.revenue.to_string(),
            f.profit.to_string(),
            h.median_interval_days.map(|m| format!("{m:.1}")).unwrap_or_default(),
            scores.map(|s| s.to_string()).concat(),
            snake(&RfmGroup::of(scores, 5)),
            snake(&asleep.step),
            format!("{loyalty:.12}"),
            snake(&cuts.group(f.profit, loyalty)),
            potential.to_string(),
            settings.tiers[tiers.tier(f.profit, *potential).unwrap()].id.clone(),
        ];
        assert_eq!(got.as_slice(), want, "customer {id}");
    }
    let p = pareto(&profits);
    assert_eq!(p.total_minor.to_string(), head["profit_total"]);
    assert_eq!(format!("{:.12}", p.top20_share.unwrap()), head["top20"]);
    assert_eq!(format!("{:.12}", p.share_for_80.unwrap()), head["for80"]);
}
