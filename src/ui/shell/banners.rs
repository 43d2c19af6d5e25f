//! Things to know that are no answer to what the user just did: a new version, a restart, a wrong clock.

use crate::ui::prelude::*;

use crate::ui::app::use_app;
use crate::ui::components::{Button, ButtonKind, Icon, icon};
use crate::web::sw::{self, Offline};

#[component]
pub(super) fn Banners() -> impl IntoView {
    let app = use_app();
    let update = Memo::new(move |_| app.offline.get() == Some(Offline::Update));
    let later = RwSignal::new(false);
    view! {
        <div class="banners" role="region" aria-label=move || app.t().shell.banners>
            <div role="status">
            <Show when=move || update.get() && !later.get()>
                <div class="banner">
                    {icon(Icon::Info)} <span>{move || app.t().shell.update_ready}</span>
                    <Button kind=ButtonKind::Primary on_click=sw::accept_update>{move || app.t().shell.update_now}</Button>
                    <Button kind=ButtonKind::Quiet on_click=move || later.set(true)>{move || app.t().shell.update_later}</Button>
                </div>
            </Show>
            <Show when=move || app.restarted.get()>
                <Banner text=Signal::derive(move || app.t().shell.restarted.to_owned()) on_close=move || app.restarted.set(false) />
            </Show>
            <Show when=move || app.clock_ahead.get()>
                <Banner
                    text=Signal::derive(move || app.t().errors.clock_ahead.to_owned())
                    on_close=move || app.clock_ahead.set(false)
                />
            </Show>
            </div>
        </div>
    }
}

#[component]
fn Banner(#[prop(into)] text: Signal<String>, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let app = use_app();
    view! {
        <div class="banner">
            {icon(Icon::Info)}
            <span>{move || text.get()}</span>
            <button type="button" class="button quiet" on:click=move |_| on_close.run(())>
                {move || app.t().common.close}
            </button>
        </div>
    }
}
