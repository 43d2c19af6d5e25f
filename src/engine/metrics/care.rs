//! What care, gifts and after-sales cost (SPEC V2): the costs entered at interactions and cases, by customer and day, in minor units
//! of the book's currency.

use crate::domain::{CivilTime, Field, Kind, case, interaction, minor_of_e4};
use crate::engine::column::{NONE, NULL_INT};
use crate::engine::dataset::Dataset;

/// What was spent on a customer on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Care {
    pub customer: u32,
    pub day: i32,
    pub minor: i64,
}

/// Kinds that a cost can be entered at: with their customer, their day and the cost.
const SOURCES: [(Kind, Field, Field, Field); 2] = [
    (Kind::Interaction, interaction::CUSTOMER, interaction::AT, interaction::CARE_E4),
    (Kind::Case, case::CUSTOMER, case::AT, case::CARE_E4),
];

/// Sorted by customer, then day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Costs(Vec<Care>);

impl Costs {
    #[must_use]
    pub fn new(data: &Dataset) -> Self {
        let mut all = Vec::new();
        let currency = data.settings().currency;
        for (kind, of, at, cost) in SOURCES {
            let table = data.table(kind);
            let (customers, days) = (table.refs(of), table.ints(at));
            for (row, &e4) in (0u32..).zip(table.ints(cost)) {
                if e4 == NULL_INT || e4 == 0 || !table.is_live(row) {
                    continue;
                }
                let customer = customers.get(row as usize).copied().unwrap_or(NONE);
                let day = days.get(row as usize).copied().filter(|&ms| ms != NULL_INT).map(|ms| CivilTime(ms).day().0);
                if let Some(day) = day.filter(|_| customer != NONE && data.customers().is_live(customer)) {
                    all.push(Care { customer, day, minor: minor_of_e4(e4, currency) });
                }
            }
        }
        all.sort_unstable();
        Self(all)
    }

    /// One customer's, oldest first.
    #[must_use]
    pub fn of(&self, customer: u32) -> &[Care] {
        let from = self.0.partition_point(|c| c.customer < customer);
        let rest = self.0.get(from..).unwrap_or_default();
        rest.get(..rest.partition_point(|c| c.customer == customer)).unwrap_or_default()
    }

    /// Customers on whom something else was spent than `before`, ascending.
    #[must_use]
    pub fn changed_since(&self, before: &Self) -> Vec<u32> {
        if self == before {
            return Vec::new();
        }
        let mut customers: Vec<u32> = self.0.iter().chain(&before.0).map(|c| c.customer).collect();
        customers.sort_unstable();
        customers.dedup();
        customers.retain(|&c| self.of(c) != before.of(c));
        customers
    }

    #[must_use]
    pub fn memory_bytes(&self) -> usize {
        self.0.capacity() * size_of::<Care>()
    }
}

/// What was spent up to a day; costs of a customer, oldest first.
#[must_use]
pub fn spent_minor(care: &[Care], as_of: i32) -> i64 {
    care.iter().take_while(|c| c.day <= as_of).fold(0i64, |sum, c| sum.saturating_add(c.minor))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{TODAY, customer_id, day, reference_book, set};
    use crate::domain::{Id, Kind};
    use crate::engine::api::{Answer, KotlerView, Query};
    use crate::engine::metrics::tests::Book;

    #[test]
    fn what_care_cost_is_taken_off_the_profit() {
        let mut book = reference_book();
        let ask = |book: &mut Book| match book.ask(&Query::Kotler { as_of: Some(day(TODAY)) }, day(TODAY)) {
            Answer::Kotler(view) => view,
            other => panic!("{other:?}"),
        };
        let total = |view: &KotlerView| view.groups.iter().map(|g| g.profit_minor).sum::<i64>();
        let before = ask(&mut book);
        let spent = |kind, n: u128, at: &str, e4: i64| {
            let id = Id(n + (9 << 64));
            vec![
                set(kind, id, "customer", customer_id(1)),
                set(kind, id, "at", day(at).start().0),
                set(kind, id, "care_e4", e4),
            ]
        };
        book.apply(spent(Kind::Interaction, 1, "2024-05-01", 70_000));
        book.apply(spent(Kind::Case, 2, "2024-05-02", 5_000));
        // After the day, in the trash, of nobody.
        book.apply(spent(Kind::Interaction, 3, "2024-07-01", 900_000));
        book.apply(spent(Kind::Interaction, 4, "2024-05-01", 900_000));
        book.apply(vec![set(Kind::Interaction, Id(4 + (9 << 64)), "deleted", true)]);
        book.apply(vec![set(Kind::Interaction, Id(5 + (9 << 64)), "care_e4", 900_000i64)]);
        let after = ask(&mut book);
        assert_eq!((total(&after), after.care_minor), (total(&before) - 750, 750));
        assert_eq!(after.assumed_bp, before.assumed_bp);
    }
}
