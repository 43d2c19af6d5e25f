//! What a demo shop consists of; the words themselves are in `zh.rs` and `en.rs`.

use super::calendar::Season;
use crate::domain::{Currency, InteractionChannel};

pub(super) struct Shop {
    pub business: &'static str,
    pub currency: Currency,
    pub country: &'static str,
    /// (name, in Latin letters for mail addresses, how common).
    pub surnames: &'static [(&'static str, &'static str, u32)],
    /// (name, in Latin letters).
    pub given: &'static [(&'static str, &'static str)],
    /// 王小明 rather than Mary Jones.
    pub surname_first: bool,
    /// (name, how many live there).
    pub cities: &'static [(&'static str, u32)],
    pub streets: &'static [&'static str],
    /// What follows the house number.
    pub number_suffix: &'static str,
    pub companies: &'static [&'static str],
    pub goods: &'static [Goods],
    /// Passers-by buy what costs less than this, minor units.
    pub small_price: i64,
    /// Shop, online, phone.
    pub channels: [&'static str; 3],
    pub staff: &'static [&'static str],
    /// Refund reasons, order notes.
    pub refund_notes: &'static [&'static str],
    pub friend: Voice,
    pub drifting: Voice,
    pub regular: Voice,
    pub butterfly: Voice,
    pub barnacle: Voice,
    pub stranger: Voice,
    pub sleeper: Voice,
    pub newcomer: Voice,
    pub prospect: Voice,
}

/// What the shop knows and wrote down about one sort of customer.
pub(super) struct Voice {
    pub tags: &'static [&'static str],
    pub notes: &'static [&'static str],
    /// How (channel, the customer made contact, mood 1–5 or 0 for none, note).
    pub talks: &'static [(InteractionChannel, bool, u8, &'static str)],
}

/// Prices in minor units per piece or, where `by_weight`, per kilogram.
pub(super) struct Goods {
    pub key: &'static str,
    pub name: &'static str,
    pub category: &'static str,
    pub price: i64,
    pub cost: i64,
    pub by_weight: bool,
    pub sort: Sort,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// Bought again and again.
    Daily,
    /// Bought now and then.
    Treat,
    /// Sold near cost to bring people in.
    Deal,
    Gift,
    /// A gift for one festival.
    Festive(Season),
}

pub(super) const fn goods(
    key: &'static str,
    name: &'static str,
    category: &'static str,
    price: i64,
    cost: i64,
    sort: Sort,
) -> Goods {
    Goods { key, name, category, price, cost, by_weight: false, sort }
}

pub(super) const fn loose(
    key: &'static str,
    name: &'static str,
    category: &'static str,
    price: i64,
    cost: i64,
) -> Goods {
    Goods { key, name, category, price, cost, by_weight: true, sort: Sort::Deal }
}
