//! Who stays, who brings whom and what keeping is worth against values that `tests/reference/retention.py` worked out by other
//! means for a made-up book of 320 customers.

use serde_json::Value as Json;

use super::*;
use crate::analytics::{Keeping, Kept};
use crate::domain::{Change, Kind};
use crate::engine::api::{CohortStep, ReferralOrder, ReferralsView, RetentionView};
use crate::engine::metrics::tests::{Book, customer_id, day, order, order_id, set};

fn expected() -> Json {
    serde_json::from_str(include_str!("../../../tests/reference/retention_expected.json")).unwrap()
}

fn rows(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines().skip(1).map(|line| line.split(',').collect())
}

fn book() -> Book {
    let mut changes: Vec<Change> = Vec::new();
    for cells in rows(include_str!("../../../tests/reference/retention_customers.csv")) {
        let id = customer_id(cells[0].parse().unwrap());
        changes.push(set(Kind::Customer, id, "key", format!("c{}", cells[0]).as_str()));
        if !cells[1].is_empty() {
            changes.push(set(Kind::Customer, id, "referrer", customer_id(cells[1].parse().unwrap())));
        }
        if !cells[2].is_empty() {
            changes.push(set(Kind::Customer, id, "churn_reason", cells[2]));
        }
        if !cells[3].is_empty() {
            changes.push(set(Kind::Customer, id, "wallet_e4", 100 * cells[3].parse::<i64>().unwrap()));
        }
        if cells[4] == "1" {
            changes.push(set(Kind::Customer, id, "deleted", true));
        }
    }
    for (n, cells) in (0..).zip(rows(include_str!("../../../tests/reference/retention_orders.csv"))) {
        let (customer, minor) = (cells[0].parse().unwrap(), cells[3].parse().unwrap());
        changes.extend(order(n, customer, day(cells[1]), cells[2], minor));
        if cells[4] != "CNY" {
            changes.push(set(Kind::Order, order_id(n), "currency", cells[4]));
        }
    }
    for (n, cells) in (0u128..).zip(rows(include_str!("../../../tests/reference/retention_care.csv"))) {
        let kind = if cells[2] == "case" { Kind::Case } else { Kind::Interaction };
        let id = Id(n + (9 << 64));
        changes.push(set(kind, id, "customer", customer_id(cells[0].parse().unwrap())));
        changes.push(set(kind, id, "at", day(cells[1]).start().0));
        changes.push(set(kind, id, "care_e4", cells[3].parse::<i64>().unwrap() * 100));
    }
    let mut book = Book::default();
    book.apply(changes);
    book
}

fn near(got: Option<f64>, want: &Json, what: &str) {
    match (got, want.as_f64()) {
        (Some(got), Some(want)) => assert!((got - want).abs() <= 1e-9 * want.abs().max(1.0), "{what}: {got} ≠ {want}"),
        (got, want) => assert_eq!(got, want, "{what}"),
    }
}

#[test]
fn who_stays() {
    let (all, mut book) = (expected(), book());
    let as_of = day(all["as_of"].as_str().unwrap());
    for (limit, want) in all["stays"].as_object().unwrap() {
        book.setting("churn", serde_json::json!({ "after_days": limit.parse::<u32>().ok() }));
        let query = Query::Retention { as_of: Some(as_of), step: Some(CohortStep::Quarter) };
        let view: RetentionView = match book.ask(&query, as_of) {
            Answer::Retention(view) => *view,
            other => panic!("{other:?}"),
        };
        let (churn, year, lengths) = (&view.churn, &view.year, &view.lengths);
        let steps = want["steps"].as_array().unwrap();
        assert_eq!(churn.steps.len(), steps.len(), "{limit}");
        for (got, want) in churn.steps.iter().zip(steps) {
            let got = serde_json::json!({ "from": got.from.0, "at_start": got.at_start, "lost": got.lost,
                "lost_back": got.lost_back, "left": got.left, "back": got.back });
            assert_eq!(&got, want, "{limit}");
        }
        let causes: serde_json::Map<String, Json> =
            churn.causes.iter().map(|(name, n)| (name.clone(), (*n).into())).collect();
        let got = serde_json::json!({
            "causes": causes, "gone": churn.gone, "not_stated": churn.not_stated,
            "stated_but_here": churn.stated_but_here, "there_then": year.there_then, "still": year.still,
            "there_now": year.there_now, "profit_minor": year.profit_minor, "classes": lengths.classes,
            "one_day": lengths.one_day, "known": lengths.known,
        });
        for (name, got) in got.as_object().unwrap() {
            assert_eq!(got, &want[name], "{limit}: {name}");
        }
        near(lengths.half_days, &want["half_days"], limit);
        let medians = [lengths.median_there, lengths.median_left];
        for (got, want) in medians.into_iter().zip(want["medians"].as_array().unwrap()) {
            near(got, want, limit);
        }
        let (wallet, want) = (view.wallet, &all["wallet"]);
        let got = serde_json::json!({ "n": wallet.n, "revenue_minor": wallet.revenue_minor,
            "wallet_minor": wallet.wallet_minor, "above": wallet.above });
        for (name, got) in got.as_object().unwrap() {
            assert_eq!(got, &want[name], "wallet: {name}");
        }
        near(wallet.median_share, &want["median_share"], "wallet");
    }
}

#[test]
fn who_brings_whom() {
    let (all, mut book) = (expected(), book());
    let (as_of, want) = (day(all["as_of"].as_str().unwrap()), &all["referrals"]);
    let query = Query::Referrals { as_of: Some(as_of), by: ReferralOrder::Reach, offset: 0, limit: 1_000 };
    let view: ReferralsView = match book.ask(&query, as_of) {
        Answer::Referrals(view) => view,
        other => panic!("{other:?}"),
    };
    let number = |name: &str| -> u32 { name.strip_prefix('c').unwrap().parse().unwrap() };
    let circle = |circle: &Vec<(Id, String)>| circle.iter().map(|(_, name)| number(name)).collect::<Vec<_>>();
    let mut rows: Vec<Json> = view
        .rows
        .iter()
        .map(|row| {
            serde_json::json!({ "c": number(&row.name), "direct": row.direct, "reach": row.reach,
                "revenue_minor": row.revenue_minor, "profit_minor": row.profit_minor, "own_minor": row.own_revenue_minor })
        })
        .collect();
    rows.sort_by_key(|row| row["c"].as_u64());
    let got = serde_json::json!({
        "customers": view.customers, "brought": view.brought, "revenue_minor": view.revenue_minor,
        "profit_minor": view.profit_minor, "advocates": view.advocates, "tops": view.tops,
        "circles": view.circles.iter().map(circle).collect::<Vec<_>>(), "rows": rows,
    });
    for (name, got) in got.as_object().unwrap() {
        assert_eq!(got, &want[name], "{name}");
    }
}

#[test]
fn what_keeping_is_worth() {
    let all = expected();
    for case in all["keeping"].as_array().unwrap() {
        let asked: Keeping = serde_json::from_value(case.clone()).unwrap();
        let Kept { more, more_minor, brought, brought_minor, cost_minor, win_minor, net_minor } = asked.reckon();
        let want = &case["want"];
        near(Some(more), &want["more"], "more");
        near(Some(more_minor), &want["more_minor"], "more_minor");
        near(Some(brought), &want["brought"], "brought");
        near(Some(brought_minor), &want["brought_minor"], "brought_minor");
        near(cost_minor, &want["cost_minor"], "cost_minor");
        near(win_minor, &want["win_minor"], "win_minor");
        near(Some(net_minor), &want["net_minor"], "net_minor");
    }
}
