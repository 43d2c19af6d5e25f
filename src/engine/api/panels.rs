//! The seven panels of a customer (SPEC R8).

use serde::{Deserialize, Serialize};

use crate::domain::Day;

/// What the data tell of a customer in seven respects. Amounts in minor units of the book's currency; orders in it alone count.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Panels {
    /// Profiling: fields of the profile that hold something, of how many; names of those that do not, by weight.
    pub known: u32,
    pub askable: u32,
    pub missing: Vec<String>,
    /// Of the four factors, how many say something.
    pub factors: u32,
    /// Stage of the relationship as it was entered; else empty.
    pub stage: String,
    /// Persistency: the first purchase, how many days before the as-of day it was, and purchases on different days.
    pub first: Option<Day>,
    pub days: i64,
    pub purchase_days: u32,
    /// Performance: revenue and purchases of the 365 days up to the as-of day, and of the 365 before.
    pub year_minor: i64,
    pub year_purchases: u32,
    pub before_minor: i64,
    pub before_purchases: u32,
    /// Purchases in all: below a handful nothing here means much.
    pub purchases: u32,
    /// Prospecting: customers whom they brought, and those customers' revenue; open quotes.
    pub brought: u32,
    pub brought_minor: i64,
    pub open_quotes: u32,
    /// Product: different products bought, and the largest of them by net amount.
    pub products: u32,
    pub top_products: Vec<(String, i64)>,
    /// Promotion: purchases with a discount on the whole order; the channel of most purchases with their number.
    pub discounted: u32,
    pub channel: Option<(String, u32)>,
    /// Contacts of any kind in the 90 days up to the as-of day, and channels by which they may be reached.
    pub contacts_90_days: u32,
    pub consents: u32,
}
