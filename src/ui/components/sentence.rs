//! A sentence whose numbers are links to what they count.

use crate::ui::prelude::*;

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

/// A text with what was searched for marked. Marks are characters: the first and the one after the last, in order.
pub fn marked(text: &str, marks: &[(u32, u32)]) -> Vec<AnyView> {
    let mut chars = text.chars();
    let mut take = |n: u32| chars.by_ref().take(n as usize).collect::<String>();
    let (mut pieces, mut at) = (Vec::new(), 0);
    for &(start, end) in marks {
        pieces.push(take(start.saturating_sub(at)).into_any());
        pieces.push(view! { <mark>{take(end.saturating_sub(start))}</mark> }.into_any());
        at = end;
    }
    pieces.push(take(u32::MAX).into_any());
    pieces
}
