//! What is known about the customer.

use crate::ui::prelude::*;

use crate::domain::Part;
use crate::engine::api::CustomerView;
use crate::ui::app::{use_app, use_currency, use_own_fields};
use crate::ui::components::{Button, ButtonKind};
use crate::ui::format::Format;
use crate::ui::pages::record::{Fact, HistoryButton, Opened, facts, reach, use_forms};

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
    let parts = move || {
        let of_part = |part: Part| {
            let is_here = |fact: &Fact| if part == Part::Main { fact.part <= Part::More } else { fact.part == part };
            let here: Vec<_> = list.get().into_iter().filter(is_here).collect();
            let heading = (part > Part::Main && !here.is_empty())
                .then(|| view! { <h3 class="profile-part">{app.locale.get().word(&format!("part_{}", part.name()))}</h3> });
            let fact = |fact: Fact| {
                let odd = fact.is_odd.then(|| view! { <small class="odd">{app.locale.get().word("form_odd")}</small> });
                let is_refused = fact.is_no && fact.part == Part::Consent;
                view! { <div><dt>{fact.label}</dt><dd class:refused=is_refused>{reach(&fact.name, fact.words)} {odd}</dd></div> }
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
                <HistoryButton id=customer.with_untracked(|c| c.id) />
            </div>
        </section>
    }
}
