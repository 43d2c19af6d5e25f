//! Random histories with faults and with two tabs: what was acknowledged is there, the rest is absent whole.

use proptest::prelude::*;

use super::tests::{Tab, compact, ctx, file, named, names, open, picture, rename, run};
use super::*;
use crate::domain::{CustomerProfile, Value};
use crate::engine::testing::{Disk, Fault, MemoryStore, block_on, interleave, saved};

#[derive(Clone, Debug)]
enum Step {
    Add(u8),
    Rename(prop::sample::Index, u8),
    Delete(prop::sample::Index),
    Undo(prop::sample::Index),
    /// Customers, orders, and a word that the file says of the first customer.
    Import(u8, u16, u8),
    Compact,
    Sweep,
    Reopen,
}

fn step() -> impl Strategy<Value = Step> {
    let at = any::<prop::sample::Index>;
    prop_oneof![
        4 => any::<u8>().prop_map(Step::Add),
        3 => (at(), any::<u8>()).prop_map(|(at, n)| Step::Rename(at, n)),
        2 => at().prop_map(Step::Delete),
        4 => at().prop_map(Step::Undo),
        2 => (1..9u8, prop_oneof![3 => 0..40u16, 1 => 1_000..1_200u16], 0..3u8).prop_map(|(c, o, w)| Step::Import(c, o, w)),
        2 => Just(Step::Compact),
        1 => Just(Step::Sweep),
        1 => Just(Step::Reopen),
    ]
}

fn fault() -> impl Strategy<Value = Option<(u32, Fault)>> {
    let kind = prop_oneof![Just(Fault::Before), Just(Fault::After), Just(Fault::Quota)];
    prop_oneof![2 => Just(None), 1 => (0..6u32, kind).prop_map(Some)]
}

fn customer(n: u8) -> Command {
    saved(None, None, &CustomerProfile { name: format!("n{n}"), ..Default::default() })
}

/// What the step asks of the book as it stands; `None` where there is nothing to ask.
fn command(book: &Tab, step: &Step) -> Option<Command> {
    let data = book.data();
    let live: Vec<Id> = data.customers().live().filter_map(|row| data.customers().id(row)).collect();
    let pick = |at: &prop::sample::Index| (!live.is_empty()).then(|| live[at.index(live.len())]);
    match step {
        Step::Add(n) => Some(customer(*n)),
        Step::Rename(at, n) => Some(rename(pick(at)?, &format!("r{n}"))),
        Step::Delete(at) => Some(Command::Delete { ids: vec![pick(at)?] }),
        Step::Undo(at) => {
            let seq = data.seq();
            (seq > 0).then(|| Command::Undo { seq: at.index(seq as usize) as u64 + 1 })
        }
        Step::Import(..) => Some(Command::CommitImport { keep: false }),
        Step::Compact | Step::Sweep | Step::Reopen => None,
    }
}

fn stage(book: &Tab, step: &Step) {
    if let Step::Import(customers, orders, word) = step {
        let mut parsed = file(u32::from(*customers), u32::from(*orders));
        parsed.customers[0].city = ["", "Rome", "Oslo"][usize::from(*word)].into();
        book.stage(parsed, "shop".into(), "a.csv".into());
    }
}

fn copy(store: &MemoryStore) -> MemoryStore {
    let copy = MemoryStore::default();
    let disk: Disk = store.disk.borrow().clone();
    *copy.disk.borrow_mut() = disk;
    copy
}

/// The simplest thing that could be right: names of customers by id, changed only by what succeeded.
type Model = std::collections::HashMap<Id, String>;

fn tell(model: &mut Model, command: &Command, done: &Done) -> bool {
    match (command, done.id) {
        (Command::SaveRecord { fields, .. }, Some(id)) => {
            let name = fields.iter().find_map(|(field, value)| match value {
                Value::Text(name) if field == "name" => Some(name.clone()),
                _ => None,
            });
            model.insert(id, name.unwrap_or_default());
        }
        (Command::Delete { ids }, _) => ids.iter().for_each(|id| drop(model.remove(id))),
        _ => return false,
    }
    true
}

fn model_of(data: &Dataset) -> Model {
    let table = data.customers();
    let name = |row| table.text(row, crate::domain::customer::NAME).to_owned();
    table.live().filter_map(|row| Some((table.id(row)?, name(row)))).collect()
}

fn check_history(steps: Vec<(Step, Option<(u32, Fault)>)>) -> Result<(), TestCaseError> {
    let store = MemoryStore::default();
    let mut book = open(&store);
    let mut model = Model::new();
    for (n, (step, fault)) in (1..).zip(steps) {
        let before = picture(&book.data());
        // What ought to come of it, on a disk of its own that never fails.
        let ideal = open(&copy(&store));
        stage(&ideal, &step);
        let wanted = command(&ideal, &step).map(|command| run(&ideal, n, &command));
        let after = picture(&ideal.data());

        stage(&book, &step);
        let command = command(&book, &step);
        book.store().fault.set(fault);
        let died = match &command {
            Some(command) => {
                let got = run(&book, n, command);
                let failed = matches!(got, Err(CommandError::Store(_)));
                if failed {
                    prop_assert_eq!(&picture(&book.data()), &before, "a failed command changes no memory");
                } else {
                    prop_assert_eq!(Some(&got), wanted.as_ref());
                    prop_assert_eq!(&picture(&book.data()), &after);
                    if let Ok(done) = &got
                        && !tell(&mut model, command, done)
                    {
                        model = model_of(&book.data());
                    }
                }
                failed
            }
            None => match step {
                Step::Compact => {
                    let mut step = Ok(true);
                    while step == Ok(true) {
                        step = block_on(book.compact_step(&ctx(n)));
                    }
                    step.is_err()
                }
                Step::Sweep => block_on(book.sweep()).is_err(),
                _ => true,
            },
        };
        prop_assert_eq!(&model_of(&book.data()), &model);
        // The disk says what memory says; after a failure perhaps the whole commit that could not be acknowledged.
        let disk = picture(&open(&copy(&store)).data());
        if died {
            prop_assert!(disk == before || (disk == after && command.is_some()));
            if !(fault.is_some_and(|(_, f)| f == Fault::Quota)) {
                book = open(&store.other_tab());
            }
        } else {
            prop_assert_eq!(&disk, &picture(&book.data()));
        }
        book.store().fault.set(None);
        if died {
            block_on(book.catch_up()).unwrap();
            model = model_of(&book.data());
        }
    }
    compact(&book, 1_000_000);
    block_on(book.sweep()).unwrap();
    super::tests::assert_reopens(&book);
    Ok(())
}

fn check_two_tabs(first: Vec<Step>, second: Vec<Step>, turns: Vec<bool>) -> Result<(), TestCaseError> {
    let store = MemoryStore { yields: true, ..Default::default() };
    let (a, b) = (open(&store), open(&store.other_tab()));
    let (ran_a, ran_b) = interleave(live(&a, first, 0), live(&b, second, 1_000), turns);
    block_on(a.catch_up()).unwrap();
    block_on(b.catch_up()).unwrap();
    prop_assert_eq!(picture(&a.data()), picture(&b.data()));
    prop_assert_eq!(a.data().seq() as usize, ran_a.len() + ran_b.len(), "one entry per acknowledged commit");
    let mut seqs: Vec<Seq> = ran_a.iter().chain(&ran_b).copied().collect();
    seqs.sort_unstable();
    prop_assert_eq!(seqs, (1..=a.data().seq()).collect::<Vec<_>>());
    compact(&a, 2_000);
    block_on(a.sweep()).unwrap();
    super::tests::assert_reopens(&a);
    Ok(())
}

/// Works through the steps; returns the entries of what succeeded.
async fn live(book: &Tab, steps: Vec<Step>, from: u64) -> Vec<Seq> {
    let mut seqs = Vec::new();
    for (n, step) in (from + 1..).zip(steps) {
        stage(book, &step);
        match (command(book, &step), step) {
            (Some(command), _) => match book.run(&command, &ctx(n), &|_, _| true).await {
                Ok(done) => seqs.extend(done.seq),
                Err(CommandError::Store(error)) => panic!("{error:?}"),
                // The other tab deleted or undid it first.
                Err(_) => {}
            },
            (None, Step::Compact) => while book.compact_step(&ctx(n)).await.unwrap() {},
            // Not while another tab is known to be quiet: at any moment.
            (None, Step::Sweep) => drop(book.sweep().await.unwrap()),
            (None, _) => book.catch_up().await.unwrap(),
        }
    }
    seqs
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn what_was_acknowledged_is_there_and_the_rest_absent_whole(steps in prop::collection::vec((step(), fault()), 1..25)) {
        check_history(steps)?;
    }

    #[test]
    fn two_tabs_lose_nothing(
        first in prop::collection::vec(step(), 1..10),
        second in prop::collection::vec(step(), 1..10),
        turns in prop::collection::vec(any::<bool>(), 0..200),
    ) {
        check_two_tabs(first, second, turns)?;
    }
}

#[test]
fn a_write_that_was_not_acknowledged_is_found_by_the_next_command() {
    let store = MemoryStore::default();
    let book = open(&store);
    run(&book, 1, &customer(1)).unwrap();
    book.store().fault.set(Some((0, Fault::After)));
    assert!(run(&book, 2, &customer(2)).is_err());
    book.store().fault.set(None);
    assert_eq!(names(&book.data()), ["n1"]);
    assert_eq!(run(&book, 3, &customer(3)).unwrap().seq, Some(3));
    assert_eq!(names(&book.data()), ["n1", "n2", "n3"]);
}

#[test]
fn two_tabs_that_edit_one_customer_keep_each_others_fields() {
    let one = open(&MemoryStore::default());
    let id = run(&one, 1, &named("Zoe")).unwrap().id.unwrap();
    let two = open(&one.store().other_tab());
    let seen = CustomerProfile { name: "Zoe".into(), ..Default::default() };
    let save = |profile| saved(Some(id), Some(&seen), &profile);
    run(&one, 2, &save(CustomerProfile { phone: "+44 20 7946 0958".into(), ..seen.clone() })).unwrap();
    block_on(two.catch_up()).unwrap();
    run(&two, 3, &save(CustomerProfile { city: "Leeds".into(), ..seen.clone() })).unwrap();
    let row = two.data().customers().row(id).unwrap();
    let both = CustomerProfile { phone: "+44 20 7946 0958".into(), city: "Leeds".into(), ..seen };
    assert_eq!(crate::engine::query::customer_profile(&two.data(), row), both);
}

#[test]
fn a_sweep_takes_no_block_that_another_tab_publishes_meanwhile() {
    for turns in 0..64u32 {
        let store = MemoryStore { yields: true, ..Default::default() };
        let (a, b) = (open(&store), open(&store.other_tab()));
        for n in 0..3 {
            run(&a, n, &customer(1)).unwrap();
        }
        let compacting = async {
            stage(&a, &Step::Import(3, 10, 1));
            a.run(&Command::CommitImport { keep: false }, &ctx(9), &|_, _| true).await.unwrap();
            while a.compact_step(&ctx(10)).await.unwrap() {}
        };
        let sweeping = async {
            for _ in 0..4 {
                b.sweep().await.unwrap();
            }
        };
        let turns: Vec<bool> = (0..32).map(|bit| (turns.wrapping_mul(0x9e37_79b1) >> bit) & 1 == 0).collect();
        interleave(compacting, sweeping, turns);
        let again = open(&store.other_tab());
        assert_eq!(picture(&again.data()), picture(&a.data()));
        assert_eq!(names(&again.data()).len(), 6);
    }
}
