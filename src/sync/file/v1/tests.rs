use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::super::*;
use crate::domain::{Line, Shape};

/// Everything that a file held.
#[derive(Clone, Debug, Default, PartialEq)]
struct Content {
    header: Option<Header>,
    commits: Vec<CommitLine>,
    records: Vec<Record>,
}

impl Sink for Content {
    fn header(&mut self, header: Header) -> Result<(), SyncError> {
        self.header = Some(header);
        Ok(())
    }
    fn commit(&mut self, commit: CommitLine) -> Result<(), SyncError> {
        self.commits.push(commit);
        Ok(())
    }
    fn record(&mut self, record: Record) -> Result<(), SyncError> {
        self.records.push(record);
        Ok(())
    }
}

fn write(content: &Content) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut writer = Writer::new(content.header.as_ref().unwrap(), content.commits.iter().copied());
    for record in &content.records {
        writer.record(record.clone());
        bytes.extend(writer.part().unwrap_or_default());
    }
    bytes.extend(writer.finish());
    bytes
}

fn parse(bytes: &[u8]) -> Result<Content, SyncError> {
    let mut content = Content::default();
    read(bytes, &mut content).map(|()| content)
}

fn stamp(time: u64) -> Stamp {
    Stamp { time, device: DeviceId(2) }
}

fn field(name: &str, value: impl Into<Value>, commit: u32) -> FieldLine {
    FieldLine { name: name.into(), value: value.into(), commit, word: None }
}

fn sample() -> Content {
    let line = Line { product: Some(Id(9)), quantity_milli: 2_000, unit_price_e4: 15_000, total_minor: 300 };
    let records = vec![
        Record {
            kind: Kind::Customer,
            id: Id(1),
            at: 0,
            fields: vec![
                FieldLine { word: Some((0, "1380".into())), ..field("phone", "1390", 1) },
                field("__proto__", Value::Json(serde_json::json!({"a": [1.5, null, "<b>"]})), 0),
                field("deleted", true, 2),
                field("name", "王芳 <script>alert(1)</script> \u{2028}\"\\", 0),
                field("note", Value::Null, 1),
                field("referrer", Id(7), 0),
                field("tags", Value::Json(serde_json::json!(["vip"])), 0),
            ],
        },
        Record { kind: Kind::Customer, id: Id(3), at: 0, fields: vec![] },
        Record {
            kind: Kind::Order,
            id: Id(10),
            at: 0,
            fields: vec![
                field("at", 1_300_000_000_000i64, 0),
                field("lines", vec![line, Line { product: None, ..line }], 0),
            ],
        },
    ];
    let mut content = Content {
        header: Some(Header {
            minor: 0,
            device: DeviceId(u64::MAX - 1),
            exported_at_ms: 1_700_000_000_123,
            scope: Scope::Since([stamp(3)].into_iter().collect()),
            vector: [stamp(9)].into_iter().collect(),
            counts: [(Kind::Customer, 2), (Kind::Order, 1)].into(),
        }),
        commits: vec![
            CommitLine { stamp: stamp(4), class: Class::Import, undoes: None },
            CommitLine { stamp: stamp(5), class: Class::Hand, undoes: None },
            CommitLine { stamp: stamp(1 << 63), class: Class::Undo, undoes: Some(0) },
        ],
        records,
    };
    for record in &mut content.records {
        record.fields.sort_by(|a, b| a.name.cmp(&b.name));
    }
    content
}

#[test]
fn a_file_reads_back_and_is_written_in_one_way_only() {
    let content = sample();
    let bytes = write(&content);
    assert_eq!(parse(&bytes).as_ref(), Ok(&content));
    let mut shuffled = content.clone();
    shuffled.records.iter_mut().for_each(|r| r.fields.reverse());
    assert_eq!(write(&shuffled), bytes);
    // White space and the order of keys are the writer's choice, not the reader's condition.
    let json: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    let (kith, commits, records) = (&json["kith"], &json["commits"], &json["records"]);
    let pretty = format!("{{\n \"kith\" : {kith:#}, \"commits\": {commits:#}, \"records\":{records:#} }}");
    assert_eq!(parse(pretty.as_bytes()), Ok(content));
}

#[test]
fn later_minor_versions_are_read_and_later_major_ones_refused() {
    let text = String::from_utf8(write(&sample())).unwrap();
    let minor = text
        .replacen("\"minor\":0", "\"minor\":7,\"mood\":[[\"sunny\"]]", 1)
        .replacen("\"class\":\"hand\"", "\"class\":\"telepathy\",\"why\":{}", 1)
        .replacen("],\n\"records\"", "],\"weather\":{\"today\":[1,2]},\n\"records\"", 1)
        .replacen("\"at\":0,", "\"at\":0,\"colour\":\"red\",", 1);
    let content = parse(minor.as_bytes()).unwrap();
    assert_eq!(content.records, sample().records);
    assert_eq!(content.commits, sample().commits);
    let kind = text.replacen("\"minor\":0", "\"minor\":7", 1).replacen("\"customer\":2", "\"spell\":2", 1);
    assert_eq!(parse(kind.as_bytes()), Err(SyncError::Newer { major: 1, known: 1 }));
    let major = text.replacen("\"major\":1", "\"major\":2", 1).replacen("\"device\"", "\"gadget\"", 1);
    assert_eq!(parse(major.as_bytes()), Err(SyncError::Newer { major: 2, known: 1 }));
}

#[test]
fn what_is_not_of_kith_is_said_to_be_so() {
    let text = String::from_utf8(write(&sample())).unwrap();
    let other = text.replacen("\"format\":\"kith\"", "\"format\":\"smith\"", 1);
    let deep = "[".repeat(5_000_000);
    for bad in
        ["", "null", "[]", "{}", "{\"contacts\":[]}", "name,phone\nAnn,1", "\u{feff}{", "\"kith\"", &deep, &other]
    {
        assert_eq!(parse(bad.as_bytes()), Err(SyncError::NotKith), "{}", &bad[..bad.len().min(40)]);
    }
}

fn is_damage(error: &SyncError) -> bool {
    matches!(error, SyncError::Corrupt { .. } | SyncError::NotKith | SyncError::TooLarge { .. })
}

#[test]
fn cut_off_anywhere_it_is_refused() {
    let bytes = write(&sample());
    for end in 0..bytes.len() - 2 {
        let error = parse(&bytes[..end]).unwrap_err();
        assert!(is_damage(&error), "{end}: {error:?}");
        if let SyncError::Corrupt { offset, .. } = error {
            assert_eq!(offset, end as u64);
        }
    }
}

/// Reads a text and says how many of its bytes were asked for.
fn parse_counting(text: &str) -> (Result<Content, SyncError>, usize) {
    let (mut content, mut source) = (Content::default(), text.as_bytes());
    let outcome = read(&mut source, &mut content).map(|()| content);
    (outcome, text.len() - source.len())
}

/// However large the rest is: a byte too many costs time and memory of whoever opens the file.
#[test]
fn what_no_book_has_is_refused_before_it_is_read_to_its_end() {
    const MOST: usize = 3 << 20;
    let text = String::from_utf8(write(&sample())).unwrap();
    let long = "x".repeat(8_000_000);
    let long_text = format!("\"{long}\"");
    let escapes = format!("\"{}\"", "\\u4e00".repeat(1_500_000));
    let digits = "1".repeat(4_000_000);
    let pairs = format!("[{}[]]", "[],".repeat(1_500_000));
    let objects = format!("[{}{{}}]", "{},".repeat(1_500_000));
    let deep = format!("{}1{}", "[".repeat(5_000_000), "]".repeat(5_000_000));
    let blank = format!("{}1", " ".repeat(4_000_000));
    let unknown = |value: &str| format!("\"zzz\":{value},\"at\":0,\"f\"");
    let cases: Vec<(&str, &str, String)> = vec![
        ("a text", "\"1390\"", long_text.clone()),
        ("a text of escapes", "\"1390\"", escapes),
        ("an id", "\"00000000-0000-0000-0000-000000000001\"", long_text.clone()),
        ("the name of a field", "\"phone\"", long_text.clone()),
        ("the name of a kind", "\"order\"", long_text.clone()),
        ("the header", "\"minor\":0", format!("\"minor\":0,\"mood\":{long_text}")),
        ("a stamp", "\"undoes\":0", format!("\"undoes\":0,\"why\":{long_text}")),
        ("a number", "1300000000000", digits.clone()),
        ("a fraction", "1300000000000", format!("0.{digits}")),
        ("white space", "1300000000000", blank),
        ("pairs of brackets", "[\"vip\"]", pairs.clone()),
        ("pairs of braces", "[\"vip\"]", objects),
        ("pairs in the header", "\"minor\":0", format!("\"minor\":0,\"mood\":{pairs}")),
        ("depth", "[\"vip\"]", deep.clone()),
        ("depth in the header", "\"minor\":0", format!("\"minor\":0,\"mood\":{deep}")),
        ("depth where it is passed over", "\"at\":0,\"f\"", unknown(&deep)),
        ("a text where it is passed over", "\"at\":0,\"f\"", unknown(&long_text)),
        ("a key before all", "\"kith\"", long_text.clone()),
    ];
    for (what, from, to) in cases {
        let bad = text.replacen(from, &to, 1);
        assert_ne!(bad.len(), text.len(), "{what}");
        let (outcome, read) = parse_counting(&bad);
        assert!(is_damage(&outcome.unwrap_err()), "{what}");
        assert!(read < MOST, "{what}: {read} bytes read");
    }
}

#[test]
fn hostile_values_are_refused_at_once() {
    let text = String::from_utf8(write(&sample())).unwrap();
    let deep = format!("{}1{}", "[".repeat(5_000_000), "]".repeat(5_000_000));
    let bushy = format!("\"zzz\":[{}1{}],\"at\":0,\"f\"", "[".repeat(40), "]".repeat(40));
    let wide = format!("{{{}}}", (0..1_000).map(|n| format!("\"f{n}\":1")).collect::<Vec<_>>().join(","));
    let swaps: Vec<(&str, &str)> = vec![
        ("\"tags\":[\"vip\"]", "\"tags\":[\"vip\"],\"tags\":[]"),
        ("\"at\":0", "\"at\":0,\"at\":0"),
        ("{\"a\":", "{\"a\":1,\"a\":"),
        ("\"kith\":", "\"kith\":{},\"kith\":"),
        ("\"commits\":", "\"records\":"),
        ("\"major\":1", "\"major\":1,\"major\":1"),
        ("\"major\":1", "\"major\":0"),
        ("\"major\":1", "\"major\":-1"),
        ("[\"vip\"]", &deep),
        ("[\"vip\"]", "1e400"),
        ("[\"vip\"]", "NaN"),
        ("[\"vip\"]", "\"\\ud800\""),
        ("\"1390\"", "\"\\udc00x\""),
        ("\"1390\"", "1390"),
        ("\"1390\"", "[\"1390\"]"),
        ("\"deleted\":true", "\"deleted\":\"true\""),
        ("1300000000000", "1300000000000.5"),
        ("1300000000000", "9223372036854775807"),
        ("1300000000000", "-9223372036854775808"),
        ("1300000000000", "1e30"),
        (",300]", ",1e15]"),
        (",300]", ",9007199254740993]"),
        (",300]", "]"),
        (",300]", ",300,0]"),
        ("\"at\":0", "\"at\":3"),
        ("\"at\":0", "\"at\":-1"),
        ("\"undoes\":0", "\"undoes\":2"),
        ("\"stamp\":\"8000000000000000", "\"stamp\":\"ffffffffffffffff"),
        ("\"stamp\":\"8000000000000000", "\"stamp\":\"0000000000000001"),
        ("\"stamp\":\"8000000000000000", "\"stamp\":\"g"),
        ("\"order\":[", "\"quote\":["),
        ("\"customer\":2", "\"customer\":3"),
        ("\"customer\":2", "\"quote\":2"),
        ("-000000000003", "-000000000001"),
        ("-000000000003", "-00000000000"),
        ("}}\n", "}},"),
        ("\"f\":{", &wide),
    ];
    for (from, to) in swaps {
        let bad = text.replacen(from, to, 1);
        assert_ne!(bad, text, "{from}");
        let begun = Instant::now();
        let error = parse(bad.as_bytes()).unwrap_err();
        assert!(is_damage(&error), "{from} → {}: {error:?}", &to[..to.len().min(40)]);
        assert!(begun.elapsed() < Duration::from_secs(5), "{from}: {:?}", begun.elapsed());
    }
    // Content of a later minor version is passed over, also where it nests deeper than any of today's.
    assert!(parse(text.replacen("\"at\":0,\"f\"", &bushy, 1).as_bytes()).is_ok());
}

#[test]
fn a_record_that_does_not_end_stops_the_reader() {
    struct Endless(std::io::Cursor<Vec<u8>>);
    impl std::io::Read for Endless {
        fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
            let n = self.0.read(out)?;
            if n == 0 {
                out.fill(b'x');
            }
            Ok(if n == 0 { out.len() } else { n })
        }
    }
    let text = String::from_utf8(write(&sample())).unwrap();
    let start = text.split("1390").next().unwrap().to_owned();
    let error = read(Endless(std::io::Cursor::new(start.into_bytes())), &mut Content::default()).unwrap_err();
    assert!(matches!(error, SyncError::TooLarge { .. }), "{error:?}");
}

#[test]
fn a_source_that_fails_is_no_damage_of_the_file() {
    struct Failing;
    impl std::io::Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the disk was taken out"))
        }
    }
    let error = read(Failing, &mut Content::default());
    assert_eq!(error, Err(SyncError::Unreadable { detail: "the disk was taken out".into() }));
}

fn any_json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(serde_json::Value::from),
        any::<i64>().prop_map(serde_json::Value::from),
        any::<f64>().prop_filter("a number", |n| n.is_finite()).prop_map(serde_json::Value::from),
        ".{0,6}".prop_map(serde_json::Value::from),
    ];
    leaf.prop_recursive(4, 16, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(serde_json::Value::from),
            proptest::collection::btree_map(".{0,4}", inner, 0..4)
                .prop_map(|m| serde_json::Value::Object(m.into_iter().collect())),
        ]
    })
}

fn value(shape: Shape) -> BoxedStrategy<Value> {
    let some = match shape {
        Shape::Text | Shape::Symbol => ".{1,12}".prop_map(Value::Text).boxed(),
        Shape::Bool => any::<bool>().prop_map(Value::Bool).boxed(),
        Shape::Int => (-1_000_000_000i64..1_000_000_000).prop_map(Value::Int).boxed(),
        Shape::Ref(_) => any::<u128>().prop_map(|n| Value::Ref(Id(n))).boxed(),
        Shape::Lines => {
            let line = (proptest::option::of(any::<u128>()), -9_999i64..9_999, any::<i32>(), any::<i32>()).prop_map(
                |(product, quantity_milli, price, total)| Line {
                    product: product.map(Id),
                    quantity_milli,
                    unit_price_e4: price.into(),
                    total_minor: total.into(),
                },
            );
            proptest::collection::vec(line, 1..4).prop_map(Value::Lines).boxed()
        }
        Shape::Json => any_json().prop_map(Value::Json).boxed(),
    };
    prop_oneof![4 => some, 1 => Just(Value::Null)].boxed()
}

fn record(kind: Kind) -> impl Strategy<Value = Record> {
    let fields: Vec<_> = kind
        .fields()
        .iter()
        .map(|spec| {
            let word = proptest::option::weighted(0.2, (0..4u32, value(spec.shape)));
            proptest::option::of((value(spec.shape), 0..4u32, word)).prop_map(move |line| {
                line.map(|(value, commit, word)| FieldLine { name: spec.name.into(), value, commit, word })
            })
        })
        .collect();
    (any::<u128>(), 0..4u32, fields).prop_map(move |(id, at, fields)| {
        let mut fields: Vec<FieldLine> = fields.into_iter().flatten().collect();
        fields.retain(|f| f.value != Value::Null || f.commit != at || f.word.is_some());
        fields.sort_by(|a, b| a.name.cmp(&b.name));
        Record { kind, id: Id(id), at, fields }
    })
}

fn content() -> impl Strategy<Value = Content> {
    let of_kind = |kind: Kind| {
        proptest::collection::vec(record(kind), 0..5).prop_map(|mut records| {
            records.sort_by_key(|r| r.id);
            records.dedup_by_key(|r| r.id);
            records
        })
    };
    let records: Vec<_> = Kind::ALL.iter().map(|&kind| of_kind(kind)).collect();
    records.prop_map(|records| {
        let class = |n: usize| Class::ALL[n];
        let commits = (0..4).map(|n| CommitLine { stamp: stamp(n as u64), class: class(n), undoes: None });
        let counts = records.iter().filter_map(|r| Some((r.first()?.kind, r.len() as u64))).collect();
        let header = Header { counts, scope: Scope::Whole, ..sample().header.unwrap() };
        Content { header: Some(header), commits: commits.collect(), records: records.into_iter().flatten().collect() }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_content_reads_back(content in content()) {
        let bytes = write(&content);
        let read = parse(&bytes);
        prop_assert_eq!(read.as_ref(), Ok(&content));
        prop_assert_eq!(write(&read.unwrap()), bytes);
    }

    /// Flipped bits never panic and never hang; what still reads is well-formed.
    #[test]
    fn flipped_bits_do_no_harm(content in content(), flips in proptest::collection::vec((any::<usize>(), 0..8u8), 1..4)) {
        let mut bytes = write(&content);
        for (at, bit) in flips {
            let at = at % bytes.len();
            bytes[at] ^= 1 << bit;
        }
        match parse(&bytes) {
            Ok(read) => prop_assert!(parse(&write(&read)).is_ok()),
            Err(error) => prop_assert!(is_damage(&error) || matches!(error, SyncError::Newer { .. }), "{error:?}"),
        }
    }
}
