//! A believable small shop, made up from a seed: about 320 customers over the two years up to yesterday, in the user's
//! language (SPEC X10). Pure and the same on every machine. Words and prices are in `demo/zh.rs` and `demo/en.rs`.

mod calendar;
mod care;
mod en;
mod habits;
mod people;
mod random;
mod responses;
mod sales;
mod shop;
#[cfg(test)]
mod tests;
mod zh;

use crate::domain::{CivilTime, Currency, Day, InteractionChannel};
use crate::files::orders::ParsedOrders;

use super::api::Language;
use habits::{Habit, MIX, Period, Visit};
use random::Random;

/// The source of all demo records: ids derive from it, and clearing the demo goes by it.
pub const SOURCE: &str = "demo";

/// Days that the demo covers.
pub const SPAN_DAYS: i32 = 730;

#[derive(Clone, Debug, PartialEq)]
pub struct DemoData {
    pub business_name: String,
    /// Of all its orders.
    pub currency: Currency,
    pub orders: ParsedOrders,
    /// What an order file does not say, one per customer of `orders`.
    pub profiles: Vec<DemoProfile>,
    /// List prices in ten-thousandths of a major unit, one per product of `orders`; costs are in `orders.products`.
    pub prices_e4: Vec<i64>,
    /// By time.
    pub interactions: Vec<DemoInteraction>,
    /// By time.
    pub responses: Vec<DemoResponse>,
    /// By time.
    pub needs: Vec<DemoNeed>,
    /// By time.
    pub cases: Vec<DemoCase>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DemoProfile {
    /// As in `CustomerProfile`.
    pub birthday: String,
    pub tags: Vec<String>,
    pub note: String,
    pub owner: String,
    /// The customer (place in `orders.customers`) who brought this one.
    pub referrer: Option<u32>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoInteraction {
    pub key: String,
    /// Place in `orders.customers`.
    pub customer: u32,
    pub at: CivilTime,
    pub channel: InteractionChannel,
    pub inbound: bool,
    pub note: String,
    pub mood: Option<u8>,
    pub staff: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoResponse {
    pub key: String,
    /// Place in `orders.customers`.
    pub customer: u32,
    /// Place in `orders.orders`.
    pub order: u32,
    pub at: CivilTime,
    /// The scores as in `ResponseDraft`.
    pub expectation: Option<u8>,
    pub experience: Option<u8>,
    pub nps: Option<u8>,
    pub csat: Option<u8>,
    pub comment: String,
    pub staff: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoNeed {
    pub key: String,
    /// Place in `orders.customers`.
    pub customer: u32,
    pub at: CivilTime,
    pub what: String,
    /// They do not buy without it; else nice to have.
    pub must: bool,
    /// Place in their own ranking.
    pub rank: u8,
    /// `None`: nobody asked.
    pub met: Option<bool>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoCase {
    pub key: String,
    /// Place in `orders.customers`.
    pub customer: u32,
    pub at: CivilTime,
    /// As in `CASE_KINDS`.
    pub kind: &'static str,
    pub what: String,
    pub staff: String,
    pub closed: Option<CivilTime>,
    pub is_open: bool,
    pub result: String,
}

/// One customer to be: what the rest is made from.
struct Plan {
    habit: Habit,
    visits: Vec<Visit>,
    /// First visit; of a prospect, when they left their address.
    joined: Day,
    favourites: Vec<usize>,
}

/// The demo shop as it stands on the morning of `today`.
#[must_use]
pub fn demo_orders(language: Language, today: Day, seed: u64) -> DemoData {
    let shop = match language {
        Language::Zh => &zh::SHOP,
        Language::En => &en::SHOP,
    };
    let mut random = Random::new(seed);
    let period = Period { language, first: Day(today.0 - SPAN_DAYS), last: Day(today.0 - 1) };
    let plans = plans(&mut random, period, shop);

    let mut taken = people::Register::default();
    let mut customers = Vec::with_capacity(plans.len());
    let mut profiles = Vec::with_capacity(plans.len());
    for (at, plan) in plans.iter().enumerate() {
        customers.push(people::person(&mut random, shop, language, at + 1, plan.habit, &mut taken));
        let mut profile = people::profile(&mut random, shop, plan.habit, today);
        profile.referrer = referrer(&mut random, &plans, at);
        profiles.push(profile);
    }
    celebrate_soon(&plans, &mut profiles, today);

    let mut interactions = sales::interactions(&mut random, shop, period, &plans);
    let mut orders = sales::orders(&mut random, shop, period, &plans, customers);
    let responses = responses::responses(&mut random, shop, period, &plans, &orders);
    let care = care::care(seed, shop, period, &plans);
    care::discounts(shop, &mut orders);
    interactions.extend(care.questions);
    sales::number(&mut interactions);
    DemoData {
        business_name: shop.business.to_owned(),
        currency: shop.currency,
        orders,
        profiles,
        prices_e4: shop.goods.iter().map(|g| g.price * sales::E4_PER_MINOR).collect(),
        interactions,
        responses,
        needs: care.needs,
        cases: care.cases,
    }
}

/// All customers in the order in which they joined.
fn plans(random: &mut Random, period: Period, shop: &shop::Shop) -> Vec<Plan> {
    let mut habits: Vec<Habit> = MIX.iter().flat_map(|&(habit, n)| std::iter::repeat_n(habit, n)).collect();
    random.shuffle(&mut habits);
    let mut butterflies = 0;
    let mut plans: Vec<Plan> = habits
        .into_iter()
        .map(|habit| {
            let mut visits = habit.visits(random, period);
            butterflies += usize::from(habit == Habit::Butterfly);
            if habit == Habit::Butterfly && butterflies % 5 == 0 {
                habits::come_lately(random, period, &mut visits);
            }
            let joined = visits.first().map_or_else(|| Day(period.last.0 - random.between(1, 120)), |v| v.day);
            Plan { habit, visits, joined, favourites: habits::favourites(random, habit, shop) }
        })
        .collect();
    crate::domain::sort::sort_by_key(&mut plans, |p| p.joined);
    plans
}

/// Somebody who was there before and comes often; every sixth customer was brought by one.
fn referrer(random: &mut Random, plans: &[Plan], at: usize) -> Option<u32> {
    if !random.chance(17) {
        return None;
    }
    let before = plans.iter().take(at).enumerate();
    let likely: Vec<usize> =
        before.filter(|(_, p)| matches!(p.habit, Habit::Friend | Habit::Regular)).map(|(at, _)| at).collect();
    // Few people bring many: half of the referrals come from the first five of them.
    let likely = if random.chance(50) { likely.get(..5).unwrap_or(&likely) } else { &likely };
    random.pick(likely).and_then(|&at| u32::try_from(at).ok())
}

/// Whatever the day, some good customers have their birthday within two weeks, and one was born on 29 February.
fn celebrate_soon(plans: &[Plan], profiles: &mut [DemoProfile], today: Day) {
    let good =
        plans.iter().zip(profiles).filter(|(p, _)| matches!(p.habit, Habit::Friend | Habit::Regular | Habit::Drifting));
    let days = [Some(0), Some(2), Some(5), Some(9), Some(12), None];
    for ((_, profile), days) in good.step_by(9).zip(days) {
        profile.birthday = days.map_or_else(|| "1988-02-29".to_owned(), |days| people::birthday_in(today, days));
    }
}
