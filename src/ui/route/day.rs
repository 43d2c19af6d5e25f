//! The as-of day in an address: `day=2024-05-31`, or `day=today` for the book's own. Apart from the page, which is the same on any day.

use crate::domain::Day;

const TODAY: &str = "today";

/// `href` with a day; `None`: that for which the book computes when nobody chose one.
#[must_use]
pub fn at_day(href: &str, as_of: Option<Day>) -> String {
    let sign = if href.contains('?') { '&' } else { '?' };
    let day = as_of.map_or_else(|| TODAY.to_owned(), |day| day.to_string());
    format!("{href}{sign}day={day}")
}

/// The day in an address; `None` where there is none that can be read: then the day stays as it is.
#[must_use]
pub fn day_in(hash: &str) -> Option<Option<Day>> {
    let (_, query) = hash.split_once('?')?;
    let day = query.split('&').find_map(|part| part.strip_prefix("day="))?;
    if day == TODAY { Some(None) } else { Day::parse_iso(day).map(Some) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::engine::api::Filter;
    use crate::ui::route::{Route, Section};

    #[test]
    fn a_day_stands_beside_the_page() {
        let named = Route::customers(Filter { search: "day=2020-01-01".into(), ..Filter::default() });
        for route in Section::ALL.map(Section::route).into_iter().chain([named]) {
            assert_eq!(day_in(&route.href()), None, "{}", route.href());
            for day in [None, Day::parse_iso("2024-02-29")] {
                let address = at_day(&route.href(), day);
                assert_eq!((Route::parse(&address), day_in(&address)), (route.clone(), Some(day)), "{address}");
            }
        }
    }

    #[test]
    fn what_is_no_day_changes_none() {
        for hash in [
            "",
            "#/today",
            "#/today?day=",
            "#/today?day=2023-02-29",
            "#/today?holiday=2024-01-01",
            "#/today?day=tomorrow",
        ] {
            assert_eq!(day_in(hash), None, "{hash}");
        }
    }

    proptest! {
        #[test]
        fn any_hash_has_a_day_or_none(hash in ".{0,60}") {
            if let Some(day) = day_in(&hash) {
                prop_assert_eq!(day_in(&at_day("#/today", day)), Some(day));
            }
        }
    }
}
