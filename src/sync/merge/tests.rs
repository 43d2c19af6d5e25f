use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::domain::DeviceId;
use crate::sync::clock::{Clock, MAX_AHEAD_MS};

fn written() -> impl Strategy<Value = (Stamp, Value)> {
    let value = prop_oneof![Just(Value::Null), (0..3i64).prop_map(Value::Int), "[ab]".prop_map(Value::Text)];
    ((0..3u64, 0..3u64), value).prop_map(|((time, device), value)| (Stamp { time, device: DeviceId(device) }, value))
}

fn greater(a: &(Stamp, Value), b: &(Stamp, Value)) -> (Stamp, Value) {
    let side = |w: &'_ (Stamp, Value)| (w.0, w.1.clone());
    let ours = Written { stamp: a.0, value: &a.1 };
    match merge(Some(ours), Written { stamp: b.0, value: &b.1 }) {
        Outcome::Keep => side(a),
        Outcome::Take => side(b),
    }
}

proptest! {
    #[test]
    fn merging_one_field_is_commutative_associative_and_idempotent(a in written(), b in written(), c in written()) {
        prop_assert_eq!(greater(&a, &b), greater(&b, &a));
        prop_assert_eq!(greater(&greater(&a, &b), &c), greater(&a, &greater(&b, &c)));
        prop_assert_eq!(greater(&a, &a), a);
    }
}

/// One device of a history: its cells, what it has seen, its clock.
#[derive(Clone)]
struct Device {
    cells: BTreeMap<u8, (Stamp, Value)>,
    seen: Vector,
    clock: Clock,
    /// How far its wall clock is off, milliseconds.
    off_ms: u64,
}

/// A file: a copy of cells and vector.
type File = (BTreeMap<u8, (Stamp, Value)>, Vector);

#[derive(Clone, Debug)]
enum Step {
    /// This device writes a cell.
    Edit(usize, u8, i64),
    /// This device hands out a file.
    Send(usize),
    /// This device reads one of the files handed out so far, however old.
    Receive(usize, usize),
}

fn history() -> impl Strategy<Value = (usize, Vec<u64>, Vec<Step>, Vec<usize>)> {
    let step = prop_oneof![
        3 => (0..5usize, 0..6u8, 0..4i64).prop_map(|(d, cell, value)| Step::Edit(d, cell, value)),
        2 => (0..5usize).prop_map(Step::Send),
        3 => (0..5usize, 0..100usize).prop_map(|(d, file)| Step::Receive(d, file)),
    ];
    let off = prop_oneof![4 => Just(0), 1 => 0..3 * MAX_AHEAD_MS, 1 => Just(366 * MAX_AHEAD_MS)];
    (
        3..=5usize,
        proptest::collection::vec(off, 5),
        proptest::collection::vec(step, 0..60),
        Just((0..5).collect::<Vec<usize>>()).prop_shuffle(),
    )
}

impl Device {
    fn new(n: u64, off_ms: u64) -> Self {
        let id = DeviceId((n + 1) * 2);
        Self { cells: BTreeMap::new(), seen: Vector::default(), clock: Clock::new(0, id), off_ms }
    }

    fn edit(&mut self, cell: u8, value: i64, now_ms: u64) -> Stamp {
        let replaced = self.cells.get(&cell).map(|(stamp, _)| *stamp);
        let stamp = self.clock.tick(now_ms + self.off_ms, replaced);
        self.cells.insert(cell, (stamp, Value::Int(value)));
        self.seen.see(stamp);
        stamp
    }

    fn receive(&mut self, (cells, seen): &File, now_ms: u64) -> usize {
        let mut conflicts = 0;
        for (cell, (stamp, value)) in cells {
            self.clock.see(*stamp, now_ms + self.off_ms);
            let theirs = Written { stamp: *stamp, value };
            let mine = self.cells.get(cell).cloned();
            let ours = mine.as_ref().map(|(stamp, value)| Written { stamp: *stamp, value });
            conflicts += usize::from(is_conflict(ours, theirs, &self.seen, seen));
            if merge(ours, theirs) == Outcome::Take {
                self.cells.insert(*cell, (*stamp, value.clone()));
            }
        }
        self.seen.join(seen);
        conflicts
    }

    fn file(&self) -> File {
        (self.cells.clone(), self.seen.clone())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    /// Files in any order, twice, out of date, clocks wrong by a year: whoever has read everybody's last file agrees.
    #[test]
    fn all_histories_end_equal((n, off, steps, order) in history()) {
        let mut devices: Vec<Device> = (0..n).map(|d| Device::new(d as u64, off[d])).collect();
        let mut files: Vec<File> = Vec::new();
        let mut stamps: Vec<Stamp> = Vec::new();
        for (now, step) in (1_000_000..).zip(steps) {
            match step {
                Step::Edit(d, cell, value) => {
                    let device = &mut devices[d % n];
                    let replaced = device.cells.get(&cell).map(|(stamp, _)| *stamp);
                    let seen = device.seen.clone();
                    let stamp = device.edit(cell, value, now);
                    // What a vector rests on: later than what it replaces, and rising on its line.
                    prop_assert!(replaced.is_none_or(|r| stamp > r));
                    prop_assert!(!seen.covers(stamp));
                    prop_assert!(!stamps.contains(&stamp));
                    stamps.push(stamp);
                }
                Step::Send(d) => files.push(devices[d % n].file()),
                Step::Receive(d, file) => {
                    if let Some(file) = file.checked_rem(files.len()).and_then(|at| files.get(at)).cloned() {
                        let device = &mut devices[d % n];
                        device.receive(&file, now);
                        let once = (device.cells.clone(), device.seen.clone());
                        prop_assert_eq!(device.receive(&file, now), 0, "a second time there is nothing left to decide");
                        prop_assert_eq!(&once, &(device.cells.clone(), device.seen.clone()));
                    }
                }
            }
        }
        // Everybody hands out a last file and reads those of all, each in another order.
        let last: Vec<File> = devices.iter().map(Device::file).collect();
        for (d, device) in devices.iter_mut().enumerate() {
            for &from in order.iter().cycle().skip(d).take(5).filter(|from| **from < n) {
                device.receive(&last[from], 2_000_000);
            }
        }
        for device in &devices {
            prop_assert_eq!(&device.cells, &devices[0].cells);
            prop_assert_eq!(&device.seen, &devices[0].seen);
        }
    }

    /// One after the other, each reading before writing: nothing is a conflict.
    #[test]
    fn taking_turns_makes_no_conflict(turns in proptest::collection::vec((0..4usize, 0..3u8, 0..4i64), 1..40)) {
        let mut devices: Vec<Device> = (0..4).map(|d| Device::new(d, d * 300 * MAX_AHEAD_MS)).collect();
        let mut file = devices[0].file();
        for (now, (d, cell, value)) in (1_000_000..).zip(turns) {
            prop_assert_eq!(devices[d].receive(&file, now), 0);
            devices[d].edit(cell, value, now);
            file = devices[d].file();
        }
    }
}

#[test]
fn two_who_did_not_know_of_each_other_conflict_on_both_sides() {
    let (mut a, mut b) = (Device::new(0, 0), Device::new(1, 0));
    a.edit(1, 1, 10);
    b.edit(1, 2, 20);
    let (from_a, from_b) = (a.file(), b.file());
    assert_eq!((a.receive(&from_b, 30), b.receive(&from_a, 30)), (1, 1));
    assert_eq!(a.cells, b.cells);
    let same = |n| {
        let mut device = Device::new(n, 0);
        device.edit(1, 7, 10 + n);
        device
    };
    assert_eq!(same(0).receive(&same(1).file(), 30), 0, "equal values need no choice");
}
