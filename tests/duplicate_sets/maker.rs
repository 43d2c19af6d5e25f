//! People, their words and their slips.

/// Words in pairs.
pub fn pairs(words: &'static str) -> Vec<(&'static str, &'static str)> {
    let words: Vec<&str> = words.split(' ').collect();
    words.chunks(2).map(|two| (two[0], two[1])).collect()
}

/// Each character of a traditional name for its simplified one.
pub fn traditional(name: &str) -> String {
    let table = pairs(TRADITIONAL);
    let other = |c: char| table.iter().find(|(s, _)| s.starts_with(c)).and_then(|(_, t)| t.chars().next());
    name.chars().map(|c| other(c).unwrap_or(c)).collect()
}

pub fn words(words: &'static str) -> Vec<&'static str> {
    words.split(' ').collect()
}

pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, n: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % u64::from(n)) as u32
    }

    pub fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len() as u32) as usize]
    }

    pub fn early<T: Copy>(&mut self, all: &[T]) -> T {
        let n = all.len() as u32;
        all[self.below(n).min(self.below(n)) as usize]
    }
}

pub const SURNAMES: &str = "\
王 Wang 李 Li 张 Zhang 刘 Liu 陈 Chen 杨 Yang 黄 Huang 赵 Zhao 吴 Wu 周 Zhou 徐 Xu 孙 Sun 马 Ma 朱 Zhu 胡 \
Hu 郭 Guo 何 He 高 Gao 林 Lin 罗 Luo 郑 Zheng 梁 Liang 谢 Xie 宋 Song 单 Shan 曾 Zeng 解 Xie 仇 Qiu 欧阳 \
Ouyang 司马 Sima";
pub const GIVEN: &str = "\
伟 Wei 芳 Fang 娜 Na 敏 Min 静 Jing 秀英 Xiuying 丽 Li 强 Qiang 磊 Lei 洋 Yang 艳 Yan 勇 Yong 军 Jun 杰 \
Jie 娟 Juan 涛 Tao 超 Chao 明 Ming 霞 Xia 秀兰 Xiulan 刚 Gang 平 Ping 桂英 Guiying 文轩 Wenxuan 思聪 \
Sicong 晓东 Xiaodong 雪梅 Xuemei 国栋 Guodong 佳怡 Jiayi 天宇 Tianyu 子涵 Zihan 宇航 Yuhang 欣然 Xinran 嘉豪 \
Jiahao 美玲 Meiling 春花 Chunhua 立新 Lixin 志远 Zhiyuan 雅琴 Yaqin 永康 Yongkang 德华 Dehua 学友 Xueyou \
富城 Fucheng 家辉 Jiahui 若曦 Ruoxi 乐天 Letian 清扬 Qingyang 书涵 Shuhan 景行 Jingxing 长安 Changan 红梅 \
Hongmei 淑贞 Shuzhen 冬梅 Dongmei 建平 Jianping 卫东 Weidong 向阳 Xiangyang 胜利 Shengli 爱民 Aimin 振华 \
Zhenhua 耀祖 Yaozu";
pub const FIRST: &str = "\
James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara \
Richard Susan Joseph Jessica Thomas Karen Charles Sarah Daniel Nancy Matthew Sandra \
Anthony Ashley Steven Kimberly Andrew Donna Kenneth Michelle Benjamin Rebecca Nicholas \
Stephanie Jonathan Catherine Alexander Victoria";
pub const LAST: &str = "\
Smith Johnson Williams Brown Jones Miller Davis Wilson Anderson Taylor Thomas Moore Martin \
Jackson Thompson White Lopez Lee Harris Clark Lewis Robinson Walker Young Allen King \
Wright Scott Torres Nguyen Hill Flores Green Adams Nelson Baker Campbell Mitchell Carter \
Roberts";
/// Given names of a man and a woman.
pub const BY_AN_ENDING: &str = "\
Robert Roberta Paul Paula Daniel Daniela Alex Alexa Mario Maria Jose Josef Jean Jeanne Carl Carla \
Martin Martina Martin Martine Andre Andrea Dennis Denise Christian Christina Christian Christiane Louis Louise \
Simon Simone Simon Simona Francis Frances Eric Erica Patrick Patricia Julian Juliana Victor Victoria Gabriel Gabriela \
Jan Jana Stefan Stefanie Antonio Antonia Paolo Paola Angelo Angela Angel Angela Michele Michela Ivan Ivana \
Emil Emilia Leo Lea Joseph Josepha Nicolas Nicola Mark Mary Tim Tom";
pub const TRADITIONAL: &str =
    "张 張 刘 劉 陈 陳 杨 楊 黄 黃 赵 趙 吴 吳 孙 孫 马 馬 罗 羅 郑 鄭 谢 謝 伟 偉 丽 麗 国 國 军 軍";
/// Characters of one sound.
pub const ALIKE: &str = "\
晓 小 雪 学 嘉 佳 佳 家 欣 新 志 智 红 虹 宇 雨 明 鸣 静 靖 伟 炜 琴 勤 玲 灵 梅 玫 丽 莉 文 雯";
pub const CITIES: [&str; 8] = ["杭州", "上海", "北京", "广州", "London", "Leeds", "Boston", "成都"];

#[derive(Clone, Default, Debug)]
pub struct Record {
    pub name: String,
    pub who: u32,
    pub first: String,
    pub last: String,
    pub phone: String,
    pub email: String,
    pub company: String,
    pub city: String,
    pub address: String,
    pub birthday: String,
}

pub struct Maker {
    pub random: Random,
    pub records: Vec<Record>,
    pub who: u32,
}

impl Maker {
    pub fn han(&mut self) -> Record {
        let (s, g) = (self.random.early(&pairs(SURNAMES)), self.random.early(&pairs(GIVEN)));
        self.filled(format!("{}{}", s.0, g.0), g.1.into(), s.1.into(), true)
    }

    pub fn latin(&mut self) -> Record {
        let (f, l) = (self.random.of(&words(FIRST)), self.random.of(&words(LAST)));
        self.filled(format!("{f} {l}"), f.into(), l.into(), false)
    }

    pub fn any(&mut self) -> Record {
        if self.random.below(2) == 0 { self.han() } else { self.latin() }
    }

    pub fn filled(&mut self, name: String, first: String, last: String, han: bool) -> Record {
        self.who += 1;
        let r = &mut self.random;
        let phone = match (han, r.below(10)) {
            (_, 0) => String::new(),
            (true, _) => format!("1{}{:09}", r.of(&[3, 5, 7, 8, 9]), r.below(1_000_000_000)),
            (false, 1..5) => format!("+1{}{:07}", r.of(&[212, 415, 617, 312]), 2_000_000 + r.below(7_999_999)),
            _ => format!("+447{:09}", r.below(1_000_000_000)),
        };
        let email = match r.below(10) {
            0..5 => String::new(),
            n => format!(
                "{}{}{}@{}",
                first.to_lowercase(),
                ["", ".", "_"][(n % 3) as usize],
                last.to_lowercase(),
                ["qq.com", "163.com", "gmail.com"][r.below(3) as usize]
            )
            .replacen('@', &format!("{}@", r.below(9_000)), 1),
        };
        let city = if r.below(3) > 0 { r.of(&CITIES).to_owned() } else { String::new() };
        Record { who: self.who, name, first, last, phone, email, city, ..Record::default() }
    }

    /// A number for who must have one.
    pub fn with_phone(&mut self, han: bool) -> Record {
        loop {
            let r = if han { self.han() } else { self.latin() };
            if !r.phone.is_empty() {
                return r;
            }
        }
    }

    pub fn with_email(&mut self) -> Record {
        loop {
            let r = self.any();
            if !r.email.is_empty() {
                return r;
            }
        }
    }

    /// Somebody else with the same surname.
    pub fn relative(&mut self, of: &Record) -> Record {
        let han = !of.name.is_ascii();
        loop {
            let mut other = if han { self.han() } else { self.latin() };
            if other.first == of.first {
                continue;
            }
            other.name = match han {
                true => {
                    let (s, g) = (
                        pairs(SURNAMES).into_iter().find(|(s, _)| of.name.starts_with(s)).unwrap().0,
                        pairs(GIVEN).into_iter().find(|g| g.1 == other.first).unwrap().0,
                    );
                    format!("{s}{g}")
                }
                false => format!("{} {}", other.first, of.last),
            };
            other.last = of.last.clone();
            return other;
        }
    }
}

pub fn notation(random: &mut Random, phone: &str) -> String {
    if let Some(rest) = phone.strip_prefix("+1") {
        let (a, b, c) = (&rest[..3], &rest[3..6], &rest[6..]);
        return [
            format!("({a}) {b}-{c}"),
            format!("1-{a}-{b}-{c}"),
            format!("001 {a} {b} {c}"),
            format!("{a}.{b}.{c}"),
            format!("+1 ({a}) {b} {c}"),
            format!("tel: +1-{a}-{b}-{c}"),
        ][random.below(6) as usize]
            .clone();
    }
    if let Some(rest) = phone.strip_prefix("+44") {
        let (a, b) = rest.split_at(4);
        return [
            format!("0{a} {b}"),
            format!("+44 (0) {a} {b}"),
            format!("0044{rest}"),
            format!("(0{a}) {b}"),
            format!("+44(0){a}-{b}"),
        ][random.below(5) as usize]
            .clone();
    }
    let (a, b, c) = (&phone[..3], &phone[3..7], &phone[7..]);
    let wide = |t: &str| t.chars().map(|c| char::from_u32(c as u32 + 0xfee0).unwrap()).collect::<String>();
    [
        format!("+86 {a} {b} {c}"),
        format!("+86{phone}"),
        format!("(+86) {a}-{b}-{c}"),
        format!("0086-{phone}"),
        format!("86 {phone}"),
        format!("86{phone}"),
        format!("{a} {b} {c}"),
        format!("0{phone}"),
        wide(phone),
        format!("手机：{phone}"),
        format!("{phone}（微信同号）"),
        format!("{phone}，0571-8{}", 1_000_000 + random.below(8_999_999)),
        format!("0571-8{}/{phone}", 1_000_000 + random.below(8_999_999)),
        format!("0571-8{}、{phone}", 1_000_000 + random.below(8_999_999)),
        format!("0571-8{},{phone}", 1_000_000 + random.below(8_999_999)),
        format!("0571-8{} {phone}", 1_000_000 + random.below(8_999_999)),
    ][random.below(16) as usize]
        .clone()
}

pub fn slip(random: &mut Random, word: &str) -> String {
    let mut w: Vec<char> = word.chars().collect();
    let at = 1 + random.below(w.len() as u32 - 2) as usize;
    match random.below(4) {
        0 => drop(w.remove(at)),
        1 => w.insert(at, w[at]),
        2 => w[at] = random.of(&['a', 'e', 'n', 'r', 's']),
        _ => w.swap(at, at + 1),
    }
    w.into_iter().collect()
}
