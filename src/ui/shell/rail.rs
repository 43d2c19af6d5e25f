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
        Section::Insights => t.retention.nav,
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
        Section::Insights => Icon::Chart,
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
    let (first, rest) = Section::ALL.split_at(Section::ON_A_PHONE);
    let open = RwSignal::new(false);
    Effect::new(move |_| {
        app.route.track();
        open.set(false);
    });
    let in_rest = move || here.get().is_some_and(|here| rest.contains(&here));
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape" {
            open.set(false);
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
            <div class="rail-links" on:keydown=on_key>
                {first.iter().copied().map(link).collect_view()}
                // A phone has room for five; elsewhere the rest simply follow.
                <button
                    type="button"
                    class="rail-more"
                    class:here=in_rest
                    aria-expanded=move || open.get().to_string()
                    on:click=move |_| open.update(|open| *open = !*open)
                >
                    {icon(Icon::More)}
                    <span>{move || app.t().retention.more}</span>
                </button>
                <div class="rail-rest" class:open=move || open.get()>
                    {rest.iter().copied().map(link).collect_view()}
                </div>
            </div>
        </nav>
    }
}
