//! A segment being built, in an address: `name=Gold&rule=all(tier is gold;away in 60..)`.

use super::{conditions, escape, unescape};
use crate::engine::api::{Rule, SegmentDraft};

pub(super) fn print(SegmentDraft { name, note, rule }: &SegmentDraft) -> String {
    let parts = [("name", name.clone()), ("note", note.clone()), ("rule", conditions::print(rule))];
    let filled = parts.iter().filter(|(_, value)| !value.is_empty());
    filled.map(|(name, value)| format!("{name}={}", escape(value))).collect::<Vec<_>>().join("&")
}

/// `None` where no rule stands in it.
pub(super) fn parse(query: &str) -> Option<SegmentDraft> {
    let (mut name, mut note, mut rule) = (String::new(), String::new(), None::<Rule>);
    for part in query.split('&') {
        let Some((key, raw)) = part.split_once('=') else { continue };
        let value = unescape(raw);
        match key {
            "name" => name = value,
            "note" => note = value,
            "rule" => rule = conditions::parse(&value),
            _ => {}
        }
    }
    Some(SegmentDraft { name, note, rule: rule? })
}
