//! What a merge did: its conflicts with both values, each to be chosen, and the way back.

use crate::ui::prelude::*;

use super::conflicts::{Reading, conflicts};
use super::preview::counted;
use super::super::{failed, waiting};
use super::words::moment;
use crate::domain::{Currency, Seq};
use crate::engine::api::{MergeReport, Query};
use crate::locale::fill;
use crate::ui::app::{ALL_TOPICS, App, use_app, use_currency};
use crate::ui::components::{Button, EmptyState, Icon, LinkButton, Loaded};
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

fn body(app: App, currency: Currency, r: &MergeReport) -> AnyView {
    let locale = app.locale.get();
    let t = &locale.t().share;
    let new = r.fresh.iter().map(|(_, n)| n).sum();
    let parts = [(new, t.came_in), (r.taken, t.taken), (r.conflicts, t.n_conflicts)];
    let answer = counted(locale, &parts).unwrap_or_else(|| t.only_seen.to_owned());
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
        let would = counted(locale, &[(new, t.undo_new), (r.taken, t.undo_taken)]);
        view! {
            <section class="card import-card">
                <header class="card-head">
                    <h2>{t.undo_title}</h2>
                </header>
                <p>{would} {locale.gap()} {t.undo_rest}</p>
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
            <p class="answer">{answer}</p>
            <p class="quiet-text">{fill(t.from_file, &[("when", &moment(locale, r.exported_at_ms))])}</p>
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
