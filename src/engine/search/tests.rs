use proptest::prelude::*;

use super::*;
use crate::domain::{Action, ChangeSet, DeviceId, Id, Kind, Origin, Stamp, Value, customer};
use crate::engine::api::Found;
use crate::engine::rows::{BlockBuilder, DecodedBlock};

/// Name, phone, email, note.
type Person<'a> = (&'a str, &'a str, &'a str, &'a str);

fn book(people: &[Person]) -> Dataset {
    let mut rows = BlockBuilder::new(Kind::Customer);
    for (n, (name, phone, email, note)) in (1..).zip(people) {
        rows.row(Id(n));
        rows.set(customer::NAME, *name);
        rows.set(customer::PHONE, *phone);
        rows.set(customer::EMAIL, *email);
        rows.set(customer::NOTE, *note);
    }
    let mut data = Dataset::new();
    data.apply(&set(1, Vec::new()), 1, &[DecodedBlock::Rows(rows.finish())]).unwrap();
    data
}

fn set(time: u64, changes: Vec<crate::domain::Change>) -> ChangeSet {
    let origin = Origin::Hand { what: Action::Edit(Kind::Customer) };
    ChangeSet { stamp: Stamp { time, device: DeviceId(1) }, origin, changes, blocks: Vec::new() }
}

fn named(names: &[&str]) -> SearchIndex {
    SearchIndex::new(&book(&names.iter().map(|name| (*name, "", "", "")).collect::<Vec<_>>()))
}

/// Rows found, the best first.
fn found(index: &SearchIndex, text: &str) -> Vec<u32> {
    let hits = index.find(text).unwrap_or_default();
    let mut rows: Vec<(u8, u32)> = hits.into_iter().zip(0..).filter(|(rank, _)| *rank > 0).collect();
    rows.sort_by_key(|(rank, row)| (std::cmp::Reverse(*rank), *row));
    rows.into_iter().map(|(_, row)| row).collect()
}

#[test]
fn real_names_by_pinyin_initials_and_mixtures() {
    let names = [
        "张伟",
        "王秀英",
        "单田芳",
        "曾国藩",
        "解缙",
        "仇英",
        "查良镛",
        "任正非",
        "盖叫天",
        "尉迟恭",
        "欧阳娜娜",
        "吕布",
        "朴树",
        "区楚良",
        "万俟卨",
        "令狐冲",
        "黑云",
        "翟天临",
        "冼星海",
        "重庆小面",
        "John Smith",
        "Zhang Wei",
        "張曼玉",
        "José Álvarez",
    ];
    let index = named(&names);
    let cases = [
        ("张伟", "zhangwei zw zhangw zhwei 张w 张wei z伟 zahngwei zhangwie zhanwei zhagnwei"),
        ("王秀英", "wangxiuying wxy wangxy 王xy 秀英 xiuying wangxiuyign"),
        ("单田芳", "shantianfang shantf stf dantianfang 单tf"),
        ("曾国藩", "zengguofan zgf cengguofan zenguofan"),
        ("解缙", "xiejin xj jiejin"),
        ("仇英", "qiuying qy chouying"),
        ("查良镛", "zhaliangyong zly chaliangyong"),
        ("任正非", "renzhengfei rzf"),
        ("盖叫天", "gejiaotian gjt gaijiaotian"),
        ("尉迟恭", "yuchigong ycg weichigong"),
        ("欧阳娜娜", "ouyangnana oynn ouyangnn 欧阳nn ouynagnana"),
        ("吕布", "lvbu lubu lübu lb"),
        ("朴树", "piaoshu pushu ps"),
        ("区楚良", "ouchuliang quchuliang ocl"),
        ("令狐冲", "linghuchong lhc"),
        ("黑云", "heyun heiyun"),
        ("翟天临", "zhaitianlin dtl ztl"),
        ("重庆小面", "chongqingxiaomian zhongqing cqxm"),
        ("John Smith", "john smith joh smit jhon smiht jon johhn smeth johnsmith jhonsmith"),
        ("Zhang Wei", "zhangwei zhang wei"),
        ("張曼玉", "张曼玉 張曼玉 zhangmanyu zmy"),
        ("José Álvarez", "jose alvarez JOSÉ álvares"),
    ];
    for (name, searches) in cases {
        let row = names.iter().position(|n| *n == name).unwrap() as u32;
        for search in searches.split(' ') {
            assert!(found(&index, search).contains(&row), "{search} does not find {name}");
        }
    }
    let zhang_wei = names.iter().position(|n| *n == "Zhang Wei").unwrap() as u32;
    assert!(found(&index, "wei zhang").contains(&zhang_wei));
}

#[test]
fn parts_of_phone_email_and_note() {
    let index = SearchIndex::new(&book(&[
        ("Ann", "+86 138-0013-8001", "ann.lee@example.com", "met at the tea fair in Lyon"),
        ("Bob", "010-65529988", "bob@example.org", "喜欢龙井，住在杭州"),
        ("Cyd", "(020) 7946 0958 / 139 0013 9000", "", ""),
    ]));
    for (search, want) in [
        ("13800138001", vec![0]),
        ("+8613800138001", vec![0]),
        ("138 0013", vec![0]),
        ("138-0013-8001", vec![0]),
        ("+86 138-0013-8001", vec![0]),
        ("0086 13800138001", vec![0]),
        ("+86 10 6552 9988", vec![1]),
        ("65529988", vec![1]),
        ("13900139000", vec![2]),
        ("020 7946 0958", vec![2]),
        ("+44 20 7946 0958", vec![2]),
        ("@example", vec![0, 1]),
        ("lee@ex", vec![0]),
        ("tea fair", vec![0]),
        ("tea fiar", vec![0]),
        ("龙井", vec![1]),
        ("ann 138", vec![0]),
        ("ann bob", vec![]),
        ("zzzz", vec![]),
    ] {
        let hits = found(&index, search);
        // “138 0013” and the like are words of their own.
        assert_eq!(hits, want, "{search}");
    }
    assert!(index.find("  ").is_none());
}

#[test]
fn the_better_fit_comes_first() {
    let index = named(&["Marion", "Rosemary", "Mary", "Mary Jones", "马瑞", "Mray", "Maryland Tea"]);
    assert_eq!(found(&index, "mary"), [2, 3, 6, 1, 5]);
    let index = named(&["王芳", "Wangfang", "wangfang tea", "王方", "汪芳"]);
    assert_eq!(found(&index, "wangfang"), [1, 2, 0, 3, 4]);
    assert_eq!(found(&index, "王芳"), [0]);
}

#[test]
fn brackets_blanks_and_dots_in_a_chinese_name_do_not_count() {
    let names =
        ["王（小）二", "王小二", "北京茂源（集团）有限公司", "阿卜杜拉·买买提", "张 三", "王 Xiao 二", "二王小"];
    let data = book(&names.map(|name| (name, "", "", "")));
    let index = SearchIndex::new(&data);
    for (search, want) in [
        ("王小二", vec![1, 0]),
        ("王（小）二", vec![0, 1]),
        ("王·小二", vec![1, 0]),
        ("小二", vec![1, 0]),
        ("wangxiaoer", vec![1, 0]),
        ("茂源集团", vec![2]),
        ("茂源(集团)有限", vec![2]),
        ("mygroup", vec![]),
        ("myjt", vec![2]),
        ("买买提", vec![3]),
        ("杜拉买买", vec![3]),
        ("张三", vec![4]),
    ] {
        assert_eq!(found(&index, search), want, "{search}");
    }
    let mark = |row, search: &str| Marker::of_customers(&data, search).unwrap().found(&data, row).name;
    assert_eq!(mark(0, "王小二"), [(0, 5)]);
    assert_eq!(mark(0, "小二"), [(2, 5)]);
    assert_eq!(mark(1, "王（小）二"), [(0, 3)]);
    assert_eq!(mark(2, "茂源集团"), [(2, 7)]);
    assert_eq!(mark(2, "myjt"), [(2, 7)]);
    assert_eq!(mark(4, "张三"), [(0, 3)]);
}

#[test]
fn an_edit_is_found_at_once_and_what_was_is_not() {
    let mut data = book(&[("Johnson", "", "", ""), ("张伟", "", "", ""), ("Petra", "", "", "")]);
    let mut index = SearchIndex::new(&data);
    for (time, name) in (2..).zip(["Wilhelmina", "李晓明", "Anastasia"]) {
        let value = Value::from(name);
        let change =
            crate::domain::Change { kind: Kind::Customer, id: Id(1), field: "name".into(), value, was: Value::Null };
        data.apply(&set(time, vec![change]), time, &[]).unwrap();
        index.update(&data, &[0]);
    }
    assert_eq!(found(&index, "anastsaia"), [0]);
    for gone in ["jonhson", "wilhelmnia", "lxm", "johnson"] {
        assert!(found(&index, gone).is_empty(), "{gone}");
    }
    assert_eq!(found(&index, "zw"), [1]);
    let again = SearchIndex::new(&data);
    for search in ["anastasia", "zw", "p", "petar", "a"] {
        assert_eq!(found(&index, search), found(&again, search), "{search}");
    }
}

#[test]
fn marks_are_where_the_eye_looks_for_them() {
    let data = book(&[
        ("张伟", "138-0013-8001", "zw@example.com", ""),
        ("Mary-Ann Johnson", "", "", &format!("{} likes tea and cake {}", "x".repeat(80), "y".repeat(80))),
        ("ＪＯＨＮ Ｓmith", "", "", ""),
    ]);
    let mark = |row, search: &str| Marker::of_customers(&data, search).unwrap().found(&data, row);
    let in_name = |marks: &[(u32, u32)]| Found { name: marks.to_vec(), detail: None };
    assert_eq!(mark(0, "张"), in_name(&[(0, 1)]));
    assert_eq!(mark(0, "wei"), in_name(&[(1, 2)]));
    assert_eq!(mark(0, "zhangw"), in_name(&[(0, 2)]));
    assert_eq!(mark(0, "zhangwie"), in_name(&[(0, 2)]));
    assert_eq!(mark(1, "ann"), in_name(&[(5, 8)]));
    assert_eq!(mark(1, "jonhson"), in_name(&[(9, 16)]));
    assert_eq!(mark(2, "john"), in_name(&[(0, 4)]));
    let phone = mark(0, "13800138").detail.unwrap();
    assert_eq!((phone.text.as_str(), phone.marks), ("138-0013-8001", vec![(0, 10)]));
    let note = mark(1, "tea").detail.unwrap();
    assert!(note.text.starts_with('…') && note.text.ends_with('…'));
    let (from, to) = note.marks[0];
    assert_eq!(note.text.chars().skip(from as usize).take((to - from) as usize).collect::<String>(), "tea");
    // By name and note together.
    let both = mark(1, "johnson cake");
    assert_eq!(both.name, [(9, 16)]);
    assert!(both.detail.is_some());
}

/// One slip in `word`: 0 leaves out, 1 adds, 2 changes, 3 exchanges.
fn slipped(word: &str, kind: u8, at: usize, letter: char) -> String {
    let mut chars: Vec<char> = word.chars().collect();
    let at = at % chars.len();
    match kind {
        0 => drop(chars.remove(at)),
        1 => chars.insert(at, letter),
        2 => chars[at] = letter,
        _ if at + 1 < chars.len() => chars.swap(at, at + 1),
        _ => {}
    }
    chars.into_iter().collect()
}

fn some_name() -> impl Strategy<Value = String> {
    let han = prop::sample::select(
        "张王李赵单曾解仇查任盖吕欧阳娜伟芳秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂".chars().collect::<Vec<_>>(),
    );
    prop_oneof![
        "[A-Z][a-z]{3,9}( [A-Z][a-z]{3,9})?",
        prop::collection::vec(han, 2..4).prop_map(|chars| chars.into_iter().collect()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_slip_of_any_word_finds_it(
        names in prop::collection::vec(some_name(), 1..12),
        of in 0usize..12, kind in 0u8..4, at in 0usize..20, letter in prop::char::range('a', 'z'),
    ) {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let (index, of) = (named(&names), of % names.len());
        let name = names[of];
        let words: Vec<String> = if name.is_ascii() {
            name.split(' ').map(str::to_lowercase).collect()
        } else {
            vec![name.chars().filter_map(crate::domain::pinyin::usual).collect()]
        };
        for word in words.iter().filter(|word| word.len() >= 4) {
            prop_assert!(found(&index, word).contains(&(of as u32)), "{} {}", name, word);
            let typed = slipped(word, kind, at, letter);
            prop_assert!(found(&index, &typed).contains(&(of as u32)), "{} {}", name, typed);
        }
    }

    #[test]
    fn any_search_marks_only_what_is_there(name in "\\PC{0,12}", note in "\\PC{0,90}", search in "\\PC{0,8}") {
        let data = book(&[(&name, &note, &note, &note)]);
        let index = SearchIndex::new(&data);
        let _hits = index.find(&search);
        if let Some(marker) = Marker::of_customers(&data, &search) {
            let Found { name: marks, detail } = marker.found(&data, 0);
            let inside = |text: &str, marks: &[(u32, u32)]| {
                let len = text.chars().count() as u32;
                marks.iter().all(|(a, b)| a < b && *b <= len) && marks.windows(2).all(|w| w[0].1 < w[1].0)
            };
            prop_assert!(inside(data.customer_name(0), &marks));
            prop_assert!(detail.is_none_or(|detail| inside(&detail.text, &detail.marks)));
        }
    }

    #[test]
    fn every_part_of_a_field_finds_it(name in "[a-zA-Z张王李0-9é]{1,12}", from in 0usize..12, len in 1usize..12) {
        let index = named(&[&name, "other"]);
        let part: String = name.chars().skip(from).take(len).collect();
        if let Some(hits) = index.find(&part) {
            prop_assert!(hits[0] >= PART);
        }
    }
}

/// How well a word fits a record, looked for everywhere and without any short cut.
fn plain_rank(index: &SearchIndex, row: u32, word: &typed::Typed) -> Rank {
    let record = index.arena.of(row);
    let name_len = record.find(arena::FIELD_END).unwrap_or_default();
    let literal = word.needles().flat_map(|needle| {
        let places = record.match_indices(needle).take(arena::looks(needle));
        places.map(move |(at, _)| arena::judge(record.as_bytes(), name_len, at, needle.len()))
    });
    let mut best = literal.max().unwrap_or_default();
    words::each_word(record, |text, in_name| {
        let chars: Vec<char> = text.chars().collect();
        let han = crate::domain::pinyin::is_han(chars[0]);
        let by_spelling = word.spelling.as_ref().is_some_and(|typed| han && spell::spelled(&chars, typed).is_some());
        let begins = word.slip.as_ref().is_some_and(|typed| !han && chars.starts_with(typed));
        let slips = match (&word.slip, &word.ascii) {
            (Some(typed), _) if !han => words::fit(typed, &chars) > 0,
            (_, Some(typed)) if han && word.spelling.is_some() => spell::spelled_with_slip(&chars, typed).is_some(),
            _ => false,
        };
        let rank = if by_spelling || begins {
            PINYIN + if in_name { IN_NAME } else { 0 }
        } else if slips {
            SLIP
        } else {
            0
        };
        best = best.max(rank);
    });
    best
}

fn some_search() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => (some_name(), 1usize..8, 0u8..5, 0usize..9, prop::char::range('a', 'z')).prop_map(|(name, len, kind, at, letter)| {
            let spelled: String = name.chars().map(|c| crate::domain::pinyin::usual(c).map_or_else(|| c.to_string(), str::to_owned)).collect();
            let begun: String = spelled.to_lowercase().chars().filter(|c| *c != ' ').take(len).collect();
            slipped(&begun, kind, at, letter)
        }),
        1 => "[a-z]{1,3}",
        1 => "[0-9]{1,6}",
        1 => "[张王伟芳]{1,2}[a-z]{0,2}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// The short cuts (bit sets of letters and pairs, what is given up early, words kept once) change no result; nor do edits.
    #[test]
    fn short_cuts_find_what_a_plain_search_finds(
        people in prop::collection::vec((some_name(), "[0-9]{0,11}", "[a-c]{1,3}@[a-c]{2}", prop_oneof!["", "[a-z ]{0,20}", "[张王李娜 ]{0,6}"]), 1..12),
        edits in prop::collection::vec((0usize..12, some_name()), 0..6),
        searches in prop::collection::vec(some_search(), 1..8),
    ) {
        let people: Vec<Person> = people.iter().map(|(a, b, c, d)| (a.as_str(), b.as_str(), c.as_str(), d.as_str())).collect();
        let mut data = book(&people);
        let mut index = SearchIndex::new(&data);
        for (time, batch) in (2..).zip(edits.chunks(2)) {
            let id = |at: usize| Id(1 + (at % people.len()) as u128);
            let change = |(at, name): &(usize, String)| crate::domain::Change {
                kind: Kind::Customer, id: id(*at), field: "name".into(), value: name.as_str().into(), was: Value::Null,
            };
            data.apply(&set(time, batch.iter().map(change).collect()), time, &[]).unwrap();
            let mut rows: Vec<u32> = batch.iter().map(|(at, _)| (at % people.len()) as u32).collect();
            rows.sort_unstable();
            rows.dedup();
            index.update(&data, &rows);
        }
        for search in &searches {
            let [word] = &typed::words(search)[..] else { continue };
            let want: Vec<Rank> = (0..people.len() as u32).map(|row| plain_rank(&index, row, word)).collect();
            prop_assert_eq!(index.find(search).unwrap(), want, "{}", search);
        }
    }
}
