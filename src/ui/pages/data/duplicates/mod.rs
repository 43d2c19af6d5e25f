//! Customers who may be in the book twice: the scan, what it found, and what to do with each.

mod export;
mod merge;

use crate::ui::prelude::*;
use leptos::task::spawn_local;

use self::export::Export;
use self::merge::MergeDialog;
use super::failed;
use crate::domain::Id;
use crate::engine::api::{Answer, Command, CommandError, CustomerRow, DuplicateGroup, DuplicateList, Query, Topic};
use crate::locale::{fill, plural};
use crate::ui::app::{App, use_app};
use crate::ui::components::{Button, EmptyState};
use crate::ui::format::Format;
use crate::ui::route::Route;

/// Groups shown at first, and as many more each time.
const PAGE: u32 = 30;

/// The scan as the page sees it.
#[derive(Clone, Copy)]
struct Scan {
    app: App,
    list: RwSignal<DuplicateList>,
    running: RwSignal<bool>,
    error: RwSignal<Option<CommandError>>,
    limit: RwSignal<u32>,
}

impl Scan {
    /// Asks once more for what there is. True: there is more to do.
    async fn ask(self, go_on: bool, anew: bool) -> bool {
        let query = Query::Duplicates { go_on, anew, offset: 0, limit: self.limit.get_untracked() };
        match self.app.client().ask(query).await {
            Ok(Answer::Duplicates(list)) => {
                let more = list.progress.is_some();
                // The page may have left meanwhile.
                self.list.try_set(list).is_none() && more
            }
            Ok(_) => false,
            Err(error) => {
                self.error.try_set(Some(error));
                false
            }
        }
    }

    /// Carries the scan on to its end, unless somebody stops it.
    fn run(self, anew: bool) {
        if self.running.get_untracked() {
            return;
        }
        self.running.set(true);
        self.error.set(None);
        spawn_local(async move {
            let mut anew = anew;
            while self.running.try_get_untracked() == Some(true) && self.ask(true, anew).await {
                anew = false;
            }
            self.running.try_set(false);
        });
    }
}

#[component]
pub fn DuplicatesTab() -> impl IntoView {
    let app = use_app();
    let scan = Scan {
        app,
        list: RwSignal::new(DuplicateList::default()),
        running: RwSignal::new(false),
        error: RwSignal::new(None),
        limit: RwSignal::new(PAGE),
    };
    let merging = RwSignal::new(Vec::<Id>::new());
    scan.run(false);
    Effect::new(move |_| {
        app.track(&[Topic::Customers, Topic::Settings]);
        scan.limit.track();
        if !scan.running.get_untracked() {
            spawn_local(async move {
                scan.ask(false, false).await;
            });
        }
    });
    let groups = Memo::new(move |_| scan.list.with(|list| list.groups.clone()));
    let is_clean = move || scan.list.with(|list| list.scanned.is_some_and(|n| n > 0) && list.total == 0);
    let more = move || scan.list.with(|list| list.total > list.groups.len() as u64);
    view! {
        <header class="page-head">
            <div>
                <h1 tabindex="-1">{move || app.t().duplicates.title}</h1>
                <p class="answer" aria-live="polite">
                    {move || answer(app, &scan.list.get())}
                </p>
            </div>
            <Controls scan />
        </header>
        {dynamic(move || scan.error.get().map(|error| failed(app).run(error)))}
        <Show when=is_clean>
            <EmptyState
                title=Signal::derive(move || app.t().duplicates.clean.to_owned())
                body=Signal::derive(move || app.t().duplicates.answer_not_yet.to_owned())
            />
        </Show>
        <ol class="twins">
            {dynamic(move || groups.get().into_iter().map(|group| view! { <Group group merging /> }).collect_view())}
        </ol>
        <Show when=more>
            <Button on_click=Callback::new(move |()| scan.limit.update(|l| *l += PAGE))>{move || app.t().common.more}</Button>
        </Show>
        <MergeDialog ids=merging />
    }
}

fn answer(app: App, list: &DuplicateList) -> String {
    let (locale, t) = (app.locale.get(), &app.t().duplicates);
    match list.scanned {
        Some(all) if list.total > 0 => {
            plural(t.answer, list.total, &[("n", &locale.int(list.total)), ("all", &locale.int(all))])
        }
        Some(all) if all > 0 => fill(t.answer_none, &[("all", &locale.int(all))]),
        _ => t.answer_not_yet.to_owned(),
    }
}

/// How far it is, and the buttons that go with that.
#[component]
fn Controls(scan: Scan) -> impl IntoView {
    let app = scan.app;
    let progress = Memo::new(move |_| scan.list.with(|list| list.progress));
    let words = move || match (scan.running.get(), progress.get()) {
        (true, _) => app.t().duplicates.stop,
        (false, Some(_)) => app.t().duplicates.go_on,
        (false, None) => app.t().duplicates.again,
    };
    let press = move || {
        if scan.running.get_untracked() {
            scan.running.set(false);
        } else {
            scan.run(progress.get_untracked().is_none());
        }
    };
    view! {
        <div class="page-actions">
            <Show when=move || scan.running.get()>
                <label class="twins-progress">
                    {move || app.t().duplicates.scanning}
                    <progress
                        max=move || progress.get().map_or(1, |(_, total)| total)
                        value=move || progress.get().map_or(0, |(done, _)| done)
                    ></progress>
                </label>
            </Show>
            <Show when=move || scan.list.with(|list| list.total > 0)>
                <Export />
            </Show>
            <Button on_click=press>{shared(words)}</Button>
        </div>
    }
}

#[component]
fn Group(group: DuplicateGroup, merging: RwSignal<Vec<Id>>) -> impl IntoView {
    let app = use_app();
    let DuplicateGroup { customers, percent, reasons } = group;
    let ids: Vec<Id> = customers.iter().map(|row| row.id).collect();
    let names = customers.iter().map(|row| row.name.clone()).collect::<Vec<_>>().join(", ");
    let named = {
        let names = names.clone();
        move |text: &str| fill(text, &[("name", &names)])
    };
    let merge_label = {
        let named = named.clone();
        move || named(app.t().duplicates.merge_label)
    };
    let different_label = move || named(app.t().duplicates.different_label);
    let to_merge = ids.clone();
    let different = move |_| {
        let said = app.locale.get_untracked().t().duplicates.different_done;
        app.run_command(Command::NotDuplicates { ids: ids.clone() }, said);
    };
    let likely = move || {
        let percent = app.locale.get().percent_bp(i64::from(percent) * 100);
        fill(app.t().duplicates.likely, &[("percent", &percent)])
    };
    view! {
        <li class="card twin">
            <p class="twin-why">
                <b>{shared(likely)}</b>
                " "
                <span class="quiet-text">{move || app.t().duplicates.reasons(&reasons)}</span>
            </p>
            <ul>{customers.into_iter().map(|row| view! { <Person row /> }).collect_view()}</ul>
            <div class="twin-actions">
                <button type="button" class="button primary" aria-label=merge_label on:click=move |_| merging.set(to_merge.clone())>
                    {move || app.t().duplicates.merge}
                </button>
                <button type="button" class="button quiet" aria-label=different_label on:click=different>
                    {move || app.t().duplicates.different}
                </button>
            </div>
        </li>
    }
}

#[component]
fn Person(row: CustomerRow) -> impl IntoView {
    let app = use_app();
    let details: Vec<String> = [row.phone, row.company, row.country].into_iter().filter(|d| !d.is_empty()).collect();
    let bought = row.metrics.purchases;
    let words = move || {
        let (locale, t) = (app.locale.get(), &app.t().duplicates);
        let mut all = details.clone();
        if bought > 0 {
            all.push(plural(t.purchases, u64::from(bought), &[("n", &locale.int(bought))]));
        }
        if all.is_empty() { t.no_details.to_owned() } else { all.join(" · ") }
    };
    view! {
        <li>
            <a href=Route::Customer(row.id).href()>{row.name}</a>
            <span class="quiet-text">{shared(words)}</span>
        </li>
    }
}
