//! What a form changed, put onto the record as it is now: another tab may have saved other fields since the form was
//! opened, and those must stay.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// `now` with those fields of `typed` that differ from `seen`, which the form showed when it was opened.
pub(super) fn rebase<T: Clone + Serialize + DeserializeOwned>(now: &T, seen: &T, typed: &T) -> T {
    let fields = |of: &T| match serde_json::to_value(of) {
        Ok(Value::Object(fields)) => Some(fields),
        _ => None,
    };
    let merged = || {
        let (mut merged, seen) = (fields(now)?, fields(seen)?);
        for (name, value) in fields(typed)? {
            if seen.get(&name) != Some(&value) {
                merged.insert(name, value);
            }
        }
        serde_json::from_value(merged.into()).ok()
    };
    // A profile is a plain struct and always comes apart; if one ever does not, what was typed counts.
    merged().unwrap_or_else(|| typed.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{CustomerProfile, ProductProfile};

    #[test]
    fn what_was_not_touched_stays_as_others_left_it() {
        let profile = |name: &str, phone: &str, tags: &[&str]| CustomerProfile {
            name: name.into(),
            phone: phone.into(),
            tags: tags.iter().map(|t| (*t).to_owned()).collect(),
            ..Default::default()
        };
        let seen = profile("Ann", "", &["a"]);
        let now = profile("Ann", "1", &["a", "b"]);
        assert_eq!(rebase(&now, &seen, &profile("Anne", "", &["a"])), profile("Anne", "1", &["a", "b"]));
        assert_eq!(rebase(&now, &seen, &profile("Ann", "2", &[])), profile("Ann", "2", &[]));
        assert_eq!(rebase(&now, &seen, &seen), now);

        let product = |price_e4, note: &str| ProductProfile { price_e4, note: note.into(), ..Default::default() };
        let cleared = rebase(&product(Some(5), "x"), &product(Some(5), ""), &product(None, ""));
        assert_eq!(cleared, product(None, "x"));
    }
}
