//! What was deleted, with the way back.

use crate::ui::prelude::*;

use super::history::kind_word;
use super::rows::{Entry, Way, Words, rows};
use crate::engine::api::{Command, Query, TrashRow};
use crate::locale::Locale;
use crate::ui::app::{App, use_app};
use crate::ui::format::Format;
use crate::ui::pages::record::Erasing;

const WORDS: Words = Words { title: |t| t.tab_trash, answer: |t| t.trash_answer, empty: |t| t.trash_empty };

#[component]
pub fn TrashTab() -> impl IntoView {
    let app = use_app();
    let entries = move |locale, list: &Vec<TrashRow>| list.iter().map(|row| entry(app, locale, row)).collect();
    rows(&WORDS, |limit| Query::Trash { offset: 0, limit }, entries)
}

fn entry(app: App, locale: Locale, row: &TrashRow) -> Entry {
    let t = &locale.t().data;
    let id = row.id;
    let restore = Callback::new(move |()| app.run_command(Command::Restore { ids: vec![id] }, t.trash_restored));
    Entry {
        what: if row.name.is_empty() { t.trash_no_name.to_owned() } else { row.name.clone() },
        facts: format!("{} · {}", kind_word(locale, row.kind), locale.stamp(row.deleted)),
        over: false,
        way: Way::Back(t.trash_restore, restore),
        record: Some(id),
        erasable: Some(Erasing { id, kind: row.kind, name: row.name.clone() }),
    }
}
