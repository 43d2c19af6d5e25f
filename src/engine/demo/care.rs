//! What demo customers need, what they asked before they first came, and what went wrong: enough of it that every sign of
//! loyalty has something to show. From a source of randomness of its own, so that it moves nobody else.

use super::calendar::{hours, moment};
use super::habits::{Habit, Period, open_day};
use super::random::Random;
use super::shop::Shop;
use super::{DemoCase, DemoInteraction, DemoNeed, Language, Plan};
use crate::domain::{CivilTime, Day, InteractionChannel, OrderKind, Value, line_total_minor};
use crate::files::orders::ParsedOrders;

struct Words {
    /// What they need, and whether they do not buy without it.
    needs: &'static [(&'static str, bool)],
    complaints: &'static [&'static str],
    results: &'static [&'static str],
    service: &'static [&'static str],
    thanks: &'static [&'static str],
    questions: &'static [&'static str],
    /// By which they ask.
    ways: [InteractionChannel; 2],
}

const EN: Words = Words {
    needs: &[
        ("Decaf that tastes of coffee", true),
        ("Delivery before the weekend", true),
        ("An invoice to the company", true),
        ("Organic tea only", true),
        ("Small bags, so that it stays fresh", true),
        ("Ground for a moka pot", true),
        ("Gift wrapping without plastic", false),
        ("To hear of new harvests first", false),
        ("A sample of something new", false),
        ("Parking in front of the shop", false),
    ],
    complaints: &[
        "Beans roasted too dark, bitter",
        "A cup arrived chipped",
        "Delivered four days late",
        "Last year's harvest in this year's bag",
        "Charged twice at the till",
    ],
    results: &["Replaced at once, with an apology", "Money back", "Explained and settled by phone"],
    service: &["The kettle's lid sticks", "How to clean the grinder", "Grind the bag finer"],
    thanks: &["Thanks to Nora for the brewing lesson", "Best gift boxes in town"],
    questions: &[
        "Asked for a tea for somebody who drinks coffee",
        "Wanted to know whether we ship",
        "Asked for a quote for gift boxes",
        "Wanted to know when we are open",
        "Asked for beans for an old espresso machine",
    ],
    ways: [InteractionChannel::Phone, InteractionChannel::Email],
};

const ZH: Words = Words {
    needs: &[
        ("低咖啡因，但要有咖啡味", true),
        ("周末之前送到", true),
        ("开公司抬头的发票", true),
        ("只要有机茶", true),
        ("小包装，喝完不走味", true),
        ("磨成摩卡壶用的粗细", true),
        ("送礼包装不用塑料", false),
        ("新茶上市先通知", false),
        ("有新品想先试喝", false),
        ("店门口能停车", false),
    ],
    complaints: &["豆子烘得太深，发苦", "收到的杯子磕了口", "晚到四天", "今年的包装里是去年的茶", "结账时多收了一次"],
    results: &["当场换新并道歉", "退款", "电话说明，客户满意"],
    service: &["壶盖有点紧", "问磨豆机怎么清洗", "想把豆子磨细一点"],
    thanks: &["感谢店员教泡茶", "礼盒包得最用心"],
    questions: &[
        "想找适合爱喝咖啡的人喝的茶",
        "问能不能寄到外地",
        "问礼盒团购价",
        "问几点开门",
        "问老式咖啡机用什么豆子",
    ],
    ways: [InteractionChannel::WeChat, InteractionChannel::Phone],
};

/// What the rest of the demo does not know of.
pub(super) struct Care {
    pub needs: Vec<DemoNeed>,
    pub cases: Vec<DemoCase>,
    /// Questions before the first purchase.
    pub questions: Vec<DemoInteraction>,
}

pub(super) fn care(seed: u64, shop: &'static Shop, period: Period, plans: &[Plan]) -> Care {
    let words = match period.language {
        Language::Zh => &ZH,
        Language::En => &EN,
    };
    // Another stream than that of the orders.
    let mut maker = Maker { random: Random::new(seed ^ 0x6b69_7468), shop, period, words };
    let mut care = Care { needs: Vec::new(), cases: Vec::new(), questions: Vec::new() };
    for (customer, plan) in (0u32..).zip(plans) {
        maker.needs(customer, plan, &mut care.needs);
        care.cases.extend(maker.case(customer, plan));
        care.questions.extend(maker.question(customer, plan));
    }
    crate::domain::sort::sort_by_key(&mut care.needs, |n| (n.at, n.customer, n.rank));
    crate::domain::sort::sort_by_key(&mut care.cases, |c| (c.at, c.customer));
    for (number, need) in (1..).zip(&mut care.needs) {
        need.key = format!("N{number:04}");
    }
    for (number, case) in (1..).zip(&mut care.cases) {
        case.key = format!("C{number:04}");
    }
    care
}

struct Maker {
    random: Random,
    shop: &'static Shop,
    period: Period,
    words: &'static Words,
}

impl Maker {
    /// A moment in opening hours between two days.
    fn moment(&mut self, from: Day, to: Day) -> Option<CivilTime> {
        let to = to.min(self.period.last);
        let day = open_day(&mut self.random, self.period.language, from.max(self.period.first), to)?;
        let hour = self.random.weighted(hours(self.period.language), |h| h.1).map_or(12, |h| h.0);
        Some(moment(day, hour, self.random.between(0, 59)))
    }

    fn pick(&mut self, of: &'static [&'static str]) -> String {
        self.random.pick(of).copied().unwrap_or_default().to_owned()
    }

    fn staff(&mut self) -> String {
        self.pick(self.shop.staff)
    }

    /// Whoever the shop knows well; of friends most is met, of those who stay away little.
    fn needs(&mut self, customer: u32, plan: &Plan, needs: &mut Vec<DemoNeed>) {
        let (known, met) = match plan.habit {
            Habit::Friend => (70, 88),
            Habit::Regular | Habit::Newcomer => (35, 72),
            Habit::Drifting | Habit::Sleeper(_) => (45, 38),
            Habit::Butterfly => (25, 60),
            Habit::Barnacle | Habit::Stranger | Habit::Prospect => (8, 40),
        };
        if !self.random.chance(known) {
            return;
        }
        let mut which: Vec<usize> = (0..self.words.needs.len()).collect();
        self.random.shuffle(&mut which);
        let many = self.random.between(1, 3).unsigned_abs() as usize;
        for (rank, which) in (1..).zip(which.into_iter().take(many)) {
            let Some(&(what, must)) = self.words.needs.get(which) else { continue };
            let Some(at) = self.moment(plan.joined, Day(plan.joined.0 + 60)) else { continue };
            let met = self.random.chance(85).then(|| self.random.chance(met));
            needs.push(DemoNeed { key: String::new(), customer, at, what: what.to_owned(), must, rank, met });
        }
    }

    /// Of those who stay away, many were disappointed last; of the others a few, and they came again.
    fn case(&mut self, customer: u32, plan: &Plan) -> Option<DemoCase> {
        let (percent, last) = match plan.habit {
            Habit::Drifting | Habit::Sleeper(_) => (26, true),
            Habit::Friend | Habit::Regular => (28, false),
            Habit::Butterfly => (8, false),
            Habit::Barnacle | Habit::Newcomer => (10, false),
            Habit::Stranger | Habit::Prospect => (3, false),
        };
        if !self.random.chance(percent) {
            return None;
        }
        let visit = if last { plan.visits.last() } else { self.random.pick(&plan.visits) }?;
        let at = self.moment(Day(visit.day.0 + 1), Day(visit.day.0 + 6))?;
        let (kind, what, closes) = match self.random.below(100) {
            0..75 => ("complaint", self.words.complaints, true),
            75..90 => ("service", self.words.service, true),
            _ => ("compliment", self.words.thanks, false),
        };
        let (what, staff) = (self.pick(what), self.staff());
        let closed = self.moment(Day(at.day().0 + 1), Day(at.day().0 + 5)).filter(|_| closes);
        let result = if closed.is_some() { self.pick(self.words.results) } else { String::new() };
        let is_open = closes && closed.is_none();
        Some(DemoCase { key: String::new(), customer, at, kind, what, staff, closed, is_open, result })
    }

    /// Some looked around first.
    fn question(&mut self, customer: u32, plan: &Plan) -> Option<DemoInteraction> {
        let percent = match plan.habit {
            Habit::Butterfly => 55,
            Habit::Friend | Habit::Regular | Habit::Newcomer => 22,
            _ => 9,
        };
        let first = plan.visits.first()?.day;
        // Most ask shortly before, those who buy for a company weeks ahead.
        let ahead = if plan.habit == Habit::Butterfly { 35 } else { 12 };
        if !self.random.chance(percent) || first.0 - ahead < self.period.first.0 {
            return None;
        }
        let at = self.moment(Day(first.0 - ahead), Day(first.0 - 1))?;
        let channel = self.random.pick(&self.words.ways).copied()?;
        let (note, staff) = (self.pick(self.words.questions), self.staff());
        Some(DemoInteraction { key: String::new(), customer, at, channel, inbound: true, note, mood: None, staff })
    }
}

/// What was let off the list price becomes the order's discount.
pub(super) fn discounts(shop: &Shop, orders: &mut ParsedOrders) {
    for order in orders.orders.iter_mut().filter(|o| o.kind == OrderKind::Purchase) {
        let first = order.first_line as usize;
        let lines = orders.lines.get(first..first + order.line_count as usize).unwrap_or_default();
        let list = |line: &crate::files::orders::ParsedLine| {
            let goods = line.product.and_then(|p| shop.goods.get(p as usize))?;
            line_total_minor(line.quantity_milli, goods.price * super::sales::E4_PER_MINOR, shop.currency)
        };
        let off: i64 = lines.iter().filter_map(|line| Some(list(line)? - line.total_minor)).sum();
        if off > 0 {
            order.fields.push(("discount_minor".to_owned(), Value::Int(off)));
        }
    }
}
