//! Books that do not open: what is refused, what is rescued, and how it comes back.

use super::merges::{import, merge, whole};
use super::tests::{Tab, compact, ctx, names, open, picture, rename, run};
use super::*;
use crate::domain::DeviceId;
use crate::engine::merge::export::Exporter;
use crate::engine::testing::{Disk, MemoryStore, block_on};
use crate::sync::file::Scope;

/// Customers and orders from a file, some compacted, edits after it.
fn sound() -> Tab {
    let book = open(&MemoryStore::default());
    import(&book, 1, 8, 20);
    compact(&book, 2);
    import(&book, 3, 12, 30);
    for (n, name) in (4..).zip(["Ann", "Ben", "Cid"]) {
        run(&book, n, &super::tests::named(name)).unwrap();
    }
    book
}

fn rescue(book: &Tab) -> Vec<u8> {
    let data = block_on(salvage(book.store())).unwrap();
    let mut exporter = Exporter::new(&data, Scope::Whole, DeviceId(42), 5);
    std::iter::from_fn(|| exporter.part(&data)).flatten().collect()
}

fn records(book: &Tab) -> Vec<String> {
    let is_record = |line: &String| Kind::ALL.iter().any(|k| line.starts_with(&format!("{k:?} ")));
    picture(&book.data()).into_iter().filter(is_record).collect()
}

#[test]
fn what_reads_is_rescued_and_with_the_backup_nothing_is_missing() {
    type Damage = fn(&mut Disk);
    let cases: [(&str, Damage); 6] = [
        ("manifest", |d| d.manifest = Some("{]".into())),
        ("no manifest", |d| d.manifest = None),
        ("head", |d| d.head = Some("garbled".into())),
        ("no head", |d| d.head = None),
        ("entry", |d| d.journal[3] = b"?".to_vec()),
        ("block", |d| {
            let bytes = d.blocks.values_mut().next().unwrap();
            let middle = bytes.len() / 2;
            bytes[middle] ^= 0x55;
        }),
    ];
    for (what, damage) in cases {
        let book = sound();
        let (want, backup) = (records(&book), whole(&book));
        damage(&mut book.store().disk.borrow_mut());
        let left = book.store().disk.borrow().clone();
        let opened = block_on(Book::open(book.store().other_tab(), &ctx(50)));
        assert!(opened.is_err(), "{what}: refused, never half a book");
        let file = rescue(&book);
        assert_eq!(*book.store().disk.borrow(), left, "{what}: nothing is touched");
        let new = open(&MemoryStore::default());
        merge(&new, 60, &file);
        let rescued = records(&new);
        assert!(rescued.iter().all(|line| want.contains(line)), "{what}: nothing is made up");
        if !matches!(what, "entry" | "block") {
            assert_eq!(rescued, want, "{what}: everything reads but this");
        } else {
            assert!(rescued.len() < want.len() && rescued.len() > want.len() / 4, "{what}");
        }
        merge(&new, 61, &backup);
        assert_eq!(records(&new), want, "{what}: with the backup all is there");
    }
}

#[test]
fn a_rescue_keeps_what_was_written_after_the_backup() {
    let book = sound();
    let backup = whole(&book);
    let id = run(&book, 20, &super::tests::named("Dan")).unwrap().id.unwrap();
    run(&book, 21, &rename(id, "Dana")).unwrap();
    book.store().disk.borrow_mut().manifest = Some("{}".into());
    let new = open(&MemoryStore::default());
    merge(&new, 30, &backup);
    merge(&new, 31, &rescue(&book));
    assert!(names(&new.data()).contains(&"Dana".to_owned()));
    assert_eq!(records(&new), records(&book));
}
