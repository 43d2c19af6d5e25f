//! The address of what moved: the page's own look, and a list narrowed by one movement.

use super::filter::{DORMANCY, KOTLER, dormancy_name, escape, kotler_name, unescape};
use super::named;
use crate::engine::api::{Moved, MovedBy, Since, Stand};

/// What the page compares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct MovedLook {
    pub since: Since,
    pub by: MovedBy,
}

/// Its name in addresses and controls.
#[must_use]
pub fn since_name(since: Since) -> &'static str {
    match since {
        Since::Month => "month",
        Since::Quarter => "quarter",
        Since::Year => "year",
    }
}

/// As [`since_name`].
#[must_use]
pub fn by_name(by: MovedBy) -> &'static str {
    match by {
        MovedBy::Kotler => "group",
        MovedBy::Tier => "tier",
        MovedBy::Dormancy => "dormancy",
    }
}

impl MovedLook {
    /// Empty for the usual look.
    pub(super) fn print(self) -> String {
        if self == Self::default() {
            return String::new();
        }
        format!("?since={}&by={}", since_name(self.since), by_name(self.by))
    }

    pub(super) fn parse(query: &str) -> Self {
        let mut look = Self::default();
        for part in query.split('&') {
            match part.split_once('=') {
                Some(("since", value)) => look.since = named(Since::ALL, since_name, value).unwrap_or_default(),
                Some(("by", value)) => look.by = named(MovedBy::ALL, by_name, value).unwrap_or_default(),
                _ => {}
            }
        }
        look
    }
}

/// A place in addresses and controls.
#[must_use]
pub fn print_stand(stand: Option<&Stand>) -> String {
    match stand {
        None => "any".to_owned(),
        Some(Stand::NotYet) => "not-yet".to_owned(),
        Some(Stand::Other(by)) => format!("other.{}", by_name(*by)),
        Some(Stand::Better(by)) => format!("better.{}", by_name(*by)),
        Some(Stand::Worse(by)) => format!("worse.{}", by_name(*by)),
        Some(Stand::Kotler(group)) => format!("group.{}", kotler_name(*group)),
        Some(Stand::Dormancy(step)) => format!("dormancy.{}", dormancy_name(*step)),
        // Escaped once more, so that an id may hold the sign that separates.
        Some(Stand::Tier(id)) => format!("tier.{}", escape(id)),
    }
}

/// As [`print_stand`]; `None` where it is no place.
#[must_use]
pub fn parse_stand(text: &str) -> Option<Option<Stand>> {
    if text == "any" || text == "not-yet" {
        return Some((text == "not-yet").then_some(Stand::NotYet));
    }
    let (kind, name) = text.split_once('.')?;
    let stand = match kind {
        "group" => Stand::Kotler(named(KOTLER, kotler_name, name)?),
        "dormancy" => Stand::Dormancy(named(DORMANCY, dormancy_name, name)?),
        "tier" => Stand::Tier(unescape(name)),
        "other" => Stand::Other(named(MovedBy::ALL, by_name, name)?),
        "better" => Stand::Better(named(MovedBy::ALL, by_name, name)?),
        "worse" => Stand::Worse(named(MovedBy::ALL, by_name, name)?),
        _ => return None,
    };
    Some(Some(stand))
}

/// `quarter:group.true-friend:group.butterfly`.
pub(super) fn print(moved: &Moved) -> String {
    let [from, to] = [&moved.from, &moved.to].map(|stand| print_stand(stand.as_ref()));
    format!("{}:{from}:{to}", since_name(moved.since))
}

/// `None` where it is no movement.
pub(super) fn parse(text: &str) -> Option<Moved> {
    let mut parts = text.split(':');
    let since = named(Since::ALL, since_name, parts.next()?)?;
    let (from, to) = (parse_stand(parts.next()?)?, parse_stand(parts.next()?)?);
    parts.next().is_none().then_some(Moved { since, from, to })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_movement_narrows_nothing() {
        for text in ["", "quarter", "quarter:any", "week:any:any", "year:group.x:any", "year:any:any:any", "year:x:any"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
