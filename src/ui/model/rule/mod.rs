//! Rules as the page says and types them.

mod words;

pub use words::{Say, flaw_words, leaf_words, rule_words, sentence};
