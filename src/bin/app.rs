//! The page.

fn main() {
    kith::ui::start::start();
}
