//! How each sort of customer buys: when, and what goes into the basket.

use super::Language;
use super::calendar::{Season, busyness, season, windows};
use super::random::Random;
use super::shop::{Goods, Shop, Sort, Voice};
use crate::domain::Day;

/// One sort of customer, so that every group on the segment pages has somebody in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Habit {
    /// Comes often, pays full price, still there.
    Friend,
    /// A friend who has missed one or two of the usual visits.
    Drifting,
    Regular,
    /// A large order once or twice, nothing since.
    Butterfly,
    /// Comes often, for what is sold near cost.
    Barnacle,
    /// A small purchase once or twice.
    Stranger,
    /// Stopped coming; on rung 1 (dozing) to 3 (asleep).
    Sleeper(i32),
    Newcomer,
    Prospect,
}

/// How many of each: 320 customers.
pub(super) const MIX: [(Habit, usize); 11] = [
    (Habit::Friend, 38),
    (Habit::Drifting, 14),
    (Habit::Regular, 56),
    (Habit::Butterfly, 36),
    (Habit::Barnacle, 20),
    (Habit::Stranger, 86),
    (Habit::Sleeper(1), 12),
    (Habit::Sleeper(2), 10),
    (Habit::Sleeper(3), 16),
    (Habit::Newcomer, 14),
    (Habit::Prospect, 18),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Basket {
    Usual,
    Gift,
    /// Gifts for a whole company.
    Bulk,
    /// One or two cheap things.
    Small,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Visit {
    pub day: Day,
    pub basket: Basket,
}

/// The two years of the demo: from `first` to `last`, the day before today, so that no order lies in the future.
#[derive(Clone, Copy)]
pub(super) struct Period {
    pub language: Language,
    pub first: Day,
    pub last: Day,
}

impl Habit {
    /// (shortest, longest) usual interval between visits; `None` for those who come once or twice.
    fn interval_days(self) -> Option<(i32, i32)> {
        match self {
            Self::Friend => Some((21, 46)),
            Self::Drifting => Some((17, 28)),
            Self::Regular => Some((30, 70)),
            Self::Barnacle => Some((14, 28)),
            Self::Sleeper(_) => Some((20, 40)),
            Self::Butterfly | Self::Stranger | Self::Newcomer | Self::Prospect => None,
        }
    }

    /// Days without a visit, in hundredths of the usual interval: (least, most).
    fn silence_percent(self) -> (i32, i32) {
        match self {
            Self::Drifting => (175, 330),
            Self::Sleeper(1) => (180, 225),
            Self::Sleeper(2) => (290, 350),
            Self::Sleeper(_) => (520, 900),
            _ => (0, 85),
        }
    }

    /// Chance of an extra visit for gifts before a festival.
    fn festive_percent(self) -> u32 {
        match self {
            Self::Friend | Self::Drifting => 55,
            Self::Regular | Self::Sleeper(_) => 30,
            _ => 0,
        }
    }

    pub(super) fn voice(self, shop: &'static Shop) -> &'static Voice {
        match self {
            Self::Friend => &shop.friend,
            Self::Drifting => &shop.drifting,
            Self::Regular => &shop.regular,
            Self::Butterfly => &shop.butterfly,
            Self::Barnacle => &shop.barnacle,
            Self::Stranger => &shop.stranger,
            Self::Sleeper(_) => &shop.sleeper,
            Self::Newcomer => &shop.newcomer,
            Self::Prospect => &shop.prospect,
        }
    }

    /// All visits of one such customer, oldest first, at most one a day.
    pub(super) fn visits(self, random: &mut Random, period: Period) -> Vec<Visit> {
        let mut visits = match self {
            Self::Prospect => Vec::new(),
            Self::Butterfly => few(random, period, 35, 2, Basket::Bulk),
            Self::Stranger => few(random, period, 25, 2, Basket::Small),
            Self::Newcomer => {
                let late = Period { first: Day(period.last.0 - 38), ..period };
                few(random, late, 40, 2, Basket::Usual)
            }
            _ => self.regular_visits(random, period),
        };
        crate::domain::sort::sort_by_key(&mut visits, |v| v.day);
        visits.dedup_by_key(|v| v.day);
        visits
    }

    fn regular_visits(self, random: &mut Random, period: Period) -> Vec<Visit> {
        let (shortest, longest) = self.interval_days().unwrap_or((30, 30));
        let interval = random.between(shortest, longest);
        let (least, most) = self.silence_percent();
        let silence = (interval * random.between(least, most) / 100).min(420);
        let last = Day(period.last.0 - silence);
        // Long enough for a rhythm of one's own to show.
        let longest_tenure = last.0 - period.first.0;
        let tenure = match self {
            Self::Friend | Self::Drifting => random.between(longest_tenure / 2, longest_tenure),
            _ => random.between((7 * interval).min(longest_tenure), longest_tenure),
        };
        let first = Day(last.0 - tenure);
        let mut visits = Vec::new();
        let mut day = last;
        while day >= first {
            // Nobody comes exactly on the day, and weekends suit better.
            let (from, to) = (Day(day.0 - 2), Day((day.0 + 2).min(last.0)));
            if let Some(day) = open_day(random, period.language, from, to) {
                visits.push(Visit { day, basket: Basket::Usual });
            }
            // Before festivals people come sooner again.
            let usual = if season(period.language, day).is_some() { 60 } else { 100 };
            day = Day(day.0 - (interval * usual * random.between(65, 140) / 10_000).max(4));
        }
        for (from, to) in windows(period.language, first, last) {
            if random.chance(self.festive_percent()) {
                let day = open_day(random, period.language, from, to);
                visits.extend(day.map(|day| Visit { day, basket: Basket::Gift }));
            }
        }
        visits
    }
}

/// One visit, or with `again_percent` up to `most`, anywhere in the period, more often before festivals.
fn few(random: &mut Random, period: Period, again_percent: u32, most: usize, basket: Basket) -> Vec<Visit> {
    let mut visits = Vec::new();
    while visits.len() < most && (visits.is_empty() || random.chance(again_percent)) {
        visits.extend(any_day(random, period, 40).map(|day| Visit { day, basket }));
    }
    visits
}

/// Moves the last visit into the last three weeks, after the one before it: whatever the day, somebody can still be won back.
pub(super) fn come_lately(random: &mut Random, period: Period, visits: &mut [Visit]) {
    let before = visits.iter().rev().nth(1).map_or(period.first.0, |visit| visit.day.0);
    let day = open_day(random, period.language, Day((before + 1).max(period.last.0 - 20)), period.last);
    if let (Some(visit), Some(day)) = (visits.last_mut(), day) {
        visit.day = day;
    }
}

/// A day of the period, with `festive_percent` one before a festival.
pub(super) fn any_day(random: &mut Random, period: Period, festive_percent: u32) -> Option<Day> {
    let seasons = windows(period.language, period.first, period.last);
    let (from, to) = match random.pick(&seasons) {
        Some(&window) if random.chance(festive_percent) => window,
        _ => {
            let start = random.between(period.first.0, period.last.0);
            (Day(start), Day((start + 6).min(period.last.0)))
        }
    };
    open_day(random, period.language, from, to)
}

/// A day between two (both included) on which the shop is open, the busier the likelier.
pub(super) fn open_day(random: &mut Random, language: Language, from: Day, to: Day) -> Option<Day> {
    let days: Vec<(Day, u32)> = (from.0..=to.0).map(|d| (Day(d), busyness(language, Day(d)))).collect();
    random.weighted(&days, |d| d.1).map(|d| d.0)
}

/// One line of a basket. `price` is what was asked per piece or kilogram, minor units.
pub(super) struct Bought {
    pub goods: usize,
    pub quantity_milli: i64,
    pub price: i64,
}

/// What a customer keeps buying: places in the shop's goods.
pub(super) fn favourites(random: &mut Random, habit: Habit, shop: &Shop) -> Vec<usize> {
    let sorts: &[Sort] = if habit == Habit::Barnacle {
        &[Sort::Deal, Sort::Deal, Sort::Deal]
    } else {
        &[Sort::Daily, Sort::Daily, Sort::Daily, Sort::Treat]
    };
    sorts.iter().filter_map(|&sort| one_of(random, shop, |g| g.sort == sort)).collect()
}

fn one_of(random: &mut Random, shop: &Shop, fits: impl Fn(&Goods) -> bool) -> Option<usize> {
    let places: Vec<usize> = shop.goods.iter().enumerate().filter(|(_, g)| fits(g)).map(|(at, _)| at).collect();
    random.pick(&places).copied()
}

/// Fills the basket of one visit; never empty for a shop that has goods of every sort.
pub(super) fn fill(
    random: &mut Random,
    shop: &Shop,
    period: Period,
    habit: Habit,
    favourites: &[usize],
    visit: Visit,
) -> Vec<Bought> {
    let feast = season(period.language, visit.day);
    let mut basket = Vec::new();
    let mut put = |random: &mut Random, goods: Option<usize>, pieces: (i32, i32), percent: i64| {
        let Some((at, item)) = goods.and_then(|at| Some((at, shop.goods.get(at)?))) else { return };
        if basket.iter().any(|b: &Bought| b.goods == at) {
            return;
        }
        let quantity_milli = if item.by_weight {
            i64::from(random.between(2, 10)) * 50
        } else {
            i64::from(random.between(pieces.0, pieces.1)) * 1_000
        };
        basket.push(Bought { goods: at, quantity_milli, price: item.price * percent / 100 });
    };
    let gift = |random: &mut Random, feast: Option<Season>| {
        let festive = feast.filter(|_| random.chance(60)).map(Sort::Festive);
        one_of(random, shop, |g| g.sort == festive.unwrap_or(Sort::Gift))
    };
    match (visit.basket, habit) {
        (Basket::Bulk, _) => {
            let percent = i64::from(random.between(90, 100));
            for _ in 0..random.between(1, 2) {
                let goods = gift(random, feast);
                put(random, goods, (7, 26), percent);
            }
            let extra = one_of(random, shop, |g| g.sort == Sort::Treat);
            put(random, extra, (1, 3), 100);
        }
        (Basket::Gift, _) => {
            let goods = gift(random, feast);
            put(random, goods, (1, 3), 100);
            put(random, favourites.first().copied(), (1, 2), 100);
        }
        (Basket::Small, _) => {
            for _ in 0..random.between(1, 2) {
                let sort = random.pick(&[Sort::Daily, Sort::Deal, Sort::Deal, Sort::Treat]).copied();
                let goods = one_of(random, shop, |g| Some(g.sort) == sort && g.price < shop.small_price);
                put(random, goods, (1, 2), 100);
            }
        }
        (Basket::Usual, Habit::Barnacle) => {
            for _ in 0..random.between(2, 4) {
                let favourite = random.pick(favourites).copied();
                put(random, favourite, (1, 3), 100);
            }
            if random.chance(20) {
                // Clearance: at or under cost.
                let goods = one_of(random, shop, |g| g.sort == Sort::Daily);
                let percent = i64::from(random.between(46, 56));
                put(random, goods, (1, 1), percent);
            }
        }
        (Basket::Usual, _) => {
            let percent = if random.chance(12) { 95 } else { 100 };
            for _ in 0..random.between(1, 4) {
                let goods = match random.below(100) {
                    0..60 => random.pick(favourites).copied(),
                    60..78 => one_of(random, shop, |g| g.sort == Sort::Daily),
                    78..90 => one_of(random, shop, |g| g.sort == Sort::Treat),
                    _ => one_of(random, shop, |g| g.sort == Sort::Deal),
                };
                // Nobody buys two kettles.
                let treat = goods.and_then(|at| shop.goods.get(at)).is_some_and(|g| g.sort == Sort::Treat);
                put(random, goods, (1, if treat { 1 } else { 2 }), percent);
            }
        }
    }
    basket
}
