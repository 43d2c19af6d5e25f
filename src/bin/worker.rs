//! The worker that owns the book, and the parts that it comes in (`web::parts`).
#![cfg_attr(kith_split, allow(unsafe_code, reason = "the macro declares the ways into the files as foreign functions"))]

#[cfg(target_arch = "wasm32")]
macro_rules! ways {
    ($($part:ident: $holds:ty;)*) => {$(
        #[cfg_attr(kith_split, wasm_split_helpers::wasm_split($part, fallible))]
        fn $part() -> Result<$holds, kith::web::parts::Missing> {
            Ok(kith::web::parts::$part())
        }
    )*};
}

#[cfg(target_arch = "wasm32")]
ways! {
    answers: kith::web::parts::Answers;
    writing: kith::web::parts::Writing;
    merging: kith::web::parts::Merging;
}

/// Whether the program was cut or not, its parts are waited for.
#[cfg(target_arch = "wasm32")]
macro_rules! way {
    ($part:ident) => {
        || {
            #[cfg(kith_split)]
            let way = $part();
            #[cfg(not(kith_split))]
            let way = async { $part() };
            Box::pin(way)
        }
    };
}

fn main() {
    #[cfg(target_arch = "wasm32")]
    kith::web::worker::run_data(kith::web::parts::Parts {
        answers: way!(answers),
        writing: way!(writing),
        merging: way!(merging),
    });
}
