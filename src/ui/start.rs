//! Starts the page: the worker, the shared state, the frame, the offline copy.

use crate::ui::prelude::*;

use super::app::App;
use super::browser;
use super::pages::{ImportFlow, ShareFlow};
use super::shell::Shell;
use crate::locale::Locale;
use crate::web::client::Client;
use crate::web::{build, sw};

/// Starts the worker and puts the page into `<body>`.
pub fn start() {
    std::panic::set_hook(Box::new(say_stopped));
    sw::reload_on_takeover();
    let client = Client::start(build::data_program());
    mount_to_body(move || {
        let app = App::provide(client);
        ImportFlow::provide(app);
        ShareFlow::provide(app);
        // After the first paint: keeping a copy of every file competes with nothing then.
        set_timeout(
            move || {
                sw::register(move |offline| {
                    app.offline.try_set(Some(offline));
                });
            },
            std::time::Duration::from_secs(2),
        );
        view! { <Shell /> }
    });
    browser::remove_boot();
}

/// After a panic no code of the page runs any more: leaves plain words and a link that starts it again. The data are the
/// worker's and safe.
fn say_stopped(panic: &std::panic::PanicHookInfo<'_>) {
    leptos::logging::error!("{panic}");
    let document = document();
    let (Some(root), Some(body)) = (document.document_element(), document.body()) else { return };
    let t = Locale::from_tags(root.get_attribute("lang").as_deref()).t();
    body.set_text_content(None);
    let add = |tag: &str, text: &str| {
        let element = document.create_element(tag).ok()?;
        element.set_text_content(Some(text));
        body.append_child(&element).ok()?;
        Some(element)
    };
    body.set_class_name("stopped");
    add("h1", t.shell.panic_title);
    add("p", t.shell.panic_body);
    if let Some(link) = add("a", t.common.reload) {
        // An attribute on a link of our own cannot be refused.
        let _set = link.set_attribute("href", "./").and_then(|()| link.set_attribute("class", "button primary"));
    }
}
