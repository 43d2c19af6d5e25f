//! Sorting what is not sorted often. The standard library's sorts are compiled anew for every type and every order, 5 to
//! 15 KB each in a program built for speed; here all of them share one. For long lists that a person waits for, use the
//! standard library's.

use std::cmp::Ordering;

/// Sorts by `compare`, equals in the order in which they stood. A list has fewer than 2³² items.
pub fn sort_by<T>(items: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    let mut places: Vec<u32> = (0..u32::try_from(items.len()).unwrap_or(u32::MAX)).collect();
    sort_places(&mut places, &mut |a, b| match (items.get(a as usize), items.get(b as usize)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    for at in 0..places.len() {
        // What stood there may have been moved by an earlier swap: follow it.
        let mut from = at;
        loop {
            from = places.get(from).map_or(at, |&place| place as usize);
            if from >= at {
                break;
            }
        }
        items.swap(at, from);
    }
}

/// As [`sort_by`], by a key.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

#[inline(never)]
fn sort_places(places: &mut [u32], compare: &mut dyn FnMut(u32, u32) -> Ordering) {
    places.sort_by(|a, b| compare(*a, *b));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sorts_as_the_standard_library_does(items in prop::collection::vec((0u8..20, any::<u16>()), 0..200)) {
            let (mut ours, mut theirs) = (items.clone(), items);
            sort_by_key(&mut ours, |item| item.0);
            theirs.sort_by_key(|item| item.0);
            prop_assert_eq!(ours, theirs);
        }
    }
}
