//! The command palette's list: what matches the typed text, and which entry the arrow keys stand on.

/// Entries whose words hold every typed word, in the order given.
#[must_use]
pub fn matching<T: Clone>(entries: &[(String, T)], typed: &str) -> Vec<(String, T)> {
    let wanted: Vec<String> = typed.split_whitespace().map(str::to_lowercase).collect();
    let holds = |words: &str| {
        let words = words.to_lowercase();
        wanted.iter().all(|w| words.contains(w.as_str()))
    };
    entries.iter().filter(|(words, _)| holds(words)).cloned().collect()
}

/// The entry after pressing an arrow key, round the ends.
#[must_use]
pub fn moved(at: usize, count: usize, down: bool) -> usize {
    match (count, down) {
        (0, _) => 0,
        (_, true) => (at + 1) % count,
        (_, false) => (at.min(count) + count - 1) % count,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_typed_word_must_be_there() {
        let entries = [("Add a customer".to_owned(), 1), ("Customers".to_owned(), 2), ("今日".to_owned(), 3)];
        let found = |typed: &str| matching(&entries, typed).into_iter().map(|(_, n)| n).collect::<Vec<_>>();
        assert_eq!(found(""), [1, 2, 3]);
        assert_eq!(found("cust"), [1, 2]);
        assert_eq!(found("CUST add"), [1]);
        assert_eq!(found("今"), [3]);
        assert!(found("x").is_empty());
    }

    #[test]
    fn arrows_go_round() {
        assert_eq!(moved(2, 3, true), 0);
        assert_eq!(moved(0, 3, false), 2);
        assert_eq!(moved(9, 3, false), 2);
        assert_eq!(moved(5, 0, true), 0);
    }
}
