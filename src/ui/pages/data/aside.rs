//! Books kept aside: what they hold, and the ways to save or delete them.

use crate::ui::prelude::*;
use leptos::task::spawn_local;

use crate::locale::{fill, plural};
use crate::ui::app::use_app;
use crate::ui::backup::save_rescued;
use crate::ui::components::{Button, ButtonKind, Icon};
use crate::ui::format::Format;
use crate::ui::toasts::Tone;
use crate::web::aside::Aside;

/// Nothing where there is none.
#[component]
pub fn BooksAside() -> impl IntoView {
    let app = use_app();
    let books = RwSignal::new(Vec::<Aside>::new());
    let look = Callback::new(move |()| {
        spawn_local(async move {
            books.try_set(app.client().aside().await);
        });
    });
    look.run(());
    let rows = move || books.get().into_iter().map(|book| view! { <Row book on_gone=look /> }).collect_view();
    view! {
        <Show when=move || books.with(|b| !b.is_empty())>
            <section class="card" id="aside">
                <header class="card-head">
                    <h2>{move || app.t().backup.aside}</h2>
                    <p>{move || app.t().backup.aside_why}</p>
                </header>
                <dl class="data-facts">{dynamic(rows)}</dl>
            </section>
        </Show>
    }
}

#[component]
fn Row(book: Aside, on_gone: Callback<()>) -> impl IntoView {
    let app = use_app();
    let (asking, busy) = (RwSignal::new(false), RwSignal::new(false));
    let number = book.number;
    let reads = book.held.is_some();
    let last_ms = book.held.as_ref().and_then(|held| held.last_ms);
    let name = move || {
        let locale = app.locale.get();
        let day = last_ms.map(|ms| fill(locale.t().backup.aside_until, &[("date", &locale.moment(ms))]));
        day.unwrap_or_else(|| locale.t().backup.aside_unknown.to_owned())
    };
    let holds = move || {
        let locale = app.locale.get();
        let t = locale.t();
        let Some(held) = &book.held else { return t.backup.aside_unread.to_owned() };
        let count = |forms: &str, n: u64| plural(forms, n, &[("n", &locale.int(n))]);
        let customers = count(t.common.n_customers, held.customers);
        fill(t.backup.aside_holds, &[("customers", &customers), ("orders", &count(t.common.n_orders, held.orders))])
    };
    let save = move || {
        busy.set(true);
        spawn_local(async move {
            save_rescued(app, Some(number)).await;
            busy.try_set(false);
        });
    };
    let delete = move || {
        busy.set(true);
        spawn_local(async move {
            let done = app.client().forget(number).await;
            busy.try_set(false);
            match done {
                Ok(()) => app.toasts.show(app.locale.get_untracked().t().backup.aside_gone, Tone::Done, None),
                Err(error) => app.fail(&error),
            }
            app.health.look();
            on_gone.try_run(());
        });
    };
    let ways = move || {
        if asking.get() {
            return view! {
                <small role="status">{move || app.t().backup.aside_sure}</small>
                <Button kind=ButtonKind::Danger busy on_click=delete>{move || app.t().backup.aside_delete_now}</Button>
                <Button on_click=move || asking.set(false)>{move || app.t().backup.aside_keep}</Button>
            }
            .into_any();
        }
        let save = reads.then(|| {
            view! { <Button icon=Icon::Download busy on_click=save>{move || app.t().backup.aside_save}</Button> }
        });
        view! {
            {save}
            <Button on_click=move || asking.set(true)>{move || app.t().backup.aside_delete}</Button>
        }
        .into_any()
    };
    view! {
        <div class="data-fact wide">
            <dt>{shared(name)}</dt>
            <dd>
                {shared(holds)}
                <div class="aside-ways">{dynamic(ways)}</div>
            </dd>
        </div>
    }
}
