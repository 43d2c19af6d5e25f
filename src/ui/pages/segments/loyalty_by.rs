//! What projected loyalty follows: the rhythm score, or a forecast that somebody chose for the book.

use crate::ui::prelude::*;

use crate::domain::{LoyaltyModel, LoyaltySettings, Settings};
use crate::engine::api::{Command, WorthView};
use crate::locale::{Locale, fill};
use crate::ui::app::{use_app, use_settings};
use crate::ui::components::{Button, ButtonKind};
use crate::ui::format::Format;
use crate::ui::route::{Route, SegmentTab};

fn words(locale: Locale, model: Option<&LoyaltyModel>) -> String {
    let t = &locale.t().worth;
    let Some(model) = model else { return t.loyalty_score.to_owned() };
    let off = model.off_bp.map(|bp| locale.percent(bp.abs() as f64 / 10_000.0, 0));
    let text = if off.is_some() { t.loyalty_model } else { t.loyalty_untested };
    let (day, n) = (locale.date(model.fitted), locale.int(model.customers));
    fill(text, &[("day", &day), ("n", &n), ("off", &off.unwrap_or_default())])
}

/// Which of the two is in force, and the way to where it is chosen.
#[component]
pub fn LoyaltyNote() -> impl IntoView {
    let app = use_app();
    let settings = use_settings();
    let said = move || settings.with(|s| words(app.locale.get(), s.loyalty.model.as_ref()));
    view! {
        <p class="remark">
            {shared(said)} {move || app.locale.get().gap()}
            <a href=Route::Segments(SegmentTab::Worth).href()>{move || app.t().worth.loyalty_more}</a>
        </p>
    }
}

/// The forecast of the page as what loyalty follows; `None` where it did not earn its place.
fn offered(view: &WorthView) -> Option<LoyaltyModel> {
    let fit = view.fit.as_ref().filter(|_| view.misfit.is_none())?;
    let [r_e9, alpha_e9, a_e9, b_e9] = fit.model.parameters().map(|x| (x * 1e9).round() as i64);
    let off = view.hold_out.as_ref().and_then(|test| test.off);
    Some(LoyaltyModel {
        r_e9,
        alpha_e9,
        a_e9,
        b_e9,
        fitted: view.as_of,
        customers: fit.customers,
        off_bp: off.map(|off| (off * 10_000.0).round() as i64),
    })
}

/// Says what loyalty follows, and changes it.
#[component]
pub fn LoyaltyChoice(view: Memo<Box<WorthView>>) -> impl IntoView {
    let app = use_app();
    let settings = use_settings();
    let offer = Memo::new(move |_| view.with(|v| offered(v)));
    let now = Memo::new(move |_| settings.with(|s| s.loyalty.model));
    let keep = Callback::new(move |model: Option<LoyaltyModel>| {
        let seen = settings.get_untracked();
        let loyalty = LoyaltySettings { model, ..seen.loyalty.clone() };
        let settings = Box::new(Settings { loyalty, ..seen.clone() });
        let said = app.locale.get_untracked().t().worth.loyalty_saved;
        app.run_command(Command::SaveSettings { seen: Some(Box::new(seen)), settings }, said);
    });
    let use_it = move || {
        let offer = offer.get().filter(|offer| now.get() != Some(*offer))?;
        let words = Signal::derive(move || {
            let t = &app.t().worth;
            if now.get().is_some() { t.loyalty_again } else { t.loyalty_use }
        });
        Some(view! { <Button on_click=Callback::new(move |()| keep.run(Some(offer)))>{move || words.get()}</Button> })
    };
    let back = move || {
        now.get().map(|_| {
            view! {
                <Button kind=ButtonKind::Quiet on_click=Callback::new(move |()| keep.run(None))>
                    {move || app.t().worth.loyalty_back}
                </Button>
            }
        })
    };
    view! {
        <section class="loyalty-by" aria-label=move || app.t().worth.loyalty_title>
            <p class="remark">{move || words(app.locale.get(), now.get().as_ref())}</p>
            {dynamic(move || (offer.get().is_none() && now.get().is_none()).then(|| view! { <p class="remark">{move || app.t().worth.loyalty_later}</p> }))}
            {dynamic(use_it)}
            {dynamic(back)}
        </section>
    }
}
