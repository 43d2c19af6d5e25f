//! Figures of the file that merges. `cargo test --release --test merge_scale -- --ignored --nocapture --test-threads 1`
#![allow(clippy::unwrap_used, clippy::panic, reason = "figures, not code")]

use std::time::Instant;

use kith::domain::{
    Action, Change, ChangeSet, Class, DeviceId, Id, Kind, Line, Origin, Seq, Stamp, Value, customer, order, product,
};
use kith::engine::blocks::{decode, encode};
use kith::engine::dataset::Dataset;
use kith::engine::merge::compare::{Comparison, compare};
use kith::engine::merge::export::Exporter;
use kith::engine::merge::incoming::Incoming;
use kith::engine::rows::{BlockBuilder, DecodedBlock};
use kith::sync::file::Scope;

struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        (z ^ (z >> 27)) % n
    }
}

fn id(kind: Kind, n: u64) -> Id {
    Id::from_key(kind, "shop", &n.to_string())
}

fn set(time: u64, device: u64, origin: Origin, changes: Vec<Change>) -> ChangeSet {
    ChangeSet { stamp: Stamp { time, device: DeviceId(device) }, origin, changes, blocks: Vec::new() }
}

/// Customers with 12 fields each and four lines per order, brought by one import.
fn shop(customers: u64, lines: u64) -> Dataset {
    let mut random = Random(1);
    let (orders, products) = (lines / 4, 4_000);
    let mut blocks = Vec::new();
    let mut builder = BlockBuilder::new(Kind::Product);
    let mut flush = |builder: &mut BlockBuilder, kind| {
        blocks.push(DecodedBlock::Rows(std::mem::replace(builder, BlockBuilder::new(kind)).finish()));
    };
    for n in 0..products {
        builder.row(id(Kind::Product, n));
        builder.set(product::SOURCE, "shop");
        builder.set(product::KEY, format!("P{n}"));
        builder.set(product::NAME, format!("Product number {n}"));
    }
    flush(&mut builder, Kind::Customer);
    for n in 0..customers {
        builder.row(id(Kind::Customer, n));
        builder.set(customer::SOURCE, "shop");
        builder.set(customer::KEY, format!("{}", 10_000 + n));
        builder.set(customer::NAME, format!("Customer Name {n}"));
        builder.set(customer::PHONE, format!("1380{n:07}"));
        builder.set(customer::EMAIL, format!("c{n}@example.com"));
        builder.set(customer::COMPANY, format!("Company {} Ltd", n / 3));
        builder.set(customer::COUNTRY, ["China", "France", "United Kingdom"][n as usize % 3]);
        builder.set(customer::CITY, ["Beijing", "Lyon", "Leeds", "Shanghai"][n as usize % 4]);
        builder.set(customer::ADDRESS, format!("{n} High Street"));
        builder.set(customer::BIRTHDAY, "1988-05-20");
        builder.set(customer::NOTE, format!("Prefers delivery on day {}", n % 7));
        builder.set(customer::OWNER, ["Li", "Wang", "Zhao"][n as usize % 3]);
        if builder.is_full() {
            flush(&mut builder, Kind::Customer);
        }
    }
    flush(&mut builder, Kind::Order);
    for n in 0..orders {
        builder.row(id(Kind::Order, n));
        builder.set(order::SOURCE, "shop");
        builder.set(order::KEY, format!("{}", 500_000 + n));
        builder.set(order::CUSTOMER, id(Kind::Customer, random.below(customers)));
        builder.set(order::AT, 1_300_000_000_000 + n as i64 * 60_000);
        builder.set(order::ORDER_KIND, "purchase");
        builder.set(order::CURRENCY, "GBP");
        let line = |random: &mut Random| {
            let (quantity, price) = (random.below(24) as i64 + 1, random.below(5_000) as i64 + 25);
            let product = Some(id(Kind::Product, random.below(products)));
            Line {
                product,
                quantity_milli: quantity * 1_000,
                unit_price_e4: price * 100,
                total_minor: quantity * price,
            }
        };
        builder.set(order::LINES, (0..4).map(|_| line(&mut random)).collect::<Vec<_>>());
        if builder.is_full() {
            flush(&mut builder, Kind::Order);
        }
    }
    flush(&mut builder, Kind::Order);
    let mut data = Dataset::new();
    let origin = Origin::Import { source: "shop".into(), file: "a.csv".into(), rows: 1 };
    data.apply(&set(1 << 16, 2, origin, Vec::new()), 1, &blocks).unwrap();
    data
}

/// Peak and present memory of this process, MB.
fn memory() -> (u64, u64) {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kb = |name: &str| {
        let line = text.lines().find(|l| l.starts_with(name)).unwrap_or_default();
        line.split_whitespace().nth(1).and_then(|n| n.parse::<u64>().ok()).unwrap_or(0)
    };
    (kb("VmHWM:") / 1024, kb("VmRSS:") / 1024)
}

fn forget_peak() {
    std::fs::write("/proc/self/clear_refs", "5").unwrap_or_default();
}

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    forget_peak();
    let (_, before) = memory();
    let begun = Instant::now();
    let done = work();
    let took = begun.elapsed();
    let (peak, after) = memory();
    println!("{what}: {took:.2?}, memory before {before} MB, peak {peak} MB, after {after} MB");
    done
}

fn export(data: &Dataset) -> Vec<Vec<u8>> {
    let mut exporter = Exporter::new(data, Scope::Whole, DeviceId(2), 0);
    std::iter::from_fn(|| exporter.part(data)).collect()
}

fn bytes(parts: &[Vec<u8>]) -> f64 {
    parts.iter().map(Vec::len).sum::<usize>() as f64 / 1e6
}

/// As the book commits it: blocks written and read, then applied.
fn take(data: &mut Dataset, compared: Comparison, seq: Seq) {
    let mut blocks = vec![DecodedBlock::Merged(Box::new(compared.merged))];
    blocks.extend(compared.rows.into_iter().map(DecodedBlock::Rows));
    let set = set(seq << 40, 99, Origin::Merge { file: "f".into() }, Vec::new());
    let stored: usize = blocks.iter().map(|b| encode(b).len()).sum();
    data.apply(&set, seq, &blocks).unwrap();
    println!("  stored {:.1} MB", stored as f64 / 1e6);
}

fn in_and_out(customers: u64, lines: u64) {
    println!("\n{customers} customers, {lines} lines");
    let data = shop(customers, lines);
    // The parts go to the browser one by one: only their lengths are kept.
    let length = timed("export, parts dropped", || {
        let mut exporter = Exporter::new(&data, Scope::Whole, DeviceId(2), 0);
        std::iter::from_fn(|| exporter.part(&data)).map(|part| part.len()).sum::<usize>()
    });
    println!("  {:.1} MB", length as f64 / 1e6);
    let whole = export(&data).concat();
    let dir = std::env::temp_dir().join(format!("kith-merge-{customers}.json"));
    std::fs::write(&dir, &whole).unwrap();
    drop(whole);
    let incoming = timed("read from disk", || Incoming::read("f".into(), std::fs::File::open(&dir).unwrap()).unwrap());
    std::fs::remove_file(&dir).unwrap();
    let parcel = timed("hand over", || Incoming::from_bytes(&incoming.to_bytes()).unwrap());
    drop(incoming);
    let mut empty = Dataset::new();
    let compared = timed("compare with an empty book", || compare(&empty, &parcel, true).unwrap());
    timed("commit", || take(&mut empty, compared, 2));
    let again = timed("compare once more", || compare(&empty, &parcel, false).unwrap());
    assert!(again.is_nothing());
    assert_eq!(again.tallies[0].1.unchanged, customers);
}

#[test]
#[ignore = "figures"]
fn ten_thousand_customers() {
    in_and_out(10_000, 100_000);
}

#[test]
#[ignore = "figures"]
fn a_hundred_thousand_customers() {
    in_and_out(100_000, 1_000_000);
}

/// 2,000 edits on either side, 20 % of the cells the same.
#[test]
#[ignore = "figures"]
fn two_thousand_edits_on_either_side() {
    println!("\n10,000 customers × 12 fields, 2,000 edits on either side, 20 % on the same cells");
    let fields = ["name", "phone", "email", "company", "country", "city", "address", "note", "owner", "birthday"];
    let base = shop(10_000, 0);
    let mut sides = [base.clone(), base];
    let mut random = Random(5);
    let mut cells: Vec<(u64, usize)> = Vec::new();
    for n in 0..3_600u64 {
        let cell = (random.below(10_000), random.below(fields.len() as u64) as usize);
        cells.push(cell);
        let on: &[usize] = if n < 400 {
            &[0, 1]
        } else if n < 2_000 {
            &[0]
        } else {
            &[1]
        };
        for &side in on {
            let change = Change {
                kind: Kind::Customer,
                id: id(Kind::Customer, cell.0),
                field: fields[cell.1].into(),
                value: format!("edit {n} of {side}").as_str().into(),
                was: Value::Null,
            };
            let origin = Origin::Hand { what: Action::Edit(Kind::Customer) };
            let set = set((10 + n) << 16, 4 + 2 * side as u64, origin, vec![change]);
            sides[side].apply(&set, 2 + n, &[]).unwrap();
        }
    }
    let [mut ours, theirs] = sides;
    let since: kith::sync::vector::Vector = [Stamp { time: 1 << 16, device: DeviceId(2) }].into_iter().collect();
    let part: Vec<Vec<u8>> = {
        let mut exporter = Exporter::new(&theirs, Scope::Since(since), DeviceId(6), 0);
        std::iter::from_fn(|| exporter.part(&theirs)).collect()
    };
    println!("file of the changes alone: {:.2} MB", bytes(&part));
    let parts = timed("export whole", || export(&theirs)).concat();
    println!("whole file: {:.2} MB", parts.len() as f64 / 1e6);
    let begun = Instant::now();
    let incoming = Incoming::read("f".into(), parts.as_slice()).unwrap();
    let read = begun.elapsed();
    let compared = compare(&ours, &incoming, true).unwrap();
    println!("conflicts: {}, fields: {}", compared.conflicts, compared.merged.fields.len());
    take(&mut ours, compared, 9_000);
    println!("read {read:.2?}, read + compare + commit {:.2?}", begun.elapsed());
    let begun = Instant::now();
    let state: Vec<Vec<u8>> =
        (0..ours.chunks(Kind::Customer)).map(|n| encode(&DecodedBlock::Rows(ours.chunk(Kind::Customer, n)))).collect();
    let blocks = state.iter().map(|b| decode("b", b).unwrap()).collect();
    let commits = DecodedBlock::Commits(ours.commits().to_vec());
    let loaded = kith::engine::chunk::load(1, Some(commits), blocks).unwrap();
    println!("loading such a book from its blocks: {:.2?}", begun.elapsed());
    assert_eq!(loaded.commits().iter().filter(|c| c.class == Class::Import).count(), 1);
}
