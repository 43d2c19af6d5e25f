//! Whatever the form of a kind asks for comes back from a list that went out, in either language and format.

use super::*;
use crate::domain::{
    CUSTOM_INPUTS, ChangeSet, Currency, Day, DeviceId, Id, Line, OwnInput, Stamp, Value, asked, custom_id, interaction,
    order, response,
};
use crate::engine::api::{Answer, Query, ResponseFilter};
use crate::engine::dataset::Dataset;
use crate::engine::import::Staged;
use crate::engine::metrics::MetricsCache;
use crate::engine::query::answer;
use crate::engine::rows::DecodedBlock;
use crate::engine::testing::data_of;
use crate::files::encoding::Encoding;
use crate::files::orders::{Look, OrdersReader, ParsedOrders, Role, guess_fields, inspect};
use crate::files::table::{Format, TableWriter};

type Row = (Kind, Id, &'static str, Value);

const ENGLISH: Locale = Locale { language: Language::En };
const CHINESE: Locale = Locale { language: Language::Zh };
const KINDS: [Kind; 3] = [Kind::Customer, Kind::Product, Kind::Order];

/// One field of each type for each kind that can have some, and who they may link to.
fn definitions() -> Vec<Row> {
    let mut rows = vec![(Kind::Member, Id(900), "name", Value::from("小李"))];
    for (k, kind) in KINDS.into_iter().enumerate() {
        for (i, input) in CUSTOM_INPUTS.iter().enumerate() {
            let id = Id(1_000 + 100 * k as u128 + i as u128);
            let choices = Value::Json(vec!["red", "绿"].into());
            let fields = [("of", kind.name().into()), ("input", (*input).into()), ("choices", choices)];
            rows.extend(fields.map(|(name, value)| (Kind::CustomField, id, name, value)));
            rows.push((Kind::CustomField, id, "name", format!("Own {input}").into()));
            rows.push((Kind::CustomField, id, "place", (i as i64).into()));
            rows.push((Kind::CustomField, id, "target", ["customer", "product", "member"][k].into()));
        }
    }
    rows
}

fn own() -> Vec<OwnField> {
    let data = data_of(definitions());
    KINDS.into_iter().flat_map(|kind| crate::engine::own::own_fields(&data, kind)).collect()
}

/// A value for a field; the second record says something else.
fn value(field: &Asked, second: bool, other: Id) -> Value {
    if let Some(own) = &field.own {
        let json = |text: &str| Value::Json(text.into());
        return match own.input {
            OwnInput::Text => json("=1+1, \"x\"\nand more"),
            OwnInput::Number => json(if second { "-0.5" } else { "12.3456" }),
            OwnInput::Money => json("9.99"),
            OwnInput::Date => json(if second { "--02-29" } else { "L2020-04R-10" }),
            OwnInput::Choice => json("绿"),
            OwnInput::Many => Value::Json(vec!["绿", "red"].into()),
            OwnInput::YesNo => Value::Json(second.into()),
            OwnInput::Link => json(&if own.target == Kind::Member { Id(900) } else { other }.to_string()),
        };
    }
    match field.input {
        Input::Line(_) | Input::Person | Input::Key => format!("{} {}", field.name, u8::from(second)).into(),
        Input::Long => "two\nlines, and 中文".into(),
        Input::Phone => if second { "+86 139-0013-9000" } else { "13800138000" }.into(),
        Input::Email => format!("{}@b.cn", u8::from(second)).into(),
        Input::Money | Input::Price | Input::Decimal | Input::Amount => Value::Int(1_234_500),
        Input::Number { least, most } => Value::Int(if second { least } else { most }),
        Input::Time => Value::Int(1_300_000_000_000),
        Input::Day => Value::Int(15_000),
        Input::Date => if second { "L--08-15" } else { "--02-29" }.into(),
        Input::Choice(names) => names[if second { names.len() - 1 } else { 0 }].into(),
        Input::Words => Value::Json(vec!["贵宾", "tea"].into()),
        Input::YesNo => Value::Bool(second),
        Input::Link(_) => other.into(),
        Input::Many(_) | Input::Tiers | Input::Lines => Value::Null,
    }
}

/// Two of each kind that can be brought in, with all that their forms ask for.
fn records() -> Vec<Row> {
    let own = own();
    let mut rows = definitions();
    let id = |target: Target, second: bool| Id(10 * (1 + target as u128) + u128::from(second));
    for target in Target::ALL {
        for second in [false, true] {
            let this = id(target, second);
            let customer = id(Target::Customers, second);
            for field in form_kind(target).map(|kind| asked(kind, &own)).unwrap_or_default() {
                let kind = form_kind(target).unwrap();
                let link = match (&field.own, field.input) {
                    (Some(own), _) if own.target == Kind::Product => id(Target::Products, !second),
                    (None, Input::Link(_)) if kind == Kind::Interaction => customer,
                    _ => id(Target::Customers, !second),
                };
                let name = Box::leak(field.name.clone().into_boxed_str());
                rows.push((kind, this, name, value(&field, second, link)));
            }
            let lines = vec![Line {
                product: Some(id(Target::Products, second)),
                quantity_milli: -1_500,
                unit_price_e4: 62_500,
                total_minor: -938,
            }];
            let kind = ["refund", "adjustment"][usize::from(second)];
            let more: Vec<(Kind, &'static str, Value)> = match target {
                // The second has no lines at all.
                Target::Orders => vec![
                    (Kind::Order, "key", format!("N-{}", u8::from(second)).into()),
                    (Kind::Order, "at", Value::Int(1_300_000_000_000)),
                    (Kind::Order, "kind", kind.into()),
                    (Kind::Order, "channel", "shop".into()),
                    (Kind::Order, "currency", "EUR".into()),
                    (Kind::Order, "customer", customer.into()),
                    (Kind::Order, "lines", if second { Value::Null } else { lines.into() }),
                ],
                Target::Interactions => vec![(Kind::Interaction, "key", format!("T-{}", u8::from(second)).into())],
                Target::Responses => vec![
                    (Kind::Response, "key", format!("R-{}", u8::from(second)).into()),
                    (Kind::Response, "at", Value::Int(1_300_000_000_000)),
                    (Kind::Response, "customer", customer.into()),
                    (Kind::Response, "order", id(Target::Orders, second).into()),
                    (Kind::Response, "product", id(Target::Products, second).into()),
                    (Kind::Response, "expectation", Value::Int(7)),
                    (Kind::Response, "experience", Value::Int(0)),
                    (Kind::Response, "nps", Value::Int(10)),
                    (Kind::Response, "csat", Value::Int(5)),
                    (Kind::Response, "comment", "好".into()),
                    (Kind::Response, "staff", "小李".into()),
                ],
                Target::Customers | Target::Products => vec![],
            };
            rows.extend(more.into_iter().map(|(kind, name, value)| (kind, this, name, value)));
        }
    }
    rows
}

/// The list as CSV.
fn out(data: &Dataset, locale: Locale, list: &TableList) -> String {
    let mut writer = TableWriter::new(Format::Csv, &header(locale, list, &own())).unwrap();
    let words = words(locale, list);
    let mut from = Some(0);
    while let Some(offset) = from {
        let query = Query::Table { as_of: None, list: list.clone(), words: words.clone(), offset, limit: 1 };
        let Some(Answer::Table(page)) = answer(data, &mut MetricsCache::default(), &query, Day(20_000)) else {
            panic!("no table")
        };
        page.rows.iter().for_each(|row| writer.row(row).unwrap());
        from = page.next;
    }
    String::from_utf8(writer.finish().unwrap()).unwrap()
}

/// What an import guesses and reads of it, every column used.
fn back(text: &str, target: Target, locale: Locale) -> ParsedOrders {
    let look = Look { encoding: Encoding::Utf8, whole: true, delimiter: None, currency: Currency::CNY, source: "kith" };
    let found = inspect(text, &look).unwrap();
    assert_eq!(found.guess.target, target, "{:?}", found.header);
    let mut mapping = found.guess.clone();
    let kind = form_kind(target);
    let fields: Vec<_> = file_fields(locale, &own()).into_iter().filter(|field| Some(field.of) == kind).collect();
    mapping.fields = guess_fields(&found, &mapping, &fields);
    let figures = if target == Target::Products { 3 } else { 0 };
    let used = mapping.roles.iter().filter(|role| **role != Role::Ignore).count() + mapping.fields.len();
    let unused = (0..).zip(&found.header).filter(|(at, _)| {
        mapping.roles[*at as usize] == Role::Ignore && mapping.fields.iter().all(|f| f.column != *at)
    });
    let unused: Vec<_> = unused.collect();
    assert_eq!(used + figures, found.header.len(), "{target:?}: {unused:?}");
    let mut reader = OrdersReader::new(&found, &mapping).unwrap();
    reader.push(text.as_bytes()).unwrap();
    let parsed = reader.finish().unwrap();
    assert_eq!(parsed.report.errors, [], "{target:?}");
    parsed
}

fn take_in(data: &mut Dataset, parsed: ParsedOrders, seq: u64) {
    let plan = Staged::new(data, parsed, "kith".into(), "list.csv".into()).plan(data, false);
    let stamp = Stamp { time: (10 + seq) << 20, device: DeviceId(2) };
    let blocks: Vec<_> = plan.rows.into_iter().map(DecodedBlock::Rows).collect();
    let names = (0..blocks.len()).map(|n| n.to_string()).collect();
    data.apply(&ChangeSet { stamp, origin: plan.origin, changes: plan.changes, blocks: names }, seq, &blocks).unwrap();
}

/// All fields of all records of the importable kinds, links as numbers or names, by number or name.
fn picture(data: &Dataset) -> Vec<String> {
    let called = |id: Id| data.find(id).map(|(kind, row)| crate::engine::query::title(data, kind, row).to_owned());
    let mut lines = Vec::new();
    for target in Target::ALL {
        let kind = form_kind(target).unwrap_or(Kind::Response);
        let table = data.table(kind);
        for row in table.live() {
            for (field, name) in table.fields() {
                let shown = match data.value(kind, row, field) {
                    Value::Null => continue,
                    _ if name == "source" => continue,
                    Value::Ref(id) => format!("-> {:?}", called(id)),
                    Value::Lines(lines) => {
                        let line =
                            |l: &Line| (l.product.and_then(called), l.quantity_milli, l.unit_price_e4, l.total_minor);
                        format!("{:?}", lines.iter().map(line).collect::<Vec<_>>())
                    }
                    Value::Json(json) => {
                        match json.as_str().and_then(Id::parse).filter(|_| custom_id(name).is_some()) {
                            Some(id) => format!("-> {:?}", called(id)),
                            None => json.to_string(),
                        }
                    }
                    value => format!("{value:?}"),
                };
                lines.push(format!("{} {} {name}: {shown}", kind.name(), table.text(row, order::KEY)));
            }
        }
    }
    lines.sort();
    lines
}

#[test]
fn every_field_of_every_kind_comes_back_from_the_list_that_went_out() {
    let before = data_of(records());
    let customers = before.customers();
    let ids = customers.live().filter_map(|row| customers.id(row)).collect();
    let lists = [
        TableList::Products { search: String::new() },
        TableList::Customers { ids },
        TableList::Orders,
        TableList::Interactions,
        TableList::Responses(ResponseFilter::default()),
    ];
    // Nobody forgot a kind, nor a field of it.
    assert_eq!(lists.len(), Target::ALL.len());
    assert!(before.interactions().text(0, interaction::TOUCHPOINT).starts_with("touchpoint"));
    assert!(before.responses().text(0, response::COMMENT).starts_with("好"));
    for (out_as, in_as) in [(ENGLISH, ENGLISH), (CHINESE, CHINESE), (ENGLISH, CHINESE), (CHINESE, ENGLISH)] {
        let mut after = data_of(definitions());
        for (seq, list) in (2..).zip(&lists) {
            take_in(&mut after, back(&out(&before, out_as, list), list.target(), in_as), seq);
        }
        let (want, got) = (picture(&before), picture(&after));
        let lost: Vec<_> = want.iter().filter(|line| !got.contains(line)).collect();
        let new: Vec<_> = got.iter().filter(|line| !want.contains(line)).collect();
        assert!(lost.is_empty() && new.is_empty(), "{out_as:?} {in_as:?}\nlost {lost:#?}\nnew {new:#?}");
    }
}

/// Two systems that count alike, a family with one phone, two of one name, orders without a number: none run into each other, and
/// a file that comes back to where it came from changes nothing.
#[test]
fn who_and_what_is_called_alike_stays_apart() {
    let mut rows = definitions();
    let people = [
        ("7", "Ann", "", "shop"),
        ("7", "Zoe", "", "market"),
        ("", "Ben", "13800138000", ""),
        ("", "Eva", "13800138000", ""),
    ];
    let people = people.into_iter().chain([("", "李伟", "", ""), ("", "李伟", "", "")]);
    for (n, (key, name, phone, source)) in (1u128..).zip(people) {
        for (field, text) in [("key", key), ("name", name), ("phone", phone), ("source", source)] {
            if !text.is_empty() {
                rows.push((Kind::Customer, Id(n), field, text.into()));
            }
        }
        let (order, product) = (Id(100 + n), Id(200 + n));
        let line = Line { product: Some(product), quantity_milli: 1_000, unit_price_e4: 10_000, total_minor: n as i64 };
        rows.push((Kind::Order, order, "key", if n < 3 { "1001" } else { "" }.into()));
        rows.push((Kind::Order, order, "at", Value::Int(1_300_000_000_000 + 60_000 * n as i64)));
        rows.push((Kind::Order, order, "currency", "CNY".into()));
        rows.push((Kind::Order, order, "kind", "purchase".into()));
        rows.push((Kind::Order, order, "lines", vec![line].into()));
        rows.push((Kind::Order, order, "customer", Id(n).into()));
        rows.push((Kind::Product, product, "key", if n < 3 { "SKU" } else { "" }.into()));
        rows.push((Kind::Product, product, "name", ["Tea", "Mug", "Pot", "Pot", "Cup", "Jar"][n as usize - 1].into()));
    }
    let before = data_of(rows);
    let ids = before.customers().live().filter_map(|row| before.customers().id(row)).collect();
    let lists = [TableList::Products { search: String::new() }, TableList::Customers { ids }, TableList::Orders];
    let each_order = |data: &Dataset| {
        let orders = data.orders();
        let of = |row: u32| {
            let customer = orders.reference(row, order::CUSTOMER).map(|c| data.customer_name(c).to_owned());
            let lines = data.lines_value(orders.lines_of(row));
            let product = lines
                .first()
                .and_then(|l| data.find(l.product?))
                .map(|(k, row)| crate::engine::query::title(data, k, row));
            (lines.len(), lines.first().map(|l| l.total_minor), customer, product.map(str::to_owned))
        };
        let mut all: Vec<_> = orders.live().map(of).collect();
        all.sort();
        all
    };
    // In any order of files, and the orders alone too.
    for which in [vec![0, 1, 2], vec![2, 1, 0], vec![2]] {
        let mut after = data_of(definitions());
        for (seq, at) in (2..).zip(&which) {
            take_in(&mut after, back(&out(&before, ENGLISH, &lists[*at]), lists[*at].target(), ENGLISH), seq);
        }
        assert_eq!((after.customers().live().count(), after.products().live().count()), (6, 6), "{which:?}");
        assert_eq!(each_order(&after), each_order(&before), "{which:?}");
    }
    for list in &lists {
        let parsed = back(&out(&before, ENGLISH, list), list.target(), ENGLISH);
        let plan = Staged::new(&before, parsed, "kith".into(), "list.csv".into()).plan(&before, false);
        assert!(plan.changes.is_empty() && plan.rows.is_empty(), "{list:?} {:?}", plan.changes);
    }
}
