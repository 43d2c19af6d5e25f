//! The first run: three ways to begin.

use crate::ui::prelude::*;

use crate::engine::api::Command;
use crate::locale::TodayTexts;
use crate::ui::app::{App, use_app};
use crate::ui::components::{Icon, icon};
use crate::ui::route::{DataTab, Route};
use crate::web::device;

/// Seed of the demo shop: everyone sees the same one.
const DEMO_SEED: u64 = 20_260_501;

fn fill_demo(app: App) {
    let language = app.locale.get_untracked().language;
    let command = Command::FillDemo { language, today: device::today(), seed: DEMO_SEED };
    app.run_command(command, app.locale.get_untracked().t().shell.done_demo);
}

#[component]
pub fn FirstRun() -> impl IntoView {
    let app = use_app();
    let t = move || -> &'static TodayTexts { &app.t().today };
    let busy = Memo::new(move |_| app.job.with(Option::is_some));
    view! {
        <div class="page first-run">
            <h1 tabindex="-1">{move || t().welcome}</h1>
            <p class="answer">{move || t().welcome_answer}</p>
            <div class="choices">
                <button type="button" class="choice" disabled=move || busy.get() on:click=move |_| fill_demo(app)>
                    {icon(Icon::Shop)}
                    <strong>{move || t().try_demo}</strong>
                    <span>{move || t().try_demo_note}</span>
                </button>
                <a class="choice" href=Route::Data(DataTab::Import).href()>
                    {icon(Icon::Upload)}
                    <strong>{move || t().import_mine}</strong>
                    <span>{move || t().import_mine_note}</span>
                </a>
                <a class="choice" href=Route::Data(DataTab::Share).href()>
                    {icon(Icon::Customers)}
                    <strong>{move || app.t().share.first_run}</strong>
                    <span>{move || app.t().share.first_run_note}</span>
                </a>
            </div>
            <p>
                <a href=Route::NewCustomer.href()>{move || t().by_hand}</a>
                " "
                <span class="quiet-text">{move || t().by_hand_note}</span>
            </p>
            <p class="privacy">{icon(Icon::Shield)} <span>{move || t().privacy}</span></p>
        </div>
    }
}
