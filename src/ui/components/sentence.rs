//! A sentence whose numbers are links to what they count.

use leptos::prelude::*;

use crate::locale::{Piece, pieces};

/// Puts what `slot` makes into the places of `text`.
pub fn sentence(text: &str, slot: impl Fn(&str) -> AnyView) -> Vec<AnyView> {
    pieces(text)
        .into_iter()
        .map(|piece| match piece {
            Piece::Text(text) => text.to_owned().into_any(),
            Piece::Slot(name) => slot(name),
        })
        .collect()
}

/// A number in a sentence that leads to the rows behind it.
pub fn linked(words: String, href: String) -> AnyView {
    view! { <a href=href>{words}</a> }.into_any()
}

/// A number in a sentence that is itself the answer.
pub fn strong(words: String) -> AnyView {
    view! { <b>{words}</b> }.into_any()
}
