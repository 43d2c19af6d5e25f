//! Precision and recall of the search for duplicates on a labelled set that a seeded generator makes.
//! `cargo test --test duplicates -- --nocapture` prints the figures.
//!
//! People are made from surnames and given names with the frequencies of real ones, some with families who share a phone,
//! an address or a mailbox, some with colleagues on one switchboard. A part of them is entered twice, the second time as a
//! busy person would: another notation, a title, a slip, pinyin for characters, an old number, half of the fields left out.

#![allow(clippy::unwrap_used, reason = "a failing rule is a failing test")]

use std::collections::BTreeSet;

use kith::analytics::duplicates::{Fields, Scan};

const PEOPLE: u32 = 5_000;
const TWINS_PERCENT: u32 = 15;
/// From this score on the app says “maybe the same”.
const LEAST_PERCENT: u8 = 50;

struct Random(u64);

impl Random {
    fn below(&mut self, n: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % u64::from(n)) as u32
    }

    fn chance(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }

    fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len() as u32) as usize]
    }

    /// The earlier ones far more often, as with names.
    fn early<'a>(&mut self, all: &[&'a str]) -> &'a str {
        let n = all.len() as u32;
        let at = self.below(n).min(self.below(n)).min(self.below(n));
        all[at as usize]
    }
}

const SURNAMES: &[&str] = &[
    "王 wang",
    "李 li",
    "张 zhang",
    "刘 liu",
    "陈 chen",
    "杨 yang",
    "赵 zhao",
    "黄 huang",
    "周 zhou",
    "吴 wu",
    "徐 xu",
    "孙 sun",
    "胡 hu",
    "朱 zhu",
    "高 gao",
    "林 lin",
    "何 he",
    "郭 guo",
    "马 ma",
    "罗 luo",
    "单 shan",
    "曾 zeng",
    "解 xie",
    "仇 qiu",
    "欧阳 ouyang",
    "尉迟 yuchi",
    "查 zha",
    "翟 zhai",
];
const GIVEN: &[&str] = &[
    "伟 wei",
    "芳 fang",
    "秀英 xiuying",
    "敏 min",
    "静 jing",
    "丽 li",
    "强 qiang",
    "磊 lei",
    "军 jun",
    "洋 yang",
    "勇 yong",
    "艳 yan",
    "杰 jie",
    "娟 juan",
    "涛 tao",
    "明 ming",
    "建国 jianguo",
    "志强 zhiqiang",
    "小明 xiaoming",
    "晓红 xiaohong",
    "海燕 haiyan",
    "雨桐 yutong",
    "浩然 haoran",
    "子轩 zixuan",
    "梦琪 mengqi",
    "诗涵 shihan",
    "云飞 yunfei",
    "凤霞 fengxia",
    "国庆 guoqing",
    "文博 wenbo",
    "思远 siyuan",
    "慕白 mubai",
    "清照 qingzhao",
    "望舒 wangshu",
];
const TRADITIONAL: &[(char, char)] = &[
    ('张', '張'),
    ('刘', '劉'),
    ('陈', '陳'),
    ('杨', '楊'),
    ('赵', '趙'),
    ('黄', '黃'),
    ('伟', '偉'),
    ('丽', '麗'),
    ('国', '國'),
    ('强', '強'),
    ('艳', '艷'),
];
const FIRST: &[&str] = &[
    "John",
    "Mary",
    "David",
    "Anna",
    "James",
    "Emma",
    "Peter",
    "Laura",
    "Thomas",
    "Sarah",
    "Michael",
    "Julia",
    "Daniel",
    "Sophie",
    "Robert",
    "Claire",
    "Stephen",
    "Charlotte",
    "Frederick",
    "Isabelle",
    "Nathaniel",
    "Genevieve",
    "Bartholomew",
    "Penelope",
    "Leopold",
    "Ottilie",
];
const LAST: &[&str] = &[
    "Smith",
    "Jones",
    "Taylor",
    "Brown",
    "Williams",
    "Martin",
    "Müller",
    "Garcia",
    "Schmidt",
    "Rossi",
    "Dubois",
    "Walker",
    "Robinson",
    "Thompson",
    "Harrison",
    "Fitzgerald",
    "Lindqvist",
    "O'Connor",
    "van Dijk",
    "Kowalski",
    "Papadopoulos",
    "Featherstone",
    "Abernathy",
    "Castellanos",
];
const CITIES: &[&str] = &["杭州", "上海", "北京", "宁波", "深圳", "London", "Paris", "Lyon", "Berlin"];
const COMPANIES: &[&str] = &[
    "云上科技",
    "蓝海贸易",
    "山脚茶业",
    "Blue Sea Trading",
    "Northern Light",
    "Old Mill Bakery",
    "青禾幼儿园",
    "一木家具",
];

#[derive(Clone, Default)]
struct Record {
    who: u32,
    name: String,
    /// The same name in other words: given and surname, or pinyin.
    spelled: (String, String),
    phone: String,
    email: String,
    company: String,
    city: String,
    address: String,
    birthday: String,
}

fn someone(random: &mut Random, who: u32) -> Record {
    let chinese = random.chance(50);
    let (name, spelled) = if chinese {
        let (surname, given) = (random.early(SURNAMES), random.early(GIVEN));
        let ((a, x), (b, y)) = (surname.split_once(' ').unwrap(), given.split_once(' ').unwrap());
        (format!("{a}{b}"), (x.to_owned(), y.to_owned()))
    } else {
        let (first, last) = (random.early(FIRST), random.early(LAST));
        (format!("{first} {last}"), (last.to_owned(), first.to_owned()))
    };
    let mut record = Record { who, name, spelled, ..Record::default() };
    if random.chance(90) {
        record.phone = number(random, chinese);
    }
    if random.chance(60) {
        record.email = mailbox(random, &record.spelled);
    }
    if random.chance(80) {
        record.city = random.of(CITIES).to_owned();
    }
    if random.chance(25) {
        record.company = random.of(COMPANIES).to_owned();
    }
    if random.chance(40) {
        record.birthday =
            format!("{}-{:02}-{:02}", 1950 + random.below(55), 1 + random.below(12), 1 + random.below(28));
    }
    if random.chance(30) {
        record.address =
            format!("{} {}", random.of(&["High Street", "学院路", "Rue de la Paix", "文三路"]), random.below(400));
    }
    record
}

fn number(random: &mut Random, chinese: bool) -> String {
    if chinese {
        format!("13{:09}", random.below(1_000_000_000))
    } else {
        format!("+4420{:08}", 70_000_000 + random.below(9_999_999))
    }
}

fn mailbox(random: &mut Random, spelled: &(String, String)) -> String {
    let plain = |text: &str| text.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    format!("{}.{}{}@example.com", plain(&spelled.1), plain(&spelled.0), random.below(10_000))
}

/// One slip in a word of five letters and more.
fn slip(random: &mut Random, text: &str) -> String {
    let mut words: Vec<Vec<char>> = text.split(' ').map(|w| w.chars().collect()).collect();
    let Some(word) = words.iter_mut().find(|w| w.len() >= 5 && w[0].is_ascii()) else { return text.to_owned() };
    let at = 1 + random.below(word.len() as u32 - 2) as usize;
    match random.below(4) {
        0 => drop(word.remove(at)),
        1 => word.insert(at, 'e'),
        2 => word[at] = 'o',
        _ => word.swap(at, at + 1),
    }
    words.iter().map(|w| w.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// The same person as entered another time.
fn again(random: &mut Random, of: &Record) -> Record {
    let mut record = of.clone();
    let chinese = !of.name.is_ascii() && !of.name.contains(' ');
    record.name = match (random.below(10), chinese) {
        (0, true) => format!("{}先生", of.name),
        (1, true) => {
            of.name.chars().map(|c| TRADITIONAL.iter().find(|(s, _)| *s == c).map_or(c, |(_, t)| *t)).collect()
        }
        (2, true) => format!("{} {}", of.spelled.1, of.spelled.0),
        (3, true) => of.name.chars().map(|c| format!("{c} ")).collect(),
        (4, true) => format!("{}（老客户）", of.name),
        (0, false) => format!("{}, {}", of.spelled.0, of.spelled.1),
        (1, false) => of.name.to_uppercase(),
        (2, false) => format!("Dr. {}", of.name),
        (3 | 4, false) => slip(random, &of.name),
        (5, false) => format!("{}. {}", &of.spelled.1[..1], of.spelled.0),
        _ => of.name.clone(),
    };
    if random.chance(20) {
        record.phone = String::new();
    } else if random.chance(10) {
        record.phone = number(random, chinese);
    } else if chinese && of.phone.len() == 11 {
        let (a, b, c) = (&of.phone[..3], &of.phone[3..7], &of.phone[7..]);
        record.phone = [format!("+86 {a} {b} {c}"), format!("{a}-{b}-{c}"), format!("0086{a}{b}{c}"), of.phone.clone()]
            [random.below(4) as usize]
            .clone();
    } else if let Some(national) = of.phone.strip_prefix("+4420") {
        let (b, c) = national.split_at(4);
        record.phone =
            [format!("020 {b} {c}"), format!("+44 (0)20 {b}{c}"), of.phone.clone()][random.below(3) as usize].clone();
    }
    if random.chance(35) {
        record.email = String::new();
    } else if random.chance(12) {
        record.email = mailbox(random, &of.spelled);
    } else {
        record.email = of.email.to_uppercase();
    }
    for field in [&mut record.company, &mut record.city, &mut record.address, &mut record.birthday] {
        if random.chance(40) {
            field.clear();
        }
    }
    if !record.company.is_empty() && random.chance(50) {
        record.company.push_str(if record.company.is_ascii() { " Ltd." } else { "有限公司" });
    }
    record
}

/// A relative or colleague: another person who shares what such people share.
fn close_to(random: &mut Random, of: &Record, who: u32) -> Record {
    let mut other = someone(random, who);
    if random.chance(60) {
        // Family: surname, phone or address; children of one day at times.
        let chinese = !of.name.is_ascii() && !of.name.contains(' ');
        loop {
            let (given, spelled) = if chinese {
                random.of(GIVEN).split_once(' ').unwrap()
            } else {
                let first = random.of(FIRST);
                (first, first)
            };
            let surname = &of.spelled.0;
            let han: String =
                of.name.chars().take(if matches!(surname.as_str(), "ouyang" | "yuchi") { 2 } else { 1 }).collect();
            other.name = if chinese { format!("{han}{given}") } else { format!("{given} {surname}") };
            other.spelled = (surname.clone(), spelled.to_owned());
            if other.name != of.name {
                break;
            }
        }
        other.phone = of.phone.clone();
        other.address = of.address.clone();
        other.city = of.city.clone();
        other.email = if random.chance(20) { of.email.clone() } else { String::new() };
        if random.chance(5) {
            other.birthday = of.birthday.clone();
        }
    } else {
        other.company = of.company.clone();
        other.city = of.city.clone();
        other.phone = format!("0571-88{:06} 转 {}", who / 7, random.below(90) + 10);
        other.email = if random.chance(50) { "info@example.com".into() } else { other.email };
    }
    other
}

fn labelled(seed: u64) -> Vec<Record> {
    let mut random = Random(seed);
    let mut records = Vec::new();
    for who in 0..PEOPLE {
        let record = match records.last() {
            Some(last) if random.chance(10) => close_to(&mut random, last, who),
            _ => someone(&mut random, who),
        };
        if random.chance(TWINS_PERCENT) {
            records.push(again(&mut random, &record));
        }
        records.push(record);
    }
    // The order tells nothing.
    for at in (1..records.len()).rev() {
        let other = random.below(at as u32 + 1) as usize;
        records.swap(at, other);
    }
    records
}

fn fields(record: &Record) -> Fields<'_> {
    Fields {
        name: &record.name,
        phone: &record.phone,
        email: &record.email,
        company: &record.company,
        city: &record.city,
        address: &record.address,
        birthday: &record.birthday,
        ..Fields::default()
    }
}

fn scan(records: &[Record], least_percent: u8) -> BTreeSet<(u32, u32)> {
    let mut scan = Scan::new(records.len() as u32, 0, least_percent);
    while scan.step(&|at| records.get(at as usize).map(fields)) {}
    scan.finish().0.into_iter().map(|pair| (pair.a, pair.b)).collect()
}

#[test]
fn precision_and_recall() {
    for seed in [1, 2, 3] {
        let records = labelled(seed);
        let mut truth = BTreeSet::new();
        for (a, first) in (0..).zip(&records) {
            let twins = (0..).zip(&records).skip(a as usize + 1).filter(|(_, second)| second.who == first.who);
            truth.extend(twins.map(|(b, _)| (a, b)));
        }
        let found = scan(&records, LEAST_PERCENT);
        let right = found.intersection(&truth).count() as f64;
        let (precision, recall) = (right / found.len() as f64, right / truth.len() as f64);
        // Some twins share neither a contact nor a birthday nor an address: nobody could tell them from namesakes.
        let tells = |&&(a, b): &&(u32, u32)| {
            let (a, b) = (&records[a as usize], &records[b as usize]);
            let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
            let tail = |text: &str| digits(text).chars().rev().take(8).collect::<String>();
            (!a.phone.is_empty() && tail(&a.phone) == tail(&b.phone))
                || (!a.email.is_empty() && a.email.eq_ignore_ascii_case(&b.email))
                || (!a.birthday.is_empty() && a.birthday == b.birthday)
                || (!a.address.is_empty() && a.address == b.address)
        };
        let decidable: Vec<_> = truth.iter().filter(tells).collect();
        let decided = decidable.iter().filter(|pair| found.contains(pair)).count() as f64;
        println!(
            "seed {seed}: {} records, {} twins, {} found; precision {precision:.4}, recall {recall:.4}, of those that share something {:.4}",
            records.len(),
            truth.len(),
            found.len(),
            decided / decidable.len() as f64,
        );
        if std::env::var_os("KITH_SHOW").is_some() {
            for (a, b) in found.difference(&truth).take(15) {
                show("wrong", &records, *a, *b);
            }
            for (a, b) in truth.difference(&found).take(25) {
                show("missed", &records, *a, *b);
            }
        }
        assert!(precision > 0.97, "precision {precision}");
        assert!(recall > 0.8 && decided > 0.98 * decidable.len() as f64, "recall {recall}");
    }
}

fn show(what: &str, records: &[Record], a: u32, b: u32) {
    let line = |at: u32| {
        let r = &records[at as usize];
        [&r.name, &r.phone, &r.email, &r.company, &r.city, &r.address, &r.birthday].map(String::as_str).join(" | ")
    };
    println!("{what}\n   {}\n   {}", line(a), line(b));
}
