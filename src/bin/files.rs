//! The worker that reads and writes files.

fn main() {
    #[cfg(target_arch = "wasm32")]
    kith::web::worker::run_files();
}
