//! A sentence whose numbers are links to what they count.

use crate::ui::prelude::*;

use crate::locale::{Piece, needs_blank, pieces};

/// A value in a sentence, and where it leads.
pub struct Value {
    words: String,
    href: Option<String>,
}

impl Value {
    pub fn view(self) -> AnyView {
        let Self { words, href } = self;
        match href {
            Some(href) => view! { <a href=href>{words}</a> }.into_any(),
            None => view! { <b>{words}</b> }.into_any(),
        }
    }
}

/// Puts the values that `slot` gives into the places of `text`, with the blanks that [`crate::locale::fill`] would put there.
pub fn sentence(text: &str, slot: impl Fn(&str) -> Value) -> Vec<AnyView> {
    written(pieces(text).into_iter().map(|piece| match piece {
        Piece::Text(text) => Err(text.to_owned()),
        Piece::Slot(name) => Ok(slot(name)),
    }))
}

fn written(pieces: impl Iterator<Item = Result<Value, String>>) -> Vec<AnyView> {
    let (mut out, mut before) = (Vec::new(), String::new());
    for piece in pieces {
        let words = match &piece {
            Ok(value) => &value.words,
            Err(text) => text,
        };
        if words.is_empty() {
            continue;
        }
        if needs_blank(&before, words) {
            out.push(" ".into_any());
        }
        before.clone_from(words);
        out.push(piece.map_or_else(IntoAny::into_any, Value::view));
    }
    out
}

/// A number in a sentence that leads to the rows behind it.
pub fn linked(words: String, href: String) -> Value {
    Value { words, href: Some(href) }
}

/// A number in a sentence that is itself the answer.
pub fn strong(words: String) -> Value {
    Value { words, href: None }
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
