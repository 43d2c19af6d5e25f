//! Rows that were left out: how many for which reason, the first of them in words, all of them to download.

use std::collections::BTreeMap;

use crate::ui::prelude::*;

use crate::files::export::errors_csv;
use crate::files::orders::{ParseReport, RowReason};
use crate::locale::{Locale, fill, plural};
use crate::ui::app::use_app;
use crate::ui::components::{Button, Icon};
use crate::ui::format::Format;
use crate::ui::toasts::Tone;
use crate::web::download;

/// Rows listed on the page.
const SHOWN: usize = 100;

/// How often each reason, the most frequent first.
fn by_reason(report: &ParseReport) -> Vec<(RowReason, u64)> {
    let mut counts = BTreeMap::<String, (RowReason, u64)>::new();
    for error in &report.errors {
        counts.entry(format!("{:?}", error.reason)).or_insert((error.reason, 0)).1 += 1;
    }
    let mut out: Vec<_> = counts.into_values().collect();
    out.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    out
}

#[component]
pub fn RowErrors(report: Memo<ParseReport>) -> impl IntoView {
    let app = use_app();
    let title = move || {
        let locale = app.locale.get();
        let n = report.with(|r| r.rows_failed);
        plural(locale.t().data.errors_title, n, &[("n", &locale.int(n))])
    };
    let reasons = move || {
        let locale = app.locale.get();
        let item = |(reason, n): (RowReason, u64)| {
            view! {
                <li>
                    {locale.row_reason(reason)} " " <b>{locale.int(n)}</b>
                </li>
            }
        };
        report.with(by_reason).into_iter().map(item).collect_view()
    };
    let rows = move || {
        let locale = app.locale.get();
        report.with(|r| {
            r.errors.iter().take(SHOWN).map(|e| view! { <li>{locale.row_error(e)}</li> }).collect_view()
        })
    };
    let cut = move || {
        let locale = app.locale.get();
        let failed = report.with(|r| r.rows_failed);
        (failed > SHOWN as u64).then(|| fill(locale.t().data.errors_first, &[("n", &locale.int(SHOWN as u64))]))
    };
    let save = Callback::new(move |()| {
        let locale = app.locale.get_untracked();
        if let Err(detail) = report.with_untracked(|r| save_csv(locale, r)) {
            let words = fill(locale.t().segments.export_failed, &[("detail", &detail)]);
            app.toasts.show(words, Tone::Failed, None);
        }
    });
    view! {
        <section class="row-errors">
            <header class="card-head">
                <h3>{shared(title)}</h3>
                <Button icon=Icon::Download on_click=save>
                    {move || app.t().data.errors_download}
                </Button>
            </header>
            <ul class="reasons" aria-label=move || app.t().data.errors_by_reason>
                {dynamic(reasons)}
            </ul>
            <div class="error-rows" tabindex="0" role="region" aria-label=title>
                <ol>{dynamic(rows)}</ol>
            </div>
            {dynamic(move || cut().map(|words| view! { <p class="quiet-text">{words}</p> }))}
        </section>
    }
}

fn save_csv(locale: Locale, report: &ParseReport) -> Result<(), String> {
    let t = &locale.t().data;
    let header = [t.errors_row, t.errors_column, t.errors_value, t.errors_by_reason];
    let text = errors_csv(header, &report.errors, |reason| locale.row_reason(reason).to_owned());
    download::text("kith-rows-left-out.csv", "text/csv", &text)
}
