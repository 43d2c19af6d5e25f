//! What is known about the customer.

use crate::ui::prelude::*;

use crate::domain::Part;
use crate::engine::api::{Command, CustomerView};
use crate::locale::fill;
use crate::ui::app::{use_app, use_currency, use_own_fields, use_settings};
use crate::ui::components::{Button, ButtonKind, Icon};
use crate::ui::format::Format;
use crate::ui::pages::record::{Fact, HistoryButton, Opened, facts, reach, use_forms};

use crate::web::device;

/// Shown elsewhere on the page.
const ELSEWHERE: [&str; 2] = ["name", "tags"];

#[component]
pub(super) fn Profile(customer: Memo<CustomerView>) -> impl IntoView {
    let app = use_app();
    let forms = use_forms();
    let currency = use_currency();
    let record = Memo::new(move |_| customer.with(|c| c.record.clone()));
    let own = use_own_fields();
    let list = Memo::new(move |_| {
        record.with(|r| own.with(|own| facts(app.locale.get(), r, own, currency.get(), &ELSEWHERE)))
    });
    let settings = use_settings();
    let old = Memo::new(move |_| {
        let until = settings.with(|s| i64::from(device::today().0) - i64::from(s.freshness.stale_days));
        customer.with(|c| c.seen.iter().filter(|(_, day)| i64::from(day.0) <= until).cloned().collect::<Vec<_>>())
    });
    let confirm = move |fields: Vec<String>| {
        let id = customer.with_untracked(|c| c.id);
        let said = app.locale.get_untracked().t().person.confirmed;
        app.run_command(Command::Confirm { id, fields, day: device::today() }, said);
    };
    let parts = move || {
        let of_part = |part: Part| {
            let is_here = |fact: &Fact| if part == Part::Main { fact.part <= Part::More } else { fact.part == part };
            let here: Vec<_> = list.get().into_iter().filter(is_here).collect();
            let heading = (part > Part::Main && !here.is_empty())
                .then(|| view! { <h3 class="profile-part">{app.locale.get().word(&format!("part_{}", part.name()))}</h3> });
            let fact = |fact: Fact| {
                let odd = fact.is_odd.then(|| view! { <small class="odd">{app.locale.get().word("form_odd")}</small> });
                let stale = old.with(|old| old.iter().find(|(name, _)| *name == fact.name).map(|(_, day)| *day));
                let stale = stale.map(|day| {
                    let locale = app.locale.get();
                    let t = &locale.t().person;
                    let (name, spoken) = (fact.name.clone(), fill(t.still_right_field, &[("field", &fact.label)]));
                    let words = fill(t.unseen, &[("date", &locale.date(day))]);
                    let yes = move |_| confirm(vec![name.clone()]);
                    view! { <small class="stale">{words} <button type="button" class="link" aria-label=spoken on:click=yes>{t.still_right}</button></small> }
                });
                let is_refused = fact.is_no && fact.part == Part::Consent;
                view! { <div><dt>{fact.label}</dt><dd class:refused=is_refused>{reach(&fact.name, fact.words)} {odd} {stale}</dd></div> }
            };
            view! { {heading} <dl class="pairs">{here.into_iter().map(fact).collect_view()}</dl> }
        };
        [Part::Main, Part::Own, Part::Consent, Part::Factors].map(of_part).collect_view()
    };
    let stamps = move || {
        let (locale, t) = (app.locale.get(), &app.t().customer);
        let (added, changed) = customer.with(|c| (c.added, c.changed));
        format!("{} {} · {} {}", t.added, locale.stamp(added), t.changed, locale.stamp(changed))
    };
    view! {
        <section class="card profile" aria-labelledby="profile-title">
            <div class="card-head">
                <h2 id="profile-title">{move || app.t().customer.profile}</h2>
                <Button kind=ButtonKind::Quiet on_click=move || forms.open(Opened::edit(record.get_untracked()))>
                    {move || app.t().common.edit}
                </Button>
            </div>
            <Show when=move || list.with(Vec::is_empty)>
                <p class="profile-empty">{move || app.t().customer.profile_empty}</p>
            </Show>
            {dynamic(parts)}
            <div class="profile-foot">
                <p class="stamps">{shared(stamps)}</p>
                <Show when=move || old.with(|old| !old.is_empty())>
                    <Button kind=ButtonKind::Quiet icon=Icon::Check on_click=move || confirm(Vec::new())>
                        {move || app.t().person.all_right}
                    </Button>
                </Show>
                <HistoryButton id=customer.with_untracked(|c| c.id) />
            </div>
        </section>
    }
}
