//! Every commit, newest first, in words; each can be taken back.

use crate::ui::prelude::*;

use super::rows::{Entry, Way, Words, rows};
use crate::domain::{Action, Kind, Origin};
use crate::engine::api::{JournalRow, Language, Query};
use crate::locale::{Locale, fill, plural};
use crate::ui::app::{App, use_app};
use crate::ui::format::Format;
use crate::ui::route::Route;

const WORDS: Words = Words { title: |t| t.tab_history, answer: |t| t.history_answer, empty: |t| t.history_empty };

#[component]
pub fn HistoryTab() -> impl IntoView {
    let app = use_app();
    let entries = move |locale, list: &Vec<JournalRow>| list.iter().map(|row| entry(app, locale, row)).collect();
    rows(&WORDS, |limit| Query::Journal { offset: 0, limit }, entries)
}

fn entry(app: App, locale: Locale, row: &JournalRow) -> Entry {
    let t = locale.t();
    let records = plural(t.common.n_records, row.records, &[("n", &locale.int(row.records))]);
    let device = if row.own_device { t.data.history_here } else { t.data.history_elsewhere };
    let seq = row.seq;
    let way = match row.origin {
        // Its report says first what taking it back means for colleagues.
        Origin::Merge { .. } => Way::Look(t.share.report, Route::Merge(seq).href()),
        Origin::Erase => Way::None(t.data.history_for_good),
        _ if row.undone => Way::None(t.data.history_undone),
        _ => Way::Back(t.common.undo, Callback::new(move |()| app.undo(seq))),
    };
    Entry {
        what: words(locale, row),
        facts: format!("{} · {records} · {device}", locale.stamp(row.stamp)),
        over: row.undone,
        way,
        record: None,
        erasable: None,
    }
}

/// What was done, in words.
fn words(locale: Locale, row: &JournalRow) -> String {
    let t = &locale.t().data;
    let of = |text: &str, kind: Kind| {
        // Settings and some orders have no name of their own, nor have many customers.
        if row.subject.is_empty() {
            let bare = text.replace(" “{name}”", "").replace("“{name}”", "");
            let many = || plural(locale.t().common.n_customers, row.records, &[("n", &locale.int(row.records))]);
            let what = match (kind, locale.language) {
                (Kind::Customer, Language::En) if row.records > 1 => many(),
                // A number stands apart from the characters before it.
                (Kind::Customer, Language::Zh) if row.records > 1 => format!(" {}", many()),
                _ => kind_word(locale, kind),
            };
            return fill(&bare, &[("kind", &what)]);
        }
        fill(text, &[("kind", &kind_word(locale, kind)), ("name", &row.subject)])
    };
    match &row.origin {
        Origin::Hand { what } => match what {
            Action::Add(kind) => of(t.did_add, *kind),
            Action::Edit(kind) => of(t.did_edit, *kind),
            Action::Delete(kind) => of(t.did_delete, *kind),
            Action::Restore(kind) => of(t.did_restore, *kind),
            Action::Merge(kind) => of(t.did_unite, *kind),
        },
        Origin::Import { file, rows, .. } => {
            let rows = u64::from(*rows);
            let n = plural(locale.t().common.n_rows, rows, &[("n", &locale.int(rows))]);
            fill(t.did_import, &[("name", file), ("rows", &n)])
        }
        Origin::Demo => t.did_demo.to_owned(),
        Origin::Clear => t.did_clear.to_owned(),
        Origin::Undo { .. } => t.did_undo.to_owned(),
        Origin::Erase => t.did_erase.to_owned(),
        Origin::Merge { file } => fill(t.did_merge, &[("name", file)]),
    }
}

/// The kind of a record inside a sentence.
pub fn kind_word(locale: Locale, kind: Kind) -> String {
    locale.kind(kind).to_lowercase()
}
