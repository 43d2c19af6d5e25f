//! Who is chosen in a list: some by their ids, or all that match but for a few.

use crate::domain::{Day, Id};
use crate::engine::api::{Chosen, Filter};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picks {
    /// All that match; `ids` are then those who are not meant.
    all: bool,
    /// Ascending, each once.
    ids: Vec<Id>,
}

impl Picks {
    /// Everyone whom the list shows.
    #[must_use]
    pub fn all() -> Self {
        Self { all: true, ids: Vec::new() }
    }

    #[must_use]
    pub fn is_all(&self) -> bool {
        self.all
    }

    #[must_use]
    pub fn has(&self, id: Id) -> bool {
        self.ids.binary_search(&id).is_ok() != self.all
    }

    /// How many are chosen in a list of `total`.
    #[must_use]
    pub fn count(&self, total: u64) -> u64 {
        let named = self.ids.len() as u64;
        if self.all { total.saturating_sub(named) } else { named }
    }

    /// Chooses these, or leaves them out.
    pub fn put(&mut self, ids: &[Id], chosen: bool) {
        if chosen == self.all {
            self.ids.retain(|id| !ids.contains(id));
        } else {
            self.ids.extend_from_slice(ids);
            self.ids.sort_unstable();
            self.ids.dedup();
        }
    }

    /// Who is meant, for a command. `as_of` and `filter` are those of the list.
    #[must_use]
    pub fn chosen(self, as_of: Option<Day>, filter: Filter) -> Chosen {
        if self.all {
            Chosen::Match { as_of, filter: Box::new(filter), except: self.ids }
        } else {
            Chosen::These(self.ids)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_and_all_but_some() {
        let ids = [Id(3), Id(1), Id(2)];
        let mut some = Picks::default();
        some.put(&ids, true);
        some.put(&ids[..1], true);
        some.put(&ids[1..2], false);
        assert_eq!(ids.map(|id| some.has(id)), [true, false, true]);
        assert_eq!(some.count(100), 2);
        assert_eq!(some.clone().chosen(None, Filter::default()), Chosen::These(vec![Id(2), Id(3)]));

        let mut all = Picks::all();
        all.put(&ids[..2], false);
        all.put(&ids[..1], true);
        assert_eq!(ids.map(|id| all.has(id)), [true, false, true]);
        assert_eq!(all.count(100), 99);
        let filter = Filter { search: "a".into(), ..Filter::default() };
        let want = Chosen::Match { as_of: Some(Day(1)), filter: Box::new(filter.clone()), except: vec![Id(1)] };
        assert_eq!(all.chosen(Some(Day(1)), filter), want);
    }
}
