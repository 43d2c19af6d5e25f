//! Made-up people: names, numbers that can reach nobody, birthdays.

use std::collections::BTreeSet;

use super::habits::Habit;
use super::random::Random;
use super::shop::Shop;
use super::{DemoProfile, Language};
use crate::domain::Day;
use crate::files::orders::ParsedCustomer;

/// Names and numbers given out so far: no two customers share one.
#[derive(Default)]
pub(super) struct Register {
    names: BTreeSet<String>,
    phones: BTreeSet<String>,
    emails: BTreeSet<String>,
    companies: usize,
}

pub(super) fn person(
    random: &mut Random,
    shop: &'static Shop,
    language: Language,
    number: usize,
    habit: Habit,
    taken: &mut Register,
) -> ParsedCustomer {
    let (name, latin) = name(random, shop, taken);
    let town = random.weighted(shop.cities, |c| c.1).map_or("", |c| c.0);
    let street = random.pick(shop.streets).copied().unwrap_or_default();
    let house = random.between(1, 399);
    let company = if habit == Habit::Butterfly && random.chance(45) {
        let company = shop.companies.get(taken.companies).copied().unwrap_or_default();
        taken.companies += 1;
        company.to_owned()
    } else {
        String::new()
    };
    let reachable = !matches!(habit, Habit::Stranger);
    let (phone_percent, email_percent) = match (language, reachable) {
        (Language::Zh, true) => (96, 30),
        (Language::Zh, false) => (55, 5),
        (Language::En, true) => (78, 88),
        (Language::En, false) => (25, 45),
    };
    ParsedCustomer {
        key: format!("M{number:04}"),
        name,
        phone: if random.chance(phone_percent) { phone(random, language, taken) } else { String::new() },
        email: if random.chance(email_percent) { email(random, &latin, taken) } else { String::new() },
        company,
        country: shop.country.to_owned(),
        city: town.to_owned(),
        address: match (random.chance(60), language) {
            (false, _) => String::new(),
            (true, Language::Zh) => format!("{street} {house}{}", shop.number_suffix),
            (true, Language::En) => format!("{house} {street}"),
        },
    }
}

/// A name nobody else has, and its Latin form.
fn name(random: &mut Random, shop: &Shop, taken: &mut Register) -> (String, String) {
    for attempt in 0.. {
        let (surname, surname_latin, _) = random.weighted(shop.surnames, |s| s.2).copied().unwrap_or_default();
        let (given, given_latin) = random.pick(shop.given).copied().unwrap_or_default();
        let name = if shop.surname_first { format!("{surname}{given}") } else { format!("{given} {surname}") };
        if taken.names.insert(name.clone()) || attempt == 200 {
            return (name, format!("{given_latin}.{surname_latin}"));
        }
    }
    (String::new(), String::new())
}

/// 154 is a mobile prefix that the Chinese numbering plan gives to nobody; 555-0100 to 555-0199 are kept for fiction in
/// North America.
fn phone(random: &mut Random, language: Language, taken: &mut Register) -> String {
    for _ in 0..200 {
        let phone = match language {
            Language::Zh => format!("1540{:07}", random.below(10_000_000)),
            Language::En => {
                let area = random.pick(&["503", "971", "541", "360", "206", "458"]).copied().unwrap_or("503");
                format!("({area}) 555-01{:02}", random.below(100))
            }
        };
        if taken.phones.insert(phone.clone()) {
            return phone;
        }
    }
    String::new()
}

/// `example.com` is kept for examples (RFC 2606).
fn email(random: &mut Random, latin: &str, taken: &mut Register) -> String {
    let mut email = format!("{latin}@example.com");
    while !taken.emails.insert(email.clone()) {
        email = format!("{latin}{}@example.com", random.between(2, 99));
    }
    email
}

pub(super) fn profile(random: &mut Random, shop: &'static Shop, habit: Habit, today: Day) -> DemoProfile {
    let voice = habit.voice(shop);
    let tags = (0..random.below(3)).filter_map(|_| random.pick(voice.tags)).map(|t| (*t).to_owned());
    let tags: BTreeSet<String> = tags.collect();
    let note = if random.chance(45) { random.pick(voice.notes).copied().unwrap_or_default() } else { "" };
    let known = match habit {
        Habit::Stranger => 12,
        Habit::Prospect => 25,
        _ => 72,
    };
    DemoProfile {
        birthday: if random.chance(known) { birthday(random, today) } else { String::new() },
        tags: tags.into_iter().collect(),
        note: note.to_owned(),
        owner: if random.chance(65) {
            random.pick(shop.staff).copied().unwrap_or_default().to_owned()
        } else {
            String::new()
        },
        referrer: None,
    }
}

fn birthday(random: &mut Random, today: Day) -> String {
    let age_days = random.between(20 * 365, 72 * 365);
    let (year, month, day) = Day(today.0 - age_days).ymd();
    if random.chance(35) { format!("--{month:02}-{day:02}") } else { format!("{year:04}-{month:02}-{day:02}") }
}

/// A birthday that falls `days` after `today`, with the year for those of even `days`.
pub(super) fn birthday_in(today: Day, days: i32) -> String {
    let (year, month, day) = Day(today.0 + days).ymd();
    // 29 February keeps a leap year.
    let born = year - 4 * (8 + days);
    if days % 2 == 0 { format!("{born:04}-{month:02}-{day:02}") } else { format!("--{month:02}-{day:02}") }
}
