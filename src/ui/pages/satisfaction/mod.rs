//! Who is satisfied.

mod words;

pub(in crate::ui::pages) use words::scores_words;
