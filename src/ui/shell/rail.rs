//! The main navigation: a rail at the left, on a phone a bar at the bottom.

use crate::ui::prelude::*;

use crate::locale::Texts;
use crate::ui::app::{use_app, use_settings};
use crate::ui::components::{Icon, icon};
use crate::ui::route::Section;

pub(super) fn name(section: Section, t: &Texts) -> &'static str {
    match section {
        Section::Today => t.shell.today,
        Section::Customers => t.shell.customers,
        Section::Segments => t.shell.segments,
        Section::Satisfaction => t.satisfaction.nav,
        Section::Data => t.shell.data,
        Section::Settings => t.shell.settings,
    }
}

pub(super) fn mark(section: Section) -> Icon {
    match section {
        Section::Today => Icon::Today,
        Section::Customers => Icon::Customers,
        Section::Segments => Icon::Segments,
        Section::Satisfaction => Icon::Smile,
        Section::Data => Icon::Data,
        Section::Settings => Icon::Settings,
    }
}

#[component]
pub(super) fn Rail() -> impl IntoView {
    let app = use_app();
    let settings = use_settings();
    let here = Memo::new(move |_| app.route.with(|r| r.section()));
    let link = move |section: Section| {
        view! {
            <a href=section.route().href() aria-current=move || (here.get() == Some(section)).then_some("page")>
                {icon(mark(section))}
                <span>{move || name(section, app.t())}</span>
            </a>
        }
    };
    let business = move || {
        let name = settings.with(|s| s.business_name.trim().to_owned());
        if name.is_empty() { app.t().common.app_name.to_owned() } else { name }
    };
    view! {
        <nav class="rail" aria-label=move || app.t().shell.navigation>
            <a class="brand" href="#/today">
                <span class="brand-mark" aria-hidden="true">"知"</span>
                <span class="brand-name">{shared(business)}</span>
            </a>
            <div class="rail-links">{Section::ALL.map(link)}</div>
        </nav>
    }
}
