//! What a merge did: its conflicts with both values, each to be chosen, and the way back.

use leptos::prelude::*;

use super::conflicts::{Reading, conflicts};
use super::preview::count_conflicts;
use super::super::{failed, waiting};
use super::words::moment;
use crate::domain::{Currency, Seq};
use crate::engine::api::{MergeReport, Query};
use crate::locale::{Locale, fill, plural};
use crate::ui::app::{ALL_TOPICS, App, use_app, use_currency};
use crate::ui::components::{Button, EmptyState, Icon, LinkButton, Loaded};
use crate::ui::format::Format;
use crate::ui::query::use_query;
use crate::ui::route::{DataTab, Route};

#[component]
pub fn MergePage(seq: Seq) -> impl IntoView {
    let app = use_app();
    let currency = use_currency();
    let state = use_query::<Option<Box<MergeReport>>>(move || Query::MergeReport { seq }, ALL_TOPICS);
    let show = move |report: Memo<Option<Box<MergeReport>>>| {
        (move || {
            report.with(|r| match r {
                Some(report) => body(app, currency.get(), report),
                None => gone(app),
            })
        })
        .into_any()
    };
    view! { <Loaded state loading=move || waiting(app) failed=failed(app) view=show /> }
}

fn gone(app: App) -> AnyView {
    view! {
        <h1 tabindex="-1">{move || app.t().share.report}</h1>
        <EmptyState
            title=Signal::derive(move || app.t().share.gone_title.to_owned())
            body=Signal::derive(move || app.t().share.gone_body.to_owned())
        >
            <LinkButton href=Route::Data(DataTab::History).href()>{move || app.t().data.tab_history}</LinkButton>
        </EmptyState>
    }
    .into_any()
}

/// “3 records”, “12 fields”.
fn counts(locale: Locale, r: &MergeReport) -> (String, String) {
    let t = locale.t();
    let new = r.fresh.iter().map(|(_, n)| n).sum();
    let count = |text: &str, n: u64| plural(text, n, &[("n", &locale.int(n))]);
    (count(t.common.n_records, new), count(t.share.n_fields, r.taken))
}

fn body(app: App, currency: Currency, r: &MergeReport) -> AnyView {
    let locale = app.locale.get();
    let t = &locale.t().share;
    let (new, taken) = counts(locale, r);
    let values = [("new", new.as_str()), ("taken", &taken), ("conflicts", &count_conflicts(locale, r.conflicts))];
    let reading = Reading { app, locale, currency, sender: r.device, done: Some(r.seq) };
    let clash = if r.conflicts > 0 {
        conflicts(reading, t.conflicts_after, r.conflicts, &r.first_conflicts)
    } else {
        view! { <p class="quiet-text">{t.no_conflicts_after}</p> }.into_any()
    };
    let way_back = if r.undone {
        view! { <p class="answer" role="status">{t.undone}</p> }.into_any()
    } else {
        let seq = r.seq;
        view! {
            <section class="card import-card">
                <header class="card-head">
                    <h2>{t.undo_title}</h2>
                </header>
                <p>{fill(t.undo_body, &values[..2])}</p>
                <div class="share-run">
                    <Button icon=Icon::Undo on_click=Callback::new(move |()| app.undo(seq))>
                        {t.undo_title}
                    </Button>
                </div>
            </section>
        }
        .into_any()
    };
    view! {
        <div>
            <h1 tabindex="-1">{fill(t.report_title, &[("name", &r.file)])}</h1>
            <p class="answer">{fill(t.report_answer, &values)}</p>
            <p class="quiet-text">{fill(t.from_whole, &[("when", &moment(locale, r.exported_at_ms))])}</p>
        </div>
        {clash}
        {way_back}
        <div class="import-actions">
            <LinkButton href=Route::Data(DataTab::History).href()>{locale.t().data.tab_history}</LinkButton>
            <LinkButton href=Route::Data(DataTab::Share).href()>{t.to_share}</LinkButton>
        </div>
    }
    .into_any()
}
