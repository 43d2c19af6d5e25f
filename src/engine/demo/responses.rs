//! What demo customers said a few days after a purchase. Those who drift were disappointed before they stayed away; a few good
//! friends of the shop were lately.

use super::calendar::{hours, moment};
use super::habits::{Habit, Period, open_day};
use super::random::Random;
use super::shop::{Shop, Sort};
use super::{DemoResponse, Language, Plan};
use crate::domain::{Day, OrderKind};
use crate::files::orders::{ParsedOrder, ParsedOrders};

/// Comments on what fell short, what was as hoped, what surprised.
type Words = [&'static [&'static str]; 3];

const EN: Words = [
    &[
        "The last bag was too dark and bitter.",
        "Waited twenty minutes at the till.",
        "One cup arrived chipped.",
        "The tea was last year's harvest. I had expected the new one.",
        "Nobody answered my mail about the delivery.",
        "Dearer than last time, and the tin was dented.",
    ],
    &["As always.", "Arrived on the day you said.", "Good tea, fair price.", "Everything in order.", "What I needed."],
    &[
        "The free sample was better than what I had ordered. Next time I buy that one.",
        "Somebody remembered what I like.",
        "Wrapped so well that I could give it away at once.",
        "Came a day early.",
        "You took the time to show us how to brew it.",
    ],
];

const ZH: Words = [
    &[
        "这次的豆子烘得太深，发苦。",
        "结账排了二十分钟。",
        "收到时有一只杯子磕了口。",
        "以为是今年的新茶，打开是去年的。",
        "问发货没有人回。",
        "比上次贵，罐子还瘪了一块。",
    ],
    &["和以前一样好。", "说哪天到就哪天到。", "茶不错，价钱公道。", "没有问题。", "正好是想要的。"],
    &[
        "送的试喝比我买的还好，下次就买它。",
        "店员记得我爱喝什么。",
        "包得很用心，直接就能送人。",
        "比说好的早到一天。",
        "耐心教我们怎么泡，很感谢。",
    ],
];

/// One purchase in `1 ÷ answers` brings an answer.
pub(super) fn responses(
    random: &mut Random,
    shop: &'static Shop,
    period: Period,
    plans: &[Plan],
    parsed: &ParsedOrders,
) -> Vec<DemoResponse> {
    let mut said = Vec::new();
    for (at, order) in (0u32..).zip(&parsed.orders) {
        let Some((customer, plan)) = order.customer.and_then(|c| Some((c, plans.get(c as usize)?))) else { continue };
        if order.kind != OrderKind::Purchase || !random.chance(answer_percent(plan.habit)) {
            continue;
        }
        let day = order.at.day();
        let (from, to) = (Day(day.0 + 1), Day((day.0 + 6).min(period.last.0)));
        let Some(day) = open_day(random, period.language, from, to) else { continue };
        let hour = random.weighted(hours(period.language), |h| h.1).map_or(12, |h| h.0);
        let moment = moment(day, hour, random.between(0, 59));
        let gap = gap(random, shop, period, plan, order, parsed);
        said.push(answer(
            random,
            shop,
            period.language,
            DemoResponse { customer, order: at, at: moment, ..blank() },
            gap,
        ));
    }
    crate::domain::sort::sort_by_key(&mut said, |r| (r.at, r.customer, r.order));
    for (number, response) in said.iter_mut().enumerate() {
        response.key = format!("F{:04}", number + 1);
    }
    said
}

fn blank() -> DemoResponse {
    DemoResponse {
        key: String::new(),
        customer: 0,
        order: 0,
        at: Day(0).start(),
        expectation: None,
        experience: None,
        nps: None,
        csat: None,
        comment: String::new(),
        staff: String::new(),
    }
}

fn answer_percent(habit: Habit) -> u32 {
    match habit {
        Habit::Friend | Habit::Drifting => 24,
        Habit::Regular | Habit::Newcomer => 18,
        Habit::Butterfly => 45,
        Habit::Sleeper(_) => 16,
        Habit::Barnacle => 8,
        Habit::Stranger | Habit::Prospect => 14,
    }
}

/// By how much the purchase fell short of the hopes or went beyond them.
fn gap(
    random: &mut Random,
    shop: &Shop,
    period: Period,
    plan: &Plan,
    order: &ParsedOrder,
    parsed: &ParsedOrders,
) -> i32 {
    let late = order.at.day().0 > plan.visits.last().map_or(0, |v| v.day.0) - 60;
    let (low, high) = match plan.habit {
        Habit::Drifting | Habit::Sleeper(_) if late => (-4, 0),
        Habit::Friend if random.chance(12) => (-3, -1),
        Habit::Friend => (0, 3),
        Habit::Barnacle => (-2, 1),
        Habit::Butterfly => (-1, 3),
        _ => (-1, 2),
    };
    let first = order.first_line as usize;
    let lines = parsed.lines.get(first..first + order.line_count as usize).unwrap_or_default();
    let deal =
        |product: Option<u32>| product.and_then(|p| shop.goods.get(p as usize)).is_some_and(|g| g.sort == Sort::Deal);
    let cheap = i32::from(lines.iter().any(|l| deal(l.product)) && random.chance(30));
    // The shop got better at it in its second year.
    let learnt = i32::from(period.last.0 - order.at.day().0 < 365 && random.chance(30));
    random.between(low, high) - cheap + learnt
}

fn answer(random: &mut Random, shop: &Shop, language: Language, about: DemoResponse, gap: i32) -> DemoResponse {
    let expectation = random.between(6, 9);
    let experience = (expectation + gap).clamp(0, 10);
    let score = |n: i32, most: i32| u8::try_from(n.clamp(0, most)).ok();
    let asked_in_full = random.chance(85);
    let nps = match experience {
        9.. => random.between(9, 10),
        7..=8 => random.between(7, 9),
        _ => random.between(2, 6),
    };
    let mood = (experience - expectation).signum() + 1;
    let words = match language {
        Language::Zh => &ZH,
        Language::En => &EN,
    };
    let of_mood = usize::try_from(mood).ok().and_then(|mood| words.get(mood)).copied().unwrap_or_default();
    let comment = if random.chance(40) { random.pick(of_mood).copied().unwrap_or_default() } else { "" };
    DemoResponse {
        expectation: score(expectation, 10).filter(|_| asked_in_full),
        experience: score(experience, 10).filter(|_| asked_in_full),
        nps: score(nps, 10).filter(|_| random.chance(70)),
        csat: score((experience + 1) / 2, 5).map(|s| s.max(1)).filter(|_| !asked_in_full || random.chance(50)),
        comment: comment.to_owned(),
        staff: random.pick(shop.staff).copied().unwrap_or_default().to_owned(),
        ..about
    }
}
