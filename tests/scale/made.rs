//! The books that the figures are of: the same for every run.

use kith::domain::{CivilTime, Currency, OrderKind};
use kith::engine::dataset::Dataset;
use kith::files::orders::{ParsedCustomer, ParsedLine, ParsedOrder, ParsedOrders, ParsedProduct};

use super::bring;

pub const CUSTOMERS: u32 = 100_000;
pub const ORDERS: u32 = 250_000;
pub const LINES_PER_ORDER: u32 = 4;
pub const PRODUCTS: u32 = 4_000;

/// A small generator of its own (splitmix64), so that the figures compare from run to run.
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, n: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        ((z ^ (z >> 27)) % u64::from(n)) as u32
    }
}

pub fn file() -> ParsedOrders {
    let mut random = Random(1);
    let customer = |n| ParsedCustomer {
        key: format!("{}", 10_000 + n),
        name: format!("Customer Name {n}"),
        phone: format!("1380{n:07}"),
        email: format!("c{n}@example.com"),
        country: ["China", "France", "United Kingdom"][n as usize % 3].into(),
        ..Default::default()
    };
    let product = |n| ParsedProduct { key: format!("P{n}"), name: format!("Product number {n}"), ..Default::default() };
    let order = |n: u32, random: &mut Random| ParsedOrder {
        key: format!("{}", 500_000 + n),
        customer: Some(random.below(CUSTOMERS)),
        at: CivilTime(1_300_000_000_000 + i64::from(n) * 60_000),
        kind: OrderKind::Purchase,
        channel: String::new(),
        currency: Currency::GBP,
        fields: Vec::new(),
        note: String::new(),
        first_line: n * LINES_PER_ORDER,
        line_count: LINES_PER_ORDER,
    };
    let line = |random: &mut Random| {
        let (quantity, price) = (i64::from(random.below(24)) + 1, i64::from(random.below(5_000)) + 25);
        ParsedLine {
            product: Some(random.below(PRODUCTS)),
            quantity_milli: quantity * 1_000,
            unit_price_e4: price * 100,
            total_minor: quantity * price,
        }
    };
    ParsedOrders {
        customers: (0..CUSTOMERS).map(customer).collect(),
        products: (0..PRODUCTS).map(product).collect(),
        orders: (0..ORDERS).map(|n| order(n, &mut random)).collect(),
        lines: (0..ORDERS * LINES_PER_ORDER).map(|_| line(&mut random)).collect(),
        ..ParsedOrders::default()
    }
}

/// 100,000 customers, half of them with Chinese names.
pub fn people() -> Dataset {
    let mut random = Random(5);
    let surnames: Vec<char> = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗单曾解仇查任盖吕欧范".chars().collect();
    let given: Vec<char> =
        "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂华建国文玉红志永春梅海燕雪飞云龙小晓婷宇浩然子轩"
            .chars()
            .collect();
    let syllables = ["an", "ber", "cor", "dan", "el", "fin", "gar", "hol", "is", "jo", "ken", "lor", "mar", "nor"];
    let mut pick = |from: &[char]| from[random.below(from.len() as u32) as usize];
    let mut customers = Vec::new();
    let mut words = Random(6);
    let mut word = |n: u32| (0..n).map(|_| syllables[words.below(syllables.len() as u32) as usize]).collect::<String>();
    for n in 0..CUSTOMERS {
        let name = if n % 2 == 0 {
            format!("{}{}{}", pick(&surnames), pick(&given), pick(&given))
        } else {
            format!("{} {}", word(2), word(3))
        };
        customers.push(ParsedCustomer {
            key: format!("{}", 10_000 + n),
            name,
            phone: format!("138{:08}", n * 7_919 % 100_000_000),
            email: format!("{}{n}@example.com", word(3)),
            company: if n % 3 == 0 { format!("{}{}贸易有限公司", pick(&given), pick(&given)) } else { word(4) },
            ..Default::default()
        });
    }
    let mut data = Dataset::new();
    assert!(bring(&mut data, 1, ParsedOrders { customers, ..ParsedOrders::default() }).is_some());
    data
}

/// Names as the browser's bench gives them to the customers of [`file`] (`tests/browser/seeded.mjs`).
pub fn named_as_in_the_bench() -> ParsedOrders {
    let surnames = ["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "单", "曾", "解", "仇", "欧阳"];
    let given: Vec<char> =
        "伟芳娜敏静丽强磊军洋艳勇杰娟涛明超秀霞平刚桂英文华玉建国兰红梅志鹏云飞雪晨宇欣怡佳浩然".chars().collect();
    let first = "Alice Robert Maria James Linda Wei Olga Ahmed Grace Thomas Yuki Carlos";
    let last = "Smith Johnson Zhangwell Brown Garcia Miller Davies Wilson Novak Keller Okafor Svensson";
    let (first, last): (Vec<&str>, Vec<&str>) = (first.split(' ').collect(), last.split(' ').collect());
    let mut random = Random(11);
    let mut below = |n: usize| random.below(u32::try_from(n).unwrap_or(1)) as usize;
    let mut parsed = file();
    for (n, customer) in parsed.customers.iter_mut().enumerate() {
        customer.name = if n % 2 == 0 {
            let (a, b, c) = (below(surnames.len()), below(given.len()), below(given.len()));
            format!("{}{}{}", surnames[a], given[b], given[c])
        } else {
            format!("{} {}{}", first[below(first.len())], last[below(last.len())], n % 7)
        };
        customer.phone = format!("13{:09}", 100_000_000 + n * 7 + below(7));
        customer.company = format!("Company {}", n % 900);
    }
    parsed
}
