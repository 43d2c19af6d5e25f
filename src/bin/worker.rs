//! The worker that owns the book.

fn main() {
    #[cfg(target_arch = "wasm32")]
    kith::web::worker::run_data();
}
