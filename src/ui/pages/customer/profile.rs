//! What is known about the customer.

use crate::ui::prelude::*;

use crate::engine::api::CustomerView;
use crate::locale::Locale;
use crate::ui::app::use_app;
use crate::ui::components::Button;
use crate::ui::format::Format;

/// Known facts: name and value, where there is one, and what the value links to.
fn facts(customer: &CustomerView, locale: Locale) -> Vec<(&'static str, String, Option<String>)> {
    let (t, p) = (&locale.t().customers, &customer.profile);
    let phone = (!p.phone.is_empty()).then(|| format!("tel:{}", p.phone.replace(char::is_whitespace, "")));
    let email = (!p.email.is_empty()).then(|| format!("mailto:{}", p.email));
    [
        (t.phone, &p.phone, phone),
        (t.email, &p.email, email),
        (t.company, &p.company, None),
        (t.country, &p.country, None),
        (t.city, &p.city, None),
        (t.address, &p.address, None),
        (t.birthday, &p.birthday, None),
        (t.owner, &p.owner, None),
        (t.key, &p.key, None),
        (t.note, &p.note, None),
    ]
    .into_iter()
    .filter(|(_, value, _)| !value.is_empty())
    .map(|(name, value, href)| (name, value.clone(), href))
    .collect()
}

#[component]
pub(super) fn Profile(customer: Memo<CustomerView>, editing: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let list = Memo::new(move |_| customer.with(|c| facts(c, app.locale.get())));
    let fact = |(name, value, href): (&'static str, String, Option<String>)| {
        let shown = match href {
            Some(href) => view! { <a href=href>{value}</a> }.into_any(),
            None => value.into_any(),
        };
        view! { <div><dt>{name}</dt><dd>{shown}</dd></div> }
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
                <Button kind=crate::ui::components::ButtonKind::Quiet on_click=move || editing.set(true)>
                    {move || app.t().common.edit}
                </Button>
            </div>
            <Show when=move || list.with(Vec::is_empty)>
                <p class="profile-empty">{move || app.t().customer.profile_empty}</p>
            </Show>
            <dl class="pairs">{dynamic(move || list.get().into_iter().map(fact).collect_view())}</dl>
            <p class="stamps">{shared(stamps)}</p>
        </section>
    }
}
