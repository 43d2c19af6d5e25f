//! Rules as the page says and types them.

mod draft;
#[cfg(test)]
mod tests;
mod typed;
mod words;

pub use draft::{Body, Draft, How, Outline, Part, Read};
pub use typed::{Control, GoodsKind, Op, Row, TypedGoods, What};
pub use words::{Say, flaw_words, leaf_words, rule_words, sentence};
