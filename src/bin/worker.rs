//! The worker.

fn main() {
    #[cfg(target_arch = "wasm32")]
    kith::web::worker::run();
}
