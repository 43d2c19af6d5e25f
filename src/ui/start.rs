//! Starts the page: the worker, the shared state, the frame, the offline copy.

use leptos::prelude::*;

use super::app::App;
use super::browser;
use super::pages::ImportFlow;
use super::shell::Shell;
use crate::web::client::{Client, WorkerUrls};
use crate::web::{build, sw};

/// Starts the worker and puts the page into `<body>`.
pub fn start() {
    sw::reload_on_takeover();
    // Without an address the worker does not start, and the page says so.
    let address = |file| build::address(file).unwrap_or_default();
    let client = Client::start(WorkerUrls { js: address("worker.js"), wasm: address("worker_bg.wasm") });
    mount_to_body(move || {
        let app = App::provide(client);
        ImportFlow::provide(app);
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
