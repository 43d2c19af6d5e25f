//! Habits by category of product, and where they broke.

use serde::{Deserialize, Serialize};

use crate::domain::{Day, Id};

/// One customer's habit in one category at the as-of day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CadenceBreak {
    pub id: Id,
    pub name: String,
    pub category: String,
    /// Median days between purchases of the category.
    pub usual_days: f64,
    /// Since the last one.
    pub since_days: i64,
    /// The last days with a purchase, newest first.
    pub last: Vec<Day>,
    /// Revenue of a year at the usual interval, book's currency.
    pub stake_minor: i64,
    /// Later than the first step of the dormancy ladder; with too few purchases nobody knows.
    pub broken: bool,
    /// Later than the last step.
    pub gone: bool,
    pub thin: bool,
    /// What it may mean, in the user's own words; only of customers who agreed to guesses.
    pub hint: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CadenceView {
    /// Broken habits, customers who have one, and what is at stake in a year.
    pub total: u64,
    pub customers: u64,
    pub stake_minor: i64,
    /// Whether any product has a category.
    pub categories: bool,
    /// The first of them, most at stake first.
    pub rows: Vec<CadenceBreak>,
}
